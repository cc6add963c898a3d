"""`python -m consistency.training.audit --data DIR`: generated pairs of the last stage, to be judged by hand.

One JSON object a line, with the label that the generator gave and a number. The rows hold text of the
data, so they stay outside the repository; what was found goes into docs/model.md.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from consistency.training.pairs import Generator, mine
from consistency.training.recipe import HELD_OUT, Recipe, gather, scaled
from consistency.training.sources import TOLD


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the sample: every kind by its share, the same for the same seed."""
    parser = argparse.ArgumentParser(prog="python -m consistency.training.audit", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/, dev/ and text/")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    recipe = Recipe()
    material = gather(given.data, random.Random(recipe.seed), sorted(HELD_OUT.glob("*.jsonl")))
    generator = Generator(material.carriers(), mine(material.public), given.seed + 1000, recipe.calm)
    drawn = generator.generate(scaled(recipe.mixed, 0.02))
    for at, example in enumerate(random.Random(given.seed).sample(drawn, min(given.count, len(drawn)))):
        told = {"number": at, "premise": example.premise, "hypothesis": example.hypothesis}
        sys.stdout.write(json.dumps(told | {"label": TOLD[example.label], "kind": example.source}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
