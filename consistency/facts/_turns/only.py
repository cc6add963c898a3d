"""What one text limits to a part and the other tells of the whole: "a permit for the north side only", "a permit for
the whole mountain"."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from consistency.facts._rare import Rare
from consistency.facts.hedge import lemma
from consistency.facts.polarity import negations
from consistency.records import Span

_ONLY: Final = Rare(
    r"(?<!\bthe )(?<!\ban )(?<!['’]s )(?<!\bif )\b(?:only|solely|exclusively)\b(?! (?:one|once|just|now|recently)\b)",
    *("only", "solely", "exclusively"),
)
_WHOLE: Final = re.compile(
    r"\b(?:(?:the|its|their|his|her) (?:whole|entire|full)|all|every|everyone|everybody|everything|everywhere|anyone"
    r"|anybody|anything|anywhere)\b(?! (?:but|except|day|year|month|week|time|kinds|sorts)\b)",
    re.IGNORECASE,
)
_HUNG: Final = re.compile(
    r"\b([^\W\d_]{3,}) (?:only |solely |exclusively )?(for|to|in|on|of|by|with|from|at|over)\b", re.IGNORECASE
)
"""What a part hangs on: "permit for", "open to"."""
_STOP: Final = re.compile(r"[.!?;:,()—–](?!\d)|\b(?:and|but|or|who|which|that|because|while)\b", re.IGNORECASE)
_WINDOW: Final = 60
_MOST: Final = 4
_HERE: Final = 4
"""Characters between the preposition and the whole."""


def no_longer_limited(texts: tuple[str, str], side: int) -> tuple[Span, Span] | None:
    """Where the text of this side limits a thing to a part, and where the other tells it of the whole.

    Both must hang it on the same words, and neither may speak of the part and of the whole, or deny anything.
    """
    text, other = texts[side], texts[1 - side]
    if _ONLY.search(text) is None or _WHOLE.search(other) is None:
        return None
    if _WHOLE.search(text) or _ONLY.search(other) or negations(text) or negations(other):
        return None
    for only in islice(_ONLY.finditer(text), _MOST):
        ours = {pair for pair, _ in _hung(text, only.start(), only.end() + _HERE)}
        for whole in islice(_WHOLE.finditer(other), _MOST):
            if any(
                pair in ours and whole.start() - end <= _HERE
                for pair, end in _hung(other, whole.start(), whole.start())
            ):
                return Span(*only.span()), Span(*whole.span())
    return None


def _hung(text: str, at: int, end: int) -> list[tuple[tuple[str, str], int]]:
    """The words that the phrase with a word in it may hang on, with the end of the preposition."""
    begin = max(0, at - _WINDOW)
    begin = max((mark.end() for mark in _STOP.finditer(text, begin, at)), default=begin)
    return [
        ((lemma(match[1].casefold()), match[2].casefold()), match.end())
        for match in _HUNG.finditer(text, begin, min(len(text), end))
    ]
