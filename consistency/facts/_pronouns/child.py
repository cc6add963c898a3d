"""A child who is a son in one text and a daughter in the other, or a boy and a girl, wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from consistency.facts._pronouns.slots import Word, words
from consistency.records import Span

_CHILDREN: Final = (("son", "daughter"), ("grandson", "granddaughter"), ("boy", "girl"))
_PLURALS: Final = tuple(f"{word}s" for pair in _CHILDREN for word in pair)
_ALL: Final = frozenset([*_PLURALS, *(word for pair in _CHILDREN for word in pair), "twin", "twins", "children"])


def child(premise: str, hypothesis: str) -> tuple[Span, Span] | None:
    """The one child of each text, told by words that differ in sex alone; None where either text tells of another."""
    one, other = _only(words(premise)), _only(words(hypothesis))
    if one is None or other is None:
        return None
    pair = {one.fold, other.fold}
    return (one.span, other.span) if any(pair == set(both) for both in _CHILDREN) else None


def _only(told: Sequence[Word]) -> Word | None:
    found = [word for word in told if word.fold in _ALL]
    return found[0] if len(found) == 1 and not found[0].capital else None
