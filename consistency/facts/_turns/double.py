"""A deed that one text says will not be, and that the other does not rule out: "will never sell", "would not rule out
selling"."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from consistency.facts._lists import word_set
from consistency.facts._rare import Rare
from consistency.facts.hedge import lemma
from consistency.facts.kin import kindred
from consistency.facts.polarity import lemmas
from consistency.records import Span

_OPEN: Final = Rare(
    r"(?:\b(?:not|never|cannot|without)|n['’]t|\b(?:refus|declin)(?:ed|es|ing|e) to|\bunwilling to|\bunable to)"
    r" (?:[a-z]+ly |even |yet |now )?(?:rul(?:e|ed|ing) (?:it )?out|exclud(?:e|ed|ing)|preclud(?:e|ed|ing))"
    r"(?: (?:the (?:possibility|option|idea|prospect)(?: of)?|that))?(?= )",
    *("rul", "clud"),
)
_NEVER: Final = re.compile(
    r"\b(?:promis|pledg|vow|swor|swear|pledg|undert[oa]|guarante|commit|agre)[a-z]*"
    r"(?: [^.!?;:,]{0,60}?)? (?:not|never) to\b"
    r"|\b(?:will|would|shall) (?:not|never)\b(?! (?:rule|exclude|preclude|say|comment|be drawn|discuss))"
    r"|\bwo(?:uld)?n['’]t\b(?! (?:rule|exclude|preclude|say|comment|be drawn|discuss))"
    r"|\b(?:rul(?:e|ed|ing) out|exclud(?:e|ed|ing))\b",
    re.IGNORECASE,
)
"""What says that a thing will not be."""
_BEFORE: Final = re.compile(
    r"(?:\b(?:not|never|cannot|without|refused? to|declined? to|refusing to|declining to)|n['’]t) (?:[a-z]+ ){0,2}\Z",
    re.IGNORECASE,
)
_MARK: Final = re.compile(
    r"[.!?;:,()—–](?!\d)|\b(?:and|but|if|unless|until|before|while|who|which|because|without|again)\b", re.IGNORECASE
)
_CONDITION: Final = re.compile(
    r"\b(?:if|unless|until|before|as long as|without|this (?:year|season|month|week))\b", re.IGNORECASE
)
"""What leaves it open under a condition."""
_WINDOW: Final = 80
_MOST: Final = 4
_FEW: Final = 4
"""Words of weight that tell what is ruled out: the deed, and to whom or what."""


def left_open(texts: tuple[str, str], side: int) -> tuple[Span, Span] | None:
    """Where the text of this side says a thing will not be, and where the other does not rule it out."""
    text, other = texts[side], texts[1 - side]
    if _OPEN.search(text) is not None or _CONDITION.search(text) is not None:
        return None
    for may in islice(_OPEN.finditer(other), _MOST):
        deed = _behind(other, may.end())
        for never in islice(_NEVER.finditer(text), _MOST):
            if _BEFORE.search(text, max(0, never.start() - _WINDOW), never.start()):
                continue
            denied = _behind(text, never.end())
            if deed and denied and _same(deed[0][0], denied[0][0]) and _of_one(deed, denied):
                return Span(never.start(), denied[0][1].end), Span(may.start(), deed[0][1].end)
    return None


def _of_one(deed: list[tuple[str, Span]], denied: list[tuple[str, Span]]) -> bool:
    """Whether two deeds are done to the same thing, or nothing is told of what."""
    if len(deed) == 1 or len(denied) == 1:
        return len(deed) == len(denied)
    return any(_same(one, other) for one, _ in deed[1:] for other, _ in denied[1:])


def _same(one: str, other: str) -> bool:
    return one == other or kindred(one, other)


def _behind(text: str, start: int) -> list[tuple[str, Span]]:
    end = min(len(text), start + _WINDOW)
    mark = _MARK.search(text, start, end)
    words = lemmas(text, Span(start, mark.start() if mark else end))
    return [one for one in words if one[0] not in _LIGHT][:_FEW]


_LIGHT: Final = frozenset(map(lemma, word_set("one day ever either possibility option idea prospect further more")))
