"""Workers on this machine: whichever die, every row has its result, and only a story that kills is left."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest

from consistency import pipeline
from consistency.backends.lexical import LexicalScorer
from consistency.batch import _worker
from consistency.batch import scan as module
from consistency.batch._engine import Tally
from consistency.batch._job import Blame, Progress
from consistency.batch._local import Local, _Suspects
from consistency.batch._model import load
from consistency.batch.scan import scan
from consistency.config import Config
from consistency.errors import ConsistencyError, ModelError
from consistency.records import Scores
from tests import poison
from tests.feeds import LEXICAL, Here, by_id, feed, results, story, write

Scanned = Callable[..., Path]


@pytest.fixture
def scanned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scanned:
    """Scans rows with workers that run `main`; the folder of results."""

    def run(rows: list[dict[str, Any]], name: str, main: Any = None, workers: int = 1, **more: Any) -> Path:
        engine = Here if main is None else partial(Local, main=main)
        monkeypatch.setattr(module, "ENGINES", {"chosen": engine})
        path = write(tmp_path / "feed.jsonl", rows)
        scan([str(path)], tmp_path / name, LEXICAL, engine="chosen", workers=workers, shards=4, **more)
        return tmp_path / name

    return run


def test_the_results_are_the_same_whoever_makes_them(scanned: Scanned) -> None:
    rows = feed(60)
    seen: list[Progress] = []
    here = results(scanned(rows, "here"))
    there = scanned(rows, "there", _worker.main, 3, told=lambda stage, progress, total: seen.append(progress))
    assert results(there) == here
    assert seen[-1] == Progress(len(rows), 60)
    assert not multiprocessing.active_children()


def test_a_story_that_kills_its_worker_is_told_and_the_rest_is_finished(
    scanned: Scanned, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consistency.batch._local._VAIN", 8)  # of nine deaths, with successes in between
    rows = feed(40)
    bad = [row for row in rows if row["story"] in {"s3", "s6", "s21"}]
    for row in bad:
        row["text"] = row["text"].replace("flood", poison.DEADLY)
    plain = by_id(scanned(rows, "here"))
    found = by_id(scanned(rows, "there", poison.poisoned, 2))
    ended = {name for name, row in found.items() if [why["code"] for why in row["unread"]] == ["ended"]}
    assert ended == {name for name, row in plain.items() if row["story"] in {"s3", "s6", "s21"}}
    assert {name: row for name, row in found.items() if name not in ended} == {
        name: row for name, row in plain.items() if name not in ended
    }


def test_one_article_among_ten_thousand_that_kills_its_worker(scanned: Scanned) -> None:
    rows = [row for at in range(4_000) for row in story(f"s{at}", 1 + at % 2, wrong=at % 3 == 0)]
    assert len(rows) == 10_000
    deadly = next(row for row in rows if row["id"] == "s1776-1")
    deadly["text"] = deadly["text"].replace("flood", poison.DEADLY)
    plain = by_id(scanned(rows, "here"))
    found = by_id(scanned(rows, "there", poison.poisoned, 3))
    assert found.keys() == plain.keys()
    changed = [name for name in plain if found[name] != plain[name]]
    assert changed == ["s1776-1"]
    assert [why["code"] for why in found["s1776-1"]["unread"]] == ["ended"]


def test_a_worker_that_dies_once_leaves_no_trace(
    scanned: Scanned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = feed(12)
    for row in rows:
        row["text"] = row["text"].replace("flood", poison.ONCE)
    marks = tmp_path / "marks"
    marks.mkdir()
    monkeypatch.setenv(poison.MARKS, str(marks))
    there = scanned(rows, "there", poison.poisoned)
    assert len(list(marks.iterdir())) == 1
    assert results(there) == results(scanned(rows, "here"))


def test_workers_that_are_killed_leave_no_trace(scanned: Scanned) -> None:
    rows = feed(60)
    calls: list[int] = []
    killed: list[int] = []

    def told(stage: str, progress: Progress, total: int) -> None:
        calls.append(progress.rows)
        if stage == "checking" and len(calls) % 3 == 0 and len(killed) < 4:
            victim = multiprocessing.active_children()[0].pid
            assert victim is not None
            os.kill(victim, signal.SIGKILL)
            killed.append(victim)

    there = scanned(rows, "there", _worker.main, 2, told=told)
    assert len(set(killed)) > 1
    assert results(there) == results(scanned(rows, "here"))
    assert calls[-1] == len(rows)


@pytest.mark.parametrize(("main", "times"), [(poison.stillborn, 3), (poison.doomed, 4)])
def test_workers_that_all_die_end_the_scan_with_a_remedy(
    scanned: Scanned, main: Any, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consistency.batch._local._VAIN", times)
    with pytest.raises(ConsistencyError, match=rf"^{times} workers ended .* \(signal 9\)$") as raised:
        scanned([row for at in range(9) for row in story(f"s{at}", wrong=True)], "there", main)
    assert "--workers" in raised.value.remedy
    rows = [row for at in range(9) for row in story(f"s{at}", wrong=True)]
    assert results(scanned(rows, "there", _worker.main)) == results(scanned(rows, "here"))


def test_a_model_that_is_not_there_is_told_as_ever(tmp_path: Path) -> None:
    path = write(tmp_path / "feed.jsonl", story("a"))
    with pytest.raises(ModelError, match="no-such-folder"):
        scan([str(path)], tmp_path / "out", Config(model=str(tmp_path / "no-such-folder" / "x")))
    assert not (tmp_path / "out" / "plan.json").exists()


def test_the_network_is_there_before_any_story(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    class Asked(LexicalScorer):
        def score(self, pairs: Any) -> list[Scores]:
            asked.extend(pairs)
            return super().score(pairs)

    monkeypatch.setattr(pipeline, "load", lambda config: Asked())
    load(LEXICAL)
    load(LEXICAL)
    assert len(set(asked)) == 2, "a pair that a cache may know would load nothing"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A scan as a user starts it, in the midst of checking; its worker waits in a story."""
    rows = feed(40)
    write(tmp_path / "feed.jsonl", rows)
    code = "from tests.poison import slow_scan; slow_scan()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent
    )
    yield process
    process.kill()
    process.wait()


def test_workers_end_when_their_parent_is_killed(running: subprocess.Popen[bytes]) -> None:
    assert running.stdout is not None
    assert running.stdout.readline() == b"checking\n"
    workers = psutil.Process(running.pid).children(recursive=True)
    assert workers
    running.send_signal(signal.SIGKILL)
    running.wait()
    gone, alive = psutil.wait_procs(workers, timeout=60)
    assert not alive
    assert len(gone) == len(workers)


@pytest.mark.parametrize(("threads", "workers", "each"), [(None, 1, 8), (None, 3, 2), (None, 20, 1), (5, 3, 5)])
def test_workers_share_out_the_cores(
    threads: int | None, workers: int, each: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consistency.batch._local.cores", lambda: 8)
    assert Local(Config(threads=threads), workers)._config.threads == each


def test_only_a_story_that_was_alone_is_blamed() -> None:
    suspects = _Suspects()
    suspects.add(range(3, 6))
    suspects.add(range(3, 6))
    assert suspects.blame() == Blame(frozenset({3, 4, 5}))
    suspects.add(range(4, 5))
    assert not suspects.blame().ended
    suspects.add(range(4, 5))
    assert suspects.blame() == Blame(frozenset({3, 4, 5}), frozenset({4}))


def test_a_tally_counts_what_is_tried_again_once() -> None:
    seen: list[Progress] = []
    tally = Tally(seen.append)
    tally.went(0, Progress(5, 2))
    tally.went(1, Progress(1, 1))
    tally.went(0, Progress(5, 2))
    tally.done(0, Progress(9, 4))
    tally.went(1, Progress(3, 2))
    assert seen == [Progress(5, 2), Progress(6, 3), Progress(6, 3), Progress(10, 5), Progress(12, 6)]


def test_importing_the_workers_is_light() -> None:
    code = "import sys, consistency.batch.scan; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    loaded = {name.partition(".")[0] for name in ran.stdout.split()}
    assert not {"torch", "transformers", "sklearn", "pyarrow", "onnxruntime", "ray", "scipy"} & loaded
    assert "consistency.pipeline" not in ran.stdout.split()
