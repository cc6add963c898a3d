"""The page of the HTML report: the whole of its markup, its style and its behaviour.

Everything a reader needs is in the markup and reads without script; `page.js` adds filters, keys and decisions.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import NamedTuple

from consistency.records import LEVELS, Run
from consistency.report._page import _overview as overview
from consistency.report._page._comparison import comparison
from consistency.report._page._controls import controls, dialogs, filters
from consistency.report._page._finding import line
from consistency.report._page._markup import Child, Markup, element, together
from consistency.report._page._model import Chapter, Pages, pages

__all__ = ["Page", "page", "script", "style"]


def style() -> str:
    """The page's one style sheet."""
    return _asset("page.css")


def script() -> str:
    """The page's one script."""
    return _asset("page.js")


class Page(NamedTuple):
    """The title, and all that stands in the body but the script."""

    title: Markup
    body: Markup


def page(run: Run, manuals: Mapping[str, str]) -> Page:
    """The run as HTML. `manuals`: each check's text by its id."""
    made = pages(run)
    return Page(element("title", "consistency: ", overview.heading(run, made)), _body(run, made, manuals))


def _body(run: Run, made: Pages, manuals: Mapping[str, str]) -> Markup:
    found = sorted({entry.finding.check for chapter in made.chapters for entry in chapter.entries})
    return together(
        Markup(_SIGNS),
        element("a", "To the findings", class_="skip", href="#findings"),
        controls(made),
        element(
            "main",
            element(
                "header",
                element("h1", overview.heading(run, made)),
                overview.verdict(run),
                overview.unchecked(made),
                overview.left_out(made.left_out),
                overview.aside(run),
                overview.contents(made),
                class_="overview",
            ),
            element(
                "div", _findings(made, found), element("div", _chapters(made, manuals), class_="texts"), class_="desk"
            ),
            overview.baseline(run),
            id="top",
        ),
        overview.foot(run),
        overview.manuals(found, manuals),
        dialogs(),
    )


def _asset(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text("utf-8")


def _findings(made: Pages, checks: list[str]) -> Markup:
    """The list of all findings, in the order of the page."""
    every = [entry for chapter in made.chapters for entry in chapter.entries]
    worst = sorted(
        every, key=lambda entry: (LEVELS.index(entry.finding.level), -entry.finding.confidence, entry.number)
    )
    rank = {entry.number: at for at, entry in enumerate(worst)}
    several = len(made.chapters) > 1
    items = []
    for chapter in made.chapters:
        for one in chapter.comparisons:
            name = f"{chapter.name}: {one.name}" if several else one.name
            items += [line(entry, one.id, name, rank[entry.number]) for entry in one.entries]
        items += [line(entry, chapter.id, chapter.name, rank[entry.number]) for entry in chapter.loose]
    listed: Child = element("ol", items, id="list") if items else element("p", "Nothing was found.", class_="nothing")
    return element(
        "nav",
        element("h2", "Findings", id="findings-t"),
        filters(made, checks, LEVELS) if items else None,
        listed,
        id="findings",
        class_="findings",
        aria_labelledby="findings-t",
        tabindex="-1",
    )


def _chapters(made: Pages, manuals: Mapping[str, str]) -> list[Markup]:
    return [_chapter(chapter, made, manuals) for chapter in made.chapters]


def _chapter(chapter: Chapter, made: Pages, manuals: Mapping[str, str]) -> Markup:
    several = len(made.chapters) > 1
    return element(
        "section",
        element("h2", chapter.name, id=f"{chapter.id}-t", class_="" if several else "heard"),
        [comparison(one, made.folded, manuals) for one in chapter.comparisons],
        overview.loose(chapter, manuals),
        overview.below(chapter),
        overview.furniture(chapter),
        id=chapter.id,
        class_="chapter",
        aria_labelledby=f"{chapter.id}-t",
    )


_SIGNS = (
    '<svg class="heard" aria-hidden="true" width="0" height="0">'
    '<symbol id="g-error" viewBox="0 0 12 12"><path d="M6 0 12 6 6 12 0 6Z"></path></symbol>'
    '<symbol id="g-warning" viewBox="0 0 12 12"><path d="M6 .8 12 11.2H0Z"></path></symbol>'
    '<symbol id="g-note" viewBox="0 0 12 12"><circle cx="6" cy="6" r="4.4"></circle></symbol>'
    "</svg>"
)
