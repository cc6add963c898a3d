"""`consistency report`: a saved report in another format."""

from __future__ import annotations

import typer

from consistency.cli._deliver import deliver, targets
from consistency.cli._guard import guarded
from consistency.cli._options import Debug, Formats, ListRemoved, Outputs, Quiet, Saved
from consistency.cli._saved import has_text, saved


def report(
    file: Saved,
    *,
    formats: Formats = None,
    outputs: Outputs = None,
    list_removed: ListRemoved = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write a saved report in other formats, just as it was judged.

    Exits with 0 whatever stands in it: the command that made the report has given its verdict.
    """

    def run() -> int:
        wanted = targets(formats or (), outputs or ())
        made = saved(file)
        deliver(made, wanted, include_text=has_text(made), list_removed=list_removed, quiet=quiet)
        return 0

    raise typer.Exit(guarded(run, debug=debug))
