"""`python -m eval goals`: the numbers are those of the stored rows, at the threshold that is named."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest

from consistency.errors import InputError
from eval import goals
from eval.__main__ import main
from eval.goals import Goal
from tests.scored import item, summary, write_items, write_summary

GOAL = Goal("a set: AUC", ("one", "two"), "auc", (0.6, 0.99))


def rows(count: int, skill: float, seed: int = 0, **more: Any) -> list[dict[str, Any]]:
    drawn = random.Random(seed)
    return [
        item(at, at % 2 == 0, min(1.0, max(0.0, drawn.gauss(0.5 + (skill if at % 2 == 0 else -skill), 0.2)))) | more
        for at in range(count)
    ]


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    write_items(tmp_path / "one.nli.jsonl", rows(100, 0.2))
    write_items(tmp_path / "two.nli.jsonl", rows(60, 0.1, 1))
    return tmp_path


def test_a_number_is_over_all_tasks_of_its_goal(runs: Path) -> None:
    *_, line = goals.table(runs, [GOAL])
    assert "| 160 |" in line
    assert line.endswith("| 1 of 2 |")
    one, both = (goals.value(runs, goal, goals.items(runs, goal)) for goal in (Goal("", ("one",), "auc", ()), GOAL))
    assert one.value != both.value


def test_a_task_that_was_not_run_is_said_to_be_missing(runs: Path) -> None:
    *_, line = goals.table(runs, [Goal("b", ("one", "three"), "auc", (0.5,))])
    assert "not measured" in line
    *_, line = goals.table(runs, [Goal("b", ("one",), "balanced_accuracy", (0.5,), tuned=("three",))])
    assert "was not run" in line


@pytest.mark.parametrize("share", [0.0, 0.05, 0.1, 0.5, 1.0])
def test_at_a_share_of_alarms_no_more_honest_rows_are_loud(runs: Path, share: float) -> None:
    found = [
        goals.value(runs, goal, goals.items(runs, goal)).value
        for goal in (Goal("", ("one",), metric, (), quiet=share) for metric in ("false_alarm_rate", "recall"))
    ]
    assert found[0] is not None
    assert share - 0.03 <= found[0] <= share
    assert found[1] is not None
    assert found[1] >= found[0]


def test_a_threshold_is_tuned_elsewhere(runs: Path) -> None:
    shifted = [one | {"score": one["score"] * 0.5} for one in rows(100, 0.2)]
    write_items(runs / "low.nli.jsonl", shifted)
    own = goals.value(
        runs, goal := Goal("", ("low",), "balanced_accuracy", (), tuned=("low",)), goals.items(runs, goal)
    )
    other = goals.value(
        runs, goal := Goal("", ("low",), "balanced_accuracy", (), tuned=("one",)), goals.items(runs, goal)
    )
    assert own.value is not None
    assert other.value is not None
    assert own.value > other.value


def test_a_kind_stands_alone_and_fewer_alarms_are_better(runs: Path) -> None:
    write_items(
        runs / "mixed.nli.jsonl",
        [
            *rows(40, 0.4, kind="role_swap"),
            *({**one, "id": f"b{one['id']}"} for one in rows(40, 0.0, 3, kind="number")),
        ],
    )
    alone = Goal("", ("mixed",), "false_alarm_rate", (0.2,), kind="role_swap")
    *_, line = goals.table(runs, [alone])
    assert "| 40 |" in line
    assert "at most 0.2" in line
    assert line.endswith("| 1 of 1 |")


def test_the_card_gets_the_numbers_with_where_they_come_from(runs: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_summary(runs / f"{name}.nli.json", summary())
    card = tmp_path / "weights" / "card.json"
    card.parent.mkdir()
    (card.parent / "model.safetensors").write_bytes(b"weights")
    card.write_text(json.dumps({"weights_sha256": hashlib.sha256(b"weights").hexdigest(), "seed": 1}), "utf-8")
    told = json.loads(goals.carded(card, runs, [GOAL, Goal("none", ("three",), "auc", ())]))
    assert told["seed"] == 1
    (score,) = told["scores"]
    assert score["number"] == GOAL.told
    assert score["interval"][0] < score["value"] < score["interval"][1]
    assert [signature["model"] for signature in score["signatures"]] == ["aaaa", "aaaa"]
    write_summary(runs / "two.nli.json", summary(model="bbbb"))
    with pytest.raises(InputError, match="2 models"):
        goals.carded(card, runs, [GOAL])
    (card.parent / "model.safetensors").write_bytes(b"others")
    with pytest.raises(InputError, match="not the card"):
        goals.carded(card, runs, [GOAL])


def test_the_command_prints_every_goal(runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["goals", "--runs", str(runs)]) == 0
    told = capsys.readouterr().out
    assert all(goal.told in told for goal in goals.GOALS)
    assert main(["goals", "--runs", str(tmp_path / "none")]) == 2
    assert "make results" in capsys.readouterr().err
