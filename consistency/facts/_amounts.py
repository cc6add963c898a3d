"""Where the quantities of a text are: a left-to-right scan that puts number, unit and wording together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from consistency.facts import _modifiers as modifiers
from consistency.facts._days import scan as scan_dates
from consistency.facts._intervals import Value
from consistency.facts._number_words import CLOCK, GAMES, LABELS, MOVES, PRONOMINAL, SINGLE, SPANS
from consistency.facts._numbers import NUMBER_WORDS, ORDINALS, SCALES, Number, number
from consistency.facts._tokens import Token, at, joined
from consistency.facts._units import UNITS, Measured, Unit, currency_before, unit_after

COUNT = Unit("count", 1)
_VAGUE = {"dozens": (20.0, 200.0), "scores": (30.0, 300.0), "tens": (10.0, 100.0), "hundreds": (100.0, 1e3),
          "thousands": (1e3, 1e6), "millions": (1e6, 1e9), "billions": (1e9, 1e12),
          "trillions": (1e12, 1e15)}  # fmt: skip
_PLURAL_SCALES = {scale + "s": value for scale, value in SCALES.items()}


class Amount(NamedTuple):
    """One quantity: offsets, value in the written unit, that unit, what is counted and its state."""

    start: int
    end: int
    value: Value
    unit: Unit
    noun: str
    state: str


class _Read(NamedTuple):
    """What stands at a token: an amount, or a figure that is none; and the token behind it."""

    amount: Amount | None
    next: int


def scan(tokens: list[Token]) -> Iterator[Amount]:
    """Every amount among `tokens`, in order."""
    dates = scan_dates(tokens)
    date = next(dates, None)
    index = done = 0
    while index < len(tokens):
        while date and tokens[index].start >= date.end:
            date = next(dates, None)
        passed = tokens[index].is_word and tokens[index].fold not in _OPENERS
        if passed or (date and tokens[index].start >= date.start):
            index += 1
            continue
        read = _vague(tokens, index) or _age(tokens, index) or _figure(tokens, index)
        if read and (amount := read.amount) and amount.start >= done and not (date and amount.end > date.start):
            yield amount
            done = amount.end
        index = read.next if read else index + 1


def _amount(tokens: list[Token], first: int, end: int, value: Value, unit: Unit = COUNT) -> Amount:
    """An amount from token `first` to token `end` (exclusive), with what the words around say of it."""
    counted = unit.base in {"count", "ordinal"}
    return Amount(
        start=tokens[first].start,
        end=tokens[end - 1].end,
        value=value,
        unit=unit,
        noun=modifiers.noun(tokens, end) if counted else "",
        state=modifiers.state(tokens, first, end) if unit.base == "count" else "",
    )


_AGES = {"twenties": 20.0, "thirties": 30.0, "forties": 40.0, "fifties": 50.0, "sixties": 60.0,
         "seventies": 70.0, "eighties": 80.0, "nineties": 90.0}  # fmt: skip


def _age(tokens: list[Token], index: int) -> _Read | None:
    """ "In his fifties"; "the fifties" are a decade and nobody says which century's."""
    owners = {"his", "her", "their", "my", "our"}
    if tokens[index].fold not in _AGES or not any(at(tokens, index - back).fold in owners for back in (1, 2, 3)):
        return None
    tens = _AGES[tokens[index].fold]
    return _Read(_amount(tokens, index, index + 1, Value("exact", tens, tens), Unit("tens", 1)), index + 1)


def _vague(tokens: list[Token], index: int) -> _Read | None:
    """ "Dozens of", "tens of thousands", "several hundred": an interval and no figure."""
    word, end = at(tokens, index).fold, index + 1
    if word in {"several", "few"}:
        scale = {"hundred": 100.0, "dozen": 12.0, **SCALES}.get(at(tokens, end).fold)
        if scale is None:
            return None
        first = index - 1 if word == "few" and at(tokens, index - 1).fold == "a" else index
        value = Value("vague", 2 * scale, 10 * scale)
        return _Read(_amount(tokens, first, end + 1, value), end + 1)
    if word not in _VAGUE or at(tokens, index - 1).fold == "-":
        return None
    low, high = _VAGUE[word]
    of = at(tokens, end).fold == "of"
    if of and (scale := _PLURAL_SCALES.get(at(tokens, end + 1).fold)):
        low, high, end = low * scale, (high if word != "thousands" else 1e3) * scale, end + 2
        of = at(tokens, end).fold == "of"
    if word in {"tens", "scores"} and not of and end == index + 1:
        return None
    return _Read(_amount(tokens, index, end, Value("vague", low, high)), end)


def _figure(tokens: list[Token], index: int) -> _Read | None:
    read = number(tokens, index)
    if read is None:
        return None
    label = _label(tokens, index, read)
    if label:
        return label
    if read.form == "ordinal":
        return _ordinal(tokens, index, read)
    if _no_quantity(tokens, index, read):
        return _Read(None, read.end)
    if read.form == "multiple":
        amount = _amount(tokens, index, read.end, Value("exact", read.value, read.value))
        return _Read(amount._replace(noun="time"), read.end)
    return _tens(tokens, index, read) or _share(tokens, index, read) or _measured(tokens, index, read)


def _label(tokens: list[Token], index: int, read: Number) -> _Read | None:
    """ "MH17", "Covid-19", "Category 4": a name with a figure in it."""
    if not tokens[index].is_digits or read.scale != 1:
        return None
    before = at(tokens, index - 1)
    dashed = before.fold == "-" and joined(tokens, index) and joined(tokens, index - 1)
    name = at(tokens, index - 2) if dashed else before
    glued = (dashed and name.text[:1].isupper()) or (joined(tokens, index) and before.is_word)
    spaced = not dashed and name.fold in LABELS and at(tokens, index + 1).fold != "%"
    if not name.is_word or not (glued or spaced) or (dashed and name.fold in UNITS):
        return None
    start = name.start if glued or name.text[:1].isupper() else tokens[index].start
    value = Value("exact", read.value, read.value)
    return _Read(Amount(start, tokens[index].end, value, Unit("label", 1), name.fold, ""), max(read.end, index + 1))


def _ordinal(tokens: list[Token], index: int, read: Number) -> _Read:
    before, follow = at(tokens, index - 1).fold, at(tokens, read.end).fold
    spelt = tokens[index].fold in ORDINALS
    # "Ardmore scored first, ..." says when among others, and counts nothing.
    adverb = spelt and (not follow or not follow[0].isalnum())
    aside = before in {"at", "every", "-", "split"} or adverb or (spelt and follow in {"of", "-"})
    if aside and not tokens[index].is_digits:
        return _Read(None, read.end)
    value = Value("exact", read.value, read.value)
    return _Read(_amount(tokens, index, read.end, value, Unit("ordinal", 1)), read.end)


def _no_quantity(tokens: list[Token], index: int, read: Number) -> bool:
    """Clock times, pronouns, and figures with letters stuck to them that are no unit."""
    after = at(tokens, read.end)
    if after.fold.rstrip(".") in CLOCK or (after.fold in {"a", "p"} and at(tokens, read.end + 1).text == "."):
        return after.fold.rstrip(".") in CLOCK or at(tokens, read.end + 2).fold == "m"
    if after.text in {"^", "_", "]"} or at(tokens, index - 1).text in {"^", "_", "#"}:
        return True
    if read.value == 1 and tokens[index].fold == "one" and read.end == index + 1:
        return not _counting_one(tokens, index)
    glued = tokens[index].is_digits and joined(tokens, read.end) and after.is_word
    return glued and after.fold not in {"s", "m", "b"} and unit_after(tokens, read.end) is None


def _counting_one(tokens: list[Token], index: int) -> bool:
    """ "One year", "one percent", "one person": counted. "One of", "no one", "one country": not."""
    if at(tokens, index - 1).fold in PRONOMINAL or at(tokens, index - 1).fold == "-":
        return False
    follow = at(tokens, index + 1)
    if follow.fold in {"in", "out"} and number(tokens, index + 2 + (follow.fold == "out")):
        return True
    unit = unit_after(tokens, index + 1)
    if unit:
        return follow.fold not in {"day", "point"}
    return modifiers.singular(follow.fold) in SINGLE


def _tens(tokens: list[Token], index: int, read: Number) -> _Read | None:
    """ "In her 40s"."""
    if not joined(tokens, read.end) or at(tokens, read.end).fold != "s" or not tokens[index].is_digits:
        return None
    if not 0 < read.value < 100 or read.value % 10:
        return _Read(None, read.end + 1)
    value = Value("exact", read.value, read.value)
    return _Read(_amount(tokens, index, read.end + 1, value, Unit("tens", 1)), read.end + 1)


def _share(tokens: list[Token], index: int, read: Number) -> _Read | None:
    """ "Two-thirds", "half of", "one in five", as percent."""
    part, end = read.value, read.end
    if read.form == "count":
        link = at(tokens, end).fold
        behind = end + (2 if link == "out" and at(tokens, end + 1).fold == "of" else 1)
        whole = number(tokens, behind) if link == "in" or behind == end + 2 else None
        if not whole or whole.form != "count" or not 1 <= part < whole.value <= 1000 or read.scale != 1:
            return None
        if link == "in" and (unit_after(tokens, whole.end) or whole.value not in _WHOLES):
            return None
        part, end = part / whole.value, whole.end
    elif unit_after(tokens, end) and not read.loose:
        return None
    modifier = modifiers.before(tokens, index)
    kind = modifier.kind if modifier else "approximate" if read.loose else "exact"
    first = modifier.first if modifier else index
    value = _bounded(kind, part * 100, part * 100, 1.0)
    return _Read(_amount(tokens, first, end, value, Unit("percent", 1)), end)


_WHOLES = frozenset({3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 20.0, 100.0, 1000.0})


def _measured(tokens: list[Token], index: int, read: Number) -> _Read:
    """A figure with its sign, range, unit and modifiers."""
    money = currency_before(tokens, index)
    first = money[1] if money else index
    read = _million(tokens, read, money=money is not None)
    low, other = read, _closing(tokens, first, read)
    high = other or read
    if other and other.scale > 1 and low.scale == 1 and low.value < other.value / other.scale * 2:
        low = low._replace(value=low.value * other.scale, step=low.step * other.scale)
    end = high.end
    found = None if money else unit_after(tokens, end)
    if found and other is None and (second := _second_measure(tokens, first, found)):
        other, found = second
        high = other
    unit = Unit(money[0], 1) if money else found.unit if found else COUNT
    end = found.end if found else end
    if other and unit == COUNT and _is_score(tokens, index, low, high):
        value = Value("exact", low.value, high.value)
        return _Read(_amount(tokens, index, end, value, Unit("score", 1)), end)
    if other and (low.value >= high.value or (high.value > 20 * low.value > 0)):
        found = None if money else unit_after(tokens, read.end)
        unit, end, other = (found.unit if found else unit), (found.end if found else read.end), None
        low = high = read
    modifier = modifiers.before(tokens, first)
    behind = modifiers.after(tokens, end)
    kind = modifier.kind if modifier else behind[0] if behind else "approximate" if read.loose else "exact"
    start = modifier.first if modifier else first
    stop = behind[1] if behind and not modifier else end
    if other:
        value = Value("range", low.value, high.value, low.step)
        start = first - 1 if at(tokens, first - 1).fold == "between" else start
    else:
        value = _bounded(kind, low.value, high.value, low.step)
    return _Read(_amount(tokens, start, stop, value, unit), stop)


def _bounded(kind: modifiers.Kind, low: float, high: float, step: float) -> Value:
    if kind == "lower":
        return Value("lower", low, float("inf"), step)
    if kind == "upper":
        return Value("upper", 0.0, high, step)
    return Value(kind, low, high, step)


def _million(tokens: list[Token], read: Number, *, money: bool) -> Number:
    """ "$1.2m" and "1.2m people" are millions, "100m" alone is metres, "$5b" billions."""
    letter, follow = at(tokens, read.end).fold, at(tokens, read.end + 1)
    if letter not in {"m", "b"} or read.scale != 1:
        return read
    people = joined(tokens, read.end) and follow.is_word and follow.fold not in modifiers.STOPS | SPANS
    if not money and not (people and letter == "m"):
        return read
    scale = 1e6 if letter == "m" else 1e9
    return read._replace(value=read.value * scale, step=read.step * scale, end=read.end + 1, scale=scale)


def _closing(tokens: list[Token], first: int, low: Number) -> Number | None:
    """The upper figure of a range: "20-22", "20 to 22", "$5-$10", "between 5 and 10"."""
    link = at(tokens, low.end).fold
    before = at(tokens, first - 1).fold
    between = before == "between" and link == "and"
    if not between and not (link == "-" or (link == "to" and before not in MOVES)):
        return None
    if link == "to" and any(at(tokens, first - back).fold in MOVES for back in (2, 3)):
        return None
    behind = low.end + 1
    if currency_before(tokens, behind + 1):
        behind += 1
    high = number(tokens, behind)
    if high is None or high.form != "count":
        return None
    return _million(tokens, high, money=behind > low.end + 1)


def _second_measure(tokens: list[Token], first: int, found: Measured) -> tuple[Number, Measured] | None:
    """ "100 m to 300 m": the unit stands at both ends of the range."""
    if found.unit.base == "percent" or at(tokens, found.end).fold not in {"-", "to"}:
        return None
    if any(at(tokens, first - back).fold in MOVES for back in (1, 2, 3)):
        return None
    high = number(tokens, found.end + 1)
    unit = unit_after(tokens, high.end) if high and high.form == "count" else None
    return (high, unit) if high and unit and unit.unit == found.unit else None


def _is_score(tokens: list[Token], index: int, low: Number, high: Number) -> bool:
    if not (0 <= low.value < 300 and 0 <= high.value < 300) or low.step != 1 or high.step != 1:
        return False
    if low.value >= high.value:
        return True
    return at(tokens, low.end).fold == "-" and any(at(tokens, index - back).fold in GAMES for back in (1, 2))


_OPENERS = frozenset({*NUMBER_WORDS, *_VAGUE, *_AGES, "several", "few"})
"""Words that may open an amount; all others are passed by at once."""
