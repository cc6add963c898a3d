"""Which side of a thing, and how much more than it: the same measured from the same thing, and told the other way.

"Two days after the vote" and "two days ahead of the vote", "longer than last year" and "shorter than last year", "below
the level of 2019" and "more than in 2019", "twice as much as in Spain" and "half the rise seen in Spain", "the longest
bridge" and "the second-longest", "more often than" and "just as often as". What is measured from another thing
may tell the same from its other end, so that only one and the same thing is held against itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, Literal, NamedTuple, TypeAlias

from consistency.facts._kept import kept
from consistency.facts._lists import word_set
from consistency.facts._orders.ranking import outranked
from consistency.facts._orders.ties import IN_FRONT
from consistency.facts._rare import Rare
from consistency.facts.hedge import lemma
from consistency.facts.kin import kindred
from consistency.records import Span

How: TypeAlias = Literal["side", "rank", "equal", "ahead"]

_MOST: Final = 2_000
"""Characters of a text beyond which it is no claim and nothing is said of it."""
_SIDES: Final = 6
"""Expressions of a text that are read; one that has as many is no claim."""
_SHARED: Final = 0.3
"""How much of the words of the shorter text the longer must tell, too."""
_REST: Final = 0.5
"""How long the shorter of two sentences must be, of the longer: with more told in one, it may be another event."""
_ANCHOR: Final = 4
"""Words of weight of the thing measured from."""
_DIMENSIONS: Final = {
    word: (dimension, sign)
    for dimension, more, less in (
        line.split(":")
        for line in (
            "count:more:less fewer",
            "length:longer:shorter",
            "time:later:earlier sooner",
            "height:higher taller:lower",
            "size:bigger larger greater:smaller",
            "speed:faster quicker:slower",
            "age:older:younger newer",
            "heat:warmer hotter:colder cooler chillier",
            "force:stronger:weaker",
            "weight:heavier:lighter",
            "worth:better:worse",
            "wealth:richer wealthier:poorer",
            "distance:farther further:nearer closer",
            "price:dearer costlier pricier:cheaper",
            "depth:deeper:shallower",
            "width:wider broader:narrower",
        )
    )
    for sign, words in ((1, more), (-1, less))
    for word in words.split()
}
"""What a comparative measures, and whether it is more or less of it."""
_COMPARATIVE: Final = "|".join(sorted(_DIMENSIONS))
_NO_ANCHOR_WORD: Final = r"(?! (?:that|this|which|whom|these|those|it|all|then|now|ever|long|general|total|part)\b)"
_NO_ANCHOR: Final = r"(?! (?:that|this|which|whom|these|those|it|all|then|now|ever|long|\d+\b))"
_TIME: Final = re.compile(
    rf"(?<!the day )(?<!the night )(?:\b(?P<before>before{IN_FRONT}|prior to|ahead of)|\b(?<!named )(?<!look )"
    rf"(?<!looks )(?<!looked )(?<!looking )(?P<after>after|in the wake of|in the aftermath of))\b{_NO_ANCHOR}",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(
    rf"\b(?:(?P<before>ahead of|in front of|clear of)|(?P<after>behind))\b{_NO_ANCHOR}", re.IGNORECASE
)
_FIGURE: Final = r"(?:levels?|figures?|totals?|marks?|rates?|averages?|values?|numbers?|amounts?)"
_WHEN: Final = r"(?:in|during|at the (?:time|height|end|start) of)"
_LEVEL: Final = re.compile(
    rf"\b(?:(?P<before>below|under|beneath|short of)|(?P<after>above|over)) (?:the |its |their )?{_FIGURE}"
    rf" (?:of|from|{_WHEN}|(?:seen|recorded|reached|measured) {_WHEN})\b{_NO_ANCHOR_WORD}"
    r"|\b(?:(?P<less>lower|less|fewer|smaller|worse|weaker)|(?P<more>higher|more|greater|larger|better|stronger))"
    r"(?: [\w’'-]+){0,3}? than"
    rf"(?: (?:it|they|he|she|that|those)(?: (?:did|was|were|had|had been))?)? {_WHEN}\b{_NO_ANCHOR_WORD}",
    re.IGNORECASE,
)
"""On which side of what was measured at another time."""
_AS: Final = r"as [\w-]+(?: [\w-]+){0,2} as"
_MEASURED: Final = (
    r"(?:level|number|rate|figure|price|cost|size|total|average|amount|decline|rise|fall|drop|increase)s?"
)
_TIMES: Final = re.compile(
    rf"\b(?:(?P<more>twice|double|(?:two|three|four|five|ten|several) times)(?: {_AS}| the| what| that of| those of)?"
    r"|(?P<less>half|(?:a|one) (?:third|quarter|fifth|tenth))"
    rf"(?: {_AS}|(?: of)? (?:what|that of|those of|the {_MEASURED})))"
    r"(?: (?:it|they|he|she)(?: (?:did|was|were|had))?)?(?: (?:in|of|for|during|seen in))?(?= )",
    re.IGNORECASE,
)
"""How many times as much as another, or what part of it."""
_AMOUNT: Final = r"\b(?:minute|hour|day|week|fortnight|month|year|decade)s?'? "
_PLANNED: Final = r"(?:planned|scheduled|agreed|expected|intended|promised|foreseen|announced)"
_DUE: Final = re.compile(
    rf"{_AMOUNT}(?:(?P<before>ahead of (?:schedule|time|plan)|early(?= *[,.;]|\Z)|(?:earlier|sooner) than {_PLANNED}"
    r"|before the (?:due date|deadline))"
    rf"|(?P<after>behind (?:schedule|plan)|late(?= *[,.;]|\Z)|later than {_PLANNED}|after the (?:due date|deadline)))",
    re.IGNORECASE,
)
"""How long before or after the time that was set."""
_THAN: Final = Rare(
    rf"\b(?P<word>{_COMPARATIVE})\b(?P<what>(?: [\w’'-]+){{0,7}}?) than "
    r"(?!that\b|this\b|those\b|these\b|ever\b|before\b|expected\b|usual\b|an?\b|half\b|once\b|\d)",
    " than ",
)
_QUANTITY: Final = word_set("more less fewer")
_EQUAL: Final = re.compile(
    r"\b(?:(?:just|exactly|precisely|equally) as (?:\w+)|as (?:many|much|often) (?:[\w-]+ ){0,4}?as\b"
    r"|the same (?:number|amount|share|proportion)\b)",
    re.IGNORECASE,
)
_NOT_EQUAL: Final = re.compile(r"\b(?:almost|nearly|twice|times|half|quite) (?:\w+ )?\Z")
_RANKED: Final = re.compile(
    r"\b(?:second|third|fourth|fifth|2nd|3rd|4th|5th)[- ](?P<word>most \w+|[a-z]{2,12}est|best|worst)\b", re.IGNORECASE
)
_FIRST: Final = re.compile(
    r"(?<!one of )(?<!among )(?<!some of )\b(?:the|its|their|his|her) (?P<word>most \w+|[a-z]{2,12}est|best|worst)\b",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"(?:\b(?:not|never|no|nor|only|even|until|unless|hardly|neither|nobody|none|without|any|much)\b|n['’]t\b)"
    r"[^,;.]{0,40}\Z",
    re.IGNORECASE,
)
_LOOK_BACK: Final = 60
_BOUND: Final = re.compile(
    r"[,.;:()—–]|\b(?:and|but|or|that|which|who|because|as|although|though|while|so|did|do|does|has|have|had|is|are|was"
    r"|were|for|will|would)\b"
)
"""Where the thing measured from ends at the latest."""
_STOP: Final = re.compile(r"[.!?;](?= )")
_WORD: Final = re.compile(r"\w+(?:['’]\w+)?")
_LIGHT: Final = word_set(
    "the a an of to in on at for with and by from his her its their was were is are be been being had has have he she",
    "it they that which who him them this these those one ones then there as did do does will would when where",
)


class Compared(NamedTuple):
    """What each text says, and how the two differ."""

    how: How
    premise: Span
    hypothesis: Span


class _Side(NamedTuple):
    """On which side of what: what is measured, whether before and less (-1) or after and more (1), and from what."""

    group: str
    sign: int
    anchor: tuple[str, ...]
    span: Span


@kept
def compared(premise: str, hypothesis: str) -> Compared | None:
    """The first measure that the two texts tell otherwise of the same thing. Cost linear in the texts."""
    if max(len(premise), len(hypothesis)) > _MOST or premise == hypothesis:
        return None
    found = _other_side(premise, hypothesis) or _ranked(premise, hypothesis) or _equalled(premise, hypothesis)
    if found is None and (ahead := outranked(premise, hypothesis)) is not None:
        found = Compared("ahead", *ahead)
    # What most texts do not measure is asked first: to read all words of both costs more.
    return found if found is not None and _alike(premise, hypothesis) else None


def _other_side(premise: str, hypothesis: str) -> Compared | None:
    for one in _only(_sides(premise)):
        for other in _only(_sides(hypothesis)):
            turned = one.group == other.group and one.sign != other.sign
            if not turned or not _same(one, other, (premise, hypothesis)):
                continue
            if one.group != "when" or _alike_long((premise, one), (hypothesis, other)):
                return Compared("side", one.span, other.span)
    return None


_PLAIN: Final = frozenset({"when", "lead", "due", "level"})
"""Groups of which a text tells the side alone, and no more and less of two things."""


def _only(sides: Sequence[_Side]) -> Iterator[_Side]:
    """Those of which a text tells none of the same kind again."""
    groups = [side.group for side in sides]
    return (side for side in sides if groups.count(side.group) == 1)


@kept
def _sides(text: str) -> tuple[_Side, ...]:
    found: list[_Side] = []
    for group, pattern in (("when", _TIME), ("lead", _LEAD), ("due", _DUE), ("level", _LEVEL), ("level", _TIMES)):
        for match in islice(pattern.finditer(text), _SIDES):
            sign = -1 if match.lastgroup in ("before", "less") else 1
            anchor = ("",) if group == "due" else _anchor(text, match.end())
            found.append(_Side(group, sign, anchor, Span(match.start(), match.end())))
    for match in islice(_THAN.finditer(text), _SIDES):
        word = match["word"].casefold()
        group, sign = _DIMENSIONS[word]
        what = _words(text, Span(match.start("what"), match.end("what")))
        if word in _QUANTITY:
            group = f"{group} {what[0] if what else ''}"
        span = Span(match.start(), match.end() - 1)
        found.append(_Side(group, sign, _anchor(text, match.end()), span))
    return tuple(side for side in found if side.anchor and not _denied(text, side.span.start))


def _denied(text: str, at: int) -> bool:
    return _DENIED.search(text, max(0, at - _LOOK_BACK), at) is not None


def _anchor(text: str, start: int) -> tuple[str, ...]:
    """The first words of weight of what something is measured from."""
    bound = _BOUND.search(text, start)
    end = bound.start() if bound is not None else len(text)
    return _words(text, Span(start, end))[:_ANCHOR]


def _words(text: str, span: Span) -> tuple[str, ...]:
    folds = (match[0].casefold() for match in _WORD.finditer(text, span.start, span.end))
    return tuple(lemma(fold.removesuffix("'s").removesuffix("’s")) for fold in folds if fold not in _LIGHT)


def _same(one: _Side, other: _Side, texts: tuple[str, str]) -> bool:
    """Whether both are measured from the same thing, which either text names once."""
    shorter, longer = sorted((one.anchor, other.anchor), key=len)
    if shorter == ("",):
        return True
    # "More than Koreans buy from Germany" and "than Germany buys from Koreans" are two: their first words must agree.
    first = shorter if one.group in _PLAIN else shorter[:1]
    if not _told(longer[0], first) or not all(_told(word, longer) for word in shorter):
        return False
    # Of "X before Y and Y before Z", either may be meant.
    return all(
        _words(text, Span(0, len(text))).count(side.anchor[0]) == 1
        for text, side in zip(texts, (one, other), strict=True)
    )


def _alike_long(*sides: tuple[str, _Side]) -> bool:
    """Whether the sentences tell about as much besides what is measured from."""
    lengths = []
    for text, side in sides:
        start = max((mark.end() for mark in _STOP.finditer(text, 0, side.span.start)), default=0)
        stop = _STOP.search(text, side.span.end)
        words = _words(text, Span(start, stop.start() if stop is not None else len(text)))
        lengths.append(sum(word not in side.anchor for word in words))
    return min(lengths) >= _REST * max(lengths)


def _told(word: str, words: Sequence[str]) -> bool:
    """Whether a word is among some, as another form of it; "import" and "export" are two."""
    return any(word == other or (word[:3] == other[:3] and kindred(word, other)) for other in words)


def _ranked(premise: str, hypothesis: str) -> Compared | None:
    """The most of its kind, and the second of it."""
    for text, against, turned in ((premise, hypothesis, False), (hypothesis, premise, True)):
        ranks = list(islice(_RANKED.finditer(text), _SIDES))
        if len(ranks) != 1 or _RANKED.search(against) is not None or _denied(text, ranks[0].start()):
            continue
        word = ranks[0]["word"].casefold()
        tops = [match for match in islice(_FIRST.finditer(against), _SIDES) if match["word"].casefold() == word]
        if len(tops) != 1 or _denied(against, tops[0].start()):
            continue
        if any(match["word"].casefold() == word for match in islice(_FIRST.finditer(text), _SIDES)):
            continue
        spans = Span(*ranks[0].span()), Span(*tops[0].span())
        return Compared("rank", *(spans[::-1] if turned else spans))
    return None


def _equalled(premise: str, hypothesis: str) -> Compared | None:
    """More than another, and as much as it."""
    for text, against, turned in ((premise, hypothesis, False), (hypothesis, premise, True)):
        equal = list(islice(_EQUAL.finditer(against), 2))
        if len(equal) != 1 or _EQUAL.search(text) is not None:
            continue
        at = equal[0].start()
        if _denied(against, at) or _NOT_EQUAL.search(against, max(0, at - _LOOK_BACK), at) is not None:
            continue
        told = set(_words(against, Span(0, len(against))))
        lost = {side.group for side in _sides(text) if side.sign} - {side.group for side in _sides(against)} - _PLAIN
        sides = [side for side in _sides(text) if side.group in lost and side.anchor[0] in told]
        if len(sides) == 1:
            spans = sides[0].span, Span(*equal[0].span())
            return Compared("equal", *(spans[::-1] if turned else spans))
    return None


def _alike(premise: str, hypothesis: str) -> bool:
    """Whether the texts share enough to tell of the same."""
    one, other = ({*_words(text, Span(0, len(text)))} for text in (premise, hypothesis))
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and len(shorter & longer) >= _SHARED * len(shorter)
