"""Who says what: a statement given to another source, told without its source, or told with another force.

Reported is reported speech or a quote that both texts tell and that has another source in the version ("the minister
said", "a union leader said"): a warning, and an error where two plainly different people or bodies are named, be it in
words told anew: what one person of a text says, another person of the same text says in the version. Where the model
sees a contradiction, that both sentences know both sources is no excuse. Reported too is
what the reference gives to a source and the version states as a fact, in the same words or others, where no sentence
nearby gives a source for it; and a cue of another force (claimed, confirmed; denied, said; promised, threatened).
Notes are "admitted" for "said", what reports or somebody unnamed say and the version has confirmed, and a source
without a name that becomes a reliable one. Quiet: said, told, stated, noted and according to for each other;
pronouns, titles, surnames, countries and capitals for who they stand for; a vaguer or more precise source (officials,
police); a cue that moved; what the reference states as a fact elsewhere; hedges, which `hedge` reports.

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
from consistency.checks._beside import cited_by, set_off
from consistency.checks._given import Given, People, given
from consistency.checks._speech import Passage, Told, Voices, shared
from consistency.checks._unsourced import SAME, Unsourced, named
from consistency.facts._gazetteer import words
from consistency.facts._lists import word_set
from consistency.facts.attribution import other_person
from consistency.facts.hedge import lemma
from consistency.facts.polarity import negations
from consistency.facts.reported import Force
from consistency.facts.source import Source, plain, stand
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level, Span, mutual_contradiction

_CROSSED: Final = 0.3
"""How much liker than in its own source's mouth a statement must be to one in another's, to be exchanged."""
_GIVEN: Final = 0.65
"""Share of the words from which several statements plainly are each another's now."""
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

_PERSON: Final = 0.5
_PERSON_LIKE: Final = 0.35
"""How sure it is that words are another person's of the same text, and what the share of like words adds."""

_TURNED: Final[Mapping[frozenset[Force], float]] = {
    frozenset(("claim", "confirm")): 0.65,
    frozenset(("suggest", "confirm")): 0.55,
    frozenset(("deny", "confirm")): 0.7,
    frozenset(("deny", "claim")): 0.65,
    frozenset(("deny", "neutral")): 0.65,
    frozenset(("deny", "insist")): 0.65,
    frozenset(("promise", "threaten")): 0.65,
    frozenset(("promise", "warn")): 0.6,
    frozenset(("threaten", "warn")): 0.55,
}
_ADMITTED: Final = frozenset(map(lemma, ("admit", "concede", "confess")))
_DOING: Final = word_set("will would")
_CONFIRM: Final = lemma("confirm")
_UNNAMED: Final = frozenset(("speaker", "document"))
"""Groups of sources that say nothing of how far they may be believed: an insider, a report."""
_TRUSTED: Final = word_set("reliable trusted credible trustworthy reputable authoritative dependable impeccable")
"""What makes more of a source than it was."""
_ACCUSE: Final = lemma("accuse")
_DENIED: Final = frozenset(
    lemma(word)
    for word in word_set(
        "deny reject dismiss refuse refute dispute contest contradict rebut false baseless untrue wrong unfounded",
        "denial innocent nothing untrue groundless fabricated lie lies rumour rumor",
    )
)


class _Match(NamedTuple):
    """Attributions of one and the same content; `share` of its words that both have."""

    one: Told
    other: Told
    share: float


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

    def findings(self) -> Iterator[_Found]:
        if not self.one.told or self.exchanged:
            return
        matches = _matches(self.one.told, self.other.told)
        for match in matches:
            found = self._source(match, matches) or self._force(match) or self._trusted(match)
            if found is not None:
                yield found
                if found.level == "error":
                    return
        matched = {id(match.one) for match in matches}
        unsourced = Unsourced(self.pair, (self.reference, self.version), (self.there, self.here))
        for told in self.one.told:
            if id(told) not in matched and (found := self._lost(told, unsourced)) is not None:
                yield found
                return

    def _source(self, match: _Match, matches: Sequence[_Match]) -> _Found | None:
        ours, theirs = match.other.frame.source, match.one.frame.source
        if ours is None or theirs is None:
            return None
        standing = stand(self._known_as(theirs), self._known_as(ours))
        exchanged = self._exchanged(match, matches) or _all_given_away(matches)
        if exchanged and standing not in _OTHER:
            standing = "other"
        if standing not in _OTHER or self._quoted():
            return None
        known = named(theirs, self.other.words) or named(ours, self.one.words) or self._also(match, theirs, ours)
        if known and not exchanged:
            return self._nonetheless(match, standing)
        confidence = _OTHER[standing] + _LIFT * self.model * (standing != "stranger") + 0.2 * (match.share - 0.8)
        return _Found(
            "error" if standing == "stranger" or exchanged else "warning",
            confidence,
            self._given(match),
            _spans(match.one.who),
            _spans(match.other.who),
        )

    def _given(self, match: _Match) -> str:
        there, here = (one.who or one.cue for one in (match.one, match.other))
        return f"The reference gives this to {self._show(0, there)}, the version to {self._show(1, here)}."

    def _nonetheless(self, match: _Match, standing: str) -> _Found | None:
        """Another source that both sentences know: only the model can tell that it did not say this as well."""
        model, share = _SURE_OF.get(standing, (2.0, 0.0))
        if self.model < model or match.share < share or self._one_person(match):
            return None
        confidence = _OTHER["other"] + _LIFT * (self.model - _BELIEVED) + 0.2 * (match.share - 0.8)
        return _Found("warning", confidence, self._given(match), _spans(match.one.who), _spans(match.other.who))

    def _one_person(self, match: _Match) -> bool:
        """Whether the version's source is the reference's by another name, or is itself cited by that one."""
        sources = match.one.frame.source, match.other.frame.source
        theirs, ours = match.one.who, match.other.who
        if sources[0] is None or sources[1] is None or theirs is None or ours is None:
            return True
        there, here = self.pair.premise.text, self.pair.hypothesis.text
        return set_off(there, theirs, sources[1]) or cited_by(here, ours, sources[0])

    @staticmethod
    def _exchanged(match: _Match, matches: Sequence[_Match]) -> bool:
        """Whether each of two sources has what the other has in the reference, and plainly so."""
        theirs, ours = match.one.frame.source, match.other.frame.source
        if not plain(theirs) or not plain(ours) or stand(theirs, ours) == "same":
            return False
        return any(
            stand(theirs, one.other.frame.source) == "same" == stand(ours, one.one.frame.source)
            and min(match.share, one.share) >= _CROSSED + shared(match.one.content, one.other.content)
            for one in matches
            if one is not match
        )

    def _known_as(self, source: Source) -> Source:
        """The source with what both articles say of a person named without an office here."""
        if source.groups or not source.names:
            return source
        groups = self.reference.groups(source.names) | self.version.groups(source.names)
        return source._replace(groups=groups)

    def _also(self, match: _Match, theirs: Source, ours: Source) -> bool:
        """Whether either article gives the same, nearby, to the other's source too."""
        sides = (
            (self.reference.nearby(self.there), ours, match.one.content),
            (self.version.nearby(self.here), theirs, match.other.content),
        )
        return any(
            stand(told.frame.source, source) == "same" and shared(told.content, content) >= SAME
            for nearby, source, content in sides
            for told in nearby
        )

    def _quoted(self) -> bool:
        """Whether `quotation` speaks of it: one quote of two plainly different people."""
        there, here = self.reference.speakers(self.there), self.version.speakers(self.here)
        return any(other_person(a, b) for a in there for b in here)

    def _force(self, match: _Match) -> _Found | None:
        """Another force of the cue, where the source may be the same."""
        forces = match.one.frame.force, match.other.frame.force
        told = ({one.frame.force for one in side.told} for side in (self.one, self.other))
        if any(force in others for force, others in zip(reversed(forces), told, strict=True)):
            return None
        level: Level = "warning"
        confidence = _TURNED.get(frozenset(forces))
        verbs = match.one.frame.verb, match.other.frame.verb
        if confidence is None:
            weighty = "claim" in forces or any(verb in _ADMITTED for verb in verbs) or self._confirmed(match)
            if "neutral" not in forces or not weighty:
                return None
            level, confidence = "note", 0.6
        if {*forces} == {"threaten", "warn"} and self._warned_of_doing(match, forces.index("warn")):
            return None
        if "deny" in forces and self._denied_otherwise(forces.index("deny")):
            return None
        return _Found(
            level,
            confidence + 0.2 * (match.share - 0.8),
            f"The reference says “{self._show(0, match.one.cue)}”, the version “{self._show(1, match.other.cue)}”.",
            (match.one.cue,),
            (match.other.cue,),
        )

    def _warned_of_doing(self, match: _Match, side: int) -> bool:
        """Whether the warning is a threat in other words: "warned that it would expel him"."""
        told, pair = (match.one, match.other)[side], self.pair
        text = (pair.premise.text, pair.hypothesis.text)[side]
        return any(
            _DOING.intersection(word.fold for word in words(text[part.start + told.at : part.end + told.at]))
            for part in told.frame.content
        )

    def _confirmed(self, match: _Match) -> bool:
        """Whether the version has confirmed what only somebody unnamed, or some report, says in the reference."""
        source = match.one.frame.source
        return bool(
            match.other.frame.verb == _CONFIRM
            and _CONFIRM not in self.one.words
            and source is not None
            and not source.names
            and not source.pronoun
            and bool(source.groups)
            and source.groups <= _UNNAMED
        )

    def _trusted(self, match: _Match) -> _Found | None:
        """A source without a name that the version calls a good one."""
        ours, theirs = match.other.frame.source, match.one.frame.source
        if ours is None or theirs is None or match.other.who is None or theirs.pronoun:
            return None
        text = self.pair.hypothesis.text[match.other.who.start : match.other.who.end]
        added = _TRUSTED.intersection(word.fold for word in words(text))
        if not added or ours.names or _TRUSTED.intersection(word.fold for word in words(self.pair.premise.text)):
            return None
        return _Found(
            "note",
            0.6,
            f"The version says “{self._show(1, match.other.who)}”, the reference does not say that of its source.",
            _spans(match.one.who),
            (match.other.who,),
        )

    def _denied_otherwise(self, side: int) -> bool:
        """Whether the text without "denied" denies in other words."""
        texts = self.pair.premise.text, self.pair.hypothesis.text
        words = (self.one.words, self.other.words)[1 - side]
        return bool(words & _DENIED or negations(texts[1 - side], texts[side]))

    def _lost(self, told: Told, unsourced: Unsourced) -> _Found | None:
        """What is told here without a source at all."""
        lost = unsourced.lost(told)
        if lost is None:
            return None
        level, confidence = lost
        return _Found(
            level,
            confidence,
            f"“{self._show(0, told.whole)}” is lost: the version states as a fact what the reference only reports.",
            (told.whole,),
            (Span(0, len(self.pair.hypothesis.text)),),
        )

    def _show(self, side: int, span: Span) -> str:
        text = (self.pair.premise.text, self.pair.hypothesis.text)[side]
        shown = " ".join(text[span.start : min(span.end, span.start + _SHOWN)].split())
        return shown + (" …" if len(span) > _SHOWN else "")


def _spans(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)


def _matches(ours: Sequence[Told], theirs: Sequence[Told]) -> list[_Match]:
    """Attributions of like content, the likest first, each used once."""
    scored = sorted(
        (
            _Match(one, other, share)
            for one in ours
            for other in theirs
            if (share := shared(one.content, other.content)) >= SAME
        ),
        key=lambda match: -match.share,
    )
    found: list[_Match] = []
    used: set[int] = set()
    for match in scored:
        if not used & {id(match.one), id(match.other)}:
            found.append(match)
            used |= {id(match.one), id(match.other)}
    return found


def _all_given_away(matches: Sequence[_Match]) -> bool:
    """Whether of several statements each is another's now, so that a source may well be named beside them."""
    return len(matches) > 1 and all(
        one.share >= _GIVEN and stand(one.one.frame.source, one.other.frame.source) in {"other", "stranger"}
        for one in matches
    )


CHECK = AttributionCheck()
