"""Mutation testing end to end: what counts as caught, intervals, the same bytes twice, nothing of the training data."""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import pkgutil
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

import consistency.training
from consistency.backends import load
from consistency.config import Config
from consistency.pipeline import check
from consistency.records import Article, Finding, Passage, Report, Scores
from consistency.training.lexicon import swaps
from eval.mutate import _run, add_parser, articles
from eval.mutate._draw import TOGETHER, digest, draw
from eval.mutate._report import Share, mean, summarise, wilson
from eval.mutate._run import Tried, run
from eval.mutate._text import tables
from tests.mutations import NEWS, ORIGINALS

HOUSE = Path(__file__).parent.parent


class Recorder:
    """A scorer that finds nothing and counts what it was asked."""

    digest = "recorder"
    runtime = "recorder"
    limit = 100_000

    def __init__(self) -> None:
        self.asked = 0

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        return [len(premise) + len(hypothesis) for premise, hypothesis in pairs]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        self.asked += len(pairs)
        return [Scores(1.0, 0.0, 0.0) for _ in pairs]


def tried(article: Article, scorer: object, **options: int) -> Tried:
    chosen = {"seed": 0, "per_kind": 2, **options}
    return next(iter(run([article], scorer, Config(model="lexical"), **chosen)))  # type: ignore[arg-type]


def test_a_number_is_caught_where_it_stands() -> None:
    article = Article(
        id="n", text="The dam broke at noon. A flood drowned 412 cows in the valley. Nobody was hurt there."
    )
    outcomes = [one for one in tried(article, load("lexical")).outcomes if one.kind == "number"]
    assert [(one.level, one.checks) for one in outcomes] == [("error", ("quantity",))]


@pytest.mark.parametrize("spared", ["nothing", "copy "])
def test_only_what_is_new_and_touches_the_place_counts(monkeypatch: pytest.MonkeyPatch, spared: str) -> None:
    """Every copy carries an error on its first sentence; so does the untouched article, unless it is spared."""

    def hostile(*given: object, **options: object) -> Report:
        report = check(*given, **options)  # type: ignore[arg-type]
        versions = [version.id for version in report.story.versions if version.id != spared]
        first = [Passage.of(report.of_article(version)[:1]).side() for version in versions]
        findings = tuple(Finding("garble", "error", "It is odd.", 1.0, None, side) for side in first)
        return msgspec.structs.replace(report, findings=findings)

    monkeypatch.setattr(_run, "check", hostile)
    found = tried(NEWS, load("lexical"), per_kind=9)
    assert found.unchanged == int(spared == "nothing")
    corrupted = [one for one in found.outcomes if one.family == "corruption"]
    mutations = draw(NEWS, 0, 9).mutations
    places = [one.reference[0].start for one in mutations if one.family == "corruption"]
    first = NEWS.text.index(".\n") + 1
    assert [one.alarms for one in corrupted] == [int(place < first) for place in places]
    assert len({one.alarms for one in corrupted}) == 2
    rewritten = [one for one in found.outcomes if one.family == "benign" and one.kind != TOGETHER]
    places = [one.reference[0].start for one in mutations if one.family == "benign"]
    assert [one.alarms for one in rewritten] == [int(place < first or spared == "copy ") for place in places]


def test_unchanged_sentences_cost_the_model_nothing() -> None:
    text = "\n\n".join(f"The clerk of ward number {at} spoke about the harbour plans of the town." for at in range(60))
    scorer = Recorder()
    article = Article(id="long", text=text + "\n\nThe prime minister resigned on Monday.")
    outcomes = tried(article, scorer, per_kind=1).outcomes
    assert outcomes
    assert scorer.asked <= 40 * len(outcomes)


def test_wilson_has_the_textbook_values() -> None:
    found = wilson([(1, 1)] * 8 + [(0, 1)] * 2)
    assert (found.value, found.low, found.high) == (0.8, 0.4902, 0.9433)
    assert wilson([(22, 22)]).low == pytest.approx(0.8513, abs=1e-4)
    assert wilson([]) == Share(None, None, None, "no place found in any article")


def test_articles_that_agree_with_themselves_widen_the_interval() -> None:
    alone = wilson([(1, 1)] * 20 + [(0, 1)] * 20)
    clustered = wilson([(10, 10)] * 2 + [(0, 10)] * 2)
    assert alone.value == clustered.value
    assert alone.low is not None
    assert clustered.low is not None
    assert clustered.low < alone.low


def test_intervals_cover_at_about_the_nominal_rate() -> None:
    rng = random.Random(5)
    hits, trials = 0, 600
    for _ in range(trials):
        clusters = []
        for _ in range(30):
            rate = rng.betavariate(4.2, 1.8)
            clusters.append((sum(rng.random() < rate for _ in range(4)), 4))
        found = wilson(clusters)
        assert found.low is not None
        assert found.high is not None
        hits += found.low <= 0.7 <= found.high
    assert 0.91 <= hits / trials <= 0.985


def test_mean_of_no_alarms_still_has_an_upper_end() -> None:
    assert mean([0] * 30) == Share(0.0, 0.0, 0.1)
    assert mean([1, 0, 2, 1]).value == 1.0
    assert mean([]).value is None


def test_a_kind_without_a_place_is_counted() -> None:
    summary = summarise([tried(Article(id="s", text="Nothing much happened."), load("lexical"))], [], {"seed": "0"})
    assert summary.corruptions["role_swap"].no_place_found == 1
    assert summary.corruptions["role_swap"].caught.reason == "no place found in any article"
    assert summary.rewrites["voice"].no_place_found == 1


def command(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers(required=True))
    given = parser.parse_args(["mutate", *map(str, arguments)])
    return int(given.run(given))


def test_two_runs_give_the_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = [*ORIGINALS[:2], "--model", "lexical", "--seed", 7]
    for name in ("one", "two"):
        assert command(*chosen, "--json", tmp_path / f"{name}.json", "--items", tmp_path / f"{name}.jsonl") == 0
    for suffix in (".json", ".jsonl"):
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()
    printed = capsys.readouterr().out
    assert "tortured_synonym" in printed
    rows = [json.loads(line) for line in (tmp_path / "one.jsonl").read_text("utf-8").splitlines()]
    summary = json.loads((tmp_path / "one.json").read_text("utf-8"))
    assert len({row["id"] for row in rows}) == len(rows)
    assert sum(row["level"] == "no place found" for row in rows) == sum(
        kind["no_place_found"] for part in ("corruptions", "rewrites") for kind in summary[part].values()
    )
    assert sum(row["kind"] == TOGETHER for row in rows) == 2
    assert summary["signature"]["model"] == "lexical-1"


def test_an_unreadable_article_is_named_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").write_text("")
    assert command(tmp_path / "empty.txt", ORIGINALS[0], "--model", "lexical", "--per-kind", 1) == 0
    told = capsys.readouterr().err
    assert "empty.txt" in told
    assert "Give a file" in told


def test_nothing_readable_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(tmp_path / "absent.txt", "--model", "lexical", "--json", tmp_path / "summary.json") == 2
    told = capsys.readouterr().err
    assert "absent.txt does not exist" in told
    assert "error: none of the articles can be read" in told
    assert not (tmp_path / "summary.json").exists()


@pytest.mark.parametrize("option", ["--json", "--items"])
def test_a_file_that_cannot_be_written_ends_with_two_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.setattr("eval.mutate.run", None)
    where = tmp_path / "no" / "summary.json"
    assert command(ORIGINALS[0], "--model", "lexical", "--per-kind", 1, option, where) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_the_same_text_twice_is_one_article(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(NEWS.text)
    found, unread = articles([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])
    assert len(found) == 1
    assert unread == []


def test_a_text_has_one_digest() -> None:
    assert digest("a") != digest("b")
    assert digest("\ud800") == digest("\ud800")


def ours() -> Iterator[tuple[str, str]]:
    """Every (old, new) pair of the word tables."""
    for name, table in tables().items():
        if name == "unit":
            yield from ((old, new) for old, others in table.items() for new in others)
        elif name == "place":
            yield from ((old, new) for group in table for old in group["old"] for new in group["new"])
        elif name not in {"person", "verbs", "past"}:  # names, and forms of one verb: nothing that is put for another
            yield from ((rule["old"], rule["new"]) for rule in table)


def theirs() -> Iterator[tuple[str, str]]:
    """Every (old, new) pair of the training's lexicon and of the tables in its modules."""
    for old, found in swaps().items():
        yield from ((old, swap.target) for swap in found)
    for info in pkgutil.iter_modules(consistency.training.__path__):
        if info.name == "__main__":
            continue
        for table in vars(importlib.import_module(f"consistency.training.{info.name}")).values():
            if isinstance(table, dict):
                for old, new in table.items():
                    targets = new if isinstance(new, tuple) else (new,)
                    yield from ((old, one) for one in targets if isinstance(old, str) and isinstance(one, str))


def folded(pair: tuple[str, str]) -> tuple[str, str]:
    old, new = (" ".join(words.casefold().replace("’", "'").split()) for words in pair)
    return old, new


def test_no_replacement_is_one_of_the_training_data() -> None:
    taught = {folded(pair) for pair in theirs()}
    assert len(taught) > 10_000
    assert {folded(pair) for pair in ours()} & taught == set()


def test_no_mutation_knows_the_training() -> None:
    for path in (HOUSE / "eval" / "mutate").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
            assert not any("training" in name for name in names), path
    for path in (HOUSE / "consistency" / "training").glob("*.py"):
        assert "eval" not in {name.split(".")[0] for name in imported(path)}, path


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_mutating_needs_no_training_module() -> None:
    code = (
        "import sys, eval.mutate; "
        "assert not [name for name in sys.modules if name.startswith('consistency.training') or name == 'torch']"
    )
    subprocess.run([sys.executable, "-c", code], cwd=HOUSE, check=True)
