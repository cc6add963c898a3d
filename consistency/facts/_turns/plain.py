"""A plain denial of one deed: all that one text says is what the other says, and it is denied."""

from __future__ import annotations

import re
from typing import Final

from consistency.facts._lists import word_set
from consistency.facts.hedge import lemma
from consistency.facts.kin import kindred
from consistency.facts.polarity import asked, lemmas, negated, negations, negative
from consistency.records import Span

_LEAST: Final = 3
"""Words of weight from which on a denial tells who has not done what."""
_MOST: Final = 12
"""Words of weight beyond which it tells more than one thing."""
_VERBAL: Final = re.compile(
    r"(?:\b(?:do|does|did|is|are|was|were|has|have|had)(?: [a-z]+ly| ever| so far)? (?:not|never)|\w+n['’]t)\Z",
    re.IGNORECASE,
)
_NO_MORE: Final = frozenset(
    map(lemma, word_set("any yet so far ever single anything anybody anyone sort kind form whatsoever still"))
)
"""Words of a denial that say no more than it does."""
_OPEN: Final = re.compile(
    r"\b(?:will|would|could|can|may|might|should|shall|must|if|unless|until|before|till|except|plans?|planned|intends?"
    r"|expect\w*|promis\w*|propos\w*|consider\w*|hopes?|wants?|wanted|allegedly|reportedly|except|since|than|only|all"
    r"|every|most|many|some|both|because|but|although|though)\b|[\"“”?]",
    re.IGNORECASE,
)
"""What leaves a thing open, or tells of a part or another time."""
_AUXILIARY: Final = 24


def plain_denial(texts: tuple[str, str], side: int) -> bool:
    """Whether the text of this side is one sentence that denies a deed, and the other tells it of the same things.

    Each word of weight must be told there, the deed itself by the same word; neither text may leave anything open.
    """
    text, other = texts[side], texts[1 - side]
    denials = negations(text, other)
    if len(denials) != 1 or negations(other, text) or _OPEN.search(text) or _OPEN.search(other):
        return False
    denial = denials[0]
    if _VERBAL.search(text, max(0, denial.start - _AUXILIARY), denial.end) is None or asked(text, denial):
        return False
    words = [(word, place) for word, place in lemmas(text, Span(0, len(text))) if word not in _NO_MORE]
    if not _LEAST <= len([word for word, place in words if not place.overlaps(denial)]) <= _MOST:
        return False
    denied = [word for word, _ in negated(text, denial) if word not in _NO_MORE]
    told = {word for word, _ in lemmas(other, Span(0, len(other)))}
    if not denied or denied[0] not in told or negative(other, Span(0, len(other))):
        return False
    return all(
        place.overlaps(denial) or word in told or any(kindred(word, one) for one in told) for word, place in words
    )
