"""A person or organisation was replaced by another, or a name is misspelt.

Reports, as an error, a name of the reference whose slot holds an unrelated name (or a place) in the version, where
neither text of the pair speaks of the other's, or a person whose first name was exchanged, or whose surname was (Anna
Lorenz, Anna Vidal), where neither article tells of the other elsewhere; and, where the model agrees, one of two people
or bodies of the story, both known by their full names, for the other, and the only place of a reworded sentence for
another. Where the slot alone does not tell, the model may tip the scales. Reports, as a warning, a name that is one
letter off (two in long names) from the name in the reference: in a sentence that is copied, of a surname beside the
same first name where it is no transliteration, where the version spells it right elsewhere, or where several other
versions spell it as the reference does and this one alone as it sounds. Quiet: romanisations (Zelensky,
Zelenskyy), names of one place in several languages (Danube, Donau), another transliteration in a sentence written anew,
surname for full name, family name first, short forms and initials, acronyms, titles, inflected and British or American
spellings, single words that only open a sentence, one example for another ("such as"), the government's seat or country
for a person who speaks for it, the American state behind a town, and who took a picture.

Passes:
    reference: President Volodymyr Zelenskyy thanked Jake Sullivan on Monday.
    version: On Monday Zelensky thanked U.S. national security adviser Sullivan.
Fails:
    reference: The plan was drawn up by finance minister Olaf Scholz last week.
    version: The plan was drawn up by finance minister Peter Altmaier last week.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from consistency.checks._belief import trust
from consistency.checks._names.different import attributive, different, kind_alone, share_a_name
from consistency.checks._names.entities import Swap, Thing, slot_confidence, spelt_out, swaps
from consistency.checks._names.known_apart import (
    PRONOUNS,
    SLOT,
    bodies_apart,
    full_apart,
    known_apart,
    stands_for,
    taken_for,
)
from consistency.checks._names.metonym import NEXT, before, phrase, speaks, trait
from consistency.checks._names.misspelt import converted, copied, folds, in_copy, misspelt, one_name
from consistency.checks._names.placed import elsewhere, in_its_state
from consistency.checks._names.respelt import Respelt, full, respelt
from consistency.checks._names.spellings import Spellings
from consistency.checks._names.water import exchanged_water
from consistency.facts._places.gazetteer import words
from consistency.facts._sources.speakers import speakers
from consistency.facts._spelling import faint
from consistency.facts.hedge import lemma
from consistency.facts.kin import common
from consistency.facts.name import acting, does, own_parts, surname_exchanged
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level, Passage, mutual_contradiction

TYPO_SLOT = 0.3
"""Strength of a slot from which a near miss is called a typo."""
_RESPELT = 0.6
"""How sure it is that a name is misspelt that has another letter for one sound."""
FLOOR = 0.25
"""Below this a pair is not kept as a candidate either."""

_PARTY = re.compile(
    r"[DRI]-(?:[A-Z]{2}|Ala|Alaska|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Hawaii|Idaho|Ill|Ind|Iowa|Kan|Kans|Ky|La|Maine"
    r"|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Ohio|Okla|Ore|Pa|Tenn|Tex|Texas|Utah|Va|Vt|Wash|Wis|Wyo)"
)
"""Party and state of a member of the American Congress, which name nobody: "D-Ohio"."""


def _other_name(one: Thing, other: Thing, mine: Spellings) -> bool:
    """Whether the version's name, which the reference has elsewhere, may be another name for what stands here: a
    nickname, a role, a first name. Of two full names neither is."""
    return mine.tells_of(folds(other)) and {trait(one), trait(other)} != {"person"}


class NameCheck:
    """Names in the same slot that cannot be the same, or are misspelt."""

    id: str = "name"
    level: Level = "error"

    def check(self, context: Context) -> Iterable[Finding]:
        """Findings for each replaced or misspelt name; each article is indexed once, when it is first asked for."""
        spellings = cache(lambda article: Spellings(context.claims[article]))
        for pair in context.pairs():
            left = swaps(pair.premise.text, pair.hypothesis.text)
            wet = exchanged_water(pair) if left else None
            for swap in left:
                if wet is None or wet.confidence < _BY_ITSELF or not swap.premise.span.overlaps(wet.premise.span):
                    yield from self._judge(pair, swap, spellings)  # of two waters the check `place` tells
        reference = context.claims.get(context.story.reference, ())
        versions = [context.claims.get(version.id, ()) for version in context.story.versions]
        spread = Counter(parts for claims in versions for parts in full(claims)) if len(versions) > 1 else {}
        for claims in versions:
            for found in respelt(reference, claims, spread):
                yield self._respelt(found)

    def _respelt(self, found: Respelt) -> Finding:
        one, other = Passage.of((found.there,)), Passage.of((found.here,))
        return Finding(
            check=self.id,
            level="warning",
            message=f"The reference spells {found.one.text}, the version {found.other.text}.",
            confidence=_RESPELT,
            reference=one.side(found.one.span),
            version=other.side(found.other.span),
        )

    def _judge(self, pair: Pair, swap: Swap, spellings: Callable[[str], Spellings]) -> Iterator[Finding]:
        one, other = swap.premise, swap.hypothesis
        if one.place is not None and other.place is not None:
            return
        texts = pair.premise.text, pair.hypothesis.text
        if any(map(phrase, texts, (one, other))) or any(map(_party, (one, other))) or converted(texts, swap):
            return
        mine, theirs = spellings(pair.premise.article), spellings(pair.hypothesis.article)
        typo = misspelt(one, other, mine, theirs)
        if typo and swap.strength < TYPO_SLOT and not one_name(swap, typo):
            typo = None
        slipped = typo is not None and theirs.has(typo[:1])  # the version knows how the name is spelt
        if typo and not slipped and not (in_copy(pair, swap, typo) if faint(*typo) else copied(pair, swap, typo)):
            return
        if typo:
            level: Level = "warning"
            confidence = 0.85 if slipped else 0.65
            message = f"The reference spells {one.text}, the version {other.text}."
        elif swap.absent and _another(pair, swap, mine, theirs):
            level = self.level
            confidence = _confidence(swap, (mine, theirs), texts)
            if confidence < _BY_ITSELF and (_told_who(pair, swap, mine) or _brought_in(swap, mine)):
                return
            confidence = _believed(confidence, pair, swap)
            if known_apart(one, other, mine.people) or full_apart(swap):
                confidence = max(confidence, stands_for(pair, swap, full=full_apart(swap)))
            confidence = max(confidence, elsewhere(pair, swap, mine, theirs))
            if bodies_apart(swap, mine.bodies):
                free = pair.alignment.similarity < COPIED  # a body may speak and act for another
                confidence = taken_for(pair) if free else max(confidence, taken_for(pair))
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


def _another(pair: Pair, swap: Swap, mine: Spellings, theirs: Spellings) -> bool:
    """Whether the version's name is plainly not that of the reference, nor another name for the same."""
    one, other = swap.premise, swap.hypothesis
    if not different(one, other) or share_a_name(one, other, mine, theirs):
        return False
    if spelt_out(other.text, pair.premise.text) or spelt_out(one.text, pair.hypothesis.text):
        return False
    texts = pair.premise.text, pair.hypothesis.text
    if attributive(texts, (one, other)) or kind_alone(texts, (one, other)):
        return False
    if in_its_state(pair, swap) or _source_alone(texts, (one, other)) or _told_elsewhere(pair, swap, mine, theirs):
        return False
    if pair.alignment.similarity >= COPIED or known_apart(one, other, mine.people) or bodies_apart(swap, mine.bodies):
        return True
    return not _other_name(one, other, mine)


def _told_elsewhere(pair: Pair, swap: Swap, mine: Spellings, theirs: Spellings) -> bool:
    """Whether either article tells elsewhere of one of two people of the same first name, or a text of another name of
    somebody's: there may be two, or one who bore both names. In a copy one stands for the other all the same."""
    one, other = swap.premise.name, swap.hypothesis.name
    if one is None or other is None or pair.alignment.similarity >= COPIED or not surname_exchanged(one, other):
        return False
    if any(_BORE.search(text) for text in (pair.premise.text, pair.hypothesis.text)):
        return True
    first, second = own_parts(one, other)
    return not mine.capital.isdisjoint(second) or not theirs.capital.isdisjoint(first)


_BORE = re.compile(
    r"\b(?:n[ée]e|born|maiden|(?:re)?marr(?:y|ied|iage)|husband|wife|widow|divorced?|formerly|known as|aka|alias"
    r"|renamed|pseudonym|(?:real|stage|pen|birth) name)\b",
    re.IGNORECASE,
)
"""What is said where somebody has two surnames."""


def _told_who(pair: Pair, swap: Swap, mine: Spellings) -> bool:
    """Whether the version says by name whom the reference means by a pronoun: another who is known to the article,
    while the one whose place he seems to take is told of in both ("her trainer, Ana Rey, bought it; Rey says so" and
    "Ana Rey says that she bought it for Lena Holt")."""
    one, other = swap.premise, swap.hypothesis
    if swap.absent != 1:
        return False
    own, told = ({word.fold for word in words(side.text)} for side in (pair.premise, pair.hypothesis))
    known = mine.tells_of(folds(other)) and own.isdisjoint(folds(other))
    return known and folds(one)[-1] in told and not own.isdisjoint(PRONOUNS)


def _brought_in(swap: Swap, mine: Spellings) -> bool:
    """Whether the version tells of one of whom the reference tells elsewhere, in a place that is hardly the same."""
    return swap.strength < SLOT and mine.tells_of(folds(swap.hypothesis))


def _party(thing: Thing) -> bool:
    return _PARTY.fullmatch(thing.text) is not None


def _confidence(swap: Swap, spellings: tuple[Spellings, Spellings], texts: tuple[str, str]) -> float:
    """0.5 where the slot is as strong as names of these kinds need, more above, less below."""
    mine, theirs = spellings
    things = one, other = swap.premise, swap.hypothesis
    kinds = (trait(one), trait(other))
    need = _NEEDED[min(kinds), max(kinds)]
    needed = need.strength
    firm = (_firm(one, mine), _firm(other, theirs))
    doubtful = [side for side, sure in enumerate(firm) if not sure and not _generic(things[side])]
    if doubtful:
        if any(_word(texts[side], things[side]) for side in doubtful):
            return 0.0
        acting = all(_acts(texts[side], things[side], spellings[side]) for side in doubtful)
        others = [kind for kind, sure in zip(kinds, firm, strict=True) if sure]
        if not acting and ([kinds[side] for side in doubtful] != ["single"] or others != ["person"]):
            return 0.0
        needed = max(needed, _OPENING if not acting or others == ["person"] else _ACTING)
    if swap.absent == 1:
        needed += _HALF_ABSENT
    if mine.has(folds(other)) and theirs.has(folds(one)):
        needed += _BOTH_KNOWN
    if all(before((text,), thing)[-2:] in _EXAMPLES for text, thing in zip(texts, things, strict=True)):
        return min(_GENERIC, slot_confidence(swap, min(needed, 1.0), lone=need.lone))
    if any(_borne(text, thing) for text, thing in zip(texts, things, strict=True)):
        return 0.0
    if _generic(one) or _generic(other):
        return min(_GENERIC, slot_confidence(swap, _OPENING, lone=_LONE_BODY))
    lone = need.lone if not doubtful or len(doubtful) == 2 else 0.0
    if swap.alone >= _SAME_WORDS and all(_speaking(text, thing) for text, thing in zip(texts, things, strict=True)):
        swap = swap._replace(strength=max(swap.strength, _SPEAKING), rival=0.0)
    found = slot_confidence(swap, min(needed, 1.0), lone=lone)
    return min(found, _METONYM) if speaks(one, other, texts) or speaks(other, one, texts) else found


def _speaking(text: str, thing: Thing) -> bool:
    """Whether a thing is who says something: "X said", "said X", wherever the quotation stands."""
    after = NEXT.match(text, thing.span.end)
    if after is not None and after[1] in _SAID:
        return True
    return before((text,), thing)[-1:] in [[cue] for cue in _SAID]


def _source_alone(texts: tuple[str, str], things: tuple[Thing, Thing]) -> bool:
    """Whether only one of two is whom the sentence goes back to ("according to X"), and the other says nothing."""
    runs = (
        [word for word in before((text,), thing) if word not in _OWNING]
        for text, thing in zip(texts, things, strict=True)
    )
    credited = [run[-2:] == ["according", "to"] for run in runs]
    if credited[0] == credited[1]:
        return False
    text, thing = (texts[0], things[0]) if credited[1] else (texts[1], things[1])
    return not _speaking(text, thing) and all(name.span != thing.span for name in speakers(text))


_OWNING = frozenset(["the", "a", "an", "my", "our"])
_SAID = frozenset("said says say added adds noted notes explained explains wrote writes continued emphasised".split())
_SPEAKING = 0.6
_SAME_WORDS = 0.6


_EXAMPLES = (["such", "as"], ["such", "the"], ["as", "the"])
"""What goes before one example of several, where another may be named just as well."""


def _generic(thing: Thing) -> bool:
    """Whether a name is one word for a body of many countries: the Senate."""
    return thing.name is not None and not thing.name.sure and trait(thing) == "body"


def _word(text: str, thing: Thing) -> bool:
    """Whether what opens a sentence is a word of the language and does nothing: "Outdated piping was"; not "Chambers
    had", nor a title in quotation marks."""
    if len(thing.folds) > 1 or not common(lemma(thing.folds[0])) or text[: thing.span.start].endswith(_QUOTES):
        return False
    after = _BEHIND.match(text, thing.span.end)
    return after is not None and thing.name is not None and not (does(after[1]) or acting(text, thing.name))


def _acts(text: str, thing: Thing, spellings: Spellings) -> bool:
    """Whether a word at the start of a sentence is a name by what it does, and the article has no such word."""
    return thing.name is not None and acting(text, thing.name) and thing.name.parts[0] not in spellings.lower


def _borne(text: str, thing: Thing) -> bool:
    """Whether a name only says where someone is from: the Venango County man."""
    if not text.startswith(thing.text, thing.span.start):
        return False
    after = NEXT.match(text, thing.span.end)
    return after is not None and after[1] in _BEARERS


_QUOTES = tuple("\"'“‘«")
_BEHIND = re.compile(r" ([^\W\d_]+)")
_BEARERS = frozenset("man woman boy girl native teenager couple resident player captain star striker coach".split())


def _believed(confidence: float, pair: Pair, swap: Swap) -> float:
    """The confidence, lifted over a half where the model holds the exchange to be rather a contradiction."""
    alignment = pair.alignment
    if confidence >= 0.95:
        return confidence
    contradiction = mutual_contradiction(alignment.forward, alignment.backward)
    if confidence == _METONYM and _told_apart(swap) and contradiction >= _NO_METONYM:
        return round(0.5 + 0.4 * (contradiction - _NO_METONYM), 3)
    if confidence < LEAN:
        return confidence
    own = [
        found.contradiction
        for found in alignment.isolated
        if found.premise.overlaps(swap.premise.span) or found.hypothesis.overlaps(swap.hypothesis.span)
    ]
    leaning = min(contradiction, max(own)) if own else contradiction
    if leaning < 0.5 or trust(alignment.similarity) < 0.5:
        return confidence
    return round(max(confidence, 0.5 + 0.6 * (leaning - 0.5)), 3)


def _told_apart(swap: Swap) -> bool:
    """Whether two things stand alone in one slot, and neither text speaks of the other's."""
    return swap.absent == 2 and swap.strength - swap.rival >= _ONE_SLOT


class _Need(NamedTuple):
    """What two things need to be held to be exchanged: strength of the slot, and what being alone there adds."""

    strength: float
    lone: float


_NEEDED: dict[tuple[str, str], _Need] = {
    ("person", "person"): _Need(0.45, 0.3),
    ("person", "single"): _Need(0.6, 0.15),
    ("body", "person"): _Need(0.6, 0.15),
    ("body", "body"): _Need(0.6, 0.15),
    ("acronym", "acronym"): _Need(0.6, 0.15),
    ("acronym", "body"): _Need(0.65, 0.0),
    ("acronym", "person"): _Need(0.6, 0.15),
    ("acronym", "place"): _Need(0.7, 0.15),
    ("acronym", "single"): _Need(0.8, 0.3),
    ("single", "single"): _Need(0.74, 0.3),
    ("body", "single"): _Need(0.88, 0.0),
    ("person", "place"): _Need(0.62, 0.1),
    ("body", "place"): _Need(0.7, 0.1),
    ("place", "single"): _Need(0.74, 0.3),
}
"""By what two things look like; set on development sets of honest rewordings, where a single
capitalised word is often no name of the same kind."""
_OPENING = 0.6
_ACTING = 0.85
_HALF_ABSENT = 0.25
_BOTH_KNOWN = 0.1
_LONE_BODY = 0.15
_GENERIC = 0.45
"""Most that is said of a word such as Senate without the model."""
COPIED = 0.9
"""Below this similarity the claims are reworded freely, and one who is named may be called by another name."""
_METONYM = 0.29
"""Most that is said of a body or country and a name that may speak for it."""
_NO_METONYM = 0.75
"""What the model must say at least where a body or country might speak for a name, but stands for it in one slot."""
_ONE_SLOT = 0.8
_BY_ITSELF = 0.5
"""What the slot must say where the model would be led astray by a name that the version gives for a pronoun."""
LEAN = 0.3
"""From here on the model may tip the scales."""


def _firm(thing: Thing, spellings: Spellings) -> bool:
    """Whether the words are a name for certain, by their place or elsewhere in the article."""
    return thing.sure or (folds(thing)[0] in spellings.capital and folds(thing)[0] not in spellings.lower)


CHECK = NameCheck()
