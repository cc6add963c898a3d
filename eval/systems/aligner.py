"""The tool's aligner: does it hold two sentences to tell of the same thing?

Rows of one cluster and kind that are every premise with every hypothesis are two texts and aligned as
such; any other row is aligned alone. An aligned pair scores 0.5 to 1 by similarity, any other 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from consistency.align import align
from consistency.records import Claim, Span
from eval.rows import Row
from eval.store import Told, code_digest
from eval.systems import Progress
from eval.thresholds import half


class Aligner:
    """Its settings as shipped."""

    keeps = False
    model = ""
    fixed = half("aligned or not")

    def __init__(self) -> None:
        self.signature = f"tool-align/{code_digest('align')[:12]}"

    def tell(self, rows: Sequence[Row], _progress: Progress | None = None) -> list[Told]:
        groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            groups[row.cluster, row.kind].append(row)
        found: dict[str, float] = {}
        for group in groups.values():
            premises = list(dict.fromkeys(row.premise for row in group))
            hypotheses = list(dict.fromkeys(row.hypothesis for row in group))
            whole = _aligned(premises, hypotheses) if len(premises) * len(hypotheses) == len(group) else None
            for row in group:
                pairs = _aligned([row.premise], [row.hypothesis]) if whole is None else whole
                found[row.id] = pairs.get((row.premise, row.hypothesis), 0.0)
        return [Told(found[row.id]) for row in rows]


def _aligned(premises: Sequence[str], hypotheses: Sequence[str]) -> dict[tuple[str, str], float]:
    left, right = _claims("reference", premises), _claims("version", hypotheses)
    texts = {claim.id: claim.text for claim in (*left, *right)}
    return {
        (texts[premise], texts[hypothesis]): 0.5 + one.similarity / 2
        for one in align("version", left, right)
        for premise in one.premise
        for hypothesis in one.hypothesis
    }


def _claims(article: str, texts: Sequence[str]) -> list[Claim]:
    claims, start = [], 0
    for number, text in enumerate(texts, 1):
        claims.append(Claim(id=f"{article}#{number}", article=article, span=Span(start, start + len(text)), text=text))
        start += len(text) + 1
    return claims
