"""Reports built by hand, so that formats and the command line are tested without a model."""

from __future__ import annotations

import re

from consistency.records import (
    Alignment,
    Article,
    Claim,
    Coverage,
    Finding,
    Level,
    Passage,
    Removal,
    Report,
    Role,
    Scores,
    Side,
    Signature,
    Span,
    Story,
    Unread,
)

REFERENCE = "The bridge closed on Monday. Nobody was hurt, the mayor said."
VERSION = "The bridge closed on Sunday. Nobody was hurt, according to the mayor."


def article(name: str, text: str, **more: str) -> tuple[Article, tuple[Claim, ...]]:
    """An article whose claims are its sentences, ended by ". "."""
    claims: list[Claim] = []
    at = 0
    for sentence in re.split(r"(?<=\.) ", text):
        claims.append(Claim(f"{name}#{len(claims) + 1}", name, Span(at, at + len(sentence)), sentence))
        at += len(sentence) + 1
    role: Role = "original" if name == "a" else "copy"
    return Article(id=name, text=text, source=more.get("source", f"{name}.txt"), role=role), tuple(claims)


def side(claim: Claim, *words: str) -> Side:
    """The claim as a side of a finding, with `words` as evidence."""
    found = [Span(claim.text.index(word), claim.text.index(word) + len(word)) for word in words]
    return Passage.of((claim,)).side(*found)


def report(
    reference: str = REFERENCE,
    version: str = VERSION,
    *,
    level: Level | None = "error",
    marked: tuple[str, str] = ("Monday", "Sunday"),
    message: str = 'The reference says "Monday", the version says "Sunday".',
    unread: tuple[Unread, ...] = (),
    removed: tuple[Removal, ...] = (),
    share: tuple[int, int] = (2, 2),
    source: str = "b.txt",
) -> Report:
    """Two articles, one finding of `level` on their first claims (none for None)."""
    left, left_claims = article("a", reference)
    right, right_claims = article("b", version, source=source)
    findings: tuple[Finding, ...] = ()
    if level is not None:
        sides = side(left_claims[0], marked[0]), side(right_claims[0], marked[1])
        findings = (Finding("date", level, message, 0.98765, *sides, "f1"),)
    scores = Scores(0.01234567, 0.1, 0.88765433)
    right = Article(right.id, right.text, right.source, role="copy", removed=removed)
    return Report(
        schema_version=2,
        signature=Signature("0.1.0", "m" * 64, "c" * 64),
        story=Story("story", (left, right), "a"),
        claims=left_claims + right_claims,
        coverage=(Coverage("b", share[0], share[1], 2, 2, 0.5, True),),
        alignments=(Alignment("b", ("a#1",), ("b#1",), 0.83333333, scores, None),),
        candidates=(),
        findings=findings,
        unread=unread,
    )
