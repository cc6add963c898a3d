"""What a denial of one text is to the other, told in other words: denied there too, told there, or told by its most."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

from consistency.facts._lists import word_set
from consistency.facts.hedge import lemma
from consistency.facts.kin import kindred
from consistency.facts.polarity import bases, lemmas, negated
from consistency.records import Span

_NEAR: Final = 0.5
"""The part of the words of weight of the longer of two texts that makes them near-copies: there any word that is told
shows that a denial is about it.
"""
_DENIALS: Final = 12
"""Denials of a text that are read."""
_FIRST: Final = 3
_REST: Final = 8
"""Words of weight behind two denials that are compared: first the next ones, then more."""
_WINDOW: Final = 120
"""Characters on either side of a denial in which what it compares stands."""
_MORE: Final = re.compile(r"\b(?:(more|less|fewer|better|worse)|([a-z]{2,})er)\b", re.IGNORECASE)
_MOST: Final = {"more": "most", "less": "least", "fewer": "fewest", "better": "best", "worse": "worst"}
_LIKE: Final = tuple(
    word_set(words)
    for words in (
        "record biggest largest greatest hugest highest tallest most longest heaviest steepest sharpest strongest",
        "smallest lowest least slightest tiniest shortest fewest lightest weakest narrowest",
        "worst deadliest bloodiest heaviest gravest costliest",
        "best finest greatest",
        "fastest quickest swiftest",
        "slowest longest",
        "earliest oldest first",
        "latest youngest last",
    )
)
"""What may be said of one thing in one word or another: "never a bigger order", "the largest order ever"."""
_AS: Final = re.compile(r"\b(?:as|so) (?:many|much|few|little)\b", re.IGNORECASE)
_THAN_ANY: Final = re.compile(r"\b(?:most|fewest|least|record|than (?:any|every|all|anyone|anything))\b", re.IGNORECASE)
_MARK: Final = re.compile(r"[.!?;:]")
_WORD: Final = re.compile(r"[^\W\d_]+")


def answered(texts: tuple[str, str], denials: tuple[Sequence[Span], Sequence[Span]], side: int) -> frozenset[Span]:
    """The denials of a text whose like the other has: for each of the other's the one that denies most of the same."""
    found: set[Span] = set()
    left = set(denials[1 - side][:_DENIALS])
    for most in (_FIRST, _REST):  # what stands right behind both before what stands far behind
        mine = [
            (denial, _denied(texts[side], denial, most)) for denial in denials[side][:_DENIALS] if denial not in found
        ]
        for other in sorted(left):
            theirs = _denied(texts[1 - side], other, most)
            alike = {denial: _alike(words, theirs) for denial, words in mine if denial not in found}
            if any(alike.values()):
                found.add(max(alike, key=lambda denial: alike[denial]))
                left.discard(other)
    return frozenset(found)


def _denied(text: str, denial: Span, most: int) -> list[str]:
    """The words that a denial denies, among them what it denies itself ("unpaid")."""
    word = text[denial.start : denial.end]
    own = sorted(bases(word) - {lemma(word.casefold())})
    return [*own, *(word for word, _ in negated(text, denial, most))]


def _alike(words: Sequence[str], others: Sequence[str]) -> int:
    """How much of what is denied is denied by the other, too; what stands right behind both counts most."""
    return sum(
        (len(words) - at) * (len(others) - there)
        for at, word in enumerate(words)
        for there, other in enumerate(others)
        if kindred(word, other)
    )


def spoken_of(texts: tuple[str, str], side: int, denial: str, denied: Sequence[str], there: Set[str]) -> bool:
    """Whether the other text speaks of what is denied: of the first word of it, or of any where it is a near-copy.

    A kindred word that the text of this side has, too, is spoken of something else. `denial` = the word that denies,
    which may hold what it denies ("unfinished"); `there` = the lemmas of the other text.
    """
    if not bases(denial).isdisjoint(there):
        return True
    if not denied:
        return False
    if not there.isdisjoint(denied) and _near_copies(texts):
        return True
    own = bases(texts[side])
    return any(word == denied[0] or (word not in own and kindred(denied[0], word)) for word in there)


def by_its_most(text: str, denial: Span, other: str) -> bool:
    """Whether a denial says of others what the other text says of the one: "no tower is taller", "the tallest"."""
    start = max((mark.end() for mark in _MARK.finditer(text, max(0, denial.start - _WINDOW), denial.start)), default=0)
    start = max(start, denial.start - _WINDOW)
    mark = _MARK.search(text, denial.end, min(len(text), denial.end + _WINDOW))
    end = mark.start() if mark else min(len(text), denial.end + _WINDOW)
    if _AS.search(text, start, end) and _THAN_ANY.search(other):
        return True
    most = {_MOST.get(more[0].casefold(), f"{more[2]}est".casefold()) for more in _MORE.finditer(text, start, end)}
    most = most.union(*(words for words in _LIKE if not most.isdisjoint(words)))
    return not most.isdisjoint(map(str.casefold, _WORD.findall(other)))


def _near_copies(texts: tuple[str, str]) -> bool:
    one, other = ({word for word, _ in lemmas(text, Span(0, len(text)))} for text in texts)
    return len(one & other) >= _NEAR * max(len(one), len(other))
