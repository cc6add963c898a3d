"""JSON lines, plain or gzip: one record a line, a line in memory at a time."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from consistency.batch._row import LONGEST_ROW, Row, refused, row
from consistency.records import Unread

_CHUNK = 2**16
_MARK = b"\xef\xbb\xbf"
_LONGEST_REASON = 200
_DECODER = msgspec.json.Decoder(dict[str, object])


def rows(path: Path, source: str) -> Iterator[Row | Unread]:
    """Each line as a row, or why it is none; blank lines are passed over."""
    number = 0
    try:
        with _opened(path) as stream:
            for number, line in _lines(stream):
                if line is None:
                    yield refused(source, number, f"is longer than {LONGEST_ROW:,} bytes")
                elif line.strip():
                    yield _row(line.removeprefix(_MARK) if number == 1 else line, source, number)
    except (OSError, EOFError, zlib.error) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        yield Unread(
            source,
            "unreadable",
            f"{source} cannot be read{f' after line {number}' if number else ''}: {reason}.",
            "Check the path and the permissions, or get the file anew: what follows in it was not read.",
        )


def _opened(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb"))


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers; one that is too long is None, and no more of it than its bound is ever held."""
    number = 0
    while line := stream.readline(LONGEST_ROW + 1):
        number += 1
        if len(line) <= LONGEST_ROW:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_CHUNK)
        yield number, None


def _row(line: bytes, source: str, number: int) -> Row | Unread:
    try:
        fields = _DECODER.decode(line)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as fault:
        return refused(source, number, f"is no record ({str(fault)[:_LONGEST_REASON]})")
    return row(fields, source, number)
