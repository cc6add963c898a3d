"""Files that an earlier command wrote, read back."""

from __future__ import annotations

import sys
from pathlib import Path

from consistency.errors import InputError
from consistency.records import Run

_LARGEST = 2**30
_STANDARD = "-"


def saved(path: str) -> Run:
    """The run in a JSON report; "-" = standard input. Raises `InputError`."""
    from consistency.report.json import load

    data = content(path, _LARGEST)
    try:
        return load(data)
    except InputError as fault:
        raise InputError(f"{path}: {fault}", fault.remedy) from fault


def has_text(run: Run) -> bool:
    """Whether the articles' texts were saved with the report."""
    return any(article.text for report in run.reports for article in report.story.articles)


def content(path: str, largest: int, remedy: str = "name an existing file") -> bytes:
    """What stands in a file, if it is no longer than `largest` bytes."""
    try:
        if path == _STANDARD:
            if sys.stdin is None:
                raise InputError("standard input is closed", "give a file in place of -")
            data = sys.stdin.buffer.read(largest + 1)
        else:
            with Path(path).open("rb") as stream:
                data = stream.read(largest + 1)
    except OSError as fault:
        raise InputError(f"{path}: cannot be read ({fault.strerror})", remedy) from fault
    except ValueError as fault:
        raise InputError(f"{path!r} is no file name ({fault})", remedy) from fault
    if len(data) > largest:
        raise InputError(f"{path}: larger than {largest >> 20:,} MiB", "give a smaller file, a story at a time")
    return data
