"""What the cache folder holds, and how it is emptied."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import msgspec

from consistency.cache._cache import BOUND, TIMEOUT
from consistency.cache._file import BESIDE, FAULTS, FILE, SET_ASIDE, Damaged, Foreign, is_damage, is_ours, opened
from consistency.cache._table import Table
from consistency.errors import InputError, OutputError

EXPORTS: Final = "models"
"""The folder of exported models."""
_EXPORT: Final = re.compile(r"[0-9a-f]{16}|export-\w{8}$")
"""Names of what belongs to one: they begin with its digest, but for the work of an export that was killed."""
_EPOCH: Final = date(1970, 1, 1)


class Used(msgspec.Struct, frozen=True):
    """A model that scores are kept of: how many pairs, and the day on which it was last used."""

    digest: str
    runtime: str
    encoding: str
    pairs: int
    last_used: date


class Info(msgspec.Struct, frozen=True):
    """The state of a cache folder. Sizes in bytes; `oldest` = every pair was asked for since that day."""

    path: str
    size: int
    bound: int
    pairs: int
    models: tuple[Used, ...] = ()
    oldest: date | None = None
    newest: date | None = None
    exports: int = 0
    exports_size: int = 0
    set_aside: str = ""


class Entry(msgspec.Struct, frozen=True):
    """A file or folder, and the bytes in it."""

    path: str
    size: int


class Cleared(msgspec.Struct, frozen=True):
    """What was removed, and what was left because it is not known to be the tool's."""

    removed: tuple[Entry, ...]
    left: tuple[str, ...]


def info(folder: Path) -> Info:
    """What is kept there; changes nothing. Raises `InputError` for a file that is no sound cache."""
    path = folder / FILE
    try:
        told = _beside(folder)
        if not path.exists() or (path.is_file() and not path.stat().st_size):
            return told
        base = opened(path, TIMEOUT, make=False)
        try:
            table = Table(base)
            models, oldest = table.models(), table.oldest()
        finally:
            base.close()
    except (Damaged, Foreign, OSError, *FAULTS) as fault:
        remedy = "the next run sets it aside; consistency cache clear removes it" if is_damage(fault) else ""
        raise InputError(f"{path} cannot be read as a cache of scores ({fault})", remedy) from fault
    return msgspec.structs.replace(
        told,
        pairs=sum(one.rows for one in models),
        models=tuple(Used(*one.model, one.rows, _day(one.used)) for one in models),
        oldest=_day(oldest) if models else None,
        newest=_day(max(one.used for one in models)) if models else None,
    )


def _beside(folder: Path) -> Info:
    """What can be told without opening the file of scores."""
    path = folder / FILE
    exports = [entry for entry in _entries(folder / EXPORTS) if _EXPORT.match(entry.name)]
    aside = path.with_name(path.name + SET_ASIDE)
    return Info(
        path=str(path),
        size=sum(_size(one) for one in (path, *(path.with_name(path.name + suffix) for suffix in BESIDE))),
        bound=BOUND,
        pairs=0,
        exports=len(exports),
        exports_size=sum(map(_size, exports)),
        set_aside=str(aside) if aside.exists() else "",
    )


def clear(folder: Path) -> Cleared:
    """Removes scores, what was set aside, and exported models; leaves what only happens to lie there.

    Raises `OutputError` for what cannot be removed.
    """
    path = folder / FILE
    own = [path, *(path.with_name(path.name + suffix) for suffix in (*BESIDE, SET_ASIDE))]
    removed: list[Entry] = []
    left: list[str] = []
    try:
        if path.exists() and not is_ours(path):
            left.append(str(path))
            own = own[-1:]
        for one in own:
            if one.is_file():
                removed.append(_remove(one))
        for one in _entries(folder / EXPORTS):
            if _EXPORT.match(one.name):
                removed.append(_remove(one))
            else:
                left.append(str(one))
        exports = folder / EXPORTS
        if exports.is_dir() and not exports.is_symlink() and not _entries(exports):
            exports.rmdir()
    except (OSError, *FAULTS) as fault:
        raise OutputError(
            f"the cache cannot be cleared ({fault})", "end the runs that use it, or remove the folder by hand"
        ) from fault
    return Cleared(tuple(removed), tuple(left))


def _remove(path: Path) -> Entry:
    entry = Entry(str(path), _size(path))
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
    return entry


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _size(path: Path) -> int:
    """Bytes of a file, or of all files under a folder; links count as nothing."""
    return sum(one.stat().st_size for one in _files(path))


def _files(path: Path) -> Iterator[Path]:
    if path.is_symlink():
        return
    if path.is_file():
        yield path
    for folder, _, names in os.walk(path):
        yield from (one for name in names if not (one := Path(folder, name)).is_symlink())


def _day(number: int) -> date:
    """The date of a day since 1970; the last there is for what no calendar holds."""
    return _EPOCH + timedelta(min(max(number, 0), (date.max - _EPOCH).days))
