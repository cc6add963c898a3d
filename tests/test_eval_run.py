"""`python -m eval run`: rows in, a score a row, metrics with a signature out."""

from __future__ import annotations

import json
import random
import stat
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency import backends
from consistency.config import Config
from consistency.errors import ConfigError, OutputError
from consistency.protocols import Scorer
from consistency.records import Scores
from eval import rows as data
from eval import run
from eval.__main__ import main
from eval.rows import Row
from eval.systems import load
from eval.systems.nli import WHOLE, NliSystem

TINY: Final = Path(__file__).parent.parent / "fixtures" / "models" / "tiny"
TOLD: Final = "The mayor opened the new bridge on Monday."
DENIED: Final = "The mayor did not open the new bridge on Monday."
OTHER: Final = "The judge sold the old tower on Friday."
MORE: Final = "The singer cleaned the garden. The queen visited the famous museum on Sunday."
DOCUMENT: Final = " ".join([TOLD, *[OTHER] * (WHOLE // len(OTHER.split()) + 1), MORE])
ROWS: Final[list[dict[str, object]]] = [
    {"premise": TOLD, "hypothesis": TOLD, "label": "entailment"},
    {"premise": TOLD, "hypothesis": DENIED, "label": "contradiction", "kind": "negation"},
    {"premise": TOLD, "hypothesis": OTHER, "label": "neutral"},
    {"premise": DOCUMENT, "hypothesis": f"{OTHER} {TOLD}", "label": "consistent", "id": "long"},
    {"premise": DOCUMENT, "hypothesis": f"{OTHER} {DENIED}", "label": "inconsistent", "cluster": 7},
]


LOAD: Final = backends.load


@cache
def tiny() -> Scorer:
    return LOAD(str(TINY))


@pytest.fixture(autouse=True)
def _one_model(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The tiny model in the embedded one's place, loaded once; scores kept in a folder of the test's own."""

    def load_once(name: str) -> Scorer:
        return tiny() if name in ("embedded", str(TINY)) else LOAD(name)

    monkeypatch.setattr("eval.systems.backends.load", load_once)
    monkeypatch.setenv("CONSISTENCY_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return _write(tmp_path / "rows.jsonl", ROWS)


def _write(path: Path, rows: Sequence[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def _rows(*pairs: tuple[str, str]) -> list[Row]:
    return [Row(str(at), premise, hypothesis, "x", "", "", None) for at, (premise, hypothesis) in enumerate(pairs)]


# The system.


def test_the_nli_system_tells_a_denial_from_a_repetition() -> None:
    system = NliSystem(tiny())
    same, denied, other, long_same, long_denied = system.score(
        _rows(*((str(row["premise"]), str(row["hypothesis"])) for row in ROWS))
    )
    assert denied > 0.5 > max(same, other)
    assert long_denied > long_same


TEXTS = st.lists(st.sampled_from([TOLD, DENIED, OTHER, MORE, "No.", "On Sunday.", ""]), max_size=4).map(" ".join)


@settings(deadline=None, max_examples=25)
@given(pairs=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=8), order=st.randoms(use_true_random=False))
def test_scores_are_shares_and_follow_their_row(pairs: list[tuple[str, str]], order: random.Random) -> None:
    system = NliSystem(tiny())
    scores = system.score(_rows(*pairs))
    assert len(scores) == len(pairs)
    assert all(0 <= score <= 1 for score in scores)
    mixed = list(enumerate(pairs))
    order.shuffle(mixed)
    again = system.score(_rows(*(pair for _, pair in mixed)))
    assert again == [scores[at] for at, _ in mixed]


class Table:
    """A scorer that knows a few pairs; all others are neutral. Counts what it is asked."""

    digest = "table"
    runtime = "table"
    limit = 1_000

    def __init__(self, known: dict[tuple[str, str], Scores]) -> None:
        self._known = known
        self.asked: list[tuple[str, str]] = []

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        return [len(premise) + len(hypothesis) for premise, hypothesis in pairs]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        self.asked += pairs
        return [self._known.get(pair, Scores(0.0, 1.0, 0.0)) for pair in pairs]


def test_of_two_short_texts_what_is_entailed_counts_against_it() -> None:
    pair = (f"{OTHER} {TOLD}", f"{OTHER} {DENIED}")
    table = Table({pair: Scores(0.1, 0.1, 0.8), pair[::-1]: Scores(0.0, 0.6, 0.4)})
    assert NliSystem(table).score(_rows(pair)) == pytest.approx([0.6 * (1 - 0.1)])
    assert NliSystem(table, direction="forward").score(_rows(pair)) == pytest.approx([0.8 * (1 - 0.1)])
    assert NliSystem(table, direction="backward").score(_rows(pair)) == pytest.approx([0.4 * (1 - 0.1)])


def test_of_a_document_the_best_passage_supports_and_all_of_them_contradict() -> None:
    """Neutral to all passages but those that a table knows: a claim is held against them one way, forward."""

    class Document(Table):
        def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
            self.asked += pairs
            return [
                Scores(0.0, 0.0, 1.0)
                if DENIED in claim and TOLD in premise
                else Scores(0.9, 0.1, 0.0)
                if DENIED not in claim and OTHER in premise
                else Scores(0.0, 1.0, 0.0)
                for premise, claim in pairs
            ]

    table = Document({})
    (score,) = NliSystem(table).score(_rows((DOCUMENT, f"{OTHER} {DENIED}")))
    assert {claim for _, claim in table.asked} == {OTHER, DENIED}
    premises = {premise for premise, claim in table.asked if claim == DENIED}
    wrong = sum(TOLD in premise for premise in premises) / len(premises)
    assert 0 < wrong < 1
    assert score == pytest.approx((wrong + (wrong + 0) / 2) / 2), "the other claim is entailed"


def test_a_pair_is_asked_once() -> None:
    table = Table({})
    NliSystem(table).score(_rows((TOLD, DENIED), (TOLD, DENIED), (DENIED, TOLD)))
    assert sorted(table.asked) == sorted([(TOLD, DENIED), (DENIED, TOLD)])


def test_an_unknown_system_is_refused() -> None:
    with pytest.raises(ConfigError, match="oracle") as caught:
        load("oracle")
    assert "hub:" in caught.value.remedy


# The run.


def test_a_run_counts_pools_and_signs(file: Path, tmp_path: Path) -> None:
    more = _write(tmp_path / "more.jsonl", [{"premise": OTHER, "hypothesis": OTHER, "label": "paraphrase"}])
    summary = run.run([file, more], "nli")
    assert (summary.n, summary.consistent, summary.inconsistent, summary.neither) == (5, 3, 2, {"neutral": 1})
    assert summary.clusters == 4
    assert summary.metrics["recall"].value is not None
    assert summary.signature["files"] == "rows.jsonl more.jsonl"
    assert summary.signature["data"] == data.digest([file, more])[:16]
    assert summary.signature["system"] == f"nli/{tiny().digest[:12]}/both/k4/entailed"
    assert summary.signature["threshold_origin"] == "fixed: as shipped"
    assert summary.threshold == Config().threshold
    assert run.run([file], "nli", threshold=0.3).signature["threshold_origin"] == "given"


def test_neutral_rows_are_scored_but_not_measured(file: Path, tmp_path: Path) -> None:
    only = _write(tmp_path / "only.jsonl", [row for row in ROWS if row["label"] != "neutral"])
    assert run.run([file], "lexical").metrics == run.run([only], "lexical").metrics


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan")])
def test_a_threshold_is_a_probability(threshold: float, file: Path) -> None:
    with pytest.raises(ConfigError, match="threshold"):
        run.run([file], "lexical", threshold=threshold)


# The command.


def _command(*arguments: object) -> int:
    return main(["run", *map(str, arguments)])


def test_the_command_writes_a_summary_and_items(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    summary, items = tmp_path / "summary.json", tmp_path / "items.jsonl"
    assert _command("--data", file, "--system", f"hub:{TINY}", "--json", summary, "--items", items) == 0
    told = json.loads(summary.read_text("utf-8"))
    listed = [json.loads(line) for line in items.read_text("utf-8").splitlines()]
    assert told["n"] == 4
    assert told["metrics"]["auc"]["value"] >= 0.75
    assert [one["label"] for one in listed] == [row["label"] for row in ROWS]
    assert [one["id"] for one in listed][3] == "long"
    assert all(one["verdict"] == (one["score"] >= told["threshold"]) for one in listed)
    shown = capsys.readouterr()
    assert "auc" in shown.out
    assert "1 neutral" in shown.out
    assert "4 rows (2 inconsistent)" in shown.out
    assert shown.err == ""
    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == ["items.jsonl", "items.timing.json", "rows.jsonl", "summary.json"]
    timing = json.loads((tmp_path / "items.timing.json").read_text("utf-8"))
    assert timing["rows"] == 5
    assert timing["seconds"] >= 0
    assert "seconds" not in items.read_text("utf-8") + summary.read_text("utf-8")


def test_the_command_is_deterministic(file: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert _command("--data", file, "--json", tmp_path / name, "--items", tmp_path / f"{name}.rows") == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one.rows").read_bytes() == (tmp_path / "two.rows").read_bytes()


def test_one_class_is_shown_with_its_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _command("--data", _write(tmp_path / "one.jsonl", ROWS[:1]), "--system", "lexical") == 0
    assert "none (one class only)" in capsys.readouterr().out


BROKEN: Final[dict[str, Callable[[Path], list[object]]]] = {
    "no file": lambda folder: ["--data", folder / "missing.jsonl"],
    "bad row": lambda folder: ["--data", _write(folder / "bad.jsonl", [*ROWS, {"premise": "p"}])],
    "unknown system": lambda folder: ["--data", _write(folder / "r.jsonl", ROWS), "--system", "oracle"],
    "no model": lambda folder: ["--data", _write(folder / "r.jsonl", ROWS), "--system", f"hub:{folder / 'none'}"],
    "bad threshold": lambda folder: ["--data", _write(folder / "r.jsonl", ROWS), "--threshold", 7],
    "summary into nowhere": lambda folder: ["--data", _write(folder / "r.jsonl", ROWS), "--json", folder / "no" / "s"],
    "items into nowhere": lambda folder: ["--data", _write(folder / "r.jsonl", ROWS), "--items", folder / "no" / "i"],
    "summary over a folder": lambda folder: ["--data", _write(folder / "r.jsonl", ROWS), "--json", folder],
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_fault_is_one_line_and_leaves_nothing(
    fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    summary, items = tmp_path / "summary.json", tmp_path / "items.jsonl"
    given = BROKEN[fault](tmp_path)
    wanted = [*(() if "--json" in given else ("--json", summary)), *(() if "--items" in given else ("--items", items))]
    assert _command(*given, *wanted) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("error: ")
    assert shown.err.count("\n") == 1
    assert "; " in shown.err
    assert [path for path in tmp_path.rglob("*") if path.suffix not in (".jsonl",) or path == items] == []


def test_an_option_that_does_not_exist_exits_with_2(file: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        _command("--data", file, "--colour", "red")
    assert ended.value.code == 2


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "summary.json"
    run.write(path, "old")

    def fail(*given: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("eval.run.os.replace", fail)
    with pytest.raises(OutputError, match="disk is full"):
        run.write(path, "new")
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
    assert stat.S_ISREG(path.stat().st_mode)
