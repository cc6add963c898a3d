"""What a figure is and what it was, in the wordings of the desks: "90 euros, up from 60", "to 90 from 60", "90 euros,
compared with 60 a year earlier", "a year ago it was 60; now it is 90", "60 in 2019, 90 in 2024".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from consistency.facts._times.calendar import MONTHS, SHORT_MONTHS, WEEKDAYS
from consistency.facts.quantity import Quantity

_SOME: Final = r"(?:about |some |around |just |only |roughly |nearly |almost |the |its |a |at )*"
_PERIOD: Final = (
    r"(?:year|month|week|quarter|season|decade|day|night|summer|winter|spring|autumn|time|round|match|game)"
)
_NUMBER: Final = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|several|some)"
_LAST: Final = rf"(?:last {_PERIOD}|yesterday)"
_EARLIER: Final = (
    rf"(?:{_NUMBER} {_PERIOD}s? (?:ago|earlier|before|previously)|(?:in |of |during |for )?(?:the|its) "
    rf"(?:previous|preceding|prior) (?:[a-z]+ )?(?:{_PERIOD}s?|period)|previously|"
    rf"the {_PERIOD} before(?=\s*[.,;:)]|\s*\Z)|"
    r"(?:in|of|during|for) the (?:same|corresponding|year-earlier|year-ago) (?:[a-z]+ ){0,2}"
    r"(?:of |in |during )?(?:last year|a year (?:ago|earlier|before)|the (?:previous|preceding) year|the year before))"
)
_WAS: Final = re.compile(
    rf"(?:\bfrom|\b(?:up|down) on|\b(?P<not>instead of|rather than|as against)|\bwhere it (?:was|had been)|"
    rf"\b(?:had (?:previously |earlier |still )?(?:been|stood at)|used to (?:be|stand at|cost)|previously|formerly))"
    rf"\s+(?:(?:last )?[^\W\d_]+['’]s )?{_SOME}\Z",
    re.IGNORECASE,
)
"""Before a figure that something was."""
_WISHED: Final = re.compile(
    r"\b(?:want|demand|ask|sought|seek|offer|propos|request|bid|suggest|call(?:ed|s|ing)? for)", re.I
)
"""Beside these the one figure is no more what it was than the other: "3 percent instead of the 5 that they wanted"."""
_COMPARED: Final = re.compile(
    rf"\b(?:compared (?:with|to)|against|versus|after|than|in comparison (?:with|to))\s+{_SOME}\Z", re.IGNORECASE
)
"""Before a figure of another time, which may have been before or may be now."""
_OWNED: Final = re.compile(rf"\b{_LAST}['’]s {_SOME}\Z", re.IGNORECASE)
_BEHIND: Final = r"\A[^.;:!?,\d]{0,28}?"
_PAST_BEHIND: Final = re.compile(rf"{_BEHIND}\b{_EARLIER}\b", re.IGNORECASE)
_LAST_BEHIND: Final = re.compile(rf"{_BEHIND}\b{_LAST}\b", re.IGNORECASE)
_NOW: Final = (
    r"(?:now|today|nowadays|currently|at present|so far|by now|these days|"
    r"this (?:year|month|week|quarter|season|time|summer|winter|spring|autumn))"
)
_NOW_BEHIND: Final = re.compile(rf"{_BEHIND}\b{_NOW}\b", re.IGNORECASE)
_LEAD: Final = r"(?:\A|[.;:,]\s*|\b(?:and|but|while|whereas|where)\s+)"
_LED: Final = r"\b,?[^.;:!?,\d]{0,45}\Z"
_PAST_LED: Final = re.compile(rf"{_LEAD}(?:back )?{_EARLIER}{_LED}", re.IGNORECASE)
_LAST_LED: Final = re.compile(rf"{_LEAD}(?:in )?{_LAST}{_LED}", re.IGNORECASE)
_NOW_LED: Final = re.compile(rf"(?:{_LEAD}|\bis |\bare ){_NOW}{_LED}", re.IGNORECASE)
_DATED: Final = r"(?:[Ii]n|[Oo]n|for|of|during)\s+(?P<date>(?:19|20)\d\d|[A-Z][a-z]{2,8})\b"
_DATE_BEHIND: Final = re.compile(rf"\A[^.;:!?,\d]{{0,20}}?\b{_DATED}")
_DATE_LED: Final = re.compile(rf"(?:\A|[.;:,]\s*|\b(?:and|but|while|whereas)\s+){_DATED}{_LED}")
_AHEAD: Final = re.compile(
    r"\b(?:will|would|shall|by (?:19|20)\d\d|forecast\w*|expect\w*|target\w*|plan\w*|due|aim\w*)\b", re.I
)
"""Of years to come nobody says what was."""
_BACK: Final = 70
_GAP: Final = 80
_MOST: Final = 12


class Change(NamedTuple):
    """Two figures of one thing, the second of an earlier time."""

    now: Quantity
    was: Quantity


class Dated(NamedTuple):
    """Two figures of one thing with the month, the year or the day of each."""

    figures: tuple[Quantity, Quantity]
    dates: tuple[str, str]


class _Told(NamedTuple):
    """What the words around a figure say of its time: -1 before, 1 now, 0 nothing; `weak` = "last year" alone, which
    may be the time that the text tells of; `compared` = something else is compared with it.
    """

    time: int
    weak: bool
    compared: bool
    date: str


def changes(text: str, facts: Sequence[Quantity]) -> Iterator[Change | Dated]:
    """Every change of a figure that `text` tells, from one of two neighbouring figures to the other."""
    for one, two in pairwise(facts[:_MOST]):
        between = text[one.span.end : two.span.start]
        if len(between) > _GAP or one.stated == two.stated or "exact" not in {one.kind, two.kind}:
            continue
        if one.unit != two.unit and "count" not in {one.unit, two.unit}:
            continue
        told = _told(text, one, two.span.start), _told(text, two, None, one.span.end)
        if found := _change((one, two), told, future=_AHEAD.search(text) is not None):
            yield found


def _change(figures: tuple[Quantity, Quantity], told: tuple[_Told, _Told], *, future: bool) -> Change | Dated | None:
    times = [part.time for part in told]
    if times[0] != times[1] and -1 in times:
        past = times.index(-1)
        other = told[1 - past]
        linked = told[past].compared or other.time == 1 or not told[past].weak
        if linked:
            return Change(now=figures[1 - past], was=figures[past])
    if all(part.date for part in told) and told[0].date != told[1].date and 0 == times[0] == times[1]:
        years = [part.date.isdigit() for part in told]
        if all(years) and not future:
            late = 0 if told[0].date > told[1].date else 1
            return Change(now=figures[late], was=figures[1 - late])
        if years[0] == years[1]:
            return Dated(figures, (told[0].date, told[1].date))
    if not future and 1 in times and times[0] != times[1]:
        now = times.index(1)
        if told[1 - now].date.isdigit():
            return Change(now=figures[now], was=figures[1 - now])
    return None


def _told(text: str, fact: Quantity, end: int | None, start: int = 0) -> _Told:
    """The words between a figure and its neighbour are read from both sides."""
    before = text[max(start, fact.span.start - _BACK) : fact.span.start]
    after = text[fact.span.end : end if end is not None else fact.span.end + _BACK]
    compared = _COMPARED.search(before) is not None
    date = _date(before, after)
    was = _WAS.search(before)
    if was is not None and not (was["not"] and _WISHED.search(text)):
        return _Told(-1, False, compared, date)
    if _NOW_BEHIND.match(after) or _NOW_LED.search(before):
        return _Told(1, False, compared, date)
    if _PAST_BEHIND.match(_own(after)) or _PAST_LED.search(before):
        return _Told(-1, False, compared, date)
    if _OWNED.search(before):
        return _Told(-1, False, compared, date)
    if _LAST_BEHIND.match(_own(after)) or _LAST_LED.search(before):
        return _Told(-1, True, compared, date)
    return _Told(0, False, compared, date)


_ELSE: Final = re.compile(
    r"\b(?:compared|against|versus|than|after|from|up|down|instead|rather|but|and|while|whereas)\b", re.I
)


def _own(after: str) -> str:
    """What stands behind a figure before another is compared with it."""
    cut = _ELSE.search(after)
    return after[: cut.start()] if cut else after


def _date(before: str, after: str) -> str:
    found = _DATE_BEHIND.match(_own(after)) or _DATE_LED.search(before)
    if found is None:
        return ""
    date = found["date"].lower()
    if date.isdigit():
        return date
    month = MONTHS.get(date) or SHORT_MONTHS.get(date)
    return f"month {month}" if month else date if date in WEEKDAYS else ""
