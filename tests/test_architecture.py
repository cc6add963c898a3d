"""The house plan, held: who may import whom, no rings, small files, a light import (docs/design.md)."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import consistency

HOUSE = Path(__file__).parent.parent
RANKS = {
    "spans": 0,
    "records": 0,
    "protocols": 0,
    "errors": 0,
    "places": 0,
    "garbage": 0,
    "config": 1,
    "encoding": 1,
    "fold": 1,
    "isolate": 1,
    "facts": 1,
    "read": 2,
    "segment": 2,
    "alias": 2,
    "align": 2,
    "infer": 2,
    "combine": 2,
    "judge": 2,
    "weigh": 2,
    "baseline": 2,
    "cache": 2,
    "backends": 2,
    "checks": 2,
    "report": 2,
    "gather": 3,
    "pipeline": 4,
    "replay": 5,
    "batch": 5,
    "training": 5,
    "progress": 6,
    "cli": 6,
    "__init__": 6,
    "__main__": 6,
}
ALLOWED = {
    ("records", "spans"),
    ("protocols", "records"),
    ("places", "errors"),
    ("facts", "isolate"),
    ("cli", "__init__"),
    ("cli", "progress"),
    ("__main__", "cli"),
    ("pipeline", "__init__"),  # the version, where nothing is installed
}
NO_SETTINGS = {
    "read",
    "segment",
    "align",
    "infer",
    "alias",
    "weigh",
    "combine",
    "judge",
    "baseline",
    "cache",
    "backends",
    "checks",
    "report",
}
HEAVY = {"torch", "transformers", "sklearn", "scipy", "onnxruntime", "openvino", "ray", "pyarrow", "trafilatura"}
LONGEST = 400


class Module:
    """A source file: its dotted name, the room it stands in, and what of the house it imports."""

    def __init__(self, path: Path) -> None:
        parts = path.relative_to(HOUSE).with_suffix("").parts
        self.path = path
        self.is_room = parts[-1] == "__init__" and len(parts) > 2
        self.name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        self.room = parts[1]
        self.lines = path.read_text("utf-8").splitlines()
        self.tree = ast.parse("\n".join(self.lines))

    def __repr__(self) -> str:
        return self.name

    def imports(self) -> set[str]:
        """Every name of ours that the file imports, also inside functions."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self}: write the import from the top"
                module = node.module or ""
                found |= {_module(module, name.name) for name in node.names}
        return {name for name in found if name.partition(".")[0] in {"consistency", "eval", "tests"}}


def _module(package: str, name: str) -> str:
    """`from package import name`: the submodule where there is one, else the package."""
    inside = HOUSE.joinpath(*package.split("."), name)
    return f"{package}.{name}" if inside.is_dir() or inside.with_suffix(".py").exists() else package


def _files(folder: str) -> Iterator[Path]:
    yield from sorted((HOUSE / folder).rglob("*.py"))


MODULES = [Module(path) for path in _files("consistency")]


def _room(name: str) -> str:
    return name.split(".")[1] if "." in name else "__init__"


def _fault(module: Module, imported: str) -> str:
    """Why the import is against the plan; empty when it is not."""
    room, other = module.room, _room(imported)
    if room == other:
        return _inside(module, imported)
    if not imported.startswith("consistency"):
        return "nothing in the tool knows eval or the tests"
    lower = RANKS[other] < RANKS[room]
    faults = {
        "nothing at run time knows how the model is made": other == "training",
        "a stage takes values, not settings": other == "config" and room in NO_SETTINGS,
        "it stands no lower": not lower and (room, other) not in ALLOWED,
    }
    return next((fault for fault, holds in faults.items() if holds), "")


def _inside(module: Module, imported: str) -> str:
    """In a room: the door lists its files, files share underscored ones; facts and training talk freely."""
    helper = any(part.startswith("_") for part in imported.split(".")[2:])
    open_room = module.room in {"facts", "training", "batch"}
    if module.is_room or helper or open_room:
        return ""
    return "a file of a room imports a sibling"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_imports_keep_the_ranks(module: Module) -> None:
    assert module.room in RANKS, f"{module} has no rank: give it one here and in docs/design.md"
    faults = {name: fault for name in module.imports() if (fault := _fault(module, name))}
    assert not faults, f"{module}: {faults}"


@pytest.mark.parametrize(
    ("module", "imported", "fine"),
    [
        ("consistency/records.py", "consistency.errors", False),
        ("consistency/protocols.py", "consistency.records", True),
        ("consistency/errors.py", "consistency.protocols", False),
        ("consistency/config/_shape.py", "consistency.records", True),
        ("consistency/config/__init__.py", "consistency.report", False),
        ("consistency/report/json.py", "consistency.report.terminal", False),
        ("consistency/report/json.py", "consistency.report._wire", True),
        ("consistency/report/__init__.py", "consistency.report.terminal", True),
        ("consistency/report/json.py", "consistency.config", False),
        ("consistency/report/json.py", "consistency.checks", False),
        ("consistency/report/json.py", "consistency.pipeline", False),
        ("consistency/report/json.py", "consistency", False),
        ("consistency/cli/check.py", "consistency.report", True),
        ("consistency/cli/__init__.py", "consistency", True),
        ("consistency/cli/check.py", "consistency.training.loop", False),
        ("consistency/cli/check.py", "eval.run", False),
    ],
)
def test_the_plan_itself(module: str, imported: str, fine: bool) -> None:
    assert (_fault(Module(HOUSE / module), imported) == "") is fine


def test_there_is_no_ring() -> None:
    names = {module.name for module in MODULES}
    edges = {
        module.name: {name for name in module.imports() if name in names and name != module.name}
        for module in MODULES
        if module.name != "consistency"
    }
    left = dict(edges)
    while free := [name for name, to in left.items() if not to & left.keys()]:
        for name in free:
            del left[name]
    assert not left, f"a ring among {sorted(left)}"


@pytest.mark.parametrize("path", [*_files("consistency"), *_files("eval"), *_files("tests")], ids=str)
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST, "a file that outgrows this becomes a room"


def test_eval_does_not_know_the_command_line() -> None:
    for path in _files("eval"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert node.module != "consistency.cli", path
                assert "cli" not in {name.name for name in node.names} or node.module != "consistency", path


@pytest.mark.parametrize("name", ["consistency", "consistency.cli", "consistency.report", "consistency.checks"])
def test_an_import_is_light(name: str) -> None:
    code = f"import sys, {name}; print(*{{one.partition('.')[0] for one in sys.modules}})"
    ran = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert not HEAVY & set(ran.stdout.split())


def test_the_public_names_are_there() -> None:
    public = {
        "Alignment",
        "Article",
        "CheckSettings",
        "Claim",
        "Config",
        "ConfigError",
        "ConsistencyError",
        "Coverage",
        "Finding",
        "InputError",
        "MissingExtra",
        "ModelError",
        "OutputError",
        "Report",
        "Run",
        "Scores",
        "Side",
        "Signature",
        "Span",
        "Story",
        "Unread",
        "__version__",
        "check",
        "check_stories",
    }
    assert set(consistency.__all__) == public, "a public name is a promise: change both on purpose"
    for name in public - {"check", "check_stories"}:
        assert hasattr(consistency, name)
    with pytest.raises(AttributeError, match="no_such"):
        consistency.no_such  # noqa: B018
