"""One version beside the reference: which claims stand in one row, in what order. Pure, no HTML."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

import msgspec

from consistency.records import Alignment, Claim

Kind: TypeAlias = Literal["same", "reworded", "unscored", "reference", "version"]
"""Aligned and alike, aligned and told otherwise, aligned but not compared; only in the one, only in the other."""


class Row(msgspec.Struct, frozen=True):
    """Claims that stand beside each other, either side maybe empty. `moved`: told at another place of the story.

    `begins` says that a paragraph begins here, where the article's text is at hand to tell.
    """

    kind: Kind
    reference: tuple[Claim, ...]
    version: tuple[Claim, ...]
    alignments: tuple[Alignment, ...] = ()
    moved: bool = False
    begins: bool = False


class _Open(msgspec.Struct):
    """A row that is being filled, by places of claims."""

    left: list[int]
    right: list[int]
    alignments: list[Alignment]


def rows(left: Sided, right: Sided, found: Sequence[Alignment]) -> tuple[Row, ...]:
    """Every claim of the reference (`left`) and of the version once, in order of the version.

    A claim that only the reference has stands behind the row of the claim before it.
    """
    placed = _ordered(_filled(found, left.claims, right.claims), len(left.claims), len(right.claims))
    moved = _moved([row.left[0] if row.left and row.right else -1 for row in placed])
    leads = right if right.breaks else left
    made = []
    for at, row in enumerate(placed):
        premise = tuple(left.claims[place] for place in sorted(row.left))
        hypothesis = tuple(right.claims[place] for place in sorted(row.right))
        first = (hypothesis if leads is right else premise)[:1]
        begins = any(claim.id in leads.breaks for claim in first)
        kind = _kind(premise, hypothesis, row.alignments)
        made.append(Row(kind, premise, hypothesis, tuple(row.alignments), at in moved, begins))
    return tuple(made)


class Sided(msgspec.Struct, frozen=True):
    """One article's claims in order of the text, and the ids of those that begin a paragraph, where that is known."""

    claims: tuple[Claim, ...]
    breaks: frozenset[str]

    @classmethod
    def of(cls, text: str, claims: Iterable[Claim]) -> Sided:
        """`text` is empty where a saved report did not keep it."""
        told = tuple(sorted(claims, key=lambda claim: claim.span))
        pairs = pairwise(told)
        return cls(told, frozenset(two.id for one, two in pairs if "\n" in text[one.span.end : two.span.start]))


def _filled(found: Iterable[Alignment], left: Sequence[Claim], right: Sequence[Claim]) -> list[_Open]:
    """A row for each alignment; one that shares a claim with another joins its row. An id of nobody is passed over."""
    of_left: dict[str, _Open] = {}
    of_right: dict[str, _Open] = {}
    at_left = {claim.id: place for place, claim in enumerate(left)}
    at_right = {claim.id: place for place, claim in enumerate(right)}
    made: list[_Open] = []
    for entry in found:
        premise = [claim for claim in entry.premise if claim in at_left]
        hypothesis = [claim for claim in entry.hypothesis if claim in at_right]
        if not premise or not hypothesis:
            continue
        met = [of_left[claim] for claim in premise if claim in of_left]
        met += [of_right[claim] for claim in hypothesis if claim in of_right]
        if not met:
            made.append(_Open([], [], []))
        row = met[0] if met else made[-1]
        row.left += [at_left[claim] for claim in dict.fromkeys(premise) if claim not in of_left]
        row.right += [at_right[claim] for claim in dict.fromkeys(hypothesis) if claim not in of_right]
        row.alignments.append(entry)
        of_left |= {claim: row for claim in premise if claim not in of_left}
        of_right |= {claim: row for claim in hypothesis if claim not in of_right}
    return made


def _ordered(filled: Sequence[_Open], left: int, right: int) -> list[_Open]:
    """All rows in order of the version, claims that stand alone among them."""
    by_left = {place: row for row in filled for place in row.left}
    by_right = {place: row for row in filled for place in row.right}
    behind: dict[int, list[int]] = {}
    """Places of the reference alone, by the place of the last aligned one before them; -1 = the very beginning."""
    anchor = -1
    for place in range(left):
        if place in by_left:
            anchor = place
        else:
            behind.setdefault(anchor, []).append(place)
    done: set[int] = set()
    placed = [_Open([place], [], []) for place in behind.get(-1, ())]
    for place in range(right):
        row = by_right.get(place, _Open([], [place], []))
        if id(row) in done:
            continue
        done.add(id(row))
        placed.append(row)
        placed += [_Open([gone], [], []) for anchored in sorted(row.left) for gone in behind.get(anchored, ())]
    return placed


def _moved(starts: Sequence[int]) -> set[int]:
    """Rows that keep out of the longest run of rows that both articles tell in the same order; -1 takes no part."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    taking = [at for at, start in enumerate(starts) if start >= 0]
    for at in taking:
        length = bisect_left(tails, starts[at])
        if length:
            before[at] = ends[length - 1]
        tails[length : length + 1] = [starts[at]]
        ends[length : length + 1] = [at]
    kept: set[int] = set()
    step = ends[-1] if ends else -1
    while step >= 0:
        kept.add(step)
        step = before.get(step, -1)
    return set(taking) - kept


def _kind(premise: Sequence[Claim], hypothesis: Sequence[Claim], found: Sequence[Alignment]) -> Kind:
    if not hypothesis:
        return "reference"
    if not premise:
        return "version"
    if any(entry.forward is None or entry.backward is None for entry in found):
        return "unscored"
    told = {" ".join(claim.text for claim in side) for side in (premise, hypothesis)}
    return "same" if len(told) == 1 else "reworded"
