"""Runs of claims that the other article has not, and what they weigh, for the checks of what was dropped and added."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from consistency.checks._articles import Claims
from consistency.facts import weight
from consistency.facts.name import names
from consistency.facts.quotation import quotations
from consistency.protocols import Context
from consistency.records import Claim

_PLACES = {
    (True, True): "all through",
    (True, False): "at the beginning",
    (False, True): "at the end",
    (False, False): "in the middle",
}
_SMALL: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_KINDS: Final = ("correction note", "editor’s note", "denial", "quote", "attribution", "figure", "date", "name")
"""The heaviest first."""
_SHOWN: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]+")
_TOKEN: Final = re.compile(r"\w+")
_FEWEST_WORDS: Final = 4
"""Fewer words in quote marks are a term, no quote; a sentence of fewer may stand in another by chance."""

PLAIN: Final = 0.7
_FACTS: Final = 0.8
_SAID: Final = 0.85
LEAD: Final = 0.9
GRAVE: Final = 0.95
_WORTH: Final = dict(zip(_KINDS, (GRAVE, GRAVE, GRAVE, _SAID, _SAID, _FACTS, _FACTS, _FACTS), strict=True))


def place(run: range, claims: Claims) -> str:
    """Where the run stands, in words."""
    return _PLACES[run.start == 0, run.stop == len(claims.all)]


def count(run: range) -> str:
    return "one sentence" if len(run) == 1 else f"{_number(len(run))} sentences"


class Weight(NamedTuple):
    """What a run weighs: `confidence` 0 to 1 by the heaviest thing in it or by its place at the head.

    `note` = a note of the newsroom is in it that the other article has not; `unanswered` = somebody denies in it
    what the other article still tells, a charge or the thing itself; `words` = what is in it, for the message, or
    nothing.
    """

    confidence: float
    note: bool
    unanswered: bool
    words: str


class Scales:
    """The runs of one article (`own`) that the other one lacks, and what each weighs."""

    def __init__(self, context: Context, version: str, own: Claims, other: Claims) -> None:
        """`version`: the article whose alignments with the reference count."""
        self._own, self._other = own, other
        self._partners: dict[str, tuple[str, ...]] = {}
        for one in context.alignments:
            if one.article == version:
                sides = one.premise, one.hypothesis
                ours, theirs = reversed(sides) if own.article.id == version else sides
                self._partners.update((claim, theirs) for claim in ours if claim in own.place)

    def runs(self) -> Iterator[range]:
        """Stretches of neighbouring claims that the other article has not."""
        known = {_folded(claim) for claim in self._other.all}
        start = None
        for index, claim in enumerate(self._own.all):
            lone = claim.id not in self._partners and _folded(claim) not in known and not self._beside(index)
            if lone and start is None:
                start = index
            elif not lone and start is not None:
                yield range(start, index)
                start = None
        if start is not None:
            yield range(start, len(self._own.all))

    def _beside(self, index: int) -> bool:
        """Whether the other article tells it, word for word, in the sentence that a neighbour is aligned with."""
        own, other = self._own.all, self._other
        words = _words(own[index].text)
        return len(words) >= _FEWEST_WORDS and any(
            words <= _words(" ".join(other.all[other.place[one]].text for one in partners))
            for beside in (index - 1, index + 1)
            if 0 <= beside < len(own) and (partners := self._partners.get(own[beside].id, ()))
        )

    def weigh(self, run: range) -> Weight:
        counts: Counter[str] = Counter()
        unanswered = False
        told: list[int] = []
        for index in run:
            text = self._own.all[index].text
            if note := weight.note(text):
                counts[note] += not self._has_note
                continue
            told.append(index)
            if (denial := weight.denial(text)) and not self._retold(text):
                answers = self._accused or (index - 1 not in run and self._still_told(text, denial))
                counts["denial"] += answers or not denial.open or self._charged
                unanswered = unanswered or answers
            counts["attribution"] += weight.sourced(text) or self._own.all[index].speaker is not None
            counts["figure"] += weight.figures(text)
            counts["date"] += weight.days(text)
        counts["quote"] = sum(self._quotes[index] for index in told)
        counts["name"] = len(self._strangers(told))
        if counts["quote"]:
            counts["attribution"] = 0
        there = [kind for kind in _KINDS if counts[kind]]
        confidence = max((_WORTH[kind] for kind in there), default=PLAIN)
        return Weight(
            confidence=max(confidence, LEAD) if run.start <= self.lead else confidence,
            note=bool(counts["correction note"] or counts["editor’s note"]),
            unanswered=unanswered,
            words=_listed([_counted(kind, counts[kind]) for kind in there[:_SHOWN]]),
        )

    @cached_property
    def lead(self) -> int:
        """The index of the first sentence: behind a headline that was not left out, the second claim."""
        return 1 if len(self._own.all) > 1 and weight.headline(self._own.all[0].text) else 0

    @cached_property
    def _quotes(self) -> Counter[int]:
        """How many quotes begin in each claim of the article."""
        text = self._own.article.text
        return Counter(
            at
            for quote in quotations(text)
            if quote.depth == 0
            and (quote.closed or quote.continued)
            and len(text[quote.inner.start : min(quote.inner.end, quote.inner.start + 200)].split()) >= _FEWEST_WORDS
            for at in self._own.touched(quote.inner)[:1]
        )

    def _strangers(self, told: Sequence[int]) -> set[tuple[str, ...]]:
        """Names in these claims of whom the other article never speaks."""
        return {
            name.parts
            for index in told
            for name in names(self._own.all[index].text)
            if name.sure and not any(word in self._vocabulary for part in name.parts for word in _WORD.findall(part))
        }

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self._other.article.text.casefold()))

    @cached_property
    def _has_note(self) -> bool:
        """Whether the other article has a note of its own that this one may tell in other words."""
        return any(weight.note(claim.text) for claim in self._free(lambda text: bool(weight.note(text))))

    @cached_property
    def _accused(self) -> bool:
        return any(weight.accuses(claim.text) for claim in self._other.all)

    @cached_property
    def _charged(self) -> bool:
        """Whether this article speaks of something that somebody may want to deny."""
        return any(weight.accuses(claim.text) for claim in self._own.all)

    @cached_property
    def _tellings(self) -> list[frozenset[str]]:
        return [weight.told(claim.text) for claim in self._other.all]

    def _still_told(self, text: str, denial: weight.Denial) -> bool:
        """Whether the other article tells what is denied here, though it speaks of no charge.

        Of "said it had not …" it must tell all, in one sentence. A denial of "the report", and no more, is known by
        who denies; "he denied it" speaks of the sentence before, which the other article has.
        """
        what = weight.told(text[denial.behind :])
        if denial.open:
            return len(what) > 1 and any(what <= told for told in self._tellings)
        what = what or weight.told(text)
        return not what or any(what & told for told in self._tellings)

    @cached_property
    def _loose(self) -> bool:
        """Whether the other article may deny something where this one does not."""
        return any(weight.may_deny(claim.text) for claim in self._free(weight.may_deny))

    @cached_property
    def _denials(self) -> list[str]:
        return [claim.text for claim in self._other.all if weight.denial(claim.text)]

    def _retold(self, text: str) -> bool:
        """Whether the other article may have this denial elsewhere or in other words."""
        return self._loose or any(_alike(text, other) for other in self._denials)

    def _free(self, says: Callable[[str], bool]) -> Iterator[Claim]:
        """The other article's claims but those aligned with claims of this one that say so too."""
        own, other = self._own, self._other
        held = {
            there
            for claim, theirs in self._partners.items()
            if says(own.all[own.place[claim]].text)
            for there in theirs
        }
        return (claim for claim in other.all if claim.id not in held)


def _alike(one: str, other: str) -> bool:
    """Whether two denials may be of the same person: a name in common, or none in one and a longer word in common."""
    people = [{part for name in names(text) if name.sure for part in name.parts} for text in (one, other)]
    if all(people):
        return bool(people[0] & people[1])
    content = [{word for word in _WORD.findall(text.casefold()) if len(word) > 4} for text in (one, other)]
    return bool((content[0] & content[1]) - _DENYING)


_DENYING: Final = frozenset(("denied", "denies", "denying", "their", "there", "which", "about", "would", "while"))


def _words(text: str) -> frozenset[str]:
    return frozenset(_TOKEN.findall(text.casefold()))


def _number(of: int) -> str:
    return _SMALL[of] if of < len(_SMALL) else str(of)


def _counted(kind: str, of: int) -> str:
    if of == 1:
        return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
    return f"{_number(of)} {kind}s"


def _listed(things: list[str]) -> str:
    """ ", with a quote, a figure and a date"; nothing for nothing."""
    if not things:
        return ""
    return ", with " + (", ".join(things[:-1]) + " and " + things[-1] if len(things) > 1 else things[0])


def _folded(claim: Claim) -> str:
    return " ".join(claim.text.casefold().split())
