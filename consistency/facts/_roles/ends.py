"""Exchanges that say the same: a comparison, a result or a mutual deed told from its other end.

Nothing here finds an error; what is told from the other end is left out of what others found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from consistency.facts._kept import kept
from consistency.facts._lists import word_set
from consistency.facts._roles.words import CONVERSES
from consistency.facts.hedge import lemma
from consistency.facts.kin import listed
from consistency.records import Span

_LONGEST: Final = 200
"""Characters between two things beyond which no one word compares them."""
_AROUND: Final = 60
"""Characters before a result among which a word may say who lost."""
_BEFORE: Final = 30
"""Characters before two things among which a word may compare them."""
_CLAUSE: Final = re.compile(r"[.,;:]")
_THAN: Final = re.compile(r"\bthan\b")
_COMPARING: Final = re.compile(r"\b(?:[Mm]ore|[Ll]ess|[Ff]ewer|[Ww]orse|[a-z]{2,14}er)\b")
_NO_COMPARISON: Final = word_set(
    "after under over ever never other another rather either neither however whether together number matter member",
    "former latter later water river summer winter power order offer answer father mother brother sister order paper",
)
"""Words that only end as a comparative does, or compare nothing with what stands behind "than"."""
_SCORE: Final = re.compile(r"(?: (?:votes?|points?|goals?|seats?|runs?|games?|sets?))? ?(?:to|[-–—:]) ?")
_LOST: Final = re.compile(
    r"\b(?:los(?:t|es?|ing|s)|beaten|defeat(?:ed)? by|defeat (?:by|to|against)|defeated(?= \d)|went down|goes down"
    r"|going down|trail(?:s|ed|ing)?|behind)\b"
)
"""Before a result: the figures stand the loser's first."""
_DONE_TO: Final = re.compile(r"\b([a-z]+) (?:by )?(?:him|her|them)\b(?! [a-z]+(?:s|ed)\b)")
"""A word and the pronoun of somebody named before, behind which no noun stands that is his."""
_WORD: Final = re.compile(r"[a-z]+")


def other_end(
    texts: tuple[str, str], frames: tuple[str, str], premise: tuple[Span, Span], hypothesis: tuple[Span, Span]
) -> bool:
    """Whether the exchange of two things that fill these frames is undone by what else the texts say.

    `premise` and `hypothesis` are where the things and those in their places stand, as an exchange has them. Cost
    linear in the texts once, then in what stands between the things.
    """
    if frames[0] == frames[1] and all(_returned(text, frames[0]) for text in texts):
        return True
    sides = (texts[0], premise), (texts[1], hypothesis)
    between = [_between(text, spans) for text, spans in sides]
    ahead = [_ahead(text, spans) for text, spans in sides]
    return (
        _converse(between[0], between[1])
        or _converse(ahead[0] + between[0], ahead[1] + between[1])
        or loser_first(texts, premise, hypothesis)
    )


def loser_first(texts: tuple[str, str], premise: tuple[Span, Span], hypothesis: tuple[Span, Span]) -> bool:
    """Whether two figures are a result in both texts, and one of the texts alone tells it of who lost."""
    sides = (texts[0], premise), (texts[1], hypothesis)
    if not all(_SCORE.fullmatch(_between(text, spans)) for text, spans in sides):
        return False
    return len({_lost(text, spans) for text, spans in sides}) > 1


def _between(text: str, spans: tuple[Span, Span]) -> str:
    """What stands between two things, as far as it is of use."""
    first, second = sorted(spans)
    return text[first.end : second.start] if second.start - first.end <= _LONGEST else ""


def _ahead(text: str, spans: tuple[Span, Span]) -> str:
    """The first of two things and what stands right before it: "Fewer Swedes moved to Denmark than Danes"."""
    first = min(spans)
    return _CLAUSE.split(text[max(0, first.start - _BEFORE) : first.end])[-1]


def _lost(text: str, spans: tuple[Span, Span]) -> bool:
    start = min(spans).start
    return _LOST.search(text, max(0, start - _AROUND), start) is not None


def _converse(one: str, other: str) -> bool:
    """Whether both compare the two, each by words of its own: "faster than", "less fast than"."""
    first, second = map(_comparing, (one, other))
    if not first or not second:
        return False
    return not any(word == against or listed(word, against) for word in first for against in second)


def _comparing(between: str) -> Sequence[str]:
    """The words by which what stands before a "than" is compared with what stands behind it."""
    than = _THAN.search(between)
    if than is None:
        return ()
    return [
        word for word in map(str.casefold, _COMPARING.findall(between, 0, than.start())) if word not in _NO_COMPARISON
    ]


def _returned(text: str, verb: str) -> bool:
    """Whether a text tells a deed twice, once of a pronoun ("saved the man who had saved her"): the two may have done
    it to each other.
    """
    verbs = _TOLD_BY.get(verb, frozenset({verb}))
    if not any(lemma(match[1]) in verbs for match in _DONE_TO.finditer(text)):
        return False
    return sum(word in verbs for word in _lemmas(text)) > 1


def _by_frame() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for (verb, _), slots in CONVERSES.items():
        for slot in slots:
            found.setdefault(slot.frame, {slot.frame}).add(verb)
    return {frame: frozenset(verbs) for frame, verbs in found.items()}


_TOLD_BY: Final = _by_frame()
"""The verbs that tell a frame, as lemmas, where there are several."""


@kept
def _lemmas(text: str) -> tuple[str, ...]:
    return tuple(map(lemma, _WORD.findall(text)))
