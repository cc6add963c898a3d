"""Two figures of one slot that differ and are both right: one is reckoned from the other."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from consistency.facts._figures.money import CURRENCIES
from consistency.facts._figures.numbers import ONES
from consistency.facts._times.periods import periods
from consistency.facts.quantity import Quantity

_MOST_PARTS: Final = 6
"""Figures beside one that may add up with it, or of which it may be the rest: a bound on what a table can cost."""
_ONE_MORE: Final = re.compile(r"\b(?:and|but|except|plus|save|bar|other than) one\b(?!-)", re.IGNORECASE)
"""Where "one" alone is read as no figure: "three plants in Italy and one in Spain"."""
_OF: Final = re.compile(r"\s+of\s+(?:the|its|their|these|those|his|her|our)\b", re.IGNORECASE)
_OTHERS: Final = re.compile(r"\s+(?:of\s+the\s+)?others?\b", re.IGNORECASE)
MOST_NAMED: Final = 4
"""Those whom a text names beside "others" before it gives a number of all."""
_SCALED: Final = 1000.0
_ROUNDED: Final = 0.06
"""How far "close to sixty" may lie from the sum that it tells: 41 and 16."""
_BARE: Final = re.compile(r"\W+(?:if|when|once|more|in|for|by|on|and)\b|\s*[.,;:)]|\s*\Z", re.IGNORECASE)


def reckoned(
    texts: tuple[str, str], sides: tuple[Sequence[Quantity], Sequence[Quantity]], one: Quantity, two: Quantity
) -> bool:
    """Whether the figure of one text follows from figures of the other, or is the same told without its scale."""
    return (
        _rest_of(texts, one, two)
        or _part_of(texts, one, two)
        or _sum_of(texts[0], one, sides[0], two)
        or _sum_of(texts[1], two, sides[1], one)
        or _times(texts, one, two, sides)
        or _times(texts[::-1], two, one, sides[::-1])
        or _left_of(texts[0], one, sides[0], two, sides[1])
        or _left_of(texts[1], two, sides[1], one, sides[0])
        or _unscaled(texts[1], two, sides[1], one)
        or _unscaled(texts[0], one, sides[0], two)
        or _in_all(texts, one, two, sides)
        or _in_all(texts[::-1], two, one, sides[::-1])
    )


def _in_all(texts: Sequence[str], part: Quantity, whole: Quantity, sides: Sequence[Sequence[Quantity]]) -> bool:
    """ "300 euros a year for three years" are 900 euros over three years."""
    if part.unit != whole.unit or not 0 < part.low == part.high < whole.stated * whole.factor:
        return False
    rates = [period.days for period in periods(texts[0]) if period.days and period.span.start == part.span.end + 1]
    lasts = [fact.stated * fact.factor / _DAY for side in sides for fact in side if fact.unit == "second"]
    room = _ROUNDED if whole.kind == "approximate" else _NEARLY
    return any(
        math.isclose(part.low * last / days, whole.stated * whole.factor, rel_tol=room)
        for days in rates[:1]
        for last in lasts[:_MOST_PARTS]
    )


_DAY: Final = 86400.0
_NEARLY: Final = 0.02
"""What months and weeks of other lengths may differ by."""


def _rest_of(texts: tuple[str, str], one: Quantity, two: Quantity) -> bool:
    """ "Page and three other people" are four: one side counts with, the other without those it names."""
    beside = [_OTHERS.match(text, fact.span.end) is not None for text, fact in zip(texts, (one, two), strict=True)]
    left, whole = (one, two) if beside[0] else (two, one)
    if beside[0] == beside[1] or {one.unit, two.unit} != {"count"}:
        return False
    return 0 < whole.low - left.low <= MOST_NAMED


def _part_of(texts: tuple[str, str], one: Quantity, two: Quantity) -> bool:
    """ "400 of its members" are no other number of members than 4,000."""
    parted = [_OF.match(text, fact.span.end) for text, fact in zip(texts, (one, two), strict=True)]
    if (parted[0] is None) == (parted[1] is None) or {one.unit, two.unit} != {"count"}:
        return False
    part, whole = (one, two) if parted[0] else (two, one)
    return part.high < whole.low


def _sum_of(text: str, part: Quantity, facts: Sequence[Quantity], whole: Quantity) -> bool:
    """Whether a count and others of its text, of no other fate, add up to what the other text gives in one figure."""
    loose = whole.kind == "approximate"
    if {part.unit, whole.unit} != {"count"} or not (loose or whole.low == whole.high) or whole.high <= part.high:
        return False
    others = [
        fact.low
        for fact in facts
        if fact is not part and fact.unit == "count" and fact.state in {"", part.state} and 0 < fact.low == fact.high
    ][:_MOST_PARTS]
    others += [1.0] * (_ONE_MORE.search(text) is not None)
    room = _ROUNDED * whole.stated if loose else 0.0
    return any(
        abs(sum(some) + part.low - whole.stated) <= room
        for size in range(1, len(others) + 1)
        for some in combinations(others, size)
    )


def _times(texts: Sequence[str], part: Quantity, whole: Quantity, sides: Sequence[Sequence[Quantity]]) -> bool:
    """Whether one figure is another so many times as its text alone tells: 160 who pay ten pounds, "20,000, and twice
    as much".
    """
    text, told = texts
    if part.unit != whole.unit or part.unit in _NAMING or not part.low == part.high > 0 or not whole.low > 0:
        return False
    rest = f"{text[: part.span.start]} {text[part.span.end :]}"
    kinds = {"factor"} if part.unit == "count" else {"count", "factor"}
    factors = [fact.low for fact in sides[0] if fact is not part and fact.unit in kinds]
    known = {fact.low for fact in sides[1] if fact.unit in kinds}
    factors += [factor for factor, said in _FACTORS if said.search(rest) and not said.search(told)]
    room = _ROUNDED if whole.kind == "approximate" else _ABOUT
    return any(
        math.isclose(product, whole.stated * whole.factor, rel_tol=room)
        for factor in factors[:_MOST_PARTS]
        if 0 < factor < math.inf and factor != 1 and factor not in known
        for product in (part.low * factor, part.low / factor)
    )


_FACTORS: Final = (
    (
        2.0,
        re.compile(
            r"\b(?:twice|doubl(?:e|ed|ing)|hal(?:ve|ved|ving)|half (?:of )?(?:as|that|this|what))\b", re.IGNORECASE
        ),
    ),
    (
        3.0,
        re.compile(
            r"\b(?:three times|tripl(?:e|ed|ing)|trebl(?:e|ed|ing)|a third (?:of )?(?:as|that|this|what))\b",
            re.IGNORECASE,
        ),
    ),
    (
        4.0,
        re.compile(
            r"\b(?:four times|fourfold|quadrupl(?:e|ed|ing)|a quarter (?:of )?(?:as|that|this|what))\b", re.IGNORECASE
        ),
    ),
)
_ABOUT: Final = 0.001


def _left_of(text: str, part: Quantity, facts: Sequence[Quantity], rest: Quantity, told: Sequence[Quantity]) -> bool:
    """Whether what one text gives is the difference of two figures of the other: two of 31 leave 29, from 600 to 850
    is up by 250.

    Where the other text has a further figure of its own, it is another account and no difference.
    """
    kinds = {"count", part.unit} | (CURRENCIES if part.unit == "count" else frozenset())
    if rest.kind != "exact" or part.kind != "exact" or rest.unit not in kinds or not _NAMING.isdisjoint(kinds):
        return False
    others = [
        fact.stated
        for fact in facts
        if fact is not part
        and fact.kind == "exact"
        and (fact.unit == part.unit or _beside(text, part, fact) or _of_scale(part, fact) or _of_money(part, fact))
    ][:_MOST_PARTS]
    others += [1.0] * (_ONE_MORE.search(text) is not None)
    own = {fact.stated for fact in facts}
    if part.factor != rest.factor or any(fact.stated not in own for fact in told if fact is not rest):
        return False
    known = {fact.stated for fact in told if fact is not rest}
    return any(abs(part.stated - other) == rest.stated > 0 and {part.stated, other} - known for other in others)


_NAMING: Final = frozenset({"ordinal", "label", "score", "age", "tens", "factor", "race"})
"""Units with which nobody reckons."""
_MORE: Final = re.compile(r"\s+(?:more|fewer|less|higher|lower|up|down|above|below)\b", re.IGNORECASE)


def _of_scale(part: Quantity, fact: Quantity) -> bool:
    """ "28 million euros ... the figure of 19 million": of a sum it says the scale alone."""
    return fact.unit == "count" and not fact.noun and fact.step == part.step >= _SCALED**2 and part.factor == 1


def _of_money(part: Quantity, fact: Quantity) -> bool:
    """ "Has raised €73,000; the brewery wants 80,000": the currency is said once."""
    return part.unit == "count" and not part.noun and fact.unit in CURRENCIES


def _beside(text: str, part: Quantity, fact: Quantity) -> bool:
    """ "75 to 55 days", "9 euros, two more than last season": a figure that borrows the unit of the other."""
    first, second = sorted((part, fact), key=lambda one: one.span)
    return text[first.span.end : second.span.start].strip() == "to" or _MORE.match(text, part.span.end) is not None


def _unscaled(text: str, bare: Quantity, facts: Sequence[Quantity], whole: Quantity) -> bool:
    """ "Eighteen million, and another three": the scale is said once."""
    if (
        bare.noun
        or bare.unit != "count"
        or not bare.low
        or whole.low != whole.high
        or not _BARE.match(text, bare.span.end)
    ):
        return False
    scale = whole.low / bare.low
    earlier = any(fact.span.end <= bare.span.start and fact.low >= scale for fact in facts)
    return scale in {_SCALED, _SCALED**2, _SCALED**3} and earlier


_EDGE: Final = re.compile(
    r"\b(?:from|until|till|before|after|since|but|except|past)\s+(?:the\s+|its\s+|their\s+)?\Z", re.IGNORECASE
)
_EARLY: Final = re.compile(r"\s+(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b")
_TO_DO: Final = re.compile(r"\s+to\s+[a-z]")


def other_rank(texts: tuple[str, str], one: Quantity, two: Quantity) -> bool:
    """Whether two ordinals tell the two sides of one edge, or one of them tells who was ahead of all others.

    "All but the first season" is "from the second season on", "for the first two days" is "from the third day on";
    the "first to visit" counts no visits.
    """
    if one.unit != "ordinal" or two.unit != "ordinal":
        return False
    facts = list(zip(texts, (one, two), strict=True))
    ahead = [_TO_DO.match(text, fact.span.end) is not None for text, fact in facts]
    if ahead[0] != ahead[1]:
        return True
    edges = [_EDGE.search(text[max(0, fact.span.start - _BEFORE) : fact.span.start]) for text, fact in facts]
    early, late = (0, 1) if one.low < two.low else (1, 0)
    text, fact = facts[early]
    reach = fact.low
    if (many := _EARLY.match(text, fact.span.end)) is not None:
        reach += _counted(many[0].strip()) - 1
    said = [edge[0].split()[0].lower() if edge else "" for edge in edges]
    return bool(said[late]) and said[0] != said[1] and facts[late][1].low == reach + 1


_BEFORE: Final = 20


def _counted(word: str) -> float:
    return float(word) if word.isdigit() else float(ONES[word.lower()])
