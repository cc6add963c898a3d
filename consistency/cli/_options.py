"""Options that several commands have, said once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from consistency.cli._deliver import known
from consistency.config import Backend, Config, Device, Precision, VersionRole
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
Saved: TypeAlias = Annotated[
    str, typer.Argument(metavar="REPORT.json", help="A report of --format json; - = standard input.")
]
Fail: TypeAlias = Annotated[FailOn | None, typer.Option("--fail-on", help="Exit 1 from this level on (error).")]
Role: TypeAlias = Annotated[
    VersionRole | None,
    typer.Option("--role", help="Copies, or independent reports that owe no coverage (copy)."),
]
Model: TypeAlias = Annotated[
    str | None, typer.Option("--model", help="embedded, lexical, a hub name or a local folder (embedded).")
]
On: TypeAlias = Annotated[Device | None, typer.Option("--device", help="Where the model runs (cpu).")]
By: TypeAlias = Annotated[
    Backend | None, typer.Option("--backend", help="What runs the model; auto = the fastest installed (pytorch).")
]
Exactly: TypeAlias = Annotated[
    Precision | None,
    typer.Option("--precision", help="fp32, or faster: bf16 (pytorch, openvino), int8 (onnx, openvino)."),
]
Cached: TypeAlias = Annotated[
    bool | None, typer.Option("--cache/--no-cache", help="Keep scores in the user's cache folder (--cache).")
]
Threads: TypeAlias = Annotated[int | None, typer.Option("--threads", help="Processor threads (all there are).")]
BatchSize: TypeAlias = Annotated[
    int | None, typer.Option("--batch-size", help="Pairs that a thread scores at once (16).")
]
Settings: TypeAlias = Annotated[
    Path | None, typer.Option("--config", help="Settings file, in place of consistency.toml or pyproject.toml.")
]
Known: TypeAlias = Annotated[
    str | None,
    typer.Option("--baseline", metavar="FILE", help="Findings known before, and waivers: marked, and no failure."),
]
IncludeText: TypeAlias = Annotated[bool, typer.Option("--include-text", help="Give the articles' text whole in JSON.")]
ListRemoved: TypeAlias = Annotated[
    bool, typer.Option("--list-removed", help="Name the page furniture that was left out.")
]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", help="No progress and no summary on standard error.")]
Debug: TypeAlias = Annotated[bool, typer.Option("--debug", help="Show the traceback of a fault.")]


def flags(arguments: Mapping[str, object]) -> dict[str, object]:
    """Of a command's arguments, by name, those that are settings; None = not given."""
    return {name: value for name, value in arguments.items() if name in Config.__struct_fields__}
