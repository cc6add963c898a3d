"""Unified rows: what is read, and what is refused with file and row."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Final

import pytest

from consistency.errors import InputError
from eval import rows as data

ROWS: Final[list[dict[str, object]]] = [
    {"premise": "p", "hypothesis": "h", "label": "entailment"},
    {"premise": "p", "hypothesis": "not h", "label": "contradiction", "kind": "negation"},
    {"premise": "p", "hypothesis": "other", "label": "neutral"},
    {"premise": "q", "hypothesis": "h", "label": "consistent", "id": "long"},
    {"premise": "q", "hypothesis": "not h", "label": "inconsistent", "cluster": 7},
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    return path


def test_rows_are_read_with_their_usual_values(file: Path) -> None:
    first, second, third, fourth, fifth = data.load([file])
    assert (first.id, first.kind, first.truth) == ("rows.jsonl:1", "", False)
    assert (second.kind, second.truth) == ("negation", True)
    assert third.truth is None
    assert fourth.id == "long"
    assert fifth.cluster == "7"


def test_rows_of_one_premise_are_one_cluster(file: Path) -> None:
    first, second, third, fourth, _ = data.load([file])
    assert first.cluster == second.cluster == third.cluster != fourth.cluster
    assert len(first.cluster) == 12


def test_texts_are_made_plain_as_an_article_is(tmp_path: Path) -> None:
    row = {"premise": "It\x92s a sepa\xadrate\xa0one", "hypothesis": "\u200bh\r\n", "label": "neutral"}
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row), "utf-8")
    (read,) = data.load([path])
    assert (read.premise, read.hypothesis) == ("It’s a separate one", "h\n")


def test_gzip_blank_lines_and_line_ends_make_no_difference(file: Path, tmp_path: Path) -> None:
    packed = tmp_path / "rows.jsonl.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    windows = tmp_path / "windows.jsonl"
    windows.write_bytes(b"\n" + file.read_bytes().replace(b"\n", b"\r\n") + b"\n\n")
    plain = [(row.premise, row.hypothesis, row.cluster, row.truth) for row in data.load([file])]
    for other in (packed, windows):
        assert [(row.premise, row.hypothesis, row.cluster, row.truth) for row in data.load([other])] == plain
    assert data.digest([packed]) == data.digest([file]) != data.digest([windows])


def test_a_line_separator_inside_a_text_ends_no_row(tmp_path: Path) -> None:
    row = {"premise": "one\u2028two\x0b\x85three", "hypothesis": "h", "label": "neutral"}
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    assert data.load([path])[0].premise == "one\ntwo\n\nthree"


def test_every_label_has_one_meaning() -> None:
    groups = (data.CONSISTENT, data.INCONSISTENT, data.NEITHER)
    assert sum(map(len, groups)) == len(frozenset().union(*groups)) == 18


ROW: Final = b'{"premise": "p", "hypothesis": "h", "label": "neutral"}\n'


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b'{"hypothesis": "h", "label": "neutral"}', "premise"),
        (b'{"premise": "p", "label": "neutral"}', "hypothesis"),
        (b'{"premise": "p", "hypothesis": "h"}', "label"),
        (b'{"premise": 3, "hypothesis": "h", "label": "neutral"}', "premise"),
        (b'{"premise": "p", "hypothesis": null, "label": "neutral"}', "hypothesis"),
        (b'{"premise": "p", "hypothesis": "\\ud800", "label": "neutral"}', "hypothesis"),
        (b'{"premise": "p", "hypothesis": "h", "label": "maybe"}', "'maybe'"),
        (b'{"premise": "p", ', "not JSON"),
        (b"premise,hypothesis,label", "not JSON"),
        (b'["p", "h", "neutral"]', "premise"),
        (b"7", "premise"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"9" * 10_000, "not JSON"),
    ],
)
def test_a_bad_row_is_named(line: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(ROW + b"\n" + line + b"\n" + ROW)
    with pytest.raises(InputError) as caught:
        data.load([path])
    assert f"{path}, row 3" in str(caught.value)
    assert told in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "content", [None, b"", b"\n \n", b"no gzip", gzip.compress(ROW * 50, mtime=0)[:-20], b"\x1f\x8b\x08" + b"\0" * 9]
)
@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz"])
def test_a_bad_file_is_named(content: bytes | None, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=name) as caught:
        data.load([path])
    assert caught.value.remedy


def test_a_folder_is_no_file_of_rows(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=tmp_path.name):
        data.load([tmp_path])


def test_a_byte_order_mark_is_no_fault(file: Path, tmp_path: Path) -> None:
    marked = tmp_path / "marked" / "rows.jsonl"
    marked.parent.mkdir()
    marked.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert data.load([marked]) == data.load([file])


def test_nought_is_a_name_and_null_is_none(tmp_path: Path) -> None:
    row: dict[str, object] = {"premise": "p", "hypothesis": "h", "label": "neutral"}
    path = tmp_path / "rows.jsonl"
    given: list[dict[str, object]] = [{"id": 0, "kind": 0}, {"id": None, "kind": None}, {"id": "", "kind": ""}]
    path.write_text("".join(json.dumps(row | names) + "\n" for names in given), "utf-8")
    told = [(one.id, one.kind) for one in data.load([path])]
    assert told == [("0", "0"), ("rows.jsonl:2", ""), ("rows.jsonl:3", "")]
