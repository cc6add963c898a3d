"""Names that are spelt as another language would spell them, where nothing is transliterated: Ravn, Rawn.

Who writes of a Russian or an Arab chooses the letters; a Dane spells her own name. So a surname in other letters of one
sound is another spelling only where the reference tells of a country that writes in another script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from consistency.facts._names.words import NICKNAMES
from consistency.facts._spelling import SHORTEST_TYPO, romanised, sounds_alike
from consistency.facts.name import Name, names
from consistency.facts.place import mentions
from consistency.records import Claim

_OTHER_SCRIPTS: Final = frozenset(
    "AE AF AM AZ BA BD BG BH BT BY CN CY DJ DZ EG ER ET GE GR HK IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA ME"
    " MK MM MN MO MR MV NP OM PK PS QA RS RU SA SD SO SY TH TJ TM TN TW UA UZ XK YE".split()
)
"""Countries whose names are transliterated, or were within living memory."""
_LETTERS: Final = frozenset(map(frozenset, ("vw", "ck", "iy", "sz")))
"""Letters that languages in Latin script exchange."""
_UNHEARD: Final = re.compile(r"(?<=[^cps])h(?=[^aeiouy]|$)|(?<=t)h|(.)(?=\1)")
_SEVERAL: Final = 2
"""Versions with the spelling of the reference from which another is that of one version alone."""
_MOST: Final = 200
"""Full names of an article that are looked at."""


class Respelt(NamedTuple):
    """A full name in the first claim of either article that has it."""

    there: Claim
    one: Name
    here: Claim
    other: Name


def respelt(
    reference: Sequence[Claim], version: Sequence[Claim], spread: Mapping[tuple[str, ...], int]
) -> Iterator[Respelt]:
    """People one word of whose name the reference spells in one way only, and the version in another only. `spread`
    counts the versions that have a name: where several have that of the reference, and this one alone the other, any
    spelling that sounds alike is wrong."""
    both = reference, version
    theirs, ours = map(full, both)
    known, used = ({part for claim in some for name in names(claim.text) for part in name.parts} for some in both)
    fresh = [parts for parts in ours if not known.issuperset(parts)]
    if not fresh or not _in_latin(reference):
        return
    by_rest: dict[tuple[int, tuple[str, ...]], list[tuple[str, ...]]] = {}
    for parts in theirs:
        for at in range(len(parts)):
            by_rest.setdefault((at, parts[:at] + parts[at + 1 :]), []).append(parts)
    for parts in fresh:
        for at in range(len(parts)):
            for right in by_rest.get((at, parts[:at] + parts[at + 1 :]), ()):
                if right[at] in used or parts[at] in known:
                    continue
                alone = spread.get(right, 0) >= _SEVERAL and spread.get(parts, 0) <= 1
                surname = at == len(parts) - 1
                if (surname and _other_letters(right[at], parts[at])) or (alone and _sounds(right[at], parts[at])):
                    yield Respelt(*theirs[right], *ours[parts])


def _sounds(a: str, b: str) -> bool:
    """Whether two words are one letter apart and sound alike, and neither is a short form of the other."""
    if not (a.isalpha() and b.isalpha()) or OSA.distance(a, b, score_cutoff=1) != 1:
        return False
    if _bare(a) == _bare(b):
        return True
    return NICKNAMES.get(a, a) != NICKNAMES.get(b, b) and (romanised(a) == romanised(b) or sounds_alike(a, b))


def _bare(word: str) -> str:
    """A word without the letters that are not heard: Jon, John; Sara, Sarah; Ana, Anna."""
    return _UNHEARD.sub("", word)


def full(claims: Sequence[Claim]) -> dict[tuple[str, ...], tuple[Claim, Name]]:
    """The full names of people, each with the first claim that has it."""
    found: dict[tuple[str, ...], tuple[Claim, Name]] = {}
    for claim in claims:
        for name in names(claim.text):
            if name.kind == "person" and name.sure and 2 <= len(name.parts) <= 3 and len(found) < _MOST:
                found.setdefault(name.parts, (claim, name))
    return found


def _in_latin(claims: Sequence[Claim]) -> bool:
    """Whether all countries of an article write in Latin letters, and it tells of one."""
    countries = {place.country for claim in claims for place in mentions(claim.text)}
    return bool(countries - {""}) and "" not in countries and not countries & _OTHER_SCRIPTS


def _other_letters(a: str, b: str) -> bool:
    """Whether one word is the other but for one letter of the same sound."""
    if len(a) != len(b) or len(a) < SHORTEST_TYPO - 1 or NICKNAMES.get(a, a) == NICKNAMES.get(b, b):
        return False
    differing = [frozenset(pair) for pair in zip(a, b, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and differing[0] in _LETTERS
