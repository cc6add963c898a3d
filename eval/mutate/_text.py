"""What every mutation is made of: an article in sentences, and the edits that change it."""

from __future__ import annotations

import random
import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from consistency.records import Article, Span
from consistency.segment import segment

Family = Literal["corruption", "benign"]
WORD = re.compile(r"[^\W\d_](?:[\w’'.-]*\w)?")
CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞĀČĎŁŃŚŠŹŻŽ]")
DETERMINERS = frozenset(
    "the a an this that these those his her its their our my some many several most all both two three four five six "
    "seven eight nine ten dozens hundreds thousands local more".split()
)
_NO_NAMES = frozenset("Police Staff Government Management Nobody Everyone Former Then Even".split())
_MOST_SENTENCES = 600
_MOST_PEOPLE = 200
_QUOTE = re.compile(r"“[^”\n]{1,2000}”|\"[^\"\n]{1,2000}\"|[“\"][^\n]*")


class Edit(msgspec.Struct, frozen=True):
    """Replaces `span` of the article's text by `new`."""

    span: Span
    new: str


Change = tuple[Edit, ...]
"""Edits in order of the text that do not overlap: one mutation."""


class Sentence(msgspec.Struct, frozen=True):
    """A claim of the article; `start` = where it begins in the article, `quotes` in its own offsets."""

    text: str
    start: int
    quotes: tuple[Span, ...]

    def edit(self, start: int, end: int, new: str) -> Edit:
        """An edit in the sentence's offsets, without the letters that stay the same at either side."""
        old = self.text[start:end]
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        return Edit(Span(self.start + start + head, self.start + end - tail), new[head : len(new) - tail])

    def quoted(self, start: int, end: int) -> bool:
        """Whether any of it stands between quotation marks, or on one."""
        return any(span.start < end and start < span.end for span in self.quotes)

    @property
    def plain(self) -> bool:
        """Without any quotation."""
        return not self.quotes


class Person(msgspec.Struct, frozen=True):
    """Somebody named in full: `given` "" where only a title told that it is a person."""

    full: str
    given: str
    surname: str
    gender: Literal["male", "female", ""]


class Source(msgspec.Struct, frozen=True):
    """An article as the mutations read it.

    `sentences`: all, or of a very long article as many as are looked at, evenly spread. `words` = every
    word, `small` = those seen in lower case, `capital` = those seen capitalised mid-sentence only.
    """

    text: str
    sentences: tuple[Sentence, ...]
    people: tuple[Person, ...]
    words: frozenset[str]
    small: frozenset[str]
    capital: frozenset[str]

    def lacks(self, name: str) -> bool:
        """Whether no word of `name` stands in the sentences."""
        return not any(word in self.words for word in name.split())

    def lowered(self, text: str) -> str | None:
        """`text`, which began a sentence, as it stands inside one; None where that is not certain."""
        first = text.split(" ", 1)[0].strip(",")
        if first.lower() in DETERMINERS:
            return text[:1].lower() + text[1:]
        if first in self.capital or first in _given_names() or (first.isupper() and len(first) > 1):
            return text
        if first.lower() in self.small:
            return text[:1].lower() + text[1:]
        words = text.split()
        named = len(words) == 1 or CAPITAL.match(words[1]) is not None
        return text if named and not first.endswith("s") and first not in _NO_NAMES else None


Places = Callable[[Source, random.Random], Iterator[Change]]
"""Every place where a kind of mutation can take hold, with what it would put there."""


def apply(text: str, change: Change) -> tuple[str, tuple[Span, ...]]:
    """The changed text, and where in it the edits stand (an edit that only removes has an empty span)."""
    parts: list[str] = []
    spans: list[Span] = []
    at, shift = 0, 0
    for edit in change:
        parts += [text[at : edit.span.start], edit.new]
        start = edit.span.start + shift
        spans.append(Span(start, start + len(edit.new)))
        shift += len(edit.new) - len(edit.span)
        at = edit.span.end
    parts.append(text[at:])
    return "".join(parts), tuple(spans)


def source(article: Article) -> Source:
    """The article in sentences, with its quotations, its people and its vocabulary."""
    quotes = [Span(found.start(), found.end()) for found in _QUOTE.finditer(article.text)]
    starts = [quote.start for quote in quotes]
    sentences = []
    claims = segment(article)
    for claim in claims[:: 1 + len(claims) // _MOST_SENTENCES]:
        near = []
        for at in range(max(0, bisect_right(starts, claim.span.start) - 1), bisect_left(starts, claim.span.end)):
            quote = quotes[at]
            if quote.overlaps(claim.span):
                start = max(quote.start, claim.span.start) - claim.span.start
                near.append(Span(start, min(quote.end, claim.span.end) - claim.span.start))
        sentences.append(Sentence(claim.text, claim.span.start, tuple(near)))
    words: set[str] = set()
    small: set[str] = set()
    capital: set[str] = set()
    for sentence in sentences:
        for found in WORD.finditer(sentence.text):
            words.add(found[0].removesuffix("’s").removesuffix("'s"))
            before = sentence.text[: found.start()].rstrip()[-1:]
            if found[0].islower():
                small.add(found[0])
            elif before.isalnum() or before == ",":
                capital.add(found[0])
    return Source(
        text=article.text,
        sentences=tuple(sentences),
        people=_people(sentences)[:_MOST_PEOPLE],
        words=frozenset(words),
        small=frozenset(small),
        capital=frozenset(capital - small),
    )


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words and what takes their place, with the context they ask for (see the head of the tables)."""

    old: str
    new: str
    after: str = ""
    before: str = ""
    unless: str = ""

    def holds(self, text: str, start: int, end: int) -> bool:
        """Whether the words at `start` to `end` stand in the right company."""
        if self.before and not re.search(self.before, text[max(0, start - 40) : start]):
            return False
        if self.after and not re.compile(self.after).match(text, end):
            return False
        return not (self.unless and re.compile(self.unless).match(text, end))


@cache
def tables() -> Mapping[str, Any]:
    """The word tables, as TOML has them."""
    return tomllib.loads((Path(__file__).parent / "tables.toml").read_text("utf-8"))


@cache
def rules(table: str) -> tuple[Rule, ...]:
    return tuple(msgspec.convert(tables()[table], list[Rule]))


@cache
def _pattern(table: str) -> re.Pattern[str]:
    """Any old words of a table, longest first, so that "may have" comes before "may"."""
    words = sorted({rule.old for rule in rules(table)}, key=lambda old: (-len(old), old))
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(word) for word in words) + r")(?!\w|-\w)")


@cache
def _by_old(table: str) -> Mapping[str, tuple[Rule, ...]]:
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in rules(table):
        found[rule.old] = (*found.get(rule.old, ()), rule)
    return found


def replacements(table: str, sentence: Sentence, *, folded: bool = False) -> Iterator[tuple[Span, str]]:
    """Where a rule of the table holds in the sentence; `folded` = capital letters do not matter.

    The tables write apostrophes round; an article that writes them straight gets them back straight.
    """
    pattern, by_old = _pattern(table), _by_old(table)
    plain = sentence.text.replace("'", "’")
    text = plain.lower() if folded else plain
    if len(text) != len(plain):
        return
    at = 0
    while found := pattern.search(text, at):
        at = found.end()
        for rule in by_old[found[0]]:
            if rule.holds(plain, found.start(), found.end()):
                new = rule.new if "’" in sentence.text or "'" not in sentence.text else rule.new.replace("’", "'")
                yield Span(found.start(), found.end()), new
                break
        else:
            at = found.start() + 1


def either(words: str) -> str:
    """A pattern for any of the words; "_" stands for a blank in one."""
    return "(?:" + "|".join(word.replace("_", " ") for word in words.split()) + ")"


def cased(old: str, new: str) -> str:
    """`new` with the capital that `old` begins with."""
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def _common(one: str, other: str) -> int:
    """Length of the common head, cut back to the last whole word."""
    size = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        size += 1
    if size == len(one) == len(other):
        return size
    while size and (one[size - 1].isalnum() or one[size - 1] in ".,"):
        size -= 1
    return size


@cache
def _given_names() -> Mapping[str, Literal["male", "female"]]:
    names: dict[str, Literal["male", "female"]] = dict.fromkeys(tables()["person"]["male"], "male")
    names.update(dict.fromkeys(tables()["person"]["female"], "female"))
    return names


_NAME = r"[A-ZÀ-ÖØ-ÞČŁŚŠŽ][a-zà-öø-ÿčćłńśšžğışż]+(?:[-’'][A-Z][a-z]+)?"
_FULL = re.compile(
    rf"\b(?P<given>{_NAME})(?: [A-Z]\.)? (?P<surname>(?:(?:van|de|von|bin|al|der|del) )*(?:Mc|Mac|O[’'])?{_NAME})\b"
    r"(?![’'](?!s\b)\w)"
)


def _people(sentences: Sequence[Sentence]) -> tuple[Person, ...]:
    """Persons named in full: a known given name before a surname, or a title before two names."""
    found: dict[str, Person] = {}
    titles = frozenset(tables()["person"]["titles"])
    names = _given_names()
    for sentence in sentences:
        at = 0
        while one := _FULL.search(sentence.text, at):
            given, surname = one["given"], one["surname"]
            before = sentence.text[: one.start()].rsplit(None, 1)[-1:]
            known = names.get(given)
            titled = bool(before) and before[0] in titles and given not in titles
            followed = sentence.text[one.end() : one.end() + 2]
            more = len(followed) == 2 and followed[0] == " " and CAPITAL.match(followed[1]) is not None
            if (known or titled) and not more and surname not in titles:
                found.setdefault(one[0], Person(one[0], given, surname, known or ""))
                at = one.end()
            else:
                at = one.end("given")
    return tuple(found.values())
