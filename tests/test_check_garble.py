"""Damage of a version against its reference: what the alignments decide."""

from __future__ import annotations

from consistency.checks.garble import CHECK
from consistency.protocols import Context
from consistency.records import Finding
from tests.articles import story

BROKEN = "It is at war in China. difficulty against Kyiv."
WHOLE = "It is in its ailing war against Kyiv."


def found(context: Context) -> list[Finding]:
    return [one for one in CHECK.check(context) if one.confidence >= 0.5]


def test_the_aligned_claims_are_the_reference_side() -> None:
    (one,) = found(story([WHOLE, "The end."], ["A start.", BROKEN], [([0], [1])]))
    assert one.reference is not None
    assert one.reference.claims == ("reference#0",)
    assert one.reference.evidence == ()
    assert one.version is not None
    assert one.version.claims == ("version#1",)
    assert one.message == "A full stop stands inside the sentence: “China. difficulty”."


def test_an_unaligned_claim_is_judged_by_itself() -> None:
    (one,) = found(story([WHOLE], [BROKEN], []))
    assert one.reference is None


def test_damage_of_the_reference_is_not_the_versions() -> None:
    assert not found(story([BROKEN], [BROKEN], [([0], [0])]))
    assert not found(story([BROKEN], [BROKEN], []))
    assert not found(story([BROKEN], [WHOLE], [([0], [0])]))


def test_damage_elsewhere_in_the_reference_excuses_nothing() -> None:
    assert found(story([WHOLE, "A stop. stands here."], [BROKEN, "A stop stands here."], [([0], [0]), ([1], [1])]))


def test_a_word_that_the_reference_writes_small_behind_a_stop_is_a_credit() -> None:
    claims = ["They met in May. photography via pinterest", "They parted in autumn."]
    copied = ["They met in May.", "They parted in autumn. photography via pinterest"]
    broken = ["They met in May.", "They parted in. autumn again."]
    links = [([0], [0]), ([1], [1])]
    assert not found(story(claims, copied, links))
    assert found(story(claims, broken, links))
    assert found(story([WHOLE, WHOLE], copied, links))


def test_the_same_damage_everywhere_is_one_finding() -> None:
    lines = [
        f"It was a blow to officials number {name}.The minister resigned."
        for name in ["one", "two", "three", "four", "five", "six", "seven"]
    ]
    (one,) = found(story(["Nothing."], [line.replace("number ", "").replace(" one.", " alpha.") for line in lines], []))
    assert "and 6 more places like it" in one.message
    assert one.version is not None
    assert len(one.version.evidence) == 7


def test_a_missing_stop_counts_only_where_the_reference_goes_on() -> None:
    whole = "The council approved the new city budget on Monday after a long debate, but two members walked out."
    cut = "The council approved the new city budget on Monday after a long debate"
    assert found(story([whole], [cut], [([0], [0])]))
    assert not found(story([whole], [cut], []))
    assert not found(story([cut + "."], [cut], [([0], [0])]))
