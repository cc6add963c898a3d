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


def _task(name: str, title: str, cluster: str, *, file: Path, rows: int, neutral: str) -> Task:
    return Task(
        name=name,
        title=title,
        unit="pair",
        positive="contradiction",
        cluster=cluster,
        splits={"test": Split(role="test", rows=rows)},
        citation="this repository",
        licence="Apache-2.0",
        obtain=f"They are in the repository: fixtures/eval/{file.name}.",
        ran_on_real_rows=True,
        reader=partial(_read, file=file),
        notes=f"neutral rows ({neutral}) are neither, reported apart",
    )


TASKS = (
    _task(
        "own_pairs",
        "Our own pairs: corruptions by kind, role swaps, honest paraphrases",
        "premise, or frame of a role swap",
        file=PAIRS,
        rows=1118,
        neutral="additions",
    ),
    _task(
        "own_headlines",
        "Our own headlines: of other desks on the same story, honest and with one fact made wrong",
        "story",
        file=HEADLINES,
        rows=672,
        neutral="another angle",
    ),
)
