"""A man has become a woman, or a woman a man: "he" for "she", "his" for "her", "spokeswoman" for "spokesman".

Reported, as an error, is a pronoun of one sex where the other text has that of the other in the same place: before the
same verb, behind the same verb, with the same thing owned, or where both texts tell of one person by name and nobody
else; a noun for a man in the place of the same noun for a woman; and a daughter, or a girl, where the other text has a
son, or a boy, each the only child told of, and the model is sure. Where other words changed, the model must lean
towards a contradiction, unless one who is named says it of himself, or the address alone changed ("Mr" for "Mrs").
Quiet stay a pronoun that may mean somebody else (another name, another verb), one that was only added or dropped, "it"
and "they", sentences that speak of men and women both unless nothing else differs or they tell one deed of "he" and of
"she", and words that are said of both ("actor", "spokesperson").

Passes:
    reference: As she told reporters on Friday, the bridge will open in March.
    version: The bridge will open in March, she told reporters on Friday.
Fails:
    reference: As she told reporters on Friday, the bridge will open in March.
    version: The bridge will open in March, he told reporters on Friday.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from consistency.checks._belief import believed, trust
from consistency.facts.pronoun import Flip, flipped
from consistency.facts.turns import turns
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level, Span, mutual_contradiction

NEEDED: Final = 0.5
"""Contradiction, by the model, from which a change is believed where other words changed too."""
APART: Final = 0.75
"""The same where nothing but the words themselves ties the two."""
PLAIN: Final = 0.6
"""Confidence of a change that is all that differs, whatever the model says."""
_ADDRESS: Final = re.compile(r"(Mr|Mrs|Ms|Miss)\.? ([^\W\d_]{2,40})\b")
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
            plain = found.plain or _addressed(context, pair, found)
            contradiction = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)
            if plain or contradiction >= _FLOOR:
                needed = APART if found.apart else NEEDED
                confidence = max(believed(contradiction, needed), PLAIN if plain else 0.0)
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


def _addressed(context: Context, pair: Pair, found: Flip) -> bool:
    """Whether one is "Mr Osei" in one article and "Mrs Osei" in the other throughout: no couple is told of."""
    first = _ADDRESS.match(pair.premise.text, found.premise[0].start)
    second = _ADDRESS.match(pair.hypothesis.text, found.hypothesis[0].start)
    if first is None or second is None or first[2] != second[2]:
        return False
    articles = (context.story.article(side.article).text for side in (pair.premise, pair.hypothesis))
    return not any(
        re.search(rf"\b{address[1]}\.? {first[2]}\b", article)
        for article, address in zip(articles, (second, first), strict=True)
    )


def _told(text: str, spans: Iterable[Span]) -> str:
    shown = [text[span.start : span.end] for span in spans]
    words = {word.casefold(): word for word in shown[::-1]}
    return " and ".join(f"“{words[fold]}”" for fold in dict.fromkeys(map(str.casefold, shown)))


CHECK = PronounCheck()
