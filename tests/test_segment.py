"""Sentences: where they end, where they do not, who speaks, and that not one character is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.records import Article, Claim
from consistency.segment import _speaker, segment


def claims(text: str) -> tuple[Claim, ...]:
    found = segment(Article(id="a", text=text))
    at = 0
    for number, claim in enumerate(found, start=1):
        assert claim.id == f"a#{number}"
        assert claim.article == "a"
        assert text[claim.span.start : claim.span.end] == claim.text == claim.text.strip() != ""
        assert not text[at : claim.span.start].strip()
        assert len(claim.text) <= 1_000
        at = claim.span.end
    assert not text[at:].strip()
    return found


# "|" marks where a sentence must end; there is none in the text itself.
SPLIT = [
    "The talks ended.| Nobody spoke.",
    "“It is over.”| “It is not.”",
    "“It is over. We won.| They lost,” he said.".replace(". We", ".| We"),
    "“It is over,” he said.| She left.",
    "“Will it hold?” Sullivan said.| Nobody knew.",
    "“Will it hold?” asked the mayor.",
    "He said it was “over.”| Then he left.",
    "He said it was “over.”|Then he left.",
    'He said it was "over."| "Not so," she said.',
    "It was brought to justice. »| The court rose.",
    "Lt. Col. John Smith met Gen. Mark Milley.| Sgt. Pepper did not.",
    "He accused the U. S. of hypocrisy.| The U.S. President denied it.",
    "It opened on Feb. 4, 2022, in Beijing.| It closed on Feb. 20.",
    "No. 5 was first.| He was No. 5 on the list.",
    "It began at 9:30 a.m. Tuesday and ended at 5 p.m. Eastern time.| He left at 6 p.m.| The hall was dark.",
    "It began at 9 a.m. on Monday.",
    "Apple Inc. Chief Tim Cook left.| He works for Nexstar Media Inc.| All agreed.",
    "J. K. Rowling met George W. Bush.| Both left.",
    "Sen. Tim Scott, R-S.C., said no.| Sen. Tim Scott, R-S.C. said no.",
    "It fell 3.5 percent to $1.2 billion.| It rose again.",
    "The war in China. difficulty against Kiev went on.| It did not end.",
    "They draw on aid and goodwill. of the public to help.",
    "They will talk, according to a statement. from the ministry. .",
    "The firm sells phones.| iPhone sales rose.| eBay sales fell.",
    "The end came.|The next one came.| It was late.",
    "See www.example.Com/News for more.| Or Booking.com instead.",
    "Write to ann@harbour.Com for more.| Or call.",
    "(It was late.)| He left.",
    "The end came…| But then it rose.",
    "It came...| Then it went.",
    "1. The first item.| 2. The second item.",
    "Putin wants guns|\n\nAfter the attack, he found few friends.",
    "Putin wants guns|\nAfter the attack, Putin found himself with a small group of friends, a size that matters.",
    "Ukraine’s army and the boys’ team left.| They won.",
    "They will talk\nabout trade.| It is late.",
    "What?!| No!| Yes…",
    "He said no.| She said it was not me.| “So,” he said.",
    "(I believe that it exists.| I am curious.)",
    "Maj. Gen. Ahmad Saddag met St. Louis officials etc. in May.",
    "The plan (see Fig. 3) holds.| It works.",
]


@pytest.mark.parametrize("marked", SPLIT)
def test_boundaries(marked: str) -> None:
    assert [claim.text for claim in claims(marked.replace("|", ""))] == [part.strip() for part in marked.split("|")]


def test_text_wrapped_by_hand_is_joined() -> None:
    text = (
        "The tunnel under the harbour opened to traffic on Monday, nine years after\n"
        "Mayor Ann Bell had cut the first turf in the north of the town, where the\n"
        "old ferry used to land. It was the last of its kind.\n\nA heading\n\nThe end."
    )
    assert [claim.text.replace("\n", " ") for claim in claims(text)] == [
        "The tunnel under the harbour opened to traffic on Monday, nine years after Mayor Ann Bell had cut the first "
        "turf in the north of the town, where the old ferry used to land.",
        "It was the last of its kind.",
        "A heading",
        "The end.",
    ]


def test_lines_of_their_own_are_not_joined() -> None:
    lines = ["Ferry fares rise for the third year in a row", "Mayor opens tunnel", "School closes", "Roof leaks"]
    assert [claim.text for claim in claims("\n".join(lines))] == lines


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We will watch it,” national security adviser Jake Sullivan told reporters Monday.", "Jake Sullivan"),
        ("Ryan Hass, senior fellow at a think tank, said it was “fundamental”.", "Ryan Hass"),
        ("Chinese Foreign Ministry spokesman Wang Wenbin said the visit was for peace.", "Wang Wenbin"),
        ("“They are criminals,” Ukraine’s Attorney General Andriy Kostin wrote on Facebook.", "Andriy Kostin"),
        ("“It is over,” said Foreign Minister Qin Gang.", "Qin Gang"),
        ("“It is over,” said Ann Bell, the mayor.", "Ann Bell"),
        ("“It is over,” the Chinese foreign ministry said in a statement.", None),
        ("The White House said it would wait.", None),
        ("Human Rights Watch said the law was unjust.", None),
        ("Beijing said it would wait.", None),
        ("He said it was over.", None),
        ("“Joe Biden said no,” he told them.", None),
        ("The talks will be held on Monday.", None),
        ("Jake Sullivan left for Riga.", None),
        ("“It holds,” said Rear Adm. John Kirby.", "John Kirby"),
        ("“It holds,” Pentagon spokesman Rear Adm. John Kirby said.", "John Kirby"),
        ("Secretary of State William Galvin said it was fair.", "William Galvin"),
        ("Boko Haram said it had fled.", None),
        ("Mr Cooper said it was fair.", None),
    ],
)
def test_speaker(text: str, speaker: str | None) -> None:
    assert claims(text)[0].speaker == speaker


def test_a_surname_counts_once_the_full_name_has_spoken() -> None:
    found = claims("“No,” writes Hass. Ryan Hass, a fellow, said yes. “China rises,” writes Hass.")
    assert [claim.speaker for claim in found] == [None, "Ryan Hass", "Ryan Hass"]


def test_a_claim_too_long_is_split_at_a_clause() -> None:
    found = claims("word " * 150 + "here; " + "word " * 150)
    assert [claim.text[-5:] for claim in found] == ["here;", " word"]


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("“Yes, it is.” " * 10_000, 10_000),
        ("x" * 1_000_000, 1_000),
        ("the word " * 111_000, 900),
        ("”" * 100_000, 1),
        (". " * 100_000, 1),
        ("Aa, " * 100_000, 100),
    ],
)
def test_huge_texts(text: str, least: int) -> None:
    assert len(claims(text)) >= least


BITS = st.sampled_from(
    [
        ". ",
        "? ",
        "“",
        "”",
        '"',
        "»",
        "\n",
        "\n\n",
        "Lt. ",
        "U. S. ",
        "a.m. ",
        "Tuesday ",
        "The end",
        " he said",
        "…",
        ")",
        "x" * 700,
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300) | st.lists(BITS | st.text(max_size=6), max_size=40).map("".join))
def test_claims_are_ordered_exact_and_cover_every_character(text: str) -> None:
    claims(text)


def test_half_a_character_is_a_character() -> None:
    assert [claim.text for claim in claims("He said \ud800 that it was. So be it.")] == [
        "He said \ud800 that it was.",
        "So be it.",
    ]


@given(
    st.lists(st.sampled_from(["Ann Lee", "“No,”", "said", "saying", "he", ",", "told", "the", "warns."]), max_size=9)
)
def test_a_sentence_without_a_word_of_saying_has_no_speaker(words: list[str]) -> None:
    """Such a sentence is passed over; one that either pattern would read must not be."""
    text = " ".join(words).replace(" ,", ",")
    unquoted = _speaker._unquoted(text)
    reads = _speaker._VERB_FIRST.search(unquoted) or _speaker._NAME_FIRST.search(unquoted)
    assert not reads or _speaker._SPEAKS.search(text)
