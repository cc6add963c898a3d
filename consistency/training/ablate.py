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
from typing import Final

import msgspec
import torch

from consistency.training import loop, recipe
from consistency.training.network import tokenizer
from consistency.training.pairs import Generator, Manner, Shares, mine
from consistency.training.recipe import HELD_OUT, Recipe
from consistency.training.sources import Example

Change = Callable[["Variant"], "Variant"]


class Variant(msgspec.Struct, frozen=True):
    """A training run: its mixture, manner and loop."""

    shares: Shares
    manner: Manner
    loop: loop.LoopSettings


def _loop(**changes: object) -> Change:
    return lambda one: msgspec.structs.replace(one, loop=msgspec.structs.replace(one.loop, **changes))


def _written(one: Variant) -> Variant:
    return msgspec.structs.replace(one, shares=msgspec.structs.replace(one.shares, written=Recipe().mixed.written))


VARIANTS: Final[dict[str, Change]] = {
    "base": lambda one: one,
    "pointing": _loop(pointing=0.5),
    "words": _loop(words=True),
    "smoothing": _loop(smoothing=0.05),
    "last": _loop(averaged=0.0),
    "written": _written,
}
"""The base is the mixture of the last stage without the written texts."""


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
            _examples(variant, material, given.pairs, settings.seed),
            variant.loop,
            marks=settings.marks,
            tokens=tokenizer(given.start),
        )
    return 0


def _examples(variant: Variant, material: recipe.Material, pairs: int, seed: int) -> list[Example]:
    asked = sum(getattr(variant.shares, name) for name in variant.shares.__struct_fields__)
    factor = pairs / (asked + len(material.later))
    generator = Generator(material.carriers(), mine(material.public), seed + 3, variant.manner)
    generated = generator.generate(scaled(variant.shares, factor))
    rng = random.Random(seed)
    return [*generated, *rng.sample(material.later, round(len(material.later) * factor))]


if __name__ == "__main__":
    sys.exit(main())
