"""One thing changed at a time, from one start, on one mixture; and a sample to judge by hand."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from safetensors.torch import load_file

from consistency.training import ablate, audit
from consistency.training.ablate import VARIANTS, Variant, scaled
from consistency.training.pairs import Shares
from consistency.training.recipe import Recipe
from consistency.training.sources import LABELS
from tests.make_tiny import MODELS
from tests.training_data import SENTENCES, make

BASE = Variant(msgspec.structs.replace(Recipe().mixed, written=0), Recipe().calm, Recipe().third)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ablate") / "data"
    make(folder, dev=[SENTENCES[3]])
    return folder


def flat(one: Variant) -> dict[str, object]:
    plain = msgspec.to_builtins(one)
    parts = {f"{part}.{key}": value for part in ("shares", "manner", "loop") for key, value in plain[part].items()}
    return parts | {"hard": one.hard}


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_changes_one_thing(name: str) -> None:
    before = VARIANTS["written"](BASE) if name in {"smoothed", "taught", "hard"} else BASE
    changed = flat(VARIANTS[name](BASE))
    assert sum(changed[key] != value for key, value in flat(before).items()) == (0 if name == "base" else 1)


def test_shares_are_scaled_alike() -> None:
    assert scaled(Shares(**dict.fromkeys(Shares.__struct_fields__, 200)), 0.1) == Shares(
        **dict.fromkeys(Shares.__struct_fields__, 20)
    )


def test_variants_start_from_the_same_weights_and_end_apart(data: Path, tmp_path: Path) -> None:
    asked = ["--data", str(data), "--start", str(MODELS / "tiny_marks"), "--out", str(tmp_path), "--pairs", "300"]
    assert ablate.main([*asked, "--threads", "1", "base", "words"]) == 0
    start, base, words = (
        load_file(folder / "model.safetensors")
        for folder in (MODELS / "tiny_marks", tmp_path / "base", tmp_path / "words")
    )
    name = "bert.embeddings.word_embeddings.weight"
    assert start[name].equal(base[name])
    assert not start[name].equal(words[name])
    assert not start["classifier.weight"].equal(base["classifier.weight"])


def test_the_sample_is_labelled_and_the_same_for_the_same_seed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for seed in ("0", "0", "1"):
        assert audit.main(["--data", str(data), "--count", "30", "--seed", seed]) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1] != shown[2]
    rows = [json.loads(line) for line in shown[0].splitlines()]
    assert [row["number"] for row in rows] == list(range(30))
    assert {row["label"] for row in rows} <= set(LABELS)
    assert len({row["kind"] for row in rows}) > 3


def test_of_honest_pairs_the_hard_ones_stay_and_teachers_are_followed(data: Path, tmp_path: Path) -> None:
    start = MODELS / "tiny_marks"
    asked = ["--data", str(data), "--start", str(start), "--out", str(tmp_path), "--pairs", "300", "--threads", "1"]
    assert ablate.main([*asked, "--teacher", str(start), "written", "taught", "hard"]) == 0
    weights = {name: load_file(tmp_path / name / "model.safetensors") for name in ("written", "taught", "hard")}
    name = "classifier.weight"
    assert not weights["written"][name].equal(weights["taught"][name])
    assert not weights["written"][name].equal(weights["hard"][name])
