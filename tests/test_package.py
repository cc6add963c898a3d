"""The wheel, installed outside the checkout with nothing but what it asks for, does the main job."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

HOUSE = Path(__file__).parent.parent
REFERENCE = "It is seen as a show of support for Moscow in its war against Kyiv."
VERSION = "It is seen as a show of support for Moscow in its war in China."


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(HOUSE)],
        check=True,
        capture_output=True,
    )
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def contents(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_the_wheel_holds_the_tool_and_nothing_else(contents: list[str]) -> None:
    assert {name.partition("/")[0].partition("-")[0] for name in contents} == {"consistency"}
    assert not [name for name in contents if name.startswith(("eval", "tests", "fixtures"))]


@pytest.mark.parametrize(
    "ending",
    [
        "consistency/py.typed",
        "consistency/report/schema.json",
        "consistency/weights/model.safetensors",
        ".dist-info/licenses/LICENSE",
        ".dist-info/licenses/NOTICE",
    ],
)
def test_the_wheel_holds_what_is_no_code(contents: list[str], ending: str) -> None:
    assert [name for name in contents if name.endswith(ending)]


def test_data_of_the_rooms_is_in_the_wheel(contents: list[str]) -> None:
    kinds = {".css", ".js", ".json", ".tsv", ".txt", ".safetensors"}
    data = [path for path in (HOUSE / "consistency").rglob("*") if path.suffix in kinds]
    assert data
    assert not {str(path.relative_to(HOUSE)) for path in data} - set(contents)


def _here(name: str) -> bool:
    """An installer may leave out an extra's package; the main job shows whether it is missed."""
    return any(True for _ in metadata.distributions(name=name))


def _closure(requirements: Iterable[str]) -> set[str]:
    """Names of the distributions that fulfil the requirements, and theirs in turn."""
    found: dict[str, Requirement] = {}
    left = [(line, frozenset({""})) for line in requirements]
    while left:
        line, extras = left.pop()
        wanted = Requirement(line)
        if wanted.marker and not any(wanted.marker.evaluate({"extra": extra}) for extra in extras):
            continue
        key = f"{wanted.name}[{','.join(sorted(wanted.extras))}]"
        if key not in found and _here(wanted.name):
            found[key] = wanted
            further = frozenset(wanted.extras) | {""}
            left += [(line, further) for line in metadata.requires(wanted.name) or ()]
    return {wanted.name for wanted in found.values()}


def _link(name: str, site: Path) -> None:
    """Gives a distribution of this environment to another one."""
    found = metadata.distribution(name)
    for top in {file.parts[0] for file in found.files or () if file.parts[0] != ".."}:
        if not (site / top).exists():
            (site / top).symlink_to(Path(str(found.locate_file(top))).resolve())


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """An environment with the wheel and, of the packages here, only those that it asks for.

    They are linked, not downloaded: `make package` does the same with a real download.
    """
    home = tmp_path_factory.mktemp("empty")
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)],
        check=True,
        capture_output=True,
    )
    (site,) = home.glob("lib/python*/site-packages")
    (installed,) = metadata.distributions(name="consistency", path=[str(site)])
    for name in _closure(installed.requires or ()):
        _link(name, site)
    return home


def _run(empty: Path, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [str(empty / "bin" / command[0]), *command[1:]],
        cwd=cwd,
        env={**environment, "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_main_job_in_an_empty_environment(empty: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REFERENCE + "\n")
    (tmp_path / "b.txt").write_text(VERSION + "\n")
    where = _run(empty, "python", "-c", "import consistency; print(consistency.__file__)", cwd=tmp_path)
    assert where.stdout.startswith(str(empty)), where.stderr
    ran = _run(empty, "consistency", "check", "a.txt", "b.txt", cwd=tmp_path)
    assert ran.returncode == 1, ran.stderr
    assert "ERROR" in ran.stdout
    assert "China" in ran.stdout


def test_eval_and_tests_are_not_there(empty: Path, tmp_path: Path) -> None:
    for name in ("eval", "tests"):
        ran = _run(empty, "python", "-c", f"import {name}.__init__", cwd=tmp_path)
        assert "ModuleNotFoundError" in ran.stderr
