"""A feed is gathered by story on the disk, in memory that does not grow; its stories are found again, in order."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.batch import _spool
from consistency.batch._layout import Layout
from consistency.batch._row import Row
from consistency.batch._spool import MOST_SHARDS, SHARD_BYTES, Spooled, shard_of, shards_for, spool, spooled
from consistency.batch._stories import Entry, dated, entries, groups, row_at, work
from tests.feeds import feed, write


def _gather(tmp_path: Path, rows: list[dict[str, Any]], shards: int = 4) -> tuple[Layout, Spooled]:
    layout = Layout(tmp_path / "out")
    layout.folder.mkdir(exist_ok=True)
    path = write(tmp_path / "feed.jsonl", rows)
    return layout, spool([(path, "feed")], layout, shards, lambda rows, name: None, lambda: None)


def _found(layout: Layout, shards: int = 4) -> list[tuple[Path, Entry]]:
    paths = [layout.rows(number) for number in range(shards)]
    return [(path, entry) for path in paths for entry in entries(path)]


def _rows(path: Path, entry: Entry) -> list[Row]:
    with path.open("rb") as stream:
        return [row_at(stream, offset) for offset in entry.offsets]


def test_rows_of_a_story_meet_in_one_shard_in_their_order(tmp_path: Path) -> None:
    rows = feed(40)
    layout, made = _gather(tmp_path, rows)
    wanted: dict[str, list[str]] = {}
    for row in rows:
        wanted.setdefault(row["story"], []).append(row["id"])
    found = {entry.story: [row.id for row in _rows(path, entry)] for path, entry in _found(layout)}
    assert found == wanted
    assert made == spooled(layout)
    assert (made.articles, made.rows, sum(made.shards)) == (len(rows),) * 3
    assert sum(bool(rows) for rows in made.shards) > 1


def test_no_shard_is_there_until_all_are(tmp_path: Path) -> None:
    layout = Layout(tmp_path)

    def changed() -> None:
        assert layout.gathering.exists()
        raise RuntimeError

    path = write(tmp_path / "feed.jsonl", feed(4))
    with pytest.raises(RuntimeError):
        spool([(path, "feed")], layout, 2, lambda rows, name: None, changed)
    assert not layout.work.exists()
    assert spooled(layout) is None
    spool([(path, "feed")], layout, 2, lambda rows, name: None, lambda: None)
    assert [one for _, one in _found(layout, 2)]
    assert not layout.gathering.exists()


def test_what_is_no_row_is_kept_apart_and_counted(tmp_path: Path) -> None:
    rows = [{"id": 1}, *feed(3), {"id": 2, "text": "x", "html": "y"}, {"id": 3, "text": "x", "tag": 1, "lang": "en"}]
    layout, made = _gather(tmp_path, rows)
    assert made.unread == {"shape": 2}
    assert made.ignored == {"lang": 1, "tag": 1}
    assert len(layout.unread.read_bytes().splitlines()) == 2


def test_what_is_told_of_a_bad_row_drives_no_terminal(tmp_path: Path) -> None:
    layout, _ = _gather(tmp_path, [{"text": "x", "role": "\u202eevil\u2028\x9b"}])
    told = layout.unread.read_text("utf-8")
    assert "evil" in told
    assert not {"\u202e", "\u2028", "\x9b"} & set(told)


def test_memory_and_open_files_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_spool, "BUFFER_BYTES", 4_000)
    monkeypatch.setattr(_spool, "_TELL_EVERY", 1)
    held: list[int] = []
    flush = _spool._Spool.flush

    def watched(self: _spool._Spool) -> None:
        held.append(self._held)
        flush(self)
        assert not self._waiting

    monkeypatch.setattr(_spool._Spool, "flush", watched)
    layout = Layout(tmp_path / "out")
    layout.folder.mkdir()
    opened: set[int] = set()
    path = write(tmp_path / "feed.jsonl", feed(300))
    files = Path("/proc/self/fd")

    def told(rows: int, name: str) -> None:
        opened.add(len(os.listdir(files)) if files.exists() else 0)

    spool([(path, "feed")], layout, 200, told, lambda: None)
    assert len(held) > 20
    assert max(held) < 5_000
    assert max(opened) - min(opened) <= 1


def test_the_number_of_shards_comes_of_the_size(tmp_path: Path) -> None:
    plain, packed, empty = tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz", tmp_path / "c.jsonl"
    for path, size in ((plain, SHARD_BYTES + 1), (packed, SHARD_BYTES), (empty, 0)):
        with path.open("wb") as stream:
            stream.truncate(size)
    assert [shards_for([path]) for path in (plain, packed, empty)] == [2, 4, 1]
    assert shards_for([plain, packed]) == 6
    with plain.open("wb") as stream:
        stream.truncate(2**40)
    assert shards_for([plain]) == MOST_SHARDS


@given(st.text(min_size=1), st.integers(1, 4096))
def test_a_story_is_always_in_one_shard(story: str, shards: int) -> None:
    one = Row("feed", 1, "a", story, "x")
    assert 0 <= shard_of(one, shards) == shard_of(msgspec.structs.replace(one, id="b", number=9), shards) < shards


def _story(tmp_path: Path, *more: dict[str, Any]) -> Entry:
    rows = [{"id": str(at), "story": "s", "text": "x", **one} for at, one in enumerate(more)]
    layout, _ = _gather(tmp_path, rows, 1)
    ((_, entry),) = _found(layout, 1)
    return entry


@pytest.mark.parametrize(
    ("rows", "reference"),
    [
        ([{}, {}, {}], 0),
        ([{}, {"published": "2026-01-02"}, {"published": "2026-01-01"}], 2),
        ([{"published": "2026-01-01"}, {"role": "report"}, {"original": True}], 2),
        ([{"published": "2026-01-01"}, {"role": "original"}, {"original": True}], 1),
        ([{"published": "2026-01-02T01:00:00+02:00"}, {"published": "2026-01-01T23:30:00Z"}], 0),
        ([{"published": "2026-01-02T00:00:00"}, {"published": "Thu, 01 Jan 2026 23:00:00 GMT"}], 1),
        ([{"published": "yesterday"}, {"published": "9999"}, {"published": "2026-01-01"}], 2),
        ([{"published": "2026-01-01"}, {"published": "2026-01-01"}], 0),
    ],
)
def test_the_reference_is_the_marked_else_the_earliest_else_the_first(
    tmp_path: Path, rows: list[dict[str, Any]], reference: int
) -> None:
    assert _story(tmp_path, *rows).reference == reference


@given(st.text(max_size=40))
def test_any_date_is_one_or_none(published: str) -> None:
    found = dated(published)
    assert found is None or found.tzinfo is not None


def test_a_story_is_read_up_to_its_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from consistency.batch import _stories

    layout, _ = _gather(tmp_path, [{"id": str(at), "story": "s", "text": "x" * 10} for at in range(10)], 1)
    ((path, entry),) = _found(layout, 1)

    def read(most: int) -> tuple[str, list[str], list[str]]:
        with path.open("rb") as stream:
            found = work(stream, entry, most)
            left = [row_at(stream, offset).id for offset in found.left]
            return found.reference.id, [row.id for row in found.versions], left

    assert read(200) == ("0", [str(at) for at in range(1, 10)], [])
    assert read(3) == ("0", ["1", "2", "3"], [str(at) for at in range(4, 10)])
    monkeypatch.setattr(_stories, "MOST_CHARACTERS", 35)
    assert read(200) == ("0", ["1", "2"], [str(at) for at in range(3, 10)])
    monkeypatch.setattr(_stories, "MOST_CHARACTERS", 5)
    assert read(200) == ("0", ["1"], [str(at) for at in range(2, 10)])


@given(
    st.lists(st.integers(1, 50), max_size=30),
    st.sets(st.integers(0, 29)),
    st.integers(0, 30),
    st.integers(1, 5),
    st.integers(1, 100),
)
def test_groups_hold_every_story_once_in_order(
    sizes: list[int], alone: set[int], first: int, most: int, size: int
) -> None:
    found = [Entry("s", "story", size=one) for one in sizes]
    made = list(groups(found, first, frozenset(alone), most=most, size=size))
    assert [at for one in made for at in one] == list(range(first, len(sizes)))
    for one in made:
        assert len(one) <= most
        assert len(one) == 1 or sum(sizes[at] for at in one) <= size
        assert len(one) == 1 or not alone & set(one)
