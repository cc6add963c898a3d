"""Exported networks: a file that is kept is what was exported, or it is made anew."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from consistency import backends
from consistency.backends import _export
from consistency.backends._model import Model
from consistency.errors import ModelError
from consistency.records import Scores
from tests.models import MODELS, altered, rewrite_weights

PAIRS = [
    ("The mayor opened the new bridge on Monday.", "The mayor did not open the new bridge on Monday."),
    ("The judge sold the old tower on Friday.", "The singer cleaned the garden on Sunday."),
]


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("CONSISTENCY_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "models"


@pytest.fixture
def exports(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The precision of every export that is made."""
    made: list[str] = []
    real = _export._export

    def export(model: Model, precision: str, file: Path) -> None:
        made.append(precision)
        real(model, precision, file)

    monkeypatch.setattr(_export, "_export", export)
    return made


def _scores(backend: str = "onnx", model: Path = MODELS / "tiny") -> list[Scores]:
    return backends.load(str(model), backend=backend, threads=1).score(PAIRS)


@pytest.mark.parametrize("backend", ["onnx", "openvino"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95])
def test_zeros_anywhere_in_an_export_are_noticed(kept: Path, exports: list[str], backend: str, share: float) -> None:
    first = _scores(backend)
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    start = int(len(whole) * share)
    file.write_bytes(whole[:start] + bytes(2_000) + whole[start + 2_000 :])
    assert _scores(backend) == first
    assert exports == ["fp32", "fp32"]
    assert [one.read_bytes() for one in kept.iterdir()] == [whole]
    assert _scores(backend) == first
    assert exports == ["fp32", "fp32"]


def test_an_export_under_the_name_of_another_is_made_anew(kept: Path, exports: list[str], tmp_path: Path) -> None:
    first = _scores()
    (file,) = kept.iterdir()
    other = altered(tmp_path / "other")
    rewrite_weights(other, lambda name, tensor: tensor * 1.5 if name.startswith("classifier") else tensor)
    _scores(model=other)
    (another,) = [one for one in kept.iterdir() if one != file]
    another.replace(file)
    assert _scores() == first
    assert len(exports) == 3


def _named_rightly(file: Path) -> Path:
    name = file.stem.rpartition("-")[0]
    return file.replace(file.with_name(f"{name}-{_export._checksum(file)}.onnx"))


@pytest.mark.parametrize("backend", ["onnx", "openvino"])
def test_a_kept_export_that_fails_the_self_test_is_exported_once_more(
    kept: Path, exports: list[str], tmp_path: Path, backend: str
) -> None:
    first = _scores(backend)
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    mute = altered(tmp_path / "mute")
    rewrite_weights(mute, lambda name, tensor: tensor * 0 if name.startswith("classifier") else tensor)
    _export._export(Model(str(mute)), "fp32", file)
    _named_rightly(file)
    exports.clear()
    assert _scores(backend) == first
    assert exports == ["fp32"]
    assert [one.read_bytes() for one in kept.iterdir()] == [whole]


def test_a_model_that_is_no_good_is_still_refused(kept: Path, exports: list[str], tmp_path: Path) -> None:
    mute = altered(tmp_path / "mute")
    rewrite_weights(mute, lambda name, tensor: tensor * 0 if name.startswith("classifier") else tensor)
    for _ in range(2):
        with pytest.raises(ModelError, match="self-test"):
            _scores(model=mute)
    assert exports == ["fp32"] * 2


def test_what_is_kept_is_on_the_disk_before_it_has_its_name(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    real_sync, real_replace = os.fsync, os.replace

    def fsync(number: int) -> None:
        done.append("on the disk")
        real_sync(number)

    def replace(one: Any, other: Any) -> None:
        done.append("named")
        real_replace(one, other)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    _scores()
    assert done == ["on the disk", "named"]
    assert len(list(kept.iterdir())) == 1


def test_an_export_that_cannot_be_read_is_made_anew(
    kept: Path, exports: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _scores()
    real = _export._checksum

    def refuse(file: Path) -> str:
        if file.parent == kept:
            raise PermissionError(13, "Permission denied", str(file))
        return real(file)

    with monkeypatch.context() as patched:
        patched.setattr(_export, "_checksum", refuse)
        assert _scores() == first
    assert len(exports) == 2


# Folders of models that are not whole.

Change = Callable[[Path], None]


def _without_tokenizer(folder: Path) -> None:
    for name in ("tokenizer.json", "vocab.txt"):
        (folder / name).unlink(missing_ok=True)


FAULTY: dict[str, tuple[dict[str, Any], Change | None, str]] = {
    "tokenizer": ({}, _without_tokenizer, r"holds no tokenizer \(tokenizer.json, vocab.txt"),
    "heads": ({"num_attention_heads": 7}, None, "could not be loaded"),
    "ids": ({"id2label": {"0": "neutral", "1": "entailment", "7": "contradiction"}}, None, "labels 0, 1, 7"),
    "same ids": ({"id2label": {"0": "neutral", "1": "entailment", "01": "contradiction"}}, None, "labels 0, 1, 1"),
    "layers": ({"num_hidden_layers": 1}, None, "weights of 2 layers, and its config.json says 1"),
}


@pytest.mark.parametrize("backend", ["pytorch", "onnx", "openvino"])
@pytest.mark.parametrize("fault", FAULTY)
def test_what_is_wrong_with_a_folder_is_said(kept: Path, tmp_path: Path, backend: str, fault: str) -> None:
    entries, change, told = FAULTY[fault]
    folder = altered(tmp_path / "altered", **entries)
    if change is not None:
        change(folder)
    for lazy in (False, True):
        with pytest.raises(ModelError, match=told) as raised:
            backends.load(str(folder), backend=backend, threads=1, lazy=lazy).score(PAIRS)
        assert raised.value.remedy
        assert "self-test" not in str(raised.value)
        assert str(folder) in str(raised.value)


def test_a_vocabulary_alone_is_a_tokenizer(tmp_path: Path) -> None:
    import json

    folder = tmp_path / "vocabulary"
    shutil.copytree(MODELS / "tiny", folder)
    words = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    (folder / "vocab.txt").write_text("".join(f"{word}\n" for word in sorted(words, key=words.get)), "utf-8")
    (folder / "tokenizer.json").unlink()
    assert backends.load(str(folder)).score(PAIRS) == _scores("pytorch")
