"""Feeds in rows, made small and by hand, and ways to scan them without a model."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from consistency import backends
from consistency.batch._engine import Tally, Told
from consistency.batch._job import Job
from consistency.batch._messages import Model
from consistency.batch._model import model
from consistency.batch.shard import run_shard
from consistency.config import Config

LEXICAL = Config(model="lexical")
Record = dict[str, Any]


def text(number: int = 20, place: object = "Bern") -> str:
    """An article of four sentences; `number` is its one figure."""
    return (
        f"The mayor of {place} said on Monday that {number} people had to leave their homes after the flood. "
        "It was the worst flood in the town for a hundred years. "
        "The council will meet the officials again next week. "
        "Nobody was hurt, the officials said."
    )


def story(name: str, versions: int = 1, *, wrong: bool = False) -> list[Record]:
    """A reference and its versions; if `wrong` the last of them has another figure."""
    rows = [{"id": f"{name}-{at}", "story": name, "text": text(20, name)} for at in range(versions + 1)]
    if wrong:
        rows[-1]["text"] = text(30, name)
    return rows


def feed(stories: int) -> list[Record]:
    """Stories of none to three versions, one in three with an error, their rows all mixed."""
    rows = [row for at in range(stories) for row in story(f"s{at}", at % 4, wrong=at % 3 == 0 and at % 4 > 0)]
    return sorted(rows, key=lambda row: str(hash_of(row["id"])))


def hash_of(name: str) -> int:
    """The same on every run, which `hash` is not."""
    return zlib.crc32(name.encode())


def write(path: Path, rows: Iterable[Record]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def results(folder: Path) -> dict[str, bytes]:
    """Every file that a scan has made for its user, byte for byte; the plan names the input's path."""
    kept = [*sorted((folder / "results").iterdir()), folder / "summary.json", folder / "unread.jsonl"]
    return {path.name: path.read_bytes() for path in kept}


def result_rows(folder: Path) -> list[Record]:
    return [
        json.loads(line)
        for path in sorted((folder / "results").iterdir())
        for line in path.read_text("utf-8").splitlines()
    ]


def by_id(folder: Path) -> dict[str, Record]:
    """The results by the id of their row, which must be one of a kind."""
    rows = result_rows(folder)
    found = {row["version"]["id"]: row for row in rows}
    assert len(found) == len(rows)
    return found


class Here:
    """An engine that runs the shards in this process."""

    def __init__(self, config: Config, workers: int = 1) -> None:
        self._scorer = backends.load(config.model)

    notices: tuple[str, ...] = ()

    @property
    def model(self) -> Model:
        return model(self._scorer)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing runs."""

    def run(self, job: Job, numbers: Iterable[int], told: Told) -> None:
        tally = Tally(told)
        for number in numbers:
            tally.done(number, run_shard(job, number, self._scorer))
