"""`consistency report`: a saved report in another format."""

from __future__ import annotations

from typing import Annotated

import typer

from consistency import config as settings
from consistency.cli._deliver import deliver, targets
from consistency.cli._guard import guarded
from consistency.cli._options import Debug, Formats, ListRemoved, Outputs, Quiet, Saved, Settings
from consistency.cli._saved import has_text, saved
from consistency.records import FailOn


def report(
    file: Saved,
    *,
    formats: Formats = None,
    outputs: Outputs = None,
    fail_on: Annotated[
        FailOn | None, typer.Option("--fail-on", help="Level from which junit tells a finding as failed (error).")
    ] = None,
    config: Settings = None,
    list_removed: ListRemoved = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write a saved report in other formats, just as it was judged.

    Exits with 0 whatever stands in it: the command that made the report has given its verdict.
    """

    def run() -> int:
        wanted = targets(formats or (), outputs or ())
        from consistency.checks import CHECKS  # --help must not wait for them

        chosen = settings.load({"fail_on": fail_on}, config, known_checks=CHECKS)
        made = saved(file)
        deliver(
            made,
            wanted,
            include_text=has_text(made),
            list_removed=list_removed,
            quiet=quiet,
            fail_on=chosen.fail_on,
        )
        return 0

    raise typer.Exit(guarded(run, debug=debug))
