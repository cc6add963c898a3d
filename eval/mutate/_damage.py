"""Corruptions that no author writes: a text cut short, two sentences run into one, a machine's synonyms."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from consistency.records import Span
from eval.mutate._text import Change, Edit, Sentence, Source, cased, replacements

_OPEN = re.compile(r"\b(?:the|a|an|of|to|in|at|with|from|by|for|was|were|had|its|their|his|her|more|and|which|who) ")
_ENTRY = re.compile(
    r"(?<= )(?:said|was|were|had|has|have|will|would|and|but|of|to|in|on|at|by|which|who|that|when|because)(?= )"
)
_LEAST = 45


def truncation(source: Source, _rng: random.Random) -> Iterator[Change]:
    """The article ends in the middle of a sentence of its later two thirds."""
    for sentence in source.sentences[len(source.sentences) // 3 :]:
        for found in _OPEN.finditer(sentence.text):
            if found.start() >= 20 and found.end() < len(sentence.text) - 10:
                yield (Edit(Span(sentence.start + found.end() - 1, len(source.text)), ""),)


def splice(source: Source, rng: random.Random) -> Iterator[Change]:
    """The head of one sentence on the tail of another, joined where no grammar joins them."""
    able = [one for one in source.sentences if one.plain and len(one.text) >= _LEAST]
    if len(able) < 2:
        return
    for sentence in able:
        other = rng.choice(able)
        heads = [
            one
            for one in _OPEN.finditer(sentence.text)
            if len(sentence.text) // 4 <= one.start() <= 3 * len(sentence.text) // 4
        ]
        tails = [
            one
            for one in _ENTRY.finditer(other.text)
            if len(other.text) // 4 <= one.start() <= 3 * len(other.text) // 4
        ]
        if other is sentence or not heads or not tails:
            continue
        head, tail = rng.choice(heads), rng.choice(tails)
        if _clashes(head[0].strip(), tail[0]):
            yield (_rest(sentence, head.end(), other.text[tail.start() :]),)


def _clashes(head: str, tail: str) -> bool:
    """Whether the two words at the seam cannot stand side by side."""
    if head in _DETERMINERS:
        return True
    if head in _PREPOSITIONS:
        return tail in {"said", "was", "were", "has", "had", "will", "would", "and", "but", "of", "because"}
    return head in {"was", "were"} and tail in {
        "said",
        "was",
        "were",
        "has",
        "had",
        "will",
        "would",
        "and",
        "who",
        "which",
    }


_DETERMINERS = frozenset("the a an its their his her".split())
_PREPOSITIONS = frozenset("of to in at with from by for".split())


def _rest(sentence: Sentence, start: int, new: str) -> Edit:
    return Edit(Span(sentence.start + start, sentence.start + len(sentence.text)), new)


def tortured(source: Source, _rng: random.Random) -> Iterator[Change]:
    """A set phrase translated word by word through a thesaurus."""
    for sentence in source.sentences:
        for span, new in replacements("tortured", sentence, folded=True):
            if not sentence.quoted(span.start, span.end):
                old = sentence.text[span.start : span.end]
                yield (sentence.edit(span.start, span.end, cased(old, new)),)
