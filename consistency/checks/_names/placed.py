"""Places that the table of places does not know: every town and station behind "in" or "at", and towns that are told
with their American state.
"""

from __future__ import annotations

from typing import Final

from consistency.checks._names.entities import Swap, Thing
from consistency.checks._names.metonym import before
from consistency.checks._names.spellings import Spellings
from consistency.facts._places.states import state_behind
from consistency.facts._tokens import words as word_set
from consistency.facts.place import LOCATIVE
from consistency.protocols import Pair
from consistency.records import mutual_contradiction

NEEDED: Final = 0.7
"""Contradiction, by the model, from which one place is believed to stand for the other."""
_SHARED: Final = 0.25
"""What part of their words two sentences must share whose only two places are held against each other."""
_SETTLED: Final = LOCATIVE | {"at"}
_TIED: Final = _SETTLED | word_set("from to of for off into toward towards via by")
"""Words before a name that is that of a place, for certain and likely."""


def elsewhere(pair: Pair, swap: Swap, mine: Spellings, theirs: Spellings) -> float:
    """How sure it is that another place is named in the version, of which neither article tells elsewhere; 0 where it
    is not."""
    one, other = swap.premise, swap.hypothesis
    if swap.absent < 2 or swap.rival or swap.alone < _SHARED or not (_single(one) and _single(other)):
        return 0.0
    if mine.tells_of(other.folds) or theirs.tells_of(one.folds):
        return 0.0
    words = _word_before(pair.premise.text, one), _word_before(pair.hypothesis.text, other)
    if _SETTLED.isdisjoint(words) or not _TIED.issuperset(words):
        return 0.0
    contradiction = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)
    return round(0.5 + 0.6 * (contradiction - NEEDED), 3) if contradiction >= NEEDED else 0.0


def in_its_state(pair: Pair, swap: Swap) -> bool:
    """Whether one text names the American state in which the other has the town (Florida, "Parkland, Fla."), or which
    the other tells in short: "in N.C."."""
    one, other = swap.premise, swap.hypothesis
    if _short_for(one.text, other.text) or _short_for(other.text, one.text):
        return True
    return _in(pair.premise.text, one, other) or _in(pair.hypothesis.text, other, one)


def _short_for(short: str, state: str) -> bool:
    return state_behind(f", {short.rstrip('.')}.", 0) == state


def _in(text: str, town: Thing, state: Thing) -> bool:
    return state_behind(text, town.span.end) == state.text


def _single(thing: Thing) -> bool:
    """Whether a thing is a town or region, or a name of one word that may be one."""
    if thing.place is not None:
        return thing.place.form == "name" and thing.place.kind in ("city", "region")
    name = thing.name
    return name is not None and name.sure and not name.titled and len(name.parts) == 1 and name.kind == "unknown"


def _word_before(text: str, thing: Thing) -> str:
    return (before((text,), thing)[-1:] or [""])[0]
