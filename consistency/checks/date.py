"""Dates, years and periods that two versions tell differently.

Reported is a date in the same slot of both versions whose written parts disagree: another day,
another month, another year, another decade or century, another end of a range.

Quiet stay other spellings ("Feb. 4, 2022" and "4 February 2022", "March 20-22" and "March 20 to
22"), dates that say less ("in February"), and dates that only one version has. Weekdays and words
such as "yesterday" are compared only where the day both articles came out is known: copies that
came out on different days say them differently and both are right.

Passes:
    reference: The Games opened on Feb. 4, 2022, in Beijing.
    version: The Games opened in Beijing on 4 February 2022.
Fails:
    reference: The bridge was closed on March 20, 2021, after the flood.
    version: The bridge was closed on March 26, 2021, after the flood.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from consistency.checks._slots import Slot, compare_facts
from consistency.facts.date import Date, Relation, compare, dates
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level


class DateCheck:
    """Compares the dates of aligned claims; a conflict needs the same slot."""

    id: str = "date"
    level: Level = "error"

    def check(self, context: Context) -> Iterable[Finding]:
        published = {article.id: _day(article.published) for article in context.story.articles}
        for pair in context.pairs():
            if pair.premise.text != pair.hypothesis.text:
                known = (published.get(pair.premise.article), published.get(pair.hypothesis.article))
                yield from self._pair(pair, known)

    def _pair(self, pair: Pair, published: tuple[datetime.date | None, datetime.date | None]) -> Iterator[Finding]:
        firsts, seconds = dates(pair.premise.text), dates(pair.hypothesis.text)

        def relate(i: int, j: int) -> Relation:
            return compare(firsts[i], seconds[j], published_a=published[0], published_b=published[1])

        compared = compare_facts(
            (pair.premise.text, pair.hypothesis.text),
            ([Slot(one.span, "date") for one in firsts], [Slot(two.span, "date") for two in seconds]),
            relate,
        )
        for match in compared.conflicts:
            one, two = firsts[match.premise], seconds[match.hypothesis]
            relation = relate(match.premise, match.hypothesis)
            confidence = match.confidence + (0.1 if _shape(one) == _shape(two) else -0.1)
            if relation == "conflict":
                yield self._finding(pair, one, two, confidence)
            elif _weekdays_differ(one, two) and None in published:
                yield self._finding(pair, one, two, min(0.45, confidence))

    def _finding(self, pair: Pair, one: Date, two: Date, confidence: float) -> Finding:
        return Finding(
            check=self.id,
            level=self.level,
            message=f"The reference says “{one.text}”, the version says “{two.text}”.",
            confidence=round(min(0.95, max(0.0, confidence)), 3),
            reference=pair.premise.side(one.span),
            version=pair.hypothesis.side(two.span),
        )


def _day(published: str | None) -> datetime.date | None:
    """The day of an ISO date or time; None when it is missing or malformed."""
    try:
        return datetime.date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _weekdays_differ(one: Date, two: Date) -> bool:
    return one.weekday is not None and two.weekday is not None and one.weekday != two.weekday


def _shape(date: Date) -> tuple[bool, bool, bool, str]:
    """Which parts are written."""
    return date.year is None, date.month is None, date.day is None, date.period


CHECK = DateCheck()
