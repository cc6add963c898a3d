"""Any Hugging Face sequence-classification NLI model, on PyTorch in float32.

Safetensors only, remote code never, labels by name, and a self-test at load that fails closed: a
model that cannot tell a plain contradiction from a repetition is no NLI model, whatever it says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from consistency.encoding import PairEncoder
from consistency.errors import ModelError
from consistency.records import Scores

EMBEDDED = Path(__file__).parent.parent / "weights"
LABELS = ("entailment", "neutral", "contradiction")
DIGITS = 4
"""Scores are rounded so that a batch's size cannot move a verdict."""

_SAME = "The mayor opened the new bridge on Monday."
_OPPOSITE = "The mayor did not open the new bridge on Monday."


class PytorchScorer:
    """A `Scorer` over a model folder, a hub name, or the embedded model."""

    def __init__(self, name: str = "embedded", *, device: str = "cpu", threads: int | None = None) -> None:
        import torch
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()
        transformers_logging.set_verbosity_error()
        if threads is not None:
            torch.set_num_threads(threads)
        if device == "cuda" and not torch.cuda.is_available():
            raise ModelError("No CUDA device is available.", "Use --device cpu.")
        self._torch = torch
        self._device = device
        self._tokenizer, self._model = _load(name, torch)
        self._order = _label_order(self._model.config, name)
        self._pairs = _pair_encoder(self._tokenizer, self._model.config, name)
        self._model.to(device).eval()
        self.limit = _limit(self._tokenizer, self._model.config)
        self.digest = _digest(self._model)
        self._self_test(name)

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        texts = sorted({text for pair in pairs for text in pair})
        if not texts:
            return []
        size = {text: len(ids) for text, ids in zip(texts, self._pieces(texts), strict=True)}
        return [size[premise] + size[hypothesis] + 3 for premise, hypothesis in pairs]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        if not pairs:
            return []
        torch = self._torch
        with torch.inference_mode():
            logits = self._model(**self._inputs(pairs)).logits.float()
            rows = torch.softmax(logits, dim=-1)[:, self._order].tolist()
        return [Scores(*(round(value, DIGITS) for value in row)) for row in rows]

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        found: list[list[int]] = self._tokenizer(list(texts), add_special_tokens=False, verbose=False)["input_ids"]
        return found

    def _inputs(self, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
        torch = self._torch
        if self._pairs is None:
            tensors = self._tokenizer(
                [premise for premise, _ in pairs],
                [hypothesis for _, hypothesis in pairs],
                padding=True,
                return_tensors="pt",
            )
            return {name: tensor.to(self._device) for name, tensor in tensors.items()}
        premises = self._pieces([premise for premise, _ in pairs])
        hypotheses = self._pieces([hypothesis for _, hypothesis in pairs])
        encoded = [self._pairs.encode(one, other) for one, other in zip(premises, hypotheses, strict=True)]
        width = max(len(row.ids) for row in encoded)
        padding = self._tokenizer.pad_token_id
        ids = torch.tensor([[*row.ids, *[padding] * (width - len(row.ids))] for row in encoded])
        types = torch.tensor([[*row.types, *[0] * (width - len(row.types))] for row in encoded])
        mask = torch.tensor([[1] * len(row.ids) + [0] * (width - len(row.ids)) for row in encoded])
        tensors = {"input_ids": ids, "token_type_ids": types, "attention_mask": mask}
        return {name: tensor.to(self._device) for name, tensor in tensors.items()}

    def _self_test(self, name: str) -> None:
        same, opposite = self.score([(_SAME, _SAME), (_SAME, _OPPOSITE)])
        if same.entailment < 0.5 or opposite.contradiction < 0.5:
            raise ModelError(
                f"The model {name} fails the self-test: a sentence entails itself with {same.entailment:.2f} and "
                f"contradicts its negation with {opposite.contradiction:.2f}.",
                "Choose a model trained for natural language inference, with its own label names.",
            )


def _load(name: str, torch: Any) -> tuple[Any, Any]:
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    path = EMBEDDED if name == "embedded" else Path(name)
    if path.is_dir():
        if not list(path.glob("*.safetensors")):
            raise ModelError(
                f"The model folder {name} holds no *.safetensors weights.",
                "Save the model with save_pretrained(...); pickled weights are never loaded.",
            )
        if not (path / "config.json").is_file():
            raise ModelError(f"The model folder {name} holds no config.json.", "Save the model with save_pretrained(...).")
    source = str(path) if path.is_dir() else name
    try:
        tokenizer = AutoTokenizer.from_pretrained(source, trust_remote_code=False)
        model = AutoModelForSequenceClassification.from_pretrained(
            source, trust_remote_code=False, use_safetensors=True, dtype=torch.float32
        )
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelError(
            f"The model {name} could not be loaded: {first}",
            "Give a folder made by save_pretrained(...), or a hub name while there is a network.",
        ) from error
    return tokenizer, model


def _label_order(config: Any, name: str) -> list[int]:
    """Positions of entailment, neutral, contradiction in the model's output, by name."""
    found = {str(label).strip().lower(): int(at) for at, label in config.id2label.items()}
    if sorted(found) != sorted(LABELS):
        raise ModelError(
            f"The model {name} has the labels {', '.join(sorted(found))}; entailment, neutral and contradiction are needed.",
            "Choose a three-way NLI model, or set id2label in its config.json.",
        )
    return [found[label] for label in LABELS]


def _pair_encoder(tokenizer: Any, config: Any, name: str) -> PairEncoder | None:
    """The marking encoder where the model asks for marks, else None: its own tokenizer builds the pair."""
    if not getattr(config, "marks", False):
        return None
    if getattr(config, "type_vocab_size", 0) < 4:
        raise ModelError(
            f"The model {name} asks for marks and has no token types for them.", "Train it with consistency.training."
        )
    pieces = tokenizer.convert_ids_to_tokens(range(len(tokenizer)))
    continues = [piece.startswith("##") for piece in pieces]
    return PairEncoder(tokenizer.cls_token_id, tokenizer.sep_token_id, continues, marks=True)


def _limit(tokenizer: Any, config: Any) -> int:
    positions = getattr(config, "max_position_embeddings", 512)
    if getattr(config, "model_type", "") in {"roberta", "xlm-roberta", "camembert"}:
        positions -= 2  # their positions start behind the padding index
    return int(min(positions, tokenizer.model_max_length, 100_000)) - 1


def _digest(model: Any) -> str:
    """SHA-256 over names, shapes and bytes of the weights as loaded, and the settings that change scores."""
    seen = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        seen.update(f"{name}{tuple(tensor.shape)}".encode())
        seen.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    seen.update(repr(sorted(model.config.id2label.items())).encode())
    seen.update(str(getattr(model.config, "marks", False)).encode())
    return seen.hexdigest()
