"""For people at a terminal and for CI logs: a block for each finding, worst first, then what was compared.

Words that matter are coloured where colour is on; elsewhere they stand as [-in the reference-] and
{+in the version+}. Article text is printed as it is, but for control characters, which are spelt out.
"""

from __future__ import annotations

import io
from collections import Counter

import msgspec
from rich.console import Console
from rich.text import Text

from consistency.records import LEVELS, Article, Finding, Known, Level, Report, Run, Side, Unread
from consistency.report._excerpt import parts
from consistency.report._options import Options
from consistency.report._summary import summary
from consistency.report._visible import commands, names, visible
from consistency.report._words import bounded, compared, furniture, stale, state, sureness

_LONGEST = 1200
"""Characters shown of one text; a claim can be a whole file."""
_NARROWEST = 40

_LEVEL_STYLE: dict[Level, str] = {"error": "bold red", "warning": "bold yellow", "note": "bold blue"}


class _Mark(msgspec.Struct, frozen=True):
    style: str
    before: str
    after: str


_REFERENCE = _Mark("bold red underline", "[-", "-]")
_VERSION = _Mark("bold green underline", "{+", "+}")


class Terminal(msgspec.Struct, frozen=True):
    """Run -> text of lines no wider than `options.width`, with escape codes if `options.colour`."""

    options: Options = Options()

    def __call__(self, run: Run) -> str:
        page = _Page(self.options)
        several = len(run.reports) > 1
        for report in run.reports:
            if several:
                page.line(f"Story {_bounded(report.story.id)}", style="bold underline")
                page.gap()
            _story(page, report, listed=self.options.list_removed)
            if several:
                _closing(page, report, listed=self.options.list_removed)
                page.gap()
        for entry in run.stale:
            page.line(_bounded(stale(entry, run.baseline)))
        page.line(f"{summary(run)}.", style="bold")
        if not several:
            for report in run.reports:
                _closing(page, report, listed=self.options.list_removed)
        return page.text()


class _Page:
    """Lines wrapped to the width, indented, with or without escape codes."""

    def __init__(self, options: Options) -> None:
        self._width = max(options.width, _NARROWEST)
        self.colour = options.colour
        self._out = io.StringIO()
        self._console = Console(
            file=self._out,
            width=self._width,
            force_terminal=options.colour,
            no_color=not options.colour,
            color_system="standard" if options.colour else None,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            _environ={},
        )

    def line(self, text: Text | str, indent: int = 0, style: str = "") -> None:
        whole = Text(visible(text), style) if isinstance(text, str) else text
        margin = " " * indent
        for line in whole.wrap(self._console, self._width - indent):
            line.rstrip()
            self._console.print(Text(margin).append_text(_inert(line)), soft_wrap=True)

    def gap(self) -> None:
        self._console.print()

    def text(self) -> str:
        return self._out.getvalue()


def _inert(line: Text) -> Text:
    """A log of a CI service is a terminal too, and takes some lines for orders."""
    at = commands(line.plain)
    return Text("\u200b").join(line.divide(at)) if at else line


def _story(page: _Page, report: Report, *, listed: bool) -> None:
    """The findings of one story and what could not be read."""
    called = names(report)
    numbers = _numbers(report)
    for finding in sorted(report.findings, key=lambda found: (LEVELS.index(found.level), -found.confidence)):
        _finding(page, finding, called, numbers)
    for unread in report.unread:
        _unread(page, unread)
    if listed:
        for article in report.story.articles:
            _removed(page, article, called[article.id])


def _numbers(report: Report) -> dict[str, int]:
    """The place of each claim in its article, from 1, by claim id."""
    seen: Counter[str] = Counter()
    numbers: dict[str, int] = {}
    for claim in report.claims:
        seen[claim.article] += 1
        numbers[claim.id] = seen[claim.article]
    return numbers


def _finding(page: _Page, finding: Finding, called: dict[str, str], numbers: dict[str, int]) -> None:
    head = Text.assemble((finding.level.upper(), _LEVEL_STYLE[finding.level]))
    page.line(head.append(f"  {visible(finding.check)}  {sureness(finding.confidence)}{_state(finding.known)}"))
    page.line(_bounded(finding.message), 2)
    for side, label, mark in (
        (finding.reference, "reference", _REFERENCE),
        (finding.version, "version", _VERSION),
    ):
        if side is not None:
            page.line(f"{label}: {called[side.article]}, {_claims(side, numbers)}", 2, "dim")
            page.line(_marked(side, mark, page.colour), 4)
    page.gap()


def _state(known: Known | None) -> str:
    """What the baseline says of a finding."""
    said = state(known)
    return f"  ({visible(_bounded(said))})" if said else ""


def _claims(side: Side, numbers: dict[str, int]) -> str:
    found = [str(numbers.get(claim, claim)) for claim in side.claims]
    return f"claim{'s' if len(found) > 1 else ''} {', '.join(found)}"


def _marked(side: Side, mark: _Mark, colour: bool) -> Text:
    text = Text()
    for part in parts(side, _LONGEST):
        if part.hidden:
            text.append(f"{' ' if text else ''}[... {part.hidden:,} characters not shown ...] ", "dim")
        elif not part.marked:
            text.append(visible(part.text))
        elif colour:
            text.append(visible(part.text), mark.style)
        else:
            text.append(f"{mark.before}{visible(part.text)}{mark.after}")
    return text


def _bounded(text: str) -> str:
    return bounded(text, _LONGEST)


def _unread(page: _Page, unread: Unread) -> None:
    head = Text.assemble(("NOT READ", "bold magenta"))
    page.line(head.append(f"  {visible(_bounded(unread.source))}  {unread.code}"))
    page.line(_bounded(unread.message), 2)
    if unread.remedy:
        page.line(f"Remedy: {_bounded(unread.remedy)}", 2)
    page.gap()


def _removed(page: _Page, article: Article, name: str) -> None:
    if not article.removed:
        return
    page.line(f"Left out of {name} as page furniture:")
    for gone in article.removed:
        page.line(f"{gone.rule}: {gone.reason}", 2)
        page.line(_bounded(gone.text), 4, "dim")
    page.gap()


def _closing(page: _Page, report: Report, *, listed: bool) -> None:
    """What of a story was compared and what was left out."""
    called = names(report)
    for entry in report.coverage:
        page.line(compared(entry, called[entry.article]))
    gone = furniture(report)
    if gone:
        page.line(f"{gone}." if listed else f"{gone}; --list-removed names them.")
