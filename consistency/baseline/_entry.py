"""What a baseline keeps of a finding: enough to know it again, short enough to be read in a review."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

import msgspec

from consistency.records import Article, Finding, Report, Side, Waiver

_CLAIM = 400
"""Characters kept of a side's claims; of a longer text those around the first words that matter."""
_VALUES = 8
_VALUE = 120
_MESSAGE = 300
_NAME = 400
_HALVES = re.compile("[\ud800-\udfff]")


class Told(msgspec.Struct, frozen=True, order=True):
    """One side of a known finding: its claims' text, cut where it is long, and the words that matter in it."""

    claim: str
    values: tuple[str, ...] = ()


class Entry(msgspec.Struct, frozen=True):
    """A finding that is known. `source` is where it stands in the story `story`; `count` how often it does there.

    `reference` is None for an addition, `version` for an omission.
    """

    fingerprint: str
    check: str
    story: str = ""
    source: str = ""
    message: str = ""
    reference: Told | None = None
    version: Told | None = None
    count: int = 1
    waiver: Waiver | None = None


class Baseline(msgspec.Struct, frozen=True):
    """The entries of a baseline file; `name` is what to call it."""

    name: str
    entries: tuple[Entry, ...] = ()


class Verdict(msgspec.Struct, frozen=True):
    """A waiver for one fingerprint, as a reviewer wrote it; `check` "" = whatever check it is of."""

    fingerprint: str
    waiver: Waiver
    check: str = ""


class Place(NamedTuple):
    """The story of a finding, and what the article is called in which it stands."""

    story: str
    source: str


def entry_of(finding: Finding, report: Report) -> Entry:
    """A finding as the baseline keeps it, without a waiver."""
    place = place_of(finding, report)
    return Entry(
        fingerprint=finding.fingerprint,
        check=finding.check,
        story=place.story,
        source=place.source,
        message=_cut(finding.message, _MESSAGE),
        reference=_told(finding.reference),
        version=_told(finding.version),
    )


def place_of(finding: Finding, report: Report) -> Place:
    """Where a finding stands: in its version. An omission has no side there; where there are several its message begins
    with the version's id."""
    story = report.story
    if finding.version is not None:
        article = story.article(finding.version.article)
    else:
        assert finding.reference is not None, "a finding has at least one side"
        several = len(story.versions) > 1
        named = [one for one in story.versions if not several or finding.message.startswith(f"{one.id} ")]
        article = max(named, key=lambda one: len(one.id), default=story.article(finding.reference.article))
    return Place(story_of(report), _cut(_name(article), _NAME))


def story_of(report: Report) -> str:
    return _cut(report.story.id, _NAME)


def places_of(report: Report) -> frozenset[Place]:
    """Every place of a story in which a finding could have been found in this run."""
    story = story_of(report)
    return frozenset(Place(story, _cut(_name(article), _NAME)) for article in report.story.articles)


def _name(article: Article) -> str:
    return article.source or article.id


def _told(side: Side | None) -> Told | None:
    if side is None:
        return None
    values = side.values()
    kept = [_cut(value, _VALUE) for value in values[:_VALUES]]
    if len(values) > _VALUES:
        kept.append(f"{len(values) - _VALUES} more, {_digest(' '.join(values[_VALUES:]))}")
    return Told(_excerpt(side), tuple(kept))


def _excerpt(side: Side) -> str:
    """The claims' text; of a long one a window around the first evidence."""
    if len(side.text) <= _CLAIM:
        return _whole(side.text)
    start = max(0, _first(side) - _CLAIM // 2)
    end = min(len(side.text), start + _CLAIM)
    before, after = "… " if start else "", " …" if end < len(side.text) else ""
    return f"{before}{_whole(side.text[start:end])}{after}"


def _first(side: Side) -> int:
    """Where the first evidence stands in the joined text; 0 without any."""
    offset = 0
    for claim in side.spans:
        for evidence in side.evidence:
            if evidence.overlaps(claim):
                return max(evidence.start, claim.start) - claim.start + offset
        offset += len(claim) + 1
    return 0


def _cut(text: str, longest: int) -> str:
    """At most `longest` characters and a digest of the whole, so that two texts cut alike stay two."""
    if len(text) <= longest:
        return _whole(text)
    return f"{_whole(text[:longest])}… {_digest(text)}"


def _digest(text: str) -> str:
    return hashlib.sha256(_whole(text).encode()).hexdigest()[:12]


def _whole(text: str) -> str:
    """Without halves of characters, which no file can hold."""
    return _HALVES.sub("\ufffd", text)
