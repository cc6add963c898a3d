"""`consistency judge` and `consistency report`: a saved report under other settings and in other formats."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from consistency.combine import shipped
from consistency.records import Level, Report, Run, Unread
from consistency.report import FORMATS, Options
from tests.commands import Shell
from tests.reports import report
from tests.stories import STORIES

HOUSE = Path(__file__).parent.parent
UNREAD = Unread("c.txt", "missing", "c.txt is not there", "give a file")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfdbinary: Any) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(monkeypatch, capfdbinary)


def save(made: Report, name: str = "report.json", **options: Any) -> bytes:
    data = FORMATS["json"](Options(**options))(Run((made,))).encode()
    Path(name).write_bytes(data)
    return data


@pytest.mark.parametrize("more", [(), ("--include-text",)])
def test_a_report_judged_with_the_same_settings_is_the_same_to_the_byte(run: Shell, more: tuple[str, ...]) -> None:
    Path("consistency.toml").write_text('model = "lexical"\nthreshold = 0.3\n[checks.omission]\nlevel = "warning"\n')
    story = STORIES / "harbour-bridge"
    versions = [story / "copy-corrupted-number.txt", story / "copy-reworded.txt"]
    first = run("check", story / "original.txt", *versions, "--output", "json=a.json", *more)
    again = run("judge", "a.json", "--output", "json=b.json")
    assert (first.code, again.code) == (1, 1)
    assert Path("a.json").read_bytes() == Path("b.json").read_bytes()
    assert "other settings" not in again.err


def test_other_thresholds_and_levels_change_the_verdict(run: Shell) -> None:
    save(report())
    assert run("judge", "report.json").code == 1
    assert run("judge", "report.json", "--fail-on", "never").code == 0
    Path("desk.toml").write_text("[checks.date]\nthreshold = 0.99\n")
    stricter = run("judge", "report.json", "--config", "desk.toml")
    assert stricter.code == 0
    assert "0 errors, 0 warnings, 0 notes" in stricter.text
    assert "made under other settings; role and aliases stay as they were" in stricter.err
    assert run("judge", "report.json", "--config", "desk.toml", "--quiet").err == ""


def test_the_least_coverage_is_judged_anew(run: Shell) -> None:
    save(report(level=None, share=(1, 2)))
    assert run("judge", "report.json").code == 0
    assert run("judge", "report.json", "--min-coverage", "0.9").code == 3
    Path("desk.toml").write_text('undetermined = "ignore"\n')
    assert run("judge", "report.json", "--min-coverage", "0.9", "--config", "desk.toml").code == 0


def test_the_threshold_is_that_of_the_model(run: Shell) -> None:
    story = STORIES / "harbour-bridge"
    run("check", story / "original.txt", story / "copy-reworded.txt", "--model", "lexical", "--output", "json=a.json")
    strict = run("judge", "a.json", "--threshold", "1", "--format", "json")
    loose = run("judge", "a.json", "--threshold", "0", "--format", "json")
    found = [
        [one["check"] for one in json.loads(ran.text)["stories"][0]["findings"]].count("contradiction")
        for ran in (strict, loose)
    ]
    assert found[0] == 0
    assert found[1] > 0


def test_a_check_that_was_off_cannot_be_asked(run: Shell) -> None:
    made = report()
    save(made)
    document = json.loads(Path("report.json").read_text())
    document["signature"]["off"] = ["garble"]
    Path("report.json").write_text(json.dumps(document))
    ran = run("judge", "report.json")
    assert ran.code == 2
    assert "made without garble, which the settings turn on; run consistency check again" in ran.err
    Path("consistency.toml").write_text("[checks.garble]\non = false\n")
    assert run("judge", "report.json").code == 1


def test_a_witness_that_was_heard_cannot_be_taken_back(run: Shell) -> None:
    Path("a.txt").write_text("The ferry sank off Varel on Monday. Rescuers brought 12 people ashore.\n")
    Path("b.txt").write_text("The ferry sank off Varel on Monday. Rescuers brought 21 people ashore.\n")
    checked = ("check", "a.txt", "b.txt", "--no-cache", "--threads", "1")
    run(*checked, "--output", "json=report.json")
    Path("consistency.toml").write_text("threshold = 0.95\n[checks.quantity]\non = false\n")
    ran = run("judge", "report.json")
    assert (ran.code, ran.out) == (2, b"")
    assert "quantity took part in how sure the report's other findings are" in ran.err
    assert "run consistency check again with these settings" in ran.err
    run(*checked, "--output", "json=without.json")
    run("judge", "without.json", "--output", "json=again.json")
    assert Path("again.json").read_bytes() == Path("without.json").read_bytes()
    Path("consistency.toml").write_text("[checks.date]\non = false\n[checks.omission]\non = false\n")
    run(*checked, "--output", "json=calm.json")
    assert run("judge", "report.json", "--output", "json=calmed.json").code == 1, "a witness that said nothing may go"
    assert Path("calmed.json").read_bytes() == Path("calm.json").read_bytes()


@pytest.mark.parametrize(("level", "code"), [("error", 2), ("warning", 0)])
def test_only_errors_were_heard_by_the_combination(run: Shell, level: Level, code: int) -> None:
    made = report(level=level)
    save(msgspec.structs.replace(made, signature=msgspec.structs.replace(made.signature, model=shipped().model)))
    Path("consistency.toml").write_text("[checks.date]\non = false\n")
    assert run("judge", "report.json").code == code
    save(made)
    assert run("judge", "report.json").code == 0, "another model has no combination"


@pytest.mark.parametrize("command", ["judge", "report"])
def test_a_report_comes_by_standard_input(run: Shell, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    data = save(report())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert "ERROR  date" in run(command, "-").text
    monkeypatch.setattr(sys, "stdin", None)
    closed = run(command, "-")
    assert (closed.code, "standard input is closed" in closed.err) == (2, True)


def test_a_report_in_every_format_is_no_verdict(run: Shell) -> None:
    save(report(unread=(UNREAD,)), include_text=True)
    outputs = [argument for name in FORMATS for argument in ("--output", f"{name}=out.{name}")]
    ran = run("report", "report.json", *outputs)
    assert ran.code == 0
    for name in FORMATS:
        assert Path(f"out.{name}").stat().st_size
    assert Path("out.json").read_bytes() == Path("report.json").read_bytes()
    assert "NOT READ  c.txt" in Path("out.terminal").read_text()


@pytest.mark.parametrize("source", ["option", "settings", "named settings"])
def test_what_fails_in_junit_is_what_failed_the_run(run: Shell, source: str) -> None:
    story = STORIES / "harbour-bridge"
    checked = ("check", story / "original.txt", *sorted(story.glob("copy-*.txt")), "--model", "lexical")
    run(*checked, "--output", "json=report.json", "--output", "junit=usual.xml")
    option: tuple[str, ...] = ()
    if source == "option":
        option = ("--fail-on", "never")
    else:
        name = "consistency.toml" if source == "settings" else "desk.toml"
        Path(name).write_text('fail_on = "never"\n')
        option = ("--config", name) if source == "named settings" else ()
    run(*checked, "--output", "junit=calm.xml", *option)
    assert run("report", "report.json", "--output", "junit=again.xml", *option).code == 0
    assert Path("again.xml").read_bytes() == Path("calm.xml").read_bytes()
    assert Path("again.xml").read_bytes() != Path("usual.xml").read_bytes()


@pytest.mark.parametrize("command", ["judge", "report"])
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "report.json: not a report of consistency"),
        (b"\xff\xfe{\x00", "report.json: not a report of consistency"),
        (b"[" * 100_000, "not a report of consistency"),
        (b'{"schema_version": 3}', "schema version 3, this tool knows 2; read it with the version"),
        (b'{"schema_version": 1}', "old schema version 1; make it anew"),
        (b'{"schema_version": 2, "\x1b[2J": 1}', "not a report of consistency"),
    ],
)
def test_what_is_no_report_is_one_line_and_2(run: Shell, command: str, data: bytes, said: str) -> None:
    Path("report.json").write_bytes(data)
    ran = run(command, "report.json", "--output", "json=out.json")
    assert (ran.code, ran.out) == (2, b"")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert "\x1b" not in ran.err
    assert not Path("out.json").exists()


def test_an_edited_report_is_refused_with_the_place(run: Shell) -> None:
    save(report())
    edited = Path("report.json").read_text().replace('"end": 28', '"end": 29', 1)
    Path("report.json").write_text(edited)
    ran = run("judge", "report.json")
    assert ran.code == 2
    assert "report.json: not a sound report: stories[0].articles[0].claims[0] has offsets that do not fit" in ran.err


@pytest.mark.parametrize("name", ["none.json", ".", "x" * 300, "a\0b"])
def test_a_file_that_cannot_be_read_is_2(run: Shell, name: str) -> None:
    ran = run("judge", name)
    assert ran.code == 2
    assert "internal fault" not in ran.err


def test_a_file_that_is_too_large_is_refused_before_it_is_read_whole(
    run: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consistency.cli._saved._LARGEST", 2**20)
    with Path("report.json").open("wb") as stream:
        stream.truncate(10 * 2**20)
    ran = run("report", "report.json")
    assert (ran.code, "report.json: larger than 1 MiB" in ran.err) == (2, True)


@pytest.mark.parametrize("output", ["none/out.json", "report.json/out.json"])
def test_an_output_that_takes_no_file_leaves_nothing(run: Shell, output: str) -> None:
    data = save(report())
    for command in ("judge", "report"):
        ran = run(command, "report.json", "--output", f"json={output}")
        assert (ran.code, "cannot be written" in ran.err) == (2, True)
    assert os.listdir() == ["report.json"]
    assert Path("report.json").read_bytes() == data


def test_a_full_disk_leaves_the_old_report(run: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    data = save(report())

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = run("judge", "report.json", "--output", "json=report.json")
    assert (ran.code, "No space left" in ran.err) == (2, True)
    assert os.listdir() == ["report.json"]
    assert Path("report.json").read_bytes() == data


@pytest.mark.parametrize(
    "command", [("judge", "report.json"), ("report", "report.json"), ("baseline", "check", "report.json")]
)
def test_nothing_heavy_is_loaded(run: Shell, tmp_path: Path, command: tuple[str, ...]) -> None:
    save(report())
    run("baseline", "write", "report.json", "--output", "known.toml")
    if command[0] != "report":
        command = (*command, "--baseline", "known.toml")
    code = (
        f"import sys\nsys.argv = ['consistency', *{command!r}]\nfrom consistency import cli\n"
        "try:\n    cli.main()\nfinally:\n    heavy = {'torch', 'transformers', 'sklearn', 'scipy', 'trafilatura'}\n"
        "    print(*sorted(heavy & set(sys.modules)), 'loaded', file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0
    assert ran.stderr.splitlines()[-1] == "loaded"
