"""What docs/scan.md says of rows, results and bounds is so."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from consistency.batch import _results, _row, _stories
from consistency.batch import _wire as wire
from consistency.batch import scan as module
from consistency.batch._job import MOST_VERSIONS
from consistency.batch._layout import Layout
from consistency.batch.rows import FORMATS
from consistency.batch.scan import scan
from tests.feeds import LEXICAL, Here, result_rows

PAGE = (Path(__file__).parent.parent / "docs" / "scan.md").read_text("utf-8")
ARTICLES, PAIR, RESULT = re.findall(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def _table(head: str) -> set[str]:
    """The words in backticks in the first column of the table with this head."""
    (rows,) = re.findall(rf"^\| {head} \|.*\n\| --- .*\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    return {word for row in rows.splitlines() for word in re.findall(r"`([^`]+)`", row.split("|")[1])}


def _scanned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: str) -> list[dict[str, Any]]:
    monkeypatch.setattr(module, "ENGINES", {"local": Here})
    monkeypatch.chdir(tmp_path)
    Path("feed.jsonl").write_text(rows)
    scan(["feed.jsonl"], "out", LEXICAL)
    return result_rows(Path("out"))


def test_the_rows_make_the_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = _scanned(tmp_path, monkeypatch, ARTICLES)
    told = msgspec.json.decode(RESULT, type=wire.Result)
    made = msgspec.convert(found, wire.Result)
    (confident,), (finding,) = told.findings, made.findings
    assert (
        msgspec.structs.replace(told, findings=(msgspec.structs.replace(confident, confidence=finding.confidence),))
        == made
    )


def test_the_pair_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = _scanned(tmp_path, monkeypatch, PAIR)
    assert (found["story"], found["reference"]) == ("p1", found["version"])
    assert found["coverage"]["compared"] == 1


def test_every_column_field_verdict_and_code_is_told() -> None:
    assert _table("column") == set(_row.COLUMNS)
    assert _table("field") == set(wire.Result.__struct_fields__)
    assert set(json.loads(RESULT)) == set(wire.Result.__struct_fields__)
    assert _table("verdict") == set(get_args(wire.Verdict))
    assert _table("code") == set(get_args(wire.Why))
    assert all(f"`{end}`" in PAGE for end in FORMATS if not end.endswith(".gz"))


def test_every_file_is_told() -> None:
    layout = Layout("")
    told = {name.partition("/")[0] for name in _table("in the folder")}
    shown = (layout.results, layout.summary, layout.unread, layout.plan, layout.work)
    assert told == {path.name for path in shown}


def test_the_bounds_are_what_they_are() -> None:
    assert (_row.LONGEST_ROW, MOST_VERSIONS, _stories.MOST_CHARACTERS) == (32 * 2**20, 200, 20_000_000)
    assert (_results.MOST_FINDINGS, _results.LONGEST_TEXT) == (200, 1_200)
