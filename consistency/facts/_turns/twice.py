"""A turn that another one takes back: "few expect a rise" is "most expect a fall", "upheld the ban" is "dismissed the
appeal against the ban", "passes unless they object" is "fails only if they object", "closed until May" is "opens in
May".

The other turn is one of which only one text has each end: a challenge to the thing, the lesser or the greater part, a
condition with its sign turned, a limit in time. What both texts have takes nothing back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final, TypeAlias

from consistency.facts._lists import word_set
from consistency.facts._turns.stretch import stretch
from consistency.facts.hedge import lemma
from consistency.facts.kin import kindred
from consistency.facts.polarity import lemmas
from consistency.records import Span

Spans: TypeAlias = tuple[Span, Span]
_REACH: Final = 200
"""Characters on either side of a word that belong to its sentence at most."""
_SENTENCE: Final = re.compile(r"[.!?;](?=\s|[\"”’]|\Z)")
_CLAUSE: Final = re.compile(
    r"[.!?;:()—–](?=\s|[\"”’]|\Z)|,\s+(?:and|but|while|whereas|although|though|as|which|who)\b", re.IGNORECASE
)
_MOST: Final = 4
"""Such words of a sentence that are looked at."""
_FEW: Final = 3
"""Words of weight that name a thing."""

_FAILED: Final = frozenset(
    map(lemma, word_set("reject dismiss refuse deny rebuff decline quash throw strike defeat fail lose overrule turn"))
)
_DISPOSED: Final = _FAILED | frozenset(
    map(lemma, word_set("uphold allow grant accept back support approve succeed win sustain"))
)
"""What becomes of a challenge."""
_CHALLENGE: Final = re.compile(
    r"\b(?:"
    r"(?:appeal|challenge|motion|petition|objection|complaint|lawsuit|suit|claim|protest|case|action|bid)s?\b"
    r"(?! (?:court|judge|panel|tribunal))"
    r"(?=[^.!?;:]{0,60}? against (?P<what>[^.!?;:,]{1,60}))"
    r"|(?:challenge|objection|opposition)s?\b(?= to (?P<to>[^.!?;:,]{1,60}))"
    r"|(?:bid|motion|petition|request|call|attempt|move|proposal|plea|application|appeal|lawsuit|effort|amendment)s?\b"
    r"(?=[^.!?;:]{0,60}?(?P<link> (?:to|seeking to|for the) (?:have )?"
    r"(?:overturn|revers|quash|lift|scrap|repeal|end|annul|abolish|abolition|drop|cancel|revok|block|stop|halt|remov"
    r"|suspen|invalidat|undo|set aside|strik|oust|overthrow)[a-z]*)(?: of| down)? (?P<it>[^.!?;:,]{1,60})))",
    re.IGNORECASE,
)
_OF: Final = re.compile(r"\b(?:of|on|by|in|from|over|against|for|with|to|at|after)\b", re.IGNORECASE)

_PARTS: Final = (
    re.compile(
        r"(?<!\bthe )(?<!\bquite )(?<!\bnot )\b(?:(?:a )?few(?:er than half)?|hardly any|(?:small )?minority"
        r"|less than half)\b(?! (?:more|hours|days|weeks|months|years|minutes)\b)(?: of)?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<!\bat )(?<!\bthe )(?<!\bnot )\b(?:most|nearly all|almost all|(?:large |vast |great |clear )?majority"
        r"|more than half|bulk)\b(?: of)?",
        re.IGNORECASE,
    ),
)
"""The lesser and the greater part; "the few" and "the most" are others."""

_UNLESS: Final = re.compile(r"\bunless\b", re.IGNORECASE)
_IF: Final = re.compile(
    r"(?<!\beven )(?<!\bas )(?<!\basked )\b(?:if|provided|providing|as long as|so long as|in case)\b", re.IGNORECASE
)
_HALF: Final = 0.5
"""The part of the words of the shorter of two conditions that both must have."""
_STOP: Final = re.compile(r"[.!?;:,()—–](?!\d)")

_UNTIL: Final = re.compile(r"\b(?:until|till|before|up to)\b", re.IGNORECASE)
_FROM: Final = re.compile(
    r"\b(?:in|on|at|from|since|after|when|once|by|only|as of)"
    r" (?:(?:early|late|mid|the|last|next|this|a|an) ?-?){0,2}\Z",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"\w+")
_NO_TIME: Final = word_set("the a an his her its their this that last next early late mid he she it they we i you")


def taken_back(texts: tuple[str, str], turned: Sequence[Spans], opposites: Sequence[Spans]) -> bool:
    """Whether a turn is taken back by another: the sense is turned twice.

    Of more than one turn, beside such words themselves ("few", "most"), nothing is said.

    Args:
        texts: The two texts.
        turned: Where each turn stands.
        opposites: Where opposites stand, turns or not: one of them is asked where all turns are such words.
    """
    if turned and all(any(map(_in_vain, texts, spans)) for spans in turned):
        return True
    rest: list[Spans] = []
    for found in (turned, opposites):
        rest = rest or [spans for spans in found if not any(map(_marks, texts, spans))]
    if len(rest) != 1 or not all(map(len, rest[0])):
        return False
    others = (_challenged, _other_part, _unless, _until)
    return sum(other(texts, rest[0]) for other in others) == 1


def _marks(text: str, span: Span) -> bool:
    """Whether a word is one of those that turn another: "few", "unless", "a bid to overturn"."""
    begin, end = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
    for mark in (*_PARTS, _UNLESS, _IF, _CHALLENGE):
        for match in islice(mark.finditer(text, begin, end), _MOST):
            places = [match.span(), *([match.span("link")] if match.groupdict().get("link") else [])]
            if any(span.overlaps(Span(*place)) for place in places):
                return True
    return False


def _in_vain(text: str, span: Span) -> bool:
    """Whether a word tells what a challenge was to bring about that failed: "dismissed a bid to revoke it"."""
    begin, end = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
    for match in islice(_CHALLENGE.finditer(text, begin, end), _MOST):
        if match["link"] is not None and span.overlaps(Span(*match.span("link"))):
            words = [word for word, _ in lemmas(text, Span(begin, match.start()))][-_FEW:]
            return not _FAILED.isdisjoint(words)
    return False


def _challenged(texts: tuple[str, str], spans: Spans) -> bool:
    """Whether one text tells what became of a thing, and the other what became of a challenge to it."""
    found = [_challenge(text, span) for text, span in zip(texts, spans, strict=True)]
    side = 0 if found[0] else 1
    if bool(found[0]) == bool(found[1]):
        return False
    text, span = texts[1 - side], spans[1 - side]
    begin, end = stretch(text, span, _SENTENCE, _REACH)
    before = [word for word, _ in lemmas(text, Span(begin, span.start))]
    return _shared(found[side], [*before, *_named(text, span.end, end)])


def _challenge(text: str, span: Span) -> list[str]:
    """What is challenged where a word says what became of the challenge."""
    words = [word for word, _ in lemmas(text, span)]
    if _DISPOSED.isdisjoint(words):
        return []
    begin, end = stretch(text, span, _SENTENCE, _REACH)
    for match in islice(_CHALLENGE.finditer(text, begin, end), _MOST):
        name = next(name for name in ("what", "to", "it") if match[name] is not None)
        if named := _named(text, *match.span(name)):
            return named
    return []


def _named(text: str, start: int, end: int) -> list[str]:
    """The words that name a thing, without whose it is, or about what."""
    words = lemmas(text, Span(start, end))
    if not words:
        return []
    of = _OF.search(text, words[0][1].end, end)
    return [word for word, place in words if of is None or place.end <= of.start()][:_FEW]


def _other_part(texts: tuple[str, str], spans: Spans) -> bool:
    """Whether one text tells the one of the lesser part, and the other its opposite of the greater."""
    for one, other in (_PARTS, _PARTS[::-1]):
        here, there = _part(texts[0], spans[0], one), _part(texts[1], spans[1], other)
        if here is not None and there is not None and (not here or not there or _shared(here, there)):
            return True
    return False


def _part(text: str, span: Span, part: re.Pattern[str]) -> list[str] | None:
    """The name of those who are that part, before a word in its clause; empty where they are not named."""
    begin, _ = stretch(text, span, _CLAUSE, _REACH)
    found = part.search(text, begin, span.start)
    return None if found is None else _named(text, found.end(), span.start)[:1]


def _unless(texts: tuple[str, str], spans: Spans) -> bool:
    """Whether one text tells a thing but for a condition under which the other tells the opposite."""
    sentences = [stretch(text, span, _SENTENCE, _REACH) for text, span in zip(texts, spans, strict=True)]
    found = [_UNLESS.search(text, *bounds) for text, bounds in zip(texts, sentences, strict=True)]
    side = 0 if found[0] else 1
    but = found[side]
    if but is None or found[1 - side] is not None:
        return False
    when = _IF.search(texts[1 - side], *sentences[1 - side])
    if when is None:
        return False
    here = _condition(texts[side], but.end(), sentences[side][1])
    there = _condition(texts[1 - side], when.end(), sentences[1 - side][1])
    shared = sum(_shared([word], there) for word in here)
    return shared > 0 and shared >= _HALF * min(len(here), len(there))


def _condition(text: str, start: int, end: int) -> list[str]:
    stop = _STOP.search(text, start, end)
    return [word for word, _ in lemmas(text, Span(start, stop.start() if stop else end))]


def _until(texts: tuple[str, str], spans: Spans) -> bool:
    """Whether one text tells a thing up to a time from which the other tells the opposite."""
    ends = [_time(text, span) for text, span in zip(texts, spans, strict=True)]
    side = 0 if ends[0] else 1
    if bool(ends[0]) == bool(ends[1]):
        return False
    text = texts[1 - side]
    begin, end = stretch(text, spans[1 - side], _SENTENCE, _REACH)
    return any(
        word[0].casefold() == ends[side] and _FROM.search(text, begin, word.start()) is not None
        for word in _WORD.finditer(text, begin, end)
    )


def _time(text: str, span: Span) -> str:
    """The first word of the time up to which a thing is told."""
    _, end = stretch(text, span, _CLAUSE, _REACH)
    until = _UNTIL.search(text, span.end, end)
    if until is None:
        return ""
    words = (word[0].casefold() for word in _WORD.finditer(text, until.end(), end))
    return next((word for word in words if word not in _NO_TIME), "")


def _shared(one: Sequence[str], other: Sequence[str]) -> bool:
    return any(mine == theirs or kindred(mine, theirs) for mine in one for theirs in other)
