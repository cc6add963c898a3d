"""Metrics as sums over clusters and a formula on the sum (after sacrebleu's statistics).

What a metric needs of an item stands in its cluster's row; any resampling of clusters is then a product
of weights and rows, so that intervals and paired tests come for every metric alike. Metrics that read
the order of scores keep, for each distinct score, how many inconsistent and consistent items have it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from consistency.errors import InputError

Floats: TypeAlias = npt.NDArray[np.float64]
Sums: TypeAlias = Any
"""Clusters by columns, dense or scipy's sparse rows."""

BINS: Final = 10
"""Of equal width, for the expected calibration error."""
ONE_CLASS: Final = "one class only"


class Items(msgspec.Struct, frozen=True):
    """What was scored, as columns of equal length.

    `truth` 1 inconsistent (or the task's positive class), 0 the other, -1 neither. `cluster` counts from 0.
    `right` 1 where a three-way verdict is right, 0 where not, -1 where there is none to hold it against;
    empty where accuracy is two-way. `alarms` counts what is raised on an article, NaN for a row that is none.
    """

    truth: npt.NDArray[np.int8]
    score: Floats
    verdict: npt.NDArray[np.bool_]
    cluster: npt.NDArray[np.int64]
    clusters: int
    right: npt.NDArray[np.int8]
    alarms: Floats

    def where(self, keep: npt.NDArray[np.bool_]) -> Items:
        """The items that are kept, their clusters numbered anew."""
        _, numbered = np.unique(self.cluster[keep], return_inverse=True)
        return Items(
            self.truth[keep],
            self.score[keep],
            self.verdict[keep],
            numbered.astype(np.int64),
            int(numbered.max()) + 1 if numbered.size else 0,
            self.right[keep] if self.right.size else self.right,
            self.alarms[keep],
        )

    def judged_at(self, threshold: float) -> Items:
        """The same with the verdicts of another threshold."""
        return msgspec.structs.replace(self, verdict=self.score >= threshold)


def items(  # noqa: PLR0917  (the columns of a row)
    truths: Sequence[bool | None],
    scores: Sequence[float],
    clusters: Sequence[str],
    threshold: float,
    right: Sequence[bool | None] | None = None,
    alarms: Sequence[int | None] | None = None,
) -> Items:
    """Columns from lists. Raises `InputError` for lists of different length or a score that is none."""
    given = [truths, scores, clusters, *(one for one in (right, alarms) if one is not None)]
    if len({len(one) for one in given}) != 1:
        raise InputError("truths, scores and clusters are of different length", "Give one of each a row.")
    score = np.asarray(scores, dtype=np.float64)
    if not np.isfinite(score).all():
        raise InputError("a score is no number", "Scores run from 0 to 1.")
    numbers = {name: at for at, name in enumerate(sorted(set(clusters)))}
    return Items(
        truth=np.array([-1 if one is None else int(one) for one in truths], dtype=np.int8),
        score=score,
        verdict=score >= threshold,
        cluster=np.array([numbers[name] for name in clusters], dtype=np.int64),
        clusters=len(numbers),
        right=np.array([-1 if one is None else int(one) for one in right or ()], dtype=np.int8),
        alarms=np.array([np.nan if one is None else one for one in alarms or [None] * len(score)], dtype=np.float64),
    )


class Formula(msgspec.Struct, frozen=True):
    """A metric. `sums(items, grid)` gives a row a cluster; `value` turns sums (..., columns) into values (...).

    `grid` holds the distinct scores for metrics that read order (`ranks`), `why_not` says why a metric does
    not apply ("" = it does). `threshold` = it reads verdicts. `worse` = higher is worse. `bound` = its maximum.
    """

    sums: Callable[[Items, Floats], Sums]
    value: Callable[[Floats], Floats]
    why_not: Callable[[Items], str]
    ranks: bool = False
    threshold: bool = False
    worse: bool = False
    bound: float = 1.0


def grid_of(*given: Items) -> Floats:
    """The distinct scores of judged items."""
    found: Floats = np.unique(np.concatenate([one.score[one.truth >= 0] for one in given]))
    return found


def _by_cluster(given: Items, columns: Sequence[npt.NDArray[Any]]) -> Floats:
    return np.stack(
        [np.bincount(given.cluster, weights=column.astype(np.float64), minlength=given.clusters) for column in columns],
        axis=1,
    )


def _confusion(given: Items, _grid: Floats) -> Sums:
    """Hits, misses, false alarms, quiet."""
    wrong, right, told = given.truth == 1, given.truth == 0, given.verdict
    return _by_cluster(given, [wrong & told, wrong & ~told, right & told, right & ~told])


def _caught(given: Items, _grid: Floats) -> Sums:
    wrong = given.truth == 1
    return _by_cluster(given, [wrong & given.verdict, wrong])


def _alarmed(given: Items, _grid: Floats) -> Sums:
    right = given.truth == 0
    return _by_cluster(given, [right & given.verdict, right])


def _share(part: Floats, whole: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(whole > 0, part / whole, np.nan)
    return found


def _recall(sums: Floats) -> Floats:
    return _share(sums[..., 0], sums[..., 0] + sums[..., 1])


def _alarm_rate(sums: Floats) -> Floats:
    return _share(sums[..., 2], sums[..., 2] + sums[..., 3])


def _precision(sums: Floats) -> Floats:
    return _share(sums[..., 0], sums[..., 0] + sums[..., 2])


def _f1(sums: Floats) -> Floats:
    return _share(2 * sums[..., 0], 2 * sums[..., 0] + sums[..., 1] + sums[..., 2])


def _accurate(given: Items, grid: Floats) -> Sums:
    """Three-way where rows have a three-way verdict, else at the threshold; right and counted."""
    if given.right.size:
        return _by_cluster(given, [given.right == 1, given.right >= 0])
    sums = _confusion(given, grid)
    return np.stack([sums[:, 0] + sums[:, 3], sums.sum(axis=1)], axis=1)


def _ratio(sums: Floats) -> Floats:
    return _share(sums[..., 0], sums[..., 1])


def _scores(given: Items, grid: Floats) -> Sums:
    """Clusters by distinct scores, inconsistent items left, consistent ones right."""
    from scipy.sparse import csr_matrix

    kept = given.truth >= 0
    at = np.searchsorted(grid, given.score[kept])
    column = at + np.where(given.truth[kept] == 1, 0, len(grid))
    shape = (given.clusters, 2 * len(grid))
    return csr_matrix((np.ones(len(at)), (given.cluster[kept], column)), shape=shape)


def _auc(sums: Floats) -> Floats:
    wrong, right = np.split(sums, 2, axis=-1)
    below = np.cumsum(right, axis=-1) - right / 2
    return _share((wrong * below).sum(axis=-1), wrong.sum(axis=-1) * right.sum(axis=-1))


def _average_precision(sums: Floats) -> Floats:
    wrong, right = (half[..., ::-1] for half in np.split(sums, 2, axis=-1))
    hits = np.cumsum(wrong, axis=-1)
    told = hits + np.cumsum(right, axis=-1)
    precision = np.divide(hits, told, out=np.zeros_like(hits), where=told > 0)
    return _share((wrong * precision).sum(axis=-1), wrong.sum(axis=-1))


def pairs_within(given: Items) -> Floats:
    """For each cluster: pairs (inconsistent, consistent) in which the inconsistent one scores higher, ties, pairs."""
    found = np.zeros((given.clusters, 3))
    order = np.argsort(given.cluster, kind="stable")
    edges = np.searchsorted(given.cluster[order], np.arange(given.clusters + 1))
    for at in range(given.clusters):
        inside = order[edges[at] : edges[at + 1]]
        wrong = given.score[inside[given.truth[inside] == 1]]
        right = np.sort(given.score[inside[given.truth[inside] == 0]])
        if wrong.size and right.size:
            below = np.searchsorted(right, wrong, side="left")
            upto = np.searchsorted(right, wrong, side="right")
            found[at] = below.sum(), (upto - below).sum(), wrong.size * right.size
    return found


def _pairwise(given: Items, _grid: Floats) -> Sums:
    found = pairs_within(given)
    return np.stack([found[:, 0] + found[:, 1] / 2, found[:, 2]], axis=1)


def _alarms(given: Items, _grid: Floats) -> Sums:
    article = (given.truth == 0) & ~np.isnan(given.alarms)
    return _by_cluster(given, [np.where(article, given.alarms, 0), article])


def _calibration(given: Items, _grid: Floats) -> Sums:
    """For each bin: score minus truth, summed; then the number of items."""
    kept = given.truth >= 0
    bins = np.minimum((given.score * BINS).astype(np.int64), BINS - 1)
    gap = np.where(kept, given.score - given.truth, 0)
    return _by_cluster(given, [np.where(bins == at, gap, 0) for at in range(BINS)] + [kept])


def _ece(sums: Floats) -> Floats:
    return _share(np.abs(sums[..., :BINS]).sum(axis=-1), sums[..., BINS])


def _brier(given: Items, _grid: Floats) -> Sums:
    kept = given.truth >= 0
    return _by_cluster(given, [np.where(kept, (given.score - given.truth) ** 2, 0), kept])


def _two_classes(given: Items) -> str:
    return "" if {0, 1} <= set(given.truth.tolist()) else ONE_CLASS


def _told_of_two(given: Items) -> str:
    return _two_classes(given) or ("" if (given.verdict & (given.truth >= 0)).any() else "no row is flagged")


def _has_wrong(given: Items) -> str:
    return "" if (given.truth == 1).any() else "no inconsistent rows"


def _has_right(given: Items) -> str:
    return "" if (given.truth == 0).any() else "no consistent rows"


def _has_verdicts(given: Items) -> str:
    return ("" if (given.right >= 0).any() else "no three-way labels") if given.right.size else _two_classes(given)


def _has_pairs(given: Items) -> str:
    return "" if pairs_within(given)[:, 2].any() else "no cluster holds both classes"


def _has_articles(given: Items) -> str:
    return "" if ((given.truth == 0) & ~np.isnan(given.alarms)).any() else "no consistent articles"


FORMULAS: Final[Mapping[str, Formula]] = {
    "auc": Formula(_scores, _auc, _two_classes, ranks=True),
    "average_precision": Formula(_scores, _average_precision, _two_classes, ranks=True),
    "balanced_accuracy": Formula(
        _confusion, lambda sums: (_recall(sums) + 1 - _alarm_rate(sums)) / 2, _two_classes, threshold=True
    ),
    "f1": Formula(_confusion, _f1, _two_classes, threshold=True),
    "recall": Formula(_caught, _ratio, _has_wrong, threshold=True),
    "precision": Formula(_confusion, _precision, _told_of_two, threshold=True),
    "false_alarm_rate": Formula(_alarmed, _ratio, _has_right, threshold=True, worse=True),
    "accuracy": Formula(_accurate, _ratio, _has_verdicts, threshold=True),
    "pairwise_consistency": Formula(_pairwise, _ratio, _has_pairs, ranks=True),
    "alarms_per_article": Formula(_alarms, _ratio, _has_articles, threshold=True, worse=True, bound=float("inf")),
    "ece": Formula(_calibration, _ece, _two_classes, worse=True),
    "brier": Formula(_brier, _ratio, _two_classes, worse=True),
}
"""Every metric by the name it has in a summary. Inconsistent = the positive class; in an alignment task, aligned."""
