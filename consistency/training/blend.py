"""`python -m consistency.training.blend --data DIR --out DIR SHARE:FOLDER:NAME ...`: several trained models made one.

The weights of models that began alike are averaged number by number. The mean costs what one of them costs, and
errs less than each on what none was trained for (Wortsman et al. 2022, "Model soups"). It is calibrated anew. The card
keeps what it says of the run that all began with (`--card`), and names every part, its share, its digest and, where
`training.ablate` made it, how.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import math
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec
from safetensors.torch import load_file, save_file

from consistency.backends import EMBEDDED
from consistency.errors import ConfigError, ConsistencyError
from consistency.training.__main__ import calibrated
from consistency.training.ablate import MADE
from consistency.training.export import write, write_card

WEIGHTS = "model.safetensors"


class Part(NamedTuple):
    """A trained folder, its share of the mean, and how it was made, in words."""

    share: float
    folder: Path
    name: str

    @classmethod
    def of(cls, told: str) -> Part:
        """From `SHARE:FOLDER:NAME`. Raises `ConfigError`."""
        share, _, rest = told.partition(":")
        folder, _, name = rest.rpartition(":")
        try:
            part = cls(float(share), Path(folder), name)
        except ValueError:
            part = cls(math.nan, Path(), "")
        if not (0 < part.share <= 1 and name and (part.folder / WEIGHTS).is_file()):
            raise ConfigError(f"{told!r} is no part of a blend", "Write SHARE:FOLDER:NAME, the folder with weights.")
        return part


def blend(parts: Sequence[Part], out: Path) -> None:
    """Writes the mean of the parts to `out`, all else as the first has it. Raises `ConfigError` for parts unlike."""
    if not parts or abs(sum(part.share for part in parts) - 1) > 1e-6:
        raise ConfigError("the shares of a blend do not add up to 1", "Give shares such as 0.5 and 0.5.")
    first = load_file(parts[0].folder / WEIGHTS)
    mean = {name: weight.double() * parts[0].share for name, weight in first.items()}
    for part in parts[1:]:
        other = load_file(part.folder / WEIGHTS)
        if {name: weight.shape for name, weight in other.items()} != {name: one.shape for name, one in first.items()}:
            raise ConfigError(f"{part.folder} holds another network", "Blend models of one base alone.")
        for name, weight in other.items():
            mean[name] += weight.double() * part.share
    out.mkdir(parents=True, exist_ok=True)
    for path in parts[0].folder.iterdir():
        if path.is_file() and path.name not in {WEIGHTS, MADE}:
            shutil.copyfile(path, out / path.name)
    save_file({name: weight.to(first[name].dtype) for name, weight in mean.items()}, out / WEIGHTS, {"format": "pt"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Blends, calibrates and exports; the weights in `--out` are replaced when all is done."""
    parser = argparse.ArgumentParser(prog="python -m consistency.training.blend", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with dev/, to calibrate on")
    parser.add_argument("--card", type=Path, default=EMBEDDED / "card.json", help="the card of the run all began with")
    parser.add_argument("--out", type=Path, default=EMBEDDED, help="where the weights go")
    parser.add_argument("--only", action="store_true", help="write the mean alone, as a trained folder")
    parser.add_argument("parts", nargs="+", metavar="SHARE:FOLDER:NAME")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        parts = [Part.of(told) for told in given.parts]
        if given.only:
            blend(parts, given.out)
            return 0
        card = json.loads(given.card.read_bytes())
        with TemporaryDirectory() as folder:
            blend(parts, Path(folder))
            fit = calibrated(Path(folder), given.data / "dev", marks=card["settings"]["marks"])
            digest = write(Path(folder), given.out, fit)
        told = {"blend": _told(parts), "calibration": msgspec.to_builtins(fit), "weights_sha256": digest}
        write_card(given.out, {name: value for name, value in card.items() if name != "scores"} | told)
    except ConsistencyError as fault:
        parser.exit(2, f"{fault}\n")
    logging.info("wrote %s, sha256 %s", given.out, digest)
    return 0


def _told(parts: Sequence[Part]) -> list[dict[str, object]]:
    return [
        {
            "made_by": part.name,
            "share": part.share,
            "sha256": hashlib.sha256((part.folder / WEIGHTS).read_bytes()).hexdigest(),
            "run": json.loads(made.read_bytes()) if (made := part.folder / MADE).exists() else None,
        }
        for part in parts
    ]


if __name__ == "__main__":
    sys.exit(main())
