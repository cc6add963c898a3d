"""Alignments to scores: nothing is sent to the model twice, nothing longer than it can read.

Identical pairs (up to typography) are entailed by definition and never sent. The rest is
de-duplicated over both directions and all versions, sorted into batches of like length, scored,
and put back in order. The result does not depend on batch size or order.

Where a pair looks contradictory, each of its differences is asked about once more, alone in the
premise (`consistency.isolate`): a conflict that is real sits in one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from consistency.isolate import MOST, Difference, alone, differences, exchanged
from consistency.protocols import Scorer
from consistency.records import Alignment, Claim, Isolated, Passage, Scores, mutual_contradiction

Progress = Callable[[int, int], None]
SUSPECT = 0.75
"""Mean contradiction of both directions from which a pair's differences are asked about one by one.

Below it no pair is reported at the usual threshold, and the questions cost more than the pair itself.
"""
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
    *,
    suspect: float = SUSPECT,
) -> tuple[Alignment, ...]:
    """The alignments with both directions scored, those from `suspect` on with each difference alone.

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
    return _isolated(scored, texts, known, scorer, batch_size=batch_size, suspect=suspect)


def _isolated(
    scored: Sequence[Alignment],
    texts: Sequence[tuple[str, str]],
    before: Mapping[tuple[str, str], Scores],
    scorer: Scorer,
    *,
    batch_size: int,
    suspect: float,
) -> tuple[Alignment, ...]:
    """The alignments, those that look contradictory with each of their differences scored alone."""
    asked = {
        at: differences(*texts[at])[:MOST]
        for at, alignment in enumerate(scored)
        if mutual_contradiction(alignment.forward, alignment.backward) >= suspect
    }
    single = {}
    for at, found in asked.items():
        partners = exchanged(*texts[at], found)
        for difference in found:
            together = {difference, partners.get(difference, difference)}
            single[at, difference] = alone(*texts[at], *together)
    wanted = {
        pair for (at, _), changed in single.items() for pair in ((texts[at][0], changed), (changed, texts[at][0]))
    }
    known = {**before, **score_all(sorted(wanted - before.keys()), scorer, batch_size)}

    def carried(at: int, difference: Difference) -> Isolated:
        premise, changed = texts[at][0], single[at, difference]
        scores = known.get((premise, changed)), known.get((changed, premise))
        return Isolated(difference.premise, difference.hypothesis, round(mutual_contradiction(*scores), 4))

    return tuple(
        msgspec.structs.replace(alignment, isolated=tuple(carried(at, one) for one in asked.get(at, ())))
        for at, alignment in enumerate(scored)
    )


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
