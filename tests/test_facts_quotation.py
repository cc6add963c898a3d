"""Quotes found in a text: marks, nesting, paragraphs, speakers, and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.facts.attribution import other_person
from consistency.facts.quotation import Quotation, marks, quotations

MARKS = "“”„«»‘’'\"‹›‚"
TEXTS = st.text(alphabet=st.sampled_from(MARKS + "ab s.,\n(said6X"), max_size=80) | st.text(max_size=80)


def inner(text: str, quote: Quotation) -> str:
    return text[quote.inner.start : quote.inner.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One,” he said. “Two.”", ["One,", "Two."]),
        ('"One," he said. "Two."', ["One,", "Two."]),
        ("« Un » et „zwei“ und »drei«", [" Un ", "zwei", "drei"]),
        ("‘One,’ he said, ‘isn’t two.’", ["One,", "isn’t two."]),
        ("'One,' he said of the boys' club.", ["One,"]),
        ("``One,'' he said. ''Two.''", ["One,", "Two."]),
        ("‘the boys’ club’ is open", ["the boys’ club"]),
        ("don't, won’t, the '90s and rock 'n' roll", []),
        ('He is 6\'2" tall, the shell 12" wide', []),
        ("“He said ‘no’ to me.”", ["He said ‘no’ to me.", "no"]),
        ("“One »", ["One "]),
    ],
)
def test_every_style_of_mark(text: str, expected: list[str]) -> None:
    assert [inner(text, quote) for quote in quotations(text)] == expected
    assert not marks(text).strays


def test_nested_quotes_know_their_depth() -> None:
    assert [quote.depth for quote in quotations("“He said ‘no’ to me,” she said. “Yes.”")] == [0, 1, 0]


def test_a_quote_that_opens_again_in_each_paragraph_is_continued() -> None:
    first, second = quotations("“We came in spring.\n\n“We left in autumn,” she said.")
    assert (first.closed, first.continued) == (False, True)
    assert second.closed
    assert second.speaker is None


def test_a_quote_may_close_in_a_later_line() -> None:
    (quote,) = quotations("“We came in spring\nand left\nin autumn,” she said.")
    assert quote.closed


@pytest.mark.parametrize("text", ["“One, he said.", "“One, he said.\n\nNext.", '"One, he said.\nThen "two" came.'])
def test_an_unclosed_quote_stays_in_its_paragraph(text: str) -> None:
    quote = quotations(text)[0]
    assert (quote.closed, quote.continued) == (False, False)
    assert inner(text, quote) == "One, he said."


def test_an_unclosed_quote_ends_where_the_next_opens() -> None:
    text = "“One, he said. “Two.”"
    assert [(inner(text, one), one.closed) for one in quotations(text)] == [
        ("One, he said. ", False),
        ("Two.", True),
    ]


def test_mismatched_and_stray_marks() -> None:
    (quote,) = quotations("“It will be brought to justice. »")
    assert not quote.matched
    assert [stray.start for stray in marks("It is bad,” he said.").strays] == [10]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“Yes,” said Ann Hill.", "Ann Hill"),
        ("“Yes,” Ann Hill said.", "Ann Hill"),
        ("“Yes,” national security adviser Jake Sullivan told reporters Monday.", "Jake Sullivan"),
        ("“Yes,” Secretary of State Antony Blinken told reporters.", "Antony Blinken"),
        ("“Yes,” said the mayor of the town, Ann Hill.", None),
        ("Ann Hill, a senior fellow, said it was “fundamental” to all.", "Ann Hill"),
        ("Ann Hill said: “Yes.”", "Ann Hill"),
        ("“Yes,” according to Mr. Hill.", "Hill"),
        ("“Yes,” Ukraine’s Attorney General Andriy Kostin wrote.", "Andriy Kostin"),
        ("“Yes,” he said while Ann Hill said nothing.", None),
        ("“Yes,” he told Reuters.", None),
        ("“Yes,” she added on Monday.", None),
        ("The so-called “plan” Ann Hill said she knew of.", None),
    ],
)
def test_the_speaker_when_plain(text: str, speaker: str | None) -> None:
    assert quotations(text)[0].speaker == speaker


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Jake Sullivan", "Antony Blinken", True),
        ("Jake Sullivan", "Sullivan", False),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", False),
        ("Jake Sullivan", "White House", False),
        ("Ann Hill", "New York", False),
    ],
)
def test_two_speakers_are_two_people_only_when_plain(one: str, other: str, expected: bool) -> None:
    assert other_person(one, other) is expected


@given(TEXTS)
def test_any_text_gives_sound_spans(text: str) -> None:
    last = 0
    for quote in quotations(text):
        assert last <= quote.span.start <= quote.inner.start <= quote.inner.end <= quote.span.end <= len(text)
        last = quote.span.start
        assert text.startswith(quote.opener, quote.span.start)
        assert text[quote.inner.end : quote.span.end] == quote.closer
        assert quote.closed == bool(quote.closer)
        assert 0 <= quote.depth <= 6
        if quote.attribution:
            span = quote.attribution.span
            assert text[span.start : span.end] == quote.attribution.speaker
    for stray in marks(text).strays:
        assert 0 <= stray.start < stray.end <= len(text)


def test_ten_thousand_quotes_in_one_paragraph() -> None:
    text = "“a” 'b' " * 5_000 + "“" * 5_000 + "”" * 5_000
    assert len(quotations(text)) > 10_000
