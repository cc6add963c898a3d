"""`consistency check`: versions of a story against its reference."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from consistency import config as settings
from consistency.cli._deliver import targets
from consistency.cli._finish import baseline_of, finish
from consistency.cli._guard import guarded, say
from consistency.cli._options import (
    BatchSize,
    By,
    Cached,
    Debug,
    Exactly,
    Fail,
    Formats,
    IncludeText,
    Known,
    ListRemoved,
    Model,
    On,
    Outputs,
    Quiet,
    Role,
    Settings,
    Threads,
    flags,
)
from consistency.config import Config
from consistency.errors import InputError
from consistency.progress import Waiting
from consistency.records import Run
from consistency.report import foresee, left_aside

EXIT_CODES = "Exit codes: 0 nothing found, 1 findings, 2 a fault, 3 something was not checked."
_STANDARD = "-"


def check(
    reference: Annotated[
        str,
        typer.Argument(
            metavar="REFERENCE|FOLDER",
            help="What the versions are held against (- reads standard input), or a folder of stories.",
        ),
    ],
    versions: Annotated[
        list[str] | None, typer.Argument(metavar="VERSION", help="One or more to check; none with a folder.")
    ] = None,
    *,
    formats: Formats = None,
    outputs: Outputs = None,
    fail_on: Fail = None,
    baseline: Known = None,
    changed_since: Annotated[
        str | None,
        typer.Option(metavar="REV", help="Of a folder, only stories that changed since this git revision."),
    ] = None,
    role: Role = None,
    model: Model = None,
    backend: By = None,
    precision: Exactly = None,
    device: On = None,
    threads: Threads = None,
    batch_size: BatchSize = None,
    cache: Cached = None,
    config: Settings = None,
    include_text: IncludeText = False,
    list_removed: ListRemoved = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Compare each VERSION with REFERENCE: text, HTML or JSON lines; or check every story in FOLDER.

    A story is a folder with a story.toml, or with files named original.*, copy-*.* and report-*.*.
    """
    given = flags(locals())

    def run() -> int:
        wanted = targets(formats or (), outputs or ())
        from consistency.checks import CHECKS  # --help must not wait for them

        chosen = settings.load(given, config, known_checks=CHECKS)
        known = baseline_of(chosen)
        foresee([target.path for target in wanted if target.path is not None])
        if os.path.isdir(reference):
            compared = _stories(reference, versions or [], chosen, changed_since, quiet=quiet)
        else:
            compared = _compare(reference, versions or [], chosen, changed_since, quiet=quiet)
        if not quiet and any(target.path is None and target.format != "terminal" for target in wanted):
            for entry in compared.skipped:
                say(left_aside(entry))
        return finish(
            compared,
            chosen,
            wanted,
            baseline=known,
            include_text=include_text,
            list_removed=list_removed,
            quiet=quiet,
        )

    raise typer.Exit(guarded(run, debug=debug))


def _stories(folder: str, versions: list[str], chosen: Config, changed_since: str | None, *, quiet: bool) -> Run:
    if versions:
        raise InputError(
            f"{folder} is a folder, and {versions[0]} was given besides", "check a folder by itself, or name files only"
        )
    from consistency import pipeline  # torch comes with it; --help must not wait

    with Waiting(show=not quiet) as progress:
        return pipeline.check_stories(
            folder, chosen, changed_since=changed_since, progress=progress, notice=_notice(quiet=quiet)
        )


def _compare(reference: str, versions: list[str], chosen: Config, changed_since: str | None, *, quiet: bool) -> Run:
    if not versions:
        if reference != _STANDARD and not os.path.lexists(reference):
            raise InputError(
                f"{reference} does not exist",
                "name a folder of stories, or a reference and one version or more after it",
            )
        raise InputError(
            f"there is nothing to compare {reference} with",
            "name one version or more after it, or a folder of stories in its place",
        )
    if changed_since is not None:
        raise InputError("--changed-since was given without a folder of stories", "name a folder, or leave it out")
    given = [reference, *versions].count(_STANDARD)
    if given > 1:
        raise InputError("standard input was given twice", "give - once, and files for the rest")
    from consistency import pipeline  # torch comes with it; --help must not wait

    stdin = _standard_input() if given else None
    with Waiting(show=not quiet) as progress:
        notice = _notice(quiet=quiet)
        return Run((pipeline.check(reference, versions, chosen, stdin=stdin, progress=progress, notice=notice),))


def _notice(*, quiet: bool) -> Callable[[str], None] | None:
    """Says what is wrong and changes no report."""
    return None if quiet else lambda line: say(f"consistency: {line}")


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise InputError("standard input is closed", "give a file in place of -")
    try:
        return sys.stdin.buffer.read()
    except OSError as fault:
        raise InputError(f"standard input cannot be read ({fault.strerror})", "give a file") from fault
