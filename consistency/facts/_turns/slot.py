"""Whether two opposites stand in the same slot of a sentence that is told in other words."""

from __future__ import annotations

from typing import NamedTuple

from consistency.facts.kin import kindred
from consistency.facts.polarity import Opposite


class Place(NamedTuple):
    """The words of weight around a word, as lemmas, in order; `noun` = the next one where no mark stands before it."""

    left: list[str]
    right: list[str]
    noun: str


def slot(one: Opposite, here: Place, there: Place) -> bool:
    """Whether two opposites have kindred words around them: the same noun behind them, or two on either side.

    A verb that only the wide list opposes must have the same word right before it, and converses need more than that.
    An adjective whose noun stands elsewhere in the other text is about something else.
    """
    nouns = (here.noun, there.noun) if one.kind == "a" else ("", "")
    if all(nouns) and kindred(*nouns):
        return True
    mine, theirs = {*here.left, *here.right}, {*there.left, *there.right}
    if one.narrow or mine.isdisjoint(theirs) or nouns[0] in theirs or nouns[1] in mine:
        return False
    if here.left and there.left and kindred(here.left[-1], there.left[-1]):
        return True
    if one.wide and one.kind == "v":
        return False
    return sum(any(kindred(word, other) for other in theirs) for word in mine) > 1
