"""Claims found by their place in an article, for checks that read whole articles."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from consistency.protocols import Context
from consistency.records import Article, Claim, Passage, Side, Span


class Claims:
    """The claims of one article in order of the text, looked up by offset or id."""

    def __init__(self, article: Article, claims: Iterable[Claim]) -> None:
        self.article = article
        self.all = tuple(sorted(claims, key=lambda claim: claim.span))
        self.place = {claim.id: index for index, claim in enumerate(self.all)}
        self._starts = [claim.span.start for claim in self.all]
        self._ends = [claim.span.end for claim in self.all]

    @classmethod
    def of(cls, context: Context, article_id: str) -> Claims:
        return cls(context.story.article(article_id), context.claims.get(article_id, ()))

    @classmethod
    def below(cls, context: Context, article_id: str) -> Claims:
        """Those under the headline."""
        own = context.claims.get(article_id, ())
        return cls(context.story.article(article_id), (claim for claim in own if not claim.headline))

    def touched(self, span: Span) -> range:
        """Indices of the claims that share a character with `span`; a point touches the claim around it."""
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self._starts, max(span.end, span.start + 1))
        return range(first, max(first, last))

    def nearest(self, span: Span) -> range:
        """The touched claims, else the claim before the place, else the first one."""
        touched = self.touched(span)
        if touched or not self.all:
            return touched
        at = max(0, touched.start - 1)
        return range(at, at + 1)

    def around(self, indices: Iterable[int], by: int = 1) -> list[int]:
        """The given indices and their neighbours, in order."""
        return sorted({at for index in indices for at in range(index - by, index + by + 1) if 0 <= at < len(self.all)})

    def ids(self, indices: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.all[index].id for index in indices)

    def side(self, indices: Iterable[int], evidence: Iterable[Span] = ()) -> Side | None:
        """These claims as one side; `evidence` in article offsets, cut to the claims. None for none."""
        wanted = set(indices)
        if not wanted:
            return None
        passage = Passage.of(tuple(self.all[index] for index in sorted(wanted)))
        cut = {
            Span(max(span.start, claim.start), min(span.end, claim.end))
            for span in evidence
            for index in self.touched(span)
            if index in wanted and span.overlaps(claim := self.all[index].span)
        }
        return Side(passage.article, passage.claims, passage.text, passage.spans, tuple(sorted(cut)))


class Links:
    """Which claims of the reference the claims of one version are aligned with."""

    def __init__(self, context: Context, version: str) -> None:
        self._premises: dict[str, list[str]] = {}
        for alignment in context.alignments:
            if alignment.article == version:
                for claim in alignment.hypothesis:
                    self._premises.setdefault(claim, []).extend(alignment.premise)

    def of(self, version: Claims, indices: Iterable[int], reference: Claims) -> list[int]:
        """Indices of the reference's claims aligned with these claims of the version, in order."""
        return sorted(
            {
                reference.place[premise]
                for index in indices
                for premise in self._premises.get(version.all[index].id, ())
                if premise in reference.place
            }
        )
