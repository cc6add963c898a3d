"""What the page is made of: the run's findings numbered, each with the version and the row where it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from consistency.records import LEVELS, Alignment, Claim, Coverage, Finding, Report, Run
from consistency.report._page._rows import Row, Sided, rows
from consistency.report._visible import names

MOST_FINDINGS: Final = 2_000
"""Findings on one page, the worst ones that no baseline knows first."""
MOST_CLAIMS: Final = 12_000
"""Claims of all comparisons together; with more only those beside a finding are shown."""


LONGEST_NAME: Final = 160
"""Characters of a name or a title; it stands in many places."""


class Entry(msgspec.Struct, frozen=True):
    """A finding on the page. `row` is its place among the comparison's rows, -1 = in none of them.

    `folder` is what the articles' names have in common; the message is told without it, as the names are.
    """

    number: int
    finding: Finding
    row: int
    folder: str

    @property
    def message(self) -> str:
        return self.finding.message.replace(self.folder, "") if len(self.folder) > 1 else self.finding.message

    @property
    def id(self) -> str:
        return f"f{self.number}"


class Comparison(msgspec.Struct, frozen=True):
    """One version of one story beside its reference. `left_out` counts findings that the page has no room for."""

    number: int
    report: Report
    article: str
    reference_name: str
    name: str
    coverage: Coverage | None
    rows: tuple[Row, ...]
    entries: tuple[Entry, ...]

    @property
    def id(self) -> str:
        return f"c{self.number}"


class Chapter(msgspec.Struct, frozen=True):
    """One story: its comparisons, and the findings that belong to no single version."""

    number: int
    name: str
    report: Report
    comparisons: tuple[Comparison, ...]
    loose: tuple[Entry, ...]

    @property
    def id(self) -> str:
        return f"s{self.number}"

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for one in self.comparisons for entry in one.entries) + self.loose


class Pages(msgspec.Struct, frozen=True):
    """The whole run. `left_out` are findings that the page has no room for; `folded`: only rows beside a finding."""

    chapters: tuple[Chapter, ...]
    left_out: tuple[Finding, ...]
    folded: bool


def pages(run: Run) -> Pages:
    """The run as chapters; numbers are the same for the same run."""
    shown, left_out = _chosen(run)
    titles = _titles(run)
    chapters: list[Chapter] = []
    findings = comparisons = 0
    for at, report in enumerate(run.reports):
        chapter = _chapter(report, shown[at], titles[at], (at + 1, comparisons, findings))
        chapters.append(chapter)
        comparisons += len(chapter.comparisons)
        findings += len(chapter.entries)
    size = sum(len(row.reference) + len(row.version) for one in chapters for two in one.comparisons for row in two.rows)
    return Pages(tuple(chapters), left_out, size > MOST_CLAIMS)


def label(name: str, folder: str) -> str:
    """A path without the folder that all have in common, cut where it is no name any more."""
    short = name.removeprefix(folder) or name
    left = len(short) - LONGEST_NAME
    return short if left <= 0 else f"{short[:LONGEST_NAME]} … {left:,} characters not shown"


def _chosen(run: Run) -> tuple[list[tuple[Finding, ...]], tuple[Finding, ...]]:
    """Of each report the findings that are shown, in the report's order, and all that are not."""
    every = [(at, place, finding) for at, report in enumerate(run.reports) for place, finding in _told(report)]
    every.sort(key=lambda one: (not one[2].counts, LEVELS.index(one[2].level), -one[2].confidence, one[0], one[1]))
    kept = {(at, place) for at, place, _ in every[:MOST_FINDINGS]}
    shown = [
        tuple(finding for place, finding in _told(report) if (at, place) in kept)
        for at, report in enumerate(run.reports)
    ]
    return shown, tuple(finding for _, _, finding in every[MOST_FINDINGS:])


def _told(report: Report) -> Iterable[tuple[int, Finding]]:
    return enumerate(report.findings)


def _titles(run: Run) -> list[str]:
    """A story's own name, else the folder that its articles share, else what it is called in the report."""
    of_run = _folder(name for report in run.reports for name in names(report).values())
    titles = []
    for report in run.reports:
        own = next((one.title for one in report.story.articles if one.id == report.story.reference), "")
        folder = _folder(names(report).values())
        shared = label(folder, of_run).strip("/") if len(run.reports) > 1 and folder != of_run else ""
        titles.append(label(own or shared, "") or label(report.story.id, of_run) or "a story without a name")
    return titles


def _folder(paths: Iterable[str]) -> str:
    """The folder that all paths are in, with its closing slash; empty where there is none."""
    split = [path.split("/")[:-1] for path in paths]
    if not split:
        return ""
    shared: list[str] = []
    for parts in zip(*split, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return "/".join(shared) + "/" if shared else ""


def _chapter(report: Report, shown: Sequence[Finding], name: str, counted: tuple[int, int, int]) -> Chapter:
    number, comparisons, findings = counted
    story = report.story
    called = names(report)
    folder = _folder(called.values())
    told: dict[str, list[Claim]] = {}
    for claim in report.claims:
        told.setdefault(claim.article, []).append(claim)
    sides = {article.id: Sided.of(article.text, told.get(article.id, ())) for article in story.articles}
    found: dict[str, list[Alignment]] = {}
    for entry in report.alignments:
        found.setdefault(entry.article, []).append(entry)
    covered = {entry.article: entry for entry in report.coverage}
    versions = [article.id for article in story.articles if article.id != story.reference]
    of_version = _divided(shown, versions, found, story.reference)
    made: list[Comparison] = []
    for article in versions:
        beside = rows(sides.get(story.reference, Sided((), frozenset())), sides[article], found.get(article, ()))
        entries = _placed(of_version.get(article, ()), beside, (findings, folder))
        findings += len(entries)
        made.append(
            Comparison(
                number=comparisons + len(made) + 1,
                report=report,
                article=article,
                reference_name=label(called.get(story.reference, ""), folder) or "no reference",
                name=label(called[article], folder),
                coverage=covered.get(article),
                rows=beside,
                entries=entries,
            )
        )
    loose = tuple(Entry(findings + at, one, -1, folder) for at, one in enumerate(of_version.get("", ()), start=1))
    return Chapter(number, name, report, tuple(made), loose)


def _divided(
    shown: Iterable[Finding], versions: Sequence[str], found: Mapping[str, Sequence[Alignment]], reference: str
) -> dict[str, list[Finding]]:
    """The findings of each version; under "" what belongs to no single one."""
    held = {article: {claim for entry in found.get(article, ()) for claim in entry.premise} for article in versions}
    known = set(versions)
    divided: dict[str, list[Finding]] = {}
    for finding in shown:
        at = finding.version.article if finding.version else _without(finding, versions, held, reference)
        divided.setdefault(at if at in known else "", []).append(finding)
    return divided


def _without(finding: Finding, versions: Sequence[str], held: Mapping[str, set[str]], reference: str) -> str:
    """Whose omission it is: an omission has no side in the version, so its message begins with the version's name."""
    if finding.reference is None or finding.reference.article != reference:
        return ""
    if len(versions) == 1:
        return versions[0]
    named = [article for article in versions if article and finding.message.startswith(f"{article} ")]
    if named:
        return max(named, key=len)
    lacking = [article for article in versions if held[article].isdisjoint(finding.reference.claims)]
    return lacking[0] if len(lacking) == 1 else ""


def _placed(found: Sequence[Finding], beside: Sequence[Row], told: tuple[int, str]) -> tuple[Entry, ...]:
    """Numbered from `told` on in order of the rows, so that the next finding is the next one down the page."""
    of_claim = {claim.id: at for at, row in enumerate(beside) for claim in (*row.reference, *row.version)}
    placed = []
    for finding in found:
        side = finding.version or finding.reference
        at = next((of_claim[claim] for claim in (side.claims if side else ()) if claim in of_claim), -1)
        placed.append((at if at >= 0 else len(beside), finding))
    placed.sort(key=lambda one: (one[0], LEVELS.index(one[1].level), -one[1].confidence))
    return tuple(
        Entry(told[0] + at, finding, row if row < len(beside) else -1, told[1])
        for at, (row, finding) in enumerate(placed, start=1)
    )
