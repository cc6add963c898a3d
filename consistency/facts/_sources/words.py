"""Word lists behind `reported`: cues, what they need, what stands around them."""

from __future__ import annotations

from typing import Final

from consistency.facts._lists import word_set
from consistency.facts.hedge import BE, lemma

STRICT: Final = frozenset(
    lemma(word)
    for word in word_set(
        "find put describe mention continue stress respond reply indicate express guarantee assure write post note",
        "declare recall report remark comment explain observe think estimate announce state confirm admit",
        "acknowledge concede reveal disclose deny refute pledge vow promise threaten warn maintain expect forecast",
        "predict suspect fear suggest hint assume emphasise emphasize believe insist assert argue conclude confess",
        "claim tweet caution speculate reiterate testify affirm proclaim highlight elaborate",
    )
)
CLAUSE_ONLY: Final = frozenset(
    lemma(word) for word in word_set("find put describe mention express estimate indicate post write think expect")
)
"""Cues only with "that" or beside what they tell: "police found a body" tells nothing."""
NOUNS: Final = word_set(
    "claims reports states notes comments posts warns fears forecasts pledges promises threats hints replies says",
    "report claim state note comment post fear forecast pledge promise hint reply estimate estimates tweet tweets",
    "suspect suspects thought",
)
"""Forms that are nouns behind a determiner, an adjective or a possessive."""
MANY: Final = word_set("they we you i police people who women men media some many others both most several")
"""What goes before a verb without an ending."""
DETERMINERS: Final = word_set(
    "the a an this that these those his her its their our my no any some all other such new united several many"
)
OWNING: Final = word_set("a an the his her its their our my")
"""What makes an adjective of the participle behind it: "his alleged friends"."""
AUX: Final = word_set("has have had also later earlier then recently repeatedly publicly since already")
MODALS: Final = word_set(
    "would will could can may might must should shall to not never cannot didn't doesn't don't did does do hasn't",
    "haven't hadn't won't wouldn't couldn't neither nor if",
)
FINITE: Final = BE | word_set(
    "was were has have had will would could can may might must should did does do isn't wasn't aren't weren't",
    "hasn't won't doesn't didn't can't couldn't wouldn't",
)
JOINTS: Final = word_set(
    "that and but while because when after before although though if where which who as since so however or than"
)
PREPOSITIONS: Final = word_set("on in at during by for from with after before of to over under since until following")
RELATIVES: Final = word_set("who whose which")
TELL: Final = lemma("told")
TO_SOMEBODY: Final = frozenset(map(lemma, ("told", "warned", "assured", "cautioned", "promised", "advised")))
"""Cues that name behind them whom it was told, as often as who tells it."""
DOES: Final = frozenset(map(lemma, ("promise", "pledge", "vow", "threaten", "deny", "admit", "confess", "claim")))
"""Cues that tell of what the speaker does: "threatened to leave", "denied taking it"."""
PHRASES: Final[tuple[tuple[str, ...], ...]] = (
    ("according", "to"),
    ("in", "the", "view", "of"),
    ("in", "the", "words", "of"),
    ("in", "the", "opinion", "of"),
    ("in", "the", "eyes", "of"),
)
LET_KNOWN: Final[tuple[tuple[str, ...], ...]] = (
    ("let", "it", "be", "known"),
    ("made", "it", "known"),
    ("made", "it", "clear"),
    ("made", "clear"),
)


def third(base: str) -> tuple[str, ...]:
    """The third person of a regular verb, in the spellings it may have."""
    return (base[:-1] + "ies",) if base.endswith("y") and base[-2] not in "aeiou" else (base + "s", base + "es")


def past(base: str) -> list[str]:
    """The past of a regular verb, in the spellings it may have."""
    if base.endswith("y") and base[-2] not in "aeiou":
        return [base[:-1] + "ied"]
    return [base + "d"] if base.endswith("e") else [base + "ed", base + base[-1] + "ed"]
