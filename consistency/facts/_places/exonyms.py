"""Names of one place in several languages and times: Danube, Donau; Szczecin, Stettin; Mumbai, Bombay."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from consistency.facts._places.gazetteer import rows, words

_LONGEST: Final = 4
"""Words of the longest name in the table."""


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, ...], int]:
    """The number of the row of each name, by its folded words."""
    found: dict[tuple[str, ...], int] = {}
    for number, (names,) in enumerate(rows("exonyms")):
        for name in names.split(";"):
            found.setdefault(tuple(word.fold for word in words(name)), number)
    return found


def known_by(folds: Sequence[str]) -> frozenset[int]:
    """What the table has of the names in a run of folded words, equal for names of one thing."""
    table = _table()
    last = len(folds)
    return frozenset(
        table[part]
        for at in range(last)
        for part in (tuple(folds[at : at + length]) for length in range(1, min(_LONGEST, last - at) + 1))
        if part in table
    )


def same_thing(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two runs of words hold two names of one thing."""
    return not known_by(one).isdisjoint(known_by(other))


@lru_cache(maxsize=4096)
def one_name(one: str, other: str) -> bool:
    """Whether two names as a whole are names of one thing."""
    table = _table()
    rows_ = [table.get(tuple(word.fold for word in words(name))) for name in (one, other)]
    return rows_[0] is not None and rows_[0] == rows_[1]
