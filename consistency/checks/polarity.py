"""A statement turned into its opposite: a negation gained or lost, or a word of opposite sense in the same place.

Reported is a pair of claims in which one text denies what the other says (did, did not; unable, able; refused,
agreed), puts an opposite into the same slot (rose, fell; limited, unlimited), or favours what the other sets aside
("the owner, not the tenant", "the tenant, not the owner"), and which the model, too, finds more contradictory than
not; rather sure it must be where the two words are contraries only in a wide sense (cautious, reckless). So is what
one text rules out and the other tells in the same words. An opposite that is all that differs is enough by itself. Else
neither is: "not difficult" for "easy" turns twice and says the same, and the model alone must be surer. Quiet stay a
negation with another word for it ("failed to agree", "did not agree"), what is turned twice ("few expect a rise", "most
expect a fall"; "upheld the ban", "rejected an appeal against it"; unless, only if; "closed until May", "opens in May"),
idioms ("not only", "no doubt"), denials in sentences that say more or less than the other, denials of another than who
does the deed or of what only others said or had believed ("was not lost, as had been feared"), and quotes or sentences
of which the one that denies was left out.

Passes:
    reference: The two parties did not agree on a budget before the summer recess.
    version: The two parties failed to agree on a budget before the summer recess.
Fails:
    reference: The council in Lyon approved the new tram line on Tuesday evening.
    version: On Tuesday evening the new tram line was rejected by Lyon's council.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from consistency.checks._belief import trust
from consistency.facts._turns.plain import plain_denial
from consistency.facts.turns import Turn, turns
from consistency.isolate import differences
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level, both_contradict, mutual_contradiction

_FLOOR = 0.2
"""Below this the model is against it, and the pair is no candidate either."""
_STEEP = 0.9
_WEAK: Final = 0.65
"""What a turn is worth that is not firm: there the model must be nearly sure."""
_WIDE: Final = 0.75
"""What a turn is worth that only the wide list knows: there the model must be rather sure (.69), too."""
_PLAIN: Final = 0.55
"""What a plain denial of one deed is worth where the model is sure from one side: it may see no counterpart."""
_SURE: Final = 0.85
_ALONE: Final = 0.6
"""What an opposite is worth that is all that differs: nobody rewords a sentence so, and the model may be mistaken."""


class Polarity:
    """Reports pairs whose sense is turned in one place and which the model holds to be rather contradictory."""

    id: str = "polarity"
    level: Level = "error"

    def check(self, context: Context) -> Iterable[Finding]:
        for pair in context.pairs():
            contradiction = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)
            confidence = _confidence(contradiction) * trust(pair.alignment.similarity)
            if confidence < _FLOOR and len(differences(pair.premise.text, pair.hypothesis.text)) != 1:
                continue
            found = turns(pair.premise.text, pair.hypothesis.text)
            if any(turn.alone and (not turn.wide or contradiction >= _FLOOR) for turn in found):
                yield self._finding(pair, found, max(_ALONE, round(confidence, 3)))
            elif found and confidence >= _FLOOR:
                firm = any(turn.firm for turn in found) and both_contradict(
                    pair.alignment.forward, pair.alignment.backward
                )
                sure = confidence if firm else _WEAK * confidence
                if all(turn.wide for turn in found):
                    sure *= _WIDE
                if sure < _PLAIN and _plainly_denied(pair, found):
                    sure = _PLAIN
                yield self._finding(pair, found, round(sure, 3))

    def _finding(self, pair: Pair, found: tuple[Turn, ...], confidence: float) -> Finding:
        return Finding(
            check=self.id,
            level=self.level,
            message=_message(pair, found[0]),
            confidence=confidence,
            reference=pair.premise.side(*(turn.premise for turn in found if len(turn.premise))),
            version=pair.hypothesis.side(*(turn.hypothesis for turn in found if len(turn.hypothesis))),
        )


def _plainly_denied(pair: Pair, found: tuple[Turn, ...]) -> bool:
    """Whether the model is sure, from one side at least, of a negation that denies all that its text says."""
    sides = pair.alignment.forward, pair.alignment.backward
    if all(turn.kind != "negation" for turn in found):
        return False
    if not any(side is not None and side.contradiction >= _SURE for side in sides):
        return False
    texts = pair.premise.text, pair.hypothesis.text
    return any(plain_denial(texts, side) for side in (0, 1))


def _confidence(contradiction: float) -> float:
    """A half where the model is undecided, .95 where it is certain."""
    return contradiction if contradiction < 0.5 else 0.5 + _STEEP * (contradiction - 0.5)


def _message(pair: Pair, turn: Turn) -> str:
    old = pair.premise.text[turn.premise.start : turn.premise.end]
    new = pair.hypothesis.text[turn.hypothesis.start : turn.hypothesis.end]
    if old and new and max(len(old), len(new)) <= 80:
        return f"The reference says “{old}”, the version says “{new}”: the opposite."
    if old and new:
        return "The version says the opposite of the reference here."
    if turn.kind == "negation" and new and len(new) <= 80:
        return f"The version denies what the reference says: “{new}” is not in the reference."
    if turn.kind == "negation" and old and len(old) <= 80:
        return f"The version says what the reference denies: “{old}” is lost."
    return "The version says the opposite of the reference here."


CHECK = Polarity()
