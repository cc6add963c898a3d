"""One finding: its line in the list and its card beside the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from consistency.records import Alignment, Finding, Known, Level, Scores, Side
from consistency.report._excerpt import parts
from consistency.report._page._markup import Child, Markup, element, hidden, isolated, together
from consistency.report._page._model import Comparison, Entry

_LINE = 220
_MESSAGE = 1_200
_EXCERPT = 700
_WORDS = 120
_MOST = 6
"""Places, pairs and differences that a card names at most; it says how many more there are."""

WORDS: Final[dict[Level, str]] = {"error": "Error", "warning": "Warning", "note": "Note"}


def sign(level: Level) -> Markup:
    """The level's shape: a diamond, a triangle, a circle. Its word stands beside it or is heard."""
    return Markup(f'<svg class="sign {level}" aria-hidden="true"><use href="#g-{level}"></use></svg>')


def share(part: float) -> str:
    """Never rounded up to the whole."""
    return f"{int(part * 100 + 1e-9)} %"


def line(entry: Entry, version: str, name: str, rank: int) -> Markup:
    """The finding in the list.

    `version` is the id of the comparison it is shown in, `name` what that is called, `rank` its place among all
    findings, the worst first.
    """
    found = entry.finding
    return element(
        "li",
        element(
            "a",
            element(
                "span", sign(found.level), hidden(WORDS[found.level]), " ", element("b", found.check), class_="what"
            ),
            element("span", _state(found), class_="tags"),
            element("span", isolated(*_cut(entry.message, _LINE)), class_="said"),
            element("span", isolated(name), class_="in"),
            href=f"#{entry.id}",
        ),
        class_=f"item {found.level}",
        data_f=entry.number,
        data_rank=rank,
        data_level=found.level,
        data_check=found.check,
        data_version=version,
        data_known="" if found.counts else "known",
        data_key=found.fingerprint,
    )


def card(entry: Entry, comparison: Comparison | None, manual: bool) -> Markup:
    """The finding beside the text, with its reasons. `manual`: the page holds its check's manual."""
    found = entry.finding
    title = f"{entry.id}-t"
    return element(
        "article",
        element(
            "header",
            element(
                "h4",
                sign(found.level),
                element("span", WORDS[found.level], class_="level"),
                " ",
                element("span", found.check, class_="check"),
                id=title,
            ),
            element("span", f"{share(found.confidence)} sure", class_="sure"),
            _state(found),
            _manual_button(found.check) if manual else None,
        ),
        element("p", isolated(*_cut(entry.message, _MESSAGE), dir="auto"), class_="message"),
        _baseline(found.known),
        _elsewhere(entry, comparison),
        _why(entry, comparison),
        class_=f"finding {found.level}",
        id=entry.id,
        tabindex="-1",
        aria_labelledby=title,
        data_f=entry.number,
        data_key=found.fingerprint,
        data_check=found.check,
    )


def _manual_button(check: str) -> Markup:
    return element(
        "button",
        "About this check",
        hidden(f" ({check})"),
        type="button",
        class_="link",
        popovertarget=f"manual-{check}",
    )


def _cut(text: str, most: int) -> Sequence[Child]:
    if len(text) <= most:
        return (text,)
    return (text[:most], element("span", " … ", len(text) - most, " characters not shown", class_="gap"))


def _state(found: Finding) -> Markup | None:
    if found.known is None:
        return None
    if found.known.expired:
        return element("span", "waiver expired", class_="tag expired")
    return element("span", "waived" if found.known.waiver else "known", class_="tag")


def _baseline(known: Known | None) -> Markup | None:
    if known is None:
        return None
    like = "" if known.match == "same" else f", by its likeness of {share(known.similarity)}"
    said: list[Child] = [f"The baseline knows it{like}; it is shown, but does not fail the run."]
    if known.expired:
        said = [f"The baseline knows it{like}, but its waiver has run out: it counts again."]
    waiver = known.waiver
    if waiver is not None:
        said += [" ", "Waived", f" by {waiver.author}" if waiver.author else None]
        said += [f" until {waiver.expires}" if waiver.expires else None, ": ", *_cut(waiver.reason, _MESSAGE)]
    return element("p", isolated(*said), class_="baseline")


def _elsewhere(entry: Entry, comparison: Comparison | None) -> Markup | None:
    """The sides whose words do not stand in the row above the card."""
    row = comparison.rows[entry.row] if comparison and entry.row >= 0 else None
    here = {claim.id for claim in (*row.reference, *row.version)} if row else set()
    told = []
    for name, side in (("Reference", entry.finding.reference), ("Version", entry.finding.version)):
        if side is None or here.issuperset(side.claims):
            continue
        told.append(together(element("dt", name), element("dd", _excerpt(side), dir="auto")))
    return element("dl", told, class_="elsewhere") if told else None


def _excerpt(side: Side) -> Iterable[Markup | str]:
    for part in parts(side, _EXCERPT):
        if part.hidden:
            yield element("span", " … ", part.hidden, " characters not shown … ", class_="gap")
        elif part.marked:
            yield element("mark", part.text)
        else:
            yield part.text


def _why(entry: Entry, comparison: Comparison | None) -> Markup:
    return element(
        "details",
        element("summary", "Scores and place"),
        _scores(entry, comparison),
        element(
            "dl",
            _where("In the reference", entry.finding.reference, comparison.reference_name if comparison else ""),
            _where("In the version", entry.finding.version, comparison.name if comparison else ""),
            element("dt", "Confidence"),
            element("dd", f"{entry.finding.confidence:.4f}"),
            _given(entry.finding),
            element("dt", "Fingerprint"),
            element("dd", element("code", entry.finding.fingerprint or "none")),
            class_="facts",
        ),
        class_="why",
    )


def _given(found: Finding) -> Markup | None:
    """What the check itself said, where the settings or a second witness moved it."""
    if found.given is None:
        return None
    said = f"{WORDS[found.given.level].lower()}, {found.given.confidence:.4f}"
    return together(element("dt", "The check by itself"), element("dd", said))


def _where(name: str, side: Side | None, file: str) -> Markup | None:
    """File, line and column of each span of evidence, and the numbers of the claims."""
    if side is None:
        return None
    told = [f"{place.line}:{place.column}" if place.column else f"{place.line}" for place in side.places[:_MOST]]
    more = len(side.places) - len(told)
    lines = f", line {', '.join(told)}" if told else ""
    return together(
        element("dt", name),
        element("dd", isolated(file or side.article), lines, f" and {more:,} more" if more > 0 else None),
    )


def _scores(entry: Entry, comparison: Comparison | None) -> Markup:
    found = _alignments(entry, comparison)
    scored = [one for one in found if one.forward or one.backward]
    if not scored:
        return element("p", "The model compared no pair of sentences for this finding.", class_="quiet")
    tables = [_table(one) for one in scored[:_MOST]]
    more = len(scored) - len(tables)
    return together(tables, element("p", more, " more pairs are not shown.", class_="quiet") if more > 0 else None)


def _alignments(entry: Entry, comparison: Comparison | None) -> list[Alignment]:
    """The pairs of the finding's own claims, else those of its row."""
    finding = entry.finding
    if comparison is None or entry.row < 0 or finding.reference is None or finding.version is None:
        return []
    left, right = set(finding.reference.claims), set(finding.version.claims)
    row = comparison.rows[entry.row].alignments
    return [one for one in row if left & set(one.premise) and right & set(one.hypothesis)]


def _table(alignment: Alignment) -> Markup:
    head = element("tr", element("th", "From", scope="col"), *(element("th", name, scope="col") for name in _SCORES))
    body = [
        element("tr", element("th", name, scope="row"), *_cells(scores))
        for name, scores in (("reference to version", alignment.forward), ("version to reference", alignment.backward))
    ]
    return together(
        element(
            "table",
            element("caption", f"What the model says; {share(alignment.similarity)} of the wording is alike"),
            element("thead", head),
            element("tbody", body),
            class_="scores",
        ),
        _isolated(alignment),
    )


_SCORES: Final = ("follows", "neither", "contradicts")


def _cells(scores: Scores | None) -> Iterable[Markup]:
    if scores is None:
        yield element("td", "not scored", colspan=3)
        return
    for name, part in zip(_SCORES, (scores.entailment, scores.neutral, scores.contradiction), strict=True):
        width = round(part * 100)
        bar = Markup(
            f'<svg class="meter {name}" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
            f'<rect class="full" width="100" height="4"></rect><rect width="{width}" height="4"></rect></svg>'
        )
        yield element("td", share(part), bar)


def _isolated(alignment: Alignment) -> Markup | None:
    """How far each difference contradicts when it is set alone, the strongest first."""
    strongest = sorted(alignment.isolated, key=lambda one: -one.contradiction)[:_MOST]
    if not strongest:
        return None
    said = ", ".join(share(one.contradiction) for one in strongest)
    more = len(alignment.isolated) - len(strongest)
    return element(
        "p",
        f"Each difference set alone contradicts: {said}",
        f" and {more:,} weaker ones" if more > 0 else None,
        ".",
        class_="quiet",
    )
