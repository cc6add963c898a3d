"""TF-IDF and logistic regression over the words that one side has and the other lacks, trained on train files only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from consistency.errors import ConfigError, InputError
from eval import rows as unified
from eval.rows import Row
from eval.store import Told
from eval.systems import Progress
from eval.thresholds import half, refuse_test

_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")


class Tfidf:
    """Trained when it is made; the same files give the same model. Refuses rows it was trained on."""

    keeps = False
    model = ""
    fixed = half()

    def __init__(self, files: Sequence[Path]) -> None:
        if not files:
            raise ConfigError("system tfidf is trained before it is measured", "Give --train-data FILE [FILE ...].")
        refuse_test(files)
        rows = [row for row in unified.load(files) if row.truth is not None]
        if len({row.truth for row in rows}) != 2:
            raise InputError("the training rows have one class only", "Give --train-data files with both classes.")
        self._seen = {(row.premise, row.hypothesis) for row in rows}
        self._fitted = _fit(rows)
        names = " ".join(file.name for file in files)
        self.signature = f"tfidf/{unified.digest(files)[:12]}/n{len(rows)}/{names}"

    def tell(self, rows: Sequence[Row], _progress: Progress | None = None) -> list[Told]:
        """One `Told` a row. Raises `InputError` for a row it was trained on."""
        for row in rows:
            if (row.premise, row.hypothesis) in self._seen:
                raise InputError(f"row {row.id} is in --train-data too", "Train on rows that are not measured.")
        at = list(self._fitted.classes_).index(True)
        return [Told(float(chance)) for chance in self._fitted.predict_proba(list(map(_texts, rows)))[:, at]]


def _fit(rows: Sequence[Row]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    words = TfidfVectorizer(analyzer=_difference, min_df=2 if len(rows) > 1_000 else 1, sublinear_tf=True)
    regression = LogisticRegression(max_iter=1_000, class_weight="balanced", random_state=0)
    return make_pipeline(words, regression).fit(list(map(_texts, rows)), [row.truth for row in rows])


def _texts(row: Row) -> tuple[str, str]:
    return row.premise, row.hypothesis


def _difference(pair: tuple[str, str]) -> list[str]:
    """Words of the hypothesis alone (+), of the premise alone (-), and how much both share, in tenths."""
    left, right = ([word.casefold() for word in _WORD.findall(text)] for text in pair)
    here, there = set(left), set(right)
    shared = round(10 * sum(word in here for word in right) / max(1, len(right)))
    return [
        *(f"+{word}" for word in right if word not in here),
        *(f"-{word}" for word in left if word not in there),
        f"shared {shared}",
    ]
