"""A night and the morning after it are one: "on Saturday night" and "early on Sunday" may tell of one hour."""

from __future__ import annotations

import re
from typing import Final

from consistency.facts.date import Date

_LATE: Final = re.compile(r"\b(?:late|night|overnight|midnight)\b", re.IGNORECASE)
_EARLY: Final = re.compile(
    r"\b(?:early|overnight|midnight|the night to|small hours|dawn|[1-6](?::\d\d)? ?a\.?m\b|0?[0-5]:\d\d(?! ?p))",
    re.IGNORECASE,
)
"""Beside the day before, and beside the day behind, what may be one hour."""
_NEAR: Final = 24
"""Characters on either side of a day in which that stands."""
_WEEK: Final = 7


def over_midnight(premise: str, one: Date, hypothesis: str, other: Date) -> bool:
    """Whether of two neighbouring days the first is told by its night and the second by its first hours."""
    if _next(one, other):
        return _beside(_LATE, premise, one) and _beside(_EARLY, hypothesis, other)
    return _next(other, one) and _beside(_LATE, hypothesis, other) and _beside(_EARLY, premise, one)


def _next(one: Date, other: Date) -> bool:
    """Whether the second day is the one behind the first, as far as both are written."""
    if one.weekday is not None and other.weekday is not None:
        return (one.weekday + 1) % _WEEK == other.weekday
    if one.day is None or other.day is None or (one.month, one.year) != (other.month, other.year):
        return False
    return one.day + 1 == other.day


def _beside(pattern: re.Pattern[str], text: str, day: Date) -> bool:
    return pattern.search(text, max(0, day.span.start - _NEAR), day.span.end + _NEAR) is not None
