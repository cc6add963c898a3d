"""A scan killed at any point, also by force, and started again ends with the same files; a folder holds one scan."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from consistency.batch import _files, _results, _spool, _summary, shard
from consistency.batch import scan as module
from consistency.batch._job import Progress
from consistency.batch._plan import Plan, files, saved
from consistency.batch.scan import scan
from consistency.config import Config
from consistency.errors import InputError, OutputError
from tests.feeds import LEXICAL, Here, feed, result_rows, results, story, text, write

PAIRS = [{"id": f"p{at}", "reference": text(20, at), "version": text(20 + at, at)} for at in range(2)]
ROWS = [*feed(8), *PAIRS]
SHARDS = 2


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards run in this process, in small groups; a kill, other than a power cut, needs nothing on the disk."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(module, "ENGINES", {"local": Here})
    monkeypatch.setattr(shard, "GROUP_STORIES", 2)
    monkeypatch.setattr(_spool, "BUFFER_BYTES", 5_000)


@pytest.fixture
def given(tmp_path: Path) -> Path:
    path = write(tmp_path / "feed.jsonl", ROWS)
    with path.open("a") as stream:
        stream.write("no row\n")
    return path


def _scan(given: Path, name: str, **more: Any) -> Path:
    folder = given.parent / name
    scan([str(given)], folder, LEXICAL, shards=SHARDS, **more)
    return folder


class Killer:
    """Counts what a scan does, and ends its process by force at one of these points."""

    def __init__(self, at: int) -> None:
        self._left = at

    def watch(self) -> None:
        """Before and after every move of a file, before every result, every flush of the spool, every line read."""
        self._wrap(_files, "publish", after=True)
        self._wrap(_files, "settle")
        self._wrap(_results, "encoded")
        self._wrap(_spool._Spool, "flush", after=True)
        self._wrap(_summary, "summed")
        self._wrap(Path, "unlink", after=True)

    def _wrap(self, owner: Any, name: str, *, after: bool = False) -> None:
        real = getattr(owner, name)

        def watched(*given: Any, **more: Any) -> Any:
            self._point()
            made = real(*given, **more)
            if after:
                self._point()
            return made

        setattr(owner, name, watched)

    def _point(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _killed(given: Path, name: str, at: int, **more: Any) -> bool:
    """Scans in a process that is killed at its point number `at`; False where it came to its end before."""
    process = multiprocessing.get_context("fork").Process(target=_doomed, args=(given, name, at), kwargs=more)
    process.start()
    process.join()
    assert process.exitcode in {0, -signal.SIGKILL}
    return process.exitcode != 0


def _doomed(given: Path, name: str, at: int, **more: Any) -> None:
    Killer(at).watch()
    _scan(given, name, **more)


def test_killed_at_any_point_and_run_again_it_ends_the_same(given: Path) -> None:
    whole = results(_scan(given, "whole"))
    points = 0
    while points < 500 and _killed(given, f"killed-{points}", points + 1):
        folder = _scan(given, f"killed-{points}")
        assert results(folder) == whole, f"killed at point {points + 1}"
        assert not (folder / "work").exists()
        assert not list(folder.rglob("*.new"))
        points += 1
    assert 30 < points < 500


def test_killed_again_and_again_it_still_ends_the_same(given: Path) -> None:
    whole = results(_scan(given, "whole"))
    times = next(at for at in range(100) if not _killed(given, "out", 8 + 3 * at))
    assert times > 3
    assert results(given.parent / "out") == whole
    ids = [row["version"]["id"] for row in result_rows(given.parent / "out")]
    assert len(set(ids)) == len(ids)


def test_every_row_is_accounted_for(given: Path) -> None:
    folder = _scan(given, "out")
    told = json.loads((folder / "summary.json").read_text())
    rows = result_rows(folder)
    assert told["read"] == {"articles": len(ROWS) - 2, "pairs": 2, "unread": {"shape": 1}, "ignored": {}}
    assert told["results"] == len(rows) == sum(told["verdicts"].values())
    assert told["results"] + told["references"] == len(ROWS)
    assert told["stories"] == 8 + 2
    assert told["levels"]["error"] == sum(row["counts"]["error"] for row in rows) > 0
    assert told["checks"]["quantity"]["error"] == told["levels"]["error"]
    assert f"line {len(ROWS) + 1} is no record" in (folder / "unread.jsonl").read_text()


def test_the_order_of_shards_and_groups_changes_no_result(given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = sorted(map(str, result_rows(_scan(given, "plain"))))
    monkeypatch.setattr(shard, "GROUP_STORIES", 64)
    scan([str(given)], given.parent / "one", LEXICAL, shards=1)
    assert sorted(map(str, result_rows(given.parent / "one"))) == plain


def test_a_scan_that_is_done_is_only_told_again(given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _scan(given, "out")
    before = results(folder)
    monkeypatch.setattr(Here, "run", None)
    _scan(given, "out")
    assert results(folder) == before


def test_a_part_that_was_lost_is_made_again(given: Path) -> None:
    folder = _scan(given, "out")
    before = results(folder)
    (folder / "results" / "part-00001.jsonl").unlink()
    _scan(given, "out")
    assert results(folder) == before


def _other_feed(given: Path) -> dict[str, Any]:
    write(given, [*ROWS, *story("more")])
    return {}


OTHERS: dict[str, tuple[Callable[[Path], dict[str, Any]], str]] = {
    "feed": (_other_feed, "its inputs are others, or have changed"),
    "settings": (lambda _: {"config": Config(model="lexical", min_coverage=0.4)}, "its settings are others"),
    "shards": (lambda _: {"shards": 5}, "it has another number of shards"),
    "bound": (lambda _: {"most_versions": 5}, "it compares another number of versions"),
}


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("done", [False, True])
def test_a_folder_of_another_scan_is_refused(given: Path, other: str, done: bool) -> None:
    if done:
        _scan(given, "out")
    else:
        assert _killed(given, "out", 25)
    change, told = OTHERS[other]
    arguments = {"config": LEXICAL, **change(given)}
    folder = given.parent / "out"
    with pytest.raises(InputError, match=f"holds another scan: {told}") as raised:
        scan([str(given)], folder, **arguments)
    assert "--restart" in raised.value.remedy
    scan([str(given)], folder, restart=True, **arguments)
    scan([str(given)], given.parent / "fresh", **arguments)
    assert results(folder) == results(given.parent / "fresh")


def test_another_model_is_another_scan(given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _scan(given, "out")

    class Other(Here):
        @property
        def model(self) -> Any:
            return super().model.__class__("0.1.0", "other", "onnx/int8")

    monkeypatch.setattr(module, "ENGINES", {"local": Other})
    with pytest.raises(InputError, match="its model is another and its model is run by another backend"):
        _scan(given, "out")


def test_settings_that_change_no_verdict_are_no_other_scan(given: Path) -> None:
    folder = _scan(given, "out")
    before = results(folder)
    scan([str(given)], folder, Config(model="lexical", threads=2, batch_size=3, fail_on="note"))
    assert results(folder) == before


def test_a_feed_is_known_by_what_stands_in_it(given: Path, tmp_path: Path) -> None:
    assert _killed(given, "out", 25)
    (tmp_path / "elsewhere").mkdir()
    moved = given.rename(tmp_path / "elsewhere" / "moved.jsonl")
    scan([str(moved)], tmp_path / "out", LEXICAL)
    moved.rename(given)
    assert results(tmp_path / "out") == results(_scan(given, "whole"))


def test_a_feed_that_changes_while_it_is_read_is_refused(given: Path) -> None:
    def grow(stage: str, progress: Progress, total: int) -> None:
        with given.open("a") as stream:
            stream.write(json.dumps(story("late")[0]) + "\n")

    with pytest.raises(InputError, match="changed while it was read"):
        _scan(given, "out", told=grow)
    assert not (given.parent / "out" / "work").exists()


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder in which another process scans."""
    folder = tmp_path / "out"
    folder.mkdir()
    ready = multiprocessing.get_context("fork").Event()
    end = multiprocessing.get_context("fork").Event()

    def hold() -> None:
        with _files.alone(folder / "scan.lock", wait=False):
            ready.set()
            end.wait(60)

    process = multiprocessing.get_context("fork").Process(target=hold)
    process.start()
    ready.wait(60)
    yield folder
    end.set()
    process.join()


def test_two_scans_do_not_write_one_folder(given: Path, locked: Path) -> None:
    for restart in (False, True):
        with pytest.raises(InputError, match="another scan is writing there"):
            _scan(given, locked.name, restart=restart)
    assert [path.name for path in locked.iterdir()] == ["scan.lock"]


def test_a_folder_of_something_else_is_left_alone(given: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.tex").write_text("dear")
    for restart in (False, True):
        with pytest.raises(InputError, match="holds something else"):
            _scan(given, "out", restart=restart)
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="is a file"):
        _scan(given, "file")
    assert (tmp_path / "out" / "thesis.tex").read_text() == "dear"


def test_restart_leaves_what_is_not_the_scan_s(given: Path) -> None:
    folder = _scan(given, "out")
    (folder / "notes.txt").write_text("mine")
    _scan(given, "out", restart=True)
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_broken_plan_is_told(given: Path) -> None:
    folder = _scan(given, "out")
    (folder / "plan.json").write_text("{")
    with pytest.raises(InputError, match="no plan of a scan"):
        _scan(given, "out")
    with pytest.raises(InputError, match="no plan of a scan"):
        _scan(given, "out", restart=True)
    assert (folder / "summary.json").exists()


def test_the_plan_names_its_inputs(given: Path) -> None:
    plan = saved(_scan(given, "out") / "plan.json")
    assert isinstance(plan, Plan)
    assert (plan.inputs[0].path, plan.inputs[0].size, len(plan.inputs[0].sha256)) == (
        str(given),
        given.stat().st_size,
        64,
    )
    assert (plan.model, plan.runtime, plan.shards) == ("lexical-1", "lexical", SHARDS)


@pytest.mark.parametrize("name", ["none.jsonl", "feed.csv", "empty", "twice"])
def test_inputs_that_make_no_sense_are_told(given: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "feed.csv").touch()
    (tmp_path / "empty").mkdir()
    inputs = [str(given), str(given)] if name == "twice" else [str(tmp_path / name)]
    with pytest.raises(InputError) as raised:
        files(inputs)
    assert raised.value.remedy
    assert not (tmp_path / "out").exists()


def test_a_folder_stands_for_the_files_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "feeds"
    folder.mkdir()
    for name in ("b.jsonl", "a.parquet", "notes.txt", "c.ndjson.gz"):
        (folder / name).touch()
    assert [path.name for path in files([str(folder)])] == ["a.parquet", "b.jsonl", "c.ndjson.gz"]


def test_a_feed_is_the_same_in_any_format(tmp_path: Path) -> None:
    plain = write(tmp_path / "feed.jsonl", ROWS)
    packed, table = tmp_path / "feed.ndjson.gz", tmp_path / "feed.parquet"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    parquet.write_table(
        pa.Table.from_pylist([{**dict.fromkeys(("text", "reference", "version")), **row} for row in ROWS]), table
    )

    def told(path: Path) -> list[tuple[Any, ...]]:
        folder = tmp_path / f"out-{path.name}"
        scan([str(path)], folder, LEXICAL, shards=1)
        return [(row["story"], row["version"]["id"], row["verdict"], row["findings"]) for row in result_rows(folder)]

    assert told(plain) == told(packed) == told(table)


def test_a_broken_file_leaves_the_others(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", story("a"))
    (tmp_path / "b.parquet").write_bytes(b"PAR1 cut")
    write(tmp_path / "c.jsonl", [{"id": "late", "story": "a", "text": text(20, "a")}])
    summary = scan([str(tmp_path)], tmp_path / "out", LEXICAL)
    assert summary.verdicts["clean"] == 2
    assert summary.read.unread == {"unreadable": 1}
    assert "b.parquet cannot be read as Parquet" in (tmp_path / "out" / "unread.jsonl").read_text()


def test_a_full_disk_is_told_and_the_scan_goes_on_later(given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device", "part-00000.jsonl")

    with monkeypatch.context() as patched:
        patched.setattr(_files, "settle", full)
        with pytest.raises(OutputError, match="No space left") as raised:
            _scan(given, "out")
    assert "it goes on where it was" in raised.value.remedy
    assert results(_scan(given, "out")) == results(_scan(given, "whole"))


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (story("a", wrong=True), (1, 0, 0, 1)),
        (story("a"), (0, 0, 0, 0)),
        (story("a", 0), (0, 0, 0, 0)),
        ([*story("a"), {"id": "x", "text": "Words."}], (3, 3, 1, 0)),
        ([*story("a"), {"id": "x"}], (3, 3, 1, 0)),
        ([*story("a", wrong=True), {"id": "x"}], (1, 3, 1, 1)),
    ],
)
def test_the_exit_code_is_that_of_a_check(tmp_path: Path, rows: list[dict[str, Any]], codes: tuple[int, ...]) -> None:
    summary = scan([str(write(tmp_path / "feed.jsonl", rows))], tmp_path / "out", LEXICAL)
    told = (
        _summary.exit_code(summary, "error", "report"),
        _summary.exit_code(summary, "never", "report"),
        _summary.exit_code(summary, "never", "fail"),
        _summary.exit_code(summary, "warning", "ignore"),
    )
    assert told == codes
