"""Quantifiers of one noun that deny each other: all of the members, some of them, none."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from consistency.checks._figures.complement import complement
from consistency.checks._figures.slots import Slot, compare_facts
from consistency.facts._figures.intervals import Relation
from consistency.facts._figures.shares import Share, excludes, kind, same_noun, shares
from consistency.facts._times.periods import periods, relate
from consistency.facts.quantity import Quantity
from consistency.records import Span

_DENIALS: Final = re.compile(
    r"n['’]t\b|\b(?:not|never|without|no|none|nobody|neither|hardly|barely|fail(?:s|ed)?|refus\w+|lack\w*|closed to|"
    r"shut to|ban(?:s|ned)?|forb(?:id|ids|idden|ade)|prohibit\w*|barred|"
    r"un(?:hurt|able|aware|known|paid|sold|told|seen|willing|[a-z]{3,10}(?<!unit)ed))\b",
    re.IGNORECASE,
)
"""What may turn the sentence as the quantifier does: "no one was hurt", "all were unhurt"."""

_EXCEPT: Final = re.compile(
    r"\b(?:not|except\w*|(?<!, )but|save|besides|apart|other than|exempt\w*|exclud\w*|without|only|alone)\b"
    r"|, but (?:(?:for|an?|one|two|three|four|five|six|some|several|those|that|there|(?:the )?(?:others?|rest))\b|\d)",
    re.IGNORECASE,
)
"""What may take some out of all; "all the schools were shut, but the nurseries opened" takes out none."""
_OTHER_NOUN: Final = 0.2
"""What is taken off where the nouns are only alike."""
_DENIED: Final = 0.1
_PERSONS: Final = 0.2
"""What is taken off where one side denies; of persons at large, where no noun ties both sides, more."""
_LESS_PLAIN: Final = 0.2
"""What is taken off a period that tells no rhythm: "a week late", "within days"."""
_SAME_RATE: Final = 0.05
_REACH: Final = 80
"""Characters on either side in which a denial turns what is told of a part."""
NO_AMOUNT: Final = frozenset({"ordinal", "label", "score", "age", "tens", "factor", "race", "second"})
"""Units of figures of which neither a bound nor a change is held against another: ages, ranks, scores, times."""


class Portion(NamedTuple):
    """Where two texts tell another part of one kind, and how sure that is."""

    premise: Span
    hypothesis: Span
    confidence: float


def portions(texts: tuple[str, str], counts: tuple[Sequence[Quantity], Sequence[Quantity]]) -> Iterator[Portion]:
    """Quantifiers that stand in one slot and deny each other; `counts` are the numbers that the texts tell."""
    told = shares(texts[0]), shares(texts[1])
    if not told[0] and not told[1]:
        return
    facts = [
        _with_counts(own, numbers, other) for own, numbers, other in zip(told, counts, reversed(told), strict=True)
    ]

    def held(i: int, j: int) -> Relation:
        one, two = facts[0][i], facts[1][j]
        if not kind(one.noun, two.noun):
            return "unrelated"
        if excludes(one.part, two.part):
            return "conflict"
        return "same" if one.part == two.part else "variant"

    slots = [[Slot(fact.span, "share", fact.noun.split()[-1]) for fact in side] for side in facts]
    for match in compare_facts(texts, (slots[0], slots[1]), held).conflicts:
        one, two = facts[0][match.premise], facts[1][match.hypothesis]
        if held(match.premise, match.hypothesis) == "conflict" and not _turned(texts, one, two):
            if complement(texts, one, two):
                continue  # "no shops were open", "all the shops were shut"
            yield Portion(one.span, two.span, match.confidence - _doubt(one, two))


def _doubt(one: Share, two: Share) -> float:
    """What is taken off where other words may say the same after all: "nobody lost pay", "wages stay for everyone"."""
    doubt = 0.0 if same_noun(one.noun, two.noun) else _OTHER_NOUN
    if not {one.part, two.part}.isdisjoint({"none", "neither", "few"}):
        doubt += _PERSONS if "person" in {one.noun, two.noun} else _DENIED
    return doubt


def _with_counts(own: Sequence[Share], numbers: Sequence[Quantity], other: Sequence[Share]) -> list[Share]:
    """The quantifiers of a text, and its counts where the other denies that there is one."""
    denied = any(share.part == "none" for share in other)
    counted = [
        Share(fact.span, "any", fact.noun)
        for fact in numbers
        if denied and fact.unit == "count" and fact.noun and fact.high > 0
    ]
    return sorted([*own, *(share for share in counted if not any(share.span.overlaps(one.span) for one in own))])


def _turned(texts: tuple[str, str], one: Share, two: Share) -> bool:
    """Whether one text has a denial more than the other near the quantifiers, or leaves the same out in other words."""
    for text, share, other in zip(texts, (one, two), (two, one), strict=True):
        if (share.part, other.part) == ("all", "most") and _EXCEPT.search(text, share.span.end):
            return True
    return shifted(texts, (one.span, two.span))


def shifted(texts: tuple[str, str], spans: tuple[Span, Span]) -> bool:
    """Whether one text has a denial more than the other, near the quantifiers."""
    found = [
        sorted(
            word.lower()
            for near in (text[max(0, span.start - _REACH) : span.start], text[span.end :][:_REACH])
            for word in _DENIALS.findall(near)
        )
        for text, span in zip(texts, spans, strict=True)
    ]
    return found[0] != found[1]


def rhythms(
    texts: tuple[str, str],
    counts: tuple[Sequence[Quantity], Sequence[Quantity]],
    agreed: tuple[Collection[Quantity], Collection[Quantity]],
) -> Iterator[Portion]:
    """Periods that stand in one slot and are of other lengths; `agreed` are the counts that both texts have."""
    facts = periods(texts[0]), periods(texts[1])
    if not facts[0] or not facts[1]:
        return
    slots = [[Slot(fact.span, fact.kind) for fact in side] for side in facts]
    compared = compare_facts(texts, (slots[0], slots[1]), lambda i, j: relate(facts[0][i], facts[1][j]))
    open_amounts = all(
        any(fact not in known and fact.noun != "time" for fact in own)
        for own, known in zip(counts, agreed, strict=True)
    )
    for match in compared.conflicts:
        one, two = facts[0][match.premise], facts[1][match.hypothesis]
        if relate(one, two) != "conflict" or (one.kind == "rate" and open_amounts):
            continue
        if all(
            any(fact.span.overlaps(told.span) for fact in own) for own, told in zip(counts, (one, two), strict=True)
        ):
            continue  # "one month later" is an amount, and told as one
        yield Portion(one.span, two.span, match.confidence - (0.0 if one.kind == "rate" else _LESS_PLAIN))


def same_rate(texts: tuple[str, str], one: Quantity, two: Quantity) -> bool:
    """Whether two sums, each with the period for which it is paid right behind it, come to the same."""
    if one.unit != two.unit:
        return False
    paid = [
        fact.low / period.days
        for text, fact in zip(texts, (one, two), strict=True)
        for period in periods(text)
        if period.kind == "rate" and period.days and period.span.start == fact.span.end + 1
    ]
    return len(paid) == 2 and math.isclose(paid[0], paid[1], rel_tol=_SAME_RATE)
