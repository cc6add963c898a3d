"""A model's folder without its network: configuration, tokenizer, digest. What every runtime shares.

Nothing here needs torch, so that a runtime without it starts fast. Safetensors only; remote code never runs.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from consistency.encoding import Encoded, PairEncoder
from consistency.errors import ModelError

EMBEDDED: Final = Path(__file__).parent.parent / "weights"
LABELS: Final = ("entailment", "neutral", "contradiction")

_PROBE = "Café NAÏVE don't ½ 1,000.50 — “Zürich” 北京 U.S.-led\ttext"
"""Whatever a tokenizer does to letters, marks and accents, it does to this."""
_MARKED_TYPES = 4
"""Two for the sides of a pair, two for their words without a counterpart."""
_SETTINGS = ("model_type", "num_attention_heads", "hidden_act", "layer_norm_eps", "id2label", "marks")
"""What changes scores without changing weights."""
_BEHIND_PADDING = frozenset({"roberta", "xlm-roberta", "camembert"})
"""Their positions start behind the padding index."""
_KEPT_TEXTS = 20_000
_KEPT_LENGTH = 4_000
"""Word pieces of texts up to so many characters are kept: `lengths` and `score` ask about the same texts."""
_TOKENIZERS = ("tokenizer.json", "vocab.txt", "vocab.json", "*.model")
"""Any of them is a tokenizer, as far as can be seen."""
_LAYER = re.compile(r"(?:^|\.)encoder\.layer\.(\d+)\.")
_WANTED = ("*.safetensors", "*.safetensors.index.json", "*.json", "*.txt", "*.model")


class Model:
    """A three-way NLI model as its folder tells it.

    `limit` counts word pieces of a pair with its special tokens; `order` are the positions of entailment, neutral
    and contradiction in the network's output; `padding` is the id that fills up a batch. Raises `ModelError`.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.folder = _folder(name)
        self.config = _config(self.folder, name)
        self.order = _label_order(self.config, name)
        told = json_object(self.folder / "tokenizer_config.json")
        self._tokenizer = _tokenizer(self.folder, name)
        self.types = int(_number(self.config, "type_vocab_size", 0))
        self.padding = self._id(told, "pad_token", self.config.get("pad_token_id"))
        self._pairs = self._pair_encoder(told)
        self._special = 3 if self._pairs is not None else int(self._tokenizer.num_special_tokens_to_add(True))
        self.limit = _limit(self.config, told)
        _hold_layers(self.folder, self.config, name)
        self._pieces: dict[str, list[int]] = {}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all that makes a score: the weights as float32, the settings, the tokenizer."""
        seen = hashlib.sha256()
        for name, shape, data in _tensors(self.folder, self.name):
            seen.update(f"{name}{shape}".encode())
            seen.update(data)
        seen.update(repr([(name, repr(_setting(self.config, name))) for name in _SETTINGS]).encode())
        seen.update(repr(sorted(self._tokenizer.get_vocab().items())).encode())
        seen.update(repr(self._tokenizer.encode(_PROBE, _PROBE).ids).encode())
        return seen.hexdigest()

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """Word pieces of each pair, special tokens counted."""
        self._read(pairs)
        return [
            len(self._known(premise)) + len(self._known(hypothesis)) + self._special for premise, hypothesis in pairs
        ]

    def encode(self, pairs: Sequence[tuple[str, str]]) -> list[Encoded]:
        """The network's input for each pair, neither cut nor filled up."""
        if self._pairs is None:
            rows = self._tokenizer.encode_batch(list(pairs))
            highest = max(self.types - 1, 0)
            return [Encoded(row.ids, [min(kind, highest) for kind in row.type_ids]) for row in rows]
        self._read(pairs)
        return [self._pairs.encode(self._known(premise), self._known(hypothesis)) for premise, hypothesis in pairs]

    def _read(self, pairs: Sequence[tuple[str, str]]) -> None:
        if len(self._pieces) > _KEPT_TEXTS:
            self._pieces = {}
        kept = self._pieces
        texts = sorted({text for pair in pairs for text in pair if text not in kept and len(text) <= _KEPT_LENGTH})
        if texts:
            found = self._tokenizer.encode_batch(texts, add_special_tokens=False)
            kept.update((text, one.ids) for text, one in zip(texts, found, strict=True))

    def _known(self, text: str) -> list[int]:
        found = self._pieces.get(text)
        return self._tokenizer.encode(text, add_special_tokens=False).ids if found is None else found

    def _id(self, told: Mapping[str, Any], key: str, otherwise: object = None) -> int:
        """The id of a special token that the tokenizer's configuration names."""
        token = told.get(key)
        text = token.get("content") if isinstance(token, dict) else token
        found = self._tokenizer.token_to_id(text) if isinstance(text, str) else None
        if found is not None:
            return int(found)
        return otherwise if isinstance(otherwise, int) else 0

    def _pair_encoder(self, told: Mapping[str, Any]) -> PairEncoder | None:
        """The marking encoder where the model asks for marks, else None: its own tokenizer builds the pair."""
        marks = self.config.get("marks")
        if marks is None and self.types >= _MARKED_TYPES:  # read unmarked it would be quietly wrong
            raise ModelError(
                f"The model {self.name} has {self.types} token types, as a model that is told which words differ, "
                "and its config.json does not say whether it is one.",
                'Put "marks": true into its config.json, or "marks": false if it reads plain pairs.',
            )
        if not marks:
            return None
        if self.types < _MARKED_TYPES:
            raise ModelError(
                f"The model {self.name} asks for marks and has no token types for them.",
                "Train it with consistency.training, or take `marks` out of its config.json.",
            )
        size = self._tokenizer.get_vocab_size()
        continues = [(self._tokenizer.id_to_token(at) or "").startswith("##") for at in range(size)]
        return PairEncoder(self._id(told, "cls_token"), self._id(told, "sep_token"), continues, marks=True)


def _folder(name: str) -> Path:
    """Where the model's files lie; one that cannot be right is refused with its name."""
    path = EMBEDDED if name == "embedded" else Path(name)
    if not path.is_dir():
        if name == "embedded":
            raise ModelError(
                f"The embedded model is not there: {path} is no folder.",
                "Install the package again, make the model with `make train`, or choose another with --model.",
            )
        path = _fetched(name)
    if not list(path.glob("*.safetensors")):
        raise ModelError(
            f"The model folder {path} holds no *.safetensors weights.",
            "Save the model with save_pretrained(...); pickled weights are never loaded.",
        )
    if not (path / "config.json").is_file():
        raise ModelError(f"The model folder {path} holds no config.json.", "Save the model with save_pretrained(...).")
    return path


def _fetched(name: str) -> Path:
    """A hub model's files, from the hub's own cache where they are there."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        return Path(snapshot_download(name, allow_patterns=list(_WANTED)))
    except (OSError, ValueError, HfHubHTTPError, HFValidationError) as error:
        raise broken(name, error) from error


def broken(name: str, error: BaseException) -> ModelError:
    """What is said of a model that another package could not load."""
    first = next((line for line in str(error).strip().splitlines() if line.strip()), type(error).__name__)
    return ModelError(
        f"The model {name} could not be loaded: {first}",
        "Give a folder made by save_pretrained(...), or a hub name while there is a network.",
    )


def json_object(path: Path) -> dict[str, Any]:
    """A JSON object; empty where there is no such file."""
    try:
        found = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    except (OSError, ValueError, RecursionError) as error:
        raise broken(str(path.parent), error) from error
    if not isinstance(found, dict):
        raise broken(str(path.parent), ValueError(f"{path.name} holds no object"))
    return found


def _config(folder: Path, name: str) -> dict[str, Any]:
    found = json_object(folder / "config.json")
    labels = found.get("id2label")
    if not isinstance(labels, dict) or not all(str(at).isdecimal() for at in labels):
        raise _mislabelled(name, [])
    return found


def _label_order(config: Mapping[str, Any], name: str) -> list[int]:
    """Positions of entailment, neutral, contradiction in the model's output, by name."""
    numbers = sorted(int(at) for at in config["id2label"])
    if len(numbers) == len(LABELS) and numbers != list(range(len(LABELS))):
        raise ModelError(
            f"The model {name} numbers its labels {', '.join(map(str, numbers))}; 0, 1 and 2 are needed.",
            "Set id2label in its config.json.",
        )
    position = {str(label).strip().lower(): int(at) for at, label in config["id2label"].items()}
    if sorted(str(label).strip().lower() for label in config["id2label"].values()) != sorted(LABELS):
        raise _mislabelled(name, [str(label).strip().lower() for label in config["id2label"].values()])
    return [position[label] for label in LABELS]


def _mislabelled(name: str, labels: Sequence[str]) -> ModelError:
    told = f"the labels {', '.join(sorted(labels))}" if labels else "no labels"
    return ModelError(
        f"The model {name} has {told}; entailment, neutral and contradiction are needed.",
        "Choose a three-way NLI model, or set id2label in its config.json.",
    )


def _tokenizer(folder: Path, name: str) -> Any:
    """The fast tokenizer; one that was saved as another kind is converted by transformers."""
    from tokenizers import Tokenizer

    file = folder / "tokenizer.json"
    if not any(one for wanted in _TOKENIZERS for one in folder.glob(wanted)):
        raise ModelError(
            f"The model folder {folder} holds no tokenizer ({', '.join(_TOKENIZERS)}).",
            "Save the tokenizer into it too, with save_pretrained(...).",
        )
    try:
        found = Tokenizer.from_file(str(file)) if file.is_file() else _converted(folder)
    except Exception as error:
        # The Rust side raises bare `Exception`; whatever it says, the file is at fault.
        raise broken(name, error) from error
    found.no_truncation()
    found.no_padding()
    return found


def _converted(folder: Path) -> Any:
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(folder, trust_remote_code=False).backend_tokenizer


def _limit(config: Mapping[str, Any], told: Mapping[str, Any]) -> int:
    positions = _number(config, "max_position_embeddings", 512)
    if config.get("model_type") in _BEHIND_PADDING:
        positions -= 2
    return int(min(positions, _number(told, "model_max_length", 100_000), 100_000))


def _number(found: Mapping[str, Any], key: str, otherwise: float) -> float:
    value = found.get(key)
    usable = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value > 0
    return float(value) if usable and value is not None else otherwise


def _setting(config: Mapping[str, Any], name: str) -> object:
    value = config.get(name)
    return {int(at): label for at, label in value.items()} if name == "id2label" and isinstance(value, dict) else value


def _tensors(folder: Path, name: str) -> Iterator[tuple[str, tuple[int, ...], bytes]]:
    """Every tensor by name: its shape, its values as float32 (of whole numbers the bytes as they are)."""
    from safetensors import SafetensorError, deserialize

    found: dict[str, dict[str, Any]] = {}
    try:
        for file in sorted(folder.glob("*.safetensors")):
            found.update(deserialize(file.read_bytes()))  # type: ignore[no-untyped-call]
        for key, told in sorted(found.items()):
            yield key, tuple(told["shape"]), _as_float32(told["dtype"], told["data"])
    except (SafetensorError, OSError, ValueError, KeyError) as error:
        raise broken(name, error) from error


def _hold_layers(folder: Path, config: Mapping[str, Any], name: str) -> None:
    """Raises `ModelError` where the settings have fewer layers than are stored: who reads them passes over the rest.

    Only of names as BERT's kin give them; what is missing is told by who reads the weights.
    """
    from safetensors import SafetensorError, safe_open

    told = config.get("num_hidden_layers")
    keys: list[str] = []
    try:
        for file in sorted(folder.glob("*.safetensors")):
            with safe_open(file, "np") as weights:
                keys += weights.keys()
    except (SafetensorError, OSError, ValueError) as error:
        raise broken(name, error) from error
    stored = 1 + max((int(found[1]) for key in keys if (found := _LAYER.search(key))), default=-1)
    if isinstance(told, int) and 0 <= told < stored:
        raise ModelError(
            f"The model {name} has weights of {stored} layers, and its config.json says {told}.",
            "Set num_hidden_layers in its config.json, or save the model anew with save_pretrained(...).",
        )


def _as_float32(kind: str, data: bytes) -> bytes:
    import numpy as np

    if kind == "BF16":  # the upper half of a float32
        return (np.frombuffer(data, np.uint16).astype(np.uint32) << 16).tobytes()
    known = {"F32": np.float32, "F16": np.float16, "F64": np.float64}
    return bytes(data) if kind not in known else np.frombuffer(data, known[kind]).astype(np.float32).tobytes()
