"""Two figures, or two dates, exchanged between what they belong to, in texts that are worded each in its own way.

Each of the two stands in a clause of its own. What else these clauses tell must cross over, and nothing may stay.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from itertools import islice
from typing import Final, NamedTuple

import msgspec

from consistency.facts._kept import kept
from consistency.facts._roles.words import DAYS
from consistency.facts.date import dates
from consistency.facts.hedge import lemma
from consistency.facts.kin import listed
from consistency.facts.polarity import lemmas
from consistency.facts.quantity import quantities
from consistency.records import Span

_MOST: Final = 1_000
"""Characters of a text beyond which it is no claim."""
_WORDS: Final = 30
"""Words of weight of a clause that are looked at."""
_MARK: Final = re.compile(
    r"[,;:.!?—–](?=\s)|\b(?:and|but|while|whereas|against|compared|versus|before|after|who|which|when|until)\b"
)
"""Where a clause ends. What stands between the first and the last of several may belong to either side."""
_TIMES: Final = frozenset(map(lemma, DAYS))
_PAIR: Final = 2


class _Side(NamedTuple):
    """A value of a text and what its clause tells that the other's does not."""

    span: Span
    words: frozenset[str]


def crossed_values(premise: str, hypothesis: str) -> tuple[tuple[Span, Span], tuple[Span, Span]] | None:
    """Two values of the premise and those in their places in the hypothesis; None where nothing has changed places."""
    if max(len(premise), len(hypothesis)) > _MOST:
        return None
    here, there = _pairs(premise), _pairs(hypothesis)
    for kind in here.keys() & there.keys():
        one, other = here[kind], there[kind]
        if one.keys() == other.keys() and _cross(*one.values(), *(other[key] for key in one)):
            (first, second), (third, fourth) = one.values(), (other[key] for key in one)
            return (first.span, second.span), (fourth.span, third.span)
    return None


def _cross(first: _Side, second: _Side, third: _Side, fourth: _Side) -> bool:
    """Whether each clause tells what the other value's clause told, and neither keeps anything of its own."""
    if first.words & third.words or second.words & fourth.words:
        return False
    if not (first.words & fourth.words and second.words & third.words):
        return False
    stays = _kin(first.words - fourth.words, third.words - second.words)
    stays += _kin(second.words - third.words, fourth.words - first.words)
    return 2 * stays <= len(first.words & fourth.words) + len(second.words & third.words) - _PAIR


def _kin(here: frozenset[str], there: frozenset[str]) -> int:
    """How many words stay in other words, of those that have not crossed."""
    return sum(any(listed(word, told) for told in there) for word in here)


@kept
def _pairs(text: str) -> dict[Hashable, dict[Hashable, _Side]]:
    """By what they measure the values of a text that are two of a kind, each with its clause."""
    found: dict[Hashable, list[tuple[Hashable, Span]]] = {}
    values = list(_values(text))
    for kind, value, span in values:
        found.setdefault(kind, []).append((value, span))
    taken = [span for _, _, span in values]
    return {
        kind: sides
        for kind, two in found.items()
        if len(two) == _PAIR and (sides := _sides(text, two, taken)) is not None
    }


def _values(text: str) -> Iterator[tuple[Hashable, Hashable, Span]]:
    for quantity in quantities(text):
        if quantity.unit not in ("ordinal", "label", "score"):
            yield quantity.unit, (quantity.low, quantity.high), quantity.span
    for date in dates(text):
        told = msgspec.structs.replace(date, span=Span(0, 0), text="")
        yield "weekday" if not date.absolute else "date", told, date.span


def _sides(text: str, two: list[tuple[Hashable, Span]], taken: list[Span]) -> dict[Hashable, _Side] | None:
    (one, left), (other, right) = two
    marks = list(_MARK.finditer(text, left.end, right.start))
    if one == other or not marks:
        return None
    words = [_words(text, clause, taken) for clause in (Span(0, marks[0].start()), Span(marks[-1].end(), len(text)))]
    return {one: _Side(left, words[0] - words[1]), other: _Side(right, words[1] - words[0])}


def _words(text: str, clause: Span, taken: list[Span]) -> frozenset[str]:
    """What a clause tells besides values and times of day."""
    told = (word for word, span in lemmas(text, clause) if not any(value.holds(span) for value in taken))
    return frozenset(islice((word for word in told if word not in _TIMES), _WORDS))
