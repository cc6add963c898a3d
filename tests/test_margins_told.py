"""Margins told the other way round, a counted part against one told in words, and lone measures: reported where the
model contradicts the pair too.
"""

from __future__ import annotations

import time

import pytest

from consistency.checks import date, quantity
from consistency.checks._figures.changes import changes
from consistency.checks._figures.margins import margins
from consistency.facts.quantity import quantities
from consistency.protocols import Context
from consistency.records import Finding
from tests.aligned import aligned, contradicting


def _context(texts: tuple[str, str], contradiction: float) -> Context:
    reference, version = texts
    told = contradicting(contradiction)
    return aligned([reference], [version], told, told, similarity=0.5)


def _found(texts: tuple[str, str], contradiction: float) -> list[Finding]:
    return [one for one in quantity.CHECK.check(_context(texts, contradiction)) if one.confidence >= 0.5]


CONFLICTS: dict[str, tuple[str, str]] = {
    "offer-of-one-bidder": (
        "Norcrest outbid a group led by the brewer Petra Sandvoll, whose offer was 9 million euros lower.",
        "The loser was a consortium of Petra Sandvoll, who had offered 9 million euros more than Norcrest.",
    ),
    "leads-and-is-behind": (
        "Marchetti is 14 points ahead of Duval with three rounds to go.",
        "With three rounds left, Marchetti is 14 points behind Duval.",
    ),
    "trails-by": (
        "Marchetti leads Duval by 14 points with three rounds to go.",
        "Marchetti trails Duval by 14 points with three rounds left.",
    ),
    "exchanged": (
        "Marchetti is 14 points ahead of Duval with three rounds to go.",
        "Duval leads Marchetti by 14 points with three rounds left.",
    ),
    "is-trailing": (
        "The poll puts the Moderates 5 points ahead of the Agrarians.",
        "The poll sees the Moderates trailing the Agrarians by 5 points.",
    ),
    "lead-of": (
        "The poll puts the Moderates 5 points ahead of the Agrarians.",
        "The poll gives the Agrarians a lead of 5 points over the Moderates.",
    ),
    "those-of-two-towns": (
        "Bus drivers in Leeds earn 7 percent less than bus drivers in Hull.",
        "Bus drivers in Leeds are paid 7 percent more than those in Hull.",
    ),
    "than-last-year": (
        "The grape harvest was 18 percent larger than last year.",
        "Growers brought in 18 percent less than last year.",
    ),
    "counted-and-most": (
        "Inspectors found cracks in three of 25 bridges.",
        "Of the 25 bridges, most had cracks, the inspectors found.",
    ),
    "lone-share": (
        "Baggage handlers at Oslo airport accepted a rise of 4.5 percent.",
        "On five and a half percent more pay both sides settled, and planes took off from Oslo again.",
    ),
}
HONEST: dict[str, tuple[str, str]] = {
    "offer-of-the-other": (
        "Norcrest outbid a group led by the brewer Petra Sandvoll, whose offer was 9 million euros lower.",
        "Norcrest had offered 9 million euros more than the consortium of Petra Sandvoll.",
    ),
    "behind-from-the-other-side": (
        "Marchetti is 14 points ahead of Duval with three rounds to go.",
        "With three rounds left, Duval is 14 points behind Marchetti.",
    ),
    "trails-from-the-other-side": (
        "Marchetti leads Duval by 14 points with three rounds to go.",
        "Duval trails Marchetti by 14 points with three rounds left.",
    ),
    "those-of-two-towns": (
        "Bus drivers in Leeds earn 7 percent less than bus drivers in Hull.",
        "Bus drivers in Hull are paid 7 percent more than those in Leeds.",
    ),
    "northern-and-south": (
        "Farms in the north yield 7 percent more than farms in the south.",
        "Southern farms yield 7 percent less than those in the north.",
    ),
    "the-new-and-the-old": (
        "The new ferry is 12 metres longer than its predecessor.",
        "The old ferry was 12 metres shorter than the one that replaces it.",
    ),
    "last-year-from-its-end": (
        "The grape harvest was 18 percent larger than last year.",
        "Last year growers had brought in 18 percent less.",
    ),
    "won-a-race": (
        "She has led the standings since Friday, when she won the climb to Heiden by 48 seconds.",
        "She has led the standings since Friday, when she finished the climb to Heiden 48 seconds ahead of the rest.",
    ),
    "passive": (
        "Donations exceeded the target by 5 percent, the abbey said.",
        "The target was exceeded by 5 percent, the abbey said of the donations.",
    ),
    "usual-level": (
        "The river is 40 centimetres below its usual level.",
        "Usually the river is 40 centimetres higher.",
    ),
    "usual-level-as-subject": (
        "The river is 40 centimetres below its usual level.",
        "The usual level of the river is 40 centimetres higher.",
    ),
    "denied": (
        "The new tax is 3 percent higher than the old tax, the minister said.",
        "The minister said that the new tax is not 3 percent lower than the old tax.",
    ),
    "most-had-none": (
        "Inspectors found cracks in three of 25 bridges.",
        "Of the 25 bridges, most had no cracks, the inspectors found.",
    ),
    "most-passed": (
        "Three of the 25 pupils failed the swimming test.",
        "Of the 25 pupils, most passed the swimming test.",
    ),
    "most-stayed": (
        "Three of the 25 families left the valley.",
        "Of the 25 families, most stayed in the valley.",
    ),
    "the-rest-told": (
        "Three of the 25 pupils took the swimming test on Monday.",
        "Of the 25 pupils, most took the swimming test on Friday, and the others on Monday.",
    ),
    "lone-span": (
        "The ship reached Cadiz 15 days after the storm.",
        "Cadiz saw the battered vessel come in; the repairs will last two weeks.",
    ),
}


@pytest.mark.parametrize("case", CONFLICTS)
def test_the_other_way_round(case: str) -> None:
    assert _found(CONFLICTS[case], 0.75)
    assert not _found(CONFLICTS[case], 0.1)


@pytest.mark.parametrize("case", HONEST)
def test_told_from_another_side(case: str) -> None:
    assert not _found(HONEST[case], 0.75)


@pytest.mark.parametrize(
    "text",
    [
        "up from 60 " * 200,
        "6 points more than " * 120,
        "in 2019 340 in 2020 510 " * 90,
        "none of the shops all of the shops " * 60,
        "a year ago 5 now 6, compared with 7 last year; " * 45,
        "by the end of May before June until July " * 50,
        "compared with the the the the the " * 60,
        "1 " * 1000,
    ],
)
def test_hostile_texts_cost_little(text: str) -> None:
    facts = quantities(text)
    start = time.perf_counter()
    list(changes(text, facts))
    list(margins((text, text), (facts, facts), 0.9))
    context = _context((text, text + " once"), 0.9)
    list(quantity.CHECK.check(context))
    list(date.CHECK.check(context))
    assert time.perf_counter() - start < 5.0
