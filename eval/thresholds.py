"""Three thresholds that are never mixed: fixed as shipped, tuned on a development split, oracle on the test labels.

Tuning on rows that are marked test is refused, and so is tuning on the rows that are measured.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal, TypeAlias

import msgspec
import numpy as np

from consistency.config import Config
from consistency.errors import ConfigError, InputError
from eval.formulas import FORMULAS, Items
from eval.metrics import Metric, measure

Column: TypeAlias = Literal["fixed", "tuned", "oracle", "given"]
READ_AT: Final = tuple(name for name, formula in FORMULAS.items() if formula.threshold and name != "alarms_per_article")
"""Metrics that read verdicts."""
_GOAL: Final = "balanced_accuracy"
_TEST: Final = re.compile(r"(?<![a-z])test(?![a-z])", re.IGNORECASE)


class Threshold(msgspec.Struct, frozen=True):
    """A threshold and where it comes from; `origin` begins with the name of its column."""

    column: Column
    value: float
    origin: str


class At(msgspec.Struct, frozen=True):
    """What a system is worth at one threshold."""

    threshold: float | None
    origin: str
    metrics: dict[str, Metric] = {}
    reason: str = ""


def fixed() -> Threshold:
    """The threshold the tool ships with."""
    return Threshold("fixed", Config().threshold, "fixed: as shipped")


def half(why: str = "not tuned") -> Threshold:
    """The fixed threshold of what does not ship with one: a half."""
    return Threshold("fixed", 0.5, f"fixed: a half, {why}")


def given(threshold: float) -> Threshold:
    """A threshold somebody chose. Raises `ConfigError` for one that is no probability."""
    if not 0 <= threshold <= 1:
        raise ConfigError(f"threshold {threshold:g} is no probability", "Give a number from 0 to 1.")
    return Threshold("given", threshold, "given")


def tuned(items: Items, split: str) -> Threshold:
    """The best threshold on a development split, which is named. Raises `InputError` for one class."""
    if FORMULAS[_GOAL].why_not(items):
        raise InputError(f"no threshold can be tuned on {split}: it has one class only", "Tune on both classes.")
    return Threshold("tuned", best(items), f"tuned on {split} ({_GOAL}, n={int((items.truth >= 0).sum())})")


def best(items: Items) -> float:
    """The threshold with the highest balanced accuracy; of equals the one nearest to a half.

    It lies halfway between two scores that were seen, so that neither sits on it.
    """
    kept = items.truth >= 0
    score, truth = items.score[kept], items.truth[kept]
    seen = np.unique(score)
    wrong, right = np.sort(score[truth == 1]), np.sort(score[truth == 0])
    cuts = np.concatenate([[seen[0] / 2], (seen[1:] + seen[:-1]) / 2, [(seen[-1] + 1) / 2]])
    recall = 1 - np.searchsorted(wrong, cuts, side="left") / len(wrong)
    quiet = np.searchsorted(right, cuts, side="left") / len(right)
    worth = np.round((recall + quiet) / 2, 12)
    ranked = np.lexsort((cuts, np.round(np.abs(cuts - 0.5), 12), -worth))
    return round(float(cuts[ranked[0]]), 6)


def oracle(items: Items, *, seed: int = 0) -> At:
    """What the best threshold on the very labels that are measured would give: a ceiling, no result."""
    if reason := FORMULAS[_GOAL].why_not(items):
        return At(None, "oracle: chosen on the labels that are measured", reason=reason)
    threshold = best(items)
    return at(items, Threshold("oracle", threshold, "oracle: chosen on the labels that are measured"), seed=seed)


def at(items: Items, threshold: Threshold, *, seed: int = 0) -> At:
    """The metrics that read verdicts, at a threshold."""
    names = [name for name in READ_AT if not (name == "accuracy" and items.right.size)]
    judged = items.judged_at(threshold.value)
    return At(threshold.value, threshold.origin, measure(judged, names, seed=seed))


def refuse_test(files: Sequence[Path]) -> None:
    """Raises `ConfigError` for a file of a split marked test, whatever folder it stands in, or called so."""
    from eval import tasks

    marked = {
        stem: name
        for name, task in tasks.every().items()
        for split in task.splits.values()
        if split.role == "test"
        for stem in split.files
    }
    own = (Path(__file__).parent.parent / "fixtures").resolve()
    for file in files:
        stem = file.name.removesuffix(".gz").removesuffix(".jsonl")
        why = {
            f"belongs to task {marked.get(stem)}, a split marked test": stem in marked,
            "belongs to our own fixtures, marked test": own in file.resolve().parents,
            "calls itself test": bool(_TEST.search(stem)),
        }
        if told := next((one for one, holds in why.items() if holds), ""):
            raise ConfigError(f"{file} {told}", "Tune and train on a development split.")
