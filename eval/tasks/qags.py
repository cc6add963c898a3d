"""QAGS: sentences of machine summaries of CNN/Daily Mail, judged against the article."""

from __future__ import annotations

from eval.task import Task, from_files
from eval.tasks._files import PREMISE, source, split

TASKS = (
    Task(
        name="qags_cnndm",
        title="QAGS, CNN/Daily Mail",
        unit="document-claim",
        positive="inconsistent",
        cluster=PREMISE,
        splits=split("qags_cnndm", rows=714),
        citation="Wang, Cho, Lewis 2020, Asking and Answering Questions to Evaluate the Factual Consistency of "
        "Summaries (ACL)",
        licence="see github.com/W4ngatang/qags; CNN/Daily Mail text",
        obtain=source("github.com/W4ngatang/qags", "qags_cnndm"),
        ran_on_real_rows=True,
        reader=from_files,
    ),
)
