"""Where in the story it happens: one drawing, from the first row at its left to the last at its right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from consistency.records import LEVELS, Level
from consistency.report._page._markup import Markup, element
from consistency.report._page._model import Comparison
from consistency.report._page._rows import Kind, Row

_WIDTH: Final = 1000
_LANE: Final = 34
"""Height of the findings; below them lies the band of the rows."""
_COLUMN: Final = 10
_HEIGHTS: Final[dict[Level, int]] = {"error": 16, "warning": 10, "note": 5}
_LONGEST: Final = 600
"""Characters of a row that count for its width: one huge claim must not press all others into nothing."""
_BAND: Final[dict[Kind, tuple[int, int]]] = {
    "same": (41, 2),
    "reworded": (38, 8),
    "unscored": (38, 8),
    "reference": (43, 3),
    "version": (38, 3),
}
"""Top and height: a thin line for the same words, a thick one for others, half of it for what one side has alone."""


def strip(one: Comparison) -> Markup:
    """The drawing, with the same said in words."""
    if not one.rows:
        return element("p", "There is nothing to draw: the version has no sentence.", class_="quiet")
    edges = _edges(one.rows)
    total = edges[-1]
    band = "".join(_columns(one, edges))
    blocks = "".join(_blocks(one, edges))
    drawing = Markup(
        f'<svg class="strip" viewBox="0 0 {_WIDTH} 48" preserveAspectRatio="none" role="img" data-c="{one.id}">'
        f"<title>{_said(one, edges, total)}</title>{band}{blocks}"
        '<rect class="seen" y="0" height="48" width="0"></rect></svg>'
    )
    return element(
        "div",
        drawing,
        element("p", element("span", "beginning"), element("span", "end"), class_="ends", aria_hidden="true"),
        class_="where",
    )


def _edges(rows: Sequence[Row]) -> list[int]:
    """Where each row begins, in characters, and the end of the last."""
    edges = [0]
    for row in rows:
        size = max(sum(len(claim.text) for claim in side) for side in (row.reference, row.version))
        edges.append(edges[-1] + max(1, min(size, _LONGEST)))
    return edges


def _columns(one: Comparison, edges: Sequence[int]) -> list[str]:
    """A bar for each row; of rows too narrow to see the first stands for its neighbours."""
    drawn: list[str] = []
    last = -1.0
    for at, row in enumerate(one.rows):
        start, end = (edges[at + by] / edges[-1] * _WIDTH for by in (0, 1))
        if end - last < 0.25:
            continue
        top, height = _BAND[row.kind]
        frame = f'x="{start:.1f}" y="{top}" width="{max(0.6, end - start - 0.8):.1f}" height="{height}"'
        drawn.append(f'<rect class="{row.kind}" {frame} data-r="{at}"></rect>')
        last = end
    return drawn


def _blocks(one: Comparison, edges: Sequence[int]) -> list[str]:
    """Findings as blocks stacked over their place, the worst lowest; a block's height tells its level."""
    heights: dict[int, int] = {}
    drawn = []
    placed = [entry for entry in one.entries if entry.row >= 0]
    for entry in sorted(placed, key=lambda entry: (LEVELS.index(entry.finding.level), entry.number)):
        column = int((edges[entry.row] + edges[entry.row + 1]) / 2 / edges[-1] * (_WIDTH / _COLUMN - 1))
        height = _HEIGHTS[entry.finding.level]
        used = heights.get(column, 0)
        if used + height > _LANE:
            continue
        heights[column] = used + height + 1
        known = "" if entry.finding.counts else " known"
        drawn.append(
            f'<rect class="block {entry.finding.level}{known}" x="{column * _COLUMN + 1}" y="{_LANE - used - height}" '
            f'width="{_COLUMN - 2}" height="{height}" data-f="{entry.number}"></rect>'
        )
    return drawn


def _said(one: Comparison, edges: Sequence[int], total: int) -> str:
    thirds = [0, 0, 0]
    for entry in one.entries:
        if entry.row >= 0:
            thirds[min(2, edges[entry.row] * 3 // total)] += 1
    return (
        f"Where the findings stand: {thirds[0]:,} in the first third of the story, "
        f"{thirds[1]:,} in the second, {thirds[2]:,} in the last."
    )
