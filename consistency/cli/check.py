"""`consistency check`: versions of a story against its reference."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from consistency import config as settings
from consistency.cli._deliver import targets
from consistency.cli._finish import finish
from consistency.cli._guard import guarded
from consistency.cli._options import Debug, Fail, Formats, IncludeText, ListRemoved, Outputs, Quiet, Settings
from consistency.config import Config, Device, VersionRole
from consistency.errors import InputError
from consistency.progress import Waiting
from consistency.records import Run

EXIT_CODES = "Exit codes: 0 nothing found, 1 findings, 2 a fault, 3 something was not checked."
_STANDARD = "-"


def check(
    reference: Annotated[str, typer.Argument(help="What the versions are held against; - reads standard input.")],
    versions: Annotated[list[str], typer.Argument(metavar="VERSION", help="One or more to check.")],
    *,
    formats: Formats = None,
    outputs: Outputs = None,
    fail_on: Fail = None,
    role: Annotated[
        VersionRole | None, typer.Option(help="Copies, or independent reports that owe no coverage (copy).")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="embedded, lexical, a hub name or a local folder (embedded).")
    ] = None,
    device: Annotated[Device | None, typer.Option(help="Where the model runs (cpu).")] = None,
    threads: Annotated[int | None, typer.Option(help="Processor threads (all there are).")] = None,
    batch_size: Annotated[int | None, typer.Option(help="Pairs scored at once (32).")] = None,
    config: Settings = None,
    include_text: IncludeText = False,
    list_removed: ListRemoved = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Compare each VERSION with REFERENCE: text, HTML or JSON lines."""
    flags = {
        "fail_on": fail_on,
        "role": role,
        "model": model,
        "device": device,
        "threads": threads,
        "batch_size": batch_size,
    }

    def run() -> int:
        wanted = targets(formats or (), outputs or ())
        from consistency.checks import CHECKS  # --help must not wait for them

        chosen = settings.load(flags, config, known_checks=CHECKS)
        compared = _compare(reference, versions, chosen, quiet=quiet)
        return finish(compared, chosen, wanted, include_text=include_text, list_removed=list_removed, quiet=quiet)

    raise typer.Exit(guarded(run, debug=debug))


def _compare(reference: str, versions: list[str], chosen: Config, *, quiet: bool) -> Run:
    given = [reference, *versions].count(_STANDARD)
    if given > 1:
        raise InputError("standard input was given twice", "give - once, and files for the rest")
    from consistency import pipeline  # torch comes with it; --help must not wait

    stdin = _standard_input() if given else None
    with Waiting(show=not quiet) as progress:
        return Run((pipeline.check(reference, versions, chosen, stdin=stdin, progress=progress),))


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise InputError("standard input is closed", "give a file in place of -")
    try:
        return sys.stdin.buffer.read()
    except OSError as fault:
        raise InputError(f"standard input cannot be read ({fault.strerror})", "give a file") from fault
