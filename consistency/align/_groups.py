"""One-to-many and many-to-one: a sentence split in two, two joined into one."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from consistency.align._features import Features
from consistency.align._index import Index, Masses, evidence, shared, union
from consistency.align._pairs import Pair
from consistency.align._settings import Settings

_LARGEST = 3
_CHARACTERS = 900
"""A side longer than this no model reads in one piece."""


@dataclass(slots=True)
class Group:
    """Places of the claims of either side, in order."""

    left: list[int]
    right: list[int]

    @property
    def single(self) -> Pair | None:
        """The pair it is, where nothing joined it."""
        return (self.left[0], self.right[0]) if len(self.left) == len(self.right) == 1 else None


class _Half(NamedTuple):
    """One side of all groups; `of` leads from a claim to the group it is in."""

    held: Sequence[Masses]
    shares: Sequence[Features]
    lengths: Sequence[int]
    members: Callable[[Group], list[int]]
    of: dict[int, Group]


def grow(
    index: Index,
    lengths: tuple[Sequence[int], Sequence[int]],
    pairs: AbstractSet[Pair],
    given: Settings,
) -> list[Group]:
    """The pairs as groups in order of the version, each with the leftover claims beside it that belong to it.

    `lengths`: characters of the reference's and of the version's claims.
    """
    groups = {pair: Group([pair[0]], [pair[1]]) for pair in pairs}
    of_left = {pair[0]: group for pair, group in groups.items()}
    of_right = {pair[1]: group for pair, group in groups.items()}
    left = _Half(index.left, index.shares[0], lengths[0], attrgetter("left"), of_left)
    right = _Half(index.right, index.shares[1], lengths[1], attrgetter("right"), of_right)
    _Growth(index, right, left, given).join()
    _Growth(index, left, right, given).join()
    return sorted(groups.values(), key=lambda group: group.right)


@dataclass(frozen=True, slots=True)
class _Growth:
    """Leftover claims of one half beside the groups they may join."""

    index: Index
    half: _Half
    other: _Half
    given: Settings

    def join(self) -> None:
        of = self.half.of
        for at in range(len(self.half.held)):
            if at in of:
                continue
            options = [(self._share(at, of[beside]), -beside) for beside in (at - 1, at + 1) if beside in of]
            share, beside = max(options, default=(0.0, 0))
            if share > 0.0:
                of[at] = of[-beside]
                insort(self.half.members(of[at]), at)

    def _share(self, at: int, group: Group) -> float:
        """How much of the claim explains what the other half has and its own lacks; 0 where it does not belong."""
        half, other, given = self.half, self.other, self.given
        members, opposite_members = half.members(group), other.members(group)
        if len(members) >= _LARGEST or sum(half.lengths[one] for one in (*members, at)) > _CHARACTERS:
            return 0.0
        own = union(half.held, members)
        if evidence(half.shares[at], union(other.shares, opposite_members), own) <= 1:
            return 0.0
        opposite = union(other.held, opposite_members)
        rest = {feature: mass for feature, mass in opposite.items() if feature not in own}
        share = shared(half.held[at], rest) / sum(half.held[at].values())
        similarity = self.index.similarity
        gain = similarity(union(half.held, [*members, at]), opposite) - similarity(own, opposite)
        return share if gain >= given.gain or (share >= given.share and gain >= 0.0) else 0.0
