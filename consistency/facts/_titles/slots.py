"""Where a text puts titles to names: right before one, set off before or behind it, or said of it with a verb."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from consistency.facts._names.words import BODIES
from consistency.facts._places.gazetteer import Word
from consistency.facts._titles.verbal import is_verb
from consistency.facts._titles.words import (
    DETERMINER,
    ELECT,
    PLAIN,
    REACH,
    STOPS,
    Head,
    fields_after,
    head_before,
    head_from,
    joined,
    matter_after,
    phrase_start,
    title_table,
)
from consistency.facts._tokens import words as word_set
from consistency.facts.name import Name, names
from consistency.records import Span

_HONORIFIC = word_set("mr mrs ms miss dr sir lady dame prof")
_AFTER = word_set("of for at in on to and who whose from since until with under between or")
_VERBS = word_set("said says told is was are were has have had will would can could may might added announced")
_BE = word_set("is was became becomes remains")
_AS = word_set("serves served works worked serving")
_MADE = word_set("elected appointed named")
_NEGATION = word_set("not never")
_LEADS = word_set("heads leads runs chairs headed led ran chaired")
_OF = ("of", "for")
_TO_FIELD = (*_OF, "in", "responsible")
"""First words of what leads from a head to its portfolio."""
_DASHES = (" - ", " – ", " — ", "—", " (")


class Person(NamedTuple):
    """A name that may be a person's: its words are `first` up to `after`."""

    name: Name
    first: int
    after: int


def people(text: str, run: tuple[Word, ...]) -> list[Person]:
    """Names that may be a person's, with the words they begin and end before; titles inside one cut off."""
    named = names(text)
    if not named:
        return []
    index = {word.start: at for at, word in enumerate(run)}
    found = []
    for name in named:
        first = index.get(name.span.start)
        if first is None:
            continue
        after = first
        while after < len(run) and run[after].start < name.span.end:
            after += 1
        kept = first
        while kept < after - 1 and (head := head_from(run, kept)) and head.stop < after:
            kept = head.stop
        kept = _past_title(run, kept, after)
        if any(word.fold in BODIES for word in run[kept:after]) or (name.kind == "organisation" and kept == first):
            continue
        if kept == after - 1 and head_from(run, kept):
            continue
        found.append(Person(_cut(text, run, name, kept, after) if kept > first else name, kept, after))
    return found


def _past_title(run: tuple[Word, ...], first: int, after: int) -> int:
    """Past a title that runs into a name: Secretary of State Mike Pompeo, Chief of Staff Ron Klain."""
    for at in range(max(0, first - 5), first):
        head = head_from(run, at)
        if head and first < head.stop < after:
            return head.stop
        if at and run[at].fold in _OF and head_before(run, at):
            stop, found = fields_after(run, at, secretary=True)
            if found and first < stop < after:
                return stop
    return first


def _cut(text: str, run: tuple[Word, ...], name: Name, first: int, after: int) -> Name:
    """The name without the words before `first`."""
    span = Span(run[first].start, name.span.end)
    parts = tuple(word.fold for word in run[first:after])
    return msgspec.structs.replace(name, span=span, text=text[span.start : span.end], parts=parts, kind="person")


def in_front(run: tuple[Word, ...], first: int, after: int) -> list[Head]:
    """Heads of titles before the name that starts at word `first`: right before it, or set off by a comma."""
    at = first
    while at and run[at - 1].fold in _HONORIFIC and not run[at - 1].owns:
        at -= 1
    if not at or run[at - 1].owns:
        return []
    gap = run[at].gap
    if gap == ", ":
        return _set_off_before(run, at, after)
    if not joined(run[at - 1], run[at]):
        return []
    if run[at - 1].fold in ELECT:
        at -= 1
    head = head_before(run, at) or _head_of_field(run, at)
    if head is None or ("capital" in title_table().concepts[head.concept].flags and not run[head.start].capital):
        return []
    if is_verb(run, head):
        return []
    heads = [head]
    start = head.start
    while start > 1 and run[start - 1].fold == "and" and (other := head_before(run, start - 1)):
        heads.append(other)
        start = other.start
    return heads


def _head_of_field(run: tuple[Word, ...], stop: int) -> Head | None:
    """The head whose portfolio ends at word `stop`: Minister of Finance NAME, minister for rural matters NAME."""
    for at in range(stop - 2, max(0, stop - REACH), -1):
        if run[at].fold in _TO_FIELD and (head := head_before(run, at)):
            end, found = fields_after(run, at, secretary=True)
            if not found and "portfolio" in title_table().concepts[head.concept].flags:
                end, _ = matter_after(run[:stop], at)
            return head if end == stop else None
    return None


def _set_off_before(run: tuple[Word, ...], at: int, after: int) -> list[Head]:
    """The Russian foreign minister, NAME, - or the mayor of London, NAME, - with a mark after the name too."""
    if after < len(run) and run[after].gap[:1] not in (",", ".", ";", ")", "!", "?"):
        return []
    head = head_before(run, at) or _head_of_field(run, at)
    if head is None:
        of = next(
            (k for k in range(at - 2, max(0, at - REACH), -1) if run[k].fold in _OF and head_before(run, k)), None
        )
        if of is None or not all(word.capital or word.fold in (*_OF, "the", "and") for word in run[of:at]):
            return []
        head = head_before(run, of)
        if head is None or "office" not in title_table().concepts[head.concept].flags:
            return []
    first = phrase_start(run, head.start)
    told = run[first].opens or run[first - 1].fold in DETERMINER or run[first - 1].owns
    return [head] if told else []


def behind(run: tuple[Word, ...], at: int, starts: set[int]) -> list[tuple[Head, bool]]:
    """Heads behind a name, each with whether it is told of the past: set off, or said with a verb."""
    if at >= len(run) or run[at - 1].owns:
        return []
    gap, past = run[at].gap, False
    if gap == ", " and run[at].text.isdigit() and at + 1 < len(run) and run[at + 1].gap == ", ":
        at += 1
        gap = run[at].gap
    said = gap == " "
    if gap == ", " and run[at].fold == "who":
        at, said = at + 1, True
        if at < len(run) and run[at].fold in _LEADS:
            return [(Head(at, at + 1, "head"), not run[at].fold.endswith("s"))]
    elif gap != ", " and gap not in _DASHES and not said:
        return []
    if said:
        verb = _past_verb(run, at)
        if verb is None:
            return []
        at, past = verb
    heads: list[tuple[Head, bool]] = []
    for _ in range(3):
        head = _noun_head(run, at, starts)
        if head is None or (not said and not _closed(run, head.stop)):
            break
        heads.append((head, past))
        stop, _ = fields_after(run, head.stop, secretary=True)
        if stop + 1 >= len(run) or run[stop].fold != "and" or run[stop].gap not in (" ", ", "):
            break
        at = stop + 1
    return heads


def _past_verb(run: tuple[Word, ...], at: int) -> tuple[int, bool] | None:
    """Past `is`, `was appointed`, `has been`, `serves as`: the next word, and whether that tells of the past."""
    if at >= len(run):
        return None
    verb = run[at].fold
    if verb in _BE or (verb == "has" and at + 1 < len(run) and run[at + 1].fold == "been"):
        at += 1 if verb in _BE else 2
        past = verb in ("was", "became", "becomes")
        if at < len(run) and run[at].fold in _MADE:
            return at + 1, True
        return at, past
    if verb in _AS and at + 1 < len(run) and run[at + 1].fold == "as":
        return at + 2, verb.endswith("ed")
    return None


def _noun_head(run: tuple[Word, ...], at: int, starts: set[int]) -> Head | None:
    """The head of the noun phrase that begins at word `at`, when it is a title and no name follows it."""
    begin = at
    while at < min(begin + REACH, len(run)):
        if at > begin and run[at].gap not in PLAIN and run[at].gap != ". ":
            return None
        if run[at].fold in _NEGATION or (run[at].fold in STOPS and run[at].fold not in DETERMINER):
            return None
        head = head_from(run, at)
        if head is None:
            at += 1
            continue
        if head.stop in starts:
            return None
        if run[head.stop - 1].owns:
            at = head.stop
            continue
        end = head.stop
        while end < len(run) and run[end].fold in ELECT and run[end].gap in PLAIN:
            end += 1
        if end == len(run) or run[end].gap not in PLAIN or run[end].fold in _AFTER:
            return head
        return None
    return None


def _closed(run: tuple[Word, ...], at: int) -> bool:
    """Whether a phrase set off behind a name ends in a mark before any verb."""
    for word in run[at : at + 16]:
        if any(mark in word.gap for mark in ",.;)—–:!?\n"):
            return True
        if word.fold in _VERBS:
            return False
    return at + 16 >= len(run)
