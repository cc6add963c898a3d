"""HTML from values: whatever is not `Markup` is escaped, so that no text of an article can become a tag."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

from consistency.report._visible import visible


class Markup(str):
    """Text that is HTML already. Made here and nowhere else."""

    __slots__ = ()


Child: TypeAlias = "Markup | str | int | Iterable[Child] | None"
_VOID = frozenset({"meta", "input", "br", "hr"})


def element(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Markup:
    """One element. Of an attribute None and False leave it out, True gives it without a value.

    A trailing underscore is dropped (`class_`), one inside is a hyphen (`aria_label`).
    """
    told = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Markup(f"<{name}{told}>")
    return Markup(f"<{name}{told}>{together(*children)}</{name}>")


def together(*children: Child) -> Markup:
    """The children one after another, without an element around them."""
    return Markup("".join(map(_inside, children)))


def hidden(words: str) -> Markup:
    """Words for those who hear the page, where others see a sign."""
    return element("span", words, class_="heard")


def isolated(*children: Child, **attributes: str | int | bool | None) -> Markup:
    """Text of unknown direction that must not turn round what stands beside it."""
    return element("bdi", *children, **attributes)


def _inside(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Markup):
        return child
    if isinstance(child, str):
        return escape(visible(child), quote=True)
    if isinstance(child, int):
        return f"{child:,}"
    return together(*child)


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(visible(str(value)), quote=True)}"'
