"""Whether what one text denies is told in a clause, or in words, of its own that the other text leaves out."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from consistency.facts._lists import word_set
from consistency.facts._turns.stretch import stretch
from consistency.facts.hedge import lemma
from consistency.facts.kin import kindred
from consistency.facts.polarity import bases, lemmas
from consistency.isolate import Difference, differences
from consistency.records import Span

_WINDOW: Final = 200
"""Characters on either side of a denial that belong to its clause at most."""
_EDGE: Final = re.compile(
    r"[.!?;:,()—–](?=\s|[\"”]|\Z)|\s[-–—]\s|\b(?:but|and|who|which|whom|whose|while|whereas|although|though|as)\b",
    re.IGNORECASE,
)
"""What parts clauses."""
_BARE: Final = frozenset(map(lemma, word_set("none nobody nothing nowhere neither nor cannot without hardly scarcely")))
"""Words that deny and say nothing else."""
_ASIDE: Final = 3
"""Words of weight that make an addition a matter of its own; of a clause, one less."""
_SUBORDINATE: Final = re.compile(r"[,;:(—–]|(?:who|which|but|although|though|while|and)\b")
_DENY: Final = lemma("deny")
_CHARGES: Final = frozenset(
    map(
        lemma,
        word_set("charge allegation accusation claim report rumour rumor wrongdoing involvement part it all any this"),
    )
)
"""What is denied where nothing is said of what it is; who leaves that out has not said that it is so."""
_ADMIT: Final = frozenset(map(lemma, word_set("admit confirm acknowledge confess concede accept affirm guilty own")))
"""What a text says that tells the contrary of "denied"."""
_COULD_NOT: Final = re.compile(
    r"(?:\bcould not|\bcouldn['’]t|\bwas not able|\bwere not able|\bunable)\Z", re.IGNORECASE
)
_AUXILIARY: Final = 12
_FORCED: Final = re.compile(
    r"\b(?:and|so|but),? (?:(?:[a-z]+ ){0,2}had to|(?:was|were) forced to|instead)\s+(?P<what>[^.!?;:,()—–]{1,60})",
    re.IGNORECASE,
)
"""What came of it that a thing could not be done: "could not land and had to turn back"."""
_REASON: Final = re.compile(r"\b(?:because|due to|owing to|amid|and|so|but)\b", re.IGNORECASE)
_LEAST: Final = 2
"""Words of weight of a clause from which on it is a statement of its own."""
_REST: Final = 3
"""Words of weight that the text must have besides, so that the other text tells that and not this."""
_MOST: Final = 120
"""Words of weight of the other text that are looked at."""


def left_out(text: str, denial: Span, other: str) -> bool:
    """Whether the other text has no word of the clause of a denial, nor any kin of one."""
    if _told_by_its_end(text, denial, other):
        return True
    begin, end = stretch(text, denial, _EDGE, _WINDOW)
    own = {word for word, _ in lemmas(text, Span(begin, end))} - _BARE
    if len(own) < _LEAST or len(lemmas(text, Span(0, begin))) + len(lemmas(text, Span(end, len(text)))) < _REST:
        return False
    told = {word for word, _ in lemmas(other, Span(0, len(other)))[:_MOST]}
    if lemma(text[denial.start : denial.end].casefold()) == _DENY:
        own = {word for word, _ in lemmas(text, Span(denial.end, end))} - _CHARGES
        return _ADMIT.isdisjoint(told) and not _any_told(own, told)
    return not _any_told(own, told)


def _told_by_its_end(text: str, denial: Span, other: str) -> bool:
    """Whether the other text tells only what came of it that a thing could not be done, and that not at all."""
    if _COULD_NOT.search(text, max(0, denial.start - _AUXILIARY), denial.end) is None:
        return False
    forced = _FORCED.search(text, denial.end, min(len(text), denial.end + _WINDOW))
    reason = _REASON.search(text, denial.end)
    if forced is None or reason is None:
        return False
    told = {word for word, _ in lemmas(other, Span(0, len(other)))[:_MOST]}
    denied = {word for word, _ in lemmas(text, Span(denial.end, reason.start()))}
    end = [word for word, _ in lemmas(text, Span(*forced.span("what")))]
    return bool(end) and all(_any_told({word}, told) for word in end) and not _any_told(denied, told)


def aside(text: str, difference: Difference, more: int, told: Set[str]) -> bool:
    """Whether the words around a negation are only an addition, of things the other text does not speak of."""
    if len(difference[1 - more]):
        return False
    own = difference[more]
    most = _ASIDE - 1 if _SUBORDINATE.match(text, own.start, own.end) else _ASIDE
    return sum(word not in told for word, _ in lemmas(text, own)) >= most


def added(texts: tuple[str, str], denied: Span, side: int) -> bool:
    """Whether a denial stands in a clause that the other text does not have: "did not seek a third term in 2019"."""
    return any(
        difference[side].overlaps(denied) and aside(texts[side], difference, side, bases(texts[1 - side]))
        for difference in differences(*texts)
    )


def _any_told(own: Set[str], told: Set[str]) -> bool:
    return not own.isdisjoint(told) or any(kindred(word, one) for word in own for one in told)
