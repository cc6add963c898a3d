"""A report in one line."""

from __future__ import annotations

from collections import Counter

from consistency.records import LEVELS, Report


def count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def summary(report: Report) -> str:
    """Findings by level, and how many inputs were not read."""
    found = Counter(finding.level for finding in report.findings)
    said = [count(found[level], level) for level in LEVELS]
    if report.unread:
        said.append(f"{len(report.unread)} not read")
    return ", ".join(said)
