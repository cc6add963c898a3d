"""How many of a kind, told in words: all, most, half, some, few, none, both, neither."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

from consistency.facts._figures.numbers import ORDINALS
from consistency.facts._kept import kept
from consistency.facts._modifiers import STOPS, singular
from consistency.facts._tokens import Token, at, tokenize, words
from consistency.facts.hedge import lemma
from consistency.facts.kin import listed
from consistency.records import Span

Part: TypeAlias = Literal[
    "none", "neither", "few", "one", "some", "many", "half", "most", "nearly", "all", "both", "any"
]
"""`nearly` = "almost all", `many` = a good part, perhaps most, and "not all", `any` = one or more: all that a plain
number says here, and "someone"."""


class Share(NamedTuple):
    """A quantifier in a text and the noun whose part it tells: up to four words from there, folded and singular."""

    span: Span
    part: Part
    noun: str


_PARTS: Final[dict[str, Part]] = {
    "no": "none", "none": "none", "neither": "neither", "few": "few", "some": "some", "several": "some", "many": "many",
    "half": "half", "most": "most", "all": "all", "every": "all", "each": "all", "both": "both",
}  # fmt: skip
_PERSONS: Final[dict[str, Part]] = {
    "nobody": "none", "everyone": "all", "everybody": "all", "someone": "any", "somebody": "any",
}  # fmt: skip
_BEFORE: Final[dict[tuple[str, str], Part]] = {
    ("a", "few"): "some", ("only", "some"): "some", ("hardly", "any"): "few",
    ("almost", "none"): "few", ("almost", "no"): "few", ("virtually", "no"): "few", ("hardly", "a"): "few",
    ("nearly", "all"): "nearly", ("almost", "all"): "nearly", ("virtually", "all"): "nearly",
    ("almost", "every"): "nearly",
    ("nearly", "every"): "nearly", ("not", "all"): "many", ("not", "every"): "many", ("not", "one"): "none",
    ("nearly", "half"): "half", ("almost", "half"): "half", ("no", "one"): "none", ("nearly", "everyone"): "nearly",
    ("almost", "everyone"): "nearly", ("hardly", "anyone"): "few", ("hardly", "anybody"): "few",
    ("one", "of"): "one", ("only", "one"): "one", ("the", "majority"): "most", ("a", "majority"): "most",
    ("the", "bulk"): "most", ("a", "minority"): "few", ("the", "minority"): "few",
    ("a", "handful"): "few", ("practically", "all"): "nearly", ("practically", "every"): "nearly",
    ("almost", "nobody"): "few", ("not", "everyone"): "many", ("not", "everybody"): "many",
}  # fmt: skip
_OPENERS: Final = frozenset({*_PARTS, *_PERSONS, *(first for first, _ in _BEFORE)})
_ARTICLES: Final = words("the a an its their his her our these those this")
_NUMBERS: Final = words("two three four five six seven eight nine ten eleven twelve")
_ALOUD: Final = {
    **dict.fromkeys(("all", "every", "each"), words("at above after not")),
    "half": words("a an and first second third other one last opening closing"),
    "few": words("the last past next first these those every"),
    "most": words("the its their his her our my your at a ever"),
    "one": words("no every any the this that"),
    "not": words("is was are were be been does do did has have had will would could should can it if"),
}
"""Before these they are no quantifier, or not this one: "at all", "the second half", "the last few", "the most"."""
_UNCOUNTED: Final = words("all each every both none neither most not of majority")
"""What may stand before a figure: "all 17 prisoners"; "some 40 people" are about so many."""
_IDIOMS: Final = words(
    "time times day days night week weeks month months year years hour minute way ways sides side kind kinds sort",
    "sorts doubt longer more less fewer matter idea need reason wonder chance point end use sign such means long",
    "extent cases case part thing things other others sense degree that this it but too much many so",
    "alternative different another along",
)
"""Behind a quantifier they are no kind of which a part is told: "most of the time", "no longer", "all day"."""
_COUNTED: Final = frozenset({*ORDINALS, "other", "last", "single"})
"""Behind "every" and "some" they count, or name no kind: "every second", "every other"."""
_LONGEST_NOUN: Final = 4
_BUT: Final = words("but except save excluding bar barring besides")
_REACH: Final = 5


@kept
def shares(text: str) -> tuple[Share, ...]:
    """Every quantifier of `text` with a plain noun, in order; cost linear in the length."""
    tokens = tokenize(text)
    found: list[Share] = []
    follow = 0
    for index, token in enumerate(tokens):
        if index < follow or token.fold not in _OPENERS:
            continue
        if share := _share(tokens, index):
            found.append(share[0])
            follow = share[1]
    return tuple(found)


def _share(tokens: tuple[Token, ...], index: int) -> tuple[Share, int] | None:
    word, after = at(tokens, index).fold, at(tokens, index + 1).fold
    part, end = _BEFORE.get((word, after)), index + 2
    if part is None:
        part, end = _PARTS.get(word) or _PERSONS.get(word), index + 1
    if part is None or _other_use(tokens, index, end):
        return None
    if (word, after) == ("a", "few") and at(tokens, index - 1).fold in {"only", "just"}:
        part = "few"
    last = at(tokens, end - 1).fold
    person = last in {*_PERSONS, "anyone", "anybody"} or (word, after) == ("no", "one")
    behind = [at(tokens, end + ahead).fold for ahead in range(_REACH)]
    start = end
    if part == "all" and not _BUT.isdisjoint(behind):
        part = "most"
        if behind[0] in _BUT and "of" in behind:
            start += behind.index("of")
            end = start
        else:
            end += next(ahead for ahead, word in enumerate(behind) if word in _BUT) + 1
    noun = "person" if person else _noun(tokens, start)
    if noun is None:
        return None
    return Share(Span(tokens[index].start, tokens[end - 1].end), part, noun), end


def _other_use(tokens: tuple[Token, ...], index: int, end: int) -> bool:
    """Whether the words from `index` to `end` tell no part: "at all", "some 40", "half a dozen", "for all its"."""
    word, before = at(tokens, index).fold, at(tokens, index - 1).fold
    last, follow = at(tokens, end - 1).fold, at(tokens, end).fold
    if before in _ALOUD.get(word, ()) or before in {"-", "'"} or (last == "half" and follow in {"a", "an"}):
        return True
    figured = _figured(tokens, end)
    if word == "all" and before in {"for", "in"} and (figured or follow in _ARTICLES):
        return True
    return figured and last not in _UNCOUNTED


def _figured(tokens: tuple[Token, ...], index: int) -> bool:
    return at(tokens, index).is_digits or at(tokens, index).fold in _NUMBERS


def _noun(tokens: tuple[Token, ...], index: int) -> str | None:
    """The words behind a quantifier, with "of the" left out, up to the first that belongs to no noun; None where
    they are of no kind.
    """
    index += at(tokens, index).fold == "of"
    while at(tokens, index).fold in _ARTICLES or _figured(tokens, index):
        index += 1
    run: list[str] = []
    while (token := at(tokens, index + len(run))).is_word and token.fold not in STOPS:
        run.append(token.fold)
        if len(run) == _LONGEST_NOUN:
            break
    if not run or run[0] in _COUNTED or run[0] in _IDIOMS:
        return None
    return " ".join(map(singular, run))


_EXCLUDE: Final = {
    "none": words("some many half most nearly all both one any"),
    "neither": words("one half most nearly all both"),
    "few": words("half most nearly all"),
    "one": words("most nearly all both"),
    "some": words("most nearly all"),
    "many": words("all"),
    "half": words("nearly all"),
    "most": words("all"),
}
"""What each denies: few and none, many and most, half and most do not; nearly all is as good as all. That some did does
not deny that most did, but whoever puts the one for the other says something else."""


def excludes(one: Part, other: Part) -> bool:
    """Whether a text that says one of these denies the other."""
    return other in _EXCLUDE.get(one, ()) or one in _EXCLUDE.get(other, ())


def same_noun(one: str, other: str) -> bool:
    """Whether two nouns, with the words that stand beside them, share a word."""
    return not set(one.split()).isdisjoint(other.split())


def kind(one: str, other: str) -> bool:
    """Whether two nouns may name one kind: they share a word, or one is in the other's line of the list of kin."""
    if same_noun(one, other):
        return True
    return any(listed(lemma(word), lemma(like)) for word in one.split() for like in other.split())
