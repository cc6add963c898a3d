"""Paired tests between two systems on the same rows: clusters change sides as a whole.

Under the hypothesis that the systems are alike, which of them gave a cluster its scores does not matter:
the randomisation test swaps clusters at random and counts how often the difference is as large. For metrics
that read order alone, scores become ranks within their system first, since two systems' scales need not agree.
"""

from __future__ import annotations

import math
from typing import Final

import msgspec
import numpy as np

from consistency.errors import InputError
from eval.formulas import FORMULAS, Floats, Formula, Items, Sums, grid_of
from eval.metrics import DRAWS, detectable, interval, resampled, total, weighted

SWAPS: Final = 2_000
_ORDER_ALONE: Final = frozenset({"auc", "average_precision", "pairwise_consistency"})
_DIGITS: Final = 6


class Difference(msgspec.Struct, frozen=True):
    """`second` minus `first`, with a 95 % paired bootstrap interval and a two-sided randomisation p.

    `detectable` = the smallest true difference that the test finds four times out of five on rows like these.
    `better` names the system that is better at 5 %: "first", "second" or "" where neither can be told to be.
    Without a difference there is a `reason`.
    """

    first: float | None
    second: float | None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    detectable: float | None = None
    better: str = ""
    reason: str = ""


def compare(
    first: Items, second: Items, name: str, *, seed: int = 0, swaps: int = SWAPS, draws: int = DRAWS
) -> Difference:
    """One metric of two systems. Both must hold the same rows in the same order.

    Raises `InputError` where they do not.
    """
    if not (np.array_equal(first.truth, second.truth) and np.array_equal(first.cluster, second.cluster)):
        raise InputError("the two systems were not scored on the same rows", "Run both on the same files.")
    formula = FORMULAS[name]
    if reason := formula.why_not(first) or formula.why_not(second):
        return Difference(None, None, reason=reason)
    if name in _ORDER_ALONE:
        first, second = ranked(first), ranked(second)
    grid = grid_of(first, second)
    one, other = formula.sums(first, grid), formula.sums(second, grid)
    here, there = float(formula.value(total(one))), float(formula.value(total(other)))
    if math.isnan(here) or math.isnan(there):
        return Difference(_rounded(here), _rounded(there), reason="one of them has no value")
    found = there - here
    if first.clusters < 2:
        return Difference(_rounded(here), _rounded(there), _rounded(found), reason="one cluster only")
    drawn = _paired(formula, one, other, resampled(first.clusters, draws, seed))
    edges = interval(drawn, first.clusters, found)
    if edges is None:
        return Difference(_rounded(here), _rounded(there), _rounded(found), reason="too few clusters for an interval")
    random = np.random.default_rng([seed, 1])
    swap = random.integers(0, 2, size=(swaps, first.clusters)).astype(np.float64)
    apart = np.abs(_swapped(formula, one, other, swap))
    apart = apart[~np.isnan(apart)]
    p = (1 + int((apart >= abs(found) - 1e-12).sum())) / (1 + len(apart))
    best = "" if p >= 0.05 else "second" if (found > 0) != formula.worse else "first"
    return Difference(
        first=_rounded(here),
        second=_rounded(there),
        difference=_rounded(found),
        low=_rounded(edges[0]),
        high=_rounded(edges[1]),
        p=_rounded(p),
        detectable=_rounded(detectable(float(np.nanstd(drawn)))),
        better=best,
    )


def ranked(items: Items) -> Items:
    """Scores as mid-ranks among the judged rows, 0 to 1; the order and the ties stay."""
    from scipy.stats import rankdata

    kept = items.truth >= 0
    score = np.zeros_like(items.score)
    score[kept] = rankdata(items.score[kept]) / max(1, int(kept.sum()))
    return msgspec.structs.replace(items, score=score)


def holm(p: dict[str, float]) -> dict[str, float]:
    """p-values of several tests, corrected after Holm so that a family of tests errs as seldom as one."""
    corrected: dict[str, float] = {}
    highest = 0.0
    for at, (name, given) in enumerate(sorted(p.items(), key=lambda entry: (entry[1], entry[0]))):
        highest = max(highest, min(1.0, (len(p) - at) * given))
        corrected[name] = highest
    return corrected


def _paired(formula: Formula, one: Sums, other: Sums, weights: Floats) -> Floats:
    """Both systems under the same draws."""
    difference: Floats = weighted(formula, other, weights) - weighted(formula, one, weights)
    return difference


def _swapped(formula: Formula, one: Sums, other: Sums, swap: Floats) -> Floats:
    """The difference where the marked clusters changed sides."""
    both = _stacked(one, other)
    stay = 1 - swap
    first = weighted(formula, both, np.concatenate([stay, swap], axis=1))
    second = weighted(formula, both, np.concatenate([swap, stay], axis=1))
    difference: Floats = second - first
    return difference


def _stacked(one: Sums, other: Sums) -> Sums:
    from scipy.sparse import issparse, vstack

    return vstack([one, other]) if issparse(one) else np.concatenate([one, other])


def _rounded(number: float) -> float | None:
    return None if math.isnan(number) else round(number, _DIGITS) + 0.0
