"""Which formats go where, and how they get there: files whole or not at all, one format to standard output."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
import typer

from consistency.cli._guard import say
from consistency.cli._step_summary import add
from consistency.errors import OutputError
from consistency.records import FailOn, Run
from consistency.report import FORMATS, Options, summary, write_all

NO_FILE = "lead it to a place that takes it"
"""What to do about standard output where a command has no --output."""
_OR_A_FILE = "name a file with --output"


class Target(msgspec.Struct, frozen=True):
    """A format and the file it is written to; None = standard output."""

    format: str
    path: Path | None = None


def known(names: list[str]) -> list[str]:
    """The names given to `--format`; refuses others."""
    for name in names:
        if name not in FORMATS:
            raise typer.BadParameter(f"{name!r} is not one of {', '.join(FORMATS)}.")
    return names


def targets(formats: Sequence[str], outputs: Sequence[str]) -> tuple[Target, ...]:
    """Every format with its place. Of an output `FORMAT=FILE` the part before = must be a format's name, else all of
    it is a path; such a path takes the one format that has no place yet. Without any format for standard output
    and without a plain path, `terminal` goes there.
    """
    placed: list[Target] = []
    plain: list[Path] = []
    for output in outputs:
        name, found, path = output.partition("=")
        if not output or (name in FORMATS and found and not path):
            raise OutputError(f"--output {output!r} names no file", "write --output FILE, or --output FORMAT=FILE")
        if found and name in FORMATS:
            placed.append(Target(name, Path(path)))
        else:
            plain.append(Path(output))
    taken = {target.format for target in placed}
    open_formats = [name for name in dict.fromkeys(formats) if name not in taken]
    if not open_formats and (plain or not set(formats) & taken):
        open_formats = ["terminal"]
    if len(plain) > 1 or (plain and len(open_formats) > 1):
        raise OutputError("it is not clear which format goes where", "write --output FORMAT=FILE for each file")
    if len(open_formats) > 1:
        raise OutputError(
            f"only one format can go to standard output, not {' and '.join(open_formats)}",
            "write the others to files: --output FORMAT=FILE",
        )
    doubled = [path for path in (target.path for target in placed) if path is not None] + plain
    if len({os.path.realpath(path) for path in doubled}) < len(doubled):
        raise OutputError("two formats would be written to one file", "give each a file of its own")
    rest = [Target(name, plain[0] if plain else None) for name in open_formats]
    return (*placed, *rest)


def deliver(
    run: Run,
    chosen: Sequence[Target],
    *,
    include_text: bool,
    list_removed: bool,
    quiet: bool,
    fail_on: FailOn = "error",
) -> None:
    """Renders every format before the first is written, and writes all files or none: a fault leaves nothing half done.

    With the format `github` the run is also added to the summary of GitHub's step, as `markdown`.
    """
    from consistency.checks import manuals  # --help must not wait for them

    rendered = []
    for target in chosen:
        options = Options(
            width=shutil.get_terminal_size((100, 24)).columns,
            colour=target.path is None and _colour(),
            include_text=include_text,
            list_removed=list_removed,
            manuals=manuals(),
            fail_on=fail_on,
        )
        rendered.append((target, FORMATS[target.format](options)(run)))
    summed_up = [FORMATS["markdown"](Options())(run) for target in chosen if target.format == "github"][:1]
    write_all([(document, target.path) for target, document in rendered if target.path is not None])
    for target, document in rendered:
        if target.path is None:
            emit(document)
        elif not quiet:
            say(f"{target.path}: {summary(run)}")
    for document in summed_up:
        problem = add(document)
        if problem:
            say(f"consistency: {problem}")


def _terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _colour() -> bool:
    return _terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def emit(document: str, remedy: str = _OR_A_FILE) -> None:
    """To standard output: UTF-8 for programs, what it can show for a terminal. `remedy`: what to do where it fails."""
    if sys.stdout is None:
        raise OutputError("standard output is closed", f"open it, or {remedy}")
    encoding = sys.stdout.encoding if _terminal() else "utf-8"
    try:
        sys.stdout.buffer.write(document.encode(encoding, "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _discard_output()
    except OSError as fault:
        _discard_output()
        raise OutputError(f"standard output cannot be written ({fault.strerror})", remedy) from fault


def _discard_output() -> None:
    """Else the interpreter tries to write the rest as it ends, and spoils the exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
