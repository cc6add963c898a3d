"""`consistency group` over files: rows in, rows out that `scan` takes, whole or not at all, nothing left unsaid."""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from consistency.batch import group as grouping
from consistency.batch.group import ARTICLES, SUMMARY, UNREAD, Summary, group_files
from consistency.batch.rows import Row, rows
from consistency.cli.group import group as command
from consistency.errors import InputError, OutputError
from eval.grouping import made
from tests.models import MODELS
from tests.stories import STORIES

FEED: list[dict[str, Any]] = [
    {"id": f"{path.parent.name}/{path.stem}", "text": path.read_text("utf-8")}
    for story in ("harbour-bridge", "cup-final")
    for path in sorted((STORIES / story).glob("*.txt"))
]


def feed(path: Path, records: list[dict[str, Any]] | None = None) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in (FEED if records is None else records)), "utf-8")
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def by_id(folder: Path) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in lines(folder / ARTICLES)}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def test_every_article_comes_out_with_its_story(tmp_path: Path, out: Path) -> None:
    summary = group_files([feed(tmp_path / "feed.jsonl")], out)
    found = by_id(out)
    assert [one["id"] for one in lines(out / ARTICLES)] == [one["id"] for one in FEED], "in the order of the feed"
    assert {one["id"]: one["text"] for one in FEED} == {name: one["text"] for name, one in found.items()}
    bridge = {one["story"] for name, one in found.items() if "bridge" in name and "report" not in name}
    assert len(bridge) == 1
    assert found["harbour-bridge/report"]["story"] not in bridge
    central = [one["id"] for one in found.values() if one["joined"]["evidence"] == "central"]
    assert len(central) == summary.stories == 3
    for one in found.values():
        assert one["joined"]["central"] in central
        assert found[one["joined"]["central"]]["story"] == one["story"]
        assert 0.2 < one["joined"]["score"] <= 1.0
    assert (summary.articles, summary.groups, summary.singles) == (len(FEED), 2, 1)
    assert sum(size * count for size, count in summary.sizes.items()) == summary.articles
    assert json.loads((out / SUMMARY).read_text())["articles"] == len(FEED)
    assert not (out / UNREAD).read_bytes()


def test_scan_takes_the_rows_as_they_are(tmp_path: Path, out: Path) -> None:
    more = {
        "title": "A title",
        "url": "https://x.test/1",
        "published": "2026-03-01",
        "version": "2",
        "role": "original",
    }
    pair = {"id": "p", "reference": "The bridge closed.", "version": "The bridge opened.", "story": "kept"}
    group_files([feed(tmp_path / "feed.jsonl", [{**FEED[0], **more}, *FEED[1:], pair])], out)
    read = list(rows(out / ARTICLES))
    assert all(isinstance(one, Row) and one.story for one in read)
    first, last = read[0], read[-1]
    assert isinstance(first, Row)
    assert isinstance(last, Row)
    assert (first.title, first.url, first.published, first.version, first.role) == tuple(more.values())
    assert (last.reference, last.text, last.story) == ("The bridge closed.", "The bridge opened.", "kept")


def test_the_order_of_rows_and_files_decides_nothing(tmp_path: Path, out: Path) -> None:
    records = [{"id": f"m{at}", "text": text} for at, (_, text) in enumerate(made(30))] + FEED
    group_files([feed(tmp_path / "one.jsonl", records)], out)
    before = sorted((out / ARTICLES).read_text().splitlines())
    random.Random(1).shuffle(records)
    parts = [feed(tmp_path / "a.jsonl", records[:11]), feed(tmp_path / "b.jsonl", records[11:])]
    group_files(parts, out)
    assert sorted((out / ARTICLES).read_text().splitlines()) == before


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path, out: Path) -> None:
    path = feed(
        tmp_path / "feed.jsonl", [*FEED, {"id": "e", "text": " ... "}, {"id": "n"}, {"id": "h", "html": "<p></p>"}]
    )
    with path.open("a") as stream:
        stream.write('no record\n{"id": "late", "text": "One more article."}\n')
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(path.read_bytes())[:200])
    summary = group_files([path, tmp_path / "cut.jsonl.gz"], out)
    assert (summary.articles, summary.unread) == (len(FEED) + 1, 5)
    told = [one["message"] for one in lines(out / UNREAD)]
    assert len(told) == 5
    for words in (
        "holds no text",
        'either "text" or "html"',
        "without an article",
        "is no record",
        "cut.jsonl.gz",
    ):
        assert sum(words in message for message in told) == 1, words
    assert set(by_id(out)) == {one["id"] for one in FEED} | {"late"}


def test_articles_without_an_id_and_with_the_same_id(tmp_path: Path, out: Path) -> None:
    path = feed(
        tmp_path / "feed.jsonl",
        [{"text": FEED[0]["text"]}, {"text": FEED[-1]["text"]}, *[{**FEED[0], "id": "twin"}] * 2],
    )
    summary = group_files([path], out)
    assert summary.same_ids == 1
    found = lines(out / ARTICLES)
    assert [one["id"] for one in found] == [f"{path}:1", f"{path}:2", "twin", "twin"]
    assert found[0]["story"] == found[2]["story"] == found[3]["story"] != found[1]["story"]
    assert found[0]["joined"]["evidence"] == "central"
    assert summary.texts == 2


def test_pages_gzip_and_parquet(tmp_path: Path, out: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    bridge = [one for one in FEED if one["id"].startswith("harbour") and "report" not in one["id"]]
    paragraphs = "".join(f"<p>{part}</p>" for part in bridge[0]["text"].split("\n\n"))
    page = f"<html><body><article><h1>A bridge</h1>{paragraphs}</article></body></html>"
    (tmp_path / "pages.jsonl.gz").write_bytes(gzip.compress(json.dumps({"id": "page", "html": page}).encode()))
    parquet.write_table(pyarrow.Table.from_pylist(bridge[1:3]), tmp_path / "feed.parquet")
    summary = group_files([tmp_path / "pages.jsonl.gz", tmp_path / "feed.parquet"], out)
    assert (summary.articles, summary.stories, summary.largest) == (3, 1, 3)
    assert by_id(out)["page"]["html"] == page, "a page goes through as it is"


def test_columns_that_nobody_takes_are_named(tmp_path: Path, out: Path) -> None:
    summary = group_files([feed(tmp_path / "feed.jsonl", [{**one, "desk": "sport"} for one in FEED])], out)
    assert summary.ignored == {"desk": len(FEED)}


def test_no_article_at_all_is_an_error(tmp_path: Path, out: Path) -> None:
    with pytest.raises(InputError, match="hold no rows"):
        group_files([feed(tmp_path / "empty.jsonl", [])], out)
    with pytest.raises(InputError, match="holds no text"):
        group_files([feed(tmp_path / "blank.jsonl", [{"text": " "}])], out)
    assert list(out.iterdir()) == [], "and leaves nothing behind"
    with pytest.raises(InputError, match="does not exist"):
        group_files([tmp_path / "missing.jsonl"], tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_a_file_that_changes_meanwhile_spoils_nothing(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = feed(tmp_path / "feed.jsonl")
    group_files([path], out)
    before = {one.name: one.read_bytes() for one in out.iterdir()}
    times = 0

    def changing(name: str) -> Iterator[object]:
        nonlocal times
        times += 1
        if times == 2:
            feed(path, [FEED[-1], *FEED[1:]])
        return rows(name)

    monkeypatch.setattr(grouping, "rows", changing)
    with pytest.raises(InputError, match="changed while it was being read"):
        group_files([path], out)
    assert {one.name: one.read_bytes() for one in out.iterdir()} == before


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="file"):
        group_files([feed(tmp_path / "feed.jsonl")], tmp_path / "file")


app = typer.Typer()
app.command()(command)


def run(*arguments: object) -> tuple[int, str]:
    ran = CliRunner().invoke(app, [str(one) for one in arguments])
    return ran.exit_code, ran.stderr


def test_the_command_says_what_it_made(tmp_path: Path, out: Path) -> None:
    code, err = run(feed(tmp_path / "feed.jsonl"), "--output", out, "--model", "none")
    assert code == 0
    assert f"{len(FEED)} articles: {len(FEED) - 1} in 2 stories" in err
    assert "1 alone" in err
    assert run(tmp_path / "feed.jsonl", "--output", out, "--quiet") == (0, "")


def test_the_command_says_what_was_not_read(tmp_path: Path, out: Path) -> None:
    path = feed(tmp_path / "feed.jsonl", [*FEED, *({"id": f"\x1b[31m{at}"} for at in range(9))])
    code, err = run(path, "--output", out)
    assert code == 3
    assert "9 not read" in err
    assert "and 4 more" in err
    assert "\x1b" not in err


def test_the_command_refuses_what_makes_no_sense(tmp_path: Path, out: Path) -> None:
    code, err = run(tmp_path / "gone.jsonl", "--output", out)
    assert code == 2
    assert "does not exist" in err
    assert "Traceback" not in err


def test_a_model_that_is_missing_is_told_only_when_it_is_needed(tmp_path: Path, out: Path) -> None:
    assert run(feed(tmp_path / "feed.jsonl"), "--output", out, "--model", str(tmp_path / "no-model"))[0] == 0
    assert json.loads((out / SUMMARY).read_text())["model"] == "not needed"


def test_what_is_wrong_with_the_cache_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def asking(*given: Any, load: Any, **more: Any) -> Summary:
        load().score([("One.", "Two.")])
        return group_files(*given, load=load, **more)

    monkeypatch.setattr(grouping, "group_files", asking)
    path = feed(tmp_path / "feed.jsonl")
    for name, quiet, times in (("a", [], 1), ("a", [], 0), ("b", ["--quiet"], 0)):
        monkeypatch.setenv("CONSISTENCY_CACHE", str(tmp_path / name))
        if not (tmp_path / name).exists():
            (tmp_path / name).mkdir()
            (tmp_path / name / "scores.sqlite").write_bytes(random.Random(1).randbytes(20_000))
        code, err = run(path, "--output", tmp_path / "out", "--model", str(MODELS / "tiny"), *quiet)
        assert (code, err.count("is set aside as scores.sqlite.damaged")) == (0, times)


def test_who_reads_the_old_files_reads_them_to_the_end(tmp_path: Path, out: Path) -> None:
    path = feed(tmp_path / "feed.jsonl")
    group_files([path], out)
    with (out / ARTICLES).open("rb") as reader:
        begun = reader.read(10)
        feed(path, FEED[:1])
        group_files([path], out)
        assert len((begun + reader.read()).splitlines()) == len(FEED)
    assert len(lines(out / ARTICLES)) == 1
    assert {one.name for one in out.iterdir()} == {ARTICLES, UNREAD, SUMMARY}


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_files_have_the_permissions_of_new_files(tmp_path: Path, out: Path) -> None:
    group_files([feed(tmp_path / "feed.jsonl")], out)
    mask = os.umask(0)
    os.umask(mask)
    assert {one.stat().st_mode & 0o777 for one in out.iterdir()} == {0o666 & ~mask}


def test_a_summary_can_be_read_back(tmp_path: Path, out: Path) -> None:
    import msgspec

    made_of = group_files([feed(tmp_path / "feed.jsonl")], out)
    assert msgspec.json.decode((out / SUMMARY).read_bytes(), type=Summary) == made_of
