"""Sentences of the reference that the version does not have.

A note, never a contradiction: a copy may be shortened. Sentences without a counterpart that stand
next to each other are one finding; the message says how many, where, and what is in them, and the
confidence how much that weighs: a correction note or a denial most, then the lead, a quote or its source,
a figure, date or name, and a copy that was cut off at its end least. A warning only where a note that
corrects ("Correction: …", "Editor’s note: …") is left out, or where somebody denies or retracts what
the version still tells: it speaks of a charge, or tells the very thing. Quiet: sentences told in other
words, moved, split or joined (they are aligned), headlines, since every desk writes its own, and versions
whose role is report, which are expected to tell less and more.

Passes:
    reference: The council approved the budget on Monday.
    version: On Monday, the budget was approved by the council.
Fails:
    reference: The council approved the budget on Monday. Two members voted against it.
    version: The council approved the budget on Monday.
"""

from __future__ import annotations

from collections.abc import Iterable

from consistency.checks._articles import Claims
from consistency.checks._runs import GRAVE, LEAD, PLAIN, Scales, Weight, count, place
from consistency.protocols import Context
from consistency.records import Finding, Level

_SHORT = 3
"""A copy cut off by more sentences is plainly a shortened one; that a denial was among them is only told."""


class Omission:
    id: str = "omission"
    level: Level = "note"

    def check(self, context: Context) -> Iterable[Finding]:
        """One finding for each run of claims of the reference that a copy leaves out."""
        reference = Claims.below(context, context.story.reference)
        for article in context.story.versions:
            if article.role == "report":
                continue
            version = Claims.below(context, article.id)
            scales = Scales(context, article.id, reference, version)
            who = "The version" if len(context.story.versions) == 1 else article.id
            for run in scales.runs():
                yield self._finding(run, reference, scales, who)

    def _finding(self, run: range, reference: Claims, scales: Scales, who: str) -> Finding:
        """`who`: an omission has no side in the version, so among several the message must name it."""
        side, total = reference.side(run), len(reference.all)
        if len(run) == total:
            message = f"{who} has none of the {total} sentences of the reference."
            return Finding(self.id, self.level, message, LEAD, side, None)
        weighed = scales.weigh(run)
        cut = run.stop == total and len(run) > 1
        grave = weighed.note or (weighed.unanswered and not (cut and len(run) > _SHORT))
        confidence = weighed.confidence if not cut else GRAVE if grave else PLAIN
        level: Level = "warning" if grave else self.level
        return Finding(self.id, level, _message(run, reference, scales, weighed, who), confidence, side, None)


def _message(run: range, reference: Claims, scales: Scales, weighed: Weight, who: str) -> str:
    total = len(reference.all)
    if run.stop == total and len(run) > 1:
        return f"{who} ends early: the last {len(run)} of the reference's {total} sentences are missing{weighed.words}."
    if len(run) == 1 and run.start <= scales.lead:
        head = "lead" if run.start == scales.lead else "headline"
        return f"{who} leaves out the {head} of the reference{weighed.words}."
    return f"{who} leaves out {count(run)} {place(run, reference)} of the reference{weighed.words}."


CHECK = Omission()
