"""By how much one thing is ahead of another, told the other way round: "its offer was 6 million lower" against "it had
put 6 million more on the table", "six points ahead of Okada" against "Okada leads by six points".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from consistency.checks._figures.portions import Portion, shifted
from consistency.checks._figures.slots import stem
from consistency.facts._modifiers import STOPS
from consistency.facts.quantity import Quantity

_LEAST: Final = 0.4
"""Contradiction of both directions, the mean, from which on two margins are held against each other."""
_SURE: Final = 0.6
_SURER: Final = 0.75
_PLAIN: Final = 0.8
_MORE: Final = (
    "more|higher|above|ahead|longer|larger|bigger|greater|heavier|taller|wider|deeper|older|warmer|hotter|dearer|"
    "stronger|costlier|richer|over|clear"
)
_LESS: Final = (
    "less|fewer|lower|below|behind|short|shorter|smaller|lighter|narrower|shallower|younger|colder|cooler|cheaper|"
    "weaker|poorer|under|adrift"
)
_NEXT: Final = re.compile(
    rf"(?:\s+(?:of|in)\s+[a-z]+|\s+[a-z]+)?\s+(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\b(?!\s+(?:and|or)\b)",
    re.IGNORECASE,
)
"""Behind a figure: "6 million euros lower", "12 metres longer", "9 percent more"."""
_LEADS: Final = r"leads?|led|leading|beat|beats|outbid|outbids|outsold|tops?|topped|exceed(?:s|ed)?|surpass(?:es|ed)?"
_TRAILS: Final = r"trails?|trailed|trailing|lags?|lagged|lagging|undercuts?|undershot|misse[sd]"
_BY: Final = re.compile(rf"\b(?:(?P<more>{_LEADS})|(?P<less>{_TRAILS}))\b(?P<than>[^.;:!?,]{{0,40}}?)\s+by\s+\Z", re.I)
"""Before a figure: "leads Okada by six points"."""
_PASSIVE: Final = re.compile(r"\b(?:is|are|was|were|be|been|being|got)\s+\Z", re.IGNORECASE)
_LEAD_OF: Final = re.compile(
    r"\b(?:lead|margin|advantage)\s+(?P<than>(?:over [^.;:!?,]{1,30}? )?)of\s+\Z", re.IGNORECASE
)
_THAN: Final = re.compile(
    r"\s*(?:[a-z]+\s+){0,4}?(?:than|of|behind|below|above|over|ahead of)\s+(?P<than>[^.;:!?,]{1,60})", re.IGNORECASE
)
_OVER: Final = re.compile(r"\s*(?:over|above|below|behind|under)\s+(?P<than>[^.;:!?,]{1,60})", re.IGNORECASE)
_BESIDE: Final = re.compile(r"\b(?:over|above|below|behind|under)\Z", re.IGNORECASE)
_CUT: Final = re.compile(r"\b(?:with|after|before|when|while|and|but|at|by|to|for|that|which|who|has|have|had)\b", re.I)
_CLAUSE: Final = re.compile(r"[.;:!?,()“”\"–—](?=\s|\Z)|\b(?:and|but|while|whereas|although|though|because)\b", re.I)
_WHO: Final = re.compile(r"\b(?:who|whose|which|that)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_REACH: Final = 100
_NAMED: Final = 5
"""Words before "who" that name whom it tells of."""
_ROOT: Final = 5
"""Letters by which "south" and "southern" are one."""
_LIGHT: Final = frozenset({"one", "those", "that", "had", "put", "offer", "said", "say", "two", "race"})
_SIDES: Final = tuple(
    frozenset(stem(word)[:_ROOT] for word in row.split())
    for row in (
        "new old former current previous present next last latest", "north south east west", "men women male female",
        "man woman", "boys girls", "public private state", "big small large little", "rich poor", "urban rural",
        "summer winter spring autumn", "home away", "first second third fourth other", "young old elderly",
        "left right", "upper lower", "older younger elder", "domestic foreign",
        "northern southern eastern western", "inner outer",
    )
)  # fmt: skip
"""What one of two things compared may be, and the other not."""
_SIDED: Final = frozenset({"old", "other", "former", "last", "first", "second", "next"})


class _Margin(NamedTuple):
    """A figure by which somebody is ahead (1) or behind (-1), who that is, and of whom."""

    fact: Quantity
    sign: int
    subject: frozenset[str]
    other: frozenset[str]


def margins(
    texts: tuple[str, str], sides: tuple[Sequence[Quantity], Sequence[Quantity]], contradiction: float
) -> Iterator[Portion]:
    """Margins of one figure that cannot both be; `contradiction` is what the model says of the pair."""
    if contradiction < _LEAST:
        return
    found = [[one for fact in facts if (one := _margin(text, fact))] for text, facts in zip(texts, sides, strict=True)]
    sure = _SURER if contradiction >= _PLAIN else _SURE
    for one in found[0]:
        for two in found[1]:
            if one.fact.stated != two.fact.stated or one.fact.unit != two.fact.unit:
                continue
            if any(len({m.sign for m in side if m.fact.stated == one.fact.stated}) > 1 for side in found):
                continue
            if _against(one, two) and not shifted(texts, (one.fact.span, two.fact.span)):
                yield Portion(one.fact.span, two.fact.span, sure)


def _margin(text: str, fact: Quantity) -> _Margin | None:
    before = text[max(0, fact.span.start - _REACH) : fact.span.start]
    after = text[fact.span.end :][:_REACH]
    by = _BY.search(before) or _LEAD_OF.search(before)
    if by is not None:
        if _PASSIVE.search(before, 0, by.start()) and not by[0].split()[0].endswith("ing"):
            return None  # "the target was exceeded by 5 percent"
        less = by.groupdict().get("less") is not None
        over = _OVER.match(after)
        ahead, than = before[: by.start()], by["than"] or (over["than"] if over else "")
    else:
        told = _NEXT.match(after)
        if told is None:
            return None
        less = told["less"] is not None
        ahead = before
        compared = (_OVER if _BESIDE.search(told[0]) else _THAN).match(after, told.end() - len(told[0].split()[-1]))
        than = compared["than"] if compared else ""
    cut = _CUT.search(than)
    words = _names(than[: cut.start()] if cut else than)
    subject = _subject(ahead)
    return _Margin(fact, -1 if less else 1, frozenset(subject), frozenset(words))


def _subject(ahead: str) -> list[str]:
    """Who a clause tells of: the words at its head, or those before "who"."""
    marks = list(_CLAUSE.finditer(ahead))
    who = list(_WHO.finditer(ahead))
    if who:
        return _names(ahead[: who[-1].start()])[-_NAMED:]
    clause = ahead[marks[-1].end() :] if marks else ahead
    return _names(clause)[:_NAMED]


def _names(text: str) -> list[str]:
    found = [match[0].lower() for match in _WORD.finditer(text)]
    return [stem(word)[:_ROOT] for word in found if word in _SIDED or (word not in STOPS and stem(word) not in _LIGHT)]


def _against(one: _Margin, two: _Margin) -> bool:
    own = one.subject & one.other, two.subject & two.other
    first, second = (one.subject - own[0], one.other - own[0]), (two.subject - own[1], two.other - own[1])
    changed = bool(first[1] & second[0] or second[1] & first[0])
    same = bool((first[0] & second[0]) - first[1] - second[1] or (first[1] & second[1]) - first[0] - second[0])
    if one.sign == two.sign:
        return bool(first[1] & second[0] and second[1] & first[0])
    unlike = any(len(group & one.subject) == 1 == len(group & two.subject - one.subject) for group in _SIDES)
    return same and not changed and not unlike
