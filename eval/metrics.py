"""Metrics with intervals: clusters are resampled, since sentences of one document are no independent witnesses.

The interval is the percentile bootstrap over clusters at 95 %, widened for few clusters as Student's t
asks for (Hesterberg 2015, expanded percentiles). Where every draw says the same at the edge of the scale
(all caught, no alarm), it reaches as far as clusters that were not seen may reach (the rule of three).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np

from eval.formulas import FORMULAS, Floats, Formula, Items, Sums, grid_of

DRAWS: Final = 1_000
DIGITS: Final = 6
_ALPHA: Final = 0.05
_POWER: Final = 0.8
_CELLS: Final = 4_000_000
"""Numbers held at once while resampling."""


class Metric(msgspec.Struct, frozen=True):
    """A value with its 95 % interval, or the reason why there is none.

    `detectable`: the smallest difference to another system, equally sure and with errors of its own, that a
    test at 5 % finds four times out of five on a set like this. A paired test may find smaller ones.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    detectable: float | None = None
    reason: str = ""


def measure(
    items: Items, names: Sequence[str] = tuple(FORMULAS), *, seed: int = 0, draws: int = DRAWS
) -> dict[str, Metric]:
    """The named metrics. The same items and seed give the same numbers."""
    weights = resampled(items.clusters, draws, seed)
    grid = grid_of(items)
    return {name: _measure(items, FORMULAS[name], weights, grid) for name in names}


def value(items: Items, name: str) -> float | None:
    """One metric without its interval; None where it does not apply."""
    formula = FORMULAS[name]
    if formula.why_not(items):
        return None
    return _rounded(float(formula.value(total(formula.sums(items, grid_of(items))))))


def kinds(items: Items, of_item: Sequence[str], *, seed: int = 0, draws: int = DRAWS) -> dict[str, dict[str, object]]:
    """For each kind of row: how many, and the share of inconsistent ones caught, of consistent ones alarmed."""
    told: dict[str, dict[str, object]] = {}
    names = np.asarray(of_item)
    for kind in sorted(set(of_item) - {""}):
        inside = items.where((names == kind) & (items.truth >= 0))
        if len(inside.truth):
            found = measure(inside, ("recall", "false_alarm_rate"), seed=seed, draws=draws)
            told[kind] = {
                "n": len(inside.truth),
                "clusters": inside.clusters,
                **{name: metric for name, metric in found.items() if metric.value is not None},
            }
    return told


def resampled(clusters: int, draws: int, seed: int) -> Floats:
    """How often each cluster stands in each draw: draws by clusters."""
    if not clusters:
        return np.zeros((draws, 0))
    random = np.random.default_rng(seed)
    drawn = random.integers(0, clusters, size=(draws, clusters))
    flat = (drawn + clusters * np.arange(draws)[:, None]).ravel()
    return np.bincount(flat, minlength=draws * clusters).reshape(draws, clusters).astype(np.float64)


def total(sums: Sums) -> Floats:
    """Sums over all clusters, one row."""
    return np.asarray(sums.sum(axis=0), dtype=np.float64).ravel()


def weighted(formula: Formula, sums: Sums, weights: Floats) -> Floats:
    """The metric under each row of weights, a piece at a time so that memory stays small."""
    parts = [formula.value(product) for product in _products(sums, weights)]
    return np.concatenate(parts) if parts else np.zeros(0)


def _products(sums: Sums, weights: Floats) -> Iterator[Floats]:
    step = max(1, _CELLS // max(1, sums.shape[1]))
    for start in range(0, len(weights), step):
        yield np.asarray((sums.T @ weights[start : start + step].T).T, dtype=np.float64)


def interval(drawn: Floats, clusters: int, estimate: float, bound: float | None = None) -> tuple[float, float] | None:
    """The 95 % interval around an estimate from its draws; None for fewer than two clusters.

    With `bound`, the metric's maximum, draws that all say the same leave room for what was not seen.
    """
    seen = drawn[~np.isnan(drawn)]
    if clusters < 2 or len(seen) < len(drawn) / 2:
        return None
    tail = expanded(clusters)
    low, high = (float(edge) for edge in np.quantile(seen, [tail, 1 - tail]))
    low, high = min(low, estimate), max(high, estimate)
    if bound is not None and high - low < 1e-12:
        reach = -math.log(_ALPHA / 2) / clusters if math.isinf(bound) else 1 - (_ALPHA / 2) ** (1 / clusters)
        low, high = max(0.0, low - reach), min(bound, high + reach)
    return low, high


def expanded(clusters: int) -> float:
    """The tail to cut on each side so that a percentile interval over few clusters covers as often as it says."""
    from scipy.stats import norm, t

    reach = math.sqrt(clusters / (clusters - 1)) * t.ppf(1 - _ALPHA / 2, clusters - 1)
    return float(norm.cdf(-reach))


def detectable(spread: float) -> float:
    """Smallest true difference found with 80 % power at 5 %, for a difference whose estimate has this spread."""
    from scipy.stats import norm

    return float((norm.ppf(1 - _ALPHA / 2) + norm.ppf(_POWER)) * spread)


def _measure(items: Items, formula: Formula, weights: Floats, grid: Floats) -> Metric:
    if reason := formula.why_not(items):
        return Metric(None, reason=reason)
    sums = formula.sums(items, grid)
    estimate = float(formula.value(total(sums)))
    touched = int((np.asarray(abs(sums).sum(axis=1)).ravel() > 0).sum()) or 1
    drawn = weighted(formula, sums, weights)
    edges = interval(drawn, min(touched, items.clusters), estimate, formula.bound)
    if edges is None:
        return Metric(_rounded(estimate), reason="too few clusters for an interval")
    found = detectable(math.sqrt(2) * float(np.nanstd(drawn)))
    return Metric(_rounded(estimate), _rounded(edges[0]), _rounded(edges[1]), _rounded(found))


def _rounded(number: float) -> float | None:
    """Rounded so that sums in another order give the same bytes; None for what is no number."""
    return None if math.isnan(number) else round(number, DIGITS) + 0.0


def show(metrics: Mapping[str, Metric]) -> Iterator[str]:
    """A line a metric for a person."""
    for name, metric in metrics.items():
        if metric.value is None:
            yield f"{name:22}none ({metric.reason})"
        elif metric.low is None or metric.high is None:
            yield f"{name:22}{metric.value:.3f}  ({metric.reason})"
        else:
            yield f"{name:22}{metric.value:.3f}  [{metric.low:.3f}, {metric.high:.3f}]"
