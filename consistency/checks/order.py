"""Two events have changed their order: what came first, or was the cause, comes later, or is the effect.

Reported, as an error, are two clauses tied by words that tell which event came first (after, before, since, until,
by the time, because, due to, so, as a result, leading to, which is why, then) and told the other way round in the
version; a condition or a purpose, too, where it has changed places with what hangs on it. Where other words changed,
the model must lean towards a contradiction. Quiet stay the same order told by another word ("left after the vote",
"the vote was held before he left"), a cause told as what came first or as what is yet to come, a tie that is denied
("not before Monday"; "not until" is read), and sentences that tie more than two clauses.

Passes:
    reference: The singer cancelled her tour after losing her voice in Manchester.
    version: The singer lost her voice in Manchester before she cancelled her tour.
Fails:
    reference: The singer cancelled her tour after losing her voice in Manchester.
    version: The singer lost her voice in Manchester after cancelling her tour.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from consistency.checks._belief import believed, trust
from consistency.facts.order import Turned, turned
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level, mutual_contradiction

NEEDED: Final = 0.25
"""Contradiction, by the model, from which a turned order is believed where other words changed too."""
PLAIN: Final = 0.6
"""Confidence of an order that is all that was turned, whatever the model says."""
_FLOOR: Final = 0.1
"""Below this the model is against it, and the pair is no candidate either."""
_SHOWN: Final = 70


class OrderCheck:
    """Reports two events told in the other order where the model holds the pair to be rather contradictory."""

    id: str = "order"
    level: Level = "error"

    def check(self, context: Context) -> Iterable[Finding]:
        for pair in context.pairs():
            found = turned(pair.premise.text, pair.hypothesis.text)
            if found is None:
                continue
            contradiction = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)
            if found.plain or contradiction >= _FLOOR:
                confidence = max(believed(contradiction, NEEDED), PLAIN if found.plain else 0.0)
                yield self._finding(pair, found, round(confidence * trust(pair.alignment.similarity), 3))

    def _finding(self, pair: Pair, found: Turned, confidence: float) -> Finding:
        return Finding(
            check=self.id,
            level=self.level,
            message=_message(pair, found),
            confidence=confidence,
            reference=pair.premise.side(*sorted(found.premise)),
            version=pair.hypothesis.side(*sorted(found.hypothesis)),
        )


def _message(pair: Pair, found: Turned) -> str:
    first, second = (pair.premise.text[span.start : span.end] for span in found.premise)
    if max(len(first), len(second)) <= _SHOWN:
        return f"In the reference “{first}” comes before “{second}”, in the version after it."
    return "Which of two events came first is told the other way round in the version."


CHECK = OrderCheck()
