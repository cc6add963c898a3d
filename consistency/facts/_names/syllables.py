"""Given names of two syllables, as Korea, Taiwan and old China write them: Kim Jong-un, Chiang Kai-shek."""

from __future__ import annotations

import re
from typing import Final

from consistency.facts._names.words import FUNCTION
from consistency.facts._places.gazetteer import Word
from consistency.facts.hedge import lemma
from consistency.facts.kin import common

_SYLLABLE: Final = re.compile(
    r"(?:(?:ch|sh|kh|hs|hy|ky|gy|my|ny|py|by|ry|ts|ss|zh|kw|gw|hw|[bcdfghjklmnprstwyz])?[aeiouwy]{1,4}"
    r"(?:ng|ck|[nmklpthbr])?)"
)
"""What a syllable of such a name looks like: jong, hye, tung, loong. Few English words behind a hyphen do, and none
behind another syllable: State-run, Right-wing."""
HYPHENS: Final = ("-", "\u2010", "\u2011")
_VOWELS: Final = re.compile(r"eu|eo|ou|oo|wu|o")
_CONSONANTS: Final = str.maketrans("gdbjrl", "ktpcll")
"""How one system of writing Korean and Chinese stands to another: un, eun; jeong, jung; geun, keun."""


def is_tail(run: tuple[Word, ...], first: int, at: int) -> bool:
    """Whether a word without a capital is the second syllable of the name before it, which has another name beside it.

    `first` is where the run of capitalised words begins.
    """
    left, word = run[at - 1], run[at]
    if word.gap not in HYPHENS or word.capital or not left.capital or len(left.text) < 2:
        return False
    if not (_SYLLABLE.fullmatch(word.fold) and _SYLLABLE.fullmatch(left.fold)):
        return False
    if at - 1 > first and run[at - 2].capital and run[at - 2].fold not in FUNCTION:
        return True
    ahead = at + 1 < len(run) and run[at + 1].capital and run[at + 1].gap == " "
    return ahead and not common(lemma(left.fold))  # not "Sit-in Protest"


def same_syllable(a: str, b: str) -> bool:
    """Whether two words are one syllable by several systems of writing it."""
    if not (_SYLLABLE.fullmatch(a) and _SYLLABLE.fullmatch(b)):
        return False
    return _sound(a) == _sound(b)


def _sound(syllable: str) -> str:
    plain = _VOWELS.sub("u", syllable.replace("ch", "c").replace("ye", "y")).replace("ae", "e").replace("yi", "i")
    return plain.replace("ee", "i").replace("yu", "y").translate(_CONSONANTS)


def two_syllables(text: str, last: str) -> bool:
    """Whether a name ends in a word that is tied to the one before it without a capital; `last` is that word folded."""
    return text[-len(last) - 1 :][:1] in HYPHENS and text[-1].islower() and text[-len(last)].islower()
