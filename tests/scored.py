"""Items files and summaries as `eval run` writes them, made by hand for the tests of the commands that read them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SIGNATURE = {
    "task": "toy",
    "system": "nli",
    "model": "aaaa",
    "data": "d1",
    "tool": "consistency 0",
    "seed": 0,
}


def item(at: int, truth: bool | None, score: float, **more: Any) -> dict[str, Any]:
    """A scored row; its verdict is at 0.5."""
    label = {True: "contradiction", False: "paraphrase", None: "neutral"}[truth]
    return {
        "id": f"row-{at}",
        "cluster": f"c{at // 2}",
        "kind": "number" if truth else "voice",
        "label": label,
        "truth": truth,
        "score": score,
        "verdict": score >= 0.5,
    } | more


def write_items(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def summary(n: int = 4, origin: str = "fixed: as shipped", **signature: Any) -> dict[str, Any]:
    return {
        "metrics": {
            "auc": {"value": 0.9, "low": 0.8, "high": 0.95, "reason": ""},
            "recall": {"value": 0.75, "low": 0.5, "high": 0.9, "reason": ""},
            "false_alarm_rate": {"value": None, "low": None, "high": None, "reason": "no consistent rows"},
        },
        "n": n,
        "clusters": 2,
        "threshold": 0.5,
        "signature": SIGNATURE | {"threshold_origin": origin} | signature,
    }


def write_summary(path: Path, told: dict[str, Any]) -> Path:
    path.write_text(json.dumps(told), "utf-8")
    return path
