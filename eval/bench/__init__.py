"""How fast it is, as ratios in one run on one machine, and how much memory it takes.

    python -m eval bench [--data-dir DIR] [--quick] [--only PART ...]

Writes the numbers to docs/performance.json and the page docs/performance.md; --page-only makes the page again. --quick
takes seconds and has files of its own under runs/. Without --data-dir all is measured on this repository's own pairs
and stories. A part that cannot be measured is left out, and the page says why.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from consistency.backends import fastest
from consistency.backends._cores import cores
from consistency.backends._model import Model
from consistency.config import Config
from consistency.errors import ConfigError, ConsistencyError, InputError
from consistency.progress import Waiting
from eval.bench import _articles, _fresh, _rates, _texts
from eval.bench._machine import machine
from eval.bench._page import page
from eval.bench._plain import Plain
from eval.bench._record import Data, Missing, Performance, Start
from eval.run import can_write, write

__all__ = ["PAGE", "STORED", "Size", "add_parser", "main", "measure", "page", "stored"]

STORED: Final = Path("docs") / "performance.json"
PAGE: Final = Path("docs") / "performance.md"
QUICK: Final = Path("runs") / "bench"


class Size(NamedTuple):
    """How much is measured. `growth` and `scans` are sizes; every growth size with the number of articles."""

    rows: int
    rounds: int
    judged: int
    claims: int
    articles: int
    growth: tuple[tuple[int, int], ...]
    scans: tuple[int, ...]
    starts: int
    matmul: float


FULL: Final = Size(384, 9, 120, 40, 7, ((10, 5), (100, 10), (1_000, 1)), (100, 1_000, 10_000), 3, 0.5)
SMALL: Final = Size(12, 2, 2, 8, 1, ((4, 2), (8, 1)), (20,), 1, 0.02)


class Setting(NamedTuple):
    """What every part is told."""

    model: str
    threads: int
    data_dir: Path | None
    rows: str
    size: Size
    seed: int
    told: Callable[[str, int, int], None]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The `bench` command."""
    parser = commands.add_parser(
        "bench",
        help="speed and memory, as ratios in one run",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="the development sets")
    parser.add_argument("--quick", action="store_true", help="a try of a minute or two; worth nothing")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), metavar="PART", help=f"of {', '.join(PARTS)}")
    told = f"rows of each set that are judged by all ({FULL.judged}; 0 = every row)"
    parser.add_argument("--judged", type=int, metavar="N", help=told)
    parser.add_argument("--rows", metavar="TASK", help=f"the set for pairs per second ({_texts.USUAL})")
    parser.add_argument("--model", default="embedded", metavar="NAME", help="another model (embedded)")
    parser.add_argument("--threads", type=int, default=0, metavar="N", help="processor threads (all there are)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="other samples, another random order (0)")
    parser.add_argument("--stored", type=Path, metavar="FILE", help=f"where the numbers go ({STORED})")
    parser.add_argument("--page", type=Path, metavar="FILE", help=f"the page ({PAGE})")
    parser.add_argument("--page-only", action="store_true", help="make the page from what is stored")
    parser.set_defaults(run=main)


def main(given: argparse.Namespace) -> int:
    """0 when it is measured and written. Raises `ConsistencyError`s."""
    size = _size(quick=given.quick, judged=given.judged, threads=given.threads)
    numbers = given.stored or (QUICK / STORED.name if given.quick else STORED)
    shown = given.page or (QUICK / PAGE.name if given.quick else PAGE)
    for file in (numbers, shown):
        file.parent.mkdir(parents=True, exist_ok=True)
        can_write(file)
    if not given.page_only:
        rows = given.rows or (_texts.OWN if given.data_dir is None else _texts.USUAL)
        with Waiting(show=True) as waiting:
            threads = given.threads or cores()
            setting = Setting(given.model, threads, given.data_dir, rows, size, given.seed, waiting)
            found = measure(setting, given.only or list(PARTS), quick=given.quick)
        write(numbers, msgspec.json.format(msgspec.json.encode(found)).decode() + "\n")
    made = page(stored(numbers))
    write(shown, made)
    sys.stdout.write(made)
    return 0


def _size(*, quick: bool, judged: int | None, threads: int) -> Size:
    """How much is measured. Raises `ConfigError` for a number below zero."""
    if min(judged or 0, threads) < 0:
        raise ConfigError("--judged and --threads cannot be negative", "Give 0 for all.")
    size = SMALL if quick else FULL
    return size if judged is None else size._replace(judged=judged or sys.maxsize)


def stored(file: Path) -> Performance:
    """What a run stored. Raises `InputError` where it cannot be read."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Performance)
    except (OSError, msgspec.DecodeError) as fault:
        raise InputError(f"{file}: no stored benchmark ({fault})", "Make one with `python -m eval bench`.") from fault


def measure(setting: Setting, only: list[str], *, quick: bool = False) -> Performance:
    """The parts that are named, one after the other; what cannot be measured is told in `missing`.

    Raises `ConsistencyError` where the model itself cannot be used.
    """
    begun = time.perf_counter()
    here = machine()
    digest = _rates.one(setting.model, _rates.REFERENCE, setting.threads).digest
    found = Performance(machine=here, model=digest, quick=quick)
    for name, part in PARTS.items():
        if name not in only:
            continue
        part_begun = time.perf_counter()
        try:
            found = part(found, setting)
        except ConsistencyError as fault:
            told = Missing(name, f"{fault} {fault.remedy}".strip())
            found = msgspec.structs.replace(found, missing=(*found.missing, told))
        print(f"{name}: {time.perf_counter() - part_begun:.0f} seconds", file=sys.stderr)
    return msgspec.structs.replace(found, seconds=round(time.perf_counter() - begun, 1))


def _pairs(found: Performance, setting: Setting) -> Performance:
    """Pairs per second and differing verdicts: the same scorers for both."""
    size, told = setting.size, setting.told
    data, pairs = _texts.pairs_of(setting.rows, setting.data_dir, size.rows, setting.seed)
    pairs = _rates.readable(pairs, setting.model)
    loaded = _rates.load(setting.model, setting.threads)
    plain = Plain(setting.model, setting.threads, setting.seed)
    rates = _rates.rates(
        Data(data.name, data.digest, len(pairs)),
        pairs,
        loaded.scorers,
        plain,
        Model(setting.model).config,
        threads=setting.threads,
        rounds=size.rounds,
        matmul_seconds=size.matmul,
        told=told,
    )
    rows, sets = [], []
    for name in _texts.every_pair_set(setting.data_dir):
        drawn, digest = _texts.rows_of(name, setting.data_dir, size.judged, setting.seed)
        rows += drawn
        sets.append(Data(name, digest, len(drawn)))
    verdicts = _rates.verdicts(sets, rows, loaded.scorers, Config().threshold, told)
    missing = (*found.missing, *loaded.missing)
    return msgspec.structs.replace(found, rates=rates, verdicts=verdicts, missing=missing)


def _whole(found: Performance, setting: Setting) -> Performance:
    folders = dict.fromkeys((None, setting.data_dir))
    articles, growth = _articles.measure(
        [_texts.articles(folder) for folder in folders],
        setting.model,
        _runtimes(found),
        threads=setting.threads,
        claims=setting.size.claims,
        number=setting.size.articles,
        sizes=setting.size.growth,
        told=setting.told,
    )
    return msgspec.structs.replace(found, articles=articles, growth=growth)


def _started(found: Performance, setting: Setting) -> Performance:
    told = _fresh.starts(setting.model, setting.size.starts, setting.told)
    return msgspec.structs.replace(
        found,
        starts=tuple(one for one in told if isinstance(one, Start)),
        missing=(*found.missing, *(Missing("starts", str(one)) for one in told if isinstance(one, Exception))),
    )


def _memory(found: Performance, setting: Setting) -> Performance:
    return msgspec.structs.replace(found, peaks=tuple(_fresh.peaks(setting.model, _runtimes(found))))


def _scanned(found: Performance, setting: Setting) -> Performance:
    size = setting.size.scans
    done, missing = _fresh.scans(setting.model, _runtimes(found)[-1], setting.threads, size, setting.told)
    return msgspec.structs.replace(found, scans=done, missing=(*found.missing, *missing))


def _runtimes(found: Performance) -> list[str]:
    """The usual runtime and the fastest; where that was not measured, the fastest in float32 that is installed."""
    quick = found.rates.fastest if found.rates is not None else f"{fastest()}/fp32"
    return list(dict.fromkeys([_rates.REFERENCE, quick]))


Part = Callable[[Performance, Setting], Performance]
PARTS: Final[Mapping[str, Part]] = {
    "pairs": _pairs,
    "articles": _whole,
    "starts": _started,
    "memory": _memory,
    "scans": _scanned,
}
