"""Whether what one text denies is told by the other in another place, or not at all, so that nothing is turned."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

from consistency.facts._figures.fractions import fractions
from consistency.facts._turns.stretch import stretch
from consistency.facts.polarity import bases, lemmas, negative
from consistency.isolate import Difference
from consistency.records import Span

_WINDOW: Final = 160
"""Characters on either side of a denial that belong to it at most."""
_CLAUSE: Final = re.compile(r"[.!?;:—–](?=\s|\Z)")
_PAUSE: Final = re.compile(r"[.!?;:,()—–](?=\s|\Z)|\b(?:and|but|or|who|which|that)\b", re.IGNORECASE)
_NO: Final = re.compile(
    r"(?:no|none|nobody|nothing|neither|not (?=one\b|a single\b|a soul\b|any\b))(?:[ -]one)?\b", re.IGNORECASE
)
_ALL: Final = re.compile(
    r"\b(?:all|every|everyone|everybody|everything|each|both|always|throughout|whole|entire)\b", re.IGNORECASE
)
_DEEP: Final = 5
"""Words of weight behind "nobody" among which the deed stands."""
_MOST: Final = 120
"""Words of weight of a text that are looked at."""
_PLACES: Final = 3
_PORTION: Final = re.compile(
    r"\b(?:half|halves|thirds?|quarters?|fifths?|tenths?|most|majority|minority|per ?cent|percent)\b|%", re.IGNORECASE
)
_COUNT: Final = re.compile(
    r"\b(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty)\b[^.!?;:,]{0,30}?\b(?:in|of|out of)\b",
    re.IGNORECASE,
)
"""So many of so many: a portion in figures."""


def nowhere_denied(
    texts: tuple[str, str], side: int, denial: Span, denied: Sequence[tuple[str, Span]], difference: Difference
) -> bool:
    """Whether what a denial of the text of this side denies is not what the other text tells.

    Args:
        texts: The two texts.
        side: Which of them denies.
        denial: The word that does so.
        denied: The words of weight behind it.
        difference: The differing place in which it stands.
    """
    other = texts[1 - side]
    if denied and _refused(texts, side, Span(denial.start, denied[-1][1].end), difference[1 - side]):
        return True
    return (
        _of_another(texts, side, denial, [word for word, _ in denied])
        or _none_is_all(texts, side, denial, bases(other))
        or of_a_portion(texts, side, denial)
    )


def _refused(texts: tuple[str, str], side: int, denied: Span, place: Span) -> bool:
    """Whether the one word that stands in the place of a denial denies, other than what is denied: "vetoed", "refused
    to sign". Elsewhere it may stand in the text that denies, too.
    """
    own = bases(texts[side][denied.start : denied.end])
    return len(lemmas(texts[1 - side], place)) == 1 and negative(texts[1 - side], place, own)


def _of_another(texts: tuple[str, str], side: int, denial: Span, denied: Sequence[str]) -> bool:
    """Whether the other text tells what is denied of things that stand in another clause of the text that denies it:
    "three cars were damaged; nobody was hurt", "the three hurt cars".
    """
    if not denied:
        return False
    begin, end = stretch(texts[side], denial, _CLAUSE, _WINDOW)
    own = {word for word, _ in lemmas(texts[side], Span(0, len(texts[side])))[:_MOST]}
    here = {word for word, _ in lemmas(texts[side], Span(begin, end))}
    there = lemmas(texts[1 - side], Span(0, len(texts[1 - side])))[:_MOST]
    found = [at for at, (word, _) in enumerate(there) if word == denied[0]][:_PLACES]
    return bool(found) and all(
        _elsewhere([word for word, _ in (*there[max(0, at - 1) : at], *there[at + 1 : at + 2])], own, here)
        for at in found
    )


def _elsewhere(around: Sequence[str], own: Set[str], here: Set[str]) -> bool:
    """Whether all words around a place are told by a text, and none of them in this clause of it."""
    return len(around) > 1 and all(word in own and word not in here for word in around)


def _none_is_all(texts: tuple[str, str], side: int, denial: Span, told: Set[str]) -> bool:
    """Whether nobody does in one text what denies in its own way, and all do the contrary in the other: "not one
    dropped out", "all stayed". `told` = the lemmas of the other text.
    """
    text = texts[side]
    if _NO.match(text, denial.start) is None or _ALL.search(texts[1 - side]) is None:
        return False
    mark = _PAUSE.search(text, denial.end, min(len(text), denial.end + _WINDOW))
    words = lemmas(text, Span(denial.end, mark.start() if mark else min(len(text), denial.end + _WINDOW)))[:_DEEP]
    return bool(words) and negative(text, Span(denial.end, words[-1][1].end), told, near=True)


def of_a_portion(texts: tuple[str, str], side: int, denial: Span) -> bool:
    """Whether a denial is of a portion, and the other text tells another one: "most did not run", "two in five ran".

    What is left of the whole may be that, which is for those to say who reckon.
    """
    text, other = texts[side], texts[1 - side]
    portion = _PORTION.search(text, max(0, denial.start - _WINDOW), denial.start)
    if portion is None or _CLAUSE.search(text, portion.end(), denial.start):
        return False
    if portion[0].casefold() in other.casefold():
        return False
    return bool(_PORTION.search(other) or _COUNT.search(other) or fractions(other))
