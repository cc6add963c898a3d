"""What a figure is against by how much it has changed: "rose to 47 cents" against "rose by 47 cents", "8 percent lower"
against "gained 8 percent".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from consistency.checks._figures.portions import NO_AMOUNT, Portion
from consistency.facts.quantity import Quantity

_LEAST: Final = 0.4
"""Contradiction of both directions, the mean, from which on a rise is held against a fall, a change against a price."""
_PLAIN: Final = 0.8
_SURE: Final = 0.6
_SURER: Final = 0.75
_UP: Final = (
    r"r[oi]se[sn]?|rising|gain(?:s|ed|ing)?|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|gr[eo]w(?:s|n|ing)?|"
    r"increas(?:e|es|ed|ing)|advanc(?:e|es|ed|ing)|surg(?:e|es|ed|ing)|soar(?:s|ed|ing)?|added|adding|up|growth|"
    r"leap(?:s|t|ed)?|rall(?:y|ied)|hike[sd]?|raise[sd]?"
)
_DOWN: Final = (
    r"f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|los(?:t|es?|ing|s)|declin(?:e|es|ed|ing)|sl[iu]d(?:e|es|ing)?|"
    r"slip(?:s|ped|ping)?|s[aiu]nk(?:s|ing)?|tumbl(?:e|es|ed|ing)|plung(?:e|es|ed|ing)|shed(?:s|ding)?|down|"
    r"decreas(?:e|es|ed|ing)|eas(?:e|es|ed|ing)|shr[aiu]nk(?:s|ing)?|reduc(?:e|es|ed|ing|tion)|cut(?:s|ting)?|"
    r"slump(?:s|ed|ing)?|dip(?:s|ped|ping)?|retreat(?:s|ed|ing)?"
)
_MORE: Final = r"more|higher|dearer|costlier|up"
_LESS: Final = r"less|fewer|lower|cheaper|down"
_SOME: Final = r"(?:(?:about|around|some|nearly|almost|just|only|roughly|another|a further|an extra|over) )*"
_CHANGED: Final = re.compile(
    rf".*\b(?:(?P<up>{_UP})|(?P<down>{_DOWN})) (?:(?:of|[^.;:!?,\d]{{0,40}}?\b(?<!followed )by) )?{_SOME}\Z",
    re.IGNORECASE | re.DOTALL,
)
"""Before a figure that tells of a change: "fell 8 percent", "a rise of 8 percent", "will rise in May by 8 percent"."""
_BESIDE: Final = re.compile(rf"\s+(?:(?P<up>{_MORE})|(?P<down>{_LESS}))\b", re.IGNORECASE)
_ABOVE: Final = re.compile(
    r"\s+(?:over|above|under|below|short of|ahead of|behind) (?:the|its|their|his|her|what|that|normal|average)\b"
    r"(?! (?:year|month|week|quarter|season|decade|period|day|night|summer|winter|weekend|past|last|next|coming|first|"
    r"course|same|whole|entire|two|three|four|five|six|\d))",
    re.IGNORECASE,
)
_MOVED_TO: Final = re.compile(rf"\b(?:{_UP}|{_DOWN})\b[^.;:!?]{{0,45}}?\bto {_SOME}\Z", re.IGNORECASE)
"""Before a figure that something has changed to."""
_REACHED: Final = re.compile(
    rf"\b(?:{_UP}|{_DOWN})\b[^.;:!?]{{0,45}}?\bat {_SOME}\Z|"
    rf"\b(?:costs?|(?:stands?|stood) at|reach(?:ed|es)?|total(?:l?ed|s)?|amount(?:ed|s)? to|c[oa]mes? to|doing|"
    rf"(?:driving|driven|travelling|traveling|going|speed) (?:at|of)) {_SOME}\Z",
    re.IGNORECASE,
)
"""Before a figure that is what something has come to."""
_OTHER_SIDE: Final = re.compile(r"\b(?:than|against|ahead|behind|below|above|under|over|discount|saving)\b", re.I)
"""Near a change they may turn it: "8 percent less than that of the sister" is her 8 percent more."""
_LACK: Final = re.compile(
    r"\b(?:loss(?:es)?|deficits?|shortfalls?|debts?|vacanc\w+|abstention|absen\w+|unemploy\w+|jobless\w*|gaps?|delays?)\b",
    re.IGNORECASE,
)
"""What goes up where its contrary goes down: "the loss grew by 4 percent", "the result fell by 4 percent"."""
_BACK: Final = 70
_NEAR: Final = 40
_MOST: Final = 12
_RATES: Final = NO_AMOUNT | {"percent", "point"}
"""Of these a change may be the level of something else: inflation "at 3 percent", prices "up by 3 percent"."""
_PLAINLY: Final = frozenset({"exact", "approximate"})

Way: TypeAlias = Literal["", "up", "down", "by", "level", "to"]


class _Told(NamedTuple):
    fact: Quantity
    way: Way
    turned: bool


def levels(
    texts: tuple[str, str], sides: tuple[Sequence[Quantity], Sequence[Quantity]], contradiction: float
) -> Iterator[Portion]:
    """One figure told as a level in one text and as a change in the other, or as a rise and a fall; `contradiction` is
    what the model says of the pair.
    """
    sure = _SURER if contradiction >= _PLAIN else _SURE
    lacks = len({_LACK.search(text) is None for text in texts}) > 1
    told = [{one.fact.stated: one for one in _told(text, facts)} for text, facts in zip(texts, sides, strict=True)]
    for stated, one in told[0].items():
        two = told[1].get(stated)
        if (
            two is not None
            and one.fact.unit == two.fact.unit
            and _apart(one, two, lacks=lacks, seen=contradiction >= _LEAST)
        ):
            yield Portion(one.fact.span, two.fact.span, sure)


def margin(texts: tuple[str, str], one: Quantity, two: Quantity) -> bool:
    """Whether one figure tells by how much something is more than another, and the other tells of no change at all."""
    ways = [way(text, fact) for text, fact in zip(texts, (one, two), strict=True)]
    for than, other in ((0, 1), (1, 0)):
        text, fact = texts[than], (one, two)[than]
        if (
            ways[other] in {"", "level", "to"}
            and _THAN.match(text, fact.span.end)
            and fact.stated < (one, two)[other].stated
        ):
            return True
    return False


_THAN: Final = re.compile(rf"\s+(?:[a-z]+ )?(?:{_MORE}|{_LESS}) than\b", re.IGNORECASE)


def _told(text: str, facts: Sequence[Quantity]) -> Iterator[_Told]:
    for fact in facts[:_MOST]:
        if fact.unit in NO_AMOUNT or fact.kind not in _PLAINLY or sum(one.stated == fact.stated for one in facts) > 1:
            continue
        if found := way(text, fact):
            near = text[max(0, fact.span.start - _NEAR) : fact.span.start], text[fact.span.end :][:_NEAR]
            yield _Told(fact, found, any(map(_OTHER_SIDE.search, near)))


def _apart(one: _Told, two: _Told, *, lacks: bool, seen: bool) -> bool:
    """`seen`: the model sees a contradiction too; without it "to" and "by" alone are against each other."""
    ways = {one.way, two.way}
    if ways == {"up", "down"}:
        return seen and not (one.turned or two.turned or lacks)
    changed = not ways.isdisjoint({"up", "down", "by"}) and one.fact.unit not in _RATES
    return changed and ("to" in ways or (seen and "level" in ways))


def way(text: str, fact: Quantity) -> Way:
    """Whether a figure tells by how much something went up or down, or what it has come to."""
    before = text[max(0, fact.span.start - _BACK) : fact.span.start]
    if found := _BESIDE.match(text, fact.span.end):
        return "up" if found["up"] else "down"
    if _ABOVE.match(text, fact.span.end):
        return "by"
    if found := _CHANGED.match(before):
        return "up" if found["up"] else "down"
    if _MOVED_TO.search(before):
        return "to"
    return "level" if _REACHED.search(before) else ""
