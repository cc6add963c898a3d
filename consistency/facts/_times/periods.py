"""How often, and how long in one word: "every third year", "twice a month", "annual", "an hour late", "within days"."""

from __future__ import annotations

import math
from typing import Final, Literal, NamedTuple, TypeAlias

from consistency.facts._figures.intervals import Relation
from consistency.facts._figures.numbers import ONES, ORDINALS
from consistency.facts._kept import kept
from consistency.facts._modifiers import STOPS
from consistency.facts._times.calendar import MONTHS, WEEKDAYS
from consistency.facts._tokens import Token, at, tokenize, words
from consistency.records import Span

Kind: TypeAlias = Literal["rate", "span", "spans", "the"]
"""How often; "a week", one of them; "weeks", some of them; "the week", the one that is meant."""


class Period(NamedTuple):
    """A period in a text: days from one time to the next, or the days that it lasts; `bound` is a word such as "than"
    right before it, `times` how often something is done in it ("twice a year").
    """

    span: Span
    kind: Kind
    days: float
    bound: str = ""
    times: float = 1.0


_DAYS: Final = {
    "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.44, "quarter": 91.3,
    "year": 365.25, "decade": 3652.5, "century": 36525.0,
}  # fmt: skip
_EVERY: Final = {
    **_DAYS, "morning": 1.0, "evening": 1.0, "night": 1.0, "weekend": 7.0, **dict.fromkeys(WEEKDAYS, 7.0),
    **dict.fromkeys(words("spring summer autumn winter"), 365.25), **dict.fromkeys(MONTHS, 365.25),
}  # fmt: skip
"""Days from one to the next, behind "every"."""
_PLURALS: Final = {f"{name}s": days for name, days in _DAYS.items() if name not in {"century", "quarter"}} | {
    "centuries": 36525.0
}
_ADVERBS: Final = {
    "hourly": 1 / 24, "daily": 1.0, "nightly": 1.0, "weekly": 7.0, "fortnightly": 14.0, "monthly": 30.44,
    "quarterly": 91.3, "annual": 365.25, "annually": 365.25, "yearly": 365.25,
}  # fmt: skip
_TIMES: Final = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_BOUNDS: Final = words("than over under nearly almost about around within least most to barely only just half")
_FOR: Final = words("within in for after lasted lasts lasting takes took taken take since by")
_OF: Final = words("for of in during over")
_ANCHORS: Final = words("before after earlier later")
_PASSING: Final = words("and of old ago")
_LOOSE: Final = 1.15
"""Twice a month is every two weeks, or nearly."""


@kept
def periods(text: str) -> tuple[Period, ...]:
    """Every period of `text`, in order; cost linear in the length."""
    tokens = tokenize(text)
    found = (_read(tokens, index) for index, token in enumerate(tokens) if token.fold in _OPENERS)
    return tuple(period for period in found if period is not None)


def relate(one: Period, two: Period) -> Relation:
    """How two periods of one kind agree."""
    if one.kind != two.kind or one.bound != two.bound:
        return "unrelated"
    if math.isclose(one.days * one.times, two.days * two.times, rel_tol=_LOOSE - 1):
        return "same" if one.times == two.times else "variant"  # how often is a number
    return "same" if math.isclose(one.days, two.days, rel_tol=_LOOSE - 1) else "conflict"


def _read(tokens: tuple[Token, ...], index: int) -> Period | None:
    word = tokens[index].fold
    if word in {"every", "each", "per"}:
        return _every(tokens, index)
    if word in _ADVERBS:
        named = tokens[index].text[0].isupper() and index > 0
        return None if named else Period(_span(tokens, index, index + 1), "rate", _ADVERBS[word])
    if word in _PLURALS:
        before, follow = at(tokens, index - 1).fold, at(tokens, index + 1).fold
        plain = before in _FOR and follow not in _PASSING
        return Period(_span(tokens, index, index + 1), "spans", _PLURALS[word], before) if plain else None
    if at(tokens, index + 1).fold not in _DAYS or at(tokens, index + 2).fold in {"-", "and", "'s"}:
        return None
    if word == "one":
        later = at(tokens, index + 2).fold in _ANCHORS
        return Period(_span(tokens, index, index + 2), "span", _DAYS[at(tokens, index + 1).fold]) if later else None
    return _meant(tokens, index) if word == "the" else _one(tokens, index)


def _meant(tokens: tuple[Token, ...], index: int) -> Period | None:
    """ "For the quarter", "the week before"."""
    before, unit = at(tokens, index - 1).fold, at(tokens, index + 1).fold
    span = _span(tokens, index, index + 2)
    if at(tokens, index + 2).fold in _ANCHORS:
        return Period(span, "the", _DAYS[unit])
    meant = before in _OF and unit not in {"minute", "hour", "day"}
    return Period(span, "the", _DAYS[unit], before) if meant else None


def _one(tokens: tuple[Token, ...], index: int) -> Period | None:
    """ "A week": one of them, or how often something is done or paid in it."""
    before, unit = at(tokens, index - 1).fold, at(tokens, index + 1).fold
    if unit == "quarter" or before in {"half", "such", "what", "many", "-"}:
        return None
    span = _span(tokens, index, index + 2)
    if (times := _times(tokens, index)) is not None:
        return Period(span, "rate", _DAYS[unit] / times, times=times)
    if _ends_amount(tokens, index):
        return Period(span, "rate", _DAYS[unit])
    return Period(span, "span", _DAYS[unit], before if before in _BOUNDS else "")


def _every(tokens: tuple[Token, ...], index: int) -> Period | None:
    """ "Every year", "each month", "every two weeks", "every other day", "every third summer"."""
    many, end = 1.0, index + 1
    word = at(tokens, end).fold
    if tokens[index].fold == "every" and (counted := _count(word)):
        many, end = counted, end + 1
    unit = at(tokens, end).fold
    days = _EVERY.get(unit) or (_PLURALS.get(unit) if many > 1 else None)
    if days is None or at(tokens, end + 1).fold == "of":
        return None
    times = _times(tokens, index) or 1.0
    return Period(_span(tokens, index, end + 1), "rate", days * many / times, times=times)


def _count(word: str) -> float | None:
    if word == "other":
        return 2.0
    return ORDINALS.get(word) or ONES.get(word) or (float(word) if word.isascii() and word.isdigit() else None)


def _times(tokens: tuple[Token, ...], index: int) -> float | None:
    """What stands before "a year": "once", "three times"."""
    before = at(tokens, index - 1).fold
    if before in _TIMES:
        return _TIMES[before]
    if before == "times":
        word = at(tokens, index - 2).fold
        return float(ONES.get(word) or (word if word.isascii() and word.isdigit() and len(word) < 6 else 0)) or None
    return None


def _ends_amount(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a figure and what it counts stand before: "52 pounds a year", "40 a day", "two tonnes of fish a week"."""
    if at(tokens, index + 2).fold in _PASSED:
        return False
    for back in range(1, _AMOUNT + 1):
        token = at(tokens, index - back)
        if token.is_digits or token.fold in ONES or token.fold in _SCALES:
            return True
        if not (token.is_word and (token.fold == "of" or token.fold not in STOPS)):
            return False
    return False


_AMOUNT: Final = 6
_PASSED: Final = words("ago earlier later before after old long")


_SCALES: Final = words("hundred thousand million billion")


def _span(tokens: tuple[Token, ...], first: int, end: int) -> Span:
    return Span(tokens[first].start, tokens[end - 1].end)


_OPENERS: Final = frozenset({"every", "each", "per", "a", "an", "one", "the", *_ADVERBS, *_PLURALS})
