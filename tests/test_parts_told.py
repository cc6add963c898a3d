"""Parts of a whole, the only one of a kind and how often, in reworded sentences that the model contradicts."""

from __future__ import annotations

import time

import pytest

from consistency.checks import quantity
from consistency.checks._figures.alone import alone
from consistency.checks._figures.degrees import degrees
from consistency.checks._figures.parted import parted
from consistency.facts._figures.fractions import fractions
from consistency.protocols import Context
from consistency.records import Alignment, Article, Claim, Finding, Scores, Span, Story


def _found(reference: str, version: str, contradiction: float) -> list[Finding]:
    scores = Scores(entailment=0.0, neutral=1.0 - contradiction, contradiction=contradiction)
    texts = {"reference": reference, "version": version}
    claims = {side: (Claim(f"{side}#1", side, Span(0, len(text)), text),) for side, text in texts.items()}
    alignment = Alignment(
        article="version",
        premise=("reference#1",),
        hypothesis=("version#1",),
        similarity=0.5,
        forward=scores,
        backward=scores,
    )
    articles = tuple(Article(id=side, text=text, source=side) for side, text in texts.items())
    context = Context(Story("parts", articles, "reference"), claims, (alignment,))
    return [one for one in quantity.CHECK.check(context) if one.confidence >= 0.5]


CONFLICTS = {
    "counted-all": (
        "Two of the seven kayaks that drifted off were found near Skagen on Tuesday.",
        "Off Skagen the coastguard has picked up all seven kayaks.",
    ),
    "counted-all-noun": (
        "Ringers from Truro refused to climb four of the nine towers in the county.",
        "In Cornwall each of the towers was too steep for the ringers from Truro.",
    ),
    "numbers-of-one-whole": (
        "Two of the five sisters emigrated to Perth, and one wrote home.",
        "Four of the five sisters emigrated to Perth, according to the letters.",
    ),
    "all-but": (
        "None of the eleven ponies was hurt when the barn roof fell in.",
        "The barn roof fell in, and all but three of the eleven ponies got away unhurt.",
    ),
    "of-them": (
        "The club signed six players, two of whom come from Ghana.",
        "All six of the players whom the club signed come from Ghana.",
    ),
    "in-front": (
        "Of the 48 wells that were drilled, nine gave water.",
        "Water was struck in all of the 48 wells.",
    ),
    "of-the-owner": (
        "Three of the orchestra's fourteen cellists voted for the tour of Peru.",
        "Of the fourteen cellists, none was in favour of going to Peru.",
    ),
    "share": (
        "A quarter of the vines in the valley were lost to the frost in April.",
        "After the frost in April nearly all the vines in the valley are dead.",
    ),
    "part-whole": (
        "The fire left part of the brewery standing.",
        "The whole of the brewery was spared by the fire.",
    ),
    "count-most": (
        "Three of its fifteen branches open on Sundays.",
        "Most of the branches open on Sundays.",
    ),
    "same-verb-before": (
        "The diocese will sell 30 of its 95 chapels by the spring.",
        "By the spring the diocese is selling more than half of its chapels.",
    ),
    "both-one": (
        "Both sluices at Harlow stayed shut when the river rose.",
        "As the river rose, one sluice at Harlow stayed shut.",
    ),
    "only-counted": (
        "Petra Novak, the only witness of the theft, has left the country.",
        "Petra Novak, who was one of four witnesses to the theft, is abroad.",
    ),
    "only-another": (
        "The ferry is the island's only link with Oban.",
        "Besides the ferry the island has another link with Oban.",
    ),
    "left-out-taken-in": (
        "The strike will close the schools on Friday, but not the nurseries.",
        "On Friday the strike will shut the schools, including the nurseries.",
    ),
    "left-out-alike": (
        "Dogs are let in at the market hall except for terriers.",
        "Spaniels and terriers alike are let in at the market hall.",
    ),
    "never-often": (
        "The bishop had never visited the parish before the flood.",
        "Before the flood the bishop often visited the parish.",
    ),
    "once-twice": (
        "The choir may appeal against the ruling once, but only in writing.",
        "Against the ruling the choir can appeal twice, and must do so in writing.",
    ),
    "entirely-partly": (
        "The bridge was paid for entirely by the two villages.",
        "It was partly by the two villages that the bridge was paid for.",
    ),
}

HONEST = {
    "same-share": (
        "Two of the seven kayaks that drifted off were found near Skagen on Tuesday.",
        "On Tuesday a pair of the seven kayaks was found off Skagen, but not all of the boats.",
    ),
    "not-all": (
        "Four of the nine towers were climbed by the ringers from Truro.",
        "The ringers from Truro did not get up all of the towers.",
    ),
    "what-is-left": (
        "Two of the five sisters emigrated to Perth, and one wrote home.",
        "Three of the five sisters stayed where they were born.",
    ),
    "none-hurt-all-unhurt": (
        "None of the eleven ponies was hurt when the barn roof fell in.",
        "All eleven ponies were unharmed after the fall of the barn roof.",
    ),
    "none-all-but": (
        "Of the eleven ponies in the barn, two were hurt.",
        "All but two of the eleven ponies came out of the barn unhurt.",
    ),
    "another-whole": (
        "Three of the nine jurors who wanted a conviction changed their minds.",
        "All of the three jurors who had wanted an acquittal held on.",
    ),
    "the-rest-later": (
        "Three of the five trawlers came in on Monday, and the others on Friday.",
        "By Friday evening all five trawlers were back in port.",
    ),
    "share-in-figures": (
        "Nine of the 48 wells gave water.",
        "About a fifth of the wells that were drilled gave water.",
    ),
    "shares-of-two": (
        "The firm will refund a tenth of the fare; the passengers want half.",
        "Half of the fare is what the passengers want, and the firm offers ten percent.",
    ),
    "most-is-count": (
        "Nine of its fifteen branches open on Sundays.",
        "Most of the branches open on Sundays.",
    ),
    "every-fourth": (
        "Every fourth taxi in Porto runs on gas.",
        "One in four taxis in Porto runs on gas.",
    ),
    "other-verb-before": (
        "The diocese will sell 30 of its 95 chapels by the spring.",
        "The diocese will keep more than half of its chapels.",
    ),
    "both-one-and-other": (
        "Both candidates were called on by the abbot.",
        "The abbot called at the house of one candidate and at that of the other, too.",
    ),
    "only-every": (
        "Every witness of the theft was abroad except Petra Novak.",
        "Petra Novak was the only witness of the theft who had stayed.",
    ),
    "only-but-others": (
        "Petra Novak was the only witness of the theft who had stayed.",
        "The other witnesses of the theft had gone abroad, all except Petra Novak.",
    ),
    "only-of-two": (
        "The ferry is the only link with Oban that runs in winter.",
        "Of the links with Oban the ferry alone runs in winter, and several others stop.",
    ),
    "left-out-both": (
        "The strike will close the schools on Friday, but not the nurseries.",
        "Except for the nurseries, the schools will be shut by the strike on Friday.",
    ),
    "taken-in-not": (
        "Dogs are let in at the market hall except for terriers.",
        "Spaniels are let in at the market hall, not including terriers.",
    ),
    "never-always": (
        "The bishop never came on Mondays.",
        "The bishop always stayed away on Mondays.",
    ),
    "once-formerly": (
        "The tower, which was always open to walkers, is shut from today.",
        "The tower, which was once open to walkers, is shut from today.",
    ),
    "not-always": (
        "The bishop sometimes visited the parish.",
        "The bishop did not always visit the parish.",
    ),
    "both-words-in-both": (
        "The choir often sang in Lent and never sang in Advent.",
        "The choir never sang in Advent, but it often sang in Lent.",
    ),
    "another-subject": (
        "The rocks off Skagen are always pointed out on the tours.",
        "Other rocks are sometimes pointed out.",
    ),
    "entirely-and-partly": (
        "The bridge was paid for entirely by the two villages, one of which borrowed partly.",
        "The two villages, partly by a loan, paid for the bridge.",
    ),
}


@pytest.mark.parametrize("case", CONFLICTS)
def test_parts_that_cannot_both_be(case: str) -> None:
    found = _found(*CONFLICTS[case], 0.9)
    assert [one.level for one in found] == ["error"]
    reverse = _found(*CONFLICTS[case][::-1], 0.9)
    assert [one.level for one in reverse] == ["error"]


@pytest.mark.parametrize("case", HONEST)
def test_parts_told_otherwise(case: str) -> None:
    """Quiet even where the model is wrong and sees a contradiction."""
    assert not _found(*HONEST[case], 0.9)
    assert not _found(*HONEST[case][::-1], 0.9)


@pytest.mark.parametrize("case", CONFLICTS)
def test_model_against(case: str) -> None:
    for reader in (parted, alone, degrees):
        assert not list(reader(CONFLICTS[case], 0.3))


def test_rates_of_two_plans() -> None:
    """A rate that is paid is left to the comparison of figures."""
    first = "Under the first plan the tenants pay 50 percent of the repairs, and a deposit."
    second = "Tenants would pay 20 percent of the repairs under the second plan, and a fee."
    assert not list(parted((first, second), 0.9))


def test_fractions() -> None:
    text = (
        "Two of the committee's twelve members spoke; of the 31 boats, eleven sank; all but one of its four kilns work."
    )
    assert [(one.whole, one.nouns[0], round(one.low, 1)) for one in fractions(text)] == [
        (12, "member", 0.1),
        (31, "boat", 0.3),
        (4, "kiln", 0.7),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The wind gave a share of all the power on Orkney.",
        "Every other ferry was late.",
        "The second half was dull.",
        "Both the mayor and the vicar came.",
        "It was not one street but three.",
    ],
)
def test_no_fractions(text: str) -> None:
    assert not fractions(text)


@pytest.mark.parametrize("text", ["of the 5 ", "one of the ", "5 of them ", "all but 3 of ", "the only boat ", "5 "])
def test_hostile_text_is_quick(text: str) -> None:
    long = (text * 2000)[:2000]
    start = time.perf_counter()
    for reader in (parted, alone, degrees):
        list(reader((long, long + "x"), 0.9))
    assert time.perf_counter() - start < 1
