"""An inverted index over the claims of both sides: weights, similarity, candidates."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from consistency.align._features import WHOLE, Features, features

_POSTINGS = 40
"""Of the claims that hold a feature so many are looked at, those at the same place of the article."""
_LOOKS = 200
"""Once so many were looked at for one claim, its commoner features tell nothing new."""
_CANDIDATES = 8
_ROUNDING = 1e-6


class Index:
    """Features of the reference's claims (left) and the version's (right), the rarer the heavier."""

    def __init__(self, reference: Sequence[str], version: Sequence[str]) -> None:
        self.left = [features(text) for text in reference]
        self.right = [features(text) for text in version]
        spread: Counter[str] = Counter()
        for held in (*self.left, *self.right):
            spread.update(held.keys())
        total = len(self.left) + len(self.right)
        self._weight = {feature: math.log(1 + total / count) for feature, count in spread.items()}
        self._mass = {id(held): self._weighed(held) for held in (*self.left, *self.right)}
        self._postings: dict[str, list[int]] = {}
        for at, held in enumerate(self.left):
            for feature in held:
                self._postings.setdefault(feature, []).append(at)

    def mass(self, held: Features) -> float:
        known = self._mass.get(id(held))  # of the claims, which live as long as the index; a union is none of them
        return self._weighed(held) if known is None else known

    def _weighed(self, held: Features) -> float:
        weight = self._weight
        return sum([weight[feature] * share for feature, share in held.items()])

    def shared(self, one: Features, other: Features) -> float:
        """The mass of what both hold."""
        return self._weighed(in_common(one, other))

    def similarity(self, one: Features, other: Features, common: Features | None = None) -> float:
        """Between Dice (both must match) and containment (the shorter stands in the longer), 0 to 1.

        `common` is what both hold, where that is known.
        """
        return self._likeness(one, other, self._weighed(in_common(one, other) if common is None else common))

    def _likeness(self, one: Features, other: Features, shared: float) -> float:
        first, second = self.mass(one), self.mass(other)
        if not first or not second:
            return 0.0
        return 0.6 * 2 * shared / (first + second) + 0.4 * shared / min(first, second)

    def between(self, left: Iterable[int], right: Iterable[int]) -> float:
        """Similarity of several claims of either side, each side read as one."""
        return self.similarity(union(self.left, left), union(self.right, right))

    def candidates(self, at: int, least: float = 0.0) -> list[int]:
        """The reference claims that share most with version claim `at`, best first.

        Those less similar than `least` are left out where that shows without a closer look.
        """
        here = at * len(self.left) // len(self.right)
        held = self.right[at]
        found: dict[int, float] = {}
        looks, whole = 0, True
        for feature in sorted(held, key=lambda feature: (-self._weight[feature], feature)):
            if looks > _LOOKS:
                whole = False
                break
            claims = self.holding(feature, here)
            whole = whole and len(claims) == len(self._postings.get(feature, ()))
            share, weight = held[feature], self._weight[feature]
            for claim in claims:
                found[claim] = found.get(claim, 0.0) + weight * min(share, self.left[claim][feature])
            looks += len(claims)
        ranked = sorted(found.items(), key=lambda item: (-item[1], abs(item[0] - here), item[0]))[:_CANDIDATES]
        if whole:  # then the gains are all that two claims share, up to the order in which they were added up
            ranked = [one for one in ranked if self._likeness(self.left[one[0]], held, one[1]) >= least - _ROUNDING]
        return [claim for claim, _ in ranked]

    def holding(self, feature: str, here: int) -> Sequence[int]:
        """The reference claims that hold a feature; of many, those around claim `here`."""
        claims = self._postings.get(feature, [])
        if len(claims) <= _POSTINGS:
            return claims
        start = bisect_left(claims, here) - _POSTINGS // 2
        start = max(0, min(start, len(claims) - _POSTINGS))
        return claims[start : start + _POSTINGS]


def in_common(one: Features, other: Features) -> Features:
    """What both hold, each at its lower share."""
    return {it: min(share, other[it]) for it, share in one.items() if it in other}


def evidence(common: Features) -> float:
    """How many words, numbers and places are held in common; a common word counts less than one."""
    return sum([share for it, share in common.items() if it[0] != WHOLE])


def union(held: Sequence[Features], which: Iterable[int]) -> dict[str, float]:
    """The features of several claims read as one."""
    found: dict[str, float] = {}
    for at in which:
        for feature, share in held[at].items():
            found[feature] = max(share, found.get(feature, 0.0))
    return found
