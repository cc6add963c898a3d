"""A person or organisation was replaced by another, or a name is misspelt.

Reports, as an error, a name of the reference whose slot holds an unrelated name (or a place) in the
version, where neither text of the pair speaks of the other's. Reports, as a warning, a name that is
one letter off (two in long names) from the name in the reference. Quiet: romanisations (Zelensky,
Zelenskyy), surname for full name, family name first, short forms and initials, acronyms, titles,
inflected and British or American spellings, single words that only open a sentence, and the
government's seat or country for a person who speaks for it.

Passes:
    reference: President Volodymyr Zelenskyy thanked Jake Sullivan on Monday.
    version: On Monday Zelensky thanked U.S. national security adviser Sullivan.
Fails:
    reference: The plan was drawn up by finance minister Olaf Scholz last week.
    version: The plan was drawn up by finance minister Peter Altmaier last week.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations

from rapidfuzz.distance import Indel

from consistency.checks._entities import Swap, Thing, slot_confidence, swaps
from consistency.facts._gazetteer import gazetteer, word_list, words
from consistency.facts._name_words import FUNCTION
from consistency.facts.name import compare, inflected, names, slip
from consistency.protocols import Context, Pair
from consistency.records import Claim, Finding, Level

ALIKE = 0.6
"""Similarity of spelling from which two names are not called different ones."""
GOVERNING = word_list("governing")
"""Bodies that a country or capital may stand for."""
TYPO_SLOT = 0.3
"""Strength of a slot from which a near miss is called a typo."""
FLOOR = 0.25
"""Below this a pair is not kept as a candidate either."""
_PARTS = 5


class _Spellings:
    """Words of one article: capitalised inside a sentence, ever in lower case, and in one name together."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.capital: set[str] = set()
        self.lower: set[str] = set()
        self.together: set[tuple[str, str]] = set()
        for claim in claims:
            for word in words(claim.text):
                if not word.capital:
                    self.lower.add(word.fold)
                elif not word.opens:
                    self.capital.add(word.fold)
            for name in names(claim.text):
                self.together |= set(permutations(name.parts[:_PARTS], 2))

    def has(self, folds: Iterable[str]) -> bool:
        """Whether the article has all these words as names or as words."""
        return all(fold in self.capital or fold in self.lower for fold in folds)


class NameCheck:
    """Names in the same slot that cannot be the same, or are misspelt."""

    id: str = "name"
    level: Level = "error"

    def check(self, context: Context) -> Iterable[Finding]:
        """Findings for each replaced or misspelt name; each article is indexed once."""
        spellings = {article: _Spellings(claims) for article, claims in context.claims.items()}
        for pair in context.pairs():
            for swap in swaps(pair.premise.text, pair.hypothesis.text):
                yield from self._judge(pair, swap, spellings)

    def _judge(self, pair: Pair, swap: Swap, spellings: Mapping[str, _Spellings]) -> Iterator[Finding]:
        one, other = swap.premise, swap.hypothesis
        if one.place is not None and other.place is not None:
            return
        mine, theirs = spellings[pair.premise.article], spellings[pair.hypothesis.article]
        typo = _misspelt(one, other, mine, theirs) if swap.strength >= TYPO_SLOT else None
        if typo:
            level: Level = "warning"
            confidence = 0.85 if theirs.has(typo[:1]) else 0.65
            message = f"The reference spells {one.text}, the version {other.text}."
        elif swap.absent and _different(one, other) and not _one_name(one, other, mine, theirs):
            level = self.level
            confidence = _confidence(swap, mine, theirs)
            message = f"The reference names {one.text}, the version names {other.text}."
        else:
            return
        if confidence < FLOOR:
            return
        yield Finding(
            check=self.id,
            level=level,
            message=message,
            confidence=confidence,
            reference=pair.premise.side(one.span),
            version=pair.hypothesis.side(other.span),
        )


def _folds(thing: Thing) -> tuple[str, ...]:
    if thing.name is not None:
        return thing.name.parts
    return tuple(word.fold for word in words(thing.text))


def _misspelt(one: Thing, other: Thing, mine: _Spellings, theirs: _Spellings) -> tuple[str, str] | None:
    """The word of the reference and its misspelling, where all other words of the name agree."""
    first, second = _folds(one), _folds(other)
    if len(first) != len(second):
        return None
    differing = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    if len(differing) != 1 or other.place is not None:
        return None
    right, wrong = differing[0]
    ordinary = {right, wrong} & (mine.lower | theirs.lower)
    camel = any(thing.text[1:] != thing.text[1:].lower() and len(first) == 1 for thing in (one, other))
    if ordinary or camel or mine.has([wrong]) or not slip(right, wrong):
        return None
    return right, wrong


def _different(one: Thing, other: Thing) -> bool:
    """Whether the two are plainly not the same, nor one standing for the other."""
    if one.name is not None and other.name is not None:
        if compare(one.name, other.name) in ("same", "variant", "typo"):
            return False
    elif _speaks(one, other) or _speaks(other, one):
        return False
    return not (_acronym(one, other) or _acronym(other, one) or _alike(one, other))


def _one_name(one: Thing, other: Thing, mine: _Spellings, theirs: _Spellings) -> bool:
    """Whether an article puts words of both into one name: Kevin and Hart, of Kevin Hart."""
    return any(
        (a, b) in spellings.together
        for spellings in (mine, theirs)
        for a in _folds(one)[:_PARTS]
        for b in _folds(other)[:_PARTS]
    )


def _speaks(place: Thing, person: Thing) -> bool:
    """Whether a country, capital or body may stand for an untitled name: the Kremlin for Putin."""
    if place.place is None or person.name is None:
        return False
    several = len(person.name.parts) > 1 and not GOVERNING.intersection(person.name.parts)
    if place.place.form == "name" and (several or person.name.titled):
        return False
    table = gazetteer()
    speaking = any(
        table.entities[one].governs or table.entities[one].kind in ("country", "area", "organisation")
        for one in place.place.ids
    )
    return speaking or place.place.form != "name"


def _acronym(short: Thing, long: Thing) -> bool:
    """Whether an acronym may stand for the other name: one of its letters begins a word of it."""
    letters = short.text.replace(".", "")
    if not (letters.isupper() and 2 <= len(letters) <= 8 and " " not in letters):
        return False
    initials = [part[0] for part in _folds(long) if part not in FUNCTION]
    shared = sum(initial in letters.casefold() for initial in initials)
    return shared > 1 or initials[:1] == [letters[0].casefold()]


def _alike(one: Thing, other: Thing) -> bool:
    """Whether a word of one is spelt much like a word of the other."""
    return any(
        a.startswith(b[:4]) or inflected(a, b) or Indel.normalized_similarity(a, b) >= ALIKE
        for a in _folds(one)[:8]
        for b in _folds(other)[:8]
        if len(a) > 3 and len(b) > 3
    )


def _confidence(swap: Swap, mine: _Spellings, theirs: _Spellings) -> float:
    """0.5 where the slot is as strong as names of these kinds need, more above, less below."""
    one, other = swap.premise, swap.hypothesis
    kinds = (_trait(one), _trait(other))
    needed = _NEEDED[min(kinds), max(kinds)]
    firm = (_firm(one, mine), _firm(other, theirs))
    doubtful = [kind for kind, sure in zip(kinds, firm, strict=True) if not sure]
    if doubtful:
        others = [kind for kind, sure in zip(kinds, firm, strict=True) if sure]
        if doubtful != ["single"] or others != ["person"]:
            return 0.0
        needed = max(needed, _OPENING)
    if swap.absent == 1:
        needed += _HALF_ABSENT
    if mine.has(_folds(other)) and theirs.has(_folds(one)):
        needed += _BOTH_KNOWN
    alike = kinds == ("person", "person") and not doubtful
    return slot_confidence(swap, min(needed, 1.0), alike=alike)


_NEEDED: dict[tuple[str, str], float] = {
    ("person", "person"): 0.45,
    ("person", "single"): 0.6,
    ("body", "person"): 0.6,
    ("body", "body"): 0.6,
    ("single", "single"): 0.75,
    ("body", "single"): 0.88,
    ("person", "place"): 0.62,
    ("body", "place"): 0.7,
    ("place", "single"): 0.85,
}
"""Strength of a slot that two things need, by what they look like; set on development sets of
honest rewordings, where a single capitalised word is often no name of the same kind."""
_OPENING = 0.6
_HALF_ABSENT = 0.25
_BOTH_KNOWN = 0.1


def _trait(thing: Thing) -> str:
    if thing.name is None:
        return "place"
    if thing.name.kind == "organisation":
        return "body"
    return "person" if thing.name.titled or len(thing.name.parts) > 1 else "single"


def _firm(thing: Thing, spellings: _Spellings) -> bool:
    """Whether the words are a name for certain, by their place or elsewhere in the article."""
    return thing.sure or (_folds(thing)[0] in spellings.capital and _folds(thing)[0] not in spellings.lower)


CHECK = NameCheck()
