"""A man has become a woman, or a woman a man: "he" for "she", "his" for "her", "spokeswoman" for "spokesman".

Reported, as an error, is a pronoun of one sex where the other text has that of the other in the same place: before the
same verb, behind the same verb, with the same thing owned; and a noun for a man in the place of the same noun for a
woman. Where other words changed, the model must lean towards a contradiction. Quiet stay a pronoun that may mean
somebody else (another name, another verb), one that was only added or dropped, "it" and "they", sentences that speak of
men and women both unless nothing else differs, and words that are said of both ("actor", "spokesperson").

Passes:
    reference: As she told reporters on Friday, the bridge will open in March.
    version: The bridge will open in March, she told reporters on Friday.
Fails:
    reference: As she told reporters on Friday, the bridge will open in March.
    version: The bridge will open in March, he told reporters on Friday.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from consistency.checks._belief import believed, trust
from consistency.facts.pronoun import Flip, flipped
from consistency.facts.turns import turns
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level, Span, mutual_contradiction

NEEDED: Final = 0.5
"""Contradiction, by the model, from which a change is believed where other words changed too."""
PLAIN: Final = 0.6
"""Confidence of a change that is all that differs, whatever the model says."""
_FLOOR: Final = 0.1
"""Below this the model is against it, and the pair is no candidate either."""


class PronounCheck:
    """Reports who is a man in one text and a woman in the other."""

    id: str = "pronoun"
    level: Level = "error"

    def check(self, context: Context) -> Iterable[Finding]:
        for pair in context.pairs():
            found = flipped(pair.premise.text, pair.hypothesis.text)
            if found is None or (found.nouns and _opposites(pair, found)):
                continue
            contradiction = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)
            if found.plain or contradiction >= _FLOOR:
                confidence = max(believed(contradiction, NEEDED), PLAIN if found.plain else 0.0)
                yield self._finding(pair, found, round(confidence * trust(pair.alignment.similarity), 3))

    def _finding(self, pair: Pair, found: Flip, confidence: float) -> Finding:
        old, new = pair.premise.text, pair.hypothesis.text
        return Finding(
            check=self.id,
            level=self.level,
            message=f"A man and a woman are confused: the reference says {_told(old, found.premise)}, "
            f"the version says {_told(new, found.hypothesis)}.",
            confidence=confidence,
            reference=pair.premise.side(*found.premise),
            version=pair.hypothesis.side(*found.hypothesis),
        )


def _opposites(pair: Pair, found: Flip) -> bool:
    """Whether the check `polarity` tells of the nouns: "king" and "queen" are opposites."""
    turned = turns(pair.premise.text, pair.hypothesis.text)
    return any(turn.premise.overlaps(span) for turn in turned for span in found.premise)


def _told(text: str, spans: Iterable[Span]) -> str:
    shown = [text[span.start : span.end] for span in spans]
    words = {word.casefold(): word for word in shown[::-1]}
    return " and ".join(f"“{words[fold]}”" for fold in dict.fromkeys(map(str.casefold, shown)))


CHECK = PronounCheck()
