"""Runs of hostile text and file names, for the formats that machines read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from hypothesis import strategies as st

from consistency.records import Known, Place, Removal, Report, Run, Side, Skipped, Span, Stale, Unread, Waiver
from tests.golden import HOSTILE
from tests.reports import report

PIECES = (
    HOSTILE,
    "{0} {{1}} }",
    "[here](1) \\[x\\](http://x.test) a\\](2)",
    "##[error]x ##vso[task.complete] ::stop-commands::x",
    "\r\n::add-mask::x\n",
    "javascript:alert(1)",
    "\ud83d\ude00 \udcff \udfff",
    "😀é\u0301\u202e\u2066",
    "../../etc/passwd",
    "C:\\stories\\a b.txt",
    "\\\\server\\share\\a.txt",
    "//server/x?y#z",
    "./././a%2e%2e/b",
)
TEXTS = st.one_of(
    st.text(st.characters()), st.sampled_from(PIECES), st.builds("".join, st.lists(st.sampled_from(PIECES)))
)
PLACES = st.lists(st.builds(Place, *[st.integers(0, 4)] * 4), max_size=3).map(tuple)
KNOWN = st.none() | st.builds(
    Known,
    st.sampled_from(["same", "similar"]),
    st.floats(0, 1),
    st.none() | st.builds(Waiver, TEXTS, TEXTS, st.none() | TEXTS),
    st.booleans(),
)
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What may stand raw in no report for machines."""


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """One story whose every string is hostile; its finding may lack a side, and its places may be none."""
    made = report(
        reference=f"Monday {draw(TEXTS)}",
        version=f"Sunday {draw(TEXTS)}",
        level=draw(st.sampled_from(["error", "warning", "note"])),
        message=draw(TEXTS),
        source=draw(TEXTS),
        unread=(Unread(draw(TEXTS), "unreadable", draw(TEXTS), draw(TEXTS)),),
        removed=(Removal(draw(TEXTS), "", draw(TEXTS), Span(0, 1)),),
        share=draw(st.sampled_from([(0, 2), (2, 2)])),
    )
    (finding,) = made.findings
    finding = msgspec.structs.replace(
        finding,
        check=draw(TEXTS),
        fingerprint=draw(TEXTS),
        confidence=draw(st.floats(0, 1)),
        known=draw(KNOWN),
        reference=_at(finding.reference, draw(PLACES)),
        version=_at(finding.version, draw(PLACES)),
    )
    missing = draw(st.sampled_from(["", "reference", "version"]))
    if missing:
        finding = msgspec.structs.replace(finding, **{missing: None})
    story = msgspec.structs.replace(made.story, id=draw(TEXTS))
    made = msgspec.structs.replace(made, story=story, findings=(finding,) * draw(st.integers(1, 3)))
    stale = Stale("unused", draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(TEXTS))
    skipped = Skipped("unchanged", draw(st.integers(1, 3)), draw(TEXTS))
    return Run((made,) * draw(st.integers(1, 2)), draw(TEXTS), (stale,), (skipped,))


def megabyte() -> Run:
    """A run in which every string is a megabyte long."""
    long = "x{" * 500_000
    made = report(
        reference=f"Monday {long}",
        version=f"Sunday {long}",
        message=long,
        source=long,
        marked=(f"Monday {long}", f"Sunday {long}"),
        unread=(Unread(long, "unreadable", long, long),),
        removed=(Removal(long, long, long, Span(0, 1)),),
    )
    waived = Known("same", 1.0, Waiver(long, long, long))
    finding = msgspec.structs.replace(made.findings[0], check=long, fingerprint=long, known=waived)
    story = msgspec.structs.replace(made.story, id=long)
    made = msgspec.structs.replace(made, story=story, findings=(finding,))
    return Run((made,), long, (Stale("unused", long, long, long, long),), (Skipped("unchanged", 1, long),))


def placed(made: Report, *places: Place) -> Report:
    """The report with the places of its findings' sides set."""
    findings = tuple(
        msgspec.structs.replace(one, reference=_at(one.reference, places), version=_at(one.version, places))
        for one in made.findings
    )
    return msgspec.structs.replace(made, findings=findings)


def walk(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value of parsed JSON with its path."""
    yield path, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from walk(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from walk(inner, (*path, number))


def parsed(text: str) -> Any:
    """The JSON of a text in which nothing hostile stands raw."""
    assert not RAW.search(text)
    assert not re.search(r"##\w{0,20}\[|^\s*::", text, re.MULTILINE)
    text.encode()
    return json.loads(text)


def _at(side: Side | None, places: tuple[Place, ...]) -> Side | None:
    return None if side is None else msgspec.structs.replace(side, places=places)
