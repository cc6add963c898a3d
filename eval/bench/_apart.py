"""A process of its own with one scorer, asked in turn with others.

What the tool has read in a text it keeps, so that two runtimes that checked the same article in one process would not
be measured alike: the second would find everything read.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple, TypeVar

from consistency.errors import InputError
from consistency.garbage import look_seldom
from eval.bench._clock import Stages
from eval.bench._plain import RUNTIME, Plain
from eval.bench._texts import Versions

BESIDE: Final = "checks beside the model"
STAGES: Final[Mapping[str, str]] = {
    "read": "reading",
    "segment": "segment",
    "spellings": "spelt",
    "align": "align",
    "infer": "infer",
    BESIDE: "_early",
    "checks and judging": "_judge",
}
"""Functions of `consistency.pipeline` by what is said of them. `infer` is told without the model's time; the checks
beside it run within that, or after it while nobody asks for the scores yet."""

Answer = TypeVar("Answer")


class Checked(NamedTuple):
    """Seconds of one check, those in the model, those of each stage; pairs aligned, and pairs scored for them."""

    seconds: float
    model: float
    aligned: int
    scored: int
    stages: dict[str, float]

    @property
    def outside(self) -> float:
        return self.seconds - self.model


class Matrix(NamedTuple):
    """Seconds for all sentences of the version against all of the reference, one direction; how many pairs."""

    seconds: float
    pairs: int


class Apart:
    """One runtime in a process of its own; `transformers/fp32` is the plain one, and checks nothing."""

    def __init__(self, model: str, runtime: str, threads: int) -> None:
        self.runtime = runtime
        self._given = model, runtime, threads
        self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))

    def open(self) -> Apart:
        """Loads the model. Raises `ConsistencyError`s."""
        self._ask(_open, *self._given)
        return self

    def check(self, versions: Versions) -> Checked:
        """One check as the tool does it, nothing cached. Raises `InputError` for an article that cannot be read."""
        return self._ask(_check, versions)

    def matrix(self, versions: Versions) -> Matrix:
        """Every sentence of the version against every one of the reference, one direction."""
        return self._ask(_matrix, versions)

    def _ask(self, function: Callable[..., Answer], *given: Any) -> Answer:
        try:
            return self._pool.submit(function, *given).result()
        except BrokenProcessPool as fault:
            raise InputError(f"the process of {self.runtime} has ended", "Is there enough memory?") from fault

    def __enter__(self) -> Apart:
        return self.open()

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)


_HERE: Final[dict[str, Any]] = {}
"""What the process holds: its scorer, the folder for its articles."""


def _open(model: str, runtime: str, threads: int) -> None:
    """As a scan's worker begins."""
    from eval.bench._rates import one

    look_seldom()
    _HERE["scorer"] = Plain(model, threads) if runtime == RUNTIME else one(model, runtime, threads)
    _HERE["folder"] = tempfile.TemporaryDirectory(prefix="bench-")


def _check(versions: Versions) -> Checked:
    from consistency import pipeline
    from consistency.cache import CachedScorer
    from consistency.config import Config

    folder = Path(_HERE["folder"].name)
    files = folder / "original.txt", folder / "copy.txt"
    for file, text in zip(files, (versions.reference, versions.version), strict=True):
        file.write_text(text, "utf-8")
    scorer = _HERE["scorer"]
    before = scorer.work
    with Stages(pipeline, STAGES) as stages:
        start = time.perf_counter()
        report = pipeline.check(files[0], [files[1]], Config(cache=False), scorer=CachedScorer(scorer))
        seconds = time.perf_counter() - start
    if report.unread:
        told = f"an article of the benchmark was not checked: {report.unread[0].message}"
        raise InputError(told, "Give --data-dir articles in English.")
    spent = dict(stages.seconds)
    model, scored = scorer.work.seconds - before.seconds, scorer.work.pairs - before.pairs
    spent["infer"] = max(0.0, spent["infer"] - model)
    return Checked(seconds, model, len(report.alignments), scored, spent)


def _matrix(versions: Versions) -> Matrix:
    from consistency.infer import score_all
    from eval.systems.nli import sentences

    scorer = _HERE["scorer"]
    sentences.cache_clear()
    start = time.perf_counter()
    wanted = {
        (premise, hypothesis) for hypothesis in sentences(versions.version) for premise in sentences(versions.reference)
    }
    if isinstance(scorer, Plain):
        scorer.score(sorted(wanted))  # its own order; nothing is sorted by length for it
    else:
        score_all(sorted(wanted), scorer)
    return Matrix(time.perf_counter() - start, len(wanted))
