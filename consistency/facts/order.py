"""Which of two events came first: two clauses and what ties them ("after", "before", "because", "as a result").

A cause comes before its effect, so that both are read alike; what is a condition or a purpose is held against its own
kind alone. Where a sentence ties more than two clauses, or it is not clear what a "not" denies, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence, Set
from operator import eq
from typing import Final, NamedTuple

from consistency.facts._kept import kept
from consistency.facts._orders.read import Order, Told, read
from consistency.facts._orders.swap import swapped
from consistency.facts._orders.ties import Kind
from consistency.facts.kin import alike, listed
from consistency.facts.polarity import lemmas
from consistency.records import Span

_FEWEST: Final = 2
"""Words of weight that a clause must have; with fewer, both texts must have the very same clauses."""
_SYNONYM: Final = 0.7
"""What a word counts for that the other clause has only in other words."""
_CLEAR: Final = 0.4
_PLAIN: Final = 0.95
"""How much more the clauses must share crosswise than in the order they stand in, 0 to 1; and how much more where
nothing but the order differs."""
_REST: Final = 0.5
"""How long the shorter of two clauses must be, of the longer: with more told in one, it may be another event."""
_TIME: Final = {"time", "cause"}
_CAUSE: Final = {"cause", "reason"}
"""Kinds of a tie that are held against each other."""
_NOUN: Final = r"(?:(?:an?|the|his|her|their|its|our|my) )?([a-z]+)(?: ([a-z]+))?"
_PLACED: Final = re.compile(rf"\b(?:in front of|outside|behind|opposite|facing|next to) {_NOUN}")
_BEFORE: Final = re.compile(rf"\bbefore {_NOUN}")
"""A noun behind "before" that the other text has behind a word of place: it says where."""


class Turned(NamedTuple):
    """Two events that the premise tells in one order, and the hypothesis in the other; `plain` where nothing else
    of weight differs; `exchanged` where it is two parts of them that have changed places.
    """

    premise: Told
    hypothesis: Told
    plain: bool
    exchanged: bool = False
    clear: float = 1.0


_NOTHING: Final = (Told(Span(0, 0), Span(0, 0)), Told(Span(0, 0), Span(0, 0)))


def orders(text: str) -> tuple[Told, ...]:
    """What each sentence of a text says of an order, at most one tie a sentence, of the first few that say anything."""
    return tuple(order.told for order in read(text))


@kept
def turned(premise: str, hypothesis: str) -> Turned | None:
    """The two events whose order the hypothesis turns round most clearly. The same whichever text comes first."""
    if premise == hypothesis:
        return None
    if (swap := swapped(premise, hypothesis)) is not None:
        return Turned(Told(*swap.premise), Told(*swap.hypothesis), plain=True, exchanged=True)
    pairs = [(one, other) for one in read(premise) for other in read(hypothesis)]
    exchanges = (_exchanged(premise, one, hypothesis, other) for one, other in pairs)
    if (exchange := next(filter(None, exchanges), None)) is not None:
        return exchange
    found = [
        (*_crossed(one, other, same), one.told, other.told) for one, other in pairs for same in (eq, listed, _near)
    ]
    clear, plain, one, other = max(found, default=(0.0, False, *_NOTHING))
    if clear < _CLEAR or _of_place(premise, hypothesis) or _of_place(hypothesis, premise):
        return None
    return Turned(one, other, plain, clear=clear)


def _near(one: str, other: str) -> bool:
    return listed(one, other) or alike(one, other)


def _of_place(one: str, other: str) -> bool:
    before = {word for match in _BEFORE.finditer(one) for word in match.groups(default="")}
    return bool(before) and any(not before.isdisjoint(match.groups()) for match in _PLACED.finditer(other))


def _crossed(one: Order, other: Order, same: Callable[[str, str], bool]) -> tuple[float, bool]:
    """How far what came first in one text is what came later in the other, more than what came first there, up to 1;
    and whether that is all that differs.
    """
    kinds = {one.kind, other.kind}
    free = _free(kinds)
    if one.negated != other.negated[::-1] or not (free or _held(kinds)) or _told_so(one, other):
        return 0.0, False
    first, second, third, fourth = _without_subject(one, other)
    short = min(map(len, (first, second, third, fourth))) < _FEWEST
    # A word of both clauses tells none of them.
    both = (set(one.earlier) & set(one.later)) | (set(other.earlier) & set(other.later))
    told = [[word for word in clause if word not in both] for clause in (first, second, third, fourth)]
    if not all(told):
        return 0.0, False
    left, right, there, back = told
    crossed = min(_shared(left, back, same), _shared(right, there, same))
    clear = crossed - max(_shared(left, there, same), _shared(right, back, same))
    # Where each clause has the very words of the other, it is no matter that some resemble those of its own place.
    plain = crossed - max(_shared(left, there, eq), _shared(right, back, eq)) >= _PLAIN
    alike_long = all(_REST * max(map(len, two)) <= min(map(len, two)) for two in ((left, back), (right, there)))
    if not alike_long and kinds == {"time"} and one.main_first != other.main_first:  # of another occasion
        return 0.0, False
    if short and not (clear == 1.0 or (plain and crossed == 1.0)):
        return 0.0, False
    if not free and not (plain and set(left) == set(back) and set(right) == set(there)):
        return 0.0, False
    return clear, plain and "when" not in kinds  # which may tell of one moment


def _exchanged(premise: str, one: Order, hypothesis: str, other: Order) -> Turned | None:
    """What has changed places across the tie of two sentences of one build that differ in nothing else ("met the
    Chinese envoy before the American one").
    """
    if one.main_first != other.main_first or one.negated != other.negated[::-1] or not _free({one.kind, other.kind}):
        return None
    here, there = (set(one.earlier), set(one.later)), (set(other.earlier), set(other.later))
    first, second = here[0] - there[0], here[1] - there[1]
    if not first or not second or first != there[1] - here[1] or second != there[0] - here[0]:
        return None
    told = (
        Told(_spanned(premise, one.told.earlier, first), _spanned(premise, one.told.later, second)),
        Told(_spanned(hypothesis, other.told.earlier, second), _spanned(hypothesis, other.told.later, first)),
    )
    return Turned(*told, plain=True, exchanged=True)


def _told_so(one: Order, other: Order) -> bool:
    """Whether both the tie and what it ties have changed places, all the rest standing where it stood ("met the Danish
    envoy before the Greek one", "met the Greek envoy after the Danish one"): the same order.
    """
    if one.main_first == other.main_first:
        return False
    pairs = (one.earlier, one.later, other.earlier, other.later)
    first, second, third, fourth = map(set, pairs)
    return any(
        bool(here) and bool(there) and here <= behind and there <= before
        for here, there, behind, before in (
            (first - fourth, fourth - first, third, second),
            (second - third, third - second, fourth, first),
        )
    )


def _spanned(text: str, clause: Span, words: Set[str]) -> Span:
    """The part of a clause from the first to the last of some of its words."""
    spans = [span for word, span in lemmas(text, clause) if word in words]
    return Span(spans[0].start, spans[-1].end)


def _free(kinds: Set[Kind]) -> bool:
    """Whether the kinds of two ties may be held against each other whatever else differs."""
    return kinds <= _TIME or kinds <= _CAUSE


def _held(kinds: Set[Kind]) -> bool:
    """Whether the kinds of two ties may be held against each other where all the rest is the same."""
    return len(kinds) == 1 if kinds & {"condition", "purpose"} else kinds.isdisjoint(_CAUSE)


def _without_subject(one: Order, other: Order) -> tuple[Sequence[str], ...]:
    """The words of the clauses, without those that both sentences open with where the verbs alone change places ("The
    striker scored, then limped off", "The striker limped off, then scored").
    """
    opens = [order.earlier if order.main_first else order.later for order in (one, other)]
    shared = 0
    for word, against in zip(*opens, strict=False):
        if word != against:
            break
        shared += 1
    if one.main_first != other.main_first or not shared or shared == min(map(len, opens)):
        return one.earlier, one.later, other.earlier, other.later
    cut = [
        (order.earlier[shared:], order.later) if order.main_first else (order.earlier, order.later[shared:])
        for order in (one, other)
    ]
    return (*cut[0], *cut[1])


def _shared(one: Sequence[str], other: Sequence[str], same: Callable[[str, str], bool]) -> float:
    """The part of the shorter clause that the longer has too, 0 to 1."""
    shorter, longer = (one, other) if (len(one), list(one)) <= (len(other), list(other)) else (other, one)
    return sum(_told(word, longer, same) for word in shorter) / len(shorter)


def _told(word: str, words: Collection[str], same: Callable[[str, str], bool]) -> float:
    if word in words:
        return 1.0
    return _SYNONYM if any(same(word, other) for other in words) else 0.0
