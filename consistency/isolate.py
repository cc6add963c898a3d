"""The differences between two texts, and each of them set alone.

A network that reads two long sentences told in other words may see a conflict nowhere in particular.
A real conflict sits in one difference: put into the premise and nothing else changed, that difference
contradicts the premise by itself. This is the sharper question, since near-copies are where a small
network is surest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from consistency.records import Span

MOST: Final = 24
"""Differences of one pair that are asked about, the first ones: a bound on what one hostile pair can cost."""

_LONGEST: Final = 20_000
"""Characters of two texts whose differences are kept for whoever asks next."""
_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*|[^\w\s]")


class Difference(NamedTuple):
    """Words of the premise that stand against words of the hypothesis; one of the two may be empty."""

    premise: Span
    hypothesis: Span


def differences(premise: str, hypothesis: str) -> tuple[Difference, ...]:
    """The differing places in order, case apart; marks alone make none, and two around a mark are one."""
    read = _differences if len(premise) + len(hypothesis) <= _LONGEST else _differences.__wrapped__
    return read(premise, hypothesis)


@lru_cache(maxsize=512)
def _differences(premise: str, hypothesis: str) -> tuple[Difference, ...]:
    from rapidfuzz.distance import LCSseq  # whoever only asks for help need not wait for it

    left, right = _words(premise), _words(hypothesis)
    blocks: list[list[int]] = []
    for block in LCSseq.opcodes([word for word, _ in left], [word for word, _ in right]):
        src, dest = (block.src_start, block.src_end), (block.dest_start, block.dest_end)
        if block.tag == "equal":
            continue
        if blocks and _only_a_mark(left[blocks[-1][1] : src[0]]):
            blocks[-1][1], blocks[-1][3] = src[1], dest[1]
        else:
            blocks.append([*src, *dest])
    return tuple(
        Difference(_span(left, block[0], block[1], premise), _span(right, block[2], block[3], hypothesis))
        for block in blocks
        if any(word[0].isalnum() for word, _ in (*left[block[0] : block[1]], *right[block[2] : block[3]]))
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
    partners: dict[Difference, Difference] = {}
    told = {one: (_cut(premise, one.premise), _cut(hypothesis, one.hypothesis)) for one in found}
    for one, other in combinations(found, 2):
        if one in partners or other in partners:
            continue
        old, new = (left + right for left, right in zip(told[one], told[other], strict=True))
        if sorted(old) == sorted(new) and all(word[0].isalnum() for word in old):
            partners |= {one: other, other: one}
    return partners


def _cut(text: str, span: Span) -> list[str]:
    return [word for word, _ in _words(text[span.start : span.end])]


def _words(text: str) -> list[tuple[str, Span]]:
    return [(hit[0].casefold(), Span(*hit.span())) for hit in _WORD.finditer(text)]


def _only_a_mark(between: list[tuple[str, Span]]) -> bool:
    return len(between) == 0 or (len(between) == 1 and not between[0][0][0].isalnum())


def _span(words: list[tuple[str, Span]], start: int, end: int, text: str) -> Span:
    if start < end:
        return Span(words[start][1].start, words[end - 1][1].end)
    at = words[start][1].start if start < len(words) else len(text)
    return Span(at, at)
