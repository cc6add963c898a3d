"""Which mutations an article gets: the seed, the text and the kind decide, and nothing else."""

from __future__ import annotations

import hashlib
import random
from bisect import bisect_right
from collections.abc import Mapping, Sequence

import msgspec

from consistency.records import Article, Span
from eval.mutate._kinds import KINDS
from eval.mutate._text import Change, Family, Source, apply, source

TOGETHER = "all_together"
"""Every benign rewrite that finds room, in one copy."""


class Mutation(msgspec.Struct, frozen=True):
    """One change of one article. `reference` and `version`: the places, in either text; never empty."""

    kind: str
    family: Family
    change: Change
    reference: tuple[Span, ...]
    version: tuple[Span, ...]


class Drawn(msgspec.Struct, frozen=True):
    """The mutations of an article; `nowhere` = kinds that found no place in it; `together` = see `TOGETHER`."""

    mutations: tuple[Mutation, ...]
    nowhere: tuple[tuple[Family, str], ...]
    together: Change


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def draw(article: Article, seed: int, per_kind: int) -> Drawn:
    """At most `per_kind` mutations of each kind, in different sentences where there are enough."""
    given = source(article)
    key = digest(article.text)
    made: list[Mutation] = []
    nowhere: list[tuple[Family, str]] = []
    benign: dict[str, list[Change]] = {}
    for family, kinds in KINDS.items():
        for kind, places in kinds.items():
            rng = random.Random(f"{seed}/{key}/{kind}")
            changes = [change for change in places(given, rng) if _differs(given.text, change)]
            rng.shuffle(changes)
            chosen = _apart(given, changes, per_kind)
            made += [_mutation(given.text, kind, family, change) for change in chosen]
            if not chosen:
                nowhere.append((family, kind))
            if family == "benign":
                benign[kind] = changes
    return Drawn(tuple(made), tuple(nowhere), _together(given, benign))


def _differs(text: str, change: Change) -> bool:
    return any(text[edit.span.start : edit.span.end] != edit.new for edit in change)


def _apart(given: Source, changes: Sequence[Change], count: int) -> list[Change]:
    """The first changes that share no sentence; then, if they are too few, the first that share no place."""
    starts = [sentence.start for sentence in given.sentences]
    chosen: list[Change] = []
    seen: set[int] = set()
    for change in changes:
        at = bisect_right(starts, change[0].span.start)
        if len(chosen) < count and at not in seen:
            seen.add(at)
            chosen.append(change)
    for change in changes:
        if len(chosen) < count and not any(_touch(change, other) for other in chosen):
            chosen.append(change)
    return chosen


def _touch(one: Change, other: Change) -> bool:
    return any(a.span.start <= b.span.end and b.span.start <= a.span.end for a in one for b in other)


def _mutation(text: str, kind: str, family: Family, change: Change) -> Mutation:
    mutated, spans = apply(text, change)
    return Mutation(
        kind=kind,
        family=family,
        change=change,
        reference=tuple(_wide(edit.span, len(text)) for edit in change),
        version=tuple(_wide(span, len(mutated)) for span in spans),
    )


def _wide(span: Span, size: int) -> Span:
    """An empty place takes in the characters at either side, so that a sentence can touch it."""
    return span if len(span) else Span(max(0, span.start - 2), min(size, span.end + 2))


def _together(given: Source, benign: Mapping[str, Sequence[Change]]) -> Change:
    """One rewrite a sentence, the kinds taking turns; typography wherever nothing else changed."""
    starts = [sentence.start for sentence in given.sentences]
    seen: set[int] = set()
    taken: list[Change] = []
    turns = max((len(changes) for changes in benign.values()), default=0)
    for turn in range(turns):
        for kind, changes in benign.items():
            if kind == "typography" or turn >= len(changes):
                continue
            change = changes[turn]
            first, last = (bisect_right(starts, change[at].span.start) for at in (0, -1))
            end = bisect_right(starts, change[-1].span.end - 1)
            reach = set(range(first, max(last, end) + 1))
            if not reach & seen:
                seen |= reach
                taken.append(change)
    edits = sorted((edit for change in taken for edit in change), key=lambda edit: edit.span)
    begins = [edit.span.start for edit in edits]
    free = []
    for mark in (edit for change in benign.get("typography", ()) for edit in change):
        at = bisect_right(begins, mark.span.start)
        clear_before = at == 0 or edits[at - 1].span.end < mark.span.start
        if clear_before and (at == len(edits) or mark.span.end < begins[at]):
            free.append(mark)
    return tuple(sorted(edits + free, key=lambda edit: edit.span))
