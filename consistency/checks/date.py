"""Dates, times of day and periods that two versions tell differently.

Reported is a date in the same slot of both versions whose written parts disagree: another day,
another month, another year, quarter or season, another decade or century, another end of a range;
a time of day that cannot be the other ("1200 GMT" for "2100 GMT"); and another part of the day
("on Monday morning" for "on Monday evening", dusk for dawn); and the end of a state that is told as its beginning
("closed until 9 June", "closed from 9 June").

Quiet stay other spellings ("Feb. 4, 2022" and "4 February 2022", "March 20-22" and "March 20 to 22", "5 pm" and
"17:00"), dates and times that say less ("in February", "around 5", a time without its half of the day), and those
that only one version has. Times are compared within one zone, or between two whose distance is known; a time that is
told in two zones is left alone. Weekdays and words such as "yesterday" are compared only where the day both articles
came out is known: copies that came out on different days say them differently and both are right; two names of a
weekday in one slot also where the model contradicts the pair both ways. Where both days are known, longer periods too
("next week", "last month", "last year") are held against each other and against written days, months and years, as
they were on those days or the day before. Where they are not, periods ("last year", "next month", "this spring") are
held against each other alone: those that no day of publication makes one conflict, and last month and last year,
which are one in January, do so where the sentence is the same otherwise. Two bounds may be one edge of time ("by the
end of May" and "before June", "closed until the end of March" and "open from April"), and a night the morning after
it ("on Saturday night" and "early on Sunday"). "The second" behind "the first quarter" is a quarter too. The day of a
deed is not held against the day on which it was told ("died on Friday", "his family said on Saturday"). The date
under an embedded post ("A post shared by ... on") is the post's, not the story's.

Passes:
    reference: The Games opened on Feb. 4, 2022, in Beijing.
    version: The Games opened in Beijing on 4 February 2022.
Fails:
    reference: The bridge was closed on March 20, 2021, after the flood.
    version: The bridge was closed on March 26, 2021, after the flood.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from consistency.checks._figures.believed import believed, plain
from consistency.checks._figures.slots import Slot, compare_facts
from consistency.facts._neighbours import reached
from consistency.facts._times.dayparts import dayparts
from consistency.facts._times.dayparts import relate as relate_parts
from consistency.facts._times.ends import bounds_apart, one_bound, other_side
from consistency.facts._times.midnight import over_midnight
from consistency.facts._times.relative import opposed, overlap
from consistency.facts.clock import Clock, clocks
from consistency.facts.clock import compare as compare_clocks
from consistency.facts.date import Date, Relation, compare, dates
from consistency.facts.quantity import quantities
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level, Span

_SIGNED = re.compile(r"\ba (?:post|photo|video) shared by .{1,120}? on (?=[A-Z]).{1,30}", re.IGNORECASE)
"""What stands under an embedded post, its date and time included."""

_WORD = re.compile(r"\w+|\0")
_SLIP = 0.35
"""What a conflict gains where one date is the other with a slip: told of different things, two days share no part."""
_LIKELY = 0.2
_HALF_DAY = 720
_MINUTE = 60
_SPANS: Final = (
    (15, re.compile(r"\bquarter of an hour\b|\bquarter[- ]hour\b", re.IGNORECASE)),
    (30, re.compile(r"\bhalf an? hour\b|\bhalf[- ]hour\b", re.IGNORECASE)),
    (60, re.compile(r"(?<!half )(?<!of )\ban hour (?:later|earlier|before|after|late|early)\b", re.IGNORECASE)),
    (90, re.compile(r"\b(?:an hour and a half|one and a half hours)\b", re.IGNORECASE)),
)
"""Minutes that are told without a number."""
_HINT = 0.45
"""What is given at most where the two days of publication may explain the difference: too little to be reported."""
_REPORTED: Final = 0.35
"""What is given at most where one day is of the deed and the other of the word of it: no hint to anybody."""
_ONE_DAY: Final = 0.55
"""From this on two weekdays stand in one slot: a day of publication changes "yesterday", and no name of a day. They are
reported where the model sees the contradiction too."""

_TURNED: Final = 0.65
_MOST: Final = 12


class DateCheck:
    """Compares the dates and times of aligned claims; a conflict needs the same slot."""

    id: str = "date"
    level: Level = "error"

    def check(self, context: Context) -> Iterable[Finding]:
        published = {article.id: _day(article.published) for article in context.story.articles}
        for pair in context.pairs():
            if pair.premise.text != pair.hypothesis.text:
                known = (published.get(pair.premise.article), published.get(pair.hypothesis.article))
                yield from self._pair(pair, known)

    def _pair(self, pair: Pair, published: tuple[datetime.date | None, datetime.date | None]) -> Iterator[Finding]:
        yield from self._parts_of_day(pair)
        firsts = _Times.of(pair.premise.text)
        if not firsts.days and not firsts.hours:
            return
        seconds = _Times.of(pair.hypothesis.text)

        def relate(i: int, j: int) -> Relation:
            one, two = firsts.day(i), seconds.day(j)
            if one and two:
                if bounds_apart(one, pair.premise.text, two, pair.hypothesis.text):
                    return "conflict"
                held = compare(one, two, published_a=published[0], published_b=published[1])
                if held != "unrelated" or published[0] is None or published[1] is None:
                    return held
                meet = overlap((one, pair.premise.text, published[0]), (two, pair.hypothesis.text, published[1]))
                return held if meet is None else "variant" if meet else "conflict"
            early, late = firsts.hour(i), seconds.hour(j)
            return compare_clocks(early, late) if early and late else "unrelated"

        yield from self._other_sides(pair, firsts.days, seconds.days)
        known = None not in published
        compared = compare_facts(
            (pair.premise.text, pair.hypothesis.text), (firsts.slots(known=known), seconds.slots(known=known)), relate
        )
        for match in compared.conflicts:
            one, two = firsts.day(match.premise), seconds.day(match.hypothesis)
            told = firsts.told(match.premise), seconds.told(match.hypothesis)
            if one and two and _left_out((pair.premise.text, pair.hypothesis.text), one, two):
                continue
            if one and two and reached(one, pair.premise.text, two, pair.hypothesis.text):
                continue
            if one and two and over_midnight(pair.premise.text, one, pair.hypothesis.text, two):
                continue
            if one and two and one_bound(one, pair.premise.text, two, pair.hypothesis.text):
                continue
            if _reckoned((pair.premise.text, pair.hypothesis.text), told):
                continue
            unlike = one is not None and two is not None and _shape(one) != _shape(two)
            confidence = match.confidence + (-0.1 if unlike else 0.1)
            if one and two and not _of_one_act(pair, told) and not _else_alike(pair, told):
                yield self._finding(pair, told, min(_REPORTED, confidence))
                continue
            if relate(match.premise, match.hypothesis) == "conflict":
                sure = confidence + _SLIP * (confidence >= _LIKELY and _slip(*told))
                yield self._finding(pair, told, believed(sure, pair))
            elif one and two and (_weekdays_differ(one, two) and None in published):
                seen = confidence >= _ONE_DAY and plain(pair) and _of_one_thing(pair, told)
                yield self._finding(pair, told, confidence if seen else min(_HINT, confidence))
            elif one and two and (apart := opposed(one, pair.premise.text, two, pair.hypothesis.text)):
                same_day = published[0] is not None and published[0] == published[1]
                certain = (
                    apart == "never"
                    or (apart == "near" and same_day)
                    or (apart == "hardly" and _else_alike(pair, told))
                )
                yield self._finding(pair, told, confidence if certain else min(_HINT, confidence))

    def _other_sides(self, pair: Pair, firsts: Sequence[Date], seconds: Sequence[Date]) -> Iterator[Finding]:
        """ "Closed until 14 May" against "closed from 14 May"."""
        for one in firsts[:_MOST]:
            for two in seconds[:_MOST]:
                if other_side(one, pair.premise.text, two, pair.hypothesis.text):
                    yield self._finding(pair, (one, two), _TURNED)

    def _parts_of_day(self, pair: Pair) -> Iterator[Finding]:
        """ "On Monday morning" against "on Monday evening"."""
        texts = pair.premise.text, pair.hypothesis.text
        firsts, seconds = dayparts(texts[0]), dayparts(texts[1])
        slots = [[Slot(part.span, "daypart", part.day) for part in side] for side in (firsts, seconds)]
        turned = plain(pair)
        compared = compare_facts(
            texts, (slots[0], slots[1]), lambda i, j: relate_parts(firsts[i], seconds[j], turned=turned)
        )
        for match in compared.conflicts:
            one, two = firsts[match.premise], seconds[match.hypothesis]
            if relate_parts(one, two, turned=turned) == "conflict":
                told = _Told(one.span, pair.premise.text[one.span.start : one.span.end])
                other = _Told(two.span, pair.hypothesis.text[two.span.start : two.span.end])
                yield self._finding(pair, (told, other), believed(match.confidence, pair))

    def _finding(
        self, pair: Pair, told: tuple[Date | Clock | _Told, Date | Clock | _Told], confidence: float
    ) -> Finding:
        one, two = told
        return Finding(
            check=self.id,
            level=self.level,
            message=f"The reference says “{one.text}”, the version says “{two.text}”.",
            confidence=round(min(0.95, max(0.0, confidence)), 3),
            reference=pair.premise.side(one.span),
            version=pair.hypothesis.side(two.span),
        )


class _Told(NamedTuple):
    """Words of a text, and where they stand."""

    span: Span
    text: str


class _Times(NamedTuple):
    """The dates of a text and its times of day, numbered through: dates first."""

    days: tuple[Date, ...]
    hours: tuple[Clock, ...]

    @classmethod
    def of(cls, text: str) -> _Times:
        days, hours = dates(text), clocks(text)
        signed = [Span(*found.span()) for found in _SIGNED.finditer(text)] if days or hours else []
        if not signed:
            return cls(days, hours)

        def told(fact: Date | Clock) -> bool:
            return not any(fact.span.overlaps(span) for span in signed)

        return cls(tuple(filter(told, days)), tuple(filter(told, hours)))

    def slots(self, *, known: bool) -> list[Slot]:
        """Where each is; a date is held against dates, a time against times. `known`: so are both days of publication,
        and each date may be any other.
        """
        days = [Slot(day.span, "date" if known else _kind(day)) for day in self.days]
        return [*days, *(Slot(hour.span, "clock") for hour in self.hours)]

    def day(self, number: int) -> Date | None:
        return self.days[number] if number < len(self.days) else None

    def hour(self, number: int) -> Clock | None:
        return self.hours[number - len(self.days)] if number >= len(self.days) else None

    def told(self, number: int) -> Date | Clock:
        return self.days[number] if number < len(self.days) else self.hours[number - len(self.days)]


def _kind(day: Date) -> str:
    """A year or a month is held against its like, "last year" and "in spring" against what is told so too: neither says
    a thing of the other where nobody knows on which day it was written.
    """
    return "date" if (day.year, day.month, day.day) != (None, None, None) else "period"


def _slip(one: Date | Clock, two: Date | Clock) -> bool:
    """Whether of two days written in full only the day, the month or the year is another, of two times the half."""
    if isinstance(one, Clock) or isinstance(two, Clock):
        return isinstance(one, Clock) and isinstance(two, Clock) and abs(one.minute - two.minute) == _HALF_DAY
    parts = list(zip((one.year, one.month, one.day), (two.year, two.month, two.day), strict=True))
    both = [left == right for left, right in parts if left is not None and right is not None]
    return one.day is not None and two.day is not None and len(both) > 1 and both.count(False) == 1


def _left_out(texts: tuple[str, str], one: Date, two: Date) -> bool:
    """Whether a text has the quarter or half of the other in its ordinal alone: "2 percent in the first quarter and 1
    in the second".
    """
    names = {"q": "quarter", "h": "half"}
    if not (one.part and two.part) or one.part[0] != two.part[0] or one.part[0] not in names or one.part == two.part:
        return False
    return any(
        _ORDINAL[int(other.part[1:])].search(text) is not None
        for text, other in zip(texts, (two, one), strict=True)
        if other.part[1:].isdigit()
    )


_ORDINAL: Final = {
    number: re.compile(rf"\b(?:the|its|their) {name}(?=\s*(?:[.,;:)]|\Z|and\b|after\b|from\b|but\b|as\b))", re.I)
    for number, name in ((1, "first"), (2, "second"), (3, "third"), (4, "fourth"))
}


def _reckoned(texts: tuple[str, str], told: tuple[Date | Clock, Date | Clock]) -> bool:
    """Whether two times of day lie as far apart as a text says: "at 4.15, a quarter of an hour after the last had left"
    is "the last had left at four".
    """
    one, two = told
    if not isinstance(one, Clock) or not isinstance(two, Clock):
        return False
    apart = abs(one.minute - two.minute) % _HALF_DAY
    spans = {fact.low / _MINUTE for text in texts for fact in quantities(text) if fact.unit == "second"}
    spans |= {minutes for minutes, said in _SPANS if any(said.search(text) for text in texts)}
    return apart in spans


def _of_one_thing(pair: Pair, told: tuple[Date | Clock, Date | Clock]) -> bool:
    """Whether both days are of one act, and neither text alone counts the days between two: "attacked on Saturday" is
    "said on Sunday, a day after the attack".
    """
    apart = {_APART.search(text) is None for text in (pair.premise.text, pair.hypothesis.text)}
    return len(apart) == 1 and _of_one_act(pair, told)


def _of_one_act(pair: Pair, told: tuple[Date | Clock, Date | Clock]) -> bool:
    """Whether both days are told of what was done, or both of what was said of it."""
    texts = pair.premise.text, pair.hypothesis.text
    near = [(text[: fact.span.start], text[fact.span.end :]) for text, fact in zip(texts, told, strict=True)]
    said = {(_SAID.search(ahead[-_NEAR:]) or _SAYS.match(behind[:_NEAR])) is not None for ahead, behind in near}
    return len(said) == 1


_NEAR = 40
_SAY = r"\b(?:said|says|told|tells|announced|reported|confirmed|wrote|added|stated|argued|warned|insisted|claimed)\b"
_SAID = re.compile(rf"{_SAY}[^.;:,“”\"]{{0,25}}\Z", re.IGNORECASE)
_SAYS = re.compile(rf"[^.;:,“”\"]{{0,30}}{_SAY}", re.IGNORECASE)
_APART = re.compile(r"\b(?:day|days|night|nights) (?:after|before|earlier|later)\b", re.IGNORECASE)


def _else_alike(pair: Pair, told: tuple[Date | Clock, Date | Clock]) -> bool:
    """Whether both sentences have the same words, in their order, but for what is told."""
    rest = [
        _WORD.findall(f"{passage.text[: fact.span.start]} \0 {passage.text[fact.span.end :]}".lower())
        for passage, fact in zip((pair.premise, pair.hypothesis), told, strict=True)
    ]
    return rest[0] == rest[1]


def _day(published: str | None) -> datetime.date | None:
    """The day of an ISO date or time; None when it is missing or malformed."""
    try:
        return datetime.date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _weekdays_differ(one: Date, two: Date) -> bool:
    return one.weekday is not None and two.weekday is not None and one.weekday != two.weekday


def _shape(date: Date) -> tuple[bool, bool, bool, str, bool]:
    """Which parts are written."""
    return date.year is None, date.month is None, date.day is None, date.period, bool(date.part)


CHECK = DateCheck()
