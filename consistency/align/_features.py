"""What of a claim is compared: stems of its words, numbers and places in a form all spellings share."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from consistency.facts._kept import kept, kept_word
from consistency.facts.place import places

Features: TypeAlias = Mapping[str, float]
"""Feature to share, 0 to 1: how much of its weight counts."""

WHOLE = "="
"""Begins the feature of a whole word, which only adds to its stem's."""
_PLACE = "&"

_TOKEN = re.compile(r"(\d+(?:[.,:]\d+)*|[^\W\d_]+)")
_STEM = 6
_COMMON_SHARE = 0.4
_WHOLE_SHARE = 0.25

_SMALL = frozenset(
    "a an the of in on at to for from by with and or but nor as is are was were be been being am has have had "
    "having do does did not no it its that this these those he she they we you his her hers him their them our us "
    "your me my mine who whom whose which what when where why how while will would could can cannot may might must "
    "should shall if than then there here so also said says say saying about into onto over after before more most "
    "all any each both some such only just very too out up off down under again because until between during "
    "through against own other another don didn doesn isn wasn aren weren won couldn wouldn shouldn hasn haven "
    "hadn ve ll re mr mrs ms dr percent cent percentage per th st nd rd".split()
)
"""Words that stand in any sentence."""
_COMMON = frozenset(
    "new year years people one two 1 2 time day week month told according made make take took get got go going "
    "come came many much still even now back since around like want wants know think see seen well way thing "
    "things part number called asked added used use man men woman women world country state government officials "
    "official report reported reports however although though despite including further several often recent "
    "recently later earlier early last".split()
)
"""Words of the news trade: two claims that share them may still have nothing to do with each other."""
_NUMBERS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "dozen": "12", "once": "1", "twice": "2", "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5",
    "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10",
}  # fmt: skip
_MONTHS = {
    "jan": "january", "feb": "february", "mar": "march", "apr": "april", "jun": "june", "jul": "july",
    "aug": "august", "sep": "september", "sept": "september", "oct": "october", "nov": "november", "dec": "december",
}  # fmt: skip
_ENDINGS = (
    ("sses", "ss"), ("ies", "y"), ("ied", "y"), ("ily", "y"), ("ing", ""), ("ly", ""), ("ed", ""), ("es", "e"),
    ("s", ""),
)  # fmt: skip


class Told(NamedTuple):
    """What of a claim is compared.

    `features`: places by identity (Kiev is Kyiv), numbers as digits, other words by stem, and whole at a lower share;
    where only small words stand, those. Empty where no word is. `plain`: the words without case and punctuation; the
    text itself where it has none.
    """

    features: Features
    plain: str


class _Word(NamedTuple):
    """A word as it is compared whole; the features it gives, each with its share; whether it stands in any sentence."""

    plain: str
    features: tuple[tuple[str, float], ...]
    small: bool


@kept
def told(text: str) -> Told:
    """A text as it is compared. Cost linear in the text."""
    parts = _TOKEN.split(text)  # words, and before and after each what is none
    words = list(map(_word, parts[1::2]))
    plain = " ".join([word.plain for word in words]) or text
    found: dict[str, float] = {}
    named = places(text)
    if named:
        edges = list(accumulate(map(len, parts)))
        starts, ends = edges[::2], edges[1::2]
        for place in named:
            found[_PLACE + place.key] = 1.0
        for place in reversed(named):
            del words[bisect_right(ends, place.span.start) : bisect_left(starts, place.span.end)]
    telling = [word for word in words if not word.small]
    for word in telling if telling or found else words:
        for feature, share in word.features:
            if share > found.get(feature, 0.0):
                found[feature] = share
    return Told(found, plain)


@kept_word
def _word(token: str) -> _Word:
    plain = _normal(token)
    share = _COMMON_SHARE if plain in _COMMON else 1.0
    stem = _stem(plain)
    features = ((stem, share),) if stem == plain else ((stem, share), (WHOLE + plain, _WHOLE_SHARE * share))
    return _Word(plain, features, plain in _SMALL or (len(plain) == 1 and not plain.isdigit()))


def _normal(token: str) -> str:
    """A number as digits without commas, a month in full, any other word in lower case."""
    word = token.lower()
    if word[0].isdecimal():
        return word.replace(",", "")
    return _MONTHS.get(word) or _NUMBERS.get(word, word)


def _stem(word: str) -> str:
    """Rough, and the same for "rains", "rained" and "raining": only equality counts."""
    if not word.isalpha() or len(word) < 4 or word == "news":
        return word
    if not word.endswith(("ss", "us", "is")):
        for ending, instead in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                word = word.removesuffix(ending) + instead
                break
    word = word.removesuffix("e")
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:_STEM]


UNEVEN = frozenset(map(_stem, _COMMON))
"""The features whose share is not the same in all claims: stems that common words have, and maybe others too."""
