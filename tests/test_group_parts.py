"""The pieces of story finding: sketches, what is told in the same order, candidates within bounds, stars."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.batch import _group_candidates as candidates
from consistency.batch._group_compare import Feed, _heaviest
from consistency.batch._group_profile import digest, profile
from consistency.batch._group_stars import Edges, stars
from consistency.batch._sketch import KEPT, as_hashes, containment, shingles, sketch, word_hash
from eval.grouping import looked

Pull: TypeAlias = Callable[[int, int], float]
May: TypeAlias = Callable[[int, int], bool]


def some(count: int, start: int = 0) -> list[int]:
    return [word_hash(str(at)) for at in range(start, start + count)]


def test_a_hash_is_the_same_in_every_process() -> None:
    code = "from consistency.batch._sketch import word_hash; print(word_hash('kyiv'), word_hash('\\ud800'))"
    ran = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": n}
        )
        for n in ("1", "2")
    ]
    assert ran[0].stdout == ran[1].stdout == f"{word_hash('kyiv')} {word_hash(chr(0xD800))}\n"


@pytest.mark.parametrize(("size", "shared"), [(400, 0.5), (2_000, 0.2), (400, 1.0), (800, 0.0)])
def test_containment_is_estimated_whatever_the_difference_in_length(size: int, shared: float) -> None:
    """The smaller set is a third of the larger, as a copy cut to its first third is."""
    large = some(size)
    small = large[: round(size / 3 * shared)] + some(round(size / 3 * (1 - shared)), 10_000)
    estimate = containment(sketch(np.unique(as_hashes(small))), sketch(np.unique(as_hashes(large))))
    assert estimate is not None
    assert abs(estimate - shared) < 0.2, "within three standard errors of the hashes that both sketches cover"
    assert estimate == containment(sketch(np.unique(as_hashes(large))), sketch(np.unique(as_hashes(small))))


@given(st.sets(st.integers(0, 400), min_size=8, max_size=KEPT), st.sets(st.integers(0, 400), min_size=8, max_size=KEPT))
def test_containment_of_small_sets_is_exact(one: set[int], other: set[int]) -> None:
    left, right = (sketch(np.unique(as_hashes([word_hash(str(value)) for value in values]))) for values in (one, other))
    assert containment(left, right) == pytest.approx(len(one & other) / min(len(one), len(other)))


def test_too_little_to_tell_is_no_estimate() -> None:
    tiny = sketch(np.unique(as_hashes(some(5))))
    assert containment(tiny, tiny) is None
    assert containment(sketch(as_hashes([])), tiny) is None
    assert containment(sketch(np.unique(as_hashes(some(9)))), sketch(np.unique(as_hashes(some(100_000))))) is None


def test_shingles_know_the_order_of_words() -> None:
    one, two, three = some(3)
    assert len(shingles(as_hashes([one, two, three]), 3)) == 1
    assert shingles(as_hashes([one, two, three]), 3) != shingles(as_hashes([three, two, one]), 3)
    assert len(shingles(as_hashes([one, two]), 3)) == 1
    assert not len(shingles(as_hashes([]), 3))


@given(st.permutations(range(7)), st.lists(st.floats(0.5, 9), min_size=7, max_size=7))
def test_the_heaviest_order_is_found(places: list[int], weights: list[float]) -> None:
    best = max(
        sum(weights[at] for at in chosen)
        for size in range(1, 8)
        for chosen in itertools.combinations(range(7), size)
        if all(places[one] < places[other] for one, other in itertools.pairwise(chosen))
    )
    assert _heaviest(places, weights) == pytest.approx(best)


def test_what_is_told_in_another_order_counts_against_a_pair() -> None:
    parts = [f"{letter * 3}word" for letter in "abcdefghijklmnopqrstuvwxyz"]
    words = " ".join(parts)
    feed = Feed([profile(words), profile(" ".join([*parts[:20], "other"])), profile(" ".join(parts[::-1]))])
    assert feed.likeness(0, 1).order > 0.6
    assert feed.likeness(0, 2).order == 0.0, "one word is in order, and all the others speak against it"


def test_quoted_speech_is_no_wording() -> None:
    """Reports of one event quote the same people."""
    said, east, west = (" ".join(f"{name}{chr(97 + at)}" for at in range(26)) for name in ("said", "east", "west"))
    quote = f"“{said}”"
    texts = [f"{told} {quote}" for told in (east, west)]
    assert Feed([profile(text) for text in texts]).likeness(0, 1).wording == 0.0
    assert profile(quote).wording.size == 24, "an interview is all quotation, and has a wording all the same"


def test_case_and_blanks_make_no_other_text() -> None:
    assert digest("The Bridge\n closed.") == digest("the bridge closed. ")
    assert digest("The bridge closed.") != digest("The bridge closed!")


@settings(max_examples=20)
@given(st.integers(2, 90), st.integers(0, 5))
def test_candidates_stay_within_their_bounds(count: int, seed: int) -> None:
    rng = random.Random(seed)
    common = [f"common{at}" for at in range(40)]
    texts = [" ".join([*rng.sample(common, 30), *(f"own{at}{n}" for n in range(20))]) for at in range(count)]
    feed = Feed([profile(text) for text in texts])
    proposed = candidates.propose(feed, range(count), np.arange(count))
    assert len(proposed.pairs) <= 12 * count
    assert proposed.looks <= 768 * count
    assert all(left < right for left, right in proposed.pairs)
    assert len({tuple(pair) for pair in proposed.pairs.tolist()}) == len(proposed.pairs)


def starred(
    edges: Edges, own: Sequence[int], pull: Pull = lambda _, __: 1.0, may: May = lambda _, __: True
) -> dict[int, int]:
    ranks = np.arange(len(own))
    return stars(range(len(own)), edges, own=dict(enumerate(own)), pull=pull, may=may, ranks=ranks)


def test_a_star_has_no_arms_of_two() -> None:
    """0 - 1 - 2 - 3: the ends of a chain are not drawn in by its middle."""
    assert starred({(0, 1): 0.9, (1, 2): 0.8, (2, 3): 0.9}, [1] * 4) == {0: 1, 1: 1, 2: 3, 3: 3}


def test_who_may_not_be_a_centre_is_none() -> None:
    found = starred({(0, 1): 0.9, (0, 2): 0.8}, [1] * 3, may=lambda one, _: one != 0)
    assert found == {0: 1, 1: 1, 2: 2}


def test_a_star_goes_to_whom_it_can_take_along() -> None:
    edges, own = {(0, 1): 0.5}, [5, 4]
    assert starred(edges, own, lambda _, other: own[other]) == {0: 0, 1: 0}
    assert starred(edges, own, lambda one, other: own[other] * one) == {0: 1, 1: 1}


def test_what_is_looked_at_grows_with_the_feed_and_not_with_its_square() -> None:
    """`python -m eval grouping --growth` prints the same for 100, 1,000 and 10,000 articles."""
    small, large = looked(100), looked(500)
    assert (small.stories, large.stories) == (small.planted, large.planted)
    assert large.looks <= 1.25 * small.looks
    assert large.compared <= 1.25 * small.compared
    assert large.compared <= 24
