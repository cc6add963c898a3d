"""The same told with another force: denied for said, confirmed for reports, a source made more of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from consistency.checks._sources.matched import Match
from consistency.checks._sources.speech import Passage, Told
from consistency.facts._lists import word_set
from consistency.facts._places.gazetteer import words
from consistency.facts.hedge import lemma
from consistency.facts.polarity import negations
from consistency.facts.reported import Force
from consistency.protocols import Pair
from consistency.records import Level

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
_WEIGHTY: Final = 0.6
_ADMITTED: Final = frozenset(map(lemma, ("admit", "concede", "confess")))
_DOING: Final = word_set("will would")
_CONFIRM: Final = lemma("confirm")
_UNNAMED: Final = frozenset(("speaker", "document"))
"""Groups of sources that say nothing of how far they may be believed: an insider, a report."""
_TRUSTED: Final = word_set("reliable trusted credible trustworthy reputable authoritative dependable impeccable")
"""What makes more of a source than it was."""
_ACCUSING: Final = frozenset(lemma(word) for word in word_set("accuse accusation allege allegation complaint complain"))
_DENIED: Final = frozenset(
    lemma(word)
    for word in word_set(
        "deny reject dismiss refuse refute dispute contest contradict rebut false baseless untrue wrong unfounded",
        "denial innocent nothing untrue groundless fabricated lie lies rumour rumor",
    )
)


class Turned:
    """A pair of passages, asked what is told with another force or a better source."""

    def __init__(self, pair: Pair, one: Passage, other: Passage) -> None:
        self._texts = pair.premise.text, pair.hypothesis.text
        self._sides = one, other

    def force(self, match: Match) -> tuple[Level, float] | None:
        """How badly, and how surely, the cue has another force, where the source may be the same."""
        forces = match.one.frame.force, match.other.frame.force
        told = ({one.frame.force for one in side.told} for side in self._sides)
        if any(force in others for force, others in zip(reversed(forces), told, strict=True)):
            return None
        level: Level = "warning"
        confidence = _TURNED.get(frozenset(forces))
        if confidence is None:
            verbs = match.one.frame.verb, match.other.frame.verb
            weighty = (
                ("claim" in forces and not self._blamed_otherwise(forces))
                or any(verb in _ADMITTED for verb in verbs)
                or self._confirmed(match)
            )
            if "neutral" not in forces or not weighty:
                return None
            level, confidence = "note", _WEIGHTY
        if {*forces} == {"threaten", "warn"} and self._warned_of_doing(match, forces.index("warn")):
            return None
        if "deny" in forces and (self._denied_otherwise(forces.index("deny")) or self._denied_denial(match, forces)):
            return None
        return level, confidence + 0.2 * (match.share - 0.8)

    def trusted(self, match: Match) -> bool:
        """Whether the version calls a source without a name a good one, and the reference does not."""
        ours, theirs = match.other.frame.source, match.one.frame.source
        if ours is None or theirs is None or match.other.who is None or theirs.pronoun or ours.names:
            return False
        there, here = self._texts
        added = _trust(here[match.other.who.start : match.other.who.end])
        return added and not _trust(there)

    def _warned_of_doing(self, match: Match, side: int) -> bool:
        """Whether the warning is a threat in other words: "warned that it would expel him"."""
        told: Told = (match.one, match.other)[side]
        return any(
            _DOING.intersection(
                word.fold for word in words(self._texts[side][part.start + told.at : part.end + told.at])
            )
            for part in told.frame.content
        )

    def _confirmed(self, match: Match) -> bool:
        """Whether the version has confirmed what only somebody unnamed, or some report, says in the reference."""
        source = match.one.frame.source
        return bool(
            match.other.frame.verb == _CONFIRM
            and _CONFIRM not in self._sides[0].words
            and source is not None
            and not source.names
            and not source.pronoun
            and bool(source.groups)
            and source.groups <= _UNNAMED
        )

    def _blamed_otherwise(self, forces: tuple[Force, Force]) -> bool:
        """Whether the text without "accused" accuses in other words: "according to their accusations"."""
        return any(
            force == "claim" and bool(side.words & _ACCUSING)
            for force, side in zip(forces, reversed(self._sides), strict=True)
        )

    def _denied_denial(self, match: Match, forces: tuple[Force, Force]) -> bool:
        """Whether what is denied is itself a denial: "denied that he had not paid", "said that he had paid"."""
        side = forces.index("deny")
        told: Told = (match.one, match.other)[side]
        text = self._texts[side]
        return any(negations(text[part.start + told.at : part.end + told.at]) for part in told.frame.content)

    def _denied_otherwise(self, side: int) -> bool:
        """Whether the text without "denied" denies in other words."""
        words = self._sides[1 - side].words
        return bool(words & _DENIED or negations(self._texts[1 - side], self._texts[side]))


def _trust(text: str) -> bool:
    return not _TRUSTED.isdisjoint([word.fold for word in words(text)])
