"""From a trained folder to the weights that ship: half precision, tokenizer, card, digest."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import torch
from transformers import AutoModelForSequenceClassification

from consistency.training.calibrate import Fit, fold
from consistency.training.recipe import Facts, Recipe
from consistency.training.sources import PASSAGES, SOURCES

_TOKENIZER = ("tokenizer.json", "tokenizer_config.json")


def export(trained: Path, out: Path, recipe: Recipe, facts: Facts, base: str, *, fit: Fit | None = None) -> str:
    """Writes weights, tokenizer and card to `out`; returns the SHA-256 of the weights file."""
    digest = write(trained, out, fit)
    write_card(out, _card(recipe, facts, base, digest, fit))
    return digest


def write(trained: Path, out: Path, fit: Fit | None) -> str:
    """Writes weights and tokenizer, the temperature of `fit`, where there is one, folded into the head.

    Half precision halves the size; the runtime loads it as float32 explicitly. Returns the SHA-256 of the weights.
    """
    out.mkdir(parents=True, exist_ok=True)
    model = AutoModelForSequenceClassification.from_pretrained(trained, dtype=torch.float32)
    model.config.name_or_path = ""
    if fit is not None:
        fold(model, fit.temperature)
    model.half().save_pretrained(out)
    (out / "model.safetensors").chmod(0o644)  # safetensors writes for its owner alone
    for name in _TOKENIZER:
        shutil.copyfile(trained / name, out / name)
    return hashlib.sha256((out / "model.safetensors").read_bytes()).hexdigest()


def write_card(out: Path, card: Mapping[str, Any]) -> None:
    """Writes what the model's folder says of itself."""
    (out / "card.json").write_text(json.dumps(card, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _card(recipe: Recipe, facts: Facts, base: str, digest: str, fit: Fit | None) -> dict[str, Any]:
    licences = {source.name: source.licence for source in (*SOURCES, PASSAGES)}
    return {
        "base": base,
        "weights_sha256": digest,
        "seed": recipe.seed,
        "calibration": msgspec.to_builtins(fit) if fit is not None else None,
        "settings": msgspec.to_builtins(recipe),
        "licences": licences,
        "pairs_by_source": facts.sources,
        "pairs_by_label": facts.labels,
        "dropped_for_sharing_a_sentence_with_development_data": facts.dropped,
    }
