"""CLIFF: machine summaries of CNN/Daily Mail with word-level errors marked."""

from __future__ import annotations

from eval.task import Task, from_files
from eval.tasks._files import PREMISE, source, split

TASKS = (
    Task(
        name="cliff_cnndm",
        title="CLIFF, CNN/Daily Mail",
        unit="document-claim",
        positive="inconsistent",
        cluster=PREMISE,
        splits=split("cliff_cnndm", rows=300),
        citation="Cao, Wang 2021, CLIFF: Contrastive Learning for Improving Faithfulness and Factuality in Abstractive "
        "Summarization (EMNLP)",
        licence="see github.com/ShuyangCao/cliff_summ; CNN/Daily Mail text",
        obtain=source("github.com/ShuyangCao/cliff_summ", "cliff_cnndm"),
        ran_on_real_rows=True,
        reader=from_files,
        notes="52 inconsistent rows: intervals are wide",
    ),
)
