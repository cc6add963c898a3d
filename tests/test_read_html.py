"""HTML pages: the article, its metadata, and where every character stood in the source."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.read import read
from consistency.records import Article, Reading, Span

FIXTURES = Path(__file__).parent.parent / "fixtures" / "read"
PAGE = (FIXTURES / "page.html").read_text("utf-8")
SENTENCE = "The tunnel under the harbour opened to traffic on Monday, and the mayor was there."


def page(path: Path, source: str | bytes) -> Reading:
    path.write_bytes(source.encode() if isinstance(source, str) else source)
    return read(str(path), role="copy", single=False)


def whole() -> Article:
    (article,) = read(str(FIXTURES / "page.html"), role="copy", single=False).articles
    return article


def test_body_title_date_and_url() -> None:
    article = whole()
    assert article.text == (
        "Leaders meet in Riga\n\n"
        "The two leaders met in Riga on March 20, and they spoke for three hours about trade & energy.\n\n"
        "Nobody at the talks would say what had been agreed, but both sides called the meeting “useful” and "
        "friendly.\n\nThe next round of the talks is due in Oslo in the autumn, the Latvian foreign ministry said "
        "in a statement on Monday."
    )
    assert article.title == "Leaders meet in Riga"
    assert article.headline == len(article.title)
    assert article.published == "2023-03-20T10:00:00+02:00"
    assert article.url == "https://harbour.example/riga"


def test_what_was_removed_is_listed_with_its_rule() -> None:
    removed = {(removal.rule, removal.text) for removal in whole().removed}
    assert ("struck-out", "March 10") in removed
    assert not any(text == "Leaders meet in Riga" for _, text in removed)
    assert any(rule == "comments" and "First!" in text for rule, text in removed)
    assert any("Copyright 2023" in text for _, text in removed)
    assert any("They spoke for three hours" in text for _, text in removed)
    assert not any("script is no article" in text for _, text in removed)


def test_offsets_lead_back_to_the_source() -> None:
    article = whole()
    for words in ("met in Riga", "trade & energy", "“useful”", "friendly", "in Oslo in the autumn"):
        at = article.text.index(words)
        source = article.offsets.to_source(Span(at, at + len(words)))
        taken = PAGE[source.start : source.end]
        assert taken.replace("&amp;", "&").replace("&ldquo;", "“").replace("&rdquo;", "”") == words
    struck = next(removal for removal in article.removed if removal.rule == "struck-out")
    assert PAGE[struck.source.start : struck.source.end] == "March 10"


def test_a_pull_quote_is_dropped_once(tmp_path: Path) -> None:
    quote = "<p>“It was worth the wait for all of us in the town”</p>"
    body = f"<p>“It was worth the wait for all of us in the town,” the mayor said at the gate on Monday.</p>{quote}"
    (article,) = page(
        tmp_path / "a.html", f"<html><body><article><p>{SENTENCE}</p>{body}</article></body></html>"
    ).articles
    assert article.text.count("worth the wait") == 1
    assert "pull-quote" in {removal.rule for removal in article.removed}


def test_detected_by_content(tmp_path: Path) -> None:
    (article,) = page(tmp_path / "a.txt", PAGE).articles
    assert "The two leaders met" in article.text


def test_text_that_only_mentions_a_tag_is_text(tmp_path: Path) -> None:
    (article,) = page(tmp_path / "a.txt", f"{SENTENCE} The tag is called <p> and not <div>.").articles
    assert "<p>" in article.text


@pytest.mark.parametrize("declared", ["", '<meta charset="iso-8859-1">', '<meta charset="punycode">'])
def test_windows_1252_pages(tmp_path: Path, declared: str) -> None:
    source = f"<html><head>{declared}</head><body><article><p>The mayor called it “a good day”. {SENTENCE}</p></body>"
    (article,) = page(tmp_path / "a.html", source.encode("cp1252")).articles
    assert "“a good day”" in article.text


def test_declared_charset(tmp_path: Path) -> None:
    source = f'<html><head><meta charset="windows-1250"></head><body><article><p>Mr. Dvořák agreed. {SENTENCE}</p>'
    (article,) = page(tmp_path / "a.html", source.encode("windows-1250")).articles
    assert "Dvořák" in article.text


def test_date_from_json_ld(tmp_path: Path) -> None:
    data = '{"@graph": [{"@type": "WebSite"}, {"datePublished": "2024-05-06T07:08:09Z"}]}'
    source = f'<html><head><script type="application/ld+json">{data}</script></head><body><p>{SENTENCE} {SENTENCE}</p>'
    (article,) = page(tmp_path / "a.html", source).articles
    assert article.published == "2024-05-06T07:08:09Z"


def test_broken_html_is_read(tmp_path: Path) -> None:
    source = f"<html><body><div><article><p>{SENTENCE}<p>It was the first one <b>in the <i>town</b>, she said.<div"
    (article,) = page(tmp_path / "a.html", source).articles
    assert SENTENCE in article.text
    assert "first one in the town, she said" in article.text


@pytest.mark.parametrize(
    "source",
    [
        "<html></html>",
        "<html><head><title>Only a title</title></head><body></body></html>",
        "<html><body><nav><a href=a>Home</a><a href=b>World</a></nav><script>var a = 1;</script></body></html>",
        "<html><body><p><a href=a>Ferry fares rise again</a></p><p><a href=b>Mayor opens tunnel</a></p></body></html>",
        "<!-- -->",
    ],
)
def test_no_article(tmp_path: Path, source: str) -> None:
    found = page(tmp_path / "a.html", source)
    assert not found.articles
    assert [unread.code for unread in found.unread] == ["empty"]


def test_a_control_character_does_not_lose_the_place(tmp_path: Path) -> None:
    source = f"<html><body><article><p>The mayor\x08 said so. {SENTENCE}</p></article></body></html>"
    (article,) = page(tmp_path / "a.html", source).articles
    at = article.text.index("harbour")
    found = article.offsets.to_source(Span(at, at + len("harbour")))
    assert source[found.start : found.end] == "harbour"


def test_entity_declarations_are_not_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    (article,) = page(tmp_path / "a.html", f"{bomb}<html><body><article><p>{SENTENCE} &b;</p></article>").articles
    assert "haha" not in article.text


TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class=comment>",
        "</div>",
        "<s>",
        "</s>",
        "<script>",
        "<!--",
        "-->",
        "&amp;",
        "&#0;",
        "<",
        SENTENCE,
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(TAGS | st.text(max_size=20), max_size=25).map("".join))
def test_any_page_gives_a_reading_and_a_true_map(tmp_path_factory: pytest.TempPathFactory, source: str) -> None:
    data = source.encode("utf-8", "replace")
    text = data.decode()
    for article in page(tmp_path_factory.getbasetemp() / "any.html", b"<html><body>" + data).articles:
        for piece in article.offsets.pieces:
            assert 0 <= piece.source.start <= piece.source.end <= len(text) + len("<html><body>")
            if len(piece.text) == len(piece.source):
                taken = ("<html><body>" + text)[piece.source.start : piece.source.end]
                kept = article.text[piece.text.start : piece.text.end]
                assert all(b in {a, " "} for a, b in zip(taken, kept, strict=True))
