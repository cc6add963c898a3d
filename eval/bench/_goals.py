"""What was aimed at, and whether it was reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from eval.bench._rates import REFERENCE
from eval.bench._record import Articles, Growth, Performance, Rates, Scans, Verdicts

OVER_PLAIN: Final = {True: 8.0, False: 3.0}
"""Times plain transformers, on a processor with instructions of its own for it and elsewhere."""
CLAIMS: Final = 40
OVER_MATRIX, OVER_PLAIN_MATRIX = 12.0, 60.0
DIFFERING: Final = {True: 0.001, False: 0.005}
"""The share of differing verdicts, in float32 and in anything less."""
OUTSIDE: Final = {True: 0.15, False: 0.40}
"""The share of wall time outside the model, with pytorch/fp32 and with the fastest."""
PADDING: Final = 0.05
GROWTH: Final = 1.5
GROWN: Final = (100, 1_000)
FLAT: Final = 1.2
"""Memory of a scan of ten times as many stories, at the most."""
_THE: Final = ", the fastest"
FLAT_BETWEEN: Final = (1_000, 10_000)


class Goal(msgspec.Struct, frozen=True):
    """A number to reach, at least or at most. `reached` None = it was not measured."""

    told: str
    reached: float | None
    limit: float
    unit: str
    at_least: bool = False

    @property
    def holds(self) -> bool:
        if self.reached is None:
            return False
        return self.reached >= self.limit if self.at_least else self.reached <= self.limit

    @property
    def verdict(self) -> str:
        if self.reached is None:
            return "not measured"
        return "holds" if self.holds else "does not hold"


def goals(found: Performance) -> list[Goal]:
    """Every goal, measured or not."""
    fastest = found.rates.fastest if found.rates else None
    return [
        *_rates(found.rates, fast=found.machine.fast),
        *_verdicts(found.verdicts),
        *_articles([one for one in found.articles if one.wanted == CLAIMS], fastest),
        *_growth(found.growth),
        *_scans(found.scans),
        *(Goal(start.what, start.seconds.median, start.goal, "s") for start in found.starts if start.goal),
    ]


def _rates(rates: Rates | None, *, fast: bool) -> Iterator[Goal]:
    limit = OVER_PLAIN[fast]
    if rates is None:
        yield Goal("pairs per second over plain transformers, fastest backend", None, limit, "×", at_least=True)
        return
    for rate in rates.backends:
        if rate.runtime == rates.fastest:
            told = f"pairs per second over plain transformers, fastest backend ({rate.runtime})"
            yield Goal(told, rate.ratio.median, limit, "×", at_least=True)
    reference = next((rate for rate in rates.backends if rate.runtime == REFERENCE), None)
    if reference is not None:
        yield Goal(f"padding, {REFERENCE}", reference.padding, PADDING, "%")


def _verdicts(verdicts: Verdicts | None) -> Iterator[Goal]:
    if verdicts is None:
        yield Goal("differing verdicts, fp32", None, DIFFERING[True], "%")
        yield Goal("differing verdicts, reduced", None, DIFFERING[False], "%")
        return
    for one in verdicts.backends:
        yield Goal(f"differing verdicts, {one.runtime}", one.share, DIFFERING[one.runtime.endswith("/fp32")], "%")


def _articles(articles: Sequence[Articles], fastest: str | None) -> Iterator[Goal]:
    told = f"{CLAIMS}-claim article pairs over the sentence matrix"
    if not articles:
        yield Goal(f"{told} on the same backend", None, OVER_MATRIX, "×", at_least=True)
        yield Goal(f"{told} on plain transformers", None, OVER_PLAIN_MATRIX, "×", at_least=True)
        yield Goal("outside the model", None, OUTSIDE[True], "%")
        return
    every = []
    for one in articles:
        every += [(f"{run.runtime}{_THE if run.runtime == fastest else ''}; {one.name}", run) for run in one.runs]
    for name, run in every:
        yield Goal(f"{told} on the same backend, {name}", run.over_matrix.median, OVER_MATRIX, "×", at_least=True)
    for name, run in every:
        reached = run.over_plain.median
        yield Goal(f"{told} on plain transformers, {name}", reached, OVER_PLAIN_MATRIX, "×", at_least=True)
    for name, run in every:
        yield Goal(f"outside the model, {name}", run.outside.median, OUTSIDE[run.runtime == REFERENCE], "%")


def _growth(growth: Growth | None) -> Iterator[Goal]:
    few, many = GROWN
    told = f"cost per claim at {many:,} claims over that at {few:,}"
    costs = {(one.runtime, one.claims): one.total for one in growth.grown} if growth else {}
    runtimes = list(dict.fromkeys(runtime for runtime, _ in costs))
    for runtime in runtimes:
        if (runtime, few) in costs and (runtime, many) in costs:
            yield Goal(f"{told}, {runtime}", costs[runtime, many] / costs[runtime, few], GROWTH, "×")
    if not any((runtime, many) in costs for runtime in runtimes):
        yield Goal(told, None, GROWTH, "×")


def _scans(scans: Scans | None) -> Iterator[Goal]:
    few, many = FLAT_BETWEEN
    found = {one.stories: one for one in scans.scans} if scans else {}
    for what in ("parent", "worker"):
        told = f"scan: memory of a {what} at {many:,} stories over that at {few:,}"
        both = few in found and many in found
        reached = getattr(found[many], what) / getattr(found[few], what) if both else None
        yield Goal(told, reached, FLAT, "×")
