"""What was scored once is kept: items by system and row, the model's scores by model and pair (SQLite).

A run that was ended goes on where it stood, and systems that ask the same model about the same pair share
the answer. Every batch is one transaction, so that a killed run leaves whole batches and nothing half. Pairs are
kept as the tool's own cache keeps them; only, a measurement stops where they cannot be.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TypeVar

import msgspec

from consistency.cache import ENCODING, CachedScorer, Model, Table, pair_digest, transaction
from consistency.errors import OutputError
from consistency.places import folder
from consistency.protocols import Scorer
from consistency.records import Level, Scores
from eval.rows import Row

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS items (system TEXT, row TEXT, told BLOB, seconds REAL,
                                  PRIMARY KEY (system, row)) WITHOUT ROWID
"""
_AT_ONCE: Final = 500
"""Keys asked for in one statement."""
HOUSE: Final = Path(__file__).parent.parent
T = TypeVar("T")


class Reported(msgspec.Struct, frozen=True):
    """Findings of one check at one level that a report holds, as shipped."""

    check: str
    level: Level
    count: int = 1


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a system says of a row: `score` = how inconsistent (of an alignment task: how sure it is aligned), 0 to 1.

    `nli` = entailment, neutral, contradiction of premise -> hypothesis where the system has them. `alarms` =
    findings it would raise at the fixed threshold, None where it does not count them. `compared` is False for
    a row it could not compare; `unread` counts pairs too long for the model. `reported` = what it reports there, by
    check and level, in steady order; None where it has no checks.
    """

    score: float
    nli: tuple[float, float, float] | None = None
    alarms: int | None = None
    compared: bool = True
    unread: int = 0
    reported: tuple[Reported, ...] | None = None


class Store:
    """Scores on disk, or in memory for a run that keeps nothing. Raises `OutputError` where it cannot write."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(path or ":memory:", timeout=60, isolation_level=None)
            if path is not None:
                self._base.execute("PRAGMA journal_mode=WAL")
                self._base.execute("PRAGMA synchronous=NORMAL")
            self._pairs = Table(self._base)
            with transaction(self._base):
                self._base.execute(_SCHEMA)
                self._pairs.create()
        except (sqlite3.Error, OSError) as fault:
            raise OutputError(
                f"{path}: no store of scores ({fault})", "Name another with --store, or run with --no-store."
            ) from fault

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    def items(self, system: str, rows: Iterable[str]) -> dict[str, tuple[Told, float]]:
        """What the system said of these rows and the seconds it took, by row digest; rows it never saw are missing."""
        found: dict[str, tuple[Told, float]] = {}
        for keys in _pieces(sorted(set(rows))):
            marks = ",".join("?" * len(keys))
            asked = f"SELECT row, told, seconds FROM items WHERE system = ? AND row IN ({marks})"  # noqa: S608  (marks alone)
            for row, told, seconds in self._read(asked, [system, *keys]):
                found[row] = msgspec.msgpack.decode(told, type=Told), seconds
        return found

    def keep_items(self, system: str, told: Mapping[str, Told], seconds: float) -> None:
        """Keeps what a system said, all or nothing. `seconds` = what each took."""
        rows = [(system, row, msgspec.msgpack.encode(one), seconds) for row, one in told.items()]
        self._write("INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?)", rows)

    def get(self, model: Model, pairs: Sequence[bytes]) -> dict[bytes, Scores]:
        """The scores of those pairs that the model was asked about before."""
        return self._readable(lambda: self._pairs.get(model, pairs).scores)

    def put(self, model: Model, scored: Mapping[bytes, Scores]) -> None:
        """Keeps scores, all or nothing; not those that are finer than 1e-4."""
        self._writable(lambda: self._pairs.put(model, scored))

    def _read(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        return self._readable(lambda: self._base.execute(statement, values).fetchall())

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        def write() -> None:
            with transaction(self._base):
                self._base.executemany(statement, rows)

        self._writable(write)

    def _readable(self, read: Callable[[], T]) -> T:
        try:
            return read()
        except sqlite3.Error as fault:
            raise OutputError(
                f"{self.path}: the store of scores cannot be read ({fault})", "Remove it, or run with --no-store."
            ) from fault

    def _writable(self, write: Callable[[], None]) -> None:
        try:
            write()
        except sqlite3.Error as fault:
            raise OutputError(
                f"{self.path}: scores cannot be kept ({fault})", "Make room, or run with --no-store."
            ) from fault


class StoredScorer(CachedScorer):
    """A `Scorer` around a `Scorer` that asks the model about no pair twice, nor trusts what other code has scored."""

    def __init__(self, scorer: Scorer, store: Store) -> None:
        super().__init__(scorer, store, encoding=f"{ENCODING}/{code_digest('encoding.py', 'backends')}")


def row_digest(row: Row) -> str:
    """Names what a system reads of a row: its two texts, not its label."""
    return pair_digest((row.premise, row.hypothesis)).hex()


@cache
def code_digest(*parts: str) -> str:
    """SHA-256 over the tool's own code, or parts of it: a changed check must not be served old scores."""
    room = HOUSE / "consistency"
    seen = hashlib.sha256()
    for file in sorted(file for part in parts or ("",) for file in _sources(room / part)):
        seen.update(f"{file.relative_to(room).as_posix()}\0".encode() + file.read_bytes() + b"\0")
    if not parts:
        for file in sorted((HOUSE / "eval" / "systems").glob("*.py")):
            seen.update(file.read_bytes())
    return seen.hexdigest()[:16]


def _sources(place: Path) -> Iterable[Path]:
    if place.is_file():
        return [place]
    left_out = {"training", "weights", "report", "__pycache__"}
    return [
        file
        for file in place.rglob("*")
        if file.is_file() and not left_out & set(file.relative_to(HOUSE / "consistency").parts)
    ]


def usual_path() -> Path:
    """Where scores are kept where nothing else is said: the user's cache folder."""
    return folder() / "eval-scores.sqlite"


def _pieces(keys: Sequence[object]) -> Iterable[Sequence[object]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]
