"""The command line: arguments -> pipeline -> report -> exit code. Nothing is decided here."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from consistency import config as settings
from consistency.config import Config, Device, VersionRole
from consistency.errors import ConsistencyError, InputError, OutputError
from consistency.progress import Waiting
from consistency.records import FailOn, Report
from consistency.report import FORMATS, Options, summary, visible, write

_FAULT = 2
_STANDARD = "-"

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)


def _version(wanted: bool) -> None:
    if wanted:
        from consistency import __version__

        typer.echo(f"consistency {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Checks versions of a news story against each other and says which facts broke on the way."""


def _known(name: str) -> str:
    if name not in FORMATS:
        raise typer.BadParameter(f"{name!r} is not one of {', '.join(FORMATS)}.")
    return name


@app.command(epilog="Exit codes: 0 nothing found, 1 findings, 2 a fault, 3 something was not checked.")
def check(
    reference: Annotated[str, typer.Argument(help="What the versions are held against; - reads standard input.")],
    versions: Annotated[list[str], typer.Argument(metavar="VERSION", help="One or more to check.")],
    *,
    format_name: Annotated[
        str,
        typer.Option("--format", callback=_known, metavar="|".join(FORMATS), help="Form of the report."),
    ] = "terminal",
    output: Annotated[Path | None, typer.Option(help="Write the report to this file.")] = None,
    fail_on: Annotated[FailOn | None, typer.Option(help="Exit 1 from this level on (error).")] = None,
    role: Annotated[
        VersionRole | None, typer.Option(help="Copies, or independent reports that owe no coverage (copy).")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="embedded, lexical, a hub name or a local folder (embedded).")
    ] = None,
    device: Annotated[Device | None, typer.Option(help="Where the model runs (cpu).")] = None,
    threads: Annotated[int | None, typer.Option(help="Processor threads (all there are).")] = None,
    batch_size: Annotated[int | None, typer.Option(help="Pairs scored at once (32).")] = None,
    config: Annotated[
        Path | None, typer.Option(help="Settings file, in place of consistency.toml or pyproject.toml.")
    ] = None,
    include_text: Annotated[
        bool, typer.Option("--include-text", help="Give the articles' text whole in JSON.")
    ] = False,
    list_removed: Annotated[
        bool, typer.Option("--list-removed", help="Name the page furniture that was left out.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no summary on standard error.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a fault.")] = False,
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
        options = Options(
            width=shutil.get_terminal_size((100, 24)).columns,
            colour=output is None and _colour(),
            include_text=include_text,
            list_removed=list_removed,
        )
        from consistency.checks import CHECKS  # --help must not wait for them

        chosen = settings.load(flags, config, known_checks=CHECKS)
        report = _compare(reference, versions, chosen, quiet=quiet)
        _deliver(FORMATS[format_name](options)(report), output)
        if output is not None and not quiet:
            _say(f"{output}: {summary(report)}")
        return _exit_code(report, chosen)

    raise typer.Exit(_guarded(run, debug=debug))


def _compare(reference: str, versions: list[str], chosen: Config, *, quiet: bool) -> Report:
    given = [reference, *versions].count(_STANDARD)
    if given > 1:
        raise InputError("standard input was given twice", "give - once, and files for the rest")
    from consistency import pipeline  # torch comes with it; --help must not wait

    stdin = _standard_input() if given else None
    with Waiting(show=not quiet) as progress:
        return pipeline.check(reference, versions, chosen, stdin=stdin, progress=progress)


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise InputError("standard input is closed", "give a file in place of -")
    try:
        return sys.stdin.buffer.read()
    except OSError as fault:
        raise InputError(f"standard input cannot be read ({fault.strerror})", "give a file") from fault


def _exit_code(report: Report, chosen: Config) -> int:
    from consistency.judge import exit_code

    return exit_code(report, chosen.fail_on)


def _guarded(run: Callable[[], int], *, debug: bool) -> int:
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
            _say(line)
    _say(f"consistency: {shown}")
    return _FAULT


def _terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _colour() -> bool:
    return _terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _deliver(document: str, output: Path | None) -> None:
    if output is None:
        _print(document)
    else:
        write(document, output)


def _print(document: str) -> None:
    """To standard output: UTF-8 for programs, what it can show for a terminal."""
    if sys.stdout is None:
        raise OutputError("standard output is closed", "open it, or name a file with --output")
    encoding = sys.stdout.encoding if _terminal() else "utf-8"
    try:
        sys.stdout.buffer.write(document.encode(encoding, "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _discard_output()
    except OSError as fault:
        _discard_output()
        raise OutputError(
            f"standard output cannot be written ({fault.strerror})", "name a file with --output"
        ) from fault


def _discard_output() -> None:
    """Else the interpreter tries to write the rest as it ends, and spoils the exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(line: str) -> None:
    with contextlib.suppress(OSError):
        typer.echo(visible(line), err=True)


def main() -> None:
    app(prog_name="consistency")
