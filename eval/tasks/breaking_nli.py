"""Breaking NLI: one word of a caption replaced by a synonym, antonym or sibling."""

from __future__ import annotations

from eval.task import Task, from_files
from eval.tasks._files import source, split

TASKS = (
    Task(
        name="breaking_nli",
        title="Breaking NLI",
        unit="pair",
        positive="contradiction",
        cluster="the premise sentence",
        splits=split("breaking_nli", rows=2421),
        citation="Glockner, Shwartz, Goldberg 2018, Breaking NLI Systems with Sentences that Require Simple Lexical "
        "Inferences (ACL)",
        licence="CC BY-SA 4.0",
        obtain=source("github.com/BIU-NLP/Breaking_NLI", "breaking_nli"),
        ran_on_real_rows=True,
        reader=from_files,
        notes="premises are SNLI captions: rows whose premise was trained on must be dropped before it is reported",
    ),
)
