"""Days and years that a text reaches in words from another: "sold it the next year", "the night before"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from consistency.facts.date import Date

_NEXT: Final = re.compile(
    r"\b(?:(?:the |a )?(?:next|following) {0}|{0} (?:later|after|afterwards))\b".replace(
        "{0}", "(year|day|morning|night)"
    ),
    re.IGNORECASE,
)
_PREVIOUS: Final = re.compile(
    r"\b(?:(?:the |a )?previous {0}|{0} (?:before|earlier|previously))\b".replace("{0}", "(year|day|evening|night)"),
    re.IGNORECASE,
)
_EDGES: Final = re.compile(r"\b(from|until|till|after|before|since|through|by|onwards?)\b", re.IGNORECASE)
_WEEK: Final = 7
_NAMES: Final = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def reached(one: Date, text: str, two: Date, other: str) -> bool:
    """Whether one text tells in words what the other names, a day or a year on or back from what it says itself."""
    return _steps(one, text, two) or _steps(two, other, one) or _edges(one, text, two, other)


def _steps(told: Date, text: str, other: Date) -> bool:
    gap, unit = _gap(told, other)
    if not gap:
        return False
    return any(
        (found.group(1) or found.group(2)).lower() in unit for found in (_NEXT if gap > 0 else _PREVIOUS).finditer(text)
    )


def _gap(one: Date, two: Date) -> tuple[int, tuple[str, ...]]:
    """1 or -1 where the second is the next or the last before the first, of the unit named; else 0."""
    if None not in (one.year, two.year) and (one.month, one.day, two.month, two.day) == (None,) * 4:
        gap = (two.year or 0) - (one.year or 0)
        return (gap if abs(gap) == 1 else 0), ("year",)
    if one.weekday is not None and two.weekday is not None and not (one.absolute or two.absolute):
        gap = (two.weekday - one.weekday) % _WEEK
        return {1: 1, _WEEK - 1: -1}.get(gap, 0), ("day", "morning", "evening", "night")
    return 0, ()


def _edges(one: Date, text: str, two: Date, other: str) -> bool:
    """ "Until Sunday" and "from Monday" are one edge; "on Sundays" and "Sunday fishing" no day at all."""
    if one.weekday is None or two.weekday is None or one.absolute or two.absolute:
        return False
    if _NAMES[one.weekday] in other or _NAMES[two.weekday] in text:
        return True
    bounds = [
        _EDGES.search(words[max(0, date.span.start - 8) : date.span.end + 9])
        for date, words in ((one, text), (two, other))
    ]
    return abs(_gap(one, two)[0]) == 1 and all(bounds) and len({bound[1].lower() for bound in bounds if bound}) > 1
