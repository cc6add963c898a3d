"""Corruptions of a single value: number, unit, date, place, person, and a misspelt name."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from consistency.records import Span
from eval.mutate._text import CAPITAL, Change, Person, Places, Sentence, Source, either, tables

Found = Callable[[Source, Sentence, random.Random], Iterator[tuple[Span, str]]]

MONTHS = "January February March April May June July August September October November December".split()
_SHORT = "Jan. Feb. Aug. Sept. Oct. Nov. Dec.".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTH = rf"(?:{'|'.join((*MONTHS, *(re.escape(short) for short in _SHORT)))})"
WORDS = {
    word: value for value, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
}

_NUMBER = re.compile(
    r"(?<![\w.,:/–-])(?P<money>[$€£])?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?(?![\w:/–]|[.,]\d|-\d)"
)
_WORD_NUMBER = re.compile(rf"(?<![\w-])(?:{'|'.join(WORDS)}|{'|'.join(word.capitalize() for word in WORDS)})(?![\w-])")
_ABOUT = re.compile(r"(?:about|around|roughly|approximately|nearly|almost|some|close to|an estimated) $", re.IGNORECASE)
_FLOOR = re.compile(r"(?:more than|over|at least|above|exceeding|a minimum of) $", re.IGNORECASE)
_CEILING = re.compile(
    r"(?:less than|fewer than|under|at most|up to|below|within|as many as|as much as) $", re.IGNORECASE
)
_NO_QUANTITY = re.compile(
    rf"(?:{MONTH}|\b(?:No\.|Article|Section|Chapter|Phase|Group|Route|Flight|Boeing|Airbus|Room|Page|Level|Type"
    r"|out of|age|ages|aged|one or|or|between|from|channel|News|Channel|version|Version)|\w+ (?:to|and)) $",
)
_CLOCK = re.compile(
    r"\s?(?:a\.m\.|p\.m\.|am\b|pm\b|o[’']clock|GMT|EST|EDT|hours? ago)|(?: out of| or | to \d| in \d| and \d)"
)


def inside(found: Found) -> Places:
    """The places of a kind that changes one run of words of a sentence, outside quotations."""

    def places(source: Source, rng: random.Random) -> Iterator[Change]:
        for sentence in source.sentences:
            for span, new in found(source, sentence, rng):
                if not sentence.quoted(span.start, span.end):
                    yield (sentence.edit(span.start, span.end, new),)

    return places


def number(_source: Source, sentence: Sentence, rng: random.Random) -> Iterator[tuple[Span, str]]:
    """Another amount, far enough that "about" does not cover it and past what "at least" or "up to" allow."""
    text = sentence.text
    for found in _NUMBER.finditer(text):
        digits = found["whole"].replace(",", "")
        before, after = text[max(0, found.start() - 20) : found.start()], text[found.end() : found.end() + 24]
        bare_year = len(digits) == 4 and "," not in found["whole"] and not found["money"] and not found["part"]
        counted = re.match(r"-[a-z]| [a-z%]|%|\)|,? ?$", after) is not None or found["money"] is not None
        age = re.match(r", [^\W\d]|,$", after) is not None and before.endswith(", ")
        capital = re.search(r"(?:^|[^.!?:] )[A-Z][\w’]+ $", text[: found.start()][-30:])
        if capital and _ABOUT.search(before):
            capital = None
        if bare_year or len(digits) > 12 or not (counted or age) or (capital and found["money"] is None):
            continue
        if _NO_QUANTITY.search(before) or _CLOCK.match(after) or re.match(rf" {MONTH}", after):
            continue
        value = float(digits + (found["part"] or ""))
        options = _other(digits, found["part"] or "")
        kept = [new for new in options if _really(value, float(new.replace(",", "")), before, after)]
        if kept:
            new = rng.choice(kept)
            yield Span(found.start("whole"), found.end()), new if "," in found["whole"] else new.replace(",", "")
    for found in _WORD_NUMBER.finditer(text):
        before, after = text[max(0, found.start() - 20) : found.start()], text[found.end() : found.end() + 24]
        if _NO_QUANTITY.search(before) or _CLOCK.match(after) or not re.match(r" [a-z]", after):
            continue
        if re.match(r" (?:of the|of them|and|or|more|days? ago)\b", after) or before.endswith("the other "):
            continue
        value = WORDS[found[0].lower()]
        others = [
            word for word, other in WORDS.items() if _really(value, other, before, after) and abs(other - value) > 1
        ]
        if others:
            new = rng.choice(others)
            yield Span(found.start(), found.end()), new.capitalize() if found[0][0].isupper() else new


def _other(digits: str, part: str) -> list[str]:
    """Slips of the hand: digits turned round, another digit in front or behind, a nought too many or too few."""
    made: set[str] = set()
    for at in range(len(digits) - 1):
        made.add(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
    made |= {digit + digits[1:] for digit in "23456789"}
    if len(digits) > 1:
        made |= {digits[0] + digit + digits[2:] for digit in "0123456789"}
    if len(digits) > 2 and not part:
        made.add(digits + "0")
        if digits.endswith("0"):
            made.add(digits[:-1])
    return sorted(f"{int(one):,}{part}" for one in made if one[0] != "0" and one != digits)


def _really(value: float, other: float, before: str, after: str) -> bool:
    """Whether a reader of the other amount would believe something false."""
    if other <= 1 or value <= 1 or (re.match(r" ?(?:%|percent|per cent)", after) and other > 100 >= value):
        return False
    if re.match(r"-year-old|,", after) and not 10 <= other <= 95:
        return False
    ratio = other / value
    if _FLOOR.search(before):
        return ratio >= 1.3
    if _CEILING.search(before):
        return ratio <= 0.75
    if _ABOUT.search(before):
        return ratio >= 1.5 or ratio <= 0.65
    return ratio >= 1.12 or ratio <= 0.88


@cache
def _units() -> Mapping[str, list[str]]:
    return dict(tables()["unit"])


@cache
def _unit_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(_units(), key=lambda name: (-len(name), name)))
    amount = (
        rf"(?:\d|\b(?:{'|'.join(WORDS)}|million|billion|degrees|square|twenty|thirty|forty|fifty|hundred|thousand))"
    )
    return re.compile(rf"(?P<amount>{amount})(?P<gap>[ -])(?P<unit>{names})(?![\w-])|(?P<money>[$€£])(?=\d)")


def unit(_source: Source, sentence: Sentence, rng: random.Random) -> Iterator[tuple[Span, str]]:
    """Another unit, scale or currency behind the same number."""
    for found in _unit_pattern().finditer(sentence.text):
        if found["money"]:
            yield Span(found.start(), found.end()), rng.choice([sign for sign in "$€£" if sign != found["money"]])
        elif not (found["unit"] == "pounds" and "kilo" in sentence.text):
            yield Span(found.start("unit"), found.end("unit")), rng.choice(_units()[found["unit"]])


_DAY_OF_MONTH = re.compile(rf"\b(?P<month>{MONTH}) (?P<day>\d{{1,2}})(?![\w:-])")
_IN_MONTH = re.compile(
    rf"\b(?:in|since|until|last|early|late|by|of) (?P<month>{'|'.join(MONTHS)})(?= |,|\.|$)(?! \d{{1,2}}\b)"
)
_WEEKDAY = re.compile(rf"(?P<before>[a-z”\"],? )(?P<day>{'|'.join(DAYS)})(?=[ ,.]|$)(?! [A-Z]| (?:to|through|and)\b)")
_YEAR = re.compile(
    rf"\b(?:in|since|until|before|after|of|by|during|{'|'.join(MONTHS)}),? (?P<year>1[5-9]\d\d|20[0-3]\d)"
    r"(?= [a-z]|,|\.|$)(?! (?:and|to|or|people|feet|miles|meters|men|women)\b)"
)
_RELATIVE = {
    "last week": ["two weeks ago", "last month"],
    "last month": ["last week", "three months ago"],
    "last year": ["two years ago", "five years ago"],
    "next week": ["next month"],
    "next month": ["next week", "next year"],
    "next year": ["next month", "in three years"],
    "yesterday": ["last Friday", "three days ago"],
    "this year": ["two years ago"],
    "on Tuesday morning": ["on Thursday night"],
}
_RELATIVE_DATE = re.compile(rf"(?<=[a-z”] )(?:{'|'.join(_RELATIVE)})(?=,|\.$| [a-z])(?! (?:but|of|and)\b)")


def date(_source: Source, sentence: Sentence, rng: random.Random) -> Iterator[tuple[Span, str]]:
    """Another weekday, day, month or year."""
    text = sentence.text
    for found in _WEEKDAY.finditer(text):
        if text[: found.start("day")].endswith((" the ", " a ", "every ", "each ")):
            continue
        yield Span(found.start("day"), found.end("day")), rng.choice([day for day in DAYS if day != found["day"]])
    for found in _DAY_OF_MONTH.finditer(text):
        day = int(found["day"])
        if 1 <= day <= 31:
            others = [other for other in range(2, 29) if abs(other - day) > 1]
            yield Span(found.start("day"), found.end("day")), str(rng.choice(others))
            if found["month"] in MONTHS:
                yield Span(found.start("month"), found.end("month")), _month(found["month"], rng)
    for found in _IN_MONTH.finditer(text):
        if text[: found.start()].endswith((" between ", " from ")):
            continue
        yield Span(found.start("month"), found.end("month")), _month(found["month"], rng)
    for found in _YEAR.finditer(text):
        if re.search(r"\b(?:between|from)\b", text[max(0, found.start() - 24) : found.start()]):
            continue
        year = int(found["year"])
        others = [year + step for step in (-11, -9, -7, -4, -3, -2, 2, 3) if not (year < 2000 < year + step)]
        yield Span(found.start("year"), found.end("year")), str(rng.choice(others))
    for found in _RELATIVE_DATE.finditer(text):
        if not re.search(r"\b(?:the|of|from|until|since|than|by|at) $", text[: found.start()]):
            yield Span(found.start(), found.end()), rng.choice(_RELATIVE[found[0]])


def _month(old: str, rng: random.Random) -> str:
    return rng.choice([month for month in MONTHS if month != old and len(month) > 3])


@cache
def _seats() -> Mapping[str, list[str]]:
    """Place to what may take its seat."""
    return {name: group["new"] for group in tables()["place"] for name in group["old"]}


@cache
def _place_pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_seats(), key=lambda name: (-len(name), name)))
    lead = either(
        "in from near across to outside at into around through for over of and between with southern northern eastern "
        "western central neighbouring neighboring northeast northwest southeast southwest"
    )
    return re.compile(
        rf"(?:\b{lead} |^)(?P<place>{names})(?![\w-]|[’'.]\w| [A-Z]|[’']s [A-Z])(?!, [A-Z][a-z]+(?: [A-Z][a-z]+)?,)"
    )


_BODY = re.compile(r"[A-Z][\w’]+ of $")


def place(source: Source, sentence: Sentence, rng: random.Random) -> Iterator[tuple[Span, str]]:
    """Another place of the same sort that the article does not speak of."""
    for found in _place_pattern().finditer(sentence.text):
        start = found.start("place")
        if _BODY.search(sentence.text[:start]):
            continue
        others = [name for name in _seats()[found["place"]] if source.lacks(name)]
        if others:
            yield Span(start, found.end("place")), rng.choice(others)


def person(source: Source, sentence: Sentence, rng: random.Random) -> Iterator[tuple[Span, str]]:
    """Somebody else: an invented full name, or the surname of another person of the article."""
    for one, span in _mentions(source, sentence):
        if len(span) == len(one.full):
            yield span, _invented(source, one, rng)
        else:
            others = sorted({other.surname for other in source.people} - {one.surname} - set(one.full.split()))
            others = [other for other in others if other not in sentence.text]
            yield span, rng.choice(others or [_surname(source, rng)])


def _mentions(source: Source, sentence: Sentence) -> Iterator[tuple[Person, Span]]:
    """Full names, and surnames that stand alone."""
    taken: list[Span] = []
    for one in source.people:
        for found in re.finditer(rf"\b{re.escape(one.full)}\b(?!-)", sentence.text):
            taken.append(Span(*found.span()))
            yield one, taken[-1]
    for one in {person.surname: person for person in source.people}.values():
        for found in re.finditer(rf"(?<![\w-]){re.escape(one.surname)}\b(?!-| [A-Z])", sentence.text):
            span = Span(*found.span())
            before = sentence.text[: span.start].rsplit(None, 1)[-1:]
            alone = not before or not CAPITAL.match(before[0]) or before[0].rstrip(".") in _alone()
            if alone and not any(span.overlaps(other) for other in taken):
                yield one, span


@cache
def _alone() -> frozenset[str]:
    """Titles after which a surname stands alone."""
    return frozenset(title.rstrip(".") for title in tables()["person"]["titles"])


def _invented(source: Source, one: Person, rng: random.Random) -> str:
    surname = _surname(source, rng)
    if not one.gender:
        return one.full.replace(one.surname, surname)
    names = [name for name in tables()["person"][one.gender] if source.lacks(name)]
    return f"{rng.choice(names)} {surname}"


def _surname(source: Source, rng: random.Random) -> str:
    return str(rng.choice([name for name in tables()["person"]["surnames"] if source.lacks(name)]))


_NEAR = dict(
    zip(
        "bcdfghjklmnpqrstvwxyz",
        ["v", "x", "f", "d", "h", "j", "k", "l", "k", "n", "m", "b", "w", "t", "d", "r", "b", "e", "c", "u", "x"],
        strict=True,
    )
)


def typo(source: Source, sentence: Sentence, rng: random.Random) -> Iterator[tuple[Span, str]]:
    """A name with two letters turned round, or a consonant's neighbour struck: never another usual spelling."""
    for one, span in _mentions(source, sentence):
        surname = one.surname.split()[-1]
        start = span.end - len(surname)
        if len(surname) < 5 or not surname.isalpha():
            continue
        made = []
        for at in range(1, len(surname) - 2):
            left, right = surname[at], surname[at + 1]
            if left != right and left.islower() and right.islower() and {left, right} not in ({"i", "e"}, {"e", "r"}):
                made.append(surname[:at] + right + left + surname[at + 2 :])
            if left in _NEAR and left not in (surname[at - 1], right):
                made.append(surname[:at] + _NEAR[left] + surname[at + 1 :])
        made = [new for new in made if source.lacks(new)]
        if made:
            yield Span(start, span.end), rng.choice(made)
