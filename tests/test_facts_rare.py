"""What is looked for before a rare pattern stands in every form of it, so that nothing is passed by that it has."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as kind  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import consistency
from consistency.facts._rare import Rare

_FEW = 4
"""Characters of a class that are tried one by one."""
_BREAK = "\0"


def _all() -> Iterator[tuple[str, Rare]]:
    for module in pkgutil.walk_packages(consistency.__path__, "consistency."):
        if module.name.startswith(("consistency.facts", "consistency.checks")):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, Rare):
                    yield f"{module.name}.{name}", value


def _holds(todo: tuple[Any, ...], told: str, parts: tuple[str, ...]) -> bool:
    """Whether every text that these nodes of a pattern match, behind what is `told` already, has one of the parts."""
    if any(part in told for part in parts):
        return True
    return bool(todo) and all(_holds((*inner, *todo[1:]), told + letter, parts) for letter, inner in _ways(*todo[0]))


def _ways(what: Any, value: Any) -> list[tuple[str, tuple[Any, ...]]]:
    """The ways in which a node can match: a letter, or what breaks a word, and the nodes that are left of it."""
    if what in (kind.MAX_REPEAT, kind.MIN_REPEAT):
        least, most, inner = value
        if (least, most) == (0, 1):
            return [("", ()), ("", tuple(inner))]
        return [(_BREAK, (*inner, (kind.ANY, None)))] if least else [(_BREAK, ())]
    if what is kind.IN and len(value) <= _FEW and all(one is kind.LITERAL for one, _ in value):
        return [(chr(one).lower(), ()) for _, one in value]
    ways: dict[Any, list[tuple[str, tuple[Any, ...]]]] = {
        kind.LITERAL: [(chr(value).lower(), ())] if what is kind.LITERAL else [],
        kind.SUBPATTERN: [("", tuple(value[3]))] if what is kind.SUBPATTERN else [],
        kind.BRANCH: [("", tuple(branch)) for branch in value[1]] if what is kind.BRANCH else [],
        **{nothing: [("", ())] for nothing in (kind.AT, kind.ASSERT, kind.ASSERT_NOT)},
    }
    return ways.get(what, [(_BREAK, ())])


def _sound(rare: Rare) -> bool:
    return _holds(tuple(_parser.parse(rare.pattern.pattern, rare.pattern.flags)), "", rare.parts)


RARE = dict(_all())


@pytest.mark.parametrize("name", RARE)
def test_every_form_has_one_of_the_parts(name: str) -> None:
    assert RARE[name].parts == tuple(part.lower() for part in RARE[name].parts)
    assert _sound(RARE[name])


@pytest.mark.parametrize(
    ("pattern", "parts", "sound"),
    [
        (r"\b(?:dawn|daybreak)\b", ("dawn", "daybreak"), True),
        (r"\b(?:dawn|daybreak|dusk)\b", ("dawn", "daybreak"), False),
        (r"\brains?\b", ("rains",), False),
        (r"(?:to )?rain", ("rain",), True),
        (r"(?:rain)*", ("rain",), False),
        (r"(?:\w+ ){0,2}(?:rain ){1,2}", ("rain",), True),
        (r"n['’]t", ("n't", "n’t"), True),
        (r"n['’]t", ("n't",), False),
        (r"rain(?=bow)", ("rainbow",), False),
    ],
)
def test_what_counts_as_a_part_of_every_form(pattern: str, parts: tuple[str, ...], sound: bool) -> None:
    assert _sound(Rare(pattern, *parts)) is sound


def test_a_text_without_its_words_is_not_searched() -> None:
    rare = Rare(r"\brain\w*", "rain")
    found = rare.search("It Rained.")
    assert found is not None
    assert found.span() == (3, 9)
    assert [match[0] for match in rare.finditer("Rain, then rains", 3)] == ["rains"]
    assert rare.search("It snowed.") is None
    assert list(rare.finditer("It snowed.")) == []
    assert Rare(r"rain", "rain", flags=re.NOFLAG).search("RAIN") is None
