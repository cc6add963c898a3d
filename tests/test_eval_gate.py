"""`python -m eval gate`: a fallen floor is red, the unchecked is never called passed, and lowering takes a flag."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import gate, rows, suite
from eval.__main__ import main
from eval.gate import Floors, Measured
from eval.stored import Item
from eval.tasks.own_pairs import HEADLINES, PAIRS
from tests.scored import item, summary, write_items, write_summary

Rows = Callable[[str], list[dict[str, Any]]]
HELD = [item(at, at % 2 == 0, 0.9 if at % 2 == 0 else 0.1) for at in range(80)]
"""Everything caught, nothing alarmed: 40 of each."""


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What every run gives in the tests; `data` and `rows` by task and system can be changed."""
    told: dict[str, Any] = {"data": {}, "rows": {}, "model": "m1", "ran": []}

    def run(self: suite.Suite, task: str, system: str, folder: Path, **options: Any) -> suite.Done:
        told["ran"].append((task, system, self.rows, options["quick"]))
        given = told["rows"].get((task, system), HELD)
        name = folder / f"{task}.{system}"
        data = told["data"].get(task, f"{task}-data")
        made = summary(len(given), task=task, system=system, data=data, model=told["model"])
        return suite.Done(
            write_items(name.with_suffix(".jsonl"), given), write_summary(name.with_suffix(".json"), made)
        )

    def why_not(self: suite.Suite, task: str, system: str) -> str:
        return "" if task == "mrpc" else f"no {task}.jsonl"

    monkeypatch.setattr(suite.Suite, "run", run)
    monkeypatch.setattr(suite.Suite, "why_not", why_not)
    monkeypatch.setattr(gate, "development", lambda: ["mrpc", "wice"])
    return told


@pytest.fixture
def floors(tmp_path: Path, scored: dict[str, Any]) -> Path:
    """A file of floors as an update writes it, with one development set."""
    file = tmp_path / "floors.json"
    assert command("--floors", str(file), "--update", "--data-dir", str(tmp_path)) == 0
    return file


def command(*arguments: str) -> int:
    return main(["gate", *arguments])


def worse(count: int) -> list[dict[str, Any]]:
    """The rows with `count` contradictions missed."""
    left = count
    told = []
    for row in HELD:
        missed = row["truth"] and left > 0
        left -= missed
        told.append(row | ({"score": 0.1, "verdict": False} if missed else {}))
    return told


def test_the_run_that_made_the_floors_holds_them(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("--floors", str(floors)) == 0
    told = capsys.readouterr().out
    assert "own_pairs, nli, n=80: 4 of 4 floors hold" in told
    assert "own_pairs, tool" in told


def test_a_row_may_fall_and_two_may_not(
    floors: Path, scored: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    scored["rows"]["own_pairs", "tool"] = worse(1)
    assert command("--floors", str(floors)) == 0
    scored["rows"]["own_pairs", "tool"] = worse(2)
    capsys.readouterr()
    assert command("--floors", str(floors)) == 1
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "recall:number" in line]
    assert line.split() == ["own_pairs", "tool", "recall:number", ">=", "0.97", "0.95"]


def test_alarms_are_a_ceiling(floors: Path, scored: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    scored["rows"]["own_pairs", "nli"] = [row | {"verdict": True} for row in HELD]
    assert command("--floors", str(floors)) == 1
    told = capsys.readouterr().out
    assert "false_alarm_rate:voice" in told
    assert "<= 0.03" in told


def test_without_data_the_sets_are_not_checked_and_never_passed(
    floors: Path, scored: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    scored["ran"].clear()
    capsys.readouterr()
    assert command("--floors", str(floors)) == 0
    told = capsys.readouterr().out
    assert "development sets: not checked" in told
    assert "pass" not in told
    assert "mrpc" not in told
    assert {task for task, *_ in scored["ran"]} == {"own_pairs", "own_headlines"}


def test_with_data_a_fallen_set_is_red(
    floors: Path, scored: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("--floors", str(floors), "--data-dir", str(tmp_path)) == 0
    assert "mrpc, nli, n=80: 2 of 2 floors hold" in capsys.readouterr().out
    told = json.loads(floors.read_text())
    for one in told:
        if one["task"] == "mrpc":
            one["floors"]["auc"] = 0.91
    floors.write_text(json.dumps(told))
    assert command("--floors", str(floors), "--data-dir", str(tmp_path)) == 1
    assert ">= 0.91" in capsys.readouterr().out


def test_a_set_with_other_data_is_not_checked(
    floors: Path, scored: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scored["data"]["mrpc"] = "another"
    capsys.readouterr()
    assert command("--floors", str(floors), "--data-dir", str(tmp_path)) == 2
    shown = capsys.readouterr()
    assert "mrpc, nli: not checked (its floors are of other rows)" in shown.out
    assert "no development set was checked" in shown.err


def test_pairs_that_changed_do_not_shed_their_floors(
    floors: Path, scored: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    scored["data"]["own_pairs"] = "another"
    assert command("--floors", str(floors)) == 1
    assert "the pairs changed" in capsys.readouterr().out
    scored["rows"]["own_pairs", "nli"] = worse(20)
    assert command("--floors", str(floors), "--update") == 1
    assert command("--floors", str(floors), "--update", "--lower") == 0
    assert [one["data"] for one in json.loads(floors.read_text()) if one["task"] == "own_pairs"] == ["another"] * 2


def test_a_kind_that_is_gone_is_a_fallen_floor(floors: Path, scored: dict[str, Any]) -> None:
    scored["rows"]["own_pairs", "nli"] = [row | {"kind": "other"} for row in HELD]
    assert command("--floors", str(floors)) == 1
    assert command("--floors", str(floors), "--update") == 1, "to let a floor go is to lower it"


def test_lowering_takes_the_flag_and_shows_old_and_new(
    floors: Path, scored: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    before = floors.read_bytes()
    scored["rows"]["own_pairs", "nli"] = worse(8)
    capsys.readouterr()
    assert command("--floors", str(floors), "--update") == 1
    told = capsys.readouterr().out
    assert "0.97 -> 0.77" in told
    assert "lowered" in told
    assert floors.read_bytes() == before
    assert command("--floors", str(floors), "--update", "--lower") == 0
    changed = {(one["task"], one["system"]): one["floors"] for one in json.loads(floors.read_text())}
    assert changed["own_pairs", "nli"]["recall"] == 0.77
    assert changed["own_pairs", "tool"]["recall"] == 0.97
    assert ("mrpc", "nli") in changed, "what was not measured keeps its floors"


def test_raising_needs_no_flag(floors: Path, scored: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    scored["rows"]["own_pairs", "nli"] = worse(8)
    assert command("--floors", str(floors), "--update", "--lower") == 0
    scored["rows"].clear()
    capsys.readouterr()
    assert command("--floors", str(floors), "--update") == 0
    assert "0.77 -> 0.97" in capsys.readouterr().out
    assert command("--floors", str(floors)) == 0


def test_an_update_that_changes_nothing_gives_the_same_bytes(floors: Path, scored: dict[str, Any]) -> None:
    before = floors.read_bytes()
    assert command("--floors", str(floors), "--update") == 0
    assert floors.read_bytes() == before


def test_another_model_is_told_and_no_fault(
    floors: Path, scored: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    scored["model"] = "m2"
    assert command("--floors", str(floors)) == 0
    assert "measured with model m1 at threshold 0.5, now model m2 at threshold 0.5" in capsys.readouterr().out


@given(st.integers(1, 400), st.data())
def test_a_floor_lies_under_what_was_measured_and_no_more_than_a_row_and_a_hundredth(
    n: int, data: st.DataObject
) -> None:
    found = data.draw(st.integers(0, n)) / n
    told = Measured("t", "d", "s", "m", 0.5, n, {"recall": found, "false_alarm_rate": found}, {})
    made = gate.floors_of(told)
    assert gate.fallen(made, told) == []
    margin = max(gate.MARGIN, 1 / n) + 0.01
    assert made.floors["recall"] >= max(0.0, found - margin - 1e-9)
    assert made.floors["false_alarm_rate"] <= found + margin + 1e-9


def test_kinds_and_pooled_are_counted_from_verdicts() -> None:
    told = [
        Item("a", "c", "contradiction", 0.9, True, True, "number"),
        Item("b", "c", "contradiction", 0.1, False, True, "role_swap"),
        Item("c", "c", "paraphrase", 0.9, True, False, "role_swap"),
        Item("d", "c", "neutral", 0.9, True, None, "addition"),
    ]
    shares, counted = gate.measure(told)
    assert shares == {
        "recall": 0.5, "recall:number": 1.0, "recall:role_swap": 0.0,
        "false_alarm_rate": 1.0, "false_alarm_rate:role_swap": 1.0,
    }  # fmt: skip
    assert counted["recall"] == 2


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "no floors"),
        ("[]", "no floors for own_pairs nli, own_pairs tool, own_headlines nli, own_headlines tool"),
        ('[{"task": "own_pairs"}]', "no floors"),
        ("twice", "two entries for own_pairs nli"),
    ],
)
def test_bad_floors_are_named(
    text: str, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], scored: dict[str, Any]
) -> None:
    one = {"task": "own_pairs", "data": "d", "system": "nli", "model": "m", "threshold": 0.5, "n": 1, "floors": {}}
    (tmp_path / "floors.json").write_text(json.dumps([one, one]) if text == "twice" else text)
    assert command("--floors", str(tmp_path / "floors.json")) == 2
    told = capsys.readouterr().err
    assert complaint in told
    assert not scored["ran"]


def test_lower_alone_and_a_missing_file_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("--lower") == 2
    assert "--update" in capsys.readouterr().err
    assert command("--floors", str(tmp_path / "none.json")) == 2
    assert "none.json" in capsys.readouterr().err


# ---- the floors in the repository


@pytest.mark.parametrize(("task", "file"), [("own_pairs", PAIRS), ("own_headlines", HEADLINES)])
def test_the_shipped_floors_are_of_the_pairs_in_the_repository(task: str, file: Path) -> None:
    assert task in gate.OWN
    found = {one.system: one for one in gate.read(gate.FLOORS) if one.task == task}
    assert set(found) == set(gate.SYSTEMS)
    kinds = {row.kind for row in rows.load([file]) if row.truth is not None}
    for one in found.values():
        assert rows.digest([file]).startswith(one.data)
        assert {name.partition(":")[2] for name in one.floors} - {""} == kinds
        assert {"recall", "false_alarm_rate"} <= set(one.floors)
        assert all(0 <= floor <= 1.1 for floor in one.floors.values())


def test_a_floor_of_one_kind_is_what_it_says() -> None:
    asked = Floors("t", "d", "s", "m", 0.5, 10, {"recall:number": 0.9})
    found = Measured("t", "d", "s", "m", 0.5, 10, {"recall:number": 0.9}, {})
    assert gate.fallen(asked, found) == []
    (one,) = gate.fallen(asked, Measured("t", "d", "s", "m", 0.5, 10, {"recall:number": 0.89}, {}))
    assert (one.name, one.floor, one.found) == ("recall:number", 0.9, 0.89)
