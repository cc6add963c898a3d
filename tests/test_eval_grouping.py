"""`python -m eval grouping`: planted stories, and the numbers that say how well they were found."""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.errors import ConfigError
from eval import grouping
from eval.grouping._plant import COPIES, ORIGINAL, UNRELATED, Planted, changed, plant
from eval.grouping._score import Share, score
from tests.measured import write_rows
from tests.stories import STORIES

ORIGINALS = [path.read_text("utf-8") for path in sorted(STORIES.glob("*/original.txt"))]
REWRITTEN = {path.parent.name: path.read_text("utf-8") for path in sorted(STORIES.glob("*/copy-reworded.txt"))}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Copies of half of the house's stories; the other originals are unrelated, and stand in two sets."""
    for name in COPIES:
        write_rows(
            tmp_path / f"{name}.jsonl",
            [
                {
                    "premise": (STORIES / story / "original.txt").read_text("utf-8"),
                    "hypothesis": text,
                    "label": "rewrite",
                }
                for story, text in list(REWRITTEN.items())[:5]
            ],
        )
    alone = [
        text
        for text in ORIGINALS
        if text not in {(STORIES / one / "original.txt").read_text("utf-8") for one in REWRITTEN}
    ]
    for name in UNRELATED:
        rows: list[dict[str, object]] = [
            {"premise": text + "\n" * (name == UNRELATED[0]), "hypothesis": "A.", "label": "consistent"}
            for text in alone
        ]
        write_rows(tmp_path / f"{name}.jsonl", rows)
    return tmp_path


def run(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    grouping.add_parser(parser.add_subparsers())
    return grouping.main(parser.parse_args(["grouping", *map(str, arguments)]))


def test_what_is_planted(data: Path) -> None:
    made = plant(data)
    kinds = [one.kind for one in made.articles]
    assert kinds.count(ORIGINAL) == kinds.count("first third") == kinds.count("rewritten, facts changed") == 5
    assert len({one.text for one in made.articles if one.kind == "unrelated"}) == kinds.count("unrelated")
    stems = {one.text.strip() for one in made.articles if one.kind == "unrelated"}
    assert len(stems) == kinds.count("unrelated"), "a document that stands in several sets is planted once"
    assert made == plant(data)


def test_a_copy_of_changed_facts_is_another_text_of_the_same_length() -> None:
    for text in ORIGINALS:
        other = changed(text, text, random.Random(0))
        assert other != text
        assert 0.8 < len(other) / len(text) < 1.2


def test_the_command_prints_both_halves_and_writes_them(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--data-dir", data, "--model", "lexical", "--json", data / "out.json") == 0
    out = capsys.readouterr().out
    assert "| tuning | lexical" in out
    assert out.count("| held out |") == 2, "with the model and without"
    assert "first third" in out
    held = json.loads((data / "out.json").read_text())[1]
    assert held["score"]["pairs_precision"] == 1.0
    assert held["score"]["false"] == 0


def test_a_folder_is_asked_for() -> None:
    with pytest.raises(ConfigError, match="nothing to measure"):
        run()


def planted(names: str) -> list[Planted]:
    return [
        Planted(f"text {at}", name, ORIGINAL if name not in names[:at] else "copy") for at, name in enumerate(names)
    ]


def test_scores_of_a_known_grouping() -> None:
    """Three stories a, b, c: one of b was lost, and c's was joined to a's."""
    got = score(planted("aaabbc"), list("111231"))
    assert got.stories == 2
    assert got.pairs_precision == pytest.approx(3 / 6)
    assert got.pairs_recall == pytest.approx(3 / 4)
    assert got.bcubed_precision == pytest.approx((3 * 3 / 4 + 2 * 1 + 1 / 4) / 6)
    assert got.bcubed_recall == pytest.approx((3 + 2 * 1 / 2 + 1) / 6)
    assert got.whole == Share(0, 2), "a is together, but not alone"
    assert (got.false, got.merged) == (3, 1)
    assert got.kinds == {"copy": Share(2, 3)}
    assert got.recall_interval[0] <= got.pairs_recall <= got.recall_interval[1]


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12))
def test_the_right_grouping_is_perfect(names: list[str]) -> None:
    got = score(planted("".join(names)), [f"found {name}" for name in names])
    assert (got.pairs_recall, got.bcubed_precision, got.bcubed_recall, got.false) == (1, 1, 1, 0)
    assert got.whole.value == 1


def test_strangers_are_told_but_no_error() -> None:
    """Nobody knows what an unlabelled article belongs to."""
    got = score([*planted("aab"), Planted("x", "", "unlabelled"), Planted("y", "", "unlabelled")], list("11213"))
    assert (got.false, got.strangers) == (0, 1)
    assert got.whole == Share(1, 1)
