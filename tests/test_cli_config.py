"""`consistency config show` and `consistency explain`: settings with their origins, checks with their manuals."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from consistency import cli
from consistency.checks import CHECKS, manuals
from consistency.config import Config


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Runs `consistency ARGUMENTS` in an empty folder, as from a shell."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["consistency", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return Ran(int(ended.value.code or 0), *capsys.readouterr())

    return command


SETTINGS = """
threshold = 0.8
fail_on = "warning"
exclude = ["drafts"]

[aliases]
Kyiv = ["Kiev"]
"San José" = ["San Jose"]

[checks.date]
on = false

[checks.name]
level = "note"
threshold = 0.7
"""


def origins(ran: Ran) -> dict[str, tuple[Any, str]]:
    return {one["key"]: (one["value"], one["origin"]) for one in json.loads(ran.out)}


def test_without_anything_all_is_default(run: Command) -> None:
    told = origins(run("config", "show", "--json"))
    assert list(told) == list(Config.__struct_fields__)
    assert {origin for _, origin in told.values()} == {"default"}
    assert told["threshold"][0] == 0.9
    assert told["baseline"][0] is None


def test_each_value_says_where_it_comes_from(run: Command) -> None:
    Path("consistency.toml").write_text(SETTINGS)
    told = origins(run("config", "show", "--json", "--fail-on", "never", "--threads", "2"))
    assert told["threshold"] == (0.8, "consistency.toml:threshold")
    assert told["exclude"] == (["drafts"], "consistency.toml:exclude")
    assert told["fail_on"] == ("never", "--fail-on")
    assert told["threads"] == (2, "--threads")
    assert told["model"] == ("embedded", "default")
    assert told["aliases.Kyiv"] == (["Kiev"], "consistency.toml:aliases.Kyiv")
    assert told['aliases."San José"'] == (["San Jose"], 'consistency.toml:aliases."San José"')
    assert told["checks.date.on"] == (False, "consistency.toml:checks.date.on")
    assert told["checks.name.threshold"] == (0.7, "consistency.toml:checks.name.threshold")
    assert "checks.date.level" not in told
    assert not {"checks", "aliases"} & set(told)


def test_the_lines_are_a_settings_file(run: Command) -> None:
    Path("consistency.toml").write_text(SETTINGS)
    ran = run("config", "show")
    assert ran.code == 0
    written = "\n".join(line for line in ran.out.splitlines() if "(not set)" not in line)
    content = tomllib.loads(written)
    assert content["checks"] == {"date": {"on": False}, "name": {"level": "note", "threshold": 0.7}}
    assert content["aliases"] == {"Kyiv": ["Kiev"], "San José": ["San Jose"]}
    assert "# consistency.toml:checks.name.level" in ran.out
    assert "threads (not set)" in ran.out


def test_the_table_of_pyproject_and_a_named_file(run: Command) -> None:
    Path("pyproject.toml").write_text(
        "[tool.consistency]\nthreshold = 0.7\n[tool.consistency.checks.date]\non = true\n"
    )
    told = origins(run("config", "show", "--json"))
    assert told["threshold"] == (0.7, "pyproject.toml:tool.consistency.threshold")
    assert told["checks.date.on"] == (True, "pyproject.toml:tool.consistency.checks.date.on")
    Path("desk.toml").write_text("threshold = 0.6\n")
    assert origins(run("config", "show", "--json", "--config", "desk.toml"))["threshold"] == (
        0.6,
        "desk.toml:threshold",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("treshold = 1", "consistency.toml: unknown setting treshold; did you mean threshold?"),
        ("[checks.dat]\non = true", "unknown setting checks.dat; did you mean checks.date?"),
        ("threshold = 2", "consistency.toml: threshold: expected `float` <= 1.0; correct threshold"),
    ],
)
def test_what_is_wrong_is_one_line_and_2(run: Command, content: str, said: str) -> None:
    Path("consistency.toml").write_text(content)
    ran = run("config", "show")
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert ran.out == ""


def test_control_characters_do_not_reach_the_terminal(run: Command) -> None:
    Path("consistency.toml").write_text('model = "\\u001b[31m\\u202e"\n')
    ran = run("config", "show")
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
    assert json.loads(run("config", "show", "--json").out)[0]["value"] == "\x1b[31m\u202e"


def test_all_checks_in_a_line_each(run: Command) -> None:
    lines = run("explain").out.splitlines()
    assert [line.split()[0] for line in lines] == list(CHECKS)
    for line, (name, check) in zip(lines, CHECKS.items(), strict=True):
        assert line.split()[1] == check.level
        assert line.endswith(manuals()[name].splitlines()[0])


@pytest.mark.parametrize("name", CHECKS)
def test_a_manual_whole(run: Command, name: str) -> None:
    ran = run("explain", name)
    assert ran.code == 0
    assert ran.out == f"{name} ({CHECKS[name].level})\n\n{manuals()[name].strip()}\n"


def test_a_check_that_is_none(run: Command) -> None:
    ran = run("explain", "plase")
    assert ran.code == 2
    assert ran.err == "consistency: error: there is no check plase; did you mean place?\n"
    assert "valid are addition, attribution" in run("explain", "\x1b[0m").err


@pytest.mark.parametrize(
    ("arguments", "into", "code", "said"),
    [
        (arguments, into, code, said)
        for arguments in ("config show", "config show --json", "explain", "explain contradiction")
        for into, code, said in (
            ("| true", 0, ""),
            ("> /dev/full", 2, "consistency: error: standard output cannot be written (No space left on device)"),
        )
    ],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a device that is always full")
def test_a_reader_that_goes_away_is_no_fault_and_a_full_disk_is_told(
    arguments: str, into: str, code: int, said: str
) -> None:
    # What starts first waits, so that the reader is gone when the first word is written.
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f'(sleep 0.2; exec "{sys.executable}" -m consistency {arguments}) {into}'],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == code, ran.stderr
    assert ran.stderr.startswith(said)
    assert ran.stderr.count("\n") == bool(said)


@pytest.mark.parametrize("arguments", [["config", "show"], ["explain"], ["explain", "name"]])
def test_no_model_is_loaded(arguments: list[str], tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv[1:] = " + repr(arguments) + "\n"
        "from consistency.cli import main\n"
        "try: main()\n"
        "finally: assert not {'torch', 'transformers', 'sklearn'} & set(sys.modules), 'heavy'\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a device that is always full")
@pytest.mark.parametrize("led", ["> /dev/full", ">&-"])
@pytest.mark.parametrize("command", ["config show", "config show --json", "explain", "explain date", "cache info"])
def test_no_option_is_named_that_the_command_has_not(command: str, led: str) -> None:
    ran = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m consistency {command} {led}"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 2
    assert "standard output" in ran.stderr
    assert "lead it to a place" in ran.stderr
    assert "--output" not in ran.stderr
