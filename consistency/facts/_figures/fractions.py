"""What part of a whole is told, in words or figures: "three of the five stalls", "all but one", "a third of it"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple

from consistency.facts._figures.numbers import ORDINALS
from consistency.facts._kept import kept
from consistency.facts._modifiers import STOPS, singular
from consistency.facts._tokens import words
from consistency.facts.quantity import Quantity, quantities
from consistency.records import Span


class Fraction(NamedTuple):
    """A part of a whole in a text: its least and greatest share (0-1) and the number of the whole where it is told.

    `nouns` are up to four words behind it, folded and cut to what singular and plural share, and `said` those and the
    next that say something; `figured` = the part is a number or a percentage, in figures or words; `before` = the
    word before it that says something, as often the verb.
    """

    span: Span
    low: float
    high: float
    whole: float
    nouns: tuple[str, ...]
    said: tuple[str, ...]
    figured: bool
    before: str = ""


class _Opener(NamedTuple):
    """The words that a fraction begins with: a share, or a count of which the share is not known before the whole."""

    span: Span
    low: float
    high: float
    number: float = 0.0
    partly: bool = False
    figured: bool = False


class _Whole(NamedTuple):
    """Of what a part is told: its number (`total`, 0 where none is told), whether "of" says so, where its nouns and the
    words behind begin, and where the fraction ends.
    """

    total: float
    of: bool
    nouns: int
    said: int
    end: int


_RANGES: Final[dict[str, tuple[float, float]]] = {
    "none": (0, 0), "not one": (0, 0), "not a single": (0, 0), "not a single one": (0, 0), "neither": (0, 0),
    "hardly any": (0, 0.25), "almost none": (0, 0.25), "almost no": (0, 0.25), "virtually no": (0, 0.25),
    "a handful": (0.001, 0.35), "only a handful": (0.001, 0.35), "only a few": (0.001, 0.4), "very few": (0, 0.3),
    "few": (0, 0.45), "a few": (0.001, 0.6), "some": (0.001, 0.97), "several": (0.001, 0.97), "part": (0.001, 0.97),
    "a minority": (0.001, 0.49), "a small minority": (0.001, 0.4), "only some": (0.001, 0.9), "many": (0.02, 0.97),
    "less than half": (0, 0.49), "fewer than half": (0, 0.49), "about half": (0.4, 0.6), "half": (0.42, 0.58),
    "nearly half": (0.4, 0.5), "almost half": (0.4, 0.5), "more than half": (0.501, 0.99), "over half": (0.501, 0.99),
    "most": (0.501, 0.99), "the majority": (0.501, 0.99), "a majority": (0.501, 0.99), "the bulk": (0.501, 0.99),
    "the vast majority": (0.7, 0.99), "nearly all": (0.75, 1), "almost all": (0.75, 1), "virtually all": (0.75, 1),
    "practically all": (0.75, 1), "almost every": (0.75, 1), "nearly every": (0.75, 1), "practically every": (0.75, 1),
    "not all": (0.001, 0.99), "not every": (0.001, 0.99), "all": (1, 1), "every": (1, 1), "each": (1, 1),
    "every one": (1, 1), "every single one": (1, 1), "every single": (1, 1), "both": (1, 1), "the whole": (1, 1),
    "the entire": (1, 1), "entire": (1, 1), "only part": (0.001, 0.9), "a part": (0.001, 0.97),
    "parts": (0.001, 0.97),
}  # fmt: skip
_OPEN: Final = re.compile(
    r"\b(?:(?P<but>all but(?P<bar> one)?)|(?P<one>(?:only |just )?one)|(?P<word>"
    + "|".join(sorted(_RANGES, key=len, reverse=True))
    + r"))\b",
    re.IGNORECASE,
)
_PARTLY: Final = words("few a some several part parts only many")
"""They tell a part only with "of": "some workers" may be all that there are."""
_ALOUD: Final = re.compile(
    r"(?:\b(?:at|after|above|the|first|second|third|last|next|no|any|every|each|this|that|its|their|even|ever|is|are|"
    r"was|were|been)|['’-])\s?\Z",
    re.IGNORECASE,
)
"""Before these words it is no quantifier, or one inside another: "at all", "the second half", "the last few"."""
_WITHIN: Final = re.compile(r"\b(?:of|for)\s?\Z", re.IGNORECASE)
""" "A tenth of all power" is no whole, and "for all its faults" tells of none."""
_DENIED: Final = re.compile(
    r"(?:\b(?:not|never|no|nor|without|hardly|barely|cannot|refus\w+|fail\w*|den(?:y|ied|ies)|unlikely|instead|rather|"
    r"than|if|whether)|n['’]t)\b[^,;:.]{0,50}\Z",
    re.IGNORECASE,
)
"""Behind a denial of the clause a quantifier tells another part: "has not got all its wallabies back"."""
_TAIL: Final = re.compile(
    r"(?P<of>\s{1,3}(?:out\s{1,3})?of)?(?:\s{1,3}(?:all|the|its|their|his|her|our|my|these|those|this))?"
    r"(?:\s{1,3}[^\W\d_]{1,20}['’]s)?\s{1,3}",
    re.IGNORECASE,
)
_THEM: Final = re.compile(r"(?:them|whom|which)\b", re.IGNORECASE)
_OF: Final = re.compile(
    r"(?:\A|[.;:,]\s{1,3})of(?:\s{1,3}(?:the|its|their|his|her|our|these|those))?\s{1,3}\Z", re.IGNORECASE
)
_MIDST: Final = re.compile(r"[^.;:!?]{0,70},[^.;:!?,]{0,20}")
"""Between "of the 31 boats" and what is told of a part: ", some eleven"."""
_STOP: Final = re.compile(r"[.;!?](?:\s|\Z)")
_BACK: Final = 90
_AND: Final = re.compile(r"[^.;:,]{1,40} and ", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONGEST: Final = 4
_SAID: Final = 3
_REACH: Final = 120
_CLAUSE: Final = 40
_LIGHT: Final = words("only just about some nearly almost at least over more than of in on by for to from with")
_BEFORE: Final = 60
_NO_NOUN: Final = frozenset(word.removesuffix("e") for word in (
    *words(
        "time day night week month year hour minute way side kind sort doubt longer more less fewer matter idea need",
        "reason case thing other sense degree that this it too much many so alternative different another along",
        "account mean them us you",
    ),
    *ORDINALS,
))  # fmt: skip
_FIGURED: Final = 0.03
_SHARED: Final = 0.08
"""How far two tellings of one share may lie apart, counted and as a share: "about a third" and 38 percent."""
_MOST: Final = 24
"""Fractions of one text that are read; more make a table."""


@kept
def fractions(text: str) -> tuple[Fraction, ...]:
    """Every fraction of `text` with what it is a part of, in order; cost linear in the length."""
    figures = {fact.span.start: fact for fact in quantities(text)}
    found: list[Fraction] = []
    end = 0
    for opener in islice(_openers(text, figures), 4 * _MOST):
        if opener.span.start < end or len(found) == _MOST:
            continue
        if (whole := _whole(text, figures, opener)) and (fraction := _read(text, opener, whole)):
            found.append(fraction)
            end = fraction.span.end
    return tuple(found)


def _openers(text: str, figures: Mapping[int, Quantity]) -> Iterator[_Opener]:
    told = [_told(text, match, figures) for match in _OPEN.finditer(text)]
    counted = [_figure(fact) for fact in figures.values()]
    yield from sorted(
        (one for one in (*told, *counted) if one is not None), key=lambda one: (one.span.start, -one.span.end)
    )


def _told(text: str, match: re.Match[str], figures: Mapping[int, Quantity]) -> _Opener | None:
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    if _ALOUD.search(before) or _DENIED.search(before):
        return None
    span = Span(match.start(), match.end())
    if match["one"]:
        return _Opener(span, 0.0, 0.0, 1.0, figured=True)
    if match["but"]:
        left = None if match["bar"] else figures.get(match.end() + 1)
        if not match["bar"] and (left is None or left.unit != "count"):
            return None
        end, number = (match.end(), 1.0) if left is None else (left.span.end, left.low)
        return _Opener(Span(match.start(), end), 0.5, 0.999, -number)
    word = match["word"].lower()
    if word == "all" and _WITHIN.search(before):
        return None
    low, high = _RANGES[word]
    return _Opener(span, low, high, partly=word.split()[0] in _PARTLY or word in {"half", "most", "neither"})


def _figure(fact: Quantity) -> _Opener | None:
    if fact.unit == "percent" and 0 <= fact.low <= fact.high <= 100:
        return _Opener(fact.span, fact.low / 100 - _SHARED, fact.high / 100 + _SHARED, partly=True, figured=True)
    if fact.unit == "count" and fact.kind in {"exact", "approximate"} and fact.low == fact.high > 0:
        return _Opener(fact.span, 0.0, 0.0, fact.low, figured=True)
    return None


def _whole(text: str, figures: Mapping[int, Quantity], opener: _Opener) -> _Whole | None:
    tail = _TAIL.match(text, opener.span.end)
    if tail is None:
        return None
    if tail["of"] and (them := _THEM.match(text, tail.end())):
        ahead = _ahead(text, figures, opener)
        return None if ahead is None else _Whole(ahead.low, True, ahead.span.end, them.end(), them.end())
    if not tail["of"] and (ahead := _fronted(text, figures, opener)):
        return _Whole(ahead.low, True, ahead.span.end, opener.span.end, opener.span.end)
    number, start = figures.get(tail.end()), tail.end()
    of = tail["of"] is not None
    if number is None or number.unit == "percent":
        return _Whole(0.0, of, start, start, opener.span.end)
    start = number.span.end
    more = _TAIL.match(text, start)
    start = more.end() if more is not None and more["of"] else start
    counted = number.unit == "count" and number.kind == "exact"
    return _Whole(number.low if counted else 0.0, of, start, start, number.span.end)


def _read(text: str, opener: _Opener, told: _Whole) -> Fraction | None:
    low, high, whole = opener.low, opener.high, told.total
    if opener.number:
        if not told.of or (opener.number > 0 and not 1 < whole > opener.number) or 0 < whole < abs(opener.number):
            return None
        if whole:
            share = opener.number / whole if opener.number > 0 else 1 + opener.number / whole
            near = min(_FIGURED, 0.4 / whole)
            low, high = share - near, share + near
    word = text[opener.span.start : opener.span.end].lower()
    if opener.partly and not told.of and not word.startswith(("half", "most")):
        return None
    nouns = _nouns(text, told.nouns)
    if (
        not nouns
        or nouns[0] in _NO_NOUN
        or (word == "both" and not (told.of or told.total) and _AND.match(text, told.said))
    ):
        return None
    span = Span(opener.span.start, max(opener.span.end, told.end))
    return Fraction(span, low, high, whole, nouns, _words(text, told.said), opener.figured, _last(text, span.start))


def _ahead(text: str, figures: Mapping[int, Quantity], opener: _Opener) -> Quantity | None:
    """The number that "of them" goes back to: "four pupils, none of whom"."""
    start = opener.span.start
    near = [fact for fact in figures.values() if 0 < start - fact.span.end <= _BACK and fact.unit == "count"]
    if not near or (last := max(near, key=lambda fact: fact.span)).low != last.high:
        return None
    return None if _STOP.search(text, last.span.end, start) or not last.noun else last


def _fronted(text: str, figures: Mapping[int, Quantity], opener: _Opener) -> Quantity | None:
    """The number of which a part is told behind: "of the 31 boats, eleven sank"."""
    start = opener.span.start
    for fact in figures.values():
        if 0 < start - fact.span.end <= _BACK and fact.unit == "count" and fact.kind == "exact":
            before = text[max(0, fact.span.start - _BEFORE) : fact.span.start]
            if _OF.search(before) and _MIDST.fullmatch(text, fact.span.end, start):
                return fact
    return None


def root(word: str) -> str:
    """A noun as singular and plural have it alike: "witness" and "witnesses"."""
    return singular(word).removesuffix("e")


def _words(text: str, start: int) -> tuple[str, ...]:
    """The first words from a place that say something."""
    found = (match[0].lower() for match in _WORD.finditer(text, start, start + _REACH))
    return tuple(islice((root(word) for word in found if word not in STOPS), _SAID))


def _last(text: str, end: int) -> str:
    """The last word before a place that says something, of its clause."""
    clause = re.split(r"[.,;:!?()]", text[max(0, end - _CLAUSE) : end])[-1]
    found = [word for word in map(str.lower, _WORD.findall(clause)) if word not in STOPS and word not in _LIGHT]
    return found[-1] if found else ""


def _nouns(text: str, start: int) -> tuple[str, ...]:
    run: list[str] = []
    end = start
    for match in islice(_WORD.finditer(text, start, start + _REACH), _LONGEST):
        word = match[0].lower()
        if word in STOPS or text[end : match.start()].strip():
            break
        run.append(root(word.removesuffix("'s").removesuffix("’s")))
        end = match.end()
    return tuple(run)
