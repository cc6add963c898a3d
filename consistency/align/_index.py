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
        self._postings: dict[str, list[int]] = {}
        for at, held in enumerate(self.left):
            for feature in held:
                self._postings.setdefault(feature, []).append(at)

    def mass(self, held: Features) -> float:
        return sum(self._weight[feature] * share for feature, share in held.items())

    def shared(self, one: Features, other: Features) -> float:
        """The mass of what both hold."""
        return sum(
            self._weight[feature] * min(share, other[feature]) for feature, share in one.items() if feature in other
        )

    def similarity(self, one: Features, other: Features) -> float:
        """Between Dice (both must match) and containment (the shorter stands in the longer), 0 to 1."""
        first, second = self.mass(one), self.mass(other)
        if not first or not second:
            return 0.0
        shared = self.shared(one, other)
        return 0.6 * 2 * shared / (first + second) + 0.4 * shared / min(first, second)

    def between(self, left: Iterable[int], right: Iterable[int]) -> float:
        """Similarity of several claims of either side, each side read as one."""
        return self.similarity(union(self.left, left), union(self.right, right))

    def candidates(self, at: int) -> list[int]:
        """The reference claims that share most with version claim `at`, best first."""
        here = at * len(self.left) // len(self.right)
        held = self.right[at]
        found: dict[int, float] = {}
        looks = 0
        for feature in sorted(held, key=lambda feature: (-self._weight[feature], feature)):
            claims = self.holding(feature, here)
            for claim in claims:
                gain = self._weight[feature] * min(held[feature], self.left[claim][feature])
                found[claim] = found.get(claim, 0.0) + gain
            looks += len(claims)
            if looks > _LOOKS:
                break
        ranked = sorted(found.items(), key=lambda item: (-item[1], abs(item[0] - here), item[0]))
        return [claim for claim, _ in ranked[:_CANDIDATES]]

    def holding(self, feature: str, here: int) -> Sequence[int]:
        """The reference claims that hold a feature; of many, those around claim `here`."""
        claims = self._postings.get(feature, [])
        if len(claims) <= _POSTINGS:
            return claims
        start = bisect_left(claims, here) - _POSTINGS // 2
        start = max(0, min(start, len(claims) - _POSTINGS))
        return claims[start : start + _POSTINGS]


def evidence(one: Features, other: Features) -> float:
    """How many words, numbers and places both hold; a common word counts less than one."""
    return sum(min(share, other[it]) for it, share in one.items() if it in other and not it.startswith(WHOLE))


def union(held: Sequence[Features], which: Iterable[int]) -> dict[str, float]:
    """The features of several claims read as one."""
    found: dict[str, float] = {}
    for at in which:
        for feature, share in held[at].items():
            found[feature] = max(share, found.get(feature, 0.0))
    return found
