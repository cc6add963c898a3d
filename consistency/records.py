"""The records that flow through the house: frozen, typed, JSON in and out by `msgspec`.

Every offset counts characters (Unicode code points) of an article's extracted text, end exclusive;
`Offsets.to_source` leads back to the file. `msgspec.to_builtins(report)` is the JSON report.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal, TypeAlias

import msgspec

from consistency.spans import Offsets as Offsets  # noqa: PLC0414  (given on to everyone who takes records)
from consistency.spans import Piece as Piece  # noqa: PLC0414
from consistency.spans import Place as Place  # noqa: PLC0414
from consistency.spans import Span as Span  # noqa: PLC0414

Level: TypeAlias = Literal["error", "warning", "note"]
Role: TypeAlias = Literal["original", "copy", "report"]
FailOn: TypeAlias = Literal["error", "warning", "note", "never"]
Undetermined: TypeAlias = Literal["report", "fail", "ignore"]
"""What it means for a run that something was not checked: exit code 3, failure, or nothing."""
LEVELS: tuple[Level, ...] = ("error", "warning", "note")
"""Worst first."""
_EITHER = 0.4
"""Contradiction in each direction from which both are taken to see it."""


class Removal(msgspec.Struct, frozen=True):
    """Page furniture that a reader left out: which rule, why, what text, where in the source."""

    rule: str
    reason: str
    text: str
    source: Span


class Unread(msgspec.Struct, frozen=True):
    """Something that should have been checked and was not. A value, never an exception."""

    source: str
    code: Literal["missing", "unreadable", "empty", "language", "shape"]
    message: str
    remedy: str


class Article(msgspec.Struct, frozen=True):
    """One version of a story. `text` is the extracted body; `source` names the file it came from.

    The first `headline` characters of the text are its headline, 0 = it has none. `lines` are the offsets in the
    decoded source at which its lines begin; empty for a text that is not a file of its own (a record, a text made in
    memory), of which `line` is the line where it stands. `length` counts the characters of a text that is not at hand,
    since a saved report left it out.
    """

    id: str
    text: str
    source: str = ""
    story: str = ""
    version: str = ""
    role: Role = "copy"
    title: str = ""
    url: str = ""
    published: str | None = None
    offsets: Offsets = Offsets()
    headline: int = 0
    removed: tuple[Removal, ...] = ()
    lines: tuple[int, ...] = ()
    line: int = 1
    length: int = 0

    @property
    def characters(self) -> int:
        """How long the text is, at hand or not."""
        return len(self.text) or self.length

    def place(self, span: Span) -> Place:
        """Where a span of the text stands in the source."""
        if not self.lines:
            return Place(self.line, 0, self.line, 0)
        source = self.offsets.to_source(span)
        first = bisect_right(self.lines, source.start)
        last = bisect_right(self.lines, max(source.start, source.end - 1))
        return Place(first, source.start - self.lines[first - 1] + 1, last, source.end - self.lines[last - 1] + 1)


class Reading(msgspec.Struct, frozen=True):
    """What a reader made of one input: the articles it found, and what it could not read."""

    articles: tuple[Article, ...] = ()
    unread: tuple[Unread, ...] = ()


class Story(msgspec.Struct, frozen=True):
    """The versions of one story; `reference` is the id of the article all others are held against."""

    id: str
    articles: tuple[Article, ...]
    reference: str

    def article(self, article_id: str) -> Article:
        return next(article for article in self.articles if article.id == article_id)

    @property
    def versions(self) -> tuple[Article, ...]:
        return tuple(article for article in self.articles if article.id != self.reference)


class Claim(msgspec.Struct, frozen=True):
    """A sentence of an article. `article.text[span.start:span.end] == text`, always. `headline` = it stands above."""

    id: str
    article: str
    span: Span
    text: str
    speaker: str | None = None
    headline: bool = False


class Scores(msgspec.Struct, frozen=True):
    """Three named probabilities of one direction; they sum to one up to rounding."""

    entailment: float
    neutral: float
    contradiction: float


def mutual_contradiction(forward: Scores | None, backward: Scores | None) -> float:
    """One score from two directions: contradiction is symmetric, so their mean; 0 where one was not scored."""
    if forward is None or backward is None:
        return 0.0
    return (forward.contradiction + backward.contradiction) / 2


def both_contradict(forward: Scores | None, backward: Scores | None) -> bool:
    """Whether a contradiction is seen from both sides, if faintly; one that is real is so either way round."""
    return all(one is not None and one.contradiction >= _EITHER for one in (forward, backward))


class Isolated(msgspec.Struct, frozen=True):
    """One difference of a suspected pair, and how far it contradicts the premise when it is set alone.

    Spans count characters of the claims' texts joined by one space; one of the two may be empty.
    """

    premise: Span
    hypothesis: Span
    contradiction: float


class Alignment(msgspec.Struct, frozen=True):
    """Claims of the reference (premise) and of a version (hypothesis) that tell of the same thing.

    `similarity` is lexical, 0 to 1. `forward` scores premise -> hypothesis, `backward` the other
    way; both are None until inferred. `isolated` is filled where the two look contradictory.
    """

    article: str
    premise: tuple[str, ...]
    hypothesis: tuple[str, ...]
    similarity: float
    forward: Scores | None = None
    backward: Scores | None = None
    isolated: tuple[Isolated, ...] = ()


class Passage(msgspec.Struct, frozen=True):
    """Claims of one article read as one text: the claims' texts joined by one space."""

    article: str
    claims: tuple[str, ...]
    spans: tuple[Span, ...]
    text: str

    @classmethod
    def of(cls, claims: tuple[Claim, ...]) -> Passage:
        return cls(
            article=claims[0].article,
            claims=tuple(claim.id for claim in claims),
            spans=tuple(claim.span for claim in claims),
            text=" ".join(claim.text for claim in claims),
        )

    def locate(self, span: Span) -> tuple[Span, ...]:
        """Article spans of a span of the joined text: one for each claim it touches."""
        found: list[Span] = []
        offset = 0
        for claim in self.spans:
            start = max(span.start, offset)
            end = min(span.end, offset + len(claim))
            if start < end:
                found.append(Span(start, end).shift(claim.start - offset))
            offset += len(claim) + 1
        return tuple(found)

    def side(self, *evidence: Span) -> Side:
        """This passage as one side of a finding; `evidence` in offsets of the joined text."""
        located = {found for span in evidence for found in self.locate(span)}
        return Side(self.article, self.claims, self.text, self.spans, tuple(sorted(located)))


class Side(msgspec.Struct, frozen=True):
    """One side of a finding: which claims, their text, and the words that matter (article offsets).

    `places` leads to the file: one for each span of evidence, or for each claim where there is no evidence. A check
    leaves it empty; the judge fills it.
    """

    article: str
    claims: tuple[str, ...]
    text: str
    spans: tuple[Span, ...]
    evidence: tuple[Span, ...] = ()
    places: tuple[Place, ...] = ()

    def values(self) -> tuple[str, ...]:
        """The words of the evidence, in order."""
        found = []
        for evidence in self.evidence:
            offset = 0
            for claim in self.spans:
                start, end = max(evidence.start, claim.start), min(evidence.end, claim.end)
                if start < end:
                    found.append(self.text[start - claim.start + offset : end - claim.start + offset])
                offset += len(claim) + 1
        return tuple(found)


class Waiver(msgspec.Struct, frozen=True):
    """Why somebody lets a finding stand, who, and the last day on which that holds (ISO date; None = always)."""

    reason: str
    author: str = ""
    expires: str | None = None


class Known(msgspec.Struct, frozen=True):
    """A finding's entry in the baseline: found there by its fingerprint, or by its likeness (0 to 1).

    `expired` says that the entry's waiver has run out; the finding then counts again.
    """

    match: Literal["same", "similar"]
    similarity: float = 1.0
    waiver: Waiver | None = None
    expired: bool = False


class Given(msgspec.Struct, frozen=True):
    """What a finding came with, before the judge set its level or its confidence."""

    level: Level
    confidence: float


class Finding(msgspec.Struct, frozen=True):
    """What a check found. `reference` is None for an addition, `version` for an omission.

    A check leaves `fingerprint` empty; the judge fills it, and `given` where it changed the level or the confidence,
    so that a saved finding can be judged anew. `known` is filled from a baseline.
    """

    check: str
    level: Level
    message: str
    confidence: float
    reference: Side | None
    version: Side | None
    fingerprint: str = ""
    known: Known | None = None
    given: Given | None = None

    @property
    def counts(self) -> bool:
        """True unless the baseline knows it: then it is shown, but does not fail a run."""
        return self.known is None or self.known.expired


class Coverage(msgspec.Struct, frozen=True):
    """How much of a version was compared with the reference, in claims of each side."""

    article: str
    compared: int
    claims: int
    reference_compared: int
    reference_claims: int
    minimum: float
    required: bool

    @property
    def share(self) -> float:
        return self.compared / self.claims if self.claims else 0.0

    @property
    def short(self) -> bool:
        """True when the version had to reach the minimum and did not."""
        return self.required and self.share < self.minimum


class Signature(msgspec.Struct, frozen=True):
    """What made the report: tool version, model and settings, the last two as SHA-256 digests.

    `off` names the checks that were turned off: what they would have found is not in the report. `runtime` is what
    computed the model and how exactly, as `pytorch/fp32`.
    """

    tool: str
    model: str
    config: str
    off: tuple[str, ...] = ()
    runtime: str = "pytorch/fp32"


class Report(msgspec.Struct, frozen=True):
    """Everything that is known after a run; enough to be judged again without the model."""

    schema_version: int
    signature: Signature
    story: Story
    claims: tuple[Claim, ...]
    coverage: tuple[Coverage, ...]
    alignments: tuple[Alignment, ...]
    candidates: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    unread: tuple[Unread, ...] = ()

    def of_article(self, article_id: str) -> tuple[Claim, ...]:
        """The article's claims, in order of the text."""
        return tuple(claim for claim in self.claims if claim.article == article_id)


class Stale(msgspec.Struct, frozen=True):
    """An entry of the baseline that holds nothing back any more: nothing matches it, or its waiver has run out."""

    why: Literal["unused", "expired"]
    check: str
    fingerprint: str
    story: str
    message: str
    waiver: Waiver | None = None


class Skipped(msgspec.Struct, frozen=True):
    """Stories of a folder that a run was told to leave aside: how many, and why.

    Unchanged `since` a revision, or left out by the path patterns of the settings.
    """

    why: Literal["unchanged", "excluded"]
    stories: int
    since: str = ""


class Run(msgspec.Struct, frozen=True):
    """What a format renders: a report for each story, all made with one signature, and the state of the baseline.

    `baseline` names the file that findings were held against, "" = none.
    """

    reports: tuple[Report, ...]
    baseline: str = ""
    stale: tuple[Stale, ...] = ()
    skipped: tuple[Skipped, ...] = ()
