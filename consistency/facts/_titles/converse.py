"""Relations of two people told from either end: her uncle is he whose niece she is."""

from __future__ import annotations

from typing import Final

from consistency.facts._places.gazetteer import words
from consistency.facts._pronouns.words import MEN, WOMEN
from consistency.facts._titles.words import POSSESSIVE, STOPS, joined
from consistency.facts._tokens import words as word_set
from consistency.records import Span

_ENDS: Final = tuple(
    (word_set(one), word_set(other))
    for one, other in (
        ("father mother stepfather stepmother", "son daughter stepson stepdaughter"),
        ("uncle aunt", "nephew niece"),
        ("grandfather grandmother", "grandson granddaughter"),
        ("husband wife", "husband wife"),
        ("girlfriend boyfriend fiance fiancee", "girlfriend boyfriend fiance fiancee"),
        ("brother sister half_brother half_sister", "brother sister half_brother half_sister"),
        ("father_in_law mother_in_law", "son_in_law daughter_in_law"),
        ("brother_in_law sister_in_law", "brother_in_law sister_in_law"),
        ("teacher professor headteacher", "student"),
        ("doctor nurse", "patient"),
    )
)
"""Concepts of either end of a relation."""
_PRONOUNS: Final = POSSESSIVE | {"whose"}


def conversely(texts: tuple[str, str], spans: tuple[Span, Span], concepts: tuple[str, str]) -> bool:
    """Whether the titles of two texts are the two ends of one relation, each told of the one at the other end.

    "The girl's uncle" and "his niece", but not "her uncle" and "her niece", nor "the uncle" and "the niece": there one
    stands for the other.
    """
    one, other = concepts
    if not any((one in a and other in b) or (one in b and other in a) for a, b in _ENDS):
        return False
    first, second = (_owner(text, span) for text, span in zip(texts, spans, strict=True))
    if first == second and first != "whose":
        return False
    if not first or not second:
        return bool({first, second} & _PRONOUNS) and _fits(texts, spans, (first, second))
    return _fits(texts, spans, (first, second))


def _fits(texts: tuple[str, str], spans: tuple[Span, Span], owners: tuple[str, str]) -> bool:
    """Whether the owner in either text may be whom the other text calls by the relation, as far as the sexes tell."""
    titles = [_sex(text[span.start : span.end].split()[-1].casefold()) for text, span in zip(texts, spans, strict=True)]
    return all(
        not sex or not _sex(owner) or sex == _sex(owner) for sex, owner in zip(titles, reversed(owners), strict=True)
    )


def _sex(word: str) -> str:
    return "m" if word in MEN else "f" if word in WOMEN else ""


def _owner(text: str, span: Span) -> str:
    """Whose the relation is: the word that owns it, or the head of what follows "of"; empty for none."""
    run = words(text)
    first = next((at for at, word in enumerate(run) if word.start >= span.start), len(run))
    stop = next((at for at in range(first, len(run)) if run[at].start >= span.end), len(run))
    if stop + 1 < len(run) and run[stop].fold == "of" and run[stop].gap == " ":
        at = stop + 1
        while at < len(run) - 1 and run[at].fold in STOPS:
            at += 1
        while at + 1 < len(run) and joined(run[at], run[at + 1]) and run[at + 1].fold not in STOPS:
            at += 1
        return run[at].fold
    for at in range(first - 1, max(-1, first - _REACH), -1):
        if run[at].owns or run[at].fold in _PRONOUNS:
            return run[at].fold
        if not joined(run[at], run[at + 1]) or run[at].fold in STOPS:
            break
    return ""


_REACH: Final = 4
"""Words before a relation among which its owner is looked for: "her late uncle"."""
