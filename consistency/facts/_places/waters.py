"""Straits, seas and gulfs by their kind and name, whichever comes first: the Strait of Hormuz, the Taiwan Strait."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from consistency.facts._kept import kept
from consistency.facts._names.words import FUNCTION
from consistency.facts._places.exonyms import one_name
from consistency.facts._places.gazetteer import fold, words
from consistency.records import Span

_LONGEST: Final = 4_000
"""Characters of a text beyond which it is no claim and nothing is said of it."""
_STEM: Final = 3
"""Letters by which the name of a country is known again in what is named for it: of Finland, Finnish."""
_WORD: Final = r"[^\W\d_a-z][\w'’-]{1,30}"
_WATER: Final = re.compile(
    rf"\b(?:(?P<first>Strait|Gulf|Sea)s? of (?:the )?(?P<behind>{_WORD})"
    rf"|(?P<before>{_WORD}(?: {_WORD})?) (?P<last>Strait|Gulf|Sea|Ocean|Canal)s?(?! [A-Z]))\b"
)
"""With another capital behind it it is part of a name: the Portland Sea Dogs."""


class Water(NamedTuple):
    """`parts` are the words that tell it from others of its kind."""

    span: Span
    text: str
    kind: str
    parts: frozenset[str]


@kept
def waters(text: str) -> tuple[Water, ...]:
    """The named waters of a text in order. Linear in the text."""
    found: list[Water] = []
    for hit in _WATER.finditer(text) if len(text) <= _LONGEST else ():
        name = hit["behind"] or hit["before"]
        run = [part for part in name.split() if fold(part) not in FUNCTION]
        if run:
            start = hit.start() if hit["first"] else hit.start() + name.index(run[0])
            kind = (hit["first"] or hit["last"]).casefold()
            told = frozenset(fold(part.removesuffix("'s").removesuffix("’s")) for part in run)
            found.append(Water(Span(start, hit.end()), text[start : hit.end()], kind, told))
    return tuple(found)


def one_water(premise: str, one: Span, hypothesis: str, other: Span) -> bool:
    """Whether two words stand in two names of one water: the Gulf of Mexico, the Gulf of America."""
    first = next((water for water in waters(premise) if water.span.overlaps(one)), None)
    second = next((water for water in waters(hypothesis) if water.span.overlaps(other)), None)
    return first is not None and second is not None and one_name(first.text, second.text)


def other_water(premise: str, hypothesis: str) -> tuple[Water, Water] | None:
    """The only named waters of two texts, of one kind, where neither text has a word of the other's name."""
    first, second = waters(premise), waters(hypothesis)
    if len(first) != 1 or len(second) != 1 or first[0].kind != second[0].kind:
        return None
    one, other = first[0], second[0]
    mine, theirs = one.parts - other.parts, other.parts - one.parts
    if not mine or not theirs or one_name(one.text, other.text):
        return None
    return None if _told(mine, hypothesis) or _told(theirs, premise) else (one, other)


def _told(parts: frozenset[str], text: str) -> bool:
    stems = {part[:_STEM] for part in parts}
    return any(word.capital and word.fold[:_STEM] in stems for word in words(text))
