"""Hedges that leave nothing open: a point that is granted, a question, what somebody was able to do; see `hedge`."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from consistency.checks._hedges.reworded import ENDS
from consistency.checks._hedges.settled import proven
from consistency.checks._hedges.side import LATER, Side, bounds, sentence, spoken
from consistency.checks._hedges.words import BILLS
from consistency.facts._lists import word_set
from consistency.facts.hedge import Hedge, Reading, Word, lemma, told

MANY: Final = 12
"""A text with the same word in more places is not looked through."""
_CLAUSE: Final = 16
_AT_LAST: Final = word_set("finally eventually again")
_COULD: Final = ("could",)
_NOBODY: Final = word_set("none nobody no neither nothing few hardly only")
_FOUND: Final = frozenset(map(lemma, ("discover", "found", "show", "prove", "demonstrate", "learn", "realise", "know")))
"""What is told behind these words is no guess."""


def idle(hedged: Side, hedge: Hedge, plain: Side) -> bool:
    """Whether the hedge leaves nothing open: granted, asked, a story's "would", told plainly elsewhere."""
    coming = hedge.kind in LATER and (hedge.at in hedged.open or not _announced(hedged.reading, hedge))
    granted = plain.grants and _conceded(hedged.reading, hedge)
    able = hedge.wording == _COULD and _able(hedged.reading, hedge.at)
    settled = proven(hedged.reading, hedge)
    return coming or granted or able or settled or _told_too(hedged, hedge) or _asked(hedged.reading, hedge.at)


def _announced(reading: Reading, hedge: Hedge) -> bool:
    """Whether "would" looks ahead in speech or in a bill; elsewhere it is the past of a story or a habit."""
    if hedge.kind != "would" or spoken(reading, hedge.at):
        return True
    return any(word.lemma in BILLS for word in sentence(reading, hedge.at))


def _conceded(reading: Reading, hedge: Hedge) -> bool:
    """ "It may sound odd, but ..." grants the point and leaves nothing open, where the other text grants it too."""
    _, last = bounds(reading, hedge.at)
    return hedge.kind == "possible" and any(
        one.token.fold == "," and two.token.fold == "but" for one, two in pairwise(reading.words[hedge.at : last])
    )


def _able(reading: Reading, index: int) -> bool:
    """Whether "could" is what somebody was able to do: "none of them could swim", "found that it could be sold"."""
    before = reading.words[max(bounds(reading, index)[0], index - _CLAUSE) : index + 1]
    folds = [word.token.fold for word in before]
    if not _AT_LAST.isdisjoint(folds) or ("first", "time") in pairwise(folds):
        return True
    clause: list[Word] = []
    for word in reversed(before):
        if word.token.text in ENDS:
            break
        clause.append(word)
    return any(word.token.fold in _NOBODY or word.lemma in _FOUND for word in clause)


def _asked(reading: Reading, index: int) -> bool:
    return any(word.token.text == "?" for word in sentence(reading, index))


def _told_too(side: Side, hedge: Hedge) -> bool:
    """Whether the text says the same word elsewhere without a hedge, or too often to look."""
    places = side.places.get(hedge.lemma, [])
    return len(places) > MANY or any(
        index not in side.hedged and (hedge.frame == "noun" or told(side.reading, index) in {"past", "present"})
        for index in places
    )
