"""What every command shares: a fault is one line and exit code 2, never a traceback."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Callable

import typer

from consistency.errors import ConsistencyError
from consistency.report import visible

FAULT = 2


def guarded(run: Callable[[], int], *, debug: bool) -> int:
    """The exit code of `run`; a fault is told in one line, or whole with `debug`."""
    try:
        return run()
    except ConsistencyError as fault:
        trace = traceback.format_exc()
        shown = f"error: {str(fault).rstrip('.')}" + (f"; {fault.remedy}" if fault.remedy else "")
    except Exception as fault:  # noqa: BLE001  (the last resort: a CI log gets one line, never a traceback)
        trace = traceback.format_exc()
        shown = (
            f"internal fault ({type(fault).__name__}); this is a mistake of the tool: please open an issue "
            "with what the same command prints with --debug"
        )
    if debug:
        for line in trace.splitlines():
            say(line)
    say(f"consistency: {shown}")
    return FAULT


def say(line: str) -> None:
    """One line to standard error, whatever article text stands in it."""
    with contextlib.suppress(OSError):
        typer.echo(visible(line), err=True)
