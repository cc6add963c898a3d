"""`python -m eval sample`: the same draw every time, both texts and every error and warning to be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.backends.lexical import LexicalScorer
from eval import sample
from eval.__main__ import main
from eval.rows import Row
from eval.sample import Drawn
from tests.measured import OTHER, TOLD, WRONG, Counting, make_row

TASK = "machine_rewrite_chatgpt_35"


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.sample.backends.load", lambda name: LexicalScorer())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [
        {"premise": f"{TOLD} Row {at}.", "hypothesis": f"{WRONG if at % 2 else TOLD} Row {at}.", "label": "rewrite"}
        for at in range(10)
    ]
    (tmp_path / f"{TASK}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


def command(data: Path, *arguments: str) -> int:
    return main(["sample", "--data-dir", str(data), "--tasks", TASK, "--store", str(data / "store"), *arguments])


def pool(sizes: list[int]) -> dict[str, list[Row]]:
    return {
        f"t{task}": [make_row(TOLD, TOLD, name=f"{at}", cluster=f"c{at % 7}") for at in range(size)]
        for task, size in enumerate(sizes)
    }


@given(st.lists(st.integers(0, 12), min_size=1, max_size=4), st.integers(1, 30), st.integers(0, 3))
def test_a_draw_is_steady_and_takes_no_article_twice(sizes: list[int], count: int, seed: int) -> None:
    rows = pool(sizes)
    drawn = sample.draw(rows, count, seed)
    assert drawn == sample.draw({task: found[::-1] for task, found in reversed(rows.items())}, count, seed)
    clusters = [one.row.cluster for one in drawn]
    assert len(clusters) == len(set(clusters)) == min(count, len({row.cluster for of in rows.values() for row in of}))
    assert drawn[:3] == sample.draw(rows, 3, seed)[: len(drawn)], "a smaller draw is the beginning of a larger one"
    assert len(sample.draw(rows, 1_000, seed, twice=True)) == sum(sizes)


def test_another_seed_draws_others() -> None:
    rows = {"t": [make_row(TOLD, TOLD, name=str(at), cluster=str(at)) for at in range(50)]}
    assert sample.draw(rows, 10, 0) != sample.draw(rows, 10, 1)


def test_a_sheet_has_both_texts_and_every_finding_with_its_words() -> None:
    read = sample.read(Drawn("t", make_row(f"{TOLD} {OTHER}", f"{WRONG} {OTHER}", name="r1")), Counting())
    text = "\n".join(sample.sheet(3, read))
    assert f"REFERENCE: {TOLD} {OTHER}" in text
    assert f"VERSION: {WRONG} {OTHER}" in text
    assert "--- 3.1 error quantity" in text
    assert "«39 years»" in text
    assert "«93 years»" in text
    quiet = sample.read(Drawn("t", make_row(TOLD, TOLD)), Counting())
    assert "no findings" in "\n".join(sample.sheet(1, quiet))


def test_findings_of_other_levels_are_left_out() -> None:
    said = 'The minister said: "We will open the border to all trade next spring, without delay."'
    row = Drawn("t", make_row(said, said.replace("all trade", "most trade")))
    for levels in (("error", "warning"), ("error",), ("warning",)):
        read = sample.read(row, Counting(), levels)
        assert {finding.level for finding in read.findings} <= set(levels)
        assert bool(read.findings) == ("warning" in levels)


def test_a_sheet_drives_no_terminal_and_has_a_bound() -> None:
    hostile = f"{TOLD} \x1b[2J\u202e"
    read = sample.read(Drawn("t", make_row(hostile, "long " * sample.LONGEST, name="\x1b[0m")), Counting())
    text = "\n".join(sample.sheet(1, read))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert f"[{4 * sample.LONGEST:,} characters not shown]" in text
    assert len(text) < 5 * sample.LONGEST


def test_findings_are_drawn_from_all_that_was_read() -> None:
    done = [
        sample.read(Drawn("t", make_row(TOLD, hypothesis, name=str(at))), Counting())
        for at, hypothesis in enumerate([WRONG, TOLD, WRONG.replace("93", "94"), WRONG.replace("93", "95")])
    ]
    some = sample.some_findings(done, 2, 0)
    assert sum(len(one.findings) for one in some) == 2
    assert sample.some_findings(done, 2, 0) == some
    assert {one.drawn.row.id for one in sample.some_findings(done, 99, 0)} == {"0", "2", "3"}
    assert {tuple(one.drawn.row.id for one in sample.some_findings(done, 1, seed)) for seed in range(20)} == {
        ("0",), ("2",), ("3",),
    }  # fmt: skip


def test_the_tally_counts_by_set_and_check() -> None:
    done = [
        sample.read(Drawn(task, make_row(TOLD, hypothesis)), Counting())
        for task, hypothesis in (("a", WRONG), ("a", TOLD), ("b", WRONG))
    ]
    lines = list(sample.tally(done))
    assert "| a | 2 | 1 | quantity | 1 | 0 |" in lines
    assert "| b | 1 | 1 | every | 1 | 0 |" in lines
    assert "| all | 3 | 2 | every | 2 | 0 |" in lines


def test_the_command_prints_the_same_sample_twice(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = []
    for _ in range(2):
        assert command(data, "--articles", "4", "--seed", "2") == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert printed[0].count("=== ") == 4
    assert "4 of 10 articles, seed 2" in printed[0]
    assert command(data, "--findings", "3") == 0
    shown = capsys.readouterr().out
    assert shown.count("\n--- ") == 3
    assert "| all | 10 | 5 | every | 5 | 0 |" in shown


@pytest.mark.parametrize("arguments", [("--articles", "0"), ("--articles", "-3"), ("--findings", "x"), ("--seed",)])
def test_a_bad_number_is_refused(arguments: tuple[str, ...], data: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        command(data, *arguments)
    assert caught.value.code == 2


def test_a_folder_without_the_rows_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(tmp_path) == 2
    assert TASK in capsys.readouterr().err
