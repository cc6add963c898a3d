"""`consistency baseline`: the file of findings that are known, from saved reports."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from consistency import config as settings
from consistency.cli._deliver import NO_FILE, emit
from consistency.cli._finish import read_baseline
from consistency.cli._guard import guarded, say
from consistency.cli._options import Debug, Fail, Quiet, Settings
from consistency.cli._saved import content, saved
from consistency.config import Config
from consistency.errors import ConfigError, InputError
from consistency.records import Run
from consistency.report import count, visible, write

if TYPE_CHECKING:
    from consistency.baseline import Baseline

app = typer.Typer(no_args_is_help=True)

Reports: TypeAlias = Annotated[
    list[str], typer.Argument(metavar="REPORT.json", help="Reports of --format json; - = standard input.")
]
File: TypeAlias = Annotated[
    str | None, typer.Option("--baseline", metavar="FILE", help="The baseline (that of the settings).")
]
Complete: TypeAlias = Annotated[
    bool, typer.Option("--complete", help="The reports tell of every story: entries of others are unused too.")
]
_LISTED = 50
"""Findings or entries of one kind that are listed."""
_LONGEST = 200


@app.command("write")
def new(
    reports: Reports,
    *,
    output: Annotated[
        str | None, typer.Option("--output", metavar="FILE", help="The baseline to write (that of the settings).")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Put it in the place of one that is there.")] = False,
    config: Settings = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write a baseline of every finding in the reports."""

    def run() -> int:
        from consistency.baseline import record

        path = _path(output, "--output", config)
        if os.path.exists(path) and not force:
            raise InputError(
                f"{path} is there already",
                f"bring it up to date: consistency baseline update REPORT.json --baseline {path}; or give --force, "
                "which forgets its waivers",
            )
        made = record([saved(report) for report in reports], path)
        _keep(made)
        if not quiet:
            say(f"{path}: {count(sum(entry.count for entry in made.entries), 'finding')} known")
        return 0

    raise typer.Exit(guarded(run, debug=debug))


@app.command()
def update(
    reports: Reports,
    *,
    baseline: File = None,
    keep_unused: Annotated[
        bool, typer.Option("--keep-unused", help="Keep entries that nothing in the reports matches.")
    ] = False,
    complete: Complete = False,
    config: Settings = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Bring a baseline up to the reports: waivers of what still matches stay, what is gone is dropped."""

    def run() -> int:
        from consistency.baseline import update as updated

        known = read_baseline(_path(baseline, "--baseline", config))
        done = updated(known, [saved(report) for report in reports], keep_unused=keep_unused, complete=complete)
        _keep(done.baseline)
        if not quiet:
            say(
                f"{known.name}: {done.new} new, {done.same} as before, {done.similar} reworded, "
                f"{done.dropped} dropped, {done.unused} kept without a finding"
            )
        return 0

    raise typer.Exit(guarded(run, debug=debug))


@app.command()
def check(
    reports: Reports,
    *,
    baseline: File = None,
    complete: Complete = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 for entries too that nothing matches.")] = False,
    fail_on: Fail = None,
    config: Settings = None,
    debug: Debug = False,
) -> None:
    """Say what of the reports is new, known or waived, and which entries have run out or match nothing.

    Exits as the check would have done with this baseline.
    """

    def run() -> int:
        from consistency.baseline import hold
        from consistency.judge import exit_code

        chosen = _settings({"fail_on": fail_on, "baseline": baseline}, config)
        known = read_baseline(_named(chosen.baseline, "--baseline"))
        held = hold([saved(report) for report in reports], known, date.today(), complete=complete)
        emit("".join(f"{visible(line)}\n" for line in _told(held)), NO_FILE)
        code = exit_code(held, chosen.fail_on, chosen.undetermined)
        unused = any(entry.why == "unused" for entry in held.stale)
        return 1 if strict and unused else code

    raise typer.Exit(guarded(run, debug=debug))


@app.command()
def waive(
    baseline: Annotated[str, typer.Argument(metavar="BASELINE", help="The baseline.")],
    waivers: Annotated[
        list[str], typer.Argument(metavar="WAIVERS.toml", help="Files of waivers, as the HTML report exports them.")
    ],
    *,
    report: Annotated[
        list[str] | None,
        typer.Option(metavar="REPORT.json", help="Where to take findings from that the baseline does not know yet."),
    ] = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Put reviewers' waivers into a baseline; of two for one finding the later stands."""

    def run() -> int:
        from consistency.baseline import LARGEST, parse_waivers
        from consistency.baseline import waive as waived

        known = read_baseline(baseline)
        verdicts = [verdict for file in waivers for verdict in parse_waivers(content(file, LARGEST), file)]
        done = waived(known, verdicts, [saved(one) for one in report or ()])
        _keep(done.baseline)
        if not quiet:
            say(
                f"{baseline}: {count(len(verdicts), 'waiver')}, {done.replaced} in place of others, "
                f"{done.added} for findings that were not known"
            )
        return 0

    raise typer.Exit(guarded(run, debug=debug))


def _settings(flags: dict[str, object], file: Path | None) -> Config:
    from consistency.checks import CHECKS  # --help must not wait for them

    return settings.load(flags, file, known_checks=CHECKS)


def _path(given: str | None, flag: str, file: Path | None) -> str:
    return given if given is not None else _named(_settings({}, file).baseline, flag)


def _named(path: str | None, flag: str) -> str:
    if path is None:
        raise ConfigError("no baseline is named", f"give {flag} FILE, or set baseline in the settings")
    return path


def _keep(baseline: Baseline) -> None:
    """Writes the baseline, unless the file says so already."""
    from consistency.baseline import LARGEST, render

    document = render(baseline)
    if len(document.encode()) > LARGEST:
        raise InputError(f"{baseline.name} would be larger than {LARGEST >> 20} MiB", "keep a baseline for each part")
    path = Path(baseline.name)
    if not _says(path, document):
        write(document, path, "the baseline")


def _says(path: Path, document: str) -> bool:
    """Whether the file holds the document; one that cannot be read counts as another, and writing tells the rest."""
    with contextlib.suppress(OSError, ValueError):
        return path.is_file() and path.read_bytes() == document.encode()
    return False


def _told(run: Run) -> Iterator[str]:
    findings = [(report, finding) for report in run.reports for finding in report.findings]
    new = [
        f"{one.level} {one.check} {one.fingerprint} {_of(report.story.id, one.message)}"
        for report, one in findings
        if one.known is None
    ]
    states = [one.known for _, one in findings if one.known is not None]
    stale = {why: [entry for entry in run.stale if entry.why == why] for why in ("expired", "unused")}
    yield (
        f"{run.baseline}: {len(new)} new, {len(states)} known "
        f"({sum(known.match == 'similar' for known in states)} of them reworded, "
        f"{sum(known.waiver is not None and not known.expired for known in states)} waived, "
        f"{sum(known.expired for known in states)} with a waiver that has run out), "
        f"{len(stale['unused'])} unused"
    )
    yield from _list("new", new)
    for why, label in (("expired", "waiver has run out"), ("unused", "unused")):
        lines = [f"{entry.check} {entry.fingerprint} {_of(entry.story, entry.message)}" for entry in stale[why]]
        yield from _list(label, lines)


def _list(label: str, lines: Sequence[str]) -> Iterator[str]:
    yield from (f"{label}: {line}" for line in lines[:_LISTED])
    if len(lines) > _LISTED:
        yield f"{label}: {len(lines) - _LISTED:,} more"


def _of(story: str, message: str) -> str:
    return f"{story[:_LONGEST]}: {message[:_LONGEST]}{'…' if len(message) > _LONGEST else ''}"
