"""The systems by name, the store they share, and a run that is killed and goes on."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from consistency.config import Config
from consistency.errors import ConfigError, ConsistencyError, InputError, OutputError
from consistency.protocols import Scorer
from consistency.records import Scores
from eval import run, systems, work
from eval.__main__ import main
from eval.rows import Row
from eval.store import Store, StoredScorer, Told, code_digest, pair_digest, row_digest
from eval.systems.all_pairs import AllPairs
from eval.systems.nli import NliSystem
from eval.systems.tool import ToolSystem, typed_alone
from eval.task import truth

HOUSE: Final = Path(__file__).parent.parent
TINY: Final = HOUSE / "fixtures" / "models" / "tiny"
TOLD: Final = "The mayor opened the new bridge over the harbour on Monday, 39 years after the old one fell."
WRONG: Final = "The mayor opened the new bridge over the harbour on Monday, 93 years after the old one fell."
OTHER: Final = "A singer from Lisbon won the prize for the best album of the year."


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def _row(premise: str, hypothesis: str, label: str = "consistent", name: str = "", cluster: str = "") -> Row:
    return Row(name or f"{premise[:9]}|{hypothesis}", premise, hypothesis, label, cluster, "", truth(label))


def _write(path: Path, rows: Sequence[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


ROWS: Final[list[dict[str, object]]] = [
    {"id": "same", "premise": TOLD, "hypothesis": TOLD, "label": "consistent", "cluster": "a"},
    {"id": "wrong", "premise": TOLD, "hypothesis": WRONG, "label": "inconsistent", "cluster": "a"},
    {"id": "other", "premise": OTHER, "hypothesis": TOLD, "label": "consistent", "cluster": "b"},
    {"id": "swap", "premise": WRONG, "hypothesis": TOLD, "label": "inconsistent", "cluster": "c"},
]


class Counting:
    """A scorer that is sure of one contradiction, and counts what it is asked."""

    digest = "counting"
    limit = 200

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        return [len(premise) + len(hypothesis) for premise, hypothesis in pairs]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        self.asked += pairs
        return [Scores(0.05, 0.05, 0.9) if {TOLD, WRONG} == set(pair) else Scores(0.2, 0.7, 0.1) for pair in pairs]


# The tool and its rules.


def test_the_tool_finds_a_wrong_number_and_leaves_no_row_out() -> None:
    rows = [_row(TOLD, WRONG), _row(TOLD, TOLD), _row(TOLD, OTHER), _row(TOLD, ""), _row("", TOLD), _row("Yes.", "No.")]
    tool = ToolSystem(Counting())
    told = tool.tell(rows)
    assert len(told) == len(rows)
    wrong, same, other, nothing, no_premise, short = told
    assert tool.fixed.value == Config().threshold
    assert wrong.score >= tool.fixed.value
    assert wrong.alarms == 1
    assert (same.score, same.alarms, same.compared) == (0.0, 0, True)
    for quiet in (other, nothing, no_premise):
        assert (quiet.score, quiet.alarms, quiet.compared) == (0.0, 0, False)
    assert 0 <= short.score <= 1


@pytest.mark.parametrize("warnings", [False, True])
@pytest.mark.parametrize("threshold", [0.3, 0.9, 0.99])
def test_the_verdict_is_what_a_desk_would_see(threshold: float, warnings: bool) -> None:
    """Whatever the thresholds of the checks are, a row is flagged just where the tool reports something."""
    hedged = TOLD.replace("opened", "is said to have opened")
    rows = [_row(one, other) for one in (TOLD, WRONG, OTHER, hedged) for other in (TOLD, WRONG, OTHER, hedged)]
    for tool in (
        ToolSystem(Counting(), Config(threshold=threshold), warnings=warnings),
        typed_alone(warnings=warnings),
    ):
        told = tool.tell(rows)
        assert [one.score >= tool.fixed.value for one in told] == [bool(one.alarms) for one in told]
        assert any(one.alarms for one in told)
        assert not all(one.alarms for one in told)


def test_the_tool_asks_in_large_batches_and_about_no_pair_twice() -> None:
    class Batches(Counting):
        def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
            sizes.append(len(pairs))
            return super().score(pairs)

    sizes: list[int] = []
    counting = Batches()
    rows = [_row(TOLD.replace("39", str(at)), WRONG.replace("93", str(at + 1))) for at in range(10, 26)]
    with Store() as store:
        ToolSystem(StoredScorer(counting, store)).tell([*rows, *rows])
    assert len(counting.asked) == len(set(counting.asked))
    assert sizes[0] == 32
    assert len(sizes) <= 2 + len(counting.asked) // 32


def test_the_tool_and_the_model_share_their_answers() -> None:
    counting = Counting()
    with Store() as store:
        NliSystem(StoredScorer(counting, store)).tell([_row(TOLD, WRONG)])
        asked = len(counting.asked)
        ToolSystem(StoredScorer(counting, store)).tell([_row(TOLD, WRONG)])
    assert len(counting.asked) == asked


def test_rules_need_no_model_and_see_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(name: str) -> Scorer:
        raise AssertionError(f"the rules asked for {name}")

    monkeypatch.setattr("eval.systems.backends.load", never)
    rules = systems.load("rules")
    wrong, same = rules.tell([_row(TOLD, WRONG), _row(TOLD, TOLD)])
    assert wrong.score >= 0.5 > same.score
    assert rules.model == ""


def test_warnings_count_only_where_they_are_asked_for() -> None:
    said = 'The minister said: "We will open the border to all trade next spring, without delay."'
    altered = 'The minister said: "We will open the border to most trade next spring, without delay."'
    errors, both = (
        systems.load("rules", {"alarms": alarms}).tell([_row(said, altered)])[0]
        for alarms in ("errors", "errors+warnings")
    )
    assert both.score > errors.score
    assert both.alarms == (errors.alarms or 0) + 1


# The others.


def test_overlap_is_the_share_of_words_that_are_new() -> None:
    found = systems.load("overlap").tell([_row("one two three", "One four"), _row("a", "a"), _row("a", "")])
    assert [one.score for one in found] == [0.5, 0.0, 0.0]


def test_all_pairs_is_the_mean_over_claims_of_the_best_support() -> None:
    class Fixed(Counting):
        def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
            self.asked += pairs
            known = {(TOLD, TOLD): Scores(0.9, 0.1, 0.0), (TOLD, WRONG): Scores(0.1, 0.1, 0.8)}
            return [known.get(pair, Scores(0.0, 1.0, 0.0)) for pair in pairs]

    fixed = Fixed()
    (found,) = AllPairs(fixed).tell([_row(f"{OTHER} {TOLD}", f"{TOLD} {WRONG}")])
    assert found.score == pytest.approx((1 - ((0.9 - 0.0) + (0.1 - 0.8)) / 2) / 2)
    assert len(fixed.asked) == 4


def test_a_pair_too_long_for_the_model_is_counted_and_never_cut() -> None:
    counting = Counting()
    long = " ".join(["word"] * 60) + "."
    (alone,) = NliSystem(counting).tell([_row(long, TOLD)])
    assert (alone.score, alone.compared) == (0.0, False)
    assert alone.unread == 1
    (beside,) = NliSystem(counting).tell([_row(f"{long} {TOLD}", WRONG)])
    assert beside.compared
    assert beside.unread > 0
    assert beside.score > 0.5
    assert all(len(premise) + len(hypothesis) <= counting.limit for premise, hypothesis in counting.asked)


def test_three_way_scores_are_those_of_premise_to_hypothesis() -> None:
    class OneWay(Counting):
        def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
            return [Scores(0.7, 0.2, 0.1) if pair == (TOLD, WRONG) else Scores(0.0, 0.0, 1.0) for pair in pairs]

    (found,) = NliSystem(OneWay()).tell([_row(TOLD, WRONG)])
    assert found.nli == pytest.approx((0.7, 0.2, 0.1))
    (several,) = NliSystem(OneWay()).tell([_row(f"{OTHER} {TOLD}", f"{WRONG} {OTHER}")])
    assert several.nli is not None
    assert sum(several.nli) == pytest.approx(1)


def test_tfidf_learns_from_train_files_and_refuses_what_it_learned_from(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = []
    for at in range(30):
        told = f"The council of town {at} approved the plan."
        rows.append({"premise": told, "hypothesis": told.replace("approved", "backed"), "label": "paraphrase"})
        rows.append({"premise": told, "hypothesis": told.replace("approved", "never saw"), "label": "contradiction"})
    train = _write(tmp_path / "train.jsonl", rows)
    learned = systems.load("tfidf", train=[train])
    new = "The board approved the budget."
    denied, kept = learned.tell([_row(new, new.replace("approved", words)) for words in ("never saw", "backed")])
    assert denied.score > 0.5 > kept.score
    assert systems.load("tfidf", train=[train]).tell([_row(new, TOLD)]) == learned.tell([_row(new, TOLD)])
    with pytest.raises(InputError, match="train"):
        learned.tell([_row(str(rows[0]["premise"]), str(rows[0]["hypothesis"]))])
    with pytest.raises(ConfigError, match="trained"):
        systems.load("tfidf")
    with pytest.raises(InputError, match="one class"):
        systems.load("tfidf", train=[_write(tmp_path / "one.jsonl", rows[:1])])
    with pytest.raises(ConfigError, match="test"):
        systems.load("tfidf", train=[_write(tmp_path / "summedits_news_doc.jsonl", rows)])


def test_published_scores_go_by_id_and_none_may_be_missing(tmp_path: Path) -> None:
    file = _write(tmp_path / "theirs.jsonl", [{"id": "a", "score": 0.25}, {"id": "b", "score": 1}])
    rows = [_row(TOLD, WRONG, name="b"), _row(TOLD, TOLD, name="a")]
    assert [one.score for one in systems.load(f"published:{file}").tell(rows)] == [1.0, 0.25]
    turned = systems.load(f"published:{file}", {"higher": "consistent"})
    assert [one.score for one in turned.tell(rows)] == [0.0, 0.75]
    with pytest.raises(InputError, match="'c'"):
        turned.tell([_row(TOLD, TOLD, name="c")])


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"id": "a", "score": 2}], "row 1"),
        ([{"id": "a", "score": "high"}], "row 1"),
        ([{"score": 0.5}], "row 1"),
        ([{"id": "a", "score": 0.5}, {"id": "a", "score": 0.6}], "row 2"),
        ([{"id": "a", "score": float("nan")}], "row 1"),
    ],
)
def test_a_bad_published_score_is_named(rows: list[dict[str, object]], told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=told) as caught:
        systems.load(f"published:{_write(tmp_path / 'theirs.jsonl', rows)}")
    assert caught.value.remedy


def test_an_items_file_is_a_published_system(tmp_path: Path) -> None:
    file, items = _write(tmp_path / "rows.jsonl", ROWS), tmp_path / "items.jsonl"
    first = run.run([file], "overlap", items=items)
    again = run.run([file], f"published:{items}")
    assert {name: one for name, one in again.metrics.items() if name != "alarms_per_article"} == {
        name: one for name, one in first.metrics.items() if name != "alarms_per_article"
    }


def test_the_aligner_reads_a_full_matrix_as_two_texts() -> None:
    copy = "On Monday the mayor opened the new bridge over the harbour."
    rows = [
        _row(premise, hypothesis, "aligned" if (premise == TOLD) == (hypothesis == copy) else "unaligned")
        for premise in (TOLD, OTHER)
        for hypothesis in (copy, "The prize for the best album of the year went to a singer from Lisbon.")
    ]
    found = systems.load("tool", unit="alignment").tell(rows)
    assert [one.score >= 0.5 for one in found] == [row.label == "aligned" for row in rows]
    with pytest.raises(ConfigError, match="fit"):
        systems.load("nli", unit="alignment")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("too", {}),
        ("hub", {}),
        ("nli:more", {}),
        ("published:", {}),
        ("overlap", {"near": "4"}),
        ("nli", {"near": "0"}),
        ("nli", {"near": "many"}),
        ("nli", {"direction": "sideways"}),
        ("tool", {"alarms": "all"}),
    ],
)
def test_an_unknown_system_or_option_is_refused_with_the_remedy(name: str, options: dict[str, str]) -> None:
    with pytest.raises(ConfigError) as caught:
        systems.load(name, options)
    assert caught.value.remedy


def test_options_stand_in_the_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.systems.backends.load", lambda _name: Counting())
    signatures = {
        systems.load(name, options).signature
        for name, options in (
            ("nli", {}),
            ("nli", {"near": "2"}),
            ("nli", {"direction": "forward"}),
            ("tool", {}),
            ("tool", {"alarms": "errors+warnings"}),
            ("rules", {}),
            ("all-pairs", {}),
        )
    }
    assert len(signatures) == 7


# The store.


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    told = Told(0.25, nli=(0.1, 0.2, 0.7), alarms=2, compared=False, unread=3)
    scores = {(TOLD, WRONG): Scores(0.1, 0.2, 0.7)}
    with Store(tmp_path / "deep" / "scores.sqlite") as store:
        store.keep_items("one", {"row": told}, 0.5)
        store.keep_pairs("model", scores)
    with Store(tmp_path / "deep" / "scores.sqlite") as store:
        assert store.items("one", ["row", "none"]) == {"row": (told, 0.5)}
        assert store.items("two", ["row"]) == {}
        assert store.pairs("model", [(TOLD, WRONG), (WRONG, TOLD)]) == scores
        assert store.pairs("another", [(TOLD, WRONG)]) == {}


def test_digests_keep_apart_what_differs() -> None:
    assert pair_digest(("ab", "c")) != pair_digest(("a", "bc")) != pair_digest(("", "abc"))
    assert row_digest(_row("a", "b", "consistent", name="x")) == row_digest(_row("a", "b", "inconsistent", name="y"))
    assert code_digest() != code_digest("align") != code_digest("encoding.py", "backends")


def test_a_store_that_cannot_be_had_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "scores.sqlite"
    broken.write_text("this is no base of scores, and long enough to be read as one" * 20, "utf-8")
    for path in (broken, tmp_path):
        with pytest.raises(OutputError, match=path.name) as caught:
            Store(path)
        assert "--no-store" in caught.value.remedy


def test_a_second_run_scores_nothing_and_says_the_same(tmp_path: Path) -> None:
    rows = [_row(TOLD, WRONG), _row(TOLD, TOLD), _row(OTHER, TOLD)]
    with Store(tmp_path / "scores.sqlite") as store:
        counting = Counting()
        first, _, none = run.scored(NliSystem(counting), rows, store)
        asked = len(counting.asked)
        second, _, reused = run.scored(NliSystem(counting), rows, store)
    assert (second, len(counting.asked), none, reused) == (first, asked, 0, 3)


def test_rows_of_the_same_texts_are_scored_once(tmp_path: Path) -> None:
    counting = Counting()
    with Store() as store:
        told, _, _ = run.scored(NliSystem(counting), [_row(TOLD, WRONG, name="1"), _row(TOLD, WRONG, name="2")], store)
    assert told[0] == told[1]
    assert len(counting.asked) == 2


KILLED: Final = 900


def _command(folder: Path, store: Path, name: str) -> list[str]:
    return [
        *(sys.executable, "-m", "eval", "run", "--data", str(folder / "rows.jsonl"), "--system", f"hub:{TINY}"),
        *("--store", str(store), "--json", str(folder / f"{name}.json"), "--items", str(folder / f"{name}.jsonl")),
    ]


def _kept(store: Path) -> int:
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=5) as base:
            return int(base.execute("SELECT count(*) FROM pairs").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_a_killed_run_goes_on_where_it_stood(tmp_path: Path) -> None:
    """A real kill in the middle: nothing half-written, what was scored is used, the end is the same bytes."""
    rows: list[dict[str, object]] = []
    for at in range(KILLED):
        told = f"The mayor opened the new bridge on Monday with {at} guests."
        rows.append(
            {
                "premise": told,
                "hypothesis": told.replace("opened", "did not open") if at % 2 else told.replace("new", "old"),
                "label": "contradiction" if at % 2 else "entailment",
                "cluster": at // 3,
            }
        )
    _write(tmp_path / "rows.jsonl", rows)
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(HOUSE)}
    store = tmp_path / "killed.sqlite"
    process = subprocess.Popen(
        _command(tmp_path, store, "killed"), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(6_000):
            if _kept(store) or process.poll() is not None:
                break
            time.sleep(0.01)
    finally:
        process.kill()
    assert process.wait() == -signal.SIGKILL
    before = _kept(store)
    assert 0 < before < 2 * KILLED
    assert not [path for path in tmp_path.iterdir() if "killed" in path.name and "sqlite" not in path.name]
    for base, name in ((store, "killed"), (tmp_path / "whole.sqlite", "whole")):
        done = subprocess.run(
            _command(tmp_path, base, name), env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert _kept(store) == _kept(tmp_path / "whole.sqlite") > before
    for suffix in ("json", "jsonl"):
        assert (tmp_path / f"killed.{suffix}").read_bytes() == (tmp_path / f"whole.{suffix}").read_bytes()


# The command.


def _run(*arguments: object) -> int:
    return main(["run", *map(str, arguments)])


def _summary(tmp_path: Path, *arguments: object) -> dict[str, dict[str, dict[str, object]]]:
    assert _run(*arguments, "--json", tmp_path / "summary.json") == 0
    found: dict[str, dict[str, dict[str, object]]] = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    return found


def test_a_summary_has_every_name_the_plan_gives(tmp_path: Path) -> None:
    told = _summary(tmp_path, "--data", _write(tmp_path / "rows.jsonl", ROWS), "--system", "overlap")
    assert set(told["metrics"]) >= {
        *("auc", "average_precision", "balanced_accuracy", "f1", "recall", "false_alarm_rate", "accuracy"),
        *("pairwise_consistency", "alarms_per_article", "ece", "brier"),
    }
    for one in told["metrics"].values():
        assert set(one) >= {"value", "low", "high", "reason"}
        assert (one["value"] is None) <= bool(one["reason"])
    assert told["metrics"]["pairwise_consistency"]["value"] == 1.0
    assert told["n"] == 4  # type: ignore[comparison-overlap]
    assert told["clusters"] == 3  # type: ignore[comparison-overlap]
    assert set(told["signature"]) >= {
        *("task", "n", "clusters", "system", "model", "threshold", "threshold_origin", "data", "tool", "seed")
    }


def test_thresholds_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    data = _write(tmp_path / "rows.jsonl", ROWS)
    dev = _write(tmp_path / "dev.jsonl", [{**row, "premise": f"So it is. {row['premise']}"} for row in ROWS])
    told = _summary(tmp_path, "--data", data, "--system", "overlap", "--tune-data", dev)["thresholds"]
    assert set(told) == {"fixed", "tuned", "oracle"}
    assert "a half" in str(told["fixed"]["origin"])
    assert "dev.jsonl" in str(told["tuned"]["origin"])
    assert "labels that are measured" in str(told["oracle"]["origin"])
    plain = _summary(tmp_path, "--data", data, "--system", "overlap")["thresholds"]
    assert plain["tuned"]["threshold"] is None
    assert plain["tuned"]["reason"]


@pytest.mark.parametrize("where", ["the same rows", "a test task", "a test file"])
def test_tuning_where_it_would_flatter_is_refused(
    where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = _write(tmp_path / "rows.jsonl", ROWS)
    choices: dict[str, list[object]] = {
        "the same rows": ["--tune-data", _write(tmp_path / "dev.jsonl", ROWS)],
        "a test task": ["--tune-task", "own_pairs"],
        "a test file": ["--tune-data", _write(tmp_path / "summedits_news_doc.jsonl", ROWS)],
    }
    assert _run("--data", data, "--system", "overlap", *choices[where], "--json", tmp_path / "s.json") == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("error: ")
    assert not (tmp_path / "s.json").exists()


def test_labels_of_inference_are_judged_three_ways(tmp_path: Path) -> None:
    labelled = [("entailment", TOLD), ("contradiction", WRONG), ("neutral", OTHER), ("neutral", TOLD)]
    rows: list[dict[str, object]] = [
        {"premise": TOLD, "hypothesis": hypothesis, "label": label} for label, hypothesis in labelled
    ]
    items = tmp_path / "items.jsonl"
    data = _write(tmp_path / "rows.jsonl", rows)
    told = _summary(tmp_path, "--data", data, "--system", "lexical", "--items", items, "--no-store")
    listed = [json.loads(line) for line in items.read_text("utf-8").splitlines()]
    assert told["metrics"]["accuracy"]["value"] == sum(one["right"] for one in listed) / 4
    assert all(one["right"] == (one["nli"]["label"] == one["label"]) for one in listed)
    assert listed[3]["right"] is False
    two_way = _summary(tmp_path, "--data", data, "--system", "overlap")
    assert str(two_way["accuracy_of"]).startswith("two-way")


def test_alarms_are_counted_on_articles(tmp_path: Path) -> None:
    article = " ".join(f"{TOLD} {OTHER.replace('Lisbon', f'town number {at}')}" for at in range(4))
    rows: list[dict[str, object]] = [
        {"premise": article, "hypothesis": article, "label": "rewrite"},
        {"premise": article, "hypothesis": article.replace("39", "93"), "label": "rewrite"},
        {"premise": TOLD, "hypothesis": WRONG, "label": "contradiction"},
    ]
    told = _summary(tmp_path, "--data", _write(tmp_path / "rows.jsonl", rows), "--system", "rules")
    alarms = told["metrics"]["alarms_per_article"]["value"]
    assert isinstance(alarms, float)
    assert alarms > 0


def test_duplicated_ids_are_named_and_files_may_share_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twice = _write(tmp_path / "twice.jsonl", [ROWS[0], ROWS[1], ROWS[0]])
    assert _run("--data", twice, "--system", "overlap") == 2
    assert "rows 1 and 3 share the id 'same'" in capsys.readouterr().err
    assert _run("--data", twice, twice, "--system", "overlap") == 2
    (tmp_path / "more").mkdir()
    shared = work.from_files(
        [_write(tmp_path / "rows.jsonl", ROWS), _write(tmp_path / "more" / "rows.jsonl", ROWS[:1])]
    )
    assert len({row.id for row in shared.rows}) == 5


def test_a_sample_takes_whole_clusters_and_stands_in_the_signature(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {**row, "id": f"{at}{row['id']}", "cluster": f"{at}"} for at in range(10) for row in ROWS
    ]
    data = _write(tmp_path / "rows.jsonl", rows)
    told = _summary(tmp_path, "--data", data, "--system", "overlap", "--sample", 12)
    assert told["n"] == 12  # type: ignore[comparison-overlap]
    assert told["clusters"] == 3  # type: ignore[comparison-overlap]
    assert str(told["signature"]["sample"]).startswith("12 of 40 rows")


def test_a_task_of_our_own_runs(tmp_path: Path) -> None:
    told = _summary(tmp_path, "--task", "own_alignment", "--system", "tool")
    recall = told["metrics"]["recall"]["value"]
    assert isinstance(recall, float)
    assert recall > 0.5
    assert told["signature"]["task"] == "own_alignment"  # type: ignore[comparison-overlap]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--task", "own_pairz"],
        ["--task", "own_pairs", "--split", "train"],
        ["--task", "mrpc"],
        ["--task", "mrpc", "--data-dir", "nowhere"],
        ["--data", "rows.jsonl", "--split", "dev"],
        ["--data", "rows.jsonl", "--option", "near"],
        ["--data", "rows.jsonl", "--option", "near=2", "near=3"],
        ["--data", "rows.jsonl", "--system", "overlap", "--train-data", "rows.jsonl"],
    ],
)
def test_what_cannot_be_run_is_one_line(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    _write(tmp_path / "rows.jsonl", ROWS)
    assert _run(*arguments, "--json", "summary.json") == 2
    shown = capsys.readouterr()
    assert shown.err.count("\n") == 1
    assert shown.err.startswith("error: ")
    assert [path.name for path in tmp_path.iterdir()] == ["rows.jsonl"]


def test_a_store_that_is_not_there_is_no_reason_to_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    data = _write(tmp_path / "rows.jsonl", ROWS)
    assert _run("--data", data, "--system", "overlap") == 0
    assert "not kept" in capsys.readouterr().err
    assert _run("--data", data, "--system", "overlap", "--store", blocked / "scores.sqlite") == 2


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "run" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        _run("--help")
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in systems.SYSTEMS)


def test_a_message_cannot_drive_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(given: object) -> int:
        raise ConsistencyError("row \x1b[31mred\x1b[0m\nnext", "mend it")

    monkeypatch.setattr("eval.run_command.main", fail)
    assert main(["run", "--data", "x"]) == 2
    shown = capsys.readouterr().err
    assert "\x1b" not in shown
    assert shown.count("\n") == 1
