"""The differences between two texts, and each of them set alone.

A network that reads two long sentences told in other words may see a conflict nowhere in particular.
A real conflict sits in one difference: put into the premise and nothing else changed, that difference
contradicts the premise by itself. This is the sharper question, since near-copies are where a small
network is surest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from consistency.records import Span

MOST: Final = 24
"""Differences of one pair that are asked about, the first ones: a bound on what one hostile pair can cost."""

_LONGEST: Final = 5_000
"""Characters of two texts whose differences are kept for whoever asks next; two sides of claims are never as long."""
_PAIRS: Final = 2_048
"""Pairs of which they are kept: those of an article of a thousand claims and more."""
_WORD = re.compile(r"(\w+(?:[-'’.,]\w+)*|[^\w\s])")


class Difference(NamedTuple):
    """Words of the premise that stand against words of the hypothesis; one of the two may be empty."""

    premise: Span
    hypothesis: Span


def differences(premise: str, hypothesis: str) -> tuple[Difference, ...]:
    """The differing places in order, case apart; marks alone make none, and two around a mark are one."""
    read = _differences if len(premise) + len(hypothesis) <= _LONGEST else _differences.__wrapped__
    return read(premise, hypothesis)


@lru_cache(maxsize=_PAIRS)
def _differences(premise: str, hypothesis: str) -> tuple[Difference, ...]:
    from rapidfuzz.distance import LCSseq  # whoever only asks for help need not wait for it

    left, right = _Words.of(premise), _Words.of(hypothesis)
    blocks: list[list[int]] = []
    for block in LCSseq.opcodes(left.folded, right.folded):
        if block.tag == "equal":
            continue
        if blocks and _only_a_mark(left.folded[blocks[-1][1] : block.src_start]):
            blocks[-1][1], blocks[-1][3] = block.src_end, block.dest_end
        else:
            blocks.append([block.src_start, block.src_end, block.dest_start, block.dest_end])
    return tuple(
        Difference(left.span(start, end), right.span(new_start, new_end))
        for start, end, new_start, new_end in blocks
        if any(word[0].isalnum() for word in left.folded[start:end] + right.folded[new_start:new_end])
    )


def alone(premise: str, hypothesis: str, *together: Difference) -> str:
    """The premise with this difference put in, or these together, blanks mended."""
    changed = premise
    for difference in sorted(together, reverse=True):
        new = hypothesis[difference.hypothesis.start : difference.hypothesis.end]
        gap = " " if not len(difference.premise) and new else ""
        changed = changed[: difference.premise.start] + new + gap + changed[difference.premise.end :]
    return " ".join(changed.split())


def exchanged(premise: str, hypothesis: str, found: Sequence[Difference]) -> dict[Difference, Difference]:
    """Of two differences that exchange their words, each to the other: alone, either would say a thing twice.

    Words that take a mark along ("the lender, Nordbank" for "Nordbank, the lender") move without changing roles.
    """
    if len(found) < 2:
        return {}
    words = [(_cut(premise, one.premise), _cut(hypothesis, one.hypothesis)) for one in found]
    plain = [at for at, (old, new) in enumerate(words) if all(word[0].isalnum() for word in old + new)]
    gains = {at: sum(map(hash, words[at][1])) - sum(map(hash, words[at][0])) for at in plain}
    by_gain = defaultdict(list)
    for at in plain:
        by_gain[gains[at]].append(at)
    partners: dict[Difference, Difference] = {}
    for at in plain:
        for other in by_gain.get(-gains[at], ()):  # what the two take away together they put in again
            if other <= at or found[at] in partners or found[other] in partners:
                continue
            old, new = (left + right for left, right in zip(words[at], words[other], strict=True))
            if sorted(old) == sorted(new):
                partners |= {found[at]: found[other], found[other]: found[at]}
    return partners


def _cut(text: str, span: Span) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text[span.start : span.end])]


class _Words(NamedTuple):
    """The words and marks of a text in order, case folded; where each begins, and at last the text's end; where each
    ends.
    """

    folded: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> _Words:
        parts = _WORD.split(text)  # words, and before and after each the blanks
        edges = list(accumulate(map(len, parts)))
        return cls([word.casefold() for word in parts[1::2]], edges[::2], edges[1::2])

    def span(self, start: int, end: int) -> Span:
        """Of the words from `start` up to `end`, or the empty one before `start`."""
        if start < end:
            return Span(self.starts[start], self.ends[end - 1])
        return Span(self.starts[start], self.starts[start])


def _only_a_mark(between: Sequence[str]) -> bool:
    return len(between) == 0 or (len(between) == 1 and not between[0][0].isalnum())
