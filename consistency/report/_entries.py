"""A run as a flat list for formats that know a message at a line of a file and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from consistency.records import Article, Finding, Level, Place, Report, Run, Side
from consistency.report._paths import path
from consistency.report._remarks import remarks, short
from consistency.report._words import state


class Entry(msgspec.Struct, frozen=True):
    """`text` is one visible line; `file` a raw path, the visible name of a text that is no file, or "." for the run.

    `place` is None where no line is known. `level` is note for what the baseline knows, which fails no run. `key`
    stays the same from run to run, but may come twice in a run.
    """

    check: str
    level: Level
    text: str
    file: str
    key: str
    place: Place | None = None


def entries(run: Run) -> Iterator[Entry]:
    """Every finding, story by story; then everything else the run has to say."""
    for report in run.reports:
        articles = {article.id: article for article in report.story.articles}
        for finding in report.findings:
            yield _entry(finding, report, articles)
    for remark in remarks(run):
        level: Level = "warning" if remark.unchecked else "note"
        key = "\n".join((remark.kind, remark.story, remark.source, remark.key))
        yield Entry(remark.kind, level, remark.text, _file(remark.source, "."), key)


def _entry(finding: Finding, report: Report, articles: dict[str, Article]) -> Entry:
    side = finding.version or finding.reference
    assert side is not None, "a finding has at least one side"
    article = articles.get(side.article)
    notes = [
        note for note in (_whence(finding, articles), short(state(finding.known)) if finding.known else "") if note
    ]
    return Entry(
        check=short(finding.check, 200),
        level=finding.level if finding.counts else "note",
        text=" ".join([short(finding.message), *([f"({'; '.join(notes)})"] if notes else [])]),
        file=_file(article.source if article else "", side.article),
        key="\n".join((finding.fingerprint, report.story.id, side.article)),
        place=_place(side),
    )


def _whence(finding: Finding, articles: dict[str, Article]) -> str:
    """Where the reference says it; an omission stands there itself."""
    if finding.version is None:
        return "the version has no such text, the place is the reference's"
    if finding.reference is None:
        return ""
    article = articles.get(finding.reference.article)
    place = _place(finding.reference)
    line = f":{place.line}" if place else ""
    return f"reference: {short(_file(article.source if article else '', finding.reference.article), 400)}{line}"


def _file(source: str, name: str) -> str:
    return path(source) or short(name, 400) or "-"


def _place(side: Side) -> Place | None:
    """The first place; an edited report may name a line that is none."""
    return next((place for place in side.places if place.line > 0), None)
