"""Temperature: the surest fit on what is known, judged on documents that were not fitted on."""

from __future__ import annotations

import math
import random
from pathlib import Path
from typing import Final

import pytest
import torch

from consistency.training import calibrate, network
from consistency.training.calibrate import GRID, Judged, best, calibration_error, chance, fit, fold, judge
from tests.make_tiny import MODELS, examples
from tests.training_data import write_rows

SHARP: Final = 3.0


def _planted(count: int = 1500, sharp: float = SHARP) -> list[Judged]:
    """Logits of a network that is `sharp` times too sure of itself."""
    rng = random.Random(5)
    found = []
    for _ in range(count):
        truth = rng.random() < 0.5
        # the log odds under which the truth was drawn, told too loudly
        odds = rng.gauss(1.6 if truth else -1.6, math.sqrt(3.2))
        logits = (0.0, -30.0, odds * sharp)
        found.append(Judged((logits, logits), int(truth), rng.randrange(2)))
    return found


def test_a_planted_temperature_is_found() -> None:
    assert fit(_planted()).temperature == pytest.approx(SHARP, rel=0.15)
    assert fit(_planted(sharp=1.0)).temperature == pytest.approx(1.0, rel=0.15)


def test_the_error_falls_on_documents_that_were_not_fitted_on() -> None:
    told = fit(_planted())
    assert told.error_after < 0.4 * told.error_before
    assert told.pairs == 1500


def test_the_order_of_pairs_changes_nothing() -> None:
    planted = _planted(300)
    assert fit(planted) == fit(planted)
    assert best(planted) == best(planted[::-1])


def test_one_class_and_none() -> None:
    assert best([one for one in _planted(50) if one.truth]) in GRID
    with pytest.raises(ValueError, match="no pairs"):
        fit([])


def test_the_error_of_what_is_right_is_nothing_and_of_what_is_wrong_is_all() -> None:
    assert calibration_error([(1.0, 1), (0.0, 0)]) == 0
    assert calibration_error([(1.0, 0), (0.0, 1)]) == 1
    assert calibration_error([(0.5, 1), (0.5, 0), (0.5, 0), (0.5, 0)]) == pytest.approx(0)


def test_folding_is_dividing_the_logits() -> None:
    model = network.build(MODELS / "tiny", marks=False).eval()
    inputs = {"input_ids": torch.tensor([[2, 5, 3, 6, 3]])}
    with torch.inference_mode():
        before = model(**inputs).logits
        fold(model, 2.5)
        after = model(**inputs).logits
    assert torch.allclose(after * 2.5, before, atol=1e-5)


def test_development_pairs_are_read_both_ways_by_document(tmp_path: Path) -> None:
    some = list(examples(12, 1))
    rows = [
        {"premise": one.premise, "hypothesis": one.hypothesis, "label": label, "cluster": f"c{at % 4}"}
        for at, (one, label) in enumerate(zip(some, ["contradiction", "paraphrase", "neutral"] * 4, strict=True))
    ]
    write_rows(tmp_path / f"{calibrate.SETS[0]}.jsonl.gz", rows)
    write_rows(tmp_path / "other.jsonl.gz", rows)
    model, tokens = network.build(MODELS / "tiny", marks=False), network.tokenizer(MODELS / "tiny")
    judged = judge(model, tokens, tmp_path, marks=False, batch=5)
    assert [one.truth for one in judged] == [1, 0] * 4
    kept = [row for row in rows if row["label"] != "neutral"]
    halves = {(row["cluster"], one.half) for one, row in zip(judged, kept, strict=True)}
    assert len(halves) == len({cluster for cluster, _ in halves}), "a document is in one half"
    for one, other in zip(judged, judge(model, tokens, tmp_path, marks=False, batch=2), strict=True):
        assert chance(one, 1.0) == pytest.approx(chance(other, 1.0), abs=1e-4)
    assert judge(model, tokens, tmp_path / "none", marks=False) == []
