"""A model's network as PyTorch loads it: safetensors only, remote code never, nothing left to chance."""

from __future__ import annotations

import inspect
from typing import Any

from consistency.backends._model import Model, broken
from consistency.errors import ModelError


def network(model: Model) -> Any:
    """The network in float32, ready to infer. Raises `ModelError` for weights that are damaged or not all there."""
    import torch
    from safetensors import SafetensorError
    from transformers import AutoModelForSequenceClassification

    _silence()
    try:
        found, loading = AutoModelForSequenceClassification.from_pretrained(
            model.folder, trust_remote_code=False, use_safetensors=True, dtype=torch.float32, output_loading_info=True
        )
    except (SafetensorError, OSError, ValueError, TypeError, KeyError, RuntimeError, ImportError) as error:
        raise broken(model.name, error) from error
    if missing := sorted(loading["missing_keys"]):
        raise ModelError(
            f"The model {model.name} has no weights for {', '.join(missing[:3])}; they would be random.",
            "Choose a model trained for sequence classification, not a bare encoder.",
        )
    return found.eval()


def takes_types(found: Any) -> bool:
    """Whether the network reads token types."""
    return "token_type_ids" in inspect.signature(found.forward).parameters


def _silence() -> None:
    """Faults of a model are told by `ModelError`; progress is shown by whoever calls."""
    from transformers.utils import logging

    told: Any = logging
    told.disable_progress_bar()
    told.set_verbosity_error()
