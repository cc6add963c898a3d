"""What a run is about: rows from files or from a task, with all that its signature says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from consistency.errors import InputError
from eval import tasks
from eval.rows import Row
from eval.task import Role, Unit, of_files

NLI: Final = ("entailment", "neutral", "contradiction")
ARTICLE: Final = 100
"""A hypothesis of this many words is an article, and alarms are counted on it; in a story task every one is."""


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """Rows to be scored. `task` is "" for plain files; `sample` says how they were drawn, "" for all."""

    rows: list[Row]
    digest: str
    files: tuple[str, ...] = ()
    task: str = ""
    split: str = ""
    unit: Unit = "pair"
    role: Role = "test"
    sample: str = ""
    dropped: dict[str, int] = {}

    @property
    def name(self) -> str:
        """How it is called: the task and its split, or the files."""
        return f"{self.task}/{self.split}" if self.task else " ".join(self.files)

    @property
    def three_way(self) -> bool:
        """Whether labels are those of natural language inference, so that accuracy is three-way."""
        labels = {row.label for row in self.rows if row.truth is not None or row.label in NLI}
        return labels <= set(NLI) and len(labels) > 1 and self.unit != "alignment"

    def article(self, row: Row) -> bool:
        """Whether alarms are counted on a row."""
        return self.unit == "story" or len(row.hypothesis.split(maxsplit=ARTICLE)) >= ARTICLE

    def drawn(self, most: int, seed: int) -> Work:
        """Whole clusters, up to `most` rows, by a digest of their names."""
        from eval.suite import sample

        rows = sample(self.rows, most, seed)
        if len(rows) == len(self.rows):
            return self
        return msgspec.structs.replace(self, rows=rows, sample=f"{len(rows)} of {len(self.rows)} rows, seed {seed}")


def from_files(files: Sequence[Path]) -> Work:
    """Unified files, pooled. Raises `InputError` for a bad row, or two that share an id in one file.

    Ids that two files share get the file's name in front; so do files of one name the folder's.
    """
    paths = [file.resolve() for file in files]
    if twice := next((path for path, count in Counter(paths).items() if count > 1), None):
        raise InputError(f"{twice} is given twice", "Name every file once.")
    by_file = [(file, of_files([file]).rows) for file in files]
    for file, rows in by_file:
        _no_twins(file, rows)
    shared = {name for name, count in Counter(row.id for _, rows in by_file for row in rows).items() if count > 1}
    names = Counter(_stem(file) for file in files)
    pooled = []
    for at, (file, rows) in enumerate(by_file, 1):
        front = _stem(file) if names[_stem(file)] == 1 else f"{at}.{_stem(file)}"
        pooled += [msgspec.structs.replace(row, id=f"{front}:{row.id}") if row.id in shared else row for row in rows]
    loaded = of_files(files)
    return Work(rows=pooled, digest=loaded.digest, files=tuple(file.name for file in files))


def from_task(name: str, split: str = "", data_dir: Path | None = None) -> Work:
    """The rows of a task. Raises what `Task.read` raises."""
    task = tasks.get(name)
    chosen = task.split_name(split)
    loaded = task.read(chosen, data_dir)
    return Work(
        rows=loaded.rows,
        digest=loaded.digest,
        files=loaded.files,
        task=name,
        split=chosen,
        unit=task.unit,
        role=task.role(chosen),
        dropped=dict(loaded.dropped),
    )


def _no_twins(file: Path, rows: Sequence[Row]) -> None:
    first: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        if row.id in first:
            told = f"{file}: rows {first[row.id]} and {number} share the id {row.id[:60]!r}"
            raise InputError(told, "Every row needs an id of its own; leave the column out to number them.")
        first[row.id] = number


def _stem(file: Path) -> str:
    return file.name.removesuffix(".gz").removesuffix(".jsonl")
