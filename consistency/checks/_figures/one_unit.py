"""One of a measure that one text has and the other several times: "for a year" against "for four years"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from consistency.checks._figures.portions import Portion
from consistency.checks._figures.slots import Slot, compare_facts
from consistency.facts.quantity import Quantity, compare, ones
from consistency.records import Span

_LEAST: Final = 2
"""A figure that is less than so many times one may be told as one: "a month", "five weeks"."""

_BEFORE: Final = re.compile(r"(\w+|[^\w\s])\s*\Z")
_BEHIND: Final = re.compile(r"\s*(\w+|[^\w\s])")
_REACH: Final = 30


def one_unit(texts: tuple[str, str], counts: tuple[Sequence[Quantity], Sequence[Quantity]]) -> Iterator[Portion]:
    """Where one text has "a year", its only measure of the kind, and the other another number of years."""
    told = ones(texts[0]), ones(texts[1])
    for single, many in ((0, 1), (1, 0)):
        for one in told[single]:
            beside = [fact for fact in (*counts[single], *told[single], *told[many]) if fact.unit == one.unit]
            others = [fact for fact in counts[many] if fact.unit == one.unit]
            if len(beside) > 1 or len(others) != 1:
                continue
            other = others[0]
            if other.factor != one.factor or other.stated < _LEAST or compare(one, other) != "conflict":
                continue
            if _beside(texts[single], one.span) != _beside(texts[many], other.span):
                continue
            slots = Slot(one.span, one.unit), Slot(other.span, one.unit)
            sides = ([slots[0]], [slots[1]]) if single == 0 else ([slots[1]], [slots[0]])
            for match in compare_facts(texts, sides, lambda _i, _j: "conflict").conflicts:
                spans = (one.span, other.span) if single == 0 else (other.span, one.span)
                yield Portion(*spans, match.confidence)


def _beside(text: str, span: Span) -> tuple[str, str]:
    """The words right before and behind a measure; told in other words, "a year" may be of something else."""
    before = _BEFORE.search(text[max(0, span.start - _REACH) : span.start])
    behind = _BEHIND.match(text, span.end)
    return before[1].lower() if before else "", behind[1].lower() if behind else ""
