"""A name in the slot of another that is the same but for a slip of the pen."""

from __future__ import annotations

from typing import Final

from consistency.checks._entities import Swap, Thing
from consistency.checks._spellings import Spellings
from consistency.facts._gazetteer import words
from consistency.facts._spelling import hard_c, short_slip, slip
from consistency.facts.hedge import lemma
from consistency.facts.kin import common
from consistency.protocols import Pair

COPIED_SLOT: Final = 0.5
COPIED_SIMILARITY: Final = 0.6
"""What a slot and its sentences need where a slip may as well be another spelling."""


def folds(thing: Thing) -> tuple[str, ...]:
    """The words of a thing, folded."""
    if thing.name is not None:
        return thing.name.parts
    return tuple(word.fold for word in words(thing.text))


def misspelt(one: Thing, other: Thing, mine: Spellings, theirs: Spellings) -> tuple[str, str] | None:
    """The word of the reference and its misspelling, where all other words of the name agree."""
    first, second = folds(one), folds(other)
    if len(first) != len(second):
        return None
    differing = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    if len(differing) != 1 or other.place is not None:
        return None
    right, wrong = differing[0]
    ordinary = {right, wrong} & (mine.lower | theirs.lower)
    camel = any(thing.text[1:] != thing.text[1:].lower() and len(first) == 1 for thing in (one, other))
    if ordinary or camel or mine.has([wrong]):
        return None
    if not (slip(right, wrong) or (len(first) > 1 and (hard_c(right, wrong) or short_slip(right, wrong)))):
        return None
    return None if common(lemma(right)) and common(lemma(wrong)) else (right, wrong)


def in_copy(pair: Pair, swap: Swap) -> bool:
    """Whether two full names stand in the same place of sentences that are nearly the same: one is copied wrongly."""
    full = all(thing.name is not None and len(thing.name.parts) > 1 for thing in (swap.premise, swap.hypothesis))
    return full and swap.strength >= COPIED_SLOT and pair.alignment.similarity >= COPIED_SIMILARITY
