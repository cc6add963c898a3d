"""How likely two claims contradict each other, from all that is known of them: one calibrated confidence.

A logistic model adds up what the embedded model says of a pair in both directions, its strongest single difference,
how alike the two are, what turns the sense between their texts, and how sure each typed check is of a conflict. No
weight is negative, so that more contradiction, or another conflict, never lowers a confidence. The numbers stand in
`combine.json`, which is made by `python -m eval combine` and says what it was fitted on; they belong to one model and
are not used with another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import msgspec

from consistency.errors import ModelError
from consistency.facts.reordered import reordered
from consistency.facts.replaced import replaced
from consistency.facts.reworded import reworded
from consistency.facts.turns import turns
from consistency.protocols import Context, Pair
from consistency.records import Alignment, Finding, Scores, both_contradict, mutual_contradiction

SHIPPED: Final = Path(__file__).with_name("combine.json")
MODEL_CHECK: Final = "contradiction"
TYPED: Final = "check."
"""What stands before a check's id in the name of its feature."""
ALONE: Final = 0.5
"""A typed check this sure needs no other witness: its confidence is never brought below."""
APART: Final = 0.25
"""Pairs less similar than this may speak of different things; those from twice as much on speak of one."""
_FAINT: Final = 0.05
_LEAST: Final = 0.01
_EDGE: Final = 0.001
"""What keeps a logarithm finite: added to both sides of a ratio, or kept from a probability's ends."""


class Feature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One number of a pair: its part of the sum is `weight` times what it has over the `mean` it was fitted with.

    Of a typed check, `least` is the confidence below which it says nothing: under `ALONE` where its hints proved right.
    """

    name: str
    mean: float
    weight: float
    least: float = 0.0


class Combination(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fitted combination, and what a reader should know of it.

    `model` is the digest of the model whose scores it was fitted on. `share` = contradictions among the pairs that it
    is calibrated for. `level` = the chance from which a hint of a typed check is believed. `card` tells what it was
    fitted on and what it reached.
    """

    model: str
    share: float
    level: float
    intercept: float
    features: tuple[Feature, ...]
    card: dict[str, Any] = {}

    @property
    def checks(self) -> dict[str, float]:
        """The typed checks that it knows, each with the confidence from which it says something."""
        return {one.name.removeprefix(TYPED): one.least for one in self.features if one.name.startswith(TYPED)}

    def chance(self, values: Mapping[str, float]) -> float:
        """How likely a pair with these features contradicts, 0 to 1."""
        total = self.intercept + sum(one.weight * (values[one.name] - one.mean) for one in self.features)
        return 1 / (1 + math.exp(-total)) if total > 0 else math.exp(total) / (1 + math.exp(total))


def combine(found: Iterable[Finding], context: Context, combination: Combination) -> tuple[Finding, ...]:
    """The findings in their order, those on a scored pair with the pair's chance as their confidence.

    That holds for the model's own and for errors of typed checks: one that is sure alone stays at `ALONE` or over; a
    hint that says something is raised where the pair's chance reaches the combination's level. All others are left as
    they are: warnings and notes say something else than that a pair contradicts.
    """
    findings = tuple(found)
    told: dict[_Claims, list[Finding]] = {}
    for finding in findings:
        told.setdefault(_claims(finding), []).append(finding)
    chances = {
        claims: combination.chance(features(pair, told[claims], combination.checks))
        for pair in context.pairs()
        if (claims := (pair.alignment.premise, pair.alignment.hypothesis)) in told and scored(pair.alignment)
    }
    return tuple(_combined(finding, chances.get(_claims(finding)), combination) for finding in findings)


def scored(alignment: Alignment) -> bool:
    """Whether the model has read the pair in both directions."""
    return alignment.forward is not None and alignment.backward is not None


def features(pair: Pair, findings: Iterable[Finding], checks: Mapping[str, float]) -> dict[str, float]:
    """What a scored pair is judged by, by name: of the pair, and how sure each of `checks` is of an error.

    `findings` = those on the pair's claims. A check less sure than stands beside its name counts as silent.
    """
    values = {name: read(pair) for name, read in _OF_PAIR.items()}
    values |= {f"{TYPED}{check}": 0.0 for check in checks}
    for finding in findings:
        if finding.level == "error" and finding.confidence >= checks.get(finding.check, math.inf):
            name = f"{TYPED}{finding.check}"
            values[name] = max(values[name], finding.confidence)
    return values


@cache
def shipped(path: Path = SHIPPED) -> Combination:
    """The combination in the package. Raises `ModelError` for numbers that no combination may have."""
    try:
        read = msgspec.json.decode(path.read_bytes(), type=Combination)
    except (OSError, msgspec.DecodeError) as fault:
        raise ModelError(f"{path}: it is no combination ({fault})", "Install the package again.") from fault
    names = [one.name for one in read.features]
    known = all(name in _OF_PAIR or name.startswith(TYPED) for name in names)
    numbers = [read.intercept, *(number for one in read.features for number in (one.mean, one.weight))]
    if not known or len(set(names)) < len(names) or not all(map(math.isfinite, numbers)):
        raise ModelError(f"{path}: it has features that nobody knows", "Fit it with `python -m eval combine`.")
    if any(one.weight < 0 for one in read.features):
        raise ModelError(f"{path}: a weight is negative", "Fit it with `python -m eval combine`.")
    return read


def fitted_for(model: str) -> Combination | None:
    """The shipped combination where it belongs to the model of this digest, else None: confidences stay apart."""
    found = shipped()
    return found if found.model == model else None


def _combined(finding: Finding, chance: float | None, combination: Combination) -> Finding:
    if chance is None:
        return finding
    if finding.check == MODEL_CHECK:
        confidence = chance
    elif finding.check not in combination.checks or finding.level != "error":
        return finding
    elif finding.confidence >= ALONE:
        confidence = max(chance, ALONE)
    elif finding.confidence >= combination.checks[finding.check] and chance >= combination.level:
        confidence = chance
    else:
        return finding
    return msgspec.structs.replace(finding, confidence=round(confidence, 4))


_Claims: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]


def _claims(finding: Finding) -> _Claims:
    """The claims of the reference and of the version that a finding speaks of."""
    return (
        finding.reference.claims if finding.reference else (),
        finding.version.claims if finding.version else (),
    )


def _directions(pair: Pair) -> tuple[Scores, Scores]:
    forward, backward = pair.alignment.forward, pair.alignment.backward
    assert forward is not None and backward is not None, "only a scored pair has features"  # noqa: PT018
    return forward, backward


def _over_entailment(pair: Pair) -> float:
    """Contradiction over entailment, in logarithm; the mean of both directions."""
    return sum(_ratio(one.contradiction, one.entailment) for one in _directions(pair)) / 2


def _over_neutral(pair: Pair) -> float:
    """Contradiction over neutrality, in logarithm; the mean of both directions."""
    return sum(_ratio(one.contradiction, one.neutral) for one in _directions(pair)) / 2


def _isolated(pair: Pair) -> float:
    """Log odds of the difference that contradicts most by itself; of the whole pair where none was asked about."""
    whole = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)
    strongest = max((one.contradiction for one in pair.alignment.isolated), default=whole)
    kept = min(1 - _EDGE, max(_EDGE, strongest))
    return math.log(kept / (1 - kept))


def _similarity(pair: Pair) -> float:
    """In logarithm, how far two texts this similar may be believed to speak of one thing."""
    return math.log(max(_FAINT, min(1.0, pair.alignment.similarity / APART - 1.0)))


def _ratio(one: float, other: float) -> float:
    return math.log((one + _LEAST) / (other + _LEAST))


def _other_words(pair: Pair) -> float:
    """0 where both texts have the very same words: in another order they mostly say the same."""
    return float(not reordered(pair.premise.text, pair.hypothesis.text))


def _other_sense(pair: Pair) -> float:
    """0 where both directions see a contradiction and the version is the reference but for words that stand in the
    places of their kin: an editor's synonyms.
    """
    if not both_contradict(pair.alignment.forward, pair.alignment.backward):
        return 1.0
    return float(not reworded(pair.premise.text, pair.hypothesis.text))


def _turn(pair: Pair) -> float:
    """1 where the sense is turned in one place, and both directions see a contradiction.

    Of two long sentences in other words the model often knows that something is wrong, but not how sure it may be.
    """
    if not both_contradict(pair.alignment.forward, pair.alignment.backward):
        return 0.0
    return float(any(turn.firm for turn in turns(pair.premise.text, pair.hypothesis.text)))


def _replaced(pair: Pair) -> float:
    """1 where the version is the reference but for one word that is another, and both directions see a contradiction.

    Of short near-copies the model is hardly ever quite sure; that an editor puts a word of other meaning there, and
    touches nothing else, is as rare.
    """
    if not both_contradict(pair.alignment.forward, pair.alignment.backward):
        return 0.0
    return float(replaced(pair.premise.text, pair.hypothesis.text) is not None)


_OF_PAIR: Final[Mapping[str, Callable[[Pair], float]]] = {
    "contradiction_over_entailment": _over_entailment,
    "contradiction_over_neutral": _over_neutral,
    "strongest_difference": _isolated,
    "similarity": _similarity,
    "other_words": _other_words,
    "other_sense": _other_sense,
    "turn": _turn,
    "replaced": _replaced,
}
PAIR_FEATURES: Final = tuple(_OF_PAIR)
"""What every combination may use, beside `check.ID` of each typed check."""
