"""Every premise sentence with every hypothesis sentence (after SummaC-ZS, Laban et al. 2022).

Of each hypothesis sentence the highest entailment less the highest contradiction over all premise
sentences; their mean, turned round and brought to 0 to 1. It costs premise times hypothesis sentences:
run it on a fixed sample of documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consistency.infer import score_all
from consistency.protocols import Scorer
from consistency.records import Scores
from eval.rows import Row
from eval.store import Told
from eval.systems import Progress
from eval.systems.nli import sentences
from eval.thresholds import half


class AllPairs:
    """Forward alone; `unread` counts pairs longer than the model reads."""

    keeps = True
    fixed = half()

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self.model = scorer.digest
        self.signature = f"all-pairs/{scorer.digest[:12]}"

    def tell(self, rows: Sequence[Row], progress: Progress | None = None) -> list[Told]:
        plans = [
            [[(one, claim) for one in sentences(row.premise)] for claim in sentences(row.hypothesis)] for row in rows
        ]
        wanted = {pair for plan in plans for claim in plan for pair in claim}
        known = score_all(sorted(wanted), self._scorer, progress)
        return [_told(plan, known) for plan in plans]


def _told(plan: Sequence[Sequence[tuple[str, str]]], known: Mapping[tuple[str, str], Scores]) -> Told:
    worth = []
    for pairs in plan:
        scored = [known[pair] for pair in pairs if pair in known]
        if scored:
            worth.append(max(one.entailment for one in scored) - max(one.contradiction for one in scored))
    unread = sum(pair not in known for pairs in plan for pair in pairs)
    if not worth:
        return Told(0.0, compared=False, unread=unread)
    return Told((1 - sum(worth) / len(worth)) / 2, unread=unread)
