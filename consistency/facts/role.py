"""Who does what to whom: things in their places, and things that two texts have exchanged.

A place is a part of a frame: the agent or the patient of a verb ("warn"), what a preposition ties to a word
("offices in"), whose lawyer and who the lawyer is, the value beside a name. Active, passive and converse verbs
("sold to", "bought from") fill the same places. Read by pattern, without a parser: a single place may be read
wrongly, so only two things that have changed places with each other mean anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, product
from typing import Final, NamedTuple, TypeAlias

from consistency.facts._kept import kept
from consistency.facts._roles import words as lists
from consistency.facts._roles.bodies import other_body
from consistency.facts._roles.crossed import crossed_values
from consistency.facts._roles.doer import other_doer
from consistency.facts._roles.ends import other_end
from consistency.facts._roles.known import People, acquainted, in_question, other_person
from consistency.facts._roles.plain import Trade, mistaken, nearly, trade, voiced
from consistency.facts._roles.read import Role, roles
from consistency.facts._roles.words import Slot
from consistency.facts.hedge import lemma
from consistency.facts.kin import kindred, listed
from consistency.facts.name import variant
from consistency.facts.place import related
from consistency.records import Span

__all__ = [
    "Exchange",
    "People",
    "Role",
    "Slot",
    "Trade",
    "acquainted",
    "crossed_values",
    "exchanges",
    "in_question",
    "mistaken",
    "nearly",
    "other_body",
    "other_doer",
    "other_person",
    "roles",
    "trade",
    "voiced",
]

_WITHIN: Final = ("of", "in", "'s")
"""What lies in what may be told in several ways: "the Ilomantsi region of North Karelia"."""
_MOST: Final = 120
"""Roles of a text beyond which it is no claim and nothing is compared."""
_CROWD: Final = 8
"""Things in one slot beyond which the slot tells nothing."""


_CHECKED: Final = 40
"""Exchanges of a pair that are looked at any closer; no claim has as many."""
_ENDS: Final = {"agent", "patient", "giver", "taker"}
"""Parts of a frame that are one end of a deed."""
_TYING: Final = frozenset(lists.PREPOSITION.values()) - {"than", "by"}
"""Parts of a frame that a preposition names."""


class Exchange(NamedTuple):
    """Two slots, and what fills them: in the premise one thing and another, in the hypothesis the other way round.

    `firm` where both are the two ends of one frame, or names or figures.
    """

    slots: tuple[Slot, Slot]
    firm: bool
    premise: tuple[Span, Span]
    hypothesis: tuple[Span, Span]


@kept
def exchanges(premise: str, hypothesis: str) -> tuple[Exchange, ...]:
    """Things that have changed places with each other, firm ones first; none where one stays or it says the same."""
    if premise == hypothesis:
        return ()
    sides = roles(premise), roles(hypothesis)
    if max(map(len, sides)) > _MOST:
        return ()
    first, second = map(_by_slot, sides)
    found: list[Exchange] = []
    shared = [slot for slot in first if slot in second and not _mutual(slot)]
    for one, other in combinations(shared, 2):
        if not _symmetric(one, other):
            for x, y in product(first[one], first[other]):
                found += _exchanged((one, other), (x, y), (first, second))
    found = found or list(_by_kin(first, second))
    plain = sorted(dict.fromkeys(found), key=lambda exchange: not exchange.firm)[:_CHECKED]
    return tuple(exchange for exchange in plain if not _told_from_the_other_end((premise, hypothesis), exchange))


def _by_kin(first: _Slots, second: _Slots) -> Iterator[Exchange]:
    """Two names exchanged between the ends of one deed that the texts tell by two verbs ("pulled him from the house",
    "was dragged by him from the house"); nothing where either text tells a like deed the other way round, too.
    """
    here, there = _deeds(first), _deeds(second)
    for (verb, *ends), (told, *turned) in product(here, there):
        x, y = ends
        if verb == told or not listed(verb, told) or not _comparable(x, y):
            continue
        if not (_is(x, y, turned[1]) and _is(y, x, turned[0])):
            continue
        like = (other for frame, *other in (*here, *there) if frame in (verb, told) or listed(verb, frame))
        if not any(_is(x, y, one) and _is(y, x, other) for one, other in like if (one, other) != (x, y)):
            yield Exchange(
                (Slot(verb, "agent"), Slot(verb, "patient")), True, (x.span, y.span), (turned[0].span, turned[1].span)
            )


def _deeds(side: _Slots) -> list[tuple[str, Role, Role]]:
    """The verbs with two names for ends, in no order."""
    return [
        (slot.frame, agent, patient)
        for slot, agents in side.items()
        if slot.part == "agent" and slot.frame not in lists.SYMMETRIC
        for agent, patient in product(agents, side.get(Slot(slot.frame, "patient"), ()))
        if agent.kind == patient.kind == "name" and agent.words != patient.words
    ][:_CROWD]


def _told_from_the_other_end(texts: tuple[str, str], exchange: Exchange) -> bool:
    one, other = exchange.slots
    # The reference's things in its order, and in the version what fills the slots in the same order of slots.
    return other_end(texts, (one.frame, other.frame), exchange.premise, exchange.hypothesis)


_Slots: TypeAlias = dict[Slot, list[Role]]


def _exchanged(slots: tuple[Slot, Slot], things: tuple[Role, Role], sides: tuple[_Slots, _Slots]) -> Iterator[Exchange]:
    """The exchange, if each of the things stands in the other's slot there and neither in its own."""
    one, other = slots
    x, y = things
    first, second = sides
    same = _is_kin if _ends_of_one(one, other) else _is
    x_there = next((role for role in second[other] if same(x, y, role)), None)
    if x_there is None:
        return
    y_there = next((role for role in second[one] if same(y, x, role)), None)
    if y_there is None or not any(_is(*two) for two in ((x, y, x_there), (y, x, y_there))):
        return
    if not _comparable(x, y) or _owns(first, x, y) or _owns(first, y, x):
        return
    if {one.part, other.part} == {"with", "in"}:
        return  # "with her wrist in a splint" is "with a splint on her wrist"
    if one.frame != other.frame and len({role.kind for role in (x, y, x_there, y_there)}) > 1:
        return  # "Monsanto" and "the company" may be one, "Detva" is in "the Detva district"
    if _stays_nearer(sides, one, x, y) and _stays_nearer(sides, other, y, x):
        return
    stays = any(_is(x, y, role) for role in (*second[one], *first[other]))
    if not stays and not any(_is(y, x, role) for role in (*second[other], *first[one])):
        firm = one.frame == other.frame or x.kind in ("name", "number", "date")
        yield Exchange(slots, firm, (x.span, y.span), (y_there.span, x_there.span))


def _stays_nearer(sides: tuple[_Slots, _Slots], slot: Slot, thing: Role, other: Role) -> bool:
    """Whether a thing also hangs on another word by the same preposition, and does so in both texts: of "moves its
    shop from Bath to York and its mill from York to Bath" the shop and the mill, not the verb, tell what is whence.
    """
    first, second = sides
    return slot.part in _TYING and any(
        nearer.part == slot.part
        and nearer.frame != slot.frame
        and any(role.span == thing.span for role in fillers)
        and any(_is(thing, other, role) for role in second.get(nearer, ()))
        for nearer, fillers in first.items()
    )


def _by_slot(side: Sequence[Role]) -> _Slots:
    found: _Slots = defaultdict(list)
    for role in side:
        found[role.slot].append(role)
    return {slot: fillers for slot, fillers in found.items() if len(fillers) <= _CROWD}


def _symmetric(one: Slot, other: Slot) -> bool:
    if one.frame != other.frame:
        return False
    if one.part in _WITHIN and other.part in _WITHIN:
        return True
    return one.frame in lists.SYMMETRIC or one.frame in lists.SYMMETRIC_NOUNS or one.frame in lists.ALIKE


def _comparable(one: Role, other: Role) -> bool:
    """Whether two things of one text are of a kind and cannot be the same."""
    kinds = {one.kind, other.kind}
    if kinds & {"number", "date"}:
        return one.kind == other.kind and sorted(one.words) != sorted(other.words)
    if "word" in kinds and one.kind != other.kind:
        return False
    if one.place is not None and other.place is not None and related(one.place, other.place):
        return False
    return bool(_own(one, other) and _own(other, one)) and not variant(one.words, other.words)


def _owns(side: _Slots, one: Role, other: Role) -> bool:
    """Whether one name stands for the other: of "Nigeria's Super Falcons", Nigeria."""
    if not one.kind == other.kind == "name":
        return False
    return any(role.words == one.words for role in side.get(Slot(lemma(other.words[-1]), "of"), ()))


def _own(one: Role, other: Role) -> frozenset[str]:
    """The words of a thing that tell it from the other."""
    return _lemmas(one.words) - _lemmas(other.words)


@lru_cache(maxsize=4096)
def _lemmas(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(lemma, words))


def _is(thing: Role, other: Role, candidate: Role) -> bool:
    """Whether the candidate is `thing` and not `other`: by the words that tell them apart, as a place, as a name."""
    if "number" in (thing.kind, candidate.kind) or "date" in (thing.kind, candidate.kind):
        return sorted(thing.words) == sorted(candidate.words)
    words = _lemmas(candidate.words)
    if not words.isdisjoint(_own(thing, other)):
        return words.isdisjoint(_own(other, thing))
    if thing.place is not None and candidate.place is not None:
        return related(thing.place, candidate.place)
    return thing.kind == candidate.kind == "name" and variant(thing.words, candidate.words)


def _is_kin(thing: Role, other: Role, candidate: Role) -> bool:
    """Whether the candidate is `thing`, or a noun that may stand for it ("tenants", "residents")."""
    if _is(thing, other, candidate):
        return True
    told = thing.kind, candidate.kind
    # A noun that opens its sentence looks like a name.
    if (
        "noun" not in told
        or not {*told} <= {"noun", "name"}
        or (told != ("noun", "noun") and _several(thing, candidate))
    ):
        return False
    return kindred(lemma(thing.words[-1]), lemma(candidate.words[-1]))


def _several(one: Role, other: Role) -> bool:
    return any(role.kind == "name" and len(role.words) > 1 for role in (one, other))


def _ends_of_one(one: Slot, other: Slot) -> bool:
    return one.frame == other.frame and {one.part, other.part} <= _ENDS


def _mutual(slot: Slot) -> bool:
    """Whether a slot binds two sides alike: "a rival of B", and "its rival B", where the noun may look like a verb."""
    if slot.part == "of":
        return slot.frame in lists.SYMMETRIC_NOUNS
    return slot.part == "patient" and slot.frame in lists.SYMMETRIC_PEOPLE
