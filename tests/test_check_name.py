"""Names that the model helps to hold apart: bodies of a story, places of reworded sentences, people told elsewhere."""

from __future__ import annotations

import pytest

from consistency.checks.name import CHECK
from consistency.protocols import Context
from consistency.records import Alignment, Article, Claim, Scores, Span, Story
from tests.cases import Case, context

COALITION = (
    "Two deputies of the Liberal Forum, who spoke anonymously, said the party may leave the government.",
    "The Civic Alliance is the largest party and wants to borrow.",
)


def _found(reference: list[str], version: list[str], contradiction: float) -> list[tuple[str, str]]:
    """What the check says of the first claims at that contradiction; the others are told in the articles only."""
    given = context(Case(id="x", origin="synthetic", reference=reference, version=version, expect=[], why=""))
    scores = Scores(entailment=0.0, neutral=1 - contradiction, contradiction=contradiction)
    alignment = Alignment(
        article="version",
        premise=("reference#1",),
        hypothesis=("version#1",),
        similarity=0.5,
        forward=scores,
        backward=scores,
    )
    told = Context(given.story, given.claims, (alignment,))
    return [(found.level, found.message) for found in CHECK.check(told) if found.confidence >= 0.5]


@pytest.mark.parametrize(
    ("version", "contradiction", "expected"),
    [
        ("Two members of parliament for the Civic Alliance said the party may walk out of the government.", 0.9, 1),
        ("Two members of parliament for the Civic Alliance said the party may walk out of the government.", 0.6, 0),
        ("Two members of parliament for the Liberal Forum said the party may walk out of the government.", 0.9, 0),
        ("Two members of parliament for the Forum said the party may walk out of the government.", 0.9, 0),
    ],
)
def test_one_body_of_the_story_for_another(version: str, contradiction: float, expected: int) -> None:
    assert len(_found(list(COALITION), [version, COALITION[1]], contradiction)) == expected


def test_a_body_may_go_by_another_name_that_the_reference_has_elsewhere() -> None:
    reference = [COALITION[0], "The Liberals have sat in the government since May."]
    assert not _found(reference, ["Two deputies of the Liberals said the party may walk out of the government."], 0.9)


@pytest.mark.parametrize(
    ("reference", "version", "contradiction", "expected"),
    [
        ("Researchers in Skelby found that mice which fast live longer.", "Researchers of Mornholt", 0.8, 1),
        ("Researchers in Skelby found that mice which fast live longer.", "Researchers of Mornholt", 0.6, 0),
    ],
)
def test_the_only_place_of_a_reworded_sentence(
    reference: str, version: str, contradiction: float, expected: int
) -> None:
    told = f"That fasting mice live longer has been shown by {version[0].lower()}{version[1:]}."
    assert len(_found([reference], [told], contradiction)) == expected


def test_a_place_that_either_article_tells_of_elsewhere_is_no_other() -> None:
    reference = "Researchers in Skelby found that mice which fast live longer."
    version = "That fasting mice live longer has been shown by researchers of Mornholt."
    assert not _found([reference, "Skelby is a part of Mornholt."], [version], 0.8)
    assert not _found([reference], [version, "Mornholt lies near Skelby."], 0.8)


def test_one_who_is_told_of_elsewhere_is_brought_in_and_nobody_is_exchanged() -> None:
    reference = "Hanno Brandvik of the Herald rang the senator’s office, which would not confirm the payments."
    version = "The senator’s office would not confirm the payments, but they would be looked into, Ilse Markandt said."
    known = "Ilse Markandt speaks for the senator."
    assert _found([reference], [version], 0.9)
    assert not _found([reference, known], [version], 0.9)


def _told_by(texts: list[str]) -> list[str]:
    """What the check says of versions, of which nothing is aligned, against the first text."""
    names = [f"t{at}" for at in range(len(texts))]
    articles = tuple(Article(id=name, text=text, source=name) for name, text in zip(names, texts, strict=True))
    claims = {
        name: (Claim(f"{name}#1", name, Span(0, len(text)), text),) for name, text in zip(names, texts, strict=True)
    }
    findings = CHECK.check(Context(Story("x", articles, "t0"), claims, ()))
    return [found.version.article for found in findings if found.version is not None]


@pytest.mark.parametrize(
    ("right", "other", "expected"),
    [
        ("Paul Reed", "Paul Read", 1),
        ("Sara Lund", "Sarah Lund", 1),
        ("Lars Rasmussen", "Lars Rassmussen", 1),
        ("Steve Lund", "Steven Lund", 0),
        ("Anna Lund", "Anna Holm", 0),
    ],
)
def test_a_spelling_of_one_version_alone_is_wrong_where_it_sounds_alike(right: str, other: str, expected: int) -> None:
    told = "In Leeds the clerk {} said that the family had been brave."
    assert len(_told_by([told.format(name) for name in (right, right, right, other)])) == expected
    assert _told_by([told.format(name) for name in (right, right, other)]) == []
    assert _told_by([told.format(name) for name in (right, right, right, other, other)]) == []
    there = told.replace("Leeds", "Kyiv")
    assert _told_by([there.format(name) for name in (right, right, right, other)]) == []
