"""Words of opposite sense, from two lists of our own: a short one that can be relied on, and a wide one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from consistency.facts._lists import word_set
from consistency.facts.hedge import lemma

ANTONYMS: Final = Path(__file__).with_name("antonyms.txt")
"""Words of opposite sense that turn a sentence by themselves."""
OPPOSITES: Final = Path(__file__).with_name("opposites.txt")
"""A wide list of contraries: a witness, not a verdict."""

LOOSE: Final = word_set(
    "today yesterday tomorrow tonight up down to from into like back well found bore since until on off with without",
    "have has had having need needs needed",
)
"""Words of the list with too many senses, or that copies published on other days change rightly."""
_NARROW: Final = word_set(
    "buy sell borrow lend send receive give take win lose beat lead trail arrive leave depart enter export import",
    "appear appoint open close closed live die right left present free score concede charge clear pass fail miss",
    "attend land heat cool cause effect end start begin beginning find hide last first attack defend join quit",
    "victory defeat winner loser exporter importer buyer seller lender borrower donor recipient arrival departure",
    "entrance exit supply demand employer employee teacher student professor doctor patient landlord tenant author",
    "reader host guest visitor speaker listener parent child father mother son daughter brother sister husband wife",
    "uncle aunt king queen boy girl man woman nephew niece predecessor successor victim attacker aggressor defender",
    "kidnapper hostage captor captive prosecutor defendant plaintiff accuser witness suspect city countryside land sea",
    "question answer deposit withdrawal purchase sale day night morning evening summer winter north south east west",
    "credit debit income expenditure revenue problem solution boss manager leader citizen foreigner adult centre",
    "teach learn",
)
"""Words that have a converse rather than an opposite ("sold" is another's "bought"), or many senses."""

_PRONOUNS: Final = word_set("i you he she it we they me him her us them")


@lru_cache(maxsize=1)
def narrow() -> frozenset[str]:
    """The words that are narrow, as they stand in the keys of the tables."""
    return _NARROW | {lemma(word) for word in _NARROW}


@lru_cache(maxsize=8_192)
def senses(word: str) -> tuple[str, ...]:
    """Under what a word stands in `contraries`, if anywhere: as a verb, as a noun, as it is."""
    table = contraries()
    if word in _PRONOUNS:  # "heed" is "he" without its ending
        return ()
    return tuple(sense for sense in (f"v {lemma(word)}", f"n {_singular(word)}", f"a {word}") if sense in table)


@lru_cache(maxsize=1)
def opposites() -> dict[str, frozenset[str]]:
    """The opposites of each single word, both ways, of the short list that can be relied on.

    The keys: verbs by lemma ("v ris"), nouns in the singular ("n profit"), all others as they are ("a high").
    """
    return _table(ANTONYMS)


@lru_cache(maxsize=1)
def contraries() -> dict[str, frozenset[str]]:
    """As `opposites`, of the short list and the wide one."""
    short, wide = opposites(), _table(OPPOSITES)
    none: frozenset[str] = frozenset()
    return {sense: short.get(sense, none) | wide.get(sense, none) for sense in short.keys() | wide.keys()}


def _table(path: Path) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("ant "):
            kind, _, words = line.removeprefix("ant ").partition(": ")
            sides = [[_key(kind, word) for word in side.split() if _single(word)] for side in words.split(" / ")]
            for one in sides[0]:
                found.setdefault(one, set()).update(sides[1])
            for other in sides[1]:
                found.setdefault(other, set()).update(sides[0])
    return {word: frozenset(others) for word, others in found.items() if others}


def _single(word: str) -> bool:
    """Whether a word of a list may be read by itself."""
    return "_" not in word and "-" not in word and word not in LOOSE


def _key(kind: str, word: str) -> str:
    return f"v {lemma(word)}" if kind == "v" else f"n {_singular(word)}" if kind == "n" else f"a {word}"


def _singular(word: str) -> str:
    plain = word.removesuffix("'s")
    if plain.endswith("ies") and len(plain) > 4:
        return plain[:-3] + "y"
    if plain.endswith(("sses", "xes", "ches", "shes")):
        return plain[:-2]
    return plain[:-1] if plain.endswith("s") and not plain.endswith(("ss", "us", "is")) else plain
