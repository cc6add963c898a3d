"""Whether two opposites may tell one thing from its two ends: "A came before B" is "B came after A"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from consistency.facts._lists import word_set
from consistency.facts.kin import kindred
from consistency.facts.polarity import lemmas
from consistency.records import Span

_SIDES: Final = word_set("before after above below over under behind ahead")
"""Words that say on which side of the next words something is."""
_ADVERBS: Final = word_set("earlier later")
"""Words that say so of what was told already."""
_BEHIND: Final = 3
"""Words of weight behind one of them that are what it is before or after."""
_WINDOW: Final = 80
"""Characters in which they stand."""
_LEANS_BACK: Final = re.compile(r"\W*(?:it|this|that|them|then|in|on|at|by|from|to|with)\b", re.IGNORECASE)
_COMPARED: Final = re.compile(r"(?:more|less|fewer|better|worse|[a-z]{2,}er)\Z")
_MARK: Final = re.compile(r"[.!?;:,()—–]|\b(?:and|but|while|whereas|which|who)\b")


def from_other_end(texts: tuple[str, str], spans: tuple[Span, Span]) -> bool:
    """Whether two opposites say on which side of something a thing is, and not of the same something.

    One that nothing follows ("nine years before", "before that") speaks of what was told already. What stands behind
    one and before the other has changed ends: "A left before B did" is "B left after A did".
    """
    words = [text[span.start : span.end].casefold() for text, span in zip(texts, spans, strict=True)]
    if sum(word in _SIDES for word in words) == 1 and sum(word in _ADVERBS for word in words) == 1:
        return True
    if not all(word in _SIDES for word in words):
        return False
    one, other = (_behind(text, span) for text, span in zip(texts, spans, strict=True))
    if not any(kindred(mine, theirs) for mine in one for theirs in other):
        return bool(one or other)
    ahead = [{word for word, _ in lemmas(text, Span(0, span.start))} for text, span in zip(texts, spans, strict=True)]
    return not ahead[1].isdisjoint(set(one) - set(other)) and not ahead[0].isdisjoint(set(other) - set(one))


def evenly(texts: tuple[str, str], opposites: Sequence[tuple[Span, Span]]) -> bool:
    """Whether comparisons are turned an even number of times: "A earns less and works longer", "B earns more and
    works shorter"."""
    turned = {
        frozenset(text[span.start : span.end].casefold() for text, span in zip(texts, spans, strict=True))
        for spans in opposites
        if all(_compares(text, span) for text, span in zip(texts, spans, strict=True))
    }
    return bool(turned) and len(turned) % 2 == 0


def _compares(text: str, span: Span) -> bool:
    return _COMPARED.fullmatch(text[span.start : span.end].casefold()) is not None


def _behind(text: str, span: Span) -> list[str]:
    """The words of weight behind a word, up to the end of its clause; none where it leans on nothing there."""
    if _LEANS_BACK.match(text, span.end) is not None:
        return []
    end = min(len(text), span.end + _WINDOW)
    mark = _MARK.search(text, span.end, end)
    return [word for word, _ in lemmas(text, Span(span.end, mark.start() if mark else end))[:_BEHIND]]
