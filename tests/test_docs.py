"""What the documents say is so: commands, options, exit codes, the demo's output."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from consistency.config import Config
from consistency.report import FORMATS
from tests import demo
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
    return set(re.findall(r"(--[a-z-]+)", ran.stdout))


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


def test_the_design_names_every_module() -> None:
    design = (HOUSE / "docs" / "design.md").read_text("utf-8")
    files = {path.stem for path in (HOUSE / "consistency").iterdir() if path.suffix == ".py" or path.is_dir()}
    for name in (files & RANKS.keys()) - {"__init__", "__main__"}:
        assert re.search(rf"\b{name}\b", design), name


def test_links_inside_the_documents_lead_somewhere() -> None:
    for document in [*HOUSE.glob("*.md"), *(HOUSE / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


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
