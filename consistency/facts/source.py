"""Who is cited as the source of something told: "the mayor", "a police spokesman", "Reuters", "two people".

A source is read from the words beside the cue, without a parser: the names in them, the groups that
its words belong to (`data/sources.tsv`), and all its words of weight. Two sources are at odds only
where both say plainly who they are; "sources", "people" and "a spokesman" may be anybody.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from consistency.facts._lists import word_set
from consistency.facts._places.gazetteer import Word, rows
from consistency.facts.hedge import lemma
from consistency.facts.name import Name, compare, names
from consistency.facts.place import Place, mentions, related
from consistency.records import Span

Standing: TypeAlias = Literal["same", "open", "near", "other", "stranger"]
"""One source; not to be told; of groups that touch; of groups apart; two plainly different names."""

PRONOUNS: Final = word_set("he she they it i we you who which that this these those one some many others him them")
_LIGHT: Final = word_set(
    "a an the of in on at by for from with and or to as its his her their our my your this that these those s",
    "who which close near new old former other another some many several few two three four five six ten dozen",
    "all most both one no any each every more than top senior chief leading local national state federal official",
    "public monday tuesday wednesday thursday friday saturday sunday late early statement also people person man",
    "woman men women group member spokesman spokeswoman spokesperson representative head leader deputy director",
    "source adviser advisor aide manager chairman chairwoman president boss report study news conference interview",
    "medium newspaper data figure document paper mr mrs ms dr sir lord lady here there now then today yesterday",
    "last next year month week day time press agency office department service party team body organisation",
    "organization association society federation committee commission board centre center network institution",
    "sources those reporter journalist well still earlier later",
)
_SIDE: Final = word_set("defence defense")
"""What stands for the lawyers of the accused where it stands alone: "the defence", but no defence ministry."""
_STATES: Final = frozenset(("government", "army", "police", "official", "court", "prosecution", "parliament"))
"""Groups that speak for a state."""
_OWNERS: Final = word_set("of in at for from with on to by near close who which that under over and")
_UMBRELLAS: Final = {
    "official": frozenset("police army fire government parliament court prosecution health school church".split()),
    "critic": frozenset("opposition activist analyst science labour residents parliament family victim".split()),
}
"""Groups that are a vaguer word for those of others."""
_ANYBODY: Final = frozenset(("speaker", "document", "body", "person"))
_TOUCHING: Final = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        "police/prosecution police/army police/fire police/court army/government government/parliament "
        "government/official government/church opposition/activist opposition/parliament residents/witness "
        "residents/family residents/victim residents/farmers residents/activist witness/victim witness/customers "
        "witness/crew family/victim family/friend family/defence accused/defence accused/family defence/victim "
        "science/health science/analyst science/school analyst/health analyst/activist activist/science "
        "customers/crew customers/victim labour/crew labour/activist labour/farmers "
        "company/crew company/official company/analyst company/farmers court/prosecution court/defence fire/health "
        "sport/official"
    ).split()
)
"""Pairs of groups of which one may well speak for the other, or be the same people."""
_OPPOSED: Final = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        "government/opposition army/rebel police/rebel government/rebel company/labour prosecution/accused "
        "prosecution/defence police/accused police/defence government/critic company/critic victim/accused"
    ).split()
)
"""Pairs of groups that stand against each other, whatever else their words may be."""


class Source(NamedTuple):
    """Who is cited; `span` and all names and places in offsets of the text it was read from.

    `words` are the lemmas that tell it from others, `groups` what these belong to, `heads` the one that
    stands for it ("lawyers" of "lawyers for the suspect"); `pronoun` where it is one.
    """

    span: Span
    words: frozenset[str]
    groups: frozenset[str]
    names: tuple[Name, ...]
    places: tuple[Place, ...]
    heads: frozenset[str]
    pronoun: bool = False


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    return {lemma(word): group for group, members in rows("sources") for word in members.split()}


def group_of(fold: str) -> str | None:
    """The group of a word that names people who are cited, in the singular or plural."""
    return _groups().get(lemma(fold))


def source(text: str, run: tuple[Word, ...], about: tuple[Word, ...] = ()) -> Source | None:
    """The source that these words name; None for no words. `about` are words set off behind it: "Lee, a lawyer,"."""
    if not run:
        return None
    span = Span(run[0].start, run[-1].end)
    own = [group for word in run if (group := group_of(word.fold)) is not None]
    if not own and run[-1].fold in _SIDE and len(run) <= 2:
        own = ["defence"]
    told = [word for word in run if word.fold not in _LIGHT and len(word.fold) > 1]
    pronoun = run[0].fold in PRONOUNS and len(run) <= 2 and not (len(run) == 2 and group_of(run[1].fold))
    return Source(
        span=span,
        words=frozenset(lemma(word.fold) for word in told),
        groups=frozenset(own or (group for head in _heads(about) if (group := group_of(head)) is not None)),
        names=tuple(name for name in names(text) if name.span.overlaps(span)),
        places=tuple(place for place in mentions(text) if place.span.overlaps(span)),
        heads=_heads(run),
        pronoun=pronoun,
    )


def _heads(run: tuple[Word, ...]) -> frozenset[str]:
    """The last word with a group before the first preposition, else the first one behind it; a spokesman is none."""
    core = next((at for at, word in enumerate(run) if word.fold in _OWNERS), len(run))
    telling = [group_of(word.fold) not in {None, *_ANYBODY} for word in run]
    found = [lemma(word.fold) for word, tells in zip(run[:core], telling, strict=False) if tells][-1:]
    found = found or [lemma(word.fold) for word, tells in zip(run[core:], telling[core:], strict=True) if tells][:1]
    return frozenset(found or [lemma(word.fold) for word in run[:core] if group_of(word.fold) is not None][-1:])


def plain(one: Source | None) -> bool:
    """Whether it says who speaks at all, be it by a name, a group or a word of its own."""
    return one is not None and not one.pronoun and bool(one.names or one.groups or one.places)


def named_person(one: Source) -> bool:
    """Whether it names a person."""
    return bool(_people(one))


def stand(one: Source | None, other: Source | None) -> Standing:
    """How two sources stand to each other; "open" where either may be the other for all that is said."""
    if one is None or other is None or not plain(one) or not plain(other):
        return "open"
    if one.words & other.words or _akin(one, other):
        return "same"
    people = _people(one), _people(other)
    if all(people):
        return "stranger" if _strangers(*people) else "open"
    return "near" if _abroad(one, other) else _apart(_groups_of(one), _groups_of(other))


def _abroad(one: Source, other: Source) -> bool:
    """Whether each speaks for a state and for another one: Australia's navy, the authorities in Beijing."""
    if not (one.groups and other.groups and one.groups | other.groups <= _STATES):
        return False
    countries = [{place.country for place in source.places} for source in (one, other)]
    return all(countries) and "" not in countries[0] | countries[1] and not countries[0] & countries[1]


def _apart(mine: frozenset[str], theirs: frozenset[str]) -> Standing:
    """How the groups of two sources stand to each other."""
    if not mine or not theirs or mine & theirs or _wider(mine, theirs) or _wider(theirs, mine):
        return "open"
    across = {frozenset((a, b)) for a in mine for b in theirs}
    return "near" if across & _TOUCHING and not across & _OPPOSED else "other"


def _wider(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return any(_UMBRELLAS.get(group, frozenset()) & theirs for group in mine)


def _groups_of(one: Source) -> frozenset[str]:
    """Its groups but those that may speak for anybody; of a country or a seat of government alone, the government."""
    groups = one.groups - _ANYBODY
    if one.groups or not one.places or one.names:
        return groups
    governing = any(place.form == "metonym" or place.kind in {"country", "city"} for place in one.places)
    return frozenset({"government"}) if governing else frozenset()


def _people(one: Source) -> list[Name]:
    return [name for name in one.names if name.kind == "person" or (name.kind == "unknown" and name.sure)]


def _akin(one: Source, other: Source) -> bool:
    if any(compare(a, b) in ("same", "variant", "typo") for a in one.names for b in other.names):
        return True
    return any(related(a, b) for a in one.places for b in other.places) and not (one.groups and other.groups)


def _strangers(ours: list[Name], theirs: list[Name]) -> bool:
    """Whether no name of one can be a name of the other, written together or apart (RadarOnline, Radar Online)."""
    return all(
        a.sure and b.sure and compare(a, b) == "conflict" and not _spelt_in(a, b) and not _spelt_in(b, a)
        for a in ours
        for b in theirs
    )


def _spelt_in(one: Name, other: Name) -> bool:
    return "".join(one.parts) in "".join(other.parts)
