"""A text that says another's words in their order, some of them by words that may honestly stand for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from consistency.facts._kept import kept
from consistency.facts._lists import word_set
from consistency.facts._spelling import romanised, transposed
from consistency.facts.hedge import lemma
from consistency.facts.kin import expression, listed

_MOST: Final = 2000
"""Characters of a text beyond which it is no claim and nothing is said of it."""
_LONGEST: Final = 3
"""Words of an expression that may stand for one word: "rule out" for "exclude"."""
_PRONOUNS: Final = word_set("he she it they him her them his its their")
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LIGHT: Final = word_set(
    "a an the this these those its of in on at for as with that which who is are was were be been has have had do did"
)
"""Words that a copy may have more or fewer of and still say the same in near-copies; none that gives a direction."""


@kept
def reworded(premise: str, hypothesis: str) -> bool:
    """Whether two texts are the same, word for word in the same order, but for words of which each stands in the place
    of one that is kin to it by the list, a name in that of another romanisation of it, and for words without weight.

    Not where nothing of weight differs. Figures, negations and whatever else the list does not know must be the same.
    The same either way round.
    """
    from rapidfuzz.distance import LCSseq  # whoever only asks for help need not wait for it

    if max(len(premise), len(hypothesis)) > _MOST:
        return False
    left, right = sorted((_words(premise), _words(hypothesis)))  # which words differ may depend on which comes first
    shared = LCSseq.editops(list(map(_base, left)), list(map(_base, right))).as_matching_blocks()
    places = []
    start = new_start = 0
    for block in shared:  # the last one is empty and stands at both ends
        places.append((left[start : block.a], right[new_start : block.b]))
        start, new_start = block.a + block.size, block.b + block.size
    differing = [place for place in places if any(place)]
    return bool(differing) and not _exchanged(differing) and all(_kin(*place) for place in differing)


def _words(text: str) -> list[str]:
    """The words of weight as they are written, without a possessive."""
    found = (word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(text))
    return [word for word in found if word.casefold() not in _LIGHT]


def _base(word: str) -> str:
    return lemma(word.casefold())


def _exchanged(places: Sequence[tuple[Sequence[str], Sequence[str]]]) -> bool:
    """Whether a word that one place takes away is put in at another: two that change places may change sides."""
    old, new = ({_base(word) for place in places for word in place[side]} for side in (0, 1))
    return not old.isdisjoint(new)


def _kin(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the words of a place stand for each other one by one, or as one expression."""
    if any(_named_for(one, other) for one, other in ((old, new), (new, old))):
        return True
    if len(old) == len(new):
        return all(_may_be(one, other) for one, other in zip(old, new, strict=True))
    if min(len(old), len(new)) != 1 or max(len(old), len(new)) > _LONGEST:
        return False
    return listed(expression("-".join(old).casefold()), expression("-".join(new).casefold()))


def _named_for(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a name stands for a pronoun: "the Armenian said" for "he said". Whose it is other checks may tell."""
    pronoun = len(one) == 1 and one[0].casefold() in _PRONOUNS
    named = all(word[:1].isupper() and word.casefold() not in _PRONOUNS for word in other)
    return pronoun and 1 <= len(other) <= _LONGEST and named


def _may_be(one: str, other: str) -> bool:
    """Whether either word may stand for the other; two names where they are spellings of one."""
    names = one.casefold(), other.casefold()
    if one[:1].isupper() and other[:1].isupper() and romanised(names[0]) == romanised(names[1]):
        return not transposed(*names)
    return listed(_base(one), _base(other))
