"""People who plainly speak in a sentence, by name: "Mayor Lena Voss, who had voted against, called it absurd".

Wider than `reported`: whoever says, thinks, asks, proposes or judges, with or without a clause behind the verb. No
parser: a name counts only where the verb follows it, at once or behind what is set off with commas, or where the name
closes "said the engineer Tom Airey" or "according to".
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import Final

from consistency.facts._kept import kept
from consistency.facts._lists import word_set
from consistency.facts._places.gazetteer import Word, rows, words
from consistency.facts._sources.words import AUX, JOINTS, PREPOSITIONS
from consistency.facts.hedge import lemma
from consistency.facts.name import Name, names

_JUDGING: Final = frozenset(
    lemma(word)
    for word in word_set(
        "complain call speak want demand propose suggest advise suppose consider regard doubt welcome praise",
        "criticise criticize point credit attribute regret rule reject ask hope recommend urge dispute question oppose",
        "support favour favor prefer object counter joke thank defend condemn deplore appeal protest dismiss reckon",
        "distrust exclude hold disagree agree advocate lament hail mock ridicule plead",
    )
)
"""Verbs by which somebody asks, thinks or judges, besides the cues of reported speech."""
_BEHIND: Final = word_set(
    "said says added adds wrote writes explained explains warned warns complained complains argued argues"
)
"""Verbs that their speaker may follow: "said the mayor"."""
_SET_OFF: Final = 16
"""Words between commas behind a name, at most."""
_TITLE: Final = 6
"""Words of an office between "said" and the name, and in front of a name that is looked through for what owns it."""
_BETWEEN: Final = AUX | word_set("does did do not never himself herself themselves")
"""What may stand between a subject and its verb, besides adverbs in "ly"."""
_BREAKS: Final = frozenset('.;:!?()—–“”"«»\n')
_NOT_SUBJECT: Final = PREPOSITIONS | word_set("of to and or with against about between into through")


@lru_cache(maxsize=1)
def speaking() -> frozenset[str]:
    """Lemmas of the verbs by which somebody says, asks, thinks or judges."""
    return _JUDGING | telling()


@lru_cache(maxsize=1)
def telling() -> frozenset[str]:
    """Lemmas of the verbs that give what is told to a source."""
    return frozenset(lemma(base) for _, members in rows("cues") for base in members.split())


@kept
def speakers(text: str) -> tuple[Name, ...]:
    """The people of `text` who plainly speak in it, in order; cost linear in the text, never raises."""
    run = words(text)
    starts = [word.start for word in run]
    found: list[Name] = []
    for name in names(text):
        if name.kind == "organisation":
            continue
        first, behind = bisect_left(starts, name.span.start), bisect_left(starts, name.span.end)
        if first < behind and (_subject(run, first, behind) or _closes(run, first, behind)):
            found.append(name)
    return tuple(found)


def _subject(run: tuple[Word, ...], first: int, behind: int) -> bool:
    """Whether the name is the subject of a verb of speech that follows it."""
    if run[behind - 1].owns or _owned(run, first) or behind == len(run):
        return False
    gap, at = run[behind].gap, behind
    if "," in gap and not _set_off(run, first):
        closing = (one for one in range(behind + 1, min(len(run), behind + _SET_OFF)) if "," in run[one].gap)
        at = next(closing, len(run))
    if any(_BREAKS.intersection(run[one].gap) for one in range(behind, min(at + 1, len(run)))):
        return False
    while at < len(run) and (run[at].fold in _BETWEEN or (run[at].fold.endswith("ly") and not run[at].capital)):
        at += 1
    return at < len(run) and not run[at].fold.endswith("ing") and lemma(run[at].fold) in speaking()


def _set_off(run: tuple[Word, ...], first: int) -> bool:
    """Whether the name itself is set off behind what it is: "the mayor, Lena Voss, said"."""
    return any("," in run[at].gap for at in range(max(1, first - _TITLE), first + 1))


def _owned(run: tuple[Word, ...], first: int) -> bool:
    """Whether the name belongs to another word: "lawyers for Ann Lee", "Tom and Ann Lee"."""
    for at in range(first, max(0, first - _TITLE), -1):
        if _BREAKS.intersection(run[at].gap) or "," in run[at].gap:
            return False
        if run[at - 1].fold in _NOT_SUBJECT:
            return True
        if run[at - 1].fold in JOINTS or run[at - 1].owns:
            return False
    return False


def _closes(run: tuple[Word, ...], first: int, behind: int) -> bool:
    """Whether the name stands behind its verb: "said culture secretary Malin Huuva", "according to Airey"."""
    if behind < len(run) and not _BREAKS.union(",").intersection(run[behind].gap):
        return False
    for at in range(first - 1, max(-1, first - 1 - _TITLE), -1):
        if _BREAKS.union(",").intersection(run[at + 1].gap):
            return False
        fold = run[at].fold
        if fold == "to" and at and run[at - 1].fold == "according":
            return True
        if fold in _BEHIND:
            return "," in run[at].gap or bool(_BREAKS.intersection(run[at].gap))
        if fold in JOINTS or (fold in _NOT_SUBJECT and fold != "of"):
            return False
    return False
