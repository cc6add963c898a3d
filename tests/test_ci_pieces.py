"""The action, the hooks and the examples: they parse, their shell runs, and what stands in an input stays data."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from consistency.cli import app
from consistency.report import FORMATS
from consistency.report.markdown import MARKER

HOUSE = Path(__file__).parent.parent
EXAMPLES = HOUSE / "docs" / "examples"
DOCUMENT = (HOUSE / "docs" / "ci.md").read_text("utf-8")
ACTION = yaml.safe_load((HOUSE / "action.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((HOUSE / ".pre-commit-hooks.yaml").read_text("utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
INPUTS = {
    found[1]: name
    for name, value in STEPS["Check"]["env"].items()
    if (found := re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value))
}
"""The variable that carries each input."""
OPTIONS = {"changed-since", "fail-on", "role", "baseline", "config", "model"}
"""Inputs that are an option of the command by the same name."""
REPORTS = (("json", "report"), ("markdown", "comment"))
"""Formats that the action always writes, and the outputs that name them."""
HOSTILE = [
    "a b",
    "$(touch owned)",
    "`touch owned`",
    "a; touch owned",
    "' \" \\",
    "*",
    "-x",
    "--debug",
    "~",
    "$HOME",
    "é\u202e",
    "::error::x",
]

STUB = """#!{python}
import json, os, pathlib, sys
pathlib.Path(os.environ["SEEN"]).open("a").write(json.dumps([os.path.basename(sys.argv[0]), *sys.argv[1:]]) + "\\n")
for argument in sys.argv[1:]:
    if argument.startswith("--output=") and "NO_FILES" not in os.environ:
        pathlib.Path(argument.split("=", 2)[2]).write_text("{{}}")
if sys.argv[1:3] == ["-m", "venv"]:
    bin = pathlib.Path(sys.argv[3]) / "bin"
    bin.mkdir(parents=True)
    (bin / "python").symlink_to(sys.argv[0])
sys.exit(int(os.environ.get("CODE", "0")))
"""


class Ran:
    """What a step did: its exit code, what it printed, its outputs, and how it called each program."""

    def __init__(self, done: subprocess.CompletedProcess[str], folder: Path) -> None:
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        told = folder / "outputs"
        lines = told.read_text("utf-8").splitlines() if told.exists() else []
        self.outputs = dict(line.split("=", 1) for line in lines)
        seen = folder / "seen"
        self.calls = [json.loads(line) for line in seen.read_text().splitlines()] if seen.exists() else []


def run(folder: Path, script: str, programs: tuple[str, ...], **given: str) -> Ran:
    """The script as GitHub's runner calls bash, with stubs in place of `programs`."""
    stubs = folder / "stubs"
    for place in (stubs, folder / "temp", folder / "work"):
        place.mkdir(exist_ok=True)
    for name in programs:
        (stubs / name).write_text(STUB.format(python=sys.executable), "utf-8")
        (stubs / name).chmod(0o755)
    file = folder / "step.sh"
    file.write_text(script, "utf-8")
    environment = {
        "PATH": f"{stubs}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(folder / "temp"),
        "GITHUB_OUTPUT": str(folder / "outputs"),
        "GITHUB_ACTION_PATH": str(HOUSE),
        "SEEN": str(folder / "seen"),
        **given,
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(file)],
        cwd=folder / "work",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert os.listdir(folder / "work") in ([], ["extra.sarif"]), "an input was run"
    return Ran(done, folder)


def check(folder: Path, inputs: Mapping[str, str], environment: Mapping[str, str] | None = None) -> Ran:
    given = dict.fromkeys(STEPS["Check"]["env"], "") | {"COMMAND": "consistency"}
    given |= {INPUTS[name]: value for name, value in inputs.items()}
    return run(folder, STEPS["Check"]["run"], ("consistency",), **given, **(environment or {}))


def arguments(ran: Ran) -> tuple[set[str], list[str]]:
    """Options without the two that are always there, and what stands behind `--`."""
    (call,) = ran.calls
    assert call[:2] == ["consistency", "check"]
    at = call.index("--")
    own = {"--format=github", *(f"--output={kind}={ran.outputs[name]}" for kind, name in REPORTS)}
    assert own <= set(call[2:at])
    return set(call[2:at]) - own, call[at + 1 :]


def test_a_folder_of_stories_is_checked(tmp_path: Path) -> None:
    ran = check(tmp_path, {"stories": "stories", "changed-since": "main", "fail-on": "warning"})
    assert ran.code == 0
    assert ran.outputs["exit-code"] == "0"
    assert arguments(ran) == ({"--changed-since=main", "--fail-on=warning"}, ["stories"])
    assert all(Path(ran.outputs[name]).is_file() for _, name in REPORTS)


def test_versions_are_checked_against_a_reference(tmp_path: Path) -> None:
    ran = check(tmp_path, {"reference": "a b.txt", "versions": "\nb c.txt\r\n\nd.txt\n"})
    assert arguments(ran) == (set(), ["a b.txt", "b c.txt", "d.txt"])


def test_every_input_reaches_the_command(tmp_path: Path) -> None:
    assert set(INPUTS) == OPTIONS | {"stories", "reference", "versions", "outputs"}
    plain = {name: f"{name}-value" for name in OPTIONS}
    ran = check(tmp_path, {"stories": "stories", "outputs": "sarif=extra.sarif", **plain})
    options, _ = arguments(ran)
    assert options == {*(f"--{name}={value}" for name, value in plain.items()), "--output=sarif=extra.sarif"}


@pytest.mark.parametrize("value", HOSTILE)
def test_what_stands_in_an_input_stays_data(tmp_path: Path, value: str) -> None:
    ran = check(tmp_path, {"stories": value, **dict.fromkeys(OPTIONS, value)})
    assert arguments(ran) == ({f"--{name}={value}" for name in OPTIONS}, [value])


@pytest.mark.parametrize("value", HOSTILE)
def test_what_stands_in_a_list_of_files_stays_data(tmp_path: Path, value: str) -> None:
    ran = check(tmp_path, {"reference": value, "versions": f"{value}\n{value}\n"})
    assert arguments(ran) == (set(), [value] * 3)


def test_a_line_break_in_an_input_is_part_of_it(tmp_path: Path) -> None:
    value = "a\nreport=/etc/passwd\n::error::x"
    ran = check(tmp_path, {"stories": "stories", "config": value})
    assert arguments(ran)[0] == {f"--config={value}"}
    assert set(ran.outputs) == {"exit-code", "report", "comment"}
    assert ran.outputs["report"].startswith(str(tmp_path))


@pytest.mark.parametrize("code", [1, 2, 3])
def test_the_step_ends_as_the_command_does_and_still_tells_where_the_report_is(tmp_path: Path, code: int) -> None:
    ran = check(tmp_path, {"stories": "stories"}, {"CODE": str(code)})
    assert ran.code == code
    assert ran.outputs["exit-code"] == str(code)
    assert Path(ran.outputs["report"]).is_file()


def test_a_report_that_was_not_written_is_not_named(tmp_path: Path) -> None:
    ran = check(tmp_path, {"stories": "stories"}, {"CODE": "2", "NO_FILES": "1"})
    assert ran.outputs == {"exit-code": "2"}


@pytest.mark.parametrize(
    "inputs",
    [
        {},
        {"stories": "s", "reference": "a"},
        {"stories": "s", "versions": "b"},
        {"reference": "a"},
        {"reference": "a", "versions": "\n"},
        {"versions": "b"},
        {"stories": "s", "outputs": "consistency.sarif"},
        {"stories": "s", "outputs": "sarif="},
        {"stories": "s", "outputs": "--debug=x"},
    ],
)
def test_inputs_that_make_no_sense_are_refused(tmp_path: Path, inputs: dict[str, str]) -> None:
    ran = check(tmp_path, inputs)
    assert (ran.code, ran.calls, ran.outputs) == (2, [], {"exit-code": "2"})
    assert re.fullmatch(r"::error title=consistency::[^\n]+\n", ran.out)


def test_it_is_installed_apart_with_torch_first(tmp_path: Path) -> None:
    step = STEPS["Install consistency"]
    torch, index = "torch==2.13.0; touch owned", "https://x.test/a b"
    ran = run(tmp_path, step["run"], ("python",), TORCH=torch, TORCH_INDEX=index)
    assert ran.code == 0, ran.err
    place = f"{tmp_path}/temp/consistency-environment"
    assert ran.calls == [
        ["python", "-m", "venv", place],
        [
            "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--index-url=https://x.test/a b",
            "--",
            "torch==2.13.0; touch owned",
        ],
        ["python", "-m", "pip", "install", "--quiet", "--", str(HOUSE)],
    ]
    assert ran.outputs == {"command": f"{place}/bin/consistency"}


def test_no_step_puts_an_expression_into_a_shell() -> None:
    for file in [HOUSE / "action.yml", *EXAMPLES.glob("*.yml")]:
        for script in _scripts(yaml.safe_load(file.read_text("utf-8"))):
            assert "${{" not in script, file.name


def _scripts(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["run"]] if isinstance(node.get("run"), str) else []
        return own + [script for value in node.values() for script in _scripts(value)]
    return [script for value in node for script in _scripts(value)] if isinstance(node, list) else []


def test_every_input_is_used_and_documented() -> None:
    used = set(re.findall(r"\$\{\{ inputs\.([a-z-]+) \}\}", json.dumps(STEPS)))
    assert used == set(ACTION["inputs"])
    for name in (*ACTION["inputs"], *ACTION["outputs"]):
        assert re.search(rf"^\| `{name}` \|", DOCUMENT, re.MULTILINE), name
    told = set(re.findall(r"^\| `([a-z-]+)` \|", DOCUMENT, re.MULTILINE))
    assert told == {*ACTION["inputs"], *ACTION["outputs"]}


def _flags() -> set[str]:
    command = get_command(app).commands["check"]  # type: ignore[attr-defined]
    return {flag for parameter in command.params for flag in parameter.opts if flag.startswith("--")}


def test_the_options_that_the_pieces_use_are_those_of_the_command() -> None:
    texts = [(HOUSE / name).read_text("utf-8") for name in ("action.yml", ".pre-commit-hooks.yaml")]
    texts += [file.read_text("utf-8") for file in EXAMPLES.iterdir()]
    ours = [
        flag
        for text in (*texts, DOCUMENT)
        for line in text.splitlines()
        if not re.search(r"pip|gh api|jq|pre-commit|curl", line)
        for flag in re.findall(r"(?<![\w-])--[a-z][a-z-]+", line)
    ]
    assert ours
    assert set(ours) <= _flags()


def test_the_formats_that_the_pieces_write_exist() -> None:
    texts = [DOCUMENT, *(file.read_text("utf-8") for file in EXAMPLES.iterdir())]
    named = {name for text in texts for name in re.findall(r"\b([a-z]+)=(?:FILE\b|[\w-]+\.[a-z]+\b)", text)}
    assert {"sarif", "html", "junit", "gitlab", "rdjsonl"} <= named <= set(FORMATS) | {"name"}


def test_the_hooks_call_the_command_without_file_names() -> None:
    for hook in HOOKS:
        assert hook["entry"].split()[:2] == ["consistency", "check"]
        assert hook["pass_filenames"] is False
        assert {flag for flag in hook["entry"].split() if flag.startswith("--")} <= _flags()


def test_the_example_for_pre_commit_names_a_hook_there_is() -> None:
    config = yaml.safe_load((EXAMPLES / "pre-commit-config.yaml").read_text("utf-8"))
    assert {hook["id"] for repo in config["repos"] for hook in repo["hooks"]} <= {hook["id"] for hook in HOOKS}


def _steps(example: str) -> list[dict[str, Any]]:
    jobs = yaml.safe_load((EXAMPLES / example).read_text("utf-8"))["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


@pytest.mark.parametrize("example", sorted(file.name for file in EXAMPLES.glob("github-*.yml")))
def test_the_workflows_give_the_action_what_it_takes(example: str) -> None:
    ours = [step for step in _steps(example) if step.get("uses", "").startswith("OWNER/consistency@")]
    assert len(ours) == 1
    assert set(ours[0]["with"]) <= set(ACTION["inputs"])
    outputs = set(re.findall(r"steps\.check\.outputs\.([a-z-]+)", json.dumps(_steps(example))))
    assert outputs <= set(ACTION["outputs"])
    assert not outputs or ours[0]["id"] == "check"


def test_the_job_for_gitlab_publishes_what_it_writes() -> None:
    job = yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text("utf-8"))["consistency"]
    written = dict(re.findall(r"--output (\w+)=(\S+)", job["script"][0]))
    assert job["artifacts"]["reports"] == {"codequality": written["gitlab"], "junit": written["junit"]}
    assert job["artifacts"]["paths"] == [written["html"]]


GH = """#!{python}
import json, os, pathlib, sys
pathlib.Path(os.environ["SEEN"]).open("a").write(json.dumps(["gh", *sys.argv[1:]]) + "\\n")
if "--jq" in sys.argv:
    print(os.environ["FOUND"])
"""


@pytest.mark.parametrize(("found", "method"), [("", "POST"), ("11\n12", "PATCH")])
def test_the_example_replaces_its_own_comment(tmp_path: Path, found: str, method: str) -> None:
    (script,) = [step["run"] for step in _steps("github-comment.yml") if step.get("name") == "Comment"]
    assert MARKER in script
    stubs = tmp_path / "stubs"
    stubs.mkdir()
    (stubs / "gh").write_text(GH.format(python=sys.executable), "utf-8")
    (stubs / "gh").chmod(0o755)
    ran = run(tmp_path, script, (), GITHUB_REPOSITORY="our/stories", PULL="7", COMMENT="/a b/comment.md", FOUND=found)
    assert ran.code == 0, ran.err
    call = ran.calls[-1]
    assert call[call.index("--method") + 1] == method
    assert call[-2:] == ["--field", "body=@/a b/comment.md"]
    place = "repos/our/stories/issues/" + ("comments/12" if found else "7/comments")
    assert place in call


def test_links_of_the_document_lead_to_examples_and_every_example_is_linked() -> None:
    linked = set(re.findall(r"\]\(examples/([^)]+)\)", DOCUMENT))
    assert linked == {file.name for file in EXAMPLES.iterdir()}
