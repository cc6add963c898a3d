"""A man in one text who is a woman in the other: pronouns in the same place, and nouns that differ in sex alone.

Read by pattern, without a parser: a pronoun is held against another only where both do the same, suffer the same or own
the same, and where no other name can be meant; or where both texts tell of one person and nobody else. Nothing is said
of texts that speak of men and women both, unless they are word for word the same but for these words, or tell the same
deed of "he" and of "she".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product, takewhile
from typing import Final, NamedTuple, TypeAlias

from consistency.facts._kept import kept
from consistency.facts._pronouns import words as lists
from consistency.facts._pronouns.child import child
from consistency.facts._pronouns.slots import Slot, Word, beside, sex, slots, words
from consistency.facts._pronouns.sole import sole
from consistency.facts.hedge import lemma
from consistency.facts.kin import alike, common, listed
from consistency.facts.name import Name, names, variant
from consistency.isolate import differences
from consistency.records import Span

_MOST: Final = 2000
"""Characters of a text beyond which it is no claim and nothing is said of it."""
_SLOTS: Final = 16
"""Ties of pronouns in a text beyond which nothing is said of them."""
_NAMES: Final = 12
"""Names of a text that are held against those of the other."""
_PRONOUNS: Final = lists.HE | lists.SHE
_ARTICLES: Final = frozenset({"a", "an", "the"})
_FAR: Final = 16
"""Words behind a pronoun in which its deed is told."""
_DEED: Final = 3
"""Words of weight that tell a deed well enough to know it again where both men and women are spoken of."""

_Pairs: TypeAlias = Iterable[tuple[Span, Span]]


class Flip(NamedTuple):
    """The words that tell a man in one text and a woman in the other; `plain` where nothing else differs or one who is
    named says it of himself or herself, `nouns` where no pronoun is among them, `apart` where nothing ties the two but
    that each text has one child.
    """

    premise: tuple[Span, ...]
    hypothesis: tuple[Span, ...]
    plain: bool
    nouns: bool
    apart: bool = False


@kept
def flipped(premise: str, hypothesis: str) -> Flip | None:
    """Who is a man in one text and a woman in the other. The same whichever text comes first."""
    if premise == hypothesis or max(len(premise), len(hypothesis)) > _MOST:
        return None
    if premise > hypothesis:  # which words differ may depend on which text comes first
        found = flipped(hypothesis, premise)
        return found and found._replace(premise=found.hypothesis, hypothesis=found.premise)
    told = words(premise), words(hypothesis)
    if not all(any(sex(word.fold) for word in some) for some in told) or all(map(_anybody, told)):
        return None
    found = _plain(premise, hypothesis)
    if found is not None:
        return found
    alone = sole(premise, hypothesis)
    if alone is None:
        return _loose(premise, hypothesis) or _child(premise, hypothesis)
    return Flip(alone.premise, alone.hypothesis, plain=alone.said, nouns=False)


def _child(premise: str, hypothesis: str) -> Flip | None:
    found = child(premise, hypothesis)
    return found and Flip(found[:1], found[1:], plain=False, nouns=True, apart=True)


def _anybody(told: Sequence[Word]) -> bool:
    return any(word.fold in lists.ANYBODY for word in told)


def _plain(premise: str, hypothesis: str) -> Flip | None:
    """Where the texts differ in these words alone, or in the article before them."""
    found: list[tuple[Word, Word]] = []
    for place in differences(premise, hypothesis):
        old, new = (_within(text, span) for text, span in zip((premise, hypothesis), place, strict=True))
        if len(old) != len(new):
            return None
        differing = [pair for pair in zip(old, new, strict=True) if pair[0].fold != pair[1].fold]
        if not all(_pair(*pair) for pair in differing):
            return None
        found += differing
    nouns = not any(one.fold in _PRONOUNS for one, _ in found)
    if nouns and (_exchanged(found) or all(_either(one, other) for one, other in found)):
        return None
    return Flip(tuple(one.span for one, _ in found), tuple(other.span for _, other in found), plain=True, nouns=nouns)


def _within(text: str, span: Span) -> list[Word]:
    return [word for word in words(text) if word.span.overlaps(span) and word.fold not in _ARTICLES]


def _pair(one: Word, other: Word) -> bool:
    """Whether two words differ in sex alone."""
    if {one.fold, other.fold} <= _PRONOUNS:
        return sex(one.fold) != sex(other.fold)
    return not {(one.fold, other.fold), (other.fold, one.fold)}.isdisjoint(lists.PAIRS)


def _exchanged(found: Sequence[tuple[Word, Word]]) -> bool:
    """Whether one text has the very words of the other, in other places, so that nobody became another."""
    old, new = (sorted(pair[side].fold for pair in found) for side in (0, 1))
    return old == new


def _either(one: Word, other: Word) -> bool:
    """Whether the word for a man is said of women, too."""
    return not {(one.fold, other.fold), (other.fold, one.fold)}.isdisjoint(lists.EITHER)


def _loose(premise: str, hypothesis: str) -> Flip | None:
    """Where the words stand in the same place of two sentences that differ in other words, too."""
    texts = premise, hypothesis
    one, other = ({sex(word.fold) for word in words(text) if word.fold in _PRONOUNS} for text in texts)
    if _of_others(*texts):
        return None
    if max(len(one), len(other)) > 1:
        return _deed(*texts)
    pronouns = list(_slotted(*texts)) if one and other and one != other else []
    nouns = list(_nouns(*texts, he="man" in one)) + [pair[::-1] for pair in _nouns(*texts[::-1], he="man" in other)]
    found = [*pronouns, *nouns]
    if not found:
        return None
    first, second = (tuple(sorted({pair[side] for pair in found})) for side in (0, 1))
    return Flip(first, second, plain=False, nouns=not pronouns)


def _deed(premise: str, hypothesis: str) -> Flip | None:
    """The one deed that both texts tell in the same words, of "he" in one and of "she" in the other."""
    left, right = ([slot for slot in slots(text) if slot.part == "does"] for text in (premise, hypothesis))
    if max(len(left), len(right)) > _SLOTS or len({slot.sex for slot in (*left, *right)}) < 2:
        return None
    found = [(a, b) for a in left for b in right if len(_behind(premise, a) & _behind(hypothesis, b)) >= _DEED]
    if len(found) != 1:
        return None
    one, other = found[0]
    if one.sex == other.sex or one.words[0] != other.words[0]:
        return None
    if _newcomer(premise, one, hypothesis, other) or _newcomer(hypothesis, other, premise, one):
        return None
    return Flip((one.span,), (other.span,), plain=False, nouns=False)


def _behind(text: str, slot: Slot) -> set[str]:
    """The words of weight behind a pronoun, up to the next mark."""
    told = (word for word in words(text) if word.span.start > slot.span.start)
    clause = takewhile(lambda word: word.fold[0].isalnum(), islice(told, _FAR))
    return {lemma(word.fold) for word in clause if word.fold not in lists.ENDS and word.fold not in lists.LIGHT}


def _slotted(premise: str, hypothesis: str) -> Iterator[tuple[Span, Span]]:
    """The pronouns that stand in the same place."""
    left, right = slots(premise), slots(hypothesis)
    if max(len(left), len(right)) > _SLOTS:
        return
    turned = _turned(premise, hypothesis)
    for one, other in product(left, right):
        if one.sex == other.sex or one.part != other.part or not _same(one, other, turned):
            continue
        if not (_newcomer(premise, one, hypothesis, other) or _newcomer(hypothesis, other, premise, one)):
            yield one.span, other.span


def _same(one: Slot, other: Slot, turned: bool) -> bool:
    """Whether two pronouns do the same (by the verb of either), or own the same.

    What two own of each other is the same only where the names stand in the same order.
    """
    if one.part == "does":
        return any(_near(one.words[0], word) for word in other.words) or any(
            _near(other.words[0], word) for word in one.words
        )
    # No synonyms: her minister may be he whose secretary she is.
    shared = [word for word in one.words if any(_family(word, against) for against in other.words)]
    return any(not turned or word not in lists.TWOS for word in shared)


def _near(one: str, other: str) -> bool:
    return _family(one, other) or listed(one, other)


def _family(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) > 3 and alike(one, other))


def _of_others(premise: str, hypothesis: str) -> bool:
    """Whether each text has names, and none of them is in the other."""
    left, right = (_names(text) for text in (premise, hypothesis))
    return bool(left and right) and not any(_known(one, right) for one in left)


def _newcomer(text: str, pronoun: Slot, against: str, other: Slot) -> bool:
    """Whether the last name before a pronoun comes only behind the other text's, so that this one is of somebody else:
    "Albert came when he heard it", "she heard it, and Albert came". A clause that opens a text may tell the name later.
    """
    before = [name.parts for name in _named(text) if name.span.end <= pronoun.span.start][-1:]
    there = [name for name in _named(against) if before and _one_name(before[0], name.parts)]
    opening = words(against)[0].fold
    return bool(there) and opening not in lists.OPENING and all(name.span.start > other.span.start for name in there)


def _turned(premise: str, hypothesis: str) -> bool:
    """Whether the names of both texts stand in another order."""
    left, right = (_names(text) for text in (premise, hypothesis))
    order = [next(at for at, other in enumerate(right) if _one_name(one, other)) for one in left if _known(one, right)]
    return order != sorted(order)


def _known(name: tuple[str, ...], others: Iterable[tuple[str, ...]]) -> bool:
    return any(_one_name(name, other) for other in others)


def _one_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not set(one).isdisjoint(other) or variant(one, other)


def _names(text: str) -> list[tuple[str, ...]]:
    return [name.parts for name in _named(text)]


def _named(text: str) -> list[Name]:
    """The first names, but for those of a body and words of the language."""
    told = (name for name in names(text) if name.kind != "organisation" and not all(map(common, name.parts)))
    return list(islice(told, _NAMES))


def _nouns(premise: str, hypothesis: str, *, he: bool) -> Iterator[tuple[Span, Span]]:
    """Words for a man in the premise of which the hypothesis has that for a woman, the same word beside it, and neither
    text both. `he` = the premise has a pronoun that tells a man.
    """
    left, right = words(premise), words(hypothesis)
    there = {word.fold for word in left}, {word.fold for word in right}
    for his, hers in lists.PAIRS - lists.CROSSED:
        if (
            his in there[0]
            and hers in there[1]
            and not (_either_number(his) & there[1] or _either_number(hers) & there[0])
        ):
            if (his, hers) in lists.EITHER and not he:
                continue
            one, other = (
                next(at for at, word in enumerate(told) if word.fold == fold)
                for told, fold in ((left, his), (right, hers))
            )
            if any(a is not None and a == b for a, b in zip(beside(left, one), beside(right, other), strict=True)):
                yield left[one].span, right[other].span


def _either_number(fold: str) -> set[str]:
    """A noun in the singular and the plural, as far as the ending tells: male, males; "Mrs" is no plural of "Mr"."""
    if fold in lists.TITLES:
        return {fold}
    return {fold, fold + "s", fold.removesuffix("s")}
