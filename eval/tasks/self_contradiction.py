"""Two sentences that a language model wrote on one fact, contradicting each other or not."""

from __future__ import annotations

from eval.task import Task, from_files
from eval.tasks._files import PREMISE, source, split

TASKS = (
    Task(
        name="self_contradiction",
        title="Self-contradictory hallucinations",
        unit="pair",
        positive="contradiction",
        cluster=PREMISE,
        splits=split("self_contradiction", rows=706),
        citation="Mündler et al. 2024, Self-contradictory Hallucinations of Large Language Models (ICLR)",
        licence="see github.com/eth-sri/ChatProtect",
        obtain=source("github.com/eth-sri/ChatProtect", "self_contradiction"),
        ran_on_real_rows=True,
        reader=from_files,
    ),
)
