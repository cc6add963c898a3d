"""Threads follow what a container grants."""

from __future__ import annotations

from pathlib import Path

import pytest

from consistency.backends import _cores, cores


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Eight processors and no control group; the files that a test writes here are the group's."""
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(8)), raising=False)
    for name in ("_UNIFIED", "_QUOTA", "_PERIOD"):
        monkeypatch.setattr(_cores, name, tmp_path / name)
    return tmp_path


def test_without_a_group_it_is_what_the_process_may_use(machine: Path) -> None:
    assert cores() == 8


@pytest.mark.parametrize(
    ("told", "granted"),
    [
        ("max 100000", 8),
        ("200000 100000", 2),
        ("250000 100000", 3),
        ("50000 100000", 1),
        ("9900000 100000", 8),
        ("", 8),
        ("nonsense", 8),
        ("0 0", 8),
    ],
)
def test_a_quota_of_the_unified_group(machine: Path, told: str, granted: int) -> None:
    (machine / "_UNIFIED").write_text(f"{told}\n")
    assert cores() == granted


@pytest.mark.parametrize(("quota", "granted"), [("150000", 2), ("-1", 8)])
def test_a_quota_of_the_older_group(machine: Path, quota: str, granted: int) -> None:
    (machine / "_QUOTA").write_text(f"{quota}\n")
    (machine / "_PERIOD").write_text("100000\n")
    assert cores() == granted
