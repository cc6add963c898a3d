"""What one text calls possible or likely, and the other certain: "a rise is likely", "a rise is inevitable"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from consistency.checks._hedges.reworded import CANDIDATES, ENDS, Lost, around, opened
from consistency.facts._lists import word_set
from consistency.facts.hedge import BE, Hedge, Kind, Reading
from consistency.records import Span

_UNSURE: Final[dict[str, Kind]] = {
    **dict.fromkeys(("possible", "conceivable", "imaginable"), "possible"),
    **dict.fromkeys(("likely", "probable"), "likely"),
}
_SURE: Final = word_set("certain inevitable unavoidable definite guaranteed assured")
_IS: Final = BE | {"was", "were", "be", "been", "remains", "remained", "remain", "seems", "looks", "becomes"}
_DEGREES: Final = word_set("now very quite highly also still more even increasingly then already therefore thus indeed")
_BEHIND: Final = word_set("in on by at from for before after this next as unless if that and but because when to")
_DENIED: Final = word_set(
    "no nothing none nobody neither nor how whether if",
)
_BEFORE: Final = 8
_LEAST: Final = 2
_ENOUGH: Final = 0.75
_CONFIDENCE: Final = 0.6


def may_be_unsure(reading: Reading) -> bool:
    """Whether anything may be called possible or likely; such a text may have no hedge."""
    return any(word.token.fold in _UNSURE for word in reading.words)


def called_certain(hedged: Reading, plain: Reading) -> Iterator[Lost]:
    """What the first text calls possible or likely and the second certain, in nearly the same words around it."""
    unsure = list(
        islice((at for at in range(len(hedged.words)) if _said_of(hedged, at, frozenset(_UNSURE))), CANDIDATES)
    )
    if not unsure or any(_said_of(hedged, at, _SURE) for at in range(len(hedged.words))):
        return
    open_there = opened(hedged, plain)
    sure = [at for at in range(len(plain.words)) if at not in open_there and _said_of(plain, at, _SURE)]
    for at in unsure:
        there = around(hedged, at) - _SURE
        for other in islice(sure, CANDIDATES):
            here = around(plain, other) - _SURE
            exact = len(there & here)
            if exact >= _LEAST and exact >= _ENOUGH * min(len(there), len(here)):
                token = hedged.words[at].token
                span = Span(token.start, token.end)
                hedge = Hedge(_UNSURE[token.fold], "any", span, (token.fold,), span, token.fold, at)
                yield Lost(hedge, other, "plain", False, _CONFIDENCE)
                break


def _said_of(reading: Reading, at: int, words: frozenset[str]) -> bool:
    """Whether one of the words is said of something here, and not taken back: "is all but certain"."""
    if reading.words[at].token.fold not in words:
        return False
    after = reading.words[at + 1].token if at + 1 < len(reading.words) else None
    if after is not None and after.fold not in _BEHIND and after.text not in ENDS:
        return False
    before = [word.token.fold for word in reading.words[max(0, at - _BEFORE) : at]]
    if not _DENIED.isdisjoint(before):
        return False
    while before and (before[-1] in _DEGREES or before[-1].endswith("ly")):
        before.pop()
    return bool(before) and before[-1] in _IS
