"""Sets at the Hub: local copies in their own columns go through the same code as the Hub's rows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from consistency.errors import ConfigError, InputError, MissingExtra
from eval import tasks
from eval.task import NotThereError
from eval.tasks import hub

COPIES = Path(__file__).parent.parent / "fixtures" / "eval" / "hub"


def lines(*rows: dict[str, Any]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def row(label: str = "contradiction", **more: Any) -> dict[str, Any]:
    return {"premise": "It rained.", "hypothesis": "It was dry.", "label": label, **more}


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    config = pytest.importorskip("datasets").config
    monkeypatch.setattr(config, "HF_DATASETS_CACHE", str(tmp_path_factory.mktemp("cache")))


EXPECTED = {
    ("mnli", "matched"): [("71e", "entailment"), ("71n", "neutral"), ("71c", "contradiction")],
    ("snli", "test"): [
        ("snli/test:1", "entailment"),
        ("snli/test:2", "neutral"),
        ("snli/test:3", "contradiction"),
    ],
    ("anli_r1", "test"): [("r1-0", "entailment"), ("r1-1", "neutral"), ("r1-2", "contradiction")],
    ("anli_r2", "test"): [("r2-0", "entailment"), ("r2-1", "neutral"), ("r2-2", "contradiction")],
    ("anli_r3", "test"): [("r3-0", "entailment"), ("r3-1", "neutral"), ("r3-2", "contradiction")],
    ("vitaminc", "dev"): [("u0", "entailment"), ("u1", "contradiction"), ("u2", "neutral")],
    ("nli_fever", "dev"): [
        ("nli_fever/dev:1", "entailment"),
        ("nli_fever/dev:2", "neutral"),
        ("nli_fever/dev:3", "contradiction"),
    ],
    ("wanli", "test"): [
        ("wanli/test:1", "entailment"),
        ("wanli/test:2", "neutral"),
        ("wanli/test:3", "contradiction"),
    ],
    ("hans", "dev"): [("hans/dev:1", "inconsistent"), ("hans/dev:2", "entailment")],
    ("paws", "test"): [("1", "not_paraphrase"), ("2", "paraphrase")],
    ("glue_mrpc", "dev"): [("3", "paraphrase"), ("4", "not_paraphrase")],
    ("llm_aggrefact", "dev"): [("llm_aggrefact/dev:1", "consistent"), ("llm_aggrefact/dev:2", "inconsistent")],
    ("ragtruth", "test"): [
        ("ragtruth/test:1", "consistent"),
        ("ragtruth/test:2", "inconsistent"),
        ("ragtruth/test:3", "inconsistent"),
    ],
    ("summedits", "test"): [("news_1_og", "consistent"), ("news_1_0", "consistent"), ("news_1_1", "inconsistent")],
    ("summedits_pairs", "test"): [("news_1_0", "consistent"), ("news_1_1", "inconsistent")],
    ("frank", "dev"): [("h1/bart", "consistent"), ("h1/pegasus", "inconsistent")],
    ("frank", "test"): [("h2/bart", "consistent")],
}


@pytest.mark.parametrize(("name", "split"), EXPECTED, ids=map("-".join, EXPECTED))
def test_a_copy_is_mapped(name: str, split: str) -> None:
    found = tasks.get(name).load(split, COPIES)
    assert [(one.id, one.label) for one in found] == EXPECTED[name, split]


def test_every_schema_has_a_copy() -> None:
    assert {name for name, _ in EXPECTED} == {task.name for task in hub.TASKS} | {"frank"}


def test_rows_without_a_label_are_dropped_and_counted() -> None:
    assert tasks.get("snli").read("test", COPIES).dropped == {"label -1": 1}
    assert tasks.get("summedits_pairs").read("test", COPIES).dropped == {"identical texts": 1}


def test_the_two_sides_stand_the_right_way_round() -> None:
    fever = tasks.get("nli_fever").load("dev", COPIES)[0]
    assert (fever.premise[:22], fever.hypothesis[:9]) == ("The council of Varnhol", "Varnholt'")
    vitamin = tasks.get("vitaminc").load("dev", COPIES)[0]
    assert vitamin.premise.startswith("The ferry left")
    pairs = tasks.get("summedits_pairs").load("test", COPIES)
    assert pairs[0].premise == "A ferry left with 214 aboard."
    assert pairs[0].cluster == tasks.get("summedits").load("test", COPIES)[0].cluster, "clustered by the document"


def test_kinds_and_clusters_come_from_their_columns() -> None:
    assert [one.kind for one in tasks.get("llm_aggrefact").load("dev", COPIES)] == ["AggreFact-CNN", "Wice"]
    assert {one.cluster for one in tasks.get("vitaminc").load("dev", COPIES)} == {"case-9"}
    assert [one.kind for one in tasks.get("frank").load("dev", COPIES)] == ["", "EntE"]


def test_named_labels_are_read_by_name(tmp_path: Path) -> None:
    import datasets

    (tmp_path / "snli").mkdir()

    def written(names: list[str]) -> None:
        features = datasets.Features(
            premise=datasets.Value("string"),
            hypothesis=datasets.Value("string"),
            label=datasets.ClassLabel(names=names),
        )
        columns = {"premise": ["It rained."], "hypothesis": ["It was dry."], "label": [2]}
        datasets.Dataset.from_dict(columns, features=features).to_parquet(tmp_path / "snli" / "test.parquet")

    written(["entailment", "neutral", "contradiction"])
    assert tasks.get("snli").load("test", tmp_path)[0].label == "contradiction"
    written(["contradiction", "neutral", "entailment"])
    with pytest.raises(InputError, match="its labels are contradiction, neutral, entailment"):
        tasks.get("snli").load("test", tmp_path)


def test_unified_rows_stand_in_for_the_hub(tmp_path: Path) -> None:
    (tmp_path / "snli_test.jsonl").write_bytes(lines(row("entailment")))
    found = tasks.get("snli").read("test", tmp_path)
    assert [(one.id, one.truth) for one in found.rows] == [("snli_test:1", False)]
    with pytest.raises(NotThereError, match=r"neither snli_dev\.jsonl"):
        tasks.get("snli").load("dev", tmp_path)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (lines({"premise": "a", "hypothesis": "b", "label": 0}, {"premise": "a", "hypothesis": "b", "label": 9}),
         r"row 2: unknown label '9'"),
        (lines({"premise": "a", "label": 0}), "no column hypothesis"),
        (lines({"premise": "a", "hypothesis": "b", "label": 0}, {"premise": "a", "hypothesis": None, "label": 0}),
         "row 2: hypothesis is no text"),
        (lines({"premise": "a", "hypothesis": "b", "label": -1}), "no rows"),
        (b"{\n", r"test\.jsonl: "),
    ],
    ids=["label", "column", "text", "unlabelled", "json"],
)  # fmt: skip
def test_a_bad_copy_is_named(tmp_path: Path, data: bytes, told: str) -> None:
    (tmp_path / "snli").mkdir()
    (tmp_path / "snli" / "test.jsonl").write_bytes(data)
    with pytest.raises(InputError, match=told):
        tasks.get("snli").load("test", tmp_path)


def test_a_folder_with_brackets_is_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "sets [old] v*?"
    shutil.copytree(COPIES / "snli", folder / "snli")
    assert len(tasks.get("snli").load("test", folder)) == 3


def test_without_the_package_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(MissingExtra) as caught:
        tasks.get("snli").load("test", COPIES)
    assert "pip install" in caught.value.remedy


def test_without_network_the_remedy_is_named() -> None:
    code = (
        "from eval import tasks\n"
        "from consistency.errors import InputError\n"
        "try: tasks.get('snli').load('test')\n"
        "except InputError as fault: print(fault, '|', fault.remedy)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=COPIES.parent.parent.parent,
        env={"HF_HUB_OFFLINE": "1", "HF_HOME": "nowhere", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "stanfordnlp/snli, split test, cannot be had from the Hub" in ran.stdout
    assert "--data-dir" in ran.stdout
    assert "Traceback" not in ran.stderr


def test_a_loading_script_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import datasets

    monkeypatch.setattr(datasets, "load_dataset", lambda *_, **__: pytest.fail("it was asked for"))
    with pytest.raises(InputError, match="jhu-cogsci/hans cannot be read from the Hub"):
        tasks.get("hans").load("dev")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('neutral = "neutral"', 'neutral = "natural"', "no unified label: natural"),
        ('label = "label"\n', "", "give label or any_of"),
        ('unit = "pair"', 'unit = "pear"', "Invalid enum value"),
        ('positive = "contradiction"', 'positiv = "contradiction"', "unknown field"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    whole = hub.TABLE.read_text("utf-8")
    snli = whole[whole.index("[snli]") : whole.index("[anli_r1]")]
    table = tmp_path / "hub.toml"
    table.write_text(snli)
    assert set(hub.schemas(table)) == {"snli"}
    table.write_text(snli.replace(old, new, 1))
    with pytest.raises(ConfigError, match=told):
        hub.schemas(table)


@pytest.mark.parametrize(
    ("data", "told"), [(b"[{}]", "missing required field"), (b"[", "truncated"), (b"[]", "no rows")]
)
def test_a_wrong_frank_is_refused(tmp_path: Path, data: bytes, told: str) -> None:
    with pytest.raises(NotThereError):
        tasks.get("frank").load("dev", tmp_path)
    (tmp_path / "frank").mkdir()
    (tmp_path / "frank" / "human_annotations_sentence.json").write_bytes(data)
    with pytest.raises(InputError, match=told):
        tasks.get("frank").load("dev", tmp_path)
