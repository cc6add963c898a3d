"""What the documents say is so: commands, options, exit codes, the demo's output."""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest

import consistency
from consistency.checks import CHECKS
from consistency.cli._deliver import targets
from consistency.config import Config, load
from consistency.read._stories_toml import parse
from consistency.report import FORMATS
from eval import __main__ as evaluation
from eval import rows
from tests import demo, pages
from tests.test_architecture import RANKS

HOUSE = Path(__file__).parent.parent
README = demo.README.read_text("utf-8")


def test_contributing_names_exactly_what_ci_runs() -> None:
    ran = re.findall(r"^make .*$", (HOUSE / ".ci" / "run").read_text("utf-8"), re.MULTILINE)
    told = re.findall(r"^    (make .*)$", (HOUSE / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE)
    assert ran
    assert told == ran


def test_the_makefile_has_every_target_it_is_said_to_have() -> None:
    makefile = (HOUSE / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    documents = README + (HOUSE / "CONTRIBUTING.md").read_text("utf-8")
    told = set(re.findall(r"(?:`|^    )make ([a-z]+)", documents, re.MULTILINE))
    helped = set(re.findall(r'"make ([a-z]+) ', makefile))
    assert {"demo", "test"} <= told <= targets
    assert helped == targets - {"help"}


def _options() -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-m", "consistency", "check", "--help"], capture_output=True, text=True, check=True
    )
    found = set(re.findall(r"(--[a-z-]+)", ran.stdout))
    return {
        name for name in found if name.replace("--no-", "--", 1) == name or name.replace("--no-", "--", 1) not in found
    }


def test_the_readme_names_every_option_and_no_other() -> None:
    assert set(re.findall(r"^\| `(--[a-z-]+)", README, re.MULTILINE)) == _options() - {"--help"}


def test_the_readme_names_every_setting_and_format() -> None:
    for name in Config.__struct_fields__:
        assert re.search(rf"^(\[.*)?{name}\b", README, re.MULTILINE) or f"[tool.consistency.{name}" in README, name
    for name in FORMATS:
        assert f"`{name}`" in README


@pytest.mark.parametrize("code", range(4))
def test_the_readme_names_every_exit_code(code: int) -> None:
    assert re.search(rf"^\| {code} \|", README, re.MULTILINE)


@pytest.mark.parametrize("page", pages.pages(), ids=lambda page: page.name)
def test_a_page_that_is_made_is_what_would_be_made(page: Path) -> None:
    assert page.read_text("utf-8") == pages.pages()[page], "run make docs"


def test_both_tables_of_exit_codes_are_one() -> None:
    told = [re.findall(r"^\| (\d) \| (\S+)", text, re.MULTILINE) for text in (README, _doc("how-it-judges"))]
    assert told[0] == told[1]
    assert [code for code, _ in told[0]] == ["0", "1", "2", "3"]


def test_every_format_has_its_line_and_an_example() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \|.*\| `(.*)` \|$", _doc("formats"), re.MULTILINE))
    assert list(rows) == list(FORMATS)
    for name, example in rows.items():
        words = shlex.split(example)
        given = {word.removeprefix("--output=") for word in words}
        assert name == "terminal" or name in given or any(word.startswith(f"{name}=") for word in given), example
        assert len(targets(_values(words, "--format"), _values(words, "--output"))) >= 1


def _doc(name: str) -> str:
    return (HOUSE / "docs" / f"{name}.md").read_text("utf-8")


def _values(words: list[str], option: str) -> list[str]:
    return [after for word, after in pairwise(words) if word == option]


HAND_WRITTEN = ["README", "quick-start", "how-it-judges", "settings", "formats", "own-feed", "ci", "scan"]


def _page(name: str) -> str:
    return README if name == "README" else _doc(name)


def _calls(text: str, program: str) -> list[list[str]]:
    """The command lines in a page, indented or in backticks."""
    found = re.findall(rf"^(?:    |\$ )({program} .*?)(?:  .*)?$", text, re.MULTILINE)
    return [shlex.split(call) for call in found + re.findall(rf"`({program} [^`]+)`", text)]


@pytest.mark.parametrize("name", HAND_WRITTEN)
def test_commands_and_options_in_the_pages_exist(name: str) -> None:
    known = {tuple(one.name.split()): one for one in pages.every_command()}
    rooms = {path[:2] for path in known}
    for words in _calls(_page(name), "consistency"):
        path = next((tuple(words[:size]) for size in (3, 2) if tuple(words[:size]) in known), None)
        assert path or tuple(words) in rooms, words
        if path:
            options = {one.written for one in known[path].parameters if one.is_option}
            given = {word.partition("=")[0] for word in words if word.startswith("--")}
            assert given <= options, words


@pytest.mark.parametrize("name", HAND_WRITTEN)
def test_evaluation_commands_in_the_pages_exist(name: str) -> None:
    for words in _calls(_page(name), "python -m eval"):
        command = words[3]
        assert command in evaluation.COMMANDS, words
        parsers = argparse.ArgumentParser().add_subparsers()
        import_module(evaluation.COMMANDS[command].module).add_parser(parsers)
        shown = parsers.choices[command].format_help()
        for option in (word for word in words if word.startswith("--")):
            assert re.search(rf"{option}\b", shown), words


def _blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["README", "settings"])
def test_settings_in_the_pages_are_settings(name: str, tmp_path: Path) -> None:
    blocks = _blocks(_page(name), "toml")
    assert blocks
    for block in blocks:
        (tmp_path / "consistency.toml").write_text(block)
        assert load(directory=tmp_path, known_checks=CHECKS) != Config()


def test_story_sheets_in_the_pages_are_sheets() -> None:
    blocks = _blocks(_doc("quick-start"), "toml")
    assert len(blocks) == 2
    for block in blocks:
        assert parse(block.encode()).copies


def test_rows_in_the_pages_are_rows(tmp_path: Path) -> None:
    (block,) = _blocks(_doc("own-feed"), "json")
    (tmp_path / "rows.jsonl").write_text(block)
    assert [row.truth for row in rows.load([tmp_path / "rows.jsonl"])] == [False, True]


def test_python_in_the_pages_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name that is used exists; nothing is checked."""
    names = {name for page in HAND_WRITTEN for name in re.findall(r"\bconsistency\.([a-z_]+)\(", _page(page))}
    assert names == {"check", "check_stories"}
    for block in _blocks(README, "python") + _blocks(_doc("quick-start"), "python"):
        compile(block, "page", "exec")
    for name in names:
        assert callable(getattr(consistency, name))


def test_the_readme_links_every_page() -> None:
    for page in (HOUSE / "docs").glob("*.md"):
        assert f"](docs/{page.name})" in README, page.name


def test_the_design_names_every_module() -> None:
    design = (HOUSE / "docs" / "design.md").read_text("utf-8")
    files = {path.stem for path in (HOUSE / "consistency").iterdir() if path.suffix == ".py" or path.is_dir()}
    for name in (files & RANKS.keys()) - {"__init__", "__main__"}:
        assert re.search(rf"\b{name}\b", design), name


def test_links_inside_the_documents_lead_somewhere() -> None:
    for document in [*HOUSE.glob("*.md"), *(HOUSE / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
        for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", document.read_text("utf-8")):
            there = document.parent / target if target else document
            heads = re.findall(r"^#+ (.*)$", there.read_text("utf-8"), re.MULTILINE)
            known = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
            assert anchor in known, f"{document.name}: {target}#{anchor}"


def _without_numbers(text: str) -> str:
    """Confidence moves in the last place between processors."""
    return re.sub(r"\b0\.\d\d$", "0.00", text, flags=re.MULTILINE)


def test_the_demo_in_the_readme_is_what_the_tool_prints() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "consistency", *demo.command()],
        cwd=HOUSE,
        env={"COLUMNS": "100", "HF_HUB_OFFLINE": "1", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert _without_numbers(demo.shown()) == _without_numbers(demo.block(ran.stdout)), "run make readme"
