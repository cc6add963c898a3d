"""`python -m eval run`: a system on unified rows, its scores a row each, its metrics with a signature."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from consistency.config import Config
from consistency.pipeline import tool_version
from eval import rows as data
from eval.metrics import Metric, summarise
from eval.rows import Row
from eval.systems import load


class Summary(msgspec.Struct, frozen=True):
    """What a run found. `neither` counts rows whose label is no verdict; they are scored, not measured."""

    metrics: dict[str, Metric]
    n: int
    consistent: int
    inconsistent: int
    neither: dict[str, int]
    clusters: int
    threshold: float
    signature: dict[str, str]


def run(
    files: Sequence[Path],
    system_name: str,
    *,
    threshold: float | None = None,
    items: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Summary:
    """Scores all rows of all files, pooled. `threshold` None = the one the tool ships with.

    With `items`, one JSON line a row is written there. Raises `InputError` for bad rows.
    """
    at = Config().threshold if threshold is None else threshold
    given = data.load(files)
    system = load(system_name)
    scores = system.score(given, progress)
    judged = [(row.truth, score) for row, score in zip(given, scores, strict=True) if row.truth is not None]
    if items is not None:
        write(items, "".join(_item(row, score, at) for row, score in zip(given, scores, strict=True)))
    return Summary(
        metrics=summarise([truth for truth, _ in judged], [score for _, score in judged], at),
        n=len(judged),
        consistent=sum(not truth for truth, _ in judged),
        inconsistent=sum(truth for truth, _ in judged),
        neither=dict(sorted(Counter(row.label for row in given if row.truth is None).items())),
        clusters=len({row.cluster for row in given if row.truth is not None}),
        threshold=at,
        signature={
            "data": data.digest(files)[:16],
            "files": " ".join(file.name for file in files),
            "system": system.signature,
            "threshold_origin": "as shipped" if threshold is None else "given",
            "tool": tool_version(),
        },
    )


def write(path: Path, text: str) -> None:
    """Writes whole or not at all."""
    half = path.with_name(f".{path.name}.half")
    half.write_text(text, encoding="utf-8")
    os.replace(half, path)


def show(summary: Summary) -> str:
    """The summary as a few lines for a person."""
    lines = [f"{summary.signature['files']}: {summary.n} rows ({summary.inconsistent} inconsistent), "]
    lines[0] += f"{summary.clusters} clusters, {summary.signature['system']}"
    for name, metric in sorted(summary.metrics.items()):
        told = f"{metric.value:.3f}" if metric.value is not None else f"none ({metric.reason})"
        at = "" if name in {"auc", "average_precision"} else f" at {summary.threshold:g}"
        lines.append(f"  {name:20}{told}{at}")
    if summary.neither:
        lines.append("  not measured: " + ", ".join(f"{count} {label}" for label, count in summary.neither.items()))
    return "\n".join(lines)


def as_json(summary: Summary) -> str:
    """The summary as a JSON document."""
    return json.dumps(msgspec.to_builtins(summary), indent=2, sort_keys=True) + "\n"


def _item(row: Row, score: float, threshold: float) -> str:
    shown = {
        "id": row.id,
        "cluster": row.cluster,
        "kind": row.kind,
        "label": row.label,
        "score": round(score, 4),
        "verdict": score >= threshold,
    }
    return json.dumps(shown, sort_keys=True) + "\n"
