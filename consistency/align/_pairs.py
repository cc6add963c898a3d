"""One-to-one: identical claims, the best of the rest, and what is left between two aligned neighbours.

A pair is (place in the reference, place in the version).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from consistency.align._index import Index
from consistency.align._settings import Settings

Pair: TypeAlias = tuple[int, int]
_LEAD = 0.05
"""By how much a pair must be better than any other of its claims to show the order to others."""


def identical(reference: Sequence[str], version: Sequence[str]) -> set[Pair]:
    """Claims of the same words: the first with the first, the second with the second. Both are given in plain words."""
    places: dict[str, deque[int]] = {}
    for at, plain in enumerate(reference):
        places.setdefault(plain, deque()).append(at)
    found = set()
    for right, plain in enumerate(version):
        if waiting := places.get(plain):
            found.add((waiting.popleft(), right))
    return found


def scored(index: Index, fixed: AbstractSet[Pair], given: Settings) -> dict[Pair, float]:
    """The similarity of every claim with its candidates, `fixed` ones left out, and those that can count nowhere.

    A single shared word is no evidence, however short the claims: two claims must be made of little else.
    """
    lefts, rights = {left for left, _ in fixed}, {right for _, right in fixed}
    least = min(given.near, given.accept, given.sure - _LEAD)
    found = {}
    for right, held in enumerate(index.right):
        if right in rights:
            continue
        for left in index.candidates(right, least):
            if left in lefts:
                continue
            similarity = index.similarity(index.left[left], held)
            if similarity >= given.alone or (similarity >= least and index.evidence(left, right) > 1):
                found[left, right] = similarity
    return found


def best(edges: Mapping[Pair, float], fixed: AbstractSet[Pair], given: Settings) -> set[Pair]:
    """Best first; of two alike the one that keeps the order of the sure ones."""
    anchors = sorted(fixed | _anchors(edges, given.sure), key=lambda pair: pair[1])
    ranked = []
    for (left, right), similarity in edges.items():
        in_order = _between(anchors, left, right)
        if similarity >= (given.near if in_order else given.accept):
            ranked.append((-(similarity + given.bonus * in_order), abs(left - right), left, right))
    found: set[Pair] = set()
    lefts: set[int] = set()
    rights: set[int] = set()
    for _, _, left, right in sorted(ranked):
        if left not in lefts and right not in rights:
            found.add((left, right))
            lefts.add(left)
            rights.add(right)
    return found


def gaps(index: Index, pairs: AbstractSet[Pair], given: Settings) -> set[Pair]:
    """Between two aligned neighbours one claim is left on either side: the same told in other words,
    if they have anything in common. The end of the articles stands for one of the two neighbours, and for both
    where either article is a single claim."""
    if not pairs:
        return _only(index, given)
    partner = {right: left for left, right in pairs} | {-1: -1, len(index.right): len(index.left)}
    taken = {left for left, _ in pairs}
    found = set()
    for right, held in enumerate(index.right):
        if right in partner or right - 1 not in partner:
            continue
        left = partner[right - 1] + 1
        if partner.get(right + 1) != left + 1 or left in taken:
            continue
        if index.similarity(index.left[left], held) >= given.gap:
            found.add((left, right))
    return found


def _only(index: Index, given: Settings) -> set[Pair]:
    """One claim against one, as two headlines are: nothing else is there of which either could tell, so that they need
    not be alike. More than a word must be shared."""
    if len(index.left) != 1 or len(index.right) != 1 or index.evidence(0, 0) <= 1:
        return set()
    return {(0, 0)} if index.similarity(index.left[0], index.right[0]) >= given.lone else set()


def _anchors(edges: Mapping[Pair, float], sure: float) -> set[Pair]:
    """Pairs alike beyond doubt: nothing else on either side comes near."""
    lefts: dict[int, tuple[float, float]] = {}
    rights: dict[int, tuple[float, float]] = {}
    for (left, right), similarity in edges.items():
        lefts[left] = _two_best(lefts.get(left, (0.0, 0.0)), similarity)
        rights[right] = _two_best(rights.get(right, (0.0, 0.0)), similarity)
    return {
        (left, right)
        for (left, right), similarity in edges.items()
        if similarity >= sure and similarity >= max(lefts[left][1], rights[right][1]) + _LEAD
    }


def _two_best(known: tuple[float, float], new: float) -> tuple[float, float]:
    return (max(known[0], new), max(known[1], min(known[0], new)))


def _between(anchors: Sequence[Pair], left: int, right: int) -> bool:
    """Whether (left, right) lies between the nearest anchors before and after it, on both sides."""
    at = bisect_left(anchors, right, key=lambda pair: pair[1])
    before = anchors[at - 1][0] if at > 0 else -1
    if at < len(anchors) and anchors[at][1] == right:
        if anchors[at][0] == left:
            return True
        at += 1
    after = anchors[at][0] if at < len(anchors) else left + 1
    return bool(anchors) and before < left < after
