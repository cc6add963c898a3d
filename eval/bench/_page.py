"""The page: ratios first, then what they are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eval.bench._flops import PRECISIONS
from eval.bench._goals import Goal, goals
from eval.bench._plain import RUNTIME
from eval.bench._record import Articles, Growth, Machine, Multiplied, Peak, Performance, Rates, Scans, Spread, Start
from eval.bench._record import Verdicts as VerdictsFound
from eval.leaderboard import plain

_TOP = """\
# Performance

Made by `make bench` from docs/performance.json; not written by hand.

One run on one machine. A ratio compares two things that were measured in turn, round by round, and is the median of
the rounds, with the lowest and the highest in brackets; it travels to other machines better than any number of
seconds. "Plain transformers" is AutoTokenizer and AutoModelForSequenceClassification in float32 with the same weights
and the same threads, {batch} pairs at a time in random order, each batch filled up to its longest pair. Tokenisation is
part of every time.
"""


_CHECKED = """\
`consistency.pipeline.check` reads both files, scores both directions and runs all checks; nothing is known before. The
matrix is every sentence of the version against every one of the reference, in one direction, after Laban et al. 2022,
on the same weights. `scored` pairs are fewer than twice the `aligned` ones where sentences are the same, and more where
differences of a suspected pair are asked about one by one. The model's share of the time is that in which pairs were
read, marked and computed, until the last was done. Checks run meanwhile as soon as what they need is known; their time
is told, and may be longer than the model's. Everything else is outside. Each runtime has a process of its own, which
begins as a worker of a scan does.
"""


def page(found: Performance) -> str:
    """The whole page as Markdown."""
    parts = [_TOP.format(batch=found.rates.batch if found.rates else 32)]
    if found.quick:
        parts.append("**Quick:** a few pairs and one or two rounds. No number here is worth quoting.\n")
    parts += ["## Goals\n", *_goals(goals(found)), ""]
    parts += ["## The machine\n", *_machine(found.machine, found.model, found.seconds), ""]
    if found.rates is not None:
        parts += ["## Pairs per second\n", *_rates(found.rates), ""]
    if found.verdicts is not None:
        parts += ["## Differing verdicts\n", *_verdicts(found.verdicts), ""]
    if found.articles:
        parts += ["## Article pairs\n", _CHECKED]
        for one in found.articles:
            parts += [f"### {one.name.capitalize()}\n", *_articles(one), ""]
    if found.growth is not None:
        parts += ["## Growth with the article\n", *_growth(found.growth), ""]
    if found.scans is not None:
        parts += ["## Growth with the number of stories\n", *_scans(found.scans), ""]
    if found.starts:
        parts += ["## Cold start\n", *_starts(found.starts), ""]
    if found.peaks:
        parts += ["## Memory\n", *_peaks(found.peaks), ""]
    if found.missing:
        parts += ["## Not measured\n", *_head("what", "why")]
        parts += [f"| {plain(one.what)} | {plain(one.why)} |" for one in found.missing]
    return "\n".join(parts).rstrip("\n") + "\n"


def _goals(found: Sequence[Goal]) -> Iterator[str]:
    yield from _head("goal", "limit", "reached", "")
    for goal in found:
        reached = "–" if goal.reached is None else _number(goal.reached, goal.unit)
        limit = f"{'at least' if goal.at_least else 'at most'} {_number(goal.limit, goal.unit)}"
        yield f"| {goal.told} | {limit} | {reached} | {goal.verdict} |"


def _machine(machine: Machine, model: str, seconds: float) -> Iterator[str]:
    packages = ", ".join(f"{name} {version}" for name, version in machine.packages.items())
    yield f"- {plain(machine.processor)}: {', '.join(machine.flags) or 'none of the extensions that matter here'}"
    yield f"- {machine.cores} cores for this process, {machine.memory:g} GiB of memory; {machine.system}"
    yield f"- {packages}"
    yield f"- model `{model[:16]}`; the run took {seconds / 60:.1f} minutes; load before it {machine.load:g}"


def _rates(rates: Rates) -> Iterator[str]:
    yield (
        f"{rates.data.pairs:,} unique pairs of `{rates.data.name}` (`{rates.data.digest[:12]}`), both directions, "
        f"{rates.pieces:g} word pieces each on average, none scored before; {rates.rounds} rounds.\n"
    )
    yield from _head(
        "runtime",
        "× plain",
        "pairs per second",
        "padding",
        "GFLOP/s",
        "of float32 matmul",
        "of bfloat16 matmul",
        "largest difference from plain",
    )
    for rate in (rates.plain, *rates.backends):
        shares = [f"{rate.gflops / top:.0%}" for top in (_top(rates.multiplied, name) for name in PRECISIONS)]
        ratio = "1" if rate.runtime == RUNTIME else _spread(rate.ratio, 2)
        yield (
            f"| {rate.runtime} | {ratio} | {_spread(rate.pairs_per_second, 0)} | {rate.padding:.1%} | "
            f"{rate.gflops:,.0f} | {' | '.join(shares)} | {rate.difference:.4f} |"
        )
    yield ""
    yield (
        "GFLOP/s: multiplications and additions of attention and feed-forward layers over all word pieces, padding "
        "too, a second. `torch.matmul` on the same threads, the fastest of its repetitions: "
        + "; ".join(f"{one.precision} {'×'.join(map(str, one.shape))} {one.gflops:,.0f}" for one in rates.multiplied)
        + ". The share is of the faster of both shapes."
    )


def _top(multiplied: Sequence[Multiplied], precision: str) -> float:
    return max(one.gflops for one in multiplied if one.precision == precision)


def _verdicts(found: VerdictsFound) -> Iterator[str]:
    first = found.backends[0] if found.backends else None
    named = ", ".join(f"{one.name} ({one.pairs:,})" for one in found.data)
    yield (
        "Against pytorch/fp32. A verdict: the mean probability of contradiction of both directions is "
        f"{found.threshold:g} or more ({found.alarms:,} of {first.pairs if first else 0:,} pairs). A label: the "
        "likeliest of three, of one direction.\n"
    )
    yield from _head("runtime", "differing verdicts", "differing labels", "largest difference of a score")
    for one in found.backends:
        yield (
            f"| {one.runtime} | {one.share:.3%} ({one.verdicts} of {one.pairs:,}) | "
            f"{one.label_share:.3%} ({one.labels} of {one.directions:,}) | {one.largest:.4f} |"
        )
    yield ""
    yield f"Rows of each set (at most): {named}."


def _articles(found: Articles) -> Iterator[str]:
    yield (
        f"{found.number} pairs of {found.wanted} sentences of the reference (the version has {found.version_claims:g}) "
        f"joined from {found.made_of} (`{found.digest[:12]}`); {found.matrix:,.0f} pairs in the matrix.\n"
    )
    yield from _head(
        "runtime",
        "× matrix, same runtime",
        "× matrix, plain transformers",
        "article pairs per second",
        "aligned",
        "scored",
        "outside the model",
    )
    for run in found.runs:
        yield (
            f"| {run.runtime} | {_spread(run.over_matrix, 1)} | {_spread(run.over_plain, 1)} | "
            f"{_spread(run.checks_per_second, 2)} | {run.aligned:,} | {run.scored:,} | {_share(run.outside)} |"
        )
    yield ""
    stages = list(found.runs[0].stages) if found.runs else []
    yield from _head("share of wall time", *stages)
    for run in found.runs:
        yield f"| {run.runtime} | {' | '.join(f'{run.stages[name]:.1%}' for name in stages)} |"


def _growth(growth: Growth) -> Iterator[str]:
    yield (
        f"One copy, both directions, all checks; {growth.made_of}, joined. Milliseconds for each claim of the "
        "reference. The largest article is all those of the size before it, joined: the same sentences.\n"
    )
    yield from _head("runtime", "claims", "articles", "model", "outside", "together")
    for one in sorted(growth.grown, key=lambda one: (one.runtime, one.claims)):
        yield (
            f"| {one.runtime} | {one.claims:,} | {one.number} | {one.model:.2f} | {one.outside:.2f} | {one.total:.2f} |"
        )


def _scans(found: Scans) -> Iterator[str]:
    yield (
        f"`consistency scan` with {found.workers} workers, {found.runtime}; {found.made_of}. Memory is the most that "
        "was resident, in MiB.\n"
    )
    yield from _head("stories", "seconds", "stories per second", "parent", "largest worker", "all together")
    for one in found.scans:
        yield (
            f"| {one.stories:,} | {one.seconds:.1f} | {one.stories / one.seconds:,.0f} | {one.parent:,.0f} | "
            f"{one.worker:,.0f} | {one.together:,.0f} |"
        )


def _starts(starts: Sequence[Start]) -> Iterator[str]:
    yield (
        "Fresh processes, from start to end, after one that does not count; two plain texts, original.txt and "
        "copy-corrupted-number.txt of fixtures/stories/harbour-bridge.\n"
    )
    yield from _head("what", "seconds", "command")
    yield from (f"| {one.what} | {_spread(one.seconds, 2)} | `{plain(one.command)}` |" for one in starts)


def _peaks(peaks: Sequence[Peak]) -> Iterator[str]:
    yield "The most that was resident in a fresh process; for scans see above.\n"
    yield from _head("what", "MiB")
    yield from (f"| {one.what} | {one.mib:,.0f} |" for one in peaks)


def _head(*columns: str) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield "|" + " --- |" * len(columns)


def _spread(spread: Spread, digits: int) -> str:
    return f"{spread.median:,.{digits}f} [{spread.low:,.{digits}f}, {spread.high:,.{digits}f}]"


def _share(spread: Spread) -> str:
    return f"{spread.median:.1%} [{spread.low:.1%}, {spread.high:.1%}]"


def _number(value: float, unit: str) -> str:
    shown = {"×": "{:.3g} ×", "%": "{:.2%}", "s": "{:.2f} s"}
    return shown[unit].format(value)
