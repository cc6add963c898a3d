"""A task: what is measured, on which rows, and where they come from. One file each in `eval/tasks/`.

A task never holds rows of others' data. It names them, says how to get them, and reads them from
`--data-dir DIR` (unified JSON lines, plain or gzipped) or from the Hub.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from consistency.errors import ConfigError, InputError
from eval import rows as unified
from eval.rows import Row

Unit: TypeAlias = Literal["pair", "document-claim", "story", "alignment"]
Positive: TypeAlias = Literal["contradiction", "inconsistent", "unsupported", "not_paraphrase", "aligned"]
"""The class that a high score means."""
Role: TypeAlias = Literal["development", "test"]
"""Thresholds are tuned on development splits alone."""

SUFFIXES = (".jsonl", ".jsonl.gz")
_ALIGNED = {"aligned": True, "unaligned": False}


class Split(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the rows of a split stand: `files` under the data folder (no suffix), or a split at the Hub.

    `rows` is their number where it is known, before rows without a gold label are dropped.
    """

    role: Role
    files: tuple[str, ...] = ()
    hub: str = ""
    rows: int | None = None


class NotThereError(InputError):
    """The rows of a task are not in the data folder. A suite may skip the task, and says so."""


class Loaded(msgspec.Struct, frozen=True):
    """The rows of a split. `dropped` counts rows without a gold label, by what stood in its place.

    `digest` is SHA-256: of the files' content, or of the rows where they came from elsewhere.
    """

    rows: list[Row]
    digest: str
    dropped: dict[str, int] = {}
    files: tuple[str, ...] = ()


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One benchmark. `ran_on_real_rows` is True, or says why it did not.

    A row's `truth` is True for the positive class, False for the other, None for labels that are
    neither: those are reported apart. For alignment tasks True is `aligned`.
    """

    name: str
    title: str
    unit: Unit
    positive: Positive
    cluster: str
    splits: dict[str, Split]
    citation: str
    licence: str
    obtain: str
    ran_on_real_rows: bool | str
    reader: Callable[[Task, str, Path | None], Loaded]
    notes: str = ""

    def load(self, split: str = "", data_dir: Path | None = None) -> list[Row]:
        """The rows of a split; see `read`."""
        return self.read(split, data_dir).rows

    def read(self, split: str = "", data_dir: Path | None = None) -> Loaded:
        """The rows of a split (the only or first one, if none is named) with what was dropped.

        Raises `ConfigError` for a split the task has not, `InputError` for files that are missing or
        wrong and for a split without rows (`NotThereError`, one of its kind, where they are not in the
        folder), `MissingExtra` where the Hub needs a package.
        """
        name = self.split_name(split)
        loaded = self.reader(self, name, data_dir)
        _no_twins(loaded.rows, self.name)
        if not loaded.rows:
            raise InputError(f"task {self.name}, split {name}: no rows", self.obtain)
        if self.unit == "alignment":
            rows = [msgspec.structs.replace(row, truth=_ALIGNED.get(row.label)) for row in loaded.rows]
            return msgspec.structs.replace(loaded, rows=rows)
        return loaded

    def split_name(self, split: str = "") -> str:
        """`split` if the task has it, the first split for "". Raises `ConfigError`."""
        name = split or next(iter(self.splits))
        if name not in self.splits:
            raise ConfigError(f"task {self.name} has no split {name!r}", f"It has {', '.join(self.splits)}.")
        return name

    def role(self, split: str = "") -> Role:
        """Development or test."""
        return self.splits[self.split_name(split)].role


def from_files(task: Task, split: str, data_dir: Path | None) -> Loaded:
    """The reader of tasks whose rows are unified files in the data folder, pooled."""
    if data_dir is None:
        raise ConfigError(f"task {task.name} reads its rows from a folder", f"Give --data-dir DIR. {task.obtain}")
    return of_files([_find(data_dir, stem, task) for stem in task.splits[split].files])


def of_files(files: Sequence[Path]) -> Loaded:
    """Unified files, pooled. Ids are the same for a plain and a gzipped file."""
    rows = [_steady(row, file) for file in files for row in unified.load([file])]
    return Loaded(rows, unified.digest(files), files=tuple(file.name for file in files))


def of_rows(rows: list[Row], dropped: dict[str, int] | None = None) -> Loaded:
    """Rows that came from elsewhere; their digest is over the rows themselves."""
    seen = hashlib.sha256()
    for row in rows:
        seen.update(msgspec.json.encode(row) + b"\n")
    return Loaded(rows, seen.hexdigest(), dropped or {})


def located(data_dir: Path, stem: str) -> Path | None:
    """`stem.jsonl` or `stem.jsonl.gz` in the folder. Raises `InputError` where both stand there."""
    there = [path for suffix in SUFFIXES if (path := data_dir / f"{stem}{suffix}").is_file()]
    if len(there) > 1:
        raise InputError(f"{data_dir}: both {there[0].name} and {there[1].name}", "Keep one of them.")
    return there[0] if there else None


def truth(label: str) -> bool | None:
    """True for an inconsistent label, False for a consistent one, None for one that is neither."""
    return True if label in unified.INCONSISTENT else False if label in unified.CONSISTENT else None


def digest_of(text: str) -> str:
    """The cluster of a text that has no id of its own."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _find(data_dir: Path, stem: str, task: Task) -> Path:
    if not data_dir.is_dir():
        raise InputError(f"{data_dir}: no such folder", f"--data-dir names the folder with {stem}.jsonl[.gz].")
    found = located(data_dir, stem)
    if found is None:
        raise NotThereError(f"task {task.name}: no {stem}.jsonl or {stem}.jsonl.gz in {data_dir}", task.obtain)
    return found


def _steady(row: Row, file: Path) -> Row:
    given = f"{file.name}:"
    if not row.id.startswith(given):
        return row
    stem = file.name.removesuffix(".gz").removesuffix(".jsonl")
    return msgspec.structs.replace(row, id=f"{stem}:{row.id.removeprefix(given)}")


def _no_twins(rows: Iterable[Row], name: str) -> None:
    first: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        if row.id in first:
            told = f"task {name}: rows {first[row.id]} and {number} share the id {row.id[:60]!r}"
            raise InputError(told, "Every row needs an id of its own; leave the column out to number them.")
        first[row.id] = number
