"""One figure as the least in one text and as the most in the other: "at least 200" against "no more than 200"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from consistency.checks._figures.complement import opposite
from consistency.checks._figures.portions import NO_AMOUNT, Portion
from consistency.facts._figures.fractions import root
from consistency.facts._modifiers import STOPS
from consistency.facts.quantity import Quantity

_LEAST: Final = 0.25
"""Contradiction of both directions, the mean, from which on the two are held against each other."""
_PLAIN: Final = 0.6
_SURE: Final = 0.6
_SURER: Final = 0.75
_DENIED: Final = re.compile(
    r"n['’]t\b|\b(?:not|never|no|none|nobody|neither|without|unless|only|except\w*|exempt\w*|free|spared?|ban(?:s|ned)?|"
    r"barred|unlikely|avoid\w*|fail\w*|refus\w+|lack\w*|others?|rest|remain\w*|miss(?:es|ed)|absent|away)\b",
    re.IGNORECASE,
)
"""What turns a bound into the other: "did not reach 200", "those under 18 are exempt"."""
_CLASS: Final = re.compile(
    r"\b(?:with|for|of|if|aged|those|anyone|whoever|where|once|when|every|any|drivers|children|people|pupils|persons|"
    r"adults|youths|households|firms|companies|homes|cars|vehicles|ships|earn(?:s|ing)?|weigh(?:s|ing)?)\s+(?:the\s+|age\s+of\s+)*\Z",
    re.IGNORECASE,
)
"""Before a bound that says which ones are meant: "firms with at least 50 staff" pay, "with fewer than 50" do not."""
_ALL: Final = 100.0
_NEARLY: Final = 1.5
_BACK: Final = 30
_NEAR: Final = 60
_LIGHT: Final = frozenset({"only"})
"""A share stays what it is behind it: "only a third"."""
_KINDS: Final = frozenset({"lower", "upper"})
_CONTENT: Final = re.compile(r"[^\W\d_]{4,}")


def bounds(
    texts: tuple[str, str], sides: tuple[Sequence[Quantity], Sequence[Quantity]], contradiction: float
) -> Iterator[Portion]:
    """Where the same figure is a lower bound here and an upper bound there; `contradiction` is what the model says."""
    if contradiction < _LEAST:
        return
    told = [
        {fact.stated: fact for fact in facts if fact.kind in _KINDS and fact.unit not in NO_AMOUNT} for facts in sides
    ]
    for stated, one in told[0].items():
        two = told[1].get(stated)
        if two is None or one.unit != two.unit or one.kind == two.kind:
            continue
        if _halved(sides, stated) or turned(texts, one, two) or _of_a_class(texts, one, two):
            continue
        if _of_one_thing(texts):
            yield Portion(one.span, two.span, _SURER if contradiction >= _PLAIN else _SURE)


def _halved(sides: tuple[Sequence[Quantity], Sequence[Quantity]], stated: float) -> bool:
    """Whether half of a whole is told, of which more than half leave fewer than half."""
    return any(fact.stated == 2 * stated for facts in sides for fact in facts)


def _of_a_class(texts: tuple[str, str], one: Quantity, two: Quantity) -> bool:
    ahead = [
        text[max(0, fact.span.start - _BACK) : fact.span.start] for text, fact in zip(texts, (one, two), strict=True)
    ]
    return any(map(_CLASS.search, ahead))


def turned(texts: tuple[str, str], one: Quantity, two: Quantity) -> bool:
    """Whether a figure is the least here and the most there, and what is told of it is turned as well: "longer than 80
    metres may not pass", "only up to 80 metres may pass"; "fewer than 100 are missing", "more than 100 are found". So
    it is where two shares make up the whole: "a third failed", "two in three passed".
    """
    bound = {one.kind, two.kind} == _KINDS and one.stated == two.stated
    parts = (
        one.unit == two.unit == "percent" and one.stated != two.stated and abs(one.stated + two.stated - _ALL) < _NEARLY
    )
    if not bound and not parts:
        return False
    near = [(text[: fact.span.start], text[fact.span.end :]) for text, fact in zip(texts, (one, two), strict=True)]
    light = _LIGHT if parts else frozenset()
    denied = [sorted({word.lower() for word in _DENIED.findall(" ".join(rest))} - light) for rest in near]
    if denied[0] != denied[1]:
        return True
    told = [
        {word for part in (ahead[-_NEAR:], behind[:_NEAR]) for word in _CONTENT.findall(part)} for ahead, behind in near
    ]
    return any(opposite(left, right) for left in sorted(told[0] - told[1]) for right in sorted(told[1] - told[0]))


def _of_one_thing(texts: tuple[str, str]) -> bool:
    """Whether two texts share a word besides the figure."""
    found = [{root(word) for word in _CONTENT.findall(text.lower()) if word not in STOPS} for text in texts]
    return not found[0].isdisjoint(found[1])
