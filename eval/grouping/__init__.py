"""Story finding, measured: planted stories found among unrelated news, and what that costs as a feed grows.

    python -m eval grouping --data-dir DIR [--unlabelled FILE] [--model NAME] [--json SUMMARY]
    python -m eval grouping --growth

Thresholds are chosen on one half of the documents and measured on the other; both are printed.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from consistency import backends
from consistency.batch.group import APART, JOIN, Feed
from consistency.errors import ConfigError
from consistency.progress import Waiting
from consistency.protocols import Scorer
from eval.grouping._growth import SIZES, Looked, looked, made
from eval.grouping._plant import Planted, plant
from eval.grouping._score import Score, score
from eval.run import write

__all__ = ["Measured", "add_parser", "looked", "made", "main", "measure"]

NO_MODEL: Final = "none"
TUNING, HELD = 0, 1
"""The half that thresholds were chosen on, and the one that is reported."""
GRID: Final = tuple((join, apart) for join in (0.18, 0.2, 0.22, 0.24, 0.26) for apart in (0.11, 0.13, 0.15))


_COLUMNS: Final = (
    *("half", "model", "join", "apart", "articles", "stories", "precision", "recall (95 %)", "B-cubed precision"),
    *("B-cubed recall", "whole", "false pairs (stories)", "strangers", "compared an article"),
)


class Measured(msgspec.Struct, frozen=True):
    """A grouping of one half: thresholds, who judged pairs in between, what it is worth and what was looked at."""

    half: str
    join: float
    apart: float
    model: str
    score: Score
    evidence: dict[str, int]
    unlabelled_joined: int
    looks: float
    compared: float


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `grouping` to the commands of `python -m eval`."""
    parser = commands.add_parser(
        "grouping",
        help="planted stories found among unrelated news",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="the development sets")
    parser.add_argument("--unlabelled", type=Path, action="append", default=[], metavar="FILE", help="more news bodies")
    parser.add_argument("--model", default="embedded", metavar="NAME", help="who judges pairs in between; none")
    parser.add_argument("--tune", action="store_true", help="try other thresholds on the tuning half")
    parser.add_argument("--growth", action="store_true", help="count what is looked at as a made feed grows")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="other changed facts, other resamples (0)")
    parser.add_argument("--json", type=Path, metavar="SUMMARY", help="write the numbers here")
    parser.set_defaults(run=main)


def main(given: argparse.Namespace) -> int:
    """0 when it is measured. Raises `ConsistencyError`s."""
    if given.growth:
        grown = [looked(size, given.seed) for size in SIZES]
        print("\n".join(_growth(grown)))
        _save(given.json, grown)
        return 0
    if given.data_dir is None:
        raise ConfigError("there is nothing to measure", "Give --data-dir DIR with the development sets, or --growth.")
    planted = plant(given.data_dir, given.seed, given.unlabelled)
    load = _loader(given.model)
    done: list[Measured] = []
    with Waiting(show=True) as waiting:
        wanted = [(TUNING, *pair) for pair in GRID] if given.tune else [(TUNING, JOIN, APART)]
        runs = [(*one, load) for one in wanted] + [(HELD, JOIN, APART, load)]
        if load is not None:
            runs.append((HELD, JOIN, APART, None))
        for number, (half, join, apart, judge) in enumerate(runs):
            waiting("grouping", number, len(runs))
            done.append(measure(planted.articles, half, judge, join=join, apart=apart, seed=given.seed))
    print("\n".join([*_table(done), "", *_kinds(done[-2:] if load else done[-1:]), "", f"data {planted.digest[:16]}"]))
    _save(given.json, done)
    return 0


def measure(
    planted: Sequence[Planted],
    half: int,
    load: Callable[[], Scorer] | None,
    *,
    join: float = JOIN,
    apart: float = APART,
    seed: int = 0,
) -> Measured:
    """Groups the articles of one half, with all that nobody labelled, as one feed."""
    inside = [one for one in planted if one.half in {half, -1}]
    feed = Feed()
    for at, one in enumerate(inside):
        feed.add(str(at), one.text)
    places = feed.place(load, join=join, apart=apart)
    placed = [places.of(at, str(at)) for at in range(len(inside))]
    return Measured(
        half="tuning" if half == TUNING else "held out",
        join=join,
        apart=apart,
        model=load().digest[:12] if load is not None else NO_MODEL,
        score=score(inside, [one.story for one in placed], seed),
        evidence=dict(Counter(one.joined.evidence for one in placed)),
        unlabelled_joined=sum(one.half < 0 and place.size > 1 for one, place in zip(inside, placed, strict=True)),
        looks=round(places.work.looks / max(1, len(inside)), 1),
        compared=round(places.work.compared / max(1, len(inside)), 1),
    )


def _loader(name: str) -> Callable[[], Scorer] | None:
    if name == NO_MODEL:
        return None
    loaded: list[Scorer] = []

    def load() -> Scorer:
        if not loaded:
            loaded.append(backends.load(name))
        return loaded[0]

    return load


def _table(done: Sequence[Measured]) -> Iterator[str]:
    yield f"| {' | '.join(_COLUMNS)} |"
    yield "|" + " --- |" * len(_COLUMNS)
    for one in done:
        got = one.score
        low, high = got.recall_interval
        yield (
            f"| {one.half} | {one.model} | {one.join:g} | {one.apart:g} | {got.articles} | {got.stories} | "
            f"{got.pairs_precision:.4f} | {got.pairs_recall:.3f} ({low:.3f}-{high:.3f}) | {got.bcubed_precision:.4f} | "
            f"{got.bcubed_recall:.4f} | {got.whole.part}/{got.whole.whole} | {got.false} ({got.merged}) | "
            f"{got.strangers} | {one.compared:g} |"
        )


def _kinds(done: Sequence[Measured]) -> Iterator[str]:
    yield "| copies with their original | " + " | ".join(f"model {one.model}" for one in done) + " |"
    yield "| --- |" + " --- |" * len(done)
    for kind in done[0].score.kinds:
        shares = [one.score.kinds[kind] for one in done]
        yield f"| {kind} | " + " | ".join(f"{one.part}/{one.whole} ({one.value:.1%})" for one in shares) + " |"


def _growth(grown: Sequence[Looked]) -> Iterator[str]:
    yield "| articles | looks an article | pairs compared an article | stories found | planted |"
    yield "| --- | --- | --- | --- | --- |"
    for one in grown:
        yield f"| {one.articles:,} | {one.looks:.1f} | {one.compared:.2f} | {one.stories:,} | {one.planted:,} |"


def _save(path: Path | None, done: object) -> None:
    if path is not None:
        write(path, msgspec.json.format(msgspec.json.encode(done), indent=2).decode() + "\n")
