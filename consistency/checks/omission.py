"""Sentences of the reference that the version does not have.

A note, never a contradiction: a copy may be shortened. Sentences without a counterpart that stand
next to each other are one finding, and the message says how many and where, so that a truncated copy
gives one note. Quiet: sentences told in other words, moved, split or joined (they are aligned), and
versions whose role is report, which are expected to tell less and more.

Passes:
    reference: The council approved the budget on Monday.
    version: On Monday, the budget was approved by the council.
Fails:
    reference: The council approved the budget on Monday. Two members voted against it.
    version: The council approved the budget on Monday.
"""

from __future__ import annotations

from collections.abc import Iterable

from consistency.checks._articles import Claims, Links
from consistency.checks._runs import count, place, runs
from consistency.protocols import Context
from consistency.records import Finding, Level

_CONFIDENCE = 0.9


class Omission:
    id: str = "omission"
    level: Level = "note"

    def check(self, context: Context) -> Iterable[Finding]:
        """One finding for each run of claims of the reference that a copy leaves out."""
        reference = Claims.of(context, context.story.reference)
        for article in context.story.versions:
            if article.role == "report":
                continue
            version = Claims.of(context, article.id)
            who = "The version" if len(context.story.versions) == 1 else article.id
            for run in runs(reference, Links(context, article.id).premises, version):
                side = reference.side(run)
                yield Finding(self.id, self.level, _message(run, reference, who), _CONFIDENCE, side, None)


def _message(run: range, reference: Claims, who: str) -> str:
    """`who`: an omission has no side in the version, so among several the message must name it."""
    total = len(reference.all)
    if len(run) == total:
        return f"{who} has none of the {total} sentences of the reference."
    if run.stop == total and len(run) > 1:
        return f"{who} ends early: the last {len(run)} of the reference's {total} sentences are missing."
    return f"{who} leaves out {count(run)} {place(run, reference)} of the reference."


CHECK = Omission()
