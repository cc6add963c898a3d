"""One text with what the check `hedge` looks up in it again and again, and the sentence around a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from consistency.checks._hedges.words import SOURCE, YET
from consistency.facts.hedge import Reading, Word

LATER: Final = frozenset(["future", "would"])
"""Kinds of hedge that only say that something is to come."""
_AROUND: Final = 8
_SENTENCE: Final = 60


class Side:
    """One text with what is looked up in it again and again."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.lemmas = {word.lemma for word in reading.words}
        self.heads = {hedge.lemma for hedge in reading.hedges}
        self.worded = dict(_worded(reading))
        self.open = {hedge.at for hedge in reading.hedges if hedge.kind not in LATER}
        self.planned = {hedge.at for hedge in reading.hedges if hedge.kind in {"plan", "expected"}}
        self.hedged = {hedge.at for hedge in reading.hedges}
        self.grants = any(word.token.fold in YET for word in reading.words)
        self.places: dict[str, list[int]] = {}
        """Where each lemma of weight stands."""
        for index, word in enumerate(reading.words):
            if word.weight:
                self.places.setdefault(word.lemma, []).append(index)
        self.coming: dict[tuple[str | None, str | None], list[int]] = {}
        """Heads of "will" by the words of weight on both sides of them."""
        for hedge in reading.hedges:
            if hedge.kind == "future":
                self.coming.setdefault(neighbours(reading, hedge.at), []).append(hedge.at)


def _worded(reading: Reading) -> Iterator[tuple[int, str]]:
    """The words of every hedge, each with the lemma that it stands on."""
    for hedge in reading.hedges:
        for at in range(max(0, hedge.at - _AROUND), hedge.at):
            if hedge.words.start <= reading.words[at].token.start < hedge.words.end:
                yield at, hedge.lemma


def neighbours(reading: Reading, index: int) -> tuple[str | None, str | None]:
    """The nearest words of weight before and after in the sentence."""
    first, last = bounds(reading, index)
    before = (word.lemma for word in reversed(reading.words[first:index]) if word.weight)
    after = (word.lemma for word in reading.words[index + 1 : last] if word.weight)
    return next(before, None), next(after, None)


def spoken(reading: Reading, index: int) -> bool:
    """Whether the sentence of the word names a source, or tells of somebody who speaks."""
    return any(word.lemma in SOURCE for word in sentence(reading, index))


def numbered(reading: Reading, index: int) -> Iterator[tuple[int, Word]]:
    """The words of the sentence, each with its index."""
    first, last = bounds(reading, index)
    return enumerate(reading.words[first:last], first)


def marked(plain: Reading, index: int, hedged: Reading) -> bool:
    """Whether the sentence of the word leaves open what it tells in words that the other text does not have."""
    known = set(hedged.marks.values())
    number = plain.words[index].sentence
    return any(plain.words[at].sentence == number and one not in known for at, one in plain.marks.items())


def sentence(reading: Reading, index: int) -> tuple[Word, ...]:
    """The words of the sentence around the one at `index`."""
    first, last = bounds(reading, index)
    return reading.words[first:last]


def bounds(reading: Reading, index: int) -> tuple[int, int]:
    """Token range of the sentence around `index`, at most `_SENTENCE` tokens each way."""
    number = reading.words[index].sentence
    first, end = reading.sentences[number], reading.sentences[number + 1]
    return max(first, index - _SENTENCE), min(end, index + _SENTENCE)
