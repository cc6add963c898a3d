"""How alike two articles of a feed are: the same wording, and the same things told in the same order.

Both are containments: how much of the shorter article stands in the longer, so that a copy cut to its first third
still stands whole in its original. Words weigh by their rarity in the feed, names and numbers twice. A rewrite keeps
the order in which names, numbers and things are told; an independent report of the same event names the same people
but goes its own way through it, so that words told in another order count against a pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from consistency.batch._group_profile import Profile
from consistency.batch._sketch import Hashes, containment

_NAMED: Final = 2.0
"""What a name or number weighs against another word of the same rarity."""
_ASTRAY: Final = 1 / 3
"""What a word told in another order takes away, of what it gives in the same order."""
_WORDING: Final = 0.5
"""The weight of wording in the score; the rest is order."""
_FIRM: Final = 6.0
"""So many of the rarest words are added to what a share is taken of: two names out of two are no proof."""


_ELSEWHERE: Final = 1_000
"""Articles imagined besides the feed, with other wording: what a small feed shares may be its one story."""


class Likeness(msgspec.Struct, frozen=True):
    """The evidence on a pair, each 0 to 1: what is shared of wording, and of words in the same order.

    `wording` and `names` are None where there is too little to tell. `names` takes no part in the score: people and
    figures are shared by reports of one event, too.
    """

    score: float
    wording: float | None
    names: float | None
    order: float


class Feed:
    """The profiles of a feed with the weights of their words, which are known when all of them are."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self.profiles = profiles
        sizes = [len(one.words) for one in profiles]
        self.starts: NDArray[np.int64] = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        every = np.concatenate([one.words for one in profiles]) if profiles else np.zeros(0, np.uint64)
        names = np.concatenate([one.named for one in profiles]) if profiles else np.zeros(0, np.bool_)
        vocabulary, places, self.spread = np.unique(every, return_inverse=True, return_counts=True)
        self.words: NDArray[np.int32] = places.astype(np.int32)
        self.named: NDArray[np.bool_] = np.bincount(places, weights=names, minlength=len(vocabulary)) * 2 >= self.spread
        rarity = np.log1p(len(profiles) / self.spread)
        self.weight: NDArray[np.float64] = np.where(self.named, _NAMED * rarity, rarity)
        runs = np.concatenate([one.wording.hashes for one in profiles]) if profiles else np.zeros(0, np.uint64)
        self._runs, spread = np.unique(runs, return_counts=True)
        self._run_weight: NDArray[np.float64] = np.log1p((len(profiles) + _ELSEWHERE) / spread)
        self._firm = _FIRM * float(np.log1p(len(profiles)))

    def held(self, at: int) -> NDArray[np.int32]:
        """The words of article `at`, as numbers in the feed's vocabulary, in order of appearance."""
        return self.words[self.starts[at] : self.starts[at + 1]]

    def likeness(self, one: int, other: int, least: float = 0.0) -> Likeness:
        """How alike two articles are; symmetric, and the same in any order of the feed.

        Of a pair that cannot reach the score `least` the order is not looked at, and stands as 0.
        """
        if self.profiles[one].digest > self.profiles[other].digest:  # sums of fractions depend on their order
            one, other = other, one
        left, right = self.held(one), self.held(other)
        shared, at_left, at_right = np.intersect1d(left, right, assume_unique=True, return_indices=True)
        base = min(float(self.weight[left].sum()), float(self.weight[right].sum())) + self._firm
        common = float(self.weight[shared].sum()) / base
        wording = containment(self.profiles[one].wording, self.profiles[other].wording, self._weigh)
        order = 0.0
        if len(shared) and _score(wording, common) >= least:
            told = at_right[np.argsort(at_left)]
            straight = _heaviest(told.tolist(), self.weight[right[told]].tolist()) / base
            order = max(0.0, straight - _ASTRAY * (common - straight))
        names = self._names(shared, left, right)
        return Likeness(round(_score(wording, order), 4), _rounded(wording), _rounded(names), round(order, 4))

    def _weigh(self, runs: Hashes) -> NDArray[np.float64]:
        return self._run_weight[np.searchsorted(self._runs, runs)]

    def _names(self, shared: NDArray[np.int32], left: NDArray[np.int32], right: NDArray[np.int32]) -> float | None:
        """None where one of the two has no names and numbers to speak of (another script, all in lower case)."""
        masses = [float(self.weight[words[self.named[words]]].sum()) for words in (left, right)]
        if min(masses) < self._firm:
            return None
        return float(self.weight[shared[self.named[shared]]].sum()) / (min(masses) + self._firm)


def _score(wording: float | None, order: float) -> float:
    """Wording that is too short to tell counts as none: one sentence stands in every report of its event."""
    return _WORDING * (wording or 0.0) + (1 - _WORDING) * order


def _heaviest(places: Sequence[int], weights: Sequence[float]) -> float:
    """The weight of the heaviest rising subsequence: what two articles tell in the same order. O(n log n)."""
    size = max(places) + 1
    best = [0.0] * (size + 1)
    for place, weight in zip(places, weights, strict=True):
        at, reached = place, 0.0
        while at:
            reached = max(reached, best[at])
            at &= at - 1
        reached += weight
        at = place + 1
        while at <= size:
            best[at] = max(best[at], reached)
            at += at & -at
    top, at = 0.0, size
    while at:
        top = max(top, best[at])
        at &= at - 1
    return top


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
