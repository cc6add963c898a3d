"""FEVER as inference: Wikipedia evidence against a claim, and its symmetric set without claim-only cues."""

from __future__ import annotations

from eval.task import Task, from_files
from eval.tasks._files import PREMISE, source, split

TASKS = (
    Task(
        name="fever_three_way",
        title="FEVER, evidence against claim, three labels",
        unit="pair",
        positive="contradiction",
        cluster=PREMISE,
        splits=split("fever_three_way", rows=2288),
        citation="Thorne, Vlachos, Christodoulopoulos, Mittal 2018, FEVER: a Large-scale Dataset for Fact Extraction "
        "and VERification (NAACL)",
        licence="CC BY-SA 3.0",
        obtain=source("fever.ai (development claims with evidence)", "fever_three_way"),
        ran_on_real_rows=True,
        reader=from_files,
        notes="neutral is neither, reported apart",
    ),
    Task(
        name="fever_symmetric",
        title="FEVER Symmetric 0.2, development",
        unit="pair",
        positive="contradiction",
        cluster=PREMISE,
        splits=split("fever_symmetric", rows=708),
        citation="Schuster et al. 2019, Towards Debiasing Fact Verification Models (EMNLP)",
        licence="MIT; text CC BY-SA 3.0 (Wikipedia)",
        obtain=source("github.com/TalSchuster/FeverSymmetric (version 0.2, dev)", "fever_symmetric"),
        ran_on_real_rows=True,
        reader=from_files,
    ),
)
