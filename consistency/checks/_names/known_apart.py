"""Two people or bodies whom the reference tells apart, and one of whom stands where it has the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, TypeAlias

from consistency.checks._names.entities import Swap, Thing
from consistency.facts._names.words import BODIES, FUNCTION
from consistency.facts._places.gazetteer import gazetteer, words
from consistency.facts._tokens import words as word_set
from consistency.facts.hedge import lemma
from consistency.facts.kin import common
from consistency.facts.name import Name, names
from consistency.protocols import Pair
from consistency.records import Claim, mutual_contradiction

People: TypeAlias = dict[str, set[tuple[str, ...]]]
"""Full names by their last word."""

NEEDED: Final = 0.5
"""Contradiction, by the model, from which one of two people is believed to stand for the other."""
SLOT, SLOT_OF_PRONOUN = 0.2, 0.3
"""What their slot needs; more where a pronoun of the reference may mean the one whom the version names."""
_RIVAL: Final = 0.3
_SHARED: Final = 0.25
"""What part of their words two sentences must share whose only two full names are held against each other."""
_BODY: Final = 0.75
"""Contradiction, by the model, from which one of two bodies is believed to stand for the other: many bodies speak and
act for others."""
_BODY_RIVAL: Final = 0.1
_BODY_SHARED: Final = 0.3
PRONOUNS = word_set("he she him her his hers they them their who")
_THINGS = word_set("the a an in at near")
"""Words before a name of several words that is no person's: the Nova Marisol, at Port Levan."""


def full_names(claims: Iterable[Claim]) -> People:
    """The full names of people in an article."""
    found: People = defaultdict(set)
    for claim in claims:
        run = words(claim.text)
        before = {word.start: run[at - 1].fold for at, word in enumerate(run) if at}
        for name in names(claim.text):
            person = name.kind == "person" and len(name.parts) > 1 and name.sure
            if not person or (before.get(name.span.start) in _THINGS and not name.titled):
                continue
            if not _words(name):
                found[name.parts[-1]].add(name.parts)
    return found


def known_apart(one: Thing, other: Thing, people: People) -> bool:
    """Whether the article gives both a full name, and the two share no word of it."""
    if one.name is None or other.name is None or one.folds[-1] == other.folds[-1]:
        return False
    first, second = (people.get(thing.folds[-1], set()) for thing in (one, other))
    if not first or not second or not _of(one, first) or not _of(other, second):
        return False
    return all(set(a).isdisjoint(b) for a in first for b in second)


def full_bodies(claims: Iterable[Claim]) -> set[tuple[str, ...]]:
    """The bodies that an article names, by acronyms or in several words."""
    return {name.parts for claim in claims for name in names(claim.text) if _body(name)}


def _body(name: Name | None) -> bool:
    """Whether a name is that of one certain body: an acronym, or several words of which the language is made."""
    if name is None or not name.sure or name.titled:
        return False
    if len(name.parts) == 1:
        return name.kind == "organisation"
    return name.kind == "organisation" or all(common(lemma(part)) for part in name.parts)


def bodies_apart(swap: Swap, bodies: set[tuple[str, ...]]) -> bool:
    """Whether two bodies are all that is left on either side, and the article names both, by no word of one another."""
    one, other = swap.premise, swap.hypothesis
    if not _body(one.name) or not _body(other.name) or (len(one.folds) == 1) != (len(other.folds) == 1):
        return False
    known = one.folds in bodies and other.folds in bodies
    shared = set(one.folds) & set(other.folds) - BODIES - FUNCTION
    return known and not shared and swap.absent == 2 and swap.rival <= _BODY_RIVAL and swap.alone >= _BODY_SHARED


def taken_for(pair: Pair) -> float:
    """How sure the model makes it that one of two such bodies stands for the other; 0 where it does not."""
    contradiction = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)
    return round(0.5 + 0.6 * (contradiction - _BODY), 3) if contradiction >= _BODY else 0.0


def _of(thing: Thing, full: set[tuple[str, ...]]) -> bool:
    """Whether a thing is one of the people of a surname and nobody else's."""
    return len(full) == 1 and set(thing.folds) <= set(next(iter(full)))


def full_apart(swap: Swap) -> bool:
    """Whether two full names are all that is left on either side, wherever they stand in the sentences."""
    one, other = swap.premise.name, swap.hypothesis.name
    if one is None or other is None or swap.rival or swap.alone < _SHARED:
        return False
    return all(
        name.kind == "person" and name.sure and len(name.parts) > 1 and not _words(name) for name in (one, other)
    )


def _words(name: Name) -> bool:
    """Whether a name is made of words and places alone: Water Shortages, Diabetes Canada."""
    return all(common(lemma(part)) or gazetteer().begins(part) for part in name.parts)


def stands_for(pair: Pair, swap: Swap, *, full: bool) -> float:
    """How sure it is that one of two people who are told apart stands for the other; 0 where it is not. `full`: both
    are told by their full names."""
    alignment = pair.alignment
    contradiction = mutual_contradiction(alignment.forward, alignment.backward)
    pronouns = any(word.fold in PRONOUNS for word in words(pair.premise.text))
    needed = 0.0 if full else SLOT_OF_PRONOUN if pronouns else SLOT
    if swap.absent < 2 or swap.rival > _RIVAL or swap.strength < needed or contradiction < NEEDED:
        return 0.0
    return round(0.5 + 0.6 * (contradiction - NEEDED), 3)
