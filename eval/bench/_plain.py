"""Plain transformers: how one scores pairs without this tool, as a `Scorer`.

AutoTokenizer and AutoModelForSequenceClassification in float32, 32 pairs at a time in random order, each batch filled
up to its longest pair, all threads on one batch. A model that is told which words differ is told here too, since its
scores would be others without; that costs what it costs.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import repeat
from typing import Any, Final

from consistency.backends._model import Model
from consistency.encoding import PairEncoder
from consistency.records import Scores

BATCH: Final = 32
RUNTIME: Final = "transformers/fp32"


class Plain:
    """`widths` and `pieces` are of the last call: what every pair was filled up to, and its own word pieces."""

    runtime = RUNTIME

    def __init__(self, model: str, threads: int, seed: int = 0) -> None:
        import torch
        from transformers import AutoModelForSequenceClassification, AutoTokenizer
        from transformers.utils import logging

        quiet: Any = logging
        quiet.disable_progress_bar()
        found = Model(model)
        self.digest = found.digest
        self.limit = found.limit
        self.widths: list[int] = []
        self.pieces: list[int] = []
        self._seed = seed
        self._torch = torch
        self._threads = threads
        self._order = found.order
        self._tokenizer: Any = AutoTokenizer.from_pretrained(found.folder)
        self._network: Any = AutoModelForSequenceClassification.from_pretrained(
            found.folder, dtype=torch.float32, use_safetensors=True
        ).eval()
        marks = bool(found.config.get("marks"))
        self._pairs = PairEncoder.of(self._tokenizer, marks=True) if marks else None

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        premises, hypotheses = zip(*pairs, strict=True) if pairs else ((), ())
        return [len(ids) for ids in self._tokenizer(list(premises), list(hypotheses))["input_ids"]] if pairs else []

    def batches(self, count: int) -> list[list[int]]:
        """Positions in random order, always the same one, 32 together."""
        order = list(range(count))
        random.Random(self._seed).shuffle(order)
        return [order[start : start + BATCH] for start in range(0, count, BATCH)]

    def encode(self, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
        """One batch as tensors (pairs, longest pair)."""
        told = self._tokenizer(
            [premise for premise, _ in pairs],
            [hypothesis for _, hypothesis in pairs],
            padding=True,
            return_tensors="pt",
        )
        if self._pairs is not None:
            for row, kinds in enumerate(self._marked(told)):
                told["token_type_ids"][row, : len(kinds)] = self._torch.tensor(kinds)
        return dict(told)

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        self._torch.set_num_threads(self._threads)
        found: list[Scores | None] = list(repeat(None, len(pairs)))
        self.widths, self.pieces = [], []
        with self._torch.inference_mode():
            for batch in self.batches(len(pairs)):
                told = self.encode([pairs[at] for at in batch])
                shares = self._network(**told).logits.softmax(dim=1)[:, self._order].tolist()
                self.widths += [told["input_ids"].shape[1]] * len(batch)
                self.pieces += told["attention_mask"].sum(dim=1).tolist()
                for at, share in zip(batch, shares, strict=True):
                    found[at] = Scores(*(round(one, 4) for one in share))
        return [scores for scores in found if scores is not None]

    def _marked(self, told: Any) -> list[list[int]]:
        """Token types with marks, from the word pieces that the tokenizer made of both texts."""
        assert self._pairs is not None
        kinds = []
        for ids, types, mask in zip(
            told["input_ids"].tolist(), told["token_type_ids"].tolist(), told["attention_mask"].tolist(), strict=True
        ):
            length = sum(mask)
            middle = length - sum(types[:length])
            kinds.append(self._pairs.encode(ids[1 : middle - 1], ids[middle : length - 1]).types)
        return kinds
