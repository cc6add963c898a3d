"""Offices, professions and relations that a text attaches to people, and how two of them stand to each other.

A title is read before a name (finance minister Olaf Scholz; the Russian foreign minister, Sergei
Lavrov,), set off behind it (Jane Doe, chief executive of Acme,) or said of it (Jane Doe is the mayor
of Leeds). Two titles conflict only where one person hardly holds both: offices of one family.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from consistency.facts._kept import kept
from consistency.facts._names.words import BODIES
from consistency.facts._places.gazetteer import Word, gazetteer, words
from consistency.facts._titles.posts import bodies_apart, posts_apart, seldom_one
from consistency.facts._titles.slots import behind, in_front, people
from consistency.facts._titles.verbal import active
from consistency.facts._titles.words import (
    CALLING,
    ELECT,
    PLAIN,
    POSSESSIVE,
    REACH,
    STOPS,
    Head,
    fields_after,
    fields_before,
    head_from,
    joined,
    matter_after,
    phrase_start,
    title_table,
)
from consistency.facts._tokens import words as word_set
from consistency.facts.name import Name
from consistency.records import Span

Relation: TypeAlias = Literal["same", "variant", "less_precise", "more_precise", "conflict", "unrelated"]
Tenure: TypeAlias = Literal["now", "former", "unknown"]
Rank: TypeAlias = Literal["", "deputy", "elect", "other"]

_FORMER = word_set("former ex once formerly previously")
_ONCE = word_set("once formerly previously")
_UNKNOWN = word_set(
    "then late last earlier outgoing retired incoming next past previous onetime time longtime disgraced ousted"
)
_DEPUTY = word_set("deputy vice")
_OTHER_RANK = word_set("second deputed acting interim assistant associate shadow honorary candidate would caretaker co")
_THEN = word_set("until till years year time days era decade decades term terms months") | {
    f"{ten}0s" for ten in range(190, 203)
}
_WHEN = word_set("from between in during")
_CLOSED = ",.;:!?\n"
_BODIES = BODIES - word_set("state nation kingdom city county province region republic territory islands island")
_SELDOM = (("kin", "kin"), ("state", CALLING), ("rank", "court"))
"""Families of titles that one person seldom has together."""
_MARKS = _FORMER | _UNKNOWN | _DEPUTY | _OTHER_RANK
_AND = frozenset({"and", "said", "says", "told", "who", "since", "from", "until"})


class Title(msgspec.Struct, frozen=True):
    """An office, profession or relation. `concept` is what its spellings share, `families` where it excludes others.

    `fields` are a minister's or adviser's portfolios; `rank` marks deputies and those elected but not
    yet in office; `body` an office in a body and not in a country; `whose` the owner of a relation; `where` the
    places and bodies named with it; `matter` the words of a portfolio that no table has (minister for rural matters).
    """

    span: Span
    text: str
    concept: str
    families: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    tenure: Tenure = "now"
    rank: Rank = ""
    body: bool = False
    whose: str = ""
    where: frozenset[str] = frozenset()
    matter: frozenset[str] = frozenset()

    @property
    def generic(self) -> bool:
        """Whether it may be a vaguer word for any other."""
        return "generic" in title_table().concepts[self.concept].flags

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for titles that no comparison tells apart."""
        return (self.concept, self.fields, self.tenure, self.rank, self.body, self.whose, self.matter)


class Titled(msgspec.Struct, frozen=True):
    """A name and a title the text gives to it."""

    name: Name
    title: Title


def _title(text: str, run: tuple[Word, ...], head: Head, *, past: bool = False) -> Title:
    """The title with what stands before and after its head."""
    table = title_table()
    concept = head.concept
    known = table.concepts[concept]
    first = phrase_start(run, head.start)
    before = run[first : head.start]
    fields: list[str] = []
    start, stop = head.start, head.stop
    if "portfolio" in known.flags:
        start, found = fields_before(run, first, head.start)
        fields += [] if concept == "secretary" and run[start].fold == "state" else found
    stop, found = fields_after(run, head.stop, secretary=concept == "secretary")
    if "portfolio" in known.flags or found == ["finance"]:
        fields += found
    else:
        stop = head.stop
    if fields and concept in ("secretary", "chancellor"):
        concept = "minister"
        known = table.concepts[concept]
    marks = {word.fold for word in before}
    if first > 1 and run[first - 1].fold in ("a", "an", "the") and run[first - 1].gap == " ":
        marks |= {run[first - 2].fold} & _ONCE  # "once a teacher"
    close = {word.fold for word in run[max(first, start - 3) : start]}
    rank: Rank = ""
    if close & _DEPUTY:
        rank = "deputy"
    elif marks & _OTHER_RANK:
        rank = "deputy" if "assistant" in close and "office" in known.flags else "other"
    elif stop < len(run) and run[stop].fold in ELECT and run[stop].gap in PLAIN:
        rank = "elect"
    elif stop < len(run) and run[stop].fold in ("candidate", "nominee", "hopeful"):
        rank = "other"
    over = past or bool(marks & _UNKNOWN) or ("office" in known.flags and _told_when(run, stop))
    tenure: Tenure = "former" if marks & _FORMER else "unknown" if over else "now"
    body = "office" in known.flags and not fields and _in_body(run, first, head)
    for at in range(first, start):
        if run[at].fold in _FORMER | _DEPUTY | _OTHER_RANK | _UNKNOWN:
            start = at
            break
    while start > first and run[start - 1].capital and not run[start - 1].opens:
        start -= 1
    end, matter = matter_after(run, stop) if "portfolio" in known.flags and not fields else (stop, frozenset())
    span = Span(run[start].start, run[end - 1].end)
    return Title(
        span=span,
        text=text[span.start : span.end],
        concept=concept,
        families=() if body else known.families,
        fields=tuple(sorted(set(fields))),
        tenure=tenure,
        rank=rank,
        body=body,
        whose=_owner(run, first, head.stop) if "kin" in known.flags else "",
        where=_where(run, first, head, stop),
        matter=matter,
    )


def _told_when(run: tuple[Word, ...], stop: int) -> bool:
    """Whether it follows when it was held: "president from 2002 to 2010", "mayor until last spring"."""
    for at in range(stop, min(stop + REACH, len(run) - 1)):
        if any(mark in run[at].gap for mark in _CLOSED) or run[stop].capital:
            return False
        if run[at].fold in _THEN or (run[at].fold in _WHEN and run[at + 1].text[:4].isdigit()):
            return True
        if "(" in run[at].gap and run[at].text[:4].isdigit():
            return True
    return False


def _in_body(run: tuple[Word, ...], first: int, head: Head) -> bool:
    """Whether the office is one in a company, bank, club or parliament."""
    owned = bool(first) and run[first - 1].owns
    if any(word.fold in _BODIES for word in run[first - owned : head.start]):
        return True
    if head.stop < len(run) and run[head.stop].fold in ("of", "at", "for"):
        for at in range(head.stop, min(head.stop + REACH, len(run))):
            if "," in run[at].gap or ";" in run[at].gap:
                return False
            if run[at].fold in _BODIES:
                return True
    return False


def _where(run: tuple[Word, ...], first: int, head: Head, stop: int) -> frozenset[str]:
    """The places and capitalised words before the head, and those after `of`, `at`, `for` or `in`."""
    parts = [*range(first - run[first - 1].owns if first else 0, head.start)]
    if stop < len(run) and run[stop].fold in ("of", "at", "for", "in"):
        end = stop + 1
        while end < min(stop + REACH, len(run)) and run[end].gap in PLAIN and run[end].fold not in _AND:
            end += 1
        parts += range(stop + 1, end)
    found: set[str] = set()
    for at in parts:
        if hit := gazetteer().match(run, at):
            found.update(hit[1].ids)
        elif run[at].fold in _BODIES or (run[at].capital and head_from(run, at) is None):
            found.add(run[at].fold)
    return frozenset(found - _MARKS)


def _owner(run: tuple[Word, ...], first: int, stop: int) -> str:
    """Whose relation it is: a pronoun, the last word of a possessive, or the name after `of`."""
    if stop + 1 < len(run) and run[stop].fold == "of":
        at = stop + 1
        while at + 1 < len(run) and run[at].capital and run[at + 1].capital and joined(run[at], run[at + 1]):
            at += 1
        if run[at].capital or run[at].fold not in STOPS:
            return run[at].fold
        return run[at + 1].fold if at + 1 < len(run) else ""
    if first and (run[first - 1].owns or run[first - 1].fold in POSSESSIVE):
        return run[first - 1].fold
    return ""


@kept
def titled(text: str) -> tuple[Titled, ...]:
    """The titles a text gives to people it names, in order. Linear in the text."""
    run = words(text)
    found_people = people(text, run)
    starts = {person.first for person in found_people}
    found: list[Titled] = []
    for name, first, after in found_people:
        for head, past in (
            *((head, False) for head in in_front(run, first, after)),
            *behind(run, after, starts),
        ):
            found.append(Titled(name, _title(text, run, head, past=past)))
    return tuple(found)


@kept
def loose(text: str) -> tuple[Title, ...]:
    """Every title in a text that is not right before a name: whoever it speaks of. Linear in the text."""
    run = words(text)
    starts = {person.first for person in people(text, run)}
    found: list[Title] = []
    at = 0
    while at < len(run):
        head = head_from(run, at)
        if head is None:
            at += 1
            continue
        if head.stop not in starts and not active(run, head):
            found.append(_title(text, run, head))
        at = head.stop
    return tuple(found)


def compare(a: Title, b: Title) -> Relation:
    """How two titles of one person stand to each other.

    `conflict` where hardly anybody is both: another office of one family, another portfolio, a
    deputy against the office itself, a former holder against the present one.
    """
    if a.concept == b.concept:
        return _same_concept(a, b)
    if posts_apart(a.concept, b.concept) and a.where & b.where and _held(a, b):
        return "conflict"
    if a.generic or b.generic:
        return "less_precise" if b.generic else "more_precise"
    if any(one.concept == "minister" and not one.fields for one in (a, b)) and _ministers(a, b):
        return "less_precise" if b.concept == "minister" else "more_precise"
    return "conflict" if _exclusive(a, b) else "unrelated"


def _exclusive(a: Title, b: Title) -> bool:
    """Whether two titles of different concepts are of one family, both held now and not to be held together."""
    concepts = title_table().concepts
    if b.concept in concepts[a.concept].beside or a.concept in concepts[b.concept].beside:
        return False
    if not _held(a, b) or not set(a.families) & set(b.families):
        return False
    if "state" not in a.families and _elsewhere(a, b):
        return False
    return "kin" not in a.families or bool(a.whose and a.whose == b.whose)


def hardly_both(a: Title, b: Title) -> bool:
    """Whether two unrelated titles are seldom one person's: two relations, or an office or a military rank beside a
    calling. That alone tells nothing: a mayor may well be a doctor, and an aunt somebody's mother.
    """
    concepts = title_table().concepts
    if not _held(a, b) or a.concept == b.concept:
        return False
    if b.concept in concepts[a.concept].beside or a.concept in concepts[b.concept].beside:
        return False
    for one, other in _SELDOM:
        if (one in a.families and other in b.families) or (other in a.families and one in b.families):
            return True
    return False


def other_ministry(a: Title, b: Title) -> bool:
    """Whether portfolios that desks of other countries mix up are two, `b` being that of a copy of the text of `a`."""
    return a.concept == b.concept and _held(a, b) and seldom_one(a.fields, b.fields)


def other_matter(a: Title, b: Title) -> bool:
    """Whether two ministers for something that no table has share no word of it."""
    return a.concept == b.concept and bool(a.matter and b.matter) and a.matter.isdisjoint(b.matter) and _held(a, b)


def _held(a: Title, b: Title) -> bool:
    """Whether both are held now and in full, or both are callings that somebody has retired from."""
    if a.rank or b.rank:
        return False
    retired = all(CALLING in one.families and one.text.casefold().startswith("retired ") for one in (a, b))
    return retired or a.tenure == b.tenure == "now"


def _elsewhere(a: Title, b: Title) -> bool:
    """Whether each is named with places or bodies that the other is not: one may have held both."""
    return bool(a.where and b.where and not a.where & b.where)


def _ministers(a: Title, b: Title) -> bool:
    return a.concept.endswith("minister") and b.concept.endswith("minister")


def _same_concept(a: Title, b: Title) -> Relation:
    if a.fields and b.fields and a.fields != b.fields:
        return _other_fields(a, b)
    if _held(a, b) and bodies_apart(a.where, b.where):
        return "conflict"
    one_head = not a.generic or _last(a) == _last(b)
    if one_head and a.whose == b.whose and not _elsewhere(a, b):
        if {a.rank, b.rank} in ({"deputy", ""}, {"elect", ""}) and "office" in title_table().concepts[a.concept].flags:
            return "conflict"
        if {a.tenure, b.tenure} == {"former", "now"}:
            return "conflict"
    if bool(a.fields) != bool(b.fields):
        return "less_precise" if a.fields else "more_precise"
    return "same" if a.text.casefold() == b.text.casefold() else "variant"


def _last(title: Title) -> str:
    return title.text.casefold().split()[-1]


def _other_fields(a: Title, b: Title) -> Relation:
    mine, theirs = set(a.fields), set(b.fields)
    if mine < theirs:
        return "more_precise"
    if theirs < mine:
        return "less_precise"
    fields = title_table().fields
    groups = [set().union(*(fields[field] for field in side)) for side in (mine, theirs)]
    if mine & theirs or groups[0] & groups[1]:
        return "variant"
    return "conflict" if a.tenure == b.tenure and a.rank == b.rank else "unrelated"
