"""Rows of a feed: what is one, what is none, and that a broken file or line costs only itself."""

from __future__ import annotations

import builtins
import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from consistency.batch import _lines, _row
from consistency.batch.rows import FORMATS, Row, rows, suffix
from consistency.errors import MissingExtra
from consistency.records import Unread
from tests.feeds import text


def _lines_of(path: Path, *lines: object) -> Path:
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
    return path


def _read(path: Path) -> list[Row | Unread]:
    return list(rows(path, "feed"))


def _one(path: Path, record: object) -> Row | Unread:
    (found,) = _read(_lines_of(path / "feed.jsonl", record))
    return found


def _message(found: Row | Unread) -> str:
    assert isinstance(found, Unread)
    assert found.remedy
    return found.message


def test_an_article_has_its_fields(tmp_path: Path) -> None:
    found = _one(
        tmp_path,
        {
            "id": "a",
            "story": "s",
            "text": "Words.",
            "title": "T",
            "published": "2026-01-01",
            "url": "u",
            "version": 2,
            "role": "report",
        },
    )
    assert found == Row("feed", 1, "a", "s", "Words.", None, "T", "2026-01-01", "u", "2", "report")


def test_a_page_a_pair_and_the_original(tmp_path: Path) -> None:
    path = _lines_of(
        tmp_path / "feed.jsonl",
        {"id": "a", "story": "s", "html": "<p>Words.</p>", "original": True},
        {"id": "b", "reference": "One.", "version": "Two."},
        {"id": "c", "story": "s", "reference": "One.", "version": "Two."},
        {"story": "s", "text": "", "html": "<p>Words.</p>"},
    )
    assert _read(path) == [
        Row("feed", 1, "a", "s", html="<p>Words.</p>", role="original"),
        Row("feed", 2, "b", "b", "Two.", reference="One."),
        Row("feed", 3, "c", "s", "Two.", reference="One."),
        Row("feed", 4, "feed:4", "s", html="<p>Words.</p>"),
    ]


@pytest.mark.parametrize(("given_id", "told"), [(7, "7"), (7.0, "7"), (7.5, "7.5"), ("7", "7"), (None, "feed:1")])
def test_an_id_is_text_however_it_was_written(tmp_path: Path, given_id: object, told: str) -> None:
    found = _one(tmp_path, {"id": given_id, "text": "Words."})
    assert isinstance(found, Row)
    assert found.id == told


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (1_767_225_600, "2026-01-01T00:00:00+00:00"),
        (1_767_225_600_000, "2026-01-01T00:00:00+00:00"),
        (10**30, None),
        ("1 May", "1 May"),
    ],
)
def test_a_date_may_be_a_number(tmp_path: Path, published: object, told: str | None) -> None:
    found = _one(tmp_path, {"text": "Words.", "published": published, "title": ["no", "text"], "url": 3})
    assert isinstance(found, Row)
    assert (found.published, found.title, found.url) == (told, "", "")


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({"id": "a"}, 'needs either "text" or "html"'),
        ({"text": "a", "html": "b"}, 'needs either "text" or "html"'),
        ({"reference": "a"}, "needs the text of its"),
        ({"reference": "a", "version": 3}, "needs the text of its"),
        ({"reference": "a", "version": "b", "text": "c"}, "needs the text of its"),
        ({"text": "a", "role": "boss"}, "is no row (Invalid enum value 'boss'"),
        ({"text": 3}, "is no row"),
        ({"text": "a", "id": "x" * 501}, "has a id of more than 500"),
        ({"text": "a", "story": "x" * 501}, "has a story of more than 500"),
        ([1], "is no record"),
        ("words", "is no record"),
    ],
)
def test_what_is_no_row_says_why(tmp_path: Path, record: object, why: str) -> None:
    message = _message(_one(tmp_path, record))
    assert message.startswith("feed, line 1 ")
    assert why in message


def test_a_bad_line_costs_only_itself(tmp_path: Path) -> None:
    path = _lines_of(
        tmp_path / "feed.jsonl",
        b'\xef\xbb\xbf{"id": 1, "text": "a"}',
        b'{"id": 2, "text": ',
        b"\xff\xfe",
        b"",
        b"   \r",
        b'{"a":' * 100_000,
        b'{"id": 7, "text": "half \\ud800"}',
        {"id": 8, "text": "b\u2028c"},
    )
    found = _read(path)
    assert [one.number for one in found if isinstance(one, Row)] == [1, 8]
    assert [_message(one).partition(" is")[0] for one in found[1:-1]] == [f"feed, line {at}" for at in (2, 3, 6, 7)]


def test_a_line_without_end_is_never_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_lines, "LONGEST_ROW", 1_000)
    monkeypatch.setattr(_lines, "_CHUNK", 100)
    asked: list[int] = []

    class Stream:
        def __init__(self) -> None:
            self._lines = [b'{"text": "' + b"x" * 100_000 + b'"}\n', b'{"text": "y"}\n']

        def readline(self, size: int) -> bytes:
            asked.append(size)
            line = self._lines[0] if self._lines else b""
            head, rest = line[:size], line[size:]
            if self._lines:
                self._lines[0:1] = [rest] if rest else []
            return head

    found: Any = _lines._lines(Stream())  # type: ignore[arg-type]
    assert list(found) == [(1, None), (2, b'{"text": "y"}\n')]
    assert max(asked) == 1_001


def test_a_line_that_is_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_lines, "LONGEST_ROW", 40)
    fits = {"id": "a", "text": "x" * 16}
    assert len(json.dumps(fits)) == 39
    found = _read(_lines_of(tmp_path / "feed.jsonl", fits, {"id": "b", "text": "x" * 20}, fits))
    assert [isinstance(one, Row) for one in found] == [True, False, True]
    assert "line 2 is longer than 40 bytes" in _message(found[1])


def test_gzip_is_read_and_a_cut_file_up_to_the_cut(tmp_path: Path) -> None:
    lines = b"".join(
        json.dumps({"id": at, "text": f"{at * 7919 % 10_007} " * 50}).encode() + b"\n" for at in range(500)
    )
    whole, cut = tmp_path / "feed.jsonl.gz", tmp_path / "cut.ndjson.gz"
    whole.write_bytes(gzip.compress(lines))
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert [one.id for one in _read(whole) if isinstance(one, Row)] == [str(at) for at in range(500)]
    *read, last = _read(cut)
    assert 10 < len(read) < 490
    assert f"cannot be read after line {len(read)}" in _message(last)


@pytest.mark.parametrize("name", ["feed.jsonl.gz", "feed.parquet", "none.jsonl", "none.parquet", "feed.csv"])
def test_a_file_that_is_no_such_thing_is_one_fault(tmp_path: Path, name: str) -> None:
    if not name.startswith("none"):
        (tmp_path / name).write_bytes(b"no such thing")
    (found,) = _read(tmp_path / name)
    assert _message(found).startswith("feed ")


def _table(path: Path, **columns: Any) -> Path:
    parquet.write_table(pa.table(columns), path)
    return path


def test_parquet_is_read_with_the_columns_that_are_asked_for(tmp_path: Path) -> None:
    path = _table(
        tmp_path / "feed.parquet",
        id=[1, None, 3],
        story=pa.array(["a", None, "c"]).dictionary_encode(),
        text=["x", "y", None],
        html=[None, None, "<p>z</p>"],
        published=pa.array([datetime(2026, 1, 2, tzinfo=UTC), None, datetime(2026, 1, 3, tzinfo=UTC)]),
        original=[True, False, None],
        embedding=[[1.0], [2.0], [3.0]],
    )
    ignored = ("embedding",)
    assert _read(path) == [
        Row("feed", 1, "1", "a", "x", published="2026-01-02T00:00:00+00:00", role="original", ignored=ignored),
        Row("feed", 2, "feed:2", "", "y", ignored=ignored),
        Row("feed", 3, "3", "c", html="<p>z</p>", published="2026-01-03T00:00:00+00:00", ignored=ignored),
    ]


def test_parquet_of_bytes_and_dates_and_broken_text(tmp_path: Path) -> None:
    path = _table(
        tmp_path / "feed.parquet",
        text=pa.array([b"fine", b"\xff\xfe", "grün".encode()]),
        published=[date(2026, 1, 2)] * 3,
    )
    first, second, third = rows(path, "feed.parquet")
    assert isinstance(first, Row)
    assert (first.text, first.published) == ("fine", "2026-01-02")
    assert "row 2 holds text that is not UTF-8" in _message(second)
    assert isinstance(third, Row)
    assert third.text == "grün"


@pytest.mark.parametrize("share", [0, 1, 4, 50, 90, 99])
def test_parquet_cut_anywhere_is_one_fault_with_a_remedy(tmp_path: Path, share: int) -> None:
    path = _table(tmp_path / "feed.parquet", id=list(range(1000)), text=[text(at) for at in range(1000)])
    path.write_bytes(path.read_bytes()[: path.stat().st_size * share // 100])
    (found,) = _read(path)
    assert _message(found).startswith("feed cannot be read as Parquet")


def test_parquet_damaged_inside_gives_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "feed.parquet"
    columns = {"id": list(range(4000)), "text": [f"{at * 7919 % 10_007} {at}" * 9 for at in range(4000)]}
    parquet.write_table(pa.table(columns), path, row_group_size=1000)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 2_000] = b"\xff" * 2_000
    path.write_bytes(data)
    *read, last = _read(path)
    assert 0 < len(read) < 4000
    assert f"after row {len(read)}" in _message(last)


def test_parquet_in_batches_is_the_same_in_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from consistency.batch import _parquet

    path = _table(tmp_path / "feed.parquet", id=list(range(700)), text=[text(at) for at in range(700)])
    whole = _read(path)
    assert [one.number for one in whole if isinstance(one, Row)] == list(range(1, 701))
    monkeypatch.setattr(_parquet, "_BATCH_BYTES", 1)
    assert _read(path) == whole


def test_without_pyarrow_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _table(tmp_path / "feed.parquet", text=["x"])
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra) as raised:
        _read(path)
    assert raised.value.remedy == 'pip install "consistency[parquet]"'


def test_names_say_who_reads() -> None:
    assert {suffix(f"a/FEED{end.upper()}") for end in FORMATS} == set(FORMATS)
    assert [suffix(name) for name in ("feed.json", "feed.csv", "feed", "feed.gz")] == [""] * 4


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(_row.COLUMNS) | st.text(max_size=5), _json, max_size=8))
def test_any_record_is_a_row_or_says_why(record: dict[str, Any]) -> None:
    found = _row.row(record, "feed", 1)
    if isinstance(found, Row):
        assert (found.text is None) != (found.html is None)
        assert found.id
        assert found.reference is None or found.story
        assert set(found.ignored) == record.keys() - set(_row.COLUMNS)
    else:
        assert found.message.startswith("feed, line 1 ")
