"""A run in one line."""

from __future__ import annotations

from collections import Counter

from consistency.records import LEVELS, Run, Skipped
from consistency.report._visible import visible


def count(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def summary(run: Run) -> str:
    """Findings by level, how many of them are known, how many inputs were not read, and what was left aside."""
    findings = [finding for report in run.reports for finding in report.findings]
    found = Counter(finding.level for finding in findings)
    said = [count(found[level], level) for level in LEVELS]
    known = sum(not finding.counts for finding in findings)
    if known:
        said.append(f"{known} of them known")
    unread = sum(len(report.unread) for report in run.reports)
    if unread:
        said.append(f"{unread} not read")
    if len(run.reports) != 1:
        said.append(f"in {count(len(run.reports), 'story')}")
    return "; ".join([", ".join(said), *(left_aside(entry) for entry in run.skipped)])


def left_aside(entry: Skipped) -> str:
    """Which stories of a folder were not looked at, and why: they are no part of any other number."""
    why = f"unchanged since {entry.since}" if entry.why == "unchanged" else "left out by include or exclude"
    return visible(f"{count(entry.stories, 'story')} not checked, {why}")
