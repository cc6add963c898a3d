"""Sources that the reference knows both, and tells from each other by what each of them says.

That the version's source stands in the reference too is no excuse where that source says something else there: "a
tenant said the lift was broken; the owner said it had been repaired" is no word of the owner on the broken lift.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from consistency.checks._sources.beside import cited_by, set_off
from consistency.checks._sources.matched import Match
from consistency.checks._sources.speech import Told, Voices, shared
from consistency.facts._lists import word_set
from consistency.facts.quotation import quotations
from consistency.facts.source import Source, named_person, stand

_ENOUGH: Final = 0.6
"""Share of the words from which it is plain which of two statements is told."""
_LESS: Final = 0.35
"""How much less like it what the version's source says in the reference must be."""
_NEW: Final = word_set("a an one two three four five several some many")
_SPEAKING: Final = frozenset(("speaker", "document", "official", "body", "person"))
"""Groups whose words may well be those of another source."""
_QUOTED: Final = 0.8
_LEAST: Final = 3
"""Share and number of the words of two quotes that make them one."""
_BODY: Final = re.compile(
    r"^(?:the|its?|his|her|their)\s+(?:\S+\s+){0,4}?(?:agency|airline|airport|army|association|authority|bank|board"
    r"|brewery|broadcaster|bureau|carmaker|carrier|chancellery|church|clinic|club|college|commission|committee|company"
    r"|consulate|council|court|department|diocese|embassy|federation|firm|foundation|government|group|hospital|institute"
    r"|manufacturer|ministry|museum|navy|office|operator|organi[sz]ation|party|police|prosecution|publisher|regulator"
    r"|retailer|school|service|shipyard|society|theatre|treasury|union|university|zoo)$",
    re.IGNORECASE,
)


def parted(match: Match, theirs: Source, ours: Source, nearby: Iterable[Told]) -> bool:
    """Whether the reference has both sources speak, and the version gives one of them what only the other says."""
    if match.share < _ENOUGH:
        return False
    own = [told for told in nearby if told is not match.one and stand(told.frame.source, ours) == "same"]
    return (
        bool(own)
        and all(stand(told.frame.source, theirs) != "same" and told.frame.force != "confirm" for told in own)
        and all(shared(told.content, match.other.content) <= match.share - _LESS for told in own)
    )


def anybody(text: str, told: Told) -> bool:
    """Whether the source of what is told is somebody new, and nobody who speaks for others: "a tenant said"."""
    source = told.frame.source
    if source is None or source.names or source.places or source.groups & _SPEAKING:
        return False
    who = source.span.shift(told.at)
    return text[who.start : who.end].split(maxsplit=1)[0].casefold() in _NEW


def body(text: str, source: Source, told: Told) -> bool:
    """Whether the source of what is told is a body that speaks for itself, and nobody in it who is not named."""
    who = source.span.shift(told.at)
    return not named_person(source) and _BODY.match(text[who.start : who.end]) is not None


def confirms(source: Source, nearby: Iterable[Told]) -> bool:
    """Whether somebody confirms anything."""
    return any(told.frame.force == "confirm" and stand(told.frame.source, source) == "same" for told in nearby)


def one_quote(match: Match, texts: tuple[str, str]) -> bool:
    """Whether both quote the same words."""
    there, here = (_quoted(text, told) for text, told in zip(texts, (match.one, match.other), strict=True))
    both = len(there & here)
    return both >= _LEAST and both >= _QUOTED * min(len(there), len(here))


def one_person(match: Match, texts: tuple[str, str]) -> bool:
    """Whether the version's source is the reference's by another name, or is itself cited by that one."""
    sources = match.one.frame.source, match.other.frame.source
    theirs, ours = match.one.who, match.other.who
    if sources[0] is None or sources[1] is None or theirs is None or ours is None:
        return True
    return set_off(texts[0], theirs, sources[1]) or cited_by(texts[1], ours, sources[0])


def known_as(source: Source, articles: Iterable[Voices]) -> Source:
    """The source with what the articles say of a person named without an office here."""
    if source.groups or not source.names:
        return source
    return source._replace(groups=frozenset().union(*(voices.groups(source.names) for voices in articles)))


def _quoted(text: str, told: Told) -> frozenset[str]:
    """The words in quote marks of what is told."""
    parts = [part.shift(told.at) for part in told.frame.content]
    inside = (
        text[quote.inner.start : quote.inner.end]
        for quote in quotations(text)
        if not quote.depth and quote.closed and any(part.overlaps(quote.inner) for part in parts)
    )
    return frozenset(word for quote in inside for word in re.findall(r"[^\W\d_]+", quote.casefold()))
