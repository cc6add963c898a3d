"""Which fact of the premise stands in the slot of which fact of the hypothesis.

Values that agree are told first and serve as anchors. What is left is paired only where the words
around it are the same: the token sequences are aligned with every left-over fact replaced by a
placeholder for its unit, and the words near both are weighed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from consistency.facts._figures.intervals import Relation
from consistency.facts._kept import kept_word
from consistency.facts._tokens import words
from consistency.records import Span

MAX_TOKENS = 600
"""Longer passages are compared by the words near each fact alone; the alignment costs their square."""
MAX_FACTS = 64
"""A passage with more facts of one kind is a table, not a claim."""
REACH = 6
MAX_SENTENCE = 80
"""Up to this many tokens the words of the whole text say something about each fact in it."""
STRANGERS = 0.3
"""Texts that share fewer of their content words tell of different things."""
FATE = 0.2
"""What two tolls gain that are the only ones of their kind on either side."""
LONE = 0.3
"""What a fact gains that is the only one of its unit left on either side of two like sentences."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|%|[$€£]")
_LIGHT = words(
    "a an the and or but of in on at to for from by with as is are was were be been being has have had do does",
    "did will would that which who it its he she they his her their this these those than then there also more",
    "not said says say after before since until over about into up out s",
)
_SUFFIXES = ("ingly", "edly", "ing", "ies", "ied", "ely", "ed", "es", "ly", "s")


class Slot(NamedTuple):
    """A fact as the pairing sees it: where it is, what it can be held against (its unit), what it counts.

    `fate` = it counts people by what became of them, which a text says once: "two dead", "killing two".
    """

    span: Span
    group: str
    counted: str = ""
    fate: bool = False


class Match(NamedTuple):
    """Two facts, by index, that share a slot and conflict; `confidence` 0-1."""

    premise: int
    hypothesis: int
    confidence: float


class Comparison(NamedTuple):
    """Facts that agree, one to one, by index; and conflicts of one slot, surest first."""

    agreed: list[tuple[int, int]]
    conflicts: list[Match]


RANK = {"same": 0, "variant": 1, "less_precise": 2, "more_precise": 2}
"""Relations that agree, best first."""


class _Sequence(NamedTuple):
    tokens: list[str]
    places: dict[int, int]


@kept_word
def stem(word: str) -> str:
    """A rough stem: lower case, without possessive and common endings."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)].removesuffix("e")
    return word.removesuffix("e") if len(word) > 3 else word


def compare_facts(
    texts: tuple[str, str],
    slots: tuple[Sequence[Slot], Sequence[Slot]],
    relate: Callable[[int, int], Relation],
) -> Comparison:
    """Holds the facts of a premise against those of a hypothesis; `relate` compares two by index.

    Facts that agree are matched first. Of the rest, two conflict when they stand in one slot; a fact
    whose value the other side has elsewhere too is only held against one that has no such support,
    and never both ways. More than `MAX_FACTS` on a side, or none, compare to nothing.
    """
    firsts, seconds = slots
    if not firsts or not seconds or max(len(firsts), len(seconds)) > MAX_FACTS:
        return Comparison([], [])
    relations = {(i, j): relate(i, j) for i in range(len(firsts)) for j in range(len(seconds))}
    agreed = _agreements(texts, slots, relations)
    taken = {i for i, _ in agreed}, {j for _, j in agreed}
    free = (
        [i for i in range(len(firsts)) if i not in taken[0]],
        [j for j in range(len(seconds)) if j not in taken[1]],
    )
    told = {side: {key[side] for key, relation in relations.items() if RANK.get(relation, 2) < 2} for side in (0, 1)}
    conflicts: list[Match] = []
    for match in _pair_free(texts, slots, free, agreed):
        pair = (match.premise, match.hypothesis)
        supported = (pair[0] in told[0]) + (pair[1] in told[1])
        if relations[pair] in {"conflict", "unrelated"} and supported < 2:
            sure = match.confidence - 0.2 * supported
            conflicts.append(match._replace(confidence=min(0.95, max(0.05, sure))))
    return Comparison(agreed, conflicts)


def _agreements(
    texts: tuple[str, str],
    slots: tuple[Sequence[Slot], Sequence[Slot]],
    relations: dict[tuple[int, int], Relation],
) -> list[tuple[int, int]]:
    """Facts that agree, one to one: the closest values first, then the likest surroundings."""
    alike = [pair for pair, relation in relations.items() if relation in RANK]
    if len(alike) < 2:
        return alike
    windows = [
        [_near(side, number) for number in range(len(facts))]
        for side, facts in (
            (_sequence(text, [slot.span for slot in facts], dict.fromkeys(range(len(facts)), "\0")), facts)
            for text, facts in zip(texts, slots, strict=True)
        )
    ]
    scored = sorted(
        (
            RANK[relations[i, j]] - 0.5 * (slots[0][i].counted == slots[1][j].counted),
            -_alike(windows[0][i], windows[1][j]),
            i,
            j,
        )
        for i, j in alike
    )
    used: tuple[set[int], set[int]] = (set(), set())
    agreed: list[tuple[int, int]] = []
    for _, _, i, j in scored:
        if i not in used[0] and j not in used[1]:
            agreed.append((i, j))
            used[0].add(i)
            used[1].add(j)
    return agreed


def _pair_free(
    texts: tuple[str, str],
    slots: tuple[Sequence[Slot], Sequence[Slot]],
    free: tuple[list[int], list[int]],
    agreed: list[tuple[int, int]],
) -> list[Match]:
    """Left-over facts of one group that stand in one slot, strongest first, each used once."""
    if not free[0] or not free[1]:
        return []
    sides = [
        _sequence(text, *_marks(facts, left, [facts[pair[side]].span for pair in agreed]))
        for side, (text, facts, left) in enumerate(zip(texts, slots, free, strict=True))
    ]
    aligned = _aligned(sides[0], sides[1])
    windows = [[_near(side, number) for number in range(len(left))] for side, left in zip(sides, free, strict=True)]
    overlap = _overlap(sides[0], sides[1])
    short = max(len(side.tokens) for side in sides) <= MAX_SENTENCE
    groups = [Counter(facts[at].group for at in left) for facts, left in zip(slots, free, strict=True)]
    strengths: dict[tuple[int, int], float] = {}
    for i, one in enumerate(slots[0][at] for at in free[0]):
        for j, two in enumerate(slots[1][at] for at in free[1]):
            if one.group != two.group:
                continue
            strength = _strength(windows[0][i], windows[1][j], aligned=(i, j) in aligned)
            if one.counted and two.counted:
                strength += 0.1 if one.counted == two.counted else -0.1
                if one.fate and two.fate and one.counted == two.counted and _lone(one.counted, slots):
                    strength += FATE
            if short and groups[0][one.group] == groups[1][two.group] == 1:
                strength += LONE * overlap
            if overlap < STRANGERS:
                strength -= 0.2
            strengths[i, j] = strength
    matches: list[Match] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for (i, j), strength in sorted(strengths.items(), key=lambda item: -item[1]):
        if i in used[0] or j in used[1]:
            continue
        rival = max((other for (k, m), other in strengths.items() if (k == i) != (m == j)), default=0.0)
        sure = strength - (0.15 if rival > strength - 0.1 else 0.0)
        matches.append(Match(free[0][i], free[1][j], sure))
        used[0].add(i)
        used[1].add(j)
    return matches


def _lone(counted: str, slots: tuple[Sequence[Slot], Sequence[Slot]]) -> bool:
    """Whether each side has one toll of a kind, whether it agrees or not."""
    return all(sum(slot.fate and slot.counted == counted for slot in facts) == 1 for facts in slots)


def _overlap(one: _Sequence, two: _Sequence) -> float:
    """Share of the shorter text's content words that both have."""
    content = [{word for word in side.tokens if word not in _LIGHT and word[0] != "\0"} for side in (one, two)]
    if not content[0] or not content[1]:
        return 0.0
    return len(content[0] & content[1]) / min(len(content[0]), len(content[1]))


def _marks(facts: Sequence[Slot], left: Sequence[int], anchors: Sequence[Span]) -> tuple[list[Span], dict[int, str]]:
    """Spans to be replaced, left-over facts first, and the token that stands for each."""
    marks = {number: f"\0{facts[at].group}" for number, at in enumerate(left)}
    marks |= {len(left) + number: f"\1{number}" for number in range(len(anchors))}
    return [*(facts[at].span for at in left), *anchors], marks


def _sequence(text: str, spans: Sequence[Span], marks: dict[int, str]) -> _Sequence:
    """Stems of `text` with each span replaced by its mark, and where the marks stand."""
    tokens: list[str] = []
    places: dict[int, int] = {}
    done = 0
    for number, span in sorted(enumerate(spans), key=lambda item: item[1]):
        if span.start < done:
            continue
        tokens += map(stem, _WORD.findall(text, done, span.start))
        places[number] = len(tokens)
        tokens.append(marks[number])
        done = span.end
    tokens += map(stem, _WORD.findall(text, done))
    return _Sequence(tokens, places)


def _aligned(one: _Sequence, two: _Sequence) -> set[tuple[int, int]]:
    """Marks that the alignment of both sequences lays on each other."""
    if len(one.tokens) > MAX_TOKENS or len(two.tokens) > MAX_TOKENS:
        return set()
    numbers = [{place: number for number, place in side.places.items()} for side in (one, two)]
    matcher = SequenceMatcher(None, one.tokens, two.tokens, autojunk=False)
    return {
        (numbers[0][i], numbers[1][j])
        for start, other, size in matcher.get_matching_blocks()
        for i, j in zip(range(start, start + size), range(other, other + size), strict=True)
        if i in numbers[0] and j in numbers[1]
    }


class _Window(NamedTuple):
    """Words near a fact with their weights, and the very next words on each side."""

    weights: dict[str, float]
    before: str
    after: str


def _near(side: _Sequence, number: int) -> _Window:
    place = side.places.get(number)
    if place is None:
        return _Window({}, "", "")
    weights: dict[str, float] = {}
    for distance in range(1, REACH + 1):
        for at in (place - distance, place + distance):
            if 0 <= at < len(side.tokens) and not side.tokens[at].startswith("\0"):
                word = side.tokens[at]
                if word not in weights:  # the nearest weighs most
                    weights[word] = (0.25 if word in _LIGHT else 1.0) * (1 - (distance - 1) / (2 * REACH))
    before = side.tokens[place - 1] if place else ""
    after = side.tokens[place + 1] if place + 1 < len(side.tokens) else ""
    return _Window(weights, before, after)


def _alike(one: _Window, two: _Window) -> float:
    total = sum(one.weights.values()) + sum(two.weights.values())
    # In the order of the text: a sum of floats in the order of a set would change from run to run.
    shared = sum(weight + two.weights[word] for word, weight in one.weights.items() if word in two.weights)
    return shared / total if total else 0.0


def _strength(one: _Window, two: _Window, *, aligned: bool) -> float:
    """0-1: the words around, and the neighbours on both sides; an alignment adds to them."""
    alike = _alike(one, two)
    neighbours = sum(
        0.25 if left in _LIGHT else 0.5
        for left, right in ((one.before, two.before), (one.after, two.after))
        if left == right
    )
    return min(1.0, 0.6 * alike + 0.2 * neighbours + 0.25 * aligned * min(1.0, alike / 0.3))
