"""Metrics and their intervals: against scikit-learn on random data, and against the truth in a simulation."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    balanced_accuracy_score,
    brier_score_loss,
    f1_score,
    precision_score,
    recall_score,
    roc_auc_score,
)

from consistency.config import Config
from consistency.errors import ConfigError, InputError
from eval import metrics, thresholds
from eval.formulas import BINS, FORMULAS, Items, items, pairs_within
from eval.metrics import expanded, interval, measure

THRESHOLDS: Final = [0.0, 0.1, 0.5, 0.7, 1.0]
SCORES: Final = st.one_of(st.sampled_from([0.0, 0.1, 0.4999, 0.5, 0.5001, 0.9, 1.0]), st.floats(0, 1))
JUDGED: Final = st.lists(st.tuples(st.booleans(), SCORES, st.sampled_from("abcdef")), min_size=2, max_size=60).filter(
    lambda judged: len({truth for truth, _, _ in judged}) == 2
)


def _items(judged: list[tuple[bool, float, str]], threshold: float = 0.5) -> Items:
    truths, scores, clusters = zip(*judged, strict=True)
    return items(truths, scores, clusters, threshold)


@given(judged=JUDGED, threshold=st.sampled_from(THRESHOLDS))
@settings(deadline=None)
def test_metrics_agree_with_scikit_learn(judged: list[tuple[bool, float, str]], threshold: float) -> None:
    truths, scores = [truth for truth, _, _ in judged], [score for _, score, _ in judged]
    verdicts = [score >= threshold for score in scores]
    found = {name: one.value for name, one in measure(_items(judged, threshold), draws=20).items()}
    wanted = {
        "auc": roc_auc_score(truths, scores),
        "average_precision": average_precision_score(truths, scores),
        "recall": recall_score(truths, verdicts),
        "precision": precision_score(truths, verdicts) if any(verdicts) else None,
        "f1": f1_score(truths, verdicts),
        "accuracy": accuracy_score(truths, verdicts),
        "false_alarm_rate": 1 - recall_score(truths, verdicts, pos_label=False),
        "balanced_accuracy": balanced_accuracy_score(truths, verdicts),
        "brier": brier_score_loss(truths, scores),
    }
    assert {name: found[name] for name in wanted} == pytest.approx(wanted, abs=1e-6)


def test_calibration_error_is_the_gap_of_each_bin() -> None:
    random = np.random.default_rng(3)
    score = random.random(500).round(3)
    truth = random.random(500) < score**2
    wanted = 0.0
    for at in range(BINS):
        inside = (score >= at / BINS) & ((score < (at + 1) / BINS) | (at == BINS - 1))
        if inside.any():
            wanted += inside.mean() * abs(score[inside].mean() - truth[inside].mean())
    given_items = items(truth.tolist(), score.tolist(), ["one"] * 250 + ["two"] * 250, 0.5)
    assert metrics.value(given_items, "ece") == pytest.approx(wanted, abs=1e-6)


def test_pairs_count_within_a_cluster_and_ties_count_half() -> None:
    judged = [
        (True, 0.9, "a"),
        (False, 0.1, "a"),
        (False, 0.9, "a"),
        (True, 0.2, "b"),
        (False, 0.3, "b"),
        (True, 1.0, "c"),
    ]
    found = _items(judged)
    assert pairs_within(found).tolist() == [[1, 1, 2], [0, 0, 1], [0, 0, 0]]
    assert metrics.value(found, "pairwise_consistency") == pytest.approx(1.5 / 3)
    assert metrics.value(_items([judged[0], judged[4]]), "pairwise_consistency") is None


@given(judged=JUDGED)
@settings(deadline=None, max_examples=40)
def test_pairwise_consistency_is_what_its_words_say(judged: list[tuple[bool, float, str]]) -> None:
    pairs = [
        (score > other) + (score == other) / 2
        for wrong, score, cluster in judged
        for right, other, near in judged
        if wrong and not right and cluster == near
    ]
    wanted = sum(pairs) / len(pairs) if pairs else None
    assert metrics.value(_items(judged), "pairwise_consistency") == pytest.approx(wanted, abs=1e-6)


def test_alarms_count_on_consistent_articles_alone() -> None:
    found = items([False, False, True, False], [0.0] * 4, list("abcd"), 0.5, alarms=[3, 0, 9, None])
    assert metrics.value(found, "alarms_per_article") == 1.5


def test_three_way_accuracy_counts_neutral_rows() -> None:
    found = items([False, None, True, None], [0.1, 0.2, 0.9, 0.9], list("abcd"), 0.5, right=[True, False, True, None])
    assert metrics.value(found, "accuracy") == pytest.approx(2 / 3, abs=1e-6)


@pytest.mark.parametrize(
    ("truth", "measured", "other", "reason"),
    [
        (True, "recall", "false_alarm_rate", "no consistent rows"),
        (False, "false_alarm_rate", "recall", "no inconsistent rows"),
    ],
)
def test_one_class_gives_what_it_can(truth: bool, measured: str, other: str, reason: str) -> None:
    found = measure(items([truth] * 4, [0.1, 0.5, 0.6, 0.9], list("abcd"), 0.5))
    assert found.pop(measured).value == 0.75
    assert found.pop(other).reason == reason
    assert set(found) == set(FORMULAS) - {measured, other}
    assert all(one.value is None and one.low is None and one.reason for one in found.values())
    assert found["auc"].reason == "one class only"


def test_no_rows_give_nothing_and_say_why() -> None:
    assert all(one.value is None and one.reason for one in measure(items([], [], [], 0.5)).values())


def test_columns_of_different_length_and_scores_that_are_none_are_refused() -> None:
    with pytest.raises(InputError, match="length"):
        items([True], [0.1, 0.2], ["a"], 0.5)
    with pytest.raises(InputError, match="number"):
        items([True], [math.nan], ["a"], 0.5)


# Intervals.


@given(judged=JUDGED)
@settings(deadline=None, max_examples=40)
def test_an_interval_holds_its_value_and_keeps_the_scale(judged: list[tuple[bool, float, str]]) -> None:
    for name, one in measure(_items(judged), draws=50).items():
        if one.low is not None and one.high is not None and one.value is not None:
            assert 0 <= one.low <= one.value <= one.high <= FORMULAS[name].bound, name


def test_the_same_seed_gives_the_same_interval_and_another_one_does_not() -> None:
    random = np.random.default_rng(0)
    judged = [(bool(random.random() < 0.5), float(random.random()), str(at // 3)) for at in range(90)]
    assert measure(_items(judged), seed=1) == measure(_items(judged), seed=1)
    assert measure(_items(judged), seed=1)["auc"] != measure(_items(judged), seed=2)["auc"]


def test_the_order_of_rows_does_not_matter() -> None:
    random = np.random.default_rng(0)
    judged = [(bool(random.random() < 0.5), float(random.random()), str(at // 3)) for at in range(90)]
    assert measure(_items(judged[::-1])) == measure(_items(judged))


def test_rows_of_one_document_are_no_independent_witnesses() -> None:
    """The same rows twice are no more evidence where their clusters say so."""
    random = np.random.default_rng(5)
    judged = [(bool(at % 2), float(random.random()), str(at)) for at in range(60)]
    once = measure(_items(judged))["balanced_accuracy"]
    twice = measure(_items([*judged, *judged]))["balanced_accuracy"]
    naive = measure(_items([*judged, *((truth, score, f"{name}'") for truth, score, name in judged)]))
    assert (twice.low, twice.high) == (once.low, once.high)
    assert _width(naive["balanced_accuracy"]) < 0.85 * _width(once)


def _width(one: metrics.Metric) -> float:
    assert one.low is not None
    assert one.high is not None
    return one.high - one.low


def test_all_caught_is_no_certainty() -> None:
    found = measure(items([True] * 20 + [False] * 20, [0.9] * 20 + [0.1] * 20, [str(at) for at in range(40)], 0.5))
    recall, alarms, auc = found["recall"], found["false_alarm_rate"], found["auc"]
    assert recall.value == recall.high == auc.value == 1.0
    assert recall.low == pytest.approx(0.025 ** (1 / 20), abs=1e-6)
    assert alarms.value == alarms.low == 0.0
    assert alarms.high == pytest.approx(1 - 0.025 ** (1 / 20), abs=1e-6)
    assert auc.low is not None
    assert auc.low < 1


def test_one_cluster_has_no_interval() -> None:
    found = measure(items([True, False], [0.9, 0.1], ["a", "a"], 0.5))["auc"]
    assert (found.value, found.low, found.high) == (1.0, None, None)
    assert "cluster" in found.reason


def test_few_clusters_cut_smaller_tails() -> None:
    assert expanded(3) < expanded(10) < expanded(10_000) < 0.025
    assert expanded(10_000) == pytest.approx(0.025, abs=1e-4)
    assert interval(np.array([0.1, 0.2, np.nan, np.nan, np.nan]), 9, 0.15) is None


CLUSTERS: Final = 40
INSIDE: Final = 5


def _drawn(random: np.random.Generator) -> Items:
    """Documents with a mood of their own: what is caught in one is caught together."""
    mood = random.normal(0, 0.15, CLUSTERS).repeat(INSIDE)
    truth = random.random(CLUSTERS * INSIDE) < 0.5
    score = np.clip(0.4 + 0.2 * truth + mood + random.normal(0, 0.15, CLUSTERS * INSIDE), 0, 1)
    names = [str(at // INSIDE) for at in range(CLUSTERS * INSIDE)]
    return items(truth.tolist(), score.tolist(), names, 0.5)


@pytest.mark.parametrize("name", ["auc", "recall", "balanced_accuracy", "average_precision", "brier"])
def test_intervals_cover_at_the_nominal_rate(name: str) -> None:
    """95 % of 300 simulated sets, give or take what 300 draws can tell (three standard errors: 3.8 points)."""
    random = np.random.default_rng(11)
    many = [metrics.value(_drawn(random), name) for _ in range(1_500)]
    truth = float(np.mean([one for one in many if one is not None]))
    covered = 0
    for at in range(300):
        found = measure(_drawn(random), [name], seed=at, draws=400)[name]
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= truth <= found.high
    assert 0.91 <= covered / 300 <= 0.99


def test_kinds_have_their_own_shares() -> None:
    judged = [(True, 0.9, "a"), (True, 0.1, "b"), (True, 0.9, "c"), (False, 0.8, "a"), (False, 0.1, "b")]
    told = metrics.kinds(_items(judged), ["number", "number", "", "honest", "honest"], draws=50)
    assert list(told) == ["honest", "number"]
    assert told["number"]["n"] == 2
    assert isinstance(told["number"]["recall"], metrics.Metric)
    assert told["number"]["recall"].value == 0.5
    assert "false_alarm_rate" not in told["number"]
    assert isinstance(told["honest"]["false_alarm_rate"], metrics.Metric)
    assert told["honest"]["false_alarm_rate"].value == 0.5


# Thresholds.


@given(judged=JUDGED)
@settings(deadline=None, max_examples=60)
def test_the_oracle_is_the_best_that_any_threshold_gives(judged: list[tuple[bool, float, str]]) -> None:
    truths, scores = [truth for truth, _, _ in judged], [score for _, score, _ in judged]
    found = thresholds.best(_items(judged))
    best = max(balanced_accuracy_score(truths, [score >= cut for score in scores]) for cut in [*scores, 0.0, 1.0])
    cut = balanced_accuracy_score(truths, [score >= found for score in scores])
    close = min((abs(a - b) for a in scores for b in scores if a != b), default=1.0)
    assert 0 <= found <= 1
    if close > 1e-5:
        assert cut == pytest.approx(best)


def test_a_tuned_threshold_names_its_split_and_needs_both_classes() -> None:
    judged = [(True, 0.9, "a"), (True, 0.8, "b"), (False, 0.7, "c"), (False, 0.1, "d")]
    found = thresholds.tuned(_items(judged), "paws_wiki/dev")
    assert found.column == "tuned"
    assert found.value == pytest.approx(0.75)
    assert "paws_wiki/dev" in found.origin
    with pytest.raises(InputError, match="one class"):
        thresholds.tuned(_items(judged[:2]), "paws_wiki/dev")


def test_the_fixed_threshold_is_the_one_that_ships() -> None:
    assert thresholds.fixed().value == Config().threshold
    assert thresholds.fixed().origin.startswith("fixed")


@pytest.mark.parametrize("name", ["summedits_news_doc.jsonl.gz", "summedits_news_pairs.jsonl", "my_test.jsonl"])
def test_tuning_on_a_test_split_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match="test"):
        thresholds.refuse_test([Path("anywhere") / name])
    thresholds.refuse_test([Path("anywhere") / "paws_wiki.jsonl.gz", Path("latest.jsonl")])


def test_tuning_on_our_own_pairs_is_refused() -> None:
    from eval.tasks.own_pairs import PAIRS

    with pytest.raises(ConfigError, match="test"):
        thresholds.refuse_test([PAIRS])
