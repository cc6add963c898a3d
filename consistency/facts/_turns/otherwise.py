"""Whether a denial says what the other text says without one: an end, a want, a condition, or what would have been."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from consistency.facts._figures.fractions import fractions
from consistency.facts._lists import word_set
from consistency.facts.hedge import lemma
from consistency.facts.polarity import bases
from consistency.facts.quantity import quantities
from consistency.records import Span

_WINDOW: Final = 160
"""Characters on either side of a denial that belong to it at most."""
_LONGER: Final = re.compile(
    r"no longer\b|(?<=there is )no\b|(?<=there are )no\b"
    r"|(?:not|\w+n['’]t|never|no)\b[^.;:]{0,60}?\bany ?(?:more|longer)\b",
    re.IGNORECASE,
)
_USED_TO: Final = re.compile(r"\bused to (?!it\b|the\b|this\b|that\b)|\bonce (?=was|were|had|did)", re.IGNORECASE)
"""What tells of a thing as it was: "where one hour used to do" is "no longer just one hour"."""
_ENDS: Final = frozenset(
    lemma(word)
    for word in word_set(
        "end stop cease quit leave lose drop remove delete strike expel oust dismiss sack fire resign retire step",
        "withdraw abandon abolish scrap cancel close shut expire lapse lift release free discharge finish discontinue",
        "delist axe suspend terminate repeal former previously formerly sell depart exit break split outlaw",
    )
)
"""What ends a state: whatever "no longer" is so."""
_WITHOUT: Final = frozenset(
    lemma(word)
    for word in word_set("cut outage blackout shortage deprive strip knock disrupt interrupt fail failure lose loss")
)
"""What leaves somebody without a thing."""
_LIMIT: Final = re.compile(r"\b(?:unless|until|till|before)\b", re.IGNORECASE)
_CONDITION: Final = re.compile(
    r"\b(?:conditions?|conditional|depends?|dependent|hinges?|provided|providing|in return|in exchange"
    r"|as long as|so long as|only (?:if|when|once|after))\b",
    re.IGNORECASE,
)
_WOULD_HAVE: Final = re.compile(
    r"\b(?:(?:would|could|might) (?:not |never )?|(?:would|could)n['’]t )have\b", re.IGNORECASE
)
_BUT_FOR: Final = re.compile(r"\b(?:without|but for|if|had it not been|thanks to)\b", re.IGNORECASE)
_IF: Final = re.compile(r"\bif\b[^.!?;:,]*\Z", re.IGNORECASE)
_ONLY_THOSE: Final = re.compile(r"\b(?:only|must|(?:has|have) to)\b", re.IGNORECASE)
_DENIES: Final = re.compile(r"\b(?:not|cannot|never|no|nobody|none|without)\b|n['’]t\b", re.IGNORECASE)
_BOUNDS: Final = (
    re.compile(
        r"\b(?:more than|at least|over|above) [$€£]?\d|\d[^.!?;:,]{0,20} (?:or|and) (?:more|over|older)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?:fewer|less) than|at most|under|below|up to) [$€£]?\d"
        r"|\d[^.!?;:,]{0,20} (?:or|and) (?:less|fewer|under|younger)\b",
        re.IGNORECASE,
    ),
)
"""A figure that is passed, and one that is not."""
_APART: Final = re.compile(r"[.!?;:,()—–]|\b(?:and|or|but|because)\b", re.IGNORECASE)
_FIRST_TIME: Final = re.compile(r"\bfirst time\b", re.IGNORECASE)
_SINCE: Final = re.compile(r"[^.!?;:]{0,80}?\b(?:since|before|in \w+ (?:years|months|weeks|days))\b", re.IGNORECASE)
_HAS: Final = re.compile(r"\b(?:has|have|had) (?:not|never)\b|\b(?:has|have|had)n['’]t\b", re.IGNORECASE)
_AUXILIARY: Final = 6
_WERE_TO: Final = re.compile(
    r"\bif\b[^.;:]{0,80}?\b(?:were|was) to\b"
    r"|(?:\A|[.;:,—–] ?)(?:should|were) (?:(?:the|an?|any|his|her|its|their|this|that) [\w-]+|he|she|it|they|we|you) "
    r"(?:[\w-]+ )?(?:to )?[a-z]+\b",
    re.IGNORECASE,
)
"""What only might happen: "if the dam were to break", "should the dam break"."""
_OR_ELSE: Final = re.compile(
    r"\b(?:must|or (?:else|face|be|risk|pay|lose)|otherwise|unless|(?:has|have|had) to|ordered|told to|required)\b",
    re.IGNORECASE,
)
_BEYOND: Final = re.compile(
    r"\b(?:(?:more|longer|higher) than|exceed\w*|(?:over|above|beyond) (?:the|what|an?|any|\d[\d,.]*))(?!\w)",
    re.IGNORECASE,
)
_KEPT: Final = re.compile(r"\b(?:within|under|below|at most|up to|less than|fewer than|inside)\b", re.IGNORECASE)
"""Words for a bound that is passed, and for one that is kept."""
_ONLY: Final = re.compile(r"\b(?:only|solely|exclusively)\b[^.!?;:,()—–]*\Z", re.IGNORECASE)
_FALSE: Final = re.compile(
    r"\bwhich (?:is|was|were|proved|turned out(?: to be)?) (?:wrong|untrue|false|mistaken|incorrect)\b"
    r"|\b(?:wrongly|falsely|mistakenly|erroneously|incorrectly)\b|\bsomething else\b|\banything but\b",
    re.IGNORECASE,
)
"""What calls a thing untrue."""
_NEAR: Final = 40
_FIGURE: Final = re.compile(r"\s+(?:about |some |around |roughly |nearly |almost |over )?[$€£¥]?\d", re.IGNORECASE)
_REMEDY: Final = re.compile(
    r"\b(?:drugs?|medicines?|medications?|vaccines?|cures?|remed(?:y|ies)|treatments?|therap(?:y|ies)|tablets?|pills?|jabs?"
    r"|ointments?|injections?)\b",
    re.IGNORECASE,
)
_FIGURES: Final = 12
"""Figures of a text that are looked at."""
_END: Final = re.compile(r"[.!?](?=\s|\Z)")


def otherwise(text: str, denial: Span, other: str, *, denied: bool) -> bool:
    """Whether a denial of a text says no more than the other text says without a denial of its own.

    "Is no longer on the list" is "was removed from it", "would not send them unless" is "on condition that", "if they
    cannot choose" is "must let them choose", and what would not have been but for somebody has been.

    Args:
        text: The text that denies.
        denial: The word that does so.
        other: The other text.
        denied: Whether the other text denies something itself.
    """
    told = bases(other) - bases(text)
    if _LONGER.match(text, denial.start) is not None:
        return not told.isdisjoint(_ENDS) or _USED_TO.search(other) is not None
    if text[denial.start : denial.end].casefold() == "without" and not told.isdisjoint(_WITHOUT):
        return True
    if not denied and _would_have(text, denial) and not _WOULD_HAVE.search(other):
        return True
    if _within(text, denial, other) or (denied and _only_without(text, denial)):
        return True
    if (not denied and _both_not(text, denial, other)) or _first_time(text, denial, other):
        return True
    were_to = _WERE_TO.search(other) is not None and _WERE_TO.search(text) is None
    return were_to or rest_told(text, other) or _false(text, other) or _conditional(text, denial, other)


def _within(text: str, denial: Span, other: str) -> bool:
    """Whether a denial says that a bound is not passed, and the other text that it is kept."""
    passed = _BEYOND.search(text, denial.end, min(len(text), denial.end + _WINDOW))
    kept = _KEPT.search(other)
    if passed is None or kept is None or _END.search(text, denial.end, passed.start()) is not None:
        return False
    return kept[0].casefold() not in text.casefold()


def _only_without(text: str, denial: Span) -> bool:
    """Whether a denial names to whom alone something is left: "only to those without it" is "not to those with it"."""
    if text[denial.start : denial.end].casefold() != "without":
        return False
    return _ONLY.search(text, max(0, denial.start - _WINDOW), denial.start) is not None


def _both_not(text: str, denial: Span, other: str) -> bool:
    """Whether a denial is one of two that say who alone may: "those who do not pay may not vote", "only who pays may".

    Both stand in one clause: "will not open, and nobody is hired" tells two things.
    """
    if _ONLY_THOSE.search(other) is None or _ONLY_THOSE.search(text) is not None:
        return False
    if any(one.search(text) and against.search(other) for one, against in (_BOUNDS, _BOUNDS[::-1])):
        return True  # "only those over 50 do", "those of 50 or under do not"
    sentence = _sentence(text, denial)
    found = list(islice(_DENIES.finditer(sentence), 3))
    return len(found) == 2 and _APART.search(sentence, found[0].end(), found[1].start()) is None


def _first_time(text: str, denial: Span, other: str) -> bool:
    """Whether a denial is of the time before what both texts tell as the first time: "has not done so since May"."""
    near = Span(max(0, denial.start - _AUXILIARY), denial.start + _AUXILIARY)
    if _HAS.search(text, near.start, near.end) is None or _SINCE.match(text, denial.end) is None:
        return False
    return _FIRST_TIME.search(text) is not None and _FIRST_TIME.search(other) is not None


def _would_have(text: str, denial: Span) -> bool:
    """Whether a denial tells what would have been but for something."""
    sentence = _sentence(text, denial)
    return _WOULD_HAVE.search(sentence) is not None and _BUT_FOR.search(sentence) is not None


def _false(text: str, other: str) -> bool:
    """Whether the other text calls untrue what this one denies."""
    return _FALSE.search(other) is not None and _FALSE.search(text) is None


def _conditional(text: str, denial: Span, other: str) -> bool:
    """Whether a denial is one under a condition, which the other text tells as one, or as a demand."""
    if _IF.search(text, max(0, denial.start - _WINDOW), denial.start):
        return _OR_ELSE.search(other) is not None
    limited = _LIMIT.search(text, denial.end, min(len(text), denial.end + _WINDOW))
    return limited is not None and _CONDITION.search(other) is not None and _CONDITION.search(text) is None


def rest_told(text: str, other: str) -> bool:
    """Whether two texts tell the two parts of one whole: a tenth without a thing is nine in ten with it."""
    return any(
        low <= 100 - most and 100 - least <= high and (high < least or most < low)
        for least, most in _portions(text)
        for low, high in _portions(other)
    )


def _portions(text: str) -> list[tuple[float, float]]:
    """The portions that a text tells, in percent, from the least to the most that each may be."""
    figures = [(one.low, min(one.high, 100.0)) for one in quantities(text)[:_FIGURES] if one.unit == "percent"]
    parts = [one for one in fractions(text)[:_FIGURES] if one.figured and one.low > 0 and one.high < 1]
    return figures + [(100 * one.low, 100 * one.high) for one in parts]


def for_purpose(texts: tuple[str, str], spans: tuple[Span, Span]) -> bool:
    """Whether "for" and "against" take no side: a drug for gout is one against it, and a price is paid for a thing."""
    words = {text[span.start : span.end].casefold() for text, span in zip(texts, spans, strict=True)}
    if words != {"for", "against"}:
        return False
    before = [text[max(0, span.start - _NEAR) : span.start] for text, span in zip(texts, spans, strict=True)]
    behind = [text[span.end : span.end + _NEAR] for text, span in zip(texts, spans, strict=True)]
    return any(map(_REMEDY.search, before)) or all(map(_FIGURE.match, behind))


def _sentence(text: str, span: Span) -> str:
    start = max(0, span.start - _WINDOW)
    start = max((mark.end() for mark in _END.finditer(text, start, span.start)), default=start)
    end = min(len(text), span.end + _WINDOW)
    mark = _END.search(text, span.end, end)
    return text[start : mark.start() if mark else end]
