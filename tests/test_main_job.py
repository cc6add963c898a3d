"""The main job end to end with the embedded model: files in, report and exit code out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import consistency
from consistency import cli
from consistency.checks import CHECKS
from consistency.config import Config
from consistency.records import Article, Report
from tests.test_report_json import VALID

HOUSE = Path(__file__).parent.parent
BRIDGE = HOUSE / "fixtures" / "stories" / "harbour-bridge"
KYIV = "It is seen as a show of support for Moscow in its war against Kyiv."
CHINA = "It is seen as a show of support for Moscow in its war in China."
GERMAN = "Die Brücke wurde am Montag für den Verkehr gesperrt, weil ein Schiff einen Pfeiler gerammt hatte."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kyiv.txt").write_text(KYIV + "\n")
    (tmp_path / "china.txt").write_text(CHINA + "\n")
    return tmp_path


class Ran:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err
        assert "Traceback" not in err
        assert "internal fault" not in err

    @property
    def report(self) -> Any:
        document = json.loads(self.out)
        VALID.validate(document)
        (only,) = document["stories"]
        return only


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Any) -> Any:
    """`consistency check ARGUMENTS` in a folder of its own."""

    def command(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["consistency", "check", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capfdbinary.readouterr()
        return Ran(int(ended.value.code or 0), out.decode(), err.decode())

    return command


def test_another_war_is_an_error(run: Any) -> None:
    ran = run("kyiv.txt", "china.txt", "--format", "json")
    assert ran.code == 1
    errors = [found for found in ran.report["findings"] if found["level"] == "error"]
    assert errors
    marked = [found["version"]["text"][start:end] for found in errors for start, end in found["version"]["evidence"]]
    assert any("China" in words for words in marked)
    assert ran.report["coverage"][0]["share"] == 1.0


def test_it_reads_well_on_a_terminal(run: Any) -> None:
    ran = run("kyiv.txt", "china.txt")
    assert ran.out.startswith("ERROR  ")
    assert "China" in ran.out
    assert "Compared 1 of 1 claim of china.txt (100 %)" in ran.out
    assert ran.err == ""


def test_never_is_0_and_the_report_still_says_it(run: Any) -> None:
    ran = run("kyiv.txt", "china.txt", "--fail-on", "never")
    assert ran.code == 0
    assert "ERROR  " in ran.out


def test_identical_files_are_0(run: Any) -> None:
    for pair in (("kyiv.txt", "kyiv.txt"), (str(BRIDGE / "original.txt"), str(BRIDGE / "original.txt"))):
        ran = run(*pair, "--fail-on", "note", "--format", "json")
        assert (ran.code, ran.report["findings"], ran.report["unread"]) == (0, [], [])


def test_a_story_with_wrong_numbers(run: Any) -> None:
    names = ("original.txt", "copy-corrupted-number.txt", "copy-reworded.txt")
    ran = run(*(str(BRIDGE / name) for name in names), "--format", "json")
    assert ran.code == 1
    blamed = {
        article["source"].rpartition("/")[2]
        for found in ran.report["findings"]
        if found["level"] == "error"
        for article in ran.report["articles"]
        if found["version"] and article["id"] == found["version"]["article"]
    }
    assert blamed == {"copy-corrupted-number.txt"}


def test_spans_and_evidence_lead_into_the_text(run: Any) -> None:
    names = ("original.txt", "copy-corrupted-number.txt")
    ran = run(*(str(BRIDGE / name) for name in names), "--format", "json", "--include-text")
    texts = {article["id"]: article for article in ran.report["articles"]}
    assert ran.report["findings"]
    for article in texts.values():
        assert article["characters"] == len(article["text"])
        for claim in article["claims"]:
            assert article["text"][claim["start"] : claim["end"]] == claim["text"]
    for found in ran.report["findings"]:
        for side in filter(None, (found["reference"], found["version"])):
            text = texts[side["article"]]["text"]
            assert side["text"] == " ".join(text[start:end] for start, end in side["spans"])
            for start, end in side["evidence"]:
                assert any(a <= start < end <= b for a, b in side["spans"])


def test_a_run_gives_the_same_bytes_twice_whatever_the_batch(run: Any) -> None:
    names = [str(BRIDGE / name) for name in ("original.txt", "copy-corrupted-number.txt")]
    one = run(*names, "--format", "json")
    assert run(*names, "--format", "json", "--batch-size", "3").out == one.out


def _html(body: str) -> str:
    return f"<html><head><title>x</title></head><body><article>{body}</article></body></html>"


def test_html_and_text_of_one_story_agree(run: Any, folder: Path) -> None:
    paragraphs = (BRIDGE / "original.txt").read_text("utf-8").split("\n\n")
    (folder / "copy.html").write_text(_html("".join(f"<p>{one}</p>" for one in paragraphs)), "utf-8")
    ran = run(str(BRIDGE / "original.txt"), "copy.html")
    assert ran.code == 0, ran.out


def test_json_lines_are_versions_each(run: Any, folder: Path) -> None:
    rows = [{"id": "one", "text": KYIV}, {"id": "two", "text": CHINA}]
    (folder / "feed.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    ran = run("kyiv.txt", "feed.jsonl", "--format", "json")
    assert ran.code == 1
    assert len(ran.report["articles"]) == 3
    assert len(ran.report["coverage"]) == 2


BAD: dict[str, bytes] = {
    "empty.txt": b"",
    "blank.txt": b" \n\n\t ",
    "binary.txt": bytes(range(256)) * 40,
    "zeros.txt": b"\0" * 5000,
    "german.txt": GERMAN.encode(),
    "no-article.html": b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
    "broken.html": b"<html><body><p>",
    "broken.jsonl": b'{"id": "x", "text": ',
    "wrong.jsonl": b'{"id": "x"}\n',
}


@pytest.mark.parametrize("name", [*BAD, "missing.txt"])
def test_what_cannot_be_checked_is_3_names_the_file_and_the_remedy(run: Any, folder: Path, name: str) -> None:
    if name in BAD:
        (folder / name).write_bytes(BAD[name])
    for pair in (("kyiv.txt", name), (name, "kyiv.txt")):
        ran = run(*pair, "--format", "json")
        assert ran.code == 3, pair
        assert [one for one in ran.report["unread"] if name in one["source"] and one["remedy"]], pair
        assert name in run(*pair).out
    assert run("kyiv.txt", name, "--fail-on", "never").code == 3


def test_a_folder_is_no_version_and_no_reference_of_a_file(run: Any, folder: Path) -> None:
    (folder / "directory").mkdir()
    assert run("kyiv.txt", "directory").code == 3
    refused = run("directory", "kyiv.txt")
    assert refused.code == 2
    assert "directory" in refused.err


def test_findings_outrank_what_was_not_read_and_the_report_says_both(run: Any) -> None:
    ran = run("kyiv.txt", "china.txt", "missing.txt", "--format", "json")
    assert ran.code == 1
    assert ran.report["unread"][0]["code"] == "missing"
    assert run("kyiv.txt", "china.txt", "missing.txt", "--fail-on", "never").code == 3


def test_another_story_is_3_as_a_copy_and_0_as_a_report(run: Any, folder: Path) -> None:
    (folder / "other.txt").write_text("The cup final was moved to Sunday because of heavy rain in the valley.\n")
    ran = run("kyiv.txt", "other.txt", "--format", "json")
    assert ran.code == 3
    assert ran.report["coverage"][0]["short"] is True
    assert run("kyiv.txt", "other.txt", "--role", "report").code == 0


def test_too_short_to_tell_its_language_is_read(run: Any, folder: Path) -> None:
    (folder / "a.txt").write_text("Die Brücke ist zu.\n")
    assert run("a.txt", "a.txt").code == 0


@pytest.mark.parametrize("weights", [None, {"config.json": "{}"}, {"config.json": "[1", "model.safetensors": "x"}])
def test_a_model_folder_that_cannot_serve_is_2(run: Any, folder: Path, weights: dict[str, str] | None) -> None:
    (folder / "model").mkdir()
    for name, text in (weights or {}).items():
        (folder / "model" / name).write_text(text)
    ran = run("kyiv.txt", "china.txt", "--model", str(folder / "model"))
    assert ran.code == 2
    assert str(folder / "model") in ran.err
    assert ran.err.count("\n") == 1
    assert ran.out == ""


def test_a_fault_outranks_what_was_not_read(run: Any) -> None:
    assert run("kyiv.txt", "china.txt", "missing.txt", "--output", "none/report.txt").code == 2


def test_a_check_can_be_turned_off_and_down(run: Any, folder: Path) -> None:
    found = run("kyiv.txt", "china.txt", "--format", "json").report["findings"][0]["check"]
    (folder / "consistency.toml").write_text("".join(f"[checks.{one}]\nlevel = 'note'\n" for one in CHECKS))
    assert run("kyiv.txt", "china.txt").code == 0
    assert run("kyiv.txt", "china.txt", "--fail-on", "note").code == 1
    (folder / "consistency.toml").write_text(f"[checks.{found}]\non = false\n")
    assert f"  {found}  " not in run("kyiv.txt", "china.txt").out
    (folder / "consistency.toml").write_text("[checks.contradicton]\non = false\n")
    ran = run("kyiv.txt", "china.txt")
    assert ran.code == 2
    assert "checks.contradiction" in ran.err


def test_without_a_model(run: Any) -> None:
    ran = run("kyiv.txt", "china.txt", "--model", "lexical", "--format", "json")
    assert ran.code in {0, 1}
    assert ran.report["alignments"]


def test_the_python_call() -> None:
    report: Report = consistency.check(
        Article("a", KYIV), [Article("b", CHINA), BRIDGE / "missing.txt"], config=Config(batch_size=1)
    )
    assert any(found.level == "error" for found in report.findings)
    assert report.unread[0].code == "missing"


def test_standard_input_as_version() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "consistency", "check", str(BRIDGE / "original.txt"), "-"],
        input=(BRIDGE / "original.txt").read_bytes(),
        capture_output=True,
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == b""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400), suffix=st.sampled_from([".txt", ".html", ".jsonl"]))
@example(data=b"\xff\xfe\x00\xd8", suffix=".txt")
@example(data=b"<" * 300, suffix=".html")
@example(data=b'{"id": "\\ud800", "text": "\\ud800 war"}', suffix=".jsonl")
@example(data=b"[" * 300, suffix=".jsonl")
def test_random_bytes_never_end_in_a_traceback(run: Any, folder: Path, data: bytes, suffix: str) -> None:
    target = folder / f"random{suffix}"
    target.write_bytes(data)
    for pair in (("kyiv.txt", target.name), (target.name, "kyiv.txt")):
        assert run(*pair, "--model", "lexical").code in {0, 1, 3}
        assert "findings" in run(*pair, "--model", "lexical", "--format", "json").report
