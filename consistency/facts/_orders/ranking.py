"""Who is ahead of whom: in a race, in a vote, in bidding; the same two told the other way round in another text.

"Rossi beat Kral", "Kral was second behind Rossi", "Rossi polled more votes than Kral", "Lorne outbid Kral, whose offer
was lower" say the same of the two. Two whom a text tells both ways, as of two races, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Final, NamedTuple

from consistency.facts._kept import kept
from consistency.facts._rare import Rare
from consistency.facts.name import Name, names
from consistency.records import Span

_MOST: Final = 2_000
"""Characters of a text beyond which it is no claim."""
_PLACES: Final = 12
"""Words of ranking that are read; no claim has as many."""
_NEAR: Final = 120
"""Characters before a word of ranking in which he is named who is ranked."""
_BEHIND: Final = 60
"""Characters behind it in which the other is named."""
_MONEY: Final = r"(?:(?:[\w.,€$£-]+ ){0,2}(?:euros?|dollars?|pounds?|francs?|crowns?|kronor|yen|million|billion) )"
_OFFERED: Final = r"(?:bid|offered|offering|put|paid|pays|pay|offers|bids|promised)"
_WORDS: Final = Rare(
    r"\b(?P<race_first>(?:ahead|in front|clear) of|beat(?:ing)?|defeat(?:ed|ing)|edged out|pipped"
    r"|outpolled|(?:more|most) votes than|(?:polled|won|got|received|took) more (?:\w+ )?than|(?:faster|quicker) than)"
    r"|(?<!left )(?P<race_last>(?<!stood )(?<!rallied )(?<!is )behind|runner-up to|fewer votes than"
    r"|(?:polled|won|got|received|took) (?:fewer|less) (?:\w+ )?than|lost to|losing to|(?:beaten|defeated) by"
    r"|slower than|no match for)"
    rf"|(?P<bid_first>outbid(?! by\b)|outbidding|{_OFFERED} {_MONEY}?more (?:\w+ ){{0,4}}?than"
    r"|(?:bid|offer) (?:was|is) (?:[\w.,€$£-]+ ){0,4}?higher than)"
    rf"|(?P<bid_last>outbid by|{_OFFERED} {_MONEY}?less (?:\w+ ){{0,4}}?than"
    r"|(?:bid|offer) (?:was|is) (?:[\w.,€$£-]+ ){0,4}?lower than)\b"
    r"|\b(?P<same_first>more than)|(?P<same_last>(?:less|fewer) than)\b",
    *("ahead of", "front of", "clear of", "beat", "defeat", "edged out", "pipped", "outpolled", "than", "behind"),
    *("runner-up to", "lost to", "losing to", "no match for", "outbid"),
    flags=re.NOFLAG,
)
"""Words by which two are ranked; the last ones only go on with what stands before them ("and Kral more than Rossi")."""
_MEANWHILE: Final = re.compile(
    r"\b(?:(?:first|second|opening) half|half-?time|halfway|break|interval|laps?|legs?|stages?|heats?|practice|earlier"
    r"|initially|at first|had been|until|polls?|surveys?|forecasts?|expected|previous|opening|seeded|led(?! by\b)|leads"
    r"|last (?:year|season|week|month|time)|trail\w*|overt[ao]\w+|rall\w+|come ?back|came back)\b",
    re.IGNORECASE,
)
"""Who is ahead then need not be so in the end, or in another race."""
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "gold": 1, "silver": 2, "bronze": 3}
_RANKED: Final = re.compile(
    r"\b(?:(?:came|finished|was|placed|ended|ended up) (?:a |in )?(?:close |distant )?|taking |took |won |with )?"
    r"(?P<rank>first|second|third|fourth|fifth|gold|silver|bronze)"
    r"(?=[,.;]|\Z| (?:and|behind|ahead|place|of the|in the (?:race|final|vote))\b|(?<=[dre]) in\b)"
)
_DENIED: Final = re.compile(r"\b(?:not|never|no|nor|hardly|without|would have|could have|if)\b|n['’]t\b")
_INSTEAD: Final = re.compile(r"\b(?:not|rather than|instead of|nor|than) (?:the )?\Z")
_WHERE: Final = re.compile(r"\b(?:in|at|near|from|of|to|on) (?:the )?\Z")
"""Before a name: it is a place's, or another's who comes into it ("the downhill in Bormio")."""
_BREAK: Final = re.compile(r"[;:]|\.(?= |\Z)|\b(?:but|while|whereas|although|though|because|before|after|since|when)\b")
_AFTER: Final = re.compile(r"(?:['’]s\b)? ?(?:[,.;)]|\Z|and\b|in\b|by\b|with\b|on\b|for\b|at\b|to\b|who\b|as\b|into\b)")
"""Behind a name that is whom somebody is ahead of, and no match or day of his ("ahead of Arsenal's game")."""
_OWNED: Final = re.compile(r"['’]s?\b")
_TIED: Final = re.compile(r"\b(?:of|in|on|at|for|from|to|by|with|about)\b")
"""Between a word of ranking and a name: the one ranked is not he, but somebody or something of his."""


class Ranked(NamedTuple):
    """Two of whom the one is ahead, by what, and where a text says so."""

    group: str
    first: str
    last: str
    span: Span


def outranked(premise: str, hypothesis: str) -> tuple[Span, Span] | None:
    """Where each text says who of two is ahead, if they do so the other way round. Cost linear in the texts."""
    if max(len(premise), len(hypothesis)) > _MOST or premise.isupper() or hypothesis.isupper():
        return None
    if _MEANWHILE.search(premise) or _MEANWHILE.search(hypothesis):
        return None
    here, there = _single(_ranked(premise)), _single(_ranked(hypothesis))
    for (group, first, last), one in here.items():
        other = there.get((group, last, first))
        if other is not None:
            return one.span, other.span
    return None


def _single(told: Sequence[Ranked]) -> Mapping[tuple[str, str, str], Ranked]:
    """What is told of two one way alone."""
    found = {(one.group, one.first, one.last): one for one in told}
    return {key: one for key, one in found.items() if (key[0], key[2], key[1]) not in found}


@kept
def _ranked(text: str) -> tuple[Ranked, ...]:
    named = [name for name in names(text) if name.text[0].isupper()]
    return (*_compared(text, named), *_by_rank(text, named))


def _compared(text: str, named: Sequence[Name]) -> Iterator[Ranked]:
    going = ""
    done: tuple[Name, Name] | None = None
    for match in islice(_WORDS.finditer(text), _PLACES):
        group, _, side = (match.lastgroup or "").partition("_")
        one = _before(text, named, match)
        if one is not None and done is not None and one == done[1] and text[one.span.end : match.start()] == " and ":
            one = done[0]  # "behind Rossi and ahead of Kral"
        if group == "same":
            group = going if one is not None and text[one.span.end : match.start()] == " " else ""
        if one is None or not group:
            continue
        going = group
        for other in _listed(text, named, match.end(), group):
            first, last = (one, other) if side == "first" else (other, one)
            done = one, other
            if _key(first) != _key(last):
                span = Span(min(one.span.start, other.span.start), max(one.span.end, other.span.end))
                yield Ranked(group, _key(first), _key(last), span)


def _before(text: str, named: Sequence[Name], match: re.Match[str]) -> Name | None:
    """Who is ranked: the last one named before, in the clause, of whom it is not denied; or the owner of a bid."""
    at = match.start()
    near = [
        name
        for name in named
        if at - _NEAR <= name.span.start
        and name.span.end <= at
        and _WHERE.search(text, max(0, name.span.start - _BEHIND), name.span.start) is None
    ]
    if not near:
        return None
    start = near[-1].span.start
    between = text[near[-1].span.end : at]
    if _BREAK.search(between) or _DENIED.search(between) or " by " in between:
        return None
    if _INSTEAD.search(text, max(0, start - _BEHIND), start):
        return None
    return None if _OWNED.match(between) and not match.group().startswith(("bid", "offer")) else near[-1]


def _listed(text: str, named: Sequence[Name], end: int, group: str) -> Iterator[Name]:
    """Whom he is ranked with: the first one named behind, and the one listed with him."""
    behind = [name for name in named if end <= name.span.start <= end + _BEHIND][:2]
    if not behind:
        return
    between = text[end : behind[0].span.start]
    if "," in between or _BREAK.search(between) or (group == "race" and _TIED.search(between)):
        return
    if _AFTER.match(text, behind[0].span.end) is None:
        return
    yield behind[0]
    if len(behind) > 1 and text[behind[0].span.end : behind[1].span.start] == " and ":
        after = text[behind[1].span.end : behind[1].span.end + 1]
        if after in ("", ".", ","):  # no clause of his own follows
            yield behind[1]


def _by_rank(text: str, named: Sequence[Name]) -> Iterator[Ranked]:
    """Of "Rossi came first, with Kral second": by the ranks that a text gives."""
    places: dict[str, tuple[int, Span]] = {}
    for match in islice(_RANKED.finditer(text), _PLACES):
        one = _before(text, named, match)
        if one is not None and _key(one) not in places:
            places[_key(one)] = _ORDINALS[match["rank"]], one.span
    ranks = sorted(places.items(), key=lambda place: place[1])
    for (first, (rank, here)), (last, (lower, there)) in pairwise(ranks):
        if rank < lower:
            yield Ranked("race", first, last, Span(min(here.start, there.start), max(here.end, there.end)))


def _key(name: Name) -> str:
    return name.parts[-1]
