"""Sources that no desk leaves out: those who ask not to be named, and those who charge somebody with a crime.

Nobody else stands for what they say, so a sentence that tells it as a fact lacks them, whoever else speaks near it.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from consistency.checks._sources.antecedent import by_name, spoken_for
from consistency.checks._sources.speech import Speech, Told, Voices, stems
from consistency.checks._sources.unsourced import SPEAKING, follows, named, near
from consistency.checks._sources.veiled import hearsay, trace, veiled
from consistency.facts._places.gazetteer import words
from consistency.facts._pronouns.slots import sex
from consistency.facts._sources.speakers import telling
from consistency.facts._sources.words import PREPOSITIONS
from consistency.facts.hedge import hedges, lemma
from consistency.facts.name import names
from consistency.facts.source import Source, stand
from consistency.protocols import Pair

_LEAST: Final = 3
"""Words of what is said that the version must have, or kin of them."""
_KEPT: Final = 0.4
"""Share of them that it must have."""
_MOSTLY: Final = 0.6
"""Share of its own words that must come from there."""
_BOTH: Final = 1.15
"""What both shares must add up to where the model, too, sees the version follow from the reference."""
_UNNAMED: Final = 1.3
"""The same where it does not, for somebody who is not to be named."""
_CHARGED: Final = 1.5
"""The same for a charge."""
_ELSEWHERE: Final = 0.7
"""Share of the words that make a sentence of the reference tell it as a fact."""
_MOST_WORDS: Final = 120
"""Sentences of more words than this are not compared by kin."""
_BEFORE: Final = 3
"""Sentences before one in its paragraph whose talk may go on in it."""
_CHARGING: Final = frozenset(["prosecution"])
"""Groups whose word against somebody is no fact."""
_CONVICTED: Final = frozenset(map(lemma, ("convicted", "conviction", "sentenced")))
"""What makes a fact of it."""
_SPLIT: Final = re.compile(r";|[^\W_][.!?…]\W{0,6}[A-Z]")


class _Cited(NamedTuple):
    """The source of what is lost, the claim of the reference it speaks in, its word, and the names in what it says."""

    source: Source
    speech: Speech
    word: str
    who: frozenset[str]


class Grave:
    """A pair of passages, and the articles around them, asked where such a source is lost."""

    def __init__(self, pair: Pair, sides: tuple[Voices, Voices], places: tuple[list[int], list[int]]) -> None:
        """`sides` are the reference and the version, `places` the claims of the pair in them."""
        self._follows = follows(pair)
        self._reference, self._version = sides
        self._there, self._here = places

    def lost(self, told: Told) -> int | None:
        """The claim of the version that tells this as a fact."""
        source, index = told.frame.source, self._reference.index(self._there, told)
        if source is None:
            return None
        text, speech = self._reference.claims.all[index].text, self._reference.speech(index)
        unnamed = len(speech.told) == 1 and veiled(text, told.frame.frame)
        if (not unnamed and not self._charge(told, source, text)) or self._elsewhere(told, index):
            return None
        first = _first(told, text)
        word = _word(text[source.span.start : source.span.end])
        cited = _Cited(source, speech, word, first & _named(text))
        fits = self._unsourced if unnamed else self._charged
        least = _BOTH if self._follows else _UNNAMED if unnamed else _CHARGED
        if not unnamed and self._convicted(cited.who):
            return None
        own = (at for at in self._here if not self._version.speech(at).told and self._flat(at, told, text))
        return next((at for at in own if self._retold(at, first, speech, least) and fits(at, cited)), None)

    def _unsourced(self, at: int, cited: _Cited) -> bool:
        """Whether nothing in a claim and around it tells of somebody who is not named."""
        ours, called = self._version.speech(at).words, lemma(cited.word)
        return (
            not (ours - cited.speech.words) & telling()
            and not named(cited.source, ours)
            and not any(trace(some) or called in stems(some) for some in self._version.around([at]))
        )

    def _charge(self, told: Told, source: Source, text: str) -> bool:
        """Whether prosecutors say, or somebody claims, what somebody of a name has done."""
        charges = bool(source.groups & _CHARGING) or told.frame.force == "claim"
        return charges and not _named(text).isdisjoint(_first(told, text))

    def _convicted(self, who: frozenset[str]) -> bool:
        """Whether the version says of one of these names that a court has found so."""
        some = (self._version.speech(at).words for at in self._version.window(self._here))
        return any(said & _CONVICTED and said & who for said in some)

    def _charged(self, at: int, cited: _Cited) -> bool:
        """Whether a claim tells a charge before anybody speaks of it in its paragraph who may have raised it.

        That its source is named behind it, where a quote follows, does not make it theirs.
        """
        ours = self._version.speech(at).words
        if (ours - cited.speech.words) & SPEAKING or named(cited.source, ours):
            return False
        if at and self._may_charge(at - 1, cited):
            return False
        before = at
        while before and at - before < _BEFORE and not self._version.parted(before - 1, before):
            before -= 1
            told = self._version.speech(before).told
            if self._may_charge(before, cited) or self._speaks(before) - {one.frame.verb for one in told}:
                return False
        return True

    def _speaks(self, at: int) -> frozenset[str]:
        """The words of speech in a claim."""
        return self._version.speech(at).words & SPEAKING

    def _may_charge(self, at: int, cited: _Cited) -> bool:
        """Whether anybody speaks in a claim who may have raised the charge.

        The words of somebody who is plainly another, above all of the one who is charged, lend it no source.
        """
        return not all(self._another(at, told, cited) for told in self._version.speech(at).told)

    def _another(self, at: int, told: Told, cited: _Cited) -> bool:
        text = self._version.claims.all[at].text
        speaker = spoken_for(self._version, told, at) or by_name(text, told) or told.frame.source
        if speaker is None:
            return False
        if not speaker.pronoun:
            charged = {lemma(part) for name in speaker.names for part in name.parts} & cited.who
            return bool(charged) or stand(cited.source, speaker) in {"other", "stranger"}
        around = self._version.speech(max(0, at - 1)).words | self._version.speech(at).words
        one = sex(text[speaker.span.start : speaker.span.end].casefold()) is not None
        return one and cited.word.endswith("s") and not around.isdisjoint(cited.who)

    def _flat(self, at: int, told: Told, whole: str) -> bool:
        """Whether a claim plainly tells it as a fact: no marks, questions, hedges of its own, and an end."""
        text, speech = self._version.claims.all[at].text, self._version.speech(at)
        if speech.marked or speech.quotes or "?" in text or text.rstrip()[-1:] not in {".", "!", "…"}:
            return False
        if trace(text) or hearsay(text):
            return False
        parts = [whole[part.start : part.end] for part in told.frame.content]
        ours, theirs = ({one.kind for one in hedges(some)} for some in (text, whole))
        seeming = "apparent" in ours and not any(one.kind == "apparent" for part in parts for one in hedges(part))
        return not (seeming or "reported" in ours | theirs or any(_SPLIT.search(part) for part in parts))

    def _retold(self, at: int, first: frozenset[str], speech: Speech, least: float) -> bool:
        """Whether a claim tells what was said; `least` is what the shares of words that agree must add up to."""
        ours = self._version.speech(at).words
        if not ours or not first or max(len(ours), len(first)) > _MOST_WORDS:
            return False
        kept = {word for word in first if near(word, ours)}
        if len(kept - speech.flat) < max(_LEAST, _KEPT * len(first)):
            return False
        mostly = sum(near(word, first) for word in ours) / len(ours)
        return mostly >= _MOSTLY and mostly + len(kept) / len(first) >= least

    def _elsewhere(self, told: Told, index: int) -> bool:
        """Whether the reference states it as a fact too, or gives it to somebody else as well."""
        least = _ELSEWHERE * len(told.content)
        return any(
            len(told.content & self._reference.speech(at).flat) >= least
            for at in self._reference.window([index])
            if at != index
        )


def _word(source: str) -> str:
    """The word for a source: the last one before a preposition, "officer" of "an officer of the ferry line"."""
    run = words(source)
    core = next((at for at, word in enumerate(run) if at and word.fold in PREPOSITIONS | {"of", "who"}), len(run))
    return run[core - 1].fold if run else ""


def _named(text: str) -> frozenset[str]:
    """Words of the names in a text that may be people's."""
    return frozenset(lemma(part) for name in names(text) if name.kind != "organisation" for part in name.parts)


def _first(told: Told, text: str) -> frozenset[str]:
    """The words of what is surely told: what follows a source in the middle may be the narrator's."""
    if told.frame.side != "middle":
        return told.content
    part = told.frame.content[0]
    return stems(text[part.start : part.end])
