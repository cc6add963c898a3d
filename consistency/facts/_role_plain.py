"""Two runs of words that have changed places in otherwise the same sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from consistency.facts import _role_words as lists
from consistency.facts._kept import kept
from consistency.facts._lists import word_set
from consistency.facts.hedge import is_verb_form, lemma
from consistency.records import Span

Sort: TypeAlias = Literal["name", "figure", "noun", "word"]

_TOKEN: Final = re.compile(r"\w+(?:[.,]\d+|['’]\w+)*")
_LONGEST: Final = 6
"""Words of a run that is still one thing."""
_MOST: Final = 80
"""Words between the first and the last difference beyond which nothing is compared."""
_LIGHT: Final = word_set("the a an")
_ENDS: Final = frozenset(".!?\n")
_BE: Final = "be"
_RESPECTIVELY: Final = lemma("respectively")
_OUTSIDE: Final = (
    lists.PREPOSITIONS
    | lists.CONJUNCTIONS
    | lists.CLAUSES
    | lists.PRONOUNS
    | lists.ADVERBS
    | lists.BE
    | lists.AUXILIARIES
    | lists.DETERMINERS
    | lists.DAYS
)


class Trade(NamedTuple):
    """The two runs in the premise and in the hypothesis, in order of the text; `sorts` of the first and the second."""

    premise: tuple[Span, Span]
    hypothesis: tuple[Span, Span]
    sorts: tuple[Sort, Sort]


class _Word(NamedTuple):
    text: str
    key: str
    span: Span
    determined: bool
    opens: bool


@kept
def trade(premise: str, hypothesis: str) -> Trade | None:
    """The one exchange that turns one text into the other, articles and inflection apart.

    None where there is no such, or where it says the same. Cost linear in the texts, and in the square of `_MOST`.
    """
    keys = _keys(premise), _keys(hypothesis)
    if len(keys[0]) != len(keys[1]) or sorted(keys[0]) != sorted(keys[1]):
        return None
    left, right = _words(premise), _words(hypothesis)
    start = next((at for at, (one, other) in enumerate(zip(*keys, strict=True)) if one != other), len(left))
    stop = len(left)
    while stop > start and keys[0][stop - 1] == keys[1][stop - 1]:
        stop -= 1
    if not 2 <= stop - start <= _MOST:
        return None
    found = _cut(left, right, start, stop)
    return None if found is None else _judged(left, right, found)


class _Cut(NamedTuple):
    """Where the runs lie, in words: first run, middle and second run of the premise from `start` to `stop`."""

    start: int
    first: int
    second: int
    stop: int


def _cut(left: Sequence[_Word], right: Sequence[_Word], start: int, stop: int) -> _Cut | None:
    """The cut of one middle into run, words between, run, which the other has the other way round."""
    one = [word.key for word in left[start:stop]]
    two = [word.key for word in right[start:stop]]
    size = len(one)
    for second in range(1, min(_LONGEST, size - 1) + 1):
        if two[:second] != one[size - second :]:
            continue
        for first in range(1, min(_LONGEST, size - second - 1) + 1):
            if two[size - first :] == one[:first] and two[second : size - first] == one[first : size - second]:
                return _Cut(start, start + first, stop - second, stop)
    return None


def _judged(left: Sequence[_Word], right: Sequence[_Word], cut: _Cut) -> Trade | None:
    """The trade, unless the runs are of different sorts, no things, or bound the same way round either way."""
    first, second = left[cut.start : cut.first], left[cut.second : cut.stop]
    between = left[cut.first : cut.second]
    there = right[cut.stop - len(first) : cut.stop], right[cut.start : cut.start + len(second)]
    sorts = _sort(first, there[0]), _sort(second, there[1])
    if sorts[0] is None or sorts[1] is None:
        return None
    if sorts[0] != sorts[1] and {sorts[0], sorts[1]} != {"name", "noun"}:
        return None
    if _coordinated(left, cut):
        return None
    context = left[max(0, cut.start - 2) : cut.stop + 3]
    if _same_either_way(between, [word.key for word in left], context):
        return None
    return Trade(
        (_span(first), _span(second)),
        (_span(right[cut.start : cut.start + len(second)]), _span(right[cut.stop - len(first) : cut.stop])),
        (sorts[0], sorts[1]),
    )


def _coordinated(left: Sequence[_Word], cut: _Cut) -> bool:
    """Whether the two are sides of an "and" with the same words around either: "old music and new music"."""
    keys = [word.key for word in left]
    if _RESPECTIVELY in keys:
        return False
    between = keys[cut.first : cut.second]
    for at, key in enumerate(between):
        if key in lists.CONJUNCTIONS:
            tail, head = between[:at], between[at + 1 :]
            follows = keys[cut.stop : cut.stop + len(tail)] == tail
            if follows and keys[max(0, cut.start - len(head)) : cut.start] == head:
                return True
    return False


def _same_either_way(between: Sequence[_Word], sentence: Sequence[str], context: Sequence[_Word]) -> bool:
    """Whether the words between make a list or an equation of the two, or go both ways."""
    folds = [word.text.casefold() for word in between]
    respective = _RESPECTIVELY in sentence
    if all(fold in ("of", "in", "at", "near", "the") for fold in folds):
        return True
    weights = [
        word.key
        for fold, word in zip(folds, between, strict=True)
        if fold not in lists.SAME_SENSE and fold not in lists.DETERMINERS and word.key != _BE
    ]
    if not respective and all(word.text[0].isupper() for word in between if word.key in weights):
        return True
    if any(key in lists.SYMMETRIC or key in lists.RENAMES for key in weights):
        return True
    if {"nor", "neither"} & set(folds) or {"next", "door"} <= set(folds):
        return True
    if "with" in folds and any(key in lists.TOGETHER for key in weights):
        return True
    around = {word.key for word in context}
    return bool(around & lists.SYMMETRIC_NOUNS) and ("with" in folds or not any(map(is_verb_form, folds)))


def _sort(run: Sequence[_Word], there: Sequence[_Word]) -> Sort | None:
    """What kind of thing a run is, as both texts write it; None where it is none."""
    folds = [word.text.casefold() for word in run]
    if all(fold[0].isdecimal() or fold in lists.NUMBER_WORDS or fold in lists.MONTHS for fold in folds):
        return "figure"
    if any(fold in _OUTSIDE and not word.text[0].isupper() for fold, word in zip(folds, run, strict=True)):
        return None
    if folds[0] in _OUTSIDE or folds[-1] in _OUTSIDE or folds[-1].endswith("ly"):
        return None
    capital = all(word.text[0].isupper() for word in (*run, *there))
    if capital and not all(words[0].opens for words in (run, there)):
        return "name"
    owned = len(run) > 1 and _known(run[0].text)[1]
    return "noun" if owned or (run[0].determined and there[0].determined) else "word"


def _keys(text: str) -> list[str]:
    """What the words of a text are compared by, articles left out."""
    return [key for key, _ in map(_known, _TOKEN.findall(text)) if key]


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    determined, opens = False, True
    end = 0
    for hit in _TOKEN.finditer(text):
        start, stop = hit.span()
        gap = text[end:start]
        opens = opens or (gap != " " and not _ENDS.isdisjoint(gap))
        end = stop
        key, owner = _known(hit[0])
        if not key:
            determined = True
            continue
        found.append(_Word(hit[0], key, Span(start, stop - 2 * owner), determined, opens))
        determined, opens = False, False
    return found


@lru_cache(maxsize=8_192)
def _known(word: str) -> tuple[str, bool]:
    """What a word is compared by, nothing for an article; and whether a possessive ends it."""
    fold = word.casefold().replace("’", "'")
    if fold in _LIGHT:
        return "", False
    return _BE if fold in lists.BE else lemma(fold), fold.endswith("'s")


def _span(run: Sequence[_Word]) -> Span:
    return Span(run[0].span.start, run[-1].span.end)
