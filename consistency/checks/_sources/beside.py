"""Two sources of which one is no other speaker: the same by another name ("his fiancee, Jessica Wheat, said"), or
cited by the first ("she said that he had told her").
"""

from __future__ import annotations

import re
from typing import Final

from consistency.facts.source import Source
from consistency.records import Span

_REACH: Final = 40
"""Characters between a source and a name that is its own."""
_THAT: Final = re.compile(r"\bthat\W*\Z", re.IGNORECASE)
_MARKS: Final = frozenset(",(–—-")
_MOST: Final = 8
"""Words of names that are looked for."""


def set_off(text: str, source: Span, other: Source) -> bool:
    """Whether a name of the other source stands right beside the source in this text, or behind a comma."""
    parts = sorted({part for name in other.names for part in name.parts})[:_MOST]
    low = max(0, source.start - 2 * _REACH)
    for part in parts:
        for near in re.finditer(rf"\b{re.escape(part)}\b", text[low : source.end + 2 * _REACH], re.IGNORECASE):
            start, end = low + near.start(), low + near.end()
            between = text[source.end : start] if start >= source.end else text[end : source.start]
            if len(between) <= _REACH and (not between.strip() or between.lstrip()[0] in _MARKS):
                return True
    return False


def cited_by(text: str, source: Span, other: Source) -> bool:
    """Whether the source stands in what the other is said to have said."""
    before = text[max(0, source.start - 2 * _REACH) : source.start]
    if _THAT.search(before) is None:
        return False
    folded = before.casefold()
    return any(part in folded for name in other.names for part in name.parts[:_MOST])
