"""What a name looks like, and whether a country, capital or body may stand for one who speaks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from consistency.checks._names.entities import Thing
from consistency.facts._names.words import FUNCTION
from consistency.facts._places.gazetteer import Word, gazetteer, word_list, words
from consistency.facts.hedge import lemma
from consistency.facts.kin import common
from consistency.facts.name import title_case
from consistency.facts.place import LOCATIVE, mentions

GOVERNING = word_list("governing")
"""Bodies that a country or capital may stand for."""


def trait(thing: Thing) -> str:
    """What a thing looks like: a place, an acronym, another body, a person by more than one word, a single word."""
    if thing.name is None:
        return "place"
    if thing.name.kind == "organisation":
        return "acronym" if thing.name.sure and len(thing.name.parts) == 1 else "body"
    return "person" if thing.name.titled or len(thing.name.parts) > 1 else "single"


def phrase(text: str, thing: Thing) -> bool:
    """Whether a name of a headline with capitals throughout is made of words that name nobody: "Means For The World",
    "Argentina Slows"."""
    if thing.name is None or (len(thing.name.parts) == 1 and not FUNCTION.intersection(thing.name.parts)):
        return False
    run = words(text)
    if not thing.name.sure and title_case(run) and not FUNCTION.isdisjoint(thing.name.parts):
        return True
    if thing.name.kind == "organisation" or thing.name.titled or not _capitals(run):
        return False
    return all(common(lemma(part)) or gazetteer().begins(part) for part in thing.name.parts)


def _capitals(run: Sequence[Word]) -> bool:
    """Whether all longer words of a text but a few have capitals, as in the headlines of some papers."""
    long = [word.capital for word in run if len(word.text) > _SMALL and word.text[0].isalpha()]
    return len(long) > 3 and sum(long) >= len(long) - 1


_SMALL = 3
"""Letters of the words that such a headline writes without a capital: of, the, and."""


def speaks(place: Thing, person: Thing, texts: tuple[str, str]) -> bool:
    """Whether a country, capital or body may stand for an untitled name: the Kremlin for Putin.

    Not where the name is known for a place too, is an acronym, or where either stands as a place does.
    """
    if place.place is None or person.name is None:
        return place.place is None and person.place is None and any(_seat(text, place) for text in texts)
    several = len(person.name.parts) > 1 and not GOVERNING.intersection(person.name.parts)
    if place.place.form == "name" and (several or person.name.titled or trait(person) in ("body", "acronym")):
        return False
    if place.place.form == "adjective" and several:
        return False
    if any(_settled(text, thing) or _known_place(text, thing) for text in texts for thing in (place, person)):
        return False
    if before(texts, person)[-1:] == ["the"] or _attributive(texts, place, person):
        return False
    table = gazetteer()
    speaking = any(
        table.entities[one].governs or table.entities[one].kind in ("country", "area", "organisation")
        for one in place.place.ids
    )
    return speaking or place.place.form != "name"


def before(texts: Iterable[str], thing: Thing) -> list[str]:
    """The words just before a thing, in lower case, in the text it is of."""
    for text in texts:
        if text.startswith(thing.text, thing.span.start):
            run = _BEFORE.findall(text, max(0, thing.span.start - 40), thing.span.start)
            return [word.casefold() for word in run]
    return []


def _settled(text: str, thing: Thing) -> bool:
    """Whether a thing stands where only a place can: in X, the village of X, a flight to X."""
    run = [word for word in before((text,), thing) if word != "the"]
    if run[-1:] and run[-1] in LOCATIVE - {"around"}:
        return True
    return len(run) > 1 and run[-1] in ("of", "to", "from") and run[-2] in _SITES


def _attributive(texts: tuple[str, str], one: Thing, other: Thing) -> bool:
    """Whether both stand before one noun that a government has none of: X tourists."""
    nouns = {
        after[1]
        for thing in (one, other)
        for text in texts
        if text.startswith(thing.text, thing.span.start) and (after := NEXT.match(text, thing.span.end))
    }
    return len(nouns) == 1 and nouns <= _CROWDS


NEXT = re.compile(r" ([a-z]+)")
"""The word in lower case behind a name."""
_CROWDS = frozenset("tourists fighters rates fans players league team website users customers shares stocks".split())
_BEFORE = re.compile(r"[^\W_]+")
_SITES = frozenset(
    "village town city island capital port direction coast flight way trip journey border east west north south"
    " suburb district streets outskirts".split()
)


def _seat(text: str, thing: Thing) -> bool:
    """Whether a doubtful name is also one for a government: Washington."""
    table = gazetteer()
    spans = (
        place for place in mentions(text) if place.span == thing.span and text.startswith(thing.text, thing.span.start)
    )
    return any(table.entities[one].governs for place in spans for one in place.ids)


def _known_place(text: str, thing: Thing) -> bool:
    """Whether a doubtful name is a place of the table too."""
    return thing.name is not None and any(place.span == thing.span for place in mentions(text))
