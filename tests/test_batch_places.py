"""Where a result says that its words stand, and that the results of a story stand together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from consistency.batch import scan as module
from consistency.batch._wire import Summary
from consistency.batch.scan import scan
from tests.feeds import LEXICAL, Here, Record, by_id, story, text, write

Scan = Callable[[list[Record]], dict[str, Record]]


@pytest.fixture
def scanned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scan:
    """Scans rows in this process, and gives the results by id."""
    monkeypatch.setattr(module, "ENGINES", {"local": Here})

    def run(rows: list[Record]) -> dict[str, Record]:
        scan([str(write(tmp_path / "feed.jsonl", rows))], tmp_path / "out", LEXICAL, shards=1)
        return by_id(tmp_path / "out")

    return run


@pytest.mark.parametrize(
    ("title", "before", "change"),
    [
        ("", "", ("", "")),
        ("Families driven out by water", "", ("", "")),
        ("", "\ufeff \n\n", (". ", ".\r\n\r\n")),
        ("Families driven out by water", "Advertisement\n\nShare this article\n\n", ("said", "sa\xadid")),
        ("", "Zürich — ", ("people", "peo\u200bple")),
    ],
)
def test_places_count_in_the_text_of_the_row(scanned: Scan, title: str, before: str, change: tuple[str, str]) -> None:
    rows = story("wrong", wrong=True)
    for row in rows:
        row["title"], row["text"] = title, before + (row["text"].replace(*change) if change[0] else row["text"])
    (finding,) = scanned(rows)["wrong-1"]["findings"]
    for side, row, number in (("reference", rows[0], "20"), ("version", rows[1], "30")):
        ((start, end),) = finding[side]["evidence"]
        assert row["text"][start:end] == number
        ((start, end),) = finding[side]["spans"]
        assert row["text"][start:end].startswith(before if before.startswith("Z") else "The mayor")
        assert row["text"][start:end].endswith("flood.")


def test_places_of_a_page_a_pair_and_a_title(scanned: Scan) -> None:
    page = text(30, "page").replace("30", "<b>30</b>").replace(". ", ".</p><p>")
    rows: list[Record] = [
        {"id": "r", "story": "page", "text": text(20, "page"), "title": "Town lost 20 &amp; more homes"},
        {"id": "page", "story": "page", "html": f"<html><body><article><p>{page}</p></article></body></html>"},
        {"id": "pair", "reference": "\n" + text(20), "version": "  " + text(30)},
        {"id": "t", "story": "title", "text": text(20), "title": "Flood drives 20 people out of Bern"},
        {"id": "title", "story": "title", "text": " " + text(20), "title": "Flood drives 30 people out of Bern"},
    ]
    found = scanned(rows)
    (start, end), *_ = found["page"]["findings"][0]["version"]["evidence"]
    assert rows[1]["html"][start:end] == "30"
    for side, number in (("reference", "20"), ("version", "30")):
        ((start, end),) = found["pair"]["findings"][0][side]["evidence"]
        assert rows[2][side][start:end] == number
    (finding,) = found["title"]["findings"]
    assert finding["version"]["text"] == rows[4]["title"]
    assert finding["version"]["evidence"] == [[1, 1]]
    assert finding["reference"]["spans"] == [[0, 0]]


def test_rows_of_a_story_stand_together_and_count_once(scanned: Scan, tmp_path: Path) -> None:
    def pair(name: str, of: str) -> Record:
        return {"id": name, "story": of, "reference": text(20), "version": text(20)}

    def articles(of: str, *names: str) -> list[Record]:
        return [{"id": name, "story": of, "text": text(20)} for name in names]

    rows = [pair("p1", "s"), *articles("t", "a1", "a2"), {"id": "n1", "text": text()}, pair("p2", "s")]
    rows += [*articles("s", "a3", "a4"), {"id": "n2", "text": text()}, *articles("t", "a5"), pair("t", "")]
    found = scanned(rows)
    assert [row["story"] for row in found.values()] == ["s", "s", "s", "t", "t", "t", "", ""]
    assert list(found) == ["p1", "p2", "a4", "a2", "a5", "t", "n1", "n2"]
    summary = msgspec.json.decode((tmp_path / "out" / "summary.json").read_bytes(), type=Summary)
    assert (summary.stories, summary.references, summary.results) == (2, 2, 8)
