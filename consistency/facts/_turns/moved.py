"""What rose in one text by the very figure by which it fell in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from consistency.facts._lists import word_set
from consistency.facts.hedge import lemma
from consistency.facts.polarity import lemmas
from consistency.facts.quantity import Quantity, quantities
from consistency.records import Span

_UP: Final = frozenset(
    map(
        lemma,
        word_set("rise gain climb jump increase grow surge strengthen soar rally appreciate leap accelerate quicken"),
    )
)
_DOWN: Final = frozenset(
    map(
        lemma,
        word_set(
            "fall lose drop decline slip shed slide decrease shrink tumble sink weaken dip plunge slump depreciate",
            "slow ease cool retreat plummet",
        ),
    )
)
_PAIRED: Final = frozenset(map(lemma, word_set("slow ease cool accelerate quicken")))
"""What is told of how fast a thing grows, so that one figure alone says nothing: growth slows to what it grows by."""
_VERB: Final = re.compile(r"\b[a-z]{3,}\b")
_TO: Final = re.compile(r"\b(?:to|at|as)\b")
_UNITS: Final = re.compile(r"percent|point")
_LESS: Final = re.compile(
    r"\b(?:loss(?:es)?|deficits?|shortfalls?|gaps?|declines?|discounts?|debts?|unemployment|jobless\w*|poverty|mortality)\b",
    re.IGNORECASE,
)
"""What grows where its contrary shrinks."""
_AGAINST: Final = re.compile(r"\b(?:against|versus|over|to|from|on|than)\s+(?:the\s+)?([^\W\d_]+)", re.IGNORECASE)
_MARK: Final = re.compile(r"[.!?;:](?=\s|\Z)|\b(?:and|but|while|whereas|after|before|which|who|as)\b")
_WINDOW: Final = 50
"""Characters behind a verb in which its figures stand."""
_MOST: Final = 24
"""Verbs of a text, and figures, that are read."""


class _Move(NamedTuple):
    """Which way, where it is told, the figures, and whether the figure is where it went and not how far."""

    up: bool
    place: Span
    figures: frozenset[tuple[float, str]]
    to: bool
    paired: bool
    who: str


def moved_back(texts: tuple[str, str]) -> Iterator[tuple[Span, Span]]:
    """Verbs of rising and falling with the same figures behind them, where each text tells of one way alone."""
    here = _moves(texts[0])
    there = _moves(texts[1]) if here else []
    if not there or bool(_LESS.search(texts[0])) != bool(_LESS.search(texts[1])):
        return
    others = tuple({lemma(word.casefold()) for word in islice(_AGAINST.findall(text), _MOST)} for text in texts)
    for one in here:
        for other in there:
            if one.up == other.up or one.figures != other.figures:
                continue
            single = len(one.figures) == 1
            if single and (one.to != other.to or one.paired or other.paired):
                continue
            if _both_ways(one, here) or _both_ways(other, there) or other.who in others[0] or one.who in others[1]:
                continue
            yield one.place, other.place


def _both_ways(one: _Move, moves: Sequence[_Move]) -> bool:
    return any(move.up != one.up and not move.figures.isdisjoint(one.figures) for move in moves)


def _moves(text: str) -> list[_Move]:
    figures = [one for one in quantities(text)[:_MOST] if _UNITS.search(one.unit)]
    found: list[_Move] = []
    if not figures:
        return found
    for match in _VERB.finditer(text):
        word = lemma(match[0])
        if word not in _UP and word not in _DOWN:
            continue
        told = _behind(text, match.end(), figures)
        if told:
            ahead = lemmas(text, Span(max(0, match.start() - _WINDOW), match.start()))
            to = _TO.search(text, match.end(), told[0].span.start) is not None
            values = frozenset((one.low, one.unit) for one in told)
            who = ahead[-1][0] if ahead else ""
            found.append(_Move(word in _UP, Span(*match.span()), values, to, word in _PAIRED, who))
            if len(found) == _MOST:
                break
    return found


def _behind(text: str, start: int, figures: Sequence[Quantity]) -> list[Quantity]:
    """The figures behind a verb in its clause, two at most."""
    end = min(len(text), start + _WINDOW)
    mark = _MARK.search(text, start, end)
    end = mark.start() if mark else end
    return [one for one in figures if start <= one.span.start < end][:2]
