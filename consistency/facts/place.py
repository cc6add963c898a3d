"""Places, peoples and bodies named in a text, and whether two of them are the same, related or at odds.

A name is read as a place only where that is safe. `places` leaves out what may be a person (Jordan
Henderson), a club (Philadelphia Eagles), a word (Turkey at the start of a sentence) or a small town
without a preposition; `mentions` keeps those too, for the question whether a place is spoken of at all.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, TypeAlias

import msgspec

from consistency.facts._kept import kept
from consistency.facts._places.exonyms import one_name
from consistency.facts._places.gazetteer import Entity, Entry, Form, Kind, Word, gazetteer, word_list, words
from consistency.facts._places.states import FIRST_WORDS, state_at
from consistency.records import Span

Relation: TypeAlias = Literal["same", "variant", "less_precise", "more_precise", "conflict", "unrelated"]

LOCATIVE = word_list("locative")
"""Prepositions after which a doubtful name is a place."""

FOLLOWING = word_list("following")
"""Capitalised words that may follow a place without making it part of another name."""

PRECEDING = word_list("preceding")
"""Capitalised words that may stand before a place without making it part of another name."""

SPELT_LIKE_WORDS = word_list("acronym_words")
"""Acronyms that are words in lower case."""


class Place(msgspec.Struct, frozen=True):
    """A place, people or body in a text.

    `ids` are the entities the spelling may mean (two for Georgia), `country` the one country that
    holds them all, else empty; `sure` is False where the words may name something else.
    """

    span: Span
    text: str
    ids: tuple[str, ...]
    kind: Kind
    form: Form
    country: str
    sure: bool

    @property
    def key(self) -> str:
        """Equal for spellings of the same thing."""
        return "|".join(self.ids)


def places(text: str) -> tuple[Place, ...]:
    """The places that are certain to be places, in order. Linear in the text."""
    return tuple(place for place in mentions(text) if place.sure)


@kept
def mentions(text: str) -> tuple[Place, ...]:
    """Every reading of a word as a place, doubtful ones with `sure` False."""
    table = gazetteer()
    run = words(text)
    found: list[Place] = []
    follow = 0
    for at, word in enumerate(run):
        if at < follow:
            continue
        if word.fold in FIRST_WORDS and (state := _state(text, run, at)) is not None:
            found.append(state)
            follow = next((later for later in range(at, len(run)) if run[later].start >= state.span.end), len(run))
            continue
        if not table.begins(word.fold) or (hit := table.match(run, at)) is None:
            continue
        length, entry = hit
        follow = at + length
        kinds = {table.entities[identity].kind for identity in entry.ids}
        if "other" not in kinds:
            span = Span(word.start, run[follow - 1].end)
            found.append(
                Place(
                    span=span,
                    text=text[span.start : span.end],
                    ids=entry.ids,
                    kind=table.entities[entry.ids[0]].kind,
                    form=entry.form,
                    country=_country(entry.ids),
                    sure=_sure(run, at, length, entry),
                )
            )
    return tuple(found)


def _state(text: str, run: tuple[Word, ...], at: int) -> Place | None:
    """The American state that is told in short behind a town: Parkland, Fla."""
    if not (at and run[at - 1].capital and run[at].capital):
        return None
    name, end = state_at(text, run[at].start)
    if not name:
        return None
    span = Span(run[at].start, end)
    return Place(
        span=span,
        text=text[span.start : span.end],
        ids=(_states()[name],),
        kind="region",
        form="name",
        country="US",
        sure=True,
    )


@lru_cache(maxsize=1)
def _states() -> dict[str, str]:
    """The ids of American states by their names."""
    return {
        one.name.removesuffix(" State"): one.id
        for one in gazetteer().entities.values()
        if one.kind == "region" and one.id.startswith("US-")
    }


@lru_cache(maxsize=4096)
def _country(ids: tuple[str, ...]) -> str:
    """The one country that holds all of these."""
    table = gazetteer()
    countries = {
        one for identity in ids for one in (identity, *table.above(identity)) if table.entities[one].kind == "country"
    }
    return countries.pop() if len(countries) == 1 else ""


def _beside(left: Word, right: Word) -> bool:
    return not left.owns and right.gap in (" ", "\u00a0") and not right.opens


def _part_of_name(run: tuple[Word, ...], at: int, length: int) -> bool:
    """Whether a capitalised neighbour makes the words part of a longer name."""
    table = gazetteer()
    first, last = run[at], run[at + length - 1]
    if at + length < len(run):
        after = run[at + length]
        titled = after.capital and after.fold not in FOLLOWING and table.match(run, at + length) is None
        if titled and _beside(last, after):
            return True
    if at:
        before = run[at - 1]
        named = before.capital and before.fold not in PRECEDING and not before.text.isupper()
        if named and _beside(before, first):
            return table.match(run, at - 1) is None or before.fold in ("new", "saint", "san")
    return False


def _qualified(run: tuple[Word, ...], at: int, length: int, entry: Entry) -> bool:
    """Whether ", Illinois" or ", France" follows, or "city of" goes before."""
    table = gazetteer()
    if at > 1 and run[at - 1].fold == "of" and run[at - 2].fold in ("city", "town", "village", "capital"):
        return True
    after = at + length
    if after >= len(run) or run[after].gap.strip() != ",":
        return False
    hit = table.match(run, after)
    if hit is None:
        return False
    above = {one for identity in entry.ids for one in (identity, *table.above(identity))}
    return any(identity in above for identity in hit[1].ids)


def _shouted(run: tuple[Word, ...], at: int, length: int) -> bool:
    """Whether an acronym that is also a word stands among words in capitals."""
    if run[at].fold not in SPELT_LIKE_WORDS or "." in run[at].text:
        return False
    beside = [run[i] for i in (at - 1, at + length) if 0 <= i < len(run)]
    table = gazetteer()
    return any(word.text.isupper() and len(word.text) > 1 and table.match((word,), 0) is None for word in beside)


def _sure(run: tuple[Word, ...], at: int, length: int, entry: Entry) -> bool:
    if _part_of_name(run, at, length) or _shouted(run, at, length):
        return False
    if entry.alone and not entry.trap:
        return True
    if entry.trap == "month":
        return False
    if _qualified(run, at, length, entry):
        return True
    if entry.trap == "word" and entry.alone and entry.form in ("name", "adjective"):
        return not run[at].opens
    return at > 0 and run[at - 1].fold in LOCATIVE and _beside(run[at - 1], run[at]) and entry.form == "name"


def compare(a: Place, b: Place) -> Relation:
    """How `b` stands to `a`: `less_precise` says that `b` is the wider place.

    A spelling that may mean several things conflicts only where all its meanings do.
    """
    relations = {_relation(one, other) for one in a.ids for other in b.ids}
    best = next(relation for relation in _ORDER if relation in relations)
    if best in ("conflict", "unrelated") and one_name(a.text, b.text):
        return "same"
    if best == "same" and a.form != b.form:
        return "variant"
    return best


_ORDER: tuple[Relation, ...] = (
    "same",
    "variant",
    "less_precise",
    "more_precise",
    "unrelated",
    "conflict",
)


def related(a: Place, b: Place) -> bool:
    """Whether one may stand for the other or holds it."""
    return compare(a, b) not in ("conflict", "unrelated")


@lru_cache(maxsize=65536)
def _relation(a: str, b: str) -> Relation:
    table = gazetteer()
    if a == b:
        return "same"
    one, other = table.entities[a], table.entities[b]
    if one.governs == b or other.governs == a or a in other.near or b in one.near:
        return "variant"
    if b in table.above(a):
        return "less_precise"
    if a in table.above(b):
        return "more_precise"
    if _speaks_for(one, other) or _speaks_for(other, one):
        return "variant"
    return _apart(one, other)


def _speaks_for(capital: Entity, other: Entity) -> bool:
    """Whether a capital stands for a country that the other body or area takes in."""
    if not capital.governs or other.kind == "city":
        return False
    table = gazetteer()
    government = table.entities[capital.governs]
    return (
        government.id in other.near or other.id in table.above(government.id) or government.id in table.above(other.id)
    )


def _apart(a: Entity, b: Entity) -> Relation:
    """Two entities that no table relates: at odds, or of kinds that say nothing about each other."""
    table = gazetteer()
    if "organisation" in (a.kind, b.kind):
        bodies = all(one.kind in ("organisation", "country") or one.governs for one in (a, b))
        shared = bool(set(a.near) & set(b.near))
        return "conflict" if bodies and not shared else "unrelated"
    if a.kind == b.kind == "city":
        within = {word.fold for word in words(a.name)}, {word.fold for word in words(b.name)}
        return "unrelated" if within[0] <= within[1] or within[1] <= within[0] else "conflict"
    if a.kind == b.kind == "area":
        return "unrelated" if table.overlap(a.id, b.id) else "conflict"
    if {a.kind, b.kind} == {"city", "region"}:
        city, region = (a, b) if a.kind == "city" else (b, a)
        placed = any(table.entities[one].kind == "region" for one in city.within)
        shared_country = set(city.within) & table.above(region.id)
        return "unrelated" if shared_country and not placed else "conflict"
    return "conflict"
