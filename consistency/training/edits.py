"""What a corruption or a rewrite is: a text, and where it changed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from consistency.training.lexicon import LONGEST, Swap, swaps

TOKEN = re.compile(r"[A-Za-z]\.(?:[A-Za-z]\.)+|\w+(?:[-'’.,]\w+)*|[^\w\s]|\s+")
_TO_VERB = frozenset(
    "to will would can could may might must should not n't i you we they did do does don't didn't won't".split()
)
_BEFORE_NOUN = frozenset(
    "the a an this that these those his her their its our my your of in on for with by new no some any many".split()
)


class Edit(NamedTuple):
    """An edited text, what was done, and the changed range of the new text."""

    text: str
    kind: str
    start: int
    end: int


class World(NamedTuple):
    """What an edit may draw on besides the sentence: names seen near it, mined replacements."""

    near: Sequence[str]
    far: Sequence[str]
    mined: dict[str, list[str]]


Editor = Callable[[str, random.Random, World], Edit | None]


def splice(text: str, start: int, end: int, new: str, kind: str) -> Edit:
    """`text` with [start, end) replaced, a/an and the capital at the start mended."""
    if start == 0 and new and text[:1].isupper():
        new = new[0].upper() + new[1:]
    before = text[:start]
    article = re.search(r"\b([Aa])(n?) $", before)
    if article and new[:1].isalpha():
        wants = "n" if new[0].lower() in "aeio" or new[:2].lower() in ("un", "ur", "ho") else ""
        if new[:3].lower() in ("one", "uni", "eur", "use", "hol", "hos", "hom", "hop", "hot", "hou"):
            wants = "n" if new[:4].lower() == "hour" else ""
        before = before[: article.start()] + article[1] + wants + " "
    edited = before + new + text[end:]
    return Edit(edited, kind, len(before), len(before) + len(new))


def tokens(text: str) -> list[tuple[str, int]]:
    """Words and marks with their offsets, blanks left out."""
    return [(found[0], found.start()) for found in TOKEN.finditer(text) if not found[0].isspace()]


def matches(text: str, relations: Sequence[str]) -> list[tuple[int, int, Swap]]:
    """Every place where the lexicon could put something else, guarded against the wrong part of speech."""
    table = swaps()
    words = tokens(text)
    found = []
    for at, (_, start) in enumerate(words):
        for size in range(1, LONGEST + 1):
            if at + size > len(words):
                break
            last, last_start = words[at + size - 1]
            end = last_start + len(last)
            phrase = text[start:end]
            options = table.get(phrase)
            if options is None and at == 0:
                options = table.get(phrase[0].lower() + phrase[1:])
            for swap in options or ():
                if swap.relation in relations and _fits(words, at, size, swap):
                    found.append((start, end, swap))
    return found


def _fits(words: Sequence[tuple[str, int]], at: int, size: int, swap: Swap) -> bool:
    before = words[at - 1][0].lower() if at else ""
    after = words[at + size][0].lower() if at + size < len(words) else ""
    if swap.pos == "v" and swap.form == "base":
        return before in _TO_VERB
    if swap.pos == "v" and swap.form == "third":
        return before not in _BEFORE_NOUN and after not in {"of", "and", ",", ".", "in"}
    if swap.pos == "v" and swap.form == "going":
        return before not in {"the", "a", "an"}
    if swap.pos == "v" and swap.form == "part":
        return before not in {"the", "a"}
    if swap.pos == "n":
        return before not in _TO_VERB and before not in {"he", "she", "it", "who"}
    return True


def lexical(relation: str, kind: str) -> Editor:
    """An editor that puts one lexicon phrase for another."""

    def edit(text: str, rng: random.Random, world: World) -> Edit | None:
        del world
        places = matches(text, (relation,))
        if not places:
            return None
        start, end, swap = rng.choice(places)
        return splice(text, start, end, swap.target, kind)

    return edit


def by_table(pattern: re.Pattern[str], table: Mapping[str, str], kind: str) -> Editor:
    """An editor that puts for one hit of the pattern what the table says; every hit has an entry."""

    def edit(text: str, rng: random.Random, world: World) -> Edit | None:
        del world
        found = list(pattern.finditer(text))
        if not found:
            return None
        hit = rng.choice(found)
        return splice(text, hit.start(), hit.end(), table[hit[0]], kind)

    return edit
