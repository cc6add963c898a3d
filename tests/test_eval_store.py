"""The store that systems share, a run that is killed and goes on, and the command."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from consistency.cache import Model, pair_digest
from consistency.errors import ConsistencyError, OutputError
from consistency.records import Scores
from eval import run, systems, work
from eval.__main__ import main
from eval.store import Store, StoredScorer, Told, code_digest, row_digest
from eval.systems.nli import NliSystem
from tests.measured import HOUSE, OTHER, ROWS, TINY, TOLD, WRONG, Counting, make_row, write_rows


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("CONSISTENCY_CACHE", str(tmp_path_factory.mktemp("cache")))


# The store.


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    told = Told(0.25, nli=(0.1, 0.2, 0.7), alarms=2, compared=False, unread=3)
    scores = {pair_digest((TOLD, WRONG)): Scores(0.1, 0.2, 0.7)}
    model = Model("digest", "pytorch/fp32", "code")
    with Store(tmp_path / "deep" / "scores.sqlite") as store:
        store.keep_items("one", {"row": told}, 0.5)
        store.put(model, scores)
    with Store(tmp_path / "deep" / "scores.sqlite") as store:
        assert store.items("one", ["row", "none"]) == {"row": (told, 0.5)}
        assert store.items("two", ["row"]) == {}
        assert store.get(model, [*scores, pair_digest((WRONG, TOLD))]) == scores
        assert store.get(model._replace(encoding="other code"), [*scores]) == {}


def test_what_other_code_scored_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path / "scores.sqlite") as store:
        for code, asked in (("this", 2), ("this", 0), ("other", 2), ("this", 0)):
            monkeypatch.setattr("eval.store.code_digest", lambda *parts, code=code: code)
            counting = Counting()
            pairs = [(TOLD, WRONG), (TOLD, OTHER)]
            assert StoredScorer(counting, store).score(pairs) == Counting().score(pairs)
            assert len(counting.asked) == asked


def test_digests_keep_apart_what_differs() -> None:
    assert pair_digest(("ab", "c")) != pair_digest(("a", "bc")) != pair_digest(("", "abc"))
    assert row_digest(make_row("a", "b", "consistent", name="x")) == row_digest(
        make_row("a", "b", "inconsistent", name="y")
    )
    assert code_digest() != code_digest("align") != code_digest("encoding.py", "backends")


def test_a_store_that_cannot_be_had_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "scores.sqlite"
    broken.write_text("this is no base of scores, and long enough to be read as one" * 20, "utf-8")
    for path in (broken, tmp_path):
        with pytest.raises(OutputError, match=path.name) as caught:
            Store(path)
        assert "--no-store" in caught.value.remedy


def test_a_second_run_scores_nothing_and_says_the_same(tmp_path: Path) -> None:
    rows = [make_row(TOLD, WRONG), make_row(TOLD, TOLD), make_row(OTHER, TOLD)]
    with Store(tmp_path / "scores.sqlite") as store:
        counting = Counting()
        first, _, none = run.scored(NliSystem(counting), rows, store)
        asked = len(counting.asked)
        second, _, reused = run.scored(NliSystem(counting), rows, store)
    assert (second, len(counting.asked), none, reused) == (first, asked, 0, 3)


def test_rows_of_the_same_texts_are_scored_once(tmp_path: Path) -> None:
    counting = Counting()
    with Store() as store:
        told, _, _ = run.scored(
            NliSystem(counting), [make_row(TOLD, WRONG, name="1"), make_row(TOLD, WRONG, name="2")], store
        )
    assert told[0] == told[1]
    assert len(counting.asked) == 2


KILLED: Final = 900


def _command(folder: Path, store: Path, name: str) -> list[str]:
    return [
        *(sys.executable, "-m", "eval", "run", "--data", str(folder / "rows.jsonl"), "--system", f"hub:{TINY}"),
        *("--store", str(store), "--json", str(folder / f"{name}.json"), "--items", str(folder / f"{name}.jsonl")),
    ]


def _kept(store: Path) -> int:
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=5) as base:
            return int(base.execute("SELECT count(*) FROM young").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_a_killed_run_goes_on_where_it_stood(tmp_path: Path) -> None:
    """A real kill in the middle: nothing half-written, what was scored is used, the end is the same bytes."""
    rows: list[dict[str, object]] = []
    for at in range(KILLED):
        told = f"The mayor opened the new bridge on Monday with {at} guests."
        rows.append(
            {
                "premise": told,
                "hypothesis": told.replace("opened", "did not open") if at % 2 else told.replace("new", "old"),
                "label": "contradiction" if at % 2 else "entailment",
                "cluster": at // 3,
            }
        )
    write_rows(tmp_path / "rows.jsonl", rows)
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(HOUSE)}
    store = tmp_path / "killed.sqlite"
    process = subprocess.Popen(
        _command(tmp_path, store, "killed"), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(6_000):
            if _kept(store) or process.poll() is not None:
                break
            time.sleep(0.01)
    finally:
        process.kill()
    assert process.wait() == -signal.SIGKILL
    before = _kept(store)
    assert 0 < before < 2 * KILLED
    assert not [path for path in tmp_path.iterdir() if "killed" in path.name and "sqlite" not in path.name]
    for base, name in ((store, "killed"), (tmp_path / "whole.sqlite", "whole")):
        done = subprocess.run(
            _command(tmp_path, base, name), env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert _kept(store) == _kept(tmp_path / "whole.sqlite") > before
    for suffix in ("json", "jsonl"):
        assert (tmp_path / f"killed.{suffix}").read_bytes() == (tmp_path / f"whole.{suffix}").read_bytes()


# The command.


def _run(*arguments: object) -> int:
    return main(["run", *map(str, arguments)])


def _summary(tmp_path: Path, *arguments: object) -> dict[str, dict[str, dict[str, object]]]:
    assert _run(*arguments, "--json", tmp_path / "summary.json") == 0
    found: dict[str, dict[str, dict[str, object]]] = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    return found


def test_a_summary_has_every_name_the_plan_gives(tmp_path: Path) -> None:
    told = _summary(tmp_path, "--data", write_rows(tmp_path / "rows.jsonl", ROWS), "--system", "overlap")
    assert set(told["metrics"]) >= {
        *("auc", "average_precision", "balanced_accuracy", "f1", "recall", "false_alarm_rate", "accuracy"),
        *("pairwise_consistency", "alarms_per_article", "ece", "brier"),
    }
    for one in told["metrics"].values():
        assert set(one) >= {"value", "low", "high", "reason"}
        assert (one["value"] is None) <= bool(one["reason"])
    assert told["metrics"]["pairwise_consistency"]["value"] == 1.0
    assert told["n"] == 4  # type: ignore[comparison-overlap]
    assert told["clusters"] == 3  # type: ignore[comparison-overlap]
    assert set(told["signature"]) >= {
        *("task", "n", "clusters", "system", "model", "threshold", "threshold_origin", "data", "tool", "seed")
    }


def test_thresholds_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    data = write_rows(tmp_path / "rows.jsonl", ROWS)
    dev = write_rows(tmp_path / "dev.jsonl", [{**row, "premise": f"So it is. {row['premise']}"} for row in ROWS])
    told = _summary(tmp_path, "--data", data, "--system", "overlap", "--tune-data", dev)["thresholds"]
    assert set(told) == {"fixed", "tuned", "oracle"}
    assert "a half" in str(told["fixed"]["origin"])
    assert "dev.jsonl" in str(told["tuned"]["origin"])
    assert "labels that are measured" in str(told["oracle"]["origin"])
    plain = _summary(tmp_path, "--data", data, "--system", "overlap")["thresholds"]
    assert plain["tuned"]["threshold"] is None
    assert plain["tuned"]["reason"]


@pytest.mark.parametrize("where", ["the same rows", "a test task", "a test file"])
def test_tuning_where_it_would_flatter_is_refused(
    where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write_rows(tmp_path / "rows.jsonl", ROWS)
    choices: dict[str, list[object]] = {
        "the same rows": ["--tune-data", write_rows(tmp_path / "dev.jsonl", ROWS)],
        "a test task": ["--tune-task", "own_pairs"],
        "a test file": ["--tune-data", write_rows(tmp_path / "summedits_news_doc.jsonl", ROWS)],
    }
    assert _run("--data", data, "--system", "overlap", *choices[where], "--json", tmp_path / "s.json") == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("error: ")
    assert not (tmp_path / "s.json").exists()


def test_labels_of_inference_are_judged_three_ways(tmp_path: Path) -> None:
    labelled = [("entailment", TOLD), ("contradiction", WRONG), ("neutral", OTHER), ("neutral", TOLD)]
    rows: list[dict[str, object]] = [
        {"premise": TOLD, "hypothesis": hypothesis, "label": label} for label, hypothesis in labelled
    ]
    items = tmp_path / "items.jsonl"
    data = write_rows(tmp_path / "rows.jsonl", rows)
    told = _summary(tmp_path, "--data", data, "--system", "lexical", "--items", items, "--no-store")
    listed = [json.loads(line) for line in items.read_text("utf-8").splitlines()]
    assert told["metrics"]["accuracy"]["value"] == sum(one["right"] for one in listed) / 4
    assert all(one["right"] == (one["nli"]["label"] == one["label"]) for one in listed)
    assert listed[3]["right"] is False
    two_way = _summary(tmp_path, "--data", data, "--system", "overlap")
    assert str(two_way["accuracy_of"]).startswith("two-way")


def test_alarms_are_counted_on_articles(tmp_path: Path) -> None:
    article = " ".join(f"{TOLD} {OTHER.replace('Lisbon', f'town number {at}')}" for at in range(4))
    rows: list[dict[str, object]] = [
        {"premise": article, "hypothesis": article, "label": "rewrite"},
        {"premise": article, "hypothesis": article.replace("39", "93"), "label": "rewrite"},
        {"premise": TOLD, "hypothesis": WRONG, "label": "contradiction"},
    ]
    told = _summary(tmp_path, "--data", write_rows(tmp_path / "rows.jsonl", rows), "--system", "rules")
    alarms = told["metrics"]["alarms_per_article"]["value"]
    assert isinstance(alarms, float)
    assert alarms > 0


def test_duplicated_ids_are_named_and_files_may_share_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twice = write_rows(tmp_path / "twice.jsonl", [ROWS[0], ROWS[1], ROWS[0]])
    assert _run("--data", twice, "--system", "overlap") == 2
    assert "rows 1 and 3 share the id 'same'" in capsys.readouterr().err
    assert _run("--data", twice, twice, "--system", "overlap") == 2
    (tmp_path / "more").mkdir()
    shared = work.from_files(
        [write_rows(tmp_path / "rows.jsonl", ROWS), write_rows(tmp_path / "more" / "rows.jsonl", ROWS[:1])]
    )
    assert len({row.id for row in shared.rows}) == 5


def test_a_sample_takes_whole_clusters_and_stands_in_the_signature(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {**row, "id": f"{at}{row['id']}", "cluster": f"{at}"} for at in range(10) for row in ROWS
    ]
    data = write_rows(tmp_path / "rows.jsonl", rows)
    told = _summary(tmp_path, "--data", data, "--system", "overlap", "--sample", 12)
    assert told["n"] == 12  # type: ignore[comparison-overlap]
    assert told["clusters"] == 3  # type: ignore[comparison-overlap]
    assert str(told["signature"]["sample"]).startswith("12 of 40 rows")


def test_a_task_of_our_own_runs(tmp_path: Path) -> None:
    told = _summary(tmp_path, "--task", "own_alignment", "--system", "tool")
    recall = told["metrics"]["recall"]["value"]
    assert isinstance(recall, float)
    assert recall > 0.5
    assert told["signature"]["task"] == "own_alignment"  # type: ignore[comparison-overlap]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--task", "own_pairz"],
        ["--task", "own_pairs", "--split", "train"],
        ["--task", "mrpc"],
        ["--task", "mrpc", "--data-dir", "nowhere"],
        ["--data", "rows.jsonl", "--split", "dev"],
        ["--data", "rows.jsonl", "--option", "near"],
        ["--data", "rows.jsonl", "--option", "near=2", "near=3"],
        ["--data", "rows.jsonl", "--system", "overlap", "--train-data", "rows.jsonl"],
    ],
)
def test_what_cannot_be_run_is_one_line(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_rows(tmp_path / "rows.jsonl", ROWS)
    assert _run(*arguments, "--json", "summary.json") == 2
    shown = capsys.readouterr()
    assert shown.err.count("\n") == 1
    assert shown.err.startswith("error: ")
    assert [path.name for path in tmp_path.iterdir()] == ["rows.jsonl"]


def test_a_store_that_is_not_there_is_no_reason_to_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", "utf-8")
    monkeypatch.setenv("CONSISTENCY_CACHE", str(blocked))
    data = write_rows(tmp_path / "rows.jsonl", ROWS)
    assert _run("--data", data, "--system", "overlap") == 0
    assert "not kept" in capsys.readouterr().err
    assert _run("--data", data, "--system", "overlap", "--store", blocked / "scores.sqlite") == 2


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "run" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        _run("--help")
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in systems.SYSTEMS)


def test_a_message_cannot_drive_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(given: object) -> int:
        raise ConsistencyError("row \x1b[31mred\x1b[0m\nnext", "mend it")

    monkeypatch.setattr("eval.run_command.main", fail)
    assert main(["run", "--data", "x"]) == 2
    shown = capsys.readouterr().err
    assert "\x1b" not in shown
    assert shown.count("\n") == 1
