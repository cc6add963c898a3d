"""Sentences of the version that the reference does not have.

A note, never a contradiction: a copy may be updated or given context. Sentences without a counterpart
that stand next to each other are one finding, and the message says how many and where. Quiet: sentences
told in other words, moved, split or joined (they are aligned), and versions whose role is report, which
are expected to tell more.

Passes:
    reference: The council approved the budget on Monday.
    version: On Monday, the budget was approved by the council.
Fails:
    reference: The council approved the budget on Monday.
    version: The council approved the budget on Monday. Protesters gathered outside the hall.
"""

from __future__ import annotations

from collections.abc import Iterable

from consistency.checks._articles import Claims, Links
from consistency.checks._runs import count, place, runs
from consistency.protocols import Context
from consistency.records import Finding, Level

_CONFIDENCE = 0.9


class Addition:
    id: str = "addition"
    level: Level = "note"

    def check(self, context: Context) -> Iterable[Finding]:
        """One finding for each run of claims that a copy has and the reference has not."""
        reference = Claims.of(context, context.story.reference)
        for article in context.story.versions:
            if article.role == "report":
                continue
            version = Claims.of(context, article.id)
            for run in runs(version, Links(context, article.id).hypotheses, reference):
                yield Finding(self.id, self.level, _message(run, version), _CONFIDENCE, None, version.side(run))


def _message(run: range, version: Claims) -> str:
    total = len(version.all)
    if len(run) == total:
        return "The version has no sentence that stands in the reference."
    if run.stop == total and len(run) > 1:
        return f"The version goes on: its last {len(run)} of {total} sentences are not in the reference."
    return f"The version adds {count(run)} {place(run, version)}."


CHECK = Addition()
