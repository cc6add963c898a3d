"""Main clauses simple enough to be turned round: doer, verb in the past tense, target, rest."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import cache

import msgspec

from consistency.records import Span
from eval.mutate._text import CAPITAL, DETERMINERS, Sentence, tables

_TOKEN = re.compile(r"\S+")
_NO_NOUN_PHRASE = frozenset(
    "he she it they we i you him them us who which that what when where while after before as if because although and "
    "or but to of in on at by with from for over under about than not also later then had has have was were is are be "
    "been being will would could can may might said says told there here himself herself themselves itself each "
    "another one so more most how why off up down out back".split()
)
_BOUNDARY = re.compile(
    r"(?:$|\.(?:$| )|, (?:but|and|according|after|before|when|on)\b| (?:on|in|at|after|before|during|when|while|last"
    r"|early|late|with|for|over|by|near|outside|as|yesterday|from|this)\b)"
)


_START = re.compile(r"^|(?<=[—–-] )(?=[A-Z])|(?:\bsaid|\bsaid that|, but|, and|, while) (?=[\w])")


class Clause(msgspec.Struct, frozen=True):
    """Spans in the sentence's offsets; `verb` takes in what stands in front of it ("has accused").

    `plural` = of the target; `leads` = the clause begins the sentence.
    """

    doer: Span
    verb: Span
    target: Span
    plural: bool
    leads: bool


def clauses(sentence: Sentence, verbs: Collection[str]) -> Iterator[Clause]:
    """Clauses whose doer and target are plain noun phrases, at the start of a sentence or behind "said" or "but"."""
    text = sentence.text[:600]
    words = [(found.start(), found.end()) for found in _TOKEN.finditer(text)]
    for start in sorted({found.end() for found in _START.finditer(text)}):
        first = bisect_left(words, (start, 0))
        if (found := _clause(sentence, words, first, verbs)) is not None:
            yield found


def _clause(sentence: Sentence, words: Sequence[tuple[int, int]], first: int, verbs: Collection[str]) -> Clause | None:
    text = sentence.text
    for at in range(first + 1, min(first + 11, len(words))):
        if text[slice(*words[at])] in verbs:
            break
    else:
        return None
    start, end = words[at]
    before = at - 1 if at - 1 > first and text[slice(*words[at - 1])] in _IN_FRONT else at
    doer = Span(words[first][0], words[before - 1][1])
    if not _doer(text[doer.start : doer.end], first=doer.start == 0) or sentence.quoted(doer.start, end):
        return None
    for last in range(min(at + 6, len(words) - 1), at, -1):
        begin, stop = words[at + 1][0], words[last][1]
        while stop > begin and text[stop - 1] in ".,":
            stop -= 1
        target, rest = text[begin:stop], text[stop:]
        asks = _ASKS.match(rest) if text[start:end] in _ASKED else None
        fits = asks and noun_phrase(target, first=False) if asks else _BOUNDARY.match(rest) and _phrases(target)
        if fits and not sentence.quoted(begin, stop):
            leads = doer.start == 0 or text[doer.start - 2] in "—–-"
            return Clause(doer, Span(words[before][0], end), Span(begin, stop), plural(target), leads)
    return None


_IN_FRONT = frozenset("first has have had also later once repeatedly publicly narrowly recently".split())
_ASKED = frozenset(
    "accused urged warned told asked advised forced ordered persuaded convinced reminded invited".split()
)
_ASKS = re.compile(r" (?:to|that|about|of)\b")


def _doer(text: str, *, first: bool) -> bool:
    """A noun phrase, or one with another between commas behind it ("The opposition leader, Anders Holm,")."""
    head, comma, name = text.partition(", ")
    if not comma:
        return noun_phrase(head, first=first) or _phrases(head)
    return name.endswith(",") and noun_phrase(head, first=first) and noun_phrase(name[:-1], first=False)


def _phrases(text: str) -> bool:
    """A noun phrase, or two with "of" between them."""
    head, of, tail = text.partition(" of ")
    return noun_phrase(head, first=False) and (not of or noun_phrase(tail, first=False))


def noun_phrase(text: str, *, first: bool) -> bool:
    """A name, or a determiner with up to four words behind it; never a pronoun, never a clause."""
    words = text.split()
    if not words or len(words) > 6 or not all(_nominal(word) for word in words) or _NO_HEAD.search(words[-1]):
        return False
    if words[0].lower() in DETERMINERS or _POSSESSIVE.search(words[0]):
        return 2 <= len(words) <= 5
    if all(CAPITAL.match(word) or word in {"van", "de"} for word in words):
        return True
    titled = len(words) in {3, 4, 5} and all(CAPITAL.match(word) for word in words[-2:])
    bare = len(words) <= 2 and words[-1].endswith("s") and words[-1].islower()
    return titled or bare or (first and len(words) == 1)


OWN = re.compile(r"\b(?:himself|herself|itself|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\b")
_POSSESSIVE = re.compile(r"[’']s$")
_NO_HEAD = re.compile(r"[’']s$|^[a-z]+ed$")
_PLAIN_WORD = re.compile(r"[^\W\d]+(?:[’'-][^\W\d]+)*|[A-Z]\w{0,4}\.")


def _nominal(word: str) -> bool:
    """Whether a noun phrase may hold it: no pronoun, preposition, adverb, verb or number."""
    if word.lower() in _NO_NOUN_PHRASE or not _PLAIN_WORD.fullmatch(word):
        return False
    return not (word.islower() and word.endswith(("ly", "ing", "n’t", "n't"))) and word not in _verb_forms()


@cache
def _verb_forms() -> frozenset[str]:
    return frozenset([*tables()["verbs"]["passive"], *tables()["past"].values()])


_SINGULAR_S = re.compile(r"(?:ss|us|is|ews|tics)$")


def plural(target: str) -> bool:
    """By the last word of the phrase: a name is one, "both" and "two" are not."""
    words = target.split()
    if words[0].lower() in {"a", "an", "this", "that"}:
        return False
    if words[0].lower() in {
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "both",
        "several",
        "many",
        "some",
        "these",
        "those",
        "all",
        "most",
    }:
        return True
    last = target.partition(" of ")[0].split()[-1]
    if last in {"people", "men", "women", "children", "police", "troops"}:
        return True
    return last.islower() and last.endswith("s") and not _SINGULAR_S.search(last)
