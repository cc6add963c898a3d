"""Who says what: a statement given to another source, told without its source, or told with another force.

Reported is reported speech or a quote that both texts tell and that has another source in the version ("the
minister said", "a union leader said"): a warning, and an error where two plainly different people or bodies are
named. So is what the reference gives to a source and the version states as a fact, where no sentence nearby
gives a source for it; and a cue of another force (claimed, confirmed; denied, said; promised, threatened).
"Admitted" for "said" is a note. Quiet: said, told, stated, noted and according to for each other; pronouns,
titles, surnames, countries and capitals for who they stand for; a vaguer or more precise source (officials,
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
from consistency.checks._speech import Passage, Told, Voices, shared
from consistency.facts._lists import word_set
from consistency.facts.attribution import other_person
from consistency.facts.hedge import hedges, lemma
from consistency.facts.polarity import negations
from consistency.facts.reported import Force
from consistency.facts.source import Source, plain, stand
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level, Span, mutual_contradiction

_SAME: Final = 0.5
"""Share of the words from which two attributions tell of one thing."""
_CROSSED: Final = 0.3
"""How much liker than in its own source's mouth a statement must be to one in another's, to be exchanged."""
_LEAST: Final = 3
_TOLD: Final = 0.65
"""Share of what was attributed that the version must tell as its own."""
_FAR: Final = 0.8
"""What a lost source counts for less where much of the wording is gone too."""
_ELSEWHERE: Final = 0.7
_OPENING: Final = 3
_SHOWN: Final = 60
_FLOOR: Final = 0.25

_OTHER: Final[Mapping[str, float]] = {"near": 0.4, "other": 0.62, "stranger": 0.85}
_LIFT: Final = 0.3
"""What the model's contradiction adds to a change of source."""

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
_ACCUSE: Final = lemma("accuse")
_DENIED: Final = frozenset(
    lemma(word)
    for word in word_set(
        "deny reject dismiss refuse refute dispute contest contradict rebut false baseless untrue wrong unfounded",
        "denial innocent nothing untrue groundless fabricated lie lies rumour rumor",
    )
)
_CITED: Final = frozenset(
    lemma(word)
    for word in word_set(
        "according accuse accusation blame call urge criticise criticize allege allegation reportedly apparently quote",
        "cite letter interview speech statement account testimony testify version study survey poll estimate report",
        "source announce announcement claim confirm deny warn add note argue insist suggest believe think say tell",
        "describe acknowledge admit reveal disclose show find indicate write declare promise pledge vow threaten",
        "predict forecast demand ask propose recommend rule order hold decide conclude complain praise welcome hail",
        "condemn dismiss reject defend agree expect hope fear suspect view opinion word dub brand label maintain",
        "contend stress explain state comment remark tweet post convict sentence",
    )
)
"""Words by which a sentence may name its source in a way that is not read here."""
_CONTESTED: Final = frozenset(
    "critic opposition activist accused defence rebel family friend labour company residents witness victim".split()
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
        for pair in context.pairs():
            if pair.premise.text == pair.hypothesis.text:
                continue
            one, other = articles[pair.premise.article], articles[pair.hypothesis.article]
            for found in _Pair(pair, one, other).findings():
                if found.confidence >= _FLOOR:
                    yield self._finding(pair, found, later=pair.hypothesis.article in reports)

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

    def __init__(self, pair: Pair, reference: Voices, version: Voices) -> None:
        self.pair = pair
        self.reference, self.version = reference, version
        self.there, self.here = reference.places(pair.premise.claims), version.places(pair.hypothesis.claims)
        self.one = reference.passage(self.there)
        self.model = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)

    @cached_property
    def other(self) -> Passage:
        return self.version.passage(self.here)

    def findings(self) -> Iterator[_Found]:
        if not self.one.told:
            return
        matches = _matches(self.one.told, self.other.told)
        for match in matches:
            found = self._source(match, matches) or self._force(match)
            if found is not None:
                yield found
                if found.level == "error":
                    return
        matched = {id(match.one) for match in matches}
        for told in self.one.told:
            if id(told) not in matched and (found := self._lost(told)) is not None:
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
        known = _named(theirs, self.other.words) or _named(ours, self.one.words) or self._also(match, theirs, ours)
        if known and not exchanged:
            return None
        confidence = _OTHER[standing] + _LIFT * self.model * (standing != "stranger") + 0.2 * (match.share - 0.8)
        return _Found(
            "error" if standing == "stranger" or exchanged else "warning",
            confidence,
            f"The reference gives this to {self._show(0, theirs.span.shift(match.one.at))}, the version to "
            f"{self._show(1, ours.span.shift(match.other.at))}.",
            _spans(match.one.who),
            _spans(match.other.who),
        )

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
            stand(told.frame.source, source) == "same" and shared(told.content, content) >= _SAME
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
            weight = {"claim": "claim" in forces, "admit": any(verb in _ADMITTED for verb in verbs)}
            if "neutral" not in forces or not any(weight.values()):
                return None
            level, confidence = "note", 0.6
        if "deny" in forces and self._denied_otherwise(forces.index("deny")):
            return None
        return _Found(
            level,
            confidence + 0.2 * (match.share - 0.8),
            f"The reference says “{self._show(0, match.one.cue)}”, the version “{self._show(1, match.other.cue)}”.",
            (match.one.cue,),
            (match.other.cue,),
        )

    def _denied_otherwise(self, side: int) -> bool:
        """Whether the text without "denied" denies in other words."""
        texts = self.pair.premise.text, self.pair.hypothesis.text
        words = (self.one.words, self.other.words)[1 - side]
        return bool(words & _DENIED or negations(texts[1 - side], texts[side]))

    def _lost(self, told: Told) -> _Found | None:
        """What is told here without a source at all."""
        source = told.frame.source
        if source is None or not plain(source) or len(told.content) < _LEAST or self._silent(told, source):
            return None
        own = len(told.content & self.other.flat)
        share = own / len(told.content)
        if share < _TOLD or own < _LEAST:
            return None
        if self._sourced(told, source) or self._plain_elsewhere(told):
            return None
        confidence = _weight(told, source) + _FAR * (share - 0.85)
        level: Level = "note" if self._known(source) else "warning"
        return _Found(
            level,
            confidence,
            f"“{self._show(0, told.whole)}” is lost: the version states as a fact what the reference only reports.",
            (told.whole,),
            (Span(0, len(self.pair.hypothesis.text)),),
        )

    def _silent(self, told: Told, source: Source) -> bool:
        """Whether the version's sentence names a source in any way, hedges or asks, or the speaker is in it."""
        text = self.pair.hypothesis.text
        hedged = any(
            hedge.kind in {"reported", "apparent"} for hedge in (*hedges(self.pair.premise.text), *hedges(text))
        )
        return bool(
            hedged
            or any(stand(source, one.frame.source) in {"same", "open"} for one in self.other.told)
            or (self.other.flat - told.content) & _CITED
            or (self.other.marked and not self._whole_quote())
            or "?" in text
            or text.rstrip()[-1:] not in {".", "!", "”", '"', "…"}
            or _named(source, self.other.words)
        )

    def _whole_quote(self) -> bool:
        """Whether both quote it, and the version gives nothing but the quote."""
        return self.one.quotes and self.other.quotes and not self.other.outside

    def _sourced(self, told: Told, source: Source) -> bool:
        """Whether a sentence nearby in the version has a source that may be this one, or any tells it with one."""
        if any(stand(source, one.frame.source) in {"same", "open"} for one in self.version.nearby(self.here)):
            return True
        before = (one.frame.source for one in self.version.before(self.here))
        if any(stand(source, one) == "same" or (one is not None and one.pronoun) for one in before):
            return True
        around = self.version.told(self.version.window(self.here))
        return any(shared(one.content, told.content) >= _SAME for one in around)

    def _plain_elsewhere(self, told: Told) -> bool:
        """Whether the reference states it as a fact too."""
        least = _ELSEWHERE * len(told.content)
        around = self.reference.window(self.there)
        return any(len(told.content & self.reference.speech(at).flat) >= least for at in around)

    def _known(self, source: Source) -> bool:
        """Whether the version names this source elsewhere, or opens as the account of a document."""
        opening = self.version.told(range(min(_OPENING, len(self.version.claims.all))))
        if any(told.frame.source is not None and "document" in told.frame.source.groups for told in opening):
            return True
        around = self.version.told(self.version.window(self.here))
        return any(stand(source, told.frame.source) == "same" for told in around)

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
            if (share := shared(one.content, other.content)) >= _SAME
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
        one.share >= _TOLD and stand(one.one.frame.source, one.other.frame.source) in {"other", "stranger"}
        for one in matches
    )


def _named(source: Source, words: frozenset[str]) -> bool:
    """Whether a text speaks of a source: of its first word that says who it is, or of a name in it."""
    names = {lemma(part) for name in source.names for part in name.parts}
    return bool(words & (names or source.heads))


def _weight(told: Told, source: Source) -> float:
    """How much is lost with the source."""
    if told.frame.force == "claim":
        return 0.75
    if source.groups & _CONTESTED or told.frame.force in {"deny", "suggest", "insist", "predict"}:
        return 0.65
    return 0.6


CHECK = AttributionCheck()
