"""What is reported, at which level, in which order; pure functions over findings.

A saved report's candidates and findings together are the judge's input again, so that other thresholds or levels can
be tried without the model: what a finding came with before the judge changed it stands in `Finding.given`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple, TypeAlias

import msgspec

from consistency.facts._kept import kept
from consistency.facts._places.holding import held
from consistency.fold import fold
from consistency.records import (
    LEVELS,
    FailOn,
    Finding,
    Given,
    Level,
    Place,
    Report,
    Run,
    Side,
    Signature,
    Span,
    Story,
    Undetermined,
)

MODEL_CHECK = "contradiction"
WEAKEST = "wording"
"""The check that says no more than that a word changed: whatever else is reported of the same claims says it better."""
MISSPELT = "name"
"""The check whose warning says that a name is misspelt: a model that reads the two spellings as two names says less."""
_DECIMALS = 4
"""A confidence is held against its threshold as a report prints it, so that a saved one is judged alike."""
_folded = kept(fold)
"""Of claims: many findings speak of the same."""


class Rule(msgspec.Struct, frozen=True):
    """How the findings of one check are judged. `level` None keeps the level the check gave."""

    threshold: float = 0.5
    level: Level | None = None
    on: bool = True


class Judgement(NamedTuple):
    """Findings at or above their thresholds, worst first. Candidates in the same order: what is below, and
    what another finding on the same claims explains, so that it comes back where that one is turned off."""

    findings: tuple[Finding, ...]
    candidates: tuple[Finding, ...]


def judge(found: Iterable[Finding], rules: Mapping[str, Rule], story: Story) -> Judgement:
    """Applies thresholds and levels, merges what speaks of one thing, fingerprints and orders."""
    findings: list[Finding] = []
    candidates: list[Finding] = []
    known: _Known = {}
    for finding in found:
        rule = rules.get(finding.check, Rule())
        if not rule.on:
            continue
        marked = _placed(_entered(finding, rule.level), story, known)
        (findings if marked.confidence >= rule.threshold else candidates).append(marked)
    left, explained = _merged(findings)
    return Judgement(_ordered(map(_left, left)), _ordered(map(_left, [*candidates, *explained])))


def rejudge(report: Report, rules: Mapping[str, Rule], signature: Signature, min_coverage: float) -> Report:
    """A saved report as it would have come out under other rules, signed with their settings.

    The same rules give the same report. What a check did not find since it was off (`Signature.off`) stays unfound.
    """
    judged = judge((*report.findings, *report.candidates), rules, report.story)
    return msgspec.structs.replace(
        report,
        signature=signature,
        coverage=tuple(msgspec.structs.replace(entry, minimum=min_coverage) for entry in report.coverage),
        candidates=judged.candidates,
        findings=judged.findings,
    )


def _entered(finding: Finding, level: Level | None) -> Finding:
    """As the check gave it, but for the level the settings want; what the check gave is kept beside."""
    came = finding.given or Given(finding.level, round(finding.confidence, _DECIMALS))
    return msgspec.structs.replace(finding, level=level or came.level, confidence=came.confidence, given=came)


def _left(finding: Finding) -> Finding:
    """Without what it came with, where nothing changed."""
    if finding.given == Given(finding.level, finding.confidence):
        return msgspec.structs.replace(finding, given=None)
    return finding


_Known: TypeAlias = dict[tuple[str, Span], Place]
"""Where spans of the articles stand: many findings speak of the same claims."""


def _placed(finding: Finding, story: Story, known: _Known) -> Finding:
    """With fingerprint and places; those of a saved finding stay, since its articles are not at hand any more."""
    return msgspec.structs.replace(
        finding,
        fingerprint=finding.fingerprint or fingerprint(finding),
        reference=_located(finding.reference, story, known),
        version=_located(finding.version, story, known),
    )


def _located(side: Side | None, story: Story, known: _Known) -> Side | None:
    if side is None or side.places:
        return side
    spans = side.evidence or side.spans
    for span in spans:
        if (side.article, span) not in known:
            known[side.article, span] = story.article(side.article).place(span)
    return msgspec.structs.replace(side, places=tuple([known[side.article, span] for span in spans]))


def _merged(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """What is kept, and what is explained: the model's contradictions by a typed error on the same claims, by the slip
    in a name that is all they show, or by a wider place that is; a changed word by whatever else is reported of them.

    Two independent witnesses make an error surer: the confidence that remains is the higher of the two.
    """
    plain = [finding for finding in findings if finding.check != WEAKEST]
    typed = {_claims(finding) for finding in plain if finding.check != MODEL_CHECK and finding.level == "error"}
    told = {_claims(finding) for finding in plain}
    slips: dict[_Claims, list[Finding]] = {}
    for finding in plain:
        if finding.check == MISSPELT and finding.level != "error":
            slips.setdefault(_claims(finding), []).append(finding)
    surest: dict[_Claims, float] = {}
    seen: dict[str, float] = {}
    left, explained = [], []
    for finding in findings:
        claims = _claims(finding)
        if finding.check == MODEL_CHECK and claims in typed:
            explained.append(finding)
            surest[claims] = max(finding.confidence, surest.get(claims, 0.0))
        elif finding.check == MODEL_CHECK and (slip := _shown_by(finding, slips.get(claims, ()))):
            explained.append(finding)
            seen[slip.fingerprint] = max(finding.confidence, seen.get(slip.fingerprint, 0.0))
        elif (finding.check == WEAKEST and claims in told) or (finding.check == MODEL_CHECK and _held(finding)):
            explained.append(finding)
        else:
            left.append(finding)
    return [_surer(finding, surest, seen) for finding in left], explained


def _shown_by(model: Finding, slips: Iterable[Finding]) -> Finding | None:
    """The slip in whose two names lies every difference that the model's contradiction shows."""
    for slip in slips:
        if _within(model.reference, slip.reference) and _within(model.version, slip.version):
            return slip
    return None


def _held(model: Finding) -> bool:
    """Whether all that a contradiction shows is a place and the place that holds it: in Chicago, in Illinois."""
    one, other = model.reference, model.version
    if one is None or other is None or len(one.spans) > 1 or len(other.spans) > 1:
        return False
    first, second = ([span.shift(-side.spans[0].start) for span in side.evidence] for side in (one, other))
    return held(one.text, first, other.text, second)


def _within(inner: Side | None, outer: Side | None) -> bool:
    """Whether a side shows something, and nothing but parts of what the other side shows."""
    if inner is None or outer is None or not inner.evidence:
        return False
    return all(any(out.holds(one) for out in outer.evidence) for one in inner.evidence)


def _surer(finding: Finding, surest: Mapping[_Claims, float], seen: Mapping[str, float]) -> Finding:
    found = surest.get(_claims(finding), 0.0) if finding.level == "error" else seen.get(finding.fingerprint, 0.0)
    return msgspec.structs.replace(finding, confidence=max(finding.confidence, found))


_Claims: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""The claims of the reference and of the version that a finding speaks of."""


def _claims(finding: Finding) -> _Claims:
    return (
        finding.reference.claims if finding.reference else (),
        finding.version.claims if finding.version else (),
    )


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    def rank(finding: Finding) -> tuple[object, ...]:
        side = finding.version or finding.reference
        assert side is not None, "a finding has at least one side"
        start = side.evidence[0].start if side.evidence else side.spans[0].start
        return (
            LEVELS.index(finding.level),
            -finding.confidence,
            side.article,
            start,
            finding.check,
            finding.fingerprint,
            finding.message,
            *((one.article, one.spans, one.evidence) if one else () for one in (finding.reference, finding.version)),
            (finding.given.level, finding.given.confidence) if finding.given else (),
        )

    return tuple(sorted(findings, key=rank))


def fingerprint(finding: Finding) -> str:
    """Sixteen hex digits that stay the same while the check, the evidence and the claims do.

    Case, blanks and typography do not count, nor does where in the article it stands.
    """
    parts = [finding.check]
    for side in (finding.reference, finding.version):
        parts.append("|".join(map(fold, side.values())) if side else "-")
        parts.append(_folded(side.text) if side else "-")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def exit_code(run: Run, fail_on: FailOn, undetermined: Undetermined = "report") -> int:
    """0 clean; 1 a finding that counts at or above the failing level; 3 something was not checked. 1 outranks 3.

    `undetermined` says what that third case is worth: 3, the failure it may hide ("fail", 1), or nothing ("ignore").
    """
    return code(
        {finding.level for report in run.reports for finding in report.findings if finding.counts},
        unchecked=any(report.unread or any(part.short for part in report.coverage) for report in run.reports),
        fail_on=fail_on,
        undetermined=undetermined,
    )


def code(levels: Set[Level], *, unchecked: bool, fail_on: FailOn, undetermined: Undetermined) -> int:
    """The exit code where findings of these levels count, and where something was not checked or all was."""
    if fail_on != "never" and levels & set(LEVELS[: LEVELS.index(fail_on) + 1]):
        return 1
    return _UNCHECKED[undetermined] if unchecked else 0


_UNCHECKED: Mapping[Undetermined, int] = {"report": 3, "fail": 1, "ignore": 0}
