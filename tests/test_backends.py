"""One contract for every backend: scores, lengths, limit, digest; labels by name, float32, marks."""

from __future__ import annotations

import json
import string
import sys
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency import backends
from consistency.backends import LABELS
from consistency.backends._model import Model
from consistency.backends._network import STEP, Batch, NetworkScorer, buckets
from consistency.errors import ConfigError, InputError, MissingExtra
from consistency.infer import score_all
from consistency.protocols import Scorer
from consistency.records import Scores
from tests.models import MODELS, altered, rewrite_weights

RUNTIMES = tuple(
    f"{backend}/{precision}" for backend, precisions in backends.PRECISIONS.items() for precision in precisions
)
BACKENDS = ("lexical", *(f"{model}:{runtime}" for model in ("tiny", "tiny_marks") for runtime in RUNTIMES))
REDUCED = 0.05
"""How far a score may lie from that in float32 where it is computed with fewer bits."""
SAME = ("The mayor opened the new bridge on Monday.", "The mayor opened the new bridge on Monday.")
DENIED = ("The mayor opened the new bridge on Monday.", "The mayor did not open the new bridge on Monday.")
OTHER = ("The judge sold the old tower on Friday.", "The singer cleaned the garden on Sunday.")
ODD = ("", " ", "[SEP]", "Zürich — “½” 北京", "\x00\x1b[31m", "a" * 60)

Alter = Callable[..., Path]


@cache
def scorer(name: str) -> Scorer:
    """`lexical`, or a tiny model by its name alone or with what runs it: `tiny:onnx/int8`."""
    model, _, runtime = name.partition(":")
    backend, _, precision = (runtime or "pytorch/fp32").partition("/")
    return backends.load(
        model if model == "lexical" else str(MODELS / model), backend=backend, precision=precision, threads=2
    )


@pytest.fixture
def alter(tmp_path: Path) -> Alter:
    """A copy of a tiny model with other entries in its config.json."""
    return partial(altered, tmp_path / "altered")


def _close(one: Scores, other: Scores) -> bool:
    """Equal up to one unit of the last digit that is kept."""
    return all(abs(getattr(one, name) - getattr(other, name)) < 1.5e-4 for name in LABELS)


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
@given(pairs=PAIRS, order=st.randoms(use_true_random=False))
def test_the_same_pair_gets_the_same_scores_in_any_batch(name: str, pairs: list[tuple[str, str]], order: Any) -> None:
    alone = {pair: scorer(name).score([pair])[0] for pair in pairs}
    mixed = list(pairs)
    order.shuffle(mixed)
    for pair, scores in score_all(mixed, scorer(name)).items():
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
    digests = {name: scorer(name).digest for name in ("lexical", "tiny", "tiny_marks")}
    assert len(set(digests.values())) == len(digests)
    for name in BACKENDS:
        model, _, runtime = name.partition(":")
        assert scorer(name).digest == digests[model], "the model is the same, whatever runs it"
        assert scorer(name).runtime == (runtime or "lexical")


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
    assert [stored[str(at)] for at in range(3)] != list(LABELS)
    turned = {str((at + 1) % 3): stored[str(at)].upper() for at in range(3)}
    folder = alter(id2label=turned, label2id={label: int(at) for at, label in turned.items()})
    rewrite_weights(folder, lambda name, tensor: tensor.roll(1, 0) if name.startswith("classifier") else tensor)
    for one, other in zip(backends.load(str(folder)).score([SAME, DENIED, OTHER]), _tiny_scores(), strict=True):
        assert _close(one, other)


def _tiny_scores() -> list[Scores]:
    return scorer("tiny").score([SAME, DENIED, OTHER])


def test_half_precision_weights_are_read_as_float32(alter: Alter) -> None:

    folder = alter(dtype="float16")
    rewrite_weights(folder, lambda _, tensor: tensor.half())
    half = backends.load(str(folder))
    assert half.digest != scorer("tiny").digest
    for one, other in zip(half.score([SAME, DENIED, OTHER]), _tiny_scores(), strict=True):
        assert one.entailment == pytest.approx(other.entailment, abs=0.01)


def test_marks_change_what_the_model_sees() -> None:
    def types(name: str, pair: tuple[str, str]) -> set[int]:
        return set(Model(str(MODELS / name)).encode([pair])[0].types)

    assert types("tiny_marks", SAME) == {0, 1}
    assert types("tiny_marks", DENIED) == {0, 1, 2, 3}
    assert types("tiny", DENIED) == {0, 1}


# One model, whatever runs it.


@pytest.mark.parametrize("model", ["tiny", "tiny_marks"])
@pytest.mark.parametrize("runtime", RUNTIMES)
def test_a_runtime_scores_as_pytorch_does_in_float32(model: str, runtime: str) -> None:
    asked = [(one, other) for one in (*SAME, *DENIED, *OTHER) for other in (*SAME, *DENIED, *OTHER)]
    exact, found = scorer(model).score(asked), scorer(f"{model}:{runtime}").score(asked)
    near = 1.5e-4 if runtime.endswith("fp32") else REDUCED
    for one, other in zip(exact, found, strict=True):
        assert all(abs(getattr(one, label) - getattr(other, label)) <= near for label in LABELS)


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_a_score_does_not_depend_on_threads_or_the_size_of_a_batch(runtime: str) -> None:
    backend, precision = runtime.split("/")
    texts = [" ".join(SAME[0].split()[:size]) for size in range(1, 9)] + [DENIED[1], OTHER[1], OTHER[0]]
    asked = [(one, other) for one in texts for other in texts]
    found = {
        (threads, size): backends.load(
            str(MODELS / "tiny_marks"), backend=backend, precision=precision, threads=threads, batch_size=size
        ).score(asked)
        for threads, size in ((1, 1), (1, 32), (3, 5))
    }
    first, *others = found.values()
    assert all(other == first for other in others)


def test_inputs_that_are_the_same_are_computed_once() -> None:
    one = backends.load(str(MODELS / "tiny"))
    assert isinstance(one, NetworkScorer)
    spread = (f"  {SAME[0].upper()}", SAME[1].replace(" ", "   "))
    scored = one.score([SAME, spread, DENIED])
    assert scored[0] == scored[1]
    pieces = one.lengths([SAME, DENIED])
    assert (one.work.pairs, one.work.pieces) == (3, sum(pieces))


def test_it_is_at_work_until_the_last_batch_is_done_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    one = backends.load(str(MODELS / "tiny"), threads=1, batch_size=1)
    assert isinstance(one, NetworkScorer)
    assert one.work.seconds == 0, "the self-test does not count"
    ends = iter([13.0, 12.0, 14.0, 19.0])
    plain: Any = one._runner

    def late(batch: Batch) -> Any:
        done = plain.start(batch).result()._replace(at=next(ends))
        return SimpleNamespace(result=lambda: done)

    monkeypatch.setattr(one, "_runner", SimpleNamespace(heights=plain.heights, streams=plain.streams, start=late))
    clock = iter([10.0, 11.0, 30.0])
    monkeypatch.setattr("consistency.backends._network.perf_counter", lambda: next(clock))
    first, second = one.begin([SAME, DENIED]), one.begin([OTHER])
    assert len(first()) == 2
    assert one.work.seconds == 3, "from 10 to 13"
    assert len(second()) == 1
    assert one.work.seconds == 4, "from 11 to 14, of which 11 to 13 had been counted"
    one.score([OTHER])
    assert one.work.seconds == 4, "a batch that was done before it was begun takes no time away"


@given(
    lengths=st.lists(st.integers(2, 400), min_size=1, max_size=300),
    heights=st.one_of(
        st.integers(1, 40).map(lambda most: range(1, most + 1)), st.sets(st.integers(1, 40), min_size=1).map(sorted)
    ),
)
def test_buckets_hold_every_pair_once_with_others_of_its_width(lengths: list[int], heights: list[int]) -> None:
    found = buckets(lengths, heights)
    assert sorted(at for _, members in found for at in members) == list(range(len(lengths)))
    for width, members in found:
        assert len(members) in heights or len(members) < min(heights)
        assert all(width - STEP < lengths[at] <= width for at in members)
    assert [width for width, _ in found] == sorted((width for width, _ in found), reverse=True)


@pytest.mark.parametrize(
    ("backend", "precision", "device"),
    [("pytorch", "int8", "cpu"), ("onnx", "bf16", "cpu"), ("onnx", "fp32", "cuda")],
)
def test_what_a_backend_cannot_do_is_refused(backend: str, precision: str, device: str) -> None:
    with pytest.raises(ConfigError, match=f"--backend {backend}") as caught:
        backends.load(str(MODELS / "tiny"), backend=backend, precision=precision, device=device)
    assert caught.value.remedy


@pytest.mark.parametrize(("module", "backend"), [("onnxruntime", "onnx"), ("openvino", "openvino")])
def test_a_backend_that_is_not_installed_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, module: str, backend: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra) as caught:
        backends.load(str(MODELS / "tiny"), backend=backend)
    assert caught.value.remedy == f"pip install 'consistency[{backend}]'"


@pytest.mark.parametrize(
    ("installed", "chosen"),
    [({"openvino", "onnxruntime"}, "openvino"), ({"onnxruntime"}, "onnx"), (set(), "pytorch")],
)
def test_auto_takes_the_fastest_that_is_installed(
    monkeypatch: pytest.MonkeyPatch, installed: set[str], chosen: str
) -> None:
    monkeypatch.setattr(backends, "find_spec", lambda name: object() if name in installed else None)
    assert backends.load(str(MODELS / "tiny"), backend="auto", lazy=True).runtime == f"{chosen}/fp32"


def test_a_lazy_scorer_tells_all_but_scores_without_its_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    one = backends.load(str(MODELS / "tiny"), lazy=True)
    assert one.digest == scorer("tiny").digest
    assert one.lengths([SAME]) == scorer("tiny").lengths([SAME])


# Exported networks.


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("CONSISTENCY_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "models"


def _onnx(monkeypatch: pytest.MonkeyPatch, *, torch: bool) -> list[Scores]:
    with monkeypatch.context() as patched:
        if not torch:
            patched.setattr("consistency.backends._export._export", _forbidden)
        return backends.load(str(MODELS / "tiny"), backend="onnx", threads=1).score([SAME, DENIED, OTHER])


def _forbidden(*_: object) -> None:
    raise AssertionError("it was exported again")


def test_a_network_is_exported_once(monkeypatch: pytest.MonkeyPatch, kept: Path) -> None:
    first = _onnx(monkeypatch, torch=True)
    assert [file.suffix for file in kept.iterdir()] == [".onnx"]
    assert _onnx(monkeypatch, torch=False) == first


@pytest.mark.parametrize("damage", [b"", b"no network at all", None])
def test_a_damaged_export_is_made_anew(monkeypatch: pytest.MonkeyPatch, kept: Path, damage: bytes | None) -> None:
    first = _onnx(monkeypatch, torch=True)
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert _onnx(monkeypatch, torch=True) == first
    assert file.read_bytes() == whole


def test_where_nothing_can_be_kept_it_runs_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("CONSISTENCY_CACHE", str(tmp_path / "file" / "cache"))
    assert len(_onnx(monkeypatch, torch=True)) == 3
    assert (tmp_path / "file").read_text() == "in the way"
