"""The end of every command that has a run in hand: deliver it, and say by the exit code what it means."""

from __future__ import annotations

from collections.abc import Sequence

from consistency.cli._deliver import Target, deliver
from consistency.config import Config
from consistency.records import Run


def finish(
    run: Run,
    chosen: Config,
    wanted: Sequence[Target],
    *,
    include_text: bool = False,
    list_removed: bool = False,
    quiet: bool = False,
) -> int:
    """Writes the run in every format wanted; the exit code."""
    deliver(run, wanted, include_text=include_text, list_removed=list_removed, quiet=quiet)
    from consistency.judge import exit_code

    return exit_code(run, chosen.fail_on)
