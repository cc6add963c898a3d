"""What only a script can serve: the bar, the filters, the dialogs. Hidden until the script is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from consistency.records import Level
from consistency.report._page._finding import WORDS, sign
from consistency.report._page._markup import Child, Markup, element, hidden, together
from consistency.report._page._model import Pages

_KEYS: Final = (
    ("j or n", "next finding"),
    ("k or p", "finding before"),
    ("Enter", "go to the finding in the text"),
    ("a", "accept: it is an error to mend"),
    ("d", "dismiss: let it stand"),
    ("c", "comment, or give the reason"),
    ("[ and ]", "version before, version after"),
    ("/", "search the findings"),
    ("t", "light, dark, or as the system has it"),
    ("e", "export the decisions"),
    ("?", "keys and signs"),
    ("Esc", "leave a field, close what is open"),
)


_SIGNS: Final = (
    ("=", "the same words on both sides"),
    ("≈", "other words on both sides; words that differ are underlined, evidence of a finding is set on colour"),
    ("?", "beside each other, but not compared"),
    ("−", "only in the reference: there was nothing to compare it with"),
    ("+", "only in the version: there was nothing to compare it with"),
    ("↕", "told at another place of the story"),
)
_STRIP: Final = (
    "The strip above a version runs from its beginning to its end. Blocks are findings: the tallest errors, the lowest "
    "notes. The band below is a thin line for the same words, a thick one for other words, its lower half for what "
    "only the reference has and its upper half for what only the version has."
)


def controls(made: Pages) -> Markup:
    """The bar at the top: which version, which finding, decisions, appearance."""
    return element(
        "header",
        element("a", "consistency", class_="brand", href="#top"),
        element("div", _picker(made), class_="pick needs-script", hidden=True),
        element(
            "div",
            _button("previous", "Previous", "Finding before (k)", "‹ "),
            element("span", "", id="position", class_="position"),
            _button("next", "Next", "Next finding (j)", "", " ›"),
            class_="step needs-script",
            role="group",
            aria_label="Findings one by one",
            hidden=True,
        ),
        element(
            "div",
            _button("export", "Export", "Export the decisions as a waiver file (e)"),
            _button("theme", "Theme: system", "Light, dark, or as the system has it (t)"),
            _button("keys", "Help", "Keys and signs (?)"),
            class_="tools needs-script",
            hidden=True,
        ),
        class_="bar",
    )


def _picker(made: Pages) -> Markup:
    several = len(made.chapters) > 1
    groups = []
    for chapter in made.chapters:
        options = [element("option", one.name, value=one.id) for one in chapter.comparisons]
        if chapter.loose or not chapter.comparisons:
            options.append(element("option", f"{chapter.name}, the rest", value=chapter.id))
        groups.append(element("optgroup", options, label=chapter.name) if several else together(options))
    kept = ("", "Every sentence"), ("changed", "Changed sentences"), ("found", "With a finding")
    return together(
        element("label", hidden("Version shown"), element("select", groups, id="pick")),
        element(
            "label",
            hidden("Sentences shown"),
            element("select", [element("option", name, value=value) for value, name in kept], id="kept"),
        ),
    )


def _button(name: str, label: str, title: str, before: str = "", after: str = "") -> Markup:
    ornament = [element("span", sign_, aria_hidden="true") if sign_ else None for sign_ in (before, after)]
    return element("button", ornament[0], label, ornament[1], type="button", id=name, title=title)


def filters(made: Pages, checks: Sequence[str], levels: Sequence[Level]) -> Markup:
    """Filters by level, check, version, state and words."""
    entries = [entry for chapter in made.chapters for entry in chapter.entries]
    tally = Counter(entry.finding.level for entry in entries)
    by_check = Counter(entry.finding.check for entry in entries)
    boxes = [
        element(
            "label",
            element("input", type="checkbox", name="level", value=level, checked=True),
            sign(level),
            f"{WORDS[level]}s ",
            element("span", tally[level], class_="number"),
        )
        for level in levels
    ]
    comparisons = [one for chapter in made.chapters for one in chapter.comparisons]
    several = len(made.chapters) > 1
    versions = [
        element("option", f"{chapter.name}: {one.name}" if several else one.name, value=one.id)
        for chapter in made.chapters
        for one in chapter.comparisons
    ]
    states = (
        ("open", "Not decided"),
        ("accepted", "Accepted"),
        ("dismissed", "Dismissed"),
        ("known", "Known to the baseline"),
    )
    return element(
        "form",
        element("fieldset", element("legend", "Level", class_="heard"), boxes, class_="levels"),
        _select(
            "check",
            "Check",
            "Every check",
            [element("option", f"{one} ({by_check[one]:,})", value=one) for one in checks],
        ),
        _select("version", "Version", "Every version", versions) if len(comparisons) > 1 else None,
        element(
            "label",
            element("span", "Order", class_="name"),
            element(
                "select",
                element("option", "As in the text", value=""),
                element("option", "Worst first", value="rank"),
                id="order",
            ),
        ),
        _select("state", "State", "Any state", [element("option", name, value=value) for value, name in states]),
        element(
            "label",
            element("span", "Words", class_="name"),
            element("input", type="search", id="words", placeholder="Search", autocomplete="off"),
        ),
        element("p", role="status", id="status", class_="status"),
        id="filters",
        class_="filters needs-script",
        aria_label="Filter the findings",
        hidden=True,
    )


def _select(name: str, label: str, every: str, options: Sequence[Child]) -> Markup:
    chosen: list[Child] = [element("option", every, value="")]
    return element(
        "label", element("span", label, class_="name"), element("select", chosen, together(*options), id=f"by-{name}")
    )


def dialogs() -> Markup:
    """Keys, export, and what stands in every card once there is a script."""
    keys = [
        together(
            element("dt", [element("kbd", key) if key not in _JOINTS else f" {key} " for key in keys.split(" ")]),
            element("dd", told),
        )
        for keys, told in _KEYS
    ]
    return together(
        element(
            "dialog",
            element("h2", "Keys and signs", id="keys-t"),
            element("dl", keys),
            element(
                "p",
                element("label", element("input", type="checkbox", id="single", checked=True), " Single keys are on"),
            ),
            element("h3", "Signs"),
            element("dl", [together(element("dt", mark), element("dd", words)) for mark, words in _SIGNS]),
            element("p", _STRIP),
            element("button", "Close", type="button", data_close=True),
            id="keys-dialog",
            aria_labelledby="keys-t",
        ),
        element(
            "dialog",
            element("h2", "Export", id="export-t"),
            element(
                "p",
                "Dismissed findings become waivers. Merge the file with ",
                element("code", "consistency baseline waive BASELINE waivers.toml --report REPORT.json"),
                "; accepted findings stand in it as remarks.",
            ),
            element("p", id="export-note", class_="quiet"),
            element(
                "label", element("span", "Author", class_="name"), element("input", id="author", autocomplete="off")
            ),
            element(
                "label",
                element("span", "Last day (none: for good)", class_="name"),
                element("input", type="date", id="expires"),
            ),
            element(
                "label",
                element("span", "waivers.toml", class_="name"),
                element("textarea", id="waivers", readonly=True, rows=12, spellcheck="false"),
            ),
            element(
                "div",
                element("button", "Save the file", type="button", id="save", class_="first"),
                element("button", "Copy", type="button", id="copy"),
                element("button", "Close", type="button", data_close=True),
                class_="row-of",
            ),
            id="export-dialog",
            aria_labelledby="export-t",
        ),
        element("template", _decision(), id="decision"),
        element("p", id="told", class_="heard", role="status"),
    )


_JOINTS = frozenset({"or", "and"})


def _decision() -> Markup:
    return element(
        "div",
        element(
            "div",
            element(
                "button",
                "Accept",
                type="button",
                data_act="accepted",
                aria_pressed="false",
                title="It is an error to mend (a)",
            ),
            element(
                "button", "Dismiss", type="button", data_act="dismissed", aria_pressed="false", title="Let it stand (d)"
            ),
            element(
                "button",
                "Comment",
                type="button",
                data_act="comment",
                aria_expanded="false",
                title="Comment, or give the reason (c)",
            ),
            class_="row-of",
        ),
        element(
            "label",
            element("span", "Reason or comment", class_="name"),
            element("textarea", rows=2),
            class_="comment",
            hidden=True,
        ),
        class_="decide",
    )
