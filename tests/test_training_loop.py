"""The loop: full batches that cover the data, and a run that can be cut off anywhere."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.encoding import Encoded
from consistency.training import loop
from consistency.training.loop import PAD_TO, Item, LoopSettings, batches, collate, schedule
from consistency.training.recipe import encode
from consistency.training.sources import AGREEMENT, CONTRADICTION, Example, Spot
from tests.make_tiny import examples, untrained

HOUSE: Final = Path(__file__).parent.parent
EVERY_STEP: Final = LoopSettings(epochs=2.5, rate=1e-3, batch=8, averaged=0.6, checkpoint_every=-1.0)
LENGTHS: Final = st.lists(st.integers(3, 40), max_size=120)


def _item(length: int, label: int = 0) -> Item:
    return Item(Encoded([5] * length, [1] * length), label)


def _items(count: int = 120) -> list[Item]:
    return encode(untrained()[0], list(examples(count, 3)), marks=False)


# Batches.


@settings(max_examples=60)
@given(lengths=LENGTHS, size=st.integers(1, 9), longest=st.integers(3, 40), epoch=st.integers(0, 3))
def test_batches_are_full_and_cover_what_is_short_enough(
    lengths: list[int], size: int, longest: int, epoch: int
) -> None:
    items = [_item(length) for length in lengths]
    asked = LoopSettings(batch=size, longest=longest)
    made = batches(items, asked, epoch)
    assert made == batches(items, asked, epoch)
    assert all(len(batch) == size for batch in made)
    seen = Counter(at for batch in made for at in batch)
    short = {at for at, length in enumerate(lengths) if length <= longest}
    assert set(seen) <= short
    assert all(count == 1 for count in seen.values())
    assert len(short) - len(seen) < size, "only what does not fill a batch is left out"


def test_another_epoch_or_seed_gives_another_order() -> None:
    items = [_item(3 + at % 7) for at in range(100)]
    first = batches(items, LoopSettings(batch=4), 0)
    assert first != batches(items, LoopSettings(batch=4), 1)
    assert first != batches(items, LoopSettings(batch=4, seed=1), 0)


def test_a_batch_holds_pairs_of_like_length() -> None:
    items = [_item(3 + at % 60) for at in range(600)]
    spread = [
        max(sizes) - min(sizes)
        for batch in batches(items, LoopSettings(batch=10), 0)
        for sizes in [[len(items[at].encoded.ids) for at in batch]]
    ]
    assert max(spread) <= 2


@given(lengths=st.lists(st.integers(1, 50), min_size=1, max_size=8))
def test_a_batch_is_padded_and_masked(lengths: list[int]) -> None:
    tensors = collate([_item(length, at % 3) for at, length in enumerate(lengths)])
    rows, width = tensors["input_ids"].shape
    assert (rows, width % PAD_TO) == (len(lengths), 0)
    assert 0 <= width - max(lengths) < PAD_TO
    assert tensors["attention_mask"].sum(1).tolist() == lengths
    assert tensors["input_ids"].sum(1).tolist() == [5 * length for length in lengths]
    assert tensors["token_type_ids"].sum(1).tolist() == lengths
    assert tensors["labels"].tolist() == [at % 3 for at in range(rows)]
    assert (tensors["wrong"] == loop.UNKNOWN).all()


def test_what_conflicts_is_padded_with_what_nobody_knows() -> None:
    items = [Item(Encoded([5] * 4, [1] * 4), 2, bytes([2, 0, 1, 2])), _item(3)]
    assert collate(items)["wrong"][:, :5].tolist() == [[2, 0, 1, 2, 2], [2, 2, 2, 2, 2]]


@given(steps=st.integers(2, 500), warmup=st.floats(0.01, 0.5))
def test_the_rate_rises_to_one_and_falls_to_nothing(steps: int, warmup: float) -> None:
    rates = [schedule(step, steps, warmup) for step in range(steps)]
    top = rates.index(max(rates))
    assert max(rates) == pytest.approx(1.0)
    assert rates[: top + 1] == sorted(rates[: top + 1])
    assert rates[top:] == sorted(rates[top:], reverse=True)
    assert rates[0] > 0
    assert schedule(steps, steps, warmup) == 0


# Cut off and taken up again.


class Cut(Exception):  # noqa: N818  (no fault: the power goes)
    pass


def _model(seed: int = 0) -> Any:
    torch.manual_seed(seed)
    return untrained()[1]


def _cut_after(checkpoints: int) -> Callable[[Any], str]:
    left = [checkpoints]

    def evaluate(model: Any) -> str:
        left[0] -= 1
        if left[0] == 0:
            raise Cut
        return "fine"

    return evaluate


def _same(one: Any, other: Any) -> bool:
    mine, theirs = one.state_dict(), other.state_dict()
    return mine.keys() == theirs.keys() and all(torch.equal(mine[name], theirs[name]) for name in mine)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The model of an uninterrupted run: 38 steps, averaged from step 20 on."""
    torch.set_num_threads(1)
    return loop.train(_model(), _items(), EVERY_STEP, tmp_path_factory.mktemp("whole") / "checkpoint")


@pytest.mark.parametrize("cuts", [[1], [14, 3], [25], [31, 1, 2], [38]])
def test_a_resumed_run_ends_with_the_same_bits(cuts: list[int], whole: Any, tmp_path: Path) -> None:
    checkpoint = tmp_path / "run" / "checkpoint"
    for at, cut in enumerate(cuts):
        with pytest.raises(Cut):
            loop.train(_model(seed=at), _items(), EVERY_STEP, checkpoint, evaluate=_cut_after(cut))
        assert checkpoint.exists()
    resumed = loop.train(_model(seed=9), _items(), EVERY_STEP, checkpoint)
    assert _same(resumed, whole)


def test_training_changes_the_weights(whole: Any) -> None:
    assert not _same(_model(), whole)


def test_only_what_may_learn_learns(tmp_path: Path) -> None:
    model = _model()
    words = model.bert.embeddings.word_embeddings.weight
    words.requires_grad_(False)
    before = words.detach().clone()
    loop.train(model, _items(40), LoopSettings(batch=8, rate=1e-3), tmp_path / "checkpoint")
    assert torch.equal(words, before)
    assert not torch.equal(model.classifier.weight, _model().classifier.weight)


POINTING: Final = msgspec.structs.replace(EVERY_STEP, pointing=0.5)


def test_pointing_is_taken_up_with_the_rest(tmp_path: Path) -> None:
    whole = loop.train(_model(), _items(), POINTING, tmp_path / "whole")
    with pytest.raises(Cut):
        loop.train(_model(), _items(), POINTING, tmp_path / "cut", evaluate=_cut_after(20))
    assert _same(loop.train(_model(seed=3), _items(), POINTING, tmp_path / "cut"), whole)


def test_pointing_teaches_the_network_something_else(whole: Any, tmp_path: Path) -> None:
    assert not _same(loop.train(_model(), _items(), POINTING, tmp_path / "checkpoint"), whole)


def test_a_word_piece_is_wrong_where_the_spot_is() -> None:
    tokens = untrained()[0]
    told = Example("the bridge is open", "the bridge is shut", 2, "x", Spot("hypothesis", 14, 18))
    (item,) = encode(tokens, [told], marks=False)
    pieces = tokens.convert_ids_to_tokens(item.encoded.ids)
    assert len(item.wrong) == len(pieces)
    first = pieces.index("[SEP]")
    assert set(item.wrong[: first + 1]) == {loop.UNKNOWN}
    inside = item.wrong[first + 1 : -1]
    assert inside == bytes(sorted(inside)), "first what is right, then what is wrong"
    assert 0 < inside.count(1) < len(inside)
    (same,) = encode(tokens, [Example("the bridge is open", "the bridge is open", 0, "x")], marks=False)
    assert sorted(set(same.wrong)) == [0, loop.UNKNOWN]


def test_a_checkpoint_is_written_whole_or_not_at_all(
    whole: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint = tmp_path / "checkpoint"
    with pytest.raises(Cut):
        loop.train(_model(), _items(), EVERY_STEP, checkpoint, evaluate=_cut_after(5))
    before = checkpoint.read_bytes()

    def half(state: Any, path: Path) -> None:
        Path(path).write_bytes(b"half")
        raise Cut

    with monkeypatch.context() as patched:
        patched.setattr(torch, "save", half)
        with pytest.raises(Cut):
            loop.train(_model(), _items(), EVERY_STEP, checkpoint)
    assert checkpoint.read_bytes() == before
    assert _same(loop.train(_model(seed=4), _items(), EVERY_STEP, checkpoint), whole)


KILLED = """
import os, signal, sys
from pathlib import Path
import torch
from consistency.training import loop
from tests.test_training_loop import EVERY_STEP, _items, _model
torch.set_num_threads(1)
left = 23
def evaluate(model):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return "fine"
loop.train(_model(), _items(), EVERY_STEP, Path(sys.argv[1]), evaluate=evaluate)
"""


def test_a_killed_process_is_taken_up_by_the_next(whole: Any, tmp_path: Path) -> None:
    checkpoint = tmp_path / "checkpoint"
    ended = subprocess.run([sys.executable, "-c", KILLED, str(checkpoint)], cwd=HOUSE, check=False)
    assert ended.returncode == -9
    assert torch.load(checkpoint, weights_only=True)["step"] == 23
    assert _same(loop.train(_model(seed=7), _items(), EVERY_STEP, checkpoint), whole)


def test_who_follows_teachers_alone_says_what_they_say(tmp_path: Path) -> None:
    model, items = untrained()[1], _items(24)
    told = (0.1, 0.2, 0.7)
    taught = [msgspec.structs.replace(item, told=told) for item in items]
    asked = LoopSettings(epochs=40, rate=3e-3, batch=8, taught=1.0)
    after = loop.probabilities(loop.train(model, taught, asked, tmp_path / "checkpoint"), items)
    assert after.mean(0).tolist() == pytest.approx(told, abs=0.05)


def test_probabilities_stand_in_the_order_of_the_items() -> None:
    model, items = untrained()[1], _items(12)
    whole = loop.probabilities(model, items, batch=5)
    assert whole.sum(1).tolist() == pytest.approx([1.0] * len(items), abs=1e-3)
    for at in (0, len(items) - 1):
        assert whole[at].tolist() == pytest.approx(loop.probabilities(model, [items[at]])[0].tolist(), abs=0.02)


# Labels.


def test_agreement_asks_only_that_nothing_contradicts() -> None:
    """Its loss sees the sum of the two other labels: moving one to the other costs nothing, contradiction does."""
    logits = torch.tensor([[2.0, 1.0, 0.5], [1.0, 2.0, 0.5], [1.0, 0.5, 2.0]], requires_grad=True)
    plain = LoopSettings()
    each = [loop._loss(row[None], torch.tensor([AGREEMENT]), None, plain).item() for row in logits]
    assert each[0] == pytest.approx(each[1])
    assert each[2] > each[0] == pytest.approx(-torch.log(1 - logits[0].softmax(-1)[CONTRADICTION]).item())
    together = loop._loss(logits, torch.tensor([AGREEMENT, AGREEMENT, AGREEMENT]), None, plain)
    assert together.item() == pytest.approx(sum(each) / 3)
    together.backward()
    assert logits.grad is not None
    assert (logits.grad[:, CONTRADICTION] > 0).all()
    assert (logits.grad[:, :CONTRADICTION] < 0).all()


def test_agreement_beside_other_labels_leaves_their_loss_as_it_was() -> None:
    logits = torch.tensor([[2.0, 1.0, 0.5], [1.0, 0.5, 2.0]])
    smoothed = LoopSettings(smoothing=0.05)
    alone = loop._loss(logits[1:], torch.tensor([CONTRADICTION]), None, smoothed)
    agreeing = loop._loss(logits[:1], torch.tensor([AGREEMENT]), None, smoothed)
    both = loop._loss(logits, torch.tensor([AGREEMENT, CONTRADICTION]), None, smoothed)
    assert both.item() == pytest.approx((alone + agreeing).item() / 2)
    assert alone.item() == pytest.approx(
        torch.nn.functional.cross_entropy(logits[1:], torch.tensor([CONTRADICTION]), label_smoothing=0.05).item()
    )
