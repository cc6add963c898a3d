"""The tasks: what they say of themselves, the rows they read, and what they refuse."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.errors import ConfigError, InputError
from eval import tasks
from eval.rows import CONSISTENT, INCONSISTENT, NEITHER
from eval.task import NotThereError, Split, Task, from_files
from eval.tasks import hub, own_alignment, own_stories

COPIES = Path(__file__).parent.parent / "fixtures" / "eval" / "hub"
EVERY = list(tasks.every().values())
SUITE = {
    "mnli_matched", "fever_three_way", "fever_symmetric", "breaking_nli", "bump_task2_doc", "bump_task2_pairs",
    "summedits_news_doc", "summedits_news_pairs", "summedits_podcast_doc", "summedits_podcast_pairs",
    "summedits_qmsumm_doc", "summedits_qmsumm_pairs", "summedits_samsum_doc", "summedits_samsum_pairs",
    "demetr_corrupted", "demetr_edited", "demetr_translations", "paws_wiki", "fib_swaps", "self_contradiction",
    "iterater_revisions", "mrpc", "qags_cnndm", "cliff_cnndm", "wice", "claimdiff", "ecbplus_alignment",
    "machine_paraphrase_chatgpt_35", "machine_paraphrase_vicuna-v13_13b", "machine_rewrite_chatgpt_35",
    "machine_rewrite_vicuna-v13_13b",
}  # fmt: skip


def lines(*rows: dict[str, Any]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def row(label: str = "contradiction", **more: Any) -> dict[str, Any]:
    return {"premise": "It rained.", "hypothesis": "It was dry.", "label": label, **more}


# ---- what a task says of itself


@pytest.mark.parametrize("task", EVERY, ids=lambda task: task.name)
def test_a_task_says_all_about_itself(task: Task) -> None:
    for name in ("title", "cluster", "citation", "licence", "obtain"):
        assert getattr(task, name).strip(), name
    assert task.splits
    assert task.ran_on_real_rows is True or "schema only" in str(task.ran_on_real_rows)
    assert (task.unit == "alignment") == (task.positive == "aligned")
    for name, split in task.splits.items():
        assert "test" not in name or split.role == "test", "a split called test is no development split"


@pytest.mark.parametrize(
    "name", ["own_pairs", "own_stories", "own_alignment", "summedits_news_doc", "summedits_news_pairs"]
)
def test_what_is_held_out_is_a_test_split(name: str) -> None:
    assert tasks.get(name).role() == "test"


def test_the_whole_suite_is_there() -> None:
    assert {task.name for task in tasks.in_data_dir()} == SUITE


def test_all_at_the_hub_are_schema_only() -> None:
    assert {task.ran_on_real_rows for task in hub.TASKS} == {"schema only"}
    assert {"mnli", "snli", "anli_r3", "vitaminc", "paws", "hans", "llm_aggrefact", "ragtruth"} <= {
        task.name for task in hub.TASKS
    }


def test_an_unknown_name_brings_the_nearest() -> None:
    with pytest.raises(ConfigError, match="bump_task") as caught:
        tasks.get("bump_task_doc")
    assert "bump_task2_doc" in caught.value.remedy


def test_an_unknown_split_is_refused() -> None:
    with pytest.raises(ConfigError, match="no split 'train'") as caught:
        tasks.get("snli").load("train")
    assert caught.value.remedy == "It has dev, test."
    assert (tasks.get("snli").role(), tasks.get("snli").role("test")) == ("development", "test")


# ---- unified files


def test_files_are_read_plain_and_gzipped_alike(tmp_path: Path) -> None:
    data = lines(row(), row("entailment", id="mine", cluster=7), row("neutral"))
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "mnli_matched.jsonl").write_bytes(data)
    (tmp_path / "mnli_matched.jsonl.gz").write_bytes(gzip.compress(data))
    plain = tasks.get("mnli_matched").read("dev", tmp_path / "plain")
    packed = tasks.get("mnli_matched").read("dev", tmp_path)
    assert [one.id for one in plain.rows] == ["mnli_matched:1", "mine", "mnli_matched:3"]
    assert [one.truth for one in plain.rows] == [True, False, None]
    assert (plain.rows, plain.digest) == (packed.rows, packed.digest)


def test_several_files_are_pooled(tmp_path: Path) -> None:
    (tmp_path / "demetr_corrupted.jsonl").write_bytes(lines(row(), row()))
    (tmp_path / "demetr_translations.jsonl").write_bytes(lines(row("paraphrase")))
    found = tasks.get("demetr_corrupted").read("", tmp_path)
    assert [one.truth for one in found.rows] == [True, True, False]
    assert found.files == ("demetr_corrupted.jsonl", "demetr_translations.jsonl")
    (tmp_path / "demetr_translations.jsonl").unlink()
    with pytest.raises(NotThereError, match=r"no demetr_translations\.jsonl"):
        tasks.get("demetr_corrupted").load("", tmp_path)


def test_in_an_alignment_task_aligned_is_true(tmp_path: Path) -> None:
    (tmp_path / "ecbplus_alignment.jsonl").write_bytes(lines(row("aligned"), row("unaligned"), row("other")))
    assert [one.truth for one in tasks.get("ecbplus_alignment").load("", tmp_path)] == [True, False, None]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (lines(row(), row("maybe")), r"mrpc\.jsonl, row 2: unknown label 'maybe'"),
        (lines(row(), {"premise": "It rained.", "label": "other"}), r"row 2: hypothesis is missing"),
        (lines(row(id="a"), row(), row(id="a")), "rows 1 and 3 share the id 'a'"),
        (b"\n", "no rows"),
        (b"{not json\n", "row 1: not JSON"),
    ],
    ids=["label", "column", "twins", "empty", "json"],
)
def test_bad_rows_are_named(tmp_path: Path, data: bytes, told: str) -> None:
    (tmp_path / "mrpc.jsonl").write_bytes(data)
    with pytest.raises(InputError, match=told):
        tasks.get("mrpc").load("dev", tmp_path)


def test_a_missing_file_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(NotThereError, match=r"no wice\.jsonl or wice\.jsonl\.gz") as caught:
        tasks.get("wice").load("", tmp_path)
    assert "github.com/ryokamoi/wice" in caught.value.remedy
    with pytest.raises(ConfigError, match="reads its rows from a folder") as folder:
        tasks.get("wice").load()
    assert "--data-dir" in folder.value.remedy
    with pytest.raises(InputError, match="no such folder"):
        tasks.get("wice").load("", tmp_path / "nowhere")


def test_two_copies_of_one_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mrpc.jsonl").write_bytes(lines(row()))
    (tmp_path / "mrpc.jsonl.gz").write_bytes(gzip.compress(lines(row("paraphrase"))))
    with pytest.raises(InputError, match=r"both mrpc\.jsonl and mrpc\.jsonl\.gz"):
        tasks.get("mrpc").load("", tmp_path)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(), st.sampled_from(sorted(CONSISTENT | INCONSISTENT | NEITHER)), st.none() | st.text()),
        min_size=1,
        max_size=8,
    )
)
def test_no_row_is_lost_and_each_has_its_own_id(
    tmp_path_factory: pytest.TempPathFactory, given_rows: list[tuple[str, str, str | None]]
) -> None:
    folder = tmp_path_factory.mktemp("data")
    written = [{"premise": text, "hypothesis": text, "label": label, "kind": kind} for text, label, kind in given_rows]
    (folder / "mrpc.jsonl").write_bytes(lines(*written))
    try:
        found = tasks.get("mrpc").load("", folder)
    except InputError:
        assert any(not text.isascii() for text, _, _ in given_rows), "half a surrogate pair is no text"
        return
    assert [one.label for one in found] == [label for _, label, _ in given_rows]
    assert len({one.id for one in found}) == len(given_rows)


# ---- our own


def test_own_pairs_come_from_the_repository() -> None:
    found = tasks.get("own_pairs").load()
    assert len(found) >= 600
    assert {True, False} <= {one.truth for one in found}
    assert tasks.get("own_pairs").role() == "test"


def test_a_story_is_what_an_editor_expects_of_it() -> None:
    found = {one.id: one for one in tasks.get("own_stories").load()}
    assert found["harbour-bridge/copy-reworded"].truth is False
    assert found["harbour-bridge/report"].truth is False
    assert found["harbour-bridge/copy-corrupted-number"].truth is True
    assert found["harbour-bridge/copy-truncated"].label == "other"
    assert found["harbour-bridge/copy-corrupted-number"].cluster == "harbour-bridge"
    assert "Langley Bridge" in found["harbour-bridge/copy-reworded"].premise
    assert "Click Here" not in found["harbour-bridge/copy-truncated"].hypothesis


def test_a_story_without_its_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    told = {"reference": "original.txt", "versions": {}}
    (tmp_path / "one" / "expected.json").write_text(json.dumps(told))
    with pytest.raises(InputError, match=r"original\.txt"):
        own_stories.of_stories(tmp_path)
    (tmp_path / "one" / "expected.json").write_text("{}")
    with pytest.raises(InputError, match="missing required field `reference`"):
        own_stories.of_stories(tmp_path)


def test_alignment_gold_becomes_a_row_a_pair() -> None:
    aligned = own_alignment.gold()
    found = tasks.get("own_alignment").load()
    assert len(found) == sum(one.gold.claims[0] * one.gold.claims[1] for one in aligned)
    counts = Counter(one.truth for one in found)
    pairs = sum(len(set(one.gold.pairs)) for one in aligned)
    assert counts[True] == pairs
    assert counts[None] == sum(len(set(one.gold.allowed) - set(one.gold.pairs)) for one in aligned)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"claims": [3, 1]}, "the gold was written for"),
        ({"pairs": [[0, 9]]}, "no such sentences"),
        ({"version": "gone.txt"}, r"gone\.txt"),
        ({"pears": []}, "unknown field"),
    ],
)
def test_alignment_gold_that_no_longer_fits_is_refused(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "original.txt").write_text("The ferry left at noon. It carried 214 people.")
    (tmp_path / "s" / "copy.txt").write_text("At noon the ferry left.")
    good = {"story": "s", "version": "copy.txt", "claims": [2, 1], "pairs": [[0, 0]], "allowed": [[1, 0]]}
    file = tmp_path / "gold.jsonl"
    file.write_bytes(lines(good))
    rows = list(own_alignment.rows_of(own_alignment.gold(file, tmp_path)[0]))
    assert [(one.id, one.label) for one in rows] == [("s/copy:0-0", "aligned"), ("s/copy:1-0", "other")]
    file.write_bytes(lines(good | change))
    with pytest.raises(InputError, match=told):
        own_alignment.gold(file, tmp_path)


def test_a_task_stays_as_it_is() -> None:
    task = Task(
        name="x", title="x", unit="pair", positive="contradiction", cluster="x", citation="x", licence="x",
        splits={"dev": Split(role="development", files=("x",))}, obtain="x", ran_on_real_rows=True, reader=from_files,
    )  # fmt: skip
    with pytest.raises(AttributeError):
        task.name = "y"  # type: ignore[misc]
    assert msgspec.structs.replace(task, name="y").name == "y"
