"""Clocks: several ways in turn, so that a busy machine hurts all alike; a scorer's time; a stage's time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Final

from consistency.protocols import Begun, Scorer, begin
from consistency.records import Scores
from eval.bench._record import Spread

Clock = Callable[[], float]
_WAITED: Final = 0.001
"""Seconds from which on somebody had to wait."""


def interleaved(
    runs: Mapping[str, Callable[[], object]], rounds: int, clock: Clock = time.perf_counter
) -> dict[str, list[float]]:
    """Seconds of every run in every round; a round does each once, in the order given."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            start = clock()
            run()
            seconds[name].append(clock() - start)
    return seconds


def ratios(slow: Sequence[float], fast: Sequence[float]) -> Spread:
    """How many times faster, round by round: what both suffered in the same round does not count."""
    return Spread.of([one / other for one, other in zip(slow, fast, strict=True)])


class Clocked:
    """A `Scorer` around a scorer that adds up the seconds it was at work, and the pairs scored."""

    def __init__(self, scorer: Scorer, clock: Clock = time.perf_counter) -> None:
        self.seconds = 0.0
        self.scored = 0
        self._until = 0.0
        self._scorer = scorer
        self._clock = clock

    @property
    def digest(self) -> str:
        return self._scorer.digest

    @property
    def runtime(self) -> str:
        return self._scorer.runtime

    @property
    def limit(self) -> int:
        return self._scorer.limit

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        return self._scorer.lengths(pairs)

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        return self.begin(pairs)()

    def begin(self, pairs: Sequence[tuple[str, str]]) -> Begun:
        """As the scorer does it. All time until its end counts where it has to be waited for, since it was never idle.

        Where nobody has to wait, only the time in its own functions counts.
        """
        start = self._clock()
        begun = begin(self._scorer, pairs)
        gone = self._clock()

        def ended() -> list[Scores]:
            asked = self._clock()
            found = begun()
            end = self._clock()
            at_work = end - max(start, self._until) if end - asked > _WAITED else (gone - start) + (end - asked)
            self.seconds += at_work
            self.scored += len(pairs)
            self._until = end
            return found

        return ended


class Stages:
    """Seconds in named functions of a module, wherever they are called from, while the context lasts."""

    def __init__(self, module: Any, names: Mapping[str, str], clock: Clock = time.perf_counter) -> None:
        """`names` = what is said of a function -> its name in the module."""
        self.seconds = dict.fromkeys(names, 0.0)
        self._module = module
        self._plain = {name: (told, getattr(module, name)) for told, name in names.items()}
        self._clock = clock

    def __enter__(self) -> Stages:
        for name, (told, function) in self._plain.items():
            setattr(self._module, name, self._timed(told, function))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name, (_, function) in self._plain.items():
            setattr(self._module, name, function)

    def _timed(self, told: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            start = self._clock()
            try:
                return function(*given, **named)
            finally:
                self.seconds[told] += self._clock() - start

        return timed
