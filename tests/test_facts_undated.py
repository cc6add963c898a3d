"""Days that depend on the day of publication are said alike, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.facts.undated import undated
from consistency.infer import infer
from consistency.pipeline import check
from consistency.protocols import Scorer
from consistency.records import Alignment, Article, Claim, Scores, Span
from eval.systems.tool import Listener


@pytest.mark.parametrize(
    ("premise", "hypothesis", "alike"),
    [
        ("She left on Monday for good.", "She left yesterday for good.", "She left on Monday for good."),
        ("He was arrested last night.", "He was arrested on Friday night.", "He was arrested last night."),
        ("Thursday, Ms Roy called.", "Yesterday, Ms Roy called.", "Thursday, Ms Roy called."),
        ("Prices rose last month.", "Prices rose in August.", "Prices rose last month."),
        ("It opened on Monday, March 3.", "It opened yesterday.", "It opened on Monday, March 3."),
        ("The ship sank two days ago.", "The ship sank on Saturday.", "The ship sank two days ago."),
        ("Met on Monday, meets tomorrow.", "Met yesterday, meets on Friday.", "Met on Monday, meets tomorrow."),
        ("in Thursday's paper", "in tomorrow's issue", "in Thursday's issue"),
        ("The plant opens next year.", "The plant opens in 2031.", "The plant opens next year."),
    ],
)
def test_a_day_is_said_as_the_other_says_it(premise: str, hypothesis: str, alike: str) -> None:
    assert undated(premise, hypothesis) == alike


@pytest.mark.parametrize(
    ("premise", "hypothesis"),
    [
        ("It closed on Monday.", "It closed on Tuesday."),
        ("It closed on March 3.", "It closed on March 4."),
        ("It closed yesterday morning.", "It closed on Monday night."),
        ("Sales fell last year.", "Sales fell this year."),
        ("Sales fell last year.", "Sales fell in March."),
        ("It closed today.", "It closed."),
        ("It closed today, not on Monday.", "It closed on Monday, not today."),
        ("It closed yesterday. " * 300, "It closed on Monday."),
    ],
)
def test_what_the_words_tell_apart_stays(premise: str, hypothesis: str) -> None:
    assert undated(premise, hypothesis) == hypothesis


WORDS = "the on in Monday Friday March 3 2020 night week closed , . ’ \u202e two days"
NEAR = "yesterday today last this month year ago Tomorrow"


def texts(vocabulary: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(vocabulary.split(" ")), max_size=12).map(" ".join)


@given(texts(WORDS), texts(WORDS))
def test_without_a_word_for_the_day_of_publication_nothing_changes(premise: str, hypothesis: str) -> None:
    assert undated(premise, hypothesis) == hypothesis


@given(texts(f"{WORDS} {NEAR}"), texts(f"{WORDS} {NEAR}"))
def test_nothing_but_times_is_taken_from_the_premise(premise: str, hypothesis: str) -> None:
    alike = undated(premise, hypothesis)
    assert undated(premise, premise) == premise
    for word in ("closed", "the", "’", "\u202e"):
        assert alike.split(" ").count(word) == hypothesis.split(" ").count(word)


class Asked(Listener):
    """Keeps what it is asked, and finds all of it contradictory."""

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str]] = []

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        self.pairs += pairs
        return [Scores(0.0, 0.02, 0.98)] * len(pairs)


def scored(premise: str, hypothesis: str) -> tuple[Alignment, list[tuple[str, str]]]:
    claims = {one: Claim(one, one, Span(0, len(text)), text) for one, text in (("r", premise), ("v", hypothesis))}
    scorer = Asked()
    (found,) = infer([Alignment("v", ("r",), ("v",), 0.9)], claims, scorer)
    return found, scorer.pairs


def test_the_model_is_not_asked_about_the_day_alone() -> None:
    found, asked = scored("The mayor resigned on Monday.", "The mayor resigned yesterday.")
    assert asked == []
    assert found.forward == found.backward == Scores(1.0, 0.0, 0.0)


def test_the_model_reads_the_rest_and_a_day_is_no_difference_by_itself() -> None:
    premise, hypothesis = "The mayor of Lund resigned on Monday.", "The mayor of Oslo resigned yesterday."
    found, asked = scored(premise, hypothesis)
    assert ("The mayor of Lund resigned on Monday.", "The mayor of Oslo resigned on Monday.") in asked
    assert not any("yesterday" in text for pair in asked for text in pair)
    told = {hypothesis[one.hypothesis.start : one.hypothesis.end]: one.contradiction for one in found.isolated}
    assert told == {"Oslo": 0.98, "yesterday": 0.0}


def test_an_honest_copy_of_another_day_is_quiet(embedded: Scorer) -> None:
    told = "Belgium said on Saturday it has decided to scrap a controversial war crimes law."
    copy = "Belgium said yesterday that it has decided to scrap a controversial war crimes law."
    report = check(Article(id="r", text=told), [Article(id="v", text=copy)], scorer=embedded)
    assert report.findings == ()
    dated = [Article(id=name, text=text, published="2024-05-07") for name, text in (("r", told), ("v", copy))]
    (found,) = check(dated[0], dated[1:], scorer=embedded).findings
    assert (found.check, found.level) == ("date", "error"), "both came out on a Tuesday"
