"""Honest rewrites: the same facts in another voice, order, style or length. Nothing here may raise an alarm."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from functools import cache

from consistency.records import Span
from eval.mutate._clauses import OWN, clauses, noun_phrase
from eval.mutate._facts import MONTH, MONTHS, WORDS, inside
from eval.mutate._text import Change, Edit, Places, Sentence, Source, cased, either, replacements, tables
from eval.mutate._wording import ACCORDING, TRAILING


def by_table(table: str) -> Places:
    """The rules of a word table, outside quotations."""

    def found(_source: Source, sentence: Sentence, _rng: random.Random) -> Iterator[tuple[Span, str]]:
        yield from replacements(table, sentence)

    return inside(found)


@cache
def _participles() -> Mapping[str, str]:
    """Past tense to participle."""
    return dict(tables()["verbs"]["passive"])


@cache
def _pasts() -> Mapping[str, str]:
    return {participle: past for past, participle in reversed(tuple(_participles().items()))}


_PASSIVE = re.compile(
    r"^(?P<target>[^,.”\"]{3,60}?) (?:was|were) (?P<verb>\w+) by (?P<doer>[^,.”\"]{3,60}?)"
    r"(?P<rest>(?: (?:on|in|at|after|during) [^,]{3,60})?\.)$"
)


def voice(source: Source, _rng: random.Random) -> Iterator[Change]:
    """Active to passive and back, for sentences of one clause."""
    for sentence in source.sentences:
        text = sentence.text
        if found := _PASSIVE.match(text):
            past, target = _pasts().get(found["verb"]), source.lowered(found["target"])
            phrases = noun_phrase(found["target"], first=True) and noun_phrase(found["doer"], first=False)
            if past and target and phrases and sentence.plain:
                yield (sentence.edit(0, len(text), f"{cased('A', found['doer'])} {past} {target}{found['rest']}"),)
            continue
        for clause in clauses(sentence, _participles().keys()):
            doer, verb = text[clause.doer.start : clause.doer.end], text[clause.verb.start : clause.verb.end]
            target, rest = text[clause.target.start : clause.target.end], text[clause.target.end :]
            moved = source.lowered(doer) if clause.leads else doer
            if moved is None or verb not in _participles() or _NO_PASSIVE.match(rest) or OWN.search(target):
                continue
            if moved.endswith(",") and rest[:1] in {",", "."}:
                moved = moved[:-1]
            lead = cased(doer, target) if clause.leads else target
            new = f"{lead} {'were' if clause.plural else 'was'} {_participles()[verb]} by {moved}"
            yield (sentence.edit(clause.doer.start, clause.target.end, new),)


_NO_PASSIVE = re.compile(r" (?:as|to|that|of|over|for|by|with|from)\b|,")
_PERCENT = re.compile(r"(?<=\d)(?P<percent> per ?cent\b|%)")
_MILLIONS = re.compile(r"(?<![\w.,$€£])(?P<amount>\d{1,3}(?:\.\d)?) (?P<scale>million|billion)(?= [a-z])")
_MONEY = re.compile(r"(?<=[$€£])(?P<amount>\d{1,3}(?:\.\d)?)(?: (?P<long>million|billion)|(?P<short>m|bn))(?![\w-])")
_THOUSANDS = re.compile(r"(?<![\w.,$€£])(?P<head>\d),(?P<tail>\d{3})(?= [a-z])")
_SMALL_DIGITS = re.compile(
    rf"(?<![\w.,:$€£/–-])(?<!{'(?<!'.join(f'{month} )' for month in MONTHS)}(?P<digits>[2-9]|1[0-2]) (?=[a-z]{{4,}}s\b)"
)
_SMALL_WORDS = re.compile(rf"(?<![\w-])(?P<word>{'|'.join(list(WORDS)[8:])}) (?=[a-z]{{4,}}s\b)")
_SCALES = {"million": 1_000_000, "billion": 1_000_000_000}


def number_style(_source: Source, sentence: Sentence, _rng: random.Random) -> Iterator[tuple[Span, str]]:
    """60 percent and 60%, 1.2 million and 1,200,000, $640 million and $640m, 4,150 and 4150, 10 and ten."""
    text = sentence.text
    for found in _PERCENT.finditer(text):
        yield Span(*found.span()), "%" if found["percent"] != "%" else " percent"
    for found in _MILLIONS.finditer(text):
        if found["scale"] == "million":
            yield Span(*found.span()), f"{round(float(found['amount']) * _SCALES[found['scale']]):,}"
    for found in _MONEY.finditer(text):
        scale = {"million": "m", "billion": "bn", "m": " million", "bn": " billion"}[found["long"] or found["short"]]
        yield Span(*found.span()), found["amount"] + scale
    for found in _THOUSANDS.finditer(text):
        yield Span(*found.span()), found["head"] + found["tail"]
    names = {str(value): word for word, value in WORDS.items()}
    for found in _SMALL_DIGITS.finditer(text):
        if found.start() and not re.search(r"[A-Z]\w* $", text[: found.start()]):
            yield Span(found.start("digits"), found.end("digits")), names[found["digits"]]
    for found in _SMALL_WORDS.finditer(text):
        if found.start():
            yield Span(found.start("word"), found.end("word")), str(WORDS[found["word"]])


_MONTH_DAY = re.compile(
    rf"\b(?P<month>{MONTH}) (?P<day>[12]?\d|3[01])(?P<year>, (?:19|20)\d\d(?=,|\.$| [a-z]),?)?(?![\w:-]|, \d)"
    r"(?! (?:million|billion|percent|people))"
)
_CLOCK = re.compile(r"(?<=\d) (?P<half>a|p)\.m\.(?=[ ,]| $)")
_LONG = {
    "Jan.": "January",
    "Feb.": "February",
    "Aug.": "August",
    "Sept.": "September",
    "Oct.": "October",
    "Nov.": "November",
    "Dec.": "December",
}
_SHORT = {long: short for short, long in _LONG.items()}


def date_style(_source: Source, sentence: Sentence, _rng: random.Random) -> Iterator[tuple[Span, str]]:
    """April 11 and 11 April, Feb. 6 and February 6, 4:20 a.m. and 4:20 am."""
    for found in _MONTH_DAY.finditer(sentence.text):
        month, day, year = found["month"], found["day"], (found["year"] or "").strip(", ")
        other = _LONG.get(month) or _SHORT.get(month)
        if other:
            yield Span(found.start("month"), found.end("month")), other
        if not (year and found["year"].endswith(",")):
            yield Span(*found.span()), f"{day} {_LONG.get(month, month)}{' ' + year if year else ''}"
    for found in _CLOCK.finditer(sentence.text):
        yield Span(*found.span()), f" {found['half']}m"


def typography(source: Source, _rng: random.Random) -> Iterator[Change]:
    """The marks of the whole article in another house style: round and straight quotes, dashes, ellipses."""
    text = source.text
    if "“" in text or "’" in text:
        yield _marks(text, {"“": '"', "”": '"', "‘": "'", "’": "'"})
    elif edits := _round(text):
        yield edits
    for long, short in ((" — ", " - "), (" – ", " - "), ("—", " – "), ("...", "…"), ("…", "...")):
        if long in text:
            yield tuple(Edit(Span(*found.span()), short) for found in re.finditer(re.escape(long), text))
            return


def _marks(text: str, table: Mapping[str, str]) -> Change:
    return tuple(Edit(Span(*found.span()), table[found[0]]) for found in re.finditer("[" + "".join(table) + "]", text))


def _round(text: str) -> Change:
    """Straight quotes made round, in paragraphs where they come in pairs; apostrophes between letters."""
    edits = []
    for line in re.finditer(r"[^\n]+", text):
        marks = [found.start() for found in re.finditer('"', line[0])]
        if len(marks) % 2 == 0:
            edits += [
                Edit(Span(line.start() + at, line.start() + at + 1), "“”"[turn % 2]) for turn, at in enumerate(marks)
            ]
        edits += [
            Edit(Span(line.start() + found.start(), line.start() + found.end()), "’")
            for found in re.finditer(r"(?<=\w)'(?=\w)", line[0])
        ]
    return tuple(sorted(edits, key=lambda edit: edit.span))


_FRONTED = re.compile(
    r"^(?P<lead>(?:On|In|After|During|Before|Since|At(?! least| most)|By|Under) [^,.”\"]{3,60}), "
    r"(?P<main>(?!including|among|with)[^,;:—–”\"]{15,60})\.$"
)
_LOOSE = re.compile(r"(?:He|She|They|But|And|So|Yet|For|Also|This|That|If|Or)\b")
_DATELINE = re.compile(r"^.{0,60} (?:—|–|-{1,2}) ")


def clause_order(source: Source, _rng: random.Random) -> Iterator[Change]:
    """The speaker to the front or to the end; a leading "On Monday, ..." to the end."""
    for sentence in source.sentences:
        text = sentence.text
        if not sentence.plain or _DATELINE.search(text) or _LOOSE.match(text):
            continue
        if found := _FRONTED.match(text):
            main = found["main"]
            if re.search(r"\b(?:said|says|and|but|that|who|which|because|when|if|not)\b", main):
                continue
            yield (sentence.edit(0, len(text), f"{cased('A', main)} {found['lead'][0].lower()}{found['lead'][1:]}."),)
        elif found := TRAILING.search(text):
            main = source.lowered(text[: found.start()])
            told = text[found.start() + 2 : len(text) - 1]
            if main and "," not in told and not re.search(r"\bbut\b", main):
                yield (sentence.edit(0, len(text), f"{cased('A', told)} that {main}."),)
        elif found := ACCORDING.search(text):
            main = source.lowered(text[: found.start()])
            if main:
                yield (sentence.edit(0, len(text), f"According to {found['who']}, {main}."),)


_AGE = re.compile(r"(?<=[a-z]), (?:[2-9]\d|1[5-9]),(?= (?:was|is|has|had|who|of|from|a|and|[a-z]+ed)\b)")
_ASIDE = re.compile(
    r"(?<=\w), (?:who|which) (?!is|are|was|were)[^,.;—“”\"]{5,90},"
    rf"(?= {either('was were is are has had have will would said may could can [a-z]+ed fell rose took went')}\b)"
)


def shortened(source: Source, _rng: random.Random) -> Iterator[Change]:
    """An age or an aside left out, or the last sentences."""
    for sentence in source.sentences:
        for pattern in (_AGE, _ASIDE):
            for found in pattern.finditer(sentence.text):
                if not sentence.quoted(found.start(), found.end()):
                    yield (sentence.edit(found.start(), found.end(), ""),)
    count = len(source.sentences)
    for left in (1, 2, 3):
        if count >= 3 * left + 3:
            last, before = source.sentences[count - left], source.sentences[count - left - 1]
            end = before.start + len(before.text)
            if "\n" in source.text[end : last.start] and last.start < len(source.text):
                yield (Edit(Span(end, len(source.text)), ""),)
