"""Stories without chains: each has a central article, and every other one joins by its own likeness to that one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Edges = Mapping[tuple[int, int], float]
"""Pairs of articles that belong together, (smaller, larger), each with its score."""


def stars(
    members: Sequence[int],
    edges: Edges,
    *,
    own: Mapping[int, int],
    pull: Callable[[int, int], float],
    may: Callable[[int, int], bool],
    ranks: NDArray[np.int64],
) -> dict[int, int]:
    """The centre of each article; a centre is its own.

    Centres are taken greedily, first the one that would gather most: its `own` articles and, over an edge, as many of
    the other's as it can `pull`(centre, other), where it `may`(centre, other) be a centre for that at all; of equal
    ones the most liked. Then every other article goes to the centre it is most like. Ties fall to the lower rank.
    """
    beside: dict[int, list[tuple[int, float]]] = {one: [] for one in members}
    above: dict[int, list[tuple[int, float]]] = {one: [] for one in members}
    for (left, right), score in edges.items():
        for one, other in ((left, right), (right, left)):
            if may(one, other):
                beside[one].append((other, score))
                above[other].append((one, score))
    drawn = {one: own[one] + sum(pull(one, other) for other, _ in others) for one, others in beside.items()}
    liked = {one: sum(score for _, score in others) for one, others in beside.items()}
    centres: set[int] = set()
    covered: set[int] = set()
    for one in sorted(members, key=lambda one: (-round(drawn[one], 6), -round(liked[one], 6), int(ranks[one]))):
        if one not in covered:
            centres.add(one)
            covered |= {one, *(other for other, _ in beside[one])}
    found: dict[int, int] = {}
    for one in members:
        near = [(-score, int(ranks[other]), other) for other, score in above[one] if other in centres]
        found[one] = one if one in centres else min(near)[2]
    return found
