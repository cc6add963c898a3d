"""WiCE: claims of Wikipedia against the pages they cite; supported, partly or not, never contradicted."""

from __future__ import annotations

from eval.task import Task, from_files
from eval.tasks._files import PREMISE, source, split

TASKS = (
    Task(
        name="wice",
        title="WiCE, cited page against claim",
        unit="document-claim",
        positive="inconsistent",
        cluster=PREMISE,
        splits=split("wice", rows=1043),
        citation="Kamoi, Goyal, Diego Rodriguez, Durrett 2023, WiCE: Real-World Entailment for Claims in Wikipedia "
        "(EMNLP)",
        licence="see github.com/ryokamoi/wice; Wikipedia and cited pages",
        obtain=source("github.com/ryokamoi/wice", "wice"),
        ran_on_real_rows=True,
        reader=from_files,
        notes="one class only: no row is contradicted; supported rows give the alarms, partial and neutral are neither",
    ),
)
