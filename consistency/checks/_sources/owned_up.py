"""What somebody denies in the reference and admits in the version, or the other way round, in claims that stand in no
alignment: "the company denied having known of it" and "the company, which admitted that it had known of it".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator
from typing import Final, NamedTuple

from consistency.checks._sources.speech import Told, Voices, shared
from consistency.facts.polarity import negations
from consistency.facts.reported import Force
from consistency.facts.source import plain, stand

_OPPOSITE: Final[dict[Force, Force]] = {"deny": "confirm", "confirm": "deny"}
_CUES: Final[dict[Force, re.Pattern[str]]] = {
    "deny": re.compile(r"den[iy]|refut", re.IGNORECASE),
    "confirm": re.compile(r"confirm|admi|acknowledg|conce|confess|reveal|revel|disclos", re.IGNORECASE),
}
"""What every text of that force holds: few articles do, and to read who says what costs more than to look."""
_SHARED: Final = 0.75
"""Share of the shorter's words that tell of one thing."""
_MOST: Final = 30
"""Denials, and admissions, of one article that are looked at."""


class Reversed(NamedTuple):
    """Two statements by the index of their claims; spans in offsets of the claim."""

    there: int
    here: int
    one: Told
    other: Told


def reversed_elsewhere(reference: Voices, version: Voices, together: Container[tuple[str, str]]) -> Iterator[Reversed]:
    """Pairs of a denial and an admission of one thing by one source; `together` are the claims that are aligned."""
    asked = [(one, other) for one, other in _OPPOSITE.items() if _may(reference, one) and _may(version, other)]
    if not asked:
        return
    theirs, ours = _by_force(reference), _by_force(version)
    for force, opposite in asked:
        for there, one in theirs[force]:
            for here, other in ours[opposite]:
                if (reference.claims.all[there].id, version.claims.all[here].id) in together:
                    continue
                if (
                    _one_thing(one, other)
                    and not any(_one_thing(known, other) for _, known in theirs[opposite])
                    and not any(_one_thing(one, known) for _, known in ours[force])
                ):
                    yield Reversed(there, here, one, other)


def _may(voices: Voices, force: Force) -> bool:
    return any(_CUES[force].search(claim.text) for claim in voices.claims.all)


def _by_force(voices: Voices) -> dict[Force, list[tuple[int, Told]]]:
    found: dict[Force, list[tuple[int, Told]]] = defaultdict(list)
    for index, claim in enumerate(voices.claims.all):
        for told in voices.speech(index).told:
            some = found[told.frame.force]
            fits = told.frame.force in _OPPOSITE and plain(told.frame.source) and len(some) < _MOST
            if fits and not _negated(claim.text, told):
                some.append((index, told))
    return found


def _negated(text: str, told: Told) -> bool:
    """Whether a negation stands in what is said, which turns it once more."""
    return any(negations(text[part.start : part.end], "") for part in told.frame.content)


def _one_thing(one: Told, other: Told) -> bool:
    same = stand(one.frame.source, other.frame.source) == "same"
    return same and shared(one.content, other.content) >= _SHARED
