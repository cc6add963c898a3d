"""A text that says another's words, some of them by words that may honestly stand for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from consistency.facts._kept import kept
from consistency.facts._lists import word_set
from consistency.facts._places.gazetteer import fold
from consistency.facts._rearranged import rearranged
from consistency.facts._spelling import romanised, transposed
from consistency.facts.hedge import lemma
from consistency.facts.kin import as_expressions, listed
from consistency.facts.place import places

_MOST: Final = 2000
"""Characters of a text beyond which it is no claim and nothing is said of it."""
_LONGEST: Final = 5
"""Words of an expression that may stand for another, the light ones too: "rule out" for "exclude"."""
_NAMES: Final = 3
"""Words of a name that may stand for a pronoun."""
_PRONOUNS: Final = word_set("he she it they him her them his its their")
_KINDS: Final = {
    **dict.fromkeys(("country", "nation", "kingdom", "republic"), "country"),
    **dict.fromkeys(("city", "capital", "town"), "city"),
}
"""What a place may be told by, and the kind of place that it is."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LIGHT: Final = word_set(
    "a an the this these those its of in on at for as with that which who is are was were be been has have had do did"
)
"""Words that a copy may have more or fewer of and still say the same in near-copies; none that gives a direction."""


@kept
def reworded(premise: str, hypothesis: str) -> bool:
    """Whether two texts are the same, word for word, but for words of which each stands in the place of one that is
    kin to it by the list, a name in that of another romanisation of it, and for words without weight; in the same
    order, or in one that says the same.

    Not where nothing of weight differs. Figures, negations and whatever else the list does not know must be the same.
    The same either way round.
    """
    if max(len(premise), len(hypothesis)) > _MOST:
        return False
    return _in_order(premise, hypothesis) or rearranged(premise, hypothesis)


def interchangeable(one: str, other: str) -> bool:
    """Whether two stretches of text may stand for each other as they are: by the list, joined, or name for name."""
    here, there = _Words.of(one), _Words.of(other)
    return bool(here.at and there.at) and _kin(here.place(0, len(here.at)), there.place(0, len(there.at)))


def _in_order(premise: str, hypothesis: str) -> bool:
    from rapidfuzz.distance import LCSseq  # whoever only asks for help need not wait for it

    # which words differ may depend on which text comes first
    left, right = sorted((_Words.of(premise), _Words.of(hypothesis)), key=lambda words: words.all)
    shared = LCSseq.editops(list(map(_base, left.weighty)), list(map(_base, right.weighty))).as_matching_blocks()
    ends = []
    start = new_start = 0
    for block in shared:  # the last one is empty and stands at both ends
        if block.a > start or block.b > new_start:
            ends.append(((start, block.a), (new_start, block.b)))
        start, new_start = block.a + block.size, block.b + block.size
    differing = [(left.place(*old), right.place(*new)) for old, new in ends]
    if not differing or _exchanged(differing):
        return False
    return all(
        _kin(*place) or _kin_with_a_neighbour((left, right), end) for place, end in zip(differing, ends, strict=True)
    )


_Ends: TypeAlias = tuple[int, int]
"""Words of weight of a text, by the number of the first and of the one behind the last."""


class _Place(NamedTuple):
    """Words of weight that stand in one place of a text, and all words of that place, the light ones too."""

    words: Sequence[str]
    all: Sequence[str]


class _Words(NamedTuple):
    """The words of a text as they are written, without a possessive, and where those of weight stand among them."""

    all: list[str]
    at: list[int]

    @classmethod
    def of(cls, text: str) -> _Words:
        words = [word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(text)]
        return cls(words, [at for at, word in enumerate(words) if word.casefold() not in _LIGHT])

    @property
    def weighty(self) -> list[str]:
        return [self.all[at] for at in self.at]

    def place(self, start: int, end: int) -> _Place:
        """What stands behind one word of weight and before another, by their numbers among those of weight."""
        behind = self.at[start - 1] + 1 if start else 0
        ahead = self.at[end] if end < len(self.at) else len(self.all)
        return _Place([self.all[at] for at in self.at[start:end]], self.all[behind:ahead])


def _base(word: str) -> str:
    return lemma(word.casefold())


def _exchanged(places: Sequence[tuple[_Place, _Place]]) -> bool:
    """Whether a word that one place takes away is put in at another: two that change places may change sides."""
    old, new = ({_base(word) for place in places for word in place[side].words} for side in (0, 1))
    return not old.isdisjoint(new)


def _kin(old: _Place, new: _Place) -> bool:
    """Whether the words of a place stand for each other one by one, as they are joined, or as one expression."""
    turned = (old, new), (new, old)
    if any(_named_for(one.words, other.words) or _general_for(one, other) for one, other in turned):
        return True
    if len(old.words) == len(new.words) and all(map(_may_be, old.words, new.words)):
        return True
    if _one_place(old.words, new.words):
        return True
    if not old.words or not new.words or max(len(old.words), len(new.words)) > _LONGEST:
        return False
    return _joined(old.words) == _joined(new.words) or _as_expressions(old, new)


def _kin_with_a_neighbour(texts: tuple[_Words, _Words], ends: tuple[_Ends, _Ends]) -> bool:
    """Whether a place is of one expression with the shared word before or behind it: "fire brigade", "fire service"."""
    for ahead, behind in ((1, 0), (0, 1)):
        wider = [(start - ahead, end + behind) for start, end in ends]
        if any(start < 0 or end > len(words.at) for (start, end), words in zip(wider, texts, strict=True)):
            continue
        old, new = (words.place(*end) for words, end in zip(texts, wider, strict=True))
        if max(len(old.words), len(new.words)) <= _LONGEST and _as_expressions(old, new):
            return True
    return False


def _as_expressions(old: _Place, new: _Place) -> bool:
    return any(as_expressions(one, other) for one in _expressions(old) for other in _expressions(new))


def _one_place(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether both name one place, by two names of it or as two spellings: "Chennai" and "Madras"."""
    told = [" ".join(words) for words in (old, new)]
    found = [
        [place.key for place in places(text) if place.form == "name" and len(place.span) == len(text)] for text in told
    ]
    return bool(found[0]) and found[0] == found[1]


def _joined(words: Sequence[str]) -> str:
    """Words without what parts them: "school girls" is "schoolgirls"."""
    return "".join(words).replace("-", "").casefold()


def _expressions(place: _Place) -> Iterator[str]:
    """The words of a place as one expression: those of weight, and with the light ones between and around them."""
    words = [word.casefold() for word in place.all]
    light = [word in _LIGHT for word in words]
    first, last = light.index(False), len(words) - light[::-1].index(False)  # there is a word of weight
    for start in {0, first}:
        for end in {last, len(words)}:
            if end - start <= _LONGEST:
                yield "-".join(words[start:end])


def _named_for(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a name stands for a pronoun: "the Armenian said" for "he said". Whose it is other checks may tell."""
    pronoun = len(one) == 1 and one[0].casefold() in _PRONOUNS
    named = all(word[:1].isupper() and word.casefold() not in _PRONOUNS for word in other)
    return pronoun and 1 <= len(other) <= _NAMES and named


def _general_for(one: _Place, other: _Place) -> bool:
    """Whether a place is told by what it is: "the country" for "Uruguay", "the capital" for "Paris"."""
    kind = _KINDS.get(one.words[0].casefold()) if len(one.words) == 1 else None
    if kind is None or "the" not in map(str.casefold, one.all):
        return False
    name = " ".join(other.words)
    return any(place.form == "name" and place.kind == kind and len(place.span) == len(name) for place in places(name))


def _may_be(one: str, other: str) -> bool:
    """Whether either word may stand for the other; two names where they are spellings of one."""
    names = fold(one), fold(other)
    if one[:1].isupper() and other[:1].isupper() and romanised(names[0]) == romanised(names[1]):
        return not transposed(*names)
    return listed(_base(one), _base(other))
