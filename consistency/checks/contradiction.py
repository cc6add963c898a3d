"""What the version says cannot be true together with what the reference says.

The model reads each pair of aligned claims in both directions. This check reports the pairs it
judges contradictory; the words that differ are the evidence. A claim that is only shorter, longer
or told in other words stays quiet, and so does a pair that shares too little to speak of one thing.
Where a typed check (quantity, date, place, name) explains the same conflict, its finding is kept
in place of this one.

Passes:
    reference: It is seen as a show of support for Moscow in its war against Kyiv.
    version: It is viewed as a sign of support for Moscow in its war against Kiev.
Fails:
    reference: It is seen as a show of support for Moscow in its war against Kyiv.
    version: It is seen as a show of support for Moscow in its war in China.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import LCSseq

from consistency.protocols import Context, Pair
from consistency.records import Finding, Level, Scores, Span

_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*|[^\w\s]")
_FLOOR = 0.1
"""Below this a pair is no candidate either: it would only fill the report."""
_APART = 0.25
"""Pairs less similar than this may speak of different things; what they contradict is no error."""


class Contradiction:
    """Reports aligned pairs the model holds to be contradictory."""

    id: str = "contradiction"
    level: Level = "error"

    def check(self, context: Context) -> Iterable[Finding]:
        for pair in context.pairs():
            forward, backward = pair.alignment.forward, pair.alignment.backward
            if forward is None or backward is None:
                continue
            confidence = round(combine(forward, backward) * trust(pair.alignment.similarity), 4)
            if confidence < _FLOOR:
                continue
            premise, hypothesis = differing(pair)
            yield Finding(
                check=self.id,
                level=self.level,
                message="The version contradicts the reference here.",
                confidence=confidence,
                reference=pair.premise.side(*premise),
                version=pair.hypothesis.side(*hypothesis),
            )


def combine(forward: Scores, backward: Scores) -> float:
    """One score from two directions: contradiction is symmetric, so their mean."""
    return (forward.contradiction + backward.contradiction) / 2


def trust(similarity: float) -> float:
    """How far a contradiction on a pair this similar may be believed: full from twice `_APART` on."""
    return max(0.0, min(1.0, similarity / _APART - 1.0))


def differing(pair: Pair) -> tuple[list[Span], list[Span]]:
    """Spans of the words that have no counterpart on the other side, neighbours joined."""
    left, right = _words(pair.premise.text), _words(pair.hypothesis.text)
    premise: list[Span] = []
    hypothesis: list[Span] = []
    for block in LCSseq.opcodes([word for word, _ in left], [word for word, _ in right]):
        if block.tag == "equal":
            continue
        if block.src_start < block.src_end:
            premise.append(Span(left[block.src_start][1].start, left[block.src_end - 1][1].end))
        if block.dest_start < block.dest_end:
            hypothesis.append(Span(right[block.dest_start][1].start, right[block.dest_end - 1][1].end))
    return _joined(premise), _joined(hypothesis)


def _words(text: str) -> list[tuple[str, Span]]:
    found = [(hit[0].lower(), Span(hit.start(), hit.end())) for hit in _WORD.finditer(text)]
    return [(word, span) for word, span in found if word[0].isalnum()]


def _joined(spans: list[Span]) -> list[Span]:
    """Spans at most one short word apart are one piece of evidence to a reader."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start - joined[-1].end <= 4:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


CHECK = Contradiction()
