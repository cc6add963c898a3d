"""For GitHub Actions: workflow commands, which GitHub shows as annotations beside the lines of the files.

An error is an `error`, a warning a `warning`, a note and whatever the baseline knows a `notice`. What was not read and
what was hardly compared are warnings too. GitHub shows ten of each kind a step and leaves the rest in the log: the
worst come first, and the first notice counts all of them. The step summary, which has room, is no part of this text;
the command line adds it, as `markdown`.

Every line is one command of ours. Text is on one line and escaped, so that none of it can be a command.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

from consistency.records import LEVELS, Finding, Level, Place, Report, Run, Side
from consistency.report._options import Options
from consistency.report._paths import path
from consistency.report._remarks import Remark, remarks
from consistency.report._summary import count, summary
from consistency.report._visible import inert, names, visible
from consistency.report._words import all_compared, bounded, furniture, marked, state, sureness

_Kind: TypeAlias = Literal["error", "warning", "notice"]

_MESSAGE = 800
_TEXT = 700
_NAME = 200
"""Characters shown of a message, of a side's text and of a name: GitHub cuts a whole annotation at 4,096."""
_HEADING = 60
_LISTED = 8
"""Versions of which the counting notice tells one by one how much was compared."""

_KIND: Mapping[Level, _Kind] = {"error": "error", "warning": "warning", "note": "notice"}


class _Annotation(msgspec.Struct, frozen=True):
    """One command. `lines` are shown below each other; `file` and `place` may be missing."""

    kind: _Kind
    title: str
    lines: tuple[str, ...]
    file: str = ""
    place: Place | None = None

    def command(self) -> str:
        title = _one_line(f"consistency: {self.title}")
        file = _file(self.file)
        properties = {"file": file, **(_position(self.place) if file else {}), "title": title}
        given = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
        return f"::{self.kind} {given}::{_data(chr(10).join(map(_one_line, self.lines)))}\n"


class Github(msgspec.Struct, frozen=True):
    """Run -> lines of workflow commands."""

    options: Options = Options()

    def __call__(self, run: Run) -> str:
        said = tuple(remarks(run))
        by_kind: dict[_Kind, list[_Annotation]] = {"error": [], "warning": [], "notice": []}
        for annotation in (*_remarked(said), *_findings(run)):
            by_kind[annotation.kind].append(annotation)
        numbers = {kind: len(those) + (kind == "notice") for kind, those in by_kind.items()}
        by_kind["notice"].insert(0, _count(run, said, numbers))
        return "".join(annotation.command() for those in by_kind.values() for annotation in those)


class _Told(msgspec.Struct, frozen=True):
    """What a story and its articles are called, by article id. `story` is empty where there is only one."""

    names: Mapping[str, str]
    sources: Mapping[str, str]
    story: str = ""

    @classmethod
    def of(cls, report: Report, *, several: bool) -> _Told:
        called = {article: bounded(name, _NAME) for article, name in names(report).items()}
        sources = {article.id: article.source for article in report.story.articles}
        return cls(called, sources, bounded(report.story.id, _HEADING) if several else "")


def _findings(run: Run) -> Iterator[_Annotation]:
    """Those of all stories, worst first, then the surest."""
    told = [(report, _Told.of(report, several=len(run.reports) > 1)) for report in run.reports]
    placed = [(finding, called) for report, called in told for finding in report.findings]
    placed.sort(key=lambda pair: (LEVELS.index(pair[0].level), -pair[0].confidence))
    for finding, called in placed:
        yield _finding(finding, called)


def _finding(finding: Finding, told: _Told) -> _Annotation:
    story = f"{told.story}: " if told.story else ""
    known = "" if finding.counts else " (known)"
    said = [bounded(finding.message, _MESSAGE)]
    if finding.known:
        said.append(f"Baseline: {bounded(state(finding.known), _NAME)}")
    if finding.reference:
        said.append(_quoted("reference", finding.reference, told, ("[-", "-]")))
    if finding.version:
        said.append(_quoted("version", finding.version, told, ("{+", "+}")))
    side = finding.version or finding.reference
    return _Annotation(
        kind=_KIND[finding.level] if finding.counts else "notice",
        title=f"{story}{finding.check} {sureness(finding.confidence)}{known}",
        lines=tuple(said),
        file=told.sources[side.article] if side else "",
        place=side.places[0] if side and side.places else None,
    )


def _quoted(label: str, side: Side, told: _Told, mark: tuple[str, str]) -> str:
    return f"{label}, {told.names[side.article]}: {marked(side, _TEXT, *mark)}"


def _remarked(said: Iterable[Remark]) -> Iterator[_Annotation]:
    """What was not checked, as a warning, and what the baseline holds in vain."""
    titles = {"not-read": "not read", "coverage": "too little was compared"}
    for remark in said:
        if remark.unchecked:
            yield _Annotation("warning", titles.get(remark.kind, remark.kind), (remark.text,), remark.source)
        elif remark.kind == "baseline":
            yield _Annotation("notice", "baseline", (remark.text,), remark.source)


def _count(run: Run, said: Sequence[Remark], numbers: Mapping[_Kind, int]) -> _Annotation:
    """How much there is, since GitHub may not show it, and how much of it was compared."""
    compared = [bounded(remark.text, _NAME * 2) for remark in said if remark.kind == "coverage"]
    listed = ", ".join(count(number, kind) for kind, number in numbers.items())
    lines = [
        f"{summary(run)}.",
        f"As annotations {listed}; GitHub shows ten of each, the log of the step has all.",
        *compared[:_LISTED],
    ]
    if len(compared) > _LISTED:
        lines.append(f"And so on. {all_compared(*run.reports)}")
    gone = furniture(*run.reports)
    return _Annotation("notice", "what was checked", (*lines, *([f"{gone}."] if gone else [])))


def _file(source: str) -> str:
    """A path as GitHub matches it with the files of the repository; nothing for standard input."""
    return "" if source == "-" else _one_line(path(source))


def _position(place: Place | None) -> dict[str, str]:
    """GitHub takes columns only within one line, and its last column is still part of what is meant."""
    if place is None or place.line < 1:
        return {}
    found = {"line": place.line, "endLine": max(place.line, place.end_line)}
    if place.column > 0 and place.line == place.end_line:
        found |= {"col": place.column, "endColumn": max(place.column, place.end_column - 1)}
    return {name: str(number) for name, number in found.items()}


def _one_line(text: str) -> str:
    return inert(visible(text))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
