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
MORE = STORIES.with_name("stories-more")
"""Stories that were kept aside once, and were read since to mend what they showed."""
ASIDE = STORIES.with_name("stories-aside")
"""Stories that decide: nothing is mended on them, and no test asks for any one of their findings."""


class Told(NamedTuple):
    """One version of one story, and what is expected of it."""

    story: str
    version: str
    expected: dict[str, Any]
    folder: Path

    @property
    def name(self) -> str:
        return f"{self.story}/{self.version.removesuffix('.txt')}"


def versions(*folders: Path) -> Iterator[Told]:
    """All versions of the stories in these folders, or of all that may be read."""
    files = [file for folder in folders or (STORIES, MORE) for file in sorted(folder.glob("*/expected.json"))]
    for file in files:
        for version, expected in json.loads(file.read_text("utf-8"))["versions"].items():
            yield Told(file.parent.name, version, expected, file.parent)


_REPORTS: dict[tuple[str, str, str], Report] = {}


def report(told: Told, scorer: Scorer) -> Report:
    """The tool's report on one version; made once for each model."""
    key = (told.story, told.version, scorer.digest)
    if key not in _REPORTS:
        config = Config(role="report" if told.expected["role"] == "report" else "copy")
        _REPORTS[key] = check(told.folder / "original.txt", [told.folder / told.version], config, scorer=scorer)
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


class Count(NamedTuple):
    """Of so many versions: what an editor marked, what of it is missed and what else is raised, each by name."""

    versions: int
    expected: int
    missed: list[str]
    raised: list[str]

    def __str__(self) -> str:
        found = f"found {self.expected - len(self.missed)} of {self.expected}"
        return f"{found}, {len(self.raised)} false alarms, {self.versions} versions"


def counted(scorer: Scorer, *folders: Path) -> Count:
    """What the tool finds on all stories of these folders."""
    told = list(versions(*folders))
    return Count(
        versions=len(told),
        expected=sum(len(one.expected.get(key, ())) for one in told for key in ("errors", "warnings", "any")),
        missed=[f"{one.name}: {miss}" for one in told for miss in misses(one, report(one, scorer))],
        raised=[f"{one.name}: {alarm}" for one in told for alarm in alarms(one, report(one, scorer))],
    )


def main() -> None:
    """Prints what the embedded model finds: `python -m tests.stories`. Of the stories kept aside only the numbers."""
    scorer = backends.load("embedded")
    own, more = counted(scorer, STORIES), counted(scorer, MORE)
    for one in (own, more):
        print("\n".join([*(f"missed  {miss}" for miss in one.missed), *(f"alarm   {alarm}" for alarm in one.raised)]))
    print(f"stories: {own}\nmore: {more}\nkept aside: {counted(scorer, ASIDE)}")


if __name__ == "__main__":
    main()
