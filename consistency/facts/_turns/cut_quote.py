"""Denials that were left out with their sentence: the other text is only what else the text says, word for word.

“Nobody told us,” said Grant. “We read of it in the paper.” may be cut to “We read of it in the paper,” said Grant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from consistency.facts._lists import word_set
from consistency.facts._turns.stretch import stretch
from consistency.facts.hedge import lemma
from consistency.facts.polarity import lemmas
from consistency.records import Span

_QUOTE: Final = re.compile(r"[“\"](?P<said>[^“”\"]*)[”\"]")
_EDGE: Final = re.compile(r"[.!?;:](?=\s|[\"”’]|\Z)|[“”\"]")
"""What parts sentences and quotes."""
_REACH: Final = 300
"""Characters on either side of a denial that belong to its sentence at most."""
_LEAST: Final = 3
"""Words that a part must have: fewer stand anywhere."""
_NEW: Final = 1
"""Words of weight around the quotes of a text that the other text need not have, beside those for saying."""
_SAY: Final = frozenset(
    map(
        lemma,
        word_set("say tell add explain complain recall note reply answer insist continue go describe remember write"),
    )
)
_WORD: Final = re.compile(r"[\w'’]+")
_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+")


def without_cut(text: str, denials: Sequence[Span], other: str) -> tuple[Span, ...]:
    """The denials of a text without those whose sentence the other text leaves out, and has what stands beside it."""
    if not denials:
        return ()
    quotes = [match["said"] for match in _QUOTE.finditer(other)]
    parts = [_words(part) for part in (quotes or _SENTENCES.split(other))]
    if any(part.count(" ") <= _LEAST for part in parts) or (quotes and not _only_said(text, other)):
        return tuple(denials)
    said = [Span(*match.span()) for match in _QUOTE.finditer(text)] if quotes else [Span(0, len(text))]
    return tuple(denial for denial in denials if not (any(map(denial.overlaps, said)) and _cut(text, denial, parts)))


def _only_said(text: str, other: str) -> bool:
    """Whether what stands around the quotes of another text tells no more than who said so."""
    frame = _QUOTE.sub(" ", other)
    own = {word for word, _ in lemmas(text, Span(0, len(text)))} | _SAY
    return sum(word not in own for word, _ in lemmas(frame, Span(0, len(frame)))) <= _NEW


def _cut(text: str, denial: Span, parts: Sequence[str]) -> bool:
    """Whether all parts of the other text stand outside the sentence of a denial."""
    begin, end = stretch(text, denial, _EDGE, _REACH)
    outside = f"{_words(text[:begin])}|{_words(text[end:])}"
    return all(part in outside for part in parts)


def _words(text: str) -> str:
    """The words of a text, folded, a blank around each."""
    return f" {' '.join(_WORD.findall(text.casefold().replace('’', chr(39))))} "
