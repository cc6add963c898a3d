"""Periods told from the day of publication, and which of them cannot be one: "last month" and "next year"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from consistency.facts._times.calendar import RELATIVE_DAYS
from consistency.facts._times.seasons import SEASONS

if TYPE_CHECKING:
    from consistency.facts.date import Date

Opposition: TypeAlias = Literal["", "near", "hardly", "never"]
"""That two periods are one: it may well be so; it may if the texts came out on other days ("near"); it may for a few
days of the year ("hardly": last month and last year in January); it cannot be.
"""

_DIRECTIONS: Final = {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1}
_LENGTHS: Final = {"week": 7, "weekend": 7, "month": 30, "quarter": 91, "year": 365, "decade": 3650, "century": 36500}
_SEASON: Final = 91
_NEAR: Final = 7
"""Periods up to so many days change their name between two days of publication."""


class _Period(NamedTuple):
    """Before, at or behind the day of publication; days; the season; `open` = a span up to that day or from it on."""

    direction: int
    days: int
    season: str
    open: bool


def opposed(one: Date, one_text: str, two: Date, two_text: str) -> Opposition:
    """Whether two periods can be told of one time, whatever the day of publication; `Date.span` is in its text."""
    first, second = _period(one, one_text), _period(two, two_text)
    if first is None or second is None:
        return _seasons(one, two)
    if first.season and second.season and first.season != second.season:
        return "never"
    if first.direction * second.direction < 0:
        return "hardly" if max(first.days, second.days) == 1 else "never"
    if first.open or second.open or (first.season and second.season):
        return ""
    if first.days == second.days:
        return "" if first.direction == second.direction else "near" if first.days <= _NEAR else "never"
    return _unlike(first, second)


def _unlike(first: _Period, second: _Period) -> Opposition:
    """Two periods of other lengths, neither before what the other is behind."""
    if max(first.days, second.days) <= _NEAR:
        return "near"
    longer = max(first, second, key=lambda period: period.days)
    # Last week is in this year; a season is in two years.
    return "" if longer.direction == 0 or first.season or second.season else "hardly"


def _period(date: Date, text: str) -> _Period | None:
    if date.absolute or date.weekday is not None or not date.relative:
        return None
    if date.relative in RELATIVE_DAYS:
        return _Period(RELATIVE_DAYS[date.relative], 1, "", open=False)
    shift, _, name = date.relative.partition(" ")
    season = SEASONS.get(name, "")
    days = _SEASON if season else _LENGTHS.get(name)
    if shift not in _DIRECTIONS or days is None:
        return None
    # "In the last year" ends today; "last year" does not.
    opened = shift == "past" or text[: date.span.start].rstrip().lower().endswith((" the", "the first", " its", " his"))
    return _Period(_DIRECTIONS[shift], days, season, open=opened)


def _seasons(one: Date, two: Date) -> Opposition:
    """ "This spring" and "in autumn"."""
    names = [date.part if date.absolute else SEASONS.get(date.relative.partition(" ")[2], "") for date in (one, two)]
    named = all(name in SEASONS for name in names) and one.absolute != two.absolute
    return "never" if named and names[0] != names[1] else ""
