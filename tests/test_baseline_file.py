"""The baseline's file: what it says, any text in it, and what is told of a broken one."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.baseline import Baseline, Entry, Told, Verdict, hold, parse, parse_waivers, record, render
from consistency.errors import InputError
from consistency.records import Finding, Known, Run, Story, Waiver
from tests.baselines import RUNS, TODAY, Said, report, shuffled, states
from tests.reports import article, side


@given(RUNS, st.integers(0, 9))
def test_a_file_comes_back_as_it_was_and_its_order_is_its_own(found: Run, seed: int) -> None:
    baseline = record([found], "known.toml")
    text = render(baseline)
    assert parse(text.encode(), "known.toml") == baseline
    assert render(shuffled(found, baseline, seed)[1]) == text


ANY = st.text(st.characters(codec="utf-8"), max_size=40)


TOLD = st.none() | st.builds(Told, ANY, st.lists(ANY, max_size=3).map(tuple))


@given(
    st.builds(
        Entry,
        ANY,
        ANY,
        ANY,
        ANY,
        ANY,
        TOLD,
        TOLD,
        st.integers(1, 2**31),
        st.none() | st.builds(Waiver, ANY.filter(bool), ANY, st.none() | st.dates().map(str)),
    )
)
def test_any_text_comes_back_and_drives_nothing(entry: Entry) -> None:
    text = render(Baseline("known.toml", (entry,)))
    assert parse(text.encode(), "known.toml").entries == (entry,)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]", text)
    assert text.count("[[finding]]\n") >= 1
    assert [line for line in text.split("\n") if line.startswith("[[finding]]")] == ["[[finding]]"]


def test_halves_of_characters_do_not_stop_it() -> None:
    broken = report(Said())
    for message in ("half \ud83d", "half \ud83d" * 100):
        only = msgspec.structs.replace(broken.findings[0], message=message)
        found = Run((msgspec.structs.replace(broken, findings=(only,)),))
        made = record([found], "known.toml")
        assert parse(render(made).encode(), "known.toml") == made
        assert states(hold([found], made, TODAY)) == [Known("same")]


def test_long_texts_are_cut_around_what_matters_and_still_known() -> None:
    filler = "and so on " * 100_000

    def long(text: str) -> Run:
        left, claims = article("a", f"{filler}in all 39 ships {text}")
        found = Finding("quantity", "error", "x" * 10**6, 0.9, side(claims[0], "39"), None, "f")
        made = msgspec.structs.replace(report(Said()), story=Story("one", (left,), "a"), findings=(found,))
        return Run((made,))

    baseline = record([long("sank in the night")], "known.toml")
    text = render(baseline)
    assert len(text) < 3000
    assert "in all 39 ships sank" in text
    (entry,) = baseline.entries
    assert entry.reference is not None
    reworded = msgspec.structs.replace(entry, fingerprint="other")
    (state,) = states(hold([long("sank that night")], Baseline("b", (reworded,)), TODAY))
    assert state is not None
    assert state.match == "similar"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("format = 2\n", "format 2"),
        ("[[finding]\n", "line 1"),
        ('\n\n[[finding]]\nfingerprint = "x"\n', "line 3: .*check"),
        ('[[finding]]\nfingerprint = "x"\ncheck = "date"\n\n[[finding]]\nfingerprint = "x"\ncheck = 3\n', "line 5: "),
        ('[[finding]]\nfingerprint = "x"\ncheck = "date"\nwaver = 1\n', "line 1: .*waver"),
        ('[[finding]]\nfingerprint = "x"\ncheck = "date"\ncount = 0\n', "line 1: .*count"),
        ('[[finding]]\nfingerprint = "x"\ncheck = "date"\n[finding.waiver]\nauthor = "a"\n', "line 1: .*reason"),
        ('[[finding]]\nfingerprint = "x"\ncheck = "date"\n[finding.waiver]\nreason = ""\n', "line 1: .*reason"),
        (
            '[[finding]]\nfingerprint = "x"\ncheck = "date"\n[finding.waiver]\nreason = "r"\nexpires = "31.12.2026"\n',
            "line 1: expires is '31.12.2026'",
        ),
        (
            '[[finding]]\nfingerprint = "x"\ncheck = "date"\n[finding.waiver]\nreason = "r"\nexpires = "2026-02-30"\n',
            "line 1: expires",
        ),
        ("<<<<<<< ours\n[[finding]]\n", "line 1"),
        ("[[findings]]\n", "findings"),
        ("finding = 3\n", "finding"),
        ("finding = [3]\n", "entry 1"),
        (f"finding = {'[' * 5000}\n", "not valid TOML"),
        (f"[[finding]]\ncount = {'9' * 5000}\n", "not valid TOML|count"),
        ('[[finding]]\nmessage = """\n[[finding]]\n"""\ncheck = 3\n', "entry 1"),
    ],
)
def test_a_broken_file_is_told_with_its_line(text: str, said: str) -> None:
    with pytest.raises(InputError, match=f"known.toml: .*({said})") as caught:
        parse(text.encode(), "known.toml")
    assert caught.value.remedy
    assert len(str(caught.value)) < 400


def test_a_file_that_is_not_utf_8_or_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="line 2 is not UTF-8"):
        parse(b'format = 1\nx = "\xff"\n', "known.toml")
    monkeypatch.setattr("consistency.baseline._file.LARGEST", 2**20)
    with pytest.raises(InputError, match="larger than 1 MiB"):
        parse(b"#" * (2**20 + 1), "known.toml")


def test_what_hands_write_is_read() -> None:
    text = (
        '\ufeff[[finding]]\r\nfingerprint = "x"\r\ncheck = "date"\r\n[finding.waiver]\r\n'
        'reason = "r"\r\nexpires = 2026-12-31\r\n'
    )
    assert parse(text.encode(), "b").entries == (Entry("x", "date", waiver=Waiver("r", "", "2026-12-31")),)
    waivers = '[[waiver]]\nfingerprint = "x"\ncheck = "date"\nreason = "r"\nauthor = ""\nexpires = ""\n'
    assert parse_waivers(waivers.encode(), "w") == (Verdict("x", Waiver("r"), "date"),)
    assert parse_waivers(b"", "w") == ()
    exported = (
        '# Decisions of a review.\n\n# accepted: y date: so \\"it\\" is\n\n[[waiver]]\n'
        'fingerprint = "x"\ncheck = "date"\nreason = "a \\"b\\" \\\\ \\u202e\\u000a"\nexpires = "2026-12-31"\n'
    )
    assert parse_waivers(exported.encode(), "w") == (
        Verdict("x", Waiver('a "b" \\ \u202e\n', "", "2026-12-31"), "date"),
    )
    with pytest.raises(InputError, match=r"line 1: .*reason"):
        parse_waivers(b'[[waiver]]\nfingerprint = "x"\n', "w")
