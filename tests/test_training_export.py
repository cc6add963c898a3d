"""The recipe from a folder of data to the weights that ship."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
import torch
from safetensors import safe_open

from consistency import backends
from consistency.backends import EMBEDDED
from consistency.training import loop, network
from consistency.training.export import export
from consistency.training.pairs import Shares
from consistency.training.recipe import Facts, Recipe, encode, gather, run, scaled
from consistency.training.sources import LABELS, SOURCES, TOLD
from tests.make_tiny import MODELS, OTHER_ORDER, WEIGHTS, examples, vocabulary
from tests.training_data import SENTENCES, make

FEW: Final = Shares(**dict.fromkeys(Shares.__struct_fields__, 6))
UNWRITTEN: Final = msgspec.structs.replace(FEW, written=0)
STAGE: Final = loop.LoopSettings(batch=8, checkpoint_every=-1.0)
RECIPE: Final = Recipe(
    first=STAGE,
    second=msgspec.structs.replace(STAGE, seed=1),
    third=msgspec.structs.replace(STAGE, seed=2, pointing=0.5, words=True),
    fourth=msgspec.structs.replace(STAGE, seed=3, smoothing=0.1),
    replayed=20,
    further=90,
    edits=UNWRITTEN,
    mixed=FEW,
)
STAGES: Final = ["first", "model", "second", "third"]
FACTS: Final = Facts({"mnli_part": 7, "roles": 3}, {"entailment": 4, "contradiction": 6}, {"mnli_part": 2})


class Cut(Exception):  # noqa: N818  (no fault: the power goes)
    pass


# The network.


@pytest.mark.parametrize("marks", [True, False])
def test_a_base_becomes_a_three_way_network(marks: bool) -> None:
    base = network.build(MODELS / "tiny", marks=False)
    model = network.build(MODELS / "tiny", marks=marks)
    assert [model.config.id2label[at] for at in range(3)] == list(LABELS)
    assert model.config.marks is marks
    types = model.bert.embeddings.token_type_embeddings.weight
    assert len(types) == model.config.type_vocab_size == (4 if marks else 2)
    for new, old in enumerate([0, 1, 0, 1][: len(types)]):
        assert torch.equal(types[new], base.bert.embeddings.token_type_embeddings.weight[old])


def test_new_token_types_change_nothing_before_they_are_learnt() -> None:
    tokens = network.tokenizer(MODELS / "tiny")
    asked = list(examples(12, 0))
    logits = []
    for marks in (False, True):
        tensors = loop.collate(encode(tokens, asked, marks=marks))
        del tensors["labels"], tensors["wrong"]
        with torch.inference_mode():
            logits.append(network.build(MODELS / "tiny", marks=marks).eval()(**tensors).logits)
    assert torch.equal(*logits)


def test_a_marked_base_keeps_what_its_marks_learnt() -> None:
    again = network.build(MODELS / "tiny_marks", marks=True).bert.embeddings.token_type_embeddings.weight
    assert again.shape[0] == 4
    assert not torch.equal(again[2], again[0])


def test_frozen_words_do_not_learn() -> None:
    model = network.build(MODELS / "tiny", marks=True)
    network.freeze_words(model)
    frozen = [name for name, weight in model.named_parameters() if not weight.requires_grad]
    assert frozen == ["bert.embeddings.word_embeddings.weight"]


# The recipe.


def _run(folder: Path, evaluate: Callable[[Any], str] | None = None) -> Facts:
    torch.set_num_threads(1)
    data = folder / "data"
    if not data.exists():
        make(data, dev=[SENTENCES[3]])
    return run(RECIPE, data, MODELS / "tiny", folder / "run", evaluate=evaluate)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Facts]:
    folder = tmp_path_factory.mktemp("trained")
    return folder / "run" / "model", _run(folder)


def test_a_run_counts_what_it_learnt_from(trained: tuple[Path, Facts]) -> None:
    facts = trained[1]
    later = gather(trained[0].parents[1] / "data", random.Random(RECIPE.seed)).later
    further = scaled(FEW, RECIPE.further / (sum(msgspec.structs.astuple(FEW)) + len(later)))
    generated = set(Shares.__struct_fields__) - {"reversed"}  # no entailed pair here is so uneven
    assert set(facts.sources) == {source.name for source in SOURCES} | generated
    assert all(0 < facts.sources[kind] <= 12 + further.corrupted for kind in generated)
    assert facts.sources["corrupted"] == 12 + further.corrupted > 12
    assert facts.sources["written"] == 6 + further.written, "in the last two stages; the second has no share of it"
    assert set(facts.labels) == set(TOLD)
    assert sum(facts.labels.values()) == sum(facts.sources.values())
    assert facts.dropped["passages"] == 1


def test_a_run_leaves_a_model_and_no_checkpoint(trained: tuple[Path, Facts]) -> None:
    out = trained[0].parent
    assert sorted(path.name for path in out.iterdir()) == STAGES
    config = json.loads((trained[0] / "config.json").read_text("utf-8"))
    assert config["marks"] is True
    assert [config["id2label"][str(at)] for at in range(3)] == list(LABELS)


@pytest.mark.parametrize("cut", [2, 16, 30, 44])
def test_a_run_that_was_cut_off_ends_with_the_same_weights(
    cut: int, trained: tuple[Path, Facts], tmp_path: Path
) -> None:
    calls: list[None] = []

    def evaluate(model: Any) -> str:
        calls.append(None)
        if len(calls) == cut:
            raise Cut
        return "fine"

    with pytest.raises(Cut):
        _run(tmp_path, evaluate)
    facts = _run(tmp_path)
    assert (tmp_path / "run" / "model" / "model.safetensors").read_bytes() == (
        trained[0] / "model.safetensors"
    ).read_bytes()
    assert facts == trained[1]


def test_a_stage_that_was_cut_off_while_it_was_saved_is_run_again(trained: tuple[Path, Facts], tmp_path: Path) -> None:
    shutil.copytree(trained[0].parent, tmp_path / "run")
    shutil.move(tmp_path / "run" / "model", tmp_path / "run" / "model.saving")
    (tmp_path / "run" / "model.saving" / "model.safetensors").write_bytes(b"half")
    _run(tmp_path)
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == STAGES
    assert (tmp_path / "run" / "model" / "model.safetensors").read_bytes() == (
        trained[0] / "model.safetensors"
    ).read_bytes()


# The export.


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("shipped") / "weights"
    return folder, export(MODELS / "tiny_marks", folder, RECIPE, FACTS, "tiny base (Apache-2.0)")


def test_the_export_is_half_precision_and_half_the_size(shipped: tuple[Path, str]) -> None:
    weights = shipped[0] / "model.safetensors"
    with safe_open(weights, "pt") as file:
        kinds = {file.get_tensor(name).dtype for name in file.keys()}  # noqa: SIM118  (no mapping)
    assert kinds == {torch.float16}
    assert weights.stat().st_size < 0.6 * (MODELS / "tiny_marks" / "model.safetensors").stat().st_size


def test_the_export_holds_what_the_runtime_needs_and_no_more(shipped: tuple[Path, str]) -> None:
    assert sorted(path.name for path in shipped[0].iterdir()) == sorted({*WEIGHTS, "card.json"})


def test_the_exported_model_scores_as_the_trained_one(shipped: tuple[Path, str]) -> None:
    asked = [(one.premise, one.hypothesis) for one in examples(30, 5)]
    before, after = (backends.load(str(folder)).score(asked) for folder in (MODELS / "tiny_marks", shipped[0]))
    for one, other in zip(before, after, strict=True):
        assert one.contradiction == pytest.approx(other.contradiction, abs=0.02)


def test_the_card_says_what_the_weights_are_made_of(shipped: tuple[Path, str]) -> None:
    folder, digest = shipped
    card = json.loads((folder / "card.json").read_text("utf-8"))
    assert digest == card["weights_sha256"] == hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    assert card["base"] == "tiny base (Apache-2.0)"
    assert card["seed"] == RECIPE.seed
    assert card["settings"]["first"]["batch"] == 8
    assert card["settings"]["edits"]["roles"] == 6
    assert card["licences"].keys() == {*(source.name for source in SOURCES), "news"}
    assert card["pairs_by_source"] == {"mnli_part": 7, "roles": 3}
    assert card["pairs_by_label"] == {"entailment": 4, "contradiction": 6}
    assert card["dropped_for_sharing_a_sentence_with_development_data"] == {"mnli_part": 2}


def test_an_export_names_no_folder_of_the_machine(shipped: tuple[Path, str]) -> None:
    for name in ("config.json", "tokenizer_config.json", "card.json"):
        text = (shipped[0] / name).read_text("utf-8")
        assert str(MODELS) not in text
        assert str(shipped[0].parent) not in text


def test_the_same_weights_give_the_same_digest(shipped: tuple[Path, str], tmp_path: Path) -> None:
    assert export(MODELS / "tiny_marks", tmp_path, RECIPE, FACTS, "other") == shipped[1]


# The fixtures, and the runtime.


@pytest.mark.parametrize("name", ["tiny", "tiny_marks"])
def test_the_tiny_models_are_what_their_maker_makes(name: str) -> None:
    folder = MODELS / name
    assert sorted(path.name for path in folder.iterdir()) == sorted(WEIGHTS)
    assert sum(path.stat().st_size for path in folder.iterdir()) < 300_000
    assert network.tokenizer(folder).get_vocab() == vocabulary()
    config = json.loads((folder / "config.json").read_text("utf-8"))
    order = OTHER_ORDER if name == "tiny" else LABELS
    assert [config["id2label"][str(at)] for at in range(3)] == list(order)
    with safe_open(folder / "model.safetensors", "pt") as file:
        assert file.get_tensor("classifier.weight").dtype == torch.float32


@pytest.mark.parametrize("name", ["tiny", "tiny_marks"])
def test_the_tiny_models_know_their_templates(name: str) -> None:
    asked = random.Random(0).sample(list(examples(400, 123)), 90)
    scored = backends.load(str(MODELS / name)).score([(one.premise, one.hypothesis) for one in asked])
    right = sum(getattr(scores, LABELS[one.label]) > 0.5 for one, scores in zip(asked, scored, strict=True))
    assert right > 85


def test_the_runtime_does_not_load_the_training() -> None:
    code = (
        "import sys; import consistency, consistency.cli; from consistency.backends import load;"
        f"consistency.check; load({str(MODELS / 'tiny_marks')!r});"
        "print([name for name in sys.modules if name.startswith('consistency.training')])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=MODELS.parents[1],
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"


def test_the_embedded_weights_are_those_of_their_card_and_small() -> None:
    weights = EMBEDDED / "model.safetensors"
    card = json.loads((EMBEDDED / "card.json").read_text("utf-8"))
    assert card["weights_sha256"] == hashlib.sha256(weights.read_bytes()).hexdigest()
    assert weights.stat().st_size < 50_000_000
    assert card["licences"].keys() == {*(source.name for source in SOURCES), "news"}
