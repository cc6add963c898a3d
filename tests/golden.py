"""A run made by hand in which everything happens that a format has to show; `make golden` writes the golden files.

Two stories. In the first a copy has findings of every level and every state of the baseline, a second copy was hardly
compared, and two inputs were not read. The second came as JSON lines and by standard input and is hostile throughout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from consistency.records import (
    Alignment,
    Article,
    Claim,
    Coverage,
    Finding,
    Given,
    Isolated,
    Known,
    Level,
    Offsets,
    Passage,
    Piece,
    Removal,
    Report,
    Role,
    Run,
    Scores,
    Side,
    Signature,
    Skipped,
    Span,
    Stale,
    Story,
    Unread,
    Waiver,
)
from consistency.report import FORMATS, Options

FOLDER = Path(__file__).parent.parent / "fixtures" / "golden"
FILES = {
    "terminal": "terminal.txt",
    "json": "json.json",
    "sarif": "sarif.sarif",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "rdjsonl": "rdjsonl.jsonl",
    "junit": "junit.xml",
    "markdown": "markdown.md",
    "html": "html.html",
}
"""Where each format's golden file stands under `FOLDER`."""
MANUALS = {
    "quantity": "Numbers that two versions tell differently.\n\n"
    "Reported is a number that stands in the same slot of both versions.\n\n"
    "Passes:\n    reference: Kyiv held for 1,000 days.\n    version: Kiev held for a thousand days.\n",
    "polarity": "A statement & its opposite <in either order>.\n\nReported is `not` that comes *or* goes.\n",
}
"""Manuals of two checks; a format must do without for the others."""
OPTIONS = Options(list_removed=True, manuals=MANUALS)

HOSTILE = (
    "</script><script>alert(1)</script> <!-- ]]> &lt; ::error file=x::owned %0A ![x](http://x.test/p.png) "
    "`tick` | @everyone #1 \x1b[2J\x9b31m \u202egnp.exe\u202c \ud83d \x00 \u2028 "
)
"""Text that would break out of HTML, XML, Markdown, workflow commands and terminals."""


def golden() -> Run:
    """The run; made anew at every call, always the same."""
    return Run(
        reports=(_harbour(), _hostile()),
        baseline="consistency-baseline.toml",
        stale=(
            Stale(
                "unused", "date", "00000000000000d1", "harbour", "The reference says “Monday”, the version “Sunday”."
            ),
            Stale(
                "expired",
                "hedge",
                "00000000000000a6",
                "harbour",
                "The reference says “may reopen”, the version says “will reopen”.",
                Waiver("the port has confirmed it by telephone", "desk", "2026-10-31"),
            ),
        ),
        skipped=(Skipped("unchanged", 12, "origin/main"), Skipped("excluded", 1)),
    )


_INLINED = re.compile(r"(?<=<style>).*?(?=</style>)|(?<=<script>).*?(?=</script>)|(?<='sha256-)[^']*", re.DOTALL)


def rendered(name: str) -> str:
    """The run in a format; of a page without its style sheet and script, which are files of their own."""
    text = FORMATS[name](OPTIONS)(golden())
    return _INLINED.sub("", text) if name == "html" else text


def write() -> None:
    """Every format's golden file, anew."""
    FOLDER.mkdir(exist_ok=True)
    for name in FORMATS:
        (FOLDER / FILES[name]).write_bytes(rendered(name).encode())


_SIGNATURE = Signature("0.1.0", "m" * 64, "c" * 64)


class _Text:
    """An article and its claims: the sentences of its paragraphs."""

    def __init__(self, name: str, source: str, paragraphs: tuple[str, ...], *, head: str = "", **more: str) -> None:
        self.text = "\n\n".join(paragraphs)
        whole = head + self.text
        roles: dict[str, Role] = {"original": "original", "report": "report"}
        self.article = Article(
            id=name,
            text=self.text,
            source=source,
            version=more.get("version", ""),
            role=roles.get(more.get("version", ""), "copy"),
            title=more.get("title", ""),
            url=more.get("url", ""),
            published=more.get("published"),
            offsets=Offsets((Piece(Span(0, len(self.text)), Span(len(head), len(whole))),)) if head else Offsets(),
            removed=(Removal("byline", "who wrote it, and when", head.strip(), Span(0, len(head) - 1)),)
            if head
            else (),
            lines=(0, *(found.end() for found in re.finditer("\n", whole))) if "line" not in more else (),
            line=int(more.get("line", "1")),
        )
        starts = [found.start() for found in re.finditer(r"(?:^|(?<=\. )|(?<=\n\n))\S", self.text)]
        ends = [*(start - 1 for start in starts[1:]), len(self.text)]
        spans = [
            Span(start, start + len(self.text[start:end].rstrip())) for start, end in zip(starts, ends, strict=True)
        ]
        self.claims = tuple(
            Claim(f"{name}#{number}", name, span, self.text[span.start : span.end])
            for number, span in enumerate(spans, start=1)
        )

    def side(self, claims: Iterable[int], *words: str) -> Side:
        """Claims by their number from 1, with `words` as evidence and the places filled in."""
        passage = Passage.of(tuple(self.claims[number - 1] for number in claims))
        evidence = [Span(at, at + len(word)) for word in words for at in (passage.text.index(word),)]
        bare = passage.side(*evidence)
        places = tuple(self.article.place(span) for span in bare.evidence or bare.spans)
        return Side(bare.article, bare.claims, bare.text, bare.spans, bare.evidence, places)


def _finding(
    number: int,
    check: str,
    level: Level,
    confidence: float,
    sides: tuple[Side | None, Side | None],
    *,
    message: str = "",
    known: Known | None = None,
    given: Given | None = None,
) -> Finding:
    """A finding whose fingerprint ends in `number`; without a message the one that compares the evidence."""
    reference, version = sides
    if not message and reference and version:
        one, two = (" … ".join(side.values()) for side in (reference, version))
        message = f"The reference says “{one}”, the version says “{two}”."
    return Finding(check, level, message, confidence, reference, version, f"{0xA0 + number:016x}", known, given)


def _harbour() -> Report:
    original = _Text(
        "original",
        "stories/harbour/original.txt",
        (
            "Cargo ship hits bridge, killing two.",
            "A container ship struck the Langley Bridge before dawn on Tuesday. Two workers died.",
            "Some 31,000 vehicles cross it each day. Solheim, the harbour master, was not at work.",
            "The port may reopen by March 25. Prosecutors have not opened a case.",
        ),
        version="original",
        title="Cargo ship hits bridge",
        url="https://news.example/harbour?id=1&lang=en",
        published="2026-03-11T06:00:00Z",
    )
    copy = _Text(
        "copy",
        "stories/harbour/copy one.txt",
        (
            "A container ship struck the Langley Bridge before dawn on Wednesday. Twelve workers died.",
            "Some 31,000 vehicles cross it each day. Solheym, the harbour master, was at work.",
            "The port will reopen by March 25. A crane had been delivered in May.",
        ),
        head="By Our Staff, March 12\n\n",
        published="2026-03-12T06:00:00Z",
    )
    short = _Text(
        "short", "stories/harbour/Übersicht.html", ("Two workers died.", "Buy a lamp. It is bright. It is cheap.")
    )
    waiver = Waiver("the paper appeared a day later", "M. Bell", "2027-01-31")
    gone = Waiver("the port has confirmed it by telephone", "desk", "2026-10-31")
    findings = (
        _finding(
            1,
            "quantity",
            "error",
            0.9731,
            (original.side([3], "Two"), copy.side([2], "Twelve")),
            given=Given("error", 0.8),
        ),
        _finding(
            2,
            "polarity",
            "error",
            0.8812,
            (original.side([5], "was not"), copy.side([4], "was")),
            known=Known("similar", 0.8667),
        ),
        _finding(
            3,
            "date",
            "error",
            0.86,
            (original.side([2], "Tuesday"), copy.side([1], "Wednesday")),
            known=Known("same", 1.0, waiver),
        ),
        _finding(
            6,
            "hedge",
            "warning",
            0.71,
            (original.side([6], "may reopen"), copy.side([5], "will reopen")),
            known=Known("same", 1.0, gone, expired=True),
        ),
        _finding(
            4,
            "name",
            "warning",
            0.64,
            (original.side([5], "Solheim"), copy.side([4], "Solheym")),
            known=Known("same"),
        ),
        _finding(
            5,
            "addition",
            "note",
            0.55,
            (None, copy.side([6])),
            message="Only the version says: “A crane had been delivered in May.”",
        ),
        _finding(
            7,
            "omission",
            "note",
            0.4,
            (original.side([4, 7]), None),
            message="short leaves out 2 of the reference's 7 sentences.",
        ),
    )
    candidate = _finding(8, "quantity", "error", 0.31, (original.side([4], "31,000"), copy.side([3], "31,000")))
    aligned = (
        Alignment(
            "copy",
            ("original#3",),
            ("copy#2",),
            0.6667,
            Scores(0.0102, 0.0221, 0.9677),
            Scores(0.0215, 0.0, 0.9785),
            (Isolated(Span(0, 3), Span(0, 6), 0.9512),),
        ),
        Alignment(
            "copy", ("original#5",), ("copy#4",), 0.75, Scores(0.1023, 0.0207, 0.877), Scores(0.08, 0.0346, 0.8854)
        ),
        Alignment("copy", ("original#2",), ("copy#1",), 0.875, Scores(0.1, 0.04, 0.86), Scores(0.1, 0.04, 0.86)),
        Alignment("copy", ("original#4",), ("copy#3",), 1.0),
        Alignment("copy", ("original#6",), ("copy#5",), 0.8, Scores(0.6, 0.39, 0.01), Scores(0.95, 0.04, 0.01)),
        Alignment("short", ("original#3",), ("short#1",), 1.0),
    )
    return Report(
        schema_version=2,
        signature=_SIGNATURE,
        story=Story("harbour", (original.article, copy.article, short.article), "original"),
        claims=original.claims + copy.claims + short.claims,
        coverage=(Coverage("copy", 5, 6, 5, 7, 0.5, True), Coverage("short", 1, 4, 1, 7, 0.5, True)),
        alignments=aligned,
        candidates=(candidate,),
        findings=findings,
        unread=(
            Unread("stories/harbour/gone.txt", "missing", "stories/harbour/gone.txt is not there", "mend the path"),
            Unread("stories/harbour/de.html", "language", "stories/harbour/de.html is German (0.99)", ""),
        ),
    )


def _hostile() -> Report:
    name = "javascript:alert(1)//<b>%2e, \u202eé\x1b.jsonl"
    original = _Text(
        "r:1", name, ("🚢 " + HOSTILE + "Two \x07ships sank.",), version="original", title=HOSTILE, line="12"
    )
    copy = _Text(
        "r:2",
        "-",
        ("🚢🚢 " + HOSTILE + "Three \x07ships sank. " + "Ha. " * 2 + "End.",),
        version="report",
        title=HOSTILE,
    )
    sides = original.side([1], "Two"), copy.side([1], "Three")
    bare = Side(copy.article.id, (copy.claims[1].id,), copy.claims[1].text, (copy.claims[1].span,))
    return Report(
        schema_version=2,
        signature=_SIGNATURE,
        story=Story(f"story {HOSTILE}", (original.article, copy.article), "r:1"),
        claims=original.claims + copy.claims,
        coverage=(Coverage("r:2", 1, 4, 1, 1, 0.0, False),),
        alignments=(Alignment("r:2", ("r:1#1",), ("r:2#1",), 0.9, Scores(0.0, 0.0, 1.0), Scores(0.0, 0.0, 1.0)),),
        candidates=(),
        findings=(
            _finding(9, "quantity", "error", 1.0, sides, message=f"{HOSTILE}\r\nsecond line\twith a tab"),
            _finding(10, "addition", "note", 0.5, (None, bare), message="Only the version says this."),
        ),
        unread=(Unread(f"x{HOSTILE}.txt", "unreadable", HOSTILE, "give it as UTF-8"),),
    )
