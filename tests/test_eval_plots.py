"""`python -m eval plot`: the points that are drawn, the same bytes each time, and what cannot be drawn."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_curve

from eval import plots
from eval.__main__ import main
from eval.stored import Item, Stored
from tests.scored import item, summary, write_items, write_summary

pytest.importorskip("matplotlib")


def stored_run(folder: Path, name: str = "nli", rows: list[dict[str, Any]] | None = None, **signature: Any) -> Path:
    """A run on disk: items, summary and seconds."""
    given = rows or [item(0, True, 0.9), item(1, False, 0.2), item(2, True, 0.4), item(3, False, 0.6)]
    judged = sum(row["truth"] is not None for row in given)
    write_summary(folder / f"{name}.json", summary(judged, system=name, **signature))
    (folder / f"{name}.timing.json").write_text('{"seconds": 2.0, "rows": 4}')
    return write_items(folder / f"{name}.jsonl", given)


def command(*arguments: str) -> int:
    return main(["plot", *arguments])


@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.1, 0.5, 0.7, 1.0])), min_size=2, max_size=30).filter(
        lambda rows: 0 < sum(truth for truth, _ in rows) < len(rows)
    )
)
def test_precision_and_recall_agree_with_scikit_learn(rows: list[tuple[bool, float]]) -> None:
    told = summary(len(rows))
    run = plots.Run(
        tuple(msgspec.convert(item(at, truth, score), Item) for at, (truth, score) in enumerate(rows)),
        msgspec.convert(told, Stored),
    )
    curve = plots.precision_recall(run)
    assert curve is not None
    precision, recall, _ = precision_recall_curve([truth for truth, _ in rows], [score for _, score in rows])
    drawn = sorted(zip(curve.x, curve.y, strict=True))
    known = sorted(zip(recall[:-1].tolist(), precision[:-1].tolist(), strict=True))
    assert [value for point in drawn for value in point] == pytest.approx([value for point in known for value in point])


def test_the_dot_is_at_the_threshold_of_the_run(tmp_path: Path) -> None:
    run = plots.load(stored_run(tmp_path))
    curve = plots.precision_recall(run)
    assert curve is not None
    assert curve.mark == (0.5, 0.5)
    told = plots.alarms(run)
    assert told is not None
    assert told.mark == (0.5, 0.5), "one alarm over the two articles that have a consistent row; one of two caught"
    assert (told.x[-1], told.y[-1]) == (1.0, 1.0)


def test_an_article_without_a_consistent_row_can_give_no_alarm(tmp_path: Path) -> None:
    rows = [item(0, True, 0.9), item(1, False, 0.8), item(2, True, 0.4), item(3, True, 0.6)]
    curve = plots.alarms(plots.load(stored_run(tmp_path, rows=rows)))
    assert curve is not None
    assert curve.x[-1] == 1.0, "one alarm, and one of the two articles that could have one"


def test_reliability_holds_scores_against_shares(tmp_path: Path) -> None:
    rows = [item(at, at < 3, 0.71 if at < 4 else 0.1) for at in range(6)]
    curve = plots.reliability(plots.load(stored_run(tmp_path, rows=rows)))
    assert curve is not None
    assert curve.x == pytest.approx((0.1, 0.71))
    assert curve.y == pytest.approx((0.0, 0.75))


def test_rows_that_are_neither_are_not_drawn(tmp_path: Path) -> None:
    rows = [item(0, True, 0.9), item(1, False, 0.2), item(2, None, 1.0)]
    assert len(plots.load(stored_run(tmp_path, rows=rows)).items) == 2


def test_speed_is_rows_a_second_and_needs_a_timing(tmp_path: Path) -> None:
    file = stored_run(tmp_path)
    curve = plots.speed(plots.load(file))
    assert curve is not None
    assert (curve.x, curve.y) == ((2.0,), (0.9,))
    (tmp_path / "nli.timing.json").unlink()
    assert plots.speed(plots.load(file)) is None


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [item(at, at % 3 == 0, random.Random(at).random()) for at in range(40)]
    files = [str(stored_run(tmp_path, name, rows)) for name in ("nli", "tool")]
    made = {}
    code = "import sys; from tests.test_eval_plots import command; sys.exit(command(*sys.argv[1:]))"
    for at in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", code,
             *files, "--out", str(tmp_path / at)],
            cwd=Path(__file__).parent.parent, env=os.environ | {"PYTHONHASHSEED": at}, check=False, capture_output=True,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        made[at] = {file.name: file.read_bytes() for file in (tmp_path / at).iterdir()}
    assert set(made["1"]) == {f"toy.{kind}.svg" for kind in plots.KINDS}
    assert made["1"] == made["2"]


def test_a_picture_carries_the_signature_of_every_run(tmp_path: Path) -> None:
    file = stored_run(tmp_path)
    made, left = plots.draw([plots.load(file)], ["precision-recall"])
    assert not left
    (svg,) = made.values()
    for part in ("model=aaaa", "data=d1", "n=4", "threshold=0.5"):
        assert part in svg
    assert "<dc:date>" not in svg


def test_one_class_alone_is_left_out_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = stored_run(tmp_path, rows=[item(0, True, 0.9), item(1, True, 0.2)])
    assert command(str(file), "--out", str(tmp_path / "out"), "--kinds", "reliability") == 2
    assert "both classes are needed" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_items_without_their_summary_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = stored_run(tmp_path)
    (tmp_path / "nli.json").unlink()
    assert command(str(file), "--out", str(tmp_path / "out")) == 2
    assert "no summary beside it" in capsys.readouterr().err


def test_a_summary_of_another_run_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = stored_run(tmp_path)
    write_summary(tmp_path / "nli.json", summary(5))
    assert command(str(file), "--out", str(tmp_path / "out")) == 2
    assert "different runs" in capsys.readouterr().err


def test_runs_on_other_rows_are_not_drawn_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [stored_run(tmp_path, "nli"), stored_run(tmp_path, "tool", data="d2")]
    assert command(*map(str, files), "--out", str(tmp_path / "out")) == 2
    assert "different rows (d1, d2)" in capsys.readouterr().err


@pytest.mark.parametrize("line", ["{", '{"id": "a"}', '{"id": 1, "score": 2}'])
def test_a_bad_row_is_named(line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = stored_run(tmp_path)
    file.write_text(file.read_text() + line + "\n")
    assert command(str(file), "--out", str(tmp_path / "out")) == 2
    assert "nli.jsonl, row 5" in capsys.readouterr().err
