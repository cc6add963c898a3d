"""The claims of both sides in rows, differing words and evidence marked, each finding's card under its row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from consistency.records import LEVELS, Claim, Level, Side, Span
from consistency.report._page._finding import card
from consistency.report._page._markup import Markup, element, hidden
from consistency.report._page._model import Comparison
from consistency.report._page._rows import Kind, Row
from consistency.report._page._words import Mark, changed, written

_MOST_MARKS: Final = 40
"""Places marked in one claim, those of the worst findings first."""
_SIGNS: Final[Mapping[Kind, tuple[str, str]]] = {
    "same": ("=", "the same words"),
    "reworded": ("≈", "other words"),
    "unscored": ("?", "aligned, but not compared"),
    "reference": ("−", "only in the reference"),
    "version": ("+", "only in the version"),
}
_NOTHING: Final[Mapping[Kind, str]] = {
    "reference": "Not in the version: nothing was compared",
    "version": "Not in the reference: nothing was compared",
}


class Sheet(msgspec.Struct, frozen=True):
    """What the rows of one comparison need: marks and numbers by claim, cards by row."""

    one: Comparison
    marks: Mapping[str, Sequence[Mark]]
    numbers: Mapping[str, int]
    cards: Mapping[int, Sequence[Markup]]

    @classmethod
    def of(cls, one: Comparison, manuals: Collection[str]) -> Sheet:
        """`manuals` are the checks that the page holds a manual of."""
        left = sorted((claim for row in one.rows for claim in row.reference), key=lambda claim: claim.span)
        right = sorted((claim for row in one.rows for claim in row.version), key=lambda claim: claim.span)
        numbers = {claim.id: at for side in (left, right) for at, claim in enumerate(side, start=1)}
        cards: dict[int, list[Markup]] = {}
        for entry in one.entries:
            cards.setdefault(entry.row, []).append(card(entry, one, entry.finding.check in manuals))
        return cls(one, _marks(one, {claim.id: claim for claim in (*left, *right)}), numbers, cards)

    def rows(self, folded: bool) -> Iterable[Markup]:
        """Every row, or only those beside a finding with the others counted."""
        skipped = 0
        for at, row in enumerate(self.one.rows):
            if folded and not any(near in self.cards for near in (at - 1, at, at + 1)):
                skipped += 1
                continue
            yield from _skip(skipped)
            skipped = 0
            yield self._row(at, row)
        yield from _skip(skipped)

    def _row(self, at: int, row: Row) -> Markup:
        left, right = ({}, {}) if row.kind == "same" else changed(row.reference, row.version)
        glyph, words = _SIGNS[row.kind]
        told = f"{words}; told at another place of the story" if row.moved else words
        cards = self.cards.get(at, ())
        also = {"moved": row.moved, "begins": row.begins, "has": bool(cards)}
        return element(
            "li",
            self._cell("reference", row.kind, row.reference, left),
            element(
                "div",
                element("span", glyph, "↕" if row.moved else None, aria_hidden="true"),
                hidden(told),
                class_="between",
                title=told,
            ),
            self._cell("version", row.kind, row.version, right),
            element("div", cards, class_="cards") if cards else None,
            class_=" ".join(("row", row.kind, *(name for name, holds in also.items() if holds))),
            id=f"{self.one.id}r{at}",
        )

    def _cell(self, side: str, kind: Kind, claims: Sequence[Claim], words: Mapping[str, Sequence[Span]]) -> Markup:
        if not claims:
            return element("div", element("p", _NOTHING[kind]), class_=f"cell {side} nothing")
        changes = "del" if side == "reference" else "ins"
        told = [
            element(
                "p",
                element("span", hidden("Sentence "), self.numbers[claim.id], class_="number"),
                " ",
                written(claim, self.marks.get(claim.id, ()), words.get(claim.id, ()), changes),
                dir="auto",
            )
            for claim in claims
        ]
        return element("div", element("span", side.capitalize(), class_="side"), told, class_=f"cell {side}")


def _skip(rows: int) -> Iterable[Markup]:
    if rows:
        words = " rows without a finding are not shown, so that the page stays usable."
        yield element("li", rows, words, class_="fold")


def _marks(one: Comparison, claims: Mapping[str, Claim]) -> dict[str, list[Mark]]:
    """Evidence of every finding of this comparison, by claim, in offsets of the claim."""
    found: dict[str, list[Mark]] = {}
    for entry in sorted(one.entries, key=lambda entry: LEVELS.index(entry.finding.level)):
        for side in (entry.finding.reference, entry.finding.version):
            if side is not None:
                _add(found, claims, side, entry.finding.level, entry.number)
    return found


def _add(found: dict[str, list[Mark]], claims: Mapping[str, Claim], side: Side, level: Level, number: int) -> None:
    for claim in (claims[name] for name in side.claims if name in claims):
        marks = found.setdefault(claim.id, [])
        for evidence in side.evidence:
            start, end = max(evidence.start, claim.span.start), min(evidence.end, claim.span.end)
            if start < end and len(marks) < _MOST_MARKS:
                marks.append(Mark(Span(start, end).shift(-claim.span.start), level, number))
