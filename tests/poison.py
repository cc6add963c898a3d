"""What runs in a worker process where a test wants it to die: a word in a text, or a count, ends it for good."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from consistency import pipeline
from consistency.backends.lexical import LexicalScorer
from consistency.batch import _worker, scan
from consistency.batch._local import Local
from consistency.cache import CachedScorer
from consistency.config import Config
from consistency.records import Scores

DEADLY = "deadly"
"""A text with this word ends the process that scores it."""
ONCE = "frail"
"""This one too, unless it has done so before: a mark stands in the folder that `MARKS` names."""
MARKS = "CONSISTENCY_TEST_MARKS"


def end() -> None:
    """As the kernel does it when memory is short: no exception, no clean-up."""
    os.kill(os.getpid(), signal.SIGKILL)


class Poisoned(LexicalScorer):
    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        words = " ".join(text for pair in pairs for text in pair)
        if DEADLY in words or (ONCE in words and _first_time()):
            end()
        return super().score(pairs)


def _deadly(self: Poisoned, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
    """Of every text, but for what a worker asks to see whether its model is there."""
    if any(" " in premise for premise, _ in pairs):
        end()
    return LexicalScorer.score(self, pairs)


def _first_time() -> bool:
    mark = Path(os.environ[MARKS]) / f"{os.getpid()}.{ONCE}"
    if list(mark.parent.glob(f"*.{ONCE}")):
        return False
    mark.touch()
    return True


def poisoned(pipe: Connection[Any, Any], config: Config) -> None:
    """A worker whose model dies of some texts."""
    pipeline.load = lambda config: CachedScorer(Poisoned())
    _worker.main(pipe, config)


def stillborn(pipe: Connection[Any, Any], config: Config) -> None:
    """A worker that ends while its model is loaded."""
    pipeline.load = lambda config: end()  # type: ignore[assignment, return-value]
    _worker.main(pipe, config)


def doomed(pipe: Connection[Any, Any], config: Config) -> None:
    """A worker that dies of every text."""
    Poisoned.score = _deadly  # type: ignore[method-assign]
    poisoned(pipe, config)


def waiting(pipe: Connection[Any, Any], config: Config) -> None:
    """A worker that says when it checks, and then never ends by itself."""

    class Waiting(LexicalScorer):
        def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
            if not any(" " in premise for premise, _ in pairs):
                return super().score(pairs)
            print("checking", flush=True)
            while True:
                signal.pause()

    pipeline.load = lambda config: CachedScorer(Waiting())
    _worker.main(pipe, config)


def slow_scan() -> None:
    """A scan of `feed.jsonl` in the folder that is named, with workers that never come to an end."""
    folder = Path(sys.argv[1])
    scan.ENGINES = {"local": partial(Local, main=waiting)}
    scan.scan([str(folder / "feed.jsonl")], folder / "out", Config(model="lexical"), workers=1, shards=2)
