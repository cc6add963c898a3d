"""Rows and a counting scorer that the tests of the measuring house share."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from consistency.records import Scores
from eval.rows import Row
from eval.task import truth

HOUSE: Final = Path(__file__).parent.parent
TINY: Final = HOUSE / "fixtures" / "models" / "tiny"
TOLD: Final = "The mayor opened the new bridge over the harbour on Monday, 39 years after the old one fell."
WRONG: Final = "The mayor opened the new bridge over the harbour on Monday, 93 years after the old one fell."
OTHER: Final = "A singer from Lisbon won the prize for the best album of the year."


def make_row(premise: str, hypothesis: str, label: str = "consistent", name: str = "", cluster: str = "") -> Row:
    return Row(name or f"{premise[:9]}|{hypothesis}", premise, hypothesis, label, cluster, "", truth(label))


def write_rows(path: Path, rows: Sequence[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


ROWS: Final[list[dict[str, object]]] = [
    {"id": "same", "premise": TOLD, "hypothesis": TOLD, "label": "consistent", "cluster": "a"},
    {"id": "wrong", "premise": TOLD, "hypothesis": WRONG, "label": "inconsistent", "cluster": "a"},
    {"id": "other", "premise": OTHER, "hypothesis": TOLD, "label": "consistent", "cluster": "b"},
    {"id": "swap", "premise": WRONG, "hypothesis": TOLD, "label": "inconsistent", "cluster": "c"},
]


class Counting:
    """A scorer that is sure of one contradiction, and counts what it is asked."""

    digest = "counting"
    runtime = "counting"
    limit = 200

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        return [len(premise) + len(hypothesis) for premise, hypothesis in pairs]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        self.asked += pairs
        return [Scores(0.05, 0.05, 0.9) if {TOLD, WRONG} == set(pair) else Scores(0.2, 0.7, 0.1) for pair in pairs]
