"""Whether all in which two texts are at odds is a place and a wider one: in Chicago, in Illinois."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from consistency.facts._names.words import FUNCTION
from consistency.facts._places.gazetteer import words
from consistency.facts._places.waters import one_water
from consistency.facts._tokens import words as word_set
from consistency.facts.hedge import lemma
from consistency.facts.place import LOCATIVE, Place, compare, places
from consistency.records import Span

_LONGEST: Final = 4_000
"""Characters of a text beyond which it is no claim and nothing is said of it."""
_SETTLED: Final = LOCATIVE | {"at", "from", "to", "into", "towards", "toward", "via"}
_WHOLE: Final = word_set(
    "all every each no none any only alone most least first last second third record total average rate level half",
    "percent percentage share population inhabitants residents economy unemployment inflation statewide nationwide",
    "throughout across whole entire anywhere everywhere nowhere ever never more fewer less than number governor mayor",
    "capital state country city county town",
)
"""Words with which something is said of a place as a whole, and is not true of the place that holds it."""
_HIGHEST: Final = re.compile(r"%|\b[a-z]{3,12}est\b")


def held(premise: str, first: Sequence[Span], hypothesis: str, second: Sequence[Span]) -> bool:
    """Whether the two places, one holding the other, are all that these parts of two texts do not share, and both tell
    where something happened; or whether they stand in two names of one water."""
    if not first or not second or max(len(premise), len(hypothesis)) > _LONGEST:
        return False
    one, other = _only(premise, first), _only(hypothesis, second)
    if one is None or other is None or not _shared(premise, first, one, hypothesis):
        return False
    if not _shared(hypothesis, second, other, premise):
        return False
    if one_water(premise, one.span, hypothesis, other.span):
        return True
    if compare(one, other) not in ("less_precise", "more_precise"):
        return False
    return not any(_of_the_whole(text) for text in (premise, hypothesis)) and (
        _settled(premise, one) and _settled(hypothesis, other)
    )


def _only(text: str, parts: Sequence[Span]) -> Place | None:
    found = [place for place in places(text) if any(place.span.overlaps(part) for part in parts)]
    return found[0] if len(found) == 1 else None


def _shared(text: str, parts: Sequence[Span], place: Place, against: str) -> bool:
    """Whether the other text has each word of these parts, but for those of the place and such as only join."""
    there = {lemma(word.fold) for word in words(against)}
    return not any(
        word.fold not in FUNCTION and lemma(word.fold) not in there
        for word in words(text)
        if any(part.overlaps(Span(word.start, word.end)) for part in parts)
        and not place.span.overlaps(Span(word.start, word.end))
    )


def _settled(text: str, place: Place) -> bool:
    run = words(text)
    at = next((number for number, word in enumerate(run) if word.start == place.span.start), 0)
    return place.form == "name" and at > 0 and run[at - 1].fold in _SETTLED


def _of_the_whole(text: str) -> bool:
    return bool(_HIGHEST.search(text)) or any(word.fold in _WHOLE for word in words(text))
