"""The stories of one shard: first where their rows stand, then story by story the rows themselves."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypeAlias

import msgspec

from consistency.batch._row import Row
from consistency.records import Role

MOST_CHARACTERS = 20_000_000
"""Characters of one story's rows that are read into memory; versions past it are told as not checked."""


class _Head(msgspec.Struct):
    """What must be known of a row to find its story and its reference."""

    story: str = ""
    published: str | None = None
    role: Role | None = None
    reference: msgspec.Raw = msgspec.Raw()

    @property
    def is_pair(self) -> bool:
        return bool(bytes(self.reference))


_HEAD = msgspec.json.Decoder(_Head)
_ROW = msgspec.json.Decoder(Row)
_Rank: TypeAlias = tuple[int, datetime]
_NO_DATE = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Entry:
    """One story of a shard: where its rows begin in the file, in the feed's order, and which is its reference.

    A pair, and a row that names no story, is an entry of its own. `size` is in bytes.
    """

    story: str
    kind: str
    offsets: array[int] = field(default_factory=lambda: array("Q"))
    reference: int = 0
    rank: _Rank = (3, _NO_DATE)
    size: int = 0

    @property
    def results(self) -> int:
        """How many result rows come of it: one a version, one for what stands alone."""
        return max(1, len(self.offsets) - 1)


def entries(path: Path) -> list[Entry]:
    """The stories of a shard in the order in which the feed begins them; of each row only its place is kept.

    Entries of one story, as pairs that name it, stand beside each other.
    """
    found: list[Entry] = []
    stories: dict[str, Entry] = {}
    if not path.exists():
        return found
    offset = 0
    with path.open("rb") as stream:
        for line in stream:
            head = _HEAD.decode(line)
            if head.is_pair or not head.story:
                entry = Entry(head.story, "pair" if head.is_pair else "unnamed")
                found.append(entry)
            elif head.story in stories:
                entry = stories[head.story]
            else:
                entry = stories[head.story] = Entry(head.story, "story")
                found.append(entry)
            rank = _rank(head)
            if rank < entry.rank:
                entry.rank, entry.reference = rank, len(entry.offsets)
            entry.offsets.append(offset)
            entry.size += len(line)
            offset += len(line)
    beside: dict[str | int, list[Entry]] = {}
    for at, entry in enumerate(found):
        beside.setdefault(entry.story or at, []).append(entry)
    return [entry for alike in beside.values() for entry in alike]


def _rank(head: _Head) -> _Rank:
    """The row with the lowest is the reference, of equal ones the first: marked, else earliest, else not dated."""
    if head.role == "original":
        return 0, _NO_DATE
    when = dated(head.published)
    return (2, _NO_DATE) if when is None else (1, when)


def dated(published: str | None) -> datetime | None:
    """ISO 8601, or the date of a mail or a feed; without a zone it is taken as UTC. None for anything else."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            when = read((published or "").strip())
            return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


@dataclass(slots=True)
class Work:
    """One story with its rows: the reference, the versions to be compared with it, and where the others begin."""

    story: str
    kind: str
    reference: Row
    versions: list[Row]
    left: Sequence[int]

    @property
    def owed(self) -> list[Row]:
        """The rows that get a result each."""
        return self.versions or [self.reference]

    @property
    def against(self) -> Row | None:
        """The row they are held against: of a pair its own, of an article that stands alone none."""
        return self.reference if self.versions or self.kind == "pair" else None


def work(stream: BinaryIO, entry: Entry, most_versions: int) -> Work:
    """The rows of a story, read from its shard: no more of them than the bounds allow."""
    reference = row_at(stream, entry.offsets[entry.reference])
    if entry.kind != "story":
        return Work(entry.story, entry.kind, reference, [], ())
    others = entry.offsets[: entry.reference] + entry.offsets[entry.reference + 1 :]
    versions: list[Row] = []
    room = MOST_CHARACTERS - _length(reference)
    for offset in islice(others, most_versions):
        version = row_at(stream, offset)
        room -= _length(version)
        if room < 0 and versions:
            break
        versions.append(version)
    return Work(entry.story, entry.kind, reference, versions, others[len(versions) :])


def row_at(stream: BinaryIO, offset: int) -> Row:
    stream.seek(offset)
    return _ROW.decode(stream.readline())


def _length(row: Row) -> int:
    return len(row.text or "") + len(row.html or "")


def groups(found: Sequence[Entry], first: int, alone: frozenset[int], *, most: int, size: int) -> Iterator[range]:
    """The entries from `first` on in runs of at most `most` and about `size` bytes; those of `alone` by themselves."""
    start = first
    while start < len(found):
        end = start + 1
        held = found[start].size
        while start not in alone and end < len(found) and end - start < most and end not in alone:
            held += found[end].size
            if held > size:
                break
            end += 1
        yield range(start, end)
        start = end
