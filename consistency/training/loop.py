"""The training loop: length buckets, bfloat16, a checkpoint every ten minutes, resumable.

Batches are a pure function of (examples, seed, epoch), so a run that was cut off goes on with the
batch after its checkpoint and sees every example exactly as often as an uninterrupted one.
"""

from __future__ import annotations

import logging
import math
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import torch

from consistency.encoding import Encoded
from consistency.training.sources import AGREEMENT, CONTRADICTION

log = logging.getLogger("consistency.training")

PAD_TO = 16
UNKNOWN = 2
"""The mark of a word piece of which nobody knows whether it conflicts; 0 and 1 are no and yes."""


class LoopSettings(msgspec.Struct, frozen=True):
    """`rate` is the peak learning rate; `epochs` may be a fraction; times are in seconds.

    `pointing` weighs a second task: which word pieces of a pair conflict, where that is known. `words` trains the
    word embeddings too. `taught` is the share of the loss that follows the teachers' probabilities in place of the
    label, for items that have them (distillation, Hinton et al. 2015, at temperature one).
    """

    epochs: float = 1.0
    rate: float = 1e-4
    warmup: float = 0.06
    batch: int = 64
    decay: float = 0.01
    smoothing: float = 0.0
    longest: int = 192
    averaged: float = 0.2
    pointing: float = 0.0
    words: bool = False
    taught: float = 0.0
    checkpoint_every: float = 600.0
    seed: int = 0


class Item(msgspec.Struct, frozen=True):
    """An encoded example; `wrong` says of each word piece whether it conflicts: 0, 1 or `UNKNOWN`.

    `told` are the probabilities that teachers give to the labels.
    """

    encoded: Encoded
    label: int
    wrong: bytes = b""
    told: tuple[float, ...] = ()


def batches(items: Sequence[Item], settings: LoopSettings, epoch: int) -> list[list[int]]:
    """Indices of full batches of like length, in random order; the same for the same arguments."""
    rng = random.Random(f"{settings.seed}-{epoch}")
    order = [at for at, item in enumerate(items) if len(item.encoded.ids) <= settings.longest]
    rng.shuffle(order)
    pool = settings.batch * 200
    found = []
    for start in range(0, len(order), pool):
        chunk = sorted(order[start : start + pool], key=lambda at: len(items[at].encoded.ids))
        cut = len(chunk) - len(chunk) % settings.batch
        found += [chunk[at : at + settings.batch] for at in range(0, cut, settings.batch)]
    rng.shuffle(found)
    return found


def collate(items: Sequence[Item]) -> dict[str, torch.Tensor]:
    """Tensors of shape (batch, length), length a multiple of `PAD_TO`."""
    longest = max(len(item.encoded.ids) for item in items)
    width = -(-longest // PAD_TO) * PAD_TO
    ids = torch.zeros(len(items), width, dtype=torch.long)
    types = torch.zeros_like(ids)
    mask = torch.zeros_like(ids)
    wrong = torch.full_like(ids, UNKNOWN)
    for row, item in enumerate(items):
        size = len(item.encoded.ids)
        ids[row, :size] = torch.tensor(item.encoded.ids)
        types[row, :size] = torch.tensor(item.encoded.types)
        mask[row, :size] = 1
        if item.wrong:
            wrong[row, :size] = torch.tensor(list(item.wrong))
    labels = torch.tensor([item.label for item in items])
    batch = {"input_ids": ids, "token_type_ids": types, "attention_mask": mask, "labels": labels, "wrong": wrong}
    if all(item.told for item in items):
        batch["told"] = torch.tensor([item.told for item in items])
    return batch


def probabilities(model: Any, items: Sequence[Item], *, batch: int = 128, device: str = "cpu") -> torch.Tensor:
    """What the model says of each item, of shape (items, labels), in order; bfloat16.

    Zeros for an item of more word pieces than the model has positions.
    """
    found = torch.zeros(len(items), model.config.num_labels)
    fits = [at for at, item in enumerate(items) if len(item.encoded.ids) <= model.config.max_position_embeddings]
    order = sorted(fits, key=lambda at: len(items[at].encoded.ids))
    model.to(device).eval()
    for start in range(0, len(order), batch):
        rows = order[start : start + batch]
        inputs = collate([items[at] for at in rows])
        tensors = {name: inputs[name].to(device) for name in ("input_ids", "token_type_ids", "attention_mask")}
        with torch.inference_mode(), torch.autocast(device, dtype=torch.bfloat16):
            found[rows] = model(**tensors).logits.float().softmax(-1).cpu()
    return found


def schedule(step: int, steps: int, warmup: float) -> float:
    """Linear up over `warmup` of the steps, linear down to zero."""
    rise = max(1, int(steps * warmup))
    if step < rise:
        return (step + 1) / rise
    return max(0.0, (steps - step) / max(1, steps - rise))


def train(
    model: Any,
    items: Sequence[Item],
    settings: LoopSettings,
    checkpoint: Path,
    *,
    device: str = "cpu",
    evaluate: Callable[[Any], str] | None = None,
) -> Any:
    """Trains `model` in place and returns it, its weights averaged over the run's last part.

    A checkpoint at `checkpoint` is taken up; it is written atomically, and stays until the caller
    has put the result in a safe place and removes it.
    """
    too_long = sum(len(item.encoded.ids) > settings.longest for item in items)
    log.info("%d pairs, %d of them left out as longer than %d word pieces", len(items), too_long, settings.longest)
    steps = math.ceil(len(batches(items, settings, 0)) * settings.epochs)
    torch.manual_seed(settings.seed)
    pointer = torch.nn.Linear(model.config.hidden_size, 1).to(device)
    learned = [weight for weight in model.parameters() if weight.requires_grad]
    learned += list(pointer.parameters()) if settings.pointing else []
    optimizer = torch.optim.AdamW(learned, lr=settings.rate, weight_decay=settings.decay, fused=True)
    average = {name: torch.zeros_like(weight) for name, weight in _learned(model)}
    averaged = 0
    first = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        pointer.load_state_dict(state["pointer"])
        optimizer.load_state_dict(state["optimizer"])
        average, averaged, first = state["average"], state["averaged"], state["step"]
        log.info("resumed at step %d of %d", first, steps)
    model.to(device).train()
    meter = _Meter()
    saved = time.monotonic()
    for step, batch in _steps(items, settings, first, steps):
        for group in optimizer.param_groups:
            group["lr"] = settings.rate * schedule(step, steps, settings.warmup)
        tensors = {name: tensor.to(device) for name, tensor in collate([items[at] for at in batch]).items()}
        labels, wrong, taught = tensors.pop("labels"), tensors.pop("wrong"), tensors.pop("told", None)
        with torch.autocast(device, dtype=torch.bfloat16):
            told = model(**tensors, output_hidden_states=settings.pointing > 0)
        loss = _loss(told.logits.float(), labels, taught, settings)
        if settings.pointing:
            loss = loss + settings.pointing * _pointing(pointer(told.hidden_states[-1].float()).squeeze(-1), wrong)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        meter.add(step, steps, len(batch), loss.item())
        if step >= steps * (1 - settings.averaged) and step % 10 == 0:
            averaged += 1
            for name, weight in _learned(model):
                average[name] += (weight.detach() - average[name]) / averaged
        if time.monotonic() - saved > settings.checkpoint_every:
            so_far = {"step": step + 1, "average": average, "averaged": averaged}
            _save(checkpoint, _state(model, pointer, optimizer) | so_far)
            if evaluate is not None:
                model.eval()
                log.info("step %d: %s", step + 1, evaluate(model))
                model.train()
            saved = time.monotonic()
            meter = _Meter()
    if averaged:
        _take(model, average)
    return model.eval()


def _loss(logits: torch.Tensor, labels: torch.Tensor, taught: torch.Tensor | None, settings: LoopSettings) -> Any:
    """The mean distance to the labels, mixed with that to the teachers' probabilities where there are teachers."""
    agree = labels == AGREEMENT
    known = labels.masked_fill(agree, 0)
    each = torch.nn.functional.cross_entropy(logits, known, label_smoothing=settings.smoothing, reduction="none")
    loss = torch.where(agree, _agreement(logits, settings.smoothing), each).mean()
    if taught is None or not settings.taught:
        return loss
    return (1 - settings.taught) * loss + settings.taught * torch.nn.functional.cross_entropy(logits, taught)


def _agreement(logits: torch.Tensor, smoothing: float) -> torch.Tensor:
    """How far each row is from saying that there is no contradiction, whichever of the two other labels it has."""
    shares = logits.log_softmax(-1)
    others = [at for at in range(logits.shape[-1]) if at != CONTRADICTION]
    wrong = smoothing / logits.shape[-1]
    return -(1 - wrong) * shares[:, others].logsumexp(-1) - wrong * shares[:, CONTRADICTION]


def _state(model: Any, pointer: Any, optimizer: Any) -> dict[str, Any]:
    return {"model": model.state_dict(), "pointer": pointer.state_dict(), "optimizer": optimizer.state_dict()}


def _take(model: Any, average: dict[str, torch.Tensor]) -> None:
    with torch.no_grad():
        for name, weight in _learned(model):
            weight.copy_(average[name])


def _pointing(scores: torch.Tensor, wrong: torch.Tensor) -> torch.Tensor:
    """The mean loss over the word pieces of which the truth is known; 0 where there are none."""
    known = wrong != UNKNOWN
    if not known.any():
        return scores.sum() * 0
    truth = wrong[known].to(scores.dtype)
    return torch.nn.functional.binary_cross_entropy_with_logits(scores[known], truth)


class _Meter:
    """Tells the mean loss and the pace, every half minute."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._pairs, self._batches, self._loss = 0, 0, 0.0

    def add(self, step: int, steps: int, pairs: int, loss: float) -> None:
        self._pairs, self._batches, self._loss = self._pairs + pairs, self._batches + 1, self._loss + loss
        passed = time.monotonic() - self._since
        if passed > 30:
            mean, pace = self._loss / self._batches, self._pairs / passed
            log.info("step %d of %d, loss %.4f, %.0f pairs/s", step + 1, steps, mean, pace)
            self._since, self._pairs, self._batches, self._loss = time.monotonic(), 0, 0, 0.0


def _learned(model: Any) -> Iterator[tuple[str, torch.Tensor]]:
    return ((name, weight) for name, weight in model.named_parameters() if weight.requires_grad)


def _steps(items: Sequence[Item], settings: LoopSettings, first: int, steps: int) -> Iterator[tuple[int, list[int]]]:
    step, epoch = 0, 0
    while step < steps:
        for batch in batches(items, settings, epoch):
            if step >= steps:
                return
            if step >= first:
                yield step, batch
            step += 1
        epoch += 1


def _save(path: Path, state: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    torch.save(state, half)
    os.replace(half, path)
