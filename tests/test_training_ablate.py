"""One thing changed at a time, from one start, on one mixture; and a sample to judge by hand."""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from safetensors.torch import load_file

from consistency.training import ablate, audit
from consistency.training.ablate import VARIANTS, Variant
from consistency.training.pairs import Shares
from consistency.training.recipe import Recipe, gather, mixture, scaled
from consistency.training.sources import TOLD
from tests.make_tiny import MODELS
from tests.training_data import SENTENCES, make

BASE = Variant(msgspec.structs.replace(Recipe().mixed, written=0, stories=0), Recipe().calm, Recipe().third)


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
    before = {"smoothed": "written", "taught": "written", "hard": "written", "stories": "smoothed"}.get(name, "base")
    changed = flat(VARIANTS[name](BASE))
    differs = {key for key, value in flat(VARIANTS[before](BASE)).items() if changed[key] != value}
    if name == "stories":
        assert differs == {"shares.stories", "loop.rate"}, "a third of few pairs, so at half the pace"
    else:
        assert len(differs) == (0 if name == "base" else 1)


def test_shares_are_scaled_alike() -> None:
    assert scaled(Shares(**dict.fromkeys(Shares.__struct_fields__, 200)), 0.1) == Shares(
        **dict.fromkeys(Shares.__struct_fields__, 20)
    )


@pytest.mark.parametrize("times", [0.5, 2])
def test_a_mixture_keeps_its_proportions_beyond_what_public_pairs_there_are_for_it(data: Path, times: float) -> None:
    material = gather(data, random.Random(0))
    kinds = Shares(**(dict.fromkeys(Shares.__struct_fields__, 0) | {"rewritten": 20, "corrupted": 20}))
    material = msgspec.structs.replace(material, later=material.later[:40])
    mixed = mixture(material, kinds, BASE.manner, round(80 * times), seed=1)
    assert mixed == mixture(material, kinds, BASE.manner, round(80 * times), seed=1)
    assert Counter(one.source for one in mixed if one.source in {"rewritten", "corrupted"}) == {
        "rewritten": 20 * times,
        "corrupted": 20 * times,
    }
    public = [one for one in mixed if one.source not in {"rewritten", "corrupted"}]
    assert len(public) == 40 * times
    assert sum(one in material.later for one in public) >= min(40, len(public))


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
    made = json.loads((tmp_path / "words" / ablate.MADE).read_bytes())
    assert (made["variant"], made["loop"]["words"], made["before"]) == ("words", True, None)
    first = (MODELS / "tiny_marks" / "model.safetensors").read_bytes()
    assert made["started_from"] == hashlib.sha256(first).hexdigest()
    assert sum(made["pairs_by_source"].values()) == sum(made["pairs_by_label"].values()) > 200


def test_what_was_trained_further_tells_of_both_runs(data: Path, tmp_path: Path) -> None:
    asked = ["--data", str(data), "--out", str(tmp_path), "--pairs", "80", "--threads", "1"]
    assert ablate.main([*asked, "--start", str(MODELS / "tiny_marks"), "written"]) == 0
    assert ablate.main([*asked, "--start", str(tmp_path / "written"), "--seed", "5", "smoothed"]) == 0
    made = json.loads((tmp_path / "smoothed" / ablate.MADE).read_bytes())
    assert (made["variant"], made["seed"], made["before"]["variant"], made["before"]["seed"]) == (
        "smoothed",
        5,
        "written",
        0,
    )
    weights = (tmp_path / "written" / "model.safetensors").read_bytes()
    assert made["started_from"] == hashlib.sha256(weights).hexdigest()


def test_the_sample_is_labelled_and_the_same_for_the_same_seed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for seed in ("0", "0", "1"):
        assert audit.main(["--data", str(data), "--count", "30", "--seed", seed]) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1] != shown[2]
    rows = [json.loads(line) for line in shown[0].splitlines()]
    assert [row["number"] for row in rows] == list(range(30))
    assert {row["label"] for row in rows} <= set(TOLD)
    assert len({row["kind"] for row in rows}) > 3


def test_of_honest_pairs_the_hard_ones_stay_and_teachers_are_followed(data: Path, tmp_path: Path) -> None:
    start = MODELS / "tiny_marks"
    asked = ["--data", str(data), "--start", str(start), "--out", str(tmp_path), "--pairs", "300", "--threads", "1"]
    assert ablate.main([*asked, "--teacher", str(start), "written", "taught", "hard"]) == 0
    weights = {name: load_file(tmp_path / name / "model.safetensors") for name in ("written", "taught", "hard")}
    name = "classifier.weight"
    assert not weights["written"][name].equal(weights["taught"][name])
    assert not weights["written"][name].equal(weights["hard"][name])
