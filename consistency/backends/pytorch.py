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
from consistency.errors import InputError, ModelError
from consistency.records import Scores

EMBEDDED = Path(__file__).parent.parent / "weights"
LABELS = ("entailment", "neutral", "contradiction")
DIGITS = 4
"""Scores are rounded: the size of a batch moves a score by one unit of the last digit at most."""

_SAME = "The mayor opened the new bridge on Monday."
_OPPOSITE = "The mayor did not open the new bridge on Monday."
_PROBE = "Café NAÏVE don't ½ 1,000.50 — “Zürich” 北京 U.S.-led\ttext"
"""Whatever a tokenizer does to letters, marks and accents, it does to this."""
_MARKED_TYPES = 4
"""Two for the sides of a pair, two for their words without a counterpart."""
_SETTINGS = ("model_type", "num_attention_heads", "hidden_act", "layer_norm_eps", "id2label", "marks")
"""What changes scores without changing weights."""


class PytorchScorer:
    """A `Scorer` over a model folder, a hub name, or the embedded model."""

    def __init__(self, name: str = "embedded", *, device: str = "cpu", threads: int | None = None) -> None:
        import torch

        _silence()
        if threads is not None:
            torch.set_num_threads(threads)
        if device == "cuda" and not torch.cuda.is_available():
            raise ModelError("No CUDA device is available.", "Use --device cpu.")
        self._torch = torch
        self._device = device
        self._tokenizer, self._model = _load(name, torch)
        self._order = _label_order(self._model.config, name)
        self._pairs = _pair_encoder(self._tokenizer, self._model.config, name)
        self._special = 3 if self._pairs is not None else int(self._tokenizer.num_special_tokens_to_add(pair=True))
        self._model.to(device).eval()
        self.limit = _limit(self._tokenizer, self._model.config)
        self.digest = _digest(self._model, self._tokenizer)
        self._self_test(name)

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """Word pieces of each pair, special tokens counted."""
        texts = sorted({text for pair in pairs for text in pair})
        if not texts:
            return []
        size = {text: len(ids) for text, ids in zip(texts, self._pieces(texts), strict=True)}
        return [size[premise] + size[hypothesis] + self._special for premise, hypothesis in pairs]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        """One `Scores` a pair. Raises `InputError` for a pair longer than `limit`: nothing is cut."""
        if not pairs:
            return []
        inputs = self._inputs(pairs)
        longest = inputs["input_ids"].shape[1]
        if longest > self.limit:
            raise InputError(
                f"A pair of {longest} word pieces is longer than the {self.limit} the model reads.",
                "Split the texts; `lengths` says what fits.",
            )
        torch = self._torch
        with torch.inference_mode():
            logits = self._model(**inputs).logits.float()
            rows = torch.softmax(logits, dim=-1)[:, self._order].tolist()
        return [Scores(*(round(value, DIGITS) for value in row)) for row in rows]

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        found: list[list[int]] = self._tokenizer(list(texts), add_special_tokens=False, verbose=False)["input_ids"]
        return found

    def _inputs(self, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
        torch = self._torch
        premises = [premise for premise, _ in pairs]
        hypotheses = [hypothesis for _, hypothesis in pairs]
        if self._pairs is None:
            tensors = self._tokenizer(premises, hypotheses, padding=True, return_tensors="pt", verbose=False)
            return {name: tensor.to(self._device) for name, tensor in tensors.items()}
        pieces = zip(self._pieces(premises), self._pieces(hypotheses), strict=True)
        encoded = [self._pairs.encode(premise, hypothesis) for premise, hypothesis in pieces]
        width = max(len(row.ids) for row in encoded)
        padding = self._tokenizer.pad_token_id
        ids = torch.tensor([[*row.ids, *[padding] * (width - len(row.ids))] for row in encoded])
        types = torch.tensor([[*row.types, *[0] * (width - len(row.types))] for row in encoded])
        mask = torch.tensor([[1] * len(row.ids) + [0] * (width - len(row.ids)) for row in encoded])
        tensors = {"input_ids": ids, "token_type_ids": types, "attention_mask": mask}
        return {name: tensor.to(self._device) for name, tensor in tensors.items()}

    def _self_test(self, name: str) -> None:
        same, opposite = self.score([(_SAME, _SAME), (_SAME, _OPPOSITE)])
        if not (same.entailment >= 0.5 and opposite.contradiction >= 0.5):  # not a number fails too
            raise ModelError(
                f"The model {name} fails the self-test: a sentence entails itself with {same.entailment:.2f} and "
                f"contradicts its negation with {opposite.contradiction:.2f}.",
                "Choose a model trained for natural language inference, with its own label names.",
            )


def _silence() -> None:
    """Faults of a model are told by `ModelError`; progress is shown by whoever calls."""
    from transformers.utils import logging

    told: Any = logging
    told.disable_progress_bar()
    told.set_verbosity_error()


def _load(name: str, torch: Any) -> tuple[Any, Any]:
    from safetensors import SafetensorError
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    source = _source(name)
    try:
        tokenizer = AutoTokenizer.from_pretrained(source, trust_remote_code=False)
        model, loading = AutoModelForSequenceClassification.from_pretrained(
            source, trust_remote_code=False, use_safetensors=True, dtype=torch.float32, output_loading_info=True
        )
    except (SafetensorError, OSError, ValueError, TypeError, KeyError, RuntimeError, ImportError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelError(
            f"The model {name} could not be loaded: {first}",
            "Give a folder made by save_pretrained(...), or a hub name while there is a network.",
        ) from error
    if missing := sorted(loading["missing_keys"]):
        raise ModelError(
            f"The model {name} has no weights for {', '.join(missing[:3])}; they would be random.",
            "Choose a model trained for sequence classification, not a bare encoder.",
        )
    return tokenizer, model


def _source(name: str) -> str:
    """The folder or hub name to load; a folder that cannot be right is refused with its name."""
    path = EMBEDDED if name == "embedded" else Path(name)
    if not path.is_dir():
        if name == "embedded":
            raise ModelError(
                f"The embedded model is not there: {path} is no folder.",
                "Install the package again, make the model with `make train`, or choose another with --model.",
            )
        return name
    if not list(path.glob("*.safetensors")):
        raise ModelError(
            f"The model folder {path} holds no *.safetensors weights.",
            "Save the model with save_pretrained(...); pickled weights are never loaded.",
        )
    if not (path / "config.json").is_file():
        raise ModelError(f"The model folder {path} holds no config.json.", "Save the model with save_pretrained(...).")
    return str(path)


def _label_order(config: Any, name: str) -> list[int]:
    """Positions of entailment, neutral, contradiction in the model's output, by name."""
    names = sorted(str(label).strip().lower() for label in config.id2label.values())
    if names != sorted(LABELS):
        raise ModelError(
            f"The model {name} has the labels {', '.join(names)}; entailment, neutral and contradiction are needed.",
            "Choose a three-way NLI model, or set id2label in its config.json.",
        )
    position = {str(label).strip().lower(): int(at) for at, label in config.id2label.items()}
    return [position[label] for label in LABELS]


def _pair_encoder(tokenizer: Any, config: Any, name: str) -> PairEncoder | None:
    """The marking encoder where the model asks for marks, else None: its own tokenizer builds the pair."""
    marks, types = getattr(config, "marks", None), getattr(config, "type_vocab_size", None) or 0
    if marks is None and types >= _MARKED_TYPES:  # read unmarked it would be quietly wrong
        raise ModelError(
            f"The model {name} has {types} token types, as a model that is told which words differ, "
            "and its config.json does not say whether it is one.",
            'Put "marks": true into its config.json, or "marks": false if it reads plain pairs.',
        )
    if not marks:
        return None
    if types < _MARKED_TYPES:
        raise ModelError(
            f"The model {name} asks for marks and has no token types for them.",
            "Train it with consistency.training, or take `marks` out of its config.json.",
        )
    return PairEncoder.of(tokenizer, marks=True)


def _limit(tokenizer: Any, config: Any) -> int:
    positions = getattr(config, "max_position_embeddings", 512)
    if getattr(config, "model_type", "") in {"roberta", "xlm-roberta", "camembert"}:
        positions -= 2  # their positions start behind the padding index
    return int(min(positions, tokenizer.model_max_length, 100_000))


def _digest(model: Any, tokenizer: Any) -> str:
    """SHA-256 over all that makes a score: the weights as loaded, the settings, the tokenizer."""
    seen = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        seen.update(f"{name}{tuple(tensor.shape)}".encode())
        seen.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    settings = [(name, repr(getattr(model.config, name, None))) for name in _SETTINGS]
    seen.update(repr(settings).encode())
    seen.update(repr(sorted(tokenizer.get_vocab().items())).encode())
    seen.update(repr(tokenizer(_PROBE, _PROBE)["input_ids"]).encode())
    return seen.hexdigest()
