"""What was dropped and what was added, in runs, and what it weighs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.align import align
from consistency.checks import addition, omission
from consistency.facts import weight
from consistency.protocols import Context
from consistency.records import Finding
from tests.articles import story
from tests.cases import Case, context, load

FIVE = ["One came.", "Two went.", "Three stayed.", "Four slept.", "Five woke."]
PLAIN = ["The fair opened in May.", "It rained all week.", "The fair closed in June."]


def dropped(*sentences: str, kept: Sequence[str] = PLAIN) -> Finding:
    """The finding on a version that leaves the sentences out behind the first of those that are kept."""
    reference = [kept[0], *sentences, *kept[1:]]
    places = [0, *range(1 + len(sentences), len(reference))]
    (found,) = omission.CHECK.check(story(reference, kept, [([at], [n]) for n, at in enumerate(places)]))
    return found


def added(*sentences: str, kept: Sequence[str] = PLAIN) -> Finding:
    version = [kept[0], *sentences, *kept[1:]]
    places = [0, *range(1 + len(sentences), len(version))]
    (found,) = addition.CHECK.check(story(kept, version, [([n], [at]) for n, at in enumerate(places)]))
    return found


def test_a_truncated_copy_gives_one_note() -> None:
    (found,) = omission.CHECK.check(story(FIVE, FIVE[:2], [([0], [0]), ([1], [1])]))
    assert found.version is None
    assert found.reference is not None
    assert found.reference.claims == ("reference#2", "reference#3", "reference#4")
    assert found.reference.text == "Three stayed. Four slept. Five woke."
    assert (found.level, found.confidence) == ("note", 0.7)
    assert "ends early" in found.message
    assert "last 3 of the reference's 5" in found.message


def test_runs_apart_are_findings_apart() -> None:
    found = list(omission.CHECK.check(story(FIVE, ["Two went.", "Four slept."], [([1], [0]), ([3], [1])])))
    assert [one.message.partition(", with")[0].rstrip(".") for one in found] == [
        "The version leaves out the lead of the reference",
        "The version leaves out one sentence in the middle of the reference",
        "The version leaves out one sentence at the end of the reference",
    ]
    assert found[0].confidence == 0.9
    assert found[1].confidence < 0.9


def test_all_aligned_is_quiet() -> None:
    context = story(FIVE, FIVE[:2], [([0, 1], [0]), ([2, 3, 4], [1])])
    assert not list(omission.CHECK.check(context))
    assert not list(addition.CHECK.check(context))


def test_a_sentence_that_stands_there_unaligned_is_quiet() -> None:
    context = story(FIVE[:2], ["two  went.", "One came."], [([0], [1])])
    assert not list(omission.CHECK.check(context))
    assert not list(addition.CHECK.check(context))


def test_a_report_may_tell_less_and_more() -> None:
    context = story(FIVE, ["Six sang."], [], role="report")
    assert not list(omission.CHECK.check(context))
    assert not list(addition.CHECK.check(context))


def test_nothing_in_common() -> None:
    context = story(FIVE, ["Six sang."], [])
    (lost,) = omission.CHECK.check(context)
    (new,) = addition.CHECK.check(context)
    assert lost.message == "The version has none of the 5 sentences of the reference."
    assert new.message == "The version has no sentence that stands in the reference."


def test_additions_are_merged_and_placed() -> None:
    context = story(FIVE[:2], ["One came.", "New a.", "New b.", "Two went.", "New c."], [([0], [0]), ([1], [3])])
    first, last = addition.CHECK.check(context)
    assert first.reference is None
    assert first.version is not None
    assert first.version.claims == ("version#1", "version#2")
    assert first.message.startswith("The version adds two sentences in the middle")
    assert last.message.startswith("The version adds one sentence at the end")


def test_a_version_that_goes_on() -> None:
    (found,) = addition.CHECK.check(story(FIVE[:1], FIVE, [([0], [0])]))
    assert found.message.startswith("The version goes on: its last 4 of 5 sentences are not in the reference")


WEIGHED = [
    ("Correction: The fair opened in April.", 0.95, "a correction note"),
    ("This story has been corrected to show that the fair opened in April.", 0.95, "a correction note"),
    ("An earlier version of this article gave the wrong month.", 0.95, "a correction note"),
    ("Editor’s note: The organiser is a cousin of the writer.", 0.95, "an editor’s note"),
    ("He denied the charges.", 0.95, "a denial"),
    ("The company said it had not sold the data.", 0.85, "an attribution"),
    ("“I would have come on foot if I had to,” she whispered.", 0.85, "a quote"),
    ("“I would have come on foot if I had to,” she said.", 0.85, "a quote"),
    ("According to the organisers, the music was too loud.", 0.85, "an attribution"),
    ("The music was heard 12 kilometres away by 300 people.", 0.8, "two figures"),
    ("The music stopped on Tuesday.", 0.8, "a date"),
    ("The music was written by Aino Karhu.", 0.8, "a name"),
    ("The music was too loud.", 0.7, ""),
    ("The first of them was one of a kind.", 0.7, ""),
]


@pytest.mark.parametrize(("sentence", "confidence", "words"), WEIGHED)
def test_what_it_is_weighs(sentence: str, confidence: float, words: str) -> None:
    told = f", with {words}." if words else "."
    lost, new = dropped(sentence), added(sentence)
    assert lost.message == f"The version leaves out one sentence in the middle of the reference{told}"
    assert new.message == f"The version adds one sentence in the middle{told}"
    assert (lost.confidence, new.confidence) == (confidence, confidence)


def test_the_heaviest_three_are_told() -> None:
    found = dropped(
        "Aino Karhu denied the charges.", "“I was at home the whole night,” she told 40 reporters on Monday."
    )
    assert "two sentences in the middle of the reference, with a denial, a quote and a figure." in found.message


@pytest.mark.parametrize("sentence", [row[0] for row in WEIGHED])
def test_only_a_note_that_corrects_or_a_denial_is_a_warning(sentence: str) -> None:
    noted, denied = weight.note(sentence) != "", weight.denial(sentence) is not None
    charged = ["The company was accused of theft.", *PLAIN[1:]]
    assert dropped(sentence, kept=charged).level == ("warning" if noted or denied else "note")
    assert dropped(sentence).level == ("warning" if noted or (denied and "said" not in sentence) else "note")
    assert added(sentence, kept=charged).level == ("warning" if noted else "note")


STILL_TOLD = [
    ("The factory poured its oil into the lake, a newspaper wrote.", "The owners said they had not poured oil.", True),
    ("The factory poured its oil into the lake, a newspaper wrote.", "The factory denied the report.", True),
    ("A study found that the well was clean.", "The journal retracted the study in May.", True),
    ("The old bridge is unsafe, two engineers wrote.", "The council denied that the bridge was unsafe.", True),
    ("The old bridge is unsafe, two engineers wrote.", "The council said it had not slept.", False),
    ("The old bridge is unsafe, two engineers wrote.", "A driver said he had never crossed it on a bridge day.", False),
    ("The old bridge is unsafe, two engineers wrote.", "He denied it.", True),
    ("The old bridge is unsafe, two engineers wrote.", "He denied that he would retire in June.", False),
    ("She is in charge of the old bridge.", "She said she had never worked so hard.", False),
    ("Her horse claimed the first prize of the day.", "She said she had never worked so hard.", False),
    ("Her horse died of poison, and two are suspected.", "She said she had not fed it.", True),
]


@pytest.mark.parametrize(("first", "sentence", "answers"), STILL_TOLD)
def test_a_denial_is_missed_where_the_thing_denied_is_still_told(first: str, sentence: str, answers: bool) -> None:
    assert dropped(sentence, kept=[first, *PLAIN[1:]]).level == ("warning" if answers else "note")
    assert dropped(first, sentence).level == "note"


def test_a_name_that_the_other_article_has_is_not_lost() -> None:
    kept = ["The music was by Aino Karhu.", *PLAIN[1:]]
    assert dropped("Karhu was pleased.", kept=kept).confidence == 0.7


def test_a_headline_and_the_lead_behind_it() -> None:
    head = ["Fair opens after a week of rain", "The fair opened in May.", "It rained all week."]
    (found,) = omission.CHECK.check(story(head, head[1:], [([1], [0]), ([2], [1])]))
    assert found.message.startswith("The version leaves out the headline of the reference")
    (found,) = omission.CHECK.check(story(head, [head[0], head[2]], [([0], [0]), ([2], [1])]))
    assert found.message.startswith("The version leaves out the lead of the reference")
    assert found.confidence == 0.9


def test_a_correction_is_missed_at_the_end_of_a_long_block_too() -> None:
    (found,) = omission.CHECK.check(story([*FIVE, "Correction: Six came."], FIVE[:1], [([0], [0])]))
    assert (found.level, found.confidence) == ("warning", 0.95)


def test_a_denial_in_a_long_block_that_was_cut_off_is_told_in_a_note() -> None:
    accused = ["The mayor was accused of theft.", *FIVE, "He denied the charges."]
    (found,) = omission.CHECK.check(story(accused, accused[:1], [([0], [0])]))
    assert (found.level, found.confidence) == ("note", 0.7)
    assert "with a denial" in found.message
    (found,) = omission.CHECK.check(story([accused[0], *accused[-2:]], accused[:1], [([0], [0])]))
    assert (found.level, found.confidence) == ("warning", 0.95)


def test_a_denial_left_out_with_its_charge_is_a_note() -> None:
    assert dropped("The mayor was accused of theft.", "He denied the charges.").level == "note"
    still = ["The mayor is on trial.", "It rained all week."]
    assert dropped("The mayor was accused of theft.", "He denied the charges.", kept=still).level == "warning"


@pytest.mark.parametrize(
    "elsewhere",
    ["The mayor, who denies it, was charged.", "The mayor was charged and rejected everything.", "He was not there."],
)
def test_a_denial_told_elsewhere_is_not_lost(elsewhere: str) -> None:
    reference = ["The mayor was charged.", "It rained.", "He denied the charges."]
    (found,) = omission.CHECK.check(story(reference, [elsewhere, "It rained."], [([0], [0]), ([1], [1])]))
    assert found.level == "note"
    assert "denial" not in found.message


def test_another_person_s_denial_does_not_stand_in() -> None:
    kept = ["Aino Karhu denied the charges.", *PLAIN[1:]]
    assert dropped("Pekka Salo denied the charges.", kept=kept).level == "warning"
    assert dropped("Karhu had denied the charges before.", kept=kept).level == "note"


def test_a_correction_told_in_other_words_is_not_lost() -> None:
    reference = [*PLAIN, "Correction: The fair opened in April."]
    version = ["This story was corrected.", *PLAIN]
    pairs = [([n], [n + 1]) for n in range(3)]
    assert [one.level for one in omission.CHECK.check(story(reference, version, pairs))] == ["note"]
    assert [one.level for one in addition.CHECK.check(story(reference, version, pairs))] == ["note"]
    second = [*PLAIN, "Correction: The fair opened in April.", "Correction: It snowed."]
    (found,) = omission.CHECK.check(story(second, second[:4], [([n], [n]) for n in range(4)]))
    assert found.level == "warning"


def aligned(case: Case) -> Context:
    """The case's two texts with the alignments that the tool would make."""
    given = context(case)
    return Context(given.story, given.claims, align("version", given.claims["reference"], given.claims["version"]))


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in load("omission")])
def test_omission_cases_as_the_tool_aligns_them(case: Case) -> None:
    assert [one.level for one in omission.CHECK.check(aligned(case))] == [want.level for want in case.expect]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in load("addition")])
def test_addition_cases_as_the_tool_aligns_them(case: Case) -> None:
    assert [one.level for one in addition.CHECK.check(aligned(case))] == [want.level for want in case.expect]


DENIALS = """
Lindqvist’s office denied that any such promise had been made.
The former mayor pleaded not guilty on Monday.
The allegations were denied by the minister.
Moscow denies involvement.
It is a charge that she denies.
The ministry rejected the accusations as groundless.
A spokesman dismissed the report as false.
The witness recanted her testimony in June.
He told reporters that he had never met her.
The minister insisted she was not involved.
She said she had no knowledge of the payments.
""".strip().splitlines()
NO_DENIALS = """
He was denied entry to the country.
The judge denied bail.
He could neither confirm nor deny the reports.
She did not deny the allegations.
The ministry declined to comment on the repairs.
Prosecutors have not opened a criminal case.
He said he was not surprised.
She said she did not know when work would begin.
The bank said it would not raise rates.
The goalkeeper was dismissed in added time.
The agency rejected asylum claims from 300 people.
He said he had not yet decided.
""".strip().splitlines()
NOTES = """
CORRECTION — The bridge opened in 1968.
Correction (April 3): The name is Solheim.
Corrections and clarifications
In a previous version of this news story, the age was wrong.
This article was amended on 4 May 2021 to correct a name.
This report has since been retracted.
(Corrects spelling of name in paragraph 3)
The newspaper regrets the error.
EDITOR’S NOTE: The writer is a cousin of the organiser.
""".strip().splitlines()
NO_NOTES = """
A correction in the stock market wiped out 4 percent.
Corrections officers at the prison voted to strike.
This article was first published in 2019.
This story has been updated with comment from the company.
The bank corrects its forecast every year.
An earlier version of the bill failed.
""".strip().splitlines()


@pytest.mark.parametrize("text", DENIALS)
def test_a_denial(text: str) -> None:
    assert weight.denial(text) is not None


@pytest.mark.parametrize("text", NO_DENIALS)
def test_no_denial(text: str) -> None:
    assert weight.denial(text) is None


@pytest.mark.parametrize("text", NOTES)
def test_a_note(text: str) -> None:
    assert weight.note(text)


@pytest.mark.parametrize("text", NO_NOTES)
def test_no_note(text: str) -> None:
    assert not weight.note(text)


_PIECES = st.sampled_from(
    ["denied ", "said ", "it ", "had not ", "Correction", ": ", "“", "”", "this story ", "1.2.3 "]
)


@given(st.lists(_PIECES | st.text(max_size=8), max_size=40).map("".join))
def test_any_text_can_be_weighed(text: str) -> None:
    found = weight.denial(text)
    assert found is None or 0 <= found.span.start < found.behind <= found.span.end <= len(text)
    for finding in omission.CHECK.check(story(["One came.", text + ".", "Two went."], ["One came."], [([0], [0])])):
        assert 0.5 <= finding.confidence <= 1.0
