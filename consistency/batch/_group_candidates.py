"""Which articles of a feed are worth comparing: those that share rare wording, or rare names, numbers and words.

An inverted index over hashes of wording and one over words. Of every hash only the first few holders are kept (in the
order of their digests, which no order of the feed changes), and of every article only its rarest hashes are looked
up: boilerplate that stands in all articles, or a text that came a thousand times, costs no more than a rare phrase.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from consistency.batch._group_compare import Feed

HOLDERS: Final = 24
"""Articles looked at for one hash."""
LOOKS: Final = 384
"""Looks into each index for one article; the rarest hashes come first."""
CHOSEN: Final = 6
"""Articles that each index proposes for one."""


class Proposed(NamedTuple):
    """Pairs worth comparing (n, 2), the smaller number first and each once; `looks` counts what was looked at."""

    pairs: NDArray[np.int64]
    looks: int


class _Index(NamedTuple):
    """A table of hashes held by two articles or more.

    Article `at` holds the hashes `of[starts[at]:starts[at + 1]]`, the rarest first; hash `one` is held by
    `holders[first[one]:first[one + 1]]`, which is cut to the first few, and weighs `weight[one]`.
    """

    starts: NDArray[np.int64]
    of: NDArray[np.int32]
    first: NDArray[np.int64]
    holders: NDArray[np.int32]
    weight: NDArray[np.float64]


def propose(feed: Feed, among: Sequence[int], ranks: NDArray[np.int64]) -> Proposed:
    """Pairs of the articles `among` that share most. `ranks` (n,) orders all articles of the feed by digest."""
    if len(among) < 2:
        return Proposed(np.zeros((0, 2), np.int64), 0)
    chosen = np.array(sorted(among, key=lambda at: int(ranks[at])), np.int64)
    codes: list[NDArray[np.int64]] = []
    looks = 0
    held: tuple[Callable[[int], NDArray[np.generic]], ...] = (
        lambda at: feed.profiles[at].wording.hashes,
        feed.held,
    )
    size = len(feed.profiles)
    for of in held:  # one index in memory at a time
        for one, others, seen in _best(_index([of(at) for at in chosen.tolist()])):
            looks += seen
            left, right = chosen[one], chosen[others]
            codes.append(np.minimum(left, right) * size + np.maximum(left, right))
    found = np.unique(np.concatenate(codes)) if codes else np.zeros(0, np.int64)
    return Proposed(np.stack([found // size, found % size], axis=1), looks)


def _index(held: Sequence[NDArray[np.generic]]) -> _Index:
    """The index of articles 0 to n-1, which stand in the order of their ranks. O(h log h) for h hashes in all."""
    owners = np.repeat(np.arange(len(held), dtype=np.int32), [len(one) for one in held])
    _, places, spread = np.unique(np.concatenate(held), return_inverse=True, return_counts=True)
    shared = spread[places] > 1
    codes = (np.cumsum(spread > 1, dtype=np.int32) - 1)[places[shared]]
    owners, spread = owners[shared], spread[spread > 1].astype(np.int32)
    del places, shared
    by_code = np.argsort(codes, kind="stable").astype(np.int32)
    begins = np.concatenate([[0], np.cumsum(spread)])
    kept = np.arange(len(codes)) - begins[codes[by_code]] < HOLDERS
    holders = owners[by_code][kept]
    del by_code, kept
    rarest = np.lexsort((spread[codes], owners))
    return _Index(
        starts=np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=len(held)))]).astype(np.int64),
        of=codes[rarest],
        first=np.concatenate([[0], np.cumsum(np.minimum(spread, HOLDERS))]).astype(np.int64),
        holders=holders,
        weight=np.log1p(len(held) / spread),
    )


def _best(table: _Index) -> Iterator[tuple[int, NDArray[np.int32], int]]:
    """Each article, the articles that share most weight with it, and how many looks that took."""
    sizes = np.diff(table.first)
    for one in range(len(table.starts) - 1):
        hashes = table.of[table.starts[one] : table.starts[one + 1]]
        hashes = hashes[: int(np.searchsorted(np.cumsum(sizes[hashes]), LOOKS, "right"))]
        if not len(hashes):
            continue
        begins, counts = table.first[hashes], sizes[hashes]
        ends = np.cumsum(counts)
        at = np.arange(ends[-1]) + np.repeat(begins - (ends - counts), counts)
        found, where = np.unique(table.holders[at], return_inverse=True)
        gains = np.bincount(where, weights=np.repeat(table.weight[hashes], counts))
        gains[found == one] = -1.0
        top = np.lexsort((found, -gains))[:CHOSEN]
        yield one, found[top[gains[top] > 0]], int(ends[-1])
