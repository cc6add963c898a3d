"""IteraTeR: sentences before and after a real revision, by the reviser's intent."""

from __future__ import annotations

from eval.task import Task, from_files
from eval.tasks._files import source, split

TASKS = (
    Task(
        name="iterater_revisions",
        title="IteraTeR, real revisions",
        unit="pair",
        positive="inconsistent",
        cluster="document",
        splits=split("iterater_revisions", rows=395),
        citation="Du et al. 2022, Understanding Iterative Revision from Human-Written Text (ACL)",
        licence="Apache-2.0",
        obtain=source("github.com/vipulraheja/IteraTeR", "iterater_revisions"),
        ran_on_real_rows=True,
        reader=from_files,
        notes="meaning_changed may add or drop without contradicting; other is neither, reported apart",
    ),
)
