"""Words that may honestly stand in each other's place: synonyms, close or loose, and a general word for a special one.

The list is our own. It is asked where one word of a copy is another, and only ever silences: what it does not know as
kin need not be a change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Set
from functools import lru_cache
from pathlib import Path
from typing import Final

from consistency.facts._lists import word_set
from consistency.facts.hedge import lemma

KIN: Final = Path(__file__).with_name("kin.txt")
"""The list, by word."""
_GENERAL: Final = frozenset(
    lemma(word)
    for word in word_set(
        "person people man men woman women child children individual someone somebody everyone human being citizen",
        "resident figure adult thing object item matter something anything everything stuff substance material element",
        "area place site spot location region zone part section side space land ground territory scene",
        "building structure facility establishment institution premises house home property",
        "vehicle transport transportation craft machine device equipment tool instrument apparatus gadget appliance",
        "animal creature beast plant organism species system",
        "group body organisation organization team crowd party company firm business agency entity unit",
        "event incident occasion affair case situation condition state circumstance issue problem question subject",
        "topic act action activity move step process operation work job task effort",
        "food drink product good goods commodity ware fact information detail data news story statement word",
        "way manner method means form kind type sort disease illness disorder ailment drug medicine medication",
        "employee worker staff official officer member professional expert specialist serviceman servicemen",
        "clothes clothing garment money sum amount number quantity fluid liquid gas",
        "vegetable fruit tree flower bird fish insect mammal meat weapon crop metal toy sport game furniture dish",
        "do make have get go come be take use used put give",
    )
)
"""Words so general that they may stand for most others of their kind."""
_COMMON: Final = 20
"""Lines of the list from which on a word says nothing of those in whose lines it stands: "official", "group"."""
_STEM: Final = 4
_OF_STEM: Final = 0.6
"""Letters that two words of one family begin with, and what part of the shorter word: "galaxy", "galactic"."""
_FAMILY: Final = 5
"""Letters of a word from which on another of the same family is taken for it, where whole sentences were reworded."""
_SHORT: Final = 5
"""A word no longer than this is a misspelling of another one edit away, a longer one up to two."""


def kin(one: str, other: str) -> bool:
    """Whether either of two lemmas may stand for the other: one is in the other's line of the list, or their lines
    share a word that stands in few; one is general; they are of one family, or one may be a slip of the pen.
    """
    if one in _GENERAL or other in _GENERAL or alike(one, other) or listed(one, other):
        return True
    return any(word not in _common() for word in _line(one) & _line(other))


def common(word: str) -> bool:
    """Whether a lemma heads a line of the list: a word of the language, whatever else it may name."""
    return word in _lines()


def listed(one: str, other: str) -> bool:
    """Whether one of two lemmas stands in the other's line of the list."""
    return one in _line(other) or other in _line(one)


def among(word: str, words: Set[str]) -> bool:
    """Whether a lemma is one of others or `listed` with any, at the cost of asking one of them."""
    return not (_line(word).isdisjoint(words) and _standing().get(word, frozenset()).isdisjoint(words))


def kindred(one: str, other: str) -> bool:
    """Whether two lemmas of reworded sentences may stand for each other; here a general word is no kin of all."""
    return listed(one, other) or (min(len(one), len(other)) >= _FAMILY and alike(one, other))


def told_by_kin(word: str, here: Collection[str], there: Collection[str], besides: str) -> bool:
    """Whether one text (its lemmas `here`) tells a word of the other (`there`) by a listed word that it has alone;
    `besides` does not count.
    """
    return any(one != besides and one not in there and listed(one, word) for one in here)


def as_expressions(one: str, other: str) -> bool:
    """Whether two expressions, or words, may stand for each other: by the list, or as ways to say one word of it.

    Words are joined by hyphens ("rule-out"); as they are written, not as lemmas.
    """
    first, second = expression(one), expression(other)
    if first == second or listed(first, second):
        return True
    heads = _heads()
    return not heads.get(first, frozenset()).isdisjoint(heads.get(second, frozenset()))


def known(words: str) -> bool:
    """Whether the list has an expression, or a word. By `as_expressions`, any other stands for itself alone."""
    told = expression(words)
    return told in _lines() or told in _standing()


def expression(words: str) -> str:
    """A word, or several joined by hyphens, as the list is asked for it: of the first the lemma, the others as told."""
    first, *others = words.removeprefix("be-").split("-")
    return "-".join((lemma(first), *others))


def alike(one: str, other: str) -> bool:
    """Whether two words are of one family, or one may be a slip of the pen for the other."""
    from rapidfuzz.distance import DamerauLevenshtein, Prefix  # whoever only asks for help need not wait for it

    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= 3 and longer.startswith(shorter):
        return True
    stem = Prefix.similarity(one, other)
    if stem >= _STEM and stem >= _OF_STEM * len(shorter):
        return True
    most = 1 if len(longer) <= _SHORT else 2
    return DamerauLevenshtein.distance(one, other, score_cutoff=most) <= most


def _line(word: str) -> frozenset[str]:
    return _lines().get(word, frozenset()) | {word}


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    lines = Counter(word for others in _lines().values() for word in others)
    return frozenset(word for word, count in lines.items() if count >= _COMMON)


@lru_cache(maxsize=1)
def _heads() -> dict[str, frozenset[str]]:
    """In whose lines an expression of several words stands."""
    return {one: heads for one, heads in _standing().items() if "-" in one}


@lru_cache(maxsize=1)
def _standing() -> dict[str, frozenset[str]]:
    """In whose lines a word stands."""
    found: dict[str, set[str]] = {}
    for head, others in _lines().items():
        for one in others:
            found.setdefault(one, set()).add(head)
    return {one: frozenset(heads) for one, heads in found.items()}


@lru_cache(maxsize=1)
def _lines() -> dict[str, frozenset[str]]:
    """What stands behind each word of the list, as lemmas; of an expression the first word is one ("rul-out")."""
    found: dict[str, set[str]] = {}
    for line in KIN.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            head, _, others = line.partition(" / ")
            for key in {lemma(head), expression(head)}:  # an expression is asked for in either way
                found.setdefault(key, set()).update(map(expression, others.split()))
    return {word: frozenset(others) for word, others in found.items()}
