"""ECB+: sentences of different reports that tell of the same event, or do not."""

from __future__ import annotations

from eval.task import Task, from_files
from eval.tasks._files import source, split

TASKS = (
    Task(
        name="ecbplus_alignment",
        title="ECB+, sentences of two reports",
        unit="alignment",
        positive="aligned",
        cluster="topic",
        splits=split("ecbplus_alignment", rows=3218),
        citation="Cybulska, Vossen 2014, Using a Sledgehammer to Crack a Nut? Lexical Diversity and Event Coreference "
        "Resolution (LREC)",
        licence="CC BY 3.0",
        obtain=source("github.com/cltl/ecbPlus", "ecbplus_alignment"),
        ran_on_real_rows=True,
        reader=from_files,
        notes="sentences count as aligned when they share an event mention; 16 topics",
    ),
)
