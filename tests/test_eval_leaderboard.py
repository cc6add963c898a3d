"""`python -m eval leaderboard`: what stands in which column, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from consistency.errors import InputError
from eval import leaderboard, stored, tasks
from eval.__main__ import main
from eval.leaderboard import Peer
from tests.scored import summary, write_summary


def read(told: dict[str, Any]) -> stored.Stored:
    return msgspec.convert(told, stored.Stored)


def command(*arguments: str) -> int:
    return main(["leaderboard", *arguments])


def test_every_number_stands_with_interval_and_signature() -> None:
    shown = leaderboard.markdown(leaderboard.tables([read(summary())]))
    assert "0.900 [0.800, 0.950]" in shown
    for part in ("model=aaaa", "data=d1", "n=4", "clusters=2", "threshold=0.5", "seed=0", "task=toy", "tool="):
        assert part in shown
    assert "no value (no consistent rows): false alarm rate" in shown


def test_thresholds_of_different_origin_never_share_a_column() -> None:
    origins = ["fixed: as shipped", "tuned on summedits_podcast_doc", "oracle: chosen on the labels", "given"]
    told = [summary(origin=origin) for origin in origins]
    for at, one in enumerate(told):
        one["metrics"]["recall"]["value"] = at / 10
    (table,) = leaderboard.tables([read(one) for one in told])
    (line,) = table.lines
    assert [line.cells[f"recall ({of})"].value for of in ("fixed", "tuned", "oracle", "given")] == [0.0, 0.1, 0.2, 0.3]
    assert "recall" not in table.columns
    assert table.columns == ("auc", "recall (fixed)", "recall (given)")


def test_columns_of_one_summary_stay_apart_and_name_their_thresholds() -> None:
    told = summary()
    told["thresholds"] = {
        "fixed": {"threshold": 0.5, "origin": "fixed: as shipped", "metrics": {"recall": {"value": 0.1}}},
        "tuned": {"threshold": 0.3, "origin": "tuned on mrpc/dev", "metrics": {"balanced_accuracy": {"value": 0.7}}},
        "oracle": {"threshold": 0.2, "origin": "oracle: chosen", "metrics": {"balanced_accuracy": {"value": 0.9}}},
    }
    (table,) = leaderboard.tables([read(told)])
    cells = {name: table.lines[0].cells[name].value for name in table.columns}
    assert cells == {
        "auc": 0.9, "recall (fixed)": 0.75, "balanced_accuracy (tuned)": 0.7, "balanced_accuracy (oracle)": 0.9,
    }  # fmt: skip
    shown = leaderboard.markdown([table])
    assert "tuned: the same with `threshold=0.3 threshold_origin=tuned on mrpc/dev`" in shown
    assert "oracle: the same with `threshold=0.2 threshold_origin=oracle: chosen`" in shown
    told["thresholds"]["tuned"]["origin"] = "oracle: chosen"
    with pytest.raises(InputError, match="column tuned holds a threshold that is oracle"):
        leaderboard.tables([read(told)])


def test_three_way_accuracy_has_a_column_of_its_own() -> None:
    told = summary() | {"accuracy_of": "three-way, argmax of the forward scores"}
    told["metrics"]["accuracy"] = {"value": 0.8}
    (table,) = leaderboard.tables([read(told)])
    assert table.columns == ("auc", "accuracy (three-way)", "recall (fixed)")


def test_an_origin_that_says_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="wherever"):
        leaderboard.tables([read(summary(origin="wherever"))])


def test_other_rows_are_another_table() -> None:
    made = leaderboard.tables([read(summary()), read(summary(data="d2", system="tool"))])
    assert [(table.data, [line.system for line in table.lines]) for table in made] == [
        ("d1", ["nli"]),
        ("d2", ["tool"]),
    ]


def test_two_runs_for_one_cell_are_refused() -> None:
    with pytest.raises(InputError, match="toy, system nli"):
        leaderboard.tables([read(summary()), read(summary())])


def test_the_best_stands_first_and_of_alarms_the_fewest() -> None:
    worse, better = summary(system="one"), summary(system="other")
    worse["metrics"]["auc"]["value"] = 0.6
    (table,) = leaderboard.tables([read(worse), read(better)])
    assert [line.system for line in table.lines] == ["other", "one"]
    for told, rate in ((worse, 0.1), (better, 0.3)):
        told["metrics"] = {"false_alarm_rate": {"value": rate}}
    (table,) = leaderboard.tables([read(better), read(worse)])
    assert [line.system for line in table.lines] == ["one", "other"]


def test_published_numbers_are_marked_and_have_a_column_of_their_own() -> None:
    peers = [Peer("toy", "auc", "Somebody 2024", "other rows", "none needed", {"Famous": 0.99})]
    (table,) = leaderboard.tables([read(summary())], peers)
    ours, theirs = table.lines
    assert not ours.published
    assert theirs.published
    assert set(theirs.cells) == {"auc (published)"}
    shown = leaderboard.markdown([table])
    assert "*Famous* (published)" in shown
    assert "published, not measured here" in shown
    assert "other rows" in shown


def test_the_published_numbers_name_our_tasks_and_say_where_they_stand() -> None:
    peers = leaderboard.peers()
    assert peers
    for peer in peers:
        assert peer.task in tasks.every(), peer.task
        assert peer.metric in leaderboard.METRICS
        assert peer.source
        assert peer.rows
        assert peer.threshold
        assert all(0 <= value <= 1 for value in peer.systems.values())


def test_text_of_a_summary_cannot_break_a_table() -> None:
    made = leaderboard.tables([read(summary(system="a|b\n# c`\x1b[31m"))])
    shown = leaderboard.markdown(made)
    assert "a b # c" in shown
    assert "\x1b" not in shown
    rows = [line for line in shown.splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in rows}) == 1


def test_the_command_writes_both_forms(tmp_path: Path) -> None:
    write_summary(tmp_path / "a.json", summary())
    (tmp_path / "a.timing.json").write_text('{"seconds": 1}')
    page, table = tmp_path / "out.md", tmp_path / "out.tables"
    assert command(str(tmp_path), "--markdown", str(page), "--json", str(table)) == 0
    assert "| nli |" in page.read_text("utf-8")
    (told,) = json.loads(table.read_text("utf-8"))
    assert told["lines"][0]["cells"]["recall (fixed)"]["value"] == 0.75


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("{", "no summary"), ("[]", "no summary"), ('{"metrics": {}, "n": 1, "clusters": 1, "signature": {}}', "no task")],
)
def test_what_is_no_summary_is_named_and_nothing_is_written(
    text: str, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.json").write_text(text)
    page = tmp_path / "out.md"
    assert command(str(tmp_path / "bad.json"), "--markdown", str(page)) == 2
    told = capsys.readouterr().err
    assert "bad.json" in told
    assert complaint in told
    assert not page.exists()


def test_a_missing_summary_and_an_empty_folder_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(str(tmp_path / "none.json")) == 2
    assert "none.json" in capsys.readouterr().err
    assert command(str(tmp_path)) == 2
    assert "no summary in this folder" in capsys.readouterr().err
