"""What the tool reports by level and by check: kept with every row, counted on the results page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.checks import CHECKS
from consistency.errors import InputError
from consistency.records import LEVELS, Finding, Level, Side, Span
from eval import by_check, results, run, stored, tasks
from eval.store import Reported, Store, Told
from eval.systems.overlap import Overlap
from eval.systems.tool import ToolSystem, counted, typed_alone
from eval.work import Work
from tests.measured import OTHER, TOLD, WRONG, make_row
from tests.scored import item, summary, write_items, write_summary

QUOTE = 'The minister said: "We will open the border to all trade next spring, without delay."'
ALTERED = QUOTE.replace("all trade", "most trade")


def reported(*told: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"check": check, "level": level, "count": 1} for check, level in told]


def rows(*told: tuple[bool | None, str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Truth, kind, findings; each row a cluster of its own."""
    return [
        item(at, truth, 0.0, kind=kind, cluster=f"c{at}", reported=found)
        for at, (truth, kind, found) in enumerate(told)
    ]


def section(folder: Path) -> str:
    return "\n".join(by_check.section(folder))


def cells(text: str, *first: str) -> list[str]:
    """The cells of the one line that begins so, without intervals."""
    start = f"| {' | '.join(first)} |"
    (line,) = [line for line in text.splitlines() if line.startswith(start)]
    return [cell.partition(" [")[0].strip() for cell in line.removeprefix(start).strip("|").split("|")]


# What is kept of a row.


def test_the_tool_says_which_checks_report_at_which_level() -> None:
    wrong, same, other, quote = typed_alone().tell(
        [make_row(TOLD, WRONG), make_row(TOLD, TOLD), make_row(TOLD, OTHER), make_row(QUOTE, ALTERED)]
    )
    assert wrong.reported == (Reported("quantity", "error"),)
    assert same.reported == ()
    assert other.reported == (), "what was not compared counts as quiet"
    assert quote.reported is not None
    assert Reported("quotation", "warning") in quote.reported, "warnings are kept where errors alone are measured"
    assert quote.alarms == sum(one.count for one in quote.reported if one.level == "error")


def test_findings_of_one_check_and_level_are_counted() -> None:
    side = Side("a", ("a#0",), "x", (Span(0, 1),))
    told: list[tuple[str, Level]] = [("quantity", "error"), ("date", "note"), ("quantity", "error"), ("date", "error")]
    findings = [Finding(check, level, "", 0.9, side, side) for check, level in told]
    assert counted(findings) == counted(findings[::-1]) == (
        Reported("date", "error", 1), Reported("date", "note", 1), Reported("quantity", "error", 2),
    )  # fmt: skip


def test_findings_outlive_the_store_and_the_items_file(tmp_path: Path) -> None:
    found = (Reported("quantity", "error", 2), Reported("omission", "note"))
    with Store(tmp_path / "scores.sqlite") as store:
        store.keep_items("tool", {"one": Told(0.5, reported=found), "two": Told(0.5)}, 0.0)
        back = store.items("tool", ["one", "two"])
    assert back["one"][0].reported == found
    assert back["two"][0].reported is None


def test_an_items_file_holds_what_was_reported(tmp_path: Path) -> None:
    rows = [make_row(TOLD, WRONG, "contradiction"), make_row(TOLD, TOLD, "paraphrase")]
    work = Work(rows=rows, digest="d", task="mrpc", split="dev")
    file = tmp_path / "mrpc.tool.jsonl"
    for system in (typed_alone(), Overlap()):
        run.save(run.measure(work, system), None, file)
        told = [one.reported for one in stored.items(file)]
        assert told == (
            [(Reported("quantity", "error"),), ()] if system.signature.startswith("rules") else [None, None]
        )


def test_a_row_that_was_kept_without_findings_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a system's own code says is part of the key, so that an older store is not believed."""
    row = make_row(TOLD, WRONG)
    with Store(tmp_path / "scores.sqlite") as store:
        monkeypatch.setattr(run, "code_digest", lambda: "older")
        monkeypatch.setattr(ToolSystem, "tell", lambda *_: [Told(0.5)])
        assert run.scored(typed_alone(), [row], store)[0] == [Told(0.5)]
        monkeypatch.undo()
        (told,), _, reused = run.scored(typed_alone(), [row], store)
    assert reused == 0
    assert told.reported == (Reported("quantity", "error"),)


# What is made of it.


def test_errors_warnings_and_quotation_findings_stand_apart(tmp_path: Path) -> None:
    told = rows(
        (True, "", reported(("quantity", "error"))),
        (True, "", reported(("garble", "warning"), ("quotation", "warning"))),
        (True, "", reported(("quotation", "warning"))),
        (True, "", reported(("omission", "note"))),
        (False, "", reported(("quotation", "warning"))),
        (False, "", reported(("hedge", "warning"), ("addition", "note"))),
        (None, "", reported(("quantity", "error"))),
    )
    write_items(tmp_path / "mrpc.tool.jsonl", told)
    found = cells(section(tmp_path), "mrpc", "all")
    assert found == ["4", "2", "0.250", "0.000", "0.500", "0.500", "0.500", "0.500"]


def test_a_kind_has_a_line_where_enough_rows_of_a_class_have_it(tmp_path: Path) -> None:
    loud, quiet = reported(("polarity", "error")), reported()
    told = [
        *[(True, "critical_id8_negation", loud)] * 15,
        *[(True, "critical_id8_negation", quiet)] * 5,
        *[(True, "critical_id7_antonym", loud)] * 19,
        *[(False, "human", quiet)] * 30,
    ]
    write_items(tmp_path / "demetr_corrupted.tool.jsonl", rows(*told))
    text = section(tmp_path)
    assert cells(text, "demetr_corrupted", "negation")[:4] == ["20", "0", "0.750", "–"]
    assert "antonym" not in text, "19 rows are too few"
    assert "human" not in text, "a kind that is its whole class says nothing new"


def test_a_row_of_two_kinds_stands_under_both(tmp_path: Path) -> None:
    loud = reported(("date", "error"))
    told = [*[(True, "swap,cut", loud)] * 12, *[(True, "cut", reported())] * 12, *[(True, "swap", loud)] * 12]
    write_items(tmp_path / "summedits_news_pairs.tool.jsonl", rows(*told))
    text = section(tmp_path)
    assert cells(text, "summedits_news_pairs", "cut")[:3] == ["24", "0", "0.500"]
    assert cells(text, "summedits_news_pairs", "swap")[:3] == ["24", "0", "1.000"]


def test_on_articles_findings_are_counted_and_pooled(tmp_path: Path) -> None:
    one, two = "machine_rewrite_chatgpt_35", "machine_rewrite_vicuna-v13_13b"
    loud = [{"check": "quantity", "level": "error", "count": 2}, *reported(("garble", "warning"))]
    write_items(tmp_path / f"{one}.tool.jsonl", rows((False, "", loud), (False, "", reported(("omission", "note")))))
    write_items(tmp_path / f"{two}.tool.jsonl", rows(*[(False, "", reported(("quotation", "warning")))] * 2))
    text = section(tmp_path)
    assert cells(text, one) == ["2", "1.000", "1.500", "0.000", "0.500", "0.500"]
    assert cells(text, two) == ["2", "0.000", "0.000", "1.000", "0.000", "1.000"]
    assert cells(text, "all of them") == ["4", "0.500", "0.750", "0.500", "0.250", "0.750"]
    assert cells(text.partition(f"### {one}, by check")[2].partition("###")[0], "quantity") == ["1", "0", "0", "1.000"]


def test_every_check_by_itself(tmp_path: Path) -> None:
    told = rows(
        (True, "", reported(("quantity", "error"), ("date", "warning"))),
        (True, "", reported(("quantity", "error"), ("quantity", "note"))),
        (True, "", reported()),
        (False, "", reported(("date", "error"))),
        (False, "", reported(("date", "note"))),
    )
    write_items(tmp_path / "mrpc.tool.jsonl", told)
    text = section(tmp_path)
    assert cells(text, "quantity") == ["2", "0", "1", "0.667", "1", "0", "0", "0", "0.000"]
    assert cells(text, "date") == ["0", "1", "0", "0.333", "0", "1", "0", "1", "0.500"]
    assert "| place |" not in text


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.lists(st.tuples(st.sampled_from(sorted(CHECKS)), st.sampled_from(LEVELS)), max_size=4, unique=True),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_no_check_catches_more_than_all_of_them(tmp_path_factory: pytest.TempPathFactory, drawn: Any) -> None:
    folder = tmp_path_factory.mktemp("runs")
    write_items(folder / "mrpc.tool.jsonl", rows(*[(truth, "", reported(*found)) for truth, found in drawn]))
    text = section(folder)
    wrong, _, errors, _, both, _, quotes, _ = cells(text, "mrpc", "all")
    if wrong == "0":
        assert (errors, both, quotes) == ("–", "–", "–")
        return
    by_itself = [float(cells(text, name)[3]) for name in CHECKS if f"| {name} |" in text]
    assert max(by_itself, default=0.0) <= min(1.0, float(both) + float(quotes)) + 0.001
    alone = sum(int(cells(text, name)[4]) for name in CHECKS if f"| {name} |" in text)
    loud = sum(truth and any(level != "note" for _, level in found) for truth, found in drawn)
    assert alone <= loud


def test_what_was_not_run_or_holds_no_findings_is_left_out_and_the_latter_named(tmp_path: Path) -> None:
    assert section(tmp_path) == ""
    write_items(tmp_path / "mrpc.tool.jsonl", [item(1, True, 0.9), item(2, False, 0.1)])
    text = section(tmp_path)
    assert "| mrpc" not in text
    assert "mrpc" in text


def test_a_broken_items_file_is_named(tmp_path: Path) -> None:
    write_items(tmp_path / "mrpc.tool.jsonl", rows((True, "", [{"check": "date", "level": "fatal", "count": 1}])))
    with pytest.raises(InputError, match=r"mrpc\.tool\.jsonl, row 1"):
        section(tmp_path)


def test_the_results_page_holds_both_tables(tmp_path: Path) -> None:
    write_items(tmp_path / "mrpc.tool.jsonl", rows((True, "", reported(("date", "error"))), (False, "", reported())))
    write_summary(tmp_path / "mrpc.tool.json", summary(task="mrpc", system="tool"))
    page = results.make_page(tmp_path)
    heads = ["## At a glance", "## Errors, warnings and quotation findings", "## Every check by itself", "## Sentence"]
    places = [page.index(head) for head in heads]
    assert places == sorted(places)


def test_the_sets_are_tasks_of_the_suite() -> None:
    for name in by_check.PAIRS:
        assert tasks.get(name).unit == "pair"
    for name in by_check.STORIES:
        assert tasks.get(name).unit == "story"
    assert {name for name in tasks.every() if name.startswith("machine_")} == set(by_check.STORIES)
