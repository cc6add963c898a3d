"""What somebody says and somebody else disputes in the same sentence: "..., a figure that the bank disputed"."""

from __future__ import annotations

import re
from typing import Final

from consistency.facts._lists import word_set
from consistency.facts.hedge import lemma

_WHAT: Final = (
    r"(?:an?|the) (?:figure|number|claim|charge|allegation|accusation|account|version|statement|assertion|estimate"
    r"|suggestion|reproach|complaint)s?(?: that| which)?"
)
_DISPUTE: Final = re.compile(
    rf",\s+(?:which|{_WHAT}|but|although|though|while|and)\s+(?:[^\s,.;:!?]+\s+){{1,8}}?"
    r"(?:den(?:y|ies|ied)|disput(?:es?|ed)|reject(?:s|ed)?|contest(?:s|ed)?|dismiss(?:es|ed)?|refut(?:es?|ed))\b",
    re.IGNORECASE,
)
DISPUTING: Final = frozenset(map(lemma, word_set("deny dispute reject contest dismiss refute contradict")))


def disputed(text: str) -> int | None:
    """Where in what somebody says the words begin that tell who disputes it. Linear in the text."""
    found = _DISPUTE.search(text[:_LONGEST])
    return found.start() if found else None


_LONGEST: Final = 2000
