"""Alignments to scores: nothing is sent to the model twice, nothing longer than it can read.

Identical pairs (up to typography) are entailed by definition and never sent. Values that agree, and days that only
the day of publication can tell apart, are said alike (`consistency.facts.alike`). The rest is
de-duplicated over both directions, all versions and all stories that are asked about together,
sorted by length, scored, and put back in order. The result does not depend on what is asked beside.

Where a pair looks contradictory, it is read once more with the version's words said in the reference's wherever they
may stand for them, and with parts that moved where the reference has them, and what both readings say is averaged: what
is left of a contradiction then is not the wording. Where it still looks contradictory, each of its differences is asked
about once more, alone in the premise (`consistency.isolate`): a conflict that is real sits in one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import msgspec

from consistency.facts._kept import kept
from consistency.facts.alike import in_its_words, said_alike
from consistency.isolate import MOST, Difference, alone, differences, exchanged
from consistency.protocols import Known, Scorer, in_turn
from consistency.records import Alignment, Claim, Isolated, Passage, Scores, mutual_contradiction

Progress = Callable[[int, int], None]
Meanwhile = Callable[[int, Known, tuple[Alignment, ...]], object]
"""What is done while pairs are computed: called with the number of a story, how much is known of its alignments by
then, and the alignments with it."""
DOUBTFUL = 0.7
"""Mean contradiction of both directions from which a pair is read once more in the reference's words."""
SUSPECT = 0.85
"""Mean contradiction of both directions from which a pair's differences are asked about one by one.

Below it hardly a pair is reported at the usual threshold, and the questions cost more than the pair itself.
"""
IDENTICAL = Scores(entailment=1.0, neutral=0.0, contradiction=0.0)
_TYPOGRAPHY = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-", "…": "..."}
)


def fold(text: str) -> str:
    """Text with typography and blanks made plain: what two texts must share to be the same words."""
    return " ".join(text.translate(_TYPOGRAPHY).split())


_folded = kept(fold)
"""Of texts: one is in several pairs, each of which is read in both directions."""


class Question(NamedTuple):
    """Pairs to be scored, and what is known so far."""

    pairs: list[tuple[str, str]]
    known: Known
    alignments: tuple[Alignment, ...]


Answer = Mapping[tuple[str, str], Scores]
Asking = Generator[Question, Answer, tuple[Alignment, ...]]
"""What `ask` yields, is sent and returns."""
_WINDOW = 1024
"""Pairs handed to the scorer at once: enough to fill its batches, few enough to show progress and to bound memory."""


def infer(
    alignments: Sequence[Alignment],
    claims: Mapping[str, Claim],
    scorer: Scorer,
    progress: Progress | None = None,
    *,
    suspect: float = SUSPECT,
    meanwhile: Meanwhile | None = None,
) -> tuple[Alignment, ...]:
    """The alignments with both directions scored, those from `suspect` on with each difference alone.

    A pair longer than the scorer can read keeps None, so that it counts as not compared.
    """
    return next(answered([ask(alignments, claims, suspect=suspect)], scorer, progress, meanwhile))


def answered(
    asking: Sequence[Asking],
    scorer: Scorer,
    progress: Progress | None = None,
    meanwhile: Meanwhile | None = None,
) -> Iterator[tuple[Alignment, ...]]:
    """The alignments of several stories, scored together: a pair that two of them ask about is scored once.

    What each is told is the same as if it had been alone. `meanwhile` is told of each story that asks, in
    every round that has something to compute.
    """
    done: dict[int, tuple[Alignment, ...]] = {}
    questions: dict[int, Question] = {}
    known: dict[tuple[str, str], Scores] = {}

    def on(at: int, answer: Answer | None) -> None:
        try:
            questions[at] = next(asking[at]) if answer is None else asking[at].send(answer)
        except StopIteration as end:
            questions.pop(at, None)
            done[at] = end.value

    for at in range(len(asking)):
        on(at, None)
    while questions:
        wanted = {pair for question in questions.values() for pair in question.pairs}
        known |= score_all(sorted(wanted - known.keys()), scorer, progress, partial(_told, meanwhile, questions))
        for at, question in list(questions.items()):
            on(at, {pair: known[pair] for pair in question.pairs if pair in known})
    yield from (done[at] for at in range(len(asking)))


def _told(meanwhile: Meanwhile | None, questions: Mapping[int, Question]) -> None:
    if meanwhile is not None:
        for at, question in questions.items():
            meanwhile(at, question.known, question.alignments)


def ask(alignments: Sequence[Alignment], claims: Mapping[str, Claim], *, suspect: float = SUSPECT) -> Asking:
    """Yields the pairs to be scored, is sent the scores of those that could be, and returns the alignments with them.

    It asks three times at most: about every alignment in both directions; about those that look contradictory once
    more, in the reference's words; then about each difference of those that still do.
    """
    texts = [
        (
            Passage.of(tuple(claims[claim] for claim in alignment.premise)).text,
            Passage.of(tuple(claims[claim] for claim in alignment.hypothesis)).text,
        )
        for alignment in alignments
    ]
    alike = [(premise, said_alike(premise, hypothesis)) for premise, hypothesis in texts]
    known = yield Question(_both_ways(alike), "claims", tuple(alignments))
    first = [_read(pair, known) for pair in alike]
    again = {
        at: (premise, told)
        for at, (premise, hypothesis) in enumerate(alike)
        if mutual_contradiction(*first[at]) >= DOUBTFUL
        and _folded(told := in_its_words(premise, hypothesis)) != _folded(hypothesis)
    }
    # One direction is enough: the nearer two texts are, the less it matters which of them comes first.
    missing = sorted({pair for pair in again.values() if _folded(pair[0]) != _folded(pair[1])} - known.keys())
    if missing:
        known = {**known, **(yield Question(missing, "claims", tuple(alignments)))}
    scored = []
    for at, alignment in enumerate(alignments):
        forward, backward = first[at]
        if at in again:
            second = _read(again[at], known)[0]
            forward, backward = _averaged(forward, second), _averaged(backward, second)
        scored.append(msgspec.structs.replace(alignment, forward=forward, backward=backward))
    return (yield from _isolated(scored, texts, known, suspect))


def _both_ways(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs that are not the same words, in both directions, each once."""
    differing = [(one, other) for one, other in pairs if _folded(one) != _folded(other)]
    return sorted({*differing, *((other, one) for one, other in differing)})


def _read(pair: tuple[str, str], known: Answer) -> tuple[Scores | None, Scores | None]:
    """What is known of a pair in both directions."""
    if _folded(pair[0]) == _folded(pair[1]):
        return IDENTICAL, IDENTICAL
    return known.get(pair), known.get(pair[::-1])


def _averaged(one: Scores | None, other: Scores | None) -> Scores | None:
    """The mean of two readings; the one there is where the other is too long to be scored."""
    if one is None or other is None:
        return one or other
    return Scores(
        entailment=round((one.entailment + other.entailment) / 2, 4),
        neutral=round((one.neutral + other.neutral) / 2, 4),
        contradiction=round((one.contradiction + other.contradiction) / 2, 4),
    )


def _isolated(scored: Sequence[Alignment], texts: Sequence[tuple[str, str]], before: Answer, suspect: float) -> Asking:
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
            premise = texts[at][0]
            changed = said_alike(premise, alone(*texts[at], *together))
            if _folded(changed) != _folded(premise):
                single[at, difference] = changed
    # One direction is enough: of two texts that differ in one place alone, both directions tell the same.
    wanted = {(texts[at][0], changed) for (at, _), changed in single.items()}
    missing = sorted(wanted - before.keys())
    answer = (yield Question(missing, "pairs", tuple(scored))) if missing else {}
    known = {**before, **answer}

    def carried(at: int, difference: Difference) -> Isolated:
        changed = single.get((at, difference))  # none where the day of publication is all that differs
        scores = known.get((texts[at][0], changed)) if changed is not None else None
        return Isolated(difference.premise, difference.hypothesis, scores.contradiction if scores else 0.0)

    return tuple(
        msgspec.structs.replace(alignment, isolated=tuple(carried(at, one) for one in asked.get(at, ())))
        for at, alignment in enumerate(scored)
    )


def score_all(
    pairs: Sequence[tuple[str, str]],
    scorer: Scorer,
    progress: Progress | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> dict[tuple[str, str], Scores]:
    """Scores of all pairs the scorer can read, by pair; the longest first, so that memory peaks early.

    `meanwhile` is done once the first pairs are on their way.
    """
    lengths = scorer.lengths(pairs)
    order = sorted(
        (at for at in range(len(pairs)) if lengths[at] <= scorer.limit),
        key=lambda at: (-lengths[at], pairs[at]),
    )
    windows = [[pairs[at] for at in order[start : start + _WINDOW]] for start in range(0, len(order), _WINDOW)]
    scored = in_turn(scorer, windows)
    if windows and meanwhile is not None:
        meanwhile()
    known: dict[tuple[str, str], Scores] = {}
    for window, scores in zip(windows, scored, strict=True):
        known.update(zip(window, scores, strict=True))
        if progress is not None:
            progress(len(known), len(order))
    return known
