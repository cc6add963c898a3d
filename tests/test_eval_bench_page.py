"""What was aimed at and whether it holds; a page made from what is stored."""

from __future__ import annotations

import argparse
from itertools import count
from pathlib import Path

import msgspec
import pytest

from consistency.errors import ConfigError, InputError
from eval import bench
from eval.bench import _goals, _texts
from eval.bench._goals import Goal, goals
from eval.bench._page import page
from eval.bench._plain import RUNTIME
from eval.bench._record import (
    Articles,
    Data,
    Differs,
    EndToEnd,
    Grown,
    Growth,
    Machine,
    Missing,
    Multiplied,
    Peak,
    Performance,
    Rate,
    Rates,
    Scanned,
    Scans,
    Spread,
    Start,
    Verdicts,
)
from tests.measured import HOUSE, TINY


def unheard(_stage: str, _done: int, _total: int) -> None:
    """Nobody waits."""


def machine(*flags: str) -> Machine:
    return Machine("A processor", flags, 4, 16.0, "Linux x86_64, Python 3.11", 0.1, {"torch": "2.13", "openvino": "1"})


def spread(value: float) -> Spread:
    return Spread(value, value * 0.9, value * 1.1)


def rate(runtime: str, ratio: float) -> Rate:
    return Rate(runtime, spread(ratio), spread(100 * ratio), 0.02, 50 * ratio, 0.0001)


def performance(*flags: str, fastest: float = 9.0, outside: float = 0.1, worker: float = 500) -> Performance:
    stages = {"model": 1 - outside, "rest": outside}
    runs = tuple(
        EndToEnd(name, spread(20), spread(each), spread(3), 30, 62, spread(outside), stages)
        for name, each in (("pytorch/fp32", 59.9), ("openvino/bf16", 200.0))
    )
    grown = [Grown("pytorch/fp32", claims, 1, 3.0, 0.2 * at) for at, claims in enumerate((10, 100, 1_000), 1)]
    return Performance(
        machine=machine(*flags),
        model="ab" * 32,
        quick=False,
        seconds=400,
        rates=Rates(
            Data("some", "cd" * 32, 1_024), 61.5, 32, 5, rate(RUNTIME, 1),
            (rate("pytorch/fp32", 1.5), rate("openvino/bf16", fastest)),
            (Multiplied("float32", (2, 2, 2), 400.0), Multiplied("bfloat16", (2, 2, 2), 1_600.0)),
        ),
        verdicts=Verdicts(
            (Data("some", "cd" * 32, 1_000),), 0.9, 120,
            (
                Differs("onnx/fp32", 1, 1_000, 0, 2_000, 0.0001),
                Differs("onnx/int8", 5, 1_000, 9, 2_000, 0.03),
                Differs("pytorch/bf16", 6, 1_000, 1, 2_000, 0.1),
            ),
        ),
        articles=(Articles("own stories", "fixtures/stories", "ef" * 32, 6, 40, 40.0, 39.5, 1_580, runs),),
        growth=Growth("fixtures/stories", tuple(grown)),
        starts=(Start("`consistency --help`", "consistency --help", spread(0.25), 0.3), Start("other", "x", spread(9))),
        peaks=(Peak("one check, pytorch/fp32", 560.0),),
        scans=Scans("made", "openvino/bf16", 4, (
            Scanned(1_000, 5.0, 50.0, 450.0, 1_900.0), Scanned(10_000, 40.0, 55.0, worker, 2_000.0)
        )),
        missing=(Missing("onnx/bf16", "a | b\nc"),),
    )  # fmt: skip


def reached(found: Performance) -> dict[str, Goal]:
    return {goal.told: goal for goal in goals(found)}


@pytest.mark.parametrize(
    ("flags", "ratio", "holds"),
    [(("amx_bf16",), 8.0, True), (("avx512_vnni",), 7.9, False), (("avx2",), 7.9, True), ((), 2.9, False)],
)
def test_what_is_asked_of_the_fastest_backend_depends_on_the_processor(
    flags: tuple[str, ...], ratio: float, holds: bool
) -> None:
    found = reached(performance(*flags, fastest=ratio))
    assert found["pairs per second over plain transformers, fastest backend (openvino/bf16)"].holds is holds


def test_every_goal_has_its_number_and_its_verdict() -> None:
    found = reached(performance("amx_bf16"))
    verdict = {told: goal.verdict for told, goal in found.items()}
    over = "40-claim article pairs over the sentence matrix"
    assert verdict["differing verdicts, onnx/fp32"] == "holds", "one in a thousand is at most 0.1 %"
    assert verdict["differing verdicts, onnx/int8"] == "holds", "five in a thousand, in less than float32"
    assert verdict["differing verdicts, pytorch/bf16"] == "does not hold"
    assert verdict[f"{over} on plain transformers, pytorch/fp32; own stories"] == "does not hold"
    assert verdict[f"{over} on plain transformers, openvino/bf16, the fastest; own stories"] == "holds"
    assert verdict["cost per claim at 1,000 claims over that at 100, pytorch/fp32"] == "holds"
    assert found["cost per claim at 1,000 claims over that at 100, pytorch/fp32"].reached == pytest.approx(3.6 / 3.4)
    assert verdict["`consistency --help`"] == "holds"
    assert "other" not in verdict


@pytest.mark.parametrize(("outside", "usual", "fast"), [(0.15, True, True), (0.3, False, True), (0.41, False, False)])
def test_the_fastest_backend_may_spend_more_outside_the_model(outside: float, usual: bool, fast: bool) -> None:
    found = reached(performance(outside=outside))
    assert found["outside the model, pytorch/fp32; own stories"].holds is usual
    assert found["outside the model, openvino/bf16, the fastest; own stories"].holds is fast


@pytest.mark.parametrize(("worker", "holds"), [(450, True), (540, True), (541, False), (4_500, False)])
def test_memory_of_a_scan_is_flat_or_it_is_not(worker: float, holds: bool) -> None:
    assert reached(performance(worker=worker))[
        "scan: memory of a worker at 10,000 stories over that at 1,000"
    ].holds is holds  # fmt: skip


def test_what_was_not_measured_never_holds() -> None:
    empty = Performance(machine=machine(), model="ab" * 32, quick=True)
    assert {goal.verdict for goal in goals(empty)} == {"not measured"}
    assert not any(goal.holds for goal in goals(empty))
    smaller = msgspec.structs.replace(performance(), scans=None, growth=None)
    assert {goal.verdict for told, goal in reached(smaller).items() if "scan" in told or "cost" in told} == {
        "not measured"
    }
    (own,) = performance().articles
    of_ten = msgspec.structs.replace(performance(), articles=(msgspec.structs.replace(own, wanted=10),))
    assert (
        reached(of_ten)[f"{_goals.CLAIMS}-claim article pairs over the sentence matrix on the same backend"].reached
        is None
    )


def test_the_page_has_ratios_first_and_every_table_is_whole() -> None:
    shown = page(performance("amx_bf16"))
    heads = [line for line in shown.splitlines() if line.startswith("## ")]
    assert heads == [
        "## Goals", "## The machine", "## Pairs per second", "## Differing verdicts", "## Article pairs",
        "## Growth with the article", "## Growth with the number of stories", "## Cold start", "## Memory",
        "## Not measured",
    ]  # fmt: skip
    width = 0
    for line in shown.splitlines():
        columns = line.count("|") if line.startswith("|") else 0
        assert not columns or not width or columns == width, line
        width = columns
    assert "| openvino/bf16 | 9.00 [8.10, 9.90] | 900 [810, 990] |" in shown
    assert "A processor: amx_bf16" in shown
    assert "0.600% (6 of 1,000)" in shown
    assert "b c |" in shown.splitlines()[-1]


def test_a_page_of_nothing_says_so_and_a_quick_one_warns() -> None:
    empty = Performance(machine=machine(), model="ab" * 32, quick=True)
    shown = page(empty)
    assert "not measured" in shown
    assert "No number here is worth quoting" in shown
    assert "worth quoting" not in page(performance())


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    bench.add_parser(parser.add_subparsers())
    return bench.main(parser.parse_args(["bench", *words]))


def test_what_is_stored_makes_the_same_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    numbers, shown = tmp_path / "numbers.json", tmp_path / "page.md"
    numbers.write_bytes(msgspec.json.encode(performance("amx_bf16")))
    assert command("--page-only", "--stored", str(numbers), "--page", str(shown)) == 0
    assert shown.read_text("utf-8") == page(performance("amx_bf16")) == capsys.readouterr().out


def test_numbers_below_zero_are_refused_and_zero_is_all() -> None:
    with pytest.raises(ConfigError, match="negative"):
        command("--threads", "-1", "--stored", "unused.json", "--page", "unused.md")
    assert bench._size(quick=False, judged=None, threads=0) == bench.FULL
    assert bench._size(quick=False, judged=0, threads=0).judged > 10**9
    assert bench._size(quick=True, judged=7, threads=0).judged == 7


def test_a_part_that_cannot_be_measured_is_told_and_the_others_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(found: Performance, setting: bench.Setting) -> Performance:
        raise InputError("it is not there", "get it")

    def fine(found: Performance, setting: bench.Setting) -> Performance:
        return msgspec.structs.replace(found, peaks=(Peak("one", 1.0),))

    monkeypatch.setattr(bench, "PARTS", {"pairs": broken, "memory": fine, "scans": broken})
    setting = bench.Setting(str(TINY), 1, None, _texts.OWN, bench.SMALL, 0, unheard)
    found = bench.measure(setting, ["pairs", "memory"])
    assert found.missing == (Missing("pairs", "it is not there get it"),)
    assert found.peaks == (Peak("one", 1.0),)
    assert found.rates is None


def test_a_broken_store_is_refused(tmp_path: Path) -> None:
    for at, content in zip(count(), (b"", b"{}", b"[1]", b'{"machine": 3}')):
        (tmp_path / f"{at}.json").write_bytes(content)
        with pytest.raises(InputError, match="no stored benchmark"):
            bench.stored(tmp_path / f"{at}.json")


def test_the_page_in_the_repository_is_the_one_its_numbers_make() -> None:
    numbers = bench.stored(HOUSE / bench.STORED)
    assert (HOUSE / bench.PAGE).read_text("utf-8") == page(numbers), "run python -m eval bench --page-only"
    assert not numbers.quick
    assert "/" not in numbers.machine.processor
