"""Pronouns of two texts that tell of one person by name and of nobody else, so that each can mean that person alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final, NamedTuple

from consistency.facts._names.words import FUNCTION
from consistency.facts._places.gazetteer import words as gazetteer_words
from consistency.facts._pronouns import words as lists
from consistency.facts._pronouns.slots import Word, sex, words
from consistency.facts._sources.speakers import speakers, speaking
from consistency.facts._tokens import words as word_set
from consistency.facts.hedge import lemma
from consistency.facts.kin import common
from consistency.facts.name import Name, names, variant
from consistency.facts.place import LOCATIVE
from consistency.facts.title import loose, titled
from consistency.records import Span

_PRONOUNS: Final = lists.HE | lists.SHE
_NAMES: Final = 12
"""Names of a text that are looked at; one of more tells of others, too."""
_ALIKE: Final = 3
"""Words besides function words and the name that two texts must share to tell of one thing."""
_TITLES: Final = 6
"""Titles of a text beyond which it tells of others, too."""
_SETTLED: Final = LOCATIVE | {"at", "from", "to", "of"}
"""Words before a name that is that of a place."""
_OTHERS: Final = lists.TWOS | word_set(
    "suspect victim patient passenger driver person child baby toddler infant teenager kid customer client voter",
    "witness defendant survivor stranger visitor guest relative parent prisoner inmate hostage migrant refugee",
    "attacker gunman shooter killer thief burglar kidnapper somebody someone who whom whose another colleague",
    "successor predecessor follower opponent candidate employee worker boss owner tenant guardian couple dog cat horse",
)
"""Words for one more person, or for an animal, whom a pronoun may mean."""


class Sole(NamedTuple):
    """The pronouns of either text; `said` where the one who is named says it of himself or herself."""

    premise: tuple[Span, ...]
    hypothesis: tuple[Span, ...]
    said: bool


def sole(premise: str, hypothesis: str) -> Sole | None:
    """Pronouns of one sex in one text and of the other in the other where both tell of one person only."""
    told = words(premise), words(hypothesis)
    pronouns = [[word for word in some if word.fold in _PRONOUNS] for some in told]
    sexes = [{sex(word.fold) for word in some} for some in pronouns]
    if any(len(some) != 1 for some in sexes) or sexes[0] == sexes[1] or any(map(_somebody_else, told)):
        return None
    texts = premise, hypothesis
    places = _places(premise) | _places(hypothesis)
    one, other = (_person(text, places) for text in texts)
    if one is None or other is None or not (one.parts == other.parts or variant(one.parts, other.parts)):
        return None
    if "person" not in (one.kind, other.kind):
        return None
    given = _given(premise) | _given(hypothesis)
    if max(len(one.parts), len(other.parts)) < 2 or any(_other_titles(text, given) for text in texts):
        return None
    if len(_telling(told[0], one) & _telling(told[1], other)) < _ALIKE:
        return None
    said = all(_of_oneself(text, some, person) for text, some, person in zip(texts, told, (one, other), strict=True))
    first, second = (tuple(word.span for word in some) for some in pronouns)
    return Sole(first, second, said)


def _somebody_else(told: Sequence[Word]) -> bool:
    """Whether a word of the text tells of one more man, woman, child or animal."""
    return any(word.fold in _OTHERS or (sex(word.fold) and word.fold not in _PRONOUNS) for word in told)


def _places(text: str) -> set[tuple[str, ...]]:
    """Names that stand where a place does: in Dompu."""
    run = gazetteer_words(text)
    before = {word.start: run[at - 1].fold for at, word in enumerate(run) if at}
    found = (name for name in islice(names(text), _NAMES) if before.get(name.span.start) in _SETTLED)
    return {name.parts for name in found if len(name.parts) == 1 and not name.titled}


def _person(text: str, places: set[tuple[str, ...]]) -> Name | None:
    """The only one whom a text names, were it by the surname alone; None where it names several, or nobody."""
    found = [name for name in islice(names(text), _NAMES + 1) if name.kind != "organisation"]
    found = [name for name in found if name.parts not in places and not all(map(common, name.parts))]
    if len({name.parts for name in found}) != 1 or not found[0].sure:
        return None
    return found[0] if found[0].kind == "person" or len(found[0].parts) == 1 else None


def _given(text: str) -> set[str]:
    """The titles that the text gives to those whom it names."""
    return {one.title.concept for one in titled(text)}


def _other_titles(text: str, given: set[str]) -> bool:
    """Whether an office, calling or relation is told that may be somebody else's."""
    return len(given) > _TITLES or any(title.concept not in given for title in loose(text))


def _telling(told: Sequence[Word], person: Name) -> set[str]:
    found = {lemma(word.fold) for word in told if word.fold not in FUNCTION and word.fold not in _PRONOUNS}
    own = {lemma(part) for part in person.parts} | set(person.parts)
    return {word for word in found if word[0].isalnum() and len(word) > 1} - own - speaking()


def _of_oneself(text: str, told: Sequence[Word], person: Name) -> bool:
    """Whether the one who is named says something of "he" or "she": "Lea Hart said (that) she had", and nobody else
    says it.
    """
    if [name.span for name in speakers(text)] != [person.span]:
        return False
    for at, word in enumerate(told):
        if word.fold not in {"he", "she"} or word.span.start < person.span.end:
            continue
        before = at - 2 if at > 1 and told[at - 1].fold == "that" else at - 1
        if before >= 0 and lemma(told[before].fold) in speaking():
            return True
    return False
