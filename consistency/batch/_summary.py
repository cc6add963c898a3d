"""The whole scan in a few numbers, counted from its results: what went before, or how often, does not matter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import msgspec

from consistency import judge
from consistency.batch import _wire as wire
from consistency.batch._layout import Layout
from consistency.batch._plan import Plan
from consistency.batch._spool import Spooled
from consistency.records import LEVELS, FailOn, Level, Undetermined
from consistency.report import dumped


class _Found(msgspec.Struct):
    check: str
    level: Level


class _Why(msgspec.Struct):
    code: wire.Why


class _Line(msgspec.Struct):
    """What counts of a result."""

    story: str
    version: wire.Place
    reference: wire.Place | None
    verdict: wire.Verdict
    counts: wire.Counts
    coverage: wire.Coverage | None
    findings: tuple[_Found, ...]
    unread: tuple[_Why, ...]


_LINE = msgspec.json.Decoder(_Line)


def summed(layout: Layout, plan: Plan, gathered: Spooled) -> wire.Summary:
    """Reads every result once; none is kept."""
    verdicts: Counter[str] = Counter()
    levels: Counter[str] = Counter()
    checks: defaultdict[str, Counter[str]] = defaultdict(Counter)
    unchecked: Counter[str] = Counter()
    stories = references = 0
    last_story = ""
    last: object = None
    for line in _lines(layout, plan.shards):
        verdicts[line.verdict] += 1
        levels.update({level: getattr(line.counts, level) for level in LEVELS})
        for finding in line.findings:
            checks[finding.check][finding.level] += 1
        unchecked.update(why.code for why in line.unread)
        stories += bool(line.story) and line.story != last_story  # all rows of a story stand together
        against = (line.story, line.reference or line.version)
        if line.story and against != last:
            references += line.reference is not None and line.reference != line.version
        last_story, last = line.story, against
    return wire.Summary(
        schema_version=wire.SCHEMA_VERSION,
        tool=plan.tool,
        model=plan.model,
        runtime=plan.runtime,
        config=plan.config,
        read=wire.Read(gathered.articles, gathered.pairs, gathered.unread, gathered.ignored),
        stories=stories,
        references=references,
        results=verdicts.total(),
        verdicts={verdict: verdicts[verdict] for verdict in wire.VERDICTS},
        levels=_counts(levels),
        checks={check: _counts(counted) for check, counted in sorted(checks.items())},
        unchecked=dict(sorted(unchecked.items())),
        shards=plan.shards,
    )


def _lines(layout: Layout, shards: int) -> Iterator[_Line]:
    for number in range(shards):
        with layout.part(number).open("rb") as stream:
            yield from map(_LINE.decode, stream)


def _counts(counted: Counter[str]) -> wire.Counts:
    return wire.Counts(**{level: counted[level] for level in LEVELS})


def encoded(summary: wire.Summary) -> bytes:
    return dumped(msgspec.to_builtins(summary)).encode() + b"\n"


def saved(layout: Layout, shards: int) -> wire.Summary | None:
    """The summary of a scan that is done, with all its results in place; else None."""
    try:
        found = msgspec.json.decode(layout.summary.read_bytes(), type=wire.Summary)
    except (FileNotFoundError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return found if all(layout.part(number).exists() for number in range(shards)) else None


def exit_code(summary: wire.Summary, fail_on: FailOn, undetermined: Undetermined) -> int:
    """As of a report: 1 a finding at or above the failing level, 3 something was not checked, 0 neither.

    An article that stands alone is neither: there is nothing that it could have been checked against.
    """
    return judge.code(
        {level for level in LEVELS if getattr(summary.levels, level)},
        unchecked=bool(summary.unchecked or summary.read.unread),
        fail_on=fail_on,
        undetermined=undetermined,
    )
