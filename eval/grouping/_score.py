"""What a grouping is worth against what was planted: pairs, B-cubed, whole stories, and each kind of copy.

Intervals resample stories, since the pairs of one story are not independent. Articles that nobody labelled count only
where they were joined with a planted one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Final

import msgspec
import numpy as np

from eval.grouping._plant import ALONE, ORIGINAL, Planted

_DRAWS: Final = 2_000


class Share(msgspec.Struct, frozen=True):
    """`part` of `whole`; of nothing all is right."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else 1.0


class Score(msgspec.Struct, frozen=True):
    """One grouping. `pairs_*` count pairs of articles in one story; `bcubed_*` are means over articles.

    `whole` are stories of which all articles are together and nobody else is; `false` are pairs joined of different
    stories, `merged` the pairs of stories behind them. `kinds`: how many copies of each kind are with their original.
    `recall_interval` is a 95 % bootstrap over stories.
    """

    articles: int
    stories: int
    pairs_precision: float
    pairs_recall: float
    recall_interval: tuple[float, float]
    bcubed_precision: float
    bcubed_recall: float
    whole: Share
    false: int
    merged: int
    strangers: int
    kinds: dict[str, Share]


def score(planted: Sequence[Planted], found: Sequence[str], seed: int = 0) -> Score:
    """`found` (n,) names the story each planted article was put in."""
    groups: dict[str, list[int]] = defaultdict(list)
    stories: dict[str, list[int]] = defaultdict(list)
    for at, (one, name) in enumerate(zip(planted, found, strict=True)):
        groups[name].append(at)
        if one.story:
            stories[one.story].append(at)
    labelled = {
        name: Counter(planted[at].story for at in inside if planted[at].story) for name, inside in groups.items()
    }
    together = sum(_pairs(counts.total()) for counts in labelled.values())
    right = {
        story: sum(_pairs(count) for count in _spread(inside, found).values()) for story, inside in stories.items()
    }
    wanted = {story: _pairs(len(inside)) for story, inside in stories.items()}
    several = [story for story, inside in stories.items() if len(inside) > 1]
    merged = {
        tuple(sorted((one, other)))
        for counts in labelled.values()
        for one in counts
        for other in counts
        if one != other
    }
    known = [at for inside in stories.values() for at in inside]
    return Score(
        articles=len(planted),
        stories=len(several),
        pairs_precision=Share(sum(right.values()), together).value,
        pairs_recall=Share(sum(right.values()), sum(wanted.values())).value,
        recall_interval=_interval([right[one] for one in several], [wanted[one] for one in several], seed),
        bcubed_precision=_mean(known, lambda at: labelled[found[at]][planted[at].story] / labelled[found[at]].total()),
        bcubed_recall=_mean(known, lambda at: labelled[found[at]][planted[at].story] / len(stories[planted[at].story])),
        whole=Share(sum(_whole(stories[one], found, labelled) for one in several), len(several)),
        false=together - sum(right.values()),
        merged=len(merged),
        strangers=sum(
            len(groups[name]) - counts.total() for name, counts in labelled.items() if counts and None not in counts
        ),
        kinds=_kinds(planted, found, stories),
    )


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _spread(inside: Sequence[int], found: Sequence[str]) -> Counter[str]:
    return Counter(found[at] for at in inside)


def _whole(inside: Sequence[int], found: Sequence[str], labelled: dict[str, Counter[str]]) -> bool:
    names = {found[at] for at in inside}
    return len(names) == 1 and labelled[names.pop()].total() == len(inside)


def _kinds(planted: Sequence[Planted], found: Sequence[str], stories: dict[str, list[int]]) -> dict[str, Share]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for inside in stories.values():
        first = next((at for at in inside if planted[at].kind == ORIGINAL), None)
        for at in inside:
            if at != first and planted[at].kind != ALONE:
                counts[planted[at].kind][0] += first is not None and found[at] == found[first]
                counts[planted[at].kind][1] += 1
    return {kind: Share(part, whole) for kind, (part, whole) in sorted(counts.items())}


def _mean(known: Sequence[int], share: Callable[[int], float]) -> float:
    return float(np.mean([share(at) for at in known])) if known else 1.0


def _interval(right: Sequence[int], wanted: Sequence[int], seed: int) -> tuple[float, float]:
    if not wanted:
        return 1.0, 1.0
    drawn = np.random.default_rng(seed).integers(0, len(wanted), (_DRAWS, len(wanted)))
    shares = np.array(right)[drawn].sum(axis=1) / np.array(wanted)[drawn].sum(axis=1)
    low, high = np.quantile(shares, [0.025, 0.975])
    return float(low), float(high)
