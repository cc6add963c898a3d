"""ClaimDiff: claims of two outlets on one topic; one weakens the other, or does not."""

from __future__ import annotations

from eval.task import Task, from_files
from eval.tasks._files import source, split

TASKS = (
    Task(
        name="claimdiff",
        title="ClaimDiff, claims of two outlets",
        unit="pair",
        positive="contradiction",
        cluster="topic",
        splits=split("claimdiff", rows=1857),
        citation="Ko et al. 2022, Beyond Fact Verification: Comparing and Contrasting Claims on Contentious Topics "
        "(arXiv 2205.12221)",
        licence="see github.com/kaistAI/ClaimDiff",
        obtain=source("github.com/kaistAI/ClaimDiff", "claimdiff"),
        ran_on_real_rows=True,
        reader=from_files,
        notes="no row is labelled consistent or inconsistent: weaken and not_weaken are neither, scored and "
        "reported apart",
    ),
)
