"""`python -m eval list`: every task, its rows and splits, its licence, and whether it ever ran on real rows."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consistency.errors import InputError, MissingExtra
from eval import tasks
from eval.task import NotThereError, Split, Task

if TYPE_CHECKING:
    from argparse import _SubParsersAction

HEADINGS = ("task", "unit", "rows by split", "real rows", "licence")


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The `list` command."""
    parser = commands.add_parser(
        "list",
        help="name the tasks",
        description="Names every task: what it measures, its splits (* = test, never tuned on), its licence, "
        "and whether it ran on real rows or is known by its schema only.",
    )
    parser.add_argument("tasks", nargs="*", metavar="TASK", help="tell all about these tasks")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="read the rows from this folder and count them")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


def main(given: argparse.Namespace) -> int:
    """Prints the table, or all about the tasks that are named. Raises `ConfigError`, `InputError`."""
    data_dir: Path | None = given.data_dir
    if data_dir is not None and not data_dir.is_dir():
        raise InputError(f"{data_dir}: no such folder", "--data-dir names a folder with unified rows.")
    chosen = [tasks.get(name) for name in given.tasks] or list(tasks.every().values())
    told = [describe(task, data_dir) for task in chosen]
    if given.json:
        print(json.dumps(told, indent=2, ensure_ascii=True))
    elif given.tasks:
        print("\n\n".join(_sheet(one) for one in told))
    else:
        print(table(told))
    return 0


def describe(task: Task, data_dir: Path | None = None) -> dict[str, Any]:
    """All about a task but its rows, ready for JSON. With `data_dir`, each split says what stands there."""
    return {
        "name": task.name,
        "title": task.title,
        "unit": task.unit,
        "positive": task.positive,
        "cluster": task.cluster,
        "splits": {name: _split(task, name, split, data_dir) for name, split in task.splits.items()},
        "ran_on_real_rows": task.ran_on_real_rows,
        "licence": task.licence,
        "citation": task.citation,
        "obtain": task.obtain,
        "notes": task.notes,
    }


def table(told: Sequence[dict[str, Any]]) -> str:
    """One line a task, columns aligned."""
    lines = [HEADINGS, *(_line(one) for one in told)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEADINGS))]
    shown = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([*shown, "", f"{len(told)} tasks; * = test split, no threshold is tuned on it"])


def _split(task: Task, name: str, split: Split, data_dir: Path | None) -> dict[str, Any]:
    told: dict[str, Any] = {"role": split.role, "rows": split.rows}
    if data_dir is not None:
        told["found"] = _found(task, name, data_dir)
    return told


def _found(task: Task, split: str, data_dir: Path) -> int | str:
    """The rows that are there, or why they cannot be counted."""
    try:
        return len(task.load(split, data_dir))
    except NotThereError:
        return "not there"
    except (InputError, MissingExtra) as fault:
        return f"unreadable: {_plain(str(fault))}"


def _line(told: dict[str, Any]) -> tuple[str, ...]:
    return (told["name"], told["unit"], ", ".join(_splits(told)), _real(told), told["licence"])


def _splits(told: dict[str, Any]) -> Iterator[str]:
    for name, split in told["splits"].items():
        mark = "*" if split["role"] == "test" else ""
        known = "?" if split["rows"] is None else f"{split['rows']:,}"
        found = f" ({_count(split['found'])})" if "found" in split else ""
        yield f"{name}{mark} {known}{found}"


def _count(found: int | str) -> str:
    return found if isinstance(found, str) else f"{found:,} read"


def _real(told: dict[str, Any]) -> str:
    ran = told["ran_on_real_rows"]
    return "yes" if ran is True else str(ran or "no")


def _sheet(told: dict[str, Any]) -> str:
    pairs = {
        "unit": told["unit"],
        "positive": told["positive"],
        "cluster": told["cluster"],
        "splits": ", ".join(_splits(told)),
        "real rows": _real(told),
        "licence": told["licence"],
        "citation": told["citation"],
        "how to get it": told["obtain"],
        "notes": told["notes"],
    }
    lines = [f"  {name + ':':15}{value}" for name, value in pairs.items() if value]
    return "\n".join([f"{told['name']}: {told['title']}", *lines])


def _plain(text: str) -> str:
    """What a file's name or row may bring into a message, without what could drive a terminal."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)
