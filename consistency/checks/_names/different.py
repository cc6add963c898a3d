"""Whether two names in one slot are plainly different ones, or may be one thing's."""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz.distance import Indel

from consistency.checks._names.entities import Thing
from consistency.checks._names.metonym import NEXT, before, trait
from consistency.checks._names.misspelt import folds
from consistency.checks._names.spellings import PARTS, Spellings
from consistency.facts._names.words import BODIES, FUNCTION
from consistency.facts._spelling import inflected
from consistency.facts.hedge import lemma
from consistency.facts.kin import common
from consistency.facts.name import compare, does, first_name_exchanged, own_parts, surname_exchanged

ALIKE: Final = 0.6
"""Similarity of spelling from which two names are not called different ones."""
_OF_A_PLACE: Final = re.compile(r"\w{2,30}(?:ans?|ese|ines?|ites?|enos?|ard)")
"""How words end that say of which town something is: Gaditan, Parisian, Milanese."""
_OF: Final = re.compile(r"(?:-\w{1,20})? of (?:the )?(\w+)")


def different(one: Thing, other: Thing) -> bool:
    """Whether the two are plainly not the same, nor one standing for the other."""
    if one.name is not None and other.name is not None:
        if first_name_exchanged(one.name, other.name) or surname_exchanged(one.name, other.name):
            return True
        if compare(one.name, other.name) in ("same", "variant", "typo"):
            return False
    return not (_acronym(one, other) or _acronym(other, one) or _alike(one, other))


def share_a_name(one: Thing, other: Thing, mine: Spellings, theirs: Spellings) -> bool:
    """Whether an article puts words of both into one name: Kevin and Hart, of Kevin Hart."""
    if one.name is not None and other.name is not None and first_name_exchanged(one.name, other.name):
        return False
    first, second = (own[:PARTS] for own in _own(one, other))
    if one.name is not None and other.name is not None and surname_exchanged(one.name, other.name):
        first, second = map(list, own_parts(one.name, other.name))
    return any((a, b) in spellings.together for spellings in (mine, theirs) for a in first for b in second)


def _own(one: Thing, other: Thing) -> tuple[list[str], list[str]]:
    """The words of two things without the kind of body that both are: of Wendell County and Harmon County the first."""
    kinds = set(folds(one)) & set(folds(other)) & BODIES
    first, second = ([part for part in folds(thing) if part not in kinds] for thing in (one, other))
    return first, second


def _acronym(short: Thing, long: Thing) -> bool:
    """Whether an acronym may stand for the other name: one of its letters begins a word of it."""
    letters = short.text.replace(".", "")
    if long.text.replace(".", "").isupper() and " " not in long.text and letters != long.text:
        return False
    if not (letters.isupper() and 2 <= len(letters) <= 8 and " " not in letters):
        return False
    initials = [part[0] for part in folds(long) if part not in FUNCTION]
    shared = sum(initial in letters.casefold() for initial in initials)
    return shared > 1 or initials[:1] == [letters[0].casefold()]


def _alike(one: Thing, other: Thing) -> bool:
    """Whether a word of one is spelt much like a word of the other; the kind of body that both are says nothing, nor do
    first names."""
    first, second = (own[:8] for own in _own(one, other))
    if not first or not second:
        return True
    persons = {trait(one), trait(other)} == {"person"} and len(first) > 1 and len(second) > 1
    full = persons and not any(all(common(lemma(part)) for part in parts) for parts in (first, second))
    return any(
        a.startswith(b[:4]) or inflected(a, b) or Indel.normalized_similarity(a, b) >= ALIKE
        for a in first
        for b in second
        if len(a) > 3 and len(b) > 3 and not (full and a != first[-1] and b != second[-1])
    )


def attributive(texts: tuple[str, str], things: tuple[Thing, Thing]) -> bool:
    """Whether one is a word before its noun that may be made of the town that the other is: "the Gaditan keeper"."""
    one, other = things
    if len(one.folds) > 1 or len(other.folds) > 1:
        return False
    return _of_a_place(texts[0], one) or _of_a_place(texts[1], other)


def _of_a_place(text: str, thing: Thing) -> bool:
    after = NEXT.match(text, thing.span.end)
    if thing.place is not None or after is None or does(after[1]) or not _OF_A_PLACE.fullmatch(thing.folds[0]):
        return False
    return before((text,), thing)[-1:] in (["the"], ["a"], ["an"])


def kind_alone(texts: tuple[str, str], things: tuple[Thing, Thing]) -> bool:
    """Whether both only say what kind of thing it is whose name follows: Tour, and Round, of the Carpathians."""
    if any(len(thing.folds) > 1 or thing.folds[0] in BODIES or not common(lemma(thing.folds[0])) for thing in things):
        return False
    one, other = things
    first, second = _OF.match(texts[0], one.span.end), _OF.match(texts[1], other.span.end)
    return first is not None and second is not None and first[1].casefold() == second[1].casefold()
