"""Whether another text says in a word of its own, and elsewhere, what a denial says: "disputed", "before", "out of"."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import islice
from typing import Final

from consistency.facts._lists import word_set
from consistency.facts._turns.lack import lacking
from consistency.facts.hedge import lemma
from consistency.facts.kin import kindred
from consistency.facts.polarity import bases, lemmas, negative
from consistency.records import Span

_WINDOW: Final = 80
"""Characters behind a word that belong to it at most."""
_BEFORE: Final = re.compile(r"\b(?:before|ahead of|prior to|pending|until|till)\b", re.IGNORECASE)
"""What had not happened yet."""
_NOT_YET: Final = re.compile(r"\b(?:has|have)(?: (?:so far|still|yet))? not\b|\b(?:has|have)n['’]t\b", re.IGNORECASE)
_COMING: Final = re.compile(
    r"\b(?:will|would|(?:is|are|was|were) (?:due |about |set |scheduled |expected |still )?to|plan(?:s|ned)? to"
    r"|intend(?:s|ed)? to|promis(?:e|es|ed) to|wants? to|hopes? to)\b|['’]ll\b",
    re.IGNORECASE,
)
"""What is still to come, and so has not been."""
_AUXILIARY: Final = 24
_STOP: Final = re.compile(r"[.!?;:()—–]")
_PAUSE: Final = re.compile(r"[.!?;:,()—–]|\b(?:and|but|while|who|which)\b", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"\b(?:and|but|then|when|while|as|after|because|who|which)\b", re.IGNORECASE)
_WAIT: Final = frozenset(map(lemma, word_set("wait first await pause yet")))
_OUT: Final = re.compile(
    r"\b(?:out of|ruled out|sidelined|left out|dropped out|pulled out|sits? out|sat out)\b", re.IGNORECASE
)
"""Who is out of a race, and without whom it goes on."""
_NOT_OVER: Final = re.compile(
    r"(?:\bnot|n['’]t)(?: yet| quite)? (?:over|finished|ended|completed?|concluded|at an end)\b",
    re.IGNORECASE,
)
_GOING_ON: Final = re.compile(
    r"\b(?:on-?going|under ?way|continu\w+|go(?:es|ing)? on|went on|in progress|still)\b", re.IGNORECASE
)
"""What is not over."""
_WAS_TO: Final = re.compile(r"\b(?:was|were) to have [a-z]+", re.IGNORECASE)
"""What was planned and has not come to pass: "the tour was to have ended in Lima"."""
_FIRST: Final = 2
_BEHIND: Final = 5
_AHEAD: Final = 2
"""Of a word that denies in its own way: how many words behind and before it may be what it denies; and of those behind
a denial how many may be what that denies.
"""
_MOST: Final = 120
"""Words of weight of a text that are looked at."""
_WEAK: Final = frozenset(
    map(
        lemma,
        word_set("neither non too few little only barely rare except ill poor poorly bad badly rather instead minus"),
    )
)
"""Words that may stand for a denial in its very place, and nowhere else."""


def implied(text: str, denial: Span, denied: Sequence[tuple[str, Span]], other: str) -> bool:
    """Whether another text denies in a word of its own what a denial denies.

    `denied` = the words of weight behind it, with their places.
    """
    what = [word for word, place in denied if not _CLAUSE.search(text, denial.start, place.start)]
    if _to_come(text, denial, what, other) or _in_time(text, what, other) or lacking(text, denial, what, other):
        return True
    over = _NOT_OVER.search(text, denial.start)
    if over is not None and over.start() < denial.end and _GOING_ON.search(other) and not _GOING_ON.search(text):
        return True
    if text[denial.start : denial.end].casefold() == "without" and _OUT.search(other) and not _OUT.search(text):
        return True
    if _WAS_TO.search(other) and not _WAS_TO.search(text):
        return True
    if not what:  # "the other three did not"
        return negative(other, Span(0, len(other)), bases(text))
    return _in_a_word(what[:_FIRST], bases(text), other)


def _to_come(text: str, denial: Span, denied: Sequence[str], other: str) -> bool:
    """Whether what has not been done in one text is still to come in the other: "has not been paid", "will be paid"."""
    if _NOT_YET.search(text, max(0, denial.start - _AUXILIARY), denial.end) is None or _COMING.search(text):
        return False
    for coming in islice(_COMING.finditer(other), _BEHIND):
        behind = lemmas(other, Span(coming.end(), min(len(other), coming.end() + _WINDOW)))[:_FIRST]
        if any(_kin(word, one) for word, _ in behind for one in denied[:_FIRST]):
            return True
    return False


def _in_time(text: str, denied: Sequence[str], other: str) -> bool:
    """Whether what has not happened yet is told as what happened later: "without waiting for X", "before X"."""
    if _BEFORE.search(text) is not None:
        return False
    what = [word for word in denied if word not in _WAIT]
    for before in _BEFORE.finditer(other):
        end = min(len(other), before.end() + _WINDOW)
        stop = _STOP.search(other, before.end(), end)
        behind = lemmas(other, Span(before.end(), stop.start() if stop else end))[:_BEHIND]
        if any(_kin(word, one) for word, _ in behind for one in what):
            return True
    return False


def _in_a_word(denied: Sequence[str], own: Set[str], other: str) -> bool:
    words = lemmas(other, Span(0, len(other)))[:_MOST]
    for at, (word, place) in enumerate(words):
        if word in own or word in _WEAK or not negative(other, _with_next(words, at, other), own):
            continue
        if any(_kin(word, one) for one in denied):  # "did not reject it", "vetoed it"
            continue
        around = [*words[max(0, at - _AHEAD) : at], *words[at + 1 : at + 1 + _BEHIND]]
        if any(
            _kin(near, one) and not _PAUSE.search(other, min(place.end, span.end), max(place.start, span.start))
            for near, span in around
            for one in denied
        ):
            return True
    return False


def _with_next(words: Sequence[tuple[str, Span]], at: int, text: str) -> Span:
    """A word with a particle behind it, if there is one: "ruled out"."""
    place = words[at][1]
    end = words[at + 1][1].start if at + 1 < len(words) else len(text)
    return Span(place.start, max(place.end, min(end, place.end + 6)))


def _kin(one: str, other: str) -> bool:
    return one == other or kindred(one, other)
