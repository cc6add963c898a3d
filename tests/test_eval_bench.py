"""`python -m eval bench`: the arithmetic, and what is measured against what.

No test here asks how long anything takes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency import pipeline
from consistency.backends._network import NetworkScorer
from consistency.errors import ConfigError
from consistency.protocols import Begun
from consistency.records import Scores
from eval import bench
from eval.bench import _apart, _rates, _texts
from eval.bench._clock import Stages, interleaved, ratios
from eval.bench._flops import gflops, multiplied, operations
from eval.bench._plain import BATCH, RUNTIME, Plain
from eval.bench._record import (
    Data,
    Differs,
    Missing,
    Performance,
    Spread,
)
from eval.rows import Row
from tests.measured import TINY, make_row
from tests.models import MODELS

MARKED = MODELS / "tiny_marks"
SENTENCES = [
    f"The {who} opened the {how} bridge{more}."
    for who in ("mayor", "judge", "coach", "minister", "doctor", "farmer", "singer")
    for how in ("new", "old", "small")
    for more in ("", " on Monday", " on Monday and closed the harbour on Friday")
]
PAIRS = [*pairwise(SENTENCES), (SENTENCES[0], SENTENCES[-1])]


def unheard(_stage: str, _done: int, _total: int) -> None:
    """Nobody waits."""


class Hands:
    """A clock that shows what it is told to, one reading after the other."""

    def __init__(self, *readings: float) -> None:
        self._left = iter(readings)

    def __call__(self) -> float:
        return next(self._left)


@given(st.lists(st.floats(0.001, 1_000), min_size=1, max_size=9))
def test_a_spread_is_the_median_between_the_lowest_and_the_highest(values: list[float]) -> None:
    found = Spread.of(values)
    assert found.low <= found.median <= found.high
    assert found.median == pytest.approx(median(values), rel=1e-3)
    assert (found.low, found.high) == pytest.approx((min(values), max(values)), rel=1e-3)


def test_a_ratio_is_taken_round_by_round() -> None:
    slow, fast = [8.0, 80.0, 9.0], [2.0, 20.0, 3.0]  # the second round was ten times as busy
    assert ratios(slow, fast) == Spread(4.0, 3.0, 4.0)
    with pytest.raises(ValueError, match="zip"):
        ratios(slow, fast[:2])


def test_runs_take_turns_in_every_round() -> None:
    order: list[str] = []
    runs = {name: (lambda name=name: order.append(name)) for name in ("plain", "a", "b")}
    seconds = interleaved(runs, 2, Hands(0, 1, 1, 3, 3, 6, 10, 14, 14, 19, 19, 25))
    assert order == ["plain", "a", "b", "plain", "a", "b"]
    assert seconds == {"plain": [1, 4], "a": [2, 5], "b": [3, 6]}


def test_stages_are_timed_only_within_their_context() -> None:
    class Module:
        @staticmethod
        def align(value: int) -> int:
            return value + 1

    before = Module.align
    with Stages(Module, {"aligning": "align"}, Hands(1, 4, 10, 11)) as stages:
        assert [Module.align(1), Module.align(2)] == [2, 3]
    assert stages.seconds == {"aligning": 4}
    assert Module.align is before


def test_every_stage_that_is_named_is_one_of_the_pipeline() -> None:
    assert all(callable(getattr(pipeline, name)) for name in _apart.STAGES.values())


def test_operations_of_a_small_network_are_counted_by_hand() -> None:
    config = {"hidden_size": 4, "intermediate_size": 8, "num_hidden_layers": 2}
    # a word piece in a layer: four projections of 4 by 4, two of 4 by 8, three others looked at twice; each is two
    assert operations(config, 3) == 2 * 3 * (2 * 4 * 4 * 4 + 2 * 2 * 4 * 8 + 2 * 2 * 3 * 4)
    assert gflops(config, [3, 3], 2e-6) == round(operations(config, 3) / 1e3, 1)


def test_operations_are_what_the_network_does() -> None:
    import torch
    from torch.utils.flop_counter import FlopCounterMode
    from transformers import AutoModelForSequenceClassification

    network: Any = AutoModelForSequenceClassification.from_pretrained(TINY, attn_implementation="eager").eval()
    config = json.loads((TINY / "config.json").read_text("utf-8"))
    with FlopCounterMode(display=False) as counter, torch.inference_mode():
        network(input_ids=torch.ones(5, 12, dtype=torch.long))
    hidden, labels = config["hidden_size"], 3
    ends = 5 * (2 * hidden * hidden + 2 * hidden * labels)  # of each pair: the pooled word piece and its labels
    assert counter.get_total_flops() == 5 * operations(config, 12) + ends


def test_matrices_are_multiplied_in_every_precision_and_shape() -> None:
    found = multiplied(1, 0.001)
    assert {one.precision for one in found} == {"float32", "bfloat16"}
    assert len(found) == 4
    assert all(one.gflops > 0 for one in found)


@pytest.fixture(scope="module", params=[TINY, MARKED], ids=lambda folder: folder.name)
def plain(request: pytest.FixtureRequest) -> Plain:
    return Plain(str(request.param), 1)


def test_plain_takes_32_in_random_order_and_always_the_same(plain: Plain) -> None:
    batches = plain.batches(100)
    order = [at for batch in batches for at in batch]
    assert [len(batch) for batch in batches] == [32, 32, 32, 4]
    assert sorted(order) == list(range(100))
    assert order != sorted(order)
    assert batches == plain.batches(100)
    assert len({at // BATCH for at in batches[0]}) > 1, "one batch takes from everywhere"
    assert Plain(str(TINY), 1, seed=1).batches(100) != batches


def test_plain_fills_up_to_the_longest_of_its_batch_and_no_further(plain: Plain) -> None:
    plain.score(PAIRS)
    lengths = plain.lengths(PAIRS)
    widths = iter(plain.widths)
    for batch in plain.batches(len(PAIRS)):
        assert {next(widths) for _ in batch} == {max(lengths[at] for at in batch)}
    assert sum(plain.pieces) == sum(lengths)
    assert sum(plain.widths) > sum(lengths)


def test_plain_scores_as_the_tool_does(plain: Plain) -> None:
    """So that what is compared is how, and not what."""
    ours = _rates.one(str(MARKED if plain._pairs else TINY), "pytorch/fp32", 1)
    assert ours.digest == plain.digest
    assert _rates.largest(ours.score(PAIRS), plain.score(PAIRS)) <= 0.0002


def test_plain_reads_a_pair_with_its_marks_as_the_tool_does() -> None:
    from consistency.backends._model import Model

    told = Plain(str(MARKED), 1).encode(PAIRS[:5])
    for row, encoded in enumerate(Model(str(MARKED)).encode(PAIRS[:5])):
        length = len(encoded.ids)
        assert told["input_ids"][row, :length].tolist() == encoded.ids
        assert told["token_type_ids"][row, :length].tolist() == encoded.types
        assert told["attention_mask"][row].sum() == length


@pytest.fixture(scope="module")
def loaded() -> _rates.Loaded:
    return _rates.load(str(TINY), 1, ["pytorch/fp32", "pytorch/bf16", "onnx/fp32"])


def test_every_runtime_is_measured_over_the_same_unread_pairs(
    loaded: _rates.Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, list[set[tuple[str, str]]]] = {}
    plain, ours = Plain.score, NetworkScorer.begin

    def heard_plain(self: Plain, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        asked.setdefault(self.runtime, []).append(set(pairs))
        return plain(self, pairs)

    def heard(self: NetworkScorer, pairs: Sequence[tuple[str, str]]) -> Begun:
        asked.setdefault(self.runtime, []).append(set(pairs))
        return ours(self, pairs)

    monkeypatch.setattr(Plain, "score", heard_plain)
    monkeypatch.setattr(NetworkScorer, "begin", heard)
    forgotten: list[str] = []
    monkeypatch.setattr(_rates, "forget", lambda scorer: forgotten.append(scorer.runtime))
    config = json.loads((TINY / "config.json").read_text("utf-8"))
    given = {"threads": 1, "rounds": 2, "matmul_seconds": 0.001, "told": unheard}
    data = Data("some", "0" * 64, len(PAIRS))
    found = _rates.rates(data, PAIRS, loaded.scorers, Plain(str(TINY), 1), config, **given)  # type: ignore[arg-type]
    assert asked == dict.fromkeys([RUNTIME, *loaded.scorers], [set(PAIRS)] * 3)
    assert forgotten == [*loaded.scorers] * 2
    assert [rate.runtime for rate in found.backends] == [*loaded.scorers]
    assert found.plain.ratio == Spread(1, 1, 1)
    assert found.plain.padding > found.backends[0].padding >= 0
    assert found.backends[0].difference <= 0.0002
    assert found.rounds == 2


def test_word_pieces_that_were_read_are_let_go(loaded: _rates.Loaded) -> None:
    scorer = loaded.scorers["pytorch/fp32"]
    scorer.lengths(PAIRS)
    assert scorer._model._pieces
    _rates.forget(scorer)
    assert not scorer._model._pieces


def test_a_runtime_that_is_not_there_is_told_and_the_rest_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    from consistency.errors import MissingExtra

    def one(model: str, runtime: str, threads: int) -> NetworkScorer:
        if runtime != "pytorch/fp32":
            raise MissingExtra(f"no {runtime}", "pip install it")
        return object.__new__(NetworkScorer)

    monkeypatch.setattr(_rates, "one", one)
    found = _rates.load("any", 1, ["pytorch/fp32", "openvino/bf16"])
    assert list(found.scorers) == ["pytorch/fp32"]
    assert found.missing == [Missing("openvino/bf16", "no openvino/bf16 pip install it")]


def test_a_model_without_a_network_has_no_speed() -> None:
    with pytest.raises(ConfigError, match="lexical"):
        _rates.one("lexical", "pytorch/fp32", 1)


class Sure:
    """Scores that are given for each direction; all else is neutral."""

    digest, runtime, limit = "sure", "sure", 1_000

    def __init__(self, known: dict[tuple[str, str], float]) -> None:
        self._known = known

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        return [1_001 if "long" in pair else 1 for pair in pairs]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        return [Scores(0.0, 1 - found, found) for found in (self._known.get(pair, 0.1) for pair in pairs)]


def test_a_verdict_is_of_both_directions_and_a_label_of_one() -> None:
    rows: list[Row] = [make_row("a", "b"), make_row("a", "b"), make_row("c", "d"), make_row("e", "long")]
    reference = Sure({("a", "b"): 0.92, ("b", "a"): 0.90, ("c", "d"): 0.6})
    near = Sure({("a", "b"): 0.92, ("b", "a"): 0.88, ("c", "d"): 0.45})
    far = Sure({("a", "b"): 0.92, ("b", "a"): 0.87, ("c", "d"): 0.6, ("d", "c"): 0.1})
    scorers = {"pytorch/fp32": reference, "near": near, "far": far}
    found = _rates.verdicts([Data("some", "", 4)], rows, scorers, 0.9, unheard)
    assert found.alarms == 1
    assert found.backends == (
        Differs("near", verdicts=0, pairs=2, labels=1, directions=4, largest=0.15),
        Differs("far", verdicts=1, pairs=2, labels=0, directions=4, largest=0.03),
    )
    assert (found.backends[1].share, found.backends[0].label_share) == (0.5, 0.25)


def test_pairs_and_verdicts_of_a_tiny_model_end_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_rates.load, "__defaults__", (("pytorch/fp32", "pytorch/bf16"),))
    setting = bench.Setting(str(TINY), 1, None, _texts.OWN, bench.SMALL, 0, unheard)
    found = bench.measure(setting, ["pairs"], quick=True)
    assert found.rates is not None
    assert found.verdicts is not None
    assert {rate.runtime for rate in found.rates.backends} == {"pytorch/fp32", "pytorch/bf16"}
    assert [one.runtime for one in found.verdicts.backends] == ["pytorch/bf16"]
    assert found.verdicts.backends[0].pairs <= bench.SMALL.judged
    assert found.rates.data.pairs <= 2 * bench.SMALL.rows
    assert msgspec.json.decode(msgspec.json.encode(found), type=Performance) == found
