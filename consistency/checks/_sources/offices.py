"""What the office of a person says of whom they may speak for."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from consistency.checks._sources.bodies import kinds
from consistency.facts._places.gazetteer import words
from consistency.facts.name import Name
from consistency.facts.source import group_of
from consistency.facts.title import Titled

_BEHIND: Final = re.compile(r"[^,.;:()—–\n]{0,80}")


class Office(NamedTuple):
    """Whose it is, the groups of people who are cited that it belongs to, and the kinds of bodies named with it."""

    name: Name
    groups: frozenset[str]
    bodies: frozenset[str]


def office(one: Titled, text: str) -> Office:
    """The office that a text gives to a name, with the words behind it up to the next mark."""
    parts = [*one.title.text.split(), *one.title.where]
    folds = {part.casefold() for part in parts}
    found = frozenset(group for fold in folds if (group := group_of(fold)) is not None)
    behind = _BEHIND.match(text, one.title.span.end) if one.title.span.start > one.name.span.start else None
    more = [word.fold for word in words(behind[0])] if behind else []
    return Office(one.name, found, kinds([*folds, *more]))
