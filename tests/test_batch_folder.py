"""A command writes into a folder that is new or its own: what others put there, and its own input, stays as it is."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from consistency.batch import _files
from consistency.batch import scan as module
from consistency.batch._plan import files
from consistency.batch.group import group_files
from consistency.batch.scan import scan
from consistency.config import Config
from consistency.errors import ConfigError, InputError, ModelError
from tests.feeds import LEXICAL, Here, feed, result_rows, results, write
from tests.test_batch_scan import _killed

Tree = dict[str, bytes]


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(module, "ENGINES", {"local": Here})


@pytest.fixture
def given(tmp_path: Path) -> Path:
    return write(tmp_path / "feed.jsonl", feed(6))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def _put(folder: Path, **files: str) -> None:
    """Files by their path, in which `__` stands for `/` and `_` for a dot."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


def _tree(folder: Path) -> Tree:
    """What stands in a folder, but for the lock."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found.pop("scan.lock", None)
    return found


def _scan(given: Path, out: Path, **more: Any) -> None:
    scan([str(given)], out, LEXICAL, shards=2, **more)


@pytest.mark.parametrize("restart", [False, True])
@pytest.mark.parametrize(
    "there",
    [
        {"results__precious_csv": "keep", "work__notes_txt": "keep"},
        {"results__part-00000_jsonl": '{"song": 1}\n', "results__part-00001_jsonl": "x"},
        {"plan_json": '{"a": 1}', "results__precious_csv": "keep"},
        {"plan_json": '{"tool": "saw", "inputs": 3}'},
        {"plan_json": "{"},
        {"summary_json": "{}"},
        {"unread_jsonl": ""},
    ],
)
def test_names_that_a_scan_would_give_make_no_folder_its_own(
    given: Path, out: Path, there: dict[str, str], restart: bool
) -> None:
    _put(out, **there)
    before = _tree(out)
    with pytest.raises(InputError, match=r"holds something else|no plan of a scan") as raised:
        _scan(given, out, restart=restart)
    assert "--restart" not in raised.value.remedy
    assert _tree(out) == before


def test_a_folder_in_which_nothing_was_begun_yet_is_taken(given: Path, out: Path) -> None:
    _put(out, scan_lock="", **{"_plan_json_new": '{"ha'})
    _scan(given, out)
    assert set(_tree(out)) == {
        "plan.json",
        "summary.json",
        "unread.jsonl",
        "results/part-00000.jsonl",
        "results/part-00001.jsonl",
    }


def test_restart_removes_what_a_scan_has_made_and_nothing_else(given: Path, out: Path) -> None:
    _scan(given, out)
    before = results(out)
    _put(out, notes_txt="mine", results__precious_csv="mine")
    scan([str(given)], out, LEXICAL, shards=1, restart=True)
    found = _tree(out)
    assert (found.pop("notes.txt"), found.pop("results/precious.csv")) == (b"mine", b"mine")
    assert len(found) == 4
    _scan(given, out, restart=True)
    (out / "results" / "precious.csv").unlink()
    assert results(out) == before


def test_a_working_folder_with_something_else_in_it_stops_before_anything_is_removed(given: Path, out: Path) -> None:
    _scan(given, out)
    _put(out, work__notes_txt="mine")
    before = _tree(out)
    with pytest.raises(InputError, match=r"work holds something else \(notes.txt\)"):
        _scan(given, out, restart=True)
    assert _tree(out) == before


def test_a_plan_of_another_version_can_be_thrown_away(given: Path, out: Path) -> None:
    _scan(given, out)
    plan = json.loads((out / "plan.json").read_text())
    del plan["runtime"]
    (out / "plan.json").write_text(json.dumps(plan))
    with pytest.raises(InputError, match="plan of a scan by another version") as raised:
        _scan(given, out)
    assert "--restart" in raised.value.remedy
    _scan(given, out, restart=True)
    _scan(given, out)


FAILING: dict[str, tuple[Callable[[], Any], type[Exception]]] = {
    "backend": (lambda: _raising(ConfigError("onnx does not compute in bf16", "use fp32")), ConfigError),
    "model": (lambda: _raising(ModelError("no such model", "get it")), ModelError),
}


def _raising(fault: Exception) -> Callable[..., Any]:
    def engine(*_: Any) -> Any:
        raise fault

    return engine


@pytest.mark.parametrize("failing", FAILING)
def test_a_restart_that_cannot_begin_leaves_the_old_scan(
    given: Path, out: Path, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _scan(given, out)
    before = _tree(out)
    engine, fault = FAILING[failing]
    monkeypatch.setattr(module, "ENGINES", {"local": engine()})
    with pytest.raises(fault):
        _scan(given, out, restart=True)
    assert _tree(out) == before


def test_a_restart_whose_feed_cannot_be_read_leaves_the_old_scan(
    given: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _scan(given, out)
    before = _tree(out)

    def unreadable(*_: Any) -> Any:
        raise InputError("cannot be read", "check the permissions")

    monkeypatch.setattr("consistency.batch._plan.described", unreadable)
    with pytest.raises(InputError, match="cannot be read"):
        _scan(given, out, restart=True)
    assert _tree(out) == before


def test_a_restart_that_is_killed_anywhere_ends_as_any_other(given: Path, tmp_path: Path) -> None:
    whole, more = tmp_path / "whole", tmp_path / "more.jsonl"
    _scan(given, whole)
    write(more, feed(9))
    points = 0
    while points < 500:
        folder = tmp_path / f"killed-{points}"
        _scan(more, folder)
        if not _killed(given, folder.name, points + 1, restart=True):
            break
        _scan(given, folder, restart=json.loads((folder / "plan.json").read_text())["inputs"][0]["path"] == str(more))
        assert results(folder) == results(whole), f"killed at point {points + 1}"
        points += 1
    assert 40 < points < 500


# The input is no output.


@pytest.mark.parametrize("name", ["unread.jsonl", "results/part-00000.jsonl"])
@pytest.mark.parametrize("restart", [False, True])
def test_a_scan_does_not_read_what_it_would_write_over(given: Path, out: Path, name: str, restart: bool) -> None:
    _scan(given, out)
    given.unlink()
    given.symlink_to(out / name)
    before = _tree(out)
    with pytest.raises(InputError, match="written over"):
        _scan(given, out, restart=restart)
    assert _tree(out) == before


@pytest.mark.parametrize("name", ["articles.jsonl", "unread.jsonl"])
@pytest.mark.parametrize("own", [False, True])
def test_a_grouping_does_not_write_over_its_input(
    given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, own: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    if own:
        group_files([given], ".")
    given.replace(name)
    before = _tree(tmp_path)
    (tmp_path / "link.jsonl").symlink_to(name)
    for spelt, folder in ((name, "."), (f"./{name}", str(tmp_path)), ("link.jsonl", ".")):
        with pytest.raises(InputError, match="written over"):
            group_files([spelt], folder)
    (tmp_path / "link.jsonl").unlink()
    assert _tree(tmp_path) == before


def test_a_grouping_leaves_the_folder_of_a_scan_alone(given: Path, out: Path) -> None:
    _scan(given, out)
    before = _tree(out)
    with pytest.raises(InputError, match="holds a scan"):
        group_files([given], out)
    (out / "plan.json").unlink()
    with pytest.raises(InputError, match="not made by a grouping"):
        group_files([given], out)
    before.pop("plan.json")
    assert _tree(out) == before


@pytest.mark.parametrize(
    "there", [{"summary_json": '{"articles": 3}'}, {"articles_jsonl": "{}\n"}, {"unread_jsonl": ""}]
)
def test_a_grouping_leaves_files_of_its_names_alone(given: Path, out: Path, there: dict[str, str]) -> None:
    _put(out, **there)
    before = _tree(out)
    with pytest.raises(InputError, match="not made by a grouping"):
        group_files([given], out)
    assert _tree(out) == before


def test_a_grouping_takes_a_folder_with_other_things_and_its_own_again(given: Path, out: Path) -> None:
    _put(out, notes_txt="mine")
    group_files([given], out)
    made = _tree(out)
    group_files([given], out)
    assert _tree(out) == made


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_a_grouping_that_is_stopped_between_its_files_can_be_run_again(
    given: Path, out: Path, monkeypatch: pytest.MonkeyPatch, moved: int
) -> None:
    real, left = _files.publish, iter(range(moved))

    def publish(made: Path, path: Path) -> None:
        if path.parent == out and next(left, None) is None:
            raise KeyboardInterrupt
        real(made, path)

    with monkeypatch.context() as patched:
        patched.setattr(_files, "publish", publish)
        with pytest.raises(KeyboardInterrupt):
            group_files([given], out)
    assert len(_tree(out)) == moved
    assert group_files([given], out).articles == len(feed(6))


# The input, however it is named.


@pytest.mark.parametrize("spelt", ["./feed.jsonl", "sub/../feed.jsonl", "link.jsonl", "hard.jsonl"])
def test_a_file_that_is_given_twice_is_known_however_it_is_spelt(
    given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spelt: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.jsonl").symlink_to(given)
    os.link(given, tmp_path / "hard.jsonl")
    with pytest.raises(InputError, match="given twice"):
        files([str(given), spelt])


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_a_name_that_is_no_utf_8_is_spelt_out(given: Path, tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.jsonl"))
    write(odd, [*feed(4), {"text": "No story and no id."}, {"id": 3}])
    _scan(odd, tmp_path / "scanned")
    told = {row["version"]["source"] for row in result_rows(tmp_path / "scanned")}
    assert told == {f"{tmp_path}/bad\\xff.jsonl"}
    assert "bad\\\\xff.jsonl, line" in (tmp_path / "scanned" / "unread.jsonl").read_text("utf-8")
    assert group_files([odd], tmp_path / "grouped").unread == 1


def test_a_model_that_is_not_there_leaves_no_plan(given: Path, out: Path) -> None:
    with pytest.raises(ModelError):
        scan([str(given)], out, Config(model=str(out / "no" / "model")))
    _scan(given, out)
