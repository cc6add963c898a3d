"""reviewdog's diagnostics: one JSON object a line, whole lines for places, text that is no markup in a comment."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from consistency.records import Known, Level, Place, Report, Run, Unread
from consistency.report import FORMATS, Options
from tests.golden import HOSTILE, golden
from tests.hostile import megabyte, parsed, placed, runs, walk
from tests.reports import report

_POSITION = ("line",)


def diagnostics(run: Run) -> list[Any]:
    text = FORMATS["rdjsonl"](Options())(run)
    assert text.endswith("\n") or not text
    return [parsed(line) for line in text.split("\n")[:-1]]


def of(*made: Report) -> list[Any]:
    return diagnostics(Run(made))


def test_a_finding_is_a_diagnostic() -> None:
    assert of(placed(report(), Place(3, 5, 4, 2)))[0] == {
        "message": 'The reference says "Monday", the version says "Sunday". (reference: a.txt:3)',
        "location": {"path": "b.txt", "range": {"start": {"line": 3}, "end": {"line": 4}}},
        "severity": "ERROR",
        "source": {"name": "consistency"},
        "code": {"value": "date"},
    }


def test_a_place_that_is_not_known_is_left_out() -> None:
    assert of(report())[0]["location"] == {"path": "b.txt"}
    assert of(placed(report(), Place(0, 0, 0, 0)))[0]["location"] == {"path": "b.txt"}


@pytest.mark.parametrize(("level", "severity"), [("error", "ERROR"), ("warning", "WARNING"), ("note", "INFO")])
def test_severities(level: Level, severity: str) -> None:
    assert of(report(level=level))[0]["severity"] == severity


def test_what_the_baseline_knows_is_info() -> None:
    made = report()
    known = msgspec.structs.replace(made.findings[0], known=Known("similar", 0.8667))
    first = of(msgspec.structs.replace(made, findings=(known,)))[0]
    assert first["severity"] == "INFO"
    assert first["message"].endswith("(reference: a.txt; known, 86 % alike)")


def test_what_was_not_checked_is_a_diagnostic() -> None:
    unread = (Unread("c.txt", "missing", "c.txt is not there", "mend the path"),)
    found = of(report(level=None, unread=unread, share=(0, 2)))
    assert [(one["code"]["value"], one["severity"], one["location"]["path"]) for one in found] == [
        ("not-read", "WARNING", "c.txt"),
        ("coverage", "WARNING", "b.txt"),
    ]


def test_everything_of_the_golden_run_is_there() -> None:
    kinds = {one["code"]["value"] for one in diagnostics(golden())}
    assert {"not-read", "coverage", "furniture", "baseline", "skipped"} <= kinds


def test_a_message_calls_nobody() -> None:
    message = of(report(message="@desk saw #12 at http://x.test and www.x.test"))[0]["message"]
    assert message.startswith("@\u200bdesk saw #\u200b12 at http:\u200b//x.test and www\u200b.x.test")


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("**Mayor** _resigns_", r"\*\*Mayor\*\* \_resigns\_"),
        ("~~12~~ 21 dead", r"\~\~12\~\~ 21 dead"),
        ("ask @_desk_", "ask @\u200b\\_desk\\_"),
        ("see GH-12 and gh-3", "see GH-\u200b12 and gh-\u200b3"),
        (":tada: at 10:30:15 :white_check_mark:", ":\u200btada: at 10:30:15 :\u200bwhite\\_check\\_mark:"),
    ],
)
def test_words_of_an_article_stay_plain(message: str, shown: str) -> None:
    text = of(report(message=message))[0]["message"]
    assert text.startswith(shown)
    assert not _markup(text)


@settings(max_examples=60)
@given(runs())
def test_hostile_runs_are_lines_of_json_whose_messages_are_plain_text(run: Run) -> None:
    for one in diagnostics(run):
        assert set(one) == {"message", "location", "severity", "source", "code"}
        for path, value in walk(one["location"].get("range", {})):
            if path[-1:] == _POSITION:
                assert isinstance(value, int)
                assert value >= 1
        assert not _markup(one["message"])
        assert not re.search(r"[@#]\w|://|www\.", one["message"], re.IGNORECASE)


def test_the_golden_text_would_be_markup_if_it_were_not_escaped() -> None:
    assert _markup(HOSTILE)
    assert not _markup(of(report(message=HOSTILE))[0]["message"])


def _markup(text: str) -> set[str]:
    """The kinds of emphasis, links, images, code and HTML that a comment of this text would have."""
    tokens = [
        inner
        for token in MarkdownIt("commonmark").enable("strikethrough").parse(f"x {text}")
        for inner in (token, *(token.children or ()))
    ]
    return {token.type for token in tokens} & {
        "em_open",
        "strong_open",
        "s_open",
        "link_open",
        "image",
        "html_inline",
        "html_block",
        "code_inline",
        "fence",
    }


def test_a_megabyte_everywhere_is_bounded() -> None:
    assert len(FORMATS["rdjsonl"](Options())(megabyte())) < 30_000
