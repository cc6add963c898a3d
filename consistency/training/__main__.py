"""`python -m consistency.training --data DIR --base DIR --out DIR`: the recipe, then the export."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from consistency.backends import EMBEDDED
from consistency.errors import ConsistencyError
from consistency.training import calibrate, network
from consistency.training.export import export
from consistency.training.hub import HUB
from consistency.training.recipe import HELD_OUT, Recipe, run


def main(arguments: Sequence[str] | None = None) -> int:
    """Makes the weights anew; a run that was cut off goes on where it stopped."""
    parser = argparse.ArgumentParser(prog="python -m consistency.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/, dev/ and text/")
    parser.add_argument("--base", type=Path, required=True, help="folder of the base encoder")
    parser.add_argument("--base-name", default="all-MiniLM-L6-v2 (Apache-2.0)", help="how the card names the base")
    parser.add_argument("--out", type=Path, default=Path("runs/default"), help="checkpoints; a finished stage is kept")
    parser.add_argument(
        "--avoid",
        type=Path,
        nargs="*",
        default=sorted(HELD_OUT.glob("*.jsonl")),
        metavar="FILE",
        help="rows besides dev/ of which no sentence may be learnt (fixtures/eval/*.jsonl of the checkout)",
    )
    parser.add_argument("--hub", nargs="*", default=[], choices=[*HUB], help="sets to learn from in full besides")
    parser.add_argument("--hub-copies", type=Path, metavar="DIR", help="copies of them, NAME/SPLIT.jsonl")
    parser.add_argument("--weights", type=Path, default=EMBEDDED, help="where the shipped weights go")
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    parser.add_argument("--threads", type=int, help="processor threads (all there are)")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if given.threads:
        torch.set_num_threads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    recipe = Recipe()
    try:
        facts = run(
            recipe,
            given.data,
            given.base,
            given.out,
            device=given.device,
            avoid=given.avoid,
            hub=given.hub,
            copies=given.hub_copies,
        )
    except ConsistencyError as fault:
        parser.exit(2, f"{fault}\n")
    fit = calibrated(given.out / "model", given.data / "dev", marks=recipe.marks)
    digest = export(given.out / "model", given.weights, recipe, facts, given.base_name, fit=fit)
    logging.info("wrote %s, sha256 %s", given.weights, digest)
    return 0


def calibrated(trained: Path, dev: Path, *, marks: bool) -> calibrate.Fit | None:
    """The temperature, or None where no set to fit it on is there."""
    judged = calibrate.judge(network.build(trained, marks=marks), network.tokenizer(trained), dev, marks=marks)
    if not judged:
        logging.warning("no development pairs in %s: the weights are not calibrated", dev)
        return None
    fit = calibrate.fit(judged)
    logging.info("temperature %.2f on %d pairs; calibration error %.3f before, %.3f after", *_numbers(fit))
    return fit


def _numbers(fit: calibrate.Fit) -> tuple[float, int, float, float]:
    return fit.temperature, fit.pairs, fit.error_before, fit.error_after


if __name__ == "__main__":
    sys.exit(main())
