"""Numbers, amounts and measures that two versions tell differently.

Reported is a number, share, sum, measure, age, factor ("doubled"), score, ratio or ordinal that stands in the same
slot of both versions and cannot be true of one thing, the exchange of two numbers between what they count ("39 dead
and 12 injured" against "12 dead and 39 injured"), and a score that is turned around while all else stays; and what a
figure is and what it was, told the other way round ("90 euros, up from 60" against "60, down from 90", "to 90 in May
from 60 in April", "90, compared with 60 a year earlier"). So is a part told in words that the other version denies
("all of the members", "some of the members", "none of them"), and a rhythm or a period of another length ("every
third year" against "each year", "a day" against "every hour", "within days" against "within months"); two figures
that have each other's owners ("four years for the mother and nine for the father" against "nine for the mother and
four for the father"); and what something rises to as what it rises by ("to 1.90 euros", "by 1.90 euros"). "For a
year" counts as one between the same words ("for four years"), and a minus where nothing else tells of less ("grew by
0.3 percent", "grew by -0.3 percent").

Where the model contradicts a pair of reworded sentences, parts of one whole are reported too that cannot both
be ("three of the five stalls" against "all five", "both" against "one"), the only one of its kind that has
others, what is left out in one version and taken in in the other, by how much one is ahead of the other, told
the other way round ("six points ahead of Okada" against "six points behind Okada"), a rise told as a fall of as much,
a price told as a rise or fall of as much, the least told as the most ("at least 200", "at most 200"), millions told as
billions, and "never", "once" or "entirely" against "often", "twice" or "partly".

Quiet stay other wordings of the same value (digits and words, units and their conversion, "two years and six months"
and 30 months, "a quarter of a percentage point" and 25 basis points; rounding such as 2.92 and 3 percent or 5,432 and
5,400, but not 5,432 and 5,000, and 12.50 euros are not 12), bounds and approximations that do not contradict ("about
40" against 43), numbers that only one version has, and numbers whose surroundings differ too much to say that they
are told of the same thing, unless the model contradicts the pair both ways. "A man and three others" may well be four
people, a figure at which an article breaks off may be the beginning of a longer one, and "3, 800", "3 800" and
"3.800" are 3,800 where the other version says so. What is told of none may be the contrary of what is told of all
("no shops were open", "all the shops were shut"). A third that failed are two in three that passed, and ships longer
than 80 metres that may not pass are those of up to 80 metres that may. So are 300 euros a month for half a year 1,800
in all, one in four every fourth, and 400,000 more than last year no total. Almost all is as good as all, several as
some. Years, dates and times of day belong to the date check.

Passes:
    reference: Kyiv held for a thousand days.
    version: Kiev held for 1,000 days.
Fails:
    reference: The two leaders have met 39 times before.
    version: The two leaders have met 93 times before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from consistency.checks._figures.alone import alone
from consistency.checks._figures.believed import believed, seen
from consistency.checks._figures.bounds import bounds, turned
from consistency.checks._figures.degrees import degrees
from consistency.checks._figures.levels import levels, margin
from consistency.checks._figures.margins import margins
from consistency.checks._figures.one_unit import one_unit
from consistency.checks._figures.owners import owners
from consistency.checks._figures.parted import parted
from consistency.checks._figures.portions import Portion, portions, rhythms, same_rate
from consistency.checks._figures.reckoned import other_rank, reckoned
from consistency.checks._figures.signs import signs
from consistency.checks._figures.single import singles
from consistency.checks._figures.slips import dotted, in_money, scaled, slip, spaced
from consistency.checks._figures.slots import Match, Slot, compare_facts
from consistency.checks._figures.swapped import swapped
from consistency.facts._figures.money import CURRENCIES
from consistency.facts.quantity import TEMPERATURE, Quantity, compare, quantities
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level, Span, mutual_contradiction

_SLIP = 0.38
"""What a conflict gains where one figure is the other with a slip."""
_BOUND = 0.1
"""What it gains where both sides say "more than", or both "at most"."""
_ALONE = 0.15
"""What it gains where two headlines have no other measure of the kind."""
_HEADLINE = 14
"""Words of a headline, or of a sentence as short: too few for words near a figure to be alike."""
_APART = 300
"""Two periods so many times apart are hardly told of one thing: hours and years."""
_LIKELY = 0.12
_LEAST = 0.55
"""What it has at least where no other figure of the measure is told anew, and the model sees a contradiction too."""
_SUREST = 0.95
_INSIDE = frozenset("0123456789.,")
_BEHIND = 20
"""Characters behind a passage: a claim may end inside "$1. 7 million"."""


class QuantityCheck:
    """Compares the quantities of aligned claims; a conflict needs the same slot."""

    id: str = "quantity"
    level: Level = "error"

    def check(self, context: Context) -> Iterable[Finding]:
        for pair in context.pairs():
            if pair.premise.text != pair.hypothesis.text:
                yield from self._pair(context, pair)

    def _pair(self, context: Context, pair: Pair) -> Iterator[Finding]:
        texts = pair.premise.text, pair.hypothesis.text
        read = quantities(texts[0]), quantities(texts[1])
        sides = in_money(texts[0], *read), in_money(texts[1], *reversed(read))
        contradiction = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)
        told = _anywhere(texts, sides, contradiction)
        compared = compare_facts(
            texts,
            ([_slot(fact) for fact in sides[0]], [_slot(fact) for fact in sides[1]]),
            lambda i, j: compare(sides[0][i], sides[1][j]),
        )
        agreed = [(sides[0][i], sides[1][j]) for i, j in compared.agreed]
        known = [one for one, _ in agreed], [two for _, two in agreed]
        more = *rhythms(texts, sides, known), *singles(texts, sides), *one_unit(texts, sides), *signs(texts, agreed)
        moved = [Portion(one.span, two.span, 0.8) for one, two in _exchanged(agreed)]
        moved += [Portion(one.span, two.span, 0.7) for one, two in agreed if _turned(pair, one, two)]
        for match in compared.conflicts:
            one, two = sides[0][match.premise], sides[1][match.hypothesis]
            if _explained(context, pair, sides, one, two) or _said(told, one, two):
                continue
            if compare(one, two) == "conflict" or _fate_differs(one, two):
                moved.append(Portion(one.span, two.span, _sure(pair, sides, known, match)))
        if not any(believed(found.confidence, pair) >= _LEAST for found in (*told, *moved)):
            moved += owners(texts, sides, contradiction)
        for found in (*told, *more, *moved):
            yield self._told(pair, found.premise, found.hypothesis, found.confidence)

    def _told(self, pair: Pair, one: Span, two: Span, confidence: float) -> Finding:
        said = pair.premise.text[one.start : one.end], pair.hypothesis.text[two.start : two.end]
        return Finding(
            check=self.id,
            level=self.level,
            message=f"The reference says “{said[0]}”, the version says “{said[1]}”.",
            confidence=round(max(0.0, believed(confidence, pair)), 3),
            reference=pair.premise.side(one),
            version=pair.hypothesis.side(two),
        )


def _anywhere(
    texts: tuple[str, str], sides: tuple[Sequence[Quantity], Sequence[Quantity]], contradiction: float
) -> list[Portion]:
    """What needs no slot: each reader finds the words that it holds against each other."""
    told = [*portions(texts, sides), *swapped(texts, sides)]
    for weigher in (margins, bounds, levels):
        told += [found for found in weigher(texts, sides, contradiction) if not _known(found, told)]
    for reader in (parted, alone, degrees):
        told += [found for found in reader(texts, contradiction) if not _known(found, told)]
    return told


def _sure(
    pair: Pair,
    sides: tuple[Sequence[Quantity], Sequence[Quantity]],
    known: tuple[Sequence[Quantity], Sequence[Quantity]],
    match: Match,
) -> float:
    """How sure the conflict of two figures of one slot is."""
    one, two = sides[0][match.premise], sides[1][match.hypothesis]
    gain = _SLIP if match.confidence >= _LIKELY and slip(one, two) else 0.0
    if one.kind == two.kind and one.kind in {"lower", "upper"}:
        gain = max(gain, _BOUND)
    if _alone((pair.premise.text, pair.hypothesis.text), sides, one, two):
        gain = max(gain, _ALONE)
    sure = min(_SUREST, match.confidence + gain) - 0.2 * ("vague" in {one.kind, two.kind})
    if (_lone(sides, known, one, two) or scaled(one, two)) and seen(pair):
        sure = max(sure, _LEAST)
    return sure


def _known(found: Portion, told: Sequence[Portion]) -> bool:
    """Whether a surer or equal finding is about the same words."""
    return any(
        one.confidence >= found.confidence
        and (one.premise.overlaps(found.premise) or one.hypothesis.overlaps(found.hypothesis))
        for one in told
    )


def _said(told: Sequence[Portion], one: Quantity, two: Quantity) -> bool:
    """Whether two figures are those of two parts that are reported: "two of the five", "four of the five"."""
    return any(found.premise.overlaps(one.span) and found.hypothesis.overlaps(two.span) for found in told)


def _explained(
    context: Context, pair: Pair, sides: tuple[Sequence[Quantity], Sequence[Quantity]], one: Quantity, two: Quantity
) -> bool:
    """Whether two figures of one slot that differ may both be right."""
    texts = pair.premise.text, pair.hypothesis.text
    return (
        _broken_off(context, pair, one, two)
        or _spaced(context, pair, one, two)
        or dotted(one, two)
        or same_rate(texts, one, two)
        or reckoned(texts, sides, one, two)
        or other_rank(texts, one, two)
        or turned(texts, one, two)
        or margin(texts, one, two)
        or (_left_out(texts[1], one) and _left_out(texts[0], two))
    )


def _slot(fact: Quantity) -> Slot:
    label = f"label {fact.noun}" if fact.unit == "label" else fact.unit
    group = "money" if fact.unit in CURRENCIES else "temperature" if fact.unit in TEMPERATURE else label
    return Slot(fact.span, group, fact.state or fact.noun, fate=bool(fact.state))


def _fate_differs(one: Quantity, two: Quantity) -> bool:
    """39 dead in one version are 39 injured in the other."""
    return bool(one.state and two.state) and one.state != two.state and one.value == two.value


def _broken_off(context: Context, pair: Pair, one: Quantity, two: Quantity) -> bool:
    """An article that was cut ends in the middle of a figure, which the other goes on with."""
    for cut, passage, whole in ((one, pair.premise, two), (two, pair.hypothesis, one)):
        end = len(context.story.article(passage.article).text.rstrip())
        at_end = passage.locate(cut.span)[-1].end == end and cut.text[-1].isdigit()
        if at_end and whole.text.startswith(cut.text) and len(whole.text) > len(cut.text):
            return True
    return False


def _spaced(context: Context, pair: Pair, one: Quantity, two: Quantity) -> bool:
    """The figure of one side stands in the other too, with blanks inside, where it is read as two."""
    for fact, other in ((one, pair.hypothesis), (two, pair.premise)):
        if apart := spaced(fact.text):
            text = context.story.article(other.article).text[other.spans[0].start : other.spans[-1].end + _BEHIND]
            found = re.finditer(rf"{apart}(?!\d)", text)
            if any(text[max(0, at.start() - 1) : at.start()] not in _INSIDE for at in found):
                return True
    return False


def _alone(
    texts: tuple[str, str], sides: tuple[Sequence[Quantity], Sequence[Quantity]], one: Quantity, two: Quantity
) -> bool:
    """Whether two short texts that share some words each have one measure of a kind, as headlines do."""
    lone = all(sum(fact.unit == one.unit for fact in side) == 1 for side in sides) and one.unit == two.unit
    if (
        not lone
        or one.unit in _NO_MEASURE
        or not 0
        < max(one.stated * one.factor, two.stated * two.factor)
        < _APART * min(one.stated * one.factor, two.stated * two.factor)
    ):
        return False
    found = [
        _words(text[: fact.span.start] + " " + text[fact.span.end :])
        for text, fact in zip(texts, (one, two), strict=True)
    ]
    like = [{word[:5] for word in some if len(word) > 3} for some in found]
    return max(map(len, found)) <= _HEADLINE and len(like[0] & like[1]) > 1


def _lone(
    sides: tuple[Sequence[Quantity], Sequence[Quantity]],
    known: tuple[Sequence[Quantity], Sequence[Quantity]],
    one: Quantity,
    two: Quantity,
) -> bool:
    """Whether two figures are the only ones of their measure that the texts do not share. A span of time may be told
    from its other end, and of sums of money there are many in a story.
    """
    return one.unit == two.unit not in _NO_MEASURE | CURRENCIES | {"second"} and all(
        sum(fact.unit == one.unit and fact not in agreed for fact in side) == 1
        for side, agreed in zip(sides, known, strict=True)
    )


_NO_MEASURE = frozenset({"count", "ordinal", "label", "score", "tens"})


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


def _left_out(text: str, one: Quantity) -> bool:
    """Whether a text has an ordinal without what it counts, since it stands beside another: "lost the ninth round after
    winning the fourth" is "after winning the fourth round, lost the ninth".
    """
    alone = rf"\b{re.escape(one.text)}(?=\s*[.,;:)]|\s*\Z)"
    return one.unit == "ordinal" and re.search(alone, text, re.IGNORECASE) is not None


def _exchanged(agreed: list[tuple[Quantity, Quantity]]) -> Iterator[tuple[Quantity, Quantity]]:
    """Two values that changed places between two nouns: both as (first, what stands for it now)."""
    moved = [
        (one, two, _slot(one).counted, _slot(two).counted)
        for one, two in agreed
        if one.unit == two.unit == "count" and (one.noun or one.state) and (two.noun or two.state)
    ]
    crossed = [row for row in moved if row[2] != row[3]]
    for number, (one, _, from_one, to_one) in enumerate(crossed):
        for _, two, from_two, to_two in crossed[number + 1 :]:
            if (from_one, from_two) == (to_two, to_one) and compare(one, two) == "conflict":
                yield one, two


CHECK = QuantityCheck()
