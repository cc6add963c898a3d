"""Segmentation: an article becomes claims, one a sentence, with exact offsets."""

from __future__ import annotations

from consistency.records import Article, Claim
from consistency.segment._lines import paragraphs
from consistency.segment._sentences import sentences
from consistency.segment._speaker import Speakers

__all__ = ["segment"]


def segment(article: Article) -> tuple[Claim, ...]:
    """The claims of an article, in order of its text: `id` is `article.id#n`, n from 1.

    Together they hold every character that is no blank. A stray full stop ("war in China. difficulty")
    ends no claim; a sentence of more than a thousand characters is several claims.
    """
    speakers = Speakers()
    claims: list[Claim] = []
    for paragraph in paragraphs(article.text):
        for span in sentences(article.text, paragraph):
            text = article.text[span.start : span.end]
            claims.append(
                Claim(
                    id=f"{article.id}#{len(claims) + 1}",
                    article=article.id,
                    span=span,
                    text=text,
                    speaker=speakers.of(text),
                    headline=span.end <= article.headline,
                )
            )
    return tuple(claims)
