"""DEMETR: news translated by people and machines, and 35 perturbations of it.

Three forms: corruptions pooled with honest translations (both against the human translation), each
translation against its own perturbation, and the honest translations alone, for alarms.
"""

from __future__ import annotations

from eval.task import Task, from_files
from eval.tasks._files import source, split

CITATION = "Karpinska et al. 2022, DEMETR: Diagnosing Evaluation Metrics for Translation (EMNLP)"
LICENCE = "see github.com/marzenakrp/demetr; WMT news text"
WHERE = "github.com/marzenakrp/demetr"

TASKS = (
    Task(
        name="demetr_corrupted",
        title="DEMETR, human translation against a corrupted or an honest machine translation",
        unit="pair",
        positive="contradiction",
        cluster="source sentence",
        splits=split("demetr_corrupted", "demetr_translations", rows=1185),
        citation=CITATION,
        licence=LICENCE,
        obtain=source(WHERE, "demetr_corrupted", "demetr_translations"),
        ran_on_real_rows=True,
        reader=from_files,
        notes="two files of one class each, pooled: an honest translation and its corruptions share a cluster",
    ),
    Task(
        name="demetr_edited",
        title="DEMETR, translation against its perturbed form",
        unit="pair",
        positive="contradiction",
        cluster="source sentence",
        splits=split("demetr_edited", rows=8126),
        citation=CITATION,
        licence=LICENCE,
        obtain=source(WHERE, "demetr_edited"),
        ran_on_real_rows=True,
        reader=from_files,
        notes="noise that keeps the meaning counts as consistent; meaning_changed_other is neither, reported apart",
    ),
    Task(
        name="demetr_translations",
        title="DEMETR, human against machine translation",
        unit="pair",
        positive="contradiction",
        cluster="source sentence",
        splits=split("demetr_translations", rows=288),
        citation=CITATION,
        licence=LICENCE,
        obtain=source(WHERE, "demetr_translations"),
        ran_on_real_rows=True,
        reader=from_files,
        notes="one class only: false alarms; pooled with the corruptions in demetr_corrupted",
    ),
)
