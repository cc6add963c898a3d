"""Whether two runs of words that have changed places leave a sentence with the same meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from consistency.facts._lists import word_set
from consistency.facts._roles import words as lists
from consistency.facts.hedge import is_verb_form, lemma
from consistency.records import Span

BE: Final = "be"
"""What every form of "be" is compared by."""

_RESPECTIVELY: Final = lemma("respectively")
_OTHERS: Final = frozenset(map(lemma, ("other", "others", "another")))
_SOME: Final = frozenset(map(lemma, ("some", "one", "two", "three", "four", "five", "six", "many", "most")))
"""Words that answer those: "some in Paris, others in Lyon"."""
_OPENS: Final = frozenset({"and", "but", "while", "whereas", *_OTHERS})
_SHORT: Final = 4
"""Words of weight between two runs within which one noun may bind both."""
_NEAR: Final = 16
"""Words before a run among which those that follow its "and" may stand already."""

_TIED: Final = lists.PREPOSITIONS | lists.CLAUSES | lists.CONJUNCTIONS
"""Words that open a part which may stand in several places of a sentence."""
_JOINTS: Final = word_set("and but not while whereas instead rather than before after though although because so")
"""Words that set two parts of a sentence against each other."""
_BINDING: Final = lists.SAME_SENSE | word_set("but while whereas though although")
"""Words that bind two things, or two clauses, either way round."""
_TOWARDS: Final = word_set("to from by against on for over")
"""Prepositions before one of two ends of a deed."""


class Word(NamedTuple):
    """A word that is compared by its `key`; `determined` after an article, `opens` a sentence, `marked` by a mark."""

    text: str
    key: str
    span: Span
    determined: bool
    opens: bool
    marked: bool

    @property
    def fold(self) -> str:
        return self.text.casefold()


class Cut(NamedTuple):
    """Where the runs lie, in words: first run, middle and second run of the premise from `start` to `stop`."""

    start: int
    first: int
    second: int
    stop: int


def even(left: Sequence[Word], cut: Cut) -> bool:
    """Whether the words between make a list or an equation of the two runs, or say the same of both."""
    clauses = all(_clause(run) for run in (left[cut.start : cut.first], left[cut.second : cut.stop]))
    return clauses or _coordinated(left, cut) or _same_either_way(left, cut)


def _clause(run: Sequence[Word]) -> bool:
    """Whether a run is somebody with what he does: "the Greens rejected", which may be told later."""
    return len(run) > 1 and _deed(run[-1]) and not _deed(run[0])


def told_apart(between: Sequence[Word]) -> bool:
    """Whether words between two things say something of one: a deed, or a "but" and its like; no mere list of them."""
    folds = {word.fold for word in between}
    if not folds.isdisjoint(_JOINTS - lists.CONJUNCTIONS) or any(map(_deed, between)):
        return True
    return folds.isdisjoint(lists.CONJUNCTIONS) and not folds.isdisjoint(_TOWARDS)


def apposed(side: Sequence[Word], cut: Cut, one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether one is what the other is called: "the maker, Leeds-based Tavo," and "Tavo, the Leeds-based maker,".

    `one` and `other` are the words of the two runs in both texts.
    """
    between = side[cut.first : cut.second]
    ends = cut.stop == len(side) or side[cut.stop].marked
    return proper(one) != proper(other) and between[0].marked and ends and _joint(between) is None


def proper(words: Sequence[Word]) -> bool:
    """Whether all words are written with a capital."""
    return all(word.text[0].isupper() for word in words)


def _joint(between: Sequence[Word]) -> str | None:
    """The word that sets what stands before it against what stands behind it."""
    return next((word.fold for word in between if word.fold in _JOINTS), None)


def set_against(left: Sequence[Word], cut: Cut) -> bool:
    """Whether parts that are no things cannot have moved by themselves, as "on Monday" and "in Kyiv" may."""
    first, second = left[cut.start], left[cut.second]
    if first.opens and (first.fold in _TIED or first.fold in lists.ADVERBS):
        return False  # "On Monday the two met and ate in Kyiv"
    tied = first.fold in _TIED and second.fold in _TIED
    return not tied or _joint(left[cut.first : cut.second]) is not None


def _coordinated(left: Sequence[Word], cut: Cut) -> bool:
    """Whether the two are sides of an "and" with the same words around either: "old music and new music"."""
    keys = [word.key for word in left]
    if _RESPECTIVELY in keys:
        return False
    between = keys[cut.first : cut.second]
    double = _double(left[cut.start : cut.first]) and _double(left[cut.second : cut.stop])
    for at, key in enumerate(between):
        if key in lists.CONJUNCTIONS:
            tail, head = between[:at], between[at + 1 :]
            follows = double or keys[cut.stop : cut.stop + len(tail)] == tail
            if follows and keys[max(0, cut.start - len(head)) : cut.start] == head:
                return True
    return _alongside(keys, cut)


def _double(run: Sequence[Word]) -> bool:
    """Whether a run holds two things that move together: "on the left bank the police", its verb told once."""
    return sum(word.determined for word in run) > 1


def _alongside(keys: Sequence[str], cut: Cut) -> bool:
    """Whether what follows the "and" stood before the first run already: "two died in Lyon and two in Paris"."""
    between = keys[cut.first : cut.second]
    if not between or between[0] not in _OPENS:
        return False
    head = [key for key in between if key not in lists.CONJUNCTIONS]
    before = iter(keys[max(0, cut.start - _NEAR) : cut.start])
    return bool(head) and all(any(word == key or (key in _OTHERS and word in _SOME) for word in before) for key in head)


def _same_either_way(left: Sequence[Word], cut: Cut) -> bool:
    """Whether the words between make a list or an equation of the two, or go both ways."""
    between = left[cut.first : cut.second]
    folds = [word.fold for word in between]
    if _denied(folds) or "than" in folds:
        return False
    if all(fold in ("of", "in", "at", "near", "the") for fold in folds):
        return True
    weights = [
        word for word in between if word.fold not in _BINDING and word.fold not in lists.DETERMINERS and word.key != BE
    ]
    respective = any(word.key == _RESPECTIVELY for word in left)
    if not respective and all(word.text[0].isupper() for word in weights):
        return True
    if _equal(between, weights):
        return True
    if len(weights) > _SHORT or ("with" not in folds and any(map(_deed, weights))):
        return False
    around = (*left[max(0, cut.start - 2) : cut.start], *left[cut.stop : cut.stop + 3])
    joined = not lists.CONJUNCTIONS.isdisjoint(folds)
    return any(map(_mutual, between)) or (not joined and any(map(_mutual, around)))


def _denied(folds: Sequence[str]) -> bool:
    """Whether the words before the second run put it in place of the first: "not at", "instead of", "rather than"."""
    told = [fold for fold in folds if fold not in lists.DETERMINERS]
    while told and told[-1] in lists.PREPOSITIONS:
        told.pop()
    return bool(told) and told[-1] in ("not", "instead", "rather") and len(told) < len(folds) + (told[-1] == "not")


def _equal(between: Sequence[Word], weights: Sequence[Word]) -> bool:
    """Whether a word between says the same of two sides: met, nor, next door to, as tall as, played with."""
    folds = [word.fold for word in between]
    told = {
        word.key for at, word in enumerate(between) if not word.determined and not _owned(between[max(0, at - 2) : at])
    }
    if not told.isdisjoint(lists.SYMMETRIC) or not told.isdisjoint(lists.ALIKE):
        return True
    if len(weights) <= _SHORT and not told.isdisjoint(lists.RENAMES):
        return True
    if {"nor", "neither"} & set(folds) or {"next", "door"} <= set(folds) or {"but", "also"} <= set(folds):
        return True
    if any(folds[at] == "as" == folds[at + 2] for at in range(len(folds) - 2)):
        return True
    return "with" in folds and not told.isdisjoint(lists.TOGETHER)


def _owned(before: Sequence[Word]) -> bool:
    """Whether a word behind these is a noun: "its former partner"."""
    return any(word.fold in lists.DETERMINERS or word.fold.endswith(("'s", "’s")) for word in before)


def _mutual(word: Word) -> bool:
    """Whether a word is a noun for what two have of each other."""
    verb = is_verb_form(word.fold) and not word.fold.endswith("ing")
    return word.key in lists.SYMMETRIC_NOUNS and not verb


def _deed(word: Word) -> bool:
    """Whether a word is a verb that one of the two does to the other."""
    if word.determined or word.key in lists.SYMMETRIC_NOUNS:
        return False
    return is_verb_form(word.fold) or (word.key in lists.VERBS and word.text[0].islower())
