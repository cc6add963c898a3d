"""Quotes of a version against the reference, over claims and paragraphs."""

from __future__ import annotations

from consistency.checks.quotation import CHECK
from consistency.protocols import Context
from consistency.records import Finding
from tests.articles import story

PULL = "“Russia is trying to pull others into this conflict,” Ann Hill said."
DRAG = "“Russia is trying to drag others into this conflict,” Ann Hill said."


def found(context: Context) -> list[Finding]:
    return [one for one in CHECK.check(context) if one.confidence >= 0.5]


def test_the_evidence_is_the_words_that_differ() -> None:
    context = story(["A start.", PULL], [DRAG], [([1], [0])])
    (one,) = found(context)
    assert one.reference is not None
    assert one.version is not None
    for side, word in ((one.reference, "pull"), (one.version, "drag")):
        text = context.story.article(side.article).text
        assert [text[span.start : span.end] for span in side.evidence] == [word]
    assert one.message == "Inside the quote marks the reference has “pull”, the version “drag”."


def test_a_quote_over_two_claims_is_one_finding() -> None:
    reference = ["“We came in the spring. ", "We left in the autumn of that year,” he said."]
    version = ["“We came in the summer. ", "We fled in the autumn of that year,” he said."]
    context = story(reference, version, [([0], [0]), ([1], [1])])
    (one,) = found(context)
    assert one.version is not None
    assert one.version.claims == ("version#0", "version#1")


def test_a_verbatim_quote_of_a_neighbouring_claim_is_quiet() -> None:
    reference = ["The mayor spoke for an hour.", "“We will rebuild the school,” she said."]
    version = ["The mayor spoke for an hour: “We will rebuild the school.”"]
    assert not found(story(reference, version, [([0], [0])]))


def test_an_unaligned_quote_is_quiet() -> None:
    assert not found(story([PULL], [DRAG], []))


def test_two_reporters_may_translate_each_in_their_way() -> None:
    assert not found(story([PULL], [DRAG], [([0], [0])], role="report"))


def test_an_unclosed_quote_is_left_to_garble() -> None:
    assert not found(story([PULL], [DRAG.replace("”", "")], [([0], [0])]))


def test_what_follows_a_cut_in_the_reference_is_no_change() -> None:
    cut = "“Russia is trying to pull others into this conf"
    assert not found(story([cut], [PULL], [([0], [0])]))
    assert found(story([cut], [DRAG], [([0], [0])]))


def test_a_quote_of_marks_alone() -> None:
    assert not list(CHECK.check(story(["“” “...” ‘-’"], ["“” “!?” ‘ ’"], [([0], [0])])))


def test_many_quotes_in_one_claim() -> None:
    many = " ".join(f"“Number {number} is the one we want to see,” he said." for number in range(1_000))
    assert not found(story([many], [many], [([0], [0])]))
