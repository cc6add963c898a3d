"""Words in one slot that no list calls opposites, but of which each is kin to an opposite of the other.

"Frivolous" against "severe": the one is kin to what "severe" opposes, the other to what "frivolous" does. One such way
says little, words have too many senses; several, from both ends, are as good as a line of the wide list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final, TypeAlias

from consistency.facts._lists import word_set
from consistency.facts._opposites import contraries, narrow
from consistency.facts.hedge import lemma
from consistency.facts.kin import kin, listed
from consistency.facts.polarity import lemmas
from consistency.isolate import differences
from consistency.records import Span

_WAYS: Final = 3
"""Ways from one word to the other that make them opposites, where they do not lead from both ends."""
_MOST: Final = 120
"""Words of weight of a text that are looked at."""
_AWAY: Final = re.compile(r" (?:down|off|out|up|away|over|back)\b")
"""What makes another verb of the one before it: "voted down", "climbed down"."""
VAGUE: Final = frozenset(
    map(
        lemma,
        word_set(
            "turn come go keep leave hold stay remain take get put make give set run stand bring send return move look",
            "affect follow use single two one first last before after early late more less most least much many few",
            "little up down old new other aged",
        ),
    )
)
"""Words of so many senses that a way leads from them to anything."""

_Words: TypeAlias = list[tuple[str, Span]]


def near_opposites(premise: str, hypothesis: str) -> Iterator[tuple[Span, Span]]:
    """Pairs of words that are near opposites: each all of weight that a difference has, or before the same word."""
    words = lemmas(premise, Span(0, len(premise)))[:_MOST], lemmas(hypothesis, Span(0, len(hypothesis)))[:_MOST]
    told = {word for word, _ in words[0]}, {word for word, _ in words[1]}
    for difference in differences(premise, hypothesis):
        here, there = lemmas(premise, difference.premise), lemmas(hypothesis, difference.hypothesis)
        if len(here) == len(there) == 1 and here[0][0] not in told[1] and there[0][0] not in told[0]:
            ways = _ways(here[0][0], there[0][0])
            spans = here[0][1], there[0][1]
            if (min(ways) or max(ways) >= _WAYS) and not _phrasal(premise, hypothesis, spans):
                yield spans
    before = _before(words[1])
    for (word, place), (ahead, _) in pairwise(words[0]):
        other = before.get(ahead)
        if other is None or word in told[1] or other[0] in told[0] or {word, other[0]} & narrow():
            continue
        ways = _ways(word, other[0])
        if min(ways) and sum(ways) >= _WAYS and not _phrasal(premise, hypothesis, (place, other[1])):
            yield place, other[1]


def _phrasal(premise: str, hypothesis: str, spans: tuple[Span, Span]) -> bool:
    """Whether one of two words is part of a verb of two: "voted down" is no opposite of "rejected"."""
    return any(_AWAY.match(text, span.end) for text, span in zip((premise, hypothesis), spans, strict=True))


def _before(words: _Words) -> dict[str, tuple[str, Span]]:
    """What stands before each word, the first time."""
    found: dict[str, tuple[str, Span]] = {}
    for before, (word, _) in pairwise(words):
        found.setdefault(word, before)
    return found


@lru_cache(maxsize=8_192)
def _ways(one: str, other: str) -> tuple[int, int]:
    """How many opposites of each of two lemmas are kin to the other; none where the two are opposites, or kin."""
    if one in VAGUE or other in VAGUE:
        return 0, 0
    mine, theirs = _opposites().get(one, frozenset()), _opposites().get(other, frozenset())
    if other in mine or not (mine or theirs) or kin(one, other):
        return 0, 0
    return sum(listed(word, other) for word in mine), sum(listed(word, one) for word in theirs)


@lru_cache(maxsize=1)
def _opposites() -> dict[str, frozenset[str]]:
    """The opposites of each lemma in both lists, whatever kind of word it is."""
    found: dict[str, set[str]] = {}
    for sense, others in contraries().items():
        found.setdefault(_lemma(sense), set()).update(map(_lemma, others))
    return {word: frozenset(others) for word, others in found.items()}


def _lemma(sense: str) -> str:
    kind, _, word = sense.partition(" ")
    return word if kind == "v" else lemma(word)
