"""Where pronouns stand: of whom something is told, to whom it is done, whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from consistency.facts._kept import kept
from consistency.facts._pronouns import words as lists
from consistency.facts._tokens import tokenize
from consistency.facts.hedge import lemma
from consistency.records import Span

Sex: TypeAlias = Literal["man", "woman"]
Part: TypeAlias = Literal["does", "suffers", "owns"]

_WINDOW: Final = 3
"""Words of weight that say what a pronoun does or owns."""
_STEPS: Final = 8
"""Words that are looked at for them."""
_PARTICIPLES: Final = ("ed", "en", "wn", "ght", "lt", "nt", "ld", "de", "ut", "id", "ck")
"""How participles end; "was" with one of them behind it is done to somebody."""
_YEARS: Final = ("old", "-", "year", "-")
"""The words of an age behind its figure, backwards."""
_SAYING: Final = ("according", "to")


class Word(NamedTuple):
    """A word of a text, folded, without a possessive, and without what a contraction adds ("he's": "he", "'s")."""

    fold: str
    span: Span
    capital: bool


class Slot(NamedTuple):
    """A pronoun and what ties it: the verb first, or what is owned, and some words more."""

    sex: Sex
    part: Part
    span: Span
    words: tuple[str, ...]


@kept
def words(text: str) -> tuple[Word, ...]:
    """The words and marks of a text in order; those of "his or her" and "he/she" are left out."""
    found = tuple(_parted(text))
    both = {
        index
        for middle in range(1, len(found) - 1)
        if found[middle].fold in {"or", "/", "and"}
        and {sex(found[middle - 1].fold), sex(found[middle + 1].fold)} == {"man", "woman"}
        and found[middle - 1].fold in lists.HE | lists.SHE
        and found[middle + 1].fold in lists.HE | lists.SHE
        for index in (middle - 1, middle, middle + 1)
    }
    return tuple(word for index, word in enumerate(found) if index not in both) if both else found


def _parted(text: str) -> Iterator[Word]:
    for token in tokenize(text):
        head, mark, tail = token.fold.partition("'")
        span, capital = Span(token.start, token.end), token.text[:1].isupper()
        if mark and head in {"he", "she"}:
            cut = token.start + len(head)
            yield Word(head, Span(token.start, cut), capital)
            yield Word(mark + tail, Span(cut, token.end), False)
        elif mark and tail == "s" and not capital:
            yield Word(head, span, False)
        else:
            yield Word(token.fold, span, capital)


def sex(fold: str) -> Sex | None:
    """Whether a word tells a man or a woman; None where it tells neither."""
    if fold in lists.MEN:
        return "man"
    return "woman" if fold in lists.WOMEN else None


@kept
def slots(text: str) -> tuple[Slot, ...]:
    """The pronouns of a text, what each is tied to; "according to him" is what he says, and a passive has two ties."""
    told = words(text)
    found: list[Slot] = []
    for index, word in enumerate(told):
        if word.fold in {"he", "she"}:
            found += _subject(told, index)
        elif word.fold == "him" or (word.fold == "her" and not _owning(told, index)):
            if tuple(one.fold for one in told[max(0, index - 2) : index]) == _SAYING:
                found.append(_slot(word, "does", ("say",)))
            else:
                found.append(_slot(word, "suffers", _before(told, index)))
        elif word.fold in {"his", "her"}:
            found.append(_slot(word, "owns", _owned(told, index)))
    return tuple(slot for slot in found if slot.words)


def _slot(word: Word, part: Part, tied: Sequence[str]) -> Slot:
    return Slot("man" if word.fold in lists.HE else "woman", part, word.span, tuple(tied))


def _owning(told: Sequence[Word], index: int) -> bool:
    behind = told[index + 1 : index + 2]
    return (
        bool(behind)
        and (behind[0].fold[0].isalnum() or behind[0].fold in "\"'“‘")
        and (behind[0].fold not in lists.AFTER_OBJECT)
    )


def _subject(told: Sequence[Word], index: int) -> Iterator[Slot]:
    """What somebody does: the verb, and what it is done to up to a "to" or "that"; behind a passive, what follows."""
    verb, behind = _verb(told, index)
    if verb is None:
        said = told[index - 1] if index else None  # "said he"
        if said is not None and said.fold[0].isalpha() and lemma(said.fold) == "say":
            yield _slot(told[index], "does", ("say",))
        return
    if behind and told[behind - 1].fold in lists.BE and _participle(told[verb].fold):
        yield _slot(told[index], "suffers", (lemma(told[verb].fold),))
        if told[verb + 1 : verb + 2] and told[verb + 1].fold == "to":
            yield _slot(told[index], "does", _run(told, verb + 2))
    else:
        yield _slot(told[index], "does", _run(told, verb))


def _verb(told: Sequence[Word], index: int) -> tuple[int | None, int]:
    """The word of weight behind a subject, and its own index again where a form of "be" stands right before it."""
    for at in range(index + 1, min(len(told), index + 1 + _STEPS)):
        fold = told[at].fold
        if not fold[0].isalnum() and fold[0] != "'":
            return None, 0
        if fold in lists.LIGHT or (fold.endswith("ly") and len(fold) > 4):
            continue
        before = at - 1
        while before > index and told[before].fold.endswith("ly"):
            before -= 1
        return at, before + 1 if before > index else 0
    return None, 0


def _participle(fold: str) -> bool:
    return fold.endswith(_PARTICIPLES) and len(fold) > 3


def _run(told: Sequence[Word], start: int) -> tuple[str, ...]:
    found: list[str] = []
    for word in told[start : start + _STEPS]:
        if not word.fold[0].isalnum() or (found and word.fold in {"to", "that", "and", "but", "or", "who", "which"}):
            break
        if word.fold not in lists.ENDS and word.fold not in lists.LIGHT:
            found.append(lemma(word.fold))
        if len(found) == _WINDOW:
            break
    return tuple(found)


def _before(told: Sequence[Word], index: int) -> tuple[str, ...]:
    """The verb or noun that an object hangs on."""
    for word in reversed(told[max(0, index - 3) : index]):
        if not word.fold[0].isalnum():
            break
        if word.fold not in lists.ENDS and word.fold not in lists.LIGHT:
            return (lemma(word.fold),)
    return ()


def _owned(told: Sequence[Word], index: int) -> tuple[str, ...]:
    """What is owned, up to a name: "her lawyer Ann Berg" may be "his sister Ann Berg", too."""
    found: list[str] = []
    for word in told[index + 1 : index + 1 + _STEPS]:
        if word.fold in "-\"'“‘":
            continue
        if not word.fold[0].isalnum() or word.fold in lists.ENDS or word.capital or len(found) == _WINDOW:
            break
        found.append(lemma(word.fold))
    return tuple(found)


def beside(told: Sequence[Word], index: int) -> tuple[str | None, str | None]:
    """The words of weight before and behind a noun, as lemmas; of a title the name behind it alone."""
    behind = _first(told[index + 1 : index + 1 + _STEPS])
    if told[index].fold in lists.TITLES and told[index].capital:
        return None, behind.fold if behind is not None and behind.capital else None
    front = told[max(0, index - _STEPS) : index][::-1]
    before = _first(front[_age(front) :])
    return before and lemma(before.fold), behind and lemma(behind.fold)


def _age(told: Sequence[Word]) -> int:
    """How many words tell an age, read backwards: "a 52-year-old woman" is a woman."""
    if tuple(word.fold for word in told[: len(_YEARS)]) != _YEARS or len(told) == len(_YEARS):
        return 0
    return len(_YEARS) + 1


def _first(told: Sequence[Word]) -> Word | None:
    """The first word that is no article and none that ties two nouns, if it has weight."""
    word = next((word for word in told if word.fold not in lists.TIES), None)
    if word is None or not word.fold[0].isalnum() or word.fold in lists.ENDS or word.fold in lists.LIGHT:
        return None
    return word
