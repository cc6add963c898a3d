"""Word overlap: what any system must beat."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eval.rows import Row
from eval.store import Told
from eval.systems import Progress
from eval.thresholds import half

_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")


class Overlap:
    """`score` = the share of the hypothesis' words, each as often as it stands there, that the premise lacks."""

    keeps = False
    model = ""
    fixed = half()
    signature = "overlap/1"

    def tell(self, rows: Sequence[Row], _progress: Progress | None = None) -> list[Told]:
        return [Told(_missing(row)) for row in rows]


class Alike:
    """For alignment: twice the words that both sides have, over the words of both (Dice)."""

    keeps = False
    model = ""
    fixed = half()
    signature = "overlap-dice/1"

    def tell(self, rows: Sequence[Row], _progress: Progress | None = None) -> list[Told]:
        return [Told(_alike(row)) for row in rows]


def _missing(row: Row) -> float:
    words, known = _words(row.hypothesis), set(_words(row.premise))
    return sum(word not in known for word in words) / len(words) if words else 0.0


def _alike(row: Row) -> float:
    left, right = set(_words(row.premise)), set(_words(row.hypothesis))
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
