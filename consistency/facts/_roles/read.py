"""The things of a text in their slots: agents and patients, owners, what a preposition ties, what stands beside a name.

Each reader looks at one item and a few around it; what it cannot tell it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from consistency.facts._kept import kept
from consistency.facts._roles import words as lists
from consistency.facts._roles.items import Item, Kind, items
from consistency.facts._roles.phrases import past_aside, phrased
from consistency.facts._roles.words import Slot
from consistency.facts.hedge import lemma
from consistency.facts.place import Place, mentions
from consistency.records import Span

_BACK: Final = 14
"""Items looked at around a verb or preposition."""
_ONE: Final = frozenset(map(lemma, ("one", "ones")))
_LISTED: Final = 6
"""Things of a list that are read."""


class Role(NamedTuple):
    """A thing in a slot; `words` without determiners and titles; `place` where the words may name one."""

    slot: Slot
    span: Span
    words: tuple[str, ...]
    kind: Kind
    place: Place | None = None


@kept
def roles(text: str) -> tuple[Role, ...]:
    """The things of a text that stand in a place, in no order. Cost linear in the text; never raises."""
    found: list[Role] = []
    told = phrased(items(text))
    run = (*told, *[_NOTHING] * _AROUND)
    subjects: list[Item] = []
    for index, item in enumerate(told):
        if item.tag == "stop":
            subjects = []
        elif item.tag == "verb":
            subjects = _grammatical(run, index, subjects)
            found += _event(run, index, subjects)
        elif item.tag == "preposition":
            found += _bound(run, index)
        elif item.tag == "be":
            found += _being(run, index)
        elif item.tag == "thing":
            found += _beside(run, index)
            if item.kind == "noun":
                found += _described(run, index)
    places = {place.span: place for place in mentions(text)}
    named = [role._replace(place=places.get(role.span)) for role in found if _told(role)]
    filled = [role._replace(slot=slot) for role in named for slot in lists.CONVERSES.get(role.slot, (role.slot,))]
    return tuple(dict.fromkeys(filled))


def _told(role: Role) -> bool:
    """Whether the words name a thing by themselves."""
    last = role.words[-1]
    if role.kind in ("number", "date", ""):
        return bool(role.kind)
    if role.slot.part == "such":
        return role.slot.frame not in _ONE
    return last not in lists.STANDS_FOR


def _role(frame: str, part: str, item: Item) -> Role:
    return Role(Slot(frame, part), item.span, item.words, item.kind)


_NOTHING: Final = Item("stop", Span(0, 0))
_AROUND: Final = 6
"""How often it stands behind the items, and so before them, too: a place below 0 counts from the end."""


def _event(run: Sequence[Item], index: int, subjects: list[Item]) -> Iterator[Role]:
    """Agent and patient of a verb, as far as they stand beside it; "by" is told with the prepositions."""
    verb = run[index].lemma
    part = "patient" if _passive(run, index) else "agent"
    for item in subjects:
        yield _role(verb, part, item)
    if part == "patient" or verb in lists.SPEECH or verb in lists.UNDONE:
        return
    objects = [item for item in _things(run, index + 1) if item.kind != "date"]
    if objects and run[_head(run, _past_adverbs(run, index + 1)) + 1].tag in ("be", "aux"):
        return  # "feared Smith would": a clause, no object
    dative = verb in lists.DATIVE and len(objects) == 1 and objects[0].kind == "name" and not objects[0].owns
    then = run[index + 2]
    twice = dative and run[index + 1] is objects[0] and (then.tag == "thing" or then.fold in ("twice", "more"))
    for item in objects:
        yield _role(verb, "to" if twice else "patient", item)


def _passive(run: Sequence[Item], index: int) -> bool:
    """Whether a form of "be" goes before the participle, or "by" and a doer follow it."""
    if run[index].fold.endswith("ing"):
        return False
    before = index - 1
    while index - before < _BACK:
        joined = run[before].tag == "and" and run[before - 1].tag == "verb"
        if not joined and run[before].tag != "adverb":
            break
        before -= 1 + joined
    if run[before].tag == "be" or run[before].fold in ("got", "get", "gets", "getting"):
        return True
    after = _past_adverbs(run, index + 1)
    after = past_aside(run, after)
    return run[after].fold == "by" and run[after + 1].kind in ("name", "noun")


def _grammatical(run: Sequence[Item], index: int, before: list[Item]) -> list[Item]:
    """The grammatical subject of the verb: the things left of its auxiliaries; of a second verb, the first one's."""
    at = index - 1
    controlled = True
    while index - at < _BACK:
        item = run[at]
        if item.tag == "to":
            at -= 2 * (run[at - 1].kind == "date" and run[at - 2].tag == "preposition")  # "agreed on Monday to"
            ahead = run[at - 1]
            if _ordered(run, at - 1):
                return [ahead]
            controlled = ahead.lemma in lists.CONTROL or ahead.tag in ("be", "aux")
            at -= 2 if ahead.tag in ("verb", "thing") else 1
        elif item.tag in ("be", "aux", "adverb") or (item.kind == "date" and run[at - 1].tag == "thing"):
            at -= 1
        else:
            break
    item = run[at]
    if not controlled or (run[index].fold.endswith("ing") and run[index - 1].tag not in ("be", "adverb")):
        return []
    if item.tag == "and":
        return before if run[at - 1].tag in ("thing", "verb", "comma", "adverb") else []
    if item.tag == "clause" and item.fold in ("who", "which", "that"):
        return _leftward(run, _before_age(run, at - 2) if run[at - 1].tag == "comma" else at - 1)
    if item.tag != "comma":
        return _leftward(run, at)
    found = _leftward(run, _before_aside(run, at))
    named = run[at - 1]
    return [*found, named] if found and named.kind == "name" and run[at - 2].tag == "comma" else found


def _ordered(run: Sequence[Item], at: int) -> bool:
    """Whether the name here is who is told to do what follows ("ordered the contractor Steelway to")."""
    before = at - 1 - (run[at - 1].kind == "noun")
    return run[at].kind == "name" and run[before].tag == "verb" and run[before].lemma in lists.ORDERING


def _before_aside(run: Sequence[Item], comma: int) -> int:
    """The place before an aside that this comma ends ("Smith, the mayor of Lyon, beat"); -1 where there is none."""
    told = False
    for at in range(comma - 1, max(0, comma - _BACK), -1):
        if run[at].tag == "stop":
            return -1
        told = told or run[at].tag in ("verb", "be")
        if run[at].tag == "comma" and not (told and run[at + 1].tag != "clause"):
            return _before_age(run, at - 1)
    return -1


def _before_age(run: Sequence[Item], at: int) -> int:
    """Past the age of "Smith, 31,"."""
    return at - 2 if run[at].kind == "number" and run[at - 1].tag == "comma" else at


def _leftward(run: Sequence[Item], at: int) -> list[Item]:
    """The thing that ends here and those listed before it; of "the mayor of Lyon", the mayor."""
    steps = 0
    while run[at].tag == "thing" and run[at - 1].tag == "preposition" and steps < 3:
        if run[at - 1].fold in lists.OPEN_CLAUSES and run[at].kind in ("name", "noun"):
            break  # "hugged the striker before the captain arrived"
        if run[at - 2].tag != "thing":
            return []
        at -= 2
        steps += 1
    found: list[Item] = []
    while run[at].tag == "thing" and len(found) < _LISTED and run[at].kind != "date":
        found.append(run[at])
        joint = run[at - 1].tag
        if joint not in ("and", "comma") or run[at - 2].tag != "thing" or (joint == "comma" and len(found) == 1):
            break
        at -= 2
    return found


def _things(run: Sequence[Item], index: int) -> list[Item]:
    """The thing that begins here, past adverbs, owners and figures, and those listed with it."""
    first = _head(run, _past_adverbs(run, index))
    if run[first].tag != "thing":
        return []
    found, pending = [run[first]], list[Item]()
    at = first + 1
    while len(found) + len(pending) < _LISTED and run[at].tag in ("comma", "and"):
        last = run[at].tag == "and"
        if not last and pending and run[at + 1].tag == "and":
            at, last = at + 1, True
        at = _head(run, at + 1)
        if run[at].kind != found[0].kind or run[at + 1].tag in ("verb", "be", "aux"):
            break
        pending.append(run[at])
        if last:
            found += [] if _gapped(run, index, at) else pending
            break
        at += 1
    if run[first + 1].tag == "comma" and found[0].kind == "noun" and found[0].determined:
        named = run[first + 2]
        found += [named] if named.kind == "name" and run[first + 3].tag in ("comma", "stop") else []
    return found


def _gapped(run: Sequence[Item], index: int, last: int) -> bool:
    """Whether the last of a list opens a clause without a verb: "maize grows on the plain and rice in the hills"."""
    before, after = run[index - 1], run[last + 1]
    if before.tag != "preposition" or after.tag != "preposition" or run[last + 2].kind == "date":
        return False
    return lists.PREPOSITION[before.fold] == lists.PREPOSITION[after.fold] and before.fold != "of"


def _past_adverbs(run: Sequence[Item], index: int) -> int:
    at = index
    while run[at].tag == "adverb":
        at += 1
        if at == index + _BACK:
            return index
    return at


def _head(run: Sequence[Item], index: int) -> int:
    """Where the thing stands that is meant: behind its owner, its figure, and the noun before a name."""
    first = index
    while run[index].owns and run[index + 1].tag == "thing" and index - first < _BACK:
        index += 1
    if run[index].kind == "number" and run[index + 1].kind == "noun" and not run[index + 1].determined:
        index += 1
    if run[index].kind == "noun" and run[index + 1].kind == "name":
        index += 1
    if run[index].lemma in lists.SETTLEMENTS and run[index + 1].fold == "of" and run[index + 2].kind == "name":
        index += 2  # "the city of Dunmore"
    return index


def _bound(run: Sequence[Item], index: int) -> Iterator[Role]:
    """What a preposition ties to the words it belongs to."""
    fold = run[index].fold
    filled = _things(run, index + 1)
    for governor, owner in _governors(run, index) if filled else ():
        word = governor.lemma
        part = lists.PREPOSITION[fold]
        if (fold == "by" and governor.tag == "verb") or (fold == "with" and word in lists.SUBSTITUTING):
            part = "agent"
        elif fold in lists.NO_SLOT and governor.kind != "name":
            continue
        deed, toward = lists.DEEDS.get(word, ("", frozenset[str]()))
        if owner is not None and fold in toward:
            yield _role(deed, "agent", owner)
            yield from (_role(deed, "patient", item) for item in filled)
        if owner is not None and part == "of":
            yield _role(word, "'s", owner)
        yield from (_role(word, part, item) for item in filled)


def _governors(run: Sequence[Item], index: int) -> Iterator[tuple[Item, Item | None]]:
    """The noun before a preposition with its owner, and the verb before both."""
    at = index - 1
    local = run[index].fold == "of"
    if run[at].kind == "name" and not local:
        yield run[at], None
    while index - at < _BACK:
        item = run[at]
        if item.tag == "thing":
            if local:
                if item.kind == "noun":
                    yield item, _owner(run, at)
                return
            if run[at - 1].tag == "preposition":
                beyond = run[at - 2].tag == "preposition"  # "out of the house"
                if run[index].fold == "by" and at == index - 1 and item.kind == "noun":
                    yield item, _owner(run, at)
                if run[index].fold == "by" == run[at - 1].fold:
                    return  # the first "by" tells who did it: "scored by Ruiz from a pass by Vega"
                at -= 2 + beyond
                continue
            if item.kind == "noun":
                yield item, _owner(run, at)
            at -= 1
        elif item.tag == "verb":
            yield item, None
            return
        elif (
            item.tag == "adverb"
            or (item.tag == "preposition" and run[at + 1].fold == "home")
            or (item.tag in ("comma", "and") and _listing(run, at))
        ):
            at -= 1
        else:
            return


def _listing(run: Sequence[Item], at: int) -> bool:
    """Whether a comma or "and" stands in a list: between two prepositions' things, or two things of a kind."""
    left, right = run[at - 1], run[at + 1]
    if right.tag == "preposition":
        return left.tag == "thing"
    return left.tag == right.tag == "thing" and left.kind == right.kind


def _owner(run: Sequence[Item], at: int) -> Item | None:
    return run[at - 1] if run[at - 1].owns else None


def _being(run: Sequence[Item], index: int) -> Iterator[Role]:
    """Of "the director was Smith" and "Smith was the director": who the director is."""
    at = index - 1
    while run[at].tag in ("aux", "adverb") and index - at < _BACK:
        at -= 1
    left = _leftward(run, _before_aside(run, at) if run[at].tag == "comma" else at)
    right = _things(run, index + 1)
    if len(left) != 1 or not right:
        return
    one, other = left[0], right[0]
    if one.kind == "noun" and other.kind == "name":
        yield _role(one.lemma, "is", other)
    elif one.kind == "noun" and other.kind in ("number", "date"):
        yield _role(" ".join(one.words), "is", other)
    elif other.kind == "noun" and one.kind in ("name", "noun"):
        yield _role(other.lemma, "is", one)


def _beside(run: Sequence[Item], index: int) -> Iterator[Role]:
    """What two things side by side say of each other: whose, who, how old, how many."""
    item, after, next_one = run[index], run[index + 1], run[index + 2]
    if item.owns and after.tag == "thing":
        if next_one.fold != "of":
            yield _role(after.lemma, "of", item)
        named = run[index + 3] if next_one.tag == "comma" else next_one
        if after.kind == "noun" and named.kind == "name":
            yield _role(after.lemma, "is", named)
    elif item.kind == "noun" and after.kind == "name":
        yield _role(item.lemma, "is", after)
    elif item.kind == "noun" and item.determined and after.tag == "comma" and next_one.kind == "name":
        yield _role(item.lemma, "is", next_one)
    elif item.kind == "number" and after.kind == "noun" and not after.determined:
        yield _role(" ".join(after.words), "count", item)
    elif item.kind == "name" and not item.owns:
        yield from _apposed(run, index)


def _described(run: Sequence[Item], index: int) -> Iterator[Role]:
    """The words that describe a noun, or the name behind it ("lucrative offices", "western Ukraine")."""
    item, after = run[index], run[index + 1]
    last = len(item.words) - 1
    for at in range(last):
        yield from _such(item.lemma, item, at)
    if after.kind == "name" and not item.owns:
        yield from _such(after.lemma, item, last)


def _such(noun: str, item: Item, at: int) -> Iterator[Role]:
    """One of the words of a thing as what describes the noun."""
    if lemma(item.words[at]) not in lists.VAGUE:
        yield Role(Slot(noun, "such"), item.spans[at], (item.words[at],), "word")


def _apposed(run: Sequence[Item], index: int) -> Iterator[Role]:
    """What follows a name: "Smith, 40", "Smith (40)", "France 3", "Smith, a lawyer", "Smith, Brown's lawyer"."""
    item = run[index]
    mark = run[index + 1].tag
    at = index + 1 + (mark in ("comma", "paren"))
    at += run[at].fold in ("aged", "age")
    told = run[at]
    ends = mark != "comma" or run[at + 1].tag in ("comma", "stop", "and", "paren")
    if told.tag == "thing" and ends and (mark == "paren" or told.kind == "number"):
        yield _role(item.words[-1], "value", told)
    if mark != "comma":
        return
    if told.owns and run[at + 1].tag == "thing":
        at += 1
        told = run[at]
    if told.kind == "noun" and (told.determined or run[at - 1].owns):
        yield _role(told.lemma, "is", item)
