"""Words for people that are verbs as well: Lindner accused Weber, police suspect Hill, voters judge a mayor."""

from __future__ import annotations

from typing import Final

from consistency.facts._names.acting import does
from consistency.facts._places.gazetteer import Word
from consistency.facts._titles.words import DETERMINER, PLAIN, Head
from consistency.facts._tokens import words as word_set

_PLAIN_FORMS: Final = word_set("suspect judge nurse doctor counsel")
"""Verbs in the form that follows several people: "police suspect"."""
_ANY_CASE: Final = word_set("accused suspect")
"""What no office is written like: a capital is that of a headline."""
_BY_PRONOUN: Final = _PLAIN_FORMS | word_set("coach captain skipper head chair boss pilot cook mother father")
_SUBJECT: Final = word_set("i we you they who people police")
_HELPS: Final = word_set("do did will would can could may might must shall should cannot not never")
_ADVERBS: Final = word_set("now also still already")
_NO_DOERS: Final = word_set("appeals sessions claims sports crimes charges courts elections drugs arms terrorists")
"""Words for several things that tell of which kind a judge or suspect is."""
_TIED: Final = word_set("of for with from in on at by against about over into between during without like")
"""Words that a name stands behind, and no verb."""
_QUALIFIED: Final = word_set(
    "main prime chief sole key alleged principal lead first second third fourth fifth sixth other co fellow murder",
    "rape fraud terror theft robbery assault arson corruption drug",
)
"""What stands between an article and one who is accused, and accuses nobody."""
_OBJECT: Final = DETERMINER | word_set(
    "him them me us it himself herself that this these those both each one two three four five several some many"
)
"""What a verb has behind it and a title has not."""


def is_verb(run: tuple[Word, ...], head: Head) -> bool:
    """Whether a word right before a name, or before what somebody may be said to accuse, is a verb and no title."""
    word = run[head.start]
    if head.stop - head.start != 1 or word.opens or word.owns or (word.capital and word.fold not in _ANY_CASE):
        return False
    if word.fold == "accused":
        return not _told_of(run, head.start)
    return word.fold in _BY_PRONOUN and word.gap == " " and _has_doer(run[head.start - 1], word.fold)


def _has_doer(before: Word, verb: str) -> bool:
    """Whether the word before a verb may be who does it, or helps it."""
    if before.fold == "police":
        return verb == "suspect"  # "police captain"
    if before.fold in _SUBJECT or before.fold in _HELPS:
        return True
    adverb = before.fold in _ADVERBS or (before.fold.endswith("ly") and not before.capital)
    several = _several(before) and not does(before.fold)
    return verb in _PLAIN_FORMS and (before.fold == "to" or adverb or several)


def active(run: tuple[Word, ...], head: Head) -> bool:
    """Whether a title that stands before no name is a verb with its object: "accused the mayor"."""
    if head.stop >= len(run) or run[head.stop].gap != " ":
        return False
    ahead = run[head.stop]
    return (ahead.fold in _OBJECT or ahead.capital) and is_verb(run, head)


def _told_of(run: tuple[Word, ...], at: int) -> bool:
    """Whether "accused" stands for one who is: behind an article or a preposition, and no noun between."""
    first = at
    while first and run[first].gap in PLAIN and run[first - 1].fold in _QUALIFIED:
        first -= 1
    if not first or run[first].opens:
        return True
    return run[first].gap in PLAIN and (run[first - 1].fold in DETERMINER or run[first - 1].fold in _TIED)


def _several(word: Word) -> bool:
    fold = word.fold
    return len(fold) > 3 and fold.endswith("s") and not fold.endswith(("ss", "us", "is")) and fold not in _NO_DOERS
