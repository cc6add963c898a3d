"""A feed in rows, JSON lines or Parquet, read one row at a time: an article each, or a pair of texts.

An article has an `id`, the `story` it tells, and its `text` or `html`; a pair has the texts `reference` and `version`.
A row that is none is an `Unread`, and the rest of its file goes on; so is a file that is broken, up to where it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from consistency.batch import _lines, _parquet
from consistency.batch._row import Row as Row  # noqa: PLC0414  (the record that everyone who reads rows takes)
from consistency.records import Unread

FORMATS: Mapping[str, Callable[[Path, str], Iterator[Row | Unread]]] = {
    ".jsonl": _lines.rows,
    ".ndjson": _lines.rows,
    ".jsonl.gz": _lines.rows,
    ".ndjson.gz": _lines.rows,
    ".parquet": _parquet.rows,
}
"""Who reads a file, by the end of its name."""


def suffix(path: str | Path) -> str:
    """The end of the file's name that says how it is read; "" for one that no reader knows."""
    name = Path(path).name.lower()
    return next((known for known in FORMATS if name.endswith(known)), "")


def named(path: str | Path) -> str:
    """A path as text that every encoding takes: bytes that are no UTF-8 are spelt out, as `\\xff`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def rows(path: str | Path, source: str | None = None) -> Iterator[Row | Unread]:
    """Every row of the file in order, or why it is none; `source` is what to call the file (its path).

    At most one row, or one batch of Parquet rows, is in memory. Raises `MissingExtra` where a Parquet file is given
    and pyarrow is not installed; never for what stands in the file.
    """
    name = named(path) if source is None else source
    known = suffix(path)
    if not known:
        yield Unread(
            name, "shape", f"{name} is neither JSON lines nor Parquet.", f"Give a file whose name ends in {_endings()}."
        )
        return
    yield from FORMATS[known](Path(path), name)


def _endings() -> str:
    *first, last = FORMATS
    return f"{', '.join(first)} or {last}"
