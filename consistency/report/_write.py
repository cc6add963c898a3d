"""Writes a report to a file: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from consistency.errors import OutputError

_REMEDY = "give a path in an existing folder that can be written, on a disk with room"


def write(document: str, path: Path) -> None:
    """Writes UTF-8. A file that stands there is replaced only once the new one is complete.

    Raises `OutputError`; then nothing has changed.
    """
    try:
        if path.exists() and not path.is_file():
            _into_device(document, path)
        else:
            _replace(document.encode(), Path(os.path.realpath(path)))
    except OSError as fault:
        raise OutputError(f"{path}: the report cannot be written ({fault.strerror})", _REMEDY) from fault
    except ValueError as fault:  # a settings file can name what no file can be called
        raise OutputError(f"{path}: the report cannot be written ({fault})", _REMEDY) from fault


def _into_device(document: str, device: Path) -> None:
    """A pipe or /dev/stdout must be written into: replacing it would break it. A folder refuses."""
    with device.open("wb") as stream:
        stream.write(document.encode())


def _replace(content: bytes, target: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, _mode(target))
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _mode(target: Path) -> int:
    """The old file's permissions, else what the process gives to new files."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
