"""Whole article pairs: against the sentence matrix, outside the model, and as articles grow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from statistics import mean
from typing import Final

from eval.bench._apart import BESIDE, STAGES, Apart, Checked, Matrix
from eval.bench._clock import ratios
from eval.bench._plain import RUNTIME
from eval.bench._record import Articles, EndToEnd, Grown, Growth, Spread
from eval.bench._texts import Source, Versions, joined, made, together

Waited = Callable[[str, int, int], None]
_FAR: Final = 1_000
"""A round of made stories that nothing else is measured on."""


def measure(
    sources: Sequence[Source],
    model: str,
    runtimes: Sequence[str],
    *,
    threads: int,
    claims: int,
    number: int,
    sizes: Sequence[tuple[int, int]],
    told: Waited,
) -> tuple[tuple[Articles, ...], Growth]:
    """Of each source `number` article pairs of so many claims; of the last then pairs of other `sizes`.

    A size is claims and how many pairs. Each runtime has a process of its own, to which every pair is new, and which
    first does something that does not count.
    """
    with ExitStack() as stack:
        plain = stack.enter_context(Apart(model, RUNTIME, threads))
        tools = [stack.enter_context(Apart(model, runtime, threads)) for runtime in runtimes]
        for tool in tools:
            _warm_up(tool, claims)
        plain.matrix(_head(joined(made(_FAR), claims)))
        found = tuple(_measured(source, plain, tools, claims=claims, number=number, told=told) for source in sources)
    return found, grown(
        sources[-1], [partial(Apart, model, runtime, threads) for runtime in runtimes], sizes, claims, told
    )


def _warm_up(tool: Apart, claims: int) -> None:
    """Some runtimes prepare themselves for every shape of a batch when they first see it."""
    versions = joined(made(_FAR), claims)
    tool.check(versions)
    tool.matrix(versions)


def _head(versions: Versions) -> Versions:
    return Versions(versions.reference.split("\n\n")[0], versions.version.split("\n\n")[0], 0, 0)


def _measured(
    source: Source, plain: Apart, tools: Sequence[Apart], *, claims: int, number: int, told: Waited
) -> Articles:
    given = [joined(source.pairs, claims) for _ in range(number)]
    checked: dict[str, list[Checked]] = {tool.runtime: [] for tool in tools}
    matrices: dict[str, list[Matrix]] = {tool.runtime: [] for tool in (*tools, plain)}
    for at, versions in enumerate(given):
        told(f"article pairs, {source.name}", at, number)
        for tool in tools:
            checked[tool.runtime].append(tool.check(versions))
        for tool in (*tools, plain):
            matrices[tool.runtime].append(tool.matrix(versions))
    return Articles(
        name=source.name,
        made_of=source.made_of,
        digest=source.digest,
        number=number,
        wanted=claims,
        claims=round(mean(one.claims for one in given), 1),
        version_claims=round(mean(one.version_claims for one in given), 1),
        matrix=round(mean(one.pairs for one in matrices[RUNTIME]), 1),
        runs=tuple(end_to_end(name, done, matrices[name], matrices[RUNTIME]) for name, done in checked.items()),
    )


def end_to_end(runtime: str, checked: Sequence[Checked], matrix: Sequence[Matrix], plain: Sequence[Matrix]) -> EndToEnd:
    """The numbers of one runtime; ratios are of the same article pair."""
    seconds = [one.seconds for one in checked]
    whole = sum(seconds)
    named = {name: round(sum(one.stages[name] for one in checked) / whole, 4) for name in STAGES}
    model = round(sum(one.model for one in checked) / whole, 4)
    told = model + sum(share for name, share in named.items() if name != BESIDE)
    return EndToEnd(
        runtime=runtime,
        over_matrix=ratios([one.seconds for one in matrix], seconds),
        over_plain=ratios([one.seconds for one in plain], seconds),
        checks_per_second=Spread.of([1 / one for one in seconds]),
        aligned=round(mean(one.aligned for one in checked)),
        scored=round(mean(one.scored for one in checked)),
        outside=Spread.of([one.outside / one.seconds for one in checked]),
        stages={"model": model, **named, "rest": round(max(0.0, 1 - told), 4)},
    )


def grown(
    source: Source,
    opening: Sequence[Callable[[], Apart]],
    sizes: Sequence[tuple[int, int]],
    first: int,
    told: Waited,
) -> Growth:
    """What a claim costs in articles of so many claims, on average over so many of them; the sizes ascend.

    Where all articles of a size have together as many claims as the next, that is made of them: the same sentences in
    one article and in several. Every size has processes of its own, which have read none of it; each begins with an
    article of `first` claims that does not count.
    """
    found: list[Grown] = []
    given: list[Versions] = []
    for at, (claims, number) in enumerate(sizes):
        as_many = bool(given) and sum(one.claims for one in given) == claims * number
        given = [together(given)] if as_many and number == 1 else [joined(source.pairs, claims) for _ in range(number)]
        for opened in opening:
            told(f"articles of {claims} claims", at, len(sizes))
            with opened() as tool:
                _warm_up(tool, first)
                found.append(_grown(tool.runtime, claims, [tool.check(versions) for versions in given]))
    return Growth(source.made_of, tuple(found))


def _grown(runtime: str, claims: int, checked: Sequence[Checked]) -> Grown:
    return Grown(
        runtime=runtime,
        claims=claims,
        number=len(checked),
        model=round(mean(1000 * one.model / claims for one in checked), 3),
        outside=round(mean(1000 * one.outside / claims for one in checked), 3),
    )
