"""One file of scores for all runs of a user. Whatever is wrong with it, a run goes on as if there were none."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, TypeVar

from consistency.cache._file import BESIDE, FAULTS, SET_ASIDE, Damaged, Foreign, is_damage, opened
from consistency.cache._key import Model
from consistency.cache._table import Table
from consistency.records import Scores

BOUND: Final = 512 << 20
"""Bytes of pages in use, at most."""
TIMEOUT: Final = 10.0
"""Seconds to wait for another process that writes."""
_INHERITED: Final[list[sqlite3.Connection]] = []
"""Connections that another process opened before it forked: to close them here would harm its file."""
T = TypeVar("T")


class Cache:
    """Scores by model and pair in an SQLite file, shared by threads and processes.

    The file holds digests and numbers, never a word of an article; folder and file are made for their owner alone
    all the same. `bound` = bytes of pages in use at most: what was not asked for in the longest time goes first.

    No method raises for what is wrong with the file. A damaged one is set aside under its name with `.damaged`, once,
    and a new one begun. With any other fault (no room, no right to write, locked for longer than `timeout` seconds,
    a file of something else) the run goes on without what the fault forbids. `path` None keeps nothing.
    """

    def __init__(self, path: Path | None, *, bound: int = BOUND, timeout: float = TIMEOUT, notice: str = "") -> None:
        self.path = path
        self.damaged = 0
        """Rows that were found damaged, and not used."""
        self._bound = bound
        self._timeout = timeout
        self._told = [notice] if notice else []
        self._lock = threading.RLock()
        self._base: sqlite3.Connection | None = None
        self._seen: tuple[int, int] | None = None
        self._process = os.getpid()
        self._writes = True
        self._renewed = False
        self._begin()

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def notices(self) -> tuple[str, ...]:
        """What went wrong so far, a line each."""
        damaged = [f"{self.damaged:,} damaged rows of {self.path} were not used"] if self.damaged else []
        return (*self._told, *damaged)

    @property
    def notice(self) -> str:
        """What went wrong so far, in one line; empty where nothing did."""
        return "; ".join(self.notices)

    def get(self, model: Model, pairs: Sequence[bytes]) -> dict[bytes, Scores]:
        """What is kept of those pairs (each named by `pair_digest`); a damaged row is as none."""
        with self._lock:
            found = self._ask(lambda table: table.get(model, pairs))
            if found is None:
                return {}
            self.damaged += found.damaged
            if found.aged or found.stale:
                self.put(model, found.aged)
            return found.scores

    def put(self, model: Model, scored: Mapping[bytes, Scores]) -> None:
        """Keeps scores in one transaction; not those that would not come back as they are (finer than 1e-4)."""
        with self._lock:
            if self._writes:
                self._ask(lambda table: table.put(model, scored), writing=True)

    def close(self) -> None:
        """Lets go of the file; nothing is found or kept from here on."""
        with self._lock:
            self._disown()
            if self._base is not None:
                self._base.close()
            self._base = None

    def _ask(self, do: Callable[[Table], T], *, writing: bool = False) -> T | None:
        """What `do` makes of the table; None where there is none (any more)."""
        if self._disown():
            self._begin()
        if self._base is None:
            return None
        try:
            return do(Table(self._base, self._bound))
        except FAULTS as fault:
            if is_damage(fault):
                self._set_aside(fault)
            elif writing:
                self._writes = False
                self._told.append(f"no more scores are kept in {self.path} ({fault})")
            else:
                self._without(fault)
            return None

    def _disown(self) -> bool:
        """Leaves the connection to the process that opened it, where this is a fork of it."""
        if self._base is None or self._process == os.getpid():
            return False
        _INHERITED.append(self._base)
        self._base = None
        self._process = os.getpid()
        return True

    def _begin(self) -> None:
        if self.path is None:
            return
        try:
            self._seen = _identity(self.path)
            self._base = opened(self.path, self._timeout, make=True)
            self._seen = _identity(self.path)
        except (Damaged, Foreign, OSError, *FAULTS) as fault:
            if is_damage(fault):
                self._set_aside(fault)
            else:
                self._without(fault)

    def _without(self, fault: Exception) -> None:
        self.close()
        self._told.append(f"the cache of scores {self.path} cannot be used ({fault}); the run goes on without it")

    def _set_aside(self, fault: Exception) -> None:
        """Makes room for a new file, once; a file that another process has put there since is left in its place."""
        self.close()
        if self._renewed or self.path is None:
            return self._without(fault)
        self._renewed = True
        aside = self.path.with_name(self.path.name + SET_ASIDE)
        try:
            if self._seen == _identity(self.path):
                with contextlib.suppress(FileNotFoundError):  # another process was faster
                    os.replace(self.path, aside)
                for suffix in BESIDE:
                    self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        except OSError as other:
            return self._without(other)
        self._told.append(f"the cache of scores {self.path} was damaged ({fault}) and is set aside as {aside.name}")
        return self._begin()


def _identity(path: Path) -> tuple[int, int] | None:
    """Tells a file from another of the same name; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
