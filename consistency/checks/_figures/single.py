"""A thing that one text has once and the other several times: "a single drone" against "two drones"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from consistency.checks._figures.portions import Portion
from consistency.checks._figures.slots import Slot, compare_facts
from consistency.facts._modifiers import STOPS, singular
from consistency.facts.quantity import Quantity
from consistency.records import Span

_ONE: Final = re.compile(r"\b(?:one|(?:a |one )?(?:single|lone))((?: [^\W\d_]+){1,3})", re.IGNORECASE)
_NONE: Final = re.compile(
    r"(?:\b(?:no|not|not a|not even|every|each|any|than|for|in|which|this|that|the|at|only)|[-'’])\s*\Z", re.IGNORECASE
)
"""Before "one drone" they make it none, one among more or one of a kind: "not a single", "for one thing"."""
_MORE: Final = re.compile(r"\b(?:another|others?|second|also|more|besides|each|per|ones|half|one of)\b", re.IGNORECASE)
"""In a text that has these, one may be the first of several: "one drone hit the mast and another the roof"."""
_TALLY: Final = re.compile(r" of\b|(?: [^\W\d_]+){1,2} to\b")
""" "By six votes to five" is by a single vote, and of "nine of his ten hives" one is left."""
_MERGED: Final = re.compile(
    r"\b(?:into|as|to form) (?:one|a single)\b|\bwhere there (?:used to be|were|had been)\b", re.I
)
"""Where three become one, both numbers are right."""
_MOST: Final = 4
_BEFORE: Final = 12


def _head(run: Sequence[str]) -> str:
    """The noun at the end of a run of words: "one Olympic medal was" tells of medals."""
    words = list(takewhile(lambda word: word not in STOPS, (word.lower() for word in run)))
    noun = singular(words[-1]) if words else ""
    return "" if noun == "time" else noun


def singles(texts: tuple[str, str], counts: tuple[Sequence[Quantity], Sequence[Quantity]]) -> Iterator[Portion]:
    """Where one text has one of what the other counts in its only figure of that noun."""
    for alone, many in ((0, 1), (1, 0)):
        text, figures = texts[alone], [fact for fact in counts[many] if fact.noun and fact.unit == "count"]
        if not figures or any(_MORE.search(one) or _MERGED.search(one) for one in texts):
            continue
        for found in list(_ONE.finditer(text))[:_MOST]:
            if _NONE.search(text[max(0, found.start() - _BEFORE) : found.start()]):
                continue
            noun = _head(found[1].split())
            fits = [fact for fact in figures if fact.noun == noun and not _TALLY.match(texts[many], fact.span.end)]
            named = any(fact.noun == noun for fact in counts[alone] if fact.high != 1)
            if len(fits) != 1 or named or fits[0].kind != "exact" or fits[0].low <= 1:
                continue
            span = Span(found.start(), found.start(1))
            slot, other = Slot(span, "single", fits[0].noun), Slot(fits[0].span, "single", fits[0].noun)
            sides = ([slot], [other]) if alone == 0 else ([other], [slot])
            for match in compare_facts(texts, sides, lambda _i, _j: "conflict").conflicts:
                spans = (span, fits[0].span) if alone == 0 else (fits[0].span, span)
                yield Portion(*spans, match.confidence)
