"""The JSON report: its shape, the shipped schema, stable bytes, and the way back."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.errors import InputError
from consistency.records import Finding, Removal, Report, Run, Span, Unread
from consistency.report import FORMATS, Options
from consistency.report import _wire as wire
from consistency.report.json import load, shipped_schema
from tests.reports import report, side

SCHEMA = json.loads(shipped_schema())
VALID = jsonschema.Draft202012Validator(SCHEMA)
UNREAD = Unread("c.html", "shape", "c.html holds no article", "give the article's own page")
REMOVED = Removal("card", "a card of a related story", "Read more", Span(0, 9))


def text_of(made: Report, **options: Any) -> str:
    return FORMATS["json"](Options(**options))(Run((made,)))


def document_of(made: Report, **options: Any) -> Any:
    return json.loads(text_of(made, **options))


def written(made: Report, **options: Any) -> Any:
    """What stands of the one story."""
    return document_of(made, **options)["stories"][0]


def read_back(text: str) -> Report:
    (only,) = load(text).reports
    return only


def full() -> Report:
    """A report in which no list is empty and no side certain."""
    made = report(unread=(UNREAD,), removed=(REMOVED,))
    only = made.findings[0]
    added = msgspec.structs.replace(only, level="note", check="addition", reference=None)
    dropped = msgspec.structs.replace(only, level="note", check="omission", version=None)
    return msgspec.structs.replace(made, findings=(only, added, dropped), candidates=(only,))


def test_the_shipped_schema_is_the_one_of_the_code() -> None:
    assert wire.schema() == SCHEMA, "make schema writes it anew; a changed shape needs a new SCHEMA_VERSION"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("include_text", [False, True])
def test_a_report_satisfies_the_schema(include_text: bool) -> None:
    VALID.validate(document_of(full(), include_text=include_text))


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("stories", 0, "findings", 0, "level"), "fatal"),
        (("stories", 0, "findings", 0, "confidence"), 1.2),
        (("stories", 0, "findings", 0, "reference", "spans", 0), [1]),
        (("stories", 0, "findings", 0, "reference", "spans", 0), [1, 2, 3]),
        (("stories", 0, "findings", 0, "version", "claims"), "b#1"),
        (("stories", 0, "articles", 0, "role"), "reprint"),
        (("stories", 0, "articles", 0, "claims", 0, "start"), -1),
        (("stories", 0, "alignments", 0, "forward", "neutral"), "0.1"),
        (("stories", 0, "unread", 0, "code"), "lost"),
        (("schema_version",), 3),
        (("surprise",), 1),
    ],
)
def test_the_schema_refuses_what_no_report_says(path: tuple[Any, ...], wrong: object) -> None:
    document = document_of(full())
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = wrong
    assert not VALID.is_valid(document)


@pytest.mark.parametrize(
    "name", ["signature", "stories", "articles", "coverage", "alignments", "candidates", "findings"]
)
def test_the_schema_misses_what_is_left_out(name: str) -> None:
    document = document_of(full())
    del (document if name in document else document["stories"][0])[name]
    assert not VALID.is_valid(document)


def test_the_shape_that_others_rely_on() -> None:
    document = written(full())
    assert document_of(full())["signature"] == {
        "tool": "0.1.0",
        "model": "m" * 64,
        "config": "c" * 64,
        "off": [],
        "runtime": "pytorch/fp32",
    }
    reference, version = document["articles"]
    assert (reference["id"], reference["role"], reference["source"]) == ("a", "original", "a.txt")
    assert reference["characters"] == 61
    assert reference["claims"][0] == {
        "id": "a#1",
        "start": 0,
        "end": 28,
        "text": "The bridge closed on Monday.",
        "speaker": None,
    }
    assert "text" not in reference
    assert version["removed"] == [
        {"rule": "card", "reason": "a card of a related story", "text": "Read more", "start": 0, "end": 9}
    ]
    assert document["coverage"][0]["share"] == 1.0
    assert document["alignments"] == [
        {
            "article": "b",
            "premise": ["a#1"],
            "hypothesis": ["b#1"],
            "similarity": 0.8333,
            "forward": {"entailment": 0.0123, "neutral": 0.1, "contradiction": 0.8877},
            "backward": None,
            "isolated": [],
        }
    ]
    finding = document["findings"][0]
    assert set(finding) == {
        "check",
        "level",
        "message",
        "confidence",
        "fingerprint",
        "reference",
        "version",
        "known",
        "given",
    }
    assert finding["confidence"] == 0.9877
    assert finding["version"] == {
        "article": "b",
        "claims": ["b#1"],
        "text": "The bridge closed on Sunday.",
        "spans": [[0, 28]],
        "evidence": [[21, 27]],
        "places": [],
    }
    assert document["findings"][1]["reference"] is None
    assert document["findings"][2]["version"] is None


def test_a_share_of_nothing_is_zero() -> None:
    made = report(share=(0, 0))
    empty = msgspec.structs.replace(made.coverage[0], reference_claims=0, reference_compared=0)
    coverage = written(msgspec.structs.replace(made, coverage=(empty,)))["coverage"][0]
    assert (coverage["share"], coverage["reference_share"]) == (0.0, 0.0)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert text_of(full()) == text_of(full())


def test_back_again_nothing_is_lost_but_the_fifth_decimal() -> None:
    text = text_of(full(), include_text=True)
    read = read_back(text)
    assert text_of(read, include_text=True) == text
    assert read.findings[0].version == full().findings[0].version
    assert read.claims == full().claims
    assert read.story == full().story
    assert read.unread == full().unread


def test_the_byte_order_mark_of_an_editor_says_nothing() -> None:
    (read,) = load(b"\xef\xbb\xbf" + text_of(full()).encode()).reports
    assert read == read_back(text_of(full()))


def test_without_text_an_article_comes_back_empty() -> None:
    assert [one.text for one in read_back(text_of(full())).story.articles] == ["", ""]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a report"),
        (b"[]", "not a report"),
        (b'{"schema_version": 3}', "schema version 3"),
        (b'{"schema_version": 1}', "old schema version 1"),
        (b'{"schema_version": 2}', "missing required field"),
        (b"\xff\xfe", "not a report"),
    ],
)
def test_what_is_no_report_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        load(data)


def test_controls_are_escaped_and_half_characters_replaced() -> None:
    made = report(message="\x1b[2J \x9b31m \u202eevil \ud83d \x07 é")
    text = text_of(made)
    assert json.loads(text)["stories"][0]["findings"][0]["message"] == "\x1b[2J \x9b31m \u202eevil \ufffd \x07 é"
    assert not set(text) & set("\x1b\x9b\u202e\x07\ud83d")
    assert "é" in text


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    claim = report().claims[0]
    finding = Finding("x", "note", text, 0.5, side(claim), None)
    made = msgspec.structs.replace(report(), findings=(finding,))
    document = text_of(made)
    document.encode()
    assert read_back(document).findings[0].message == text


def edited(path: tuple[Any, ...], value: object, **options: Any) -> bytes:
    """A saved report in which one thing was changed by hand."""
    document = document_of(full(), **options)
    place = document["stories"][0]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("reference",), "z", r"reference names no article"),
        (("articles", 1, "id"), "a", r"articles\[1\].id is there twice"),
        (("articles", 0, "claims", 0, "end"), 27, r"articles\[0\].claims\[0\] has offsets that do not fit its text"),
        (("articles", 0, "claims", 1, "end"), 999, r"claims\[1\] ends at 999, past the end of the text at 61"),
        (("articles", 0, "claims", 1, "start"), 62, r"claims\[1\] ends before it starts"),
        (("articles", 0, "claims", 1, "id"), "a#1", r"claims\[1\].id is there twice"),
        (("articles", 0, "characters"), 5, r"claims\[0\] ends at 28, past the end of the text at 5"),
        (("articles", 1, "removed", 0, "start"), 10, r"removed\[0\] ends before it starts"),
        (("coverage", 0, "article"), "z", r"coverage\[0\].article names no article"),
        (("coverage", 0, "compared"), 3, r"coverage\[0\] compares more claims than there are"),
        (("alignments", 0, "article"), "z", r"alignments\[0\].article names no article"),
        (("alignments", 0, "premise"), ["b#1"], r"alignments\[0\].premise name 'b#1', which is no claim"),
        (("alignments", 0, "hypothesis"), [], r"alignments\[0\].hypothesis are none"),
        (
            ("alignments", 0, "isolated"),
            [{"premise": [0, 29], "hypothesis": [0, 1], "contradiction": 0.5}],
            r"isolated\[0\].premise ends at 29, past the end of the text at 28",
        ),
        (("findings", 0, "version", "article"), "a", r"findings\[0\].version.claims name 'b#1', which is no claim"),
        (("findings", 0, "version", "spans"), [[0, 27]], r"findings\[0\].version.spans are not those of its claims"),
        (("findings", 0, "version", "spans"), [], r"version.spans are not those of its claims"),
        (("findings", 0, "version", "text"), "Else.", r"findings\[0\].version.text is not that of its claims"),
        (("findings", 0, "version", "evidence"), [[21, 29]], r"evidence\[0\] does not lie in a claim of this side"),
        (("findings", 0, "version", "evidence"), [[30, 31]], r"evidence\[0\] does not lie in a claim of this side"),
        (("findings", 0, "version", "evidence"), [[5, 4]], r"evidence\[0\] ends before it starts"),
        (("findings", 0, "version", "places"), [[0, 0, 0, 0]], r"places\[0\] is no place in a file"),
        (("findings", 0, "version", "places"), [[2, 1, 1, 9]], r"places\[0\] is no place in a file"),
        (("findings", 0, "version", "places"), [[2, 5, 2, 4]], r"places\[0\] is no place in a file"),
        (("findings", 1, "version"), None, r"findings\[1\] has neither of its two sides"),
        (("candidates", 0, "reference", "claims"), ["zz"], r"candidates\[0\].reference.claims name 'zz'"),
    ],
)
def test_an_edited_report_is_refused_with_the_place(path: tuple[Any, ...], value: object, said: str) -> None:
    with pytest.raises(InputError, match=rf"not a sound report: stories\[0\]\..*{said}") as caught:
        load(edited(path, value))
    assert caught.value.remedy


def test_a_place_may_end_further_to_the_left_on_a_later_line() -> None:
    assert load(edited(("findings", 0, "version", "places"), [[2, 5, 3, 1]]))


def test_an_edited_text_is_refused() -> None:
    text = full().story.articles[0].text
    for wrong, said in (
        (text + "!", "not the length"),
        (text.replace("Monday", "Friday"), "not what the article says"),
    ):
        with pytest.raises(InputError, match=said):
            load(edited(("articles", 0, "text"), wrong, include_text=True))


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 200_000,
        b'{"schema_version": 2, "signature": ' + b"[" * 200_000,
        b'{"schema_version": 2, "signature": {"tool": "\xff"}}',
        b'{"schema_version": 2, "signature": {"tool": "\\ud800"}}',
        '{"schema_version": 2}'.encode("utf-16"),
        b'{"schema_version": 99999999999999999999999999}',
        b'{"schema_version": 2, "x": "' + b"x" * 10_000 + b'"}',
        b'{"schema_version": -1}',
    ],
)
def test_no_bytes_are_more_than_a_refusal(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        load(data)
    assert len(str(caught.value)) < 500
    assert caught.value.remedy


def test_one_claim_named_a_hundred_thousand_times_is_not_joined() -> None:
    """Else a small report makes a text of gigabytes."""
    document = document_of(full())
    finding = document["stories"][0]["findings"][0]["version"]
    finding["claims"] = finding["claims"] * 100_000
    finding["spans"] = finding["spans"] * 100_000
    with pytest.raises(InputError, match="text is not that of its claims"):
        load(json.dumps(document))


def test_a_share_that_reached_its_minimum_still_does_when_it_is_read_back() -> None:
    made = report(share=(2, 3))
    entry = msgspec.structs.replace(made.coverage[0], minimum=0.666_66)
    read = read_back(text_of(msgspec.structs.replace(made, coverage=(entry,))))
    assert (entry.short, read.coverage[0].short) == (False, False)


def test_the_length_of_a_text_left_out_comes_back() -> None:
    (reference, _) = read_back(text_of(full())).story.articles
    assert (reference.text, reference.characters) == ("", 61)
