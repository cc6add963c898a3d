"""Whether two opposites may tell one thing from its two ends: "A came before B" is "B came after A"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from consistency.facts._lists import word_set
from consistency.facts.hedge import lemma
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
_WITHIN: Final = re.compile(r"\b(?:by|of|from|at|in|on|with|for|against)\b", re.IGNORECASE)
"""What leads from an event to those who are part of it: "after a ruling by the court" is not after the court."""
_COMPARED: Final = re.compile(r"(?:more|less|fewer|better|worse|[a-z]{2,}er)\Z")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LONGEST: Final = 30
"""Characters in which a subject stands that is one word."""
_TRANSFERS: Final = frozenset(
    map(lemma, word_set("give get receive take obtain gain send buy sell lend borrow teach learn beat lose defeat win"))
)
"""Verbs by which one has what another had: in the passive of one the subject is that of the other."""
_PASSIVE: Final = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being|gets?|got)\s+(?:[a-z]+ly\s+|also\s+|not\s+|now\s+)?\Z", re.IGNORECASE
)
_PRONOUNS: Final = word_set("i you he she it we they who")
_FAR: Final = 200
"""Characters in which the parties of a converse stand."""
_END: Final = re.compile(r"[.!?;:]")
_MARK: Final = re.compile(r"[.!?;:,()—–]|\b(?:and|but|while|whereas|which|who)\b")


def from_other_end(texts: tuple[str, str], spans: tuple[Span, Span], *, alike: bool) -> bool:
    """Whether two opposites say on which side of something a thing is, and not of the same something.

    Words that stand on either side in both texts do not tell which side is which ("he fired after he was fired at"),
    unless the texts are `alike` in all else or the same words follow. A word that nothing follows ("nine years
    before", "before that") speaks of what was told already. What stands behind one and before the other has changed
    ends: "A left before B did" is "B left after A did".
    """
    words = [text[span.start : span.end].casefold() for text, span in zip(texts, spans, strict=True)]
    if sum(word in _SIDES for word in words) == 1 and sum(word in _ADVERBS for word in words) == 1:
        return True
    if not all(word in _SIDES for word in words):
        return False
    behind = [_behind(text, span) for text, span in zip(texts, spans, strict=True)]
    one, other = ([word for word, _ in words] for words in behind)
    before = [_ahead(text, span) for text, span in zip(texts, spans, strict=True)]
    if one != other and _ends(before[0], other) and _ends(before[1], one):
        return True
    here, there = (_head(text, words) for text, words in zip(texts, behind, strict=True))
    links = [(mine, theirs) for mine in here for theirs in there if kindred(mine, theirs)]
    if not alike and one != other:
        besides = [_besides(text, words) for text, words in zip(texts, (one, other), strict=True)]
        links = [link for link in links if any(told.isdisjoint(link) for told in besides)]
    if not links:
        return bool(one or other)
    ahead = [{word for word, _ in lemmas(text, Span(0, span.start))} for text, span in zip(texts, spans, strict=True)]
    return not ahead[1].isdisjoint(set(one) - set(other)) and not ahead[0].isdisjoint(set(other) - set(one))


def parties_exchanged(texts: tuple[str, str], spans: tuple[Span, Span]) -> bool:
    """Whether who stands ahead of one word stands behind the other, and the other way about: "A bought it from B" is
    "B sold it to A". Where one of two subjects is a pronoun, another subject is enough: "she taught me", "I learned".
    """
    subjects = [_right_before(text, span) for text, span in zip(texts, spans, strict=True)]
    if subjects[0] != subjects[1] and not _PRONOUNS.isdisjoint(subjects):
        return True
    ahead = [set(_ahead(text, span)) for text, span in zip(texts, spans, strict=True)]
    behind = [set(_sentence(text, span)) for text, span in zip(texts, spans, strict=True)]
    moved = [(ahead[side] - behind[side]) & (behind[1 - side] - ahead[1 - side]) for side in (0, 1)]
    return all(moved)


def one_passive(texts: tuple[str, str], spans: tuple[Span, Span]) -> bool:
    """Whether one of two converses is in the passive and the other is not: who "was given" a thing got it."""
    if any(lemma(text[at.start : at.end].casefold()) not in _TRANSFERS for text, at in zip(texts, spans, strict=True)):
        return False
    passive = [
        _PASSIVE.search(text, max(0, at.start - _LONGEST), at.start) is not None
        for text, at in zip(texts, spans, strict=True)
    ]
    return passive[0] != passive[1]


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


def _ahead(text: str, span: Span) -> list[str]:
    """The words of weight of a sentence before a word."""
    start = max(0, span.start - _FAR)
    start = max((mark.end() for mark in _END.finditer(text, start, span.start)), default=start)
    return [word for word, _ in lemmas(text, Span(start, span.start))]


def _right_before(text: str, span: Span) -> str:
    words = _WORD.findall(text, max(0, span.start - _LONGEST), span.start)
    return words[-1].casefold() if words else ""


def _sentence(text: str, span: Span) -> list[str]:
    """The words of weight of a sentence behind a word."""
    end = min(len(text), span.end + _FAR)
    mark = _END.search(text, span.end, end)
    return [word for word, _ in lemmas(text, Span(span.end, mark.start() if mark else end))]


def _besides(text: str, behind: Sequence[str]) -> set[str]:
    """The words of a text that it has elsewhere than behind a word."""
    told = Counter(word for word, _ in lemmas(text, Span(0, len(text))))
    told.subtract(behind)
    return {word for word, count in told.items() if count > 0}


def _ends(words: Sequence[str], end: Sequence[str]) -> bool:
    return bool(end) and list(words[-len(end) :]) == list(end)


def _behind(text: str, span: Span) -> list[tuple[str, Span]]:
    """The words of weight behind a word, up to the end of its clause; none where it leans on nothing there."""
    if _LEANS_BACK.match(text, span.end) is not None:
        return []
    end = min(len(text), span.end + _WINDOW)
    mark = _MARK.search(text, span.end, end)
    return lemmas(text, Span(span.end, mark.start() if mark else end))[:_BEHIND]


def _head(text: str, words: Sequence[tuple[str, Span]]) -> list[str]:
    """Of words behind another those that name the thing or event itself."""
    within = _WITHIN.search(text, words[0][1].end, words[-1][1].end) if words else None
    return [word for word, place in words if within is None or place.start < within.start()]
