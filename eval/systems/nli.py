"""The model alone: no typed checks, no aligner.

A pair of single sentences is scored as it is. Longer texts are segmented; each hypothesis claim is
scored against its likeliest premise sentences and small windows of them, nothing is truncated, and
the worst-supported claim decides (after SummaC, Laban et al. 2022, with contradiction in place of
missing entailment).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

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
        batch_size: int = 32,
        fixed: Threshold | None = None,
    ) -> None:
        self._scorer = scorer
        self._direction = direction
        self._near = near
        self._batch_size = batch_size
        self.fixed = fixed or thresholds.fixed()
        self.model = scorer.digest
        self.signature = f"nli/{scorer.digest[:12]}/{direction}/k{near}"

    def score(self, rows: Sequence[Row], progress: Progress | None = None) -> list[float]:
        """The scores alone, one a row, in order."""
        return [told.score for told in self.tell(rows, progress)]

    def tell(self, rows: Sequence[Row], progress: Progress | None = None) -> list[Told]:
        """One `Told` a row, in order; `nli` is forward, whatever direction the score is made of."""
        plans = [self._plan(row) for row in rows]
        forward = {pair for plan in plans for claim in plan for pair in claim}
        asked = forward if self._direction == "forward" else forward | {(there, here) for here, there in forward}
        known = score_all(sorted(asked), self._scorer, self._batch_size, progress)
        return [self._told(plan, known) for plan in plans]

    def _plan(self, row: Row) -> list[list[Pair]]:
        """For each claim of the hypothesis, the pairs it is scored in."""
        premises, hypotheses = sentences(row.premise), sentences(row.hypothesis)
        if len(premises) <= 1 and len(hypotheses) <= 1:
            return [[(row.premise, row.hypothesis)]]
        return [[(text, claim) for text in _near(claim, premises, self._near)] for claim in hypotheses]

    def _told(self, plan: Sequence[Sequence[Pair]], known: Mapping[Pair, Scores]) -> Told:
        claims = [claim for pairs in plan if (claim := self._claim(pairs, known)) is not None]
        unread = sum(pair not in known for pairs in plan for pair in pairs)
        if not claims:
            return Told(0.0, alarms=0, compared=False, unread=unread)
        entailment = min(claim.entailment for claim in claims)
        contradiction = max(claim.contradiction for claim in claims)
        neutral = max(0.0, round(1 - entailment - contradiction, 4))
        return Told(
            max(claim.score for claim in claims),
            nli=(round(entailment, 4), neutral, round(contradiction, 4)),
            alarms=sum(claim.score >= self.fixed.value for claim in claims),
            unread=unread,
        )

    def _claim(self, pairs: Sequence[Pair], known: Mapping[Pair, Scores]) -> _Claim | None:
        """Contradicted by one passage and supported by none; None where nothing could be scored."""
        contradiction, ahead, support, scored = 0.0, 0.0, 0.0, False
        for premise, hypothesis in pairs:
            forward, backward = known.get((premise, hypothesis)), known.get((hypothesis, premise))
            used = [scores for scores in self._used(forward, backward) if scores is not None]
            if used and forward is not None:
                scored = True
                contradiction = max(contradiction, sum(scores.contradiction for scores in used) / len(used))
                ahead = max(ahead, forward.contradiction)
                support = max(support, forward.entailment)
        if not scored:
            return None
        if len(pairs) == 1:
            return _Claim(contradiction, support, ahead)
        return _Claim(contradiction * (1 - support), support, ahead * (1 - support))

    def _used(self, forward: Scores | None, backward: Scores | None) -> tuple[Scores | None, ...]:
        return {"both": (forward, backward), "forward": (forward,), "backward": (backward,)}[self._direction]


@lru_cache(maxsize=4_096)
def sentences(text: str) -> tuple[str, ...]:
    """The claims of a text."""
    return tuple(claim.text for claim in segment(Article(id="", text=text)))


def _near(claim: str, premises: Sequence[str], count: int) -> list[str]:
    """The likeliest premise sentences by shared words, and each with the one after it."""
    words = _stems(claim)

    def shared(at: int) -> tuple[float, int]:
        other = _stems(premises[at])
        return (-len(words & other) / (1 + len(other)) ** 0.5, at)

    best = sorted(sorted(range(len(premises)), key=shared)[:count])
    windows = [f"{premises[at]} {premises[at + 1]}" for at in best[:2] if at + 1 < len(premises)]
    return [premises[at] for at in best] + windows


@lru_cache(maxsize=65_536)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word.lower()[:6] for word in _WORD.findall(text) if len(word) > 2)
