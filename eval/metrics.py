"""Metrics over (truth, score) pairs; a metric that does not apply is None with a reason."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sklearn.metrics import average_precision_score, roc_auc_score


class Metric(msgspec.Struct, frozen=True):
    """A value, or the reason why there is none."""

    value: float | None
    reason: str = ""


def summarise(truths: Sequence[bool], scores: Sequence[float], threshold: float) -> dict[str, Metric]:
    """auc, average_precision, recall, false_alarm_rate, balanced_accuracy at `threshold`."""
    wrong = [score for truth, score in zip(truths, scores, strict=True) if truth]
    right = [score for truth, score in zip(truths, scores, strict=True) if not truth]
    found = {name: Metric(None, "one class only") for name in ("auc", "average_precision", "balanced_accuracy")}
    found["recall"] = _share(wrong, threshold, "no inconsistent rows")
    found["false_alarm_rate"] = _share(right, threshold, "no consistent rows")
    if wrong and right:
        found["auc"] = Metric(float(roc_auc_score(truths, scores)))
        found["average_precision"] = Metric(float(average_precision_score(truths, scores)))
        recall, alarms = found["recall"].value or 0.0, found["false_alarm_rate"].value or 0.0
        found["balanced_accuracy"] = Metric((recall + 1 - alarms) / 2)
    return found


def _share(scores: Sequence[float], threshold: float, reason: str) -> Metric:
    if not scores:
        return Metric(None, reason)
    return Metric(sum(score >= threshold for score in scores) / len(scores))
