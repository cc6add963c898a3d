"""Pairs per second of every runtime, side by side with plain transformers; and where their verdicts differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from consistency import backends
from consistency.backends._model import Model
from consistency.backends._network import STEP, NetworkScorer, Work
from consistency.config import Config
from consistency.errors import ConfigError, ConsistencyError
from consistency.infer import score_all
from consistency.protocols import Scorer
from consistency.records import Scores, mutual_contradiction
from eval.bench._clock import interleaved, ratios
from eval.bench._flops import gflops, multiplied
from eval.bench._plain import BATCH, RUNTIME, Plain
from eval.bench._record import Data, Differs, Missing, Rate, Rates, Spread, Verdicts
from eval.bench._texts import Pair, both
from eval.rows import Row

REFERENCE: Final = "pytorch/fp32"
RUNTIMES: Final = tuple(f"{name}/{precision}" for name, all_of in backends.PRECISIONS.items() for precision in all_of)
Waited = Callable[[str, int, int], None]


class Loaded(NamedTuple):
    """The runtimes that are installed, and why others are not there."""

    scorers: dict[str, NetworkScorer]
    missing: list[Missing]


def load(model: str, threads: int, runtimes: Sequence[str] = RUNTIMES) -> Loaded:
    """Every runtime with its network. Raises `ModelError` where the model itself cannot be read."""
    found: dict[str, NetworkScorer] = {}
    missing = []
    for runtime in runtimes:
        try:
            found[runtime] = one(model, runtime, threads)
        except ConsistencyError as fault:
            if runtime == REFERENCE:
                raise
            missing.append(Missing(runtime, f"{fault} {fault.remedy}".strip()))
    return Loaded(found, missing)


def one(model: str, runtime: str, threads: int) -> NetworkScorer:
    """The scorer of a runtime as the tool would load it. Raises `ConfigError` for a model without a network."""
    backend, _, precision = runtime.partition("/")
    found = backends.load(model, backend=backend, precision=precision, threads=threads, batch_size=Config().batch_size)
    if not isinstance(found, NetworkScorer):
        raise ConfigError(f"--model {model} has no network", "Name a model whose speed can be measured.")
    return found


def rates(
    data: Data,
    pairs: Sequence[Pair],
    scorers: Mapping[str, NetworkScorer],
    plain: Plain,
    config: Mapping[str, object],
    *,
    threads: int,
    rounds: int,
    matmul_seconds: float,
    told: Waited,
) -> Rates:
    """Every runtime over the same pairs in every round, tokenisation included.

    A first round that is not counted lets each settle, and shows that all score alike.
    """
    scores: dict[str, list[Scores]] = {}
    every: dict[str, Scorer] = {RUNTIME: plain, **scorers}
    for name, scorer in every.items():
        told("warming up", len(scores), len(scorers) + 1)
        scores[name] = scorer.score(pairs)
    runs: dict[str, Callable[[], object]] = {RUNTIME: partial(plain.score, pairs)}
    runs |= {name: partial(_fresh, pairs, scorer, told) for name, scorer in scorers.items()}
    for network in scorers.values():
        network.work = Work()
    seconds = interleaved(runs, rounds)
    lengths = next(iter(scorers.values())).lengths(pairs)
    widths = [-(-length // STEP) * STEP for length in lengths]

    def rate(name: str, widths: Sequence[int], padding: float) -> Rate:
        per_second = [len(pairs) / one for one in seconds[name]]
        return Rate(
            runtime=name,
            ratio=ratios(seconds[RUNTIME], seconds[name]),
            pairs_per_second=Spread.of(per_second),
            padding=round(padding, 4),
            gflops=gflops(config, widths, len(pairs) / Spread.of(per_second).median),
            difference=largest(scores[RUNTIME], scores[name]),
        )

    return Rates(
        data=data,
        pieces=round(sum(lengths) / len(lengths), 1),
        batch=BATCH,
        rounds=rounds,
        plain=rate(RUNTIME, plain.widths, 1 - sum(plain.pieces) / sum(plain.widths)),
        backends=tuple(
            rate(name, widths, 1 - network.work.pieces / network.work.cells) for name, network in scorers.items()
        ),
        multiplied=tuple(multiplied(threads, matmul_seconds)),
    )


def readable(pairs: Sequence[Pair], model: str) -> list[Pair]:
    """The pairs that the model reads whole: both sides are measured on these."""
    found = Model(model)
    return [pair for pair, length in zip(pairs, found.lengths(pairs), strict=True) if length <= found.limit]


def forget(scorer: NetworkScorer) -> None:
    """Lets go of word pieces that were read before: a new pair's tokenisation is part of its price."""
    scorer._model._pieces.clear()


def largest(one: Sequence[Scores], other: Sequence[Scores]) -> float:
    """The largest difference of any of the three scores of any pair."""
    found = 0.0
    for here, there in zip(one, other, strict=True):
        found = max(found, *(abs(getattr(here, name) - getattr(there, name)) for name in Scores.__struct_fields__))
    return round(found, 4)


def verdicts(
    data: Sequence[Data], rows: Sequence[Row], scorers: Mapping[str, Scorer], threshold: float, told: Waited
) -> Verdicts:
    """Where runtimes and the reference disagree: on a pair, from the mean of both directions; on a direction's label.

    Rows of which the model cannot read a direction are left out.
    """
    wanted = sorted({pair for row in rows for pair in both(row)})
    found: dict[str, dict[Pair, Scores]] = {}
    for name, scorer in scorers.items():
        found[name] = score_all(wanted, scorer, partial(told, f"verdicts: {name}"))
    known = found[REFERENCE]
    judged = sorted({both(row)[0] for row in rows if known.keys() >= set(both(row))})
    return Verdicts(
        data=tuple(data),
        threshold=threshold,
        alarms=sum(_contradicts(known, pair, threshold) for pair in judged),
        backends=tuple(
            _differs(name, judged, known, other, threshold) for name, other in found.items() if name != REFERENCE
        ),
    )


def _differs(
    runtime: str,
    judged: Sequence[Pair],
    known: Mapping[Pair, Scores],
    other: Mapping[Pair, Scores],
    threshold: float,
) -> Differs:
    asked = sorted({direction for pair in judged for direction in (pair, pair[::-1])})
    return Differs(
        runtime=runtime,
        verdicts=sum(_contradicts(known, pair, threshold) != _contradicts(other, pair, threshold) for pair in judged),
        pairs=len(judged),
        labels=sum(_label(known[pair]) != _label(other[pair]) for pair in asked),
        directions=len(asked),
        largest=largest([known[pair] for pair in asked], [other[pair] for pair in asked]),
    )


def _contradicts(known: Mapping[Pair, Scores], pair: Pair, threshold: float) -> bool:
    return mutual_contradiction(known[pair], known[pair[::-1]]) >= threshold


def _label(scores: Scores) -> str:
    return max(Scores.__struct_fields__, key=lambda name: getattr(scores, name))


def _fresh(pairs: Sequence[Pair], scorer: NetworkScorer, told: Waited) -> None:
    told(f"pairs per second: {scorer.runtime}", 0, 0)
    forget(scorer)
    score_all(pairs, scorer)
