"""Parts of the day told in a word: "on Monday morning", "at dusk", "overnight", "in the small hours"."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final, NamedTuple

from consistency.facts._calendar import WEEKDAYS
from consistency.facts._intervals import Relation
from consistency.facts._kept import kept
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
    "overnight": (*range(17, 24), *range(8)), "midnight": (22, 23, 0, 1, 2),
}  # fmt: skip
_DAYS: Final = "|".join((*WEEKDAYS, "yesterday", "tomorrow"))
_FOUND: Final = re.compile(
    rf"\b(?:(?P<day>{_DAYS})(?:['’]s)? (?P<of>morning|noon|midday|lunchtime|afternoon|evening|night)(?!['’s])"
    r"|(?:at|around|about|towards?) (?:the )?(?P<edge>dawn|daybreak|sunrise|noon|midday|lunchtime|dusk|sunset|"
    r"nightfall|midnight|night)"
    r"|in the (?P<inside>small hours|early hours|morning|afternoon|evening)"
    r"|(?P<long>overnight))\b(?! (?:express|news|post|mail|star|echo|standard)\b)",
    re.IGNORECASE,
)
_MOST: Final = 8


@kept
def dayparts(text: str) -> tuple[Daypart, ...]:
    """Every part of a day in `text`, in order; those of today are left out, since "this morning" has another day in
    each text. Cost linear in the length.
    """
    return tuple(_read(match) for match in islice(_FOUND.finditer(text), _MOST))


def _read(match: re.Match[str]) -> Daypart:
    name = (match["of"] or match["edge"] or match["inside"] or match["long"]).lower()
    return Daypart(
        Span(*match.span()),
        frozenset(_HOURS[name]),
        (match["day"] or "").lower(),
        clocked=name in {"noon", "midday", "midnight"},
    )


def relate(one: Daypart, two: Daypart) -> Relation:
    """Two parts of one day conflict where they have no hour in common; those of two days say nothing of each other."""
    if (one.day and two.day and one.day != two.day) or (one.clocked and two.clocked):
        return "unrelated"
    if one.hours == two.hours:
        return "same"
    return "variant" if one.hours & two.hours else "conflict"
