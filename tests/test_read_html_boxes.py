"""HTML pages: boxes, comments and hidden parts in an article are left out of it, each told once and in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring

from consistency.read._traced import Traced
from consistency.read._visible import Finder
from consistency.records import Span
from tests.test_read_html import SENTENCE, page

BEFORE = "For eleven years the city had waited while engineers fought with the mud of the bay."
AFTER = "Tolls will be taken from the first of May, and residents of both banks pay half of them."
BOXES = {
    "figure": "<figure><img src='x'><figcaption>A boat in the flooded street</figcaption></figure>",
    "button": "<button>Listen to the story</button>",
    "aside": "<aside>From the archive: the storm diary</aside>",
    "video": "<video>Your browser shows no video</video>",
    "figure that begins alike": "<figure><figcaption>opened a year ago</figcaption></figure>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
@pytest.mark.parametrize("parts", [1, 2, 3])
def test_a_box_in_the_middle_of_a_paragraph_is_left_out_once(tmp_path: Path, box: str, parts: int) -> None:
    words = SENTENCE.split()
    places = [len(words) * at // (parts + 1) for at in range(1, parts + 1)]
    broken = " ".join(f"{box} {word}" if at in places else word for at, word in enumerate(words))
    source = f"<html><body><article><p>{BEFORE}</p><p>{broken}</p><p>{AFTER}</p></article>"
    (article,) = page(tmp_path / "a.html", source).articles
    assert SENTENCE in article.text.split("\n\n")
    told = [one.text for one in article.removed]
    inside = document_fromstring(box).text_content()
    assert told == [inside] * parts
    start = article.text.index(f"\n\n{SENTENCE}\n\n") + 2
    found = [article.offsets.to_source(Span(at, at + 1)) for at in range(start, start + len(SENTENCE))]
    read = "".join(source[one.start : one.end] for one in found)
    assert read.replace(" ", "") == SENTENCE.replace(" ", "")


def test_a_paragraph_that_is_nowhere_whole_nor_in_runs_is_read_without_a_place() -> None:
    finder = Finder(Traced.of("The tunnel under the harbour opened. Then nothing of it came."))
    assert finder.runs("The tunnel under the harbour opened to traffic on Monday.") == ()
    assert finder.runs("Short.") == ()


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.text("abc ", min_size=1, max_size=40), min_size=1, max_size=4),
    st.lists(st.text("abcd ", max_size=60), min_size=3, max_size=3),
)
def test_runs_together_are_the_text(parts: list[str], boxes: list[str]) -> None:
    text = "".join(parts)
    shown = parts[0] + "".join(box + part for box, part in zip(boxes, parts[1:], strict=False))
    runs = Finder(Traced.of(shown)).runs(text)
    read = "".join(shown[run.span.start : run.span.end] for run in runs)
    assert not runs or "".join(read.split()) == "".join(text.split())
    assert [run.span for run in runs] == sorted(run.span for run in runs)


COMMENTS = (
    "<div id='comments' class='comments-area'><h2>Two thoughts</h2><ol class='comment-list'>"
    "<li id='comment-1' class='comment'><div class='comment-content'><p>Thirty people died, not three.</p></div></li>"
    "</ol><script>track('comment')</script><div id='respond'><textarea>Write here</textarea></div></div>"
)


def test_comments_within_comments_are_left_out_once(tmp_path: Path) -> None:
    source = f"<html><body><article><p>{SENTENCE}</p><p>{AFTER}</p></article>{COMMENTS}</body></html>"
    (article,) = page(tmp_path / "a.html", source).articles
    assert [(one.rule, one.text) for one in article.removed] == [
        ("comments", "Two thoughts Thirty people died, not three.")
    ]


@pytest.mark.parametrize(
    ("attribute", "read"), [("hidden", False), ('hidden=""', False), ('hidden="until-found"', True), ("", True)]
)
def test_what_no_browser_shows_is_no_text(tmp_path: Path, attribute: str, read: bool) -> None:
    old = "An earlier text said that thirty people had died in the tunnel on Sunday evening."
    source = f"<html><body><article><p>{SENTENCE}</p><div {attribute}><p>{old}</p></div><p>{AFTER}</p>"
    (article,) = page(tmp_path / "a.html", source).articles
    assert (old in article.text) is read
    assert any(old in one.text for one in article.removed) is not read


@pytest.mark.parametrize("holder", ["body", "main", "article", "div"])
def test_a_page_that_hides_all_of_itself_is_read(tmp_path: Path, holder: str) -> None:
    inner = f"<h1>A tunnel opens</h1><p>{SENTENCE}</p><p>{AFTER}</p>"
    (article,) = page(tmp_path / "a.html", f"<html><{holder} hidden>{inner}</{holder}></html>").articles
    assert SENTENCE in article.text
