"""Several trained models made one."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from consistency import backends
from consistency.errors import ConfigError
from consistency.training import blend
from consistency.training.ablate import MADE
from consistency.training.blend import WEIGHTS, Part
from tests.make_tiny import MODELS

TINY = MODELS / "tiny_marks"


def moved(folder: Path, by: float) -> Path:
    """The tiny model, every number of it moved."""
    folder.mkdir()
    for path in TINY.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    save_file({name: weight + by for name, weight in load_file(TINY / WEIGHTS).items()}, folder / WEIGHTS)
    return folder


def test_the_mean_weighs_its_parts(tmp_path: Path) -> None:
    one, other = moved(tmp_path / "one", 0.0), moved(tmp_path / "other", 1.0)
    blend.blend([Part(0.75, one, "a"), Part(0.25, other, "b")], tmp_path / "mean")
    mean, first = load_file(tmp_path / "mean" / WEIGHTS), load_file(one / WEIGHTS)
    assert mean.keys() == first.keys()
    for name, weight in mean.items():
        assert weight.dtype == first[name].dtype
        assert torch.allclose(weight, first[name] + 0.25, atol=1e-6)


def test_a_part_blended_with_itself_judges_as_before(tmp_path: Path) -> None:
    blend.blend([Part(0.5, TINY, "a"), Part(0.5, TINY, "b")], tmp_path / "same")
    asked = [("The dam broke.", "The dam held."), ("It rained.", "It rained.")]
    assert backends.load(str(tmp_path / "same")).score(asked) == backends.load(str(TINY)).score(asked)


@pytest.mark.parametrize("shares", [(), (0.5,), (0.5, 0.6)])
def test_shares_must_add_up(tmp_path: Path, shares: tuple[float, ...]) -> None:
    with pytest.raises(ConfigError, match="add up"):
        blend.blend([Part(share, TINY, "a") for share in shares], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_another_network_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="another network"):
        blend.blend([Part(0.5, TINY, "a"), Part(0.5, MODELS / "tiny", "b")], tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "told", ["", "0.5", f"0.5:{TINY}", f"0:{TINY}:a", f"2:{TINY}:a", f"x:{TINY}:a", "0.5:nowhere:a"]
)
def test_what_is_no_part_is_said(told: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as end:
        blend.main(["--data", str(tmp_path), "--only", "--out", str(tmp_path / "out"), told])
    assert end.value.code == 2
    assert "is no part of a blend" in capsys.readouterr().err


def test_the_card_names_the_parts(tmp_path: Path) -> None:
    card = tmp_path / "card.json"
    card.write_text(json.dumps({"settings": {"marks": True}, "pairs_by_label": {"neutral": 3}, "scores": [1]}))
    more = shutil.copytree(TINY, tmp_path / "trained")
    (more / MADE).write_text('{"variant": "smoothed"}')
    parts = (f"0.25:{more}:the recipe", f"0.75:{TINY}:more")
    (tmp_path / "dev").mkdir()
    assert blend.main(["--data", str(tmp_path), "--card", str(card), "--out", str(tmp_path / "out"), *parts]) == 0
    told = json.loads((tmp_path / "out" / "card.json").read_bytes())
    assert [(one["made_by"], one["share"], one["run"]) for one in told["blend"]] == [
        ("the recipe", 0.25, {"variant": "smoothed"}),
        ("more", 0.75, None),
    ]
    assert not (tmp_path / "out" / MADE).exists()
    assert told["pairs_by_label"] == {"neutral": 3}
    assert told["calibration"] is None
    assert "scores" not in told, "they are of other weights"
    assert hashlib.sha256((tmp_path / "out" / WEIGHTS).read_bytes()).hexdigest() == told["weights_sha256"]
