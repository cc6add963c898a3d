"""Temperature: how sure the network may sound, fitted on development pairs and folded into its last layer.

One temperature for all logits (Guo et al. 2017, "On Calibration of Modern Neural Networks"). It is fitted to the
mean probability of contradiction of both directions, classes weighed alike, on pairs of several sets, and judged on
the half of the documents that it was not fitted on. Folding it into the head keeps the weights plain: whoever loads
them gets calibrated logits.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import torch

from consistency.encoding import PairEncoder
from consistency.training.loop import Item, collate
from consistency.training.sources import CONTRADICTION, read_rows

SETS: Final = (
    "summedits_news_pairs",
    "summedits_podcast_pairs",
    "summedits_qmsumm_pairs",
    "summedits_samsum_pairs",
    "demetr_corrupted",
    "demetr_translations",
    "bump_task2_pairs",
)
_TRUTH: Final = {
    "entailment": 0, "paraphrase": 0, "consistent": 0, "not_contradiction": 0, "meaning_preserved_noise": 0,
    "contradiction": 1, "inconsistent": 1,
}  # fmt: skip
GRID: Final = tuple(round(math.exp(step / 20), 4) for step in range(-20, 51))
"""Temperatures tried: 0.37 to 12.2, each 5 % above the one before."""


class Judged(msgspec.Struct, frozen=True):
    """A development pair: logits of both directions, whether it is inconsistent, which half its document is in."""

    logits: tuple[tuple[float, float, float], tuple[float, float, float]]
    truth: int
    half: int


class Fit(msgspec.Struct, frozen=True):
    """The temperature of all pairs, and the expected calibration error out of fold, before and after it."""

    temperature: float
    pairs: int
    error_before: float
    error_after: float


def fit(judged: Sequence[Judged]) -> Fit:
    """Fits on all pairs; the errors are of each half under the other's temperature. Raises `ValueError` for none."""
    if not judged:
        raise ValueError("no pairs to fit a temperature on")
    before, after = [], []
    for half in (0, 1):
        known, unseen = [one for one in judged if one.half != half], [one for one in judged if one.half == half]
        other = best(known or judged)
        before += [(chance(one, 1.0), one.truth) for one in unseen]
        after += [(chance(one, other), one.truth) for one in unseen]
    return Fit(best(judged), len(judged), calibration_error(before), calibration_error(after))


def best(judged: Sequence[Judged]) -> float:
    """The temperature of the grid with the least loss, both classes weighed alike; the smallest of equals."""
    return min(GRID, key=lambda temperature: (_loss(judged, temperature), temperature))


def chance(one: Judged, temperature: float) -> float:
    """The mean probability of contradiction of both directions."""
    return sum(_softmax(logits, temperature)[CONTRADICTION] for logits in one.logits) / 2


def calibration_error(told: Sequence[tuple[float, int]], bins: int = 10) -> float:
    """Expected calibration error over bins of equal width, classes weighed alike."""
    weights = _weights([truth for _, truth in told])
    total = 0.0
    for at in range(bins):
        inside = [(p, y) for p, y in told if min(int(p * bins), bins - 1) == at]
        mass = sum(weights[y] for _, y in inside)
        if mass:
            sure = sum(p * weights[y] for p, y in inside) / mass
            right = sum(y * weights[y] for _, y in inside) / mass
            total += mass * abs(sure - right)
    return total


def judge(model: Any, tokens: Any, folder: Path, *, marks: bool, batch: int = 32) -> list[Judged]:
    """The development pairs of `SETS` that are in the folder, through the network as it is."""
    encoder = PairEncoder.of(tokens, marks=marks)
    rows, encoded = [], []
    for row in _rows(folder):
        left, right = tokens([str(row["premise"]), str(row["hypothesis"])], add_special_tokens=False)["input_ids"]
        if len(left) + len(right) + 3 <= 512:
            rows.append(row)
            encoded += [encoder.encode(left, right), encoder.encode(right, left)]
    order = sorted(range(len(encoded)), key=lambda at: len(encoded[at].ids))
    logits: list[tuple[float, float, float]] = [(0.0, 0.0, 0.0)] * len(encoded)
    model.eval()
    for start in range(0, len(order), batch):
        some = order[start : start + batch]
        inputs = collate([Item(encoded[at], 0) for at in some])
        del inputs["labels"], inputs["wrong"]
        with torch.inference_mode():
            told = model(**inputs).logits.float().tolist()
        for at, values in zip(some, told, strict=True):
            logits[at] = (values[0], values[1], values[2])
    return [
        Judged((logits[2 * at], logits[2 * at + 1]), _TRUTH[str(row["label"])], _half(row))
        for at, row in enumerate(rows)
    ]


def fold(model: Any, temperature: float) -> None:
    """Divides the logits by the temperature, once and for all."""
    with torch.no_grad():
        model.classifier.weight /= temperature
        model.classifier.bias /= temperature


def _rows(folder: Path) -> list[dict[str, object]]:
    files = (file for name in SETS if (file := folder / f"{name}.jsonl.gz").exists())
    return [row for file in files for row in read_rows(file) if str(row["label"]) in _TRUTH]


def _half(row: dict[str, object]) -> int:
    cluster = str(row.get("cluster") or row["premise"])
    return hashlib.sha256(cluster.encode(errors="replace")).digest()[0] % 2


def _softmax(logits: Sequence[float], temperature: float) -> list[float]:
    top = max(logits)
    powers = [math.exp((value - top) / temperature) for value in logits]
    return [power / sum(powers) for power in powers]


def _loss(judged: Sequence[Judged], temperature: float) -> float:
    weights = _weights([one.truth for one in judged])
    loss = 0.0
    for one in judged:
        p = min(max(chance(one, temperature), 1e-7), 1 - 1e-7)
        loss -= weights[one.truth] * math.log(p if one.truth else 1 - p)
    return loss


def _weights(truths: Sequence[int]) -> dict[int, float]:
    """Of a pair of each class, so that both classes weigh a half in all."""
    return {truth: 0.5 / truths.count(truth) for truth in set(truths)}
