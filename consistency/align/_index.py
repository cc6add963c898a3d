"""An inverted index over the claims of both sides: weights, similarity, candidates."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from consistency.align._features import UNEVEN, WHOLE, Features

Masses: TypeAlias = Mapping[str, float]
"""Feature to mass: its weight times its share, in the order of the claim's words."""

_POSTINGS = 40
"""Of the claims that hold a feature so many are looked at, those at the same place of the article."""
_LOOKS = 200
"""Once so many were looked at for one claim, its commoner features tell nothing new."""
_CANDIDATES = 8
_ROUNDING = 1e-6
_NOTHING: Masses = {}


class Index:
    """The masses of the reference's claims (left) and of the version's (right): the rarer a feature, the heavier."""

    def __init__(self, reference: Sequence[Features], version: Sequence[Features]) -> None:
        self.shares = reference, version
        self._spread = spread = Counter(chain.from_iterable((*reference, *version)))
        total = len(reference) + len(version)
        by_count = {count: math.log(1 + total / count) for count in set(self._spread.values())}
        self.left, self.right = (
            [{feature: by_count[spread[feature]] * share for feature, share in held.items()} for held in side]
            for side in self.shares
        )

    @cached_property
    def _whole(self) -> Sequence[float]:
        """What each claim of the reference weighs."""
        return [sum(held.values()) for held in self.left]

    @cached_property
    def _postings(self) -> Mapping[str, Sequence[int]]:
        """Of each feature that the version has too, the reference's claims that hold it."""
        wanted = set(chain.from_iterable(self.right))
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for at, held in enumerate(self.left):
            for feature in wanted & held.keys():
                postings[feature].append(at)
        return postings

    def similarity(self, one: Masses, other: Masses) -> float:
        """Between Dice (both must match) and containment (the shorter stands in the longer), 0 to 1."""
        return _likeness(shared(one, other), sum(one.values()), sum(other.values()))

    def between(self, left: Sequence[int], right: Sequence[int]) -> float:
        """Similarity of several claims of either side, each side read as one."""
        return self.similarity(union(self.left, left), union(self.right, right))

    def evidence(self, left: int, right: int) -> float:
        """How many words, numbers and places two claims have in common; a common word counts less than one."""
        return evidence(self.shares[0][left], self.shares[1][right])

    def candidates(self, at: int, least: float = 0.0) -> list[int]:
        """The reference claims that share most with version claim `at`.

        Those less similar than `least` are left out where that shows without a closer look.
        """
        here = at * len(self.left) // len(self.right)
        held, postings = self.right[at], self._postings
        found: dict[int, float] = {}
        known = found.get
        looks = 0
        unseen = 0.0  # what a claim may share besides what was found
        for feature in sorted(sorted(held.keys() & postings.keys()), key=self._spread.__getitem__):  # the rarest first
            own = held[feature]
            if looks > _LOOKS:
                unseen += own
                continue
            claims = self.holding(feature, here)
            if len(claims) < len(postings[feature]):
                unseen += own
            if feature in UNEVEN:
                for claim in claims:
                    found[claim] = known(claim, 0.0) + min(own, self.left[claim][feature])
            else:
                for claim in claims:
                    found[claim] = known(claim, 0.0) + own
            looks += len(claims)
        whole = sum(held.values())
        return [
            claim
            for claim, common in _most(found, here)
            if _likeness(common + unseen, self._whole[claim], whole) >= least - _ROUNDING
        ]

    def holding(self, feature: str, here: int) -> Sequence[int]:
        """The reference claims that hold a feature; of many, those around claim `here`."""
        claims = self._postings[feature]
        if len(claims) <= _POSTINGS:
            return claims
        start = bisect_left(claims, here) - _POSTINGS // 2
        start = max(0, min(start, len(claims) - _POSTINGS))
        return claims[start : start + _POSTINGS]


def _most(found: Mapping[int, float], here: int) -> Iterable[tuple[int, float]]:
    """The claims that share most, of those level with the last the nearest; as many as there may be candidates."""
    if len(found) <= _CANDIDATES:
        return found.items()
    last = sorted(found.values())[-_CANDIDATES]
    level = [one for one in found.items() if one[1] >= last]
    if len(level) == _CANDIDATES:
        return level
    return sorted(level, key=lambda one: (-one[1], abs(one[0] - here), one[0]))[:_CANDIDATES]


def _likeness(common: float, first: float, second: float) -> float:
    """Similarity of two claims of these masses, of which so much is held by both."""
    if not first or not second:
        return 0.0
    return 0.6 * 2 * common / (first + second) + 0.4 * common / min(first, second)


def shared(one: Masses, other: Masses) -> float:
    """The mass of what both hold, each feature at its lower mass."""
    return sum([mass if mass < other[it] else other[it] for it, mass in one.items() if it in other])


def evidence(one: Features, other: Features, known: Masses = _NOTHING) -> float:
    """How many words, numbers and places both hold that are not `known`; a common word counts less than one."""
    common = [it for it in one if it in other and it[0] != WHOLE]
    return sum([min(one[it], other[it]) for it in common if it not in known])


def union(held: Sequence[Mapping[str, float]], which: Sequence[int]) -> Mapping[str, float]:
    """The features of several claims read as one, each at its highest share or mass."""
    if len(which) == 1:
        return held[which[0]]
    found: dict[str, float] = {}
    for at in which:
        for feature, share in held[at].items():
            found[feature] = max(share, found.get(feature, 0.0))
    return found
