"""The gate's sentence pairs and pairs of headlines: our own text, never used in training (`fixtures/README.md`)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from eval.task import Loaded, Split, Task, of_files

OWN = Path(__file__).parents[2] / "fixtures" / "eval"
PAIRS = OWN / "pairs.jsonl"
HEADLINES = OWN / "headlines.jsonl"


def _read(task: Task, split: str, data_dir: Path | None, *, file: Path) -> Loaded:  # noqa: ARG001  (a reader's signature)
    return of_files([file])


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
        reader=partial(_read, file=PAIRS),
        notes="neutral rows (additions) are neither, reported apart",
    ),
    Task(
        name="own_headlines",
        title="Our own headlines: of other desks on the same story, honest and with one fact made wrong",
        unit="pair",
        positive="contradiction",
        cluster="story",
        splits={"test": Split(role="test", rows=672)},
        citation="this repository",
        licence="Apache-2.0",
        obtain="They are in the repository: fixtures/eval/headlines.jsonl.",
        ran_on_real_rows=True,
        reader=partial(_read, file=HEADLINES),
        notes="neutral rows (another angle) are neither, reported apart",
    ),
)
