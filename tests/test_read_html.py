"""HTML pages: the article, its metadata, and where every character stood in the source."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring

from consistency.read import read
from consistency.read._plain import plain
from consistency.read._struck import quoted, struck
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
        "<q>",
        "</q>",
        "<b></b>",
        "<div></div>",
        "<ul><li>",
        "<table><tr><td>",
        "<time>",
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


HEAD = "Bakers of Tolm end their strike"
FIRST = (
    "TOLM, May 4 (Wire) - Bakers went back to work on Monday after 9 days, and 240 of them were paid, the union said."
)
LAST = "The mill at Tolm, founded in 1911, belongs to a family from the north, the owners said."


def article(path: Path, *blocks: str) -> Article:
    """The article of a page with these blocks; nothing that it says is told as left out as well."""
    body = "\n".join(blocks)
    head = f"<html><head><title>{HEAD}</title></head><body><article><h1>{HEAD}</h1>"
    source = f"{head}\n{body}</article></body></html>"
    (found,) = page(path / "a.html", source).articles
    placed = "".join(found.text[piece.text.start : piece.text.end] for piece in found.offsets.pieces)
    assert "".join(placed.split()) == "".join(found.text.split())
    for removal in found.removed:
        assert removal.text not in found.text
    return found


EMPTY = [
    "<span></span>",
    "<b></b>",
    '<i class="icon"></i>',
    "<em><strong></strong></em>",
    "<span> <i></i></span>",
    "<b><!-- ad --></b>",
    "<span><img src=a.png></span>",
    "<span><svg><title>Link</title></svg></span>",
    "<div></div>",
    '<div class="ad"><div id="slot"></div><script>show()</script></div>',
    "<div></div><script>a</script><div> </div>",
    "<p></p>",
    "<section></section>",
]


@pytest.mark.parametrize("empty", EMPTY)
def test_what_follows_an_element_without_words_stays(tmp_path: Path, empty: str) -> None:
    told = f"{HEAD}\n\n{FIRST}\n\n{LAST}"
    broken = FIRST.replace("and 240", f"and {empty}240")
    assert article(tmp_path, f"<p>{broken}</p>", f"<p>{LAST}</p>").text == told
    assert article(tmp_path, f"<p>{FIRST}</p>", f"<p>{empty}{LAST}</p>").text == told
    assert article(tmp_path, f"<p>{FIRST}</p>", f"{empty}{LAST.replace('1911', '<b>1911</b>')}").text == told
    assert article(tmp_path, f"<p>{FIRST}</p>", f"<ul><li>{empty}{LAST}</li></ul>").text == told
    assert article(tmp_path, f"<div>{broken}</div>", f"<p>{LAST}</p>").text == told


def test_two_sentences_with_an_empty_element_between_stay(tmp_path: Path) -> None:
    assert article(tmp_path, f"<p>{FIRST} <a id=x></a><i></i>{LAST}</p>").text == f"{HEAD}\n\n{FIRST} {LAST}"


def test_a_sentence_after_a_box_is_a_paragraph_and_other_text_there_is_not(tmp_path: Path) -> None:
    many = [f"<p>{SENTENCE}</p>", f"<p>{SENTENCE.replace('Monday', 'Friday')}</p>"]
    told = article(tmp_path, *many, f"<p>{FIRST}</p>", "<div>Photo: Wire</div>", LAST, "<div>Share</div>Print Mail")
    assert told.text.endswith(f"{FIRST}\n\n{LAST}")
    assert [removal.text for removal in told.removed] == ["Photo: Wire", "Share Print Mail"]
    broken = FIRST.replace("and 240", "<div>Photo: Wire</div>and 240")
    assert "and 240 of them were paid" in article(tmp_path, f"<p>{broken}</p>", f"<p>{LAST}</p>").text


def test_other_text_after_an_empty_box_stays_out(tmp_path: Path) -> None:
    told = article(tmp_path, f"<p>{FIRST}</p>", f"<p>{LAST}</p>", "<div></div>Print Mail")
    assert told.text.endswith(LAST)


@pytest.mark.parametrize("stamp", ["<time>9:50 a.m.</time> ", "<b><time>9:50</time></b> – ", "<label>New</label>: "])
def test_the_stamp_of_an_entry_is_no_text(tmp_path: Path, stamp: str) -> None:
    told = article(tmp_path, f"<p>{stamp}{FIRST}</p>", f"<p>{LAST}</p>")
    assert "9:50" not in told.text
    assert "New" not in told.text
    assert FIRST in told.text


def test_a_sentence_may_begin_with_a_time(tmp_path: Path) -> None:
    told = article(tmp_path, f"<p>{FIRST}</p>", f"<p><time>Monday</time>’s pay was late, she said.</p><p>{LAST}</p>")
    assert "Monday’s pay was late, she said." in told.text


def test_a_byline_is_not_run_into_the_text_under_an_empty_box(tmp_path: Path) -> None:
    told = article(tmp_path, "<p>By Ann Bell</p>", f"<div></div>{FIRST}", f"<p>{LAST}</p>")
    assert told.text == f"{HEAD}\n\nBy Ann Bell\n\n{FIRST}\n\n{LAST}"


@pytest.mark.parametrize(
    "words",
    [
        '<time datetime="2026-05-04">Monday</time>',
        "<label>Monday</label>",
        "<b><output>Monday</output></b>",
        '<data value="1">Mon<i>day</i></data>',
    ],
)
def test_words_of_a_sentence_stay_in_whichever_element(tmp_path: Path, words: str) -> None:
    told = article(tmp_path, f"<p>{FIRST.replace('Monday', words)}</p>", f"<p>{LAST}</p>")
    assert told.text == f"{HEAD}\n\n{FIRST}\n\n{LAST}"


@pytest.mark.parametrize(
    "byline",
    [
        "<p><time>May 4, 2026</time></p>",
        "<p>By Ann Bell <time>May 4, 2026</time></p>",
        "<p><label>Mail me.</label></p>",
    ],
)
def test_the_date_of_a_byline_is_no_text(tmp_path: Path, byline: str) -> None:
    told = article(tmp_path, byline, f"<p>{FIRST}</p>", f"<p>{LAST}</p>")
    assert "2026" not in told.text
    assert "Mail" not in told.text


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("<q>We are tired</q>, she said.", "“We are tired”, she said."),
        ("<Q cite='x'>We are <q>tired</q></q >, she said.", "“We are ‘tired’”, she said."),
        ("“<q>We are tired</q>”, she said.", "“We are tired”, she said."),
        ("<q>&quot;We are tired&quot;</q>, she said.", '"We are tired", she said.'),
        ("&ldquo;Go,&rdquo; he said. <q>We are tired</q>, she said.", "“Go,” he said. “We are tired”, she said."),
    ],
)
def test_quotations_have_their_marks(tmp_path: Path, source: str, told: str) -> None:
    found = article(tmp_path, f"<p>{FIRST}</p>", f"<p>{source}</p>", f"<p>{LAST}</p>")
    assert found.text == f"{HEAD}\n\n{FIRST}\n\n{told}\n\n{LAST}"
    at = found.text.index("tired")
    place = found.place(Span(at, at + 5))
    assert (place.line, place.end_column - place.column) == (3, 5)


def test_items_and_rows_are_read_without_marks_and_in_their_place(tmp_path: Path) -> None:
    items = f"<ul><li>{LAST}</li>\n<li>- She <b>left</b>.<ul><li>He stayed.</li></ul></li></ul>"
    rows = "<table><tr><th>Town</th><th>Paid</th></tr>\n<tr><td>Tolm | east</td><td>240</td></tr></table>"
    found = article(tmp_path, f"<p>{FIRST}</p>", items, rows, f"<p>{SENTENCE}</p>")
    lines = ["- She left.", "He stayed.", "Town Paid", "Tolm | east 240", SENTENCE]
    assert found.text == "\n\n".join([HEAD, FIRST, LAST, *lines])
    assert found.removed == ()
    at = found.text.index("1911")
    assert found.place(Span(at, at + 4)).line == 3


def test_dashes_and_bars_of_the_page_stay(tmp_path: Path) -> None:
    found = article(tmp_path, f"<p>{FIRST}</p>", "<p>- She left.</p><p>| Photo | Wire |</p>", f"<p>{LAST}</p>")
    assert found.text == f"{HEAD}\n\n{FIRST}\n\n- She left.\n\n| Photo | Wire |\n\n{LAST}"


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("<s><strong>NEW:</strong> Nobody <span>at all</span></s>", "NEW: Nobody at all"),
        ("<del>some <s>200</s> <del>or</del> so</del >", "some 200 or so"),
        ("<S class=x><sup>2</sup>00</S>", "200"),
    ],
)
def test_struck_out_text_goes_whole(tmp_path: Path, old: str, said: str) -> None:
    found = article(tmp_path, f"<p>{FIRST.replace('240', f'{old} 240')}</p>", f"<p>{LAST}</p>")
    assert found.text == f"{HEAD}\n\n{FIRST}\n\n{LAST}"
    assert [(removal.rule, removal.text) for removal in found.removed] == [("struck-out", said)]


def test_a_tag_of_struck_out_text_that_is_never_closed_strikes_nothing(tmp_path: Path) -> None:
    found = article(tmp_path, f"<p><s>{FIRST}</p>", f"<p>{LAST} <s>Or not.</s></p>")
    assert found.text == f"{HEAD}\n\n{FIRST}\n\n{LAST}"


@pytest.mark.parametrize(
    "source",
    [
        "<article><p>A long line that is not at its end</p>" + "<div></div>a b " * 40_000,
        "<ul><li>a</li>" + "<li></li>b" * 40_000,
        "<article><p>a</p>" + "<div></div><script>x</script>" * 40_000 + "<div></div>x",
        "<article><p>a b c d e f g h i</p>" + "<div>x</div>a b c d e f g h i." * 40_000,
        "<p>" + "<time>1</time> a" * 40_000 + ".",
    ],
)
def test_a_page_of_empty_elements_is_soon_made_plain(source: str) -> None:
    tree = document_fromstring(f"<html><body>{source}")
    started = time.process_time()
    plain(tree)
    assert time.process_time() - started < 8


@pytest.mark.parametrize(
    "source", ["<s>" * 300_000, "<s>x</s>" * 100_000, ("</s" + " " * 600) * 5_000, "<q>" * 300_000]
)
def test_a_source_of_tags_is_soon_read_through(source: str) -> None:
    started = time.process_time()
    struck(source)
    quoted(source)
    assert time.process_time() - started < 8
