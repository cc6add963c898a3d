"""A text cut into sentences for `reported`: its words, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from consistency.facts._places.gazetteer import Word, words
from consistency.facts._sources.words import FINITE
from consistency.facts.hedge import is_verb_form
from consistency.records import Span

_STOP: Final = re.compile(r"[.!?…]+[”\"’')\]»]*(?=\s|$)|[\n\r]")
_ABOUT: Final = frozenset(("who", "whose"))
_MARK: Final = re.compile(r"[,;:—–\0“”\"]")
_LONGEST: Final = 120
"""Words after which a sentence ends whatever follows."""


class Sentence(NamedTuple):
    """A sentence of a blanked text: its words by index, and its characters."""

    text: str
    run: tuple[Word, ...]
    words: range
    span: Span

    def gap(self, at: int) -> str:
        """What stands before word `at` inside the sentence; behind its last word what follows it."""
        start = self.run[at - 1].end if at > self.words.start else self.span.start
        end = self.run[at].start if at < self.words.stop else self.span.end
        return self.text[start:end]

    def clause_about(self, at: int, high: int) -> int:
        """Where a clause about the source before it ends that begins here: "said a cook, who was there, on Friday"."""
        if at >= high or self.run[at].fold not in _ABOUT or "," not in self.gap(at):
            return at
        return next((place for place in range(at + 1, high) if _MARK.search(self.run[place].gap)), high)

    def finite(self, some: range) -> bool:
        """Whether a word there is plainly a verb that tells."""
        folds = (self.run[at].fold for at in some)
        return any(fold in FINITE or (is_verb_form(fold) and not fold.endswith("ing")) for fold in folds)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text, in order."""
    run = words(text)
    first = start = 0
    for at in range(1, len(run) + 1):
        begins = at < len(run) and _begins(run, at)
        if not begins and at < len(run) and at - first < _LONGEST:
            continue
        gap = text[run[at - 1].end : run[at].start + 1] if at < len(run) else text[run[at - 1].end :]
        stop = _STOP.search(gap) if begins or at == len(run) else None
        if stop is not None or at == len(run) or at - first >= _LONGEST:
            end = run[at - 1].end + (stop.end() if stop else len(gap) if at == len(run) else 0)
            yield Sentence(text, run, range(first, at), Span(start, end))
            first, start = at, end


def _begins(run: tuple[Word, ...], at: int) -> bool:
    """Whether a sentence may begin at a word: no "Brian L. Halla", no "Acme Inc. said"."""
    word, before = run[at], run[at - 1]
    if not word.opens:
        return False
    initial = len(before.text) == 1 and before.capital
    return not initial and (not word.text[0].islower() or "\n" in word.gap)
