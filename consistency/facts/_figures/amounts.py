"""Where the quantities of a text are: a left-to-right scan that puts number, unit and wording together."""

from __future__ import annotations

from collections.abc import Iterator

from consistency.facts import _modifiers as modifiers
from consistency.facts._figures.amount import COUNT, Amount, Read, amount, bounded, exact
from consistency.facts._figures.intervals import Value
from consistency.facts._figures.joint import joint
from consistency.facts._figures.multiples import OPENERS as MULTIPLES
from consistency.facts._figures.multiples import age, multiple, times
from consistency.facts._figures.named_figures import is_score, label, ordinal, raced, ratio
from consistency.facts._figures.number_words import CLOCK, MOVES, PRONOMINAL, SINGLE, SPANS
from consistency.facts._figures.numbers import AFTER_ARTICLE, NUMBER_WORDS, SCALES, Number, number
from consistency.facts._figures.units import UNITS, Measured, Unit, currency_before, unit_after
from consistency.facts._times.calendar import WEEKDAYS
from consistency.facts._times.days import find as find_dates
from consistency.facts._times.hours import find as find_clocks
from consistency.facts._tokens import Token, at, joined, tokenize

_VAGUE = {"dozens": (20.0, 200.0), "scores": (30.0, 300.0), "tens": (10.0, 100.0), "hundreds": (100.0, 1e3),
          "thousands": (1e3, 1e6), "millions": (1e6, 1e9), "billions": (1e9, 1e12),
          "trillions": (1e12, 1e15)}  # fmt: skip
_PLURAL_SCALES = {scale + "s": value for scale, value in SCALES.items()}


def scan(text: str) -> Iterator[Amount]:
    """Every amount in `text`, in order."""
    tokens = tokenize(text)
    starts = [index for index, token in enumerate(tokens) if _may_open(tokens, index, token)]
    if not starts:
        return
    dates = [(date.start, date.end) for date in find_dates(text)]
    times = iter(sorted([*dates, *((clock.start, clock.stop) for clock in find_clocks(text))]))
    time = next(times, None)
    follow = done = 0
    for index in starts:
        while time and tokens[index].start >= time[1]:
            time = next(times, None)
        if index < follow or (time and tokens[index].start >= time[0]):
            continue
        if tokens[index].is_word:
            read = _vague(tokens, index) or _age(tokens, index) or _figure(tokens, index)
        else:
            read = ratio(tokens, index) or _figure(tokens, index)
        if read and (found := read.amount) and found.start >= done and not (time and found.end > time[0]):
            yield found
            done = found.end
        follow = read.next if read else index + 1


def _may_open(tokens: tuple[Token, ...], index: int, token: Token) -> bool:
    """Whether an amount may begin at a token; at an article only before what makes it a number."""
    if token.is_word:
        word = token.fold
        if word not in _ARTICLES:
            return word in _OPENERS
        follow = at(tokens, index + 1).fold
        return follow in AFTER_ARTICLE or follow in UNITS
    return token.is_digits or token.text.isnumeric()


_AGES = {"twenties": 20.0, "thirties": 30.0, "forties": 40.0, "fifties": 50.0, "sixties": 60.0,
         "seventies": 70.0, "eighties": 80.0, "nineties": 90.0}  # fmt: skip


def _age(tokens: tuple[Token, ...], index: int) -> Read | None:
    """ "In his fifties"; "the fifties" are a decade and nobody says which century's."""
    if tokens[index].fold not in _AGES:
        return None
    owners = {"his", "her", "their", "my", "our"}
    if not any(at(tokens, index - back).fold in owners for back in (1, 2, 3)):
        return None
    tens = _AGES[tokens[index].fold]
    return Read(amount(tokens, index, index + 1, exact(tens), Unit("tens", 1)), index + 1)


def _vague(tokens: tuple[Token, ...], index: int) -> Read | None:
    """ "Dozens of", "tens of thousands", "several hundred": an interval and no figure."""
    word, end = at(tokens, index).fold, index + 1
    if word in {"several", "few"}:
        scale = {"hundred": 100.0, "dozen": 12.0, **SCALES}.get(at(tokens, end).fold)
        if scale is None:
            return None
        first = index - 1 if word == "few" and at(tokens, index - 1).fold == "a" else index
        value = Value("vague", 2 * scale, 10 * scale)
        return Read(amount(tokens, first, end + 1, value), end + 1)
    if word not in _VAGUE or at(tokens, index - 1).fold == "-":
        return None
    low, high = _VAGUE[word]
    of = at(tokens, end).fold == "of"
    if of and (scale := _PLURAL_SCALES.get(at(tokens, end + 1).fold)):
        low, high, end = low * scale, (high if word != "thousands" else 1e3) * scale, end + 2
        of = at(tokens, end).fold == "of"
    if word in {"tens", "scores"} and not of and end == index + 1:
        return None
    return Read(amount(tokens, index, end, Value("vague", low, high)), end)


def _figure(tokens: tuple[Token, ...], index: int) -> Read | None:
    read = number(tokens, index)
    if read is None:
        return multiple(tokens, index) or _one_and(tokens, index) if tokens[index].is_word else raced(tokens, index)
    if read.form == "ordinal":
        return _every(tokens, index, read) or ordinal(tokens, index, read)
    named = label(tokens, index, read)
    if named or _no_quantity(tokens, index, read):
        return named or Read(None, read.end)
    if read.form == "multiple":
        often = amount(tokens, index, read.end, exact(read.value))._replace(noun="time")
        return times(tokens, index, read) or Read(often, read.end)
    return (
        times(tokens, index, read)
        or _tens(tokens, index, read)
        or _share(tokens, index, read)
        or _measured(tokens, index, read)
    )


def _one_and(tokens: tuple[Token, ...], index: int) -> Read | None:
    """ "An hour and twenty minutes", "a year and a half": behind "a" a unit is an amount where more of it follows."""
    found = unit_after(tokens, index + 1) if tokens[index].fold in _ARTICLES else None
    if found is None or at(tokens, found.end).fold == "," or _rated(tokens, index):
        return None
    one = Number(1.0, 1.0, index + 1)
    return _measured(tokens, index, one) if joint(tokens, index, one, found) else None


def single_units(text: str) -> Iterator[Amount]:
    """Every "a year", "about an hour", "a mile" in `text`, in order, that tells no rate and is no part of an amount."""
    tokens = tokenize(text)
    for index, token in enumerate(tokens):
        if token.fold not in _ARTICLES or at(tokens, index + 1).fold not in UNITS:
            continue
        found = unit_after(tokens, index + 1)
        if found is None or found.unit.base not in _LASTING or _rated(tokens, index) or _one_and(tokens, index):
            continue
        if at(tokens, found.end).fold in _NOT_ONE:
            continue
        modifier = modifiers.before(tokens, index)
        kind, first = (modifier.kind, modifier.first) if modifier else ("exact", index)
        yield amount(tokens, first, found.end, bounded(kind, 1.0, 1.0), found.unit)


_LASTING = frozenset({"second", "metre", "gram", "litre", "area"})
_NOT_ONE = frozenset({"-", "or", "old", "to"})
""" "A year-long", "a year or two", "a year old": not one year."""
_RATED = frozenset({"times", "once", "half", "such", "what", "many", "quite", "per", "-", "of"})


def _rated(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether "a" at token `index` tells how often or what part: "40 euros a day", "twice a year", "half an hour"."""
    near = [at(tokens, index - back) for back in (1, 2)]
    return near[0].fold in _RATED or any(token.is_digits or token.fold in NUMBER_WORDS for token in near)


def _no_quantity(tokens: tuple[Token, ...], index: int, read: Number) -> bool:
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


def _counting_one(tokens: tuple[Token, ...], index: int) -> bool:
    """ "One year", "one percent", "one person": counted. "One of", "no one", "one country": not."""
    follow, before = at(tokens, index + 1), at(tokens, index - 1).fold
    told = before not in PRONOMINAL or before == "that"  # "found that one in five"
    if told and follow.fold in {"in", "out"} and number(tokens, index + 2 + (follow.fold == "out")):
        return True
    if not told or before in {"that", "-"}:
        return False
    unit = unit_after(tokens, index + 1)
    if unit:
        return follow.fold not in {"day", "point"}
    return modifiers.singular(follow.fold) in SINGLE


def _tens(tokens: tuple[Token, ...], index: int, read: Number) -> Read | None:
    """ "In her 40s"."""
    if not joined(tokens, read.end) or at(tokens, read.end).fold != "s" or not tokens[index].is_digits:
        return None
    if not 0 < read.value < 100 or read.value % 10:
        return Read(None, read.end + 1)
    value = exact(read.value)
    return Read(amount(tokens, index, read.end + 1, value, Unit("tens", 1)), read.end + 1)


def _share(tokens: tuple[Token, ...], index: int, read: Number) -> Read | None:
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
    value = bounded(kind, part * 100, part * 100, 1.0)
    return Read(amount(tokens, first, end, value, Unit("percent", 1)), end)


def _every(tokens: tuple[Token, ...], index: int, read: Number) -> Read | None:
    """ "Every fourth patient" is one in four; "every fourth year" and "every second counts" tell no part."""
    noun = at(tokens, read.end)
    if at(tokens, index - 1).fold != "every" or not 2 <= read.value <= 20 or not noun.is_word:
        return None
    if noun.fold in _NO_KIND or noun.fold in modifiers.STOPS or unit_after(tokens, read.end) or noun.fold in WEEKDAYS:
        return None
    return Read(amount(tokens, index - 1, read.end, exact(100 / read.value), Unit("percent", 1)), read.end)


_NO_KIND = frozenset(
    "time night morning evening afternoon weekend summer winter spring autumn season quarter birthday "
    "counts counted matters mattered helps floor row step stop lap game match edition issue".split()
)
"""Behind "every fourth" they tell how often, or what comes in between."""
_WHOLES = frozenset({3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 20.0, 100.0, 1000.0})


def _measured(tokens: tuple[Token, ...], index: int, read: Number) -> Read:
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
    if found and other is None and (both := joint(tokens, first, read, found)):
        low = high = both.number
        found = both.found
    if not money:
        found = _age_of(tokens, first, end, found) or found
    unit = Unit(money[0], 1) if money else found.unit if found else COUNT
    end = found.end if found else end
    if other and unit == COUNT and is_score(tokens, index, low, high):
        value = Value("exact", low.value, high.value)
        return Read(amount(tokens, index, end, value, Unit("score", 1)), end)
    if other and (low.value >= high.value or (high.value > 20 * low.value > 0)):
        found = None if money else unit_after(tokens, read.end)
        unit, end, other = (found.unit if found else unit), (found.end if found else read.end), None
        low = high = read
    modifier = modifiers.before(tokens, first)
    behind = modifiers.after(tokens, end)
    loose = read.loose and not _is_strict(tokens, end)
    kind = modifier.kind if modifier else behind[0] if behind else "approximate" if loose else "exact"
    start = modifier.first if modifier else first
    stop = behind[1] if behind and not modifier else end
    if other:
        value = Value("range", low.value, high.value, low.step)
        start = first - 1 if at(tokens, first - 1).fold == "between" else start
    else:
        value = bounded(kind, low.value, high.value, low.step)
    return Read(amount(tokens, start, stop, value, unit), stop)


def _age_of(tokens: tuple[Token, ...], first: int, end: int, found: Measured | None) -> Measured | None:
    """An age, with "over" or "between" before the figure."""
    modifier = modifiers.before(tokens, first)
    start = modifier.first if modifier else first - (at(tokens, first - 1).fold == "between")
    return age(tokens, first, end, found) or (age(tokens, start, end, found) if start < first else None)


def _is_strict(tokens: tuple[Token, ...], end: int) -> bool:
    """ "A hundred-run partnership" is no round number."""
    return at(tokens, end).fold == "-" and at(tokens, end + 1).fold in _STRICT


_STRICT = frozenset({"run", "wicket", "point", "goal", "seat", "member", "page"})


def _million(tokens: tuple[Token, ...], read: Number, *, money: bool) -> Number:
    """ "$1.2m" and "1.2m people" are millions, "100m" alone is metres, "$5b" billions."""
    letter, follow = at(tokens, read.end).fold, at(tokens, read.end + 1)
    if letter not in {"m", "b"} or read.scale != 1:
        return read
    people = joined(tokens, read.end) and follow.is_word and follow.fold not in modifiers.STOPS | SPANS
    if not money and not (people and letter == "m"):
        return read
    scale = 1e6 if letter == "m" else 1e9
    return read._replace(value=read.value * scale, step=read.step * scale, end=read.end + 1, scale=scale)


def _closing(tokens: tuple[Token, ...], first: int, low: Number) -> Number | None:
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


def _second_measure(tokens: tuple[Token, ...], first: int, found: Measured) -> tuple[Number, Measured] | None:
    """ "100 m to 300 m": the unit stands at both ends of the range."""
    if found.unit.base == "percent" or at(tokens, found.end).fold not in {"-", "to"}:
        return None
    if any(at(tokens, first - back).fold in MOVES for back in (1, 2, 3)):
        return None
    high = number(tokens, found.end + 1)
    unit = unit_after(tokens, high.end) if high and high.form == "count" else None
    return (high, unit) if high and unit and unit.unit == found.unit else None


_OPENERS = frozenset({*NUMBER_WORDS, *_VAGUE, *_AGES, *MULTIPLES, "several", "few"})
"""Words that may open an amount, as figures may; all others are passed by at once."""
_ARTICLES = frozenset({"a", "an"})
