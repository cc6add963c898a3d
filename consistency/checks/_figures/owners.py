"""Two figures that have changed owners: "the mother got four years and the stepfather nine" against "four years for the
stepfather and nine for the mother".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from typing import Final, NamedTuple

from consistency.checks._figures.portions import Portion
from consistency.checks._figures.slots import stem
from consistency.facts._modifiers import STOPS
from consistency.facts._tokens import words
from consistency.facts.quantity import Quantity

_SURE: Final = 0.6
_SURER: Final = 0.75
_SEEN: Final = 0.4
"""Contradiction of both directions, the mean, from which on a finding is surer."""
_MOST: Final = 10
_REACH: Final = 60
_AHEAD: Final = 4
_BEHIND: Final = 6
_STEP: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*|[^\w\s]")
_BREAKS: Final = words(
    "and but while whereas or when where as which who that than from versus against after before compared respectively",
    "plus minus since until because if then up down one two three four five six seven eight nine ten",
)
"""Behind these another figure has its own words."""
_LINKS: Final = words("of for in to on at by with among")
"""One of them may stand between a figure and its owner: "nine for the mother"."""
_BEFORE_FIGURE: Final = words("to of at for by with in")
_OPEN: Final = words("the a an its their his her about around some nearly almost just only")
_RELATIVE: Final = words("this next last")
_BY_TURNS: Final = re.compile(r"\b(?:respectively|former|latter|vice versa|each other)\b", re.IGNORECASE)
_NO_AMOUNT: Final = frozenset({"ordinal", "label", "score", "tens", "factor", "race"})
_LIGHT: Final = frozenset(map(stem, "time people person other more less about one ones".split()))


class _Owned(NamedTuple):
    """A figure and the words that stand at it, as stems."""

    fact: Quantity
    words: frozenset[str]


def owners(
    texts: tuple[str, str], sides: tuple[Sequence[Quantity], Sequence[Quantity]], contradiction: float
) -> Iterator[Portion]:
    """Where two figures of one text stand with each other's words in the other."""
    if any(map(_BY_TURNS.search, texts)):
        return
    first, second = ({one.fact.stated: one for one in _owned(*side)} for side in zip(texts, sides, strict=True))
    both = [value for value in first if value in second]
    for low, high in combinations(islice(both, _MOST), 2):
        pairs = (first[low], first[high]), (second[low], second[high])
        if not _of_one_unit(pairs):
            continue
        own = [(one.words - two.words, two.words - one.words) for one, two in pairs]
        moved = own[0][0] & own[1][1], own[0][1] & own[1][0]
        if all(moved):
            yield Portion(pairs[0][0].fact.span, pairs[1][1].fact.span, _SURER if contradiction >= _SEEN else _SURE)
            return


def _of_one_unit(pairs: tuple[tuple[_Owned, _Owned], tuple[_Owned, _Owned]]) -> bool:
    """Whether the figures have one unit in one text, which one of them may lack in the other: "four years ... and
    nine", "30 kilos of rice and 12 of beans".
    """
    units = [{one.fact.unit, two.fact.unit} for one, two in pairs]
    if (units[0] ^ units[1]) - {"count"} or len((units[0] | units[1]) - {"count"}) > 1:
        return False
    named = [one.fact.noun for pair in pairs for one in pair if one.fact.unit == "count"]
    return min(map(len, units)) == 1 or not any(named)


def _owned(text: str, facts: Sequence[Quantity]) -> Iterator[_Owned]:
    """The figures of a text that stand there once, with their words."""
    shown = facts[: 2 * _MOST]
    aged = any(fact.unit == "age" for fact in shown)
    for number, fact in enumerate(shown):
        if fact.unit in _NO_AMOUNT or sum(one.stated == fact.stated for one in shown) > 1:
            continue
        start = shown[number - 1].span.end if number else 0
        end = shown[number + 1].span.start if number + 1 < len(shown) else len(text)
        before = text[max(start, fact.span.start - _REACH) : fact.span.start]
        behind = text[fact.span.end : min(end, fact.span.end + _REACH)]
        found = {*_ahead(before, age=aged and fact.unit in {"age", "count"}), *_behind(behind)}
        if fact.noun:
            found.add(stem(fact.noun))
        if fact.state:
            found.add(f"{fact.state}:")
        yield _Owned(fact, frozenset(found) - _LIGHT)


def _ahead(before: str, *, age: bool) -> Iterator[str]:
    """The words right before a figure, up to the first that ends its own."""
    steps = _STEP.findall(before)[::-1]
    if age and steps[:1] == [","]:  # "Marta, 34,"
        steps = steps[1:]
    for number, step in enumerate(steps[:_AHEAD]):
        word = step.lower()
        light = number == 0 and word in _BEFORE_FIGURE
        if word in _BREAKS or not word[0].isalpha() or (word in _LINKS and not light):
            return
        if _says(word):
            yield stem(word)


def _behind(behind: str) -> Iterator[str]:
    """The words right behind a figure, up to the first that ends its own; one preposition is passed."""
    linked = False
    for step in _STEP.findall(behind)[:_BEHIND]:
        word = step.lower()
        if word in _BREAKS or not word[0].isalpha() or (word in _LINKS and linked):
            return
        linked = linked or word in _LINKS
        if _says(word):
            yield stem(word)


def _says(word: str) -> bool:
    return word in _RELATIVE or (word not in STOPS and word not in _OPEN)
