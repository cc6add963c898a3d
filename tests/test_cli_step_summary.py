"""The summary of GitHub's step: written beside the annotations, added to what is there, bounded, never half."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from consistency.cli import _deliver
from consistency.cli._deliver import Target
from consistency.cli._step_summary import add
from consistency.errors import OutputError
from consistency.records import Run
from tests.reports import report

VARIABLE = "GITHUB_STEP_SUMMARY"


@pytest.fixture
def summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "summary.md"))
    return tmp_path / "summary.md"


def deliver(*formats: str, path: Path | None = None) -> None:
    wanted = [Target(name, path if name != formats[0] else None) for name in formats]
    _deliver.deliver(Run((report(),)), wanted, include_text=False, list_removed=False, quiet=True)


def test_the_format_github_writes_it(summary: Path, capfdbinary: Any) -> None:
    deliver("github")
    assert capfdbinary.readouterr().out.startswith(b"::error file=b.txt")
    assert summary.read_text("utf-8").startswith("<!-- consistency -->\n\n### consistency: 1 error")


@pytest.mark.parametrize("name", ["terminal", "markdown"])
def test_no_other_format_does(summary: Path, name: str) -> None:
    deliver(name)
    assert not summary.exists()


@pytest.mark.parametrize("value", [None, ""])
def test_where_there_is_no_step_there_is_no_summary(
    value: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(VARIABLE, value)
    deliver("github")
    assert os.listdir(tmp_path) == []


def test_it_is_added_to_what_others_wrote(summary: Path) -> None:
    summary.write_text("# before\n", "utf-8")
    deliver("github")
    deliver("github")
    said = summary.read_text("utf-8")
    assert said.startswith("# before\n<!-- consistency -->")
    assert said.count("### consistency: ") == 2


def test_what_has_no_room_is_said_and_spoils_nothing(summary: Path, capfd: Any) -> None:
    summary.write_bytes(b"x" * 999_990)
    deliver("github")
    assert summary.stat().st_size == 999_990
    assert "consistency: the step summary has no room left (999,990 bytes are taken)" in capfd.readouterr().err


def test_a_summary_that_cannot_be_written_is_a_fault_after_all_else_is_delivered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Any
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(OutputError, match="step summary cannot be written") as caught:
        deliver("github", "json", path=tmp_path / "report.json")
    assert VARIABLE in caught.value.remedy
    assert (tmp_path / "report.json").exists()
    assert capfdbinary.readouterr().out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_leaves_no_half_of_it(summary: Path) -> None:
    summary.symlink_to("/dev/full")
    with pytest.raises(OutputError, match="No space left"):
        add("text")


def test_a_write_that_breaks_off_is_taken_back(summary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary.write_text("before", "utf-8")
    opened = Path.open

    class Half:
        def __init__(self, stream: Any) -> None:
            self.stream = stream

        def __enter__(self) -> Half:
            return self

        def __exit__(self, *_: object) -> None:
            self.stream.close()

        def write(self, content: bytes) -> None:
            self.stream.write(content[:2])
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", lambda path, mode: Half(opened(path, mode)))
    with pytest.raises(OutputError):
        add("text")
    monkeypatch.undo()
    assert summary.read_bytes() == b"before"
