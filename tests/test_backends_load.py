"""What a model must be before it is believed: all else is refused by name, with a remedy, and runs no code."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from consistency import backends
from consistency.errors import ModelError
from tests.models import MODELS, altered, rewrite_weights

Alter = Callable[..., Path]


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)


@pytest.fixture
def alter(tmp_path: Path) -> Alter:
    """A copy of a tiny model with other entries in its config.json."""
    return partial(altered, tmp_path / "altered")


def _refused(name: str | Path) -> ModelError:
    """The fault of a model that must not load: it names the model and says what to do."""
    with pytest.raises(ModelError) as caught:
        backends.load(str(name))
    assert str(name) in str(caught.value)
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("name", ["no/such-model", "no-such-folder", "/no/such/folder", "../nowhere"])
def test_a_name_that_leads_nowhere(name: str) -> None:
    _refused(name)


def test_a_file_is_no_model(tmp_path: Path) -> None:
    file = tmp_path / "model.bin"
    file.write_bytes(b"weights")
    _refused(file)


def test_an_embedded_model_that_is_missing_is_not_looked_for_on_the_hub(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("consistency.backends._model.EMBEDDED", tmp_path / "weights")
    assert "no folder" in str(_refused("embedded"))


def test_pickled_weights_are_refused(alter: Alter) -> None:
    import torch
    from safetensors.torch import load_file

    folder = alter()
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    fault = _refused(folder)
    assert "no *.safetensors" in str(fault)
    assert "pickled weights are never loaded" in fault.remedy
    shutil.copyfile(MODELS / "tiny" / "model.safetensors", folder / "other.safetensors")
    _refused(folder)


def test_a_folder_without_a_config(alter: Alter) -> None:
    folder = alter()
    (folder / "config.json").unlink()
    assert "config.json" in str(_refused(folder))


def test_a_folder_without_a_tokenizer(alter: Alter) -> None:
    folder = alter()
    (folder / "tokenizer.json").unlink()
    (folder / "tokenizer_config.json").unlink()
    _refused(folder)


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (["LABEL_0", "LABEL_1", "LABEL_2"], "label_0"),
        (["negative", "neutral", "positive"], "negative"),
        (["entailment", "entailment", "contradiction"], "entailment, entailment"),
    ],
)
def test_other_labels_are_refused(alter: Alter, labels: list[str], told: str) -> None:
    folder = alter(id2label=dict(enumerate(labels)), label2id={label: at for at, label in enumerate(labels)})
    fault = _refused(folder)
    assert told in str(fault)
    assert "id2label" in fault.remedy


@pytest.mark.parametrize("labels", [["entailment", "not_entailment"], ["entailment", "neutral", "contradiction"] * 2])
def test_another_number_of_labels_is_refused(alter: Alter, labels: list[str]) -> None:
    folder = alter(id2label=dict(enumerate(labels)), label2id={label: at for at, label in enumerate(labels)})

    def resize(name: str, tensor: Any) -> Any:
        return tensor.repeat(2, *[1] * (tensor.dim() - 1))[: len(labels)] if name.startswith("classifier") else tensor

    rewrite_weights(folder, resize)
    assert "labels" in str(_refused(folder))


@pytest.mark.parametrize("keep", [0, 7, 400, 60_000])
def test_a_cut_weights_file_is_refused(alter: Alter, keep: int) -> None:
    folder = alter()
    weights = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(weights[:keep])
    _refused(folder)


@pytest.mark.parametrize("file", ["config.json", "tokenizer.json"])
def test_a_damaged_file_is_refused(alter: Alter, file: str) -> None:
    folder = alter()
    (folder / file).write_text('{"half": ', "utf-8")
    _refused(folder)


def test_weights_of_another_shape_are_refused(alter: Alter) -> None:
    _refused(alter(hidden_size=16))


def test_a_head_without_weights_is_refused_before_chance_decides(alter: Alter) -> None:
    folder = alter()
    rewrite_weights(folder, lambda name, tensor: None if name.startswith("classifier") else tensor)
    assert "classifier" in str(_refused(folder))


@pytest.mark.parametrize("factor", [0.0, -1.0, float("nan")])
def test_a_model_that_fails_the_self_test_is_refused(alter: Alter, factor: float) -> None:
    folder = alter()
    rewrite_weights(folder, lambda name, tensor: tensor * factor if name.startswith("classifier") else tensor)
    assert "self-test" in str(_refused(folder))


def test_random_weights_are_refused(tmp_path: Path) -> None:
    import torch

    from tests.make_tiny import untrained

    torch.manual_seed(5)
    tokenizer, model = untrained()
    model.save_pretrained(tmp_path / "random")
    tokenizer.save_pretrained(tmp_path / "random")
    assert "self-test" in str(_refused(tmp_path / "random"))


def test_marks_without_token_types_are_refused(alter: Alter) -> None:
    assert "token types" in str(_refused(alter(marks=True)))


def test_a_marked_model_that_lost_its_word_for_it_is_refused(alter: Alter) -> None:
    folder = alter("tiny_marks")
    config = json.loads((folder / "config.json").read_text("utf-8"))
    del config["marks"]
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    assert '"marks": true' in _refused(folder).remedy


def test_a_model_that_says_it_has_no_marks_is_read_without(alter: Alter) -> None:
    pair = [("The mayor spoke.", "The mayor never spoke.")]
    plain, marked = backends.load(str(alter("tiny_marks", marks=False))), backends.load(str(MODELS / "tiny_marks"))
    assert plain.score(pair) != marked.score(pair)


def test_a_device_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    with pytest.raises(ModelError, match="CUDA") as caught:
        backends.load(str(MODELS / "tiny"), device="cuda")
    assert "cpu" in caught.value.remedy


# Remote code.

PLANT = "from pathlib import Path\nPath({trace!r}).write_text('ran')\n"
CLASSES = """
from transformers import BertConfig, BertForSequenceClassification, BertTokenizer
class PlantedConfig(BertConfig):
    model_type = "planted"
class Planted(BertForSequenceClassification):
    config_class = PlantedConfig
class PlantedTokenizer(BertTokenizer):
    pass
"""


@pytest.mark.parametrize("model_type", ["bert", "planted"])
def test_code_in_a_model_folder_never_runs(alter: Alter, tmp_path: Path, model_type: str) -> None:
    trace = tmp_path / "trace"
    auto = {
        "AutoConfig": "planted.PlantedConfig",
        "AutoModelForSequenceClassification": "planted.Planted",
        "AutoTokenizer": ["planted.PlantedTokenizer", "planted.PlantedTokenizer"],
    }
    folder = alter(model_type=model_type, auto_map=auto, trust_remote_code=True)
    told = json.loads((folder / "tokenizer_config.json").read_text("utf-8"))
    told |= {"auto_map": {"AutoTokenizer": auto["AutoTokenizer"]}, "tokenizer_class": "PlantedTokenizer"}
    (folder / "tokenizer_config.json").write_text(json.dumps(told), "utf-8")
    (folder / "planted.py").write_text(PLANT.format(trace=str(trace)) + CLASSES, "utf-8")
    with suppress(ModelError):
        backends.load(str(folder))
    assert not trace.exists()
