"""What the reference gives to a source and the version tells as its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from consistency.checks._sources.disputed import DISPUTING, disputed
from consistency.checks._sources.speech import Told, Voices, shared, stems
from consistency.facts._lists import word_set
from consistency.facts.hedge import hedges, lemma
from consistency.facts.kin import among
from consistency.facts.name import names
from consistency.facts.source import Source, plain, stand
from consistency.protocols import Pair
from consistency.records import Level

SAME: Final = 0.5
"""Share of the words from which two attributions tell of one thing."""

_LEAST: Final = 3
_TOLD: Final = 0.65
"""Share of what was attributed that the version must tell as its own."""
_FAR: Final = 0.8
"""What a lost source counts for less where much of the wording is gone too."""
_ELSEWHERE: Final = 0.7
_OPENING: Final = 3

_REWORDED: Final = 0.4
"""The same share where words may be kin of those attributed."""
_MOSTLY: Final = 0.6
"""Share of the version's words that must come from what was attributed, be they its own or kin."""
_BOTH: Final = 1.15
"""The least that both shares add up to where the model, too, sees the sentence follow."""
_WITHOUT: Final = 1.5
"""The same where it does not, or was not asked."""
_DISPUTED: Final = 1.4
"""The same of what the reference says is disputed."""
_FOLLOWS: Final = 0.5
"""How sure the model must be for that."""
_MOST_WORDS: Final = 120
"""Sentences of more words than this are not compared by kin."""
_BEFORE: Final = 3
"""Sentences before one, and the one behind it, whose talk of sources may go on in it."""
_STEM: Final = 5
_SPLIT: Final = re.compile(r";|[^\W_][.!?…]\W{0,6}[A-Z]")
"""What parts two statements: what is told may well be one of them alone."""

_CITED: Final = frozenset(
    lemma(word)
    for word in word_set(
        "according accuse accusation charge credit blame call urge criticise criticize allege allegation reportedly",
        "apparently quote cite letter interview speech statement account testimony testify version study survey poll",
        "estimate report source announce announcement claim confirm deny warn add note argue insist suggest believe",
        "think say tell describe acknowledge admit reveal disclose show find indicate write declare promise pledge vow",
        "threaten predict forecast demand ask propose recommend rule order hold decide conclude complain praise",
        "welcome hail condemn dismiss reject defend agree expect hope fear suspect view opinion word dub brand label",
        "maintain contend stress explain state comment remark tweet post convict sentence",
    )
)
"""Words by which a sentence may name its source in a way that is not read here."""
SPEAKING: Final = _CITED | frozenset(
    lemma(word)
    for word in word_set(
        "share credit express emphasise emphasize divulge convey recount advise inform mention highlight discuss",
        "confide speculate speculation rumour rumor unverified unconfirmed alleged supposedly purportedly seemingly",
        "insider publication outlet tabloid magazine newspaper informant portray depict consider feel perceive regard",
        "assess caution reiterate underscore recall reflect pose question answer reply response respond unveil",
        "proclaim explanation belief conviction stance argument advocate refer joke quip talk speak gossip attribute",
        "discover determine identify evidence document record message caption deem case conclusion word propose imply",
    )
)
"""The same, for a sentence in other words: whatever tells that somebody speaks, thinks or finds."""
_VAGUE: Final = frozenset(
    lemma(word)
    for word in word_set(
        "insider source informant pal friend tipster eyewitness witness publication outlet tabloid magazine gossip",
        "spokesperson spokesman spokeswoman representative rep rumour rumor report speculation reportedly allegedly",
        "supposedly purportedly claim allegation unverified unconfirmed",
    )
)
"""Words for sources without a name: near them a sentence may still be theirs."""
_OFFICIAL: Final = frozenset(("official", "police", "fire", "court", "health"))
"""Groups whose plain word on what happened is commonly told as a fact."""
_MEASURING: Final = frozenset(
    lemma(word)
    for word in word_set(
        "statistics statistical meteorological meteorologist weather seismological seismologist geological census",
        "firefighter fireman brigade",
    )
)
"""Whose word on a figure or a fire desks tell as a fact."""
_CONTESTED: Final = frozenset(
    "critic opposition activist accused defence rebel family friend labour company residents witness victim".split()
)


class Unsourced:
    """A pair of passages, and the articles around them, asked what lost its source."""

    def __init__(self, pair: Pair, sides: tuple[Voices, Voices], places: tuple[list[int], list[int]]) -> None:
        """`sides` are the reference and the version, `places` the claims of the pair in them."""
        self._pair = pair
        self._reference, self._version = sides
        self._there, self._here = places
        self._one = self._reference.passage(self._there)
        self._other = self._version.passage(self._here)

    def lost(self, told: Told) -> tuple[Level, float] | None:
        """How badly, and how surely, what is told here is told without a source in the version."""
        source = told.frame.source
        if source is None or not plain(source) or len(told.content) < _LEAST or self._other.words & DISPUTING:
            return None
        confidence = max(self._plainly(told, source), self._reworded(told, source))
        if not confidence or self._present(told) or self._plain_elsewhere(told):
            return None
        return "note" if self._known(source) or _measures(told, source) else "warning", confidence

    def _plainly(self, told: Told, source: Source) -> float:
        """In the same words."""
        own = len(told.content & self._other.flat)
        share = own / len(told.content)
        if share < _TOLD or own < _LEAST or self._silent(told, source) or self._sourced(told, source):
            return 0.0
        return _weight(told, source) + _FAR * (share - 0.85)

    def _reworded(self, told: Told, source: Source) -> float:
        """In other words, where nothing in the version and around it speaks of a source."""
        ours, theirs = self._other.words, self._first(told)
        if max(len(ours), len(theirs)) > _MOST_WORDS or self._other.told or self._unread(told):
            return 0.0
        if source.groups & _OFFICIAL and told.frame.force == "neutral":
            return 0.0
        if (ours - theirs) & SPEAKING or self._called(told, source) or self._spoken_near(source):
            return 0.0
        kept = {word for word in theirs if near(word, ours)}
        if len(kept) < max(_LEAST, _REWORDED * len(theirs)) or len(kept - self._one.flat) < _LEAST:
            return 0.0
        mostly = sum(near(word, theirs) for word in ours) / len(ours)
        least = _BOTH if follows(self._pair) else _DISPUTED if self._disputed(told) else _WITHOUT
        if mostly < _MOSTLY or mostly + len(kept) / len(theirs) < least or self._sourced(told, source):
            return 0.0
        return _weight(told, source) - 0.05

    def _first(self, told: Told) -> frozenset[str]:
        """The words of what is surely told: what follows a source in the middle may be the narrator's, and who disputes
        it is."""
        if told.frame.side == "middle":
            return stems(self._part(told))
        end = disputed(self._part(told))
        return told.content if end is None else stems(self._part(told)[:end])

    def _part(self, told: Told) -> str:
        part = told.frame.content[0].shift(told.at)
        return self._pair.premise.text[part.start : part.end]

    def _disputed(self, told: Told) -> bool:
        """Whether the reference says that somebody disputes it."""
        return disputed(self._part(told)) is not None

    def _unread(self, told: Told) -> bool:
        """Whether it is not plain what either side tells: marks, questions, hedges of its own, no end."""
        text, whole = self._pair.hypothesis.text, self._pair.premise.text
        if self._other.marked or self._other.quotes or "?" in text or text.rstrip()[-1:] not in {".", "!", "…"}:
            return True
        parts = [whole[part.start + told.at : part.end + told.at] for part in told.frame.content]
        kinds = [{hedge.kind for hedge in hedges(some)} & {"reported", "apparent"} for some in (text, *parts, whole)]
        seeming = any("apparent" in kind for kind in kinds[1:-1])
        return (
            "reported" in kinds[0] | kinds[-1]
            or ("apparent" in kinds[0] and not seeming)
            or any(_SPLIT.search(part) for part in parts)
        )

    def _spoken_near(self, source: Source) -> bool:
        """Whether a sentence nearby in the version cites this source, or may do so, or speaks of sources at all."""
        low, high = max(0, min(self._here) - _BEFORE), min(len(self._version.claims.all), max(self._here) + 2)
        near = [self._version.speech(at) for at in range(low, high) if at not in self._here]
        return any(
            speech.words & _VAGUE or any(stand(source, one.frame.source) in {"same", "open"} for one in speech.told)
            for speech in near
        )

    def _present(self, told: Told) -> bool:
        """Whether the version's sentence or one beside it tells of the source, who then is known to speak or to act."""
        text = self._pair.premise.text[told.whole.start : told.whole.end]
        who = {lemma(part) for name in names(text) for part in name.parts}
        if told.frame.source is not None:
            who |= told.frame.source.heads
        low, high = max(0, min(self._here) - 1), min(len(self._version.claims.all), max(self._here) + 2)
        return any(not who.isdisjoint(self._version.speech(at).words) for at in range(low, high))

    def _silent(self, told: Told, source: Source) -> bool:
        """Whether the version's sentence names a source in any way, hedges or asks, or the speaker is in it."""
        text = self._pair.hypothesis.text
        hedged = any(
            hedge.kind in {"reported", "apparent"} for hedge in (*hedges(self._pair.premise.text), *hedges(text))
        )
        return bool(
            hedged
            or any(stand(source, one.frame.source) in {"same", "open"} for one in self._other.told)
            or (self._other.flat - told.content) & _CITED
            or (self._other.marked and not self._whole_quote())
            or "?" in text
            or text.rstrip()[-1:] not in {".", "!", "”", '"', "…"}
            or self._called(told, source)
        )

    def _called(self, told: Told, source: Source) -> bool:
        """Whether the version's sentence speaks of the source, be it in a word of kin: the organisation, organisers."""
        words = self._other.words
        return named(source, words) or any(near(head, words - told.content) for head in source.heads)

    def _whole_quote(self) -> bool:
        """Whether both quote it, and the version gives nothing but the quote."""
        return self._one.quotes and self._other.quotes and not self._other.outside

    def _sourced(self, told: Told, source: Source) -> bool:
        """Whether a sentence nearby in the version has a source that may be this one, or any tells it with one."""
        if any(stand(source, one.frame.source) in {"same", "open"} for one in self._version.nearby(self._here)):
            return True
        before = (one.frame.source for one in self._version.before(self._here))
        if any(stand(source, one) == "same" or (one is not None and one.pronoun) for one in before):
            return True
        return self._told_with_source(told)

    def _told_with_source(self, told: Told) -> bool:
        """Whether the version tells it with a source anywhere."""
        return any(shared(one.content, told.content) >= SAME for one in self._around())

    def _around(self) -> Iterable[Told]:
        return self._version.told(self._version.window(self._here))

    def _plain_elsewhere(self, told: Told) -> bool:
        """Whether the reference states it as a fact too."""
        least = _ELSEWHERE * len(told.content)
        around = self._reference.window(self._there)
        return any(len(told.content & self._reference.speech(at).flat) >= least for at in around)

    def _known(self, source: Source) -> bool:
        """Whether the version names this source elsewhere, or opens as the account of a document."""
        opening = self._version.told(range(min(_OPENING, len(self._version.claims.all))))
        if any(told.frame.source is not None and "document" in told.frame.source.groups for told in opening):
            return True
        return any(_itself(source, told.frame.source) for told in self._around())


def _itself(source: Source, other: Source | None) -> bool:
    """Whether two sources are one, and not just of one body: "the bank", "a bank workers' association"."""
    if other is None or stand(source, other) != "same":
        return False
    return bool(not source.heads or not other.heads or source.heads & (other.heads | other.words) or source.names)


def named(source: Source, words: frozenset[str]) -> bool:
    """Whether a text speaks of a source: of its first word that says who it is, or of a name in it."""
    names = {lemma(part) for name in source.names for part in name.parts}
    return bool(words & (names or source.heads))


def follows(pair: Pair) -> bool:
    """Whether the model sees the version's sentence follow from the reference's."""
    forward = pair.alignment.forward
    return forward is not None and forward.entailment >= _FOLLOWS


def near(word: str, words: frozenset[str]) -> bool:
    """Whether a lemma, or one of its kin, is among others."""
    if among(word, words):
        return True
    return len(word) >= _STEM and any(other.startswith(word[:_STEM]) for other in words)


def _measures(told: Told, source: Source) -> bool:
    """Whether it is the plain word of those whose business it is to count and to measure."""
    return told.frame.force == "neutral" and bool(source.words & _MEASURING)


def _weight(told: Told, source: Source) -> float:
    """How much is lost with the source."""
    if told.frame.force == "claim":
        return 0.75
    if source.groups & _CONTESTED or told.frame.force in {"deny", "suggest", "insist", "predict"}:
        return 0.65
    return 0.6
