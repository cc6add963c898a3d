"""A place, country or body was replaced by another.

Reports, as an error, a place of the reference whose slot holds an unrelated place in the version, where the version no
longer speaks of the first and the reference not of the second; so are the only two places of two reworded sentences,
where the model agrees and neither article speaks of the other's, and in a copied sentence a place whose name holds the
other's (Guinea, Guinea-Bissau). One slot is that of two places which both tell where (in Geneva, to Vienna), or whose
somebody is (Russia's Lavrov, Lavrov of Ukraine), or who acts, or which stand with the same words. So is another strait,
sea or gulf where each sentence tells of one and the two are copied or the model agrees. A place spliced in beside the
old one ("its war in China. difficulty against Kiev" for "its war against Kyiv") is an error where a stray full stop
shows the damage, else only a candidate. So is the way to a place that became the way from it, by the same verb ("left
Oslo", "left for Oslo"), and an office ("the prime minister") ascribed to a country that the whole reference never
speaks of, where it speaks of another. Quiet: other spellings and languages (Kyiv, Kiev; Lisbon, Lisboa), states in
short behind a town (Kinston, N.C.), a capital, government or people for its country (Beijing, the Kremlin, American), a
wider or narrower place (Chicago, Illinois), places dropped, added or moved ("met Lavrov in Geneva", "met Russia's
Lavrov"), and names that may be no place at all (Jordan, Georgia, Washington without a word that says so).

Passes:
    reference: Kyiv said the U.S. had sent more aid to Ukraine's army.
    version: Kiev said that Washington had sent more aid to the Ukrainian army.
Fails:
    reference: It is seen as a show of support for Moscow in its war against Kyiv.
    version: It is seen as a show of support for Moscow in its war in China.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rapidfuzz.distance import Postfix, Prefix

from consistency.checks._names.bound import bound
from consistency.checks._names.entities import Swap, slot_confidence, swaps
from consistency.checks._names.water import exchanged_water
from consistency.facts._places.gazetteer import Word, word_list, words
from consistency.facts._places.standing import near, one_slot
from consistency.facts._places.waters import one_water
from consistency.facts.place import LOCATIVE, Place, compare, mentions, places, related
from consistency.protocols import Context, Pair
from consistency.records import Claim, Finding, Level, Span, mutual_contradiction

LONE = 0.3
"""What a place gains that is the only one left on either side of two like sentences."""
ABSENT, HALF_ABSENT = 0.3, 0.65
"""Strength a slot needs where neither text speaks of the other's place, and where only one does not."""
SHARED = 0.25
"""What part of their words two sentences must share whose only two places are held against each other."""
BELIEVED = 0.4
"""Contradiction, by the model, from which those are believed to be exchanged."""
LONGEST = 60
"""Characters by which the names of two places may differ."""
FLOOR = 0.25
"""Below this a pair is not kept as a candidate either."""
COMPLEMENT = word_list("complement")
"""Prepositions that tie a place to the noun before them."""
SPLICED, DAMAGED = 0.4, 0.75
ASCRIBED = 0.6
TURNED = 0.7
COPIED = 0.8
_OFFICE = re.compile(
    r" ((?:(?:prime|foreign|defen[cs]e|finance|interior|health|justice) )?"
    r"(?:minister|president|chancellor|premier|government|parliament|army|navy|king|queen|cabinet|ministry))\b"
)
_STRAY_STOP = re.compile(r"\s?\.\s{1,3}[a-z]")


class PlaceCheck:
    """Places in the same slot that cannot be the same."""

    id: str = "place"
    level: Level = "error"

    def check(self, context: Context) -> Iterable[Finding]:
        """One finding for each replaced or spliced-in place. Linear in the number of alignments."""
        known = {article: _named(claims) for article, claims in context.claims.items()}
        for pair in context.pairs():
            yield from self._replaced(pair, known)
            yield from self._copied(pair)
            yield from self._spliced(pair)
            yield from self._qualified(pair, known[pair.premise.article])
            yield from self._turned(pair)
            yield from self._waters(pair)

    def _replaced(self, pair: Pair, known: Mapping[str, _Known]) -> Iterator[Finding]:
        for swap in swaps(pair.premise.text, pair.hypothesis.text):
            one, other = swap.premise.place, swap.hypothesis.place
            if one is None or other is None or compare(one, other) != "conflict":
                continue
            if one_water(pair.premise.text, one.span, pair.hypothesis.text, other.span):
                continue
            if not one_slot(pair.premise.text, one, pair.hypothesis.text, other) or _moved(pair, one, other, known):
                continue
            confidence = slot_confidence(swap, ABSENT if swap.absent == 2 else HALF_ABSENT, lone=LONE)
            if _only_ones(swap, one, other) and not _told_elsewhere(pair, one, other, known):
                confidence = max(confidence, _believed(pair))
            if confidence < FLOOR:
                continue
            yield self._finding(pair, (swap.premise.span, swap.hypothesis.span), _message(one, other), confidence)

    def _copied(self, pair: Pair) -> Iterator[Finding]:
        """In a copied sentence, a place whose name holds the other's: Guinea, Guinea-Bissau."""
        premise, hypothesis = pair.premise.text, pair.hypothesis.text
        found = _only_difference(premise, hypothesis)
        if found is None or any(found[1].span == swap.hypothesis.span for swap in swaps(premise, hypothesis)):
            return
        one, other = found
        if not one_water(premise, one.span, hypothesis, other.span):
            yield self._finding(pair, (one.span, other.span), _message(one, other), COPIED)

    def _spliced(self, pair: Pair) -> Iterator[Finding]:
        premise, hypothesis = pair.premise.text, pair.hypothesis.text
        if premise == hypothesis:
            return
        known = places(premise)
        tied = {word.fold: (word, place) for word, place in _tied(premise, known, COMPLEMENT)}
        reported = {swap.hypothesis.span for swap in swaps(premise, hypothesis)}
        if not tied:
            return
        settings = [place for _, place in _tied(premise, known, LOCATIVE)]
        for head, place in _tied(hypothesis, places(hypothesis), LOCATIVE):
            noun, complement = tied.get(head.fold, (head, place))
            spliced = compare(complement, place) == "conflict" and place.span not in reported
            if not spliced or any(related(place, setting) for setting in settings):
                continue
            damaged = _STRAY_STOP.match(hypothesis, place.span.end) is not None
            first, second = _phrase(premise, noun, complement), _phrase(hypothesis, head, place)
            yield self._finding(
                pair,
                (first, second),
                f"The reference says {noun.text} {premise[first.start : first.end]}, "
                f"the version says {head.text} {hypothesis[second.start : second.end]}.",
                DAMAGED if damaged else SPLICED,
            )

    def _qualified(self, pair: Pair, known: _Known) -> Iterator[Finding]:
        """An office of the story's own country, ascribed to a country that the reference never speaks of."""
        premise, hypothesis = pair.premise.text, pair.hypothesis.text
        if premise == hypothesis:
            return
        for place in places(hypothesis):
            office = _OFFICE.match(hypothesis, place.span.end) if place.form == "adjective" else None
            if office is None or place.kind != "country" or any(related(place, other) for other in known.places):
                continue
            own = re.search(rf"\b[Tt]he {re.escape(office[1])}\b(?! of\b)", premise)
            if own is None or not any(count > 1 for country, count in known.countries.items() if country):
                continue
            yield self._finding(
                pair,
                (Span(*own.span()), Span(place.span.start, office.end())),
                f"The reference speaks of {own[0][0].lower()}{own[0][1:]}, "
                f"the version of the {place.text} {office[1]}; the reference never names that country.",
                ASCRIBED,
            )

    def _turned(self, pair: Pair) -> Iterator[Finding]:
        """Somebody goes where the reference has him come from."""
        premise, hypothesis = pair.premise.text, pair.hypothesis.text
        found = bound(premise, hypothesis)
        if found is not None:
            one, other = found
            told = premise[one.start : one.end], hypothesis[other.start : other.end]
            yield self._finding(pair, found, f"The reference says “{told[0]}”, the version “{told[1]}”.", TURNED)

    def _waters(self, pair: Pair) -> Iterator[Finding]:
        """Another strait, sea or gulf, where each text tells of one."""
        found = exchanged_water(pair)
        if found is not None and found.confidence >= FLOOR:
            one, other, confidence = found
            told = f"The reference says {one.text}, the version says {other.text}."
            yield self._finding(pair, (one.span, other.span), told, confidence)

    def _finding(self, pair: Pair, spans: tuple[Span, Span], message: str, confidence: float) -> Finding:
        return Finding(
            check=self.id,
            level=self.level,
            message=message,
            confidence=confidence,
            reference=pair.premise.side(spans[0]),
            version=pair.hypothesis.side(spans[1]),
        )


def _message(one: Place, other: Place) -> str:
    return f"The reference says {one.text}, the version says {other.text.removesuffix('.')}."


def _only_difference(premise: str, hypothesis: str) -> tuple[Place, Place] | None:
    """Two places at odds, one of them sure, that are all in which two passages differ."""
    if premise == hypothesis or abs(len(premise) - len(hypothesis)) > LONGEST:
        return None
    same = Prefix.similarity(premise, hypothesis)
    left = len(premise) - Postfix.similarity(premise, hypothesis)
    others = {place.span.start: place for place in mentions(hypothesis)}
    for one in mentions(premise):
        other = others.get(one.span.start)
        if other is None or one.span.start > same or one.span.end < left:
            continue
        if len(premise) - one.span.end == len(hypothesis) - other.span.end and (one.sure or other.sure):
            return (one, other) if one.form == other.form and compare(one, other) == "conflict" else None
    return None


def _only_ones(swap: Swap, one: Place, other: Place) -> bool:
    """Whether two places of one kind are all that is left on either side, wherever they stand in the sentences."""
    alike = one.kind == other.kind and one.form == other.form
    return alike and swap.absent == 2 and not swap.rival and swap.alone >= SHARED


def _told_elsewhere(pair: Pair, one: Place, other: Place, known: Mapping[str, _Known]) -> bool:
    """Whether either article speaks of the other's place in another claim."""
    return any(
        related(place, mine)
        for article, place in ((pair.premise.article, other), (pair.hypothesis.article, one))
        for mine in known[article].places
    )


def _moved(pair: Pair, one: Place, other: Place, known: Mapping[str, _Known]) -> bool:
    """Whether each article names the other's place itself, and the two sentences are no near copies."""
    if near(pair.premise.text, one, pair.hypothesis.text, other):
        return False
    return all(
        any(compare(place, mine) == "same" for mine in known[article].places)
        for article, place in ((pair.premise.article, other), (pair.hypothesis.article, one))
    )


def _believed(pair: Pair) -> float:
    """What the model makes of two sentences that name two places."""
    alignment = pair.alignment
    contradiction = mutual_contradiction(alignment.forward, alignment.backward)
    return round(0.5 + 0.5 * (contradiction - BELIEVED), 3) if contradiction >= BELIEVED else 0.0


class _Known(NamedTuple):
    """Places an article speaks of, without areas and bodies; and how often it speaks of each country."""

    places: tuple[Place, ...]
    countries: Counter[str]


def _named(claims: Iterable[Claim]) -> _Known:
    wide = ("area", "organisation")
    found = [place for claim in claims for place in mentions(claim.text) if place.kind not in wide]
    return _Known(tuple({place.key: place for place in found}.values()), Counter(place.country for place in found))


def _tied(text: str, known: Iterable[Place], prepositions: frozenset[str]) -> Iterator[tuple[Word, Place]]:
    """Nouns followed by one of the prepositions and a place, as (noun, place)."""
    run = words(text)
    at = {word.start: number for number, word in enumerate(run)}
    for place in known:
        number = at.get(place.span.start, 0)
        if number < 2 or run[number - 1].fold not in prepositions:
            continue
        noun = run[number - 2]
        plain = run[number].gap == run[number - 1].gap == " " and len(noun.text) > 2
        if plain and place.form == "name" and not noun.capital:
            yield noun, place


def _phrase(text: str, noun: Word, place: Place) -> Span:
    """From the word after the noun to the end of the place."""
    start = noun.end
    while text[start] == " ":
        start += 1
    return Span(start, place.span.end)


CHECK = PlaceCheck()
