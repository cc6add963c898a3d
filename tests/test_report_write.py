"""A report file is written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from consistency.errors import OutputError
from consistency.report import write, write_all


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write("é", tmp_path / "report.txt")
    finally:
        os.umask(mask)
    assert (tmp_path / "report.txt").read_bytes() == "é".encode()
    assert stat.S_IMODE((tmp_path / "report.txt").stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["report.txt"]


def test_an_old_file_keeps_its_permissions_and_a_link_its_target(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("old")
    real.chmod(0o600)
    (tmp_path / "link.txt").symlink_to(real)
    write("new", tmp_path / "link.txt")
    assert real.read_text() == "new"
    assert (tmp_path / "link.txt").is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o600


def test_a_write_that_breaks_off_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.txt"
    target.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left") as caught:
        write("new", target)
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["report.txt"]
    assert "disk with room" in caught.value.remedy


@pytest.mark.parametrize("name", ["", "none/report.txt", "file/report.txt", "x" * 300, "a\0b"])
def test_a_place_that_takes_no_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        write("new", tmp_path / name)
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.parametrize("wrong", ["none/report.txt", "folder", "/dev/full"])
def test_of_several_files_all_are_written_or_none(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "old.txt").write_text("old")
    with pytest.raises(OutputError, match=f"{wrong}: the report"):
        write_all([("new", tmp_path / "old.txt"), ("new", tmp_path / "first.txt"), ("new", tmp_path / wrong)])
    assert sorted(os.listdir(tmp_path)) == ["folder", "old.txt"]
    assert (tmp_path / "old.txt").read_text() == "old"
    write_all([("new", tmp_path / "old.txt"), ("other", tmp_path / "first.txt")])
    assert [(tmp_path / name).read_text() for name in ("old.txt", "first.txt")] == ["new", "other"]


def test_a_device_is_written_into_and_not_replaced(tmp_path: Path) -> None:
    write("gone", Path(os.devnull))
    assert not Path(os.devnull).is_file()
    read, sink = os.pipe()
    write("heard", Path(f"/dev/fd/{sink}"))
    assert os.read(read, 10) == b"heard"
    os.close(read)
    os.close(sink)
