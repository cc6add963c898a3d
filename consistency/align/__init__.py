"""Claims of a version beside the claims of the reference that tell of the same thing.

One-to-one, one-to-many and many-to-one, in order or moved; unrelated claims stay alone. A headline says in few
words what the text says again: it is held against the other headline alone, never against the text. Candidates
come from an inverted index over the words, so that the cost grows with the number of claims and not
with its square. Pure and deterministic: the same claims give the same alignments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from consistency.align._features import told
from consistency.align._groups import Group, grow
from consistency.align._index import Index
from consistency.align._pairs import Pair, best, gaps, identical, scored
from consistency.align._settings import Settings
from consistency.records import Alignment, Claim

__all__ = ["Settings", "align"]


def align(
    article: str, reference: Sequence[Claim], version: Sequence[Claim], settings: Settings | None = None
) -> tuple[Alignment, ...]:
    """The alignments of one version, in order of the version; claims in none are added or omitted.

    `article` is the version's id. A claim is in one alignment at most; the claims of one side of an
    alignment stand next to each other. Never raises.
    """
    given = settings or Settings()
    found: list[Alignment] = []
    for headline in (True, False):
        ours, theirs = ([claim for claim in side if claim.headline is headline] for side in (reference, version))
        found += _aligned(article, ours, theirs, given)
    return tuple(found)


def _aligned(
    article: str, reference: Sequence[Claim], version: Sequence[Claim], given: Settings
) -> Iterator[Alignment]:
    if not reference or not version:
        return
    left, right = [told(claim.text) for claim in reference], [told(claim.text) for claim in version]
    index = Index([one.features for one in left], [one.features for one in right])
    same = identical([one.plain for one in left], [one.plain for one in right])
    edges = scored(index, same, given)
    pairs = same | best(edges, same, given)
    pairs |= gaps(index, pairs, given)
    lengths = [len(claim.text) for claim in reference], [len(claim.text) for claim in version]
    known = edges | dict.fromkeys(same, 1.0)
    for group in grow(index, lengths, pairs, given):
        yield Alignment(
            article=article,
            premise=tuple(reference[at].id for at in group.left),
            hypothesis=tuple(version[at].id for at in group.right),
            similarity=round(min(1.0, _similarity(index, group, known)), 4),
        )


def _similarity(index: Index, group: Group, known: Mapping[Pair, float]) -> float:
    """Of one claim and one it is mostly known already."""
    if group.single is not None and group.single in known:
        return known[group.single]
    return index.between(group.left, group.right)
