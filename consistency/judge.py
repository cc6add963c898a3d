"""What is reported, at which level, in which order; pure functions over findings.

A saved report's candidates and findings together are the judge's input again, so that other
thresholds or levels can be tried without the model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import msgspec

from consistency.records import LEVELS, FailOn, Finding, Level, Run, Side, Story, Undetermined

MODEL_CHECK = "contradiction"


class Rule(msgspec.Struct, frozen=True):
    """How the findings of one check are judged. `level` None keeps the level the check gave."""

    threshold: float = 0.5
    level: Level | None = None
    on: bool = True


class Judgement(NamedTuple):
    """Findings at or above their thresholds, worst first. Candidates in the same order: what is below, and
    the contradictions that a typed error explains, so that they come back where that error is turned off."""

    findings: tuple[Finding, ...]
    candidates: tuple[Finding, ...]


def judge(found: Iterable[Finding], rules: Mapping[str, Rule], story: Story) -> Judgement:
    """Applies thresholds and levels, merges what speaks of one thing, fingerprints and orders."""
    findings: list[Finding] = []
    candidates: list[Finding] = []
    for finding in found:
        rule = rules.get(finding.check, Rule())
        if not rule.on:
            continue
        marked = _placed(msgspec.structs.replace(finding, level=rule.level or finding.level), story)
        (findings if finding.confidence >= rule.threshold else candidates).append(marked)
    kept, explained = _merged(findings)
    return Judgement(_ordered(kept), _ordered([*candidates, *explained]))


def _placed(finding: Finding, story: Story) -> Finding:
    """With fingerprint and places; those of a saved finding stay, since its articles are not at hand any more."""
    return msgspec.structs.replace(
        finding,
        fingerprint=finding.fingerprint or fingerprint(finding),
        reference=_located(finding.reference, story),
        version=_located(finding.version, story),
    )


def _located(side: Side | None, story: Story) -> Side | None:
    if side is None or side.places:
        return side
    article = story.article(side.article)
    places = tuple(article.place(span) for span in side.evidence or side.spans)
    return msgspec.structs.replace(side, places=places)


def _merged(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """What is kept, and the model's contradictions that a typed error on the same claims explains.

    Two independent witnesses make an error surer: the confidence that remains is the higher of the two.
    """
    typed = {_claims(finding) for finding in findings if finding.check != MODEL_CHECK and finding.level == "error"}
    explained = [finding for finding in findings if finding.check == MODEL_CHECK and _claims(finding) in typed]
    surest: dict[_Claims, float] = {}
    for finding in explained:
        surest[_claims(finding)] = max(finding.confidence, surest.get(_claims(finding), 0.0))
    kept = []
    for finding in findings:
        if finding.check != MODEL_CHECK and finding.level == "error":
            confidence = max(finding.confidence, surest.get(_claims(finding), 0.0))
            kept.append(msgspec.structs.replace(finding, confidence=confidence))
        elif finding.check != MODEL_CHECK or _claims(finding) not in typed:
            kept.append(finding)
    return kept, explained


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
        )

    return tuple(sorted(findings, key=rank))


def fingerprint(finding: Finding) -> str:
    """Sixteen hex digits that stay the same while the check, the evidence and the claims do.

    Case, blanks and typography do not count, nor does where in the article it stands.
    """
    parts = [finding.check]
    for side in (finding.reference, finding.version):
        parts.append("|".join(map(_folded, side.values())) if side else "-")
        parts.append(_folded(side.text) if side else "-")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _folded(text: str) -> str:
    return " ".join("".join(mark if mark.isalnum() else " " for mark in text.casefold()).split())


def exit_code(run: Run, fail_on: FailOn, undetermined: Undetermined = "report") -> int:
    """0 clean; 1 a finding that counts at or above the failing level; 3 something was not checked. 1 outranks 3.

    `undetermined` says what that third case is worth: 3, the failure it may hide ("fail", 1), or nothing ("ignore").
    """
    if fail_on != "never":
        failing = LEVELS[: LEVELS.index(fail_on) + 1]
        if any(finding.counts and finding.level in failing for report in run.reports for finding in report.findings):
            return 1
    unchecked = any(report.unread or any(part.short for part in report.coverage) for report in run.reports)
    return _UNCHECKED[undetermined] if unchecked else 0


_UNCHECKED: Mapping[Undetermined, int] = {"report": 3, "fail": 1, "ignore": 0}
