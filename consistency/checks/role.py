"""Two people, places or values of a sentence have changed places: who did it, and to whom it was done.

Reported, as an error, are a subject and an object exchanged (Russia warned China, China warned Russia), in active or
passive voice and across verbs that tell one deed from two ends (beat, lost to; sold to, bought from; sued, taken to
court by), also where two words for it are kin ("pulled from", "dragged out by"); a verb put into the other voice
with who stands around it left where it was (she taught Klein, she was taught by Klein); owner and owned (Smith's
lawyer, Jones); what belongs to two names or prepositions (Smith, 40, and Jones, 31; from Paris to Lyon); any two parts
that have changed places in a sentence that is otherwise the same, or two words in one that is nearly the same (by day,
not at night; Chilean salmon to Japan); a word in whose place another of the same sentence stands; a deed told of
another name of which the reference tells something else (Klein accepted the verdict, Weber appealed: Weber accepted
it), or a thing that another of them got (the prize went to Weber); one told of another body (the council approved it,
residents approved it); two figures or dates of which each stands in a clause of its own and has taken all that the
other's clause told (82 mm in Brenn and 31 in Aldor: 31 in Brenn, 82 in Aldor); and one done by or to somebody whom the
story introduces as another (the doctor, the guide). The model, too, must lean towards a contradiction, but little where
the two ends of one deed are exchanged. Quiet stay lists told in another order, verbs and nouns that go both ways (met,
played, a friend of), the same deed told from its other end, and one that the two may have done together.

Passes:
    reference: Russia warned China against delivering drones to the rebels.
    version: China was warned by Russia against delivering drones to the rebels.
Fails:
    reference: Russia warned China against delivering drones to the rebels.
    version: China warned Russia against delivering drones to the rebels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Final, NamedTuple

from consistency.checks._belief import believed, trust
from consistency.facts.role import (
    Exchange,
    People,
    acquainted,
    crossed_values,
    exchanges,
    in_question,
    mistaken,
    nearly,
    other_body,
    other_doer,
    other_person,
    trade,
    voiced,
)
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level, Span, mutual_contradiction

NEEDED: Final = {
    "trade": 0.04,
    "words": 0.2,
    "parts": 0.6,
    "deed": 0.05,
    "firm": 0.1,
    "told": 0.15,
    "loose": 0.5,
    "voice": 0.5,
    "near": 0.6,
    "other": 0.5,
    "doer": 0.2,
    "body": 0.1,
    "known": 0.5,
    "values": 0.15,
}
"""Contradiction, by the model, from which an exchange is believed: of things in otherwise equal sentences, of words
that need not be things there, of other parts of them; of things in sentences that differ, of what may be none there; of
the voice of a verb; of two words in sentences that are nearly the same, of one that took the other's place, and of
another doer of one deed, by name or as a body; and of another person told by what he is. On pairs that exchange the two
ends of a deed the model is often blind, and hardly any honest pair is read so: little is asked of it there."""
_ENDS: Final = ({"agent", "patient"}, {"giver", "taker"}, {"goods", "taker"}, {"goods", "giver"})
"""Parts of one frame that are the two ends of a deed."""
SURE: Final = 0.8
"""How far it is believed that one deed has its two ends exchanged, however little similar the rest is."""
_FLOOR: Final = 0.04
"""Below this the model is against it, and the pair is no candidate either."""
_MOST: Final = 4_000
"""Characters of a text beyond which it is no claim and nothing is said of it."""
_SHOWN: Final = 90


class _Change(NamedTuple):
    """What has changed places; the spans of each text in order of the reference's things."""

    kind: str
    premise: tuple[Span, ...]
    hypothesis: tuple[Span, ...]


class RoleCheck:
    """Reports things that have changed places where the model holds the pair to be rather contradictory."""

    id: str = "role"
    level: Level = "error"

    def check(self, context: Context) -> Iterable[Finding]:
        people = cache(partial(_people, context))
        headlines = {claim.id for claims in context.claims.values() for claim in claims if claim.headline}
        for pair in context.pairs():
            contradiction = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)
            if contradiction < _FLOOR or max(len(pair.premise.text), len(pair.hypothesis.text)) > _MOST:
                continue
            change = _change(pair.premise.text, pair.hypothesis.text)
            if change is None and contradiction >= NEEDED["voice"]:
                change = _near(pair.premise.text, pair.hypothesis.text)
            if change is None and contradiction >= NEEDED["doer"]:
                change = _doer(pair.premise.text, pair.hypothesis.text)
            if change is None and contradiction >= NEEDED["body"]:
                change = _body(pair.premise.text, pair.hypothesis.text)
            if change is None and contradiction >= NEEDED["known"]:
                change = _known(pair, people)
            if change is not None:
                confidence = believed(contradiction, NEEDED[change.kind])
                # Two headlines tell one deed in words of their own: who did it does not hang on how similar they are.
                if change.kind == "deed":
                    confidence *= max(SURE, trust(pair.alignment.similarity))
                elif change.kind != "body" or not headlines.issuperset(pair.premise.claims + pair.hypothesis.claims):
                    confidence *= trust(pair.alignment.similarity)
                yield self._finding(pair, change, round(confidence, 3))

    def _finding(self, pair: Pair, change: _Change, confidence: float) -> Finding:
        return Finding(
            check=self.id,
            level=self.level,
            message=_message(pair, change),
            confidence=confidence,
            reference=pair.premise.side(*change.premise),
            version=pair.hypothesis.side(*change.hypothesis),
        )


def _change(premise: str, hypothesis: str) -> _Change | None:
    """The plainest exchange of the two texts."""
    traded = trade(premise, hypothesis)
    found = exchanges(premise, hypothesis)
    if traded is not None:
        if "part" in traded.sorts and not found:
            return _Change("parts", traded.premise, traded.hypothesis)
        sure = bool(found) or "word" not in traded.sorts
        return _Change("trade" if sure else "words", traded.premise, traded.hypothesis)
    if found:
        return _Change(
            _sort(found[0], [premise[span.start : span.end] for span in found[0].premise]),
            found[0].premise,
            found[0].hypothesis,
        )
    values = crossed_values(premise, hypothesis)
    return None if values is None else _Change("values", *values)


def _sort(found: Exchange, texts: Sequence[str]) -> str:
    """How sure an exchange of parts is: who did a deed and to whom it was done say the most."""
    one, other = found.slots
    if one.frame == other.frame and {one.part, other.part} in _ENDS:
        return "deed"
    if found.firm:
        return "firm"
    # Words of names may stand in one name here and be left out there ("the Rocky Mountain fir").
    return "loose" if all(text[0].isupper() for text in texts) else "told"


def _near(premise: str, hypothesis: str) -> _Change | None:
    """What has changed in texts that differ otherwise, too: costly, so asked last."""
    turned = voiced(premise, hypothesis)
    if turned is not None:
        old, new = (Span(one.start, other.end) for one, other in (turned.premise, turned.hypothesis))
        return _Change("voice", (old,), (new,))
    found = nearly(premise, hypothesis)
    if found is not None:
        return _Change("near", found.premise, found.hypothesis)
    other = mistaken(premise, hypothesis)
    return None if other is None else _Change("other", other[:1], other[1:])


def _doer(premise: str, hypothesis: str) -> _Change | None:
    doer = other_doer(premise, hypothesis)
    return None if doer is None else _Change("doer", doer[:1], doer[1:])


def _body(premise: str, hypothesis: str) -> _Change | None:
    body = other_body(premise, hypothesis)
    return None if body is None else _Change("body", body[:1], body[1:])


def _people(context: Context, version: str) -> People:
    texts = ([claim.text for claim in context.claims.get(one, ())] for one in (context.story.reference, version))
    return acquainted(*texts)


def _known(pair: Pair, people: Callable[[str], People]) -> _Change | None:
    texts = pair.premise.text, pair.hypothesis.text
    # Who is who takes both articles to tell: few pairs need to know.
    person = other_person(*texts, people(pair.hypothesis.article)) if in_question(*texts) else None
    return None if person is None else _Change("known", person[:1], person[1:])


def _message(pair: Pair, change: _Change) -> str:
    old, new = (
        text[min(span.start for span in spans) : max(span.end for span in spans)]
        for text, spans in ((pair.premise.text, change.premise), (pair.hypothesis.text, change.hypothesis))
    )
    if change.kind == "voice":
        return f"The reference says “{old}”, the version says “{new}”: who did it to whom is turned round."
    if change.kind == "other":
        return f"The version says of “{new}” what the reference says of “{old}”; both stand in both."
    if change.kind in ("body", "known"):
        return f"The version says of “{new}” what the reference says of “{old}”."
    if change.kind == "doer":
        return f"The version says of “{new}” what the reference says of “{old}”, and not of the former."
    if max(len(old), len(new)) <= _SHOWN:
        return f"The reference says “{old}”, the version says “{new}”: the two have changed places."
    one, other = (pair.premise.text[span.start : span.end] for span in change.premise)
    return f"The version exchanges “{one}” and “{other}” of the reference."


CHECK = RoleCheck()
