"""`python -m eval models`: one sample for every model, scores of both directions, a threshold that says its alarms."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from consistency.errors import InputError
from consistency.records import Scores
from eval import models
from eval.rows import Row
from tests.make_tiny import MODELS, examples


def _row(at: int, truth: bool, label: str = "") -> Row:
    return Row(str(at), f"p{at}", f"h{at}", label or ("contradiction" if truth else "entailment"), str(at), "", truth)


def _known(rows: list[Row], chances: list[float]) -> dict[tuple[str, str], Scores]:
    known = {}
    for row, chance in zip(rows, chances, strict=True):
        known[row.premise, row.hypothesis] = Scores(1 - chance, 0.0, chance)
        known[row.hypothesis, row.premise] = Scores(1 - chance / 2, 0.0, chance / 2)
    return known


def test_the_score_is_the_mean_of_both_directions_and_nothing_for_what_was_not_read() -> None:
    row = _row(0, truth=True)
    known = _known([row], [0.8])
    assert models.score(row, known) == pytest.approx(0.6)
    del known[row.hypothesis, row.premise]
    assert models.score(row, known) == 0.0


def test_a_cell_holds_the_area_and_the_recall_at_one_alarm_in_twenty() -> None:
    honest = [_row(at, truth=False) for at in range(40)]
    wrong = [_row(100 + at, truth=True) for at in range(10)]
    # two honest rows are loud; half of the wrong ones are louder than the third loudest honest one
    chances = [0.9, 0.9] + [0.3] * 38 + [0.5] * 5 + [0.1] * 5
    known = _known(honest + wrong, chances)
    cell = models.column({"PAWS wiki": honest + wrong}, known)["PAWS wiki"]
    area = (5 * 38 + 0) / (40 * 10)
    assert cell == f"{area:.3f} / 0.50"


def test_the_pooled_threshold_keeps_alarms_at_one_in_fifty() -> None:
    honest = [_row(at, truth=False) for at in range(100)]
    wrong = [_row(1000 + at, truth=True) for at in range(20)]
    known = _known(honest + wrong, [at / 100 for at in range(100)] + [0.995] * 15 + [0.2] * 5)
    told = models.column({models.POOLED[0]: honest + wrong}, known)["threshold / recall / false alarms, pooled"]
    threshold, recall, alarms = map(float, told.split(" / "))
    assert (recall, alarms) == (0.75, 0.02)
    assert threshold == pytest.approx(0.97 * 0.75, abs=0.001)


def test_three_way_sets_are_told_by_accuracy() -> None:
    rows = [_row(0, truth=True), _row(1, truth=False), _row(2, truth=False, label="neutral")]
    known = _known(rows, [0.9, 0.1, 0.1])
    assert models.column({"MNLI matched": rows}, known)["MNLI matched"] == "0.667"


def test_two_models_stand_in_one_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {
            "premise": one.premise,
            "hypothesis": one.hypothesis,
            "label": ("entailment", "neutral", "contradiction")[one.label],
        }
        for one in examples(30, 3)
    ]
    (tmp_path / "paws_wiki.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    parser = argparse.ArgumentParser()
    models.add_parser(parser.add_subparsers(required=True))
    asked = ["models", str(MODELS / "tiny"), str(MODELS / "tiny_marks"), "--data-dir", str(tmp_path), "--most", "20"]
    assert models.main(parser.parse_args(asked)) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "| set | rows | tiny | tiny_marks |"
    assert any(line.startswith("| PAWS wiki | 20 |") for line in shown)
    assert any(line.startswith("| written, kept aside | 40 |") for line in shown)
    (told,) = (line for line in shown if line.startswith("| claims of stories, kept aside |"))
    assert "–" not in told, "both kinds are there, and both models read them"


def test_a_folder_without_the_sets_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none of the development sets"):
        models.sets(tmp_path, 5, 0)
