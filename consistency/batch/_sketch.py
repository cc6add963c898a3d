"""Bottom-k sketches: of a set of hashes the k smallest, enough to estimate how much of one set stands in another.

A hash of a word is the first eight bytes of its BLAKE2b digest, so sketches are the same in every process and on
every machine. Jaccard likeness sinks with the difference in length; containment, which is estimated here, does not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Hashes: TypeAlias = NDArray[np.uint64]
Weigh: TypeAlias = Callable[[Hashes], NDArray[np.float64]]

KEPT: Final = 128
"""Hashes of a sketch, 1 kB."""
_FEWEST: Final = 8
"""Hashes of the smaller set in the range both sketches cover; with fewer nothing can be told."""
_SHIFTS: Final = (30, 27, 31)
_FACTORS: Final = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
_STEP: Final = 0x9E3779B97F4A7C15


class Sketch(NamedTuple):
    """The smallest hashes of a set, ascending, and the size of the whole set."""

    hashes: Hashes
    size: int

    @property
    def reach(self) -> int:
        """Up to which value all hashes of the set are held."""
        return int(self.hashes[-1]) if self.size > len(self.hashes) else 2**64 - 1


def word_hash(word: str) -> int:
    """64 bits of a word, the same everywhere; half characters are taken as they are."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def shingles(words: Hashes, length: int) -> Hashes:
    """The distinct hashes of `length` words in a row; of a shorter text one, of all its words."""
    if not len(words):
        return words
    length = min(length, len(words))
    rows = len(words) - length + 1
    mixed = np.zeros(rows, np.uint64)
    for at in range(length):
        mixed = _mix(mixed + words[at : at + rows] + np.uint64(_STEP))
    return np.unique(mixed)


def sketch(hashes: Hashes, kept: int = KEPT) -> Sketch:
    """The sketch of a set of hashes (distinct, ascending)."""
    return Sketch(hashes[:kept].copy(), len(hashes))


def containment(one: Sketch, other: Sketch, weigh: Weigh | None = None) -> float | None:
    """How much of the smaller set stands in the larger, 0 to 1; None where the sketches share too little range.

    `weigh` says what each hash counts; without it all count the same.
    """
    smaller, larger = sorted((one, other), key=lambda each: each.size)
    reach = np.uint64(min(smaller.reach, larger.reach))
    inside = smaller.hashes[: int(np.searchsorted(smaller.hashes, reach, "right"))]
    if len(inside) < _FEWEST:
        return None
    held = np.isin(inside, larger.hashes, assume_unique=True)
    if weigh is None:
        return float(np.count_nonzero(held)) / len(inside)
    weights = weigh(inside)
    return float(weights[held].sum() / weights.sum())


def as_hashes(values: Sequence[int]) -> Hashes:
    return np.array(values, np.uint64)


def _mix(values: Hashes) -> Hashes:
    """A bijection of 64 bits that spreads neighbours apart (the finaliser of SplitMix64)."""
    values = (values ^ (values >> np.uint64(_SHIFTS[0]))) * np.uint64(_FACTORS[0])
    values = (values ^ (values >> np.uint64(_SHIFTS[1]))) * np.uint64(_FACTORS[1])
    return values ^ (values >> np.uint64(_SHIFTS[2]))
