"""The suite: which systems run on which tasks, on all rows or on a fixed sample of documents, and one run stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from consistency.errors import InputError
from eval import run as runner
from eval import systems, tasks, work
from eval.rows import Row
from eval.store import Store
from eval.systems import System
from eval.task import Task, Unit, located
from eval.work import Work

SYSTEMS: Final[dict[str, tuple[str, ...]]] = {
    "pair": ("nli", "tool", "rules", "overlap", "tfidf"),
    "document-claim": ("nli", "tool", "rules", "overlap", "tfidf", "all-pairs"),
    "story": ("nli", "tool", "rules", "overlap"),
    "alignment": ("tool", "overlap"),
}
"""The systems that run on tasks of a unit."""
QUICK: Final = {"pair": 200, "document-claim": 30, "story": 4, "alignment": 200}
"""Rows of a quick sample."""
CAPPED: Final = {
    ("pair", "nli"): 3_000,
    ("pair", "tool"): 3_000,
    ("document-claim", "nli"): 300,
    ("document-claim", "tool"): 300,
    ("document-claim", "all-pairs"): 60,
    ("story", "nli"): 6,
    ("story", "tool"): 60,
}
"""Rows of a system that is too slow on a unit for all of them, quick or not."""
TIMED: Final = {"pair": 64, "document-claim": 4, "story": 1, "alignment": 64}
"""Rows on which speed is measured."""
TRAIN: Final = ("wanli_part", "mnli_part")
"""What tfidf is trained on."""
OWN: Final = ("own_pairs", "own_headlines", "own_texts", "own_stories", "own_alignment")


class Done(msgspec.Struct, frozen=True):
    """What a run left on disk."""

    items: Path
    summary: Path


def development() -> list[str]:
    """The tasks of the suite whose rows are unified files in a data folder."""
    return [task.name for task in tasks.in_data_dir()]


def suite_pairs() -> list[tuple[str, str]]:
    """Every (task, system) of the suite, our own tasks first; systems of one task stand together."""
    names = [*OWN, *development()]
    return [(name, system) for name in names for system in SYSTEMS[tasks.get(name).unit]]


class Suite:
    """Runs that share a store of scores, and the systems that have no model: tfidf is trained once.

    Raises `InputError` for a data folder that is none. The folder holds the rows, or `dev` with the rows and
    `train` with what tfidf learns from.
    """

    def __init__(self, data_dir: Path | None = None, store: Store | None = None, seed: int = 0) -> None:
        if data_dir is not None and not data_dir.is_dir():
            raise InputError(f"{data_dir}: no such folder", "--data-dir names a folder with unified rows.")
        inside = data_dir is not None and (data_dir / "dev").is_dir()
        self.rows = data_dir / "dev" if data_dir is not None and inside else data_dir
        self.train = _train(data_dir / "train") if data_dir is not None and inside else ()
        self.seed = seed
        self._store = store or Store()
        self._light: dict[tuple[str, bool], System] = {}

    def why_not(self, name: str, system: str) -> str:
        """Why a run cannot be, "" where it can. Raises `ConfigError` for an unknown task."""
        stems = [stem for split in tasks.get(name).splits.values() for stem in split.files]
        if stems and self.rows is None:
            return "no --data-dir"
        missing = [stem for stem in stems if self.rows is None or located(self.rows, stem) is None]
        if missing:
            return f"no {missing[0]}.jsonl[.gz] in the data folder"
        if system == "tfidf" and not self.train:
            return f"nothing to train on: --data-dir needs dev/, and train/ with {' or '.join(TRAIN)}"
        return ""

    def run(
        self,
        name: str,
        system: str,
        folder: Path,
        *,
        quick: bool = False,
        timed: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> Done:
        """Runs a system on a task and stores items, summary and seconds in the folder. Raises `ConsistencyError`s.

        With `timed`, the seconds of a system with a model are those of a few rows without the store; else it has none.
        """
        rows = work.from_task(name, "", self.rows)
        most = most_rows(tasks.get(name), system, quick=quick)
        if most is not None:
            rows = rows.drawn(most, self.seed)
        made = self._system(system, rows.unit)
        measured = runner.measure(rows, made, self._store, seed=self.seed, progress=progress)
        base = folder / stem(name, system)
        done = Done(base.with_name(f"{base.name}.jsonl"), base.with_name(f"{base.name}.json"))
        runner.save(measured, done.summary, done.items)
        if made.model:
            self._time(system, rows, done.items.with_suffix(".timing.json"), timed=timed)
        return done

    def _time(self, system: str, rows: Work, file: Path, *, timed: bool) -> None:
        """What a system with a model takes by itself: from the shared store it has answers another one paid for."""
        if not timed:
            file.unlink(missing_ok=True)
            return
        few = rows.rows[: TIMED[rows.unit]]
        own = Store()
        _, seconds, _ = runner.scored(systems.load(system, store=own, unit=rows.unit), few, own)
        told = {"seconds": round(seconds, 3), "rows": len(few), "rows_per_second": round(len(few) / seconds, 3)}
        runner.write(file, json.dumps(told, sort_keys=True) + "\n")

    def _system(self, name: str, unit: Unit) -> System:
        key = (name, unit == "alignment")
        if key not in self._light:
            made = systems.load(name, store=self._store, train=self.train if name == "tfidf" else (), unit=unit)
            if made.model:
                return made
            self._light[key] = made
        return self._light[key]


def _train(folder: Path) -> tuple[Path, ...]:
    return tuple(file for stem in TRAIN if (file := located(folder, stem)) is not None)


def sample(rows: Sequence[Row], most: int, seed: int = 0) -> list[Row]:
    """Whole clusters, drawn by a digest of their name, up to `most` rows; in the order of the rows.

    The first cluster is taken however large it is. What is drawn depends on names and seed alone.
    """
    if len(rows) <= most:
        return list(rows)
    sizes: dict[str, int] = {}
    for row in rows:
        sizes[row.cluster] = sizes.get(row.cluster, 0) + 1
    drawn: set[str] = set()
    count = 0
    for cluster in sorted(sizes, key=lambda name: hashlib.sha256(f"{seed}:{name}".encode(errors="replace")).digest()):
        if not drawn or count + sizes[cluster] <= most:
            drawn.add(cluster)
            count += sizes[cluster]
    return [row for row in rows if row.cluster in drawn]


def fits(task: str, system: str) -> bool:
    """Whether the system is made for tasks of this unit."""
    return system in SYSTEMS[tasks.get(task).unit]


def most_rows(task: Task, system: str, *, quick: bool) -> int | None:
    """How many rows a run may have, None for all of them."""
    limits = [QUICK[task.unit]] if quick else []
    limits += [CAPPED[task.unit, system]] if (task.unit, system) in CAPPED else []
    return min(limits) if limits else None


def stem(task: str, system: str) -> str:
    """The name under which a run is stored, without its suffix."""
    return "".join(one if one.isalnum() or one in "_-" else "-" for one in task) + "." + _plain(system)


def _plain(system: str) -> str:
    """A system's name as part of a file's; two names never share one."""
    kept = "".join(one if one.isalnum() or one in "_-" else "-" for one in system)
    return kept if kept == system else f"{kept[:60]}-{hashlib.sha256(system.encode()).hexdigest()[:8]}"
