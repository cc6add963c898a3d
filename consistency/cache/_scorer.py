"""A scorer around a scorer: what was scored once is not scored again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from consistency.cache._key import ENCODING, Model, pair_digest
from consistency.protocols import Begun, Scorer, in_turn
from consistency.records import Scores

MEMORY: Final = 100_000
"""Pairs held in memory, at most; some 30 MB."""
AT_ONCE: Final = 1024
"""New pairs scored before they are kept: what a killed run loses, and what the scorer has to sort by length."""


class Keeper(Protocol):
    """Keeps scores by model and pair: a `Cache`, or something stricter."""

    def get(self, model: Model, pairs: Sequence[bytes]) -> dict[bytes, Scores]: ...

    def put(self, model: Model, scored: Mapping[bytes, Scores]) -> None: ...


class Counts(NamedTuple):
    """Different pairs of each call by where their scores came from: memory, the keeper, or the model."""

    memory: int = 0
    kept: int = 0
    scored: int = 0

    @property
    def hits(self) -> int:
        return self.memory + self.kept

    @property
    def misses(self) -> int:
        return self.scored


class CachedScorer:
    """A `Scorer` that asks `scorer` about no pair twice; without a `keeper` for as long as it lives.

    The pairs asked for last are held in memory, `memory` of them. `encoding` tells apart what scored the same pairs
    otherwise. Safe to share by threads as far as `scorer` is; two that miss a pair at once may both ask for it.
    """

    def __init__(
        self,
        scorer: Scorer,
        keeper: Keeper | None = None,
        *,
        encoding: str = ENCODING,
        memory: int = MEMORY,
        at_once: int = AT_ONCE,
    ) -> None:
        self.keeper = keeper
        self._scorer = scorer
        self._encoding = encoding
        self._most = memory
        self._at_once = at_once
        self._near: OrderedDict[bytes, Scores] = OrderedDict()
        self._lock = threading.Lock()
        self._counts = Counts()

    @property
    def digest(self) -> str:
        return self._scorer.digest

    @property
    def runtime(self) -> str:
        return self._scorer.runtime

    @property
    def limit(self) -> int:
        return self._scorer.limit

    @property
    def counts(self) -> Counts:
        """Where scores came from so far."""
        return self._counts

    @property
    def notices(self) -> tuple[str, ...]:
        """What is wrong with the keeper and changes no score, a line each."""
        return getattr(self.keeper, "notices", ())

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        return self._scorer.lengths(pairs)

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        """One `Scores` a pair, in order. New ones are kept part by part, so that a killed run has what it paid for."""
        return self.begin(pairs)()

    def begin(self, pairs: Sequence[tuple[str, str]]) -> Begun:
        """As `score`; the first part of new pairs is begun at once, any other before its forerunner is waited for."""
        named = [pair_digest(pair) for pair in pairs]
        texts = dict(zip(named, pairs, strict=True))
        found = self._remembered(texts)
        near = len(found)
        model = Model(self.digest, self.runtime, self._encoding)
        if self.keeper is not None and near < len(texts):
            found |= self.keeper.get(model, [key for key in texts if key not in found])
        missing = [key for key in texts if key not in found]
        self._count(near, len(found) - near, 0)
        parts = [missing[start : start + self._at_once] for start in range(0, len(missing), self._at_once)]

        scores = in_turn(self._scorer, [[texts[key] for key in part] for part in parts])

        def ended() -> list[Scores]:
            for part, some in zip(parts, scores, strict=True):
                scored = dict(zip(part, some, strict=True))
                if self.keeper is not None:
                    self.keeper.put(model, scored)
                self._count(0, 0, len(scored))
                found.update(scored)
            self._remember(found)
            return [found[key] for key in named]

        return ended

    def forget(self) -> None:
        """Lets go of what is held in memory; the keeper still has it."""
        with self._lock:
            self._near.clear()

    def _remembered(self, keys: Mapping[bytes, object]) -> dict[bytes, Scores]:
        with self._lock:
            return {key: self._near[key] for key in keys if key in self._near}

    def _remember(self, found: Mapping[bytes, Scores]) -> None:
        with self._lock:
            for key, scores in found.items():
                self._near[key] = scores
                self._near.move_to_end(key)
            while len(self._near) > self._most:
                self._near.popitem(last=False)

    def _count(self, memory: int, kept: int, scored: int) -> None:
        with self._lock:
            before = self._counts
            self._counts = Counts(before.memory + memory, before.kept + kept, before.scored + scored)
