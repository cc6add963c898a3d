"""A scorer whose answers can be told beforehand, and the work that a process of its own does with it."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Final

from consistency.cache import CachedScorer, open_cache
from consistency.records import Scores

HOUSE: Final = Path(__file__).parent.parent
Pair = tuple[str, str]


class Drawn:
    """A scorer that draws its scores from the pair's own letters, and remembers what it was asked."""

    digest = "0123456789abcdef" * 4
    runtime = "drawn/fp32"
    limit = 100

    def __init__(self) -> None:
        self.asked: list[Pair] = []

    def lengths(self, pairs: Sequence[Pair]) -> list[int]:
        return [len(premise) + len(hypothesis) for premise, hypothesis in pairs]

    def score(self, pairs: Sequence[Pair]) -> list[Scores]:
        self.asked += pairs
        return truth(pairs)


def truth(pairs: Sequence[Pair]) -> list[Scores]:
    """What `Drawn` says of each pair."""
    return [_draw(repr(pair)) for pair in pairs]


def _draw(text: str) -> Scores:
    drawn = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")
    first, rest = drawn % 10_001, drawn // 10_001
    second = rest % (10_001 - first)
    return Scores(first / 10_000, second / 10_000, (10_000 - first - second) / 10_000)


def numbered(start: int, stop: int) -> list[Pair]:
    """Pairs that are told apart by a number."""
    return [(f"{at} people came.", f"{at + 1} people came.") for at in range(start, stop)]


SOME: Final = numbered(0, 300)


class Ran:
    """A run over `SOME` with a file: how many pairs it had to score, and what it says of the cache."""

    def __init__(self, path: Path, timeout: float = 10.0) -> None:
        drawn = Drawn()
        with open_cache(path, timeout=timeout) as cache:
            assert CachedScorer(drawn, cache, at_once=50).score(SOME) == truth(SOME)
            self.notice = cache.notice
        self.scored = len(drawn.asked)


def sound(path: Path) -> bool:
    base = sqlite3.connect(path)
    try:
        return bool(base.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
    finally:
        base.close()


def fill(path: Path, start: int, stop: int, part: int = 100) -> None:
    """Scores numbered pairs through the cache in that file; fails where a score is wrong or the cache was lost."""
    with open_cache(path) as cache:
        scorer = CachedScorer(Drawn(), cache, at_once=part)
        for at in range(start, stop, part):
            pairs = numbered(at, min(at + part, stop))
            assert scorer.score(pairs) == truth(pairs)
        assert not cache.notice, cache.notice


def fill_for_ever(path: Path) -> None:
    """Scores more and more pairs until it is killed."""
    with open_cache(path) as cache:
        scorer = CachedScorer(Drawn(), cache)
        for at in count(1_000_000, 50):
            pairs = numbered(at, at + 50)
            assert scorer.score(pairs) == truth(pairs)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["for-ever", path]:
            fill_for_ever(Path(path))
        case ["fill", path, start, stop]:
            fill(Path(path), int(start), int(stop))
