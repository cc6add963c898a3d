"""A story of two articles whose last claims are aligned with scores of one's choice, for checks that ask the model."""

from __future__ import annotations

from collections.abc import Sequence

from consistency.protocols import Context
from consistency.records import Alignment, Article, Claim, Scores, Span, Story


def aligned(
    reference: Sequence[str],
    version: Sequence[str],
    forward: Scores,
    backward: Scores | None = None,
    *,
    similarity: float = 0.5,
) -> Context:
    """Each text of an article is a claim; `backward` is as `forward` where it is not given."""
    texts, claims = {}, {}
    for article, given in (("reference", reference), ("version", version)):
        texts[article], claims[article] = " ".join(given), _claims(article, given)
    alignment = Alignment(
        article="version",
        premise=(claims["reference"][-1].id,),
        hypothesis=(claims["version"][-1].id,),
        similarity=similarity,
        forward=forward,
        backward=forward if backward is None else backward,
    )
    articles = tuple(Article(id=one, text=text, source=one) for one, text in texts.items())
    return Context(Story("story", articles, "reference"), claims, (alignment,))


def contradicting(contradiction: float) -> Scores:
    """So much contradiction, and the rest neutral."""
    return Scores(entailment=0.0, neutral=1.0 - contradiction, contradiction=contradiction)


def _claims(article: str, texts: Sequence[str]) -> tuple[Claim, ...]:
    found: list[Claim] = []
    at = 0
    for text in texts:
        found.append(Claim(f"{article}#{len(found) + 1}", article, Span(at, at + len(text)), text))
        at += len(text) + 1
    return tuple(found)
