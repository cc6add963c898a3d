"""Clocks: several ways in turn, so that a busy machine hurts all alike; a stage's time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any

from eval.bench._record import Spread

Clock = Callable[[], float]


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
