"""Two opposites that both texts have, told of each other's things: exports rose and imports fell, or the other way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from consistency.facts._opposites import narrow, opposites, senses
from consistency.facts.polarity import lemmas
from consistency.records import Span

_MOST: Final = 120
"""Words of weight of a text that are looked at."""
_REVERSE: Final = re.compile(r"\b(?:reverse|opposite|contrary|vice versa|conversely|other way)\b", re.IGNORECASE)
"""Words that change the places themselves: "the governor claims that it fell; it was the reverse"."""
_BREAK: Final = re.compile(r"[.!?;:,()—–]|\b(?:and|or|but|who|which|that|because|although|while)\b")
_Words: TypeAlias = list[tuple[str, Span]]


def crossed(premise: str, hypothesis: str) -> Iterator[tuple[Span, Span]]:
    """Words of the premise that have changed places with their opposites, each with the opposite in its place.

    The word right before each of the two, or right behind, must be the same as before the other one in the other text.
    Of words that stand in a text twice nothing is said, nor where a text says itself that it is the other way about.
    """
    if _REVERSE.search(premise) or _REVERSE.search(hypothesis):
        return
    texts = premise, hypothesis
    words = lemmas(premise, Span(0, len(premise)))[:_MOST], lemmas(hypothesis, Span(0, len(hypothesis)))[:_MOST]
    at = _once(words[0]), _once(words[1])
    both = at[0].keys() & at[1].keys()
    for one in sorted(both, key=at[0].__getitem__):
        for other in sorted(_against(premise, words[0][at[0][one]][1]) & both):
            places = (at[0][one], at[0][other]), (at[1][one], at[1][other])
            if any(
                _swapped([_beside(texts[side], words[side], place, step) for side in (0, 1) for place in places[side]])
                for step in (-1, 1)
            ):
                yield words[0][at[0][one]][1], words[1][at[1][other]][1]


def _once(words: _Words) -> dict[str, int]:
    """Where each word stands that stands once."""
    found: dict[str, int] = {}
    for at, (word, _) in enumerate(words):
        found[word] = -1 if word in found else at
    return {word: at for word, at in found.items() if at >= 0}


def _against(text: str, span: Span) -> set[str]:
    """The opposites of a word in the list that can be relied on, as lemmas; none of converses."""
    found = {other[2:] for sense in senses(text[span.start : span.end].casefold()) for other in _listed(sense)}
    return {word for word in found if word not in narrow()}


def _listed(sense: str) -> frozenset[str]:
    return frozenset() if sense[2:] in narrow() else opposites().get(sense, frozenset())


def _beside(text: str, words: _Words, at: int, step: int) -> str:
    """The word right before or behind another in its clause."""
    if not 0 <= at + step < len(words):
        return ""
    first, last = sorted((words[at][1], words[at + step][1]))
    return "" if _BREAK.search(text, first.end, last.start) else words[at + step][0]


def _swapped(around: list[str]) -> bool:
    """Whether the neighbours of two words are exchanged: of one and other here, of one and other there."""
    one, other, its, others = around
    return bool(one and other) and one == others and other == its and one != other
