"""GitHub's summary of a step: a Markdown file that every command of the step may add to."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from consistency.errors import OutputError

_VARIABLE = "GITHUB_STEP_SUMMARY"
_MOST = 1_000_000
"""Bytes; GitHub drops a summary of more than 1 MiB whole, together with what others wrote there."""


def add(document: str) -> str:
    """Appends to the summary of the step, where there is one. The problem, if it has no room left; else nothing.

    Raises `OutputError` if the file cannot be written: the step asked for a summary and would have none.
    """
    named = os.environ.get(_VARIABLE)
    if not named:
        return ""
    content = f"{document}\n".encode()
    path = Path(named)
    try:
        taken = path.stat().st_size if path.exists() else 0
        if taken + len(content) > _MOST:
            return f"the step summary has no room left ({taken:,} bytes are taken); the report is not in it"
        _append(content, path, taken)
    except OSError as fault:
        raise OutputError(
            f"the step summary cannot be written ({fault.strerror})", f"mend {_VARIABLE}, or unset it"
        ) from fault
    return ""


def _append(content: bytes, path: Path, taken: int) -> None:
    try:
        with path.open("ab") as stream:
            stream.write(content)
    except OSError:
        with contextlib.suppress(OSError):  # half of it would be worse than none
            os.truncate(path, taken)
        raise
