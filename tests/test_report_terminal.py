"""The terminal report: order, marks, the closing lines, and that article text never drives it."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from consistency.records import Article, Coverage, Level, Passage, Removal, Report, Run, Span, Unread
from consistency.report import FORMATS, Options, visible
from consistency.report._excerpt import parts
from tests.reports import VERSION, report

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def shown(made: Report, **options: Any) -> str:
    return FORMATS["terminal"](Options(**options))(Run((made,)))


def test_a_finding_is_a_block() -> None:
    assert shown(report()) == (
        "ERROR  date  0.99\n"
        '  The reference says "Monday", the version says "Sunday".\n'
        "  reference: a.txt, claim 1\n"
        "    The bridge closed on [-Monday-].\n"
        "  version: b.txt, claim 1\n"
        "    The bridge closed on {+Sunday+}.\n"
        "\n"
        "1 error, 0 warnings, 0 notes.\n"
        "Compared 2 of 2 claims of b.txt (100 %), 0 not, with 2 of the reference's 2; minimum 50 %.\n"
    )


def test_colour_takes_the_place_of_the_marks() -> None:
    coloured = shown(report(), colour=True)
    assert "\x1b[1;4;31mMonday\x1b[0m" in coloured
    assert "\x1b[1;4;32mSunday\x1b[0m" in coloured
    assert "[-" not in coloured
    assert ESCAPE.sub("", coloured) == re.sub(r"\[-|-\]|\{\+|\+\}", "", shown(report()))


def test_the_worst_come_first_then_the_surest() -> None:
    one = report().findings[0]
    levels: list[tuple[Level, float]] = [("note", 0.9), ("error", 0.6), ("warning", 0.9), ("error", 0.8)]
    made = tuple(msgspec.structs.replace(one, level=level, confidence=sure) for level, sure in levels)
    text = shown(msgspec.structs.replace(report(), findings=made))
    assert re.findall(r"^[A-Z]+  date  \S+", text, re.MULTILINE) == [
        "ERROR  date  0.80",
        "ERROR  date  0.60",
        "WARNING  date  0.90",
        "NOTE  date  0.90",
    ]
    assert "2 errors, 1 warning, 1 note." in text


@pytest.mark.parametrize(("missing", "kept"), [("reference", "version"), ("version", "reference")])
def test_a_side_that_is_not_there_is_left_out(missing: str, kept: str) -> None:
    finding = msgspec.structs.replace(report().findings[0], **{missing: None})
    text = shown(msgspec.structs.replace(report(), findings=(finding,)))
    assert f"  {kept}: " in text
    assert f"  {missing}: " not in text


def test_a_passage_of_several_claims_names_them_and_marks_across() -> None:
    made = report()
    both = Passage.of(made.of_article("b"))
    crossing = both.side(Span(21, 35))
    finding = msgspec.structs.replace(made.findings[0], version=crossing)
    text = shown(msgspec.structs.replace(made, findings=(finding,)))
    assert "version: b.txt, claims 1, 2" in text
    assert "on {+Sunday.+} {+Nobody+} was" in text


def test_coverage_says_when_it_is_short_and_never_rounds_up_to_the_minimum() -> None:
    text = shown(report(level=None, share=(499, 1000)), width=200)
    assert "Compared 499 of 1,000 claims of b.txt (49 %), 501 not" in text
    assert "minimum 50 %, short." in text


def test_an_independent_report_owes_no_coverage() -> None:
    made = report(level=None)
    coverage = (Coverage("b", 0, 9, 0, 2, 0.5, False),)
    assert "an independent report, no minimum." in shown(msgspec.structs.replace(made, coverage=coverage), width=200)


def test_what_was_not_read_is_said_with_its_remedy() -> None:
    text = shown(report(level=None, unread=(Unread("c.txt", "missing", "c.txt is not there", "mend the path"),)))
    assert "NOT READ  c.txt  missing\n  c.txt is not there\n  Remedy: mend the path\n" in text
    assert "0 notes, 1 not read." in text


def test_page_furniture_is_counted_and_listed_when_asked() -> None:
    gone = Removal("card", "a card of a related story", "[b]Read\x1b more[/b]", Span(0, 9))
    made = report(level=None, removed=(gone, gone))
    assert "Left out 2 pieces of page furniture (card 2); --list-removed names them." in shown(made)
    assert "Read" not in shown(made)
    listed = shown(made, list_removed=True)
    assert "Left out of b.txt as page furniture:\n" in listed
    assert "  card: a card of a related story\n    [b]Read\\x1b more[/b]\n" in listed
    assert "(card 2).\n" in listed


def test_articles_of_one_source_are_told_apart() -> None:
    made = report(source="a.txt")
    text = shown(made)
    assert "reference: a.txt (a), claim 1" in text
    assert "version: a.txt (b), claim 1" in text
    nameless = (Article("a", ""), Article("b", VERSION))
    assert "version: b, claim 1" in shown(
        msgspec.structs.replace(made, story=msgspec.structs.replace(made.story, articles=nameless))
    )


HOSTILE = "He said [/b] [sic] [link=file:///etc] :smile: \x1b[2J\r\x07\x9b31m\u202egnp.\u2066 \ud83d Sunday."


def test_article_text_is_printed_as_it_is_and_drives_nothing() -> None:
    made = report(version=HOSTILE, message=HOSTILE, source=f"b{HOSTILE}.txt")
    for colour in (False, True):
        text = ESCAPE.sub("", shown(made, colour=colour, width=2000))
        assert "[/b] [sic] [link=file:///etc] :smile: \\x1b[2J\\x0d\\x07\\x9b31m\\u202egnp.\\u2066 \\ud83d" in text
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)


@given(
    st.lists(st.sampled_from(["::stop-commands::x", " ::error::x", "##[add-mask]x", "###vso[x", "##", "[", "word"])),
    st.integers(40, 60),
    st.booleans(),
)
def test_no_line_is_an_order_to_a_ci_service(words: list[str], width: int, colour: bool) -> None:
    said = " ".join(words)
    made = report(version=f"{said} Sunday", message=said, source=said)
    for line in ESCAPE.sub("", shown(made, width=width, colour=colour)).split("\n"):
        assert not line.strip().startswith("::")
        assert not re.search(r"##\w*\[(?!-)", line)


@given(st.text())
def test_visible_is_one_safe_line_that_any_encoding_takes(text: str) -> None:
    safe = visible(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", safe)
    safe.encode()


@given(st.text(min_size=1, max_size=300).filter(lambda text: "Sunday" not in text), st.integers(20, 90))
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    made = report(version=f"Sunday {text}", message=text, source=text)
    for line in shown(made, width=width).split("\n"):
        assert cell_len(line) <= max(width, 40)


def test_a_claim_of_a_megabyte_is_cut_around_what_matters() -> None:
    made = report(reference="war " * 250_000 + "Monday " + "war " * 1000)
    text = " ".join(shown(made).split())
    assert len(text) < 2000
    assert "[-Monday-]" in text
    assert "[... 999,840 characters not shown ...]" in text
    assert "[... 3,841 characters not shown ...]" in text


def test_a_message_and_evidence_of_a_megabyte_are_cut() -> None:
    long = "x" * 1_000_000
    made = report(version=long, marked=("Monday", long), message=long)
    text = shown(made)
    assert len(text) < 6000
    assert text.count("998,800 characters not shown") == 2


@given(
    st.text(min_size=1, max_size=400),
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 60)), max_size=6),
    st.integers(1, 500),
)
def test_parts_lose_nothing_and_hide_only_what_they_count(text: str, marks: list[tuple[int, int]], limit: int) -> None:
    claim = report().claims[0]
    passage = Passage.of((msgspec.structs.replace(claim, span=Span(7, 7 + len(text)), text=text),))
    side = passage.side(*(Span(start, start + size) for start, size in marks))
    at = 0
    for part in parts(side, limit):
        if not part.hidden:
            assert text[at : at + len(part.text)] == part.text
        if part.marked:
            assert any(one.start <= at + 7 < one.end for one in side.evidence)
        at += part.hidden or len(part.text)
    assert at == len(text)
    assert sum(len(part.text) for part in parts(side, limit)) <= max(limit, 0) or len(text) <= limit
