"""Places and names of an aligned pair that lie in one slot and are not both spoken of on both sides.

Things that agree are told first and serve as anchors for `_pairing`; what is left is either `absent`
(the other side never speaks of it) or a surplus mention of something the other side knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from consistency.checks._names.pairing import pair
from consistency.facts import name as name_facts
from consistency.facts import place as place_facts
from consistency.facts._kept import kept
from consistency.facts._names.words import BODIES, FUNCTION, PEOPLES
from consistency.facts._places.exonyms import known_by, same_thing
from consistency.facts._places.gazetteer import words
from consistency.facts._places.states import shortened
from consistency.facts.name import Name
from consistency.facts.place import Place
from consistency.records import Span

MAX_CHARACTERS = 4_000
"""A longer passage is no claim: what is left over in it says nothing of a slot."""
MAX_THINGS = 40
_FIRST = 5
"""Characters before which a thing opens its passage: a quotation mark, an article."""
_STEM = 5
"""Letters by which a word of a general kind is known again: Democratic Party, the Democrats."""
_UNTELLING = FUNCTION | PEOPLES | BODIES
_APART = 5
"""Letters of a name from which on it is known again in words that are written apart: Yushu, Yu Shu."""


class Thing(NamedTuple):
    """A place or a name as the pairing sees it."""

    span: Span
    text: str
    place: Place | None
    name: Name | None

    @property
    def sure(self) -> bool:
        return self.place is not None or (self.name is not None and self.name.sure)

    @property
    def folds(self) -> tuple[str, ...]:
        """The words of the thing, folded."""
        return self.name.parts if self.name is not None else tuple(word.fold for word in words(self.text))


class Swap(NamedTuple):
    """Two things that lie in one slot; `absent` counts those the other side never speaks of."""

    premise: Thing
    hypothesis: Thing
    strength: float
    rival: float
    absent: int
    alone: float


def slot_confidence(swap: Swap, needed: float, *, lone: float) -> float:
    """0.5 where the slot is as strong as `needed` (0-1], up to 0.9 above.

    A close rival takes away; being the only two left over in sentences of the same words adds up to `lone`.
    """
    strength = max(0.0, swap.strength - 0.5 * swap.rival) + lone * swap.alone
    strength = min(1.0, strength)
    if strength < needed:
        return round(0.49 * strength / needed, 3)
    return round(0.5 + 0.4 * (strength - needed) / (1.01 - needed), 3)


class _Side:
    """A text as the pairing sees it; what only some pairs ask for is read when it is."""

    def __init__(self, text: str) -> None:
        self.things = things(text)
        self.mentioned = place_facts.mentions(text)
        self.names = name_facts.names(text)
        self._text = text

    @cached_property
    def folds(self) -> frozenset[str]:
        return frozenset(word.fold for word in words(self._text))

    @cached_property
    def capitals(self) -> frozenset[str]:
        """The words of names, and all others that are written like one."""
        written = {word.fold for word in words(self._text) if word.capital}
        return frozenset(written.union(*(name.parts for name in self.names)))

    @cached_property
    def run_together(self) -> frozenset[str]:
        """Two and three neighbouring words written as one."""
        run = [word.fold for word in words(self._text)]
        pairs = [one + other for one, other in pairwise(run)]
        return frozenset([*pairs, *(one + other for one, other in zip(pairs, run[2:], strict=False))])

    @cached_property
    def known(self) -> frozenset[int]:
        """What the text speaks of that has several names, by whichever."""
        return known_by([word.fold for word in words(self._text)])

    @cached_property
    def sounds(self) -> frozenset[str]:
        return frozenset(map(name_facts.romanised, self.folds))


def things(text: str) -> tuple[Thing, ...]:
    """Sure places and all names of a text, in order."""
    found = [Thing(place.span, place.text, place, None) for place in place_facts.places(text)]
    found += [
        Thing(name.span, name.text, None, name)
        for name in name_facts.names(text)
        if not shortened(text, name.span.start, name.span.end)
    ]
    return tuple(sorted(found, key=lambda thing: thing.span))


@kept
def swaps(premise: str, hypothesis: str) -> tuple[Swap, ...]:
    """Left-over things of both passages that stand in one slot, strongest first."""
    if premise == hypothesis or max(len(premise), len(hypothesis)) > MAX_CHARACTERS:
        return ()
    first, second = _Side(premise), _Side(hypothesis)
    if max(len(first.things), len(second.things)) > MAX_THINGS:
        return ()
    anchors, left, right = _anchored(first.things, second.things)
    if len({any(_opens(thing) for thing in some) for some in (left, right)}) > 1:
        left, right = _without_openers(premise, left), _without_openers(hypothesis, right)
    if not left:
        left = _generic(premise, second, right)
    if not right:
        right = _generic(hypothesis, first, left)
    if not left or not right:
        return ()
    matches = pair(
        (premise, hypothesis),
        ([thing.span for thing in left], [thing.span for thing in right]),
        [(one.span, other.span) for one, other in anchors],
    )
    found = [
        Swap(
            left[match.premise],
            right[match.hypothesis],
            match.strength,
            match.rival,
            _absent(left[match.premise], right[match.hypothesis], (first, second), (premise, hypothesis)),
            match.alone,
        )
        for match in matches
    ]
    return tuple(swap for swap in found if swap.absent or _near_miss(swap))


def _generic(text: str, other: _Side, left: Sequence[Thing]) -> list[Thing]:
    """Bodies named by their kind alone, which the other side does not speak of, for want of better names."""
    if not any(thing.sure for thing in left):
        return []
    found = name_facts.generic_bodies(text)[:MAX_THINGS]
    return [Thing(name.span, name.text, None, name) for name in found if not _echoed(name.parts, other)]


def _without_openers(text: str, left: Sequence[Thing]) -> list[Thing]:
    """The things without words that open a sentence and are hardly names, where others are left to be paired."""
    likely = [thing for thing in left if thing.sure or _likely(text, thing)]
    return likely or list(left)


def _opens(thing: Thing) -> bool:
    """Whether a thing is what its passage starts with."""
    return thing.span.start < _FIRST


def _likely(text: str, thing: Thing) -> bool:
    name = thing.name
    return name is None or name.kind == "organisation" or name_facts.acting(text, name)


def _starts(text: str, thing: Thing) -> bool:
    """Whether a sentence starts with the thing, so that its first word may be no name: Teenager Okafor."""
    return any(word.opens for word in words(text) if word.start == thing.span.start)


def _absent(one: Thing, other: Thing, sides: tuple[_Side, _Side], texts: tuple[str, str]) -> int:
    """How many of the two the other side never speaks of; what two people share of their names
    speaks of neither."""
    if one.name is not None and other.name is not None and name_facts.first_name_exchanged(one.name, other.name):
        if any(_starts(text, thing) for text, thing in zip(texts, (one, other), strict=True)):
            return 0
        known = set(one.name.parts[:-1]) & sides[1].folds | set(other.name.parts[:-1]) & sides[0].folds
        return 0 if known else 2
    if one.name is not None and other.name is not None and name_facts.surname_exchanged(one.name, other.name):
        mine, theirs = name_facts.own_parts(one.name, other.name)
        return 0 if sides[1].capitals.intersection(mine) or sides[0].capitals.intersection(theirs) else 2
    if _written_apart(one, other, sides[1]) or _written_apart(other, one, sides[0]):
        return 0
    return (not _spoken_of(one, sides[1], sides[0])) + (not _spoken_of(other, sides[0], sides[1]))


def _written_apart(whole: Thing, part: Thing, side: _Side) -> bool:
    """Whether the other side writes a name in two or three words, the last of which it may be known by."""
    joined = "".join(whole.folds)
    return len(joined) >= _APART and joined in side.run_together and "".join(part.folds) in joined


def _near_miss(swap: Swap) -> bool:
    one, other = swap.premise.name, swap.hypothesis.name
    return one is not None and other is not None and name_facts.compare(one, other) == "typo"


def _anchored(
    first: Sequence[Thing], second: Sequence[Thing]
) -> tuple[list[tuple[Thing, Thing]], list[Thing], list[Thing]]:
    """Things told off against each other, the same before the related, and what is left on each side."""
    anchors: list[tuple[Thing, Thing]] = []
    left, right = list(first), list(second)
    for test in (_same, _kin):
        for one in tuple(left):
            other = next((candidate for candidate in right if test(one, candidate)), None)
            if other is not None:
                anchors.append((one, other))
                left.remove(one)
                right.remove(other)
    return anchors, left, right


def _same(one: Thing, other: Thing) -> bool:
    if one.place is not None and other.place is not None:
        return one.place.key == other.place.key
    return one.name is not None and other.name is not None and one.name.parts == other.name.parts


def _kin(one: Thing, other: Thing) -> bool:
    if one.place is not None and other.place is not None and place_facts.related(one.place, other.place):
        return True
    if one.name is not None and other.name is not None and name_facts.compare(one.name, other.name) in _ONE_NAME:
        return True
    return same_thing(one.folds, other.folds) or "".join(one.folds) == "".join(other.folds)


_ONE_NAME = ("same", "variant")


def _echoed(parts: Sequence[str], side: _Side) -> bool:
    """Whether a telling word of a name stands on the other side, with or without a lost possessive."""
    telling = [part for part in parts if len(part) > 2 and part not in _UNTELLING]
    if not telling:
        stems = {part[:_STEM] for part in parts if len(part) > 2}
        return any(fold[:_STEM] in stems for fold in side.folds)
    forms = [form for part in telling for form in (part, part.removesuffix("s"), part + "s")]
    return not side.folds.isdisjoint(forms) or any(name_facts.romanised(form) in side.sounds for form in forms)


def _spoken_of(thing: Thing, side: _Side, own: _Side) -> bool:
    """Whether the other side knows the thing, in any form.

    What both sides name beside it (the West, NATO, the country of a city) says nothing of one place in it.
    """
    if not side.known.isdisjoint(known_by(thing.folds)):
        return True
    if thing.place is not None:
        place = thing.place
        shared = {other.key for other in own.mentioned if other.kind != "city" and other.key != place.key}
        if any(place_facts.related(place, other) for other in side.mentioned if other.key not in shared):
            return True
        return _echoed([word.fold for word in words(thing.text)], side)
    name = thing.name
    assert name is not None
    if _echoed(name.parts, side) or _told_as_place(thing, side, own):
        return True
    short = (fold for fold in side.folds if 1 < len(fold) < 9 and fold not in _UNTELLING)
    return any(name_facts.variant(name.parts, (fold,)) for fold in short) or any(
        name_facts.variant(name.parts, other.parts) for other in side.names
    )


def _told_as_place(thing: Thing, side: _Side, own: _Side) -> bool:
    """Whether a name may be that of a place which the other side speaks of: Wellington, New Zealand.

    A place that both sides speak of says nothing: French tells not of Dunkirk.
    """
    readings = [place for place in own.mentioned if place.span == thing.span]
    told = {place.key for place in own.mentioned}
    others = [place for place in side.mentioned if place.key not in told]
    return any(place_facts.related(place, other) for place in readings for other in others)


def spelt_out(acronym: str, text: str) -> bool:
    """Whether neighbouring words of a text begin with the letters of an acronym: CSU, Christian Social Union."""
    letters = acronym.replace(".", "")
    if not (letters.isalpha() and letters.isupper() and 2 <= len(letters) <= 8):
        return False
    initials = "".join(word.fold[0] if word.capital else " " for word in words(text) if word.fold not in FUNCTION)
    return letters.casefold() in initials
