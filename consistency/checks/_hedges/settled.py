"""What makes a lost hedge no loss: a verdict that the hedged text tells, or a consent that another one gave."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from consistency.checks._hedges.nouns import LEAVES, VERBS
from consistency.checks._hedges.reworded import ENDS, Lost
from consistency.checks._hedges.side import sentence
from consistency.facts._lists import word_set
from consistency.facts.hedge import Hedge, Reading, lemma, told_from
from consistency.facts.kin import among

_ACCUSED: Final = word_set("accused suspected charged suspect alleged allegedly accuse accuses suspects charge")
_PROVEN: Final = frozenset(map(lemma, ("convict", "sentence", "jail", "imprison", "confess", "admit")))
_GUILTY: Final = frozenset((("found", "guilty"), ("pleaded", "guilty"), ("pled", "guilty"), ("pleads", "guilty")))
_NOT: Final = word_set("not never nor without before if unless denied denies acquitted")
_BY: Final = word_set("by from")
_CLOSED: Final = ENDS | word_set("in on at after before until which who where when while but and of to for with as")
_REACH: Final = 7
_NAME: Final = 5


def proven(reading: Reading, hedge: Hedge) -> bool:
    """Whether the text itself tells that he was found guilty, or has confessed."""
    if hedge.wording[0] not in _ACCUSED:
        return False
    words = sentence(reading, hedge.at)
    if any(word.token.fold in _NOT for word in words):
        return False
    folds = (word.token.fold for word in words)
    return any(word.lemma in _PROVEN for word in words) or any(pair in _GUILTY for pair in pairwise(folds))


def by_another(hedged: Reading, plain: Reading, shift: Lost) -> bool:
    """Whether a consent that one is still to give was given by another one: by the lower house, not by the senate."""
    hedge = shift.hedge
    verb = VERBS.get(hedge.lemma, hedge.lemma)
    if shift.told != "past" or verb not in LEAVES:
        return False
    of = _BY if hedge.lemma == verb else _BY | {"of"}
    asked = _behind(hedged, hedge.at, of) or _before(hedged, _first(hedged, hedge))
    gave = _before(plain, told_from(plain, shift.plain)) | _behind(plain, max(shift.plain, shift.until), of)
    return bool(asked) and bool(gave) and not any(word in gave or among(word, gave) for word in asked)


def _first(reading: Reading, hedge: Hedge) -> int:
    at = hedge.at
    while at > 0 and reading.words[at].token.start > hedge.words.start:
        at -= 1
    return at


def _behind(reading: Reading, at: int, links: frozenset[str]) -> frozenset[str]:
    """The words of who stands behind "by"."""
    words = reading.words
    for place in range(at + 1, min(len(words), at + _REACH)):
        if words[place].token.text in ENDS:
            break
        if words[place].token.fold in links:
            found: list[str] = []
            for word in words[place + 1 : place + 1 + _NAME]:
                if word.token.fold in _CLOSED:
                    break
                found.extend([word.lemma] if word.weight else [])
            return frozenset(found)
    return frozenset()


def _before(reading: Reading, at: int) -> frozenset[str]:
    """The words before the one at `at` in its clause."""
    found: list[str] = []
    for word in reversed(reading.words[max(0, at - 2 * _NAME) : at]):
        if word.token.text in ENDS:
            break
        found.extend([word.lemma] if word.weight else [])
    return frozenset(found)
