"""`consistency baseline`, and `--baseline` of the commands that judge."""

from __future__ import annotations

import os
import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consistency import pipeline
from consistency.baseline import parse, render
from consistency.records import Run
from consistency.report import FORMATS, Options
from tests.baselines import Said, waived
from tests.baselines import report as story
from tests.commands import Shell
from tests.stories import STORIES

BRIDGE = STORIES / "harbour-bridge"
WAIVERS = """\
[[waiver]]
fingerprint = "{}"
check = "quantity"
reason = "the ministry corrected it"
author = "desk"
expires = "{}"
"""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfdbinary: Any) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(monkeypatch, capfdbinary)


def save(*said: Said, name: str = "report.json", **more: str) -> str:
    """A saved report; the fingerprint of its first finding."""
    made = story(*said, **more)
    Path(name).write_text(FORMATS["json"](Options())(Run((made,))))
    return made.findings[0].fingerprint if made.findings else ""


@pytest.fixture
def print_of(run: Shell) -> str:
    """A report and the baseline of it; the fingerprint of its finding."""
    found = save(Said())
    assert run("baseline", "write", "report.json", "--output", "known.toml").code == 0
    return found


def known(file: str = "known.toml") -> Any:
    return parse(Path(file).read_bytes(), file)


@pytest.mark.usefixtures("print_of")
def test_what_is_written_down_no_longer_fails(run: Shell) -> None:
    assert run("judge", "report.json").code == 1
    ran = run("judge", "report.json", "--baseline", "known.toml")
    assert ran.code == 0
    assert "ERROR  quantity  0.90  (known)" in ran.text
    assert "1 error, 0 warnings, 0 notes, 1 of them known" in ran.text


def test_a_check_with_a_baseline(run: Shell) -> None:
    inputs = ("check", BRIDGE / "original.txt", BRIDGE / "copy-corrupted-number.txt", "--model", "lexical")
    assert run(*inputs, "--output", "json=report.json").code == 1
    run("baseline", "write", "report.json", "--output", "known.toml")
    assert run(*inputs, "--baseline", "known.toml").code == 0
    Path("consistency.toml").write_text('baseline = "known.toml"\n')
    assert run(*inputs, "--output", "json=held.json").code == 0
    again = run("judge", "held.json", "--output", "json=again.json")
    assert again.code == 0
    assert Path("again.json").read_bytes() == Path("held.json").read_bytes()


@pytest.mark.parametrize("broken", [None, "[[finding\n"])
def test_a_baseline_that_is_not_there_or_broken_stops_a_check_before_the_work(
    run: Shell, monkeypatch: pytest.MonkeyPatch, broken: str | None
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("work was done")

    monkeypatch.setattr(pipeline, "check", never)
    if broken is not None:
        Path("known.toml").write_text(broken)
    ran = run("check", BRIDGE / "original.txt", BRIDGE / "copy-reworded.txt", "--baseline", "known.toml")
    assert ran.code == 2
    said = "line 1" if broken else "known.toml: there is no such baseline; write it: consistency baseline write"
    assert said in ran.err


@pytest.mark.usefixtures("print_of")
def test_write_does_not_replace_unless_forced(run: Shell) -> None:
    before = Path("known.toml").read_bytes()
    save(Said(), Said("5", "6", 2))
    refused = run("baseline", "write", "report.json", "--output", "known.toml")
    assert refused.code == 2
    assert "known.toml is there already" in refused.err
    assert "consistency baseline update" in refused.err
    assert Path("known.toml").read_bytes() == before
    forced = run("baseline", "write", "report.json", "--output", "known.toml", "--force")
    assert (forced.code, forced.err) == (0, "known.toml: 2 findings known\n")


def test_an_update_keeps_waivers_and_counts_what_goes(run: Shell) -> None:
    save(Said(), Said("5", "6", 2))
    run("baseline", "write", "report.json", "--output", "known.toml")
    Path("known.toml").write_text(render(waived(known())))
    save(Said(frame=1), Said("1", "2"))
    done = run("baseline", "update", "report.json", "--baseline", "known.toml")
    assert done.err == "known.toml: 1 new, 0 as before, 1 reworded, 1 dropped, 0 kept without a finding\n"
    assert [entry.waiver is None for entry in known().entries].count(False) == 1
    settled = Path("known.toml").stat()
    again = run("baseline", "update", "report.json", "--baseline", "known.toml")
    assert again.err == "known.toml: 0 new, 2 as before, 0 reworded, 0 dropped, 0 kept without a finding\n"
    assert Path("known.toml").stat().st_mtime_ns == settled.st_mtime_ns
    save()
    kept = run("baseline", "update", "report.json", "--baseline", "known.toml", "--keep-unused")
    assert "0 dropped, 2 kept without a finding" in kept.err
    save(story="two")
    assert "2 kept" in run("baseline", "update", "report.json", "--baseline", "known.toml").err
    assert "2 dropped" in run("baseline", "update", "report.json", "--baseline", "known.toml", "--complete").err


def test_check_says_what_is_what(run: Shell, print_of: str) -> None:
    ran = run("baseline", "check", "report.json", "--baseline", "known.toml")
    assert ran.code == 0
    assert ran.text == (
        "known.toml: 0 new, 1 known (0 of them reworded, 0 waived, 0 with a waiver that has run out), 0 unused\n"
    )
    Path("waivers.toml").write_text(WAIVERS.format(print_of, "2020-01-01"))
    run("baseline", "waive", "known.toml", "waivers.toml")
    save(Said(), Said("5", "6", 2))
    ran = run("baseline", "check", "report.json", "--baseline", "known.toml")
    assert ran.code == 1
    first, *lines = ran.text.splitlines()
    assert first.startswith("known.toml: 1 new, 1 known (0 of them reworded, 0 waived, 1 with a waiver that has run")
    assert re.fullmatch(r"new: error quantity [0-9a-f]{16} one: 5 or 6", lines[0])
    assert lines[1] == f"waiver has run out: quantity {print_of} one: 39 or 93"
    save()
    assert run("baseline", "check", "report.json", "--baseline", "known.toml").code == 0
    strict = run("baseline", "check", "report.json", "--baseline", "known.toml", "--strict")
    assert strict.code == 1
    assert f"unused: quantity {print_of} one: 39 or 93" in strict.text


def test_check_is_quiet_about_what_cannot_fail(run: Shell) -> None:
    save(Said())
    Path("known.toml").write_text("")
    assert run("baseline", "check", "report.json", "--baseline", "known.toml").code == 1
    assert run("baseline", "check", "report.json", "--baseline", "known.toml", "--fail-on", "never").code == 0


def test_a_long_list_is_cut_and_says_so(run: Shell) -> None:
    save(*(Said(str(at), str(at + 1000)) for at in range(60)))
    Path("known.toml").write_text("")
    lines = run("baseline", "check", "report.json", "--baseline", "known.toml").text.splitlines()
    assert len(lines) == 52
    assert lines[-1] == "new: 10 more"


def test_a_waiver_of_a_reviewer(run: Shell, print_of: str) -> None:
    Path("waivers.toml").write_text(WAIVERS.format(print_of, date.today().isoformat()))
    done = run("baseline", "waive", "known.toml", "waivers.toml")
    assert (done.code, done.err) == (
        0,
        "known.toml: 1 waiver, 0 in place of others, 0 for findings that were not known\n",
    )
    ran = run("judge", "report.json", "--baseline", "known.toml")
    assert ran.code == 0
    assert "waived by desk until" in " ".join(ran.text.split())
    Path("waivers.toml").write_text(WAIVERS.format(print_of, "2020-01-01"))
    run("baseline", "waive", "known.toml", "waivers.toml")
    expired = run("judge", "report.json", "--baseline", "known.toml")
    assert expired.code == 1
    assert "has a waiver that has run out" in " ".join(expired.text.split())


def test_a_waiver_of_what_is_not_known_needs_the_report(run: Shell, print_of: str) -> None:
    before = Path("known.toml").read_bytes()
    other = save(Said("5", "6", 2), name="other.json")
    Path("waivers.toml").write_text(WAIVERS.format(print_of, "2030-01-01") + WAIVERS.format(other, "2030-01-01"))
    refused = run("baseline", "waive", "known.toml", "waivers.toml")
    assert refused.code == 2
    assert other in refused.err
    assert "--report REPORT.json" in refused.err
    assert Path("known.toml").read_bytes() == before
    done = run("baseline", "waive", "known.toml", "waivers.toml", "--report", "other.json")
    assert "1 for findings that were not known" in done.err
    assert [entry.waiver.author for entry in known().entries] == ["desk", "desk"]


@pytest.mark.usefixtures("print_of")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("write", "none.json", "--output", "new.toml"), "none.json: cannot be read"),
        (("write", "known.toml", "--output", "new.toml"), "known.toml: not a report"),
        (("write", "report.json"), "no baseline is named; give --output FILE"),
        (("update", "report.json"), "no baseline is named; give --baseline FILE"),
        (("update", "report.json", "--baseline", "none.toml"), "none.toml: there is no such baseline"),
        (("check", "report.json", "--baseline", "none.toml"), "none.toml: there is no such baseline"),
        (("check", "report.json", "--baseline", "."), ".: cannot be read"),
        (("check", "report.json", "--baseline", "report.json"), "report.json: not valid TOML"),
        (("waive", "none.toml", "waivers.toml"), "none.toml: there is no such baseline"),
        (("waive", "known.toml", "none.toml"), "none.toml: cannot be read"),
        (("waive", "known.toml", "known.toml"), "'format' has no place in it"),
        (("write", "report.json", "--output", "none/new.toml"), "none/new.toml: the baseline cannot be written"),
    ],
)
def test_a_fault_is_one_line_and_2(run: Shell, arguments: tuple[str, ...], said: str) -> None:
    ran = run("baseline", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert sorted(os.listdir()) == ["known.toml", "report.json"]


LONG = "k" * 300


@pytest.mark.usefixtures("print_of")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("judge", "report.json", "--baseline", LONG), f"{LONG}: cannot be read (File name too long)"),
        (("baseline", "check", "report.json", "--baseline", LONG), f"{LONG}: cannot be read (File name too long)"),
        (("baseline", "write", "report.json", "--output", LONG), "cannot be written (File name too long)"),
        (("judge", "report.json", "--baseline", "locked/k.toml"), "locked/k.toml: cannot be read (Permission denied)"),
        (("baseline", "update", "report.json", "--baseline", "locked/k.toml"), "locked/k.toml: cannot be read"),
        (("baseline", "write", "report.json", "--output", "locked/k.toml"), "cannot be written (Permission denied)"),
    ],
)
def test_a_name_that_cannot_be_looked_up_is_one_line_and_2(
    run: Shell, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    _lock(monkeypatch, "locked/")
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert said in ran.err
    assert ran.err.startswith("consistency: error: ")
    assert ran.err.count("\n") == 1


def test_a_baseline_that_cannot_be_read_is_replaced_by_force(run: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    save(Said())
    Path("known.toml").write_text("")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", refuse)
        ran = run("baseline", "write", "report.json", "--output", "known.toml", "--force")
    assert (ran.code, ran.err) == (0, "known.toml: 1 finding known\n")
    assert len(known().entries) == 1


def _lock(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """Nothing below the folder can be looked up, as without the right to search it; a superuser always may."""

    def locked(real: Any) -> Any:
        def guarded(path: Any, *arguments: Any, **more: Any) -> Any:
            if folder in f"{path}":
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, *arguments, **more)

        return guarded

    for owner, name in ((os, "stat"), (os, "lstat"), (Path, "open"), (tempfile, "mkstemp")):
        monkeypatch.setattr(owner, name, locked(getattr(owner, name)))


@pytest.mark.usefixtures("print_of")
def test_the_baseline_of_the_settings_is_taken(run: Shell) -> None:
    Path("consistency.toml").write_text('baseline = "known.toml"\n')
    assert run("baseline", "check", "report.json").code == 0
    assert run("baseline", "update", "report.json").code == 0
    assert run("judge", "report.json").code == 0
    Path("known.toml").unlink()
    assert run("judge", "report.json").code == 2
    assert run("baseline", "write", "report.json").code == 0
    assert run("judge", "report.json").code == 0


def test_a_full_disk_leaves_the_old_baseline(run: Shell, print_of: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Path("known.toml").read_bytes()
    Path("waivers.toml").write_text(WAIVERS.format(print_of, "2030-01-01"))
    save(Said("5", "6"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for arguments in (
        ("update", "report.json", "--baseline", "known.toml"),
        ("waive", "known.toml", "waivers.toml"),
        ("write", "report.json", "--output", "known.toml", "--force"),
        ("write", "report.json", "--output", "new.toml"),
    ):
        ran = run("baseline", *arguments)
        assert (ran.code, "No space left" in ran.err) == (2, True)
        assert Path("known.toml").read_bytes() == before
    assert sorted(os.listdir()) == ["known.toml", "report.json", "waivers.toml"]


def test_article_text_drives_no_terminal(run: Shell) -> None:
    save(Said("\x1b[2J39\u202e", "93"))
    Path("known.toml").write_text("")
    ran = run("baseline", "check", "report.json", "--baseline", "known.toml")
    assert "\\x1b[2J39\\u202e or 93" in ran.text
    assert not set(ran.text) & set("\x1b\u202e")
    run("baseline", "write", "report.json", "--output", "new.toml")
    assert not set(Path("new.toml").read_text()) & set("\x1b\u202e")
    assert run("judge", "report.json", "--baseline", "new.toml").code == 0
