"""A name in the slot of another that is the same but for a slip of the pen."""

from __future__ import annotations

import re
from typing import Final

from consistency.checks._names.entities import Swap, Thing
from consistency.checks._names.spellings import Spellings
from consistency.facts._names.words import SCALES
from consistency.facts._places.gazetteer import words
from consistency.facts._spelling import hard_c, short_slip, slip
from consistency.facts.hedge import lemma
from consistency.facts.kin import common
from consistency.protocols import Pair

COPIED_WORDS: Final = 0.65
"""What part of all words of two sentences both must have for a slip to be one of the pen: who writes anew, or
translates, may spell a foreign name another way."""
_SOUNDED_ALIKE: Final = frozenset(map(frozenset, "ck cs cx ez gh gj hk ij iy jy jz kq sz sx vw bv fv dt pb".split()))
"""Letters at the head of a name that one language writes for the other."""
_COMPASS: Final = re.compile(r"(north|south|east|west)(.{2,40})$")
"""A quarter at the head of a name: of Westmark and Eastmark neither is the other misspelt."""
COPIED_SLOT: Final = 0.5
COPIED_SIMILARITY: Final = 0.6
"""What a slot and its sentences need where a slip may as well be another spelling."""


def folds(thing: Thing) -> tuple[str, ...]:
    """The words of a thing, folded."""
    return thing.folds


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
    if common(lemma(right)) and (len(first) == 1 or common(lemma(wrong))):
        return None
    return right, wrong


def one_name(swap: Swap, slip: tuple[str, str]) -> bool:
    """Whether a slip is in the surname of one whose first name both texts spell alike: Rena Huenchul, Rena Huenchal.

    Wherever it stands, nobody else is meant, and who tells of somebody anew does not spell the surname anew.
    """
    names = swap.premise.name, swap.hypothesis.name
    if swap.rival or any(
        name is None or name.kind != "person" or not name.sure or len(name.parts) < 2 for name in names
    ):
        return False
    return swap.premise.folds[-1] == slip[0] and all(len(part) > 1 for part in swap.premise.folds)


def in_copy(pair: Pair, swap: Swap, slip: tuple[str, str]) -> bool:
    """Whether two full names stand in the same place of sentences that are nearly the same: one is copied wrongly."""
    full = all(thing.name is not None and len(thing.name.parts) > 1 for thing in (swap.premise, swap.hypothesis))
    if not full or pair.alignment.similarity < COPIED_SIMILARITY:
        return False
    return swap.strength >= COPIED_SLOT or (one_name(swap, slip) and _all_but_copied(pair, swap))


def copied(pair: Pair, swap: Swap, slip: tuple[str, str]) -> bool:
    """Whether a slip is no other way to spell the name: it stands in a copy, is that of a surname beside the same first
    name and no transliteration, or makes another name of it: Easterby, Westerby."""
    right, wrong = slip
    if one_name(swap, slip) and _loosely(right) != _loosely(wrong):
        return True
    if len(right) == len(wrong) and right[1:] == wrong[1:] and {right[0], wrong[0]} not in _SOUNDED_ALIKE:
        return True
    first, second = _COMPASS.match(right), _COMPASS.match(wrong)
    if first and second and first[1] != second[1] and first[2] == second[2]:
        return True
    return _all_but_copied(pair, swap)


def _loosely(word: str) -> str:
    """A key that spellings of one foreign name may share even where letters have other sounds: Pashinyan, Pachinian."""
    for pattern, sound in _LOOSE:
        word = pattern.sub(sound, word)
    return word


_LOOSE: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[tsc]?[sc]h|ts|tz|cz|sz|z|s|ž|j(?=[aou])", "s"),
        (r"kh|gh|ck|q|c|g|h", "k"),
        (r"w|f", "v"),
        (r"ou|oo", "u"),
        (r"[iyj]+", "i"),
        (r"(?<=[aeou])i(?=[aeou])", ""),
        (r"(.)\1+", r"\1"),
    )
)
"""What desks write for one letter of another script."""


def _all_but_copied(pair: Pair, swap: Swap) -> bool:
    """Whether the two sentences have most of their words in common, besides the names."""
    things = {*swap.premise.folds, *swap.hypothesis.folds}
    one, other = ({word.fold for word in words(text)} - things for text in (pair.premise.text, pair.hypothesis.text))
    return len(one & other) >= COPIED_WORDS * len(one | other)


def converted(texts: tuple[str, str], swap: Swap) -> bool:
    """Whether two scales of temperature follow two figures: 20 degrees Celsius, 68 degrees Fahrenheit."""
    things = swap.premise, swap.hypothesis
    if not all(SCALES.issuperset(thing.folds) for thing in things):
        return False
    first, second = (
        [word.fold for word in words(text[max(0, thing.span.start - _FIGURE) : thing.span.start])][-2:]
        for text, thing in zip(texts, things, strict=True)
    )
    return first != second


_FIGURE: Final = 40
"""Characters before a scale that are read."""
