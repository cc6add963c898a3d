"""What machines do to spelling and marks; the sense can still be read."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from consistency.training.edits import Edit, World, splice, tokens

Words: TypeAlias = Sequence[tuple[str, int]]
"""Words and marks with their offsets."""

_FUNCTION: Final = {
    "in": "at", "at": "in", "on": "in", "of": "for", "for": "of", "the": "a", "a": "the", "to": "for", "as to": "about",
    "by": "from", "this": "that", "these": "those",
}  # fmt: skip


def damage(text: str, rng: random.Random, world: World) -> Edit | None:
    """One kind of damage, evenly chosen; a typing error where the sentence offers that kind no hold."""
    del world
    words = tokens(text)
    edit = _KINDS[rng.choice(list(_KINDS))](text, rng, words)
    return edit if edit is not None else _typo(text, rng, words)


def _lower(text: str, rng: random.Random, words: Words) -> Edit | None:
    del rng, words
    return Edit(text.lower(), "damage", 0, len(text))


def _first(text: str, rng: random.Random, words: Words) -> Edit | None:
    del rng, words
    return Edit(text[0].lower() + text[1:], "damage", 0, 1)


def _stop(text: str, rng: random.Random, words: Words) -> Edit | None:
    del rng, words
    return Edit(text[:-1], "damage", len(text) - 1, len(text) - 1) if text[-1:] in ".!?" else None


def _spaced(text: str, rng: random.Random, words: Words) -> Edit | None:
    del rng, words
    return Edit(re.sub(r"(?<=\w)([.,;:!?])(?=\s|$)", r" \1", text), "damage", 0, len(text))


def _double(text: str, rng: random.Random, words: Words) -> Edit | None:
    if not words:
        return None
    word, start = rng.choice(words)
    return splice(text, start, start, f"{word} ", "damage")


def _mark(text: str, rng: random.Random, words: Words) -> Edit | None:
    if not words:
        return None
    word, start = rng.choice(words)
    return splice(text, start + len(word), start + len(word), rng.choice(",.;^*-"), "damage")


def _neighbours(text: str, rng: random.Random, words: Words) -> Edit | None:
    if len(_long(words)) <= 3:
        return None
    at = rng.randrange(len(words) - 1)
    (left, start), (right, right_start) = words[at], words[at + 1]
    if not (left.islower() and right.islower()) or {left, right} & {"not", "no"}:
        return None
    return splice(text, start, right_start + len(right), f"{right} {left}", "damage")


def _function(text: str, rng: random.Random, words: Words) -> Edit | None:
    return _small_word(text, rng, words, _FUNCTION)


def _dropped(text: str, rng: random.Random, words: Words) -> Edit | None:
    return _small_word(text, rng, words, dict.fromkeys(_FUNCTION, ""))


def _small_word(text: str, rng: random.Random, words: Words, table: dict[str, str]) -> Edit | None:
    small = [(word, start) for word, start in words if word in table]
    if not small:
        return None
    word, start = rng.choice(small)
    edit = splice(text, start, start + len(word), table[word], "damage")
    return edit._replace(text=edit.text.replace("  ", " "))


def _typo(text: str, rng: random.Random, words: Words) -> Edit | None:
    """A letter lost, or exchanged with the next."""
    inner = _long(words)
    if not inner:
        return None
    word, start = rng.choice(inner)
    at = rng.randrange(1, len(word) - 1)
    new = rng.choice([word[:at] + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :]])
    return splice(text, start, start + len(word), new, "damage")


def _long(words: Words) -> list[tuple[str, int]]:
    return [(word, start) for word, start in words if word.isalpha() and len(word) > 4 and word.islower()]


_KINDS: Final[dict[str, Callable[[str, random.Random, Words], Edit | None]]] = {
    "lower": _lower,
    "stop": _stop,
    "double": _double,
    "typo": _typo,
    "spaced": _spaced,
    "function": _function,
    "neighbours": _neighbours,
    "mark": _mark,
    "first": _first,
    "dropped": _dropped,
}
