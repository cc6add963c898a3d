"""Words that leave open whatever their sentence tells: "by all accounts", "the chances are"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from consistency.facts._lists import word_set
from consistency.facts._tokens import Token
from consistency.facts._verb_forms import rows

MARK: Final = "mark"
"""The frame of such wordings in `data/hedges.tsv`."""
_AHEAD: Final = word_set("will shall would to are")


def marks(tokens: tuple[Token, ...], headless: Iterable[tuple[int, int]]) -> dict[int, tuple[str, ...]]:
    """The wording of each mark by the index of its first token; those within another one are left out.

    `headless` = first and last token of hedges that stand on no word ("probably his"); what looks ahead is none.
    """
    table = _table()
    found: dict[int, tuple[str, ...]] = {}
    follow = 0
    for index, opening in enumerate(tokens):
        if index < follow:
            continue
        for phrase in table.get(opening.fold, ()):
            end = index + len(phrase)
            if tuple([token.fold for token in tokens[index:end]]) == phrase:
                found[index] = phrase
                follow = end
                break
    for first, last in headless:
        if tokens[last - 1].fold not in _AHEAD:
            found.setdefault(first, tuple([token.fold for token in tokens[first:last]]))
    return found


@lru_cache(maxsize=1)
def _table() -> dict[str, list[tuple[str, ...]]]:
    """Marks by their first word, the longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for _, frame, wordings in rows("hedges"):
        if frame == MARK:
            for wording in wordings.split(", "):
                phrase = tuple(wording.split())
                table.setdefault(phrase[0], []).append(phrase)
    for alike in table.values():
        alike.sort(key=len, reverse=True)
    return table
