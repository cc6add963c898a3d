"""Options that several commands have, said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from consistency.cli._deliver import known
from consistency.records import FailOn
from consistency.report import FORMATS

Formats: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        callback=lambda names: known(names or []),
        metavar="|".join(FORMATS),
        help="Form of the report (terminal); can be given again.",
    ),
]
Outputs: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--output", metavar="[FORMAT=]FILE", help="Write to this file; can be given again with FORMAT=."),
]
Fail: TypeAlias = Annotated[FailOn | None, typer.Option("--fail-on", help="Exit 1 from this level on (error).")]
Settings: TypeAlias = Annotated[
    Path | None, typer.Option("--config", help="Settings file, in place of consistency.toml or pyproject.toml.")
]
IncludeText: TypeAlias = Annotated[bool, typer.Option("--include-text", help="Give the articles' text whole in JSON.")]
ListRemoved: TypeAlias = Annotated[
    bool, typer.Option("--list-removed", help="Name the page furniture that was left out.")
]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", help="No progress and no summary on standard error.")]
Debug: TypeAlias = Annotated[bool, typer.Option("--debug", help="Show the traceback of a fault.")]
