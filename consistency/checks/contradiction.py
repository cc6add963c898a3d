"""What the version says cannot be true together with what the reference says.

The model reads each pair of aligned claims in both directions. Where it sees a contradiction, each
difference between the two is set alone into the reference's claim and read again: the one that
contradicts by itself is the evidence, and a contradiction that no single difference carries counts for
less. A claim that is only shorter, longer or told in other words stays quiet, and so does a pair
that shares too little to speak of one thing.
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

from collections.abc import Iterable, Sequence

from consistency.checks._belief import trust
from consistency.isolate import differences
from consistency.protocols import Context, Pair
from consistency.records import Finding, Isolated, Level, Span, mutual_contradiction

_FLOOR = 0.1
"""Below this a pair is no candidate either: it would only fill the report."""
_BESIDE = 0.2
"""Differences this close to the strongest are evidence beside it."""


class Contradiction:
    """Reports aligned pairs the model holds to be contradictory."""

    id: str = "contradiction"
    level: Level = "error"

    def check(self, context: Context) -> Iterable[Finding]:
        for pair in context.pairs():
            forward, backward = pair.alignment.forward, pair.alignment.backward
            if forward is None or backward is None:
                continue
            whole = mutual_contradiction(forward, backward)
            sure = carried(whole, pair.alignment.isolated) * trust(pair.alignment.similarity)
            confidence = round(sure, 4)
            if confidence < _FLOOR:
                continue
            premise, hypothesis = _evidence(pair)
            yield Finding(
                check=self.id,
                level=self.level,
                message=_message(pair, premise, hypothesis),
                confidence=confidence,
                reference=pair.premise.side(*premise),
                version=pair.hypothesis.side(*hypothesis),
            )


def carried(whole: float, isolated: Sequence[Isolated]) -> float:
    """The mean of the pair as a whole and of the difference that contradicts most by itself.

    On development data this parts honest and wrong pairs better than either, their product or their minimum.
    """
    return (whole + max((one.contradiction for one in isolated), default=whole)) / 2


def _evidence(pair: Pair) -> tuple[list[Span], list[Span]]:
    """The differences that contradict alone; all of them on a side where that leaves nothing to show.

    So it is where none was asked about, and where words moved: an exchange of roles is a loss in one
    place and a gain in another.
    """
    isolated = pair.alignment.isolated
    strongest = max((one.contradiction for one in isolated), default=0.0)
    chosen = [one for one in isolated if one.contradiction >= strongest - _BESIDE]
    premise = [one.premise for one in chosen if len(one.premise)]
    hypothesis = [one.hypothesis for one in chosen if len(one.hypothesis)]
    every = () if premise and hypothesis else differences(pair.premise.text, pair.hypothesis.text)
    return (
        premise or [one.premise for one in every if len(one.premise)],
        hypothesis or [one.hypothesis for one in every if len(one.hypothesis)],
    )


def _message(pair: Pair, premise: Sequence[Span], hypothesis: Sequence[Span]) -> str:
    if len(premise) == 1 and len(hypothesis) == 1:
        old = pair.premise.text[premise[0].start : premise[0].end]
        new = pair.hypothesis.text[hypothesis[0].start : hypothesis[0].end]
        if max(len(old), len(new)) <= 80:
            return f"The reference says “{old}”, the version “{new}”; both cannot be true."
    return "The version contradicts the reference here."


CHECK = Contradiction()
