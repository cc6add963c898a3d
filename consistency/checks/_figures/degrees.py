"""How often and how far, told by a word of which the other text has an opposite: "never" against "often", "once"
against "twice", "entirely" against "partly".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import Final

from consistency.checks._figures.portions import Portion
from consistency.checks._figures.slots import stem
from consistency.facts._modifiers import STOPS
from consistency.records import Span

_LEAST: Final = 0.5
"""Contradiction of both directions, the mean, from which on two words are held against each other."""
_SURE: Final = 0.6
_SURER: Final = 0.75
_PLAIN: Final = 0.8
_SCALES: Final[tuple[dict[str, int], ...]] = (
    {
        "never": 0, "rarely": 1, "seldom": 1, "hardly ever": 1, "once": 2, "sometimes": 3, "occasionally": 3,
        "now and then": 3, "twice": 4, "often": 5, "frequently": 5, "regularly": 5, "repeatedly": 5, "many times": 5,
        "usually": 5, "mostly": 5, "always": 6, "invariably": 6, "every time": 6,
    },
    {
        "partly": 0, "in part": 0, "partially": 0, "half": 0, "mostly": 1, "largely": 1, "entirely": 3, "wholly": 3,
        "completely": 3, "fully": 3, "in full": 3, "exclusively": 3,
    },
)  # fmt: skip
_FAR: Final = 2
"""Steps on the scale between two words that exclude each other; "never" excludes all the others."""
_READ: Final = tuple(
    re.compile(r"\b(?:" + "|".join(sorted(scale, key=len, reverse=True)) + r")\b", re.IGNORECASE) for scale in _SCALES
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_DENIED: Final = re.compile(r"(?:\b(?:not|never|no|without|than)|n['’]t) (?:[^\W\d_]+ )?\Z", re.IGNORECASE)
"""Before "often" it says the opposite: "not often"."""
_FORMERLY: Final = re.compile(r"\b(?:was|were|had|who|which|that|and|but|when|as|at|all) \Z", re.IGNORECASE)
_END: Final = re.compile(
    r"\s*(?:[.,;:!?)]|\Z|(?:a|an|in|for|on|at|by|but|and|before|after|since|per|each|every)\b)", re.I
)
_OTHER: Final = re.compile(r"\b(?:others?|another)\b", re.IGNORECASE)
_BEFORE: Final = 30
_BEHIND: Final = 60
_MOST: Final = 6


def degrees(texts: tuple[str, str], contradiction: float) -> Iterator[Portion]:
    """Words of one scale that stand before, or behind, the same word; `contradiction` is what the model says."""
    if contradiction < _LEAST or (_OTHER.search(texts[0]) is None) != (_OTHER.search(texts[1]) is None):
        return
    sure = _SURER if contradiction >= _PLAIN else _SURE
    for scale, pattern in zip(_SCALES, _READ, strict=True):
        found = [list(islice(pattern.finditer(text), _MOST)) for text in texts]
        known = [{scale[match[0].lower()] for match in side} for side in found]
        for one, two in product(*found):
            ranks = scale[one[0].lower()], scale[two[0].lower()]
            if ranks[0] in known[1] or ranks[1] in known[0] or not _exclude(*ranks):
                continue
            if _same_place(texts, (one, two)):
                yield Portion(Span(one.start(), one.end()), Span(two.start(), two.end()), sure)
                break


def _exclude(one: int, other: int) -> bool:
    return abs(one - other) >= _FAR or (0 in {one, other} and one != other)


def _same_place(texts: tuple[str, str], found: tuple[re.Match[str], re.Match[str]]) -> bool:
    """Whether the same word stands behind both, or before both at the end of a clause, and neither is denied."""
    before = [text[max(0, match.start() - _BEFORE) : match.start()] for text, match in zip(texts, found, strict=True)]
    if any(_DENIED.search(one) for one in before) or any(
        match[0].lower() == "once" and _FORMERLY.search(one) for match, one in zip(found, before, strict=True)
    ):
        return False
    behind = [text[match.end() :][:_BEHIND] for text, match in zip(texts, found, strict=True)]
    heads = [_stems(one)[:1] for one in behind]
    if heads[0] and heads[0] == heads[1]:
        return True
    tails = [_stems(one)[-1:] for one in before]
    return all(_END.match(one) for one in behind) and bool(tails[0]) and tails[0] == tails[1]


def _stems(text: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(text) if word.lower() not in STOPS]
