"""What a run of the benchmarks stores: numbers with their spread, on what and where they were measured."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import msgspec


class Spread(msgspec.Struct, frozen=True):
    """The median of several measurements, the lowest and the highest of them."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        return cls(*(float(f"{value:.4g}") for value in (median(values), min(values), max(values))))


class Machine(msgspec.Struct, frozen=True):
    """Where it was measured. `flags` are the processor's extensions that matter here; memory in GiB.

    `load` is the number of processes that wanted a processor in the minute before: 0 to 1 where nobody else computed.
    """

    processor: str
    flags: tuple[str, ...]
    cores: int
    memory: float
    system: str
    load: float
    packages: dict[str, str]

    @property
    def fast(self) -> bool:
        """Whether it multiplies small integers or matrices by instructions of its own."""
        return any("vnni" in flag or flag.startswith("amx") for flag in self.flags)


class Data(msgspec.Struct, frozen=True):
    """A set of rows by name, the digest of its content, and how many of its pairs were used."""

    name: str
    digest: str
    pairs: int


class Rate(msgspec.Struct, frozen=True):
    """How fast one runtime scores the pairs. `ratio` = times plain transformers, round by round.

    `padding` is the share of all computed word pieces that only fill up; `gflops` = the network's multiplications and
    additions a second, in thousand millions.
    """

    runtime: str
    ratio: Spread
    pairs_per_second: Spread
    padding: float
    gflops: float
    difference: float
    """From plain transformers, the largest in any score."""


class Multiplied(msgspec.Struct, frozen=True):
    """How fast matrices of this shape are multiplied, in thousand million operations a second."""

    precision: str
    shape: tuple[int, int, int]
    gflops: float


class Rates(msgspec.Struct, frozen=True):
    """Pairs per second. `pieces` = word pieces of a pair, on average."""

    data: Data
    pieces: float
    batch: int
    rounds: int
    plain: Rate
    backends: tuple[Rate, ...]
    multiplied: tuple[Multiplied, ...]

    @property
    def fastest(self) -> str:
        return max(self.backends, key=lambda rate: rate.ratio.median).runtime


class Differs(msgspec.Struct, frozen=True):
    """Of `pairs` and of `directions`: on how many a runtime's verdict differs from that of pytorch/fp32."""

    runtime: str
    verdicts: int
    pairs: int
    labels: int
    directions: int
    largest: float

    @property
    def share(self) -> float:
        return self.verdicts / self.pairs

    @property
    def label_share(self) -> float:
        return self.labels / self.directions


class Verdicts(msgspec.Struct, frozen=True):
    """Differing verdicts on rows of these sets; `alarms` = pairs at or above the threshold with pytorch/fp32."""

    data: tuple[Data, ...]
    threshold: float
    alarms: int
    backends: tuple[Differs, ...]


class EndToEnd(msgspec.Struct, frozen=True):
    """Whole article pairs with one runtime, checked in both directions by all checks.

    `over_matrix` and `over_plain` = times faster than the sentence matrix, on the same runtime and on plain
    transformers. `aligned` pairs, and `scored` ones for them in both directions, on average. `stages` are shares of
    the wall time; `outside` = all of it that is not spent in `Scorer.score`.
    """

    runtime: str
    over_matrix: Spread
    over_plain: Spread
    checks_per_second: Spread
    aligned: int
    scored: int
    outside: Spread
    stages: dict[str, float]


class Articles(msgspec.Struct, frozen=True):
    """What the article pairs are made of, `number` of them of `wanted` claims, and how fast they are checked."""

    name: str
    made_of: str
    digest: str
    number: int
    wanted: int
    claims: float
    version_claims: float
    matrix: float
    """Pairs of sentences in the matrix of one article pair, on average."""
    runs: tuple[EndToEnd, ...]


class Grown(msgspec.Struct, frozen=True):
    """Milliseconds a claim of the reference, in the model and outside, in articles of so many claims."""

    runtime: str
    claims: int
    number: int
    model: float
    outside: float

    @property
    def total(self) -> float:
        return self.model + self.outside


class Growth(msgspec.Struct, frozen=True):
    made_of: str
    grown: tuple[Grown, ...]


class Peak(msgspec.Struct, frozen=True):
    """MiB at the most in a fresh process that does one check."""

    what: str
    mib: float


class Scanned(msgspec.Struct, frozen=True):
    """One scan. Memory in MiB at the most: of the parent, of any one worker, of all together."""

    stories: int
    seconds: float
    parent: float
    worker: float
    together: float


class Scans(msgspec.Struct, frozen=True):
    made_of: str
    runtime: str
    workers: int
    scans: tuple[Scanned, ...]


class Start(msgspec.Struct, frozen=True):
    """Seconds from the start of a fresh process to its end. `goal` 0 = none."""

    what: str
    command: str
    seconds: Spread
    goal: float = 0.0


class Missing(msgspec.Struct, frozen=True):
    """What was not measured, and why."""

    what: str
    why: str


class Performance(msgspec.Struct, frozen=True, kw_only=True):
    """One run on one machine. A part that is None was not measured."""

    machine: Machine
    model: str
    quick: bool
    seconds: float = 0.0
    rates: Rates | None = None
    verdicts: Verdicts | None = None
    articles: tuple[Articles, ...] = ()
    growth: Growth | None = None
    starts: tuple[Start, ...] = ()
    peaks: tuple[Peak, ...] = ()
    scans: Scans | None = None
    missing: tuple[Missing, ...] = ()
