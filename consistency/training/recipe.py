"""From nothing to shipped weights, top to bottom. The settings travel with the weights.

Stage 1 teaches inference from public data. Stage 2 teaches single changed facts from generated
pairs. Stage 3 teaches calm: texts rewritten further, negation and tense among what a rewrite touches.
A part of stage 1 is replayed in both, so that nothing is unlearned.
"""

from __future__ import annotations

import logging
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from consistency.encoding import PairEncoder
from consistency.training import loop, network
from consistency.training.pairs import Generator, Manner, Shares, carriers, mine
from consistency.training.sources import LABELS, SOURCES, Example, Leaks, load, passages

log = logging.getLogger("consistency.training")


class Recipe(msgspec.Struct, frozen=True):
    """Every setting of a run."""

    marks: bool = True
    seed: int = 0
    first: loop.LoopSettings = loop.LoopSettings(epochs=1.2, rate=1e-4, longest=160)
    second: loop.LoopSettings = loop.LoopSettings(epochs=1.0, rate=8e-5, seed=1)
    third: loop.LoopSettings = loop.LoopSettings(epochs=1.0, rate=6e-5, seed=2)
    replayed: tuple[int, int] = (75_000, 34_000)
    edits: Shares = Shares()
    calm: Shares = Shares(
        rewritten=50_000,
        corrupted=34_000,
        entailed=20_000,
        refuted=14_000,
        shortened=10_000,
        neighbours=4_000,
        passages=14_000,
        roles=8_000,
        reversed=6_000,
        opposites=8_000,
    )
    calm_manner: Manner = Manner(depth=(0.7, 2, 2, 2, 2, 2, 2), sense=True)


class Material(msgspec.Struct, frozen=True):
    """What there is to learn from: public pairs, news passages as sentences, rows dropped for leaks by source."""

    public: list[Example]
    news: list[list[str]]
    dropped: dict[str, int]


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
    avoid: Sequence[Path] = (),
    evaluate: Callable[[Any], str] | None = None,
) -> Facts:
    """Trains into `out/model`; stages that are already in `out` are taken up, not run again.

    `avoid` names files of rows, besides `data/dev`, of which no sentence may be learnt.
    """
    rng = random.Random(recipe.seed)
    material = gather(data, rng, avoid)
    public = material.public
    log.info(
        "%d public pairs, %d news passages; dropped for leaks: %s", len(public), len(material.news), material.dropped
    )
    tokens = network.tokenizer(base)
    stage = partial(_stage, recipe=recipe, tokens=tokens, device=device, evaluate=evaluate)
    first = stage(out / "first", base, public, recipe.first)
    given, replacements = carriers(public, material.news), mine(public)
    edited = Generator(given, replacements, recipe.seed + 1).generate(recipe.edits)
    replayed = rng.sample(public, min(recipe.replayed[0], len(public)))
    log.info("%d generated pairs, %d replayed", len(edited), len(replayed))
    second = stage(out / "second", first, [*edited, *replayed], recipe.second)
    calmed = Generator(given, replacements, recipe.seed + 2, recipe.calm_manner).generate(recipe.calm)
    replayed = rng.sample(public, min(recipe.replayed[1], len(public)))
    log.info("%d generated pairs, %d replayed", len(calmed), len(replayed))
    stage(out / "model", second, [*calmed, *replayed], recipe.third)
    everything = [*public, *edited, *calmed]
    return Facts(
        dict(sorted(Counter(example.source for example in everything).items())),
        dict(sorted(Counter(LABELS[example.label] for example in everything).items())),
        material.dropped,
    )


def gather(data: Path, rng: random.Random, avoid: Sequence[Path] = ()) -> Material:
    """All sources and passages under `data`, without a sentence of `data/dev` or of the files to avoid."""
    leaks = Leaks([*sorted((data / "dev").glob("*.jsonl*")), *avoid])
    public: list[Example] = []
    for source in SOURCES:
        public += load(source, data / "train", leaks, rng)
    news = passages(data / "text", leaks)
    return Material(public, news, dict(sorted(leaks.dropped.items())))


def encode(tokens: Any, examples: Sequence[Example], *, marks: bool) -> list[loop.Item]:
    """Examples as model inputs, by the one pair encoder."""
    encoder = PairEncoder.of(tokens, marks=marks)
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
    *,
    recipe: Recipe,
    tokens: Any,
    device: str,
    evaluate: Callable[[Any], str] | None,
) -> Path:
    """Trains into `folder`, which appears whole or not at all."""
    if (folder / "model.safetensors").exists():
        log.info("%s is there already", folder.name)
        return folder
    model = network.build(start, marks=recipe.marks)
    network.freeze_words(model)
    items = encode(tokens, examples, marks=recipe.marks)
    checkpoint = folder.with_suffix(".checkpoint")
    model = loop.train(model, items, settings, checkpoint, device=device, evaluate=evaluate)
    half = folder.with_suffix(".saving")
    shutil.rmtree(half, ignore_errors=True)
    model.to("cpu").save_pretrained(half)
    tokens.save_pretrained(half)
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(half, folder)
    checkpoint.unlink(missing_ok=True)
    return folder
