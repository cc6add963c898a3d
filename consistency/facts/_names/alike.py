"""Whether two words may be spellings of one name, or are hardly names."""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import Indel

from consistency.facts._names.syllables import same_syllable
from consistency.facts._spelling import romanised, sounds_alike
from consistency.facts.hedge import lemma
from consistency.facts.kin import common

_TELLING: Final = 4
_ALIKE: Final = 0.65


def is_word(part: str) -> bool:
    """Whether a part of a name is a word of the language too."""
    return common(lemma(part))


def close(a: str, b: str) -> bool:
    """Whether two words may be spellings of one name."""
    if same_syllable(a, b):
        return True
    if len(a) < _TELLING or len(b) < _TELLING:
        return romanised(a) == romanised(b)
    return a[:_TELLING] == b[:_TELLING] or sounds_alike(a, b) or Indel.normalized_similarity(a, b) >= _ALIKE
