"""Whether two opposites are told of two parts of one body: seven of nine voted for it, and two against."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from consistency.facts.quantity import Quantity, quantities
from consistency.records import Span

_WINDOW: Final = 90
"""Characters before a word in which it is told how many do it."""
_BETWEEN: Final = 8
"""Words between the number and the word at most."""
_FIGURES: Final = 40
"""Figures of a text that are looked at."""
_END: Final = re.compile(r"[.!?;:](?=\s|\Z)")
_OF: Final = re.compile(r"\bof (?:[^\W\d_]+(?:['’]s)? ){0,2}\Z|\b(?:all|whose|the|its|their) \Z", re.IGNORECASE)
"""Behind this stands the number of the whole: "of the nine", "of the council's nine"."""
_AGE: Final = re.compile(r"[- ]year", re.IGNORECASE)
_YEARS: Final = range(1900, 2101)
_WORD: Final = re.compile(r"[^\W\d_]+")


class _Part(NamedTuple):
    number: float
    unit: str
    whole: float


def parts_of_one(texts: tuple[str, str], spans: tuple[Span, Span]) -> bool:
    """Whether so many do the one in one text, and so many others the opposite in the other.

    Where the number of the whole is told, both parts together must not be more.
    """
    one, other = (_part(text, span) for text, span in zip(texts, spans, strict=True))
    if one is None or other is None or one.unit != other.unit or one.number == other.number:
        return False
    whole = max(one.whole, other.whole) or (100.0 if one.unit == "percent" else 0.0)
    return not whole or one.number + other.number <= whole


def _part(text: str, span: Span) -> _Part | None:
    begin = max(0, span.start - _WINDOW)
    begin = max((mark.end() for mark in _END.finditer(text, begin, span.start)), default=begin)
    found = whole = None
    for one in quantities(text)[:_FIGURES]:
        if not (begin <= one.span.start and one.span.end <= span.start) or not _counts(text, one):
            continue
        if _OF.search(text, max(begin, one.span.start - _WINDOW), one.span.start):
            whole = one
        else:
            found = one
    if found is None or len(_WORD.findall(text, found.span.end, span.start)) > _BETWEEN:
        return None
    return _Part(found.low, found.unit, whole.low if whole is not None and whole.unit == found.unit else 0.0)


def _counts(text: str, one: Quantity) -> bool:
    """Whether a figure says how many, and is neither an age nor a year."""
    if one.unit not in {"count", "percent"} or one.low != one.high:
        return False
    return _AGE.match(text, one.span.end) is None and not (one.unit == "count" and one.low in _YEARS)
