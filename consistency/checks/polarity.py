"""A statement turned into its opposite: a negation gained or lost, or a word of opposite sense in the same place.

Reported is a pair of claims in which one text denies what the other says (did, did not; unable, able; refused,
agreed), or puts an opposite into the same slot (rose, fell; limited, unlimited), and which the model, too, finds more
contradictory than not. Neither alone is enough: "not difficult" for "easy" turns twice and says the same, and the
model alone must be surer. Quiet stay a negation with another word for it ("failed to agree", "did not agree"), idioms
("not only", "no doubt"), and denials in sentences that say more or less than the other.

Passes:
    reference: The two parties did not agree on a budget before the summer recess.
    version: The two parties failed to agree on a budget before the summer recess.
Fails:
    reference: The council in Lyon approved the new tram line on Tuesday evening.
    version: On Tuesday evening the new tram line was rejected by Lyon's council.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, TypeAlias

from consistency.checks._belief import trust
from consistency.facts.polarity import lemmas, negations, negative, opposites
from consistency.isolate import differences
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level, Span, mutual_contradiction

_FLOOR = 0.2
"""Below this the model is against it, and the pair is no candidate either."""
_STEEP = 0.9
_MOST: Final = 200
"""Words of a text beyond which it is no claim and nothing is said of it."""


class Turn(NamedTuple):
    """Something that turns the sense: where it stands in the premise and in the hypothesis; one may be empty."""

    kind: Literal["negation", "antonym"]
    premise: Span
    hypothesis: Span


class Polarity:
    """Reports pairs whose sense is turned in one place and which the model holds to be rather contradictory."""

    id: str = "polarity"
    level: Level = "error"

    def check(self, context: Context) -> Iterable[Finding]:
        for pair in context.pairs():
            contradiction = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)
            confidence = _confidence(contradiction) * trust(pair.alignment.similarity)
            if confidence < _FLOOR:
                continue
            found = turns(pair.premise.text, pair.hypothesis.text)
            if found:
                yield self._finding(pair, found, round(confidence, 3))

    def _finding(self, pair: Pair, found: tuple[Turn, ...], confidence: float) -> Finding:
        return Finding(
            check=self.id,
            level=self.level,
            message=_message(pair, found[0]),
            confidence=confidence,
            reference=pair.premise.side(*(turn.premise for turn in found if len(turn.premise))),
            version=pair.hypothesis.side(*(turn.hypothesis for turn in found if len(turn.hypothesis))),
        )


def turns(premise: str, hypothesis: str) -> tuple[Turn, ...]:
    """What turns the sense between two texts; none where a negation and an opposite may cancel each other."""
    if premise == hypothesis or max(text.count(" ") for text in (premise, hypothesis)) >= _MOST:
        return ()
    denials = negations(premise, hypothesis), negations(hypothesis, premise)
    denied = _negation(premise, hypothesis, denials)
    opposed = _opposed(premise, hypothesis, denials)
    return () if len(denied) == len(opposed) == 1 else (*denied, *opposed)


Denials: TypeAlias = tuple[tuple[Span, ...], tuple[Span, ...]]


def _negation(premise: str, hypothesis: str, denials: Denials) -> list[Turn]:
    """One turn where one text has an odd number of negations more than the other, at the first that is its alone."""
    left, right = denials
    if (len(left) - len(right)) % 2 == 0:
        return []
    found = differences(premise, hypothesis)
    fewer = 0 if len(left) < len(right) else 1
    if any(negative((premise, hypothesis)[fewer], difference[fewer]) for difference in found):
        return []
    for difference in found:
        first = sum(span.overlaps(difference.premise) for span in left)
        second = sum(span.overlaps(difference.hypothesis) for span in right)
        if first != second:
            return [Turn("negation", difference.premise, difference.hypothesis)]
    return []


def _opposed(premise: str, hypothesis: str, denials: Denials) -> list[Turn]:
    """Words that are each other's opposites and that the other text does not have.

    A word that negates by itself is counted as a negation, not here.
    """
    sides = [
        {
            word: span
            for word, span in lemmas(text, Span(0, len(text)))
            if not any(span.overlaps(denial) for denial in denials[side])
        }
        for side, text in enumerate((premise, hypothesis))
    ]
    return [
        Turn("antonym", here, sides[1][other])
        for word, here in sides[0].items()
        for other in sorted(opposites().get(word, ()) & sides[1].keys())
        if word not in sides[1] and other not in sides[0]
    ]


def _confidence(contradiction: float) -> float:
    """A half where the model is undecided, .95 where it is certain."""
    return contradiction if contradiction < 0.5 else 0.5 + _STEEP * (contradiction - 0.5)


def _message(pair: Pair, turn: Turn) -> str:
    old = pair.premise.text[turn.premise.start : turn.premise.end]
    new = pair.hypothesis.text[turn.hypothesis.start : turn.hypothesis.end]
    if old and new and max(len(old), len(new)) <= 80:
        return f"The reference says “{old}”, the version says “{new}”: the opposite."
    if turn.kind == "negation" and new and len(new) <= 80:
        return f"The version denies what the reference says: “{new}” is not in the reference."
    if turn.kind == "negation" and old and len(old) <= 80:
        return f"The version says what the reference denies: “{old}” is lost."
    return "The version says the opposite of the reference here."


CHECK = Polarity()
