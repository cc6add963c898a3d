"""Years that tell when a thing was done by somebody in office: "signed in 2010 by former President Obama"."""

from __future__ import annotations

import re
from typing import Final

from consistency.facts._names.acting import does
from consistency.records import Span

_YEAR: Final = re.compile(
    r"\b[Ii]n (?:(?:early|mid|late|January|February|March|April|May|June|July|August|September|October|November"
    r"|December)[ -]){0,2}((?:1[5-9]|20)\d\d)\b(?!s)"
)
_MARKS: Final = re.compile(r"[,;:()\n]|[.!?] | [-–—] |—")
_BOUND: Final = re.compile(
    r"\b(?:that|which|who|whom|whose|where|when|while|and|but|after|before|since|until|because|if|as|will|would)\b",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(r"(?:Back |Early )?$")
_LONGEST: Final = 1500
"""Characters of a text beyond which it is no claim and nothing is said of it."""
_NEAR: Final = 60
"""Characters before a year that are looked at."""
_BE: Final = frozenset("was were been is are be first later originally".split())
_AGENT: Final = re.compile(r" by (?:the |then |its |their )?$")


def years_of(text: str, title: Span) -> set[int]:
    """The years in which the one of this title did what his clause tells. Linear in the text.

    A year is one behind "in", without a day: one who tells what happened on a day tells it as news. It stands in the
    piece of the sentence between marks that has the title, or opens the sentence: "In 2010, President Obama signed it".
    """
    found: set[int] = set()
    if len(text) > _LONGEST:
        return found
    marks = [mark.span() for mark in _MARKS.finditer(text)]
    start = max((end for _, end in marks if end <= title.start), default=0)
    stop = min((begin for begin, _ in marks if begin >= title.end), default=len(text))
    for year in _YEAR.finditer(text):
        inside = start <= year.start() and year.end() <= stop
        opening = year.end() < start and _opening(text, year.start()) and text[year.end() : start].strip(" ") == ","
        if opening or (inside and _of_this(text, year.span(), title)):
            found.add(int(year[1]))
    return found


def _opening(text: str, at: int) -> bool:
    head = text[:at]
    begun = max((mark.end() for mark in re.finditer(r"[.!?\n]\s", head)), default=0)
    return _OPENS.fullmatch(head[begun:]) is not None


def _of_this(text: str, year: tuple[int, int], title: Span) -> bool:
    """Whether a year tells when the deed was done, and not how old a thing is: "the bridge built in 2019"."""
    begin, end = year
    between = text[end : title.start] if end <= title.start else text[title.end : begin]
    if _BOUND.search(between):
        return False
    if end <= title.start and _AGENT.search(between):
        return True
    words = text[max(0, begin - _NEAR) : begin].split()
    if not words or not does(words[-1]):
        return True
    return len(words) > 1 and (words[-2].casefold() in _BE or words[-2][0].isupper())  # "was signed in", "Obama ran in"
