"""What two figures in one slot say of each other beyond their values: slips of the pen, other ways to group digits."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from consistency.facts._figures.intervals import close
from consistency.facts._figures.money import CURRENCIES
from consistency.facts._spelling import transposed
from consistency.facts.quantity import Quantity

_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,]\d{1,9}){1,6}(?!\d)")
_DOTTED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")
_PLAIN: Final = re.compile(r"\d{4,9}(?![\d.,])")
_THREE: Final = 3
_SCALES: Final = frozenset({10.0, 100.0, 1e3, 1e6})
_SMALL: Final = 10
"""Figures below it share their digits, or a factor of ten, with too many others."""


def dotted(one: Quantity, two: Quantity) -> bool:
    """ "18.000 kroner" are 18,000 where the other side says so, in figures or in words."""
    for fact, other in ((one, two), (two, one)):
        written = _DOTTED.search(fact.text)
        if written and other.low == other.high == fact.low * 1000 ** written[0].count("."):
            return True
    figures = [_GROUPED.search(fact.text) for fact in (one, two)]
    if not figures[0] or not figures[1]:
        return False
    plain = [figure[0] for figure in figures if figure]
    dots = [_DOTTED.fullmatch(figure) is not None for figure in plain]
    return dots[0] != dots[1] and plain[0].replace(".", ",") == plain[1].replace(".", ",")


def spaced(text: str) -> str:
    """A pattern of the first figure of a text with blanks in it: "3, 800" and "3 800" of 3,800, "12 500" of 12500;
    empty where it has none that is long enough.
    """
    if figure := _GROUPED.search(text):
        first, *groups = re.split(r"(?=[.,])", figure[0])
        threes = all(len(group) == _THREE + 1 for group in groups)
        return first + "".join(rf"{re.escape(group[0])}{'?' if threes else ''}\s+{group[1:]}" for group in groups)
    if figure := _PLAIN.search(text):
        lead = (len(figure[0]) - 1) % _THREE + 1
        return figure[0][:lead] + re.sub(r"(\d{3})", r"\\s+\1", figure[0][lead:])
    return ""


def slip(one: Quantity, two: Quantity) -> bool:
    """Whether one figure is the other with a slip: another unit behind it, a nought too many, two digits turned round.

    Told of different things, two figures are hardly ever that like each other.
    """
    if one.unit != two.unit or not one.stated or not two.stated:
        return False
    digits = [_digits(fact.stated) for fact in (one, two)]
    if one.factor != two.factor:
        return close(one.stated, two.stated) or (digits[0] == digits[1] and len(digits[0]) > 1)
    large, small = max(one.stated, two.stated), min(one.stated, two.stated)
    if any(math.isclose(large, small * scale) for scale in _SCALES):
        return large >= _SMALL and large / _SMALL >= _SMALL
    return small > _SMALL and transposed(f"{one.stated:g}", f"{two.stated:g}")


def _digits(value: float) -> str:
    """The digits of a figure, without the noughts at its ends."""
    return re.sub(r"\D", "", f"{value:.12g}").strip("0")


def scaled(one: Quantity, two: Quantity) -> bool:
    """Whether two figures have the same digits, two of them at least, and one is a thousand times the other or more."""
    figures = [fact.stated * fact.factor for fact in (one, two)]
    digits = {_digits(fact.stated) for fact in (one, two)}
    if one.unit != two.unit or not min(figures) or len(digits) > 1 or any(len(found) < 2 for found in digits):
        return False
    return any(math.isclose(max(figures), min(figures) * times) for times in _THOUSANDS)


_THOUSANDS: Final = (1e3, 1e6)
_WEIGHT: Final = 453.59237


_WEIGHED: Final = re.compile(r"\b(?:weigh\w*|lost|gained|lifted|shed)\s*\Z", re.IGNORECASE)
_HEAVY: Final = re.compile(r"\s*(?:of|in weight|heavier|lighter|overweight|heavy)\b", re.IGNORECASE)


def in_money(text: str, own: Sequence[Quantity], other: Sequence[Quantity]) -> Sequence[Quantity]:
    """The amounts of a text, its pounds read as money where the other text tells of pounds sterling and no weight, or
    of as many euros.
    """
    units = {fact.unit for fact in other}
    paid = {fact.stated for fact in other if fact.unit in CURRENCIES}
    if not paid or "gram" in units or any(fact.unit == "GBP" for fact in own):
        return own
    return [
        _sterling(fact) if _may_be_paid(text, fact) and ("GBP" in units or fact.stated in paid) else fact
        for fact in own
    ]


def _may_be_paid(text: str, fact: Quantity) -> bool:
    if fact.factor != _WEIGHT or fact.unit != "gram":
        return False
    weighed = _WEIGHED.search(text[max(0, fact.span.start - 20) : fact.span.start])
    return not weighed and not _HEAVY.match(text, fact.span.end)


def _sterling(fact: Quantity) -> Quantity:
    low, high, step = fact.low / _WEIGHT, fact.high / _WEIGHT, fact.step / _WEIGHT
    return msgspec.structs.replace(fact, low=low, high=high, step=step, unit="GBP", factor=1.0)
