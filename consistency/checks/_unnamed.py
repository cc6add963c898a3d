"""Offices, relations and ministries of people whom nobody names, in sentences that say the same of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from consistency.facts._kept import kept
from consistency.facts._places.gazetteer import words
from consistency.facts._pronouns import words as lists
from consistency.facts._titles.converse import conversely
from consistency.facts._titles.words import fields_after, fields_before, title_table
from consistency.facts.title import Title, compare, hardly_both, loose, titled
from consistency.records import Span

_LONGEST: Final = 1500
"""Characters of a text beyond which it is no claim and nothing is said of it."""
_FAR, _SHARED, _COPIED = 0.15, 0.5, 0.75
"""What part of all words of two sentences both must have: told anew, in most of the words, all but copied."""
_MOST: Final = 12
"""Titles of a text beyond which nothing is said of them."""
_MINISTRY: Final = frozenset(["ministry", "department"])
_KIN_BEFORE: Final = re.compile(r"\b(?:grand|great|step|half|foster|god)[\s-]+[\w-]*$", re.IGNORECASE)
_KIN_BEHIND: Final = re.compile(r"[\s-]+in[\s-]+law\b", re.IGNORECASE)


class Exchange(NamedTuple):
    """The words for an office or relation in the premise, and those for another in the hypothesis; `plainly` where they
    exclude each other and are not merely seldom one person's, `anew` where the two texts share few of their words,
    `copied` where nearly all."""

    premise: Span
    hypothesis: Span
    plainly: bool
    anew: bool
    copied: bool


@kept
def exchanged(premise: str, hypothesis: str) -> Exchange | None:
    """The one title of each text that the other has nothing for, where they exclude each other and some else agrees."""
    if premise == hypothesis or max(len(premise), len(hypothesis)) > _LONGEST:
        return None
    first, second = ({word.fold for word in words(text)} for text in (premise, hypothesis))
    shared = len(first & second) / max(1, len(first | second))
    if shared < _FAR:
        return None
    if found := _titles(premise, hypothesis):
        one, other = found
        plainly = compare(one, other) == "conflict"
        return Exchange(one.span, other.span, plainly, shared < _SHARED or not plainly, plainly and shared >= _COPIED)
    ministries = _ministries(premise, hypothesis)
    return ministries and Exchange(*ministries, plainly=True, anew=shared < _SHARED, copied=shared >= _COPIED)


def _titles(premise: str, hypothesis: str) -> tuple[Title, Title] | None:
    several = [list(_several(text)) for text in (premise, hypothesis)]
    first, second = [*_told(premise), *several[0]], [*_told(hypothesis), *several[1]]
    if not first or not second or max(len(first), len(second)) > _MOST:
        return None
    left = [title for title in first if all(_apart(title, other) for other in second)]
    right = [title for title in second if all(_apart(title, other) for other in first)]
    if len(left) != 1 or len(right) != 1:
        return None
    one, other = left[0], right[0]
    named = [{given.title.span for given in titled(text)} for text in (premise, hypothesis)]
    if (one in several[0]) != (other in several[1]):
        return None
    at_odds = compare(one, other) == "conflict" or hardly_both(one, other)
    if not at_odds or (one.span in named[0] and other.span in named[1]):
        return None
    only_when = (one.concept, one.rank, one.fields) == (other.concept, other.rank, other.fields)
    if only_when or _sexes(one, other) or _longer(premise, one) or _longer(hypothesis, other):
        return None
    spans, concepts = (one.span, other.span), (one.concept, other.concept)
    return None if conversely((premise, hypothesis), spans, concepts) else (one, other)


def _told(text: str) -> list[Title]:
    """Every title of a text once, whoever it is given to."""
    found = {title.span: title for title in loose(text)}
    found |= {given.title.span: given.title for given in titled(text)}
    return list(found.values())


def _several(text: str) -> Iterator[Title]:
    """Titles of more people than one: nurses, her sons."""
    table = title_table()
    for word in words(text):
        singular = word.fold.removesuffix("s")
        forms = table.forms.get((singular,), ()) if singular != word.fold and not word.owns else ()
        for _, concept in forms[:1]:
            known = table.concepts[concept]
            if "capital" not in known.flags:
                yield Title(Span(word.start, word.end), word.text, concept, known.families)


def _apart(one: Title, other: Title) -> bool:
    return compare(one, other) in ("conflict", "unrelated")


def _sexes(one: Title, other: Title) -> bool:
    """Whether the two differ in sex alone, of which the check `pronoun` tells: father, mother."""
    first, second = (title.text.casefold().split()[-1] for title in (one, other))
    return not {(first, second), (second, first)}.isdisjoint(lists.PAIRS)


def _longer(text: str, title: Title) -> bool:
    """Whether a relation is written in several words: grand mother, brother in law."""
    start, end = title.span.start, title.span.end
    return bool(_KIN_BEFORE.search(text[max(0, start - 8) : end]) or _KIN_BEHIND.match(text, end))


def _ministries(premise: str, hypothesis: str) -> tuple[Span, Span] | None:
    first, second = _departments(premise), _departments(hypothesis)
    if len(first) != 1 or len(second) != 1:
        return None
    (one, mine), (other, theirs) = first[0], second[0]
    fields = title_table().fields
    groups = [{group for field in some for group in fields[field]} for some in (mine, theirs)]
    return None if groups[0] & groups[1] else (one, other)


def _departments(text: str) -> list[tuple[Span, list[str]]]:
    """The ministries of a text, with their portfolios."""
    run = words(text)
    found: list[tuple[Span, list[str]]] = []
    for at, word in enumerate(run):
        if word.fold in _MINISTRY:
            start, fields = fields_before(run, max(0, at - 3), at)
            stop = at + 1
            if not fields:
                stop, fields = fields_after(run, at + 1, secretary=False)
            found.append((Span(run[start].start, run[stop - 1].end), fields))
    return found if all(fields for _, fields in found) else []
