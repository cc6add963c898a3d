"""Periods told from the day of publication, and which of them cannot be one: "last month" and "next year"."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from consistency.facts._times.calendar import RELATIVE_DAYS, plausible
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


def overlap(one: tuple[Date, str, datetime.date], two: tuple[Date, str, datetime.date]) -> bool | None:
    """Whether two dates, each with its text and the day on which that came out, may be told of one time; None where one
    of them says no stretch of days, or both say nothing of the day of publication.
    """
    if one[0].absolute and two[0].absolute:
        return None
    first, second = _stretches(*one), _stretches(*two)
    if not first or not second:
        return None
    return any(_meet(here, there) for here in first for there in second)


def _meet(here: _Stretch, there: _Stretch) -> bool:
    """Whether two stretches share two days, or all of the shorter: two weeks may both have one Sunday."""
    shared, *lengths = (
        (last - first).days + 1 for first, last in ((max(here[0], there[0]), min(here[1], there[1])), here, there)
    )
    return shared >= min(2, *lengths)


_Stretch: TypeAlias = tuple[datetime.date, datetime.date]


def _stretches(date: Date, text: str, published: datetime.date) -> list[_Stretch]:
    """The first and last day that a date may mean; a month or a day without its year is one of the years around."""
    try:
        if date.absolute:
            return _written(date, published)
        period = _period(date, text)
        if period is None or period.open:
            return []
        name = date.relative.partition(" ")[2]
        days = published, published - datetime.timedelta(days=1)  # written the day before
        return [stretch for day in days for stretch in _told(name, period.direction, day)]
    except (ValueError, OverflowError):
        return []


def _written(date: Date, published: datetime.date) -> list[_Stretch]:
    if (
        date.part
        or date.period
        or date.uncertain
        or (date.end_year, date.end_month, date.end_day) != (None, None, None)
    ):
        return []
    years = [date.year] if date.year else [published.year + shift for shift in (-1, 0, 1)]
    if date.month is None:
        return [] if date.day or not date.year else [_months(date.year, 1, 12)]
    if date.day is None:
        return [_months(year, date.month, 1) for year in years]
    days = [datetime.date(year, date.month, date.day) for year in years if plausible(year, date.month, date.day)]
    return [(day, day) for day in days]


def _told(name: str, shift: int, published: datetime.date) -> list[_Stretch]:
    """The week, month, quarter or year at `shift` from the day of publication; a week begins on Sunday or Monday."""
    if name == "week":
        start = published - datetime.timedelta(days=published.weekday() + 1 - _NEAR * shift)
        weeks = [(start, start + datetime.timedelta(days=_NEAR))]
        if published.weekday() == _SUNDAY:
            weeks.append((weeks[0][1], weeks[0][1] + datetime.timedelta(days=_NEAR)))
        return weeks
    long = {"month": 1, "quarter": 3, "year": 12}.get(name)
    if long is None:
        return []
    at = published.year * 12 + published.month - 1
    first = (at // long + shift) * long
    return [_months(first // 12, first % 12 + 1, long)]


def _months(year: int, month: int, many: int) -> _Stretch:
    """So many months from the first of one."""
    after = year * 12 + month - 1 + many
    return datetime.date(year, month, 1), datetime.date(after // 12, after % 12 + 1, 1) - datetime.timedelta(days=1)


_SUNDAY: Final = 6


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
