"""The baseline: what it knows again and what it opens anew."""

from __future__ import annotations

from collections import Counter
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from consistency.baseline import Baseline, Entry, Told, hold, record
from consistency.judge import exit_code, fingerprint
from consistency.records import Finding, Known, Run, Story, Waiver
from tests.baselines import FRAMES, RUNS, TODAY, WAIVER, Said, baselines, known, report, run, shuffled, states, waived
from tests.reports import article, side


def test_what_was_recorded_is_known_and_fails_nothing() -> None:
    found = run(Said(), Said("Kyiv", "China", 2, "place"))
    held = hold([found], record([found], "known.toml"), TODAY)
    assert states(held) == [Known("same"), Known("same")]
    assert (held.baseline, held.stale) == ("known.toml", ())
    assert (exit_code(found, "error"), exit_code(held, "error")) == (1, 0)


def test_nothing_is_removed_from_a_run() -> None:
    found = run(Said(), Said("5", "6", 2))
    held = hold([found], known(Said()), TODAY)
    bare = [msgspec.structs.replace(finding, known=None) for finding in held.reports[0].findings]
    assert tuple(bare) == found.reports[0].findings
    assert states(held) == [Known("same"), None]
    assert exit_code(held, "error") == 1


def test_a_light_rewording_and_a_new_paragraph_before_it_keep_the_entry() -> None:
    held = hold([run(Said(frame=1), before="A lead of its own stands here. ")], known(Said()), TODAY)
    (state,) = states(held)
    assert state is not None
    assert state.match == "similar"
    assert 0.9 < state.similarity < 1
    assert held.stale == ()


@pytest.mark.parametrize(
    "other",
    [
        Said("39", "94"),
        Said("38", "93"),
        Said("39", "93", 2),  # other claims with the same values
        Said("39", "93", 0, "date"),
        Said("93", "39"),
        Said("€39", "$39"),
    ],
)
def test_a_changed_value_or_check_or_claim_opens_it_again(other: Said) -> None:
    held = hold([run(other)], known(Said()), TODAY)
    assert states(held) == [None]
    assert [(entry.why, entry.check) for entry in held.stale] == [("unused", "quantity")]


def test_a_changed_currency_is_a_changed_value() -> None:
    before, after = Said("$40", "$14"), Said("$40", "€14")
    assert states(hold([run(after)], known(before), TODAY)) == [None]
    assert states(hold([run(Said("$40", "$14", 1))], known(before), TODAY)) != [None]


def omission(sentence: str, frame_values: tuple[str, ...] = ()) -> Run:
    """A dropped sentence: one side, and no words that matter more than others."""
    left, claims = article("a", sentence)
    right, _ = article("b", "Rain fell.")
    found = Finding("omission", "note", "dropped", 0.9, side(claims[0], *frame_values), None)
    found = msgspec.structs.replace(found, fingerprint=fingerprint(found))
    made = msgspec.structs.replace(
        report(Said()), story=Story("one", (left, right), "a"), claims=claims, findings=(found,)
    )
    return Run((made,))


@pytest.mark.parametrize(
    ("after", "opens"),
    [
        ("Five people were hurt in the fall, the mayor of the town said later.", False),
        ("Nine people were hurt in the fall, the mayor of the town said.", True),
        ("Five people were not hurt in the fall, the mayor of the town said.", True),
        ("Five people weren't hurt in the fall, the mayor of the town said.", True),
        ("Two governors wanted to build on the other side.", True),
    ],
)
def test_figures_and_negations_stand_for_values_where_there_are_none(after: str, opens: bool) -> None:
    before = record([omission("Five people were hurt in the fall, the mayor of the town said.")], "known.toml")
    (state,) = states(hold([omission(after)], before, TODAY))
    assert (state is None) is opens


def test_the_least_likeness_is_four_fifths() -> None:
    """Of forty letters 32 are common: 2 * 32 / 80; of 39 only 31."""

    def alike(entry: str, claim: str) -> Known | None:
        known = Entry("x", "omission", "one", "a.txt", "", Told(entry))
        return states(hold([omission(claim)], Baseline("b", (known,)), TODAY))[0]

    found = alike("a" * 32 + "b" * 8, "a" * 32 + "c" * 8)
    assert found is not None
    assert (found.match, found.similarity) == ("similar", 0.8)
    assert alike("a" * 31 + "b" * 8, "a" * 31 + "c" * 8) is None


def test_both_sides_must_be_alike() -> None:
    told, other = (Told(FRAMES[frame].format("39"), ("39",)) for frame in (0, 2))
    found = run(Said())
    for reference, version, similar in ((told, told, True), (told, other, False), (other, told, False)):
        there = msgspec.structs.replace(version, claim=version.claim.replace("39", "93"), values=("93",))
        entry = Entry("x", "quantity", "one", "b.txt", "", reference, there)
        (state,) = states(hold([found], Baseline("b", (entry,)), TODAY))
        assert (state is not None) is similar
    light = Told(FRAMES[1].format("39"), ("39",))
    there = Told(FRAMES[0].format("93"), ("93",))
    (state,) = states(hold([found], Baseline("b", (Entry("x", "quantity", "one", "b.txt", "", light, there),)), TODAY))
    assert state is not None
    assert state.similarity < 1


def test_the_likest_pair_comes_first() -> None:
    """The finding that stands first is alike too, but less so."""
    entry = Entry("x", "omission", "one", "a.txt", "", Told("b" * 100))
    left, claims = article("a", f"{'a' * 15}{'b' * 85}. {'a' * 5}{'b' * 95}.")
    found = tuple(Finding("omission", "note", "", 0.9, side(claim), None, claim.id) for claim in claims)
    made = msgspec.structs.replace(report(), story=Story("one", (left,), "a"), findings=found)
    for order in (found, found[::-1]):
        held = hold([Run((msgspec.structs.replace(made, findings=order),))], Baseline("b", (entry,)), TODAY)
        assert [one.fingerprint for one in held.reports[0].findings if one.known] == ["a#2"]


@pytest.mark.parametrize("count", [3, 12])
def test_long_and_many_values_are_told_apart_to_the_last(count: int) -> None:
    def found(last: str, print_: str) -> Run:
        values = [f"{at} {'ship ' * 50}" for at in range(count - 1)] + [f"{'ship ' * 50}{last}"]
        text = ", ".join(values)
        left, claims = article("a", text)
        one = Finding("quantity", "error", "", 0.9, side(claims[0], *values), None, print_)
        return Run((msgspec.structs.replace(report(), story=Story("one", (left,), "a"), findings=(one,)),))

    before = record([found("nine", "f")], "b")
    (same,) = states(hold([found("nine", "g")], before, TODAY))
    assert same is not None
    assert same.match == "similar"
    assert states(hold([found("five", "g")], before, TODAY)) == [None]


def test_an_entry_matches_as_many_findings_as_it_was_written_for() -> None:
    twice = known(Said(), Said())
    assert [entry.count for entry in twice.entries] == [2]
    thrice = hold([run(Said(), Said(), Said())], twice, TODAY)
    assert Counter(states(thrice)) == {Known("same"): 2, None: 1}
    once = hold([run(Said())], twice, TODAY)
    assert (states(once), once.stale) == ([Known("same")], ())


def test_the_same_article_comes_first_then_the_story_then_any() -> None:
    entries = (*known(Said()).entries, *known(Said(), story="two", copy="c").entries)
    here, there = (
        msgspec.structs.replace(entry, waiver=Waiver(reason)) for entry, reason in zip(entries, "ht", strict=True)
    )
    both = Baseline("known.toml", (there, here))

    def reason(**place: str) -> str:
        (state,) = states(hold([run(Said(), **place)], both, TODAY))
        assert state is not None
        assert state.match == "same"
        assert state.waiver is not None
        return state.waiver.reason

    assert reason() == "h"
    assert reason(story="two", copy="c") == "t"
    assert reason(story="two", copy="d") == "t"
    assert reason(story="moved", copy="c") == "h"
    beside = known(Said(), copy="a.before").entries[0]
    both = Baseline("known.toml", (*both.entries, msgspec.structs.replace(beside, waiver=Waiver("b"))))
    assert reason() == "h"
    assert reason(copy="a.before") == "b"


def test_a_waiver_holds_until_its_last_day_is_over() -> None:
    baseline = waived(known(Said()))
    on_the_day = hold([run(Said())], baseline, date(2026, 5, 20))
    assert states(on_the_day) == [Known("same", waiver=WAIVER)]
    assert (on_the_day.stale, exit_code(on_the_day, "error")) == ((), 0)
    after = hold([run(Said())], baseline, date(2026, 5, 21))
    assert states(after) == [Known("same", waiver=WAIVER, expired=True)]
    assert [(entry.why, entry.waiver) for entry in after.stale] == [("expired", WAIVER)]
    assert exit_code(after, "error") == 1
    forever = waived(known(Said()), Waiver("fine"))
    assert exit_code(hold([run(Said())], forever, date(9999, 12, 31)), "error") == 0


def test_unused_is_said_only_of_what_was_looked_at() -> None:
    baseline = known(Said())
    assert [entry.why for entry in hold([run()], baseline, TODAY).stale] == ["unused"]
    assert hold([run(copy="c")], baseline, TODAY).stale == ()
    assert hold([run(story="two")], baseline, TODAY).stale == ()
    assert [entry.why for entry in hold([run(story="two")], baseline, TODAY, complete=True).stale] == ["unused"]


def test_an_omission_belongs_to_the_version_that_its_message_names() -> None:
    """Else a run of the one copy would call what the other left out unused."""
    (alone,) = omission("Five people were hurt in the fall.").reports
    assert [entry.source for entry in record([Run((alone,))], "known.toml").entries] == ["b.txt"]
    others = tuple(article(name, "Rain fell.")[0] for name in ("c", "c d"))
    both = msgspec.structs.replace(
        alone, story=msgspec.structs.replace(alone.story, articles=(*alone.story.articles, *others))
    )
    for message, source in (("c leaves out", "c.txt"), ("c d leaves out", "c d.txt"), ("cd leaves out", "a.txt")):
        found = tuple(msgspec.structs.replace(one, message=message) for one in both.findings)
        baseline = record([Run((msgspec.structs.replace(both, findings=found),))], "known.toml")
        assert [entry.source for entry in baseline.entries] == [source]
        unused = hold([run(copy="c")], baseline, TODAY).stale
        assert [entry.why for entry in unused] == ([] if source == "c d.txt" else ["unused"])


def test_two_runs_of_one_article_are_held_each_against_the_whole_baseline() -> None:
    held = hold([run(Said()), run(Said())], known(Said()), TODAY)
    assert states(held) == [Known("same"), Known("same")]
    assert [entry.count for entry in record([run(Said()), run(Said())], "b").entries] == [1]
    apart = hold([run(Said()), run()], known(Said()), TODAY)
    assert apart.stale == ()


def test_what_an_earlier_baseline_said_is_forgotten() -> None:
    found = run(Said())
    marked = hold([found], known(Said()), TODAY)
    candidate = msgspec.structs.replace(marked.reports[0], candidates=marked.reports[0].findings)
    again = hold([Run((candidate,), "old.toml", marked.stale)], Baseline("new.toml"), TODAY)
    assert states(again) == [None]
    assert again.reports[0].candidates[0].known is None
    assert again.baseline == "new.toml"


@given(RUNS, baselines(), st.integers(0, 9))
def test_the_order_of_findings_and_entries_does_not_matter(found: Run, baseline: Baseline, seed: int) -> None:
    def outcome(run: Run, baseline: Baseline) -> object:
        held = hold([run], baseline, TODAY)
        return Counter((one.story.id, finding) for one in held.reports for finding in one.findings), held.stale

    assert outcome(found, baseline) == outcome(*shuffled(found, baseline, seed))


@given(RUNS, baselines())
def test_every_finding_has_one_entry_or_none_and_no_entry_too_many(found: Run, baseline: Baseline) -> None:
    held = hold([found], baseline, TODAY, complete=True)
    assert len(states(held)) == sum(len(one.findings) for one in found.reports)
    room = sum(entry.count for entry in baseline.entries)
    matched = sum(state is not None for state in states(held))
    unused = sum(entry.why == "unused" for entry in held.stale)
    assert matched <= room
    assert unused <= len(baseline.entries) - (matched > 0)
    if not matched:
        assert unused == len(baseline.entries)


def test_ten_thousand_findings_of_one_kind_are_held_against_few_entries_each(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    def counted(one: str, other: str) -> float:
        nonlocal asked
        asked += 1
        return float(usual(one, other))

    usual = Indel.normalized_similarity
    monkeypatch.setattr(Indel, "normalized_similarity", counted)
    words = [f"w{chr(97 + at % 26)}{chr(97 + at // 26 % 26)}{chr(97 + at // 676)}" for at in range(2_000)]
    entries = tuple(
        Entry(f"e{at}", "omission", "one", "a.txt", "", Told(f"The harbour near {word} was closed."))
        for at, word in enumerate(words)
    )
    left, claims = article("a", " ".join(f"The harbour near {word} was shut." for word in words))
    found = [Finding("omission", "note", "", 0.9, side(claim), None, f"f{at}") for at, claim in enumerate(claims)]
    made = msgspec.structs.replace(
        report(Said()), story=Story("one", (left,), "a"), claims=claims, findings=tuple(found)
    )
    held = hold([Run((made,))], Baseline("b", entries), TODAY)
    assert all(state is not None and state.match == "similar" for state in states(held))
    assert asked <= 2 * 64 * len(found)
