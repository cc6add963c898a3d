"""BUMP task 2: reference summaries and the same with one factual error, of a type the annotator was free to choose."""

from __future__ import annotations

from eval.task import Task, from_files
from eval.tasks._files import source, split

CITATION = (
    "Ma et al. 2023, BUMP: A Benchmark of Unfaithful Minimal Pairs for Meta-Evaluation of Faithfulness Metrics (ACL)"
)
LICENCE = "MIT; CNN/Daily Mail text"
WHERE = "github.com/dataminr-ai/BUMP (task 2)"

TASKS = (
    Task(
        name="bump_task2_doc",
        title="BUMP task 2, article against faithful or unfaithful summary",
        unit="document-claim",
        positive="inconsistent",
        cluster="article",
        splits=split("bump_task2_doc", rows=392),
        citation=CITATION,
        licence=LICENCE,
        obtain=source(WHERE, "bump_task2_doc"),
        ran_on_real_rows=True,
        reader=from_files,
        notes="minimal pairs: each cluster holds a faithful and an unfaithful summary, so pairwise consistency applies",
    ),
    Task(
        name="bump_task2_pairs",
        title="BUMP task 2, faithful against unfaithful summary",
        unit="pair",
        positive="contradiction",
        cluster="article",
        splits=split("bump_task2_pairs", rows=196),
        citation=CITATION,
        licence=LICENCE,
        obtain=source(WHERE, "bump_task2_pairs"),
        ran_on_real_rows=True,
        reader=from_files,
        notes="one class only: recall; both classes are in bump_task2_doc (a summary against itself is no alarm test)",
    ),
)
