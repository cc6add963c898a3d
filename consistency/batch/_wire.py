"""The rows of results and the summary, field by field. Their shape is promised: docs/scan.md tells it.

A field that is added, renamed or dropped moves `SCHEMA_VERSION`, and a folder begun with another is not gone on with.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from consistency.records import Level

SCHEMA_VERSION: Literal[1] = 1

Verdict: TypeAlias = Literal["clean", "findings", "unchecked", "alone"]
VERDICTS: tuple[Verdict, ...] = ("clean", "findings", "unchecked", "alone")
Range: TypeAlias = tuple[int, int]
Why: TypeAlias = Literal[
    "missing", "unreadable", "empty", "language", "shape", "coverage", "unnamed", "bound", "fault", "ended"
]


class _Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Place(_Shape, frozen=True):
    """A row of the feed: its id, the file as it was named, and its line (JSON lines) or row (Parquet), from 1."""

    id: str
    source: str
    number: int


class Counts(_Shape, frozen=True):
    """Findings by level."""

    error: int = 0
    warning: int = 0
    note: int = 0


class Coverage(_Shape, frozen=True):
    """How much was compared, in claims of each side; `short`: less than the settings ask for."""

    compared: int
    claims: int
    reference_compared: int
    reference_claims: int
    minimum: float
    short: bool


class Side(_Shape, frozen=True):
    """One side of a finding.

    `text` is that of its claims, of a long one what lies around the words that matter; `hidden` characters are not
    in it. `spans` are the claims, `evidence` the words that matter, both in characters of the row's text as the feed
    has it; of words that stand in the title alone the range is empty.
    """

    text: str
    hidden: int
    spans: tuple[Range, ...]
    evidence: tuple[Range, ...]


class Finding(_Shape, frozen=True):
    """What a check found. `reference` is null for an addition, `version` for an omission."""

    check: str
    level: Level
    message: str
    confidence: float
    fingerprint: str
    reference: Side | None
    version: Side | None


class Unread(_Shape, frozen=True):
    """Why a version, or its reference, was not checked, and what to do about it."""

    code: Why
    message: str
    remedy: str


class Result(_Shape, frozen=True):
    """What is known of one version. `reference` is null where there is none to hold it against.

    `counts` are of all findings; `not_shown` says how many of them are not in `findings`.
    """

    story: str
    version: Place
    reference: Place | None
    verdict: Verdict
    counts: Counts = Counts()
    coverage: Coverage | None = None
    findings: tuple[Finding, ...] = ()
    not_shown: int = 0
    unread: tuple[Unread, ...] = ()


class Read(_Shape, frozen=True):
    """The rows of the feed: articles, pairs, and what was not read by its code (also in unread.jsonl, one a line).

    `ignored` names columns that were passed over, with the rows they stand in.
    """

    articles: int
    pairs: int
    unread: dict[str, int]
    ignored: dict[str, int]


class Summary(_Shape, frozen=True):
    """The whole scan. `results` are its rows, by `verdicts`; `references` are the articles they were held against.

    `levels` counts findings, `checks` those of each check by level, `unchecked` the reasons in rows by their code.
    """

    schema_version: Literal[1]
    tool: str
    model: str
    runtime: str
    config: str
    read: Read
    stories: int
    references: int
    results: int
    verdicts: dict[str, int]
    levels: Counts
    checks: dict[str, Counts]
    unchecked: dict[str, int]
    shards: int
