"""The command line over a pipeline that returns reports made by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import consistency
from consistency import cli
from consistency.config import Config
from consistency.errors import ModelError
from consistency.records import FailOn, Report, Unread
from tests.reports import report

UNREAD = Unread("b.txt", "empty", "b.txt holds no text", "give a file with text")


class Pipeline(types.ModuleType):
    """Stands in for the real one: returns `made`, or raises it, and keeps what it was called with."""

    def __init__(self) -> None:
        super().__init__("consistency.pipeline")
        self.made: Report | BaseException = report()
        self.calls: list[dict[str, Any]] = []

    def check(self, reference: str, versions: list[str], config: Config, **more: Any) -> Report:
        self.calls.append({"reference": reference, "versions": versions, "config": config, **more})
        if isinstance(self.made, BaseException):
            raise self.made
        return self.made


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Pipeline:
    fake = Pipeline()
    monkeypatch.setitem(sys.modules, "consistency.pipeline", fake)
    monkeypatch.setattr(consistency, "pipeline", fake, raising=False)
    monkeypatch.chdir(tmp_path)
    return fake


class Ran:
    def __init__(self, code: int, out: bytes, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def text(self) -> str:
        return self.out.decode()


Command = Callable[..., Ran]


@pytest.fixture
def run(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, capfdbinary: Any) -> Command:
    """Runs `consistency check a.txt b.txt` with more arguments, as from a shell."""

    def command(*arguments: str, files: tuple[str, ...] = ("a.txt", "b.txt")) -> Ran:
        monkeypatch.setattr(sys, "argv", ["consistency", "check", *files, *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capfdbinary.readouterr()
        return Ran(int(ended.value.code or 0), out, err.decode())

    return command


@pytest.mark.parametrize(
    ("level", "fail_on", "code"),
    [
        ("error", "error", 1),
        ("warning", "error", 0),
        ("warning", "warning", 1),
        ("note", "warning", 0),
        ("note", "note", 1),
        ("error", "never", 0),
        (None, "note", 0),
    ],
)
def test_the_failing_level_decides(run: Command, pipeline: Pipeline, level: Any, fail_on: FailOn, code: int) -> None:
    pipeline.made = report(level=level)
    assert run("--fail-on", fail_on).code == code


def test_not_checked_is_3_and_findings_outrank_it(run: Command, pipeline: Pipeline) -> None:
    pipeline.made = report(level=None, unread=(UNREAD,))
    assert run().code == 3
    assert run("--fail-on", "never").code == 3
    pipeline.made = report(level="error", unread=(UNREAD,))
    assert run().code == 1
    assert run("--fail-on", "never").code == 3
    pipeline.made = report(level=None, share=(1, 3))
    assert run().code == 3


def test_flags_reach_the_pipeline_and_the_rest_stays_default(run: Command, pipeline: Pipeline) -> None:
    run("--device", "cuda", "--threads", "2", "--batch-size", "4", "--role", "report", "--model", "lexical")
    run("--backend", "onnx", "--precision", "int8", "--no-cache")
    call = pipeline.calls[0]
    assert call["config"] == Config(device="cuda", threads=2, batch_size=4, role="report", model="lexical")
    assert pipeline.calls[1]["config"] == Config(backend="onnx", precision="int8", cache=False)
    assert (call["reference"], call["versions"], call["stdin"]) == ("a.txt", ["b.txt"], None)


def test_a_settings_file_is_read_and_flags_win(run: Command, pipeline: Pipeline) -> None:
    Path("desk.toml").write_text('fail_on = "never"\nthreads = 2\n')
    assert run("--config", "desk.toml", "--threads", "3").code == 0
    assert pipeline.calls[0]["config"].threads == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("--fail-on", "sometimes"),
        ("--format", "yaml"),
        ("--device", "tpu"),
        ("--threads", "0"),
        ("--threads", "many"),
        ("--batch-size", "-1"),
        ("--config", "none.toml"),
        ("--no-such-option",),
    ],
)
def test_a_bad_option_is_2_and_runs_nothing(run: Command, pipeline: Pipeline, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert not ran.out
    assert arguments[0].lstrip("-").split("-")[0] in ran.err or "none.toml" in ran.err
    assert "Traceback" not in ran.err
    assert not pipeline.calls


def test_a_bad_settings_file_is_2_with_the_remedy(run: Command) -> None:
    Path("consistency.toml").write_text("thread = 1\n")
    ran = run()
    assert ran.code == 2
    assert "consistency.toml: unknown setting thread; did you mean threads?" in ran.err


def test_one_version_is_the_least(run: Command) -> None:
    Path("a.txt").write_text("")
    ran = run(files=("a.txt",))
    assert ran.code == 2
    assert "there is nothing to compare a.txt with" in ran.err
    assert run(files=("-",)).code == 2


def test_a_folder_that_is_not_there_is_called_so(run: Command, pipeline: Pipeline) -> None:
    ran = run(files=("storeis",))
    assert ran.code == 2
    assert "storeis does not exist; name a folder of stories" in ran.err
    assert not pipeline.calls


def test_standard_input_is_read_once(
    run: Command, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = tmp_path / "given"
    given.write_bytes(b"\xff raw \x00 bytes")
    with given.open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        run(files=("-", "b.txt"))
    assert pipeline.calls[0]["stdin"] == b"\xff raw \x00 bytes"


def test_standard_input_twice_is_2(run: Command, pipeline: Pipeline) -> None:
    ran = run(files=("-", "-"))
    assert ran.code == 2
    assert "standard input was given twice" in ran.err
    assert not pipeline.calls


def test_json_on_standard_output_is_pure(run: Command) -> None:
    ran = run("--format", "json")
    assert json.loads(ran.out)["stories"][0]["findings"][0]["check"] == "date"
    assert ran.err == ""


def test_output_goes_to_the_file_and_a_line_to_standard_error(run: Command, tmp_path: Path) -> None:
    ran = run("--format", "json", "--output", "report.json")
    assert json.loads((tmp_path / "report.json").read_bytes())["schema_version"] == 2
    assert ran.out == b""
    assert ran.err == "report.json: 1 error, 0 warnings, 0 notes\n"
    assert run("--format", "json", "--output", "report.json", "--quiet").err == ""


@pytest.mark.parametrize("target", [".", "none/report.txt"])
def test_an_unwritable_output_is_2_before_any_work_and_leaves_nothing(
    run: Command, pipeline: Pipeline, tmp_path: Path, target: str
) -> None:
    ran = run("--output", target)
    assert ran.code == 2
    assert f"{target}: the report cannot be written" in ran.err
    assert list(tmp_path.iterdir()) == []
    assert pipeline.calls == []


def test_options_of_the_format_arrive(run: Command) -> None:
    article = json.loads(run("--format", "json", "--include-text").out)["stories"][0]["articles"][0]
    assert article["text"].startswith("The bridge")


def test_no_colour_but_on_a_terminal(run: Command, tmp_path: Path) -> None:
    assert "\x1b" not in run().text
    assert b"\x1b[1;31mERROR" in _on_a_terminal(tmp_path, TERM="xterm")
    assert b"\x1b" not in _on_a_terminal(tmp_path, TERM="xterm", NO_COLOR="1")
    assert b"\x1b" not in _on_a_terminal(tmp_path, TERM="dumb")


def test_a_fault_of_the_model_is_2_in_one_line(run: Command, pipeline: Pipeline) -> None:
    pipeline.made = ModelError("models/x: no weights", "name a folder with model.safetensors")
    ran = run()
    assert ran.code == 2
    assert ran.err == "consistency: error: models/x: no weights; name a folder with model.safetensors\n"


def test_a_fault_of_the_tool_is_2_and_debug_shows_where(run: Command, pipeline: Pipeline) -> None:
    pipeline.made = ZeroDivisionError("secret of the article")
    ran = run()
    assert ran.code == 2
    assert "internal fault (ZeroDivisionError)" in ran.err
    assert "--debug" in ran.err
    assert "Traceback" not in ran.err
    assert ran.err.count("\n") == 1
    assert "Traceback" in run("--debug").err


def test_an_interrupt_is_130(run: Command, pipeline: Pipeline) -> None:
    pipeline.made = KeyboardInterrupt()
    assert run().code == 130


def test_a_fault_text_does_not_drive_the_terminal(run: Command, pipeline: Pipeline) -> None:
    pipeline.made = ModelError("\x1b[31mred\x07")
    assert "\\x1b[31mred\\x07" in run().err


def _shell(command: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONUNBUFFERED": ""},
        capture_output=True,
        check=False,
    )


_FAKE = (
    "import sys, tests.test_cli as t; p = t.Pipeline(); sys.modules['consistency.pipeline'] = p; "
    "import consistency.cli as c; import msgspec; "
    "p.made = msgspec.structs.replace(p.made, findings=p.made.findings * 2000); "
    "sys.argv[1:1] = ['check', 'a', 'b']; c.main()"
)


def _on_a_terminal(cwd: Path, **environment: str) -> bytes:
    """What the command writes first to a terminal of its own."""
    ours, theirs = os.openpty()
    paths = {"PYTHONPATH": str(Path(__file__).parent.parent), "PATH": os.environ["PATH"]}
    with subprocess.Popen(
        [sys.executable, "-c", _FAKE.replace("2000", "1")], cwd=cwd, env=paths | environment, stdout=theirs
    ):
        os.close(theirs)
        first = os.read(ours, 65536)
    os.close(ours)
    return first


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    ran = _shell(f'{sys.executable} -c "{_FAKE}" | head -n 1', tmp_path)
    assert ran.stdout.startswith(b"ERROR  date")
    assert ran.stderr == b""
    assert ran.returncode == 1, "the verdict stands"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a device that is always full")
@pytest.mark.parametrize("findings", ["1", "2000"])
def test_a_full_disk_is_2(tmp_path: Path, findings: str) -> None:
    ran = _shell(f'{sys.executable} -c "{_FAKE.replace("2000", findings)}" > /dev/full', tmp_path)
    assert ran.returncode == 2
    assert b"standard output cannot be written" in ran.stderr
    assert b"Traceback" not in ran.stderr
    assert b"Exception ignored" not in ran.stderr


def test_a_closed_standard_output_is_2(tmp_path: Path) -> None:
    ran = _shell(f'{sys.executable} -c "{_FAKE}" >&-', tmp_path)
    assert ran.returncode == 2
    assert b"Traceback" not in ran.stderr


def test_a_name_that_is_not_utf8_passes(tmp_path: Path) -> None:
    ran = _shell(f"{sys.executable} -m consistency check a.txt $'b\\xff.txt' --format \"$(printf '\\377')\"", tmp_path)
    assert ran.returncode == 2
    assert b"Traceback" not in ran.stderr


def test_help_and_version_come_without_the_model() -> None:
    for arguments in (["--version"], ["--help"], ["check", "--help"]):
        code = (
            "import sys; sys.argv[1:] = " + repr(arguments) + "\n"
            "from consistency.cli import main\n"
            "try: main()\n"
            "finally: assert not {'torch', 'transformers', 'sklearn', 'scipy'} & set(sys.modules), 'heavy'\n"
        )
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout
    assert (
        consistency.__version__
        in subprocess.run(
            [sys.executable, "-m", "consistency", "--version"], capture_output=True, text=True, check=True
        ).stdout
    )
