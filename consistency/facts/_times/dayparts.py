"""Parts of the day told in a word: "on Monday morning", "at dusk", "overnight", "in the small hours"."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final, NamedTuple

from consistency.facts._figures.intervals import Relation
from consistency.facts._kept import kept
from consistency.facts._rare import Rare
from consistency.facts._times.calendar import WEEKDAYS
from consistency.records import Span


class Daypart(NamedTuple):
    """A part of a day in a text: the hours that it may mean, and the folded name of the day that stands before it.

    `clocked`: it is a time of day too, as `clock` reads it.
    """

    span: Span
    hours: frozenset[int]
    day: str = ""
    clocked: bool = False


_HOURS: Final = {
    "dawn": range(3, 9), "daybreak": range(3, 9), "sunrise": range(3, 9), "small hours": range(7),
    "early hours": range(7), "morning": range(12), "noon": range(11, 15), "midday": range(11, 15),
    "lunchtime": range(11, 15), "afternoon": range(12, 19), "evening": range(16, 24), "dusk": range(15, 24),
    "sunset": range(15, 24), "nightfall": range(15, 24), "night": (*range(17, 24), *range(8)),
    "overnight": (*range(17, 24), *range(8)), "midnight": (22, 23, 0, 1, 2), "early": range(12), "late": range(14, 24),
}  # fmt: skip
_DAYS: Final = "|".join((*WEEKDAYS, "yesterday", "tomorrow"))
_PARTS: Final = "small hours|early hours|morning|afternoon|evening|night"
_FOUND: Final = Rare(
    rf"\b(?:(?P<day>{_DAYS})(?:['’]s)? (?P<of>morning|noon|midday|lunchtime|afternoon|evening|night)(?!['’s])"
    r"|(?:at|around|about|towards?) (?:the )?(?P<edge>dawn|daybreak|sunrise|noon|midday|lunchtime|dusk|sunset|"
    r"nightfall|midnight|night)"
    rf"|(?:(?:in|on|during|by|until|since|from) )?the (?:early |late )?(?P<part>{_PARTS}) (?:of|on) (?:the )?"
    rf"(?P<own>{_DAYS})(?! (?:{_PARTS}))"
    rf"|(?P<end>early|late) (?:on )?(?P<its>{_DAYS})(?!['’]s)(?! (?:{_PARTS}|and|or|to)\b)"
    r"|in the (?:early |late )?(?P<inside>small hours|early hours|morning|afternoon|evening)"
    r"|(?P<long>overnight))\b(?! (?:express|news|post|mail|star|echo|standard)\b)",
    *("day", "morrow", "dawn", "daybreak", "sunrise", "noon", "lunchtime", "dusk", "sunset", "night", "hours"),
    *("morning", "evening"),
)
_NAMED: Final = ("of", "part", "end", "edge", "inside", "long")
_MOST: Final = 8


@kept
def dayparts(text: str) -> tuple[Daypart, ...]:
    """Every part of a day in `text`, in order; those of today are left out, since "this morning" has another day in
    each text. Cost linear in the length.
    """
    return tuple(_read(match) for match in islice(_FOUND.finditer(text), _MOST))


def _read(match: re.Match[str]) -> Daypart:
    name = next(match[group] for group in _NAMED if match[group]).lower()
    return Daypart(
        Span(*match.span()),
        frozenset(_HOURS[name]),
        (match["day"] or match["own"] or match["its"] or "").lower(),
        clocked=name in {"noon", "midday", "midnight"},
    )


def relate(one: Daypart, two: Daypart, *, turned: bool = False) -> Relation:
    """Two parts of one day conflict where they have no hour in common; those of two days say nothing of each other.

    `turned`: the texts are known to contradict each other. Then the night of a named day is the one that follows it,
    and not its morning, as it is in "killed on Tuesday night, at 2 a.m.".
    """
    if (one.day and two.day and one.day != two.day) or (one.clocked and two.clocked):
        return "unrelated"
    if one.hours == two.hours:
        return "same"
    named = turned and bool(one.day) and one.day == two.day
    first, second = (_evening(part.hours) if named else part.hours for part in (one, two))
    return "variant" if first & second else "conflict"


def _evening(hours: frozenset[int]) -> frozenset[int]:
    """A night without the hours behind midnight; any other part of the day as it is."""
    return frozenset(hour for hour in hours if hour > _NOON) if {0, _LAST} <= hours else hours


_NOON: Final = 12
_LAST: Final = 23
