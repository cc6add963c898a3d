"""Two words that have changed places, or of which one took the place of the other, in sentences nearly the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from consistency.facts._lists import word_set
from consistency.facts._roles import words as lists
from consistency.facts._roles.even import Cut, Word, apposed, even, told_apart
from consistency.facts.hedge import lemma

_FEWEST: Final = 4
_MOST: Final = 90
"""Words of a text that is compared; a pair of words costs as many steps as there are."""
_BESIDE: Final = 3
"""Words on either side of one that go with it where a clause moves."""
_PAIRS: Final = 60
"""Pairs of words that are tried."""
_APART: Final = 0.5
"""Share of equal words below which two texts are no rewording of each other."""
_NEAR: Final = 0.72
"""The same with the two words exchanged back."""
_CLOSE: Final = 0.75
"""The same where one word has taken the place of another."""
_BETWEEN: Final = 0.6
"""The same of the words between the two."""
_GAIN: Final = 3.0
"""By how much more than one word, counted in both texts, the texts must be nearer with the two exchanged back."""
_TURNING: Final = frozenset(
    map(
        lemma,
        word_set(
            "by from to before after not no never nor without with than more less above below over under north south",
            "east west since until ahead behind former latter respectively other another first later earlier",
        ),
    )
)
"""Words between the two that, where only one text has them, may tell the same from the other end."""
_COMPARED: Final = word_set("more less fewer worse much many little few")


class Near(NamedTuple):
    """Where the two words stand in the premise and in the hypothesis, each in order of the premise."""

    premise: tuple[int, int]
    hypothesis: tuple[int, int]


def near(left: Sequence[Word], right: Sequence[Word]) -> Near | None:
    """The two words whose exchange brings the texts nearest together, if that makes them nearly the same."""
    if not all(_FEWEST <= len(side) <= _MOST for side in (left, right)):
        return None
    one, two = [word.key for word in left], [word.key for word in right]
    base = _alike(one, two)
    if base < _APART:
        return None
    needed = max(_NEAR, base + _GAIN / (len(one) + len(two)))
    best: tuple[float, Near] | None = None
    for found in _crossed(left, right):
        (x, y), (there, back) = found.premise, found.hypothesis
        between = left[x + 1 : y], right[back + 1 : there]
        if _alike(one[x + 1 : y], two[back + 1 : there]) < _BETWEEN or _turned(left, right, *between):
            continue
        if _moved(left, right, *between) or _carried(left, right, found):
            continue
        exchanged = list(two)
        exchanged[there], exchanged[back] = two[back], two[there]
        alike = _alike(one, exchanged)
        cuts = (left, Cut(x, x + 1, y, y + 1)), (right, Cut(back, back + 1, there, there + 1))
        if alike < needed or (best is not None and alike <= best[0]):
            continue
        pairs = (left[x], right[there]), (left[y], right[back])
        if any(apposed(side, cut, *pairs) for side, cut in cuts):
            continue
        if all(told_apart(side[cut.first : cut.second]) and not even(side, cut) for side, cut in cuts):
            best = alike, found
    return None if best is None else best[1]


def confused(left: Sequence[Word], right: Sequence[Word]) -> tuple[int, int] | None:
    """A word and the one that stands in its place, where both texts have both elsewhere: the one is told of the other.

    Cost linear in the texts but for one comparison.
    """
    if not all(_FEWEST <= len(side) <= _MOST for side in (left, right)):
        return None
    one, two = ["", *[word.key for word in left], ""], ["", *[word.key for word in right], ""]
    gone, come = Counter(one) - Counter(two), Counter(two) - Counter(one)
    places: dict[tuple[str, str], int] = {}
    for at, word in enumerate(right, 1):
        if two[at] in come and two[at] in one and _telling(word):
            places.setdefault((two[at - 1], two[at + 1]), at)
    for at, word in enumerate(left, 1):
        if one[at] in gone and one[at] in two and _telling(word):
            there = places.get((one[at - 1], one[at + 1]))
            if there is not None and _alike(one, two) >= _CLOSE:
                return at - 1, there - 1
    return None


def _crossed(left: Sequence[Word], right: Sequence[Word]) -> Iterator[Near]:
    """Pairs of words, each once in either text, that stand the other way round there."""
    counts = Counter(word.key for word in left), Counter(word.key for word in right)
    there = {word.key: at for at, word in enumerate(right)}
    places = [
        (at, there[word.key])
        for at, word in enumerate(left)
        if counts[0][word.key] == 1 == counts[1][word.key] and _telling(word)
    ]
    tried = 0
    for (x, x_there), (y, y_there) in combinations(places, 2):
        if y - x > 1 and x_there - y_there > 1:
            yield Near((x, y), (x_there, y_there))
            tried += 1
            if tried == _PAIRS:
                return


def _moved(left: Sequence[Word], right: Sequence[Word], one: Sequence[Word], two: Sequence[Word]) -> bool:
    """Whether either text has a word between the two that stands elsewhere in the other: whole clauses moved."""
    inside = {word.key for word in one if _telling(word)}, {word.key for word in two if _telling(word)}
    counts = Counter(word.key for word in left), Counter(word.key for word in right)
    single = {key for key in inside[0] | inside[1] if counts[0][key] == 1 == counts[1][key]}
    return bool(single & (inside[0] - inside[1])) and bool(single & (inside[1] - inside[0]))


def _carried(left: Sequence[Word], right: Sequence[Word], found: Near) -> bool:
    """Whether the two have taken their own words with them."""
    x, y = (_around(left, at) for at in found.premise)
    x_there, y_there = (_around(right, at) for at in found.hypothesis)
    return len(x & x_there) + len(y & y_there) > len(x & y_there) + len(y & x_there)


def _around(words: Sequence[Word], at: int) -> frozenset[str]:
    """The words beside one, in its own clause."""
    first, last = at, at + 1
    while first > max(0, at - _BESIDE) and not _bounds(words[first - 1]) and not words[first].marked:
        first -= 1
    while last < min(len(words), at + 1 + _BESIDE) and not _bounds(words[last]) and not words[last].marked:
        last += 1
    return frozenset(word.key for word in (*words[first:at], *words[at + 1 : last]))


def _bounds(word: Word) -> bool:
    return word.fold in lists.CONJUNCTIONS or word.fold in lists.CLAUSES


def _telling(word: Word) -> bool:
    return not lists.outside(word.fold) and word.key not in lists.VAGUE and not word.fold.endswith("ly")


def _turned(left: Sequence[Word], right: Sequence[Word], one: Sequence[Word], two: Sequence[Word]) -> bool:
    """Whether what stands between the two may tell the same from the other end."""
    changed = _changed(one, two)
    if not changed.keys().isdisjoint(_TURNING):
        return True
    compared = any(word.fold == "than" for word in one)
    return compared and any(fold in _COMPARED or fold.endswith("er") for fold in _changed(left, right).values())


def _changed(one: Sequence[Word], two: Sequence[Word]) -> dict[str, str]:
    """The words, by key, that one has more often than the other."""
    folds = {word.key: word.fold for word in (*one, *two)}
    counts = Counter(word.key for word in one), Counter(word.key for word in two)
    return {key: fold for key, fold in folds.items() if counts[0][key] != counts[1][key]}


def _alike(one: Sequence[str], two: Sequence[str]) -> float:
    """Share of words that stand in both in the same order."""
    if not one or not two:
        return 0.0
    masks = dict[str, int]()
    for at, key in enumerate(one):
        masks[key] = masks.get(key, 0) | 1 << at
    whole = (1 << len(one)) - 1
    row = whole
    for key in two:
        hit = row & masks.get(key, 0)
        row = ((row + hit) | (row - hit)) & whole
    return 2 * (len(one) - row.bit_count()) / (len(one) + len(two))
