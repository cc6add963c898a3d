"""The cache's file: made for its owner alone, known by its header, and never mistaken for another's."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Final

from consistency.cache._table import Table, transaction

FILE: Final = "scores.sqlite"
SET_ASIDE: Final = ".damaged"
"""Added to the name of a damaged file."""
BESIDE: Final = ("-wal", "-shm")
"""What SQLite keeps beside the file while it is open."""
APPLICATION: Final = 0x636F6E73
"""Says in the file's header whose it is."""
SCHEMA: Final = 1
"""Raise it with every change to the tables."""
_PAGE: Final = 1024
"""Bytes of a page. A new row falls on any page, and the whole page is written: small ones write a quarter."""
_NEAR: Final = 32 << 10
"""KiB of pages held in memory."""
_LOG: Final = 8 << 20
"""Bytes at which the log beside the file is written back into it, and to which it is cut."""


_DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR})
"""SQLite's numbers for a damaged file. The last is what it says of statements: ours are sound, so a table is not."""
FAULTS: Final = (sqlite3.Error, UnicodeError)
"""What SQLite raises; the second where its own message quotes a damaged file."""


class Damaged(Exception):  # noqa: N818  (a state of the file; no user meets it)
    """The header is that of a cache, the tables are not."""


class Foreign(Exception):  # noqa: N818
    """Sound as far as can be seen, and not ours to touch."""


def opened(path: Path, timeout: float, *, make: bool) -> sqlite3.Connection:
    """A connection in autocommit mode for any thread, to a file that was found to be a cache of this version.

    With `make` the file and its folder are made where they are missing. Raises `Foreign`, `Damaged`, `FAULTS` and
    `OSError`; `is_damage` tells which of them say that the file is damaged.
    """
    if path.exists() and not path.is_file():
        raise Foreign("it is no file")
    if make:
        _make(path)
    base = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=timeout, isolation_level=None, check_same_thread=False
    )
    try:
        base.execute(f"PRAGMA page_size={_PAGE}")
        base.execute(f"PRAGMA cache_size=-{_NEAR}")
        base.execute(f"PRAGMA journal_size_limit={_LOG}")
        base.execute(f"PRAGMA wal_autocheckpoint={_LOG // _PAGE}")
        base.execute("PRAGMA synchronous=NORMAL")  # a killed process loses nothing, a power cut the last rows
        base.execute("PRAGMA cell_size_check=ON")
        _prepare(base, make=make)
    except BaseException:
        base.close()
        raise
    return base


def is_damage(fault: Exception) -> bool:
    return isinstance(fault, Damaged | UnicodeError) or _code(fault) in _DAMAGE


def is_ours(path: Path) -> bool:
    """True for a cache of any version, whole or damaged; False for what is no file or something else's.

    Raises `FAULTS` for one of which that cannot be told.
    """
    if not path.is_file():
        return False
    try:
        base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=1)
        try:
            return _header(base, "application_id") == APPLICATION or _is_new(base)
        finally:
            base.close()
    except FAULTS as fault:
        if is_damage(fault):
            return True
        raise


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:  # never opened where it is there: closing it would end the locks of this process on it
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return


def _prepare(base: sqlite3.Connection, *, make: bool) -> None:
    if make and _is_new(base):
        with transaction(base):  # where another process was faster nothing changes
            Table(base).create()
            base.execute(f"PRAGMA application_id={APPLICATION}")
            base.execute(f"PRAGMA user_version={SCHEMA}")
    if _header(base, "application_id") != APPLICATION:
        raise Foreign("it is an SQLite file of something else")
    version = _header(base, "user_version")
    if version > SCHEMA:
        raise Foreign("a newer version of the tool made it")
    if version < SCHEMA or not Table(base).fits():
        raise Damaged("its tables have another shape")
    if make and base.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        base.execute("PRAGMA journal_mode=WAL")  # after the header, which must stand in the file itself


def _is_new(base: sqlite3.Connection) -> bool:
    (tables,) = base.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return tables == 0 and _header(base, "application_id") == 0


def _header(base: sqlite3.Connection, name: str) -> int:
    return int(base.execute(f"PRAGMA {name}").fetchone()[0])


def _code(fault: Exception) -> int:
    """SQLite's number for the kind of fault; 0 where it gave none."""
    return int(getattr(fault, "sqlite_errorcode", 0)) & 0xFF
