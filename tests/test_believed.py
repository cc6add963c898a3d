"""Figures and dates that differ in sentences reworded throughout: reported where the model contradicts both ways."""

from __future__ import annotations

import pytest

from consistency.checks import date, quantity
from consistency.checks._figures.believed import believed
from consistency.protocols import Check, Context
from consistency.records import Finding
from tests.aligned import aligned, contradicting


def _context(texts: tuple[str, str], forward: float, backward: float) -> Context:
    reference, version = texts
    return aligned([reference], [version], contradicting(forward), contradicting(backward), similarity=0.4)


def _found(check: Check, texts: tuple[str, str], forward: float, backward: float) -> list[Finding]:
    return [one for one in check.check(_context(texts, forward, backward)) if one.confidence >= 0.5]


CONFLICTS: dict[str, tuple[Check, tuple[str, str]]] = {
    "duration": (
        quantity.CHECK,
        (
            "A Danish pensioner sat in the lift of a closed department store for eleven hours on Sunday.",
            "It took seven hours on Sunday to free a man from Odense who was stuck in a lift.",
        ),
    ),
    "people": (
        quantity.CHECK,
        (
            "In a sharply worded letter, nine former judges urged the king to veto the bill on bail.",
            "It is rare for five people who once were judges to ask this: the king, they urge, should stop the bill.",
        ),
    ),
    "year": (
        date.CHECK,
        (
            "The last tram of the old type, built in Prague in 1961, is for sale.",
            "Prague made it in 1971, and no older tram is left: now it may be bought.",
        ),
    ),
    "weekday": (
        date.CHECK,
        (
            "The minister vetoed the bill on Tuesday, but the assembly is likely to override her.",
            "The minister put her veto to the bill on Thursday, but it is likely that the assembly will override her.",
        ),
    ),
    "night-and-morning": (
        date.CHECK,
        (
            "The envoy left the talks in Valletta on Tuesday night without an agreement.",
            "Without an agreement the envoy left the talks in Valletta on Tuesday morning.",
        ),
    ),
}
HONEST: dict[str, tuple[Check, tuple[str, str]]] = {
    "same-duration": (
        quantity.CHECK,
        (
            "A Danish pensioner sat in the lift of a closed department store for eleven hours on Sunday.",
            "It took eleven hours on Sunday to free a man from Odense who was stuck in a lift.",
        ),
    ),
    "other-measure": (
        quantity.CHECK,
        (
            "A Danish pensioner sat in the lift of a closed department store for eleven hours on Sunday.",
            "The old man, who is 81, was not let out until Monday, when the shop in Odense was opened.",
        ),
    ),
    "same-year": (
        date.CHECK,
        (
            "The last tram of the old type, built in Prague in 1961, is for sale.",
            "Prague made it in 1961, and no older tram is left: now it may be bought.",
        ),
    ),
    "weekday-of-something-else": (
        date.CHECK,
        (
            "Gunmen attacked the convoy on Saturday near the town, a spokesman of the army said.",
            "Gunmen attacked the convoy near the town, a spokesman of the army said on Sunday, a day after the attack.",
        ),
    ),
    "night-and-small-hours": (
        date.CHECK,
        (
            "The envoy left the talks in Valletta on Tuesday night without an agreement.",
            "Late on Tuesday the envoy left the talks in Valletta without an agreement.",
        ),
    ),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_conflict_that_the_model_sees_too(name: str) -> None:
    check, texts = CONFLICTS[name]
    assert len(_found(check, texts, 0.9, 0.9)) == 1


@pytest.mark.parametrize("name", CONFLICTS)
def test_not_on_the_strength_of_one_direction(name: str) -> None:
    check, texts = CONFLICTS[name]
    assert not _found(check, texts, 0.9, 0.5)
    assert not _found(check, texts, 0.1, 0.1)


@pytest.mark.parametrize("name", HONEST)
def test_the_model_alone_makes_no_conflict(name: str) -> None:
    check, texts = HONEST[name]
    assert not _found(check, texts, 0.95, 0.95)


@pytest.mark.parametrize(("confidence", "then"), [(0.1, 0.1), (0.2, 0.55), (0.45, 0.55), (0.8, 0.8)])
def test_what_hardly_conflicts_is_not_believed_and_what_is_sure_stays(confidence: float, then: float) -> None:
    (pair,) = _context(("It has nine doors.", "It has five doors."), 0.9, 0.9).pairs()
    assert believed(confidence, pair) == then
