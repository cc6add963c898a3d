"""`consistency explain`: the checks and their manuals."""

from __future__ import annotations

from typing import Annotated

import typer

from consistency.cli._deliver import NO_FILE, emit
from consistency.cli._guard import guarded
from consistency.cli._options import Debug
from consistency.config import nearest
from consistency.errors import InputError


def explain(
    check: Annotated[
        str | None, typer.Argument(metavar="CHECK", help="A check's id; none = all in a line each.")
    ] = None,
    *,
    debug: Debug = False,
) -> None:
    """Print what CHECK reports and what it leaves alone, or list all checks."""

    def run() -> int:
        from consistency.checks import CHECKS, manuals  # --help must not wait for them

        manual = manuals()
        if check is None:
            emit(_listed([(name, one.level, manual[name]) for name, one in CHECKS.items()]) + "\n", NO_FILE)
            return 0
        if check not in CHECKS:
            raise InputError(f"there is no check {check}", nearest(check, CHECKS))
        emit(f"{check} ({CHECKS[check].level})\n\n{manual[check].strip()}\n", NO_FILE)
        return 0

    raise typer.Exit(guarded(run, debug=debug))


def _listed(checks: list[tuple[str, str, str]]) -> str:
    """Name, usual level and the manual's first line, in columns."""
    wide = [max(len(one[column]) for one in checks) for column in (0, 1)]
    return "\n".join(
        f"{name:{wide[0]}}  {level:{wide[1]}}  {manual.partition(chr(10))[0]}" for name, level, manual in checks
    )
