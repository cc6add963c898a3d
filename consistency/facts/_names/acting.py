"""What a name does: the words behind it tell it from other words that open a sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from consistency.facts._places.gazetteer import rows, word_list


def acts(text: str, fold: str, end: int) -> bool:
    """Whether a word that ends at `end` does something, as a name would and few other words do."""
    if fold in _BARE or len(fold) < 4 or fold.endswith(_COMMON_ENDINGS):
        return False
    after = _AFTER.match(text, end)
    if after is None or (fold.endswith("s") and after[1] not in _SINGULAR):
        return False
    verbs = _verbs()
    first, second = after[1], after[2] or ""
    if first in _ADVERBS:
        first, second = second, ""
    if first.endswith("s") and second in _OBJECTS:
        return True
    return first in verbs or (first.endswith("ed") and len(first) > 4 and second not in _NOT_OBJECT)


def does(word: str) -> bool:
    """Whether a word in lower case may be what somebody does: had, said, lost."""
    return word in _verbs() or word.endswith("ed")


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    """Forms that follow a subject in the singular: helping verbs and irregular pasts."""
    return _HELPING | frozenset(row[1] for row in rows("irregular_verbs"))


_AFTER = re.compile(r" ([a-z]{2,20})(?: ([a-z]{1,20}))?")
_HELPING = frozenset("is was has had does did will would can could may might must should says".split())
_SINGULAR = frozenset("is was has does says".split())
_ADVERBS = frozenset("also then later now never again already still just soon once twice recently reportedly".split())
_OBJECTS = frozenset("a an the his her its their it him them no that to".split())
_NOT_OBJECT = frozenset(["by"])
_COMMON_ENDINGS = (
    "tion",
    "ment",
    "ness",
    "ity",
    "ing",
    "ance",
    "ence",
    "ship",
    "ism",
    "age",
    "ure",
    "body",
    "one",
)
_BARE = word_list("bare")
