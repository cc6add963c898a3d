"""Denials and admissions of one thing in claims that stand in no alignment."""

from __future__ import annotations

import pytest

from consistency.checks.attribution import CHECK
from consistency.protocols import Context
from consistency.records import Article, Claim, Span, Story


def claims(article: str, texts: list[str]) -> tuple[Claim, ...]:
    found: list[Claim] = []
    at = 0
    for number, text in enumerate(texts):
        found.append(Claim(f"{article}#{number}", article, Span(at, at + len(text)), text))
        at += len(text) + 1
    return tuple(found)


def levels(reference: list[str], version: list[str]) -> list[str]:
    """What the check says where no claim is aligned."""
    story = Story("s", (Article("a", " ".join(reference)), Article("b", " ".join(version))), "a")
    context = Context(story, {"a": claims("a", reference), "b": claims("b", version)}, ())
    return [finding.level for finding in CHECK.check(context)]


DENIED = ["Divers blamed the owner.", "The company denied having sealed the lower hatch."]
ADMITTED = ["Divers blamed the company, which admitted that it had sealed the lower hatch."]


@pytest.mark.parametrize(("reference", "version"), [(DENIED, ADMITTED), (ADMITTED, DENIED)])
def test_a_denial_is_an_admission_elsewhere(reference: list[str], version: list[str]) -> None:
    assert levels(reference, version) == ["error"]


@pytest.mark.parametrize(
    ("reference", "version"),
    [
        (DENIED, ["The company admitted having paid late for the upper hatch."]),
        (DENIED, ["The diver admitted having sealed the lower hatch."]),
        ([*DENIED, "Later the company admitted having sealed the lower hatch."], ADMITTED),
        (DENIED, [*ADMITTED, "At first the company had denied having sealed the lower hatch."]),
        (["The company denied that it had not sealed the lower hatch."], ADMITTED),
        (DENIED, ["The company said it had sealed the lower hatch."]),
    ],
)
def test_another_thing_or_source_or_both_told_is_none(reference: list[str], version: list[str]) -> None:
    assert levels(reference, version) == []
