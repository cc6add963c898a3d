"""What a stage asks for. Implementations live in backends/, checks/ and report/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, Protocol, TypeAlias, runtime_checkable

import msgspec

from consistency.records import Alignment, Claim, Finding, Level, Passage, Run, Scores, Story

Begun: TypeAlias = Callable[[], list[Scores]]
"""Scores that are being computed: waits for them and gives one for each pair, in order. To be called once."""


class Scorer(Protocol):
    """Scores (premise, hypothesis) pairs. Pure: the same pair gets the same scores in any batch."""

    @property
    def digest(self) -> str:
        """Names the model: SHA-256 of its weights and settings, or a fixed name."""

    @property
    def runtime(self) -> str:
        """What computes it and how exactly: `pytorch/fp32`, `onnx/int8`, `lexical` ..."""

    @property
    def limit(self) -> int:
        """The longest pair it reads, in the unit of `lengths`; a longer one is never cut, but refused."""

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """The cost of each pair (word pieces), to sort it into a batch of its like."""

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        """One `Scores` for each pair, in order; any number of pairs, which it batches by itself."""


@runtime_checkable
class Ahead(Protocol):
    """What some scorers do besides: they compute while their caller goes on."""

    def begin(self, pairs: Sequence[tuple[str, str]]) -> Begun:
        """As `score`, and raises what it raises; returns once the pairs are on their way."""


def in_turn(scorer: Scorer, parts: Sequence[Sequence[tuple[str, str]]]) -> Iterator[list[Scores]]:
    """The scores of each part. The first is begun now and any other before its forerunner is waited for, by a scorer
    that can; else each is computed when it is asked for.
    """
    if not parts:
        return iter(())
    first = _begun(scorer, parts[0])

    def turns() -> Iterator[list[Scores]]:
        going = first
        for part in parts[1:]:
            ahead = _begun(scorer, part)
            yield going()
            going = ahead
        yield going()

    return turns()


def _begun(scorer: Scorer, pairs: Sequence[tuple[str, str]]) -> Begun:
    return scorer.begin(pairs) if isinstance(scorer, Ahead) else lambda: scorer.score(pairs)


Known: TypeAlias = Literal["claims", "pairs", "differences"]
"""How much is known of alignments: which claims belong together; the scores of these pairs in both directions; those of
their differences one by one, which is all."""


class Pair(msgspec.Struct, frozen=True):
    """An alignment with its two texts, as a check reads it."""

    premise: Passage
    hypothesis: Passage
    alignment: Alignment


class Context(msgspec.Struct, frozen=True, dict=True):
    """All a check may look at: the whole story, its claims by article, its scored alignments."""

    story: Story
    claims: Mapping[str, tuple[Claim, ...]]
    alignments: tuple[Alignment, ...]

    def pairs(self) -> Iterator[Pair]:
        """Every alignment with its texts, in order of version and place."""
        return iter(self._pairs)

    @cached_property
    def _pairs(self) -> tuple[Pair, ...]:
        """Made once: every check asks for them."""
        by_id = {claim.id: claim for claims in self.claims.values() for claim in claims}
        return tuple(
            Pair(
                Passage.of(tuple(by_id[claim] for claim in alignment.premise)),
                Passage.of(tuple(by_id[claim] for claim in alignment.hypothesis)),
                alignment,
            )
            for alignment in self.alignments
        )


class Check(Protocol):
    """One kind of finding. The module's docstring is its manual."""

    @property
    def id(self) -> str: ...

    @property
    def level(self) -> Level:
        """The level it reports at, unless the settings say otherwise."""

    def check(self, context: Context) -> Iterable[Finding]:
        """Findings with their confidence, below the threshold too; the judge decides."""


class Format(Protocol):
    """One output format. Returns the whole document; the caller writes it."""

    def __call__(self, run: Run) -> str: ...
