"""The gate's sentence pairs: our own text, never used in training (`fixtures/README.md`)."""

from __future__ import annotations

from pathlib import Path

from eval.task import Loaded, Split, Task, of_files

PAIRS = Path(__file__).parents[2] / "fixtures" / "eval" / "pairs.jsonl"


def _read(task: Task, split: str, data_dir: Path | None) -> Loaded:  # noqa: ARG001  (a reader's signature)
    return of_files([PAIRS])


TASKS = (
    Task(
        name="own_pairs",
        title="Our own pairs: corruptions by kind, role swaps, honest paraphrases",
        unit="pair",
        positive="contradiction",
        cluster="premise, or frame of a role swap",
        splits={"test": Split(role="test", rows=1118)},
        citation="this repository",
        licence="Apache-2.0",
        obtain="They are in the repository: fixtures/eval/pairs.jsonl.",
        ran_on_real_rows=True,
        reader=_read,
        notes="neutral rows (additions) are neither, reported apart",
    ),
)
