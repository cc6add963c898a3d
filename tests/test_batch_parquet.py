"""Dates in Parquet: whatever a cell holds, it costs no more than itself, and none of them needs pandas."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from consistency.batch import scan as module
from consistency.batch.group import group_files
from consistency.batch.rows import Row, rows
from consistency.batch.scan import scan
from consistency.records import Unread
from tests.feeds import LEXICAL, Here, text

GOOD = 1_767_225_600
"""Seconds until the first of January 2026."""


def _read(path: Path, published: Any, **columns: Any) -> list[Row | Unread]:
    number = len(published)
    parquet.write_table(
        pa.table({"id": [f"a{at}" for at in range(number)], "text": ["x"] * number, "published": published, **columns}),
        path / "feed.parquet",
    )
    return list(rows(path / "feed.parquet", "feed.parquet"))


def _dates(path: Path, published: Any) -> list[str | None]:
    found = _read(path, published)
    assert all(isinstance(one, Row) for one in found), found
    return [one.published for one in found if isinstance(one, Row)]


@pytest.mark.parametrize(
    ("kind", "good", "odd"),
    [
        (pa.timestamp("s"), GOOD, 253_402_300_800),
        (pa.timestamp("ms"), GOOD * 10**3, 253_402_300_800_000),
        (pa.timestamp("ms", "UTC"), GOOD * 10**3, 253_402_300_800_000),
        (pa.timestamp("ms", "Europe/Zurich"), GOOD * 10**3, 253_402_300_800_000 - 1),
        (pa.timestamp("us"), GOOD * 10**6, -(2**62)),
        (pa.timestamp("us", "+02:00"), GOOD * 10**6, -(2**62)),
        (pa.date32(), GOOD // 86_400, 2_932_897),
        (pa.date32(), GOOD // 86_400, -(2**31)),
        (pa.date64(), GOOD * 10**3, 253_402_300_800_000),
        (pa.date64(), GOOD * 10**3, -(2**62) // 86_400_000 * 86_400_000),
    ],
    ids=str,
)
def test_a_date_that_no_calendar_holds_is_none(tmp_path: Path, kind: Any, good: int, odd: int) -> None:
    first, second, third = _dates(tmp_path, pa.array([odd, good, None], kind))
    assert (first, third) == (None, None)
    assert second is not None
    when = datetime.fromisoformat(second)
    assert (when if when.tzinfo else when.replace(tzinfo=UTC)) == datetime.fromtimestamp(GOOD, UTC)


def test_the_zone_of_a_column_is_kept_and_one_that_nobody_knows_is_utc(tmp_path: Path) -> None:
    told = {
        zone: _dates(tmp_path, pa.array([GOOD], pa.timestamp("s", zone)))[0]
        for zone in ("UTC", "Europe/Zurich", "-03:30", "Mars/Olympus_Mons", "../../etc/passwd")
    }
    assert told == {
        "UTC": "2026-01-01T00:00:00+00:00",
        "Europe/Zurich": "2026-01-01T01:00:00+01:00",
        "-03:30": "2025-12-31T20:30:00-03:30",
        "Mars/Olympus_Mons": "2026-01-01T00:00:00+00:00",
        "../../etc/passwd": "2026-01-01T00:00:00+00:00",
    }


def test_nanoseconds_need_no_pandas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "pandas"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pandas", None)
    for zone, told in ((None, "2026-01-01T00:00:00.123456"), ("UTC", "2026-01-01T00:00:00.123456+00:00")):
        assert _dates(tmp_path, pa.array([GOOD * 10**9 + 123_456_789], pa.timestamp("ns", zone))) == [told]


def test_another_column_that_cannot_be_read_costs_its_row(tmp_path: Path) -> None:
    odd = pa.array([GOOD * 10**3, 253_402_300_800_000], pa.timestamp("ms"))
    first, second = _read(tmp_path, ["2026-01-01", "2026-01-02"], story=odd)
    assert isinstance(first, Row)
    assert first.story == "2026-01-01T00:00:00"
    assert isinstance(second, Unread)
    assert second.message == 'feed.parquet, row 2 has a "story" that cannot be read.'


def test_an_odd_date_ends_neither_a_scan_nor_a_grouping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ENGINES", {"local": Here})
    path = tmp_path / "x.parquet"
    odd = pa.array([GOOD * 10**3, 253_402_300_800_000], pa.timestamp("ms"))
    columns = {"id": ["a", "b"], "story": ["s", "s"], "text": [text(20), text(30)], "published": odd}
    parquet.write_table(pa.table(columns), path)
    summary = scan([str(path)], tmp_path / "out", LEXICAL)
    assert (summary.verdicts["findings"], summary.read.unread) == (1, {})
    assert group_files([path], tmp_path / "grouped").articles == 2
