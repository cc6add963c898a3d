"""The network as we compute it is that of transformers, which still computes every other."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from consistency import backends
from consistency.backends._bert import Bert
from consistency.backends._model import EMBEDDED, Model
from consistency.backends._network import Batch
from consistency.backends._torch import _Foreign, _loaded, network
from consistency.backends.pytorch import PytorchRunner
from tests.models import MODELS, altered, rewrite_weights

NEAR = 1e-5
"""Logits; sums are taken in another order."""
ROUNDED = 0.3
"""Logits in bfloat16, of texts drawn at random."""
FOLDERS = {"tiny": MODELS / "tiny", "tiny_marks": MODELS / "tiny_marks", "embedded": EMBEDDED}
NETWORKS: dict[str, tuple[Any, Any]] = {}


def both(name: str) -> tuple[Any, Any]:
    """Ours, and that of transformers."""
    if name not in NETWORKS:
        model = Model(str(FOLDERS[name]))
        NETWORKS[name] = network(model), _Foreign(_loaded(model)).eval()
    return NETWORKS[name]


@settings(max_examples=25, deadline=None)
@given(
    name=st.sampled_from(sorted(FOLDERS)), pairs=st.integers(1, 5), width=st.integers(4, 60), seed=st.integers(0, 99)
)
def test_logits_are_those_of_transformers(name: str, pairs: int, width: int, seed: int) -> None:
    ours, theirs = both(name)
    assert isinstance(ours, Bert)
    drawn = torch.Generator().manual_seed(seed)
    ids = torch.randint(5, 160, (pairs, width), generator=drawn)
    types = torch.randint(0, ours.types.num_embeddings, (pairs, width), generator=drawn)
    mask = torch.ones_like(ids)
    mask[0, -seed % width :] = 0
    mask[:, 0] = 1
    with torch.inference_mode():
        assert torch.allclose(ours(ids, mask, types), theirs(ids, mask, types), atol=NEAR)


@pytest.fixture(scope="module")
def runners() -> dict[str, PytorchRunner]:
    return {name: PytorchRunner(Model(str(MODELS / "tiny_marks")), 1, precision=name) for name in ("fp32", "bf16")}


@settings(max_examples=25, deadline=None)
@given(
    name=st.sampled_from(["fp32", "bf16"]), pairs=st.integers(1, 9), width=st.integers(3, 90), seed=st.integers(0, 99)
)
def test_a_runner_computes_the_network_whatever_the_shape(
    runners: dict[str, PytorchRunner], name: str, pairs: int, width: int, seed: int
) -> None:
    ours, _ = both("tiny_marks")
    drawn = torch.Generator().manual_seed(seed)
    ids = torch.randint(5, 160, (pairs, width), generator=drawn)
    types = torch.randint(0, 4, (pairs, width), generator=drawn)
    mask = torch.ones_like(ids)
    mask[0, -seed % width :] = 0
    mask[:, 0] = 1
    batch = Batch(ids.numpy(), types.numpy(), mask.numpy())
    found = runners[name].start(batch).result().logits
    with torch.inference_mode():
        wanted = ours(ids, mask, types).numpy()
    assert abs(found - wanted).max() < (NEAR if name == "fp32" else ROUNDED)
    assert (found == runners[name].start(batch).result().logits).all()


def test_without_traces_the_network_runs_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [("The mayor opened the bridge.", "The mayor did not open the bridge.")]
    wanted = backends.load(str(MODELS / "tiny")).score(asked)
    monkeypatch.delattr(torch.jit, "trace")
    assert backends.load(str(MODELS / "tiny")).score(asked) == wanted


def test_what_stands_in_the_fillers_counts_for_nothing() -> None:
    ours, _ = both("embedded")
    ids = torch.randint(5, 160, (2, 20), generator=torch.Generator().manual_seed(0))
    ids[1, :12], mask = ids[0, :12], torch.ones_like(ids)
    mask[:, 12:] = 0
    with torch.inference_mode():
        one, other = ours(ids, mask, torch.zeros_like(ids))
    assert torch.equal(one, other)


def test_a_plain_bert_is_read_without_transformers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "transformers", None)
    asked = [("The mayor opened the bridge.", "The mayor did not open the bridge.")]
    assert backends.load(str(MODELS / "tiny")).score(asked)


@pytest.mark.parametrize("entries", [{"hidden_act": "relu"}, {"model_type": "other"}, {"num_hidden_layers": 3}])
def test_any_other_network_is_not_taken_for_it(tmp_path: Path, entries: dict[str, Any]) -> None:
    from consistency.backends import _bert

    model = Model(str(altered(tmp_path / "altered", **entries)))
    assert _bert.read(model.folder, model.config) is None


def test_weights_in_several_files_are_read(tmp_path: Path) -> None:
    folder = altered(tmp_path / "altered")
    whole = load_file(folder / "model.safetensors")
    (folder / "model.safetensors").unlink()
    names = sorted(whole)
    parts = {"model-1.safetensors": names[:7], "model-2.safetensors": names[7:]}
    for file, held in parts.items():
        save_file({name: whole[name] for name in held}, folder / file, metadata={"format": "pt"})
    places = {name: file for file, held in parts.items() for name in held}
    (folder / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": places}))
    model = Model(str(folder))
    assert isinstance(network(model), Bert)
    asked = [("The mayor opened the bridge.", "The mayor did not open the bridge.")]
    assert backends.load(str(folder)).score(asked) == backends.load(str(MODELS / "tiny")).score(asked)


def test_another_activation_is_computed_by_transformers(tmp_path: Path) -> None:
    model = Model(str(altered(tmp_path / "altered", hidden_act="relu")))
    found = network(model)
    assert isinstance(found, _Foreign)
    ids = torch.randint(5, 160, (2, 12))
    given = ids, torch.ones_like(ids), torch.zeros_like(ids)
    with torch.inference_mode():
        assert torch.allclose(found(*given), _loaded(model).eval()(input_ids=ids).logits, atol=NEAR)


def test_a_tensor_of_another_shape_is_left_to_transformers(tmp_path: Path) -> None:
    from consistency.backends import _bert

    folder = altered(tmp_path / "altered")
    rewrite_weights(folder, lambda name, tensor: tensor[:1] if name == "classifier.bias" else tensor)
    model = Model(str(folder))
    assert _bert.read(model.folder, model.config) is None
