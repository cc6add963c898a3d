"""BERT as a classifier, computed as transformers computes it and nothing else: what no logit depends on is left out.

The logits are read from the first word piece alone, so the last layer asks for that piece only, which is a seventh of
all multiplications of six layers; and the export writes attention out as it is computed fastest. Reading the weights
needs no transformers, whose import takes longer than a short article.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from consistency.backends._model import json_object

_FAR: Final = -10_000.0
"""What is added to the attention to a filler: its weight becomes an exact zero."""
_KIND: Final = {
    "model_type": "bert",
    "architectures": ["BertForSequenceClassification"],
    "hidden_act": "gelu",
    "position_embedding_type": "absolute",
    "is_decoder": False,
    "add_cross_attention": False,
}
"""What a config.json has to say, where it says anything of it."""


class Bert(nn.Module):
    """Word-piece ids, mask and token types, (pairs, word pieces) each, to logits (pairs, labels)."""

    inputs: Final = ("ids", "mask", "types")

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__()
        width, eps = config["hidden_size"], config["layer_norm_eps"]
        self.words = nn.Embedding(config["vocab_size"], width)
        self.places = nn.Embedding(config["max_position_embeddings"], width)
        self.types = nn.Embedding(config["type_vocab_size"], width)
        self.norm = nn.LayerNorm(width, eps)
        self.layers = nn.ModuleList(
            _Layer(width, config["intermediate_size"], config["num_attention_heads"], eps)
            for _ in range(config["num_hidden_layers"])
        )
        self.pooler = nn.Linear(width, width)
        self.classifier = nn.Linear(width, len(config["id2label"]))

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        hidden = self.words(ids) + self.types(types) + self.places.weight[: ids.shape[1]]
        hidden = self.norm(hidden)
        away = ((1.0 - mask.to(hidden.dtype)) * _FAR)[:, None, None, :]
        for layer in self.layers[:-1]:
            hidden = layer(hidden, hidden, away)
        first = self.layers[-1](hidden[:, :1], hidden, away)
        logits: Tensor = self.classifier(torch.tanh(self.pooler(first[:, 0])))
        return logits


class _Layer(nn.Module):
    """New states of the pieces `asked`, each of which attends to all of `hidden`."""

    def __init__(self, width: int, inner: int, heads: int, eps: float) -> None:
        super().__init__()
        self._shape = heads, width // heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.attended = nn.Linear(width, width)
        self.attended_norm = nn.LayerNorm(width, eps)
        self.inner = nn.Linear(width, inner)
        self.output = nn.Linear(inner, width)
        self.output_norm = nn.LayerNorm(width, eps)

    def forward(self, asked: Tensor, hidden: Tensor, away: Tensor) -> Tensor:
        query, key, value = (
            states.unflatten(-1, self._shape).transpose(1, 2)
            for states in (self.query(asked), self.key(hidden), self.value(hidden))
        )
        if torch.onnx.is_in_onnx_export():  # written out, with the scale where it keeps two transpositions apart
            scores = query @ (key * self._shape[1] ** -0.5).transpose(-1, -2) + away
            seen = torch.softmax(scores, dim=-1) @ value
        else:
            seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=away)
        asked = self.attended_norm(self.attended(seen.transpose(1, 2).flatten(2)) + asked)
        found: Tensor = self.output_norm(self.output(functional.gelu(self.inner(asked))) + asked)
        return found


def read(folder: Path, config: Mapping[str, Any]) -> Bert | None:
    """The network in float32, ready to infer; None for any other than a plain BERT with all its weights.

    Raises what reading a damaged file raises.
    """
    if any(config.get(name, wanted) != wanted for name, wanted in _KIND.items()):
        return None
    from safetensors.torch import load_file

    weights: dict[str, Tensor] = {}
    for file in _files(folder):
        weights.update(load_file(file))
    try:
        with torch.device("meta"):
            found = Bert(config)
        found.load_state_dict({name: weights[_named(name)].float() for name in found.state_dict()}, assign=True)
    except (KeyError, TypeError, RuntimeError):  # a setting or tensor that is not there, or of another shape
        return None
    return found.eval()


def _files(folder: Path) -> list[Path]:
    """Where a saved model's weights are; none where they lie under names that are not theirs."""
    whole, parts = folder / "model.safetensors", folder / "model.safetensors.index.json"
    if whole.is_file():
        return [whole]
    if not parts.is_file():
        return []
    return [folder / name for name in sorted(set(json_object(parts)["weight_map"].values()))]


_PARTS: Final = {
    "words": "bert.embeddings.word_embeddings",
    "places": "bert.embeddings.position_embeddings",
    "types": "bert.embeddings.token_type_embeddings",
    "norm": "bert.embeddings.LayerNorm",
    "pooler": "bert.pooler.dense",
    "classifier": "classifier",
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attended": "attention.output.dense",
    "attended_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "output": "output.dense",
    "output_norm": "output.LayerNorm",
}
"""Our names of what has weights, and those in the file."""


def _named(name: str) -> str:
    """The name in the file of one of `Bert`'s tensors."""
    part, kind = name.rsplit(".", 1)
    if not part.startswith("layers."):
        return f"{_PARTS[part]}.{kind}"
    _, number, inner = part.split(".")
    return f"bert.encoder.layer.{number}.{_PARTS[inner]}.{kind}"
