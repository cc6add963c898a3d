"""Times of day, and when two of them agree.

"5 pm", "17:00", "1700 GMT", "half past six", "noon". A time keeps only what is written: "5:10" has no
half of the day and disagrees with neither. Times of two zones are compared where both zones are known
well; one that stands beside another zone's ("7 a.m. EST (1200 GMT)") disagrees with nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import msgspec

from consistency.facts._figures.intervals import Relation
from consistency.facts._kept import kept
from consistency.facts._times.calendar import WEEKDAYS
from consistency.facts._times.hours import OFFSETS, Told, find
from consistency.facts._tokens import Token, at, tokenize
from consistency.records import Span

Bound: TypeAlias = Literal["", "before", "after"]
DAY, HALF = 1440, 720
HOUR_ROOM, ABOUT_HOUR, ABOUT_MINUTE = 10, 30, 15
"""Minutes by which a time may miss a full hour, "around" a full hour, "around" a time with minutes."""


class Clock(msgspec.Struct, frozen=True):
    """A time of day in a text.

    `minute` counts from midnight, below 1,440; below 720 where `half` is False: then nothing tells
    morning from evening. `fine`: minutes are written. `about`: "around", "shortly after". `zone` is
    folded, empty where none is written. `uncertain`: the same moment is told in another zone beside it.
    """

    span: Span
    text: str
    minute: int
    half: bool
    fine: bool = False
    about: bool = False
    bound: Bound = ""
    zone: str = ""
    uncertain: bool = False


@kept
def clocks(text: str) -> tuple[Clock, ...]:
    """Every time of day in `text`, in order, never overlapping. Never raises; cost linear in the length."""
    tokens = tokenize(text)
    found = find(text)
    paired = {number + side for number in range(len(found) - 1) if _two_zones(tokens, found, number) for side in (0, 1)}
    starts = [tokens[told.first - 1].start if _bound(tokens, told.first) else told.start for told in found]
    return tuple(
        Clock(
            span=Span(starts[number], told.stop),
            text=text[starts[number] : told.stop],
            minute=told.minute,
            half=told.half,
            fine=told.fine,
            about=_about(tokens, told.first),
            bound=_bound(tokens, told.first),
            zone=told.zone,
            uncertain=number in paired,
        )
        for number, told in enumerate(found)
    )


def compare(a: Clock, b: Clock) -> Relation:
    """How `b` relates to `a`: `less_precise` means that `b` says less than `a`."""
    gap = _gap(a, b)
    if gap is None:
        return "unrelated"
    if abs(gap) <= _room(a, b) and {a.bound, b.bound} != {"before", "after"}:
        return _agreed(a, b)
    if a.uncertain or b.uncertain or a.zone != b.zone:
        return "unrelated"
    if a.bound == b.bound or gap == 0:
        return "conflict"
    return _beyond(a, b, gap)


def _gap(a: Clock, b: Clock) -> int | None:
    """Minutes from `a` to `b`, the short way round; None where two zones cannot be brought together."""
    around = DAY if a.half and b.half else HALF
    if not a.zone or not b.zone or a.zone == b.zone:
        shifts = {0}
    else:
        shifts = {60 * (one - two) for one in OFFSETS.get(a.zone, ()) for two in OFFSETS.get(b.zone, ())}
    gaps = [(b.minute - a.minute + shift + around // 2) % around - around // 2 for shift in shifts]
    return min(gaps, key=abs, default=None)


def _room(a: Clock, b: Clock) -> int:
    coarse = not (a.fine and b.fine)
    if a.about or b.about:
        return ABOUT_HOUR if coarse else ABOUT_MINUTE
    return HOUR_ROOM if a.fine != b.fine else 0


def _agreed(a: Clock, b: Clock) -> Relation:
    """Which of two times that agree says more."""
    says = [(one.half, one.fine, not one.about, bool(one.zone), not one.bound and not one.uncertain) for one in (a, b)]
    if says[0] == says[1]:
        return "same" if a.text.lower() == b.text.lower() else "variant"
    if all(one >= two for one, two in zip(*says, strict=True)):
        return "less_precise"
    if all(one <= two for one, two in zip(*says, strict=True)):
        return "more_precise"
    return "variant"


def _beyond(a: Clock, b: Clock, gap: int) -> Relation:
    """One is a bound, "before 5 pm", and the other lies on the right or on the wrong side of it."""
    if (a.bound and b.bound) or not (a.half and b.half) or abs(gap) == HALF:
        return "unrelated"
    outer, ahead = (a, gap) if a.bound else (b, -gap)
    if (ahead > 0) == (outer.bound == "after"):
        return "more_precise" if a.bound else "less_precise"
    return "conflict"


_ROUND = frozenset({"around", "about", "approximately", "roughly", "nearly", "almost", "some", "circa"})
_JUST = frozenset({"shortly", "just", "soon", "moments", "minutes", "little", "immediately"})
_BOUNDS: dict[str, Bound] = {"before": "before", "by": "before", "after": "after", "past": "after"}


def _about(tokens: tuple[Token, ...], first: int) -> bool:
    before, earlier = at(tokens, first - 1).fold, at(tokens, first - 2).fold
    return before in _ROUND or (before in {"before", "after", "past"} and earlier in _JUST)


def _bound(tokens: tuple[Token, ...], first: int) -> Bound:
    return _BOUNDS.get(at(tokens, first - 1).fold, "")


_BESIDE = frozenset({"(", ")", "/", ",", "or", ";", "[", "on", "the", "same", "day", "today", "tonight", *WEEKDAYS})
_WITHIN = 6


def _two_zones(tokens: tuple[Token, ...], found: Sequence[Told], number: int) -> bool:
    """Whether a time and the next one tell one moment: two zones, nothing but a bracket, a stroke or a day between."""
    one, two = found[number], found[number + 1]
    between = tokens[one.end : min(two.first, one.end + _WITHIN)]
    beside = 0 < len(between) == two.first - one.end and all(token.fold in _BESIDE for token in between)
    return beside and one.zone != two.zone
