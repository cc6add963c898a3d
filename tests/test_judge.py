"""Thresholds, levels, merging, fingerprints, order and exit codes: pure functions over findings."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.judge import MODEL_CHECK, Judgement, Rule, exit_code, fingerprint, judge, rejudge
from consistency.records import (
    LEVELS,
    Article,
    Coverage,
    FailOn,
    Finding,
    Given,
    Level,
    Place,
    Report,
    Run,
    Side,
    Signature,
    Span,
    Story,
    Unread,
)

LEFT = "The two leaders have met 39 times before. Nobody was hurt in Kyiv."
RIGHT = "The two leaders have met 93 times before. Nobody was hurt in China."


def story(left: str = LEFT, right: str = RIGHT) -> Story:
    return Story("story", (Article("a", left, role="original"), Article("b", right)), "a")


def side(article: str, text: str, claim: str, words: str, id: str = "1") -> Side:
    """A claim of an article's text as a side, with `words` of it as evidence (none for "")."""
    start = text.index(claim)
    at = start + claim.index(words)
    evidence = (Span(at, at + len(words)),) if words else ()
    return Side(article, (f"{article}#{id}",), claim, (Span(start, start + len(claim)),), evidence)


def finding(
    check: str = "quantity",
    level: Level = "error",
    confidence: float = 0.9,
    *,
    at: int = 0,
    words: tuple[str, str] | None = None,
    message: str = "",
) -> Finding:
    """A finding on the sentence number `at` of both articles."""
    marked = words or (("39", "93"), ("Kyiv", "China"))[at]
    claims = [text.split(". ")[at] for text in (LEFT, RIGHT)]
    left = side("a", LEFT, claims[0], marked[0], str(at))
    right = side("b", RIGHT, claims[1], marked[1], str(at))
    return Finding(check, level, message or f"{check} {at}", confidence, left, right)


def judged(*found: Finding, **rules: Rule) -> Judgement:
    return judge(found, rules, story())


def test_a_threshold_is_reached_or_not() -> None:
    found = finding(confidence=0.6)
    for threshold, reported in ((0.59, True), (0.6, True), (0.61, False)):
        result = judged(found, quantity=Rule(threshold))
        assert (len(result.findings), len(result.candidates)) == ((1, 0) if reported else (0, 1))


def test_a_check_without_a_rule_is_judged_as_usual() -> None:
    result = judged(finding(confidence=0.5), finding(confidence=0.49, at=1))
    assert [one.confidence for one in result.findings] == [0.5]
    assert [one.confidence for one in result.candidates] == [0.49]


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_is_the_check_s_own_or_the_rule_s(level: Level) -> None:
    assert judged(finding(level=level)).findings[0].level == level
    assert judged(finding(), quantity=Rule(level=level)).findings[0].level == level
    assert judged(finding(confidence=0.1), quantity=Rule(level=level)).candidates[0].level == level


def test_a_check_that_is_off_says_nothing() -> None:
    assert judged(finding(), finding(confidence=0.1), quantity=Rule(on=False)) == Judgement((), ())


def test_the_same_span_stands_elsewhere_in_another_article() -> None:
    at = Span(2, 4)
    told = Story("story", (Article("a", "a 39", lines=(0,)), Article("b", "b\n93", lines=(0, 2))), "a")
    left, right = (Side(article, (f"{article}#1",), "39", (at,), (at,)) for article in "ab")
    found = Finding("quantity", "error", "", 0.9, left, right)
    (one,) = judge([found], {}, told).findings
    assert one.reference is not None
    assert one.version is not None
    assert (one.reference.places, one.version.places) == ((Place(1, 3, 1, 5),), (Place(2, 1, 2, 3),))


def test_a_typed_error_explains_the_contradiction_on_its_claims() -> None:
    model = finding(MODEL_CHECK, confidence=0.97)
    result = judged(model, finding(confidence=0.8))
    assert [(one.check, one.confidence) for one in result.findings] == [("quantity", 0.97)]
    assert [(one.check, one.confidence) for one in result.candidates] == [(MODEL_CHECK, 0.97)]
    assert judged(finding(MODEL_CHECK, confidence=0.6), finding(confidence=0.8)).findings[0].confidence == 0.8


@pytest.mark.parametrize(
    "typed",
    [
        finding(at=1),  # on other claims
        finding(level="warning"),
        finding(confidence=0.3),  # no finding itself
    ],
)
def test_a_contradiction_that_nothing_explains_stays(typed: Finding) -> None:
    result = judged(finding(MODEL_CHECK, confidence=0.97), typed)
    assert (MODEL_CHECK, 0.97) in {(one.check, one.confidence) for one in result.findings}
    others = [one for one in (*result.findings, *result.candidates) if one.check != MODEL_CHECK]
    assert [one.confidence for one in others] == [typed.confidence]


def test_a_slip_in_a_name_explains_a_contradiction_that_shows_nothing_else() -> None:
    slip = finding("name", "warning", 0.65, words=("met 39", "met 93"))
    result = judged(finding(MODEL_CHECK, confidence=0.97), slip)
    assert [(one.check, one.level, one.confidence) for one in result.findings] == [("name", "warning", 0.97)]
    assert [one.check for one in result.candidates] == [MODEL_CHECK]
    wider = finding(MODEL_CHECK, confidence=0.97, words=("have met 39", "have met 93"))
    assert {one.check for one in judged(wider, slip).findings} == {MODEL_CHECK, "name"}


@pytest.mark.parametrize(
    ("left", "right", "words", "quiet"),
    [
        (
            "Three people were shot at a shop in Chicago on Friday.",
            "Three people were shot at a shop in Illinois on Friday.",
            ("Chicago", "Illinois"),
            True,
        ),
        (
            "The rig sank in the Gulf of Mexico on Friday.",
            "The rig sank in the Gulf of America on Friday.",
            ("Mexico", "America"),
            True,
        ),
        (
            "All schools in Chicago were shut on Friday.",
            "All schools in Illinois were shut on Friday.",
            ("Chicago", "Illinois"),
            False,
        ),
        ("The fire began in Chicago on Friday.", "The fire began in Ohio on Friday.", ("Chicago", "Ohio"), False),
        (
            "Three people were shot at a shop in Chicago on Friday.",
            "Three people were hurt at a shop in Illinois on Friday.",
            ("shot at a shop in Chicago", "hurt at a shop in Illinois"),
            False,
        ),
    ],
)
def test_a_contradiction_that_shows_a_wider_place_alone_is_none(
    left: str, right: str, words: tuple[str, str], quiet: bool
) -> None:
    sides = (side("a", left, left, words[0]), side("b", right, right, words[1]))
    found = Finding(MODEL_CHECK, "error", "They differ.", 0.97, *sides)
    result = judge([found], {}, story(left, right))
    assert len(result.candidates if quiet else result.findings) == 1


@pytest.mark.parametrize(("check", "level"), [("contradiction", "error"), ("quantity", "error"), ("hedge", "note")])
def test_a_changed_word_gives_way_to_what_else_is_reported_of_its_claims(check: str, level: Level) -> None:
    word = finding("wording", "warning", 0.6)
    found = judged(word, finding(check, level, 0.95))
    assert [one.check for one in found.findings] == [check]
    assert [one.check for one in found.candidates] == ["wording"]
    assert [one.check for one in judged(word, finding(check, level, 0.1)).findings] == ["wording"]


def test_a_saved_report_can_be_judged_again() -> None:
    found = [finding(MODEL_CHECK, confidence=0.97), finding(confidence=0.8), finding(at=1, confidence=0.3)]
    first = judge(found, {}, story())
    again = [*first.findings, *first.candidates]
    assert judge(again, {}, story()) == first
    without = judge(again, {"quantity": Rule(on=False)}, story())
    assert [one.check for one in without.findings] == [MODEL_CHECK]
    stricter = judge(again, {"quantity": Rule(0.2)}, story())
    assert [one.check for one in stricter.findings] == ["quantity", "quantity"]


CLAIM = "The two leaders have met 39 times before."
OTHER = "The two leaders have met 93 times before."


def printed(reference: str, version: str, words: tuple[str, str], check: str = "quantity") -> str:
    """The fingerprint of a finding on the sentences that hold the words."""

    def whole(article: str, text: str, marked: str) -> Side:
        claim = next(line for line in text.split("\n") if marked in line)
        return side(article, text, claim, marked)

    found = Finding(check, "error", "", 0.9, whole("a", reference, words[0]), whole("b", version, words[1]))
    return fingerprint(found)


def test_a_fingerprint_outlives_what_does_not_matter() -> None:
    usual = printed(CLAIM, OTHER, ("39 times", "93 times"))
    assert len(usual) == 16
    assert set(usual) <= set("0123456789abcdef")
    for reference, version in (
        (CLAIM.upper(), OTHER),
        (CLAIM.replace(" ", "  "), OTHER),
        (f"A lead.\n{CLAIM}", OTHER),
        (CLAIM, f"Another lead, and longer.\n{OTHER}\nAn end."),
        (CLAIM.replace(".", ""), OTHER),
        (f"“{CLAIM}”", f'"{OTHER}"'),
    ):
        words = next((left, "93 times") for left in ("39 times", "39 TIMES", "39  times") if left in reference)
        assert printed(reference, version, words) == usual, (reference, version)


def test_a_fingerprint_tells_findings_apart() -> None:
    prints = [
        printed(CLAIM, OTHER, ("39 times", "93 times")),
        printed(CLAIM, OTHER, ("39", "93 times")),
        printed(CLAIM, OTHER, ("39 times", "93 times"), check="date"),
        printed(CLAIM, OTHER.replace("93", "94"), ("39 times", "94 times")),
        printed(CLAIM.replace("39", "38"), OTHER, ("38 times", "93 times")),
        printed(CLAIM.replace("two", "three"), OTHER, ("39 times", "93 times")),
        printed(OTHER, CLAIM, ("93 times", "39 times")),
    ]
    assert len(set(prints)) == len(prints)


def test_a_fingerprint_does_not_hang_on_confidence_level_message_or_article() -> None:
    one = finding(confidence=0.9, message="One.")
    other = msgspec.structs.replace(one, confidence=0.6, level="note", message="Other.")
    assert fingerprint(one) == fingerprint(other)
    assert one.version is not None
    renamed = msgspec.structs.replace(one, version=msgspec.structs.replace(one.version, article="c", claims=("c#9",)))
    assert fingerprint(renamed) == fingerprint(one)


def test_one_side_may_be_missing() -> None:
    both = finding()
    omission = msgspec.structs.replace(both, version=None)
    addition = msgspec.structs.replace(both, reference=None)
    prints = {fingerprint(one) for one in (both, omission, addition)}
    assert len(prints) == 3
    assert len(judged(omission, addition).findings) == 2


def test_worst_comes_first() -> None:
    note = finding("omission", "note", 0.9)
    warning = finding("quotation", "warning", 0.9)
    later = finding("date", "error", 0.8, at=1)
    earlier = finding("name", "error", 0.8)
    surest = finding("place", "error", 0.95, at=1)
    result = judged(note, later, warning, surest, earlier)
    assert [one.check for one in result.findings] == ["place", "name", "date", "quotation", "omission"]


FOUND = st.builds(
    finding,
    st.sampled_from([MODEL_CHECK, "quantity", "name"]),
    st.sampled_from(LEVELS),
    st.sampled_from([0.2, 0.5, 0.9]),
    at=st.sampled_from([0, 1]),
    message=st.sampled_from(["One.", "Other."]),
)


@settings(max_examples=200, deadline=None)
@given(found=st.lists(FOUND, max_size=8), seed=st.integers(0, 99))
def test_the_order_of_the_input_does_not_matter(found: list[Finding], seed: int) -> None:
    shuffled = list(found)
    random.Random(seed).shuffle(shuffled)
    assert judged(*found) == judged(*shuffled)


def report(
    *levels: Level,
    unread: bool = False,
    share: tuple[int, int] = (4, 4),
    role_report: bool = False,
    candidate: bool = False,
) -> Report:
    found = tuple(finding(level=level) for level in levels)
    return Report(
        schema_version=2,
        signature=Signature("0", "m", "c"),
        story=story(),
        claims=(),
        coverage=(Coverage("b", share[0], share[1], 4, 4, 0.5, not role_report),),
        alignments=(),
        candidates=(finding(confidence=0.1),) if candidate else (),
        findings=found,
        unread=(Unread("c.txt", "missing", "", ""),) if unread else (),
    )


@pytest.mark.parametrize(
    ("made", "fail_on", "code"),
    [
        (report(), "error", 0),
        (report(), "note", 0),
        (report("error"), "error", 1),
        (report("warning"), "error", 0),
        (report("warning"), "warning", 1),
        (report("note"), "warning", 0),
        (report("note"), "note", 1),
        (report("error"), "note", 1),
        (report("note", "error"), "error", 1),
        (report("error", "warning", "note"), "never", 0),
        (report(candidate=True), "note", 0),
        (report(unread=True), "error", 3),
        (report(unread=True), "never", 3),
        (report("error", unread=True), "error", 1),
        (report("error", unread=True), "never", 3),
        (report("warning", unread=True), "error", 3),
        (report(share=(1, 4)), "error", 3),
        (report(share=(1, 4)), "never", 3),
        (report(share=(2, 4)), "error", 0),
        (report("error", share=(1, 4)), "error", 1),
        (report(share=(0, 4), role_report=True), "error", 0),
        (report("error", share=(0, 4), role_report=True), "error", 1),
        (report(share=(0, 0)), "error", 3),
    ],
)
def test_exit_codes(made: Report, fail_on: FailOn, code: int) -> None:
    assert exit_code(Run((made,)), fail_on) == code


RULES = st.builds(
    lambda some: dict(zip(("quantity", "name", MODEL_CHECK), some, strict=True)),
    st.tuples(*[st.builds(Rule, st.sampled_from([0.1, 0.5, 0.9]), st.sampled_from([None, *LEVELS]))] * 3),
)
CLOSE = st.builds(
    finding,
    st.sampled_from([MODEL_CHECK, "quantity", "name"]),
    st.sampled_from(LEVELS),
    st.sampled_from([0.2, 0.49996, 0.5, 0.7, 0.89994, 0.89996, 0.9, 0.95]),
    at=st.sampled_from([0, 1]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(CLOSE, max_size=8), RULES, RULES)
def test_what_is_judged_again_hangs_on_the_last_rules_alone(
    found: list[Finding], before: dict[str, Rule], after: dict[str, Rule]
) -> None:
    first = judge(found, before, story())
    again = judge([*first.candidates, *first.findings], after, story())
    assert again == judge(found, after, story())


def test_what_a_finding_came_with_is_kept_where_it_was_changed() -> None:
    result = judged(finding(MODEL_CHECK, confidence=0.97), finding(confidence=0.8), quantity=Rule(level="error"))
    (kept,) = result.findings
    assert (kept.confidence, kept.given) == (0.97, Given("error", 0.8))
    assert result.candidates[0].given is None
    lowered = judged(finding(), quantity=Rule(level="note")).findings[0]
    assert (lowered.level, lowered.given) == ("note", Given("error", 0.9))
    assert judged(finding()).findings[0].given is None


def test_a_confidence_is_judged_as_it_is_printed() -> None:
    result = judged(finding(confidence=0.49996))
    assert [one.confidence for one in result.findings] == [0.5]


def test_a_report_judged_again_keeps_all_but_the_verdict() -> None:
    made = report("error", unread=True, share=(1, 4))
    signature = Signature("0", "m", "other", ("date",))
    again = rejudge(made, {"quantity": Rule(0.99)}, signature, 0.1)
    assert (again.signature, again.findings) == (signature, ())
    assert [one.check for one in again.candidates] == ["quantity"]
    assert [entry.short for entry in again.coverage] == [False]
    assert (again.story, again.claims, again.unread) == (made.story, made.claims, made.unread)
