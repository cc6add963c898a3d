"""A verb in the active voice in one text and in the passive in the other, with the same before and behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from consistency.facts._roles import words as lists
from consistency.facts._roles.even import BE, Word
from consistency.facts.hedge import is_verb_form

_WITHIN: Final = 4
"""Words from a participle to its "by"."""
_AUXILIARIES: Final = frozenset({"has", "had", "hav", "wil", "would", "get", "got"})


class Voice(NamedTuple):
    """The words from what stands before the verb to what stands behind it, first and last, in either text."""

    premise: tuple[int, int]
    hypothesis: tuple[int, int]


def turned_voice(left: Sequence[Word], right: Sequence[Word]) -> Voice | None:
    """Of "she was taught by Klein" and "she taught Klein", where that stands; not where the verb comes twice, as one
    text may tell of both deeds. Cost linear in the texts.
    """
    counts = Counter(word.key for word in left), Counter(word.key for word in right)
    for one, other, swapped in ((left, right, False), (right, left, True)):
        passives = tuple(_passives(one))
        active = _actives(other) if passives else {}
        for place, told in passives:
            at = active.get(told)
            if at is not None and all(count[told[1]] == 1 for count in counts):
                return Voice(at, place) if swapped else Voice(place, at)
    return None


def _passives(words: Sequence[Word]) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """Where "who was done by whom" stands, and as what it is told."""
    for by, word in enumerate(words[:-1]):
        if word.fold != "by" or not _doer(words[by + 1]):
            continue
        verb = next((at for at in range(by - 1, max(0, by - _WITHIN), -1) if _participle(words[at])), 0)
        if not verb or words[verb].key in lists.SYMMETRIC:
            continue
        before = _before(words, verb)
        if before >= 0 and words[verb - 1].key == BE:
            yield (before, by + 1), (words[before].key, *[one.key for one in words[verb:by]], words[by + 1].key)


def _doer(word: Word) -> bool:
    """Whether a word behind "by" may open who did it, and not by how much or how."""
    return word.text[0].isalpha() and word.fold not in lists.NUMBER_WORDS and not word.fold.endswith("ing")


def _participle(word: Word) -> bool:
    return is_verb_form(word.fold) and not word.fold.endswith(("ing", "s"))


def _before(words: Sequence[Word], verb: int) -> int:
    """The word before the auxiliaries of a verb, below 0 where there is none."""
    at = verb - 1
    while at >= 0 and (words[at].key == BE or words[at].key in _AUXILIARIES):
        at -= 1
    return at


def _actives(words: Sequence[Word]) -> dict[tuple[str, ...], tuple[int, int]]:
    """Where a word, a verb of the active voice and up to `_WITHIN` words behind it stand."""
    found: dict[tuple[str, ...], tuple[int, int]] = {}
    for verb, word in enumerate(words):
        before = _before(words, verb)
        if before < 0 or words[verb - 1].key == BE:
            continue
        keys = [words[before].key, word.key]
        for last in range(verb + 1, min(len(words), verb + _WITHIN + 1)):
            if words[last].fold == "by":
                break
            keys.append(words[last].key)
            found.setdefault(tuple(keys), (before, last))
    return found
