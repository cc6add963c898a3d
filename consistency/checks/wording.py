"""One word of a sentence that is otherwise a copy is another word, of another meaning.

Reported, as a warning, is a word or two in the place of others that are no synonyms of theirs, no wider or narrower
words and no slips of the pen, where nothing else of weight changed and the model does not hold both sentences for the
same: "heightens" made "measures", "some" made "all". Where anything else is reported of the two sentences, as by the
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


class WordingCheck:
    """Reports the one word of a copy that is another where the model has its doubts."""

    id: str = "wording"
    level: Level = "warning"

    def check(self, context: Context) -> Iterable[Finding]:
        for pair in context.pairs():
            contradiction = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)
            if contradiction < _FLOOR:
                continue
            place = replaced(pair.premise.text, pair.hypothesis.text)
            if place is not None:
                yield self._finding(pair, place, round(believed(contradiction, NEEDED, _GAIN), 3))

    def _finding(self, pair: Pair, place: Difference, confidence: float) -> Finding:
        old, new = (
            text[span.start : span.end]
            for text, span in ((pair.premise.text, place.premise), (pair.hypothesis.text, place.hypothesis))
        )
        return Finding(
            check=self.id,
            level=self.level,
            message=f"In a sentence that is otherwise the same, “{old}” became “{new}”.",
            confidence=confidence,
            reference=pair.premise.side(place.premise),
            version=pair.hypothesis.side(place.hypothesis),
        )


CHECK = WordingCheck()
