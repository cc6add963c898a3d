"""Numbers, amounts and measures that two versions tell differently.

Reported is a number, share, sum, measure, age, factor ("doubled"), score, ratio or ordinal that
stands in the same slot of both versions and cannot be true of one thing, the exchange of two numbers
between what they count ("39 dead and 12 injured" against "12 dead and 39 injured"), and a score that
is turned around while all else stays.

Quiet stay other wordings of the same value (digits and words, units and their conversion, rounding
such as 2.92 and 3 percent), bounds and approximations that do not contradict ("about 40" against
43), numbers that only one version has, and numbers whose surroundings differ too much to say that
they are told of the same thing. Years, dates and times of day belong to the date check.

Passes:
    reference: Kyiv held for a thousand days.
    version: Kiev held for 1,000 days.
Fails:
    reference: The two leaders have met 39 times before.
    version: The two leaders have met 93 times before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from consistency.checks._slots import Slot, compare_facts
from consistency.facts._units import CURRENCIES
from consistency.facts.quantity import Quantity, compare, quantities
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level


class QuantityCheck:
    """Compares the quantities of aligned claims; a conflict needs the same slot."""

    id: str = "quantity"
    level: Level = "error"

    def check(self, context: Context) -> Iterable[Finding]:
        for pair in context.pairs():
            if pair.premise.text != pair.hypothesis.text:
                yield from self._pair(pair)

    def _pair(self, pair: Pair) -> Iterator[Finding]:
        firsts, seconds = quantities(pair.premise.text), quantities(pair.hypothesis.text)
        compared = compare_facts(
            (pair.premise.text, pair.hypothesis.text),
            ([_slot(fact) for fact in firsts], [_slot(fact) for fact in seconds]),
            lambda i, j: compare(firsts[i], seconds[j]),
        )
        agreed = [(firsts[i], seconds[j]) for i, j in compared.agreed]
        for one, two in _exchanged(agreed):
            yield self._finding(pair, one, two, 0.8)
        for one, two in agreed:
            if _turned(pair, one, two):
                yield self._finding(pair, one, two, 0.7)
        for match in compared.conflicts:
            one, two = firsts[match.premise], seconds[match.hypothesis]
            if compare(one, two) == "conflict" or _fate_differs(one, two):
                vague = "vague" in {one.kind, two.kind}
                yield self._finding(pair, one, two, match.confidence - 0.2 * vague)

    def _finding(self, pair: Pair, one: Quantity, two: Quantity, confidence: float) -> Finding:
        return Finding(
            check=self.id,
            level=self.level,
            message=f"The reference says “{one.text}”, the version says “{two.text}”.",
            confidence=round(max(0.0, confidence), 3),
            reference=pair.premise.side(one.span),
            version=pair.hypothesis.side(two.span),
        )


def _slot(fact: Quantity) -> Slot:
    label = f"label {fact.noun}" if fact.unit == "label" else fact.unit
    group = "money" if fact.unit in CURRENCIES else label
    return Slot(fact.span, group, fact.state or fact.noun)


def _fate_differs(one: Quantity, two: Quantity) -> bool:
    """39 dead in one version are 39 injured in the other."""
    return bool(one.state and two.state) and one.state != two.state and one.value == two.value


def _turned(pair: Pair, one: Quantity, two: Quantity) -> bool:
    """A result that is turned around while every other word stays: told from the other side it would change too."""
    if one.unit != "score" or two.unit != "score" or one.low == two.low or one.low != two.high:
        return False
    rest = [
        (_words(text[: fact.span.start]), _words(text[fact.span.end :]))
        for text, fact in ((pair.premise.text, one), (pair.hypothesis.text, two))
    ]
    return rest[0] == rest[1]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _exchanged(agreed: list[tuple[Quantity, Quantity]]) -> Iterator[tuple[Quantity, Quantity]]:
    """Two values that changed places between two nouns: both as (first, what stands for it now)."""
    moved = [
        (one, two, _slot(one).counted, _slot(two).counted)
        for one, two in agreed
        if one.unit == two.unit == "count" and one.noun and two.noun
    ]
    crossed = [row for row in moved if row[2] != row[3]]
    for number, (one, _, from_one, to_one) in enumerate(crossed):
        for _, two, from_two, to_two in crossed[number + 1 :]:
            if (from_one, from_two) == (to_two, to_one) and compare(one, two) == "conflict":
                yield one, two


CHECK = QuantityCheck()
