"""Sentences of the version that the reference does not have.

A note, never a contradiction: a copy may be updated or given context. Sentences without a counterpart
that stand next to each other are one finding; the message says how many, where, and what is in them, and
the confidence how much that weighs: a correction note or a denial most, then a new beginning, a quote or
its source, a figure, date or name. A warning only where a note that corrects ("Correction: …",
"Editor’s note: …") was added. Quiet: sentences told in other words, moved, split or joined (they are
aligned), headlines, since every desk writes its own, and versions whose role is report, which are expected to tell
more.

Passes:
    reference: The council approved the budget on Monday.
    version: On Monday, the budget was approved by the council.
Fails:
    reference: The council approved the budget on Monday.
    version: The council approved the budget on Monday. Protesters gathered outside the hall.
"""

from __future__ import annotations

from collections.abc import Iterable

from consistency.checks._articles import Claims
from consistency.checks._runs import LEAD, Scales, count, place
from consistency.protocols import Context
from consistency.records import Finding, Level


class Addition:
    id: str = "addition"
    level: Level = "note"

    def check(self, context: Context) -> Iterable[Finding]:
        """One finding for each run of claims that a copy has and the reference has not."""
        reference = Claims.below(context, context.story.reference)
        for article in context.story.versions:
            if article.role == "report":
                continue
            version = Claims.below(context, article.id)
            scales = Scales(context, article.id, version, reference)
            for run in scales.runs():
                yield self._finding(run, version, scales)

    def _finding(self, run: range, version: Claims, scales: Scales) -> Finding:
        side, total = version.side(run), len(version.all)
        if len(run) == total:
            message = "The version has no sentence that stands in the reference."
            return Finding(self.id, self.level, message, LEAD, None, side)
        weighed = scales.weigh(run)
        level: Level = "warning" if weighed.note else self.level
        message = f"The version adds {count(run)} {place(run, version)}{weighed.words}."
        if run.stop == total and len(run) > 1:
            last = f"its last {len(run)} of {total} sentences"
            message = f"The version goes on: {last} are not in the reference{weighed.words}."
        return Finding(self.id, level, message, weighed.confidence, None, side)


CHECK = Addition()
