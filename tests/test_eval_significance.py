"""Paired tests: a planted better system wins, an equal one does not, and a set says what it could tell apart."""

from __future__ import annotations

from typing import Final

import numpy as np
import pytest

from consistency.errors import InputError
from eval.formulas import FORMULAS, Items, items
from eval.significance import compare, holm, ranked

CLUSTERS: Final = 60
INSIDE: Final = 4
ORDER: Final = ("auc", "average_precision", "pairwise_consistency")


def _system(
    random: np.random.Generator, skill: float, truth: np.ndarray[tuple[int], np.dtype[np.bool_]], scale: float = 1.0
) -> Items:
    """Scores with a lean to the truth; documents have a mood of their own."""
    mood = random.normal(0, 0.08, CLUSTERS).repeat(INSIDE)
    score = np.clip(0.5 + skill * (truth - 0.5) + mood + random.normal(0, 0.2, len(truth)), 0, 1) * scale
    return items(truth.tolist(), score.tolist(), [str(at // INSIDE) for at in range(len(truth))], 0.5)


def _truth(random: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return random.random(CLUSTERS * INSIDE) < 0.5


@pytest.mark.parametrize("name", [*ORDER, "balanced_accuracy", "f1", "brier"])
def test_a_planted_better_system_wins(name: str) -> None:
    random = np.random.default_rng(1)
    truth = _truth(random)
    weak, strong = _system(random, 0.1, truth), _system(random, 0.5, truth)
    found = compare(weak, strong, name)
    assert found.better == "second"
    assert compare(strong, weak, name).better == "first"
    assert found.p is not None
    assert found.p < 0.01
    assert found.low is not None
    assert found.high is not None
    assert found.low > 0 or found.high < 0
    assert (found.difference or 0) * (-1 if FORMULAS[name].worse else 1) > 0


@pytest.mark.parametrize("name", ["auc", "recall"])
def test_equal_systems_are_told_apart_as_seldom_as_the_level_says(name: str) -> None:
    """200 pairs of equal systems: 5 % false wins, give or take three standard errors (4.6 points)."""
    random = np.random.default_rng(2)
    wins = 0
    for at in range(200):
        truth = _truth(random)
        one, other = _system(random, 0.3, truth), _system(random, 0.3, truth)
        wins += bool(compare(one, other, name, seed=at, swaps=200, draws=50).better)
    assert wins / 200 <= 0.097


def test_a_system_is_never_better_than_itself() -> None:
    random = np.random.default_rng(3)
    one = _system(random, 0.3, _truth(random))
    for name in FORMULAS:
        found = compare(one, one, name)
        assert found.better == ""
        if not found.reason:
            assert (found.difference, found.low, found.high, found.p) == (0.0, 0.0, 0.0, 1.0)


@pytest.mark.parametrize("name", ORDER)
def test_another_scale_makes_no_other_system(name: str) -> None:
    """What reads order alone must not be moved by a system whose scores are all small."""
    random = np.random.default_rng(4)
    truth = _truth(random)
    one, other = _system(random, 0.3, truth), _system(random, 0.4, truth)
    names = [str(at // INSIDE) for at in range(len(truth))]
    small = items(truth.tolist(), (other.score / 10).tolist(), names, 0.5)
    found = compare(one, small, name)
    assert found == compare(one, other, name)
    assert found.p is not None
    assert found.p < 1


def test_ranks_keep_order_and_ties_and_leave_out_what_is_not_judged() -> None:
    given = items([True, None, False, False, True], [0.9, 0.95, 0.2, 0.2, 0.1], list("abcde"), 0.5)
    assert ranked(given).score.tolist() == pytest.approx([1.0, 0.0, 0.625, 0.625, 0.25])


def test_clusters_change_sides_as_a_whole() -> None:
    """Forty rows that agree are one witness where they are one document."""
    truth = [True] * 40 + [False] * 40
    bad, good = [0.1] * 80, [0.9] * 40 + [0.1] * 40
    rows = [str(at) for at in range(80)]
    blocks = [str(at // 40) for at in range(80)]
    alone = compare(items(truth, bad, rows, 0.5), items(truth, good, rows, 0.5), "recall")
    together = compare(items(truth, bad, blocks, 0.5), items(truth, good, blocks, 0.5), "recall")
    assert alone.better == "second"
    assert alone.p is not None
    assert alone.p < 0.01
    assert together.better == ""
    assert together.p is not None
    assert together.p > 0.3


def test_more_rows_tell_smaller_differences_apart() -> None:
    random = np.random.default_rng(5)

    def detectable(copies: int) -> float:
        truth = np.concatenate([_truth(random) for _ in range(copies)])
        names = [str(at // INSIDE) for at in range(len(truth))]
        scores = [
            np.clip(0.5 + 0.3 * (truth - 0.5) + random.normal(0, 0.2, len(truth)), 0, 1).tolist() for _ in range(2)
        ]
        one, other = (items(truth.tolist(), score, names, 0.5) for score in scores)
        found = compare(one, other, "balanced_accuracy", swaps=50).detectable
        assert found is not None
        return found

    small, large = detectable(1), detectable(16)
    assert large == pytest.approx(small / 4, rel=0.25)


def test_what_is_detectable_is_found_four_times_out_of_five() -> None:
    """Plant a difference of just that size, 100 times; three standard errors are 12 points."""
    random = np.random.default_rng(6)

    def pair(lift: float) -> tuple[Items, Items]:
        names = [str(at) for at in range(300)]
        caught = [(random.random(300) < share).astype(float).tolist() for share in (0.5, 0.5 + lift)]
        one, other = (items([True] * 300, score, names, 0.5) for score in caught)
        return one, other

    size = compare(*pair(0.0), "recall", swaps=50).detectable
    assert size is not None
    found = sum(compare(*pair(size), "recall", seed=at, swaps=300, draws=50).better == "second" for at in range(100))
    assert 0.66 <= found / 100 <= 0.94


def test_other_rows_are_refused() -> None:
    one = items([True, False], [0.9, 0.1], ["a", "b"], 0.5)
    with pytest.raises(InputError, match="same rows"):
        compare(one, items([True, True], [0.9, 0.1], ["a", "b"], 0.5), "auc")


def test_what_does_not_apply_is_named() -> None:
    one = items([True, True], [0.9, 0.1], ["a", "b"], 0.5)
    assert compare(one, one, "auc").reason == "one class only"
    together = items([True, False], [0.9, 0.1], ["a", "a"], 0.5)
    assert "cluster" in compare(together, together, "auc").reason


def test_the_same_seed_gives_the_same_answer() -> None:
    random = np.random.default_rng(7)
    truth = _truth(random)
    one, other = _system(random, 0.2, truth), _system(random, 0.3, truth)
    assert compare(one, other, "auc", seed=1) == compare(one, other, "auc", seed=1)
    assert compare(one, other, "auc", seed=1) != compare(one, other, "auc", seed=2)


def test_many_tests_are_corrected() -> None:
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03}) == pytest.approx({"a": 0.03, "c": 0.06, "b": 0.06})
    assert holm({"a": 0.9, "b": 0.8}) == {"b": 1.0, "a": 1.0}
