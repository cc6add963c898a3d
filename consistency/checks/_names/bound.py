"""The way to a place that has become the way from it: "left Brindisi" and "left for Brindisi"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

from consistency.checks._names.entities import MAX_CHARACTERS, MAX_THINGS, Thing, things
from consistency.facts._kept import kept
from consistency.facts._places.gazetteer import Word, words
from consistency.facts._tokens import words as word_set
from consistency.facts.hedge import lemma
from consistency.records import Span

Way: TypeAlias = Literal["to", "from"]

_LEAVING: Final = frozenset(lemma(word) for word in word_set("leave left depart departed quit"))
"""Verbs behind which the bare place is where one comes from, and "for" tells where one goes."""
_MOVING: Final = frozenset(
    lemma(word)
    for word in word_set(
        "fly flew flown travel drive drove driven sail walk march ship send sent bring brought carry transport smuggle",
        "transfer deport return flee fled head evacuate relocate withdraw withdrew move export import ride rode",
        "swim swam race rush trek border flight train ferry bus trip journey",
    )
)
"""Words behind which "to" and "from" tell where the way leads. A road or line runs either way."""
_WAYS: Final[dict[str, Way]] = {"from": "from", "to": "to", "towards": "to", "toward": "to", "into": "to"}


class Bound(NamedTuple):
    """Where each text tells the way, and to what it leads or where it comes from."""

    premise: Span
    hypothesis: Span


class _Leg(NamedTuple):
    span: Span
    key: str
    verb: str
    way: Way


@kept
def bound(premise: str, hypothesis: str) -> Bound | None:
    """The one place to which one text has somebody go whom the other has come from it, by the same verb."""
    if premise == hypothesis or max(len(premise), len(hypothesis)) > MAX_CHARACTERS:
        return None
    legs = [list(_legs(text)) for text in (premise, hypothesis)]
    ways = [{(leg.key, leg.way) for leg in some} for some in legs]
    for one in legs[0]:
        for other in legs[1]:
            if one.key != other.key or one.verb != other.verb or one.way == other.way:
                continue
            # Who goes there and back again may be told by either way.
            if (other.key, other.way) not in ways[0] and (one.key, one.way) not in ways[1]:
                return Bound(one.span, other.span)
    return None


def _legs(text: str) -> Iterator[_Leg]:
    """The places of a text with the verb before them, and whether one goes there or comes from there."""
    run = words(text)
    at = {word.start: number for number, word in enumerate(run)}
    found = things(text)
    for thing in found if len(found) <= MAX_THINGS else ():
        number = at.get(thing.span.start, 0)
        person = thing.name is not None and thing.name.kind == "person"
        leg = _leg(run, number, thing) if number and not person else None
        if leg is not None:
            yield leg


def _leg(run: tuple[Word, ...], number: int, thing: Thing) -> _Leg | None:
    key = thing.place.key if thing.place is not None else " ".join(thing.folds)
    before = run[number - 1]
    plain = run[number].gap == " "
    if plain and lemma(before.fold) in _LEAVING and not before.capital:
        return _Leg(Span(before.start, thing.span.end), key, "leave", "from")
    if not plain or number < 2 or before.gap != " ":
        return None
    verb = run[number - 2]
    if before.fold == "for" and lemma(verb.fold) in _LEAVING:
        return _Leg(Span(verb.start, thing.span.end), key, "leave", "to")
    way = _WAYS.get(before.fold)
    if way is None or lemma(verb.fold) not in _MOVING:
        return None
    return _Leg(Span(before.start, thing.span.end), key, lemma(verb.fold), way)
