"""The JSON report, field by field: what `json` writes and reads, and what the schema is made of.

The records are the tool's own and may move; these shapes are promised to the outside. A field that
is added, renamed or dropped here moves `SCHEMA_VERSION` and the shipped schema with it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import UNSET, Meta, UnsetType

from consistency.records import Level, Role

SCHEMA_VERSION: Literal[2] = 2

Offset: TypeAlias = Annotated[int, Meta(ge=0)]
Share: TypeAlias = Annotated[float, Meta(ge=0, le=1)]
Range: TypeAlias = Annotated[
    tuple[Offset, Offset], Meta(description="[start, end] in characters of the article's text, end exclusive")
]
Ids: TypeAlias = tuple[str, ...]


class _Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Signature(_Shape, frozen=True):
    """What made the report: tool version, model digest, settings digest, checks turned off, what ran the model."""

    tool: str
    model: str
    config: str
    off: Ids
    runtime: str = "pytorch/fp32"


class Claim(_Shape, frozen=True):
    """A sentence of an article, in characters of its extracted text."""

    id: str
    start: Offset
    end: Offset
    text: str
    speaker: str | None


class Removed(_Shape, frozen=True):
    """Page furniture that was left out; start and end in characters of the decoded source."""

    rule: str
    reason: str
    text: str
    start: Offset
    end: Offset


class Article(_Shape, frozen=True):
    """One version of the story. `text` stands here only where it was asked for."""

    id: str
    role: Role
    source: str
    title: str
    url: str
    published: str | None
    characters: Offset
    claims: tuple[Claim, ...]
    removed: tuple[Removed, ...]
    version: str = ""
    text: str | UnsetType = UNSET


class Coverage(_Shape, frozen=True):
    """How much of a version was compared with the reference, in claims of each."""

    article: str
    share: Share
    reference_share: Share
    compared: Offset
    claims: Offset
    reference_compared: Offset
    reference_claims: Offset
    minimum: Share
    required: bool
    short: Annotated[bool, Meta(description="the minimum was required and not reached")]


class Scores(_Shape, frozen=True):
    """Probabilities of one direction."""

    entailment: Share
    neutral: Share
    contradiction: Share


class Isolated(_Shape, frozen=True):
    """One difference of a suspected pair: how far it alone contradicts the premise.

    Ranges count characters of each side's claims joined by one space.
    """

    premise: Range
    hypothesis: Range
    contradiction: Share


class Alignment(_Shape, frozen=True):
    """Claims of the reference and of a version that tell of the same thing.

    `forward` scores premise -> hypothesis, `backward` the other way; null = not scored.
    """

    article: str
    premise: Ids
    hypothesis: Ids
    similarity: Share
    forward: Scores | None
    backward: Scores | None
    isolated: tuple[Isolated, ...]


class Side(_Shape, frozen=True):
    """One side of a finding; `text` is the claims' texts joined by one space."""

    article: str
    claims: Ids
    text: str
    spans: tuple[Range, ...]
    evidence: tuple[Range, ...]
    places: Annotated[
        tuple[tuple[Offset, Offset, Offset, Offset], ...],
        Meta(
            description="[line, column, end line, end column] in the source file, from 1, in code points, end column "
            "exclusive, of each span of evidence, or of each claim where there is none; column 0 = whole lines"
        ),
    ]


class Waiver(_Shape, frozen=True):
    """Why somebody lets a finding stand, who, and the last day on which that holds (null = always)."""

    reason: str
    author: str
    expires: str | None


class Known(_Shape, frozen=True):
    """A finding's entry in the baseline. `expired`: its waiver has run out, so that it counts again."""

    match: Literal["same", "similar"]
    similarity: Share
    waiver: Waiver | None
    expired: bool


class Given(_Shape, frozen=True):
    """Level and confidence that a finding came with, where the settings or a second witness changed one of them."""

    level: Level
    confidence: Share


class Finding(_Shape, frozen=True):
    """What a check found. `reference` is null for an addition, `version` for an omission.

    `known` is null for what no baseline knows; what one knows is reported, but does not fail a run. `given` is null
    where the finding stands as the check gave it.
    """

    check: str
    level: Level
    message: str
    confidence: Share
    fingerprint: str
    reference: Side | None
    version: Side | None
    known: Known | None
    given: Given | None


class Unread(_Shape, frozen=True):
    """Something that should have been checked and was not, and what to do about it."""

    source: str
    code: Literal["missing", "unreadable", "empty", "language", "shape"]
    message: str
    remedy: str


class Story(_Shape, frozen=True):
    """The report of one story. `reference` is the id of the article the others are held against."""

    id: str
    reference: str
    articles: tuple[Article, ...]
    coverage: tuple[Coverage, ...]
    alignments: tuple[Alignment, ...]
    candidates: Annotated[tuple[Finding, ...], Meta(description="what checks found below their threshold; no verdict")]
    findings: tuple[Finding, ...]
    unread: tuple[Unread, ...]


class Stale(_Shape, frozen=True):
    """An entry of the baseline that holds nothing back: nothing matches it, or its waiver has run out."""

    why: Literal["unused", "expired"]
    check: str
    fingerprint: str
    story: str
    message: str
    waiver: Waiver | None


class Skipped(_Shape, frozen=True):
    """Stories that the run was told to leave aside: unchanged since a revision, or excluded by the settings."""

    why: Literal["unchanged", "excluded"]
    stories: Offset
    since: str


class Document(_Shape, frozen=True):
    """A report of consistency: one or more stories, made in one run. `baseline` names a file, "" = none."""

    schema_version: Literal[2]
    signature: Signature
    stories: tuple[Story, ...]
    baseline: str
    stale: tuple[Stale, ...]
    skipped: tuple[Skipped, ...]


def schema() -> dict[str, Any]:
    """The JSON Schema of a report, draft 2020-12."""
    made = msgspec.json.schema(Document)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:consistency:report:{SCHEMA_VERSION}",
        "title": "consistency report",
        **made,
    }


def ship() -> None:
    """Writes the schema that the package ships (`make schema`)."""
    text = json.dumps(schema(), indent=2) + "\n"
    Path(__file__).with_name("schema.json").write_text(text, "utf-8")
