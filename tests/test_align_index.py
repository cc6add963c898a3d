"""Candidates of the index: those that share most, and none lost that is similar enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.align import _index
from consistency.align._features import told
from consistency.align._index import Index

FEW = st.lists(
    st.lists(
        st.sampled_from("years yearly year report reporter use users user dam dams flood Kyiv three 3 the".split()),
        max_size=8,
    ).map(" ".join),
    min_size=1,
    max_size=8,
)
"""No more claims than there may be candidates, of words that have a stem in common and not its share."""


@given(FEW, FEW, st.sampled_from([0.26, 0.34, 0.6]), st.sampled_from([0, 2, 200]))
def test_no_claim_that_was_met_and_is_similar_enough_is_left_out(
    reference: list[str], version: list[str], least: float, looks: int
) -> None:
    """However few claims are looked at."""
    index = Index([told(text).features for text in reference], [told(text).features for text in version])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_index, "_LOOKS", looks)
        for at, held in enumerate(index.right):
            met = set(index.candidates(at))
            similar = {one for one in met if index.similarity(index.left[one], held) >= least}
            assert similar <= set(index.candidates(at, least))
            assert looks < 200 or met == {one for one, other in enumerate(index.left) if held.keys() & other.keys()}


@given(FEW, FEW, st.integers(1, 8))
def test_candidates_are_those_that_share_most(reference: list[str], version: list[str], most: int) -> None:
    index = Index([told(text).features for text in reference], [told(text).features for text in version])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_index, "_CANDIDATES", most)
        for at, held in enumerate(index.right):
            masses = [_index.shared(other, held) for other in index.left]
            chosen = [masses[one] for one in index.candidates(at)]
            assert sorted(chosen) == pytest.approx(sorted(mass for mass in masses if mass)[-most:])
