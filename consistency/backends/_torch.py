"""A model's network as PyTorch runs it: safetensors only, remote code never, nothing left to chance."""

from __future__ import annotations

import inspect
from typing import Any, Final

import torch
from safetensors import SafetensorError
from torch import Tensor, nn

from consistency.backends import _bert
from consistency.backends._model import Model, broken
from consistency.errors import ModelError

_NAMES: Final = {"ids": "input_ids", "mask": "attention_mask", "types": "token_type_ids"}


def network(model: Model) -> Any:
    """The network in float32, ready to infer: called with what its `inputs` name, it gives logits (pairs, labels).

    Raises `ModelError` for weights that are damaged or not all there.
    """
    try:
        return _bert.read(model.folder, model.config) or _Foreign(_loaded(model)).eval()
    except (SafetensorError, OSError, ValueError, TypeError, KeyError, RuntimeError, ImportError) as error:
        raise broken(model.name, error) from error


class _Foreign(nn.Module):
    """A network of transformers."""

    def __init__(self, network: Any) -> None:
        super().__init__()
        self.network = network
        taken = inspect.signature(network.forward).parameters
        self.inputs = tuple(name for name, told in _NAMES.items() if told in taken)

    def forward(self, *given: Tensor) -> Tensor:
        named = {_NAMES[name]: tensor for name, tensor in zip(self.inputs, given, strict=True)}
        logits: Tensor = self.network(**named).logits
        return logits


def _loaded(model: Model) -> Any:
    from transformers import AutoModelForSequenceClassification

    _silence()
    found, loading = AutoModelForSequenceClassification.from_pretrained(
        model.folder, trust_remote_code=False, use_safetensors=True, dtype=torch.float32, output_loading_info=True
    )
    if missing := sorted(loading["missing_keys"]):
        raise ModelError(
            f"The model {model.name} has no weights for {', '.join(missing[:3])}; they would be random.",
            "Choose a model trained for sequence classification, not a bare encoder.",
        )
    return found


def _silence() -> None:
    """Faults of a model are told by `ModelError`; progress is shown by whoever calls."""
    from transformers.utils import logging

    told: Any = logging
    told.disable_progress_bar()
    told.set_verbosity_error()
