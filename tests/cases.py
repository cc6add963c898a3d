"""Case files: what each check must and must not report, as data.

A case is `{"id", "origin", "reference", "version", "expect", "why"}`. `origin` is one of in-the-wild,
synthetic, negative (must stay quiet: `expect` is empty) and known-failure (a strict xfail).
`expect` lists `{"level", "reference", "version"}`, the last two being words that the evidence of
that side must touch (null when the side has none). Each text is one claim unless it is a list,
then each item is a claim.
"""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from consistency.align import align
from consistency.config import Config
from consistency.infer import infer
from consistency.judge import MODEL_CHECK
from consistency.pipeline import TYPED_THRESHOLD
from consistency.protocols import Check, Context, Scorer
from consistency.records import Alignment, Article, Claim, Finding, Scores, Side, Span, Story

ON_SCORES = frozenset({"contradiction", "polarity", "role", "order", "pronoun", "wording"})
"""Checks that read what the model says; their cases are run on it."""
ON_ALIGNMENT = frozenset({"omission", "addition"})
"""Checks that read what stands in no alignment; their cases are aligned as the tool would."""
CASES = Path(__file__).parent.parent / "fixtures" / "cases"
NEUTRAL = Scores(entailment=0.0, neutral=1.0, contradiction=0.0)


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    level: str
    reference: str | None
    version: str | None


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    origin: str
    reference: str | list[str]
    version: str | list[str]
    expect: list[Expected]
    why: str
    published: tuple[str | None, str | None] = (None, None)


def load(check: str) -> list[Case]:
    """The cases of one check, ids unique."""
    cases = msgspec.json.decode((CASES / f"{check}.json").read_bytes(), type=list[Case])
    assert len({case.id for case in cases}) == len(cases), f"{check}.json: an id stands twice"
    for case in cases:
        assert case.origin in {"in-the-wild", "synthetic", "negative", "known-failure"}, case.id
        assert case.origin != "negative" or not case.expect, case.id
    return cases


def context(case: Case) -> Context:
    """Both texts as articles, all claims of one aligned with all claims of the other."""
    sides: dict[str, tuple[Claim, ...]] = {}
    articles = []
    for name, text, published in zip(
        ("reference", "version"), (case.reference, case.version), case.published, strict=True
    ):
        parts = [text] if isinstance(text, str) else text
        whole = ""
        claims: list[Claim] = []
        for part in parts:
            whole += " " if whole else ""
            span = Span(len(whole), len(whole) + len(part))
            whole += part
            claims.append(Claim(f"{name}#{len(claims) + 1}", name, span, part))
        articles.append(Article(id=name, text=whole, source=name, published=published))
        sides[name] = tuple(claims)
    alignment = Alignment(
        article="version",
        premise=tuple(claim.id for claim in sides["reference"]),
        hypothesis=tuple(claim.id for claim in sides["version"]),
        similarity=0.8,
        forward=NEUTRAL,
        backward=NEUTRAL,
    )
    return Context(Story("case", tuple(articles), "reference"), sides, (alignment,))


def run(check: Check, case: Case, scorer: Scorer | None = None) -> list[Finding]:
    """What the check reports at or above its threshold; with a scorer, on the model's scores."""
    given = context(case)
    threshold = Config().threshold if check.id == MODEL_CHECK else TYPED_THRESHOLD
    if check.id in ON_ALIGNMENT:
        sides = given.claims
        given = Context(given.story, sides, align("version", sides["reference"], sides["version"]))
    if scorer is not None:
        by_id = {claim.id: claim for claims in given.claims.values() for claim in claims}
        given = Context(given.story, given.claims, infer(given.alignments, by_id, scorer))
    return [found for found in check.check(given) if found.confidence >= threshold]


def touches(side: Side | None, words: str | None, story: Story) -> bool:
    """Whether the side's evidence touches an occurrence of `words` in its article."""
    if words is None or side is None:
        return words is None and (side is None or not side.evidence)
    text = story.article(side.article).text
    at = text.find(words)
    while at >= 0:
        if any(span.overlaps(Span(at, at + len(words))) for span in side.evidence):
            return True
        at = text.find(words, at + 1)
    return False


def mismatch(check: Check, case: Case, scorer: Scorer | None = None) -> str:
    """Empty when the check reports exactly what the case expects, else what differs."""
    story = context(case).story
    found = run(check, case, scorer)
    left = list(found)
    for want in case.expect:
        hit = next(
            (
                one
                for one in left
                if one.level == want.level
                and touches(one.reference, want.reference, story)
                and touches(one.version, want.version, story)
            ),
            None,
        )
        if hit is None:
            return f"{case.id}: expected {want}, found {json.dumps(msgspec.to_builtins(found), indent=1)}"
        left.remove(hit)
    if left:
        return f"{case.id}: not expected: {json.dumps(msgspec.to_builtins(left), indent=1)}"
    return ""
