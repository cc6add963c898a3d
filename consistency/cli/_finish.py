"""The end of every command that has a run in hand: deliver it, and say by the exit code what it means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from consistency.cli._deliver import Target, deliver
from consistency.cli._saved import content
from consistency.config import Config
from consistency.errors import InputError
from consistency.records import Run

if TYPE_CHECKING:
    from consistency.baseline import Baseline


def finish(
    run: Run,
    chosen: Config,
    wanted: Sequence[Target],
    *,
    baseline: Baseline | None = None,
    include_text: bool = False,
    list_removed: bool = False,
    quiet: bool = False,
) -> int:
    """Holds the run against the baseline, if there is one, and writes it in every format wanted; the exit code."""
    if baseline is not None:
        from consistency.baseline import hold

        run = hold((run,), baseline, date.today())
    deliver(run, wanted, include_text=include_text, list_removed=list_removed, quiet=quiet, fail_on=chosen.fail_on)
    from consistency.judge import exit_code

    return exit_code(run, chosen.fail_on, chosen.undetermined)


def baseline_of(chosen: Config) -> Baseline | None:
    """The baseline that the settings name; a command reads it first, so that a fault in it costs no work."""
    return None if chosen.baseline is None else read_baseline(chosen.baseline)


def read_baseline(path: str) -> Baseline:
    """The baseline in a file. Raises `InputError`: one that is asked for and not there is a fault."""
    from consistency.baseline import LARGEST, parse

    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError) as fault:
        raise InputError(
            f"{path}: there is no such baseline", f"write it: consistency baseline write REPORT.json --output {path}"
        ) from fault
    except (OSError, ValueError):
        pass  # what else is wrong with the name or the folder is told as the file is opened
    return parse(content(path, LARGEST), path)
