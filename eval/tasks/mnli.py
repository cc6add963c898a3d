"""MultiNLI, matched validation: sentence pairs of ten genres, three labels."""

from __future__ import annotations

from eval.task import Task, from_files
from eval.tasks._files import PREMISE, source, split

TASKS = (
    Task(
        name="mnli_matched",
        title="MultiNLI, validation matched",
        unit="pair",
        positive="contradiction",
        cluster=PREMISE,
        splits=split("mnli_matched", rows=9815),
        citation="Williams, Nangia, Bowman 2018, A Broad-Coverage Challenge Corpus for Sentence Understanding (NAACL)",
        licence="OANC and others, permissive (MultiNLI)",
        obtain=source("the Hub (nyu-mll/multi_nli, split validation_matched)", "mnli_matched"),
        ran_on_real_rows=True,
        reader=from_files,
        notes="neutral is neither, reported apart; part of MultiNLI's train rows made the shipped weights",
    ),
)
