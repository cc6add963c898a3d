"""`consistency group`: which articles of a feed are versions of the same story, for `consistency scan` to check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from consistency import config as settings
from consistency.cli._guard import guarded, say
from consistency.cli._options import BatchSize, By, Cached, Debug, Exactly, On, Quiet, Settings, Threads, flags
from consistency.config import Config
from consistency.progress import Waiting
from consistency.report import count

if TYPE_CHECKING:
    from consistency.batch.group import Summary
    from consistency.cache import CachedScorer
    from consistency.protocols import Scorer

EXIT_CODES = "Exit codes: 0 all articles were grouped, 2 a fault, 3 something was not read."
NO_MODEL = "none"
_NOT_ALL_READ = 3
_SHOWN = 5


def group(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Rows of articles: .jsonl, .ndjson (also .gz), .parquet, or a folder."),
    ],
    *,
    output: Annotated[
        Path, typer.Option("--output", metavar="DIR", help="Folder for articles.jsonl, unread.jsonl, summary.json.")
    ],
    model: Annotated[
        str | None,
        typer.Option(
            "--model", help="Judges pairs in between: embedded, lexical, a hub name, a folder; none = they stay apart."
        ),
    ] = None,
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
    """Find which articles of a feed are versions of the same story: copies and rewrites, not independent reports.

    Writes every article with its story and why it belongs there; consistency scan takes the file as it is.
    """
    without = model == NO_MODEL
    given = {**flags(locals()), "model": None if without else model}

    def run() -> int:
        from consistency.checks import CHECKS  # --help must not wait for them

        chosen = settings.load(given, config, known_checks=CHECKS)
        from consistency.batch.group import ARTICLES, group_files  # numpy comes with it

        loaded: list[CachedScorer] = []
        try:
            with Waiting(show=not quiet) as progress:
                made = group_files(inputs, output, load=None if without else _loader(chosen, loaded), told=progress)
        finally:
            for scorer in loaded if not quiet else ():
                for text in scorer.notices:
                    say(f"consistency: {text}")
        if not quiet:
            for line in _told(made):
                say(line)
            say(f"{output / ARTICLES}: to check them, consistency scan {output / ARTICLES} --output DIR")
        return _NOT_ALL_READ if made.unread else 0

    raise typer.Exit(guarded(run, debug=debug))


def _loader(chosen: Config, loaded: list[CachedScorer]) -> Callable[[], Scorer]:
    """Loads the scorer, and puts it into `loaded`."""

    def load() -> Scorer:
        from consistency import pipeline  # torch may come with it, and not every feed needs it

        loaded.append(pipeline.load(chosen))
        return loaded[0]

    return load


def _told(made: Summary) -> list[str]:
    """The summary for a person, a few lines."""
    versions = made.articles - made.singles
    lines = [
        f"{count(made.articles, 'article')}: {versions:,} in {count(made.groups, 'story')} of several versions "
        f"(the largest has {made.largest:,}), {made.singles:,} alone"
    ]
    if made.between.pairs:
        said = f"{made.between.same:,} joined and {made.between.apart:,} kept apart by the model"
        lines.append(
            f"{count(made.between.pairs, 'pair')} in between: {said}, {made.between.not_judged:,} not judged and apart"
        )
    if made.pairs:
        lines.append(f"{count(made.pairs, 'row')} with a reference of its own went through as they came")
    if made.same_ids:
        lines.append(f"{count(made.same_ids, 'article')} came with an id that another article has")
    if made.cut:
        lines.append(f"{count(made.cut, 'article')} looked at up to character {made.longest:,} only")
    if made.ignored:
        lines.append(f"columns that are not carried over: {', '.join(made.ignored)}")
    if made.unread:
        lines.append(f"{made.unread:,} not read:")
        lines += [f"  {entry.message}" for entry in made.first_unread[:_SHOWN]]
        if made.unread > _SHOWN:
            lines.append(f"  and {made.unread - _SHOWN:,} more: unread.jsonl names them")
    return lines
