"""A story of two articles, paragraph by paragraph, with alignments as a test wants them."""

from __future__ import annotations

from collections.abc import Sequence

from consistency.protocols import Context
from consistency.records import Alignment, Article, Claim, Role, Scores, Span, Story

NEUTRAL = Scores(entailment=0.0, neutral=1.0, contradiction=0.0)


def story(
    reference: Sequence[str],
    version: Sequence[str],
    aligned: Sequence[tuple[Sequence[int], Sequence[int]]],
    role: Role = "copy",
) -> Context:
    """Each item is a claim and a paragraph; `aligned` pairs claim numbers, from 0."""
    articles = []
    claims: dict[str, tuple[Claim, ...]] = {}
    for name, parts in (("reference", reference), ("version", version)):
        text, some = "", []
        for number, part in enumerate(parts):
            text += "\n\n" if text else ""
            some.append(Claim(f"{name}#{number}", name, Span(len(text), len(text) + len(part)), part))
            text += part
        articles.append(Article(id=name, text=text, role="original" if name == "reference" else role))
        claims[name] = tuple(some)
    alignments = tuple(
        Alignment(
            article="version",
            premise=tuple(f"reference#{number}" for number in premise),
            hypothesis=tuple(f"version#{number}" for number in hypothesis),
            similarity=0.8,
            forward=NEUTRAL,
            backward=NEUTRAL,
        )
        for premise, hypothesis in aligned
    )
    return Context(Story("story", tuple(articles), "reference"), claims, alignments)
