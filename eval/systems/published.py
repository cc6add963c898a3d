"""Scores that others published, loaded by id: a paired test against them needs no weights.

A JSON line a row, plain or gzipped, with `id` and `score`; an items file of an earlier run is one.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from pathlib import Path

from consistency.errors import InputError
from eval import rows as unified
from eval.rows import Row
from eval.store import Told
from eval.systems import Progress
from eval.thresholds import half

_REMEDY = 'A line is {"id": "...", "score": 0.0 to 1.0}.'


class Published:
    """`consistent`: the file's higher scores mean more consistent and are turned round."""

    keeps = False
    model = ""
    fixed = half()

    def __init__(self, file: Path, *, consistent: bool = False) -> None:
        self._file = file
        self._scores: dict[str, float] = {}
        for number, given in unified.lines(file):
            where = f"{file}, row {number}"
            name, score = given.get("id"), given.get("score")
            if name is None or not isinstance(score, int | float) or not math.isfinite(score) or not 0 <= score <= 1:
                raise InputError(f"{where}: no id, or no score from 0 to 1", _REMEDY)
            if str(name) in self._scores:
                raise InputError(f"{where}: the id {str(name)[:60]!r} stands there twice", "Keep one score an id.")
            self._scores[str(name)] = 1 - score if consistent else float(score)
        told = "".join(f"{name}\0{score!r}\n" for name, score in sorted(self._scores.items()))
        self.signature = f"published:{file.name}/{hashlib.sha256(told.encode()).hexdigest()[:12]}"

    def tell(self, rows: Sequence[Row], _progress: Progress | None = None) -> list[Told]:
        """One `Told` a row. Raises `InputError` for a row without a score: none leaves n."""
        for row in rows:
            if row.id not in self._scores:
                raise InputError(f"{self._file}: no score for row {row.id!r}", "Every row needs one; ids must agree.")
        return [Told(self._scores[row.id]) for row in rows]
