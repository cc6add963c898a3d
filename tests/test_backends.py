"""One contract for every backend: scores, lengths, limit, digest; labels by name, float32, marks."""

from __future__ import annotations

import json
import string
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency import backends
from consistency.backends import pytorch
from consistency.backends.pytorch import PytorchScorer
from consistency.errors import InputError
from consistency.infer import score_all
from consistency.protocols import Scorer
from consistency.records import Scores
from tests.models import MODELS, altered, rewrite_weights

BACKENDS = ("lexical", "tiny", "tiny_marks")
SAME = ("The mayor opened the new bridge on Monday.", "The mayor opened the new bridge on Monday.")
DENIED = ("The mayor opened the new bridge on Monday.", "The mayor did not open the new bridge on Monday.")
OTHER = ("The judge sold the old tower on Friday.", "The singer cleaned the garden on Sunday.")
ODD = ("", " ", "[SEP]", "Zürich — “½” 北京", "\x00\x1b[31m", "a" * 60)

Alter = Callable[..., Path]


@cache
def scorer(name: str) -> Scorer:
    return backends.load(name if name == "lexical" else str(MODELS / name), threads=1)


@pytest.fixture
def alter(tmp_path: Path) -> Alter:
    """A copy of a tiny model with other entries in its config.json."""
    return partial(altered, tmp_path / "altered")


def _close(one: Scores, other: Scores) -> bool:
    """Equal up to one unit of the last digit that is kept."""
    return all(abs(getattr(one, name) - getattr(other, name)) < 1.5e-4 for name in pytorch.LABELS)


# The contract, for every backend.

WORDS = st.sampled_from(
    "the mayor judge opened sold did not never bridge new on monday friday . , 12 zürich [SEP]".split()
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=14).map(" ".join),
    st.text(alphabet=string.printable + "éß½北“”\u202e", max_size=40),
    st.sampled_from(ODD),
)
PAIRS = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=10)


@pytest.mark.parametrize("name", BACKENDS)
@settings(deadline=None, max_examples=40)
@given(pairs=PAIRS)
def test_three_named_probabilities_a_pair(name: str, pairs: list[tuple[str, str]]) -> None:
    scored = scorer(name).score(pairs)
    assert len(scored) == len(pairs)
    for scores in scored:
        values = (scores.entailment, scores.neutral, scores.contradiction)
        assert all(0 <= value <= 1 and value == round(value, 4) for value in values)
        assert abs(sum(values) - 1) < 2.5e-4


@pytest.mark.parametrize("name", BACKENDS)
@settings(deadline=None, max_examples=30)
@given(pairs=PAIRS, batch=st.integers(1, 12), order=st.randoms(use_true_random=False))
def test_the_same_pair_gets_the_same_scores_in_any_batch(
    name: str, pairs: list[tuple[str, str]], batch: int, order: Any
) -> None:
    alone = {pair: scorer(name).score([pair])[0] for pair in pairs}
    mixed = list(pairs)
    order.shuffle(mixed)
    for pair, scores in score_all(mixed, scorer(name), batch).items():
        assert _close(scores, alone[pair])
    for pair, scores in zip(mixed, scorer(name).score(mixed), strict=True):
        assert _close(scores, alone[pair])


@pytest.mark.parametrize("name", BACKENDS)
def test_nothing_asked_nothing_scored(name: str) -> None:
    assert scorer(name).score([]) == []
    assert scorer(name).lengths([]) == []


@pytest.mark.parametrize("name", BACKENDS)
def test_lengths_grow_with_both_texts_and_keep_order(name: str) -> None:
    pairs = [("a", "a"), ("the mayor opened", "a"), ("a", "the mayor opened"), ("the mayor opened", "the mayor opened")]
    short, left, right, long = scorer(name).lengths(pairs)
    assert short < left == right < long
    assert scorer(name).lengths(pairs[::-1]) == [long, right, left, short]


@pytest.mark.parametrize("name", BACKENDS)
def test_a_pair_at_the_limit_is_read_and_a_longer_one_refused(name: str) -> None:
    one = scorer(name)
    room = one.limit - one.lengths([("", "")])[0]
    word = "a" if name == "lexical" else "a "
    fits, longer = ("a", word * (room - 1)), ("a", word * room)
    assert one.lengths([fits, longer]) == [one.limit, one.limit + 1]
    assert len(one.score([fits])) == 1
    with pytest.raises(InputError, match=str(one.limit + 1)) as caught:
        one.score([SAME, longer])
    assert caught.value.remedy
    assert score_all([fits, longer], one).keys() == {fits}


@pytest.mark.parametrize("name", BACKENDS)
def test_an_end_far_behind_counts_as_much_as_the_beginning(name: str) -> None:
    """Nothing is cut: a negation in the last words of a pair of nearly full length is read."""
    filler = "On Friday the queen and the actor visited the old famous garden. " * (3 if name != "lexical" else 30)
    told, denied = filler + SAME[0], filler + DENIED[1]
    assert scorer(name).lengths([(told, denied)])[0] <= scorer(name).limit
    same, other = scorer(name).score([(told, told), (told, denied)])
    assert not _close(same, other)


@pytest.mark.parametrize("name", BACKENDS)
def test_a_repetition_is_entailed_and_a_denial_contradicts(name: str) -> None:
    same, denied, other = scorer(name).score([SAME, DENIED, OTHER])
    assert same.entailment > 0.5
    assert denied.contradiction > 0.5
    assert other.neutral > 0.5


def test_every_name_has_its_own_digest_and_keeps_it() -> None:
    digests = {name: scorer(name).digest for name in BACKENDS}
    assert len(set(digests.values())) == len(BACKENDS)
    for name in ("tiny", "tiny_marks"):
        assert PytorchScorer(str(MODELS / name)).digest == digests[name]


# What goes into the digest.


def test_the_digest_follows_the_weights(alter: Alter) -> None:
    folder = alter()

    def nudge(name: str, tensor: Any) -> Any:
        return tensor + 1e-4 if name == "classifier.bias" else tensor

    rewrite_weights(folder, nudge)
    assert backends.load(str(folder)).digest != scorer("tiny").digest


def test_the_digest_does_not_follow_the_folder(alter: Alter) -> None:
    assert backends.load(str(alter(transformers_version="0"))).digest == scorer("tiny").digest


@pytest.mark.parametrize("entries", [{"layer_norm_eps": 1e-3}, {"hidden_act": "relu"}])
def test_the_digest_follows_settings_that_change_scores(alter: Alter, entries: dict[str, Any]) -> None:
    assert backends.load(str(alter(**entries))).digest != scorer("tiny").digest


def test_the_digest_follows_the_tokenizer(alter: Alter) -> None:
    folder = alter()
    tokenizer = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    vocabulary = tokenizer["model"]["vocab"]
    vocabulary["bridge"], vocabulary["harbour"] = vocabulary["harbour"], vocabulary["bridge"]
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), "utf-8")
    assert backends.load(str(folder)).digest != scorer("tiny").digest


# How a model is read.


def test_labels_are_mapped_by_name(alter: Alter) -> None:
    """The head's rows turned and its names with them: the same scores; the fixture's order is not ours."""
    stored = json.loads((MODELS / "tiny" / "config.json").read_text("utf-8"))["id2label"]
    assert [stored[str(at)] for at in range(3)] != list(pytorch.LABELS)
    turned = {str((at + 1) % 3): stored[str(at)].upper() for at in range(3)}
    folder = alter(id2label=turned, label2id={label: int(at) for at, label in turned.items()})
    rewrite_weights(folder, lambda name, tensor: tensor.roll(1, 0) if name.startswith("classifier") else tensor)
    for one, other in zip(backends.load(str(folder)).score([SAME, DENIED, OTHER]), _tiny_scores(), strict=True):
        assert _close(one, other)


def _tiny_scores() -> list[Scores]:
    return scorer("tiny").score([SAME, DENIED, OTHER])


def test_half_precision_weights_are_read_as_float32(alter: Alter) -> None:
    import torch

    folder = alter(dtype="float16")
    rewrite_weights(folder, lambda _, tensor: tensor.half())
    half = PytorchScorer(str(folder))
    assert {weight.dtype for weight in half._model.parameters()} == {torch.float32}
    for one, other in zip(half.score([SAME, DENIED, OTHER]), _tiny_scores(), strict=True):
        assert one.entailment == pytest.approx(other.entailment, abs=0.01)


def test_marks_change_what_the_model_sees() -> None:
    marked = PytorchScorer(str(MODELS / "tiny_marks"))
    assert marked._inputs([SAME])["token_type_ids"].unique().tolist() == [0, 1]
    assert marked._inputs([DENIED])["token_type_ids"].unique().tolist() == [0, 1, 2, 3]
    assert scorer("tiny")._inputs([DENIED])["token_type_ids"].unique().tolist() == [0, 1]  # type: ignore[attr-defined]
