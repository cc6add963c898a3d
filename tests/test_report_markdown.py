"""The comment on a pull request: what a CommonMark library makes of it, and that it is never too long."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from consistency.records import Finding, Known, Level, Removal, Report, Run, Skipped, Span, Stale, Unread, Waiver
from consistency.report import FORMATS, Options, visible
from consistency.report._markdown import heading, item, plain
from tests.golden import golden
from tests.reports import report

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = {"<del>", "</del>", "<ins>", "</ins>", "<br>", "<span>", "</span>", "<em>", "</em>"}
SUMMARY = r"(?:Notes|Known before) \([\d,]+\)|What was compared of each version"
BLOCKS = re.compile(rf"<!-- consistency -->\n|<details>\n<summary>(?:{SUMMARY})</summary>\n|</details>\n?")
HOSTILE = (
    "<script>",
    "</td>",
    "<!--",
    "-->",
    "&lt;",
    "&#64;",
    "<http://x.test>",
    "http://x.test",
    "www.x.test",
    "a@x.test",
    "@everyone",
    "#123",
    "GH-12",
    "org/repo#9",
    "`",
    "```\n",
    "~~x~~",
    "**x**",
    "_x_",
    "|",
    "\n| a |\n| --- |\n",
    "![x](http://x.test/p.png)",
    "[x](javascript:alert(1))",
    "[!NOTE]",
    "[^1]",
    "\\",
    "\n\n# x\n",
    "- x",
    "1. x",
    "    x",
    "---",
    "$x$",
    ":tada:",
    ":+1:",
    "\u202e",
    "\x1b",
    "\ud800",
    "\t",
    "\u200b",
)
text = st.text() | st.lists(st.sampled_from(HOSTILE) | st.text(max_size=4)).map("".join)


def shown(run: Run) -> str:
    said = FORMATS["markdown"](Options())(run)
    assert said.startswith("<!-- consistency -->\n")
    assert len(said) <= 60_000
    return said


def tokens(said: str) -> list[Token]:
    """All of them; no html but ours, no link, no image, no code."""
    found = [child for block in READER.parse(said) for child in (block, *(block.children or ()))]
    for token in found:
        if token.type == "html_inline":
            assert token.content in OURS
        if token.type == "html_block":
            assert BLOCKS.fullmatch(token.content), token.content
        assert token.type not in {"link_open", "image", "code_inline", "code_block", "fence", "hr", "s_open", "em_open"}
    return found


def told(said: str) -> str:
    """What a reader sees, as text on one line."""
    return " ".join("".join(token.content for token in tokens(said) if token.type == "text").split())


def count(said: str, kind: str) -> int:
    return sum(token.type == kind for token in tokens(said))


def finding(level: Level = "error", confidence: float = 0.9, known: Known | None = None) -> Finding:
    return msgspec.structs.replace(report().findings[0], level=level, confidence=confidence, known=known)


def with_findings(*findings: Finding) -> Report:
    return msgspec.structs.replace(report(), findings=findings)


def test_a_finding_is_a_table_of_both_sides() -> None:
    assert shown(Run((report(),))) == (
        "<!-- consistency -->\n\n"
        "### consistency: 1 error, 0 warnings, 0 notes\n\n"
        '**error** date 0.99<br>The reference says "Monday", the version says "Sunday".\n\n'
        "| reference: a.txt | version: b.txt |\n"
        "| --- | --- |\n"
        "| The bridge closed on <del>Monday</del>. | The bridge closed on <ins>Sunday</ins>. |\n\n"
        "**About this run:**\n\n"
        "- Compared 2 of 2 claims of 1 version (100 %), 0 not.\n\n"
        "<details>\n<summary>What was compared of each version</summary>\n\n"
        "- Compared 2 of 2 claims of b.txt (100 %), 0 not, with 2 of the reference's 2; minimum 50 %.\n\n"
        "</details>\n"
    )


@pytest.mark.parametrize(("missing", "kept"), [("reference", "version"), ("version", "reference")])
def test_a_side_that_is_not_there_is_left_out(missing: str, kept: str) -> None:
    said = shown(Run((with_findings(msgspec.structs.replace(finding(), **{missing: None})),)))
    assert f"| {kept}: " in said
    assert f"{missing}: " not in said
    assert count(said, "th_open") == 1


def test_what_was_not_checked_comes_before_the_findings_and_the_rest_after() -> None:
    gone = Removal("card", "a card", "x", Span(0, 1))
    made = report(unread=(Unread("c.txt", "missing", "c.txt is not there", "mend the path"),), share=(1, 4))
    (version,) = made.story.versions
    removing = msgspec.structs.replace(version, removed=(gone,))
    story = msgspec.structs.replace(made.story, articles=(made.story.articles[0], removing))
    run = Run(
        (msgspec.structs.replace(made, story=story),),
        "base.toml",
        (Stale("unused", "date", "f2", "story", "an old finding"),),
        (Skipped("unchanged", 12, "main"),),
    )
    said = shown(run)
    order = [
        "Not checked:",
        "Not read (missing): c.txt is not there. Remedy: mend the path",
        "Compared 1 of 4 claims of b.txt (25 %), 3 not",
        "| reference: a.txt",
        "About this run:",
        "Left out 1 piece of page furniture",
        "date f2 is not found any more: an old finding",
        "12 stories not checked, unchanged since main.",
    ]
    places = [said.index(words) for words in order]
    assert places == sorted(places)


def test_stories_are_headed_and_their_findings_worst_first() -> None:
    one = with_findings(finding("note"), finding("error", 0.8), finding("warning"), finding("error", 0.9))
    two = msgspec.structs.replace(report(level=None), story=msgspec.structs.replace(one.story, id="quiet"))
    said = shown(Run((one, two, one)))
    assert re.findall(r"^#### .*", said, re.MULTILINE) == ["#### Story story"] * 4
    found = re.findall(r"^\*\*(\w+)\*\* date (\S\.\d\d)|<summary>(Notes \(2\))", said, re.MULTILINE)
    serious = [("error", "0.90", ""), ("error", "0.80", ""), ("warning", "0.90", "")]
    assert found == [*serious * 2, ("", "", "Notes (2)"), *[("note", "0.90", "")] * 2]


def test_what_the_baseline_knows_is_folded_away_below() -> None:
    waived = Known("same", 1.0, Waiver("the paper *came* later", "desk", "2027-01-01"))
    gone = Known("same", 1.0, Waiver("x", "", "2020-01-01"), expired=True)
    said = shown(Run((with_findings(finding("error", 0.99, waived), finding("warning", 0.8, gone)),)))
    before, folded = said.split("<details>\n<summary>Known before (1)</summary>")
    assert "**warning** date 0.80 (known, waiver has run out)" in before
    assert "**error** date" not in before
    folded, after = folded.split("</details>", 1)
    assert "waived by desk until 2027-01-01: the paper &#42;came&#42; later)" in folded
    assert "About this run" in after


@settings(max_examples=50)
@given(text, text, text)
@example("1. x", "# x", "- x")
@example("@everyone " * 3, "[!NOTE]", "http://x.test")
def test_article_text_is_never_markup(said: str, source: str, story: str) -> None:
    made = report(version=f"{said}Sunday{said}".replace(". ", "."), message=said, source=source)
    made = msgspec.structs.replace(
        made,
        story=msgspec.structs.replace(made.story, id=story),
        unread=(Unread(source, "missing", said, said),),
    )
    run = Run((made, made), source, (Stale("unused", said, said, story, said),))
    page = shown(run)
    assert count(page, "table_open") == count(page, "br") + page.count("<br>") == 2
    assert count(page, "heading_open") == 3
    assert count(page, "list_item_open") == 6
    assert count(page, "bullet_list_open") == 3
    assert count(page, "td_open") == 4
    assert count(page, "blockquote_open") == 0
    seen = told(page).replace("\u200b", "")
    assert " ".join(visible(said).replace("\u200b", "").split()) in seen


@pytest.mark.parametrize("one", HOSTILE)
def test_hostile_text_is_read_as_it_was_written(one: str) -> None:
    assert told(f"x{plain(one)}y").replace("\u200b", "") == " ".join(f"x{visible(one)}y".replace("\u200b", "").split())
    assert not set("<>[]|`*_~\\") & set(plain(one).replace("<span>$</span>", ""))


@given(text)
def test_nothing_is_left_that_github_links_by_itself(said: str) -> None:
    """It looks at the text of a rendered page, after every escape is gone."""
    seen = told(f"x{plain(said)}")
    assert not re.search(r"[@#]\w|\bGH-\d|://|\bwww\.|\[[!^]|:[+-]1:|:[a-z_]+:", seen, re.IGNORECASE)
    assert "$" not in plain(said).replace("<span>$</span>", "")


@given(text)
def test_a_line_of_a_list_is_one(said: str) -> None:
    found = [token.type for token in tokens(item(said)) if token.type.endswith("_open")]
    assert found in (
        ["bullet_list_open", "list_item_open", "paragraph_open"],
        ["bullet_list_open", "list_item_open"],
    )


@given(text)
@example("x ##")
@example(" # ")
def test_a_heading_is_read_as_it_was_written(said: str) -> None:
    found = heading("Story", said)
    assert count(found, "heading_open") == 1
    assert told(found).replace("\u200b", "") == " ".join(f"Story {visible(said)}".replace("\u200b", "").split())


def test_plain_words_and_numbers_stay_as_they_are() -> None:
    words = "At 10:30:45 the U.S. paid 1,000,000 (about 5%) - or so, “he” said; it's 3/4."
    assert plain(words) == words


def test_a_comment_that_would_be_too_long_says_what_is_missing() -> None:
    many = [finding("note") for _ in range(5_000)] + [finding("error") for _ in range(3)]
    said = shown(Run((with_findings(*many), report())))
    assert len(said) > 50_000
    assert said.count("**error**") == 4
    left = 5_004 - said.count("<del>Monday</del>")
    assert f"**{left:,} findings more not shown here** ({left:,} notes): the comment would be too long." in said


def test_a_claim_of_a_megabyte_is_cut_around_what_matters() -> None:
    said = shown(Run((report(reference="war * " * 50_000 + "Monday " + "war " * 1000),)))
    assert len(said) < 4_000
    assert "<del>Monday</del>" in said
    assert "<em>(299,840 characters not shown)</em>" in said


def test_what_is_known_takes_no_room_from_what_is_new() -> None:
    known = [finding("error", 0.99, Known("same")) for _ in range(5_000)]
    said = shown(Run((with_findings(*known, finding("note")),)))
    assert said.count("**note**") == 1
    assert re.search(r"^\*\*[\d,]+ findings more not shown here\*\* \([\d,]+ errors\)", said, re.MULTILINE)


def test_a_comment_of_hostile_megabytes_is_bounded_and_still_says_all_there_is_to_say() -> None:
    long = "$" * 1_000_000
    made = report(version=long, marked=("Monday", long), message=long, source=long, share=(1, 4))
    made = msgspec.structs.replace(made, unread=tuple(Unread(long, "missing", long, long) for _ in range(99)))
    run = Run(tuple(made for _ in range(9)), long, tuple(Stale("unused", long, long, long, long) for _ in range(99)))
    said = shown(run)
    assert "characters not shown" in said
    assert re.search(r"^- and \d\d\d more not checked$", said, re.MULTILINE)
    assert re.search(r"^- and \d\d more not listed$", said, re.MULTILINE)
    assert re.search(r"\*\*\d findings? more not shown here\*\*", said)
    tokens(said)


def test_the_golden_run_is_free_of_markup_too() -> None:
    tokens(shown(golden()))
