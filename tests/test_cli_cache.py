"""`consistency cache`: what it tells of the folder, and what it removes and leaves."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from consistency.cache import CachedScorer, open_cache
from consistency.cli import cache as command
from tests.cached import Drawn, fill, numbered
from tests.commands import Ran

Run = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "place"
    monkeypatch.setenv("CONSISTENCY_CACHE", str(place))
    return place


@pytest.fixture
def run(folder: Path, capfdbinary: Any) -> Run:
    def command_line(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as ended:
            command.app(arguments, prog_name="consistency cache")
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        return Ran(int(ended.value.code or 0), out, err.decode())

    return command_line


def _export(folder: Path, name: str, size: int) -> None:
    path = folder / "models" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(size))


def test_of_nothing_it_tells_nothing_and_makes_nothing(run: Run, folder: Path) -> None:
    told = run("info")
    assert (told.code, told.err) == (0, "")
    assert [line.split() for line in told.text.splitlines()] == [
        ["scores", str(folder / "scores.sqlite")],
        ["size", "0.0", "MiB", "of", "at", "most", "512.0", "MiB"],
        ["pairs", "0"],
        ["exports", "0", "files,", "0.0", "MiB"],
    ]
    cleared = run("clear")
    assert (cleared.code, cleared.text) == (0, f"{folder}: there is nothing to remove\n")
    assert not folder.exists()


def test_it_tells_what_is_kept_and_of_whom(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Other(Drawn):
        runtime = "drawn/int8"

    monkeypatch.setattr("consistency.cache._table.today", lambda: 20_000)
    fill(folder / "scores.sqlite", 0, 1_200)
    with open_cache(folder / "scores.sqlite") as cache:
        CachedScorer(Other(), cache).score(numbered(0, 1))
        _export(folder, f"{Drawn.digest}-fp32.onnx", 3 << 19)
        told = run("info").text
    assert "pairs    1,201, last used 2024-10-04 to 2024-10-04\n" in told
    assert f"model    {Drawn.digest[:16]} drawn/fp32, pairs encoded by 1: 1,200 pairs, last used 2024-10-04\n" in told
    assert "drawn/int8, pairs encoded by 1: 1 pair, last used 2024-10-04\n" in told
    assert "exports  1 file, 1.5 MiB\n" in told
    as_json = json.loads(run("info", "--json").out)
    assert [(one["digest"], one["runtime"], one["pairs"]) for one in as_json["models"]] == [
        (Drawn.digest, "drawn/fp32", 1_200),
        (Drawn.digest, "drawn/int8", 1),
    ]
    assert as_json["size"] == sum(
        path.stat().st_size for path in folder.iterdir() if path.name.startswith("scores.sqlite")
    )
    assert (as_json["pairs"], as_json["exports_size"], as_json["newest"]) == (1_201, 3 << 19, "2024-10-04")


def test_many_models_are_counted(run: Run, folder: Path) -> None:
    with open_cache(folder / "scores.sqlite") as cache:
        for version in range(25):
            CachedScorer(Drawn(), cache, encoding=str(version)).score(numbered(0, 2))
    lines = run("info").text.splitlines()
    assert sum("drawn/fp32" in line for line in lines) == 20
    assert "model    5 more; --json names them" in lines
    assert len(json.loads(run("info", "--json").out)["models"]) == 25


def test_a_damaged_file_is_told_and_left_to_the_next_run(run: Run, folder: Path) -> None:
    path = folder / "scores.sqlite"
    fill(path, 0, 300)
    os.truncate(path, path.stat().st_size // 2)
    before = path.read_bytes()
    told = run("info")
    assert (told.code, told.out) == (2, b"")
    assert told.err.count("\n") == 1
    assert "the next run sets it aside" in told.err
    assert path.read_bytes() == before
    with open_cache(path) as cache:
        assert cache.notice
    told = run("info")
    assert told.code == 0
    assert f"damaged  {path}.damaged, set aside" in told.text
    cleared = run("clear")
    assert f"removed {path}.damaged (" in cleared.text
    assert not list(folder.iterdir())


def test_clear_removes_a_file_that_is_damaged(run: Run, folder: Path) -> None:
    folder.mkdir()
    (folder / "scores.sqlite").write_bytes(b"garbage" * 999)
    assert run("clear").text == f"removed {folder / 'scores.sqlite'} (0.0 MiB)\n"
    assert not list(folder.iterdir())


def test_clear_removes_what_the_tool_made_and_nothing_else(run: Run, folder: Path, tmp_path: Path) -> None:
    fill(folder / "scores.sqlite", 0, 300)
    (folder / "eval-scores.sqlite").write_text("measured", "utf-8")
    _export(folder, f"{Drawn.digest}.onnx", 1 << 20)
    _export(folder, f"{Drawn.digest}/model/weights.bin", 1 << 20)
    _export(folder, "export-a1b2_c3d/network.onnx", 1 << 20)
    _export(folder, "letter.txt", 5)
    _export(tmp_path / "away", "precious.onnx", 5)
    (folder / "models" / "0123456789abcdef-link").symlink_to(tmp_path / "away" / "models")
    cleared = run("clear")
    assert cleared.code == 0
    lines = cleared.text.splitlines()
    assert f"removed {folder / 'models' / Drawn.digest} (1.0 MiB)" in lines
    assert f"left {folder / 'models' / 'letter.txt'}: the tool did not make it" in lines
    assert len(lines) == 6
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert left == ["away/models/precious.onnx", "place/eval-scores.sqlite", "place/models/letter.txt"]
    (folder / "models" / "letter.txt").unlink()
    _export(folder, f"{Drawn.digest}.onnx", 1)
    assert run("clear").code == 0
    assert not (folder / "models").exists()


def test_a_file_of_something_else_is_left(run: Run, folder: Path) -> None:
    folder.mkdir()
    base = sqlite3.connect(folder / "scores.sqlite")
    base.execute("CREATE TABLE songs (name)")
    base.close()
    before = (folder / "scores.sqlite").read_bytes()
    told = run("info")
    assert told.code == 2
    assert "something else" in told.err
    assert run("clear").text.splitlines()[-1] == f"left {folder / 'scores.sqlite'}: the tool did not make it"
    assert (folder / "scores.sqlite").read_bytes() == before


def test_what_cannot_be_removed_is_a_fault(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    fill(folder / "scores.sqlite", 0, 100)
    monkeypatch.setattr(Path, "unlink", refuse)
    told = run("clear")
    assert (told.code, told.out) == (2, b"")
    assert told.err.count("\n") == 1
    assert "Permission denied" in told.err


def test_what_cannot_be_looked_into_is_not_removed(run: Run, folder: Path) -> None:
    path = folder / "scores.sqlite"
    fill(path, 0, 100)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA journal_mode=DELETE")
    holder.execute("BEGIN EXCLUSIVE")
    try:
        told = run("clear")
    finally:
        holder.close()
    assert (told.code, told.out) == (2, b"")
    assert "locked" in told.err
    assert path.exists()


def test_a_folder_that_may_not_be_entered_is_a_fault(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.stat

    def stat(path: Any, *rest: Any, **more: Any) -> os.stat_result:
        if str(path).startswith(f"{folder}/"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *rest, **more)

    fill(folder / "scores.sqlite", 0, 100)
    monkeypatch.setattr(os, "stat", stat)
    for name in ("info", "clear"):
        told = run(name)
        assert (told.code, told.out) == (2, b"")
        assert told.err.count("\n") == 1
        assert "Permission denied" in told.err


def test_without_a_home_it_says_what_to_do(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONSISTENCY_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    for name in ("info", "clear"):
        told = run(name)
        assert told.code == 2
        assert "$CONSISTENCY_CACHE" in told.err


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_a_name_cannot_drive_a_terminal(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "a\x1b[31m\nb"
    monkeypatch.setenv("CONSISTENCY_CACHE", str(place))
    fill(place / "scores.sqlite", 0, 100)
    for name in ("info", "clear", "clear"):
        told = run(name)
        assert told.code == 0
        assert "\x1b" not in told.text
        assert all(line.split()[0] in SAID or line.endswith("nothing to remove") for line in told.text.splitlines())


SAID = {"scores", "size", "pairs", "model", "exports", "removed"}
