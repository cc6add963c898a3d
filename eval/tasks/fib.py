"""FIB: news articles with the reference summary and rule-made swaps of it."""

from __future__ import annotations

from eval.task import Task, from_files
from eval.tasks._files import PREMISE, source, split

TASKS = (
    Task(
        name="fib_swaps",
        title="FIB, article against summary or its rule-made swap",
        unit="document-claim",
        positive="inconsistent",
        cluster=PREMISE,
        splits=split("fib_swaps", rows=388),
        citation="Tam et al. 2023, Evaluating the Factual Consistency of Large Language Models Through News "
        "Summarization (Findings of ACL)",
        licence="see github.com/r-three/fib; CNN/Daily Mail text",
        obtain=source("github.com/r-three/fib", "fib_swaps"),
        ran_on_real_rows=True,
        reader=from_files,
        notes="lower-cased and tokenised, sentence tags kept: unlike news as it is read; minimal pairs by article",
    ),
)
