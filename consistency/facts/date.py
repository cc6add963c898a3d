"""Dates with their parts and ranges, and when two of them agree.

A date keeps only what is written: "March 20-22" has no year and disagrees with no year. Weekdays and
relative words say nothing by themselves; given the day an article was published they are resolved.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from consistency.facts._kept import kept
from consistency.facts._times.calendar import RELATIVE_DAYS, plausible
from consistency.facts._times.days import find
from consistency.records import Span

Relation: TypeAlias = Literal["same", "variant", "less_precise", "more_precise", "conflict", "unrelated"]
Period: TypeAlias = Literal["", "decade", "century"]


class Date(msgspec.Struct, frozen=True):
    """A date in a text; `year`, `month`, `day` are None where nothing is written.

    `end_*` close a range. `period` makes `year` the first of a decade or century. `weekday` counts
    from Monday = 0. `part` is a quarter ("q3"), a half ("h1"), a season or an end ("early", "mid",
    "late") of the year, month or decade. `relative` is the folded wording ("next week"). `uncertain`:
    day and month could be either way round ("03/04/2023"), so only the year is kept.
    """

    span: Span
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    end_year: int | None = None
    end_month: int | None = None
    end_day: int | None = None
    weekday: int | None = None
    relative: str = ""
    part: str = ""
    period: Period = ""
    uncertain: bool = False

    @property
    def absolute(self) -> bool:
        """True when something other than a weekday or a relative word is written."""
        return bool(self.part) or (self.year, self.month, self.day) != (None, None, None)

    @property
    def possible(self) -> bool:
        """False for days that no calendar has (31 February)."""
        return plausible(self.year, self.month, self.day)


@kept
def dates(text: str) -> tuple[Date, ...]:
    """Every date of `text`, in order, never overlapping. Never raises; cost linear in the length."""
    found: list[Date] = []
    for parts in find(text):
        span = Span(parts.start, parts.end)
        found.append(
            Date(
                span=span,
                text=text[parts.start : parts.end],
                year=parts.year,
                month=parts.month,
                day=parts.day,
                end_year=parts.end_year,
                end_month=parts.end_month,
                end_day=parts.end_day,
                weekday=parts.weekday,
                relative=parts.relative,
                part=parts.part,
                period="century" if parts.years == 100 else "decade" if parts.years == 10 else "",
                uncertain=parts.uncertain,
            )
        )
    return tuple(found)


def compare(
    a: Date,
    b: Date,
    *,
    published_a: datetime.date | None = None,
    published_b: datetime.date | None = None,
) -> Relation:
    """How `b` relates to `a`: `less_precise` means that `b` says less than `a`.

    `published_a` and `published_b` are the days the two texts came out. Without them a weekday or a
    relative word is only ever `same` (when worded alike) or `unrelated`.
    """
    if a.absolute and b.absolute:
        return _absolute(a, b)
    if not a.absolute and not b.absolute and (a.weekday, a.relative) == (b.weekday, b.relative):
        return "same"
    days_a, days_b = _days(a, published_a), _days(b, published_b)
    if not days_a or not days_b:
        return "unrelated"
    if days_a & days_b:
        return "variant"
    return "conflict"


_FAMILIES = (
    frozenset({"q1", "q2", "q3", "q4"}),
    frozenset({"h1", "h2"}),
    frozenset({"spring", "summer", "autumn", "winter"}),
    frozenset({"early", "late"}),
)


def _absolute(a: Date, b: Date) -> Relation:
    if a.part != b.part and any({a.part, b.part} <= family for family in _FAMILIES):
        return "conflict"
    relation = _whole(a, b)
    if relation == "conflict" or a.part == b.part == "":
        return relation
    if a.part == b.part:
        return relation if relation != "unrelated" else _same_part(a, b)
    if relation == "unrelated" or (a.part and b.part):
        return relation if relation == "unrelated" else "variant"
    less: Relation = "less_precise" if a.part else "more_precise"
    return less if relation in {"same", "variant", less} else "variant"


def _same_part(a: Date, b: Date) -> Relation:
    """The same season or quarter, with nothing else that both name."""
    dated = [(one.year, one.month) != (None, None) for one in (a, b)]
    if dated[0] == dated[1]:
        return "same" if a.text.lower() == b.text.lower() else "variant"
    return "less_precise" if dated[0] else "more_precise"


def _whole(a: Date, b: Date) -> Relation:
    """Compares two dates without the part of the year that they may name."""
    if a.period or b.period or (a.end_year and not a.month) or (b.end_year and not b.month):
        return _years(a, b)
    starts = _parts((a.year, a.month, a.day), (b.year, b.month, b.day))
    if starts == "conflict":
        return "less_precise" if _inside(a, b) else "more_precise" if _inside(b, a) else "conflict"
    if _is_range(a) and _is_range(b):
        ends = _parts(_end(a), _end(b))
        starts = ends if ends in {"conflict", "unrelated"} else starts
    if starts == "same" and _is_range(a) != _is_range(b):
        return "less_precise" if _is_range(a) else "more_precise"
    if starts == "same" and a.text.lower() != b.text.lower():
        return "variant"
    return starts


_Parts: TypeAlias = tuple[int | None, int | None, int | None]


def _parts(a: _Parts, b: _Parts) -> Relation:
    """Compares year, month and day where both are written."""
    shared = [(left, right) for left, right in zip(a, b, strict=True) if None not in (left, right)]
    if any(left != right for left, right in shared):
        return "conflict"
    if not shared:
        return "unrelated"
    more_a = sum(part is not None for part in a) - len(shared)
    more_b = sum(part is not None for part in b) - len(shared)
    if more_a and more_b:
        return "variant"
    return "less_precise" if more_a else "more_precise" if more_b else "same"


def _is_range(date: Date) -> bool:
    return (date.end_year, date.end_month, date.end_day) != (None, None, None)


def _end(date: Date) -> _Parts:
    return date.end_year or date.year, date.end_month or date.month, date.end_day


def _inside(outer: Date, inner: Date) -> bool:
    """Whether `inner` (a single date) lies inside the range `outer`, as far as both are written."""
    if not _is_range(outer) or _is_range(inner) or inner.day is None:
        return False
    if None not in (outer.year, inner.year) and outer.year != inner.year:
        return False
    low = (outer.month or inner.month or 0, outer.day or 0)
    high = (outer.end_month or outer.month or inner.month or 0, outer.end_day or 31)
    return low <= (inner.month or low[0], inner.day) <= high


def _years(a: Date, b: Date) -> Relation:
    """Compares what spans whole years: decades, centuries, "2019-20", against anything with a year."""
    low_a, high_a = _reach(a)
    low_b, high_b = _reach(b)
    if low_a is None or low_b is None or high_a is None or high_b is None:
        return "unrelated"
    if (low_a, high_a) == (low_b, high_b):
        return "same" if a.text.lower() == b.text.lower() else "variant"
    if _is_range(a) and _is_range(b):
        return "conflict"
    if low_a <= low_b and high_b <= high_a:
        return "more_precise"
    if low_b <= low_a and high_a <= high_b:
        return "less_precise"
    return "conflict"


def _reach(date: Date) -> tuple[int | None, int | None]:
    if date.year is None:
        return None, None
    length = {"": 1, "decade": 10, "century": 100}[date.period]
    return date.year, (date.end_year or date.year) + length - 1


def _days(date: Date, published: datetime.date | None) -> frozenset[datetime.date]:
    """The days a date may mean, none where that is open; a weekday may be before or after publication."""
    try:
        return frozenset(_resolved(date, published))
    except (ValueError, OverflowError):
        return frozenset()


def _resolved(date: Date, published: datetime.date | None) -> Iterator[datetime.date]:
    if date.absolute:
        year = date.year or (published.year if published else None)
        if year and date.month and date.day and not _is_range(date):
            yield datetime.date(year, date.month, date.day)
    elif published and date.relative in RELATIVE_DAYS:
        yield published + datetime.timedelta(days=RELATIVE_DAYS[date.relative])
    elif published and date.weekday is not None and not date.relative:
        near = (published + datetime.timedelta(days=days) for days in range(-8, 9))
        yield from (day for day in near if day.weekday() == date.weekday)
