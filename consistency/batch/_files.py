"""Files that survive a kill: each there whole or not at all, and one process at a time where that matters."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from consistency.errors import OutputError

_REMEDY = "see to the disk and the permissions, and run the same command again: it goes on where it was"


def write(path: Path, content: bytes) -> None:
    """Puts the file there once it is whole and on the disk."""
    unfinished = beside(path)
    with unfinished.open("wb") as stream:
        stream.write(content)
        settle(stream)
    publish(unfinished, path)


def beside(path: Path) -> Path:
    """Where a file is made before it is whole."""
    return path.with_name(f".{path.name}.new")


def settle(stream: BinaryIO) -> None:
    """What was written is on the disk."""
    stream.flush()
    os.fsync(stream.fileno())


def publish(made: Path, path: Path) -> None:
    """Moves a file or a folder that is complete to its place; the move itself is on the disk too."""
    os.replace(made, path)
    if os.name == "posix":  # elsewhere a folder cannot be opened
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextlib.contextmanager
def told_of(folder: Path) -> Iterator[None]:
    """A disk that fails is an `OutputError` that names the file, or the folder."""
    try:
        yield
    except OSError as fault:
        raise OutputError(f"{fault.filename or folder}: {fault.strerror or fault}", _REMEDY) from fault


@contextlib.contextmanager
def alone(path: Path, *, wait: bool) -> Iterator[bool]:
    """Holds the lock that this file stands for, until the block or the process ends, however it ends.

    Yields whether it is held; without `wait` it may not be.
    """
    with path.open("ab") as stream:
        yield _locked(stream, wait=wait)


if sys.platform == "win32":
    import msvcrt
    import time

    def _locked(stream: BinaryIO, *, wait: bool) -> bool:
        while True:
            try:
                stream.seek(0)
                msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                time.sleep(0.1)
            else:
                return True

else:
    import fcntl

    def _locked(stream: BinaryIO, *, wait: bool) -> bool:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
