"""Who says what: a statement given to another source, told without its source, or told with another force.

Reported is reported speech or a quote that both texts tell and that has another source in the version ("the minister
said", "a union leader said"): a warning, and an error where two plainly different people or bodies are named, be it in
words told anew: what one person of a text says, another person of the same text says in the version. That both
sentences know both sources is no excuse where the model sees a contradiction, or where the reference has both speak and
gives this to the other alone. Reported too is what the reference gives to a source and the version states as a fact,
in the same words or others, where no sentence nearby gives a source for it; of somebody who is not to be named, whoever
speaks near it, and of charges against somebody, whoever speaks near it who cannot have raised them. So are words of
somebody who is not to be named that are somebody's by name now, or a body's ("the bank said"), and a cue of another
force (claimed, confirmed; denied, said; promised, threatened); and what the reference denies or leaves open (no
evidence that, ruled out that, investigating whether) told alone, in the same words, as a fact: an error where it is
denied and the model sees a contradiction.
Notes are "admitted" for "said", what reports or somebody unnamed say and the version has confirmed, and a source
without a name that becomes a reliable one. Quiet: said, told, stated, noted and according to for each other;
pronouns, titles, surnames, countries and capitals for who they stand for, as "she" for a woman named before a man
spoke; a vaguer or more precise source (officials, police); a cue that moved; what the reference states as a fact
elsewhere; hedges, which `hedge` reports.

Passes:
    reference: The driver was drunk when the bus left the road near Arequipa, police said on Friday.
    version: According to police, the driver of the bus was drunk when it left the road near Arequipa.
Fails:
    reference: The driver was drunk when the bus left the road near Arequipa, police said on Friday.
    version: The driver was drunk when the bus left the road near Arequipa, relatives of the victims said on Friday.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from consistency.checks._articles import Claims
from consistency.checks._sources.antecedent import by_name, spoken_for
from consistency.checks._sources.bodies import far, kinds
from consistency.checks._sources.disowned import denies, hears
from consistency.checks._sources.given import Given, People, given
from consistency.checks._sources.grave import Grave
from consistency.checks._sources.known import anybody, body, confirms, known_as, one_person, one_quote, parted
from consistency.checks._sources.matched import Match, all_given_away, exchanged, matched
from consistency.checks._sources.owned_up import Reversed, reversed_elsewhere
from consistency.checks._sources.speech import Passage, Told, Voices, shared
from consistency.checks._sources.turned import Turned
from consistency.checks._sources.unproved import unproved
from consistency.checks._sources.unsourced import SAME, Unsourced, named
from consistency.checks._sources.veiled import trace, veiled
from consistency.facts._places.gazetteer import words
from consistency.facts.attribution import other_person
from consistency.facts.source import Source, Standing, named_person, stand
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level, Span, mutual_contradiction

_SHOWN: Final = 60
_FLOOR: Final = 0.25

_OTHER: Final[Mapping[str, float]] = {"near": 0.4, "other": 0.62, "stranger": 0.85}
_LIFT: Final = 0.3
"""What the model's contradiction adds to a change of source."""

_BELIEVED: Final = 0.5
_SURE_OF: Final[Mapping[str, tuple[float, float]]] = {"stranger": (_BELIEVED, SAME), "other": (0.8, 0.75)}
"""Where the same sentence names a source too: the model's contradiction, and the share of like words, from which it is
believed to be given what it did not say.
"""

_GRAVE: Final[tuple[Level, float]] = "warning", 0.65
"""What the loss of a source is that no desk leaves out."""
_NAMED: Final = 0.65
"""How sure it is that somebody by name did not say what somebody said who is not to be named."""

_DISOWNED: Final[tuple[Level, float]] = "warning", 0.7
"""What it is that somebody denies, or is told, what they say in the reference."""

_REVERSED: Final = 0.75
"""How sure it is that somebody admits what they deny in the reference, or denies what they admit."""

_PERSON: Final = 0.5
_PERSON_LIKE: Final = 0.35
"""How sure it is that words are another person's of the same text, and what the share of like words adds."""


class AttributionCheck:
    """Reported speech of aligned claims, held against each other as "who says what"."""

    id: str = "attribution"
    level: Level = "warning"

    def check(self, context: Context) -> Iterable[Finding]:
        reports = {article.id for article in context.story.versions if article.role == "report"}
        articles = {article.id: Voices(Claims.of(context, article.id)) for article in context.story.articles}
        people = {name: People(voices.claims) for name, voices in articles.items()}
        reference = people[context.story.reference]
        exchanged = {one.id: list(given(reference, people[one.id])) for one in context.story.versions}
        for pair in context.pairs():
            if pair.premise.text == pair.hypothesis.text:
                continue
            one, other = articles[pair.premise.article], articles[pair.hypothesis.article]
            read = _Pair(pair, one, other, exchanged.get(pair.hypothesis.article, ()))
            for found in read.findings():
                if found.confidence >= _FLOOR:
                    yield self._finding(pair, found, later=pair.hypothesis.article in reports)
        together = {
            (one, other) for pair in context.pairs() for one in pair.premise.claims for other in pair.hypothesis.claims
        }
        for version in context.story.versions:
            sides = articles[context.story.reference], articles[version.id]
            for found_apart in reversed_elsewhere(*sides, together):
                yield self._reversed(found_apart, *(voices.claims for voices in sides), later=version.role == "report")
        for name, some in exchanged.items():
            for exchange in some:
                yield self._given(exchange, reference.claims, people[name].claims, later=name in reports)

    def _given(self, one: Given, reference: Claims, version: Claims, *, later: bool) -> Finding:
        there, here = reference.all[one.there], version.all[one.here]
        theirs, ours = one.theirs.span.shift(there.span.start), one.ours.span.shift(here.span.start)
        confidence = _PERSON + _PERSON_LIKE * one.share
        return Finding(
            check=self.id,
            level="error",
            message=f"The reference gives this to {one.theirs.text}, the version to {one.ours.text}.",
            confidence=round(min(confidence, 0.45) if later else confidence, 3),
            reference=reference.side([one.there], [theirs]),
            version=version.side([one.here], [ours]),
        )

    def _reversed(self, one: Reversed, reference: Claims, version: Claims, *, later: bool) -> Finding:
        there, here = reference.all[one.there], version.all[one.here]
        theirs, ours = one.one.cue.shift(there.span.start), one.other.cue.shift(here.span.start)
        cues = reference.article.text[theirs.start : theirs.end], version.article.text[ours.start : ours.end]
        return Finding(
            check=self.id,
            level="error",
            message=f"The reference says “{cues[0]}”, the version “{cues[1]}”.",
            confidence=0.45 if later else _REVERSED,
            reference=reference.side([one.there], [theirs]),
            version=version.side([one.here], [ours]),
        )

    def _finding(self, pair: Pair, found: _Found, *, later: bool) -> Finding:
        """An independent report may have the same from another source."""
        confidence = min(found.confidence, 0.45) if later else min(0.95, found.confidence)
        return Finding(
            check=self.id,
            level=found.level,
            message=found.message,
            confidence=round(confidence, 3),
            reference=pair.premise.side(*found.premise),
            version=pair.hypothesis.side(*found.hypothesis),
        )


class _Found(NamedTuple):
    level: Level
    confidence: float
    message: str
    premise: tuple[Span, ...]
    hypothesis: tuple[Span, ...]


class _Pair:
    """Two aligned passages and the articles around them."""

    def __init__(self, pair: Pair, reference: Voices, version: Voices, exchanged: Iterable[Given] = ()) -> None:
        """`exchanged`: the claims that are another person's now, which is reported for itself."""
        self.pair = pair
        self.reference, self.version = reference, version
        self.there, self.here = reference.places(pair.premise.claims), version.places(pair.hypothesis.claims)
        self.exchanged = any(one.there in self.there and one.here in self.here for one in exchanged)
        self.one = reference.passage(self.there)
        self.model = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)

    @cached_property
    def other(self) -> Passage:
        return self.version.passage(self.here)

    @cached_property
    def _turned(self) -> Turned:
        return Turned(self.pair, self.one, self.other)

    def findings(self) -> Iterator[_Found]:
        found = list(self._attributed())
        left_open = None if found else self._unproved()
        yield from found if left_open is None else (left_open,)

    def _attributed(self) -> Iterator[_Found]:
        """What is wrong with the statements that the reference gives to a source."""
        if not self.one.told or self.exchanged:
            return
        matches = matched(self.one.told, self.other.told)
        for match in matches:
            found = (
                self._source(match, matches) or self._disowned(match.one) or self._force(match) or self._trusted(match)
            )
            if found is not None:
                yield found
                if found.level == "error":
                    return
        used = {id(match.one) for match in matches}
        both = self.pair, (self.reference, self.version), (self.there, self.here)
        unsourced, grave = Unsourced(*both), Grave(*both)
        for told in self.one.told:
            found = None if id(told) in used else self._disowned(told) or self._lost(told, unsourced, grave)
            if found is not None:
                yield found
                return

    def _source(self, match: Match, matches: Sequence[Match]) -> _Found | None:
        theirs = self._spoken(self.reference, self.there, match.one)
        ours = self._spoken(self.version, self.here, match.other, theirs)
        if ours is None or theirs is None:
            return None
        if self._unveiled(match, theirs, ours):
            confidence = _NAMED + 0.2 * (match.share - 0.8)
            return _Found("warning", confidence, self._given(match), _spans(match.one.who), _spans(match.other.who))
        standing = self._stand(match, theirs, ours)
        if standing == "open" and anybody(self.pair.premise.text, match.one):
            standing = "other" if self._told_apart(match, theirs, ours, quotes=False) else standing
        given_away = exchanged(match, matches) or all_given_away(matches)
        if given_away and standing not in _OTHER:
            standing = "other"
        if standing not in _OTHER or self._quoted():
            return None
        known = named(theirs, self.other.words) or named(ours, self.one.words) or self._also(match, theirs, ours)
        if not given_away and self._counters(match, ours):
            return None
        if known and not given_away:
            if not self._told_apart(match, theirs, ours):
                return self._nonetheless(match, standing)
            standing = "other"
        confidence = _OTHER[standing] + _LIFT * self.model * (standing != "stranger") + 0.2 * (match.share - 0.8)
        return _Found(
            "error" if standing == "stranger" or given_away else "warning",
            confidence,
            self._given(match),
            _spans(match.one.who),
            _spans(match.other.who),
        )

    @staticmethod
    def _spoken(voices: Voices, places: Sequence[int], told: Told, rival: Source | None = None) -> Source | None:
        """The source of something told, or the person for whom its pronoun stands rather than for the rival."""
        return spoken_for(voices, told, voices.index(places, told), rival) or told.frame.source

    def _stand(self, match: Match, theirs: Source, ours: Source) -> Standing:
        """How two sources stand, by all that both articles say of a person named without an office here."""
        standing = stand(*(known_as(source, (self.reference, self.version)) for source in (theirs, ours)))
        if standing != "open" or theirs.pronoun or ours.pronoun or (named_person(theirs) and named_person(ours)):
            return standing
        return "other" if far(self._bodies(theirs, 0, match.one), self._bodies(ours, 1, match.other)) else standing

    def _bodies(self, source: Source, side: int, told: Told) -> frozenset[str]:
        """The kinds of bodies for which a person speaks by their office, or which a source names."""
        if named_person(source):
            return self.reference.bodies(source.names) | self.version.bodies(source.names)
        text = (self.pair.premise.text, self.pair.hypothesis.text)[side]
        return kinds(word.fold for word in words(text[told.who.start : told.who.end])) if told.who else frozenset()

    def _unveiled(self, match: Match, theirs: Source, ours: Source) -> bool:
        """Whether what somebody said who is not to be named is now somebody's by name."""
        there, here = self.reference.index(self.there, match.one), self.version.index(self.here, match.other)
        text, known = self.version.claims.all[here].text, self.reference.speech(there).words
        if not veiled(self.reference.claims.all[there].text, match.one.frame.frame):
            return False
        if any(map(trace, (text, *self.version.around([here])))) or self._also(match, theirs, ours):
            return False
        if body(self.pair.hypothesis.text, ours, match.other):
            return not confirms(ours, self._nearby())
        if named(ours, known):
            return False
        who = spoken_for(self.version, match.other, here) or by_name(text, match.other)
        return who is not None and any(name.kind == "person" for name in who.names) and not named(who, known)

    def _given(self, match: Match) -> str:
        there, here = (one.who or one.cue for one in (match.one, match.other))
        return f"The reference gives this to {self._show(0, there)}, the version to {self._show(1, here)}."

    def _nonetheless(self, match: Match, standing: str) -> _Found | None:
        """Another source that both sentences know: only the model can tell that it did not say this as well."""
        model, share = _SURE_OF.get(standing, (2.0, 0.0))
        if (
            self.model < model
            or match.share < share
            or one_person(match, (self.pair.premise.text, self.pair.hypothesis.text))
        ):
            return None
        confidence = _OTHER["other"] + _LIFT * (self.model - _BELIEVED) + 0.2 * (match.share - 0.8)
        return _Found("warning", confidence, self._given(match), _spans(match.one.who), _spans(match.other.who))

    def _also(self, match: Match, theirs: Source, ours: Source) -> bool:
        """Whether either article gives the same, nearby, to the other's source too."""
        sides = (
            (self._nearby(), ours, match.one.content),
            ((*self.other.told, *self.version.nearby(self.here)), theirs, match.other.content),
        )
        return any(
            stand(told.frame.source, source) == "same" and shared(told.content, content) >= SAME
            for nearby, source, content in sides
            for told in nearby
            if told not in (match.one, match.other)
        )

    def _nearby(self) -> tuple[Told, ...]:
        """What the reference gives to anybody here and in the same paragraph."""
        return (*self.one.told, *self.reference.nearby(self.there))

    def _told_apart(self, match: Match, theirs: Source, ours: Source, *, quotes: bool = True) -> bool:
        """Whether the reference knows both sources, and plainly gives this to the other one."""
        texts = self.pair.premise.text, self.pair.hypothesis.text
        if named(theirs, self.other.words) or self._also(match, theirs, ours) or one_person(match, texts):
            return False
        return (quotes and one_quote(match, texts)) or parted(match, theirs, ours, self._nearby())

    def _counters(self, match: Match, ours: Source) -> bool:
        """Whether the reference tells beside it what the version's source has to say to the same."""
        return any(named(ours, said) and shared(said, match.other.content) >= SAME for said in self._beside(match.one))

    def _beside(self, told: Told) -> Iterator[frozenset[str]]:
        """The words of the reference's other claims here and right beside."""
        own, places = self.reference.index(self.there, told), range(len(self.reference.claims.all))
        near = range(min(self.there) - 1, max(self.there) + 2)
        return (self.reference.speech(at).words for at in near if at in places and at != own)

    def _quoted(self) -> bool:
        """Whether `quotation` speaks of it: one quote of two plainly different people."""
        there, here = self.reference.speakers(self.there), self.version.speakers(self.here)
        return any(other_person(a, b) for a in there for b in here)

    def _force(self, match: Match) -> _Found | None:
        """Another force of the cue, where the source may be the same."""
        turned = self._turned.force(match)
        if turned is None:
            return None
        cues = match.one.cue, match.other.cue
        message = f"The reference says “{self._show(0, cues[0])}”, the version “{self._show(1, cues[1])}”."
        return _Found(*turned, message, (cues[0],), (cues[1],))

    def _trusted(self, match: Match) -> _Found | None:
        """A source without a name that the version calls a good one."""
        if not self._turned.trusted(match) or match.other.who is None:
            return None
        return _Found(
            "note",
            0.6,
            f"The version says “{self._show(1, match.other.who)}”, the reference does not say that of its source.",
            _spans(match.one.who),
            (match.other.who,),
        )

    def _disowned(self, told: Told) -> _Found | None:
        """What its own source denies in the version, or is told there."""
        texts = self.pair.premise.text, self.pair.hypothesis.text
        for turned, how in ((denies, "denies"), (hears, "is told")):
            span = turned(self.one, told, texts, self._beside(told))
            if span is not None and told.who is not None:
                message = f"{self._show(0, told.who)} says this in the reference and {how} it in the version."
                return _Found(*_DISOWNED, message, (told.whole,), (span,))
        return None

    def _unproved(self) -> _Found | None:
        """What the reference leaves open or denies, told as a fact."""
        lost = unproved(self.pair, (self.reference, self.version), (self.there, self.here))
        if lost is None:
            return None
        message = f"“{self._show(0, lost.frame)}” is lost: the version states as a fact what the reference {lost.how}."
        return _Found(lost.level, lost.confidence, message, (lost.frame,), (lost.where,))

    def _lost(self, told: Told, unsourced: Unsourced, grave: Grave) -> _Found | None:
        """What is told here without a source at all."""
        where = Span(0, len(self.pair.hypothesis.text))
        index = grave.lost(told)
        if index is not None:
            level, confidence = _GRAVE
            where = self.version.placed(self.here, index)
        elif (lost := unsourced.lost(told)) is not None:
            level, confidence = lost
        else:
            return None
        return _Found(
            level,
            confidence,
            f"“{self._show(0, told.whole)}” is lost: the version states as a fact what the reference only reports.",
            (told.whole,),
            (where,),
        )

    def _show(self, side: int, span: Span) -> str:
        text = (self.pair.premise.text, self.pair.hypothesis.text)[side]
        shown = " ".join(text[span.start : min(span.end, span.start + _SHOWN)].split())
        return shown + (" …" if len(span) > _SHOWN else "")


def _spans(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)


CHECK = AttributionCheck()
