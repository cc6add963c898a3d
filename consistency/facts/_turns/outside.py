"""Whether a word names what is over or wanting, is told of the end of a thing, or a text tells of those whom the other
leaves out.
"""

from __future__ import annotations

import re
from typing import Final

from consistency.facts.polarity import bases
from consistency.records import Span

_WINDOW: Final = 80
_OVER: Final = re.compile(
    r"\b(?:end|ending|cessation|halt|stop|lack|absence|loss|suspension|termination|ban|freeze|free)"
    r" (?:of|to|on|in|from) (?:(?:all|any|the|these|those|its|their|his|her|a|an) )?\Z",
    re.IGNORECASE,
)
_ALL_BUT: Final = re.compile(r"\b(?:all|everyone|everybody|everything) (?:but|except)\b", re.IGNORECASE)
_ENDING: Final = re.compile(
    r"\s+(?:(?:against|out against|the|a|an|any|all|its|their|his|her"
    r"|(?:plan|proposal|move|call)s? (?:to|for)) ){0,3}"
    r"((?:lift|end|scrap|abolish|remov|repeal|drop|revers|eas|suspend|halt|stop|ban|delay|postpon|reject|cancel|revok"
    r"|withdraw|block|prohibit|relax|loosen|overturn|abandon)[a-z]{0,5}|abolition|removal|end|delay|withdrawal"
    r"|cancellation)\b",
    re.IGNORECASE,
)
"""Behind a verb: that it is told of the end of a thing, so that "against lifting the ban" is for the ban."""


def of_its_end(texts: tuple[str, str], spans: tuple[Span, Span]) -> bool:
    """Whether one of two opposites is told of the end of what the other is told of: "against lifting it", "for it"."""
    for side in (0, 1):
        ending = _ENDING.match(texts[side], spans[side].end)
        if ending and bases(ending[1]).isdisjoint(bases(texts[1 - side])):
            return True
    return False


def all_but(texts: tuple[str, str]) -> bool:
    """Whether one text tells of those whom the other leaves out: "only three survived" is "all but three died"."""
    return (_ALL_BUT.search(texts[0]) is None) != (_ALL_BUT.search(texts[1]) is None)


def ended(text: str, span: Span) -> bool:
    """Whether a word names what is over or wanting: "a cessation of hostilities" is "a truce"."""
    return _OVER.search(text[max(0, span.start - _WINDOW) : span.start]) is not None
