"""A `Scorer` over a network, whatever runs it: buckets of equal length, one thread a batch, a self-test.

A pair is filled up to the next multiple of `STEP` word pieces and shares its batch only with pairs of that very
length, and every batch is computed by one thread. So what a pair scores depends on the pair alone: not on its
neighbours, the size of the batch, or how many threads there are. While the threads compute, the next batches are
read and marked.
"""

from __future__ import annotations

import contextlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Container, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, Final, NamedTuple, Protocol

from consistency.backends._cores import cores
from consistency.backends._model import Model, broken
from consistency.encoding import Encoded
from consistency.errors import ConsistencyError, InputError, ModelError
from consistency.protocols import Begun
from consistency.records import Scores

STEP: Final = 4
"""Lengths are filled up to a multiple of it: under 5 % of what is computed for sentences of usual length."""
DIGITS: Final = 4
"""Scores are rounded before anybody compares them with a threshold."""
_FEWEST = 4
"""Pairs that are worth a batch of their own, so that few pairs still reach every thread."""

_SAME = "The mayor opened the new bridge on Monday."
_OPPOSITE = "The mayor did not open the new bridge on Monday."


class Batch(NamedTuple):
    """Three arrays of (pairs, word pieces), 64-bit integers: ids, token types, 1 where a piece is and 0 behind."""

    ids: Any
    types: Any
    mask: Any

    def only(self, names: Container[str]) -> dict[str, Any]:
        """The arrays that a network reads, by name."""
        return {name: array for name, array in self._asdict().items() if name in names}


class Done(NamedTuple):
    """A batch that was computed: float32 (pairs, labels) in the network's order of labels; `at` by `perf_counter`."""

    logits: Any
    at: float


class Logits(Protocol):
    """What a batch will come to."""

    def result(self) -> Done:
        """Waits for it. Raises what the runtime raised."""


class Runner(Protocol):
    """A loaded network that computes several batches at once."""

    @property
    def heights(self) -> Sequence[int]:
        """How many pairs a batch may hold, the fewest first; one of fewer pairs is filled up.

        For a runtime whose sums depend on how many there are, or that prepares itself for every new shape.
        """

    streams: int
    """Batches that are computed at once, each by one thread."""

    def start(self, batch: Batch) -> Logits:
        """Begins a batch."""

    # One that was read from a file of an earlier run names it in `kept`; None, or no such name, is any other.


Open = Callable[[Model, int], Runner]
"""Loads the network of a model for so many streams. Raises `ModelError` or `MissingExtra`."""


class Work(NamedTuple):
    """What a scorer has computed: pairs, their word pieces, and the cells of all batches, filled up; the seconds in
    which it was at work, from reading the pairs until the last batch was done, whenever that was asked for.
    """

    pairs: int = 0
    pieces: int = 0
    cells: int = 0
    seconds: float = 0.0


class NetworkScorer:
    """A `Scorer`. The network is loaded when it is first asked, or by `open`; what does not need it is told before."""

    def __init__(self, model: Model, runtime: str, opening: Open, *, threads: int | None, batch_size: int) -> None:
        self.runtime = runtime
        self.limit = model.limit
        self.work = Work()
        self._until = 0.0
        self._model = model
        self._opening = opening
        self._threads = threads or cores()
        self._batch_size = batch_size
        self._runner: Runner | None = None

    @property
    def digest(self) -> str:
        return self._model.digest

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """Word pieces of each pair, special tokens counted."""
        return self._model.lengths(pairs)

    def open(self) -> NetworkScorer:
        """Loads the network now. Raises `ModelError` where it cannot be believed, `MissingExtra` without a runtime."""
        self._loaded()
        return self

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        """One `Scores` a pair. Raises `InputError` for a pair longer than `limit`: nothing is cut."""
        return self.begin(pairs)()

    def begin(self, pairs: Sequence[tuple[str, str]]) -> Begun:
        """As `score`; returns when all batches wait for a thread or have one."""
        if not pairs:
            return list
        start = perf_counter()
        lengths = self.lengths(pairs)
        if max(lengths) > self.limit:
            raise InputError(
                f"A pair of {max(lengths)} word pieces is longer than the {self.limit} the model reads.",
                "Split the texts; `lengths` says what fits.",
            )
        return self._begun(pairs, lengths, self._loaded(), start)

    def _loaded(self) -> Runner:
        if self._runner is None:
            try:
                self._runner = self._believed()
            except ConsistencyError:
                raise
            except Exception as error:  # whatever a runtime raises of weights and settings that do not go together
                raise broken(self._model.name, error) from error
        return self._runner

    def _believed(self) -> Runner:
        """The network after its self-test; one read from a file of an earlier run that fails it is made once more."""
        runner = self._opening(self._model, self._threads)
        try:
            self._self_test(runner)
        except Exception:
            kept: Path | None = getattr(runner, "kept", None)
            if kept is None:
                raise
            with contextlib.suppress(OSError):
                kept.unlink(missing_ok=True)
            runner = self._opening(self._model, self._threads)
            self._self_test(runner)
        return runner

    def _begun(self, pairs: Sequence[tuple[str, str]], lengths: Sequence[int], runner: Runner, start: float) -> Begun:
        size = min(self._batch_size, max(_FEWEST, -(-len(pairs) // (2 * runner.streams))))
        heights = [height for height in runner.heights if height <= size] or runner.heights[:1]
        running: list[tuple[list[list[int]], Logits]] = []
        for width, members in buckets(lengths, heights):
            alike: dict[tuple[bytes, bytes], tuple[Encoded, list[int]]] = {}
            for at, row in zip(members, self._model.encode([pairs[at] for at in members]), strict=True):
                key = array("q", row.ids).tobytes(), bytes(row.types)
                alike.setdefault(key, (row, []))[1].append(at)  # texts that differ in blanks or case may be one input
            rows = [row for row, _ in alike.values()]
            height = next(height for height in heights if height >= len(rows))
            batch = filled(rows, width, self._model.padding, height)
            running.append(([held for _, held in alike.values()], runner.start(batch)))
            self.work = self.work._replace(
                pairs=self.work.pairs + len(members),
                pieces=self.work.pieces + sum(len(row.ids) for row in rows),
                cells=self.work.cells + int(batch.ids.size),
            )
        return partial(self._ended, running, len(pairs), start)

    def _ended(self, running: Sequence[tuple[list[list[int]], Logits]], number: int, start: float) -> list[Scores]:
        found: list[Scores | None] = [None] * number
        last = start
        for inputs, batch in running:
            done = batch.result()
            last = max(last, done.at)
            for held, shares in zip(inputs, self._probabilities(done.logits), strict=False):  # fillers lie behind
                for at in held:
                    found[at] = Scores(*shares)
        at_work = max(0.0, last - max(start, self._until))  # two windows may be on their way at once
        self.work = self.work._replace(seconds=self.work.seconds + at_work)
        self._until = max(self._until, last)
        return [scores for scores in found if scores is not None]

    def _probabilities(self, logits: Any) -> list[list[float]]:
        """Softmax of each row, in double precision; entailment, neutral, contradiction."""
        import numpy as np

        raised = np.asarray(logits, np.float64)
        raised = np.exp(raised - raised.max(axis=1, keepdims=True))
        shares = raised / raised.sum(axis=1, keepdims=True)
        rounded: list[list[float]] = np.round(shares[:, self._model.order], DIGITS).tolist()
        return rounded

    def _self_test(self, runner: Runner) -> None:
        asked = [(_SAME, _SAME), (_SAME, _OPPOSITE)]
        same, opposite = self._begun(asked, self.lengths(asked), runner, perf_counter())()
        self.work, self._until = Work(), 0.0
        if not (same.entailment >= 0.5 and opposite.contradiction >= 0.5):  # not a number fails too
            raise ModelError(
                f"The model {self._model.name} fails the self-test: a sentence entails itself with "
                f"{same.entailment:.2f} and contradicts its negation with {opposite.contradiction:.2f}.",
                "Choose a model trained for natural language inference, with its own label names.",
            )


def buckets(lengths: Sequence[int], heights: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Batches of allowed heights, longest first: the width of each and the positions in it, in order.

    `heights` ascend; what is left of a width below the first of them is a batch too.
    """
    by_width: dict[int, list[int]] = {}
    for at, length in enumerate(lengths):
        by_width.setdefault(-(-length // STEP) * STEP, []).append(at)
    found = []
    for width, members in sorted(by_width.items(), reverse=True):
        start = 0
        while start < len(members):
            fitting = bisect_right(heights, len(members) - start)
            end = start + heights[max(0, fitting - 1)]
            found.append((width, members[start:end]))
            start = end
    return found


def filled(rows: Sequence[Encoded], width: int, padding: int, height: int) -> Batch:
    """The rows as arrays of `width` word pieces; up to `height` the first row stands again."""
    import numpy as np

    ids = np.full((height, width), padding, np.int64)
    types = np.zeros((height, width), np.int64)
    mask = np.zeros((height, width), np.int64)
    for at in range(height):
        row = rows[at] if at < len(rows) else rows[0]
        end = len(row.ids)
        ids[at, :end], types[at, :end], mask[at, :end] = row.ids, row.types, 1
    return Batch(ids, types, mask)
