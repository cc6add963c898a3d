"""What one text says was ruled out, and the other tells: "ruled out that the singer was poisoned", "the singer was
poisoned"."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from consistency.facts._rare import Rare
from consistency.facts.polarity import bases, negations, negative
from consistency.records import Span

_OUT: Final = Rare(
    r"\b(?:(?:rul(?:e|ed|es|ing) out|exclud(?:e|ed|es|ing))(?: the possibility)?|disproved|refuted) that "
    r"(?P<what>[^.!?;:,()—–\"“”]{10,200})",
    *("rul", "exclud", "disproved", "refuted"),
)
_BEFORE: Final = re.compile(
    r"(?:\b(?:not|never|cannot|without|nobody|no one|refused? to|declined? to)|n['’]t)(?: [a-z]+){0,3} \Z",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    r"\b(?:if|whether|may|might|could|would|claim\w*|alleg\w*|rumou?r\w*|theor\w+|suspect\w*|suspicion\w*|fear\w*"
    r"|reports?|reportedly|suggest\w*|speculat\w*|possib\w+|likely|question\w*|ask\w*|believ\w*|thought|wrong\w*|false\w*"
    r"|untrue)\b",
    re.IGNORECASE,
)
"""What leaves open whether a thing is so, or gives it to another."""
_WINDOW: Final = 40
_LEAST: Final = 4
"""Words of what is ruled out that must be told as they are."""
_MOST: Final = 4
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def ruled_out(texts: tuple[str, str], side: int) -> tuple[Span, Span] | None:
    """Where the text of this side says that a thing is not so, and where the other tells it in the same words.

    The other must deny nothing, and leave nothing open that this one does not.
    """
    text, other = texts[side], texts[1 - side]
    for match in islice(_OUT.finditer(text), _MOST):
        if _BEFORE.search(text, max(0, match.start() - _WINDOW), match.start()):
            continue
        words = list(_WORD.finditer(text, *match.span("what")))
        place = _place([word[0] for word in words], other) if len(words) >= _LEAST else None
        if place is None or negations(other, text) or negative(other, Span(0, len(other)), bases(match["what"])):
            continue
        if all(found[0].casefold() in match["what"].casefold() for found in _OPEN.finditer(other)):
            return Span(match.start(), match.start("what") - 1), place
    return None


def _place(words: list[str], other: str) -> Span | None:
    """Where these words stand in a text, one behind the other."""
    found = re.search(r"(?<!\w)" + r"\W{1,3}".join(map(re.escape, words)) + r"(?!\w)", other, re.IGNORECASE)
    return None if found is None else Span(*found.span())
