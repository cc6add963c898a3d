"""Two runs of words that have changed places in otherwise the same sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from consistency.facts._kept import kept
from consistency.facts._lists import word_set
from consistency.facts._roles import words as lists
from consistency.facts._roles.ends import loser_first
from consistency.facts._roles.even import BE, Cut, Word, apposed, even, proper, set_against
from consistency.facts._roles.near import confused, near
from consistency.facts._roles.voice import turned_voice
from consistency.facts._sources.speakers import telling
from consistency.facts._sources.words import AUX, FINITE
from consistency.facts.hedge import is_verb_form, lemma
from consistency.facts.place import mentions
from consistency.records import Span

Sort: TypeAlias = Literal["name", "figure", "noun", "word", "part"]

_TOKEN: Final = re.compile(r"\w+(?:[.,]\d+|['’]\w+)*")
_LONGEST: Final = 12
"""Words of a run that is still one part of a sentence."""
_THING: Final = 6
"""Words of a run that is still one thing."""
_MOST: Final = 80
"""Words between the first and the last difference beyond which nothing is compared."""
_WIDER: Final = 3
"""Equal words before and behind the difference that may belong to the runs: "the dentist's nurse, not the dentist"."""
_LIGHT: Final = word_set("the a an")
_ENDS: Final = frozenset(".!?\n")
_MARKS: Final = _ENDS | frozenset(",;:()–—")
_QUOTES: Final = frozenset('“”„‟«»"')


class Trade(NamedTuple):
    """The two runs in the premise and in the hypothesis, in order of the text; `sorts` of the first and the second.

    A "part" is no thing by itself, but what is said of one: "by day", "to age the paper".
    """

    premise: tuple[Span, Span]
    hypothesis: tuple[Span, Span]
    sorts: tuple[Sort, Sort]


@kept
def trade(premise: str, hypothesis: str) -> Trade | None:
    """The one exchange that turns one text into the other, articles and inflection apart; or one carried through.

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
    found = _cut(keys, start, stop)
    if found is None:
        return _throughout(left, right)
    return None if _said_behind((premise, hypothesis), (left, right), found) else _judged(left, right, found)


def nearly(premise: str, hypothesis: str) -> Trade | None:
    """Two words that have changed places where the rest is nearly the same, too. Costs more than `trade`."""
    left, right = _words(premise), _words(hypothesis)
    found = near(left, right)
    if found is None:
        left, right = _countries(premise, left), _countries(hypothesis, right)
        found = near(left, right)
    if found is None:
        return None
    told = _apart(left, right, found.premise, found.hypothesis)
    return None if loser_first((premise, hypothesis), told.premise, told.hypothesis) else told


def voiced(premise: str, hypothesis: str) -> Trade | None:
    """Who and whom of a verb of which one text has the active and the other the passive voice."""
    left, right = _words(premise), _words(hypothesis)
    found = turned_voice(left, right)
    return None if found is None else _apart(left, right, found.premise, found.hypothesis)


def mistaken(premise: str, hypothesis: str) -> tuple[Span, Span] | None:
    """A word and another of the same text that has taken its place: "with Norway paying" of two that both stay."""
    left, right = _words(premise), _words(hypothesis)
    found = confused(left, right)
    return None if found is None else (left[found[0]].span, right[found[1]].span)


def _apart(left: Sequence[Word], right: Sequence[Word], told: tuple[int, int], there: tuple[int, int]) -> Trade:
    one, other = ((side[at[0]].span, side[at[1]].span) for side, at in ((left, told), (right, there)))
    return Trade(one, other, ("part", "part"))


def _countries(text: str, words: Sequence[Word]) -> tuple[Word, ...]:
    """The words, the names and adjectives of a country being one word: "American", "United States"."""
    known = {place.span.start: place for place in mentions(text) if place.country and place.kind == "country"}
    found: list[Word] = []
    end = 0
    for word in words:
        place = known.get(word.span.start)
        if place is not None:
            found.append(word._replace(key=place.key, span=place.span))
            end = place.span.end
        elif word.span.start >= end:
            found.append(word)
    return tuple(found)


def _cut(keys: tuple[Sequence[str], Sequence[str]], start: int, stop: int) -> Cut | None:
    """The cut around the difference; words that stand before or behind it in both may belong to the runs."""
    for wider in range(_WIDER + 1):
        for before in range(wider + 1):
            first, last = start - before, stop + wider - before
            if first >= 0 and last <= len(keys[0]):
                found = _runs(keys[0][first:last], keys[1][first:last], first)
                if found is not None:
                    return found
    return None


def _runs(one: Sequence[str], two: Sequence[str], start: int) -> Cut | None:
    """The cut of one middle into run, words between, run, which the other has the other way round."""
    size = len(one)
    for second in range(1, min(_LONGEST, size - 1) + 1):
        if two[:second] != one[size - second :]:
            continue
        for first in range(1, min(_LONGEST, size - second - 1) + 1):
            if two[size - first :] == one[:first] and two[second : size - first] == one[first : size - second]:
                return Cut(start, start + first, start + size - second, start + size)
    return None


def _said_behind(texts: tuple[str, str], sides: tuple[Sequence[Word], Sequence[Word]], cut: Cut) -> bool:
    """Whether the runs are what is said and who says it, which may stand either way round: "“Never,” said Lee"."""
    verb = [word for word in sides[0][cut.first : cut.second] if word.fold not in AUX and not word.fold.endswith("ly")]
    if len(verb) != 1 or verb[0].key not in telling():
        return False
    lengths = cut.first - cut.start, cut.stop - cut.second
    return any(
        _closes(text, side, cut._replace(first=cut.start + length, second=cut.stop - other))
        for text, side, length, other in zip(texts, sides, lengths, reversed(lengths), strict=True)
    )


def _closes(text: str, side: Sequence[Word], cut: Cut) -> bool:
    """Whether the verb between is set off behind what is said, and its speaker ends the statement."""
    gap = text[side[cut.first - 1].span.end : side[cut.first].span.start]
    if _QUOTES.isdisjoint(gap) and not ("," in gap and any(map(_finite, side[cut.start : cut.first]))):
        return False
    behind = side[cut.stop : cut.stop + 1]
    ends = not behind or behind[0].opens or behind[0].fold in lists.PREPOSITIONS
    return ends or (behind[0].marked and not _finite(behind[0]))


def _finite(word: Word) -> bool:
    return word.fold in FINITE or (is_verb_form(word.fold) and not word.fold.endswith("ing"))


def _judged(left: Sequence[Word], right: Sequence[Word], cut: Cut) -> Trade | None:
    """The trade, unless the runs are of different sorts, no things, or bound the same way round either way."""
    first, second = left[cut.start : cut.first], left[cut.second : cut.stop]
    there = right[cut.stop - len(first) : cut.stop], right[cut.start : cut.start + len(second)]
    if _one_name(first, second) or apposed(left, cut, (*first, *there[0]), (*second, *there[1])):
        return None
    one, other = _sort(first, there[0]), _sort(second, there[1])
    if "part" in (one, other) or (one != other and {one, other} != {"name", "noun"}):
        loose = {"part", "figure"} & {one, other}
        if loose and not set_against(left, cut):
            return None
        if _fronted(first, there[0]) != _fronted(second, there[1]):
            return None
        one = other = "part"
    return None if even(left, cut) else _trade(left, right, cut, (one, other))


def _fronted(run: Sequence[Word], there: Sequence[Word]) -> bool:
    """Whether a run is what says where or when, which may open a sentence or end it: "in her opening statement"."""
    opens = run[0].fold in lists.PREPOSITIONS | lists.CLAUSES and len(run) > 1
    return opens and (run[0].opens or there[0].opens)


def _one_name(first: Sequence[Word], second: Sequence[Word]) -> bool:
    """Whether one name is a part of the other: "Ghana" and "Ghana's Black Stars"."""
    one, other = ({word.key for word in run} for run in (first, second))
    return (one <= other or other <= one) and all(word.text[0].isupper() for word in (*first, *second))


def _trade(left: Sequence[Word], right: Sequence[Word], cut: Cut, sorts: tuple[Sort, Sort]) -> Trade:
    lengths = cut.first - cut.start, cut.stop - cut.second
    return Trade(
        (_span(left[cut.start : cut.first]), _span(left[cut.second : cut.stop])),
        (_span(right[cut.start : cut.start + lengths[1]]), _span(right[cut.stop - lengths[0] : cut.stop])),
        sorts,
    )


def _throughout(left: Sequence[Word], right: Sequence[Word]) -> Trade | None:
    """Two words of which each stands everywhere in the other's place: "A led twice and B drew level before A led"."""
    changed = [at for at, (one, other) in enumerate(zip(left, right, strict=True)) if one.key != other.key]
    swapped = dict[str, str]()
    for at in changed:
        if swapped.setdefault(left[at].key, right[at].key) != right[at].key:
            return None
    if any(swapped.get(other) != one for one, other in swapped.items()):
        return None
    for at in changed:
        one = left[at].key
        places = [other for other in changed if left[other].key in (one, swapped[one])]
        if len(places) > 2:
            back = next(other for other in places if left[other].key != one)
            cut = Cut(at, at + 1, back, back + 1)
            return None if lists.outside(one) or even(left, cut) else _trade(left, right, cut, ("part", "part"))
    return None


def _sort(run: Sequence[Word], there: Sequence[Word]) -> Sort:
    """What kind of thing a run is, as both texts write it; a part where it is none."""
    folds = [word.fold for word in run]
    if all(_counted(word) for word in run) or (len(run) == 1 and folds[0] in lists.DAYS and run[0].text[0].isupper()):
        return "figure"
    small = any(lists.outside(fold) and not word.text[0].isupper() for fold, word in zip(folds, run, strict=True))
    if small or len(run) > _THING or lists.outside(folds[0]) or lists.outside(folds[-1]) or folds[-1].endswith("ly"):
        return "part"
    if proper((*run, *there)) and not all(words[0].opens for words in (run, there)):
        return "name"
    owned = len(run) > 1 and _known(run[0].text)[1]
    return "noun" if owned or (run[0].determined and there[0].determined) else "word"


def _counted(word: Word) -> bool:
    return word.fold[0].isdecimal() or word.fold in lists.NUMBER_WORDS or word.fold in lists.MONTHS


def _keys(text: str) -> list[str]:
    """What the words of a text are compared by, articles left out."""
    return [key for key, _ in map(_known, _TOKEN.findall(text)) if key]


@kept
def _words(text: str) -> tuple[Word, ...]:
    found: list[Word] = []
    determined, opens, marked = False, True, True
    end = 0
    for hit in _TOKEN.finditer(text):
        start, stop = hit.span()
        gap = text[end:start]
        opens = opens or (gap != " " and not _ENDS.isdisjoint(gap))
        marked = marked or (gap != " " and not _MARKS.isdisjoint(gap))
        end = stop
        key, owner = _known(hit[0])
        if not key:
            determined = True
            continue
        found.append(Word(hit[0], key, Span(start, stop - 2 * owner), determined, opens, marked))
        determined, opens, marked = False, False, False
    return tuple(found)


@lru_cache(maxsize=8_192)
def _known(word: str) -> tuple[str, bool]:
    """What a word is compared by, nothing for an article; and whether a possessive ends it."""
    fold = word.casefold().replace("’", "'")
    if fold in _LIGHT:
        return "", False
    return BE if fold in lists.BE else lemma(fold), fold.endswith("'s")


def _span(run: Sequence[Word]) -> Span:
    return Span(run[0].span.start, run[-1].span.end)
