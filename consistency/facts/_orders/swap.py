"""Two texts of the same words in which what stands before a tie and what stands behind it have changed places.

"A fault, not the weather, stopped the train" and "The weather, not a fault, stopped the train": the tie may say what
came first ("before", "then"), what holds ("not", "rather than") or what is more ("than"); it must lend its two sides
different parts, so that a plain "and", "or", "while" or "but" is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from consistency.facts._lists import word_set
from consistency.facts.hedge import lemma
from consistency.records import Span

_MOST: Final = 120
"""Words of a text beyond which it is no claim."""
_APART: Final = 40
"""Words from the first to the last that has changed its place."""
_WORD: Final = re.compile(r"\w+(?:['’]\w+)?")
_LIGHT: Final = word_set(
    "the a an of to in on at for with and his her its their was were is are be been being had has have he she it they",
    "that which who him them",
)
"""Words that change or go where two things change places."""
_ORDERS: Final = word_set("before after until since then later first last finally because therefore than instead")
"""Words that lend what stands before them and what stands behind them different parts."""
_NOT: Final = "not"
_HELD: Final = re.compile(r"(?:\A|,|\b(?:and|but|though|if)\b)\W*not\b", re.IGNORECASE)
"""A "not" that denies what stands behind it, no verb ("the mayor did not meet the bishop")."""
_BACK: Final = re.compile(r"\b(?:after|before|since|until|because) (?:that|this|which|then)\b", re.IGNORECASE)
"""A tie that points back to what stands before it, and so may turn what it ties round."""
_STOP: Final = re.compile(r"[.,;:—–]")
_PARTS: Final = re.compile(r"[.;:—–]")
_JOINS: Final = word_set("nor neither both or either while whereas")
"""Words beside which two things may change places ("rain fell first or hail")."""


class Swap(NamedTuple):
    """What changed places with what: two ranges of the premise, and the same two of the hypothesis."""

    premise: tuple[Span, Span]
    hypothesis: tuple[Span, Span]


class _Word(NamedTuple):
    lemma: str
    span: Span


class _Tie(NamedTuple):
    text: str
    span: Span
    end: int
    """Where its last word of weight ends."""


def swapped(premise: str, hypothesis: str) -> Swap | None:
    """What has changed places across a tie where nothing else of weight differs, whichever text comes first."""
    one, other = _words(premise), _words(hypothesis)
    here, there = [word.lemma for word in one], [word.lemma for word in other]
    if here == there or len(here) > _MOST or Counter(here) != Counter(there):
        return None
    head = _shared(here, there)
    tail = _shared(here[head:][::-1], there[head:][::-1])
    left, right = here[head : len(here) - tail], there[head : len(there) - tail]
    if len(left) > _APART:
        return None
    found = _parts(left, right)
    if found is None:
        return None
    first, second = found
    between = left[first : len(left) - second]
    end = head + len(left)
    swap = Swap(
        (_span(one, head, head + first), _span(one, end - second, end)),
        (_span(other, head, head + second), _span(other, end - first, end)),
    )
    if not _ties(between, here[:head][-1:]):
        return None
    ties = (
        _Tie(premise, Span(swap.premise[0].end, swap.premise[1].start), one[end - second - 1].span.end),
        _Tie(hypothesis, Span(swap.hypothesis[0].end, swap.hypothesis[1].start), other[end - first - 1].span.end),
    )
    return swap if _of_one_build(ties, not _ORDERS.isdisjoint(between) or "but" in between) else None


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    for match in _WORD.finditer(text):
        fold = match.group().casefold().replace("’", "'")
        if fold.endswith("n't"):
            found.append(_Word(_NOT, Span(*match.span())))
        elif fold not in _LIGHT:
            found.append(_Word(lemma(fold) if fold not in _ORDERS else fold, Span(*match.span())))
        if len(found) > _MOST:
            break
    return found


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda two: two[0] == two[1], zip(one, other, strict=True)))


def _parts(left: Sequence[str], right: Sequence[str]) -> tuple[int, int] | None:
    """How many words at the beginning of `left` and at its end have changed places, the fewest first."""
    size = len(left)
    for first in range(1, size):
        if right[size - first :] != left[:first]:
            continue
        for second in range(1, size - first):
            if right[:second] == left[size - second :] and right[second : size - first] == left[first : size - second]:
                return first, second
    return None


def _ties(between: Sequence[str], before: Sequence[str]) -> bool:
    """Whether words are a tie between two things: one that lends them parts, or "but" where "not" stands before."""
    if not _JOINS.isdisjoint(between):
        return False
    if "but" in between and _NOT not in between:
        return between == ["but"] and before == [_NOT]
    return not _ORDERS.isdisjoint(between) or _NOT in between[:2]


def _of_one_build(ties: tuple[_Tie, _Tie], orders: bool) -> bool:
    """Whether the tie leans to the same side in both texts: an adverb belongs to the clause from which no mark parts it
    ("prices fell first, wages rose" is "wages rose; first, prices fell").
    """
    joins = [tie.text[tie.span.start : tie.span.end] for tie in ties]
    if any(map(_BACK.search, joins)) or not (orders or all(map(_HELD.search, joins))):
        return False
    stops = [
        (_STOP.search(tie.text, tie.end, tie.span.end) is None, _PARTS.search(join) is None)
        for tie, join in zip(ties, joins, strict=True)
    ]
    return stops[0] == stops[1]


def _span(words: Sequence[_Word], start: int, end: int) -> Span:
    return Span(words[start].span.start, words[end - 1].span.end)
