"""`consistency scan` as from a shell: what it says, how it exits, and that it survives being stopped."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from consistency.batch import scan as module
from consistency.batch.scan import scan
from consistency.cli.scan import _WORDS
from consistency.errors import ModelError
from tests.commands import Shell
from tests.feeds import LEXICAL, Here, feed, result_rows, results, story, write
from tests.models import MODELS

ROOT = Path(__file__).parent.parent


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capfdbinary: Any, tmp_path: Path) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(monkeypatch, capfdbinary)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ENGINES", {"local": Here})


def test_a_feed_is_scanned_by_workers(shell: Shell, tmp_path: Path) -> None:
    path = write(tmp_path / "feed.jsonl", feed(9))
    ran = shell("scan", path, "--output", "out", "--model", "lexical", "--workers", 2, "--shards", 2)
    assert (ran.code, ran.text) == (1, "")
    rows = result_rows(tmp_path / "out")
    wrong = sum(row["verdict"] == "findings" for row in rows)
    assert ran.err.splitlines() == [
        f"{len(rows)} results of 9 stories: {len(rows) - wrong - 3} clean, {wrong} findings, 0 unchecked, 3 alone",
        f"{wrong} errors, 0 warnings, 0 notes",
        "out/results holds a row for each, out/summary.json the numbers",
    ]


@pytest.mark.usefixtures("here")
def test_what_was_not_read_or_checked_is_told(shell: Shell, tmp_path: Path) -> None:
    rows = [*story("a", 3), {"id": 1}, {"id": 2, "text": "x", "mood": "good"}]
    path = write(tmp_path / "feed.jsonl", rows)
    ran = shell("scan", path, "--output", "out", "--model", "lexical", "--most-versions", 2)
    assert ran.code == 3
    assert "not checked: 1 past the most versions of a story, 1 that name no story" in ran.err
    assert "not read: 1 row; see out/unread.jsonl" in ran.err
    assert "columns passed over: mood" in ran.err


@pytest.mark.usefixtures("here")
def test_the_second_time_says_the_same_and_quiet_says_nothing(shell: Shell, tmp_path: Path) -> None:
    path = write(tmp_path / "feed.jsonl", story("a", wrong=True))
    first = shell("scan", path, "--output", "out", "--model", "lexical")
    again = shell("scan", path, "--output", "out", "--model", "lexical")
    assert (again.code, again.err) == (first.code, first.err)
    quiet = shell("scan", path, "--output", "out", "--model", "lexical", "--quiet", "--fail-on", "never")
    assert (quiet.code, quiet.err) == (0, "")


@pytest.mark.usefixtures("here")
def test_another_scan_s_folder_is_a_fault_with_a_remedy(shell: Shell, tmp_path: Path) -> None:
    path = write(tmp_path / "feed.jsonl", story("a"))
    assert shell("scan", path, "--output", "out", "--model", "lexical").code == 0
    ran = shell("scan", path, "--output", "out", "--model", "lexical", "--shards", 3)
    assert ran.code == 2
    assert ran.err == (
        "consistency: error: out holds another scan: it has another number of shards; "
        "choose another --output, or throw that scan away with --restart\n"
    )
    assert shell("scan", path, "--output", "out", "--model", "lexical", "--shards", 3, "--restart").code == 0


@pytest.mark.usefixtures("here")
def test_a_baseline_of_the_settings_is_said_to_be_unused(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "consistency.toml").write_text('baseline = "known.toml"\nmodel = "lexical"\n')
    ran = shell("scan", write(tmp_path / "feed.jsonl", story("a")), "--output", "out")
    assert "known.toml was not used" in ran.err


def _damaged_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    (folder / "scores.sqlite").write_bytes(random.Random(1).randbytes(20_000))
    monkeypatch.setenv("CONSISTENCY_CACHE", str(folder))


def test_what_is_wrong_with_the_cache_is_said_once(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "feed.jsonl", feed(5))
    plain = ["scan", path, "--model", MODELS / "tiny", "--workers", 2, "--shards", 3, "--fail-on", "never"]
    _damaged_cache(tmp_path / "cache", monkeypatch)
    ran = shell(*plain, "--output", "out")
    assert ran.err.count("is set aside as scores.sqlite.damaged") == 1
    assert ran.err.count("consistency: the cache of scores") == 1
    assert (tmp_path / "cache" / "scores.sqlite.damaged").exists()
    again = shell(*plain, "--output", "again")
    assert "the cache of scores" not in again.err
    assert results(tmp_path / "again") == results(tmp_path / "out")
    _damaged_cache(tmp_path / "other", monkeypatch)
    quiet = shell(*plain, "--output", "quiet", "--quiet")
    assert quiet.err == ""


def test_what_is_wrong_is_said_of_a_scan_that_fails_too(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(Here):
        notices = ("the cache is gone",)

        def run(self, *_: Any) -> None:
            raise ModelError("the model is gone", "get it")

    monkeypatch.setattr(module, "ENGINES", {"local": Broken})
    ran = shell("scan", write(tmp_path / "feed.jsonl", story("a")), "--output", "out", "--model", "lexical")
    assert ran.code == 2
    assert ran.err.splitlines() == ["consistency: the cache is gone", "consistency: error: the model is gone; get it"]


def test_ctrl_c_says_how_to_go_on(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(Here):
        def run(self, *_: Any) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(module, "ENGINES", {"local": Stopped})
    ran = shell("scan", write(tmp_path / "feed.jsonl", story("a")), "--output", "out", "--model", "lexical")
    assert (ran.code, ran.err) == (130, "consistency: stopped; the same command goes on where it was\n")


@pytest.mark.parametrize(
    "wrong", [["--workers", 0], ["--shards", 0], ["--engine", "abacus"], ["--most-versions", 0], []]
)
def test_a_wrong_option_is_a_fault(shell: Shell, tmp_path: Path, wrong: list[object]) -> None:
    path = write(tmp_path / "feed.jsonl", story("a"))
    assert shell("scan", path, *(["--output", "out", *wrong] if wrong else [])).code == 2
    assert not (tmp_path / "out").exists()


def test_every_engine_can_be_asked_for() -> None:
    from typing import get_args, get_type_hints

    from consistency.cli.scan import scan as command

    assert set(get_args(get_type_hints(command)["engine"])) == set(module.ENGINES)


def test_every_reason_has_its_words() -> None:
    from typing import get_args

    from consistency.batch._wire import Why

    assert list(_WORDS) == list(get_args(Why))


@pytest.fixture
def started(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A scan in a process and a session of its own, with a worker; its feed takes a while."""
    write(tmp_path / "feed.jsonl", feed(900))
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen(_command(), cwd=tmp_path, env=_environment(), start_new_session=True, stderr=said)
    yield process
    process.kill()
    process.wait()


def _command() -> list[str]:
    given = ["scan", "feed.jsonl", "--output", "out", "--model", "lexical", "--shards", "8"]
    return [sys.executable, "-m", "consistency", *given]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def _until_half_done(process: subprocess.Popen[bytes], folder: Path) -> list[psutil.Process]:
    """Waits for results of some shards; the processes that are at work then, halted until told to go on."""
    while process.poll() is None and len(list((folder / "results").glob("*"))) < 2:
        os.sched_yield()
    os.killpg(process.pid, signal.SIGSTOP)
    assert process.poll() is None, "it was done before it could be stopped"
    return [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT])
def test_a_scan_that_is_stopped_goes_on_and_ends_the_same(
    started: subprocess.Popen[bytes], tmp_path: Path, stop: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = _until_half_done(started, tmp_path / "out")
    os.killpg(started.pid, stop) if stop == signal.SIGINT else started.send_signal(stop)
    os.killpg(started.pid, signal.SIGCONT)
    assert started.wait() == (130 if stop == signal.SIGINT else -stop)
    _, alive = psutil.wait_procs(family[1:], timeout=60)
    assert not alive
    said = (tmp_path / "said").read_text()
    assert said == ("consistency: stopped; the same command goes on where it was\n" if stop == signal.SIGINT else "")
    left = len(list((tmp_path / "out" / "results").iterdir()))
    assert 2 <= left < 8
    subprocess.run(_command(), cwd=tmp_path, env=_environment(), check=False)
    monkeypatch.setattr(module, "ENGINES", {"local": Here})
    monkeypatch.chdir(tmp_path)
    scan(["feed.jsonl"], "whole", LEXICAL, shards=8)
    assert results(tmp_path / "out") == results(tmp_path / "whole")


def test_help_names_what_it_takes(shell: Shell) -> None:
    shown = json.dumps(shell("scan", "--help").text)
    assert all(option in shown for option in ("--output", "--workers", "--engine", "--restart", "--shards"))
