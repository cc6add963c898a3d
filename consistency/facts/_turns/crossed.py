"""Two opposites that both texts have, told of each other's things: exports rose and imports fell, or the other way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, TypeAlias

from consistency.facts._opposites import narrow, opposites, senses
from consistency.facts.polarity import lemmas
from consistency.records import Span

_MOST: Final = 120
"""Words of weight of a text that are looked at."""
_REVERSE: Final = re.compile(r"\b(?:reverse|opposite|contrary|vice versa|conversely|other way)\b", re.IGNORECASE)
"""Words that change the places themselves: "the governor claims that it fell; it was the reverse"."""
_BREAK: Final = re.compile(r"[.!?;:,()—–]|\b(?:and|or|but|who|which|that|because|although|while)\b")
_END: Final = re.compile(r"[.!?;:—–]|,\s+(?:and|but|while|whereas)\b")
"""What parts clauses for certain; a mere comma or "and" only where two words have nothing stronger between them."""
_FOR_NOUNS: Final = frozenset({"one", "ones", "former", "latter"})
Crossed: TypeAlias = tuple[tuple[Span, Span], tuple[Span, Span]]
_Words: TypeAlias = list[tuple[str, Span]]
_Places: TypeAlias = tuple[tuple[int, int], tuple[int, int]]


def crossed(premise: str, hypothesis: str) -> Iterator[Crossed]:
    """Words of the premise that have changed places with their opposites, each with the opposite in its place.

    First the one with what stands there now, then its opposite likewise.

    The word right before each of the two, or right behind, must be the same as before the other one in the other text.
    Of words that stand in a text twice nothing is said, nor where a text says itself that it is the other way about.
    """
    if _REVERSE.search(premise) or _REVERSE.search(hypothesis):
        return
    texts = premise, hypothesis
    words = lemmas(premise, Span(0, len(premise)))[:_MOST], lemmas(hypothesis, Span(0, len(hypothesis)))[:_MOST]
    at = _once(words[0]), _once(words[1])
    both = at[0].keys() & at[1].keys()
    for one in sorted(both, key=at[0].__getitem__):
        for other in sorted(_against(premise, words[0][at[0][one]][1]) & both):
            places = (at[0][one], at[0][other]), (at[1][one], at[1][other])
            if any(
                _swapped([_beside(texts[side], words[side], place, step) for side in (0, 1) for place in places[side]])
                for step in (-1, 1)
            ) and not _in_their_clauses(texts, words, places):
                slots = (at[0][one], at[1][other]), (at[0][other], at[1][one])
                one_now, other_now = ((words[0][here][1], words[1][there][1]) for here, there in slots)
                yield one_now, other_now


def _once(words: _Words) -> dict[str, int]:
    """Where each word stands that stands once."""
    found: dict[str, int] = {}
    for at, (word, _) in enumerate(words):
        found[word] = -1 if word in found else at
    return {word: at for word, at in found.items() if at >= 0}


def _against(text: str, span: Span) -> set[str]:
    """The opposites of a word in the list that can be relied on, as lemmas; none of converses."""
    found = {other[2:] for sense in senses(text[span.start : span.end].casefold()) for other in _listed(sense)}
    return {word for word in found if word not in narrow()}


def _listed(sense: str) -> frozenset[str]:
    return frozenset() if sense[2:] in narrow() else opposites().get(sense, frozenset())


def _beside(text: str, words: _Words, at: int, step: int) -> str:
    """The word right before or behind another in its clause."""
    if not 0 <= at + step < len(words):
        return ""
    first, last = sorted((words[at][1], words[at + step][1]))
    return "" if _BREAK.search(text, first.end, last.start) else words[at + step][0]


def _in_their_clauses(texts: tuple[str, str], words: tuple[_Words, _Words], places: _Places) -> bool:
    """Whether only the clauses of two words have changed places, with what each is told of: "B fell, A rose".

    Asked of the words and the pairs of words that one clause has and the other has not. What only one of the two
    clauses has at all may be left out in the second of them ("did worse"), so that the poorer clause decides.
    """
    here, there = (_clauses(texts[side], words[side], places[side]) for side in (0, 1))
    if here is None or there is None:
        return False
    mine = here[0] - here[1], here[1] - here[0]
    theirs = there[0] - there[1], there[1] - there[0]
    kept = [len(mine[0] & theirs[0]), len(mine[1] & theirs[1])]
    moved = [len(mine[0] & theirs[1]), len(mine[1] & theirs[0])]
    return (min(kept), sum(kept)) > (min(moved), sum(moved))


def _clauses(text: str, words: _Words, places: tuple[int, int]) -> tuple[set[str], set[str]] | None:
    """What stands in the clauses of two words, each word and each two in a row; None where both are in one clause."""
    spans = [words[place][1] for place in places]
    first, last = sorted(spans)
    for mark in (_END, _BREAK):
        if mark.search(text, first.end, last.start) is not None:
            bounds = [_around(text, span, mark) for span in spans]
            told = [
                [
                    word
                    for word, place in words
                    if bound.overlaps(place) and place not in spans and word not in _FOR_NOUNS
                ]
                for bound in bounds
            ]
            one, other = ({*clause, *(" ".join(two) for two in pairwise(clause))} for clause in told)
            return one, other
    return None


def _around(text: str, span: Span, mark: re.Pattern[str]) -> Span:
    start = max((found.end() for found in mark.finditer(text, 0, span.start)), default=0)
    end = mark.search(text, span.end)
    return Span(start, end.start() if end else len(text))


def _swapped(around: list[str]) -> bool:
    """Whether the neighbours of two words are exchanged: of one and other here, of one and other there."""
    one, other, its, others = around
    return bool(one and other) and one == others and other == its and one != other
