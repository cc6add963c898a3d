"""Statements of two passages that tell of one thing, each with its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from consistency.checks._sources.speech import Told, shared
from consistency.checks._sources.unsourced import SAME
from consistency.facts.source import plain, stand

_CROSSED: Final = 0.3
"""How much liker than in its own source's mouth a statement must be to one in another's, to be exchanged."""
_GIVEN: Final = 0.65
"""Share of the words from which several statements plainly are each another's now."""


class Match(NamedTuple):
    """Attributions of one and the same content; `share` of its words that both have."""

    one: Told
    other: Told
    share: float


def matched(ours: Sequence[Told], theirs: Sequence[Told]) -> list[Match]:
    """Attributions of like content, the likest first, each used once."""
    scored = sorted(
        (
            Match(one, other, share)
            for one in ours
            for other in theirs
            if (share := shared(one.content, other.content)) >= SAME
        ),
        key=lambda match: -match.share,
    )
    found: list[Match] = []
    used: set[int] = set()
    for match in scored:
        if not used & {id(match.one), id(match.other)}:
            found.append(match)
            used |= {id(match.one), id(match.other)}
    return found


def exchanged(match: Match, matches: Sequence[Match]) -> bool:
    """Whether each of two sources has what the other has in the reference, and plainly so."""
    theirs, ours = match.one.frame.source, match.other.frame.source
    if not plain(theirs) or not plain(ours) or stand(theirs, ours) == "same":
        return False
    return any(
        stand(theirs, one.other.frame.source) == "same" == stand(ours, one.one.frame.source)
        and min(match.share, one.share) >= _CROSSED + shared(match.one.content, one.other.content)
        for one in matches
        if one is not match
    )


def all_given_away(matches: Sequence[Match]) -> bool:
    """Whether of several statements each is another's now, so that a source may well be named beside them."""
    return len(matches) > 1 and all(
        one.share >= _GIVEN and stand(one.one.frame.source, one.other.frame.source) in {"other", "stranger"}
        for one in matches
    )
