"""`python -m eval results`: the suite's samples, what is left out and why, and a page made from what is stored."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.backends.lexical import LexicalScorer
from consistency.records import Scores
from eval import suite, tasks
from eval.__main__ import main
from eval.rows import Row

ROWS = [
    {"id": f"r{at}", "premise": f"It rained in {at} towns.", "hypothesis": f"It rained in {at + at % 2} towns.",
     "label": "not_paraphrase" if at % 2 else "paraphrase", "cluster": f"c{at // 4}", "kind": "number"}
    for at in range(400)
]  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one development set and something to train on."""
    for place, name, rows in (("dev", "mrpc", ROWS), ("train", "wanli_part", ROWS[:40])):
        (tmp_path / "data" / place).mkdir(parents=True)
        told = [row | {"premise": f"{place}: {row['premise']}"} for row in rows]
        (tmp_path / "data" / place / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in told))
    return tmp_path / "data"


def command(folder: Path, *arguments: str) -> int:
    page, runs = folder / "page.md", folder / "runs"
    store = ("--store", str(folder / "store"))
    return main(["results", "--runs", str(runs), "--page", str(page), *store, *arguments])


def _rows(sizes: list[int]) -> list[Row]:
    return [
        Row(f"{cluster}-{at}", "", "", "paraphrase", f"c{cluster}", "", False)
        for at in range(max(sizes))
        for cluster, size in enumerate(sizes)
        if at < size
    ]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30), st.integers(1, 60), st.integers(0, 3))
def test_a_sample_is_whole_clusters_in_order_and_always_the_same(sizes: list[int], most: int, seed: int) -> None:
    rows = _rows(sizes)
    drawn = suite.sample(rows, most, seed)
    assert drawn == suite.sample(rows, most, seed)
    kept = {row.cluster for row in drawn}
    assert drawn == [row for row in rows if row.cluster in kept]
    assert len(drawn) <= most or len(kept) == 1
    assert drawn
    assert {row.id for row in suite.sample(rows[::-1], most, seed)} == {row.id for row in drawn}


def test_another_seed_is_another_sample() -> None:
    rows = _rows([2] * 100)
    assert suite.sample(rows, 40, 0) != suite.sample(rows, 40, 1)


def test_the_suite_holds_every_development_set_and_our_own() -> None:
    pairs = suite.suite_pairs()
    assert {task for task, _ in pairs} == {*suite.development(), *suite.OWN}
    assert len(set(pairs)) == len(pairs)
    for task, system in pairs:
        limit = suite.most_rows(tasks.get(task), system, quick=True)
        assert limit is not None
        assert limit <= suite.QUICK[tasks.get(task).unit]


@pytest.mark.parametrize("other", ["hub:a/b", "hub:a-b", "hub:a b", "published:x.jsonl"])
def test_two_systems_never_share_a_file(other: str) -> None:
    assert suite.stem("mrpc", other) != suite.stem("mrpc", "hub:a.b")
    assert "/" not in suite.stem("mrpc", other)


def test_a_run_gives_summaries_and_the_page(data: Path, tmp_path: Path) -> None:
    arguments = ("--data-dir", str(data), "--tasks", "mrpc", "wice", "--systems", "overlap", "rules", "tfidf")
    assert command(tmp_path, *arguments) == 0
    page = (tmp_path / "page.md").read_text("utf-8")
    assert "## Sentence pairs" in page
    for part in ("| rules | 400 | 100 |", "| overlap | 400 |", "| tfidf | 400 |", "task=mrpc", "tool=", "draws="):
        assert part in page
    assert "| wice | overlap | no wice.jsonl[.gz] in the data folder |" in page
    assert {file.name for file in (tmp_path / "runs").glob("mrpc.rules*")} == {
        "mrpc.rules.json", "mrpc.rules.jsonl", "mrpc.rules.timing.json",
    }  # fmt: skip


def test_a_second_run_and_the_page_alone_give_the_same_bytes(data: Path, tmp_path: Path) -> None:
    arguments = ("--data-dir", str(data), "--tasks", "mrpc", "--systems", "overlap", "rules")

    def stored() -> dict[str, bytes]:
        files = [tmp_path / "page.md", *(tmp_path / "runs").iterdir()]
        return {file.name: file.read_bytes() for file in files if not file.name.endswith(".timing.json")}

    assert command(tmp_path, *arguments) == 0
    first = stored()
    assert command(tmp_path, *arguments) == 0
    assert stored() == first
    (tmp_path / "page.md").unlink()
    assert command(tmp_path, "--page-only") == 0
    assert stored() == first


def test_quick_takes_a_sample_and_says_so(data: Path, tmp_path: Path) -> None:
    arguments = ("--data-dir", str(data), "--tasks", "mrpc", "--systems", "overlap", "--quick")
    assert command(tmp_path, *arguments) == 0
    page = (tmp_path / "page.md").read_text("utf-8")
    assert "| overlap | 200 | 50 |" in page
    assert "sample=200 of 400 rows, seed 0" in page
    assert "Quick samples" in page


def test_what_can_no_longer_be_run_leaves_the_page(data: Path, tmp_path: Path) -> None:
    arguments = ("--data-dir", str(data), "--tasks", "mrpc", "own_pairs", "--systems", "overlap")
    assert command(tmp_path, *arguments) == 0
    assert "### mrpc" in (tmp_path / "page.md").read_text("utf-8")
    (data / "dev" / "mrpc.jsonl").unlink()
    assert command(tmp_path, *arguments) == 0
    page = (tmp_path / "page.md").read_text("utf-8")
    assert "### mrpc" not in page
    assert "| mrpc | overlap | no mrpc.jsonl[.gz] in the data folder |" in page


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--data-dir", "none"], "none: no such folder"),
        (["--tasks", "mrcp"], "no task is called 'mrcp'"),
        (["--systems", "orakel"], "orakel"),
        (["--tasks", "mrpc"], "nothing could be run: no --data-dir"),
        (["--page-only"], "no such folder"),
    ],
)
def test_bad_input_is_named_and_no_page_is_written(
    arguments: list[str], complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(tmp_path, *arguments) == 2
    assert complaint in capsys.readouterr().err
    assert not (tmp_path / "page.md").exists()


def test_a_page_that_cannot_be_written_is_known_before_the_run(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.md").mkdir()
    assert command(tmp_path, "--data-dir", str(data), "--tasks", "mrpc", "--systems", "overlap") == 2
    assert "page.md: cannot be written" in capsys.readouterr().err
    assert not list((tmp_path / "runs").iterdir())


def test_published_numbers_are_on_the_page_and_marked(data: Path, tmp_path: Path) -> None:
    told: dict[str, Any] = {}
    assert command(tmp_path, "--data-dir", str(data), "--tasks", "mrpc", "--systems", "overlap") == 0
    summary = tmp_path / "runs" / "mrpc.overlap.json"
    told = json.loads(summary.read_text())
    told["signature"]["task"] = "summedits_news_doc"
    summary.write_text(json.dumps(told))
    assert command(tmp_path, "--page-only") == 0
    page = (tmp_path / "page.md").read_text("utf-8")
    assert "| *GPT-4* (published) |" in page
    assert "published, not measured here" in page


def test_speed_is_measured_without_the_shared_store(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    class Counting(LexicalScorer):
        def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
            asked.append(len(pairs))
            return super().score(pairs)

    monkeypatch.setattr("eval.systems.backends.load", lambda name: Counting())
    runs = suite.Suite(data)
    for timed in (True, False):
        done = runs.run("mrpc", "nli", tmp_path, timed=timed)
        timing = done.items.with_suffix(".timing.json")
        assert timing.exists() == timed, "scores from the shared store tell nothing of speed"
        if timed:
            assert json.loads(timing.read_text())["rows"] == suite.TIMED["pair"]
            asked.clear()
            runs.run("mrpc", "nli", tmp_path, timed=True)
            assert sum(asked) >= suite.TIMED["pair"], "all rows are known, those that are timed are asked again"
