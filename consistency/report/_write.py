"""Writes reports to files: each whole or not at all, and of several all or none."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from consistency.errors import OutputError

_REMEDY = "give a path in an existing folder that can be written, on a disk with room"


def write(document: str, path: Path, called: str = "the report") -> None:
    """Writes UTF-8. A file that stands there is replaced only once the new one is complete.

    Raises `OutputError`, which says what the document is `called`; then nothing has changed.
    """
    write_all(((document, path),), called)


def write_all(documents: Sequence[tuple[str, Path]], called: str = "the report") -> None:
    """Writes each document to its path; files that stand there are replaced only once all new ones are complete.

    Raises `OutputError`; then no file has changed. What went into a pipe or a device cannot be taken back.
    """
    staged: list[_Staged] = []
    try:
        devices: list[tuple[str, Path]] = []
        for document, path in documents:
            with _told_of(path, called):
                if path.exists() and not path.is_file():
                    devices.append((document, path))
                else:
                    staged.append(_stage(document.encode(), path))
        for document, path in devices:
            with _told_of(path, called):
                _into_device(document, path)
        while staged:
            with _told_of(staged[0].path, called):
                os.replace(staged[0].name, staged[0].target)
            del staged[0]
    finally:
        for one in staged:
            with contextlib.suppress(OSError):
                os.unlink(one.name)


def foresee(paths: Sequence[Path]) -> None:
    """Tries each path's folder, so that a report that cannot be written is told before any work is done for it.

    Raises `OutputError`. Nothing is left behind; what changes in the meantime is found when the report is written.
    """
    for path in paths:
        with _told_of(path):
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if not path.exists() or path.is_file():
                target = Path(os.path.realpath(path))
                handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
                os.close(handle)
                os.unlink(name)


class _Staged(NamedTuple):
    """A complete new file `name` that is to take the place of `target`, which was asked for as `path`."""

    name: str
    target: Path
    path: Path


@contextlib.contextmanager
def _told_of(path: Path, called: str = "the report") -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise OutputError(f"{path}: {called} cannot be written ({fault.strerror})", _REMEDY) from fault
    except ValueError as fault:  # a settings file can name what no file can be called
        raise OutputError(f"{path}: {called} cannot be written ({fault})", _REMEDY) from fault


def _into_device(document: str, device: Path) -> None:
    """A pipe or /dev/stdout must be written into: replacing it would break it. A folder refuses."""
    with device.open("wb") as stream:
        stream.write(document.encode())


def _stage(content: bytes, path: Path) -> _Staged:
    """The content beside its target, on the disk, with the permissions it will have."""
    target = Path(os.path.realpath(path))
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, _mode(target))
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    return _Staged(name, target, path)


def _mode(target: Path) -> int:
    """The old file's permissions, else what the process gives to new files."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
