"""Our own stories and what a careful editor expects of each copy (fixtures/README.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from consistency import backends
from consistency.config import Config
from consistency.pipeline import check
from consistency.protocols import Scorer
from consistency.records import Finding, Report, Side, Span

STORIES = Path(__file__).parent.parent / "fixtures" / "stories"


class Told(NamedTuple):
    """One version of one story, and what is expected of it."""

    story: str
    version: str
    expected: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.story}/{self.version.removesuffix('.txt')}"


def versions() -> Iterator[Told]:
    for file in sorted(STORIES.glob("*/expected.json")):
        for version, expected in json.loads(file.read_text())["versions"].items():
            yield Told(file.parent.name, version, expected)


_REPORTS: dict[tuple[str, str, str], Report] = {}


def report(told: Told, scorer: Scorer) -> Report:
    """The tool's report on one version; made once for each model."""
    key = (told.story, told.version, scorer.digest)
    if key not in _REPORTS:
        folder = STORIES / told.story
        config = Config(role="report" if told.expected["role"] == "report" else "copy")
        _REPORTS[key] = check(folder / "original.txt", [folder / told.version], config, scorer=scorer)
    return _REPORTS[key]


def touches(report: Report, side: Side | None, words: str) -> bool:
    """Whether the side's evidence, or without any its claims, touches the words."""
    if side is None:
        return False
    text = report.story.article(side.article).text
    at = text.find(words)
    where = Span(at, at + len(words))
    return at >= 0 and any(span.overlaps(where) for span in side.evidence or side.spans)


def hits(report: Report, finding: Finding, place: dict[str, str]) -> bool:
    """Whether a finding speaks of the expected place: the version's words, or the reference's."""
    return touches(report, finding.version, place["version"]) or touches(report, finding.reference, place["reference"])


def misses(told: Told, report: Report) -> list[str]:
    """What an editor expects and the tool does not say."""
    found = []
    for key, levels in (("errors", {"error"}), ("warnings", {"warning"}), ("any", {"error", "warning"})):
        for place in told.expected.get(key, ()):
            if not any(finding.level in levels and hits(report, finding, place) for finding in report.findings):
                found.append(f"{key}: {place['version']}")
    return found


def alarms(told: Told, report: Report) -> list[str]:
    """Errors and warnings that an editor would not have raised."""
    places = [place for key in ("errors", "warnings", "any", "allowed") for place in told.expected.get(key, ())]
    found = []
    for finding in report.findings:
        if finding.level == "note" or any(hits(report, finding, place) for place in places):
            continue
        side = finding.version or finding.reference
        found.append(f"{finding.level} {finding.check} {finding.confidence:.2f}: {side.text[:160] if side else ''}")
    return found


def main() -> None:
    """Prints what the embedded model finds on all stories: `python -m tests.stories`."""
    scorer = backends.load("embedded")
    told = list(versions())
    expected = sum(len(one.expected.get(key, ())) for one in told for key in ("errors", "warnings", "any"))
    missed = [f"{one.name}: {miss}" for one in told for miss in misses(one, report(one, scorer))]
    raised = [f"{one.name}: {alarm}" for one in told for alarm in alarms(one, report(one, scorer))]
    print("\n".join([*(f"missed  {one}" for one in missed), *(f"alarm   {one}" for one in raised)]))
    print(f"found {expected - len(missed)} of {expected}, {len(raised)} false alarms, {len(told)} versions")


if __name__ == "__main__":
    main()
