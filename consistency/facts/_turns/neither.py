"""Two things of which one text denies both and the other only one: "neither A nor B", "not A or B", "A but not B"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from consistency.facts._rare import Rare
from consistency.facts.kin import kindred
from consistency.facts.polarity import lemmas, negative
from consistency.records import Span

_NEITHER: Final = re.compile(
    r"\bneither\s+(?P<one>[^.!?;:()—–]{1,80}?),?\s+nor\s+"
    r"(?P<other>(?:(?!\b(?:but|is|are|was|were|has|have|had|can|could|will|would|may|must|should)\b)"
    r"[^.!?;:,()—–]){1,80})",
    re.IGNORECASE,
)
_NOT_OR: Final = Rare(
    r"(?:\b(?:not|never|cannot)|n['’]t)\s+(?P<one>(?:(?!\bor\b)[^.!?;:,()—–]){1,60}?)\s+or\s+(?:to\s+)?"
    r"(?P<other>[^.!?;:,()—–]{1,60})",
    *("not", "never", "n't", "n’t"),
)
"""Both are denied by one word."""
_NEITHERS: Final = 2
_HEADS: Final = 2
"""Words of weight of each of the two that tell what it is."""
_DENIED: Final = re.compile(
    r"(?:\bbut|\band|,)\s+(?:(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|may|must)\s+)?not\b"
    r"|\b(?:but|and)\s+\w+n['’]t\b",
    re.IGNORECASE,
)
"""What sets the second of two against the first."""
_BUT: Final = re.compile(r"\bnot\s+(?P<one>[^.!?;:,()—–]{1,80}?),?\s+but\b", re.IGNORECASE)
_END: Final = re.compile(r"[.!?;:()—–](?=\s|\Z)")
_DENIES: Final = re.compile(
    r"\b(?:no|not|never|neither|nor|none|nobody|nothing|cannot|without)\b|n['’]t\b", re.IGNORECASE
)
_NEAR: Final = 120
"""Characters around a contrast in which its two sides stand."""


def both_denied(texts: tuple[str, str], side: int) -> tuple[Span, Span] | None:
    """Where the text of this side denies two things, and where the other denies the one and tells the other.

    The other must deny nothing else, and have a word of each of the two.
    """
    for match in islice(_NEITHER.finditer(texts[side]), _NEITHERS):
        pair = [_heads(texts[side], Span(*match.span(name))) for name in ("one", "other")]
        if all(pair) and (place := _half(texts[1 - side], pair)) is not None:
            return Span(*match.span()), place
    for match in islice(_NOT_OR.finditer(texts[side]), _NEITHERS):
        one, other = (lemmas(texts[side], Span(*match.span(name))) for name in ("one", "other"))
        if one and other and (place := _half(texts[1 - side], ([one[-1][0]], [other[0][0]]))) is not None:
            return Span(match.start(), other[0][1].end), place
    return None


def _half(text: str, pair: Sequence[Sequence[str]]) -> Span | None:
    """The contrast of a text of which one of two things is on either side."""
    denials = list(islice(_DENIES.finditer(text), 2))
    if len(denials) != 1:
        return None
    contrast = _BUT.search(text) or _DENIED.search(text)
    if contrast is None:
        return None
    begin = max(0, contrast.start() - _NEAR)
    begin = max((end.end() for end in _END.finditer(text, begin, contrast.start())), default=begin)
    stop = _END.search(text, contrast.end(), min(len(text), contrast.end() + _NEAR))
    end = stop.start() if stop else min(len(text), contrast.end() + _NEAR)
    middle = contrast.span("one")[0] if contrast.re is _BUT else contrast.end()
    first = Span(*contrast.span("one")) if contrast.re is _BUT else Span(begin, contrast.start())
    second = Span(contrast.end(), end)
    if negative(text, Span(begin, middle)) or negative(text, second):
        return None
    told = [{word for word, _ in lemmas(text, span)} for span in (first, second)]
    return next(
        (
            Span(contrast.start(), end)
            for one, other in (told, told[::-1])
            if _names(pair[0], one)
            and _names(pair[1], other)
            and not _names(pair[0], other)
            and not _names(pair[1], one)
        ),
        None,
    )


def _names(heads: Sequence[str], told: set[str]) -> bool:
    return any(head in told or any(kindred(head, word) for word in told) for head in heads)


def _heads(text: str, span: Span) -> list[str]:
    return [word for word, _ in lemmas(text, span)[:_HEADS]]
