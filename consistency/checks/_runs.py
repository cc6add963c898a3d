"""Runs of claims that no alignment holds, for the checks of what was dropped and added."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from consistency.checks._articles import Claims
from consistency.records import Claim

_PLACES = {
    (True, True): "all through",
    (True, False): "at the beginning",
    (False, True): "at the end",
    (False, False): "in the middle",
}


def runs(claims: Claims, aligned: Collection[str], other: Claims) -> Iterator[range]:
    """Stretches of neighbouring claims without a partner; one that the other article repeats word for
    word is not missing."""
    known = {_folded(claim) for claim in other.all}
    start = None
    for index, claim in enumerate(claims.all):
        lone = claim.id not in aligned and _folded(claim) not in known
        if lone and start is None:
            start = index
        elif not lone and start is not None:
            yield range(start, index)
            start = None
    if start is not None:
        yield range(start, len(claims.all))


def place(run: range, claims: Claims) -> str:
    """Where the run stands, in words."""
    return _PLACES[run.start == 0, run.stop == len(claims.all)]


def count(run: range) -> str:
    return "one sentence" if len(run) == 1 else f"{len(run)} sentences"


def _folded(claim: Claim) -> str:
    return " ".join(claim.text.casefold().split())
