"""What a figure is and what it was, told the other way round: "90 euros, up from 60" against "60, down from 90"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from consistency.checks._portions import Portion
from consistency.facts.quantity import Quantity

_SURE: Final = 0.8
_FROM: Final = re.compile(r"\bfrom (?:about |some |around |just )?\Z", re.IGNORECASE)
_TO: Final = re.compile(r"\s*to (?:about |some |around |just )?\Z", re.IGNORECASE)
_WAS: Final = re.compile(
    r"[^.;:!?]{0,30}\b(?:(?:up|down) from|instead of|rather than|as against|where it (?:was|had been))"
    r"(?: about| some| around| just| the| only)?\s*\Z",
    re.IGNORECASE,
)
_BEFORE: Final = 14
_GAP: Final = 50
_MOST: Final = 12


class _Change(NamedTuple):
    now: Quantity
    was: Quantity


def swapped(texts: tuple[str, str], sides: tuple[Sequence[Quantity], Sequence[Quantity]]) -> Iterator[Portion]:
    """Where what a figure was in one text is what it has become in the other, and the other way round."""
    changes = [list(_changes(text, facts)) for text, facts in zip(texts, sides, strict=True)]
    for one in changes[0]:
        for two in changes[1]:
            if one.now.stated == two.was.stated and one.was.stated == two.now.stated and _alike(one, two):
                yield Portion(one.now.span, two.now.span, _SURE)


def _changes(text: str, facts: Sequence[Quantity]) -> Iterator[_Change]:
    for one, two in pairwise(facts[:_MOST]):
        between = text[one.span.end : two.span.start]
        if len(between) > _GAP or one.stated == two.stated or "exact" not in {one.kind} & {two.kind}:
            continue
        if one.unit != two.unit and "count" not in {one.unit, two.unit}:
            continue
        if _TO.match(between) and _FROM.search(text[max(0, one.span.start - _BEFORE) : one.span.start]):
            yield _Change(now=two, was=one)
        elif _WAS.match(between):
            yield _Change(now=one, was=two)


def _alike(one: _Change, two: _Change) -> bool:
    """Whether both tell of one unit, which stands with one of the two figures at least."""
    units = [{fact.unit for fact in change} for change in (one, two)]
    return bool((units[0] & units[1]) - {"count"}) or units[0] == units[1] == {"count"}
