"""What the shipped model may learn from, and what it must never see."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.training import __main__ as command
from consistency.training.recipe import Facts, Recipe, gather
from consistency.training.sources import (
    CONTRADICTION,
    ENTAILMENT,
    NEUTRAL,
    PASSAGES,
    SOURCES,
    Example,
    Leaks,
    Source,
    load,
    normalise,
    passages,
    sentences,
)
from tests.training_data import SENTENCES, make, write_rows

HELD_OUT = Path(__file__).parent.parent / "fixtures" / "eval" / "pairs.jsonl"
KNOWN = "Four hikers were rescued from Mount Kenya on Wednesday. Their guide had lost the way."
RESEARCH_ONLY = {"rte_entailed", "mrpc"}
LICENCES = ("MultiNLI, mixed permissive", "CC BY 4.0", "CC BY-SA", "Apache-2.0", "MIT")


@pytest.fixture
def leaks(tmp_path: Path) -> Leaks:
    row = {"premise": KNOWN, "hypothesis": "Yes.", "label": "neutral"}
    return Leaks([write_rows(tmp_path / "dev.jsonl", [row]), write_rows(tmp_path / "more.jsonl.gz", [row])])


@pytest.mark.parametrize(
    "text",
    [
        KNOWN,
        "Four hikers were rescued from Mount Kenya on Wednesday.",
        "Their guide had lost the way.",
        "four hikers were rescued from mount kenya on wednesday",
        "FOUR HIKERS -- were rescued, from Mount Kenya; on Wednesday!!",
        "It was a wet week. Four hikers were rescued from Mount Kenya on Wednesday. Then the sun came out.",
        "It was a wet week.\nTheir guide had lost the way.\nThen the sun came out.",
        "“Their guide had lost the way.” So said the paper.",
        "Yes.",
    ],
)
def test_a_development_sentence_is_found(leaks: Leaks, text: str) -> None:
    assert leaks.shares("Something else altogether was written here.", text)
    assert leaks.shares(text, "Something else altogether was written here.")


@pytest.mark.parametrize(
    "text",
    [
        "Four hikers were rescued from Mount Kenya on Thursday.",
        "Their guide had lost the way and his map.",
        "Four hikers were rescued",
        "...",
        "",
    ],
)
def test_another_sentence_is_not(leaks: Leaks, text: str) -> None:
    assert not leaks.shares(text)


def test_a_row_that_lacks_a_side_does_not_cost_texts_without_words(tmp_path: Path) -> None:
    assert not Leaks([write_rows(tmp_path / "dev.jsonl", [{"premise": KNOWN}])]).shares("Fine. ...", "—")


def test_leaks_are_counted_by_source(leaks: Leaks) -> None:
    assert not leaks.keep("one", "fine", KNOWN)
    assert not leaks.keep("one", KNOWN)
    assert leaks.keep("one", "fine")
    assert not leaks.keep("two", "Yes!")
    assert leaks.dropped == {"one": 2, "two": 1}


@given(text=st.text(max_size=60))
def test_what_is_known_is_found_in_any_case_and_with_any_marks(text: str) -> None:
    assert normalise(f" — {text.lower()} …") == normalise(text.lower())
    assert normalise(normalise(text)) == normalise(text)


def test_sentences_lose_no_word() -> None:
    text = " ".join(SENTENCES)
    assert " ".join(sentences(text)) == text
    assert len(sentences(text)) == len(SENTENCES)


# The table.


def test_only_licensed_sources_are_in_the_table() -> None:
    names = [source.name for source in SOURCES]
    assert len(set(names)) == len(names)
    assert not RESEARCH_ONLY & set(names)
    assert names == [
        "mnli_part",
        "wanli_part",
        "snli_part",
        "snli_revised",
        "disco",
        "fever_evidence",
        "wikifact_refuted",
        "conjnli_adversarial",
        "curriculum_three_way",
        "semantoneg",
        "iterater_revisions",
    ], "a new source needs a licence that allows shipped weights: name it in NOTICE, then here"
    for source in (*SOURCES, PASSAGES):
        assert source.licence.startswith(LICENCES), source


def test_labels_of_the_table_say_what_they_mean() -> None:
    meanings = {"entailment": ENTAILMENT, "paraphrase": ENTAILMENT, "neutral": NEUTRAL, "contradiction": CONTRADICTION}
    for source in SOURCES:
        assert source.labels
        assert source.labels.items() <= meanings.items()


def test_share_alike_works_are_named_in_the_notice() -> None:
    notice = (Path(__file__).parent.parent / "NOTICE").read_text("utf-8")
    for name in ("SNLI", "FEVER", "CANNOT"):
        assert name in notice


def test_only_licensed_news_is_read(tmp_path: Path, leaks: Leaks) -> None:
    read = passages(make(tmp_path / "data") / "text", leaks)
    assert [sentence for passage in read for sentence in passage] == list(SENTENCES)


# Loading.


def test_a_source_is_loaded_with_its_labels_and_both_ways(tmp_path: Path, leaks: Leaks) -> None:
    rows = [
        {"premise": "a", "hypothesis": "b", "label": "paraphrase"},
        {"premise": "c", "hypothesis": "d", "label": "meaning_changed"},
        {"premise": KNOWN, "hypothesis": "d", "label": "paraphrase"},
    ]
    write_rows(tmp_path / "some.jsonl.gz", rows)
    one_way = Source("some", "MIT", labels={"paraphrase": ENTAILMENT})
    both = Source("some", "MIT", labels={"paraphrase": ENTAILMENT}, both_ways=True)
    assert load(one_way, tmp_path, leaks, random.Random(0)) == [Example("a", "b", ENTAILMENT, "some")]
    assert {(one.premise, one.hypothesis) for one in load(both, tmp_path, leaks, random.Random(0))} == {
        ("a", "b"),
        ("b", "a"),
    }
    assert leaks.dropped == {"some": 2}


def test_rows_are_shuffled_by_the_seed(tmp_path: Path, leaks: Leaks) -> None:
    rows = [{"premise": f"p{at}", "hypothesis": "h", "label": "entailment"} for at in range(50)]
    write_rows(tmp_path / "some.jsonl.gz", rows)
    source = Source("some", "MIT", rows=10, labels={"entailment": ENTAILMENT})
    drawn = load(source, tmp_path, leaks, random.Random(3))
    assert len(drawn) == 50
    assert drawn == load(source, tmp_path, leaks, random.Random(3))
    assert drawn != load(source, tmp_path, leaks, random.Random(4))


# Leaks, in all that is gathered.


def _held_out() -> list[tuple[str, str]]:
    rows = [json.loads(line) for line in HELD_OUT.read_text("utf-8").splitlines()]
    return [(str(row["premise"]), str(row["hypothesis"])) for row in rows[:: len(rows) // 20]]


def _planted() -> list[tuple[str, str]]:
    """Held-out sentences as they are, in a document, in capitals, without marks; on either side."""
    disguises = (
        str,
        str.upper,
        lambda text: text.replace(",", "").rstrip("."),
        lambda text: f"The day began with rain. {text} Nobody was hurt.",
    )
    found = []
    for at, (premise, hypothesis) in enumerate(_held_out()):
        hidden = disguises[at % 4](premise if at % 2 else hypothesis)
        found.append((hidden, SENTENCES[1]) if at % 3 else (SENTENCES[1], hidden))
    return found


def test_no_held_out_sentence_is_learnt(tmp_path: Path) -> None:
    data = make(tmp_path / "data", _planted(), dev=[SENTENCES[7]])
    leaky = gather(data, random.Random(0))
    material = gather(data, random.Random(0), [HELD_OUT])
    known = {normalise(part) for pair in _held_out() for text in pair for part in (text, *sentences(text))}
    known = {part for part in known if part.count(" ") >= 3}
    planted = [example for example in leaky.public if _shares(known, example.premise, example.hypothesis)]
    assert planted, "without the file to avoid, the planted rows are there"
    assert not [example for example in material.public if _shares(known, example.premise, example.hypothesis)]
    assert not [part for passage in material.news for part in passage if _shares(known, part)]
    assert set(material.dropped) == {*(source.name for source in SOURCES), "passages"}
    assert sum(material.dropped.values()) > sum(leaky.dropped.values())
    assert not [one for one in leaky.public if SENTENCES[7] in (one.premise, one.hypothesis)], "dev/ is always avoided"


def _shares(known: set[str], *texts: str) -> bool:
    return any(normalise(part) in known for text in texts for part in (text, *sentences(text)))


def test_the_command_avoids_the_held_out_pairs_of_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = []

    def run(recipe: Recipe, data: Path, base: Path, out: Path, *, device: str, avoid: list[Path], **rest: Any) -> Facts:
        asked.append((data, base, device, avoid))
        assert rest == {"hub": [], "copies": None}
        return Facts({}, {}, {})

    monkeypatch.setattr(command, "run", run)
    monkeypatch.setattr(command, "export", lambda *given, **more: "digest")
    monkeypatch.setattr(command, "calibrated", lambda *given, **more: None)
    folders = [
        "--data",
        "data",
        "--base",
        "base",
        "--out",
        str(tmp_path / "run"),
        "--weights",
        str(tmp_path / "weights"),
    ]
    assert command.main(folders) == 0
    assert command.main([*folders, "--avoid", "some.jsonl"]) == 0
    assert HELD_OUT in asked[0][3]
    assert asked[1] == (Path("data"), Path("base"), "cpu", [Path("some.jsonl")])
