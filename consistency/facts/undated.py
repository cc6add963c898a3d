"""Days that only the day of publication can tell apart: "on Monday" in one copy is "yesterday" in another.

A desk that takes over a story on another day says so rightly, and a model that reads the two sentences alone must call
it a contradiction. So it is shown them alike; where both days of publication are known, the check `date` resolves them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from consistency.facts._kept import kept
from consistency.facts._times.calendar import RELATIVE_DAYS, SHIFTS
from consistency.facts.date import Date, dates
from consistency.records import Span

Unit: TypeAlias = Literal["day", "month", "year"]

_PART: Final = re.compile(r" (morning|afternoon|evening|night)\b")
_NEAR: Final = re.compile(
    r"\b(?:(?:last|this) (?P<part>morning|afternoon|evening|night)"
    r"|(?:a|one|two|three|four|five|six|\d) days? (?:ago|earlier))\b",
    re.IGNORECASE,
)
"""Days of which the reader of dates knows nothing."""
_MAY_BE_NEAR: Final = re.compile(
    rf"\b(?:{'|'.join(sorted({*RELATIVE_DAYS, *SHIFTS, 'ago', 'earlier'}))})\b", re.IGNORECASE
)
"""What every time has that is told from the day of publication: most texts have none, and cost no more than this."""
_AHEAD: Final = re.compile(r"\b(?:on|in) \Z", re.IGNORECASE)
_REACH: Final = 4
"""Characters in which the preposition of a day stands."""
_LONGEST: Final = 4_000
"""Characters of a text beyond which it is no claim."""


class _Time(NamedTuple):
    """A time in a text, with its preposition and its part of the day; `near` = told from the day of publication."""

    span: Span
    unit: Unit
    word: str
    near: bool
    part: str


def undated(premise: str, hypothesis: str) -> str:
    """The hypothesis with each such time said as the premise says it; the same text where there is none.

    Times that both texts have, two weekdays and two dates stay as they are: of those the words tell enough.
    """
    if premise == hypothesis or max(len(premise), len(hypothesis)) > _LONGEST:
        return hypothesis
    if _MAY_BE_NEAR.search(premise) is None and _MAY_BE_NEAR.search(hypothesis) is None:
        return hypothesis
    told = [_only(_times(one), _times(other)) for one, other in ((premise, hypothesis), (hypothesis, premise))]
    if not any(time.near for times in told for time in times):
        return hypothesis
    changed = hypothesis
    for one, other in reversed(list(_matched(*told))):
        changed = changed[: other.span.start] + premise[one.span.start : one.span.end] + changed[other.span.end :]
    return changed


def _only(own: Sequence[_Time], other: Sequence[_Time]) -> list[_Time]:
    """The times that the other text has not."""
    words = {time.word for time in other}
    return [time for time in own if time.word not in words]


def _matched(premise: Sequence[_Time], hypothesis: Sequence[_Time]) -> list[tuple[_Time, _Time]]:
    """Times of one unit, in order, where at least one is told from the day of publication."""
    found = []
    for unit in ("day", "month", "year"):
        ones, others = ([time for time in times if time.unit == unit] for times in (premise, hypothesis))
        for one, other in zip(ones, others, strict=False):
            nearness = one.near or other.near if unit == "day" else one.near != other.near
            if nearness and (not one.part or not other.part or one.part == other.part):
                found.append((one, other))
    return sorted(found, key=lambda pair: pair[1].span.start)


@kept
def _times(text: str) -> tuple[_Time, ...]:
    """The days, months and years of a text, in order."""
    found = [_of_date(text, date, unit) for date in dates(text) if (unit := _unit(date)) is not None]
    for hit in _NEAR.finditer(text):
        found.append(_Time(Span(*hit.span()), "day", hit[0].casefold(), near=True, part=(hit["part"] or "").casefold()))
    return tuple(sorted(found))


def _unit(date: Date) -> Unit | None:
    """What a date names one of; None for what is a span of time, or no more than "last week"."""
    if (date.end_year, date.end_month, date.end_day) != (None, None, None) or date.part or date.period:
        return None
    if date.day is not None or date.weekday is not None or date.relative in RELATIVE_DAYS:
        return "day"
    word = date.relative.rpartition(" ")[2]
    if date.month is not None or word == "month":
        return "month"
    return "year" if date.year is not None or word == "year" else None


def _of_date(text: str, date: Date, unit: Unit) -> _Time:
    start, end = date.span.start, date.span.end
    part = _PART.match(text, end) if unit == "day" else None
    end = part.end() if part else end
    ahead = _AHEAD.search(text[max(0, start - _REACH) : start])
    start -= len(ahead[0]) if ahead else 0
    near = bool(date.relative) and not date.absolute
    word = text[date.span.start : end].casefold()
    return _Time(Span(start, end), unit, word, near, part[1] if part else "")
