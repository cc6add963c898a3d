"""`consistency scan`: every story of a feed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from consistency import config as settings
from consistency.batch._job import MOST_VERSIONS
from consistency.cli._guard import guarded, say
from consistency.cli._options import (
    BatchSize,
    By,
    Cached,
    Debug,
    Exactly,
    Fail,
    Model,
    On,
    Quiet,
    Role,
    Settings,
    Threads,
    flags,
)
from consistency.report import count

if TYPE_CHECKING:
    from consistency.batch._wire import Summary

STOPPED = 130
_SHOWN = 10
"""Names of columns that are listed."""
_GO_ON = "the same command goes on where it was"


def scan(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Rows of a feed: .jsonl, .ndjson (also .gz), .parquet, or a folder."),
    ],
    *,
    output: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the results; one that is there goes on.")],
    workers: Annotated[int, typer.Option(min=1, help="Processes that check, each with its own model.")] = 1,
    engine: Annotated[
        Literal["local", "ray"], typer.Option(help="Where the workers run: on this machine, or on a Ray cluster.")
    ] = "local",
    shards: Annotated[
        int | None, typer.Option(min=1, max=9999, help="Parts the feed is split into (one for every 128 kilobytes).")
    ] = None,
    most_versions: Annotated[
        int, typer.Option(min=1, help="Versions of one story to compare; the rest are told as not checked.")
    ] = MOST_VERSIONS,
    restart: Annotated[bool, typer.Option("--restart", help="Throw away what an earlier scan left in DIR.")] = False,
    fail_on: Fail = None,
    role: Role = None,
    model: Model = None,
    backend: By = None,
    precision: Exactly = None,
    device: On = None,
    threads: Threads = None,
    batch_size: BatchSize = None,
    cache: Cached = None,
    config: Settings = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Check every story of a feed: rows of articles that name their story, or pairs of reference and version.

    Results go into DIR/results, a row for each version; the same command goes on where a scan was stopped.
    """
    given = flags(locals())

    def run() -> int:
        from consistency.batch import _summary  # --help must not wait for them
        from consistency.batch._progress import Watching
        from consistency.batch.scan import scan as scan_feed
        from consistency.checks import CHECKS

        chosen = settings.load(given, config, known_checks=CHECKS)
        if chosen.baseline is not None and not quiet:
            say(f"consistency: a scan holds nothing against a baseline; {chosen.baseline} was not used")
        notices: list[str] = []
        try:
            with Watching(show=not quiet, say=say) as watching:
                summary = scan_feed(
                    inputs,
                    output,
                    chosen,
                    engine=engine,
                    workers=workers,
                    shards=shards,
                    most_versions=most_versions,
                    restart=restart,
                    told=watching,
                    notice=notices.append,
                )
        except KeyboardInterrupt:
            say(f"consistency: stopped; {_GO_ON}")
            return STOPPED
        finally:
            for text in notices if not quiet else ():
                say(f"consistency: {text}")
        if not quiet:
            for line in told(summary, output):
                say(line)
        return _summary.exit_code(summary, chosen.fail_on, chosen.undetermined)

    raise typer.Exit(guarded(run, debug=debug))


def told(summary: Summary, folder: Path) -> list[str]:
    """The end of a scan in a few lines: what was found, what was not checked, and where it stands."""
    lines = [
        f"{count(summary.results, 'result')} of {count(summary.stories, 'story')}: "
        + ", ".join(f"{number:,} {verdict}" for verdict, number in summary.verdicts.items())
    ]
    found = [f"{count(getattr(summary.levels, level), level)}" for level in ("error", "warning", "note")]
    lines.append(", ".join(found))
    if summary.unchecked:
        lines.append("not checked: " + ", ".join(f"{number:,} {_WORDS[code]}" for code, number in _sorted(summary)))
    if summary.read.unread:
        lines.append(f"not read: {count(sum(summary.read.unread.values()), 'row')}; see {folder / 'unread.jsonl'}")
    if summary.read.ignored:
        names = list(summary.read.ignored)
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        lines.append(f"columns passed over: {', '.join(names[:_SHOWN])}{more}")
    lines.append(f"{folder / 'results'} holds a row for each, {folder / 'summary.json'} the numbers")
    return lines


def _sorted(summary: Summary) -> list[tuple[str, int]]:
    return sorted(summary.unchecked.items(), key=lambda entry: (-entry[1], entry[0]))


_WORDS = {
    "missing": "missing",
    "unreadable": "unreadable",
    "empty": "without text",
    "language": "not in English",
    "shape": "too long",
    "coverage": "of which too little could be compared",
    "unnamed": "that name no story",
    "bound": "past the most versions of a story",
    "fault": "whose check failed",
    "ended": "whose check ended its process",
}
"""Why something was not checked, by its code."""
