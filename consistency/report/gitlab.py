"""GitLab's code quality report: one list of issues, of which the merge request shows what is new.

GitLab tells issues apart by their fingerprint, so each is unique within the run and the same in the next one. What was
not read or compared is an issue too, as are page furniture and stale baseline entries: an empty list would read as
clean. What the baseline knows is told as info.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

import msgspec

from consistency.records import Level, Run
from consistency.report._dump import dumped
from consistency.report._entries import Entry, entries
from consistency.report._options import Options

_SEVERITY: dict[Level, str] = {"error": "critical", "warning": "major", "note": "info"}


class Gitlab(msgspec.Struct, frozen=True):
    """Run -> a JSON list with an issue for each finding and for whatever else a reader should know."""

    options: Options = Options()

    def __call__(self, run: Run) -> str:
        seen: Counter[str] = Counter()
        issues = []
        for entry in entries(run):
            seen[entry.key] += 1
            issues.append(_issue(entry, seen[entry.key]))
        return dumped(issues) + "\n"


def _issue(entry: Entry, time: int) -> dict[str, Any]:
    """`time` counts the entries of one key, from 1."""
    lines = {"begin": entry.place.line if entry.place else 1}
    if entry.place and entry.place.end_line > entry.place.line:
        lines["end"] = entry.place.end_line
    return {
        "description": entry.text,
        "check_name": entry.check,
        "fingerprint": _fingerprint(f"{entry.check}\n{entry.key}\n{time}"),
        "severity": _SEVERITY[entry.level],
        "location": {"path": entry.file, "lines": lines},
    }


def _fingerprint(named: str) -> str:
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:32]
