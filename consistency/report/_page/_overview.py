"""What stands above the stories: the verdict, what was not checked, all versions in a table, and the foot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

from consistency.records import LEVELS, Finding, Level, Removal, Run, Stale
from consistency.report._page._finding import WORDS, card, share, sign
from consistency.report._page._markup import Child, Markup, element, hidden, isolated, together
from consistency.report._page._model import Chapter, Comparison, Pages
from consistency.report._summary import count, left_aside
from consistency.report._visible import names

_MOST: Final = 200
"""Pieces of furniture, stale entries and unread inputs that are named; the rest is counted."""
_LONG: Final = 400


def heading(run: Run, pages: Pages) -> str:
    """What the report is of, for the title and the first heading."""
    if len(pages.chapters) == 1:
        return pages.chapters[0].name
    return count(len(run.reports), "story")


def verdict(run: Run) -> Markup:
    """Findings by level, each with its shape, then what holds them back and what was not checked."""
    findings = [finding for report in run.reports for finding in report.findings]
    tally = Counter(finding.level for finding in findings)
    said = [
        element(
            "li",
            sign(level),
            element("b", tally[level]),
            " ",
            f"{level}{'' if tally[level] == 1 else 's'}",
            class_=level,
        )
        for level in LEVELS
    ]
    known = sum(not finding.counts for finding in findings)
    if known:
        said.append(element("li", element("b", known), " of them known", class_="known"))
    left = _unchecked(run)
    if left:
        said.append(element("li", element("b", left), " not checked", class_="unchecked"))
    return element("ul", said, class_="verdict", aria_label="Findings")


def _unchecked(run: Run) -> int:
    short = sum(part.short for report in run.reports for part in report.coverage)
    return short + sum(len(report.unread) for report in run.reports)


def unchecked(pages: Pages) -> Markup | None:
    """Inputs that were not read and versions of which too little was compared: never to be taken for clean."""
    unread = [(chapter, entry) for chapter in pages.chapters for entry in chapter.report.unread]
    short = [one for chapter in pages.chapters for one in chapter.comparisons if one.coverage and one.coverage.short]
    if not unread and not short:
        return None
    several = len(pages.chapters) > 1
    said = [
        element(
            "li",
            element("b", isolated(*_cut(entry.source))),
            " was not read: ",
            isolated(*_cut(entry.message)),
            " ",
            element("span", isolated(*_cut(entry.remedy)), class_="remedy"),
            element("span", " (", isolated(chapter.name), ")") if several else None,
        )
        for chapter, entry in unread[:_MOST]
    ]
    said += [
        element(
            "li",
            element("b", isolated(one.name)),
            ": ",
            _share(one),
            " ",
            element("a", "Look at it", hidden(f": {one.name}"), href=f"#{one.id}"),
        )
        for one in short[:_MOST]
    ]
    more = len(unread) + len(short) - len(said)
    return element(
        "section",
        element("h2", "Not everything was checked", id="unchecked-t"),
        element("ul", said, element("li", more, " more are not named here") if more else None),
        class_="unchecked",
        id="unchecked",
        aria_labelledby="unchecked-t",
    )


def _share(one: Comparison) -> str:
    found = one.coverage
    if found is None:
        return ""
    return f"{found.compared:,} of {found.claims:,} sentences were compared."


def aside(run: Run) -> Markup | None:
    """Stories that were not looked at, and checks that were turned off: part of no number on the page."""
    off = sorted({check for report in run.reports for check in report.signature.off})
    said = [left_aside(entry) for entry in run.skipped]
    if off:
        said.append(f"turned off: {', '.join(off)}")
    if not said:
        return None
    return element("p", "Left aside: ", isolated("; ".join(said)), ".", class_="aside")


def contents(pages: Pages) -> Markup | None:
    """All versions with their numbers, grouped by story; nothing where there is only one."""
    comparisons = [one for chapter in pages.chapters for one in chapter.comparisons]
    if len(comparisons) < 2 and len(pages.chapters) < 2:
        return None
    head = element(
        "tr",
        element("th", "Version", scope="col"),
        *(element("th", f"{WORDS[level]}s", scope="col") for level in LEVELS),
        element("th", "Compared", scope="col"),
    )
    bodies = [_body(chapter, len(pages.chapters) > 1) for chapter in pages.chapters]
    return element(
        "details",
        element("summary", "All versions"),
        element(
            "div",
            element("table", element("thead", head), bodies, class_="contents"),
            class_="wide",
            tabindex="0",
            role="region",
            aria_label="All versions",
        ),
        id="contents",
        open=len(comparisons) <= 12,
    )


def _body(chapter: Chapter, named: bool) -> Markup:
    lines: list[Child] = []
    if named:
        lines.append(element("tr", element("th", isolated(chapter.name), colspan=5, scope="colgroup"), class_="story"))
    for one in chapter.comparisons:
        tally = Counter(entry.finding.level for entry in one.entries)
        lines.append(
            element(
                "tr",
                element("th", element("a", isolated(one.name), href=f"#{one.id}"), scope="row"),
                *(_number(tally[level], level) for level in LEVELS),
                element("td", _compared(one)),
            )
        )
    if not chapter.comparisons:
        lines.append(element("tr", element("td", "No version could be held against a reference.", colspan=5)))
    return element("tbody", lines)


def _number(number: int, level: Level) -> Markup:
    return element("td", sign(level) if number else None, number if number else "–", class_=level if number else "none")


def _compared(one: Comparison) -> str:
    found = one.coverage
    if found is None:
        return "not known"
    return f"{share(found.share)}{', too little' if found.short else ''}"


def loose(chapter: Chapter, manuals: Mapping[str, str]) -> Markup | None:
    """Findings of a story that belong to no single version."""
    if not chapter.loose:
        return None
    return element(
        "section",
        element("h3", "Findings of no single version", id=f"{chapter.id}-l"),
        [card(entry, None, entry.finding.check in manuals) for entry in chapter.loose],
        class_="loose",
        aria_labelledby=f"{chapter.id}-l",
    )


def left_out(found: tuple[Finding, ...]) -> Markup | None:
    """Findings that the page has no room for."""
    if not found:
        return None
    tally = Counter(finding.level for finding in found)
    told = ", ".join(count(tally[level], level) for level in LEVELS if tally[level])
    return element(
        "p",
        element("strong", f"{len(found):,} findings are not on this page"),
        f" ({told}), so that it stays usable. The JSON report holds them all.",
        class_="left-out",
    )


def furniture(chapter: Chapter) -> Markup | None:
    """What the readers took for page furniture, by article: it was not compared."""
    called = names(chapter.report)
    every = [(article, gone) for article in chapter.report.story.articles for gone in article.removed]
    if not every:
        return None
    said = [_removed(called[article.id], gone) for article, gone in every[:_MOST]]
    more = len(every) - len(said)
    return element(
        "details",
        element("summary", f"{count(len(every), 'piece')} of page furniture left out, and so not compared"),
        element("ul", said, element("li", more, " more are not named here") if more else None),
        class_="furniture",
    )


def _removed(name: str, gone: Removal) -> Markup:
    return element(
        "li",
        element("b", gone.rule),
        " in ",
        isolated(*_cut(name)),
        f", {gone.reason}: ",
        element("q", *_cut(gone.text), dir="auto"),
    )


def below(chapter: Chapter) -> Markup | None:
    """How many suspicions stayed under their threshold."""
    number = len(chapter.report.candidates)
    if not number:
        return None
    return element(
        "p", count(number, "suspicion"), " stayed below the threshold; the JSON report holds them.", class_="quiet"
    )


def baseline(run: Run) -> Markup | None:
    """The baseline and those of its entries that hold nothing back any more."""
    if not run.baseline and not run.stale:
        return None
    used = [finding.known for report in run.reports for finding in report.findings if finding.known]
    said: list[Child] = [
        element("p", "Held against ", isolated(run.baseline or "a baseline"), f": {count(len(used), 'finding')} known.")
    ]
    if run.stale:
        entries = [_stale(entry) for entry in run.stale[:_MOST]]
        more = len(run.stale) - len(entries)
        said.append(
            element(
                "details",
                element("summary", f"{len(run.stale):,} of its entries unused or expired"),
                element("ul", entries, element("li", more, " more are not named here") if more else None),
            )
        )
    return element(
        "section", element("h2", "Baseline", id="baseline-t"), said, class_="about", aria_labelledby="baseline-t"
    )


def _stale(entry: Stale) -> Markup:
    waiver = entry.waiver
    told: list[Child] = []
    if waiver is not None:
        told = [" Waived", f" by {waiver.author}" if waiver.author else None]
        told += [f" until {waiver.expires}" if waiver.expires else None, ": ", *_cut(waiver.reason)]
    return element(
        "li",
        element("b", "Waiver expired" if entry.why == "expired" else "Unused"),
        f": {entry.check} in ",
        isolated(*_cut(entry.story)),
        ". ",
        isolated(*_cut(entry.message)),
        isolated(*told) if told else None,
        " ",
        element("code", entry.fingerprint),
    )


def manuals(found: Iterable[str], texts: Mapping[str, str]) -> Markup:
    """A page of its own for each check that found something, opened from its findings."""
    return together(
        element(
            "div",
            element("h2", "The check ", element("em", check), id=f"manual-{check}-t"),
            _manual(texts[check]),
            element("button", "Close", type="button", popovertarget=f"manual-{check}", popovertargetaction="hide"),
            id=f"manual-{check}",
            class_="manual",
            popover=True,
            role="dialog",
            aria_labelledby=f"manual-{check}-t",
        )
        for check in found
        if check in texts
    )


def _manual(text: str) -> Markup:
    """Its paragraphs, set anew for the width at hand; indented lines stay lines."""
    told: list[Markup] = []
    for block in text.strip().split("\n\n"):
        for apart, group in groupby(block.splitlines(), key=lambda line: line.startswith(" ") or line.endswith(":")):
            lines = list(group)
            told += [
                element("p", line.strip(), class_="sample" if line.startswith(" ") else None)
                for line in (lines if apart else [" ".join(lines)])
            ]
    return together(told)


def foot(run: Run) -> Markup:
    """What made the report."""
    made = run.reports[0].signature if run.reports else None
    if made is None:
        return element("footer", element("p", "The run held no story."))
    return element(
        "footer",
        element(
            "p",
            f"Made by consistency {made.tool}. Model ",
            element("code", made.model[:12]),
            f" on {made.runtime}, settings ",
            element("code", made.config[:12]),
            ". A finding is a reason to look, not a verdict; what was not compared was not checked.",
        ),
    )


def _cut(text: str) -> list[Child]:
    if len(text) <= _LONG:
        return [text]
    return [text[:_LONG], element("span", " … ", len(text) - _LONG, " characters not shown", class_="gap")]
