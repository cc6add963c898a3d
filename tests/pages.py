"""The pages that are made from the code: `make docs` writes them, a test holds them to what would be written."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec
import typer
from typer.models import ArgumentInfo, OptionInfo

from consistency import cli
from consistency.checks import CHECKS, manuals
from consistency.config import CheckSettings, Config
from consistency.config._shape import CHOICES

DOCS = Path(__file__).parent.parent / "docs"
MADE = "<!-- made by `make docs`; edit {}, not this -->\n"
_SAMPLE = re.compile(r"^(Passes|Fails):\n    reference: (.+)\n    version: (.+)\n?", re.MULTILINE)
_SETTINGS = re.compile(r"(?<=<!-- settings -->\n).*?(?=<!-- /settings -->)", re.DOTALL)


def pages() -> dict[Path, str]:
    """Every page that is made, as it should be."""
    settings = DOCS / "settings.md"
    return {
        DOCS / "checks.md": checks(),
        DOCS / "commands.md": commands(),
        settings: _SETTINGS.sub(lambda _: _tables(), settings.read_text("utf-8")),
    }


def checks() -> str:
    """Every check's manual, with its usual level and its two samples."""
    told = manuals()
    parts = [
        "# Checks\n",
        MADE.format("the docstrings in `consistency/checks`"),
        f"The {len(CHECKS)} checks, each with its usual level. `consistency explain CHECK` prints the same; "
        "[settings.md](settings.md) turns a check off or gives it another level.\n",
        "| check | level | what it reports |\n| --- | --- | --- |",
    ]
    for name, check in CHECKS.items():
        parts.append(f"| [{name}](#{name}) | {check.level} | {_plain(told[name].splitlines()[0])} |")
    for name, check in CHECKS.items():
        parts += ["", *_manual(name, check.level, told[name])]
    return "\n".join(parts) + "\n"


def _manual(name: str, level: str, manual: str) -> Iterator[str]:
    first, _, rest = manual.partition("\n")
    yield f"## {name}\n"
    yield f"**{level}**: {_plain(first)}\n"
    yield f"{_plain(_SAMPLE.sub('', rest).strip())}\n"
    yield "| | reference | version |\n| --- | --- | --- |"
    for verdict, reference, version in _SAMPLE.findall(manual):
        yield f"| {verdict.lower()} | {_plain(reference)} | {_plain(version)} |"


def _plain(text: str) -> str:
    """A docstring in Markdown: its own marks but for backticks are no markup."""
    return re.sub(r"([\\<>|*_\[\]])(?=[^`]*(?:`[^`]*`[^`]*)*$)", r"\\\1", text)


class Parameter(NamedTuple):
    """An argument or an option of a command, as a person writes it."""

    written: str
    takes: str
    help: str
    is_option: bool


class Command(NamedTuple):
    name: str
    help: str
    epilog: str
    parameters: tuple[Parameter, ...]


def every_command(app: typer.Typer = cli.app, name: str = "consistency") -> Iterator[Command]:
    """The commands in the order of `--help`."""
    for info in app.registered_commands:
        assert info.callback is not None
        own = info.name or info.callback.__name__.replace("_", "-")
        yield Command(
            f"{name} {own}",
            inspect.cleandoc(info.callback.__doc__ or ""),
            info.epilog or "",
            tuple(_parameters(info.callback)),
        )
    for group in app.registered_groups:
        assert group.typer_instance is not None
        yield from every_command(group.typer_instance, f"{name} {group.name}")


def _parameters(callback: Callable[..., Any]) -> Iterator[Parameter]:
    for name, hint in get_type_hints(callback, include_extras=True).items():
        if name == "return":
            continue
        kind, info = _annotated(hint)
        takes = info.metavar or _kind(kind)
        if isinstance(info, OptionInfo):
            given = [one for one in (info.default, *(info.param_decls or ())) if isinstance(one, str)]
            yield Parameter((given or [f"--{name.replace('_', '-')}"])[0], takes, info.help or "", True)
        else:
            yield Parameter(f"{takes} ..." if "list[" in str(kind) else takes, "", info.help or "", False)


def _annotated(hint: Any) -> tuple[Any, OptionInfo | ArgumentInfo]:
    """The type of a parameter and what typer is told of it."""
    kind, *told = get_args(hint)
    return kind, next(one for one in told if isinstance(one, (OptionInfo, ArgumentInfo)))


def _kind(kind: Any) -> str:
    """What to write for a value: the words it may be, or a word for its type."""
    (plain,) = [one for one in get_args(kind) if one is not type(None)] if get_origin(kind) in _EITHER else [kind]
    (plain,) = get_args(plain) if get_origin(plain) is list else [plain]
    if get_origin(plain) is Literal:
        return "|".join(get_args(plain))
    return {bool: "", int: "NUMBER", float: "NUMBER", str: "TEXT", Path: "FILE"}[plain]


_EITHER = (UnionType, Union)


def commands() -> str:
    """Every command with its arguments and options, as `--help` has them."""
    parts = ["# Commands\n", MADE.format("the files in `consistency/cli`")]
    for command in every_command():
        arguments = [one.written for one in command.parameters if not one.is_option]
        parts += [
            f"## {command.name}\n",
            f"    {' '.join([command.name, *arguments])} [OPTIONS]\n",
            f"{command.help}\n",
        ]
        if command.epilog:
            parts.append(f"{command.epilog}\n")
        parts.append("| | |\n| --- | --- |")
        parts += [
            f"| `{_cell(' '.join(filter(None, (one.written, one.takes))))}` | {_cell(one.help)} |"
            for one in command.parameters
        ]
        parts.append("")
    return "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _tables() -> str:
    """Every setting with what it takes, its default and what it is."""
    return f"{_table(Config)}\nIn a table `[checks.NAME]`:\n\n{_table(CheckSettings)}"


def _table(shape: type[msgspec.Struct]) -> str:
    properties: Mapping[str, Any] = msgspec.json.schema(shape)["$defs"][shape.__name__]["properties"]
    rows = ["| setting | takes | default | what it is |", "| --- | --- | --- | --- |"]
    for name, told in properties.items():
        default = told["default"]
        shown = "" if default in (None, (), {}) else f"`{str(default).lower() if default is True else default}`"
        rows.append(f"| `{name}` | {_takes(name, told)} | {shown} | {told['description']} |")
    return "\n".join(rows) + "\n"


_KINDS = {"string": "text", "integer": "a whole number", "number": "a number", "boolean": "`true` or `false`"}


def _takes(name: str, told: Mapping[str, Any]) -> str:
    """In words what the schema allows; None is what a setting is where nobody sets it."""
    shapes = [one for one in told.get("anyOf", [told]) if one.get("type") != "null" and one.get("enum") != [None]]
    (shape,) = shapes
    if "enum" in shape:
        return " or ".join(f"`{value}`" for value in get_args(CHOICES[name]))
    if shape.get("type") == "array":
        return "a list of patterns"
    if shape.get("type") == "object":
        return {"aliases": "a table of lists", "checks": "tables"}[name]
    limits = f" from {shape['minimum']:g}" if "minimum" in shape else ""
    limits += f" to {shape['maximum']:g}" if "maximum" in shape else ""
    return _KINDS[shape["type"]] + limits


def main() -> None:
    for path, text in pages().items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
