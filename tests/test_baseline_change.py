"""How a baseline is brought up to a run and takes waivers in."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.baseline import Baseline, Verdict, hold, update, waive
from consistency.errors import InputError
from consistency.records import Known, Run, Waiver
from tests.baselines import RUNS, TODAY, WAIVER, Said, baselines, known, run, states, waived


@given(RUNS, baselines(), st.booleans(), st.booleans())
def test_a_second_update_changes_nothing(found: Run, baseline: Baseline, keep: bool, complete: bool) -> None:
    once = update(baseline, [found], keep_unused=keep, complete=complete).baseline
    twice = update(once, [found], keep_unused=keep, complete=complete)
    assert twice.baseline == once
    assert all(entry.count > 0 for entry in once.entries)
    assert (twice.new, twice.similar) == (0, 0)
    held = hold([found], once, TODAY)
    assert all(state is not None and state.match == "same" for state in states(held))
    if not keep:
        assert not [entry for entry in held.stale if entry.why == "unused"]


@given(RUNS, baselines())
def test_an_update_keeps_every_waiver_that_still_holds_something(found: Run, baseline: Baseline) -> None:
    before = hold([found], baseline, TODAY)
    after = hold([found], update(baseline, [found]).baseline, TODAY)

    def waivers(run: Run) -> Counter[Waiver | None]:
        return Counter(state.waiver if state else None for state in states(run))

    assert waivers(after) == waivers(before)


def test_an_update_tells_what_it_did() -> None:
    old = known(Said(), Said("5", "6", 2), Said("Kyiv", "China", 2, "place"))
    done = update(old, [run(Said(), Said("5", "6", 2, "date"), Said("1", "2"))])
    assert (done.new, done.same, done.similar, done.dropped, done.unused) == (2, 1, 0, 2, 0)
    kept = update(old, [run(Said())], keep_unused=True)
    assert (kept.same, kept.dropped, kept.unused) == (1, 0, 2)
    assert len(kept.baseline.entries) == 3
    elsewhere = update(old, [run(story="two")])
    assert (elsewhere.baseline, elsewhere.dropped, elsewhere.unused) == (old, 0, 3)
    assert update(old, [run(story="two")], complete=True).baseline.entries == ()
    twice = update(old, [run(Said(), Said("5", "6", 2), Said("Kyiv", "China", 2, "place")), run()])
    assert (twice.same, twice.dropped) == (3, 0)


def test_what_is_left_of_an_entry_is_kept_or_dropped_with_its_count() -> None:
    thrice = known(Said(), Said(), Said())
    assert [entry.count for entry in update(thrice, [run(Said())]).baseline.entries] == [1]
    assert [entry.count for entry in update(thrice, [run(Said())], keep_unused=True).baseline.entries] == [3]
    reworded = update(known(Said()), [run(Said(frame=1))], keep_unused=True)
    assert [entry.count for entry in reworded.baseline.entries] == [1]


def test_a_waiver_goes_along_with_a_reworded_finding() -> None:
    done = update(waived(known(Said())), [run(Said(frame=1))])
    assert done.similar == 1
    (entry,) = done.baseline.entries
    assert entry.waiver == WAIVER
    assert entry.reference is not None
    assert "had met" in entry.reference.claim


def test_a_third_finding_does_not_slip_under_the_waiver_of_two() -> None:
    two = waived(known(Said(), Said()))
    done = update(two, [run(Said(), Said(), Said())]).baseline
    assert sorted((entry.count, entry.waiver is None) for entry in done.entries) == [(1, True), (2, False)]


def test_waivers_are_put_on_their_entries() -> None:
    baseline = known(Said(), Said("5", "6", 2))
    first, second = baseline.entries
    done = waive(baseline, [Verdict(first.fingerprint, WAIVER, first.check)])
    assert [entry.waiver for entry in done.baseline.entries if entry.fingerprint == first.fingerprint] == [WAIVER]
    assert [entry.waiver for entry in done.baseline.entries if entry.fingerprint == second.fingerprint] == [None]
    assert (done.added, done.replaced) == (0, 0)
    other = waive(done.baseline, [Verdict(first.fingerprint, Waiver("other"))])
    assert other.replaced == 1
    assert waive(other.baseline, [Verdict(first.fingerprint, Waiver("other"))]).replaced == 0


def test_a_waiver_of_a_finding_that_is_not_known_needs_the_report() -> None:
    found = run(Said())
    verdict = Verdict(found.reports[0].findings[0].fingerprint, WAIVER)
    with pytest.raises(InputError, match=verdict.fingerprint) as caught:
        waive(Baseline("known.toml"), [verdict])
    assert "--report" in caught.value.remedy
    done = waive(Baseline("known.toml"), [verdict], [found])
    assert done.added == 1
    assert states(hold([found], done.baseline, TODAY)) == [Known("same", waiver=WAIVER)]
    with pytest.raises(InputError, match="waived as date"):
        waive(done.baseline, [Verdict(verdict.fingerprint, WAIVER, "date")])
