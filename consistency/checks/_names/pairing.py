"""Which left-over thing of a premise lies where which left-over thing of a hypothesis lies.

Both texts become rows of word stems in which a left-over thing is a hole and things told off against
each other are one and the same peg. Two holes share a slot as far as the rows agree around them.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from consistency.facts._names.words import FUNCTION
from consistency.facts._places.gazetteer import words
from consistency.records import Span

MAX_WORDS = 400
"""Longer rows are not aligned as a whole, the cost is their square; the words around still count."""
REACH = 6
"""Words looked at on each side of a hole."""
LIGHT = 0.25
"""Weight of a function word against one for any other."""
HOLE = "\0"
_ARTICLES = frozenset(["the", "a", "an"])
_ENDINGS = ("ing", "ed", "es", "s", "ly", "e")


class Shared(NamedTuple):
    """A hole of either row, by index; `strength` of their slot 0-1, `rival` that of the next best.

    `alone` is the share of words both texts have, where these are the only holes, else 0.
    """

    premise: int
    hypothesis: int
    strength: float
    rival: float
    alone: float


class _Row(NamedTuple):
    stems: list[str]
    holes: dict[int, int]
    """Where each hole lies in the row."""


def pair(
    texts: tuple[str, str],
    left: tuple[Sequence[Span], Sequence[Span]],
    told: Sequence[tuple[Span, Span]],
) -> list[Shared]:
    """Holes that share a slot, strongest first, each used once. Cost: the product of the two counts."""
    rows = [
        _row(text, spans, [pegs[side] for pegs in told])
        for side, (text, spans) in enumerate(zip(texts, left, strict=True))
    ]
    aligned = _aligned(rows[0], rows[1])
    near = [{number: _around(row, at) for number, at in row.holes.items()} for row in rows]
    alone = _overlap(rows[0], rows[1]) if len(near[0]) == len(near[1]) == 1 else 0.0
    strengths = {
        (i, j): 0.8 * _likeness(one, other) + (0.2 if (i, j) in aligned else 0.0)
        for i, one in near[0].items()
        for j, other in near[1].items()
    }
    found: list[Shared] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for (i, j), strength in sorted(strengths.items(), key=lambda item: -item[1]):
        if i not in used[0] and j not in used[1]:
            rivals = (other for (k, m), other in strengths.items() if (k == i) != (m == j))
            found.append(Shared(i, j, strength, max(rivals, default=0.0), alone))
            used[0].add(i)
            used[1].add(j)
    return found


def _row(text: str, holes: Sequence[Span], pegs: Sequence[Span]) -> _Row:
    marks = {span.start: (span.end, HOLE, number) for number, span in enumerate(holes)}
    marks |= {span.start: (span.end, f"\1{number}", -1) for number, span in enumerate(pegs)}
    stems: list[str] = []
    at: dict[int, int] = {}
    done = 0
    for word in words(text):
        if word.start < done:
            continue
        mark = marks.get(word.start)
        if mark is not None:
            done, token, number = mark
            if number >= 0:
                at[number] = len(stems)
            stems.append(token)
        elif word.fold not in _ARTICLES:
            stems.append(_stem(word.fold))
    return _Row(stems, at)


def _stem(fold: str) -> str:
    for ending in _ENDINGS:
        if fold.endswith(ending) and len(fold) - len(ending) > 3:
            return fold[: -len(ending)]
    return fold


def _aligned(one: _Row, other: _Row) -> set[tuple[int, int]]:
    """Holes that the alignment of the whole rows lays on each other."""
    if max(len(one.stems), len(other.stems)) > MAX_WORDS:
        return set()
    first, second = ({at: number for number, at in row.holes.items()} for row in (one, other))
    blocks = SequenceMatcher(None, one.stems, other.stems, autojunk=False).get_matching_blocks()
    return {
        (first[block.a + step], second[block.b + step])
        for block in blocks
        for step in range(block.size)
        if block.a + step in first and block.b + step in second
    }


def _overlap(one: _Row, other: _Row) -> float:
    """Share of the longer row's content words that both have."""
    first, second = ({stem for stem in row.stems if stem not in FUNCTION and stem != HOLE} for row in (one, other))
    return len(first & second) / max(len(first), len(second), 1)


class _Around(NamedTuple):
    before: list[str]
    """Nearest first."""
    after: list[str]


def _around(row: _Row, at: int) -> _Around:
    return _Around(row.stems[max(0, at - REACH) : at][::-1], row.stems[at + 1 : at + 1 + REACH])


def _likeness(one: _Around, other: _Around) -> float:
    """0-1: shared words around two holes, the nearer the heavier, on the same side most of all."""
    total = shared = 0.0
    sides = ((one.before, other.before, other.after), (one.after, other.after, other.before))
    for mine, same, opposite in sides:
        weights = _weights(mine)
        here, there = _weights(same), _weights(opposite)
        total += sum(weights.values()) + sum(here.values())
        for stem, weight in weights.items():
            if stem in here:
                shared += weight + here[stem]
            elif stem in there:
                shared += 0.5 * (weight + there[stem])
        if (mine[:1] or ["\2"]) == (same[:1] or ["\2"]):
            shared += 0.5
        total += 0.5
    return min(1.0, shared / total)


def _weights(stems: Sequence[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for distance, stem in enumerate(stems):
        if stem != HOLE:
            weight = (LIGHT if stem in FUNCTION else 1.0) * (1 - distance / (2 * REACH))
            found[stem] = max(found.get(stem, 0.0), weight)
    return found
