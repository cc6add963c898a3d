"""JUnit XML, for GitLab, Jenkins and whatever else shows tests: a suite for each version, a test for each check.

- failed: findings that fail the run, by the failing level; others, and known ones, stand in a passed test's output.
- error: an input that was not read, a version of which too little was compared.
- skipped: a check that was turned off, or found nothing where too little was compared to say so; stories left aside.

What only the reference has (an omission) is a test of the reference's own suite. Names of tests stay the same from run
to run, so that a service can tell what is new. Characters that XML does not allow are spelt out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias
from xml.etree import ElementTree as Tree

import msgspec

from consistency.records import LEVELS, Article, Finding, Report, Run, Side
from consistency.report._options import Options
from consistency.report._remarks import Remark, remarks
from consistency.report._summary import count, summary
from consistency.report._visible import names, visible
from consistency.report._words import bounded, line_of, marked, state, sureness

_Outcome: TypeAlias = Literal["failure", "error", "skipped"]

_MESSAGE = 600
_TEXT = 400
_NAME = 200
_LISTED = 50
"""Findings told one by one in a test."""
_NOT_READ = "not read"
"""The suite of a story that has no reference to be the suite of what could not be read."""
_FORBIDDEN = re.compile("[\ufffe\uffff]")


class Junit(msgspec.Struct, frozen=True):
    """Run -> an XML document."""

    options: Options = Options()

    def __call__(self, run: Run) -> str:
        several = len(run.reports) > 1
        suites = [
            suite
            for report in run.reports
            for suite in _suites(_Told.of(report, self.options), bounded(report.story.id, _NAME) if several else "")
        ]
        suites += _of_run(run)
        counts = _counts(case for suite in suites for case in suite.cases)
        del counts["skipped"]
        root = Tree.Element("testsuites", {"name": "consistency", **counts})
        root.extend(one.element() for one in suites)
        Tree.indent(root, " ")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{Tree.tostring(root, encoding="unicode")}\n'


class _Case(msgspec.Struct, frozen=True):
    """A test; `message` says why it did not pass, `told` are lines of detail, `out` lines that it printed."""

    name: str
    outcome: _Outcome | None = None
    kind: str = ""
    message: str = ""
    told: tuple[str, ...] = ()
    out: tuple[str, ...] = ()

    def element(self, of: str) -> Tree.Element:
        case = Tree.Element("testcase", {"name": _line(self.name), "classname": of})
        if self.outcome == "skipped":
            Tree.SubElement(case, "skipped").text = _line(self.message)
        elif self.outcome:
            problem = {"type": _line(self.kind), "message": _line(self.message)}
            Tree.SubElement(case, self.outcome, problem).text = _lines(self.told or (self.message,))
        if self.out:
            Tree.SubElement(case, "system-out").text = _lines(self.out)
        return case


class _Suite(msgspec.Struct, frozen=True):
    """`path` is where the suite stands among the others; what shows tests as a tree parts it at full stops."""

    name: str
    path: tuple[str, ...]
    cases: tuple[_Case, ...]

    def element(self) -> Tree.Element:
        suite = Tree.Element("testsuite", {"name": _line(self.name), **_counts(self.cases)})
        of = ".".join(_line(part).replace(".", "_") for part in ("consistency", *self.path) if part)
        suite.extend(case.element(of) for case in self.cases)
        return suite


class _Told(msgspec.Struct, frozen=True):
    """A story, with what is said of each of its articles, by article id."""

    report: Report
    options: Options
    names: Mapping[str, str]
    findings: Mapping[str, Mapping[str, Sequence[Finding]]]
    """By article, then by check."""
    coverage: Mapping[str, Remark]
    unread: Sequence[Remark]
    compared: frozenset[str]
    """The versions of which enough was compared for silence to mean something."""

    @classmethod
    def of(cls, report: Report, options: Options) -> _Told:
        findings: dict[str, dict[str, list[Finding]]] = {}
        for finding in report.findings:
            side = finding.version or finding.reference
            if side is not None:
                findings.setdefault(side.article, {}).setdefault(finding.check, []).append(finding)
        said = tuple(remarks(Run((report,))))
        return cls(
            report,
            options,
            {article: bounded(name, _NAME) for article, name in names(report).items()},
            findings,
            {remark.key: remark for remark in said if remark.kind == "coverage"},
            [remark for remark in said if remark.kind == "not-read"],
            frozenset(entry.article for entry in report.coverage if entry.compared and not entry.short),
        )

    def failing(self, finding: Finding) -> bool:
        on = self.options.fail_on
        return finding.counts and on != "never" and LEVELS.index(finding.level) <= LEVELS.index(on)


def _suites(told: _Told, story: str) -> Iterator[_Suite]:
    """First the reference, with what could not be read, if there is anything to say of it; then each version."""
    articles = told.report.story.articles
    reference = told.report.story.reference
    if all(article.id != reference for article in articles):
        cases = tuple(_unread(told))
        if cases:
            yield _Suite(f"{story}: {_NOT_READ}" if story else _NOT_READ, (story, _NOT_READ), cases)
    for article in sorted(articles, key=lambda one: one.id != reference):
        first = _unread(told) if article.id == reference else _coverage(article, told)
        cases = (*first, *_checked(article, told))
        if cases:
            name = told.names[article.id]
            yield _Suite(f"{story}: {name}" if story else name, (story, name), cases)


def _unread(told: _Told) -> Iterator[_Case]:
    seen: Counter[str] = Counter()
    for remark in told.unread:
        name = f"read: {bounded(remark.source, _NAME)}"
        seen[name] += 1
        again = f" ({seen[name]})" if seen[name] > 1 else ""
        yield _Case(f"{name}{again}", "error", "not read", remark.text)


def _coverage(article: Article, told: _Told) -> Iterator[_Case]:
    remark = told.coverage.get(article.id)
    name = f"coverage: {told.names[article.id]}"
    if remark and remark.unchecked:
        yield _Case(name, "error", "not compared", remark.text)
    elif remark:
        yield _Case(name, out=(remark.text,))


def _checked(article: Article, told: _Told) -> Iterator[_Case]:
    found = told.findings.get(article.id, {})
    if article.id != told.report.story.reference:
        found = {**dict.fromkeys(told.options.manuals, ()), **found}
    for check, findings in found.items():
        why_not = _why_not(check in told.report.signature.off, article.id not in told.compared)
        yield _case(f"{bounded(check, _NAME)}: {told.names[article.id]}", findings, told, why_not)


def _why_not(off: bool, short: bool) -> str:
    """Why a check without findings says nothing; empty where it does."""
    if off:
        return "The check is turned off in the settings."
    return "Too little of this version was compared to say so." if short else ""


def _case(name: str, findings: Sequence[Finding], told: _Told, why_not: str) -> _Case:
    failing = [finding for finding in findings if told.failing(finding)]
    out = tuple(_listed([finding for finding in findings if not told.failing(finding)], told))
    if failing:
        more = f" (and {len(failing) - 1:,} more)" if len(failing) > 1 else ""
        message = f"{bounded(failing[0].message, _MESSAGE)}{more}"
        return _Case(name, "failure", failing[0].level, message, tuple(_listed(failing, told)), out)
    if not findings and why_not:
        return _Case(name, "skipped", message=why_not)
    return _Case(name, out=out)


def _listed(findings: Sequence[Finding], told: _Told) -> Iterator[str]:
    for finding in findings[:_LISTED]:
        known = f" ({bounded(state(finding.known), _MESSAGE)})" if finding.known else ""
        yield f"{finding.level} {bounded(finding.check, _NAME)} {sureness(finding.confidence)}{known}"
        yield f"  {bounded(finding.message, _MESSAGE)}"
        if finding.reference:
            yield from _quoted("reference", finding.reference, told, ("[-", "-]"))
        if finding.version:
            yield from _quoted("version", finding.version, told, ("{+", "+}"))
    if len(findings) > _LISTED:
        yield f"and {count(len(findings) - _LISTED, 'finding')} more"


def _quoted(label: str, side: Side, told: _Told, mark: tuple[str, str]) -> Iterator[str]:
    yield f"  {label}: {told.names[side.article]}{line_of(side)}"
    yield f"    {marked(side, _TEXT, *mark)}"


def _of_run(run: Run) -> Iterator[_Suite]:
    """What is said of the run as a whole, and what was left aside."""
    whole = [*remarks(Run((), run.baseline, run.stale, run.skipped))]
    aside = [
        _Case(f"stories: {remark.key}", "skipped", message=remark.text) for remark in whole if remark.kind == "skipped"
    ]
    held = tuple(remark.text for remark in whole if remark.kind == "baseline")
    told = [remark.text for remark in remarks(Run(run.reports)) if remark.kind == "furniture"]
    cases = [_Case("summary", out=(f"{summary(run)}.", *told)), *aside]
    if held:
        cases.append(_Case(f"baseline: {bounded(run.baseline, _NAME)}", out=held))
    yield _Suite("run", ("run",), tuple(cases))


def _counts(cases: Iterable[_Case]) -> dict[str, str]:
    all_cases = tuple(cases)
    outcomes = [case.outcome for case in all_cases]
    return {
        "tests": str(len(all_cases)),
        "failures": str(outcomes.count("failure")),
        "errors": str(outcomes.count("error")),
        "skipped": str(outcomes.count("skipped")),
    }


def _line(text: str) -> str:
    return _FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", visible(text))


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(map(_line, texts))
