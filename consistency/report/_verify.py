"""What the schema cannot say of a saved report: ids that lead somewhere, offsets that fit their texts.

A report may have been edited, or be somebody else's. What passes here can be rendered and judged without a fault.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import UNSET

from consistency.errors import InputError
from consistency.report import _wire as wire

_REMEDY = "take the report as it was written, or make it anew from the articles"
_Pair = tuple[int, int]


def verify(document: wire.Document) -> None:
    """Raises `InputError` that names the place of the first thing that does not fit. Linear in the report's size."""
    for at, story in enumerate(document.stories):
        _story(story, f"stories[{at}]")


class _Known(NamedTuple):
    """The articles of a story by id, and its claims by id, each with the article it stands in."""

    articles: Mapping[str, wire.Article]
    claims: Mapping[str, tuple[str, wire.Claim]]


def _story(story: wire.Story, place: str) -> None:
    articles: dict[str, wire.Article] = {}
    claims: dict[str, tuple[str, wire.Claim]] = {}
    for at, article in enumerate(story.articles):
        where = f"{place}.articles[{at}]"
        _need(article.id not in articles, f"{where}.id", "is there twice")
        articles[article.id] = article
        _article(article, where, claims)
    _need(not articles or story.reference in articles, f"{place}.reference", "names no article")
    known = _Known(articles, claims)
    for at, coverage in enumerate(story.coverage):
        _coverage(coverage, known, f"{place}.coverage[{at}]")
    for at, alignment in enumerate(story.alignments):
        _alignment(alignment, story.reference, known, f"{place}.alignments[{at}]")
    for name, findings in (("findings", story.findings), ("candidates", story.candidates)):
        for at, finding in enumerate(findings):
            _finding(finding, known, f"{place}.{name}[{at}]")


def _article(article: wire.Article, place: str, claims: dict[str, tuple[str, wire.Claim]]) -> None:
    text = article.text
    if text is not UNSET:
        _need(len(text) == article.characters, f"{place}.characters", "is not the length of the text")
    for at, claim in enumerate(article.claims):
        where = f"{place}.claims[{at}]"
        _need(claim.id not in claims, f"{where}.id", "is there twice")
        _range((claim.start, claim.end), article.characters, where)
        _need(claim.end - claim.start == len(claim.text), where, "has offsets that do not fit its text")
        if text is not UNSET:
            _need(text[claim.start : claim.end] == claim.text, where, "is not what the article says there")
        claims[claim.id] = article.id, claim
    for at, gone in enumerate(article.removed):
        _need(gone.start <= gone.end, f"{place}.removed[{at}]", "ends before it starts")


def _coverage(entry: wire.Coverage, known: _Known, place: str) -> None:
    _need(entry.article in known.articles, f"{place}.article", "names no article")
    _need(entry.compared <= entry.claims, place, "compares more claims than there are")
    _need(entry.reference_compared <= entry.reference_claims, place, "compares more claims than there are")


def _alignment(alignment: wire.Alignment, reference: str, known: _Known, place: str) -> None:
    _need(alignment.article in known.articles, f"{place}.article", "names no article")
    premise = _claims(alignment.premise, reference, known, f"{place}.premise")
    hypothesis = _claims(alignment.hypothesis, alignment.article, known, f"{place}.hypothesis")
    lengths = [sum(len(claim.text) + 1 for claim in claims) - 1 for claims in (premise, hypothesis)]
    for at, one in enumerate(alignment.isolated):
        _range(one.premise, lengths[0], f"{place}.isolated[{at}].premise")
        _range(one.hypothesis, lengths[1], f"{place}.isolated[{at}].hypothesis")


def _finding(finding: wire.Finding, known: _Known, place: str) -> None:
    _need(finding.reference is not None or finding.version is not None, place, "has neither of its two sides")
    if finding.reference is not None:
        _side(finding.reference, known, f"{place}.reference")
    if finding.version is not None:
        _side(finding.version, known, f"{place}.version")


def _side(side: wire.Side, known: _Known, place: str) -> None:
    _need(side.article in known.articles, f"{place}.article", "names no article")
    claims = _claims(side.claims, side.article, known, f"{place}.claims")
    spans = [(claim.start, claim.end) for claim in claims]
    _need(list(side.spans) == spans, f"{place}.spans", "are not those of its claims")
    length = sum(end - start + 1 for start, end in spans) - 1
    same = length == len(side.text) and side.text == " ".join(claim.text for claim in claims)
    _need(same, f"{place}.text", "is not that of its claims")
    spans.sort()
    for at, (start, end) in enumerate(side.evidence):
        where = f"{place}.evidence[{at}]"
        _need(start <= end, where, "ends before it starts")
        around = bisect_right(spans, start, key=lambda span: span[0]) - 1
        _need(around >= 0 and end <= spans[around][1], where, "does not lie in a claim of this side")
    for at, (line, column, end_line, end_column) in enumerate(side.places):
        fits = line >= 1 and (line, column) <= (end_line, end_column)
        _need(fits, f"{place}.places[{at}]", "is no place in a file")


def _claims(names: Sequence[str], article: str, known: _Known, place: str) -> list[wire.Claim]:
    _need(bool(names), place, "are none")
    found = []
    for name in names:
        owner, claim = known.claims.get(name, ("", None))
        if claim is None or owner != article:
            raise _fault(place, f"name {name[:80]!r}, which is no claim of that article")
        found.append(claim)
    return found


def _range(given: _Pair, length: int, place: str) -> None:
    start, end = given
    _need(start <= end, place, "ends before it starts")
    _need(end <= length, place, f"ends at {end}, past the end of the text at {length}")


def _need(holds: bool, place: str, otherwise: str) -> None:
    if not holds:
        raise _fault(place, otherwise)


def _fault(place: str, otherwise: str) -> InputError:
    return InputError(f"not a sound report: {place} {otherwise}", _REMEDY)
