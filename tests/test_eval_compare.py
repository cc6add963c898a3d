"""`python -m eval compare`: a planted better system wins, an equal one does not, other rows are refused."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from consistency.errors import InputError
from eval import compare
from eval.__main__ import main
from tests.scored import item, summary, write_items, write_summary


def rows(skill: float, seed: int, count: int = 200) -> list[dict[str, Any]]:
    """Rows whose scores lean to the truth by `skill`."""
    drawn = random.Random(seed)
    told = []
    for at in range(count):
        truth = at % 2 == 0
        told.append(item(at, truth, min(1.0, max(0.0, drawn.gauss(0.5 + (skill if truth else -skill), 0.25)))))
    return told


def command(*arguments: str) -> int:
    return main(["compare", *arguments])


def test_a_better_system_wins_and_an_equal_one_does_not(tmp_path: Path) -> None:
    base = write_items(tmp_path / "base.jsonl", rows(0.1, 1))
    better = write_items(tmp_path / "better.jsonl", rows(0.3, 2))
    equal = write_items(tmp_path / "equal.jsonl", rows(0.1, 3))
    won = compare.compare(base, better).metrics["auc"]
    assert won.better == "second"
    assert won.low is not None
    assert won.low > 0
    alike = compare.compare(base, equal).metrics["auc"]
    assert alike.better == ""
    assert alike.p is not None
    assert alike.p > 0.05
    assert alike.detectable is not None
    assert alike.detectable > 0


def test_fewer_alarms_are_better(tmp_path: Path) -> None:
    loud = [item(at, False, 0.9 if at % 3 else 0.1) for at in range(120)]
    quiet = [item(at, False, 0.1) for at in range(120)]
    found = compare.compare(write_items(tmp_path / "a.jsonl", loud), write_items(tmp_path / "b.jsonl", quiet))
    assert found.metrics["false_alarm_rate"].better == "second"
    assert found.metrics["auc"].reason == "one class only"


def test_a_system_against_itself_differs_in_nothing(tmp_path: Path) -> None:
    one = write_items(tmp_path / "a.jsonl", rows(0.2, 1))
    other = write_items(tmp_path / "b.jsonl", rows(0.2, 1))
    for name, found in compare.compare(one, other).metrics.items():
        assert found.difference in (0.0, None), name
        assert found.better == ""


def test_rows_match_by_id_whatever_their_order(tmp_path: Path) -> None:
    told = rows(0.2, 1)
    one = write_items(tmp_path / "a.jsonl", told)
    other = write_items(tmp_path / "b.jsonl", told[::-1])
    found = compare.compare(one, other)
    assert found.metrics["auc"].difference == 0
    assert found.matched == "200 of 200 and 200 rows match"
    assert (found.rows, found.judged, found.clusters) == (200, 200, 100)


def test_verdicts_are_those_of_the_run(tmp_path: Path) -> None:
    told = rows(0.2, 1)
    silent = [row | {"verdict": False} for row in told]
    found = compare.compare(write_items(tmp_path / "a.jsonl", told), write_items(tmp_path / "b.jsonl", silent))
    assert found.metrics["recall"].second == 0
    assert found.metrics["auc"].difference == 0


@pytest.mark.parametrize("change", [{"id": "other"}, {"cluster": "other"}, {"label": "inconsistent"}, {"truth": False}])
def test_other_rows_are_refused_with_the_number_that_match(change: dict[str, Any], tmp_path: Path) -> None:
    told = rows(0.2, 1, 10)
    one = write_items(tmp_path / "a.jsonl", told)
    other = write_items(tmp_path / "b.jsonl", [told[0] | change, *told[1:]])
    with pytest.raises(InputError, match="9 of 10 and 10 rows match"):
        compare.compare(one, other)


def test_a_part_of_the_rows_is_refused(tmp_path: Path) -> None:
    told = rows(0.2, 1, 10)
    one, other = write_items(tmp_path / "a.jsonl", told), write_items(tmp_path / "b.jsonl", told[:8])
    with pytest.raises(InputError, match=r"8 of 10 and 8 rows match.*first alone"):
        compare.compare(one, other)
    with pytest.raises(InputError, match=r"8 of 8 and 10 rows match.*second alone"):
        compare.compare(other, one)


def test_other_data_is_refused_though_the_rows_look_alike(tmp_path: Path) -> None:
    files: list[Path] = []
    for name, data in (("a", "d1"), ("b", "d2")):
        files.append(write_items(tmp_path / f"{name}.jsonl", rows(0.2, 1, 10)))
        write_summary(tmp_path / f"{name}.json", summary(10, data=data))
    with pytest.raises(InputError, match="data d1 and d2 differ"):
        compare.compare(files[0], files[1])


def test_the_command_prints_and_writes_the_same_each_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = write_items(tmp_path / "a.jsonl", rows(0.1, 1))
    other = write_items(tmp_path / "b.jsonl", rows(0.3, 2))
    shown = []
    for at in range(2):
        out = tmp_path / f"{at}.out"
        assert command(str(one), str(other), "--json", str(out), "--seed", "7") == 0
        shown.append((capsys.readouterr().out, out.read_bytes()))
    assert shown[0] == shown[1]
    assert "200 of 200 and 200 rows match" in shown[0][0]
    told = json.loads(shown[0][1])
    assert told["signature"]["seed"] == 7
    assert told["holm"]["auc"] >= told["metrics"]["auc"]["p"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "nothing to compare"),
        (["one.jsonl"], "1 items files"),
        (["one.jsonl", "none.jsonl"], "none.jsonl"),
        (["one.jsonl", "empty.jsonl"], "no rows"),
        (["one.jsonl", "twins.jsonl"], "share the id 'row-0'"),
        (["one.jsonl", "--task", "mrpc"], "together"),
        (["--task", "mrpc", "--systems", "nli", "nli"], "twice"),
        (["--task", "mrcp", "--systems", "nli", "tool"], "mrcp"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(
    arguments: list[str], complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    write_items(tmp_path / "one.jsonl", [item(0, True, 0.9)])
    write_items(tmp_path / "empty.jsonl", [])
    write_items(tmp_path / "twins.jsonl", [item(0, True, 0.9), item(0, True, 0.9)])
    assert command(*arguments, "--json", "out") == 2
    assert complaint in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
