"""What the sentences of a text say of the order of two events: two clauses, and the tie between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from consistency.facts._kept import kept
from consistency.facts._orders.ties import Kind, Tie, dating, denied, linking, opening, other, ties
from consistency.facts.polarity import lemmas
from consistency.records import Span

_MOST: Final = 2000
"""Characters of a text beyond which it is no claim and nothing is said of it."""
_SENTENCES: Final = 8
"""Sentences of a text that tell an order and are held against those of another; a claim has one or two."""
_WORDS: Final = 60
"""Words of weight of a clause that are looked at; no clause of news has as many."""
_SENTENCE: Final = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])")
_GOES_ON: Final = re.compile(r", (?:and|or|but|which|who)\b")
"""A comma that does not end the clause the sentence opened with ("After the storm the ferry sailed, and ...")."""
_FURTHER: Final = re.compile(r", (?:and|but) (?=(?:\w+ ){1,4}(?:is|are|was|were|has|have|had|will|would|can|could)\b)")
"""Where a main clause of its own goes on behind two that are tied."""
_PARTED: Final = re.compile(r";")
_ASIDE: Final = re.compile(r", (?:though|although|whereas)\b")
"""What parts a main clause from all that is tied in another, and where one goes on that is tied to none."""
_WITHIN: Final = re.compile(r"(?:\b(?:but|and|or|that)|[;:]) \Z")
"""Before a tie: a clause of its own opens with it ("and, after the vote, left"; "but before he left, he voted")."""
_COMPARED: Final = re.compile(r"\b(?:against|compared (?:with|to)|(?:up|down) from|versus) [^,;]{1,40}\Z|\bthan \Z")
"""Before a tie: a figure of then, which is held against one of now."""
_THEREUPON: Final = re.compile(r" (?:[^\s,.;]+ ){1,4}(?:said|says|say|reports|reported), (?:who|which|whose)\b")
"""Behind the comma of a clause that opens the sentence: what follows is not what it was tied to."""
_RUN_ON: Final = re.compile(
    r" (?:the|an?|his|her|its|their) [a-z-]+(?: [a-z-]+)? (?:he|she|they|it|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
    r" [a-z]{2,20}(?:ed|ew|old|aid|ent|ote|ook|ave)\b(?! by\b)[^,]"
)
"""Behind a tie that opens a sentence: a noun, and somebody who does something to somebody before any comma: that may
be the main clause already ("After the game Brown complained to the referee, a teacher, that ...").
"""
_ONLY: Final = re.compile(
    r"[\"“]?only (?:[\w-]+ ){0,3}(?:after|when|once) [^,;]{4,120}?(?P<verb> (?:did|does|will|would)) "
    r"(?=(?:the|an?|his|her|its|their|it|he|she|they|[A-Z][\w'’-]*)\b)",
    re.IGNORECASE,
)
"""A sentence that opens with "only" and turns its main clause round, without a comma before it."""
_TELLS: Final = r"(?:said|says|say|told \w+(?: \w+)?|reported|added)"
_TELLER: Final = re.compile(
    r"(?:According to [^,.;]{1,60}, "
    r"|[^,.;“\"]{1,60}? (?:(?:said|says|say|believes?|found|told \w+(?: \w+)?)(?: on \w+(?: \w+)?)? that "
    r"|(?:said|says|say|believes?) (?!after\b|before\b|when\b|once\b|that\b|[,“\"])))"
)
_TOLD_BY: Final = re.compile(
    rf", (?:according to [^,.;]{{1,60}}|(?:[^,.;“”\"]{{1,60}} )?{_TELLS}(?: [^,.;“”\"]{{1,40}})?)"
    r"(?:, (?:who|whose|which|the|an?|adding|noting|saying) [^.;“”\"]{1,160})?[.\"”]*\Z"
)
_LATE: Final = re.compile(
    r" (?:(?:about|some|just|only|a) )?[\w-]+ (?:minute|hour|day|week|month|year|decade)s? later\W*\Z"
)
"""Behind a clause: how much later, which tells nothing of what it was."""
_TIED: Final = 2
_PARTS: Final = 4
"""Clauses of a sentence that are told apart."""
_TOLD: Final = 260
"""Characters of a sentence among which it may end with who said it and who that is."""
_TAIL: Final = 140
"""Who said it, before and behind what was said: part of neither clause."""
_NEGATION: Final = re.compile(r"\b(?:not|never|no|nor|neither|nobody|nothing|none|without|cannot)\b|n['’]t\b", re.I)
_ON_THE_WAY: Final = re.compile(r"\b(?:was|were|had|been|is|are|has|have)\b|['’]d\b|\babout to\b", re.IGNORECASE)
"""In the clause before "when": it may tell what was going on, and so came first ("had slept for an hour when")."""
_BESIDE: Final = re.compile(r"(?:With|Despite|While|Although|Though|Unlike|Besides|Without|As well as)\b")
"""What opens a sentence with a clause beside the main one, which then stands behind a comma."""
_TO_COME: Final = re.compile(
    r"\b(?:will|would|may|might|could|should|expect|expected|due|about|plan(?:s|ned)?|intend(?:s|ed)?|want(?:s|ed)?"
    r"|wish(?:es|ed)?|hope[sd]?|fear(?:s|ed)?|(?:is|are|was|were) to|tomorrow|next|begins?|starts?|opens?"
    r"|comes?|coming)\b"
)
"""In a cause: it may be yet to come ("closed because the race begins on Sunday"), and so come first or later."""


class Told(NamedTuple):
    """Two clauses of a text, without blanks and marks around them, by which event came first."""

    earlier: Span
    later: Span


class Order(NamedTuple):
    """An order that a sentence tells: its clauses by time and what ties them."""

    told: Told
    kind: Kind
    earlier: tuple[str, ...]
    """The words of weight of the clause, as lemmas, each once."""
    later: tuple[str, ...]
    negated: tuple[bool, bool]
    main_first: bool
    """Whether the earlier clause stands first in the sentence."""


@kept
def read(text: str) -> tuple[Order, ...]:
    """What each sentence of a text says of an order, at most one tie a sentence, of the first few that say anything."""
    return tuple(islice(_orders(text), _SENTENCES)) if len(text) <= _MOST else ()


def _orders(text: str) -> Iterator[Order]:
    start = 0
    before: Span | None = None
    for end in [*(match.start() for match in _SENTENCE.finditer(text)), len(text)]:
        sentence = _bare(text, start, end)
        told = _linked(text, before, sentence) or _order(text, sentence)
        if told is not None:
            yield told
        before = sentence
        start = end


def _linked(text: str, before: Span | None, sentence: Span) -> Order | None:
    """The order of two sentences of which the second opens with a tie ("As a result, ...")."""
    link = before and linking(text, sentence.start, sentence.end)
    if not link or before is None:
        return None
    tied = Span(link.span.end, sentence.end)
    if any(other(text, span) or ties(text, span.start, span.end) for span in (before, tied)):
        return None
    return _made(text, link, _trimmed(text, before), _trimmed(text, tied))


def _bare(text: str, start: int, end: int) -> Span:
    """A sentence without who said it."""
    start = end - len(text[start:end].lstrip())
    if (teller := _TELLER.match(text, start, end)) is not None:
        start = teller.end()
    tail = max(start, end - _TOLD)
    if (told_by := _TOLD_BY.search(text, tail, end)) is not None:
        end = told_by.start()
    return Span(start, end)


def _order(text: str, sentence: Span) -> Order | None:
    sentence = _clause(text, sentence)
    tie = opening(text, sentence.start, sentence.end)
    found = _opened(text, sentence, tie) if tie is not None else _between(text, sentence)
    if found is None:
        return None
    tie, main, tied = found
    if any(other(text, span) for span in (main, tied)):
        return None
    if tie.kind == "when" and _ON_THE_WAY.search(text, main.start, main.end):
        return None
    if tie.kind == "cause" and not tie.left_first and _TO_COME.search(text, tied.start, tied.end):
        tie = tie._replace(kind="reason")
    return _made(text, tie, _trimmed(text, main), _trimmed(text, tied))


def _opened(text: str, sentence: Span, tie: Tie) -> tuple[Tie, Span, Span] | None:
    """A tie that opens its sentence, the main clause and the one that is tied to it."""
    if (only := _ONLY.match(text, sentence.start, sentence.end)) is not None:
        return tie, Span(only.end("verb"), sentence.end), Span(tie.span.end, only.start("verb"))
    comma = text.find(",", tie.span.end, sentence.end)
    if comma >= 0 and _RUN_ON.match(text, tie.span.end, comma):
        return None
    if comma < 0 or _GOES_ON.match(text, comma, sentence.end) or _THEREUPON.match(text, comma + 1, sentence.end):
        return None
    return tie, Span(comma + 1, sentence.end), Span(tie.span.end, comma)


def _between(text: str, sentence: Span) -> tuple[Tie, Span, Span] | None:
    """The only tie within a sentence, the main clause and the one that is tied to it."""
    found = ties(text, sentence.start, sentence.end)
    if len(found) == _TIED and found[0].kind in ("cause", "reason") and found[1].kind == "time":
        # What the cause came after belongs to the cause, not to the effect before it.
        sentence, found = Span(sentence.start, found[1].span.start), found[:1]
    tie = denied(text, sentence.start, found[0]) if len(found) == 1 else None
    if tie is None:
        return None
    start = tie.span.start
    if _WITHIN.search(text, max(sentence.start, start - len(" and ")), start) or _compared(text, sentence.start, start):
        return None
    main, tied = Span(sentence.start, start), Span(tie.span.end, sentence.end)
    if dating(text, found[0], tied.end) and "," in text[tied.start : tied.end]:
        return None  # what goes on behind the comma is not what the day or hour is held against
    if (further := _FURTHER.search(text, tied.start, tied.end)) is not None:
        tied = Span(tied.start, further.start())
    if (late := _LATE.search(text, tied.start, tied.end)) is not None:
        tied = Span(tied.start, late.start())
    if _BESIDE.match(text, main.start) and "," in text[tied.start : tied.end]:
        return None
    return tie, main, tied


def _clause(text: str, sentence: Span) -> Span:
    """The part of a sentence that holds all its ties, where another main clause stands beside it."""
    found = sentence
    marks = [match.start() for match in islice(_PARTED.finditer(text, sentence.start, sentence.end), _PARTS)]
    if marks:
        parts = map(Span, [sentence.start, *(mark + 1 for mark in marks)], [*marks, sentence.end])
        tied = [part for part in parts if _ties_something(text, part)]
        if len(tied) == 1:
            found = _bare(text, tied[0].start, tied[0].end)
    aside = _ASIDE.search(text, found.start, found.end)
    if aside is None or _ties_something(text, Span(aside.start(), found.end)):
        return found
    return Span(found.start, aside.start())


def _ties_something(text: str, span: Span) -> bool:
    return other(text, span) or bool(ties(text, span.start, span.end))


def _compared(text: str, start: int, end: int) -> bool:
    return _COMPARED.search(text, max(start, end - _TAIL), end) is not None


def _made(text: str, tie: Tie, main: Span, tied: Span) -> Order:
    denies = _denies(text, main) and not tie.denied, _denies(text, tied)
    words = clause_words(text, main), clause_words(text, tied)
    first_of_text = main.start < tied.start
    if tie.left_first:
        return Order(Told(main, tied), tie.kind, *words, denies, first_of_text)
    return Order(Told(tied, main), tie.kind, *words[::-1], denies[::-1], not first_of_text)


def _denies(text: str, span: Span) -> bool:
    return _NEGATION.search(text, span.start, span.end) is not None


def clause_words(text: str, span: Span) -> tuple[str, ...]:
    """The words of weight of a clause, each once, in order; of a very long one the first."""
    return tuple(islice(dict.fromkeys(word for word, _ in lemmas(text, span)), _WORDS))


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end)
