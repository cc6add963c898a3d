"""The whole run as JSON, and back. `schema.json` beside this file describes it.

The same report gives the same bytes: numbers have four decimals, fields a fixed order.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from importlib import resources

import msgspec

from consistency import records
from consistency.errors import InputError
from consistency.records import Report, Run, Span
from consistency.report import _wire as wire
from consistency.report._dump import dumped
from consistency.report._options import Options
from consistency.report._verify import verify

_REMEDY = "give it a file of --format json, in UTF-8"
_LONGEST = 300


class Json(msgspec.Struct, frozen=True):
    """Run -> JSON text. What could drive a terminal or a CI service is written as an escape."""

    options: Options = Options()

    def __call__(self, run: Run) -> str:
        document = _document(run, self.options.include_text)
        return dumped(msgspec.to_builtins(document)) + "\n"


def load(data: bytes | str) -> Run:
    """The run that was saved; an article's text is empty unless the text was included.

    The map back to the source file is not saved. Raises `InputError` for what is no such report, for one of another
    schema version, and for one whose ids and offsets do not fit together.
    """
    if isinstance(data, bytes):
        data = data.removeprefix(codecs.BOM_UTF8)  # an editor's or a shell's; it says nothing
    try:
        version = msgspec.json.decode(data, type=_Versioned).schema_version
        if version > wire.SCHEMA_VERSION:
            raise InputError(
                f"the report has schema version {version}, this tool knows {wire.SCHEMA_VERSION}",
                "read it with the version of consistency that wrote it, or a newer one",
            )
        if version < wire.SCHEMA_VERSION:
            raise InputError(f"the report has the old schema version {version}", "make it anew from the articles")
        document = msgspec.json.decode(data, type=wire.Document)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as fault:
        raise InputError(f"not a report of consistency: {str(fault)[:_LONGEST]}", _REMEDY) from fault
    verify(document)
    return _run(document)


def shipped_schema() -> str:
    """The JSON Schema that stands in the package."""
    return resources.files("consistency.report").joinpath("schema.json").read_text("utf-8")


class _Versioned(msgspec.Struct):
    schema_version: int


def _round(value: float) -> float:
    return round(value, 4)


def _document(run: Run, include_text: bool) -> wire.Document:
    signature = run.reports[0].signature if run.reports else records.Signature("", "", "")
    return wire.Document(
        schema_version=wire.SCHEMA_VERSION,
        signature=msgspec.convert(signature, wire.Signature, from_attributes=True),
        stories=tuple(_story(report, include_text) for report in run.reports),
        baseline=run.baseline,
        stale=tuple(msgspec.convert(entry, wire.Stale, from_attributes=True) for entry in run.stale),
        skipped=tuple(msgspec.convert(entry, wire.Skipped, from_attributes=True) for entry in run.skipped),
    )


def _story(report: Report, include_text: bool) -> wire.Story:
    claims: dict[str, list[records.Claim]] = {}
    for claim in report.claims:
        claims.setdefault(claim.article, []).append(claim)
    return wire.Story(
        id=report.story.id,
        reference=report.story.reference,
        articles=tuple(
            _article(article, claims.get(article.id, ()), include_text) for article in report.story.articles
        ),
        coverage=tuple(_coverage(entry) for entry in report.coverage),
        alignments=tuple(_alignment(entry) for entry in report.alignments),
        candidates=tuple(_finding(entry) for entry in report.candidates),
        findings=tuple(_finding(entry) for entry in report.findings),
        unread=tuple(msgspec.convert(entry, wire.Unread, from_attributes=True) for entry in report.unread),
    )


def _article(article: records.Article, claims: Iterable[records.Claim], include_text: bool) -> wire.Article:
    return wire.Article(
        id=article.id,
        role=article.role,
        source=article.source,
        title=article.title,
        url=article.url,
        published=article.published,
        characters=article.characters,
        claims=tuple(
            wire.Claim(claim.id, claim.span.start, claim.span.end, claim.text, claim.speaker) for claim in claims
        ),
        removed=tuple(
            wire.Removed(gone.rule, gone.reason, gone.text, gone.source.start, gone.source.end)
            for gone in article.removed
        ),
        version=article.version,
        text=article.text if include_text else msgspec.UNSET,
    )


def _coverage(entry: records.Coverage) -> wire.Coverage:
    of_reference = entry.reference_compared / entry.reference_claims if entry.reference_claims else 0.0
    return wire.Coverage(
        article=entry.article,
        share=_round(entry.share),
        reference_share=_round(of_reference),
        compared=entry.compared,
        claims=entry.claims,
        reference_compared=entry.reference_compared,
        reference_claims=entry.reference_claims,
        minimum=entry.minimum,
        required=entry.required,
        short=entry.short,
    )


def _alignment(entry: records.Alignment) -> wire.Alignment:
    return wire.Alignment(
        article=entry.article,
        premise=entry.premise,
        hypothesis=entry.hypothesis,
        similarity=_round(entry.similarity),
        forward=_scores(entry.forward),
        backward=_scores(entry.backward),
        isolated=tuple(
            wire.Isolated(
                (one.premise.start, one.premise.end),
                (one.hypothesis.start, one.hypothesis.end),
                _round(one.contradiction),
            )
            for one in entry.isolated
        ),
    )


def _scores(scores: records.Scores | None) -> wire.Scores | None:
    if scores is None:
        return None
    return wire.Scores(_round(scores.entailment), _round(scores.neutral), _round(scores.contradiction))


def _finding(finding: records.Finding) -> wire.Finding:
    return wire.Finding(
        check=finding.check,
        level=finding.level,
        message=finding.message,
        confidence=_round(finding.confidence),
        fingerprint=finding.fingerprint,
        reference=_side(finding.reference),
        version=_side(finding.version),
        known=_known(finding.known),
        given=None if finding.given is None else wire.Given(finding.given.level, _round(finding.given.confidence)),
    )


def _known(known: records.Known | None) -> wire.Known | None:
    if known is None:
        return None
    waiver = None if known.waiver is None else msgspec.convert(known.waiver, wire.Waiver, from_attributes=True)
    return wire.Known(known.match, _round(known.similarity), waiver, known.expired)


def _side(side: records.Side | None) -> wire.Side | None:
    if side is None:
        return None
    spans = tuple((span.start, span.end) for span in side.spans)
    evidence = tuple((span.start, span.end) for span in side.evidence)
    places = tuple((place.line, place.column, place.end_line, place.end_column) for place in side.places)
    return wire.Side(side.article, side.claims, side.text, spans, evidence, places)


def _run(document: wire.Document) -> Run:
    signature = msgspec.convert(document.signature, records.Signature, from_attributes=True)
    return Run(
        reports=tuple(_report(story, signature) for story in document.stories),
        baseline=document.baseline,
        stale=msgspec.convert(msgspec.to_builtins(document.stale), tuple[records.Stale, ...]),
        skipped=msgspec.convert(msgspec.to_builtins(document.skipped), tuple[records.Skipped, ...]),
    )


def _report(story: wire.Story, signature: records.Signature) -> Report:
    """The records of a story; their fields bear the same names, but for the articles'."""
    plain = msgspec.to_builtins(story)
    return Report(
        schema_version=wire.SCHEMA_VERSION,
        signature=signature,
        story=records.Story(
            id=story.id,
            articles=tuple(_read_article(article) for article in story.articles),
            reference=story.reference,
        ),
        claims=tuple(
            records.Claim(claim.id, article.id, Span(claim.start, claim.end), claim.text, claim.speaker)
            for article in story.articles
            for claim in article.claims
        ),
        coverage=msgspec.convert(plain["coverage"], tuple[records.Coverage, ...]),
        alignments=msgspec.convert(plain["alignments"], tuple[records.Alignment, ...]),
        candidates=msgspec.convert(plain["candidates"], tuple[records.Finding, ...]),
        findings=msgspec.convert(plain["findings"], tuple[records.Finding, ...]),
        unread=msgspec.convert(plain["unread"], tuple[records.Unread, ...]),
    )


def _read_article(article: wire.Article) -> records.Article:
    return records.Article(
        id=article.id,
        text="" if article.text is msgspec.UNSET else article.text,
        source=article.source,
        version=article.version,
        role=article.role,
        title=article.title,
        url=article.url,
        published=article.published,
        length=article.characters if article.text is msgspec.UNSET else 0,
        removed=tuple(
            records.Removal(gone.rule, gone.reason, gone.text, Span(gone.start, gone.end)) for gone in article.removed
        ),
    )
