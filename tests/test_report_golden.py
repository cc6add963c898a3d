"""Every format against its golden file; `make golden` writes them anew, and a person reads the difference."""

from __future__ import annotations

import html
import re

import pytest

from consistency.report import FORMATS
from tests.golden import FILES, FOLDER, OPTIONS, golden, rendered

_SENT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
"""What may stand in no report: it drives terminals, turns text round or breaks lines."""

_TOLD = {
    "an input that was not read": "stories/harbour/gone.txt",
    "another": "stories/harbour/de.html",
    "how much was compared": "1 of 4",
    "which share": "25 %",
    "page furniture that was left out": "furniture",
    "by which rule": "byline",
    "who waived a finding": "M. Bell",
    "until when": "2027-01-31",
    "why": "the paper appeared a day later",
    "how like a known one it is": "86 %",
    "an entry of the baseline that matches nothing": "00000000000000d1",
    "stories left aside": "12 stories",
    "since when": "origin/main",
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_gives_its_golden_file(name: str) -> None:
    file = FOLDER / FILES[name]
    assert file.is_file(), f"{name} has no golden file; make golden writes it"
    assert rendered(name) == file.read_bytes().decode(), "if it is meant so: make golden"


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_gives_the_same_text_twice_and_ends_its_line(name: str) -> None:
    text = FORMATS[name](OPTIONS)(golden())
    assert text == FORMATS[name](OPTIONS)(golden())
    assert text.endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_hostile_is_sent(name: str) -> None:
    text = FORMATS[name](OPTIONS)(golden())
    assert _SENT.findall(text) == []
    text.encode()


@pytest.mark.parametrize("what", _TOLD)
@pytest.mark.parametrize("name", [name for name in FORMATS if name != "json"])
def test_nothing_is_silent(name: str, what: str) -> None:
    """In every format for people and other tools; the JSON report, whole as it is, has tests of its own."""
    assert _TOLD[what] in _plain(FORMATS[name](OPTIONS)(golden()))


def _plain(text: str) -> str:
    """The text without the tags and escapes of any format."""
    bare = html.unescape(re.sub(r"<[^>]*>", " ", text)).replace("\\", "").replace("\u200b", "").replace("%25", "%")
    return f"{' '.join(bare.split())} {text}"


def test_no_golden_file_is_without_a_format() -> None:
    assert {file.name for file in FOLDER.iterdir()} <= set(FILES.values())
