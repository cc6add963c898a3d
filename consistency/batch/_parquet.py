"""Parquet: a batch of rows in memory at a time, and of its columns only those that are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from consistency.batch._row import COLUMNS, LONGEST_NAME, LONGEST_ROW, Row, refused, row
from consistency.errors import MissingExtra
from consistency.records import Unread

_BATCH_BYTES = 8 * 2**20
_BUFFER = 2**20
"""Bytes read ahead of each column: a group of rows, which may be the whole file, is never read at once."""
_MOST_ROWS = 256
"""Rows of a batch; fewer where rows are long."""
_LONGEST_REASON = 200


def rows(path: Path, source: str) -> Iterator[Row | Unread]:
    """Each row, or why it is none. Raises `MissingExtra` without pyarrow."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as fault:
        raise MissingExtra(
            f"{source} is a Parquet file, and pyarrow is not installed", 'pip install "consistency[parquet]"'
        ) from fault
    number = 0
    try:
        with parquet.ParquetFile(path, buffer_size=_BUFFER, pre_buffer=False) as file:
            names = file.schema_arrow.names
            wanted = [name for name in COLUMNS if name in names]
            ignored = {name[:LONGEST_NAME]: None for name in names if name not in wanted}
            for batch in file.iter_batches(_rows_a_batch(file.metadata), columns=wanted, use_threads=False):
                for fields in _records(batch):
                    number += 1
                    yield _row({**ignored, **fields}, source, number)
    except (pyarrow.ArrowException, OSError) as fault:
        reason = str(fault).strip().partition("\n")[0][:_LONGEST_REASON].rstrip(".")
        after = f" after row {number}" if number else ""
        yield Unread(
            source,
            "unreadable",
            f"{source} cannot be read as Parquet{after}: {reason}.",
            "Write the file anew: it is cut off, damaged or of another format.",
        )


def _rows_a_batch(metadata: Any) -> int:
    """As many as fill the batch, by what the file says of itself."""
    size = sum(metadata.row_group(at).total_byte_size for at in range(metadata.num_row_groups))
    each = max(1, size // max(1, metadata.num_rows))
    return int(max(1, min(_MOST_ROWS, _BATCH_BYTES // each)))


def _records(batch: Any) -> Iterator[Mapping[str, Any]]:
    """The rows one by one, each built from its own cells: one with broken text spoils no other."""
    names = batch.schema.names
    columns = [batch.column(at) for at in range(len(names))]
    for at in range(batch.num_rows):
        yield {name: _value(column[at]) for name, column in zip(names, columns, strict=True)}


def _value(cell: Any) -> Any:
    """A cell as JSON would have it; bytes are text that its writer did not declare."""
    try:
        value = _moment(cell) if hasattr(cell.type, "tz") and cell.is_valid else cell.as_py()
        if isinstance(value, bytes):
            return value.decode()
        return value.isoformat() if isinstance(value, date | datetime) else value
    except UnicodeDecodeError:
        return _BROKEN
    except (ValueError, OverflowError, LookupError, ImportError, NotImplementedError):  # pyarrow's are among these
        return _BEYOND


def _moment(cell: Any) -> datetime:
    """The date and time of a timestamp; read here, since pyarrow needs pandas for one in nanoseconds."""
    when = _EPOCH + timedelta(microseconds=cell.value * 10**6 // _A_SECOND[cell.type.unit])
    if cell.type.tz is None:
        return when
    return when.replace(tzinfo=UTC).astimezone(_zone(cell.type.tz))


@cache
def _zone(name: str) -> tzinfo:
    """A zone by its name or as `+02:00`; one that nobody knows is UTC, in which the moment itself is told."""
    try:
        return datetime.strptime(name, "%z").tzinfo or UTC
    except ValueError:
        pass
    try:
        return ZoneInfo(name)
    except (ValueError, LookupError, OSError):
        return UTC


_EPOCH = datetime(1970, 1, 1)
"""Without a zone, as are the dates of a column that names none."""
_A_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_BROKEN = object()
_BEYOND = object()
"""A value that has no counterpart here, as a date in the year 10000."""


def _row(fields: Mapping[str, Any], source: str, number: int) -> Row | Unread:
    if fields.get("published") is _BEYOND:
        fields = {**fields, "published": None}  # as for a number that is no date
    beyond = next((name for name, value in fields.items() if value is _BEYOND), None)
    if beyond is not None:
        return refused(source, number, f'has a "{beyond}" that cannot be read')
    if any(value is _BROKEN for value in fields.values()):
        return refused(source, number, "holds text that is not UTF-8")
    if sum(len(value) for value in fields.values() if isinstance(value, str)) > LONGEST_ROW:
        return refused(source, number, f"is longer than {LONGEST_ROW:,} characters")
    return row(fields, source, number)
