"""What a run has to say besides its findings: what was not read, compared or looked at. Nothing of that is silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from consistency.records import Article, Report, Run, Unread
from consistency.report._summary import count, left_aside
from consistency.report._visible import names, visible
from consistency.report._words import bounded, compared, stale

LONGEST = 1200
"""Characters shown of one text; a claim can be a whole file."""

Kind: TypeAlias = Literal["not-read", "coverage", "furniture", "baseline", "skipped"]
MEANING: dict[Kind, str] = {
    "not-read": "An input that should have been checked and was not.",
    "coverage": "How much of a version was compared with the reference.",
    "furniture": "Page furniture that was left out of an article before it was compared.",
    "baseline": "An entry of the baseline that holds no finding back any more.",
    "skipped": "Stories of a folder that the run was told to leave aside.",
}


class Remark(msgspec.Struct, frozen=True):
    """`text` is one visible line of bearable length, `source` the raw name of the file it is about ("" = none).

    `unchecked`: something that should have been checked was not; a run with such a remark is not clean. `key` names
    the remark within its run and stays the same from run to run.
    """

    kind: Kind
    text: str
    source: str
    story: str
    key: str
    unchecked: bool = False


def remarks(run: Run) -> Iterator[Remark]:
    """Story by story, then what is said of the whole run."""
    for report in run.reports:
        yield from _story(report)
    for entry in run.stale:
        text = short(stale(entry, bounded(run.baseline, 200)))
        yield Remark("baseline", text, run.baseline, entry.story, f"{entry.why} {entry.fingerprint}")
    for skipped in run.skipped:
        yield Remark("skipped", f"{short(left_aside(skipped))}.", "", "", skipped.why)


def short(text: str, limit: int = LONGEST) -> str:
    """The text on one visible line, cut to `limit` characters, with the number of those not shown."""
    return visible(bounded(text, limit))


def _story(report: Report) -> Iterator[Remark]:
    story = report.story.id
    for unread in report.unread:
        yield Remark("not-read", _not_read(unread), unread.source, story, unread.code, unchecked=True)
    called = names(report)
    sources = {article.id: article.source for article in report.story.articles}
    for entry in report.coverage:
        text = compared(entry, short(called.get(entry.article, entry.article)))
        yield Remark("coverage", text, sources.get(entry.article, ""), story, entry.article, unchecked=entry.short)
    for article in report.story.articles:
        if article.removed:
            yield Remark("furniture", _left_out(article, called[article.id]), article.source, story, article.id)


def _not_read(unread: Unread) -> str:
    remedy = f" Remedy: {short(unread.remedy)}" if unread.remedy else ""
    return f"Not read ({unread.code}): {short(unread.message).rstrip('. ')}.{remedy}"


def _left_out(article: Article, name: str) -> str:
    rules = Counter(gone.rule for gone in article.removed)
    which = ", ".join(f"{rule} {number}" for rule, number in rules.items())
    return f"Left out {count(rules.total(), 'piece')} of page furniture of {short(name)} ({short(which)})."
