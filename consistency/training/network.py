"""The network: a sentence encoder turned into a three-way cross-encoder over marked pairs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

from consistency.training.sources import LABELS


def build(base: Path, *, marks: bool) -> Any:
    """The base encoder with a new three-way head; with `marks`, two more token types.

    The new token types start as copies of those they refine (2 of 0, 3 of 1), so that the network
    first sees what it already knows. Drop-out is off: on a CPU its random numbers cost more than
    the layers, and weight averaging over checkpoints does its work.
    """
    config = AutoConfig.from_pretrained(
        base,
        num_labels=len(LABELS),
        id2label=dict(enumerate(LABELS)),
        label2id={label: at for at, label in enumerate(LABELS)},
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )
    model = AutoModelForSequenceClassification.from_pretrained(base, config=config, dtype=torch.float32)
    if marks and model.config.type_vocab_size == 2:
        types = model.base_model.embeddings.token_type_embeddings
        grown = torch.nn.Embedding(4, types.embedding_dim)
        with torch.no_grad():
            grown.weight.copy_(types.weight[[0, 1, 0, 1]])
        model.base_model.embeddings.token_type_embeddings = grown
        model.config.type_vocab_size = 4
    model.config.marks = marks
    return model


def tokenizer(base: Path) -> Any:
    """The base encoder's own tokenizer."""
    return AutoTokenizer.from_pretrained(base)


def freeze_words(model: Any) -> None:
    """Word embeddings stay as they are: they hold half the weights and learn little."""
    model.base_model.embeddings.word_embeddings.weight.requires_grad_(False)
