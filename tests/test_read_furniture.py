"""Page furniture in plain text: what goes, and above all what stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.read import from_text
from consistency.records import Article

FIXTURES = Path(__file__).parent.parent / "fixtures" / "read"
BODY = "The tunnel under the harbour opened to traffic on Monday, nine years after work began."
MORE = "The mayor of the town said that it had been worth the wait for all of them."


def cleaned(text: str) -> Article:
    article = from_text(text, id="a")
    assert isinstance(article, Article)
    for removal in article.removed:
        assert text[removal.source.start : removal.source.end] == removal.text
        assert removal.reason
    return article


def test_a_scraped_page_keeps_its_body_and_names_the_rest() -> None:
    article = cleaned((FIXTURES / "scraped.txt").read_text("utf-8"))
    assert article.title == "Harbour tunnel opens after nine years of work"
    assert article.text == (
        "Harbour tunnel opens after nine years of work\n\n"
        "The tunnel under the harbour opened to traffic on Monday, nine years after the first shovel went into "
        "the ground.\n\n“It was worth the wait,” mayor Ann Bell told reporters at the northern gate. He declined "
        "to leave a comment."
    )
    assert [removal.rule for removal in article.removed] == [
        "section-label",
        "title-repeat",
        "related-link",
        "share-bar",
        "full-article-link",
        "related-card",
        "related-card",
        "related-card",
        "job-ad",
        "job-ad",
        "job-ad",
        "copyright",
        "comment-form",
        "comment-form",
    ]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Leave a Comment", "comment-form"),
        ("Leave a Reply Cancel reply", "comment-form"),
        ("3 Comments", "comment-form"),
        ("Related Read | The mayor visits Oslo", "related-link"),
        ("READ MORE: Ferry fares rise again", "related-link"),
        ("Related: Ferry fares rise again", "related-link"),
        ("Related Posts", "related-link"),
        ("Click here to read more", "full-article-link"),
        ("Read the full article at Harbour Paper", "full-article-link"),
        ("The post Tunnel opens appeared first on Harbour Paper.", "full-article-link"),
        ("Copyright 2023 Harbour Media Inc. All rights reserved.", "copyright"),
        ("© 2023 Harbour Media", "copyright"),
        ("Story continues below advertisement", "share-bar"),
        ("Share this:", "share-bar"),
        ("Subscribe to continue reading", "share-bar"),
        ("Subscribe now to keep reading.", "share-bar"),
        ("Already a subscriber? Log in", "share-bar"),
        ("Posted by admin on March 3, 2023", "post-stamp"),
        ("* * *", "separator"),
    ],
)
def test_furniture_lines_go(line: str, rule: str) -> None:
    article = cleaned(f"{BODY}\n\n{line}\n\n{MORE}")
    assert article.text == f"{BODY}\n\n{MORE}"
    assert [(removal.rule, removal.text) for removal in article.removed] == [(rule, line)]


@pytest.mark.parametrize(
    "line",
    [
        "He declined to leave a comment.",
        "Leave a comment on the wall, the mayor told the children.",
        "Also read out in court was a letter from the mayor.",
        "Read more about the tunnel in his book, the mayor told the crowd.",
        "Related: the two men are cousins, the mayor said.",
        "Click here to vote, the page told its readers.",
        "Copyright law has changed twice since the tunnel was begun.",
        "Comments by the foreign minister raised alarms.",
        "Share prices rose on Monday",
        "Published in 2019, the book sold well.",
        "Print sales fell.",
        "News of the opening spread quickly",
        "Putin wants guns",
        "Salary: 40,000 crowns a month is what the drivers earn now, the union said.",
        "What happens next?",
        "4,000",
    ],
)
def test_sentences_and_headings_stay(line: str) -> None:
    article = cleaned(f"{BODY}\n\n{line}\n\n{MORE}")
    assert article.text == f"{BODY}\n\n{line}\n\n{MORE}"
    assert not article.removed


def test_a_comment_link_glued_to_the_end_goes() -> None:
    article = cleaned(f"{BODY} {MORE}Leave a Comment")
    assert article.text == f"{BODY} {MORE}"


def test_a_doubled_heading_with_text_under_it_stays_once() -> None:
    heading = "What the town has planned"
    article = cleaned(f"{BODY}\n\n{heading}\n\n{heading}\n\n{MORE}")
    assert article.text == f"{BODY}\n\n{heading}\n\n{MORE}"


@pytest.mark.parametrize("text", ["Leave a Comment", "World News", "Tunnel opens after nine years"])
def test_a_text_of_one_line_is_body(text: str) -> None:
    article = cleaned(text)
    assert (article.text, article.title, article.removed) == (text, "", ())


@pytest.mark.parametrize(
    "first",
    ["The tunnel opened on Monday.", "Who would have thought it?", "It was over: nobody was left,"],
)
def test_a_first_sentence_is_no_title(first: str) -> None:
    article = cleaned(f"{first}\n\n{BODY}")
    assert article.text.startswith(first)
    assert not article.title
    assert not article.headline


def test_a_question_in_title_case_is_a_title() -> None:
    article = cleaned(f"Mayor Opens Tunnel: What Happens Next?\n\n{BODY}")
    title = "Mayor Opens Tunnel: What Happens Next?"
    assert (article.text, article.title, article.headline) == (f"{title}\n\n{BODY}", title, len(title))


@pytest.mark.parametrize("line", ["Leave a Comment", "Tunnel opens"])
def test_what_is_read_as_the_headline_is_not_told_as_removed(line: str) -> None:
    article = cleaned(f"{line}\n\n{BODY}")
    assert (article.text, article.headline) == (f"{line}\n\n{BODY}", len(line))
    assert not article.removed


LINES = st.sampled_from(
    ["Leave a Comment", "Also Read | x", "World News", "A Title Here Now", "", " ", BODY, MORE, "© 2023 x", "\u200b"]
)


def test_a_sentence_with_a_label_is_no_job() -> None:
    text = f"{BODY}\n\nSalary: the mayor said that nobody at all had been paid since May.\nHours: long\n\n{MORE}"
    assert cleaned(text).text == text


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES | st.text(max_size=30), max_size=12).map("\n".join))
def test_every_character_is_kept_or_removed_with_its_place(text: str) -> None:
    article = from_text(text, id="a")
    if not isinstance(article, Article):
        return
    covered = [False] * len(text)
    pieces = article.offsets.pieces
    for piece in pieces:
        for at in range(piece.source.start, piece.source.end):
            covered[at] = True
    for removal in article.removed:
        for at in range(removal.source.start, removal.source.end):
            assert not covered[at]
            covered[at] = True
    if pieces:
        left = "".join(char for char, seen in zip(text, covered, strict=True) if not seen)
        assert not [char for char in left if not char.isspace() and char.isprintable()]
