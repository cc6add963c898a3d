"""Another person of the story, told by what he is: "they carried the guide", where the reference has the doctor.

A story that introduces "doctor Hana Vrba" and "Reto Zumal, a guide," means these two by "the doctor" and "the guide". A
word that it says of two people, or with "a" of somebody without a name, tells nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from consistency.facts._kept import kept
from consistency.facts._lists import word_set
from consistency.facts._roles import words as lists
from consistency.facts._roles.read import Role, roles
from consistency.facts._roles.words import Slot
from consistency.facts.name import names
from consistency.facts.title import loose, titled
from consistency.records import Span

_MOST: Final = 2_000
"""Characters of a text beyond which it is no claim."""
_ALSO: Final = (
    "guide climber hiker skier trainer tutor hostage inmate prisoner widow widower tenant owner founder inventor winner"
    " suspect victim defendant accused survivor patient passenger student pupil apprentice intern volunteer worker"
)
"""What people are besides their offices and callings."""
_NAME: Final = r"[A-Z][\w’'-]+ [A-Z][\w’'-]+"
_INTRODUCED: Final = re.compile(
    rf"\b(?P<before>{'|'.join(_ALSO.split())}) (?={_NAME})"
    rf"|(?<=[\w’'-]), (?:\d\d?, )?(?:an?|the) (?:[\w’'-]+ ){{0,3}}?(?P<behind>{'|'.join(_ALSO.split())})\b"
)
_SOMEBODY: Final = re.compile(r"\b(?:an?|another|one|two|other) (?:[\w’'-]+ ){0,2}\Z", re.IGNORECASE)
_ANYBODY: Final = re.compile(rf"\b(?i:an?|another|one) (?:[\w’'-]+ ){{0,2}}?(?P<who>{'|'.join(_ALSO.split())})\b")
_THE: Final = re.compile(r"\bthe (?:[A-Z]\w+ )?\Z", re.IGNORECASE)
_BACK: Final = 40
_PARTS: Final = word_set("agent patient giver taker of 's to from for against")
"""Parts of a frame that one person alone fills."""
_EVEN: Final = lists.SYMMETRIC | lists.SYMMETRIC_NOUNS | lists.TOGETHER | lists.SPEECH
_WORD: Final = re.compile(r"[^\W\d_]+")


class People(NamedTuple):
    """Whom a story means: the last name by what he is called, and all that the reference tells of whom."""

    called: Mapping[str, str]
    told: frozenset[tuple[Slot, str]]


def acquainted(reference: Iterable[str], version: Iterable[str]) -> People:
    """The people of a story, by both its articles. Cost linear in the texts."""
    found: dict[str, set[str]] = defaultdict(set)
    ours = [text for text in reference if len(text) <= _MOST]
    for text in (*ours, *(text for text in version if len(text) <= _MOST)):
        for word, last in _introduced(text):
            found[word].add(last)
    called = {word: next(iter(lasts)) for word, lasts in found.items() if len(lasts) == 1 and "" not in lasts}
    told = frozenset((role.slot, who) for text in ours for role in roles(text) if (who := _who(text, role, called)))
    return People(called, told)


def other_person(premise: str, hypothesis: str, people: People) -> tuple[Span, Span] | None:
    """Whom the premise and whom the hypothesis has in one and the same place; none where either text tells of both."""
    if max(len(premise), len(hypothesis)) > _MOST:
        return None
    here, there = _seats(premise, people.called), _seats(hypothesis, people.called)
    for slot in here.keys() & there.keys():
        (one, who), (other, whom) = here[slot], there[slot]
        if not who or not whom or who == whom or (slot, whom) in people.told or one.kind == other.kind == "name":
            continue
        if not _names(hypothesis, who, people.called) and not _names(premise, whom, people.called):
            return one.span, other.span
    return None


def in_question(premise: str, hypothesis: str) -> bool:
    """Whether any place is filled otherwise, and not by two names: asked before the people are looked up."""
    if max(len(premise), len(hypothesis)) > _MOST:
        return False
    here, there = _seats(premise, {}), _seats(hypothesis, {})
    return any(
        here[slot][0].words[-1].casefold() != there[slot][0].words[-1].casefold()
        and not here[slot][0].kind == there[slot][0].kind == "name"
        for slot in here.keys() & there.keys()
    )


def _seats(text: str, called: Mapping[str, str]) -> dict[Slot, tuple[Role, str]]:
    """Who stands where, of places with one thing each."""
    found: dict[Slot, tuple[Role, str]] = {}
    for role in roles(text):
        if role.slot.part in _PARTS and role.slot.frame not in _EVEN:
            found[role.slot] = (role, "" if role.slot in found else _who(text, role, called))
    return found


def _who(text: str, role: Role, called: Mapping[str, str]) -> str:
    """The last name of the one whom a thing is."""
    last = role.words[-1].casefold()
    if role.kind == "name":
        return last if last in called.values() else ""
    alone = (
        role.kind == "noun" and len(role.words) <= 2 and _THE.search(text, max(0, role.span.start - _BACK), _head(role))
    )
    return called.get(last, "") if alone else ""


def _head(role: Role) -> int:
    """Where the last word of a thing begins."""
    return role.span.end - len(role.words[-1])


def _names(text: str, who: str, called: Mapping[str, str]) -> bool:
    return any(word == who or called.get(word) == who for word in map(str.casefold, _WORD.findall(text)))


@kept
def _introduced(text: str) -> tuple[tuple[str, str], ...]:
    """What people are called and the last name of each; none where it is somebody without a name."""
    return tuple(_introductions(text))


def _introductions(text: str) -> Iterator[tuple[str, str]]:
    lasts = {name.span.start: _last(name.text) for name in names(text) if len(name.parts) > 1 and name.kind == "person"}
    ends = {name.span.end: _last(name.text) for name in names(text) if len(name.parts) > 1 and name.kind == "person"}
    given = set[int]()
    for one in titled(text):
        if one.name.span.start in lasts and "kin" not in one.title.families:
            given.add(one.title.span.end)
            yield _last(one.title.text), _last(one.name.text)
    for title in loose(text):
        if title.span.end not in given and _SOMEBODY.search(text, max(0, title.span.start - _BACK), title.span.start):
            yield _last(title.text), ""
    for match in _INTRODUCED.finditer(text):
        at = match.end() if match["before"] else match.start()
        last = (lasts if match["before"] else ends).get(at)
        if last is not None:
            given.add(match.end())
            yield match[match.lastgroup or 0].casefold(), last
    for match in _ANYBODY.finditer(text):
        if match.end() not in given and match.end() + 1 not in given:
            yield match["who"].casefold(), ""


def _last(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1].casefold()
