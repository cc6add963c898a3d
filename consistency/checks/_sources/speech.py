"""What the two sides of an aligned pair give to whom: their reported speech, and what they tell as their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from consistency.checks._articles import Claims
from consistency.checks._sources.offices import Office, office
from consistency.facts._kept import kept
from consistency.facts._lists import word_set
from consistency.facts._places.gazetteer import words
from consistency.facts._pronouns.slots import Sex
from consistency.facts._sources.sexes import sex_of
from consistency.facts.hedge import lemma
from consistency.facts.name import Name, compare, names, romanised
from consistency.facts.quotation import quotations
from consistency.facts.reported import BLANK, Reported, blanked, reported
from consistency.facts.title import titled
from consistency.facts.wording import FUNCTION_WORDS
from consistency.records import Claim, Span

MOST: Final = 24
"""A passage with more attributions than this is no claim."""
LONGEST: Final = 4000
"""Characters of a claim beyond which it is not read."""
NEAR: Final = 2
PARAGRAPH: Final = 12
"""Sentences of one paragraph behind another, and before it, whose source may hold for one that has none."""
WIDE: Final = 150
_MARK: Final = re.compile(r"[“”„«»\"]|``|''")
_LIGHT: Final = FUNCTION_WORDS | word_set(
    "he she they we i you his her their our my your him them us me not no but if when while where because after",
    "before had has have having will would could can may might must should did does do being into over under about",
    "up out than some any all more also still yet now only such both each other said say says told tell according",
    "statement what how why whether",
)


@kept
def stems(text: str) -> frozenset[str]:
    """Lemmas of the words of weight."""
    return frozenset(lemma(word.fold) for word in words(text) if word.fold not in _LIGHT and len(word.fold) > 1)


class Told(NamedTuple):
    """An attribution of a claim; `at` is where the claim begins in the passage, `content` the words of what is told."""

    frame: Reported
    at: int
    content: frozenset[str]

    @property
    def who(self) -> Span | None:
        """The source in the passage."""
        return self.frame.source.span.shift(self.at) if self.frame.source else None

    @property
    def cue(self) -> Span:
        return self.frame.cue.shift(self.at)

    @property
    def whole(self) -> Span:
        return self.frame.frame.shift(self.at)


class Speech:
    """A claim: its attributions in offsets of its text, and what is read in it only where somebody asks."""

    def __init__(self, text: str, blank: str) -> None:
        """`blank`: the text with its quotes blanked; "" for a text that is too long to be read."""
        self._text, self._blank = text, blank
        self._frames = reported(text, blank)[:MOST] if blank else ()
        self.told = tuple(
            Told(frame, 0, stems(" ".join(text[part.start : part.end] for part in frame.content)))
            for frame in self._frames
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """All its words of weight."""
        return stems(self._text) if self._blank else frozenset()

    @cached_property
    def flat(self) -> frozenset[str]:
        """Those it tells as its own."""
        if not self._blank:
            return frozenset()
        return stems(_without(self._text, [part for one in self._frames for part in (one.frame, *one.content)]))

    @property
    def quotes(self) -> bool:
        """Whether it has a closed quote."""
        return BLANK in self._blank

    @property
    def marked(self) -> bool:
        """Whether it has a quote mark at all."""
        return _MARK.search(self._blank) is not None

    @property
    def outside(self) -> bool:
        """Whether it has words of weight outside its quotes."""
        return not self._blank or bool(stems(self._blank))


class Passage:
    """The speech of claims read as one text; spans count characters of their texts joined by one space."""

    def __init__(self, told: tuple[Told, ...], parts: Sequence[Speech]) -> None:
        self.told, self._parts = told, parts

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset().union(*(part.words for part in self._parts))

    @cached_property
    def flat(self) -> frozenset[str]:
        return frozenset().union(*(part.flat for part in self._parts))

    @property
    def quotes(self) -> bool:
        return any(part.quotes for part in self._parts)

    @property
    def marked(self) -> bool:
        return any(part.marked for part in self._parts)

    @property
    def outside(self) -> bool:
        return any(part.outside for part in self._parts)


def of_claim(claim: Claim, article: str) -> Speech:
    """The speech of one claim of the article whose whole text is given; offsets count characters of the claim."""
    blank = blanked(article)[claim.span.start : claim.span.end] if len(claim.text) <= LONGEST else ""
    return Speech(claim.text, blank)


def _without(text: str, spans: Iterable[Span]) -> str:
    left: list[str] = []
    done = 0
    for span in sorted(spans):
        left.append(text[done : max(done, span.start)])
        done = max(done, span.end)
    return " ".join((*left, text[done:]))


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter's words that both have; 0 where that says nothing."""
    both, least = len(one & other), min(len(one), len(other))
    return both / least if both >= 2 else 0.0


class Voices:
    """Who speaks in one article, claim by claim."""

    def __init__(self, claims: Claims) -> None:
        self.claims = claims
        self._speech: dict[int, Speech] = {}

    def speech(self, index: int) -> Speech:
        if index not in self._speech:
            self._speech[index] = of_claim(self.claims.all[index], self.claims.article.text)
        return self._speech[index]

    def passage(self, indices: Sequence[int]) -> Passage:
        """The speech of these claims; spans count characters of their texts joined by one space."""
        at = 0
        parts: list[Speech] = []
        told: list[Told] = []
        for index in indices:
            parts.append(self.speech(index))
            told += [one._replace(at=at) for one in parts[-1].told]
            at += len(self.claims.all[index].text) + 1
        return Passage(tuple(told[:MOST]), parts)

    def window(self, places: Sequence[int]) -> range:
        """The claims far and wide around some; a longer article is not looked through for each of them."""
        return range(max(0, min(places) - WIDE), min(len(self.claims.all), max(places) + WIDE))

    def told(self, some: Iterable[int]) -> Iterator[Told]:
        """The attributions of these claims."""
        return (told for index in some for told in self.speech(index).told)

    def speakers(self, places: Iterable[int]) -> set[str]:
        """Who is plainly named beside the quotes of these claims."""
        return {speaker for index in places for speaker in self._quoted.get(index, ())}

    @cached_property
    def _quoted(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for quote in quotations(self.claims.article.text):
            if quote.speaker:
                for index in self.claims.touched(quote.span)[:MOST]:
                    found[index].append(quote.speaker)
        return found

    def index(self, places: Sequence[int], told: Told) -> int:
        """The claim of a passage that tells this."""
        at = 0
        for index in places:
            at += len(self.claims.all[index].text) + 1
            if told.at < at:
                return index
        return places[-1]

    def placed(self, places: Sequence[int], index: int) -> Span:
        """The place of a claim in a passage."""
        before = sum(len(self.claims.all[at].text) + 1 for at in places[: places.index(index)])
        return Span(before, before + len(self.claims.all[index].text))

    def around(self, places: Sequence[int]) -> tuple[str, ...]:
        """The texts of the claims right before and behind some."""
        near = range(max(0, min(places) - NEAR), min(len(self.claims.all), max(places) + NEAR + 1))
        return tuple(self.claims.all[index].text for index in near if index not in places)

    def places(self, ids: Iterable[str]) -> list[int]:
        return [self.claims.place[claim] for claim in ids]

    def nearby(self, places: Sequence[int]) -> Iterator[Told]:
        """Attributions of the same paragraph, as far as they may hold here."""
        for step, edge, reach in ((-1, min(places), PARAGRAPH), (1, max(places), NEAR)):
            for index in range(edge + step, edge + step * (reach + 1), step):
                if not 0 <= index < len(self.claims.all) or self.parted(*sorted((index, index - step))):
                    break
                yield from self.speech(index).told

    def before(self, places: Sequence[int]) -> tuple[Told, ...]:
        """Attributions of the sentence before, be it in another paragraph."""
        return self.speech(min(places) - 1).told if min(places) else ()

    def parted(self, one: int, other: int) -> bool:
        """Whether a paragraph ends between two claims."""
        spans = self.claims.all[one].span, self.claims.all[other].span
        return "\n" in self.claims.article.text[spans[0].end : spans[1].start]

    def groups(self, names: Iterable[Name]) -> frozenset[str]:
        """The groups of the offices that the article gives to people of these names anywhere."""
        return frozenset(group for office in self._held(names) for group in office.groups)

    def bodies(self, names: Iterable[Name]) -> frozenset[str]:
        """The kinds of the bodies for which these people may speak by their offices."""
        return frozenset(kind for office in self._held(names) for kind in office.bodies)

    def sex(self, name: Name) -> Sex | None:
        """Whether somebody is a man or a woman, by what the article tells of people of this name anywhere."""
        told = self._sexes.get(romanised(name.parts[-1]), set())
        return next(iter(told)) if len(told) == 1 else None

    @cached_property
    def _sexes(self) -> dict[str, set[Sex]]:
        """What the names of people tell, by the last word of the name."""
        found: dict[str, set[Sex]] = defaultdict(set)
        for claim in self.claims.all:
            for name in names(claim.text) if len(claim.text) <= LONGEST else ():
                if name.kind != "organisation" and (told := sex_of(name, claim.text)) is not None:
                    found[romanised(name.parts[-1])].add(told)
        return found

    def _held(self, names: Iterable[Name]) -> Iterator[Office]:
        return (
            office
            for name in names
            for office in self._offices.get(romanised(name.parts[-1]), ())
            if compare(name, office.name) in {"same", "variant"}
        )

    @cached_property
    def _offices(self) -> dict[str, list[Office]]:
        """The offices of people, by the last word of the name."""
        found: dict[str, list[Office]] = defaultdict(list)
        for claim in self.claims.all:
            for one in titled(claim.text) if len(claim.text) <= LONGEST else ():
                some = found[romanised(one.name.parts[-1])]
                if len(some) < MOST:
                    some.append(office(one, claim.text))
        return found
