"""Words of a quote in another notation: figures, dates and acronyms as another house writes them, "$5m" for
"$5 million". What is said is the same, so it is no change of the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

import msgspec

from consistency.facts.date import Date, dates
from consistency.facts.quantity import Quantity, quantities
from consistency.facts.wording import FUNCTION_WORDS, Change, Word, negated
from consistency.records import Span

_Value: TypeAlias = Quantity | Date

_NEAR: Final = 4
"""Words to each side of a change within which a figure or date that it belongs to may reach."""
_SIGN: Final = 2
"""Characters around a word that may hold a sign of its figure: "$5", "5 %"."""
_NO_NOTATION: Final = re.compile(r"dozen|couple|half|halves|quarter|third|pair|score", re.IGNORECASE)
"""A wording of its own, for which to write a figure is to change the words."""
_POUND: Final = 453.59237
"""In grams: as such is a sum read that only says "pounds"."""
_DIGIT: Final = re.compile(r"\d")
_NO_LETTER: Final = re.compile(r"[^a-z]+")
_ACRONYM: Final = re.compile(r"(?:[A-Z]\.?){2,6}")


def noted(change: Change, theirs: Sequence[Word], ours: Sequence[Word], there: str, here: str) -> bool:
    """Whether the version has at this place what the reference has there, in another notation.

    `there` and `here` are the texts of the two articles. What else the reference has at the place is left out, and
    must deny nothing.
    """
    lost = theirs[change.reference.start : change.reference.end]
    new = ours[change.version.start : change.version.end]
    if _acronym(there, lost, here, new) or _acronym(here, new, there, lost):
        return True
    if negated(lost):
        return False
    written = Span(new[0].span.start, new[-1].span.end)
    held = [one for one in _values(here, ours, change.version) if one.span.holds(written)]
    beside = _wider(change.reference, theirs, 1)
    return bool(held and beside) and any(
        _one(a, b) for a in _values(there, theirs, change.reference) if a.span.overlaps(beside) for b in held
    )


def _wider(place: Span, some: Sequence[Word], by: int) -> Span:
    """The stretch of text from so many words before a place in a quote to so many behind it."""
    around = some[max(0, place.start - by) : place.end + by]
    return Span(around[0].span.start, around[-1].span.end) if around else Span(0, 0)


def _values(text: str, some: Sequence[Word], place: Span) -> Iterator[_Value]:
    """The figures and the dates around a place in a quote, where they stand in the text."""
    near = _wider(place, some, _NEAR)
    start = max(0, near.start - _SIGN)
    stretch = text[start : near.end + _SIGN]
    for figure in quantities(stretch):
        if figure.unit != "age" and not _NO_NOTATION.search(figure.text):
            yield msgspec.structs.replace(figure, span=figure.span.shift(start))
    for date in dates(stretch):
        if date.absolute or date.weekday is not None:
            yield msgspec.structs.replace(date, span=date.span.shift(start))


def _one(a: _Value, b: _Value) -> bool:
    """Whether two values are the same to the last place, in the same unit: "40 kilometres" is not "25 miles"."""
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        if {a.unit, b.unit} == {"gram", "GBP"}:
            weight, sum_ = (a, b) if a.unit == "gram" else (b, a)
            return weight.factor == _POUND and "lb" not in weight.text and _near(weight.low / _POUND, sum_.low)
        about = a.kind == b.kind and (a.kind == "exact" or _lead(a.text) == _lead(b.text))
        return (about, a.unit, a.factor) == (True, b.unit, b.factor) and _near(a.low, b.low) and _near(a.high, b.high)
    if isinstance(a, Date) and isinstance(b, Date):
        return msgspec.structs.replace(a, span=b.span, text=b.text) == b
    return False


def _lead(text: str) -> str:
    """The words before the first digit: "more than" and "over" are two wordings of one thing."""
    return _NO_LETTER.sub("", _DIGIT.split(text, maxsplit=1)[0].casefold())


def _near(a: float, b: float) -> bool:
    return a == b or abs(a - b) <= 1e-9 * max(abs(a), abs(b))


def _acronym(text: str, short: Sequence[Word], other: str, long: Sequence[Word]) -> bool:
    """Whether one side is the first letters of the other: "U.S." and "United States"."""
    written = {word: text[word.span.start : word.span.end] for word in short}
    shorts = [raw for word, raw in written.items() if raw.isupper() or word.norm not in FUNCTION_WORDS]
    longs = [word for word in long if word.norm not in FUNCTION_WORDS]
    if len(shorts) != 1 or len(longs) < 2 or not all(word.capital for word in longs):
        return False
    letters = "".join(other[word.span.start] for word in longs)
    return _ACRONYM.fullmatch(shorts[0]) is not None and shorts[0].replace(".", "") == letters
