"""Another strait, sea or gulf than in the reference."""

from __future__ import annotations

from typing import Final, NamedTuple

from consistency.checks._belief import believed, trust
from consistency.facts._places.gazetteer import words
from consistency.facts._places.waters import Water, other_water
from consistency.protocols import Pair
from consistency.records import mutual_contradiction

_NEEDED: Final = 0.4
"""Contradiction, by the model, from which two waters in reworded sentences are believed to be exchanged."""
_COPIED: Final = 0.8
"""How sure it is in a copy, whatever the model says."""
_SAME_WORDS: Final = 0.75
"""What part of all words of two sentences both must have to be copies."""


class Exchanged(NamedTuple):
    premise: Water
    hypothesis: Water
    confidence: float


def exchanged_water(pair: Pair) -> Exchanged | None:
    """The only named waters of two sentences, where they are two, and how sure it is that one stands for the other."""
    found = other_water(pair.premise.text, pair.hypothesis.text)
    if found is None:
        return None
    alignment = pair.alignment
    confidence = believed(mutual_contradiction(alignment.forward, alignment.backward), _NEEDED)
    if _in_copy(pair, *found):
        confidence = max(confidence, _COPIED)
    return Exchanged(*found, round(confidence * trust(alignment.similarity), 3))


def _in_copy(pair: Pair, one: Water, other: Water) -> bool:
    """Whether two sentences have most of their words in common, besides the two names."""
    first, second = pair.premise.text, pair.hypothesis.text
    rests = first[: one.span.start] + first[one.span.end :], second[: other.span.start] + second[other.span.end :]
    mine, theirs = ({word.fold for word in words(rest)} for rest in rests)
    return len(mine & theirs) >= _SAME_WORDS * len(mine | theirs)
