"""Left and right, upper and lower, eastern and western: the one side of a thing in one text, the other in the other.

Words like "left" and "right" have other senses, so that what they are told of must stand right behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from consistency.facts._lists import word_set
from consistency.facts._rare import Rare
from consistency.facts._turns.compared import sides_exchanged
from consistency.facts.kin import kindred
from consistency.facts.polarity import lemmas
from consistency.records import Span

_OTHER: Final = {
    one: others.split()
    for pair in (
        "left / right",
        "upper / lower",
        "inner / outer",
        "front / rear hind back",
        "northern / southern",
        "eastern / western",
        "north / south",
        "east / west",
    )
    for one, others in (
        *((word, pair.split(" / ")[1]) for word in pair.split(" / ")[0].split()),
        *((word, pair.split(" / ")[0]) for word in pair.split(" / ")[1].split()),
    )
}
_SIDE: Final = Rare(rf"\b({'|'.join(_OTHER)})(?:-hand)?[ \u00a0](?=[^\W\d_])", *_OTHER)
_POINTS: Final = word_set("north south east west northern southern eastern western")
_PARTS: Final = re.compile(
    r"(?:[a-z]+ )?(?:sides?|banks?|walls?|wings?|towers?|faces?|ridges?|gates?|entrances?|exits?|ends?|coasts?|slopes?"
    r"|shores?|stands?|flanks?|piers?|facades?|quays?|platforms?|runways?|lanes?|lines?|doors?|windows?)\b",
    re.IGNORECASE,
)
"""Parts of a thing that are told by the points of the compass; lands and towns are the business of others."""
_JOINED: Final = re.compile(r"\b(?:and|or|to|not|nor|both|than|,)[ \u00a0](?:[a-z]+ )?\Z", re.IGNORECASE)
_BOTH: Final = re.compile(r"\b(?:both|either|neither|each) (?:of )?(?:[a-z]+ ){0,2}\Z", re.IGNORECASE)
_STOP: Final = re.compile(
    r"[.!?;:,()—–]|\b(?:and|or|but|who|which|that|in|of|on|at|by|to|from|for|with)\b", re.IGNORECASE
)
_MOST: Final = 12
"""Sides of a text that are read."""
_WINDOW: Final = 40
"""Characters behind a side in which what it is one of stands."""
_HEADS: Final = 2


class _Side(NamedTuple):
    word: str
    place: Span
    heads: tuple[str, ...]


def other_side(texts: tuple[str, str]) -> Iterator[tuple[Span, Span]]:
    """The sides of one thing that are not the same in both texts, where neither text tells of both sides of it."""
    here, there = map(_sides, texts)
    for one in here:
        for other in there:
            if other.word not in _OTHER[one.word] or one.heads[0] != other.heads[0] or not _alike(one, other):
                continue
            alone = _alone(one, other, here) and _alone(other, one, there)
            told = any(map(_open, texts, (one, other))) or sides_exchanged(texts, (one.place, other.place))
            if alone and not told:
                yield one.place, other.place


def _alike(one: _Side, other: _Side) -> bool:
    return one.heads == other.heads or min(len(one.heads), len(other.heads)) == 1


def _alone(one: _Side, other: _Side, told: Sequence[_Side]) -> bool:
    """Whether a text tells nowhere of the other side of the same thing."""
    return not any(
        side.word in _OTHER[one.word]
        and any(head == word or kindred(head, word) for head in side.heads for word in one.heads + other.heads)
        for side in told
    )


def _open(text: str, side: _Side) -> bool:
    """Whether a side is one of two that are told together, or is denied: "left and right", "not the left"."""
    start = max(0, side.place.start - _WINDOW)
    if _JOINED.search(text, start, side.place.start):
        return True
    return _BOTH.search(text, start, side.place.start) is not None


def _sides(text: str) -> list[_Side]:
    found: list[_Side] = []
    for match in islice(_SIDE.finditer(text), _MOST):
        word = match[1].casefold()
        if word in _POINTS and not _PARTS.match(text, match.end()):
            continue
        end = min(len(text), match.end() + _WINDOW)
        stop = _STOP.search(text, match.end(), end)
        behind = lemmas(text, Span(match.end(), stop.start() if stop else end))[:_HEADS]
        if behind and behind[0][1].start == match.end():
            found.append(
                _Side(word, Span(match.start(), match.start() + len(match[1])), tuple(word for word, _ in behind))
            )
    return found
