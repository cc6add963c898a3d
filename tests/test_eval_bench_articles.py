"""What `python -m eval bench` measures on, whole articles, and processes of their own."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from consistency.backends.lexical import LexicalScorer
from consistency.errors import InputError
from consistency.records import Scores
from eval.bench import _apart, _articles, _fresh, _rates, _texts
from eval.bench._record import (
    Spread,
)
from tests.measured import TINY

SENTENCES = [
    f"The {who} opened the {how} bridge{more}."
    for who in ("mayor", "judge", "coach", "minister", "doctor", "farmer", "singer")
    for how in ("new", "old", "small")
    for more in ("", " on Monday", " on Monday and closed the harbour on Friday")
]


def test_pairs_are_unique_and_in_both_directions_and_a_sample_is_fixed() -> None:
    data, pairs = _texts.pairs_of(_texts.OWN, None, 40, seed=0)
    assert len(set(pairs)) == len(pairs) == data.pairs <= 80
    assert {pair[::-1] for pair in pairs} == set(pairs)
    assert _texts.pairs_of(_texts.OWN, None, 40, seed=0) == (data, pairs)
    assert _texts.pairs_of(_texts.OWN, None, 40, seed=1)[1] != pairs


@pytest.mark.parametrize("claims", [4, 40, 90])
def test_articles_have_as_many_claims_as_asked_and_never_come_again(claims: int) -> None:
    source = _texts.articles(None).pairs
    first, second = _texts.joined(source, claims), _texts.joined(source, claims)
    for one in (first, second):
        assert one.claims == claims
        assert abs(one.version_claims - claims) <= claims / 4
    assert first.reference != second.reference
    assert first.reference.split("\n\n")[0] not in second.reference


def test_too_few_articles_are_said_to_be_too_few() -> None:
    with pytest.raises(InputError, match="too few articles for 9 claims"):
        _texts.joined(iter([("It rained on Monday.", "On Monday it rained.")]), 9)


def test_a_rewrite_that_breaks_off_is_left_out(tmp_path: Path) -> None:
    body = " ".join(SENTENCES[:12])
    rows = [(body, " ".join(SENTENCES[:4])), (f"So. {body}", " ".join(SENTENCES[:11])), (f"Oh. {body}", body * 3)]
    for name in _texts.REWRITTEN:
        lines = [json.dumps({"premise": one, "hypothesis": two, "label": "rewrite"}) + "\n" for one, two in rows]
        (tmp_path / f"{name}.jsonl").write_text("".join(lines), "utf-8")
    assert [pair[1] for pair in _texts.articles(tmp_path).pairs] == [rows[1][1]]


def test_words_are_exchanged_in_a_story_and_its_copy_alike() -> None:
    story = ("The harbour bridge fell after 31 officials left.", "After 31 officials left, the harbour span collapsed.")
    assert _texts.exchanged(story, 0) == story
    changed = _texts.exchanged(story, 4)
    one, two = (text.split() for text in changed)
    assert (one[2], one[3], one[7]) == ("bridge", "fell", "left."), "words of one side alone, and short ones, stay"
    assert (one[1], one[5], one[6]) == (two[5], two[1], two[2])
    assert "harbour" not in changed[0] + changed[1]
    assert one[5] == "75"


def test_short_stories_differ_from_each_other() -> None:
    heads = [pair[0] for pair in _texts.short(11_100)]
    assert len(set(heads)) == 11_100
    assert list(_texts.short(2, first=7)) == list(islice(_texts.short(9), 7, None))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What a process of its own would hold, with a tiny model."""
    held: dict[str, Any] = {
        "scorer": _rates.one(str(TINY), "pytorch/fp32", 1),
        "folder": argparse.Namespace(name=str(tmp_path)),
    }
    monkeypatch.setattr(_apart, "_HERE", held)
    return held


def test_a_check_is_timed_in_and_outside_of_the_model(here: dict[str, Any]) -> None:
    given = _texts.joined(_texts.articles(None).pairs, 13)
    found = _apart._check(given)
    assert 0 < found.model < found.seconds
    assert found.outside == pytest.approx(found.seconds - found.model)
    assert set(found.stages) == set(_apart.STAGES)
    assert found.stages[_apart.BESIDE] > 0
    apart = sum(spent for name, spent in found.stages.items() if name != _apart.BESIDE)  # which ran in the model's time
    assert apart + found.model <= found.seconds
    assert found.aligned > 5
    assert found.scored > found.aligned, "both directions"


def test_the_matrix_is_every_sentence_against_every_sentence_one_way(here: dict[str, Any]) -> None:
    asked: list[tuple[str, str]] = []

    class Heard(LexicalScorer):
        def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
            asked.extend(pairs)
            return super().score(pairs)

    here["scorer"] = Heard()
    given = _texts.Versions("One rose. Two fell.", "A rose. B fell. C stood.", 2, 3)
    assert _apart._matrix(given).pairs == 6
    assert sorted(asked) == [
        (one, two) for one in ("One rose.", "Two fell.") for two in ("A rose.", "B fell.", "C stood.")
    ]


def test_an_article_that_cannot_be_read_is_no_measurement(here: dict[str, Any]) -> None:
    german = "Der Bürgermeister hat am Montag die neue Brücke über den Hafen eröffnet, sagte die Verwaltung."
    with pytest.raises(InputError, match="not in English"):
        _apart._check(_texts.Versions(german, german, 1, 1))


def test_end_to_end_compares_the_same_article() -> None:
    stages = dict.fromkeys(_apart.STAGES, 0.01)
    checked = [_apart.Checked(0.1, 0.08, 30, 60, stages), _apart.Checked(1.0, 0.9, 32, 64, stages)]
    matrix = [_apart.Matrix(2.0, 1_600), _apart.Matrix(20.0, 1_600)]
    plain = [_apart.Matrix(8.0, 1_600), _apart.Matrix(60.0, 1_600)]
    found = _articles.end_to_end("any", checked, matrix, plain)
    assert (found.over_matrix, found.over_plain) == (Spread(20, 20, 20), Spread(70, 60, 80))
    assert found.outside == Spread(0.15, 0.1, 0.2)
    assert (found.aligned, found.scored) == (31, 62)
    assert found.stages["model"] == pytest.approx(0.98 / 1.1, abs=1e-4)
    assert _apart.BESIDE in found.stages, "told, and part of the model's time"
    assert sum(found.stages.values()) - found.stages[_apart.BESIDE] == pytest.approx(1, abs=1e-3)


def test_a_fresh_process_is_watched_and_its_cache_is_its_own(tmp_path: Path) -> None:
    words = (*_fresh.CHECK, "--model", "lexical")
    found = _fresh.run(words, tmp_path / "cache", watch=True)
    assert found.seconds > 0
    assert found.together >= found.own > 1


def test_a_process_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"exit code 2: .*no_such"):
        _fresh.run((*_fresh.CHECK, "--model", "no_such_model_anywhere"), tmp_path)


def test_a_feed_has_an_original_and_a_copy_of_every_story(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in _fresh.write_feed(tmp_path / "feed.jsonl", 5).read_text("utf-8").splitlines()]
    assert [(row["story"], row["role"]) for row in rows] == [
        (str(at), role) for at in range(5) for role in ("original", "copy")
    ]
    assert len({row["id"] for row in rows}) == 10


def test_a_command_is_told_without_the_machines_folders() -> None:
    told = _fresh._told((*_fresh.CHECK, "--model", "embedded", "--backend", "onnx", "--no-cache"))
    assert told == "consistency check ORIGINAL COPY --backend onnx --no-cache"
    assert _fresh._told(("--help",)) == "consistency --help"


def test_the_largest_article_is_made_of_the_size_before_it_and_read_by_nobody() -> None:
    checked: list[tuple[int, _texts.Versions]] = []
    opened: list[str] = []

    class Fake:
        runtime = "any"

        def __enter__(self) -> Fake:
            opened.append(self.runtime)
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def check(self, versions: _texts.Versions) -> _apart.Checked:
            checked.append((len(opened), versions))
            return _apart.Checked(4.0 * versions.claims, 3.0 * versions.claims, 1, 2, {})

        def matrix(self, versions: _texts.Versions) -> _apart.Matrix:
            return _apart.Matrix(1.0, 1)

    sizes = ((4, 1), (5, 2), (10, 1))
    found = _articles.grown(_texts.articles(None), [Fake], sizes, 3, lambda *_: None)  # type: ignore[list-item]
    by_process = [[versions for at, versions in checked if at == number][1:] for number in (1, 2, 3)]
    assert [[one.claims for one in some] for some in by_process] == [[4], [5, 5], [10]]
    assert by_process[2] == [_texts.together(by_process[1])]
    assert by_process[0][0].reference not in by_process[2][0].reference
    assert [(one.claims, one.number, one.model, one.outside) for one in found.grown] == [
        (claims, number, 3000, 1000) for claims, number in sizes
    ]
