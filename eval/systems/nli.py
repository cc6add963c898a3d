"""The embedded model alone: no typed checks, no aligner.

A pair of single sentences is scored as it is. Longer texts are segmented; each hypothesis claim is
scored against its likeliest premise sentences and small windows of them, nothing is truncated, and
the worst-supported claim decides (after SummaC, Laban et al. 2022, with contradiction in place of
missing entailment).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from consistency.infer import score_all
from consistency.protocols import Scorer
from consistency.records import Article, Scores
from consistency.segment import segment
from eval.rows import Row

Direction = Literal["both", "forward", "backward"]
_WORD = re.compile(r"\w+")


class NliSystem:
    """`score` = how inconsistent, 0 to 1. `near` = likeliest premise sentences a claim is held against."""

    def __init__(self, scorer: Scorer, *, direction: Direction = "both", near: int = 4, batch_size: int = 32) -> None:
        self._scorer = scorer
        self._direction = direction
        self._near = near
        self._batch_size = batch_size
        self.signature = f"nli/{scorer.digest[:12]}/{direction}/k{near}"

    def score(self, rows: Sequence[Row], progress: Callable[[int, int], None] | None = None) -> list[float]:
        """One score a row, in order."""
        plans = [self._plan(row) for row in rows]
        wanted = {pair for plan in plans for claim in plan for pair in claim}
        both = wanted | {(hypothesis, premise) for premise, hypothesis in wanted}
        asked = wanted if self._direction == "forward" else both
        known = score_all(sorted(asked), self._scorer, self._batch_size, progress)
        return [max((self._claim(claim, known) for claim in plan), default=0.0) for plan in plans]

    def _plan(self, row: Row) -> list[list[tuple[str, str]]]:
        """For each claim of the hypothesis, the pairs it is scored in."""
        premises, hypotheses = _sentences(row.premise), _sentences(row.hypothesis)
        if len(premises) <= 1 and len(hypotheses) <= 1:
            return [[(row.premise, row.hypothesis)]]
        return [[(text, claim) for text in _near(claim, premises, self._near)] for claim in hypotheses]

    def _claim(self, pairs: Sequence[tuple[str, str]], known: dict[tuple[str, str], Scores]) -> float:
        """Contradicted by one passage and supported by none."""
        contradiction, support = 0.0, 0.0
        for premise, hypothesis in pairs:
            forward, backward = known.get((premise, hypothesis)), known.get((hypothesis, premise))
            used = [scores for scores in self._used(forward, backward) if scores is not None]
            if used:
                contradiction = max(contradiction, sum(scores.contradiction for scores in used) / len(used))
                support = max(support, forward.entailment if forward else 0.0)
        return contradiction if len(pairs) == 1 else contradiction * (1 - support)

    def _used(self, forward: Scores | None, backward: Scores | None) -> tuple[Scores | None, ...]:
        return {"both": (forward, backward), "forward": (forward,), "backward": (backward,)}[self._direction]


def _sentences(text: str) -> list[str]:
    return [claim.text for claim in segment(Article(id="", text=text))]


def _near(claim: str, premises: Sequence[str], count: int) -> list[str]:
    """The likeliest premise sentences by shared words, and each with the one after it."""
    words = _stems(claim)

    def shared(at: int) -> tuple[float, int]:
        other = _stems(premises[at])
        return (-len(words & other) / (1 + len(other)) ** 0.5, at)

    best = sorted(sorted(range(len(premises)), key=shared)[:count])
    windows = [f"{premises[at]} {premises[at + 1]}" for at in best[:2] if at + 1 < len(premises)]
    return [premises[at] for at in best] + windows


def _stems(text: str) -> set[str]:
    return {word.lower()[:6] for word in _WORD.findall(text) if len(word) > 2}
