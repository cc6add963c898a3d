"""How two words of a name differ in spelling: as romanisations do, as forms of a word do, or by a slip."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from consistency.facts._names.words import ENDINGS, NICKNAMES

SHORTEST_TYPO: Final = 5
LONG: Final = 8
"""From this length on two letters may differ in a typo."""
LONGEST: Final = 40

_ROMAN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^[aeu]l-", ""),
        (r"'", ""),
        (r"tsch|tch", "c"),
        (r"sch|sh|sz|sj", "s"),
        (r"cz|ch|tj", "c"),
        (r"kh|gh|h(?=[^aeiouy])", "h"),
        (r"^(?:q|g|kh|gh|h(?=[aeo]dd?[ha]?[af]))", "k"),
        (r"q|ck|c(?=[aoukl])", "k"),
        (r"dh|dd", "d"),
        (r"th", "t"),
        (r"ph|ff", "f"),
        (r"zh|dj|dzh", "j"),
        (r"ts|tz|z", "s"),
        (r"w", "v"),
        (r"ou|oo|uu|ue|oe", "u"),
        (r"ae|ah", "a"),
        (r"i?y[iy]?|ii|ij|ie|iy|ey|ei|ee|ea|j", "i"),
        (r"(?:sk)i+$", "ski"),
        (r"eo|yo|io", "e"),
        (r"o", "u"),
    )
)
_DOUBLED = re.compile(r"([aeiudfskmt])\1+")


@lru_cache(maxsize=65536)
def romanised(part: str) -> str:
    """A key that common romanisations of one foreign name share: Zelensky, Zelenskyy; Gaddafi, Qadhafi."""
    key = part[:64]
    for pattern, sound in _ROMAN:
        key = pattern.sub(sound, key)
    key = _DOUBLED.sub(r"\1", key)
    return key.removeprefix("al") if len(key) > 5 and key.startswith("al") else key


_BRITISH = (
    (r"our", "or"),
    (r"is(?=[eai])", "iz"),
    (r"re\b", "er"),
    (r"ll(?=(?:ed|ing|er|ers|or)\b)", "l"),
    (r"ence\b", "ense"),
)


def slip(a: str, b: str) -> bool:
    """Whether one word is the other with one letter wrong (two from eight letters on), or two neighbours exchanged.

    False for romanisations, inflections (Olympic, Olympics), British against American spelling and forms of one given
    name.
    """
    if min(len(a), len(b)) < SHORTEST_TYPO or max(len(a), len(b)) > LONGEST or a == b:
        return False
    if not (a.isalpha() and b.isalpha()) or inflected(a, b) or NICKNAMES.get(a, a) == NICKNAMES.get(b, b):
        return False
    if transposed(a, b):
        return True
    if romanised(a) == romanised(b) or sounds_alike(a, b):
        return False
    allowed = 2 if min(len(a), len(b)) >= LONG else 1
    return OSA.distance(a, b, score_cutoff=allowed) <= allowed


def transposed(a: str, b: str) -> bool:
    """Whether two neighbouring letters, or digits, changed places; no transliteration does that."""
    if len(a) != len(b):
        return False
    at = [number for number, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(at) == 2 and at[1] == at[0] + 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]


def faint(a: str, b: str) -> bool:
    """Whether a slip may as well be another transliteration, or is all there is to so short a word: Nasser, Nassar."""
    if min(len(a), len(b)) < SHORTEST_TYPO or hard_c(a, b):
        return True
    return not transposed(a, b) and _rest(a, b) in _EXCHANGED


def hard_c(a: str, b: str) -> bool:
    """Whether a `c` became a `k` where no language is known to write the name so: Declan, Deklan; not Oscar, Oskar."""
    if len(a) != len(b) or not SHORTEST_TYPO <= len(a) <= LONGEST:
        return False
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(differing) != 1 or frozenset(differing[0]) != frozenset("ck"):
        return False
    return not any(word.startswith(_DOUBLETS) or word in NICKNAMES for word in (a.replace("c", "k"), a, b))


def short_slip(a: str, b: str) -> bool:
    """Whether one word of four letters has one letter wrong, or one that stands double: Tamm, Tann.

    It says something only of a name whose other words agree.
    """
    if len(a) != SHORTEST_TYPO - 1 or len(b) != len(a) or not (a.isalpha() and b.isalpha()):
        return False
    if romanised(a) == romanised(b) or sounds_alike(a, b):
        return False
    rest = _rest(a, b)
    return transposed(a, b) or (all(len(set(part)) == 1 for part in rest) and rest not in _EXCHANGED)


def _rest(a: str, b: str) -> tuple[str, str]:
    """What is left of two words without the letters that they begin and end with alike, in the order of the letters."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    one, other = sorted((a[start : len(a) - end], b[start : len(b) - end]))
    return one, other


_EXCHANGED: Final = frozenset(
    (one, other)
    for one, other in (
        sorted(pair.split("/")) for pair in "a/e a/o e/i e/o o/u i/y u/w a/ai e/ai e/ei i/ei u/ou".split()
    )
)
"""Vowels of which either stands for one of another script: Faisal, Feisal; Tashkent, Toshkent."""
_DOUBLETS: Final = tuple(
    "alek anjelik angelik anik domini dominik erik erika federik fredri frederik hektor isak jakob kamil karl karol"
    " kaspar kasper kass katar kater kathar kather kathr katri kirill klaas klar klaud klaus klement konrad konst korn"
    " kost kris krist kurt ludwik lukas lukre mark marek mika mik monik nik nikol oktav oskar patrik rebek rokk skott"
    " vikt veronik viktor zak".split()
)
"""How given names begin that one language writes with a `c` and another with a `k`, in the latter spelling."""


def sounds_alike(a: str, b: str) -> bool:
    """Whether two words are spellings of one foreign name, or forms of one given name that are spelt much alike."""
    if NICKNAMES.get(a, a) == NICKNAMES.get(b, b) and a[:1] == b[:1] and OSA.distance(a[:64], b[:64]) <= 2:
        return True
    return min(len(a), len(b)) > 3 and _sounded(a) == _sounded(b)


def _sounded(part: str) -> str:
    """A key for spellings of one foreign name that `romanised` keeps apart: Gorbachov, Charkiv, Victor, Evgeny."""
    key = part[:64]
    for pattern, sound in _SOUNDS:
        key = pattern.sub(sound, key)
    return romanised(key)


_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^y(?=e)", ""),
        (r"kh|ch|gh", "h"),
        (r"c(?=[aoukltr]|$)", "k"),
        (r"c(?=[ei])", "s"),
        (r"gn|ny|nh|nj", "n"),
        (r"(?:[eio]v|off)$", "v"),
        (r"ai|ay", "ei"),
        (r"(?<=enk)a$", "o"),
    )
)


def inflected(a: str, b: str) -> bool:
    """Whether two words differ in their ending alone, or as British and American spelling do."""
    for british, american in _BRITISH:
        if re.sub(british, american, a) == re.sub(british, american, b):
            return True
    stem = 0
    while stem < min(len(a), len(b)) and a[stem] == b[stem]:
        stem += 1
    rest = a[stem:], b[stem:]
    if stem < 3 or (len(rest[0]) == len(rest[1]) and rest[0]):
        return False
    return all(not ending or ending in ENDINGS for ending in rest)
