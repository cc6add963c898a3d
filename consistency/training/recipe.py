"""From nothing to shipped weights, top to bottom. The settings travel with the weights.

Stage 1 teaches inference from public data. Stage 2 teaches single changed facts and calm at
rewrites from generated pairs, with a part of stage 1 replayed so that nothing is unlearned.
"""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from consistency.training import loop, network
from consistency.training.pairs import Generator, Shares, carriers, mine
from consistency.training.sources import LABELS, SOURCES, Example, Leaks, load, passages

log = logging.getLogger("consistency.training")


class Recipe(msgspec.Struct, frozen=True):
    """Every setting of a run."""

    marks: bool = True
    seed: int = 0
    first: loop.LoopSettings = loop.LoopSettings(epochs=1.2, rate=1e-4)
    second: loop.LoopSettings = loop.LoopSettings(epochs=1.0, rate=8e-5, seed=1)
    replayed: int = 75_000
    shares: Shares = Shares()


class Facts(msgspec.Struct, frozen=True):
    """What went into the weights: counts for the card."""

    sources: dict[str, int]
    labels: dict[str, int]
    dropped: dict[str, int]


def run(
    recipe: Recipe,
    data: Path,
    base: Path,
    out: Path,
    *,
    device: str = "cpu",
    evaluate: Callable[[Any], str] | None = None,
) -> Facts:
    """Trains into `out/model`; stages that are already in `out` are taken up, not run again."""
    rng = random.Random(recipe.seed)
    leaks = Leaks(sorted((data / "dev").glob("*.jsonl*")))
    public: list[Example] = []
    for source in SOURCES:
        public += load(source, data / "train", leaks, rng)
    news = passages(data / "text", leaks)
    log.info("%d public pairs, %d news passages; dropped for leaks: %s", len(public), len(news), leaks.dropped)
    tokens = network.tokenizer(base)
    first = _stage(out / "first", base, public, recipe.first, recipe, tokens, device, evaluate)
    generator = Generator(carriers(public, news), mine(public), recipe.seed + 1)
    generated = generator.generate(recipe.shares)
    replayed = rng.sample(public, min(recipe.replayed, len(public)))
    log.info("%d generated pairs, %d replayed", len(generated), len(replayed))
    _stage(out / "model", first, [*generated, *replayed], recipe.second, recipe, tokens, device, evaluate)
    everything = [*public, *generated]
    return Facts(
        dict(sorted(Counter(example.source for example in everything).items())),
        dict(sorted(Counter(LABELS[example.label] for example in everything).items())),
        dict(sorted(leaks.dropped.items())),
    )


def encode(tokens: Any, examples: Sequence[Example], *, marks: bool) -> list[loop.Item]:
    """Examples as model inputs, by the one pair encoder."""
    encoder = network.pair_encoder(tokens, marks=marks)
    premises = tokens([example.premise for example in examples], add_special_tokens=False)["input_ids"]
    hypotheses = tokens([example.hypothesis for example in examples], add_special_tokens=False)["input_ids"]
    return [
        loop.Item(encoder.encode(premise, hypothesis), example.label)
        for premise, hypothesis, example in zip(premises, hypotheses, examples, strict=True)
    ]


def _stage(
    folder: Path,
    start: Path,
    examples: Sequence[Example],
    settings: loop.LoopSettings,
    recipe: Recipe,
    tokens: Any,
    device: str,
    evaluate: Callable[[Any], str] | None,
) -> Path:
    if (folder / "model.safetensors").exists():
        log.info("%s is there already", folder.name)
        return folder
    model = network.build(start, marks=recipe.marks)
    network.freeze_words(model)
    items = encode(tokens, examples, marks=recipe.marks)
    checkpoint = folder.with_suffix(".checkpoint")
    model = loop.train(model, items, settings, checkpoint, device=device, evaluate=evaluate)
    model.to("cpu").save_pretrained(folder)
    tokens.save_pretrained(folder)
    return folder
