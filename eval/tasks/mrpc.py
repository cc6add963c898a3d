"""MRPC: pairs of sentences from news, paraphrase or not."""

from __future__ import annotations

from eval.task import Task, from_files
from eval.tasks._files import PREMISE, source, split

TASKS = (
    Task(
        name="mrpc",
        title="Microsoft Research Paraphrase Corpus",
        unit="pair",
        positive="not_paraphrase",
        cluster=PREMISE,
        splits=split("mrpc", rows=500),
        citation="Dolan, Brockett 2005, Automatically Constructing a Corpus of Sentential Paraphrases (IWP)",
        licence="Microsoft, research only",
        obtain=source("the Hub (nyu-mll/glue, config mrpc)", "mrpc"),
        ran_on_real_rows=True,
        reader=from_files,
        notes="not a paraphrase often means one more detail, not a contradiction",
    ),
)
