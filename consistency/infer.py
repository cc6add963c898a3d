"""Alignments to scores: nothing is sent to the model twice, nothing longer than it can read.

Identical pairs (up to typography) are entailed by definition and never sent. The rest is
de-duplicated over both directions and all versions, sorted into batches of like length, scored,
and put back in order. The result does not depend on batch size or order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from consistency.protocols import Scorer
from consistency.records import Alignment, Claim, Passage, Scores

Progress = Callable[[int, int], None]
IDENTICAL = Scores(entailment=1.0, neutral=0.0, contradiction=0.0)
_TYPOGRAPHY = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-", "…": "..."}
)


def fold(text: str) -> str:
    """Text with typography and blanks made plain: what two texts must share to be the same words."""
    return " ".join(text.translate(_TYPOGRAPHY).split())


def infer(
    alignments: Sequence[Alignment],
    claims: Mapping[str, Claim],
    scorer: Scorer,
    batch_size: int = 32,
    progress: Progress | None = None,
) -> tuple[Alignment, ...]:
    """The alignments with both directions scored.

    A pair longer than the scorer can read keeps None, so that it counts as not compared.
    """
    texts = [
        (
            Passage.of(tuple(claims[claim] for claim in alignment.premise)).text,
            Passage.of(tuple(claims[claim] for claim in alignment.hypothesis)).text,
        )
        for alignment in alignments
    ]
    wanted = {
        pair
        for premise, hypothesis in texts
        if fold(premise) != fold(hypothesis)
        for pair in ((premise, hypothesis), (hypothesis, premise))
    }
    known = score_all(sorted(wanted), scorer, batch_size, progress)
    scored = []
    for alignment, (premise, hypothesis) in zip(alignments, texts, strict=True):
        if fold(premise) == fold(hypothesis):
            forward: Scores | None = IDENTICAL
            backward: Scores | None = IDENTICAL
        else:
            forward, backward = known.get((premise, hypothesis)), known.get((hypothesis, premise))
        scored.append(msgspec.structs.replace(alignment, forward=forward, backward=backward))
    return tuple(scored)


def score_all(
    pairs: Sequence[tuple[str, str]], scorer: Scorer, batch_size: int = 32, progress: Progress | None = None
) -> dict[tuple[str, str], Scores]:
    """Scores of all pairs the scorer can read, by pair; longest batches first, so that memory peaks early."""
    lengths = scorer.lengths(pairs)
    order = sorted(
        (at for at in range(len(pairs)) if lengths[at] <= scorer.limit),
        key=lambda at: (-lengths[at], pairs[at]),
    )
    known: dict[tuple[str, str], Scores] = {}
    for start in range(0, len(order), batch_size):
        batch = [pairs[at] for at in order[start : start + batch_size]]
        known.update(zip(batch, scorer.score(batch), strict=True))
        if progress is not None:
            progress(min(start + batch_size, len(order)), len(order))
    return known
