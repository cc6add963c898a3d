"""Scores on one SQLite connection, in two generations.

New rows go to the young generation, and what is found in the old one is written to the young one again. When the
file reaches its bound, the old generation is dropped whole and the young one takes its place: what was not asked for
over a generation is gone, and nothing is ever sorted or deleted row by row.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

from consistency.cache._key import Model, pack, unpack
from consistency.records import Scores

_AT_ONCE: Final = 500
"""Pairs asked for in one statement."""
_ROWS: Final = "(model INTEGER NOT NULL, pair BLOB NOT NULL, scores BLOB NOT NULL, PRIMARY KEY (model, pair))"
_GENERATION: Final = f"CREATE TABLE IF NOT EXISTS {{}} {_ROWS} WITHOUT ROWID"
_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS models (id INTEGER PRIMARY KEY, digest TEXT NOT NULL, runtime TEXT NOT NULL,"
    " encoding TEXT NOT NULL, used INTEGER NOT NULL, UNIQUE (digest, runtime, encoding))",
    "CREATE TABLE IF NOT EXISTS generations (name TEXT PRIMARY KEY, begun INTEGER NOT NULL) WITHOUT ROWID",
    _GENERATION.format("young"),
    _GENERATION.format("old"),
)
_WHO: Final = "SELECT id, used FROM models WHERE digest = ? AND runtime = ? AND encoding = ?"
_SHAPE: Final = {
    "models": {("id", 1), ("digest", 0), ("runtime", 0), ("encoding", 0), ("used", 0)},
    "generations": {("name", 1), ("begun", 0)},
    "young": {("model", 1), ("pair", 2), ("scores", 0)},
    "old": {("model", 1), ("pair", 2), ("scores", 0)},
}
"""Columns of each table, each with its place in the primary key."""


class Found(NamedTuple):
    """What is kept of some pairs. `aged` stands in the old generation only; `damaged` = pairs with damaged rows alone.

    `stale` says that the model was last asked for on an earlier day than today.
    """

    scores: dict[bytes, Scores]
    aged: dict[bytes, Scores]
    damaged: int = 0
    stale: bool = False


class Kept(NamedTuple):
    """A model with the number of its pairs, and the day on which one was last asked for (since 1970)."""

    model: Model
    rows: int
    used: int


class Table:
    """Scores by model and pair. The connection is in autocommit mode (`isolation_level=None`).

    `bound` = bytes of pages in use, None = no bound. Writing is all or nothing. Every method raises `sqlite3.Error`,
    and `UnicodeError` where SQLite's message quotes a damaged file.
    """

    def __init__(self, base: sqlite3.Connection, bound: int | None = None) -> None:
        self._base = base
        self._bound = bound

    def create(self) -> None:
        """Makes the tables that are not there. Belongs into a transaction."""
        for statement in _SCHEMA:
            self._base.execute(statement)
        self._base.executemany(
            "INSERT OR IGNORE INTO generations VALUES (?, ?)", [("young", today()), ("old", today())]
        )

    def fits(self) -> bool:
        """False where a table is missing or has another shape."""
        for table, shape in _SHAPE.items():
            columns = self._base.execute("SELECT CAST(name AS BLOB), pk FROM pragma_table_info(?)", (table,))
            if {(name.decode("utf-8", "replace"), key) for name, key in columns} != shape:
                return False
        return True

    def get(self, model: Model, pairs: Sequence[bytes]) -> Found:
        """What is kept of these pairs."""
        known = self._base.execute(_WHO, model).fetchone()
        if known is None:
            return Found({}, {})
        young, spoilt = self._read("young", known[0], model.seed(), pairs)
        rest = [pair for pair in pairs if pair not in young]
        old, more = self._read("old", known[0], model.seed(), rest)
        found = {**young, **old}
        damaged = (spoilt | more).intersection(pairs) - found.keys()  # a damaged tree gives rows that nobody asked for
        return Found(found, old, len(damaged), known[1] != today())

    def put(self, model: Model, scored: Mapping[bytes, Scores]) -> None:
        """Keeps scores in one transaction, in place of what was there; those that `pack` refuses are not kept."""
        seed = model.seed()
        packed = [(pair, pack(seed, pair, scores)) for pair, scores in scored.items()]
        with transaction(self._base):
            if self._full():
                self._age()
            self._base.execute(
                "INSERT INTO models (digest, runtime, encoding, used) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (digest, runtime, encoding) DO UPDATE SET used = excluded.used",
                (*model, today()),
            )
            (number, _) = self._base.execute(_WHO, model).fetchone()
            rows = sorted((number, pair, row) for pair, row in packed if row is not None)
            self._base.executemany("INSERT OR REPLACE INTO young VALUES (?, ?, ?)", rows)

    def models(self) -> list[Kept]:
        """The models that pairs are kept of, those with most first."""
        counted: dict[int, int] = {}
        for statement in (
            "SELECT CAST(model AS INTEGER), count(*) FROM young GROUP BY model",
            "SELECT CAST(model AS INTEGER), count(*) FROM old WHERE NOT EXISTS"
            " (SELECT 1 FROM young WHERE young.model = old.model AND young.pair = old.pair) GROUP BY model",
        ):
            for number, rows in self._base.execute(statement):
                counted[number] = counted.get(number, 0) + rows
        kept = [
            Kept(Model(*(text.decode("utf-8", "replace") for text in names)), counted[number], used)
            for number, used, *names in self._base.execute(
                "SELECT id, CAST(used AS INTEGER), CAST(digest AS BLOB), CAST(runtime AS BLOB), CAST(encoding AS BLOB)"
                " FROM models"
            )
            if number in counted
        ]
        return sorted(kept, key=lambda one: (-one.rows, one.model))

    def oldest(self) -> int:
        """The day since which every kept pair was asked for at least once (since 1970)."""
        name = "young" if self._empty("old") else "old"
        return self._begun(name)

    def _read(
        self, generation: str, number: int, seed: int, pairs: Sequence[bytes]
    ) -> tuple[dict[bytes, Scores], set[bytes]]:
        """Scores of the pairs in a generation, and the pairs whose rows are damaged."""
        found: dict[bytes, Scores] = {}
        damaged: set[bytes] = set()
        for start in range(0, len(pairs), _AT_ONCE):
            some = pairs[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            columns = "CAST(pair AS BLOB), CAST(scores AS BLOB)"  # whatever a damaged file says that they are
            asked = f"SELECT {columns} FROM {generation} WHERE model = ? AND pair IN ({marks})"  # noqa: S608
            for pair, row in self._base.execute(asked, (number, *some)).fetchall():
                scores = unpack(seed, pair, row)
                if scores is None:
                    damaged.add(pair)
                else:
                    found[pair] = scores
        return found, damaged

    def _full(self) -> bool:
        """The bound is reached; half of it, where there is no old generation that could be dropped."""
        if self._bound is None:
            return False
        pages, unused, size = (
            self._base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
        used = (pages - unused) * size
        return bool(used > self._bound or (used > self._bound / 2 and self._empty("old")))

    def _age(self) -> None:
        self._base.execute("DROP TABLE old")
        self._base.execute("ALTER TABLE young RENAME TO old")
        self._base.execute(_GENERATION.format("young"))
        self._base.executemany(
            "INSERT OR REPLACE INTO generations VALUES (?, ?)", [("old", self._begun("young")), ("young", today())]
        )

    def _begun(self, generation: str) -> int:
        asked = "SELECT CAST(max(begun) AS INTEGER) FROM generations WHERE name = ?"
        (day,) = self._base.execute(asked, (generation,)).fetchone()
        return today() if day is None else int(day)

    def _empty(self, generation: str) -> bool:
        return self._base.execute(f"SELECT 1 FROM {generation} LIMIT 1").fetchone() is None  # noqa: S608


def today() -> int:
    """Days since 1970, by universal time."""
    return int(time.time() // 86_400)


@contextmanager
def transaction(base: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; takes the write lock at once, since one that is asked for late is not waited for."""
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
        base.execute("COMMIT")
    except BaseException:
        if base.in_transaction:  # a full disk has ended it already
            base.execute("ROLLBACK")
        raise
