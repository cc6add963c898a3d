"""From profiles to stories, in rounds: candidates are compared, stars are formed, and their centres meet again.

A text that came thousands of times in slightly different words forms several stars at first; their centres are versions
of each other, and in the next round one of them becomes the centre of all. Whoever then is not like the new centre
itself does not go along. The model is asked last, and about centres only: most pairs in between are of articles that
are joined already.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from consistency.batch._group_candidates import propose
from consistency.batch._group_compare import Feed, Likeness
from consistency.batch._group_profile import Profile
from consistency.batch._group_stars import stars

JOIN: Final = 0.2
"""Likeness from which two articles are versions of one story (docs/group.md says where it was chosen)."""
APART: Final = 0.13
"""Likeness below which they are not; in between the model is asked."""
_ROUNDS: Final = 6
_SHORTEST: Final = 1 / 4
"""Of an article's words: what is shorter is no centre for it. An alert stands in all reports of its event."""
_ASKED: Final = 9
"""Articles of a star that another centre is compared with before it may take the star over."""

Pair = tuple[int, int]
Judge = Callable[[Sequence[Pair]], Mapping[Pair, bool | None]]
"""Says of pairs in between whether they are one story; None where it cannot say."""
Told = Callable[[str, int, int], None]
"""Called with a stage, how much of it is done, and the whole (0 = not known)."""


class Work(msgspec.Struct):
    """What was looked at: looks into the indexes, pairs compared, pairs in between and what became of them.

    Of pairs in between those count that were left when nothing else could be joined: they are between stories.
    """

    looks: int = 0
    compared: int = 0
    between: int = 0
    judged_same: int = 0
    judged_apart: int = 0
    not_judged: int = 0


class Stories(msgspec.Struct, frozen=True):
    """The centre of every profile (its own for a centre), and the evidence that joins the others to theirs."""

    centre: Mapping[int, int]
    likeness: Mapping[int, Likeness]
    by_model: frozenset[int]
    work: Work


class _Rounds:
    def __init__(self, profiles: Sequence[Profile], mass: Sequence[int], join: float, apart: float) -> None:
        self.feed = Feed(profiles)
        self.mass = dict(enumerate(mass))
        self.join, self.apart = join, apart
        order = sorted(range(len(profiles)), key=lambda at: profiles[at].digest)
        self.ranks: NDArray[np.int64] = np.empty(len(profiles), np.int64)
        self.ranks[order] = np.arange(len(profiles))
        self.known: dict[Pair, Likeness] = {}
        self.unlike: NDArray[np.int64] = np.zeros(0, np.int64)
        self.new = array("q")
        self.judged: dict[Pair, bool | None] = {}
        self.open: set[Pair] = set()
        self.centre = {at: at for at in range(len(profiles))}
        self.work = Work()

    def likeness(self, one: int, other: int) -> Likeness:
        """Of a pair that is unlike, as most are, no more is held than that: 8 bytes."""
        pair = (min(one, other), max(one, other))
        found = self.known.get(pair)
        if found is None:
            found = self.feed.likeness(*pair, self.apart)
            self.work.compared += 1
            if found.score >= self.apart:
                self.known[pair] = found
            else:
                self.new.append(pair[0] * len(self.centre) + pair[1])
        return found

    def centres(self) -> list[int]:
        return sorted(set(self.centre.values()))

    def turn(self, judge: Judge | None) -> bool:
        """One round over the centres of the last; whether anything was joined."""
        centres = self.centres()
        proposed = propose(self.feed, centres, self.ranks)
        self.work.looks += proposed.looks
        edges: dict[Pair, float] = {}
        between: list[Pair] = []
        for left, right in self._not_unlike(proposed.pairs):
            pair = (int(left), int(right))
            score = self.likeness(*pair).score
            if score >= self.join:
                edges[pair] = score
            elif score >= self.apart:
                between.append(pair)
        self.open = set(between)
        if judge is not None:
            edges |= self._asked(between, judge)
        if not edges:
            return False
        masses, held = self._stars()

        def pull(centre: int, other: int) -> float:
            asked = held[other][:_ASKED]
            like = sum(one == other or self._same(one, centre) for one in asked)
            return masses[other] * like / len(asked)

        found = stars(centres, edges, own=masses, pull=pull, may=self._may, ranks=self.ranks)
        for one in range(len(self.centre)):
            self._follow(one, found)
        return True

    def _asked(self, between: Sequence[Pair], judge: Judge) -> dict[Pair, float]:
        said = judge([pair for pair in between if pair not in self.judged])
        self.judged.update(said)
        return {pair: self.known[pair].score for pair in between if self.judged.get(pair)}

    def _follow(self, one: int, found: Mapping[int, int]) -> None:
        """To the centre of its centre, where it is like that one itself; else it stands alone again."""
        before = self.centre[one]
        after = found.get(before, before)
        if before in {after, one}:
            self.centre[one] = after
            return
        self.centre[one] = after if self._same(one, after) else one

    def _same(self, one: int, centre: int) -> bool:
        pair = (min(one, centre), max(one, centre))
        like = self.likeness(*pair).score >= self.join or bool(self.judged.get(pair))
        return like and self._may(centre, one)

    def _may(self, centre: int, one: int) -> bool:
        profiles = self.feed.profiles
        return len(profiles[centre].words) >= _SHORTEST * len(profiles[one].words)

    def _stars(self) -> tuple[dict[int, int], dict[int, list[int]]]:
        """Of every centre: how many articles it stands for, and which, itself and the lowest ranks first."""
        masses: dict[int, int] = {}
        held: dict[int, list[int]] = {}
        for one in sorted(self.centre, key=lambda one: (self.centre[one] != one, int(self.ranks[one]))):
            centre = self.centre[one]
            masses[centre] = masses.get(centre, 0) + self.mass[one]
            held.setdefault(centre, []).append(one)
        return masses, held

    def _not_unlike(self, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those that were not found unlike before."""
        self.unlike = np.union1d(self.unlike, np.array(self.new, np.int64))
        del self.new[:]
        codes = pairs @ np.array([len(self.centre), 1], np.int64)
        kept: NDArray[np.int64] = pairs[~np.isin(codes, self.unlike)]
        return kept


def find(
    profiles: Sequence[Profile],
    mass: Sequence[int],
    *,
    judge: Judge | None = None,
    join: float = JOIN,
    apart: float = APART,
    told: Told | None = None,
) -> Stories:
    """The stories of a feed of distinct texts; `mass` counts how often each came.

    The same profiles in another order give the same stories. Without a `judge`, pairs in between stay apart.
    """
    rounds = _Rounds(profiles, mass, join, apart)
    asks: list[Judge | None] = [None] if judge is None else [None, judge]
    for ask in asks:
        for number in range(_ROUNDS):
            if told is not None:
                told("comparing" if ask is None else "asking the model", number + 1, 0)
            if not rounds.turn(ask):
                break
    joined = {one: centre for one, centre in rounds.centre.items() if one != centre}
    likeness = {one: rounds.likeness(one, centre) for one, centre in joined.items()}
    work = rounds.work
    work.between = len(rounds.open | rounds.judged.keys())
    work.judged_same = sum(said is True for said in rounds.judged.values())
    work.judged_apart = sum(said is False for said in rounds.judged.values())
    work.not_judged = work.between - work.judged_same - work.judged_apart
    return Stories(
        centre=rounds.centre,
        likeness=likeness,
        by_model=frozenset(one for one, found in likeness.items() if found.score < join),
        work=work,
    )
