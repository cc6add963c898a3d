"""A figure below zero in one text and above it in the other: "grew by -0.3 percent" against "grew by 0.3 percent"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from consistency.checks._figures.portions import Portion
from consistency.facts.quantity import TEMPERATURE, Quantity
from consistency.records import Span

_MINUS: Final = re.compile(r"(?:(?:(?<=\s)|(?<=\()|\A)[-−–]|\bminus )\Z", re.IGNORECASE)
_BEFORE: Final = re.compile(r"([^\W\d_]+)\s+\(?\Z")
_DOWN: Final = re.compile(
    r"\b(?:f[ae]ll|drop|declin|decreas|lower|down|sh?r[aiu]nk|contract|los[ets]|slump|slid|slip|below|under|negativ|"
    r"frost|freez|cold|chill|cut|reduc|plung|tumbl|eas(?:e|ing)|minus|shed|dip|retreat|sank|sink|weak|deficit|deflat)",
    re.IGNORECASE,
)
"""Near a figure these tell what the sign tells: "fell by 0.3 percent", "12 degrees below zero"."""
_SIGNED: Final = TEMPERATURE | {"percent", "degree"}
_REACH: Final = 60
_SURE: Final = 0.75


def signs(texts: tuple[str, str], agreed: Iterable[tuple[Quantity, Quantity]]) -> Iterator[Portion]:
    """Where two figures that agree stand behind the same word, one of them with a minus, and nothing else near them
    tells of less.
    """
    for pair in agreed:
        if pair[0].unit not in _SIGNED or any(fact.kind != "exact" for fact in pair):
            continue
        ahead = [
            text[max(0, fact.span.start - _REACH) : fact.span.start] for text, fact in zip(texts, pair, strict=True)
        ]
        minus = [_MINUS.search(words) for words in ahead]
        if (minus[0] is None) == (minus[1] is None):
            continue
        plain = [words[: sign.start()] if sign else words for words, sign in zip(ahead, minus, strict=True)]
        last = [found[1].lower() if (found := _BEFORE.search(words)) else "" for words in plain]
        behind = [text[fact.span.end : fact.span.end + _REACH] for text, fact in zip(texts, pair, strict=True)]
        if last[0] and last[0] == last[1] and not any(map(_DOWN.search, (*plain, *behind))):
            spans = [
                Span(fact.span.start - len(sign[0]) if sign else fact.span.start, fact.span.end)
                for fact, sign in zip(pair, minus, strict=True)
            ]
            yield Portion(spans[0], spans[1], _SURE)
