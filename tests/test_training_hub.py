"""Public sets in full: copies in the Hub's own columns become examples, faults name the file."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from consistency.errors import InputError
from consistency.training.hub import HUB, load
from consistency.training.recipe import gather
from consistency.training.sources import CONTRADICTION, ENTAILMENT, NEUTRAL, Leaks
from tests.training_data import SENTENCES, make

ROWS: dict[str, list[tuple[dict[str, Any], int | None]]] = {
    "mnli": [({"label": 0}, ENTAILMENT), ({"label": 1}, NEUTRAL), ({"label": 2}, CONTRADICTION)],
    "snli": [({"label": 2}, CONTRADICTION), ({"label": -1}, None)],
    "anli": [({"label": 1}, NEUTRAL), ({"label": 0}, ENTAILMENT)],
    "wanli": [({"gold": "neutral"}, NEUTRAL), ({"gold": "contradiction"}, CONTRADICTION)],
    "vitaminc": [({"label": "SUPPORTS"}, ENTAILMENT), ({"label": "REFUTES"}, CONTRADICTION),
                 ({"label": "NOT ENOUGH INFO"}, NEUTRAL)],
    "paws": [({"label": 0}, CONTRADICTION), ({"label": 1}, ENTAILMENT)],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    config = pytest.importorskip("datasets").config
    monkeypatch.setattr(config, "HF_DATASETS_CACHE", str(tmp_path_factory.mktemp("cache")))


def _copy(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    source = HUB[name]
    (folder / name).mkdir(parents=True)
    told = [
        {source.premise: f"{name} premise {at}.", source.hypothesis: f"{name} hypothesis {at}."} | row
        for at, row in enumerate(rows)
    ]
    for split in source.splits:
        (folder / name / f"{split}.jsonl").write_text("\n".join(map(json.dumps, told)), "utf-8")


@pytest.mark.parametrize("name", HUB)
def test_a_copy_is_read_by_its_schema(name: str, tmp_path: Path) -> None:
    _copy(tmp_path, name, [row for row, _ in ROWS[name]])
    found = load(name, Leaks([]), random.Random(0), tmp_path)
    wanted = [(f"{name} premise {at}.", label) for at, (_, label) in enumerate(ROWS[name]) if label is not None]
    assert sorted((one.premise, one.label) for one in found) == sorted(wanted * len(HUB[name].splits))
    assert {one.source for one in found} == {name}


def test_leaks_are_dropped_and_counted(tmp_path: Path) -> None:
    _copy(tmp_path, "snli", [{"label": 2}, {"label": 0}])
    (tmp_path / "dev.jsonl").write_text(json.dumps({"premise": "snli premise 1.", "hypothesis": "x"}), "utf-8")
    leaks = Leaks([tmp_path / "dev.jsonl"])
    assert [one.premise for one in load("snli", leaks, random.Random(0), tmp_path)] == ["snli premise 0."]
    assert leaks.dropped == {"snli": 1}


def test_a_run_takes_them_in_first_and_last(tmp_path: Path) -> None:
    data = tmp_path / "data"
    make(data, dev=[SENTENCES[3]])
    _copy(tmp_path / "copies", "snli", [{"label": 2}] * 3)
    material = gather(data, random.Random(0), (), ["snli"], tmp_path / "copies")
    assert sum(one.source == "snli" for one in material.public) == 3
    assert sum(one.source == "snli" for one in material.later) == 3


@pytest.mark.parametrize(
    ("rows", "told"),
    [([{"label": -1}], "no row has a label"), ([{"gold": 1}], "no column label")],
)
def test_a_wrong_copy_is_named(rows: list[dict[str, Any]], told: str, tmp_path: Path) -> None:
    _copy(tmp_path, "snli", rows)
    with pytest.raises(InputError, match=told):
        load("snli", Leaks([]), random.Random(0), tmp_path)


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"snli.train\.jsonl: no such file"):
        load("snli", Leaks([]), random.Random(0), tmp_path)
    with pytest.raises(InputError, match="No set is called mnlii"):
        load("mnlii", Leaks([]), random.Random(0), tmp_path)
