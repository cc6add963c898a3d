"""One alone in one text and among others in the other: "the only survivor" against "three survivors", "but not the
banks" against "the banks as well".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from consistency.checks._figures.portions import Portion
from consistency.facts._figures.fractions import root
from consistency.facts._modifiers import STOPS
from consistency.facts.quantity import quantities
from consistency.records import Span

_LEAST: Final = 0.5
"""Contradiction of both directions, the mean, from which on these are held against each other."""
_SURE: Final = 0.6
_SURER: Final = 0.75
_PLAIN: Final = 0.8
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SOLE: Final = re.compile(
    r"(?:\b(?:the|its|his|her|their|our)|['’]s) (?:only|sole|lone) (?=[^\W\d_])(?!(?:ones?|two|three|four|five|six)\b)",
    re.IGNORECASE,
)
_OTHERS: Final = re.compile(
    r"\b(?:another|(?:the )?others?|(?:a )?second|further|several|many|both|various|numerous|"
    r"one of (?:the|its|his|her|their|our|these|those)|one of (?:the )?(?:two|three|four|five|six|seven|eight|nine|ten|"
    r"\d{1,4}))(?: few| two| three| four)? (?=[^\W\d_])",
    re.IGNORECASE,
)
_EXCLUSIVE: Final = re.compile(
    r"\b(?:only|sole|solely|alone|no other|nobody else|no one else|none|lone|except|every|all|unless)\b", re.IGNORECASE
)
"""Where the other text has these too, both may tell the same: "every child but one" and "the only child"."""
_NOUNS: Final = 3
_REACH: Final = 50
_VAGUE: Final = frozenset(map(root, ("one", "person", "man", "thing", "time", "way", "reason", "other")))
_LIGHT: Final = r"(?: (?:for|in|to|on|of|by|at|from|the|its|his|her|their|a|an|those|that|about))*"
_LEFT_OUT: Final = re.compile(
    r"\b(?:but not|except(?: for)?|apart from|unlike|in contrast to|with the exception of|excluding)"
    rf"{_LIGHT} (?P<word>[^\W\d_]{{4,30}})",
    re.IGNORECASE,
)
_TAKEN_IN: Final = (
    re.compile(
        r"(?<!\bnot )\b(?:as well as|including|together with|along with|like|"
        rf"and so (?:will|did|do|does|has|have|is|are|was|were)){_LIGHT} (?P<word>[^\W\d_]{{4,30}})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\band{_LIGHT} (?P<word>[^\W\d_]{{4,30}})(?: [^\W\d_]{{1,20}})? (?:alike|as well|too)\b", re.IGNORECASE
    ),
)
_MOST: Final = 8


def alone(texts: tuple[str, str], contradiction: float) -> Iterator[Portion]:
    """Where one text says that something is the only one of its kind, or left out, and the other that there are more,
    or that it is taken in; `contradiction` is what the model says of the pair.
    """
    if contradiction < _LEAST:
        return
    sure = _SURER if contradiction >= _PLAIN else _SURE
    for first, second in ((0, 1), (1, 0)):
        for one, two in (*_one_of_several(texts[first], texts[second]), *_taken_in(texts[first], texts[second])):
            yield Portion(*((one, two) if first == 0 else (two, one)), sure)


def _one_of_several(sole: str, several: str) -> Iterator[tuple[Span, Span]]:
    if _EXCLUSIVE.search(several):
        return
    for match in islice(_SOLE.finditer(sole), _MOST):
        nouns = _nouns(sole, match.end()) - _VAGUE
        if not nouns:
            continue
        span = Span(match.start() + match[0].startswith(("'", "’")) * 3, match.end() - 1)
        counted = [fact for fact in quantities(several) if fact.unit == "count" and fact.low > 1]
        for fact in counted[:_MOST]:
            if root(fact.noun) in nouns:
                yield span, fact.span
                return
        for other in islice(_OTHERS.finditer(several), _MOST):
            if nouns & _nouns(several, other.end()):
                yield span, Span(other.start(), other.end() - 1)
                return


def _nouns(text: str, start: int) -> frozenset[str]:
    """The words of a noun behind a place, folded, up to the first that belongs to none."""
    found: list[str] = []
    for match in _WORD.finditer(text, start, start + _REACH):
        word = match[0].lower()
        if word in STOPS or len(found) == _NOUNS:
            break
        found.append(root(word))
    return frozenset(found)


def _taken_in(left: str, taken: str) -> Iterator[tuple[Span, Span]]:
    inside: dict[str, re.Match[str]] = {}
    for pattern in _TAKEN_IN:
        for match in islice(pattern.finditer(taken), _MOST):
            inside.setdefault(root(match["word"].lower()), match)
    for match in islice(_LEFT_OUT.finditer(left), _MOST):
        word = root(match["word"].lower())
        if match["word"].lower() not in STOPS and (other := inside.get(word)):
            yield Span(match.start(), match.end()), Span(other.start(), other.end())
