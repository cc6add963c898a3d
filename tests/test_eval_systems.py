"""The systems by name: the tool, its rules, and what they are held against."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from consistency.config import Config
from consistency.errors import ConfigError, InputError
from consistency.protocols import Scorer
from consistency.records import Scores
from eval import run, systems
from eval.store import Store, StoredScorer
from eval.systems.all_pairs import AllPairs
from eval.systems.nli import NliSystem
from eval.systems.tool import ToolSystem, typed_alone
from tests.measured import OTHER, ROWS, TOLD, WRONG, Counting, make_row, write_rows


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("CONSISTENCY_CACHE", str(tmp_path_factory.mktemp("cache")))


# The tool and its rules.


def test_the_tool_finds_a_wrong_number_and_leaves_no_row_out() -> None:
    rows = [
        make_row(TOLD, WRONG),
        make_row(TOLD, TOLD),
        make_row(TOLD, OTHER),
        make_row(TOLD, ""),
        make_row("", TOLD),
        make_row("Yes.", "No."),
    ]
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
    rows = [make_row(one, other) for one in (TOLD, WRONG, OTHER, hedged) for other in (TOLD, WRONG, OTHER, hedged)]
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
    rows = [make_row(TOLD.replace("39", str(at)), WRONG.replace("93", str(at + 1))) for at in range(10, 26)]
    with Store() as store:
        ToolSystem(StoredScorer(counting, store)).tell([*rows, *rows])
    assert len(counting.asked) == len(set(counting.asked))
    assert sizes[0] == 32
    assert len(sizes) <= 2 + len(counting.asked) // 32


def test_the_tool_and_the_model_share_their_answers() -> None:
    counting = Counting()
    with Store() as store:
        NliSystem(StoredScorer(counting, store)).tell([make_row(TOLD, WRONG)])
        asked = len(counting.asked)
        ToolSystem(StoredScorer(counting, store)).tell([make_row(TOLD, WRONG)])
    assert len(counting.asked) == asked


def test_rules_need_no_model_and_see_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(name: str) -> Scorer:
        raise AssertionError(f"the rules asked for {name}")

    monkeypatch.setattr("eval.systems.backends.load", never)
    rules = systems.load("rules")
    wrong, same = rules.tell([make_row(TOLD, WRONG), make_row(TOLD, TOLD)])
    assert wrong.score >= 0.5 > same.score
    assert rules.model == ""


def test_warnings_count_only_where_they_are_asked_for() -> None:
    said = 'The minister said: "We will open the border to all trade next spring, without delay."'
    altered = 'The minister said: "We will open the border to most trade next spring, without delay."'
    errors, both = (
        systems.load("rules", {"alarms": alarms}).tell([make_row(said, altered)])[0]
        for alarms in ("errors", "errors+warnings")
    )
    assert both.score > errors.score
    assert both.alarms == (errors.alarms or 0) + 1


# The others.


def test_overlap_is_the_share_of_words_that_are_new() -> None:
    found = systems.load("overlap").tell([make_row("one two three", "One four"), make_row("a", "a"), make_row("a", "")])
    assert [one.score for one in found] == [0.5, 0.0, 0.0]


def test_all_pairs_is_the_mean_over_claims_of_the_best_support() -> None:
    class Fixed(Counting):
        def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
            self.asked += pairs
            known = {(TOLD, TOLD): Scores(0.9, 0.1, 0.0), (TOLD, WRONG): Scores(0.1, 0.1, 0.8)}
            return [known.get(pair, Scores(0.0, 1.0, 0.0)) for pair in pairs]

    fixed = Fixed()
    (found,) = AllPairs(fixed).tell([make_row(f"{OTHER} {TOLD}", f"{TOLD} {WRONG}")])
    assert found.score == pytest.approx((1 - ((0.9 - 0.0) + (0.1 - 0.8)) / 2) / 2)
    assert len(fixed.asked) == 4


def test_a_pair_too_long_for_the_model_is_counted_and_never_cut() -> None:
    counting = Counting()
    long = " ".join(["word"] * 60) + "."
    (alone,) = NliSystem(counting).tell([make_row(long, TOLD)])
    assert (alone.score, alone.compared) == (0.0, False)
    assert alone.unread == 1
    (beside,) = NliSystem(counting).tell([make_row(f"{long} {TOLD}", WRONG)])
    assert beside.compared
    assert beside.unread > 0
    assert beside.score > 0.5
    assert all(len(premise) + len(hypothesis) <= counting.limit for premise, hypothesis in counting.asked)


def test_three_way_scores_are_those_of_premise_to_hypothesis() -> None:
    class OneWay(Counting):
        def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
            return [Scores(0.7, 0.2, 0.1) if pair == (TOLD, WRONG) else Scores(0.0, 0.0, 1.0) for pair in pairs]

    (found,) = NliSystem(OneWay()).tell([make_row(TOLD, WRONG)])
    assert found.nli == pytest.approx((0.7, 0.2, 0.1))
    filler = " ".join([OTHER] * 40)
    (several,) = NliSystem(OneWay()).tell([make_row(f"{filler} {TOLD}", f"{WRONG} {OTHER}")])
    assert several.nli is not None
    assert sum(several.nli) == pytest.approx(1)


def test_tfidf_learns_from_train_files_and_refuses_what_it_learned_from(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = []
    for at in range(30):
        told = f"The council of town {at} approved the plan."
        rows.append({"premise": told, "hypothesis": told.replace("approved", "backed"), "label": "paraphrase"})
        rows.append({"premise": told, "hypothesis": told.replace("approved", "never saw"), "label": "contradiction"})
    train = write_rows(tmp_path / "train.jsonl", rows)
    learned = systems.load("tfidf", train=[train])
    new = "The board approved the budget."
    denied, kept = learned.tell([make_row(new, new.replace("approved", words)) for words in ("never saw", "backed")])
    assert denied.score > 0.5 > kept.score
    assert systems.load("tfidf", train=[train]).tell([make_row(new, TOLD)]) == learned.tell([make_row(new, TOLD)])
    with pytest.raises(InputError, match="train"):
        learned.tell([make_row(str(rows[0]["premise"]), str(rows[0]["hypothesis"]))])
    with pytest.raises(ConfigError, match="trained"):
        systems.load("tfidf")
    with pytest.raises(InputError, match="one class"):
        systems.load("tfidf", train=[write_rows(tmp_path / "one.jsonl", rows[:1])])
    with pytest.raises(ConfigError, match="test"):
        systems.load("tfidf", train=[write_rows(tmp_path / "summedits_news_doc.jsonl", rows)])


def test_published_scores_go_by_id_and_none_may_be_missing(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "theirs.jsonl", [{"id": "a", "score": 0.25}, {"id": "b", "score": 1}])
    rows = [make_row(TOLD, WRONG, name="b"), make_row(TOLD, TOLD, name="a")]
    assert [one.score for one in systems.load(f"published:{file}").tell(rows)] == [1.0, 0.25]
    turned = systems.load(f"published:{file}", {"higher": "consistent"})
    assert [one.score for one in turned.tell(rows)] == [0.0, 0.75]
    with pytest.raises(InputError, match="'c'"):
        turned.tell([make_row(TOLD, TOLD, name="c")])


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
        systems.load(f"published:{write_rows(tmp_path / 'theirs.jsonl', rows)}")
    assert caught.value.remedy


def test_an_items_file_is_a_published_system(tmp_path: Path) -> None:
    file, items = write_rows(tmp_path / "rows.jsonl", ROWS), tmp_path / "items.jsonl"
    first = run.run([file], "overlap", items=items)
    again = run.run([file], f"published:{items}")
    assert {name: one for name, one in again.metrics.items() if name != "alarms_per_article"} == {
        name: one for name, one in first.metrics.items() if name != "alarms_per_article"
    }


def test_the_aligner_reads_a_full_matrix_as_two_texts() -> None:
    copy = "On Monday the mayor opened the new bridge over the harbour."
    rows = [
        make_row(premise, hypothesis, "aligned" if (premise == TOLD) == (hypothesis == copy) else "unaligned")
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
