"""`python -m consistency.training.ablate --data DIR --start DIR --out DIR NAME ...`: one thing changed at a time.

Every variant starts from the same weights and sees the same number of pairs in the same mixture; what differs is
in `VARIANTS`. The weights land in `OUT/NAME`, to be scored by `python -m eval`.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import torch

from consistency.training import loop, recipe
from consistency.training.network import build, tokenizer
from consistency.training.pairs import Generator, Manner, Shares, mine
from consistency.training.recipe import HELD_OUT, Recipe
from consistency.training.sources import ENTAILMENT, LABELS, Example

Change = Callable[["Variant"], "Variant"]


class Variant(msgspec.Struct, frozen=True):
    """A training run: its mixture, manner and loop."""

    shares: Shares
    manner: Manner
    loop: loop.LoopSettings
    hard: bool = False
    """Of twice as many honest pairs, take those that the starting weights find most contradictory."""


def _loop(**changes: object) -> Change:
    return lambda one: msgspec.structs.replace(one, loop=msgspec.structs.replace(one.loop, **changes))


def _written(one: Variant) -> Variant:
    return msgspec.structs.replace(one, shares=msgspec.structs.replace(one.shares, written=Recipe().mixed.written))


VARIANTS: dict[str, Change] = {
    "base": lambda one: one,
    "pointing": _loop(pointing=0.5),
    "words": _loop(words=True),
    "last": _loop(averaged=0.0),
    "written": _written,
}
VARIANTS |= {  # on the mixture with the written texts
    "smoothed": lambda one: _loop(smoothing=0.05)(_written(one)),
    "taught": lambda one: _loop(taught=0.7)(_written(one)),
    "hard": lambda one: msgspec.structs.replace(_written(one), hard=True),
}
"""The base is the mixture of the last stage without the written texts; the last three have them."""


def scaled(shares: Shares, factor: float) -> Shares:
    """Every share times the factor."""
    return Shares(**{name: round(getattr(shares, name) * factor) for name in shares.__struct_fields__})


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains the variants named, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m consistency.training.ablate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/, dev/ and text/")
    parser.add_argument("--start", type=Path, required=True, help="folder of the weights that all variants start from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=60_000, help="pairs that each variant sees (60000)")
    parser.add_argument("--teacher", type=Path, action="append", default=[], help="weights that taught follows")
    parser.add_argument("--threads", type=int)
    parser.add_argument("names", nargs="+", choices=[*VARIANTS], metavar="NAME", help=", ".join(VARIANTS))
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if given.threads:
        torch.set_num_threads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    settings = Recipe()
    material = recipe.gather(given.data, random.Random(settings.seed), sorted(HELD_OUT.glob("*.jsonl")))
    whole = Variant(msgspec.structs.replace(settings.mixed, written=0), settings.calm, settings.third)
    for name in given.names:
        variant = VARIANTS[name](whole)
        recipe.train(
            given.out / name,
            given.start,
            _examples(variant, material, given, settings),
            variant.loop,
            marks=settings.marks,
            tokens=tokenizer(given.start),
            teachers=given.teacher if variant.loop.taught else (),
        )
    return 0


def _examples(
    variant: Variant, material: recipe.Material, given: argparse.Namespace, settings: Recipe
) -> list[Example]:
    asked = sum(getattr(variant.shares, name) for name in variant.shares.__struct_fields__)
    factor = given.pairs * (2 if variant.hard else 1) / (asked + len(material.later))
    generator = Generator(material.carriers(), mine(material.public), settings.seed + 3, variant.manner)
    generated = generator.generate(scaled(variant.shares, factor))
    rng = random.Random(settings.seed)
    mixed = [*generated, *rng.sample(material.later, round(len(material.later) * factor))]
    return _hardest(mixed, given.start, settings, rng) if variant.hard else mixed


def _hardest(examples: Sequence[Example], start: Path, settings: Recipe, rng: random.Random) -> list[Example]:
    """Half of the examples: honest pairs that the weights alarm at, and as many of the others as they come."""
    honest = [example for example in examples if example.label == ENTAILMENT]
    others = [example for example in examples if example.label != ENTAILMENT]
    items = recipe.encode(tokenizer(start), honest, marks=settings.marks)
    told = loop.probabilities(build(start, marks=settings.marks), items)[:, LABELS.index("contradiction")]
    worst = told.argsort(descending=True)[: len(honest) // 2].tolist()
    return [*(honest[at] for at in worst), *rng.sample(others, len(others) // 2)]


if __name__ == "__main__":
    sys.exit(main())
