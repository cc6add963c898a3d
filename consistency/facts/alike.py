"""What two texts tell alike in other words is said in the same: "1½ million" is "1.5 million", "unveil" is "present".

A model of language has met few of the spellings of one value, and few of the words that may stand for another: a text
in which much is said otherwise looks to it a little wrong, and one thing that is wrong in it is hard to see. The
readers of figures, places, names and dates know the ones, the list of kindred words the others. So it is shown the
second text with what agrees said as the first says it, and reads what is left. Whether a value was told less precisely
is for the typed checks to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, Protocol, TypeVar

from consistency.facts import name, place, quantity
from consistency.facts._in_place import in_place
from consistency.facts._rearranged import as_listed
from consistency.facts._spelling import romanised
from consistency.facts.kin import listed
from consistency.facts.place import places
from consistency.facts.polarity import lemmas
from consistency.facts.reworded import interchangeable
from consistency.facts.undated import undated
from consistency.isolate import differences
from consistency.records import Span

_MOST: Final = 40
"""Values of a kind in a text; no claim has as many."""
_FIGURES: Final = frozenset({"exact", "approximate"})
_OFTEN: Final = frozenset({"once", "twice", "thrice"})
_LONGEST: Final = 4_000
"""Characters of a text beyond which it is no claim."""


class _Value(Protocol):
    @property
    def span(self) -> Span: ...

    @property
    def text(self) -> str: ...


_Of = TypeVar("_Of", bound=_Value)


class _Edit(NamedTuple):
    """A stretch of the second text, and what is said in its place."""

    start: int
    end: int
    instead: str


def said_alike(premise: str, hypothesis: str) -> str:
    """The hypothesis with each value that the premise tells in other words, and no other in the same, said as there.

    The same text where there is none. Only values of which each text has one that the other has not, so that it is
    plain which stands for which. Days that only the day of publication tells apart are said alike too (`undated`).
    """
    if premise == hypothesis or max(len(premise), len(hypothesis)) > _LONGEST:
        return hypothesis
    changed = undated(premise, hypothesis)
    return _applied(changed, _edits(premise, changed))


def in_its_words(premise: str, hypothesis: str) -> str:
    """The hypothesis with words of the premise in the place of its own that may stand for them, in the premise's order.

    What moved without another sense is put back (`in_place`), the names of a list too (`as_listed`). Then whole
    stretches in one place of both (`isolate.differences`), and single words, wherever they stand, of which each text
    has one that the other has not.
    The same text where there is none. As the list is of words that may stand for each other, and not of such as must,
    this is for a second reading beside the first.
    """
    if premise == hypothesis or max(len(premise), len(hypothesis)) > _LONGEST:
        return hypothesis
    moved = in_place(premise, as_listed(hypothesis, premise))
    changed = _applied(moved, _stretches(premise, moved))
    return _applied(changed, _words(premise, changed))


def _applied(text: str, edits: Iterable[_Edit]) -> str:
    """The text with all edits made; of two that overlap the one behind."""
    end = len(text)
    for edit in sorted(edits, reverse=True):
        if edit.end <= end:
            text = text[: edit.start] + edit.instead + text[edit.end :]
            end = edit.start
    return text


def _stretches(premise: str, hypothesis: str) -> Iterator[_Edit]:
    for one, other in differences(premise, hypothesis):
        instead, old = premise[one.start : one.end], hypothesis[other.start : other.end]
        if interchangeable(instead, old):
            yield _Edit(other.start, other.end, _cased(instead, old))


def _words(premise: str, hypothesis: str) -> Iterator[_Edit]:
    ones, others = (lemmas(text, Span(0, len(text))) for text in (premise, hypothesis))
    here, there = {word for word, _ in ones}, {word for word, _ in others}
    own = [one for one in ones if one[0] not in there]
    new = [other for other in others if other[0] not in here]
    for word, span in new:
        same = [one for one in own if listed(one[0], word)]
        if len(same) == 1 and sum(listed(same[0][0], other) for other, _ in new) == 1:
            instead = premise[same[0][1].start : same[0][1].end]
            yield _Edit(span.start, span.end, _cased(instead, hypothesis[span.start : span.end]))


def _cased(word: str, old: str) -> str:
    """A word with a capital where the one has it in whose place it stands; a name keeps its own."""
    if old[:1].isupper():
        return word[:1].upper() + word[1:]
    return word if places(word) else word[:1].lower() + word[1:]


def _edits(premise: str, hypothesis: str) -> Iterator[_Edit]:
    yield from _matched(quantity.quantities(premise), quantity.quantities(hypothesis), _one_figure)
    yield from _matched(place.places(premise), place.places(hypothesis), _one_place)
    yield from _matched(name.names(premise), name.names(hypothesis), _one_name)


def _matched(ones: Sequence[_Of], others: Sequence[_Of], alike: Callable[[_Of, _Of], bool]) -> Iterator[_Edit]:
    """Of each value that only one text has in these words the only one of the other that tells the same."""
    if not ones or not others or max(len(ones), len(others)) > _MOST:
        return
    here, there = {one.text.casefold() for one in ones}, {other.text.casefold() for other in others}
    own = [one for one in ones if one.text.casefold() not in there]
    new = [other for other in others if other.text.casefold() not in here]
    for other in new:
        same = [one for one in own if alike(one, other)]
        if len(same) == 1 and sum(alike(same[0], one) for one in new) == 1:
            yield _Edit(other.span.start, other.span.end, same[0].text)


def _one_figure(one: quantity.Quantity, other: quantity.Quantity) -> bool:
    """Whether two figures are one value, or one of them is the other rounded; none of a bound or a range.

    How often is no number of things: "scored twice" is not "scored two goals" in other words.
    """
    if (one.text.casefold() in _OFTEN) != (other.text.casefold() in _OFTEN):
        return False
    return {one.kind, other.kind} <= _FIGURES and quantity.compare(one, other) not in ("conflict", "unrelated")


def _one_place(one: place.Place, other: place.Place) -> bool:
    """Whether two names are of one place; not of two bodies that stand for one, which may well be at odds."""
    return one.form == other.form == "name" and place.compare(one, other) == "same"


def _one_name(one: name.Name, other: name.Name) -> bool:
    """Whether two names are spellings of one, or have their parts in another order."""
    ours, theirs = (sorted(map(romanised, some.parts)) for some in (one, other))
    return ours == theirs and name.compare(one, other) in ("same", "variant")
