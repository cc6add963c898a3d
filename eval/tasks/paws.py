"""PAWS-Wiki: sentences of the same words in another order, paraphrase or not."""

from __future__ import annotations

from eval.task import Task, from_files
from eval.tasks._files import PREMISE, source, split

TASKS = (
    Task(
        name="paws_wiki",
        title="PAWS-Wiki",
        unit="pair",
        positive="not_paraphrase",
        cluster=PREMISE,
        splits=split("paws_wiki", rows=2000),
        citation="Zhang, Baldridge, He 2019, PAWS: Paraphrase Adversaries from Word Scrambling (NAACL)",
        licence="free for any purpose, with acknowledgement (Google); Wikipedia text",
        obtain=source("github.com/google-research-datasets/paws", "paws_wiki"),
        ran_on_real_rows=True,
        reader=from_files,
        notes="not a paraphrase does not always mean a contradiction",
    ),
)
