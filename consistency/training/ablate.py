"""`python -m consistency.training.ablate --data DIR --start DIR --out DIR NAME ...`: one thing changed at a time.

Every variant starts from the same weights and sees the same number of pairs in the same mixture; what differs is
in `VARIANTS`. The weights land in `OUT/NAME`, to be scored by `python -m eval`; `made.json` beside them says how they
were made, and how what they started from was, for the card of weights that ship.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec
import torch

from consistency.training import loop, recipe
from consistency.training.network import build, tokenizer
from consistency.training.pairs import Manner, Shares
from consistency.training.recipe import HELD_OUT, Recipe
from consistency.training.sources import CONTRADICTION, ENTAILMENT, TOLD, Example

MADE: Final = "made.json"
_A_THIRD: Final = 200_000
"""Claims of stories in a whole mixture."""
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


def _stories(one: Variant) -> Variant:
    """A third of claims of stories, at half the pace: they are few, and seen several times."""
    return msgspec.structs.replace(one, shares=msgspec.structs.replace(one.shares, stories=_A_THIRD))


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
    "stories": lambda one: _loop(smoothing=0.05, rate=5e-5)(_stories(_written(one))),
}
"""The base is the mixture of the last stage without written texts and stories; the last four have the texts."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains the variants named, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m consistency.training.ablate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/, dev/ and text/")
    parser.add_argument("--start", type=Path, required=True, help="folder of the weights that all variants start from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=60_000, help="pairs that each variant sees (60000)")
    parser.add_argument("--teacher", type=Path, action="append", default=[], help="weights that taught follows")
    parser.add_argument("--seed", type=int, default=Recipe().seed, help="another one draws other pairs (0)")
    parser.add_argument("--threads", type=int)
    parser.add_argument("names", nargs="+", choices=[*VARIANTS], metavar="NAME", help=", ".join(VARIANTS))
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if given.threads:
        torch.set_num_threads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    settings = msgspec.structs.replace(Recipe(), seed=given.seed)
    material = recipe.gather(given.data, random.Random(settings.seed), sorted(HELD_OUT.glob("*.jsonl")))
    whole = Variant(msgspec.structs.replace(settings.mixed, written=0, stories=0), settings.calm, settings.third)
    for name in given.names:
        variant = VARIANTS[name](whole)
        examples = _examples(variant, material, given, settings)
        folder = recipe.train(
            given.out / name,
            given.start,
            examples,
            variant.loop,
            marks=settings.marks,
            tokens=tokenizer(given.start),
            teachers=given.teacher if variant.loop.taught else (),
        )
        told = msgspec.json.encode(_made(name, variant, examples, given))
        (folder / MADE).write_bytes(msgspec.json.format(told, indent=2) + b"\n")
    return 0


def _made(name: str, variant: Variant, examples: Sequence[Example], given: argparse.Namespace) -> dict[str, object]:
    before = given.start / MADE
    return {
        "variant": name,
        "seed": given.seed,
        "loop": variant.loop,
        "pairs_by_source": dict(sorted(Counter(example.source for example in examples).items())),
        "pairs_by_label": dict(sorted(Counter(TOLD[example.label] for example in examples).items())),
        "started_from": hashlib.sha256((given.start / "model.safetensors").read_bytes()).hexdigest(),
        "before": msgspec.json.decode(before.read_bytes()) if before.exists() else None,
    }


def _examples(
    variant: Variant, material: recipe.Material, given: argparse.Namespace, settings: Recipe
) -> list[Example]:
    pairs = given.pairs * (2 if variant.hard else 1)
    mixed = recipe.mixture(material, variant.shares, variant.manner, pairs, settings.seed + 3)
    return _hardest(mixed, given.start, settings) if variant.hard else mixed


def _hardest(examples: Sequence[Example], start: Path, settings: Recipe) -> list[Example]:
    """Half of the examples: honest pairs that the weights alarm at, and as many of the others as they come."""
    honest = [example for example in examples if example.label == ENTAILMENT]
    others = [example for example in examples if example.label != ENTAILMENT]
    items = recipe.encode(tokenizer(start), honest, marks=settings.marks)
    told = loop.probabilities(build(start, marks=settings.marks), items)[:, CONTRADICTION]
    worst = told.argsort(descending=True)[: len(honest) // 2].tolist()
    return [*(honest[at] for at in worst), *random.Random(settings.seed).sample(others, len(others) // 2)]


if __name__ == "__main__":
    sys.exit(main())
