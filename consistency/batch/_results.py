"""A report of a story, or why there is none, as rows of results: one for each version, in the feed's order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from consistency import records
from consistency.batch import _wire as wire
from consistency.batch._row import Row
from consistency.records import Report
from consistency.report import dumped

LONGEST_TEXT = 1_200
"""Characters of a side's text; a claim is a sentence, so only what is no sentence is cut."""
_BEFORE = 300
LONGEST_MESSAGE = 2_000
MOST_FINDINGS = 200
"""Findings in one row, worst first."""


def encoded(result: wire.Result) -> bytes:
    """One line. What could drive a terminal is written as an escape; the same result is always the same bytes."""
    return dumped(msgspec.to_builtins(result), indent=None).encode() + b"\n"


def place(row: Row) -> wire.Place:
    return wire.Place(row.id, row.source, row.number)


def unchecked(story: str, row: Row, reference: Row | None, *why: wire.Unread) -> wire.Result:
    """The row of a version that was not checked."""
    return wire.Result(story, place(row), None if reference is None else place(reference), "unchecked", unread=why)


def alone(story: str, row: Row) -> wire.Result:
    """The row of an article that is the only one of its story."""
    return wire.Result(story, place(row), None, "alone")


def reason(entry: records.Unread) -> wire.Unread:
    """Why an article was not read, in the words of who tried."""
    return wire.Unread(entry.code, _bounded(entry.message), _bounded(entry.remedy))


def of_report(report: Report, story: str, reference: Row, versions: Mapping[str, Row]) -> dict[str, wire.Result]:
    """The results of a report by article id; `versions` are the rows that were read, by the same."""
    findings = _by_version(report)
    coverage = {entry.article: entry for entry in report.coverage}
    offsets = {article.id: article.offsets for article in report.story.articles}
    return {
        name: _result(story, row, reference, coverage[name], findings.get(name, ()), offsets=offsets)
        for name, row in versions.items()
    }


def _result(
    story: str,
    row: Row,
    reference: Row,
    coverage: records.Coverage,
    findings: Sequence[records.Finding],
    *,
    offsets: Mapping[str, records.Offsets],
) -> wire.Result:
    counted = Counter(finding.level for finding in findings)
    nothing = coverage.compared == 0
    verdict: wire.Verdict = "findings" if findings else "unchecked" if coverage.short or nothing else "clean"
    return wire.Result(
        story=story,
        version=place(row),
        reference=place(reference),
        verdict=verdict,
        counts=wire.Counts(**{level: counted[level] for level in records.LEVELS}),
        coverage=wire.Coverage(
            compared=coverage.compared,
            claims=coverage.claims,
            reference_compared=coverage.reference_compared,
            reference_claims=coverage.reference_claims,
            minimum=coverage.minimum,
            short=coverage.short,
        ),
        findings=tuple(_finding(finding, offsets) for finding in findings[:MOST_FINDINGS]),
        not_shown=max(0, len(findings) - MOST_FINDINGS),
        unread=(_little(coverage),) if coverage.short or nothing else (),
    )


def _little(coverage: records.Coverage) -> wire.Unread:
    asked = f"; at least {coverage.minimum:.0%} must be" if coverage.short else ""
    return wire.Unread(
        "coverage",
        f"{coverage.compared} of the version's {coverage.claims} sentences were compared{asked}.",
        "Check that it tells the same story, or lower min_coverage.",
    )


def _by_version(report: Report) -> dict[str, list[records.Finding]]:
    """The findings of each version in the report's order."""
    names = sorted((article.id for article in report.story.versions), key=len, reverse=True)
    found: dict[str, list[records.Finding]] = {}
    for finding in report.findings:
        found.setdefault(_version(finding, names), []).append(finding)
    return found


def _version(finding: records.Finding, names: Sequence[str]) -> str:
    """Whose finding it is. What is left out has no side in the version: among several its message names it first."""
    if finding.version is not None:
        return finding.version.article
    if len(names) == 1:
        return names[0]
    return next(name for name in names if finding.message.startswith(f"{name} "))


def _finding(finding: records.Finding, offsets: Mapping[str, records.Offsets]) -> wire.Finding:
    return wire.Finding(
        check=finding.check,
        level=finding.level,
        message=_bounded(finding.message),
        confidence=round(finding.confidence, 4),
        fingerprint=finding.fingerprint,
        reference=_side(finding.reference, offsets),
        version=_side(finding.version, offsets),
    )


def _side(side: records.Side | None, offsets: Mapping[str, records.Offsets]) -> wire.Side | None:
    if side is None:
        return None
    start = max(0, _first(side) - _BEFORE) if len(side.text) > LONGEST_TEXT else 0
    text = side.text[start : start + LONGEST_TEXT]
    back = offsets[side.article]
    spans, evidence = tuple(_ranges(side.spans, back)), tuple(_ranges(side.evidence, back))
    return wire.Side(text, len(side.text) - len(text), spans, evidence)


def _first(side: records.Side) -> int:
    """Where in the joined text the words that matter begin."""
    offset = 0
    for claim in side.spans:
        for evidence in side.evidence:
            if claim.start <= evidence.start < claim.end:
                return offset + evidence.start - claim.start
        offset += len(claim) + 1
    return 0


def _ranges(spans: Iterable[records.Span], offsets: records.Offsets) -> Iterator[wire.Range]:
    """In the text of the row: not that of the article where a headline was put above it or furniture removed."""
    return ((span.start, span.end) for span in map(offsets.to_source, spans))


def _bounded(text: str) -> str:
    if len(text) <= LONGEST_MESSAGE:
        return text
    return f"{text[:LONGEST_MESSAGE]}… ({len(text) - LONGEST_MESSAGE:,} characters not shown)"
