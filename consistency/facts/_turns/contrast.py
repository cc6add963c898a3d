"""Contrasts: "A, not B", "not B but A", "A rather than B". They deny no deed, only that it was another's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from consistency.facts._kept import kept
from consistency.facts._rare import Rare
from consistency.facts.kin import kindred
from consistency.facts.polarity import lemmas
from consistency.records import Span

_MOST: Final = 8
"""Contrasts of a text that are read."""
_FEW: Final = 4
"""Words of weight on either side of a contrast that are compared."""
_NEAR: Final = 2
"""Of those in whose favour it is, how many: others of the sentence stand behind or before them."""
_WINDOW: Final = 60
"""Characters on either side in which they stand."""
_BOUND: Final = r"[^.!?;:,()—–\"“”]"
_BUT: Final = Rare(rf"\b(?P<no>not)\s+(?P<left>{_BOUND}{{1,60}}?),?\s+but\s+(?!not\b)", "not")
_TAG: Final = Rare(
    rf"(?<!\bhowever)(?<!\bthough)(?<!\bcourse)[,(—–]\s*(?P<no>not)\s+(?!only\b|just\b|least\b|because\b|that\b|to\b)(?P<left>{_BOUND}{{1,60}}?)"
    r"(?=\s*(?:[.!?;:,()—–\"“”]|\Z)|\s+(?:as|and|but|who|which|that)\b)",
    "not",
)
_RATHER: Final = Rare(
    rf"\b(?P<no>rather than|instead of|as opposed to|as against)\s+(?P<left>{_BOUND}{{1,60}}?)"
    r"(?=\s*(?:[.!?;:,()—–\"“”]|\Z)|\s+(?:as|and|but|who|which|that)\b)",
    *("rather than", "instead of", "as opposed to", "as against"),
)
_PERSONS: Final = frozenset("he she it they him her them we us i me you".split())
_MARK: Final = re.compile(r"[.!?;:()—–\"“”]")
_CLAUSE: Final = re.compile(r"[.!?;:,()—–]")
_WORD: Final = re.compile(r"[^\W\d_]+")


class Contrast(NamedTuple):
    """What a text sets aside (`left`) and what in its favour (`right`), as lemmas; a pronoun where there is no other
    word. `denial` = the word that says so; `tag` = it stands behind what it favours.
    """

    denial: Span
    place: Span
    left: tuple[str, ...]
    right: tuple[str, ...]
    tag: bool


@kept
def contrasts(text: str) -> tuple[Contrast, ...]:
    """The contrasts of a text, in order."""
    found: list[Contrast] = []
    for form in (_BUT, _TAG, _RATHER):
        for match in form.finditer(text):
            if len(found) == _MOST:
                break
            place = Span(*match.span("left"))
            denial = Span(*match.span("no"))
            if any(one.denial == denial for one in found):
                continue
            left = _told(text, place)
            right = _behind(text, match.end())[:_NEAR] if form is _BUT else _before(text, match.start())[-_NEAR:]
            if left:
                found.append(Contrast(denial, place, left, right, form is not _BUT))
    return tuple(sorted(found))


def set_aside(text: str, denial: Span, denied: Sequence[str], other: str) -> bool:
    """Whether a denial only sets aside what the other text sets aside, too, or for the sake of what that tells.

    "A, not B" says of A what "not B but A" says of it, or A alone.
    """
    own = next((one for one in contrasts(text) if one.denial == denial and one.tag), None)
    left = own.left if own else denied[:1]
    if any(_alike(left, one.left) for one in contrasts(other)):
        return True
    return own is not None and _apart(own, other)


def _apart(own: Contrast, other: str) -> bool:
    """Whether another text tells what a contrast favours, and what it sets aside not at all or in another clause."""
    at = dict(reversed(lemmas(other, Span(0, len(other)))))
    if not own.right or not all(word in at for word in own.right):
        return False
    first, last = sorted((at[own.right[-1]], at.get(own.left[0], at[own.right[-1]])))
    return own.left[0] not in at or _CLAUSE.search(other, first.end, last.start) is not None


def exchanged_contrast(premise: str, hypothesis: str) -> tuple[Span, Span] | None:
    """What one text sets aside for the sake of what the other sets aside for its sake: "A, not B", "not A but B"."""
    mine, theirs = contrasts(premise), contrasts(hypothesis)
    for one in mine:
        if any(_alike(one.left, other.left) for other in theirs) or not _PERSONS.isdisjoint((*one.left, *one.right)):
            continue
        for other in theirs:
            if _alike(one.left, other.right) and _alike(one.right, other.left):
                return one.place, other.place
    return None


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    return any(mine == theirs or kindred(mine, theirs) for mine in one for theirs in other)


def _told(text: str, span: Span) -> tuple[str, ...]:
    """The words of weight in a range, or the first pronoun."""
    words = tuple(word for word, _ in lemmas(text, span))
    if words:
        return words[:_FEW]
    folded = (word.casefold() for word in _WORD.findall(text, span.start, span.end))
    return next(((word,) for word in folded if word in _PERSONS), ())


def _before(text: str, end: int) -> tuple[str, ...]:
    start = max(0, end - _WINDOW)
    start = max((mark.end() for mark in _MARK.finditer(text, start, end)), default=start)
    words = [word for word, _ in lemmas(text, Span(start, end))][-_FEW:]
    return tuple(words) or _told(text, Span(start, end))


def _behind(text: str, start: int) -> tuple[str, ...]:
    end = min(len(text), start + _WINDOW)
    mark = _MARK.search(text, start, end)
    return _told(text, Span(start, mark.start() if mark else end))
