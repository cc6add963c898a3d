"""Claims of a version beside the claims of the reference that tell of the same thing.

One-to-one, one-to-many and many-to-one, in order or moved; unrelated claims stay alone. Candidates
come from an inverted index over the rarer words, so that the cost grows with the number of claims.
Pure and deterministic: the same claims give the same alignments.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from consistency.records import Alignment, Claim

_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_SMALL = frozenset(
    "a an the of in on at to for from by with and or but as is are was were be been being has have had it its that this "
    "these those he she they his her their him them who which what when where while will would could can may might must "
    "should do does did not no so if than then there here also said says say about into over after before more most".split()
)
_STEM = 5
"""Letters of a word that count: enough to keep "resupply" and "resupplied" together."""
_POSTINGS = 40
"""A feature in more claims than this says little; it is left out where rarer ones are there."""
_CANDIDATES = 8
_GROUP = 3
_GROUP_CHARACTERS = 900


class Settings(msgspec.Struct, frozen=True):
    """`accept`: the similarity at which a pair is aligned. `near`: the same for one between aligned neighbours.

    `bonus` is what an order kept adds; `join`: the share of a leftover claim's words that must stand in
    the other half of a pair for it to join the pair.
    """

    accept: float = 0.34
    near: float = 0.26
    bonus: float = 0.10
    join: float = 0.5


class _Index:
    """Weighted features of all claims of both sides."""

    def __init__(self, reference: Sequence[Claim], version: Sequence[Claim]) -> None:
        self.left = [_features(claim.text) for claim in reference]
        self.right = [_features(claim.text) for claim in version]
        spread: Counter[str] = Counter()
        for features in (*self.left, *self.right):
            spread.update(features.keys())
        total = len(self.left) + len(self.right)
        self.weight = {feature: math.log(1 + total / count) for feature, count in spread.items()}
        self.postings: dict[str, list[int]] = {}
        for at, features in enumerate(self.left):
            for feature in features:
                self.postings.setdefault(feature, []).append(at)

    def mass(self, features: Mapping[str, float]) -> float:
        return sum(self.weight[feature] * share for feature, share in features.items())

    def shared(self, one: Mapping[str, float], other: Mapping[str, float]) -> float:
        return sum(
            self.weight[feature] * min(share, other[feature]) for feature, share in one.items() if feature in other
        )

    def similarity(self, one: Mapping[str, float], other: Mapping[str, float]) -> float:
        """Between Dice (both must match) and containment (the shorter stands in the longer), 0 to 1."""
        first, second = self.mass(one), self.mass(other)
        if not first or not second:
            return 0.0
        shared = self.shared(one, other)
        return 0.6 * 2 * shared / (first + second) + 0.4 * shared / min(first, second)

    def candidates(self, at: int) -> list[int]:
        """The reference claims that share most with version claim `at`, best first."""
        features = self.right[at]
        rare = [feature for feature in features if len(self.postings.get(feature, ())) <= _POSTINGS]
        found: dict[int, float] = {}
        for feature in rare:
            for claim in self.postings.get(feature, ()):
                gain = self.weight[feature] * min(features[feature], self.left[claim][feature])
                found[claim] = found.get(claim, 0.0) + gain
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return [claim for claim, _ in ranked[:_CANDIDATES]]


def _features(text: str) -> dict[str, float]:
    """Stems of content words, and the words themselves at a lower share; all words where none is left."""
    words = [word.lower() for word in _WORD.findall(text)]
    content = [word for word in words if word not in _SMALL] or words
    found: dict[str, float] = {}
    for word in content:
        stem = word[:_STEM]
        found[stem] = 1.0
        if len(word) > _STEM:
            found[f"{word} "] = 0.25
    return found


def align(
    article: str, reference: Sequence[Claim], version: Sequence[Claim], settings: Settings | None = None
) -> tuple[Alignment, ...]:
    """The alignments of one version, in order of the version; claims in none are added or omitted."""
    given = settings or Settings()
    if not reference or not version:
        return ()
    index = _Index(reference, version)
    pairs = _identical(reference, version)
    taken_left, taken_right = {left for left, _ in pairs}, {right for _, right in pairs}
    edges = {
        (left, right): index.similarity(index.left[left], index.right[right])
        for right in range(len(version))
        if right not in taken_right
        for left in index.candidates(right)
        if left not in taken_left
    }
    pairs |= _assign(edges, pairs, given)
    groups = _grow(index, reference, version, pairs, given)
    return tuple(
        Alignment(
            article=article,
            premise=tuple(reference[at].id for at in lefts),
            hypothesis=tuple(version[at].id for at in rights),
            similarity=round(min(1.0, index.similarity(_union(index.left, lefts), _union(index.right, rights))), 4),
        )
        for lefts, rights in sorted(groups, key=lambda group: group[1])
    )


def _identical(reference: Sequence[Claim], version: Sequence[Claim]) -> set[tuple[int, int]]:
    """Claims of the same words: the first with the first, the second with the second."""
    places: dict[str, list[int]] = {}
    for at, claim in enumerate(reference):
        places.setdefault(claim.text, []).append(at)
    found = set()
    for right, claim in enumerate(version):
        if waiting := places.get(claim.text):
            found.add((waiting.pop(0), right))
    return found


def _assign(
    edges: Mapping[tuple[int, int], float], fixed: set[tuple[int, int]], given: Settings
) -> set[tuple[int, int]]:
    """One-to-one: best first, an edge that keeps the order of the sure ones before one that breaks it."""
    anchors = sorted(fixed | _anchors(edges), key=lambda pair: pair[1])
    ranked = []
    for (left, right), similarity in edges.items():
        in_order = _between(anchors, left, right)
        if similarity >= (given.near if in_order else given.accept):
            ranked.append((-(similarity + given.bonus * in_order), abs(left - right), left, right))
    found: set[tuple[int, int]] = set()
    lefts: set[int] = set()
    rights: set[int] = set()
    for _, _, left, right in sorted(ranked):
        if left not in lefts and right not in rights:
            found.add((left, right))
            lefts.add(left)
            rights.add(right)
    return found


def _anchors(edges: Mapping[tuple[int, int], float], sure: float = 0.5) -> set[tuple[int, int]]:
    """Pairs that are each other's best and alike beyond doubt."""
    best_left: dict[int, tuple[float, int]] = {}
    best_right: dict[int, tuple[float, int]] = {}
    for (left, right), similarity in sorted(edges.items()):
        if similarity > best_left.get(left, (0.0, 0))[0]:
            best_left[left] = (similarity, right)
        if similarity > best_right.get(right, (0.0, 0))[0]:
            best_right[right] = (similarity, left)
    return {
        (left, right)
        for left, (similarity, right) in best_left.items()
        if similarity >= sure and best_right[right][1] == left
    }


def _between(anchors: Sequence[tuple[int, int]], left: int, right: int) -> bool:
    """Whether (left, right) lies between the nearest anchors before and after it, on both sides."""
    at = bisect_left(anchors, right, key=lambda pair: pair[1])
    before = anchors[at - 1][0] if at > 0 else -1
    if at < len(anchors) and anchors[at][1] == right:
        if anchors[at][0] == left:
            return True
        at += 1
    after = anchors[at][0] if at < len(anchors) else left + 1
    return bool(anchors) and before < left < after


def _grow(
    index: _Index,
    reference: Sequence[Claim],
    version: Sequence[Claim],
    pairs: set[tuple[int, int]],
    given: Settings,
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Leftover claims join the pair beside them where they hold what its other half has and they lack."""
    of_right = {right: ([left], [right]) for left, right in pairs}
    of_left = {left: of_right[right] for left, right in pairs}

    def joins(claim: Mapping[str, float], other: Mapping[str, float], own: Mapping[str, float]) -> float:
        rest = {feature: share for feature, share in other.items() if feature not in own}
        mass = index.mass(claim)
        return index.shared(claim, rest) / mass if mass else 0.0

    for right in range(len(version)):
        if right in of_right:
            continue
        options = []
        for beside in (right - 1, right + 1):
            group = of_right.get(beside)
            if group is None or len(group[1]) >= _GROUP or not _fits(version, group[1], right):
                continue
            share = joins(index.right[right], _union(index.left, group[0]), _union(index.right, group[1]))
            options.append((share, -beside))
        if options and max(options)[0] >= given.join:
            group = of_right[-max(options)[1]]
            group[1].append(right)
            group[1].sort()
            of_right[right] = group
    for left in range(len(reference)):
        if left in of_left:
            continue
        options = []
        for beside in (left - 1, left + 1):
            group = of_left.get(beside)
            if group is None or len(group[0]) >= _GROUP or not _fits(reference, group[0], left):
                continue
            share = joins(index.left[left], _union(index.right, group[1]), _union(index.left, group[0]))
            options.append((share, -beside))
        if options and max(options)[0] >= given.join:
            group = of_left[-max(options)[1]]
            group[0].append(left)
            group[0].sort()
            of_left[left] = group
    groups = {id(group): group for group in of_right.values()}
    return [(tuple(lefts), tuple(rights)) for lefts, rights in groups.values()]


def _fits(claims: Sequence[Claim], group: Sequence[int], new: int) -> bool:
    return sum(len(claims[at].text) for at in (*group, new)) <= _GROUP_CHARACTERS


def _union(features: Sequence[Mapping[str, float]], which: Sequence[int]) -> dict[str, float]:
    found: dict[str, float] = {}
    for at in which:
        for feature, share in features[at].items():
            found[feature] = max(share, found.get(feature, 0.0))
    return found
