"""One version beside its reference: what was compared, where the findings stand, and every claim of both in rows."""

from __future__ import annotations

from collections.abc import Collection

from consistency.report._page._finding import card, share
from consistency.report._page._markup import Markup, element, isolated
from consistency.report._page._model import Comparison
from consistency.report._page._sheet import Sheet
from consistency.report._page._strip import strip


def comparison(one: Comparison, folded: bool, manuals: Collection[str]) -> Markup:
    """The section of one version. `folded`: only rows beside a finding."""
    title = f"{one.id}-t"
    unplaced = [card(entry, one, entry.finding.check in manuals) for entry in one.entries if entry.row < 0]
    return element(
        "section",
        element(
            "header",
            element(
                "h3",
                isolated(one.name),
                element("span", " against ", isolated(one.reference_name), class_="against"),
                id=title,
            ),
            _dates(one),
            coverage(one),
            strip(one) if one.entries or not folded else None,
            class_="headline",
        ),
        element(
            "div",
            element("span", element("b", "Reference "), isolated(one.reference_name)),
            element("span", element("b", "Version "), isolated(one.name)),
            class_="columns",
            aria_hidden="true",
        ),
        element("ol", Sheet.of(one, manuals).rows(folded), class_="rows"),
        element("div", element("h4", "Findings without a place in the text"), unplaced, class_="unplaced")
        if unplaced
        else None,
        class_="comparison",
        id=one.id,
        aria_labelledby=title,
        tabindex="-1",
    )


def _dates(one: Comparison) -> Markup | None:
    """What the version is, and when both were published, where that is known."""
    articles = {article.id: article for article in one.report.story.articles}
    version, reference = articles[one.article], articles.get(one.report.story.reference)
    said = ["An independent report, which may tell less and more"] if version.role == "report" else []
    said += [f"version published {version.published}"] if version.published else []
    said += [f"reference published {reference.published}"] if reference and reference.published else []
    return element("p", isolated("; ".join(said)), ".", class_="dates") if said else None


def coverage(one: Comparison) -> Markup:
    """What was compared and what was not, in words and as a bar."""
    found = one.coverage
    if found is None:
        return element("p", "How much of it was compared is not known.", class_="coverage short")
    owed = f"; at least {share(found.minimum)} is asked for" if found.required else "; no minimum is asked for"
    return element(
        "p",
        _bar(found.share),
        element("strong", "Too little was compared: ") if found.short else None,
        f"{found.compared:,} of {found.claims:,} sentences compared ({share(found.share)}), ",
        f"{found.claims - found.compared:,} not, with {found.reference_compared:,} of the reference’s ",
        f"{found.reference_claims:,}{owed}.",
        class_="coverage short" if found.short else "coverage",
    )


def _bar(full: float) -> Markup:
    return Markup(
        '<svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="full" width="100" height="4"></rect><rect width="{round(full * 100)}" height="4"></rect></svg>'
    )
