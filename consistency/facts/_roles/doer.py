"""Another doer: a text says of one name what the other says of another, and the other tells deeds of both.

What somebody does to nobody ("Keller will stay, Weiss will go") is told by its verb alone, if both texts name the two.
"The prize went to Weiss" is read as "Weiss won the prize".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from consistency.facts._kept import kept
from consistency.facts._lists import word_set
from consistency.facts._roles import words as lists
from consistency.facts._roles.items import Item, items
from consistency.facts.kin import kindred
from consistency.facts.name import variant
from consistency.facts.polarity import lemmas
from consistency.records import Span

_MOST: Final = 2_000
"""Characters of a text beyond which it is no claim."""
_BACK: Final = 5
"""Items looked at around a verb."""
_WORDS: Final = 6
"""Words of weight of what is done that are looked at."""
_WINDOW: Final = 90
"""Characters in which they stand."""
_SHARED: Final = 0.5
"""How much of what is done both must tell, of the shorter one."""
_SAID: Final = 2
"""Words that both must share of what is said."""
_SPEECH: Final = lists.SPEECH | lists.lemma_set("tell call put warn")
_EVEN: Final = lists.SYMMETRIC | lists.TOGETHER
_BESIDE: Final = word_set(
    "with than before after nor as like unlike between ahead against alongside and or but not to for"
)
"""Before a name: he may do the same, or the other may have done it to him."""
_GETTING: Final = lists.lemma_set("take took get got win won receive claim clinch inherit earn secure")
_GOING: Final = word_set("go goes went gone fell passed")
_GOT: Final = "get hold"
"""What all who get a thing are told by, as far as they may be told apart: "Rossi took the title", "the title went to
Rossi".
"""
_WORD: Final = re.compile(r"\w+")
_DENYING: Final = word_set("not never no nor n't neither nobody hardly")


class Doer(NamedTuple):
    """A name that does something; `deed` are words of weight of what it does, `alone` where none follows the verb.

    `undergone` where it is done to the name ("Weiss was freed").
    """

    name: Item
    verb: Item
    deed: tuple[str, ...]
    alone: bool = False
    undergone: bool = False


def other_doer(premise: str, hypothesis: str) -> tuple[Span, Span] | None:
    """Who does a thing in the premise, and who does it in the hypothesis, a name of which the premise tells another
    deed. None where either text tells the deed twice or denies it, or where the two may do it together.
    """
    if max(len(premise), len(hypothesis)) > _MOST or premise.isupper() or hypothesis.isupper():
        return None
    if len(_capitals(premise)) < 2 or not _capitals(hypothesis):  # the premise names both
        return None
    here, there = _by_verb(premise), _by_verb(hypothesis)
    for verb in here.keys() & there.keys():
        one, other = here[verb], there[verb]
        if one is None or other is None or not _differ(one.name, other.name):
            continue
        if (
            one.undergone == other.undergone
            and _same(one, other, hypothesis)
            and _acts(premise, other.name)
            and not _joined(premise, hypothesis, one, other)
        ):
            return one.name.span, other.name.span
    return None


def _capitals(text: str) -> set[str]:
    return {word for word in _WORD.findall(text) if word[0].isupper()}


def _same(one: Doer, other: Doer, hypothesis: str) -> bool:
    """Whether both do the same, by what is told of it; by the verb alone where the hypothesis names both."""
    alone = one.alone and other.alone and one.verb.lemma not in _SPEECH
    return (alone and any(_mentions(hypothesis, one.name))) or (not one.undergone and _same_deed(one, other))


def _by_verb(text: str) -> dict[str, Doer | None]:
    """The doer of each verb that a text tells once; None where it tells it again or who did it is unclear."""
    found: dict[str, Doer | None] = {}
    run = _run(text)
    for index, item in enumerate(run):
        if item.tag != "verb":
            continue
        if item.lemma not in _EVEN:
            found[item.lemma] = None if item.lemma in found else _doer(text, run, index)
        if item.fold in _GOING and run[index + 1].fold == "to":
            found[_GOT] = None if _GOT in found else _getter(text, run, index)
        elif item.lemma in _GETTING:
            found[_GOT] = None if _GOT in found else found[item.lemma]
    return found


def _getter(text: str, run: Sequence[Item], index: int) -> Doer | None:
    """Whom a thing goes to: "The title went to Italy's Rossi"."""
    named = run[index + 3] if run[index + 2].owns else run[index + 2]
    if not _named(named) or run[index - 1].fold in _DENYING or run[index - 1].fold.endswith("n't"):
        return None
    return Doer(named, run[index], _deed(text, Span(0, run[index].span.start), run[index]))


@kept
def _run(text: str) -> tuple[Item, ...]:
    edge = (Item("stop", Span(0, 0)),) * _BACK
    return (*edge, *items(text), *edge)


def _doer(text: str, run: Sequence[Item], index: int) -> Doer | None:
    """The name that stands right before a verb or behind its "by"."""
    verb = run[index]
    at = index - 1
    passive = False
    while run[at].tag in ("aux", "adverb", "be") and index - at < _BACK:
        if run[at].fold in _DENYING or run[at].fold.endswith("n't"):
            return None
        passive = passive or (run[at].tag == "be" and not verb.fold.endswith("ing"))
        at -= 1
    if run[index + 1].fold == "by":
        named = run[index + 2]
        return Doer(named, verb, _deed(text, Span(0, verb.span.start), verb)) if _named(named) else None
    if verb.fold.endswith("ing"):
        return None
    if run[at].tag == "clause" and run[at].fold in ("who", "which"):
        at -= 1
    if run[at].tag == "comma":
        at -= 1
        if run[at + 2].tag != "clause" and not _apposed(run, at):
            return None
    named = run[at]
    if not _named(named) or run[at - 1].tag in ("and", "preposition"):
        return None
    then = run[index + 2] if run[index + 1].fold == "on" else run[index + 1]
    alone = then.tag in ("comma", "stop", "clause", "and") or then.fold == "as" or then.kind == "date"
    return Doer(named, verb, _deed(text, Span(verb.span.end, len(text)), verb), alone, passive)


def _apposed(run: Sequence[Item], at: int) -> bool:
    """Whether a name says who the noun before it is ("the mayor, Vega,"), and ends no aside ("Ruiz, who married the
    sister of the singer, Vega,").
    """
    return run[at - 1].tag == "comma" and run[at - 2].tag == "thing" and run[at - 3].tag != "preposition"


def _named(item: Item) -> bool:
    return item.kind == "name" and not item.owns and not (len(item.words) == 1 and lists.outside(item.words[0]))


def _deed(text: str, within: Span, verb: Item) -> tuple[str, ...]:
    """The words of weight beside a verb on the side of what is done, nearest first."""
    if within.start:
        near = Span(within.start, min(within.end, within.start + _WINDOW))
    else:
        near = Span(max(0, verb.span.start - _WINDOW), within.end)
    stops = [at for at in range(near.start, near.end) if text[at] in ".;!?"]
    if stops:
        near = Span(near.start, stops[0]) if within.start else Span(stops[-1] + 1, near.end)
    words = [word for word, _ in lemmas(text, near)]
    return tuple((words if within.start else words[::-1])[:_WORDS])


def _same_deed(one: Doer, other: Doer) -> bool:
    names = {word for doer in (one, other) for word in doer.name.words}
    here, there = ([word for word in doer.deed if word not in names] for doer in (one, other))
    if not here or not there:
        return False
    shorter, longer = sorted((here, there), key=len)
    shared = sum(any(word == told or kindred(word, told) for told in longer) for word in shorter)
    return shared >= (_SAID if one.verb.lemma in _SPEECH else 1) and shared >= _SHARED * len(shorter)


def _differ(one: Item, other: Item) -> bool:
    if set(one.words) & set(other.words) or variant(one.words, other.words) or variant(other.words, one.words):
        return False
    first, second = "".join(one.words), "".join(other.words)
    return first not in second and second not in first


def _mentions(text: str, name: Item) -> Iterator[int]:
    """Where a name stands among the items of a text, by its last word."""
    for index, item in enumerate(_run(text)):
        if item.kind == "name" and item.words[-1] == name.words[-1]:
            yield index


def _acts(text: str, name: Item) -> bool:
    """Whether a text tells some deed of a name: what is only named beside another may stand for him, as a party does
    for its speaker.
    """
    run = _run(text)
    for index in _mentions(text, name):
        after = run[index + 1]
        if after.tag == "comma":
            after = run[index + 2]
        if run[index].owns:
            continue
        if after.tag in ("verb", "aux", "be") or after.fold in ("who", "which") or run[index - 1].fold == "by":
            return True
        if run[index - 1].tag == "verb" and run[index - 1].lemma in _SPEECH:
            return True
    return False


def _joined(premise: str, hypothesis: str, one: Doer, other: Doer) -> bool:
    """Whether either name stands beside another in a text, so that both may have done it, or to each other."""
    for text, name in ((premise, other.name), (premise, one.name), (hypothesis, one.name), (hypothesis, other.name)):
        run = _run(text)
        for index in _mentions(text, name):
            ahead = run[index - 1] if run[index - 1].fold != "of" else run[index - 2]
            goes = ahead.fold == "to" and run[index - 2].fold in _GOING
            if (ahead.fold in _BESIDE and not goes) or run[index + 1].tag == "and":
                return True
    return _tied(premise, one.name, other.name)


def _tied(text: str, one: Item, other: Item) -> bool:
    """Whether no deed stands between two names: one may stand for the other ("Quint of Lund", "Lund's Quint")."""
    run = _run(text)
    places = tuple(_mentions(text, one))
    for there in _mentions(text, other):
        for here in places:
            between = run[min(here, there) + 1 : max(here, there)]
            if len(between) <= _BACK and all(
                item.tag not in ("verb", "be", "aux", "stop", "clause") for item in between
            ):
                return True
    return False
