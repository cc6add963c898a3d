"""Outcomes that exclude each other, told in set expressions: "cleared of arson", "found guilty of arson"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from consistency.facts._turns.compared import sides_exchanged, turned_round
from consistency.facts.kin import among, kindred
from consistency.facts.polarity import lemmas
from consistency.records import Span

_PERSON: Final = r"(?:(?!not\b)[^\W\d_]+ ){1,4}?"
_OUTCOMES: Final = tuple(
    (re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE))
    for one, other in (
        (
            rf"\b(?:acquit(?:s|ted|tal)?|exonerat(?:e|ed|es)|found (?:{_PERSON})?not guilty"
            r"|cleared (?:of|by (?:a|the) (?:court|judge|jury)))\b"
            rf"|\bclear(?:ed|s)? {_PERSON}of\b|\binnocent of\b",
            rf"\b(?:convict(?:s|ed)|find(?:s)? (?:{_PERSON})?guilty|found (?:{_PERSON})?guilty|guilty of)\b",
        ),
        (
            r"\bunanimous(?:ly)?\b|\bwithout (?:a )?(?:dissent\w*|(?:single )?vote against)\b",
            r"\b(?:narrowly|split (?:decision|ruling|verdict|vote)|by (?:a|one|a single) (?:single )?vote"
            r"|(?:bare|slim|narrow) majority|with \w+ (?:members|judges|votes) (?:against|dissenting))\b",
        ),
        (
            r"\b(?:faster|quicker|more (?:quickly|rapidly|steeply|sharply)|less slowly)\b",
            r"\b(?:slower|more (?:slowly|gently|gradually)|less (?:quickly|rapidly|steeply|sharply))\b",
        ),
        (
            r"\b(?:still|remain(?:s|ed)?|remains? unaccounted|reported|went|gone|is|are) missing\b",
            r"\b(?:found (?:dead|alive|safe|unharmed|unhurt)|turned up (?:dead|alive|safe))\b",
        ),
        (
            r"\b(?:resign(?:s|ed|ing)?|stepp?(?:ed|ing|s)? down|stood down|stands? down)\b",
            r"\b(?:stay(?:s|ed|ing)? on|(?:stay|remain)(?:s|ed|ing)? in (?:office|(?:the|his|her) (?:post|job)))\b",
        ),
    )
)
_DENIED: Final = re.compile(
    r"\b(?:not|never|no|nobody|cannot|without|neither|nor|denie[sd]|deny(?:ing)?|refus\w+|declin\w+)\b[^.!?;:,]{0,30}\Z"
    r"|n['’]t [^.!?;:,]{0,20}\Z",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    r"\b(?:until|till|before|if|unless|may|might|could|would|calls?|called|demand\w*|urg\w+|ask(?:ed|s)?|should|ought"
    r"|than (?:expected|forecast|thought|feared|predicted))\b",
    re.IGNORECASE,
)
"""What tells of another time, or of what only might be."""
_WINDOW: Final = 100
_AROUND: Final = 6
"""Words of weight on either side that must be alike, so that both are told of the same."""
_SHARED: Final = 2
_END: Final = re.compile(r"[.!?;](?=\s|\Z)")


def excluded(texts: tuple[str, str]) -> Iterator[tuple[Span, Span]]:
    """Where the two texts tell outcomes that exclude each other, each of them one alone."""
    for pair in _OUTCOMES:
        for one, other in (pair, pair[::-1]):
            here = _sole(texts[0], one, other)
            there = None if here is None else _sole(texts[1], other, one)
            if here is None or there is None or not _of_the_same(texts, (here, there)):
                continue
            if not turned_round(texts, (here, there)) and not sides_exchanged(texts, (here, there)):
                yield here, there


def _sole(text: str, told: re.Pattern[str], against: re.Pattern[str]) -> Span | None:
    """The place of an outcome that stands in a text once, undenied, where its contrary does not."""
    found = [Span(*match.span()) for match in islice(told.finditer(text), 2)]
    rest = told.sub(" ", text) if len(found) == 1 else ""
    if not rest or against.search(rest):
        return None
    begin = max(0, found[0].start - _WINDOW)
    begin = max((mark.end() for mark in _END.finditer(text, begin, found[0].start)), default=begin)
    end = min(len(text), found[0].end + _WINDOW)
    if _DENIED.search(text, begin, found[0].start) or _OPEN.search(text, begin, end):
        return None
    return found[0]


def _of_the_same(texts: tuple[str, str], spans: tuple[Span, Span]) -> bool:
    """Whether words of weight around two outcomes are alike, at least so many of them."""
    around = [_around(text, span) for text, span in zip(texts, spans, strict=True)]
    shared = sum(among(word, around[1]) or any(kindred(word, one) for one in around[1]) for word in around[0])
    return shared >= _SHARED


def _around(text: str, span: Span) -> frozenset[str]:
    before = [word for word, _ in lemmas(text, Span(max(0, span.start - _WINDOW), span.start))][-_AROUND:]
    behind = [word for word, _ in lemmas(text, Span(span.end, min(len(text), span.end + _WINDOW)))][:_AROUND]
    return frozenset((*before, *behind))
