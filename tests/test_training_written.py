"""The texts written for training: whole, told apart from what judges the model, and labelled by their place."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from consistency.training import written
from consistency.training.sources import Leaks, normalise
from consistency.training.written import Item, items, spot

HELD_OUT: Final = sorted((Path(__file__).parent.parent / "fixtures" / "eval").glob("*.jsonl"))
KINDS: Final = frozenset(
    """number unit scale date time weekday place nationality person organisation role title negation antonym quantifier
    comparison modality attribution tense cause order pronoun object action relation outcome purpose manner part quote
    adjective gender condition hedge degree
    """.split()
)
ITEM: Final = Item("One.", ("Two.", "Three."), ("Four.",), ("number",))


@pytest.mark.parametrize("file", sorted(written.TEXTS.glob("*.jsonl")), ids=lambda file: file.stem)
def test_every_item_has_its_versions(file: Path) -> None:
    least = 2 if file.stem.startswith("headline") else 3
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        assert {"text", "same", "wrong"} <= row.keys() <= {"text", "same", "wrong", "open"}
        assert min(len(row["same"]) + len(row.get("open", ())), len(row["wrong"])) >= least
        assert {kind for kind, _ in row["wrong"]} <= KINDS
        honest = [row["text"], *row["same"], *row.get("open", ())]
        wrong = [text for _, text in row["wrong"]]
        told = [*honest, *wrong]
        assert len({normalise(text) for text in honest}) >= 3
        assert not set(map(normalise, wrong)) & set(map(normalise, honest))
        assert all(text.strip() == text and len(text) > 10 for text in told)


def test_no_text_is_there_twice_and_many_kinds_are() -> None:
    everything = [*items(), *items(aside=True)]
    assert max(Counter(normalise(item.text) for item in everything).values()) == 1
    kinds = Counter(kind for item in everything for kind in item.kinds)
    assert len(kinds) > 20
    assert kinds.most_common(1)[0][1] < 0.2 * kinds.total()


def test_one_in_eight_is_kept_aside_for_good() -> None:
    kept, aside = items(), items(aside=True)
    assert not {item.text for item in kept} & {item.text for item in aside}
    assert len(aside) == pytest.approx((len(kept) + len(aside)) / written.ASIDE, rel=0.25)


def test_nothing_that_judges_the_model_is_among_them() -> None:
    leaks = Leaks(HELD_OUT)
    assert len(items(leaks=leaks)) == len(items())
    assert leaks.dropped == {}


def test_a_leak_costs_the_item(tmp_path: Path) -> None:
    first = items()[0]
    file = tmp_path / "dev.jsonl"
    file.write_text(json.dumps({"premise": first.same[0], "hypothesis": "x", "label": "neutral"}), "utf-8")
    leaks = Leaks([file])
    assert first not in items(leaks=leaks)
    assert leaks.dropped["written"] >= 1


def test_honest_versions_entail_each_other_and_wrong_ones_contradict_them_all() -> None:
    assert set(ITEM.alike()) == {
        (one, other) for one in ("One.", "Two.", "Three.") for other in ("One.", "Two.", "Three.") if one != other
    }
    assert set(ITEM.apart()) == {(honest, "Four.", "number") for honest in ("One.", "Two.", "Three.")}


def test_where_a_version_may_leave_something_out_only_the_text_counts() -> None:
    loose = Item("One.", ("Two.", "Three."), ("Four.",), ("number",), loose=True)
    assert set(loose.alike()) == {("One.", "Two."), ("One.", "Three.")}
    assert set(loose.apart()) == {("One.", "Four.", "number")}


def test_what_a_text_leaves_open_stands_beside_it_both_ways_round() -> None:
    item = Item("One.", ("Two.",), ("Four.",), ("number",), open=("Five.",))
    assert set(item.beside()) == {("One.", "Five."), ("Five.", "One."), ("Two.", "Five."), ("Five.", "Two.")}
    assert not list(ITEM.beside())
    assert any(item.open for item in items())


@pytest.mark.parametrize(
    ("honest", "wrong", "place"),
    [
        ("The mayor opened the bridge.", "The mayor closed the bridge.", "closed"),
        ("The mayor opened the bridge.", "The old mayor closed the bridge.", None),
        ("The mayor opened the bridge.", "The mayor opened the bridge.", None),
        ("The mayor opened the bridge.", "It was closed by the mayor, the bridge.", None),
    ],
)
def test_a_near_copy_points_at_its_conflict(honest: str, wrong: str, place: str | None) -> None:
    found = spot(honest, wrong)
    assert (wrong[found.start : found.end] if found else None) == place
