"""No model: word overlap and negation words. The honest baseline, and what runs without weights.

It knows entailment as coverage of the hypothesis' content words by the premise and contradiction as
a negation on one side only, or another number in the same words; everything else is neutral.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from consistency.errors import InputError
from consistency.records import Scores

_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
_NEGATIONS = frozenset("not no never none nobody nothing neither nor without cannot n't refused denied failed".split())
_SMALL = frozenset(
    "a an the of in on at to for from by with and or but as is are was were be been "
    "has have had it its that this".split()
)


class LexicalScorer:
    """A `Scorer` without weights; its unit of length is the character."""

    digest = "lexical-1"
    runtime = "lexical"
    limit = 100_000

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        return [len(premise) + len(hypothesis) for premise, hypothesis in pairs]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        """One `Scores` a pair. Raises `InputError` for a pair longer than `limit`, as every backend does."""
        longest = max(self.lengths(pairs), default=0)
        if longest > self.limit:
            raise InputError(
                f"A pair of {longest} characters is longer than the {self.limit} that are compared.",
                "Split the texts; `lengths` says what fits.",
            )
        return [_score(premise, hypothesis) for premise, hypothesis in pairs]


def _score(premise: str, hypothesis: str) -> Scores:
    left, right = _words(premise), _words(hypothesis)
    content = right - _SMALL - _NEGATIONS
    covered = len(content & left) / len(content) if content else 1.0
    differs = bool(left & _NEGATIONS) != bool(right & _NEGATIONS)
    numbers = {word for word in right if word[0].isdigit()} - left
    replaced = bool(numbers) and bool({word for word in left if word[0].isdigit()} - right)
    contradiction = round(covered * (0.9 if differs or replaced else 0.1), 4)
    entailment = round((1 - contradiction) * covered**2, 4)
    return Scores(entailment, round(1 - contradiction - entailment, 4), contradiction)


def _words(text: str) -> set[str]:
    found = {word.lower() for word in _WORD.findall(text)}
    return found | ({"not"} if any(word.endswith(("n't", "n’t")) for word in found) else set())
