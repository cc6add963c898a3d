"""The first pass: rows of a feed, wherever they stand in it, are put with others of their story into one of the shards.

Memory holds one row and a buffer of fixed size; one file is open at a time.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec

from consistency.batch import _files, _folder
from consistency.batch._layout import Layout
from consistency.batch.rows import Row, rows
from consistency.records import Unread
from consistency.report import dumped

BUFFER_BYTES = 8 * 2**20
SHARD_BYTES = 2**17
"""A hundred short stories or a dozen long ones: so few that a small feed too reaches every worker."""
MOST_SHARDS = 4096
_PACKED = 4
"""A compressed file unpacks to about as many times its size."""
_MOST_NAMES = 100
_TELL_EVERY = 256

Told = Callable[[int, str], None]
"""Called with the rows read so far and the file that is being read."""


class Spooled(msgspec.Struct, frozen=True):
    """What the feed held: rows by kind, rows and files that were not read by code, rows in which a column was
    passed over by the column's name, and the rows of each shard."""

    articles: int
    pairs: int
    unread: dict[str, int]
    ignored: dict[str, int]
    shards: tuple[int, ...]

    @property
    def rows(self) -> int:
        return self.articles + self.pairs


def shards_for(inputs: Iterable[Path]) -> int:
    """How many shards: by the size of the input and nothing else, so that any number of workers can go on with them."""
    size = sum(path.stat().st_size * (1 if _plain(path) else _PACKED) for path in inputs)
    return max(1, min(MOST_SHARDS, -(-size // SHARD_BYTES)))


def _plain(path: Path) -> bool:
    return path.suffix.lower() in {".jsonl", ".ndjson"}


def spool(
    inputs: Iterable[tuple[Path, str]], layout: Layout, shards: int, told: Told, unchanged: Callable[[], None]
) -> Spooled:
    """Reads every input (its path, and what to call it); the folder `work` is there when all of it is.

    What a run that did not come so far has left is removed. Rows and files that cannot be read stand in
    `unread.jsonl`. `unchanged` raises if the inputs were no longer what they were.
    """
    _folder.ready(layout)
    layout.gathering.mkdir(parents=True)
    refused = layout.gathering / layout.unread.name
    with refused.open("wb") as stream:
        counted = _Spool(layout, shards, stream)
        for path, name in inputs:
            for one in rows(path, name):
                counted.take(one)
                if counted.read % _TELL_EVERY == 0:
                    told(counted.read, name)
        _files.settle(stream)
    counted.flush()
    unchanged()
    made = counted.spooled()
    _settle(layout.gathering)
    _files.publish(refused, layout.unread)
    _files.write(layout.gathering / layout.spooled.name, msgspec.json.encode(made))
    _files.publish(layout.gathering, layout.work)
    return made


def spooled(layout: Layout) -> Spooled | None:
    """What an earlier run gathered; None where none was finished."""
    try:
        return msgspec.json.decode(layout.spooled.read_bytes(), type=Spooled)
    except FileNotFoundError:
        return None


class _Spool:
    """Takes rows, holds a buffer of them, and writes it out by shard when it is full."""

    def __init__(self, layout: Layout, shards: int, refused: BinaryIO) -> None:
        self._paths = [layout.rows(number, layout.gathering) for number in range(shards)]
        self._refused = refused
        self._waiting: dict[int, list[bytes]] = {}
        self._held = 0
        self._rows = [0] * shards
        self._kinds: Counter[str] = Counter()
        self._unread: Counter[str] = Counter()
        self._ignored: Counter[str] = Counter()
        self._encoder = msgspec.json.Encoder()
        self.read = 0

    def take(self, one: Row | Unread) -> None:
        self.read += 1
        if isinstance(one, Unread):
            self._unread[one.code] += 1
            self._refused.write(dumped(msgspec.to_builtins(one), indent=None).encode() + b"\n")
            return
        self._kinds["articles" if one.reference is None else "pairs"] += 1
        for name in one.ignored:
            if name in self._ignored or len(self._ignored) < _MOST_NAMES:
                self._ignored[name] += 1
        line = self._encoder.encode(msgspec.structs.replace(one, ignored=())) + b"\n"
        number = shard_of(one, len(self._paths))
        self._rows[number] += 1
        self._waiting.setdefault(number, []).append(line)
        self._held += len(line)
        if self._held >= BUFFER_BYTES:
            self.flush()

    def flush(self) -> None:
        for number, lines in sorted(self._waiting.items()):
            with self._paths[number].open("ab") as stream:
                stream.writelines(lines)
        self._waiting.clear()
        self._held = 0

    def spooled(self) -> Spooled:
        return Spooled(
            articles=self._kinds["articles"],
            pairs=self._kinds["pairs"],
            unread=dict(sorted(self._unread.items())),
            ignored=dict(sorted(self._ignored.items())),
            shards=tuple(self._rows),
        )


def shard_of(row: Row, shards: int) -> int:
    """By the story, so that all its rows meet; rows of none are spread."""
    key = row.story or f"{row.source}:{row.number}"
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") % shards


def _settle(folder: Path) -> None:
    """Every file of the folder is on the disk before anything says so."""
    for path in folder.iterdir():
        with path.open("rb+") as stream:
            _files.settle(stream)
