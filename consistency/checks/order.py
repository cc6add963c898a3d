"""Two events have changed their order, or something else is told as the cause of what happened.

Reported, as an error, are two clauses tied by words that tell which event came first (after, before, since, until,
by the time, because, due to, so, as a result, leading to, which is why, then) and told the other way round in the
version; a condition or a purpose, too, where it has changed places with what hangs on it. Where other words changed,
the model must lean towards a contradiction. Two things that have changed places across such a tie, or across "not",
"rather than" or "than", while all other words stayed, need no model. Quiet stay the same order told by another word
("left after the vote", "the vote was held before he left"), a cause told as what came first or as what is yet to
come, a tie that is denied ("not before Monday"; "not until" is read), and sentences that tie more than two clauses.

Another cause is reported, as an error, where both texts tell the same effect, each gives one cause ("over", "because
of", "after", "for", "led to"), no word of the one may stand for one of the other (one may be shared), neither is told
anywhere in the other text, and the model sees a contradiction; likewise where each names one fire, flood, strike or
illness, all else being the same, and the one cannot have come of the other. What only came before, and an event that is
merely named, need more of the model. Quiet stay a cause told in other words, a further one, and one that is denied.

Where the model sees a contradiction, an error is also that one thing is put on the other side of the same ("two days
after the visit", "two days ahead of the visit"; "four months early", "four months late"; "longer than last year",
"shorter than last year"), the first of a kind told as the second ("the longest bridge", "the second-longest"), more
than another told as just as much, and who of two is ahead in a race, a vote or bidding ("Kral was second behind Rossi",
"Kral beat Rossi"). Quiet stays what is measured from another thing, and so may be told from its end.

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
from consistency.facts._orders.compared import Compared, How, compared
from consistency.facts.causes import Another, another_cause
from consistency.facts.order import Turned, turned
from consistency.facts.role import exchanges, trade
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level, mutual_contradiction

NEEDED: Final = 0.15
"""Contradiction, by the model, from which a turned order is believed where other words changed too."""
PLAIN: Final = 0.6
"""Confidence of an order that is all that was turned, whatever the model says."""
ANOTHER: Final = 0.4
AFTER: Final = 0.6
"""Contradiction, by the model, from which another cause is believed; and where it is no more than what came before."""
COMPARED: Final[dict[How, float]] = {"side": 0.3, "rank": 0.5, "equal": 0.5, "ahead": 0.3}
"""The same for a thing put on the other side of what it is measured from, for its rank, and for who of two is ahead."""
CLEAR: Final = 0.5
"""How far two events must be told in both texts to be the same ones, whatever else the sentences tell."""
_FLOOR: Final = 0.1
"""Below this the model is against it, and the pair is no candidate either."""
_SHOWN: Final = 70
_OF: Final[dict[How, str]] = {"side": " the same", "rank": "", "equal": "", "ahead": ""}


class OrderCheck:
    """Reports two events told in the other order, and another cause, where the model sees a contradiction."""

    id: str = "order"
    level: Level = "error"

    def check(self, context: Context) -> Iterable[Finding]:
        for pair in context.pairs():
            contradiction = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)
            if (found := turned(pair.premise.text, pair.hypothesis.text)) is not None:
                if found.plain or contradiction >= _FLOOR:
                    confidence = max(believed(contradiction, NEEDED), PLAIN if found.plain else 0.0)
                    # Where both events are plainly told in both texts, nothing hangs on how similar the rest is.
                    sure = 1.0 if found.clear >= CLEAR else trust(pair.alignment.similarity)
                    yield self._finding(pair, found, round(confidence * sure, 3))
                continue
            other = another_cause(pair.premise.text, pair.hypothesis.text) if contradiction >= ANOTHER else None
            if other is not None:
                # They tell the same effect, so that nothing hangs on how similar the rest is.
                needed = AFTER if other.weak else ANOTHER
                yield self._another(pair, other, round(believed(contradiction, needed), 3))
                continue
            measured = compared(pair.premise.text, pair.hypothesis.text) if contradiction >= COMPARED["side"] else None
            if measured is not None and not (measured.how == "ahead" and _exchanged(pair)):
                yield self._compared(pair, measured, round(believed(contradiction, COMPARED[measured.how]), 3))

    def _finding(self, pair: Pair, found: Turned, confidence: float) -> Finding:
        return Finding(
            check=self.id,
            level=self.level,
            message=_message(pair, found),
            confidence=confidence,
            reference=pair.premise.side(*sorted(found.premise)),
            version=pair.hypothesis.side(*sorted(found.hypothesis)),
        )

    def _another(self, pair: Pair, other: Another, confidence: float) -> Finding:
        return Finding(
            check=self.id,
            level=self.level,
            message=_other_cause(pair, other),
            confidence=confidence,
            reference=pair.premise.side(other.premise),
            version=pair.hypothesis.side(other.hypothesis),
        )

    def _compared(self, pair: Pair, found: Compared, confidence: float) -> Finding:
        old, new = (
            text[span.start : span.end]
            for text, span in ((pair.premise.text, found.premise), (pair.hypothesis.text, found.hypothesis))
        )
        return Finding(
            check=self.id,
            level=self.level,
            message=f"The reference says “{old}”, the version “{new}”{_OF[found.how]}.",
            confidence=confidence,
            reference=pair.premise.side(found.premise),
            version=pair.hypothesis.side(found.hypothesis),
        )


def _exchanged(pair: Pair) -> bool:
    """Whether the two stand in each other's place, which `role` reports."""
    texts = pair.premise.text, pair.hypothesis.text
    return trade(*texts) is not None or bool(exchanges(*texts))


def _message(pair: Pair, found: Turned) -> str:
    first, second = (pair.premise.text[span.start : span.end] for span in found.premise)
    if found.exchanged:
        return f"“{first}” and “{second}” have changed places in the version."
    if max(len(first), len(second)) <= _SHOWN:
        return f"In the reference “{first}” comes before “{second}”, in the version after it."
    return "Which of two events came first is told the other way round in the version."


def _other_cause(pair: Pair, other: Another) -> str:
    old = pair.premise.text[other.premise.start : other.premise.end]
    new = pair.hypothesis.text[other.hypothesis.start : other.hypothesis.end]
    what = "Another event is named" if other.event else "Another cause is given"
    if max(len(old), len(new)) > _SHOWN:
        return f"{what}."
    return f"{what}: “{old}” in the reference, “{new}” in the version."


CHECK = OrderCheck()
