"""Other parts of one whole in sentences told in other words, where the model contradicts them: "three of the five
stalls" against "all five stalls", "both engines" against "one engine".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from consistency.checks._figures.complement import opposite
from consistency.checks._figures.portions import Portion, shifted
from consistency.checks._figures.slots import stem
from consistency.facts._figures.fractions import Fraction, fractions, root
from consistency.facts._modifiers import STOPS
from consistency.facts.quantity import Quantity, quantities
from consistency.records import Span

_LEAST: Final = 0.45
"""Contradiction of both directions, the mean, from which on two parts are held against each other."""
_NEAR: Final = 2
"""Words behind a fraction of which one must be the same: its noun, or what stands before it."""
_SURE: Final = 0.6
_SURER: Final = 0.75
_PLAIN: Final = 0.8
"""The contradiction from which on a finding is surer."""
_LATER: Final = re.compile(
    r"\b(?:later|then|followed|following|also|too|as well|and the (?:rest|others?|last)|soon)\b", re.I
)
"""Behind a part these may tell of the rest: "three of the five came in on Monday, and the others on Friday"."""
_BOTH: Final = re.compile(
    r"\bboth(?: of)?(?: (?:the|its|his|her|their|these|those))? (?P<noun>[^\W\d_]{3,20})(?! and\b)", re.IGNORECASE
)
_ONE: Final = re.compile(
    r"\b(?<!the )(?<!no )(?<!any )(?:one|a single)"
    r"(?: of (?:the|its|his|her|their|these|those)(?: two)?)? (?P<noun>[^\W\d_]{3,20})\b",
    re.IGNORECASE,
)
_AFTER_ONE: Final = re.compile(r"\bthe other(?:['’]s| too| as well| also|,? too)\b", re.IGNORECASE)
""" "At the one candidate's house and at the other's" are both."""
_MOST: Final = 6
_REST: Final = re.compile(r"\b(?:others?|the rest|remain(?:s|ed|ing|der)?)\b", re.IGNORECASE)
"""Where a text tells of the rest as well, either may be the part that the other text means."""
_TOLD: Final = 0.6
"""The contradiction from which on a counted part and one told in words need no more than to tell of one thing."""
_END: Final = re.compile(r"[.;:!?](?=\s|\Z)")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_REACH: Final = 90
_WORDS: Final = 16


def parted(texts: tuple[str, str], contradiction: float) -> Iterator[Portion]:
    """Parts of one whole that cannot both be; `contradiction` is what the model says of the pair."""
    if contradiction < _LEAST:
        return
    sure = _SURER if contradiction >= _PLAIN else _SURE
    sides = fractions(texts[0]), fractions(texts[1])
    shares = [[fact for fact in quantities(text) if fact.unit == "percent"] if all(sides) else [] for text in texts]
    found: list[Portion] = []
    for one in sides[0]:
        for two in sides[1]:
            if (
                _told_of_one(one, two)
                and _apart(texts, one, two, contradiction)
                and not _told_elsewhere(one, two, sides, shares)
            ):
                found.append(Portion(one.span, two.span, sure))
                break
    for many, single in ((0, 1), (1, 0)):
        if not found:
            found += [
                Portion(*(spans if many == 0 else spans[::-1]), sure)
                for spans in _one_of_both(texts[many], texts[single])
            ]
    yield from found


def _told_of_one(one: Fraction, two: Fraction) -> bool:
    """Whether two fractions are parts of one whole: of the same number, or of the same noun."""
    if one.whole and two.whole:
        return one.whole == two.whole
    return not set(one.nouns[:_NEAR]).isdisjoint(two.nouns[:_NEAR])


def _apart(texts: tuple[str, str], one: Fraction, two: Fraction, contradiction: float) -> bool:
    """Whether two shares differ, and one is not what the other leaves: two of nine stay where seven have gone.

    Two numbers of one whole are told of two things as a rule: 71 percent were seen within the hour, eleven died.
    """
    if one.low <= two.high and two.low <= one.high:
        return False
    same = _said_alike(one, two) and not shifted(texts, (one.span, two.span))
    if one.figured and two.figured:
        return same
    for text, part, whole in ((texts[0], one, two), (texts[1], two, one)):
        if whole.low == 1 and part.low > 0 and _LATER.search(text, part.span.end):
            return False
    rest = one.low + two.low <= 1 <= one.high + two.high
    return not rest or same or (contradiction >= _TOLD and one.figured != two.figured and _told_alike(texts, one, two))


def _told_alike(texts: tuple[str, str], one: Fraction, two: Fraction) -> bool:
    """Whether the sentences of a counted part and of one told in words share what they tell of it, and neither a
    contrary nor a denial turns it: "found rust in three of 25 bridges", "of the 25 bridges, most had rust".
    """
    if not one.whole == two.whole > 1 or shifted(texts, (one.span, two.span)) or any(map(_REST.search, texts)):
        return False
    besides = {*one.nouns[:_NEAR], *two.nouns[:_NEAR]}
    told = [_clause(text, fact.span) for text, fact in zip(texts, (one, two), strict=True)]
    shared = {root(word) for word in told[0]} & {root(word) for word in told[1]} - besides
    return not shared.isdisjoint(two.said if one.figured else one.said) and not any(
        opposite(left, right)
        for left in told[0]
        if root(left) not in shared
        for right in told[1]
        if root(right) not in shared
    )


def _clause(text: str, span: Span) -> list[str]:
    """The words near a part, of its sentence, that say something, but for names."""
    ahead = _END.split(text[max(0, span.start - _REACH) : span.start])[-1]
    behind = _END.split(text[span.end : span.end + _REACH])[0]
    found = (match[0] for match in _WORD.finditer(f"{ahead} {behind}"))
    return [word for word in found if word.islower() and word not in STOPS][:_WORDS]


def _said_alike(one: Fraction, two: Fraction) -> bool:
    """Whether the same noun and the same verb stand behind both, or the same verb before both of the same noun."""
    rates = one.figured and two.figured and not one.whole and not two.whole
    if one.before and stem(one.before) == stem(two.before) and one.nouns[0] == two.nouns[0] and not rates:
        return True
    if len(one.nouns) == len(two.nouns) == 1 and one.said[:2] == two.said[:2]:
        return len(one.said) > 1
    return one.said == two.said and len(one.said) > _NEAR


def _told_elsewhere(
    one: Fraction,
    two: Fraction,
    sides: tuple[Sequence[Fraction], Sequence[Fraction]],
    shares: Sequence[Sequence[Quantity]],
) -> bool:
    """Whether either text tells the share of the other too, of the same noun or, in figures, of none."""
    if any(
        fact.low * 100 <= known.stated <= fact.high * 100
        for fact, side in ((one, shares[1]), (two, shares[0]))
        for known in side
        if 0 < fact.low < fact.high < 1
    ):
        return True
    return any(
        known.low <= fact.high and fact.low <= known.high and not set(known.nouns).isdisjoint(fact.nouns)
        for fact, side in ((one, sides[1]), (two, sides[0]))
        for known in side
    )


def _one_of_both(both: str, single: str) -> Iterator[tuple[Span, Span]]:
    """Where a text has one of what the other has both of."""
    if _AFTER_ONE.search(single) or re.search(r"\bboth\b", single, re.IGNORECASE):
        return
    found = {root(match["noun"].lower()): match for match in islice(_ONE.finditer(single), _MOST)}
    for match in islice(_BOTH.finditer(both), _MOST):
        if other := found.get(root(match["noun"].lower())):
            yield Span(match.start(), match.end()), Span(other.start(), other.end())
