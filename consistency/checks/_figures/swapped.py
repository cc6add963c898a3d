"""What a figure is and what it was, told the other way round: "90 euros, up from 60" against "60, down from 90"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from consistency.checks._figures.changes import Change, Dated, changes
from consistency.checks._figures.portions import Portion
from consistency.facts.quantity import Quantity

_SURE: Final = 0.8


def swapped(texts: tuple[str, str], sides: tuple[Sequence[Quantity], Sequence[Quantity]]) -> Iterator[Portion]:
    """Where what a figure was in one text is what it has become in the other, and the other way round."""
    told = [list(changes(text, facts)) for text, facts in zip(texts, sides, strict=True)]
    ways = [{(one.now.stated, one.was.stated) for one in side if isinstance(one, Change)} for side in told]
    if any((was, now) in side for side in ways for now, was in side) or ways[0] & ways[1]:
        return  # "theirs rose from 24 to 31, ours fell from 31 to 24"
    for one in told[0]:
        for two in told[1]:
            if (
                isinstance(one, Change)
                and isinstance(two, Change)
                and one.now.stated == two.was.stated
                and one.was.stated == two.now.stated
                and _alike(one, two)
            ):
                yield Portion(one.now.span, two.now.span, _SURE)
            elif isinstance(one, Dated) and isinstance(two, Dated) and _crossed(one, two):
                yield Portion(one.figures[0].span, two.figures[0].span, _SURE)


def _alike(one: Sequence[Quantity], two: Sequence[Quantity]) -> bool:
    """Whether both tell of one unit, which stands with one of the two figures at least."""
    units = [{fact.unit for fact in change} for change in (one, two)]
    return bool((units[0] & units[1]) - {"count"}) or units[0] == units[1] == {"count"}


def _crossed(one: Dated, two: Dated) -> bool:
    """Whether the same two dates have each other's figures."""
    first = {date: fact.stated for date, fact in zip(one.dates, one.figures, strict=True)}
    second = {date: fact.stated for date, fact in zip(two.dates, two.figures, strict=True)}
    return (
        first.keys() == second.keys()
        and first != second
        and sorted(first.values()) == sorted(second.values())
        and _alike(one.figures, two.figures)
    )
