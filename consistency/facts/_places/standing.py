"""How a place stands in its sentence, and whether two places stand so that one may have been put for the other.

"In Geneva" tells where something happened, "Russia's Lavrov" and "Nadal of Spain" whose somebody is. Who shortens a
sentence leaves the first away and adds the second, and has exchanged nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from consistency.facts._places.gazetteer import Word, word_list, words
from consistency.facts._titles.words import DETERMINER, title_table
from consistency.facts._tokens import words as word_set
from consistency.facts.place import LOCATIVE, Place

Standing: TypeAlias = Literal["where", "whose", "who"]

_WHERE: Final = LOCATIVE | word_set("at to into toward towards on onto off along via through beyond from over")
"""Prepositions that tell where something is or goes."""
_OTHER: Final = word_set(
    "against with without for by between among like than about of as under before after since until"
)
_CLAUSE: Final = word_set(
    "and but or nor that if when while where because although though as so whether said says told"
)
"""Words after which a sentence goes on with somebody who acts."""
_SKIPPED: Final = DETERMINER | word_set(
    "north south east west northern southern eastern western central northeastern northwestern southeastern"
    " southwestern upper lower nearby neighbouring neighboring downtown mainland small large little former"
)
"""Words between a preposition and its place."""
_DAYS: Final = word_list("always_capital")
_HEADS: Final = 3
"""Words behind "Spanish" or "Spain's" among which is what is Spanish."""


class _Stance(NamedTuple):
    """`before` and `after` are the words beside the place, those that only join left out before it; empty for none.

    `heads` are the words it belongs with where it tells whose somebody is; `first` says that it opens a sentence.
    """

    standing: Standing
    before: str
    after: str
    heads: tuple[str, ...] = ()
    first: bool = False


def near(premise: str, one: Place, hypothesis: str, other: Place) -> bool:
    """Whether the same words stand before and behind two places, whatever joins them: as in a near copy."""
    first, second = _stance(premise, one), _stance(hypothesis, other)
    return (first.before, first.after) == (second.before, second.after)


def one_slot(premise: str, one: Place, hypothesis: str, other: Place) -> bool:
    """Whether two places do the same for their sentences, so that the one cannot just be left away and the other added.

    Both tell where, or whose, or who acts; or both stand with one noun: the Hungarian elections, elections in Poland.
    """
    first, second = _stance(premise, one), _stance(hypothesis, other)
    if (first.before, first.after) == (second.before, second.after):
        return True
    if not set(_nouns(first.heads)).isdisjoint(_nouns(second.heads)):
        return True
    if first.standing == second.standing:
        return first.standing != "whose" or not _crossed(premise, first, hypothesis, second)
    if "whose" not in (first.standing, second.standing):
        return bool(first.before) and first.before == second.before
    whose, plain = (first, second) if first.standing == "whose" else (second, first)
    if plain.standing == "who" and whose.first and plain.first:
        return bool(whose.heads) and whose.heads[0].islower()
    return plain.before.islower() and plain.before in _nouns(whose.heads)


def _nouns(heads: Sequence[str]) -> Sequence[str]:
    """Which of the words behind "Spanish" is what is Spanish: the next, or the one behind an adjective."""
    return heads[:2] if heads and heads[0].endswith(_ADJECTIVE) else heads[:1]


_ADJECTIVE: Final = ("al", "ary", "ic", "ive", "ous", "an", "ble", "ern")


def _crossed(premise: str, first: _Stance, hypothesis: str, second: _Stance) -> bool:
    """Whether each text has the other's bearer too, without a place: Russia's Lavrov met the minister, Lavrov met
    Turkey's minister."""
    heads, others = ({head.casefold() for head in stance.heads} - _JOINING for stance in (first, second))
    mine, theirs = ({word.fold for word in words(text)} for text in (premise, hypothesis))
    return not heads & others and bool(heads & theirs) and bool(others & mine)


def _stance(text: str, place: Place) -> _Stance:
    run = words(text)
    at = next((number for number, word in enumerate(run) if word.start == place.span.start), None)
    if at is None:  # the place was read from words that are cut otherwise here
        return _Stance("who", "", "")
    end = at + 1
    while end < len(run) and run[end].start < place.span.end:
        end += 1
    first = run[at].opens or (at > 0 and run[at - 1].opens)
    before, after = _before(run, at), _after(run, end)
    standing: Standing
    if _belongs(text, run, end, place):
        standing = "where" if _placed(run, at) else "whose"
        bare = end + 1 if end < len(run) and run[end].gap == "-" else end  # Cuban-born, Kyiv-based
        heads = tuple(word.text for word in run[bare : bare + _HEADS])
        return _Stance(standing, before, after, heads, first)
    bearer = _bearer(run, at)
    if bearer:
        return _Stance("whose", before, after, (bearer,), first)
    return _Stance("where" if _cleft(run, end) else _plain(run, at), before, after, (), first)


def _cleft(run: Sequence[Word], end: int) -> bool:
    """Whether a sentence says first where something is: "Austria was where they went"."""
    return [word.fold for word in run[end : end + 2]] in (["is", "where"], ["was", "where"])


def _belongs(text: str, run: Sequence[Word], end: int, place: Place) -> bool:
    """Whether a place stands before what it tells of: Spanish, Spain's, Spanish-born, Spain captain."""
    if place.form == "adjective" or run[end - 1].owns or text[place.span.end : place.span.end + 1] in ("'", "’"):
        return True
    if end >= len(run):
        return False
    return run[end].gap == "-" or (run[end].gap == " " and run[end].fold in _people())


def _placed(run: Sequence[Word], at: int) -> bool:
    """Whether such a word is part of where something is: in a Spanish town, on Spain's coast."""
    at = _over(run, at)
    return at >= 0 and run[at + 1].gap == " " and run[at].fold in LOCATIVE | {"at", "on", "off", "along"}


def _bearer(run: Sequence[Word], at: int) -> str:
    """Who is "of" or "from" the place: Nadal of Spain, the king of Spain; empty where that is no person or body."""
    joint = _over(run, at)
    if joint < 1 or run[joint].fold not in ("of", "from"):
        return ""
    who = run[joint - 1]
    return who.text if who.capital or who.fold in _people() else ""


def _plain(run: Sequence[Word], at: int) -> Standing:
    """How a name stands that belongs to nobody: behind a preposition, a verb or at the start of a clause."""
    joint = _over(run, _listed(run, at))
    if joint < 0 or not run[joint + 1].gap.isspace() or run[joint + 1].opens:
        return "who"
    word = run[joint]
    if word.fold in _WHERE:
        return "where"
    if word.fold == "of":
        return "where"  # the streets of Paris
    return "who" if word.capital or word.fold in _OTHER | _CLAUSE else "where"


def _listed(run: Sequence[Word], at: int) -> int:
    """The first name of the row that a name stands in: Syria and Iraq; Chicago, Illinois."""
    while at > 0:
        joint = at - 1
        if run[joint].fold in ("and", "or"):
            joint -= 1
        elif run[at].gap != ", ":
            return at
        if joint < 0 or not run[joint].capital or run[joint].opens or run[joint].fold in _DAYS:
            return at
        at = joint
        while at > 0 and run[at - 1].capital and run[at].gap == " " and not run[at - 1].opens:
            at -= 1
    return at


def _over(run: Sequence[Word], at: int) -> int:
    """The word before a place and what stands between."""
    at -= 1
    while at >= 0 and run[at].fold in _SKIPPED and run[at + 1].gap == " ":
        at -= 1
    return at


def _before(run: Sequence[Word], at: int) -> str:
    """The nearest word before a place that does more than join."""
    at -= 1
    while at >= 0 and run[at].fold in _JOINING:
        at -= 1
    if at < 0:
        return ""
    return run[at].fold if run[at].opens else run[at].text


def _after(run: Sequence[Word], end: int) -> str:
    """The next word behind a place in the same sentence."""
    return run[end].fold if end < len(run) and not run[end].opens else ""


_JOINING: Final = _WHERE | _SKIPPED | (_OTHER - {"like", "than", "as", "without"})


@lru_cache(maxsize=1)
def _people() -> frozenset[str]:
    """The words by which persons and governing bodies are called."""
    return frozenset(title_table().lasts) | word_list("titles") | word_list("governing")
