"""Spellings that a newsroom says mean the same are read as one before anything is compared.

Every later stage sees the one spelling, the model too, so that no check has to know of aliases. What is found is told
back in the words of the text: `Spelt.findings` and `Spelt.alignments` lead to the claims as they were written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import msgspec

from consistency.facts._places.gazetteer import Word, words
from consistency.records import Alignment, Claim, Finding, Isolated, Passage, Side, Span, Story

_JOINTS = ("", "-", "‑", ".")
"""What may stand between the words of one name, besides blanks."""


class _Edit(NamedTuple):
    """A spelling, where it stands as it was written and as it is read."""

    written: str
    read: str
    source: Span
    span: Span


class _Rewritten(NamedTuple):
    """An article in which something is read otherwise: its claims as they were written, its edits in order."""

    written: Mapping[str, Claim]
    edits: tuple[_Edit, ...]

    def start(self, at: int) -> int:
        """Where what is read from `at` on begins in the text as it was written."""
        before = bisect_right(self.edits, at, key=lambda edit: edit.span.start) - 1
        if before < 0:
            return at
        edit = self.edits[before]
        return edit.source.start if at < edit.span.end else at - edit.span.end + edit.source.end

    def end(self, at: int) -> int:
        """Where what is read up to `at` ends in the text as it was written."""
        before = bisect_left(self.edits, at, key=lambda edit: edit.span.start) - 1
        if before < 0:
            return at
        edit = self.edits[before]
        return edit.source.end if at <= edit.span.end else at - edit.span.end + edit.source.end

    def back(self, span: Span) -> Span:
        """The span in the text as it was written; an empty one stays empty."""
        start = self.start(span.start)
        return Span(start, max(start, self.end(span.end)) if span else start)

    def within(self, claim: str) -> tuple[_Edit, ...]:
        """The edits in a claim."""
        span = self.written[claim].span
        first = bisect_left(self.edits, span.start, key=lambda edit: edit.source.start)
        return self.edits[first : bisect_left(self.edits, span.end, key=lambda edit: edit.source.start)]


class Spelt(msgspec.Struct, frozen=True):
    """A story and its claims as they are read, claims under their own ids; and how to tell of them as written."""

    story: Story
    claims: Mapping[str, tuple[Claim, ...]]
    rewritten: Mapping[str, _Rewritten] = {}

    def findings(self, found: Iterable[Finding]) -> tuple[Finding, ...]:
        """Findings on the story as it was written; messages say what stands there."""
        return tuple(self._finding(finding) for finding in found)

    def alignments(self, scored: Iterable[Alignment]) -> tuple[Alignment, ...]:
        """Alignments with their isolated differences in characters of the claims as they were written."""
        if not self.rewritten:
            return tuple(scored)
        read = {claim.id: claim for claims in self.claims.values() for claim in claims}
        return tuple(
            msgspec.structs.replace(
                alignment,
                isolated=tuple(
                    Isolated(
                        self._joined([read[claim] for claim in alignment.premise], one.premise),
                        self._joined([read[claim] for claim in alignment.hypothesis], one.hypothesis),
                        one.contradiction,
                    )
                    for one in alignment.isolated
                ),
            )
            for alignment in scored
        )

    def _joined(self, claims: Sequence[Claim], span: Span) -> Span:
        """A span of claims joined by one space, in the claims as they were written."""
        article = self.rewritten.get(claims[0].article)
        if article is None:
            return span
        start = end = read_at = written_at = 0
        for claim in claims:
            written = article.written[claim.id].span
            if span.start >= read_at:
                here = claim.span.start + min(span.start - read_at, len(claim.span))
                start = written_at + article.start(here) - written.start
            if span.end >= read_at:
                here = claim.span.start + min(span.end - read_at, len(claim.span))
                end = written_at + article.end(here) - written.start
            read_at += len(claim.span) + 1
            written_at += len(written) + 1
        return Span(start, max(start, end) if span else start)

    def _finding(self, finding: Finding) -> Finding:
        sides = [side for side in (finding.reference, finding.version) if side is not None]
        if not any(side.article in self.rewritten for side in sides):
            return finding
        return msgspec.structs.replace(
            finding,
            message=self._message(finding.message, sides),
            reference=self._side(finding.reference),
            version=self._side(finding.version),
        )

    def _side(self, side: Side | None) -> Side | None:
        article = None if side is None else self.rewritten.get(side.article)
        if side is None or article is None:
            return side
        passage = Passage.of(tuple(article.written[claim] for claim in side.claims))
        evidence = tuple(sorted({article.back(span) for span in side.evidence}))
        return Side(side.article, side.claims, passage.text, passage.spans, evidence)

    def _message(self, message: str, sides: Sequence[Side]) -> str:
        """A name that the finding's claims write in one way alone is told in that way."""
        spellings: dict[str, set[str]] = {}
        for side in sides:
            if article := self.rewritten.get(side.article):
                for edit in (edit for claim in side.claims for edit in article.within(claim)):
                    spellings.setdefault(edit.read, set()).add(edit.written)
        texts = [told.text for side in sides if (told := self._side(side))]
        for read, written in spellings.items():
            name = re.compile(rf"(?<!\w){re.escape(read)}(?!\w)")
            if len(written) == 1 and not any(name.search(text) for text in texts):
                message = name.sub(next(iter(written)).replace("\\", r"\\"), message)
        return message


class _Spelling(NamedTuple):
    """A name or an alias of it, word by word, and what it is read as."""

    words: tuple[Word, ...]
    read: str

    def fits(self, run: Sequence[Word]) -> bool:
        """Whether the words are written so: capitals where it has them, and as one name."""
        joined = all(
            right.gap.strip() in _JOINTS and "\n" not in right.gap and not left.owns for left, right in pairwise(run)
        )
        return joined and all(
            mine.fold == word.fold and _capitals(mine.text) <= _capitals(word.text)
            for mine, word in zip(self.words, run, strict=True)
        )


def _capitals(word: str) -> int:
    """0 none, 1 the first letter, 2 an acronym."""
    letters = word.replace(".", "")
    return 2 if len(letters) > 1 and letters.isupper() else int(word[:1].isupper())


def spelt(story: Story, claims: Mapping[str, tuple[Claim, ...]], aliases: Mapping[str, Sequence[str]]) -> Spelt:
    """The story with every alias read as the name it stands under. Linear in the text.

    Of several that begin at one word the longest counts; a name that is written as such stays as it is.
    """
    table = _table(aliases)
    articles = []
    as_read = dict(claims)
    rewritten: dict[str, _Rewritten] = {}
    for article in story.articles:
        own = claims.get(article.id, ())
        edits = _edits(own, table) if table else ()
        if edits:
            rewritten[article.id] = _Rewritten({claim.id: claim for claim in own}, edits)
            text = _replaced(article.text, edits)
            as_read[article.id] = tuple(_read(claim, edits, text) for claim in own)
            article = msgspec.structs.replace(article, text=text)  # noqa: PLW2901
        articles.append(article)
    if not rewritten:
        return Spelt(story, claims)
    return Spelt(msgspec.structs.replace(story, articles=tuple(articles)), as_read, rewritten)


_Table: TypeAlias = Mapping[str, Sequence[_Spelling]]
"""Spellings by their first word, longest first."""


def _table(aliases: Mapping[str, Sequence[str]]) -> _Table:
    table: dict[str, list[_Spelling]] = {}
    for name, others in aliases.items():
        for spelling in (name, *others):
            run = words(spelling)
            if run:
                table.setdefault(run[0].fold, []).append(_Spelling(run, name))
    return {first: sorted(found, key=lambda one: -len(one.words)) for first, found in table.items()}


def _edits(claims: Iterable[Claim], table: _Table) -> tuple[_Edit, ...]:
    found: list[_Edit] = []
    moved = 0
    for claim in sorted(claims, key=lambda claim: claim.span):
        run = words(claim.text)
        at = 0
        while at < len(run):
            spelling = _match(run, at, table)
            if spelling is None:
                at += 1
                continue
            local = Span(run[at].start, run[at + len(spelling.words) - 1].end)
            at += len(spelling.words)
            written = claim.text[local.start : local.end]
            source = local.shift(claim.span.start)
            if spelling.read != written and _folds(spelling.read) != _folds(written):
                span = Span(source.start + moved, source.start + moved + len(spelling.read))
                found.append(_Edit(written, spelling.read, source, span))
                moved += len(spelling.read) - len(source)
    return tuple(found)


def _match(run: Sequence[Word], at: int, table: _Table) -> _Spelling | None:
    for spelling in table.get(run[at].fold, ()):
        part = run[at : at + len(spelling.words)]
        if len(part) == len(spelling.words) and spelling.fits(part):
            return spelling
    return None


def _folds(text: str) -> tuple[str, ...]:
    return tuple(word.fold for word in words(text))


def _replaced(text: str, edits: Iterable[_Edit]) -> str:
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (text[at : edit.source.start], edit.read)
        at = edit.source.end
    return "".join((*parts, text[at:]))


def _read(claim: Claim, edits: Sequence[_Edit], text: str) -> Claim:
    """The claim as it is read, where it stands then."""
    start, end = (_moved(at, edits) for at in (claim.span.start, claim.span.end))
    return msgspec.structs.replace(claim, span=Span(start, end), text=text[start:end])


def _moved(at: int, edits: Sequence[_Edit]) -> int:
    """An offset of the text as it was written, at the edge of a claim, in the text as it is read."""
    before = bisect_right(edits, at, key=lambda edit: edit.source.end) - 1
    return at if before < 0 else at - edits[before].source.end + edits[before].span.end
