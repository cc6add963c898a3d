"""Workflow commands: every line is one of ours, whatever the articles say, and the worst come first."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consistency.records import Finding, Known, Level, Place, Report, Run, Stale, Unread, Waiver
from consistency.report import FORMATS, Options
from tests.golden import golden
from tests.reports import report

COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-zA-Z]+=[^,:\r\n]+,?)+)::([^\r\n]*)")
HOSTILE = (
    "::error::x",
    "  ::stop-commands::token",
    "##[add-mask]secret",
    "##vso[task.setvariable]x",
    "##teamcity[buildStop]",
    "\n::set-output name=a::b",
    "\r::add-mask::the\r\n",
    "\u2028::group::x\x85::endgroup::",
    "%0A::error::x",
    "%250A%3A%2C",
    "a:b,c=d",
    "\x1b]0;x\x07\ud800",
)
text = st.text() | st.lists(st.sampled_from(HOSTILE) | st.text(max_size=5)).map("".join)


class Command(msgspec.Struct):
    """A line as GitHub's runner reads it."""

    kind: str
    properties: dict[str, str]
    data: str


def parse(line: str) -> Command:
    found = COMMAND.fullmatch(line)
    assert found, line
    pairs = [pair.split("=", 1) for pair in found[2].split(",")]
    return Command(found[1], {name: unescape(value, "%3A:", "%2C,") for name, value in pairs}, unescape(found[3]))


def unescape(value: str, *more: str) -> str:
    """In the runner's order: the percent sign last."""
    for mapping in (*more, "%0D\r", "%0A\n", "%25%"):
        value = value.replace(mapping[:3], mapping[3:])
    return value


def commands(run: Run) -> list[Command]:
    said = FORMATS["github"](Options())(run)
    assert said.endswith("\n")
    return [parse(line) for line in said.split("\n")[:-1]]


def only(made: Report) -> Command:
    return commands(Run((made,)))[0]


def with_findings(*findings: Finding) -> Run:
    return Run((msgspec.structs.replace(report(), findings=findings),))


def finding(level: Level = "error", confidence: float = 0.9, known: Known | None = None) -> Finding:
    return msgspec.structs.replace(report().findings[0], level=level, confidence=confidence, known=known)


def placed(place: Place, source: str = "b.txt") -> Report:
    made = report(source=source)
    version = made.findings[0].version
    assert version
    there = msgspec.structs.replace(version, places=(place,))
    return msgspec.structs.replace(made, findings=(msgspec.structs.replace(made.findings[0], version=there),))


def test_a_finding_is_an_annotation_of_the_version() -> None:
    assert only(placed(Place(1, 22, 1, 28))) == Command(
        "error",
        {
            "file": "b.txt",
            "line": "1",
            "endLine": "1",
            "col": "22",
            "endColumn": "27",
            "title": "consistency: date 0.99",
        },
        'The reference says "Monday", the version says "Sunday".\n'
        "reference, a.txt: The bridge closed on [-Monday-].\n"
        "version, b.txt: The bridge closed on {+Sunday+}.",
    )


def test_an_omission_is_an_annotation_of_the_reference() -> None:
    made = report()
    gone = msgspec.structs.replace(made.findings[0], version=None)
    assert only(msgspec.structs.replace(made, findings=(gone,))).properties["file"] == "a.txt"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place(3, 0, 3, 0), {"line": "3", "endLine": "3"}),
        (Place(3, 7, 4, 2), {"line": "3", "endLine": "4"}),
        (Place(3, 7, 3, 7), {"line": "3", "endLine": "3", "col": "7", "endColumn": "7"}),
        (Place(3, 7, 2, 9), {"line": "3", "endLine": "3"}),
        (Place(0, 0, 0, 0), {}),
    ],
)
def test_lines_and_columns_are_those_that_github_takes(place: Place, said: dict[str, str]) -> None:
    properties = only(placed(place)).properties
    assert {name: value for name, value in properties.items() if name not in {"file", "title"}} == said


@pytest.mark.parametrize(("source", "file"), [("-", None), ("", None), ("./b.txt", "b.txt"), ("x" * 5000, None)])
def test_what_is_no_file_of_the_repository_has_no_place(source: str, file: str | None) -> None:
    properties = only(placed(Place(3, 7, 3, 9), source)).properties
    assert properties.get("file") == file
    assert ("line" in properties) == (file is not None)


def test_the_worst_come_first_and_the_count_before_the_notices_that_github_may_hide() -> None:
    known = Known("same", 1.0, Waiver("said so", "desk", "2027-01-01"))
    made = with_findings(
        finding("note"),
        finding("warning", 0.7),
        finding("error", 0.8),
        finding("warning", 0.9),
        finding("error", 1.0, known),
        finding("error", 0.9),
    )
    made = Run(
        (msgspec.structs.replace(made.reports[0], unread=(Unread("c.txt", "missing", "not there", "mend it"),)),),
        baseline="base.toml",
        stale=(Stale("unused", "date", "f2", "story", "gone"),),
    )
    found = commands(made)
    assert [(one.kind, one.properties["title"].removeprefix("consistency: ")) for one in found] == [
        ("error", "date 0.90"),
        ("error", "date 0.80"),
        ("warning", "not read"),
        ("warning", "date 0.90"),
        ("warning", "date 0.70"),
        ("notice", "what was checked"),
        ("notice", "baseline"),
        ("notice", "date 0.99 (known)"),
        ("notice", "date 0.90"),
    ]
    assert "As annotations 2 errors, 3 warnings, 4 notices; GitHub shows ten of each" in found[5].data
    assert "3 errors, 2 warnings, 1 note, 1 of them known, 1 not read." in found[5].data
    assert "Compared 2 of 2 claims of b.txt" in found[5].data
    assert "Baseline: known, waived by desk until 2027-01-01: said so" in found[7].data


def test_what_was_not_checked_is_a_warning() -> None:
    found = commands(Run((report(level=None, share=(1, 4)),)))
    assert [one.kind for one in found] == ["warning", "notice"]
    assert found[0].properties == {"file": "b.txt", "title": "consistency: too little was compared"}
    assert "3 not, with 2 of the reference's 2; minimum 50 %, short." in found[0].data


def test_a_run_without_findings_still_says_what_was_checked() -> None:
    (said,) = commands(Run((report(level=None),)))
    assert said.kind == "notice"
    assert said.data.startswith("0 errors, 0 warnings, 0 notes.\n")
    assert len(commands(Run(()))) == 1


def test_stories_are_told_apart_and_sorted_together() -> None:
    found = commands(golden())
    assert [one.properties["title"][:22] for one in found if one.kind == "error"] == [
        "consistency: story </s",
        "consistency: harbour: ",
    ]


@given(text, text, text)
def test_article_text_is_never_a_command(said: str, source: str, story: str) -> None:
    made = report(version=f"{said}Sunday {said}".replace(". ", "."), message=said, source=source)
    made = msgspec.structs.replace(
        made,
        story=msgspec.structs.replace(made.story, id=story),
        unread=(Unread(source, "missing", said, said),),
    )
    run = Run((made, made), baseline=source, stale=(Stale("unused", said, said, story, said),))
    raw = FORMATS["github"](Options())(run)
    assert not re.search(r"##\w*\[", raw)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", raw)
    assert len(commands(run)) == 2 * 2 + 2


@example("100 %, %25, %0A, %250A, %3A and %2C")
@given(st.text(st.characters(min_codepoint=0x20, exclude_categories=("C", "Z"))))
def test_unescaping_gives_the_text_back(said: str) -> None:
    if re.search(r"##\w*\[|^\s*::", said):
        return
    lines = only(report(message=said)).data.split("\n")
    assert lines[0] == said


def test_a_story_of_megabytes_and_ten_thousand_findings_stays_in_bounds() -> None:
    long = "x" * 1_000_000
    made = report(version=long, marked=("Monday", long), message=long)
    assert len(only(made).data) < 4096
    assert only(made).data.count("characters not shown") == 2
    many = with_findings(*(finding() for _ in range(10_000)))
    found = commands(many)
    assert len(found) == 10_001
    assert "10,000 errors" in found[-1].data
