"""From nothing to shipped weights, top to bottom. The settings travel with the weights.

Stage 1 teaches inference from public data. Stage 2 teaches single changed facts from generated pairs, with a
part of stage 1 replayed, so that nothing is unlearned. Stage 3 teaches calm: it mixes everything, texts rewritten
further, more of the public data, and above all texts written for it. Stage 4 goes on with pairs of the same mixture,
drawn anew, and smoothed labels.
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
import torch

from consistency.encoding import PairEncoder
from consistency.training import loop, network, retold, written
from consistency.training.hub import load as hub_rows
from consistency.training.pairs import Carriers, Generator, Manner, Shares, carriers, mine
from consistency.training.sources import CONTRADICTION, SOURCES, TOLD, Example, Leaks, load, passages

HELD_OUT = Path(__file__).parents[2] / "fixtures" / "eval"
"""Where a checkout keeps the pairs that the model is judged on."""

log = logging.getLogger("consistency.training")


class Recipe(msgspec.Struct, frozen=True):
    """Every setting of a run."""

    marks: bool = True
    seed: int = 0
    first: loop.LoopSettings = loop.LoopSettings(epochs=1.0, rate=1e-4, longest=160)
    second: loop.LoopSettings = loop.LoopSettings(epochs=1.0, rate=1e-4, seed=1)
    third: loop.LoopSettings = loop.LoopSettings(epochs=1.0, rate=1e-4, longest=224, seed=2)
    fourth: loop.LoopSettings = loop.LoopSettings(epochs=1.0, rate=1e-4, longest=224, smoothing=0.05, seed=3)
    replayed: int = 40_000
    further: int = 350_000
    edits: Shares = Shares(
        rewritten=30_000,
        corrupted=36_000,
        entailed=20_000,
        refuted=24_000,
        shortened=10_000,
        neighbours=6_000,
        passages=14_000,
        roles=8_000,
        reversed=4_000,
        opposites=4_000,
        written=40_000,
    )
    plain: Manner = Manner(sense=True)
    mixed: Shares = Shares(
        rewritten=12_000,
        corrupted=14_000,
        entailed=8_000,
        refuted=6_000,
        shortened=5_000,
        neighbours=3_000,
        passages=8_000,
        roles=8_000,
        reversed=4_000,
        opposites=2_000,
        written=220_000,
        stories=40_000,
    )
    """Of the third stage; the fourth takes `further` pairs of the same kinds, in the same proportions."""
    calm: Manner = Manner(depth=(0.7, 2, 2, 2, 2, 2, 2), sense=True)


class Material(msgspec.Struct, frozen=True):
    """What there is to learn from.

    `public` pairs of the first stage, `later` ones of the last, news passages as sentences, written items, claims of
    stories told again, and the rows dropped for leaks by source.
    """

    public: list[Example]
    later: list[Example]
    news: list[list[str]]
    items: list[written.Item]
    stories: list[retold.Told]
    dropped: dict[str, int]

    def carriers(self) -> Carriers:
        """What generated pairs are built on."""
        return carriers(self.public, self.news, self.items, self.stories)


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
    hub: Sequence[str] = (),
    copies: Path | None = None,
    evaluate: Callable[[Any], str] | None = None,
) -> Facts:
    """Trains into `out/model`; stages that are already in `out` are taken up, not run again.

    `avoid` names files of rows, besides `data/dev`, of which no sentence may be learnt. `hub` names sets of
    `hub.HUB` to learn from in full, `copies` a folder of them where there is no network.
    """
    rng = random.Random(recipe.seed)
    material = gather(data, rng, avoid, hub, copies)
    public = material.public
    log.info(
        "%d public pairs, %d news passages, %d written items, %d claims of stories; dropped for leaks: %s",
        len(public),
        len(material.news),
        len(material.items),
        len(material.stories),
        material.dropped,
    )
    tokens = network.tokenizer(base)
    stage = partial(train, marks=recipe.marks, tokens=tokens, device=device, evaluate=evaluate)
    first = stage(out / "first", base, public, recipe.first)
    given, replacements = material.carriers(), mine(public)
    edited = Generator(given, replacements, recipe.seed + 1, recipe.plain).generate(recipe.edits)
    replayed = rng.sample(public, min(recipe.replayed, len(public)))
    second = stage(out / "second", first, [*edited, *replayed], recipe.second)
    mixed = Generator(given, replacements, recipe.seed + 2, recipe.calm).generate(recipe.mixed)
    third = stage(out / "third", second, [*mixed, *material.later], recipe.third)
    further = mixture(material, recipe.mixed, recipe.calm, recipe.further, recipe.seed + 3)
    stage(out / "model", third, further, recipe.fourth)
    everything = [*public, *edited, *mixed, *material.later, *further]
    return Facts(
        dict(sorted(Counter(example.source for example in everything).items())),
        dict(sorted(Counter(TOLD[example.label] for example in everything).items())),
        material.dropped,
    )


def gather(
    data: Path, rng: random.Random, avoid: Sequence[Path] = (), hub: Sequence[str] = (), copies: Path | None = None
) -> Material:
    """All sources, passages and items, without a sentence of `data/dev` or of the files to avoid."""
    leaks = Leaks([*sorted((data / "dev").glob("*.jsonl*")), *avoid])
    public: list[Example] = []
    later: list[Example] = []
    for source in SOURCES:
        rows = load(source, data / "train", leaks, rng)
        public += rows[: source.rows]
        later += rows[-source.later :] if source.later else rows
    for name in hub:
        rows = hub_rows(name, leaks, rng, copies)
        public += rows
        later += rows
    news = passages(data / "text", leaks)
    items = written.items(leaks=leaks)
    told = retold.pairs(retold.stories(leaks=leaks))
    return Material(public, later, news, items, told, dict(sorted(leaks.dropped.items())))


def mixture(material: Material, shares: Shares, manner: Manner, count: int, seed: int) -> list[Example]:
    """About `count` pairs of the kinds of the last stages: generated ones and public ones, in their proportions."""
    factor = count / (sum(msgspec.structs.astuple(shares)) + len(material.later))
    generated = Generator(material.carriers(), mine(material.public), seed, manner).generate(scaled(shares, factor))
    return [*generated, *_public(material, round(len(material.later) * factor), random.Random(seed))]


def scaled(shares: Shares, factor: float) -> Shares:
    """Every share times the factor."""
    return Shares(**{name: round(getattr(shares, name) * factor) for name in shares.__struct_fields__})


def _public(material: Material, count: int, rng: random.Random) -> list[Example]:
    """Public pairs of the last stages, and where more are asked for than there are, some of the first stage."""
    if count <= len(material.later):
        return rng.sample(material.later, count)
    return [*material.later, *rng.sample(material.public, min(count - len(material.later), len(material.public)))]


def encode(tokens: Any, examples: Sequence[Example], *, marks: bool) -> list[loop.Item]:
    """Examples as model inputs, by the one pair encoder."""
    encoder = PairEncoder.of(tokens, marks=marks)
    sides = [
        tokens([getattr(example, side) for example in examples], add_special_tokens=False, return_offsets_mapping=True)
        for side in ("premise", "hypothesis")
    ]
    ids = zip(sides[0]["input_ids"], sides[1]["input_ids"], strict=True)
    places = zip(sides[0]["offset_mapping"], sides[1]["offset_mapping"], strict=True)
    return [
        loop.Item(encoder.encode(*pair), example.label, _wrong(example, *where))
        for example, pair, where in zip(examples, ids, places, strict=True)
    ]


def _taught(items: Sequence[loop.Item], teachers: Sequence[Path], *, marks: bool, device: str) -> list[loop.Item]:
    said = [loop.probabilities(network.build(teacher, marks=marks), items, device=device) for teacher in teachers]
    mean = torch.stack(said).mean(0).tolist()
    return [msgspec.structs.replace(item, told=tuple(told)) for item, told in zip(items, mean, strict=True)]


Offsets = Sequence[tuple[int, int]]


def _wrong(example: Example, premise: Offsets, hypothesis: Offsets) -> bytes:
    """Which word pieces conflict. Where nothing conflicts none does; of two sides that do, we know the one we made."""
    edge = bytes([loop.UNKNOWN])
    known = example.label != CONTRADICTION
    sides = []
    for side, offsets in (("premise", premise), ("hypothesis", hypothesis)):
        spot = example.spot
        if spot is not None and spot.side == side:
            sides.append(bytes(int(start < spot.end and end > spot.start) for start, end in offsets))
        else:
            sides.append(bytes([0 if known else loop.UNKNOWN]) * len(offsets))
    return edge + sides[0] + edge + sides[1] + edge


def train(
    folder: Path,
    start: Path,
    examples: Sequence[Example],
    settings: loop.LoopSettings,
    *,
    marks: bool,
    tokens: Any,
    device: str = "cpu",
    evaluate: Callable[[Any], str] | None = None,
    teachers: Sequence[Path] = (),
) -> Path:
    """One stage from `start` into `folder`, which appears whole or not at all; taken up where it is there already.

    `teachers` are weights whose mean probabilities stand beside the labels (`LoopSettings.taught`).
    """
    if (folder / "model.safetensors").exists():
        log.info("%s is there already", folder.name)
        return folder
    log.info("%s: %d pairs", folder.name, len(examples))
    model = network.build(start, marks=marks)
    if not settings.words:
        network.freeze_words(model)
    items = encode(tokens, examples, marks=marks)
    if teachers:
        items = _taught(items, teachers, marks=marks, device=device)
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
