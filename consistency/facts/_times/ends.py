"""Bounds of a period that are one though two days name them: "by the end of May" and "before June"."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from consistency.facts._modifiers import STOPS

if TYPE_CHECKING:
    from consistency.facts.date import Date

_UP: Final = r"by|before|until|till|til|up to|through|no later than|not later than|not after|prior to|ahead of|to"
_ON: Final = (
    r"from|since|after|as of|as from|with effect from|starting(?: (?:on|in|from))?|beginning(?: (?:on|in))?|"
    r"not before|not until|no earlier than|not earlier than|past|at"
)
_BOUND: Final = re.compile(
    rf"\b(?:(?P<on>{_ON})|(?P<up>{_UP}))"
    r"(?: the)?(?: very)?(?: (?P<edge>end|close|beginning|start|first day|last day) of)?(?: the)?(?: night of)?\s*\Z",
    re.IGNORECASE,
)
_EDGE: Final = re.compile(r"(?:the )?(?P<edge>end|close|beginning|start) of\b", re.IGNORECASE)
_BACK: Final = 45
_FIRST: Final = frozenset({"beginning", "start", "first day"})
_BEFORE: Final = frozenset({"before", "ahead of", "prior to", "not before"})
_BEHIND: Final = frozenset({"after", "not after", "past"})
_YEAR: Final = 365
_WEEK: Final = 7
_LEAP_FREE: Final = 2023
_SHIFTS: Final = {"this": 0, "next": 1, "coming": 1, "last": -1, "past": -1, "previous": -1, "following": 1}

Direction: TypeAlias = Literal["up", "on"]


class _Bound(NamedTuple):
    """A bound of a time: up to it or from it on, its preposition and the end that is named ("end of"), and where it may
    lie, each as (scale, year or None, place).
    """

    direction: Direction
    word: str
    edge: str
    places: frozenset[tuple[str, int | None, int]]


def one_bound(one: Date, text: str, two: Date, other: str) -> bool:
    """Whether both dates are told as bounds, and there is an edge of time that both may mean."""
    first, second = _bound(one, text), _bound(two, other)
    if first is None or second is None or (first.word, first.edge) == (second.word, second.edge):
        return False  # "since 2007" and "since 2008" are told alike, and mean two years
    if first.direction != second.direction and not _handed_over(first, second):
        return False
    return any(_meets(here, there) for here in first.places for there in second.places)


def bounds_apart(one: Date, text: str, two: Date, other: str) -> bool:
    """Whether both dates are told as bounds up to which something is done, of which one names its end, and they
    cannot be one: "by the end of May", "before May".
    """
    first, second = _bound(one, text), _bound(two, other)
    if first is None or second is None or "on" in {first.direction, second.direction}:
        return False  # "since 1987" and "after 1987" are told of one time
    if len(first.places) != 1 or len(second.places) != 1 or not (first.edge or second.edge):
        return False
    (here,), (there,) = first.places, second.places
    return here[0] == there[0] and not _meets(here, there)


def other_side(one: Date, text: str, two: Date, other: str) -> bool:
    """Whether one date ends in one text what it begins in the other: "closed until 14 May", "closed from 14 May"."""
    first, second = _bound(one, text), _bound(two, other)
    if first is None or second is None or first.direction == second.direction or first.edge or second.edge:
        return False
    words = {first.word, second.word}
    if not (words & _ENDING and words & _STARTING) or one.text.lower() != two.text.lower():
        return False
    said = _said(text, one), _said(other, two)
    return bool(said[0]) and said[0] == said[1] and not (_CHANGED.search(text) or _CHANGED.search(other))


_ENDING: Final = frozenset({"until", "till", "up to", "through"})
_STARTING: Final = frozenset(
    {"from", "since", "as of", "as from", "starting", "starting on", "beginning", "not before"}
)
_CHANGED: Final = re.compile(
    r"\b(?:new|old|present|current|previous|former|next|other|both|success\w+|replac\w+)\b", re.I
)
"""Where one takes over from another, both are right: "the old fare is valid until 1 June, the new one from 1 June"."""
_STATE: Final = re.compile(r"\b([a-z]{3,20})\s+\Z")


def _said(text: str, date: Date) -> str:
    """The word before a bound: "closed" of "closed until 14 May"."""
    ahead = text[max(0, date.span.start - _BACK) : date.span.start]
    bound = _BOUND.search(ahead)
    state = _STATE.search(ahead[: bound.start()]) if bound else None
    return state[1] if state and state[1] not in STOPS else ""


def _handed_over(first: _Bound, second: _Bound) -> bool:
    """ "Closed until the end of March", "open from April"."""
    said = {first.word, second.word}
    return bool(said & {"until", "till", "through"} and said & {"from", "as of", "since"})


def _meets(here: tuple[str, int | None, int], there: tuple[str, int | None, int]) -> bool:
    return here[0] == there[0] and here[2] == there[2] and (here[1] == there[1] or None in (here[1], there[1]))


def _bound(date: Date, text: str) -> _Bound | None:
    said = _BOUND.search(text[max(0, date.span.start - _BACK) : date.span.start])
    if said is None:
        return None
    word = " ".join((said["on"] or said["up"]).lower().split())
    own = _EDGE.match(date.text)
    edge = (said["edge"] or (own["edge"] if own else "")).lower()
    sides = _sides(word, edge)
    if not sides:
        return None
    ends = _ends(date)
    if ends is None:
        return None
    return _Bound("on" if said["on"] else "up", word, edge, frozenset(ends[side] for side in sides))


def _sides(word: str, edge: str) -> tuple[int, ...]:
    """Which ends of the period a bound may mean: 0 its beginning, 1 its end."""
    if edge:
        return (0,) if edge in _FIRST else (1,)
    if word == "at":
        return ()
    if word in _BEFORE:
        return (0,)
    if word in _BEHIND or word == "through":
        return (1,)
    opened = word in {"from", "since", "as of", "as from", "not until"} or word.startswith(("start", "begin", "with"))
    return (0,) if opened else (0, 1)


def _ends(date: Date) -> tuple[tuple[str, int | None, int], tuple[str, int | None, int]] | None:
    """Where a day, a weekday, a month, a year or a period begins and ends."""
    if date.end_year or date.end_month or date.end_day or date.uncertain or date.period:
        return None
    if date.month is not None:
        return _of_month(date)
    if date.year is not None and date.day is None:
        return ("day", date.year, 0), ("day", date.year + 1, 0)
    if date.weekday is not None and not date.relative:
        return ("weekday", None, date.weekday), ("weekday", None, (date.weekday + 1) % _WEEK)
    shift, _, name = date.relative.partition(" ")
    if shift in _SHIFTS and name in {"week", "month", "year", "quarter", "decade"}:
        return (name, None, _SHIFTS[shift]), (name, None, _SHIFTS[shift] + 1)
    return None


def _of_month(date: Date) -> tuple[tuple[str, int | None, int], tuple[str, int | None, int]] | None:
    month = date.month or 1
    try:
        first = datetime.date(_LEAP_FREE, month, date.day or 1)
        after = datetime.date(_LEAP_FREE + month // 12, month % 12 + 1, 1)
        last = first + datetime.timedelta(days=1) if date.day else after
    except ValueError:
        return None
    places = [(day - datetime.date(_LEAP_FREE, 1, 1)).days for day in (first, last)]
    years = [None if date.year is None else date.year + place // _YEAR for place in places]
    return ("day", years[0], places[0] % _YEAR), ("day", years[1], places[1] % _YEAR)
