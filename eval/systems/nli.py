"""The model alone: no typed checks, no aligner.

Two sentences are one pair: the score is how far they contradict each other. Two longer texts that fit the model
together are one pair too: how far they contradict each other, times what is not entailed. Of a document each
hypothesis claim is scored against its likeliest sentences, alone and together: how far these passages contradict it
on average, times what the best of them does not entail; the worst claim and the mean of all decide, half each (after
SummaC, Laban et al. 2022, which takes entailment alone). Nothing is truncated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from consistency.infer import score_all
from consistency.protocols import Scorer
from consistency.records import Article, Scores
from consistency.segment import segment
from eval import thresholds
from eval.rows import Row
from eval.store import Told
from eval.systems import Direction, Progress
from eval.thresholds import Threshold

Pair: TypeAlias = tuple[str, str]
_WORD = re.compile(r"\w+")


WHOLE = 230
"""Words of two texts that are scored as one pair: about as long as the longest pairs that the model learnt from."""


_Kind: TypeAlias = Literal["sentences", "texts", "document"]


class _Plan(NamedTuple):
    """The pairs of each claim; where it is no document, one pair for all."""

    kind: _Kind
    claims: list[list[Pair]]


class _Claim(NamedTuple):
    """What the model says of one claim: how inconsistent, and the three-way scores of premise -> claim."""

    score: float
    entailment: float
    contradiction: float


class NliSystem:
    """`score` = how inconsistent, 0 to 1. `near` = likeliest premise sentences a claim is held against."""

    keeps = True

    def __init__(
        self,
        scorer: Scorer,
        *,
        direction: Direction = "both",
        near: int = 4,
        fixed: Threshold | None = None,
    ) -> None:
        self._scorer = scorer
        self._direction = direction
        self._near = near
        self.fixed = fixed or thresholds.fixed()
        self.model = scorer.digest
        self.signature = f"nli/{scorer.digest[:12]}/{direction}/k{near}/entailed"

    def score(self, rows: Sequence[Row], progress: Progress | None = None) -> list[float]:
        """The scores alone, one a row, in order."""
        return [told.score for told in self.tell(rows, progress)]

    def tell(self, rows: Sequence[Row], progress: Progress | None = None) -> list[Told]:
        """One `Told` a row, in order; `nli` is forward, whatever direction the score is made of."""
        plans = [self._plan(row) for row in rows]
        asked = {pair for plan in plans for pair in self._asked(plan)}
        known = score_all(sorted(asked), self._scorer, progress)
        return [self._told(plan, known) for plan in plans]

    def _plan(self, row: Row) -> _Plan:
        """The pairs that a row is scored in, by claim."""
        premises, hypotheses = sentences(row.premise), sentences(row.hypothesis)
        whole = [[(row.premise, row.hypothesis)]]
        if len(premises) <= 1 and len(hypotheses) <= 1:
            return _Plan("sentences", whole)
        if self._fits(row):
            return _Plan("texts", whole)
        claims = [[(text, claim) for text in _near(claim, premises, self._near)] for claim in hypotheses]
        return _Plan("document", claims)

    def _fits(self, row: Row) -> bool:
        if len(row.premise.split()) + len(row.hypothesis.split()) > WHOLE:
            return False
        return max(self._scorer.lengths([(row.premise, row.hypothesis)])) <= self._scorer.limit

    def _asked(self, plan: _Plan) -> set[Pair]:
        """A claim does not have to tell its document, so of a document only the way to the claim counts."""
        forward = {pair for pairs in plan.claims for pair in pairs}
        if plan.kind == "document" or self._direction == "forward":
            return forward
        return forward | {(there, here) for here, there in forward}

    def _told(self, plan: _Plan, known: Mapping[Pair, Scores]) -> Told:
        claims = [claim for pairs in plan.claims if (claim := self._claim(plan.kind, pairs, known)) is not None]
        unread = sum(pair not in known for pairs in plan.claims for pair in pairs)
        if not claims:
            return Told(0.0, alarms=0, compared=False, unread=unread)
        entailment = min(claim.entailment for claim in claims)
        contradiction = min(max(claim.contradiction for claim in claims), 1 - entailment)
        neutral = max(0.0, round(1 - entailment - contradiction, 4))
        scores = [claim.score for claim in claims]
        return Told(
            (max(scores) + sum(scores) / len(scores)) / 2,
            nli=(round(entailment, 4), neutral, round(contradiction, 4)),
            alarms=sum(score >= self.fixed.value for score in scores),
            unread=unread,
        )

    def _claim(self, kind: _Kind, pairs: Sequence[Pair], known: Mapping[Pair, Scores]) -> _Claim | None:
        """None where nothing could be scored."""
        found = [forward for pair in pairs if (forward := known.get(pair)) is not None]
        if not found:
            return None
        if kind == "document":
            contradiction = sum(scores.contradiction for scores in found) / len(found)
        else:
            backward = known.get((pairs[0][1], pairs[0][0]))
            used = [scores for scores in self._used(found[0], backward) if scores is not None]
            contradiction = sum(scores.contradiction for scores in used) / len(used) if used else 0.0
        entailment = max(scores.entailment for scores in found)
        ahead = max(scores.contradiction for scores in found)
        supported = 0.0 if kind == "sentences" else entailment
        return _Claim(contradiction * (1 - supported), entailment, ahead)

    def _used(self, forward: Scores | None, backward: Scores | None) -> tuple[Scores | None, ...]:
        return {"both": (forward, backward), "forward": (forward,), "backward": (backward,)}[self._direction]


@lru_cache(maxsize=4_096)
def sentences(text: str) -> tuple[str, ...]:
    """The claims of a text."""
    return tuple(claim.text for claim in segment(Article(id="", text=text)))


def _near(claim: str, premises: Sequence[str], count: int) -> list[str]:
    """The likeliest premise sentences by shared words, each with its neighbours, and the best of them together."""
    words = _stems(claim)

    def shared(at: int) -> tuple[float, int]:
        other = _stems(premises[at])
        return (-len(words & other) / (1 + len(other)) ** 0.5, at)

    ranked = sorted(range(len(premises)), key=shared)[:count]
    best = sorted(ranked)
    windows = [f"{premises[at]} {premises[at + 1]}" for at in best if at + 1 < len(premises)]
    windows += [f"{premises[at - 1]} {premises[at]}" for at in best if at]
    together = [" ".join(premises[at] for at in sorted(ranked[:size])) for size in range(2, count + 1)]
    return list(dict.fromkeys([*(premises[at] for at in best), *windows, *together]))


@lru_cache(maxsize=65_536)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word.lower()[:6] for word in _WORD.findall(text) if len(word) > 2)
