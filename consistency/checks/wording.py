"""One word of a sentence that is otherwise a copy is another word, of another meaning.

Reported, as a warning, is a word or two in the place of others that are no synonyms of theirs, no wider or narrower
words and no slips of the pen, where nothing else of weight changed and the model does not hold both sentences for the
same: "heightens" made "measures", "some" made "all". As an error, the one word that each of two reworded sentences has
for itself in one place, where the model contradicts them both ways and that word alone as well: "a silver brooch" made
"a silver helmet". Where anything else is reported of the two sentences, as by the
check `contradiction` where the model is sure that both cannot be true, that stands instead. Quiet stay synonyms, close
or loose ("unveil", "present"), figures, which have their own check, two spellings of a name, a name in the place of a
word, and sentences that changed in a second place.

Passes:
    reference: The founder of the troubled company was arrested at the airport on Friday.
    version: The founder of the embattled company was arrested at the airport on Friday.
Fails:
    reference: The study found that the new diet heightens the risk of a stroke among smokers.
    version: The study found that the new diet measures the risk of a stroke among smokers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from consistency.checks._belief import believed
from consistency.facts._left_over import left_over
from consistency.facts.replaced import replaced
from consistency.isolate import Difference
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level, mutual_contradiction

NEEDED: Final = 0.3
"""Contradiction, by the model, from which another word is reported."""
_FLOOR: Final = 0.1
"""Below this the model holds both for the same, and the pair is no candidate either."""
_GAIN: Final = 0.4
"""What the confidence gains over a half where the model is certain."""
_CERTAIN: Final = 0.85
"""Contradiction of each direction from which on two reworded sentences are asked for such a word."""
_CARRIED: Final = 0.5
"""What that word must contradict by itself, set alone into the reference's sentence."""


class WordingCheck:
    """Reports the one word of a copy that is another where the model has its doubts."""

    id: str = "wording"
    level: Level = "warning"

    def check(self, context: Context) -> Iterable[Finding]:
        for pair in context.pairs():
            contradiction = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)
            if contradiction < _FLOOR:
                continue
            sure = round(believed(contradiction, NEEDED, _GAIN), 3)
            place = replaced(pair.premise.text, pair.hypothesis.text)
            if place is not None:
                yield self._finding(pair, place, sure, self.level, "In a sentence that is otherwise the same")
            elif (place := _carried(pair)) is not None:
                yield self._finding(pair, place, sure, "error", "In a sentence that tells the same otherwise")

    def _finding(self, pair: Pair, place: Difference, confidence: float, level: Level, where: str) -> Finding:
        old, new = (
            text[span.start : span.end]
            for text, span in ((pair.premise.text, place.premise), (pair.hypothesis.text, place.hypothesis))
        )
        return Finding(
            check=self.id,
            level=level,
            message=f"{where}, “{old}” became “{new}”.",
            confidence=confidence,
            reference=pair.premise.side(place.premise),
            version=pair.hypothesis.side(place.hypothesis),
        )


def _carried(pair: Pair) -> Difference | None:
    """The one word that each side has for itself where the model is certain of the pair, and of that word alone."""
    sides = pair.alignment.forward, pair.alignment.backward
    if any(side is None or side.contradiction < _CERTAIN for side in sides):
        return None
    alone = [one for one in pair.alignment.isolated if one.contradiction >= _CARRIED]
    place = left_over(pair.premise.text, pair.hypothesis.text) if alone else None
    if place is None:
        return None
    there = any(one.premise.overlaps(place.premise) and one.hypothesis.overlaps(place.hypothesis) for one in alone)
    return place if there else None


CHECK = WordingCheck()
