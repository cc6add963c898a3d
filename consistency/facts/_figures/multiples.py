"""How often, how many times as much, how old: "once a week", "doubled", "threefold", "aged 24"."""

from __future__ import annotations

from consistency.facts import _modifiers as modifiers
from consistency.facts._figures.amount import Read, amount, bounded, exact
from consistency.facts._figures.numbers import NUMBER_WORDS, ONES, Number
from consistency.facts._figures.units import Measured, Unit
from consistency.facts._tokens import Token, at, words

FACTOR = Unit("factor", 1)
YEAR_OF_AGE = Unit("age", 31557600.0)
_CHANGED = {
    **dict.fromkeys(words("doubled doubling"), 2.0),
    **dict.fromkeys(words("tripled tripling trebled trebling"), 3.0),
    **dict.fromkeys(words("quadrupled quadrupling"), 4.0),
    **dict.fromkeys(words("halved halving"), 0.5),
}
_BASES = {"double": 2.0, "triple": 3.0, "treble": 3.0, "quadruple": 4.0, "halve": 0.5}
_FOLD = {f"{word}fold": float(value) for word, value in ONES.items() if 2 <= value <= 20}
_ASIDE = words("over down back up as bogey")
"""Behind "doubled" they tell of no number: doubled over, doubled as."""
_TO = words("to will would could may might should can than nearly almost")
_PERSONS = words("man woman boy girl youth teenager lad pensioner toddler")
"""Before "of 39" one person."""
_FIGURES = 2
_PERIODS = words(
    "minute hour day night week weekend fortnight month quarter year season decade century lifetime generation",
)
_MORE = words("the more higher larger bigger greater longer faster that its their")
OPENERS = frozenset({"once", *_CHANGED, *_BASES, *_FOLD})


def multiple(tokens: tuple[Token, ...], index: int) -> Read | None:
    """ "Once a week", "doubled", "threefold": an amount in one word."""
    word, after = tokens[index].fold, at(tokens, index + 1).fold
    if word == "once":
        return _once(tokens, index)
    value = _CHANGED.get(word) or _FOLD.get(word)
    if value is None and word in _BASES and (after == "the" or at(tokens, index - 1).fold in _TO):
        value = _BASES[word]
    if value is None or after in _ASIDE:
        return None
    return _factor(tokens, index, index + 1, value)


def times(tokens: tuple[Token, ...], index: int, read: Number) -> Read | None:
    """ "Twice as many", "three times the", "five-fold" behind a number."""
    end = read.end
    if read.form == "count":
        fold = end + (at(tokens, end).fold == "-")
        if at(tokens, fold).fold == "fold":
            return _factor(tokens, index, fold + 1, read.value)
        if at(tokens, end).fold != "times":
            return None
        end += 1
    elif read.form != "multiple":
        return None
    return _factor(tokens, index, end, read.value) if _compares(tokens, end) else None


def _compares(tokens: tuple[Token, ...], index: int) -> bool:
    """ "As many", "as high as", "the size", "more than"; not "twice as the home side pressed"."""
    word, follow = at(tokens, index).fold, at(tokens, index + 1).fold
    if word != "as":
        return word in _MORE
    return follow in {"many", "much", "likely"} or "as" in {at(tokens, index + ahead).fold for ahead in (2, 3, 4)}


def _factor(tokens: tuple[Token, ...], index: int, end: int, value: float) -> Read:
    modifier = modifiers.before(tokens, index)
    kind, first = (modifier.kind, modifier.first) if modifier else ("exact", index)
    return Read(amount(tokens, first, end, bounded(kind, value, value), FACTOR), end)


def _once(tokens: tuple[Token, ...], index: int) -> Read | None:
    """ "Once a week", "only once"; in all other places the word may mean formerly, or as soon as."""
    before, follow = at(tokens, index - 1).fold, [at(tokens, index + offset).fold for offset in (1, 2)]
    often = follow[0] in {"a", "an", "per", "each", "every"} and follow[1] in _PERIODS
    alone = before in {"only", "just"} and not at(tokens, index + 1).is_word
    if not (often or alone) or before in {"than", "at"}:
        return None
    return Read(amount(tokens, index, index + 1, exact(1.0))._replace(noun="time"), index + 1)


def age(tokens: tuple[Token, ...], first: int, end: int, found: Measured | None) -> Measured | None:
    """The unit "age" and the token behind it where the figure from `first` to `end` is one.

    "24-year-old", "24 years of age", "aged 24", "the age of 24", "a man of 24", and the bare figure in "Marta, 24, of".
    """
    behind = found.end if found else end
    if found and found.unit.base == "second":
        dashed = at(tokens, behind).fold == "-"
        if at(tokens, behind + dashed).fold in {"old", "olds"}:
            return Measured(Unit("age", found.unit.factor), behind + dashed + 1)
        if (at(tokens, behind).fold, at(tokens, behind + 1).fold) == ("of", "age"):
            return Measured(Unit("age", found.unit.factor), behind + 2)
    before, earlier = at(tokens, first - 1).fold, at(tokens, first - 2).fold
    if before == "of" and earlier in _PERSONS and (found is None or found.unit.base == "second"):
        follow = at(tokens, behind)
        alone = not follow.is_word or follow.fold in modifiers.STOPS
        old = (at(tokens, first).text.isdigit() and len(at(tokens, first).text) <= _FIGURES) or at(
            tokens, first
        ).fold in ONES
        years = Unit("age", found.unit.factor) if found else YEAR_OF_AGE
        return Measured(years, behind) if alone and old and end == first + 1 else None
    if before in {"aged", "age", "ages"} or (before, earlier) == ("of", "age"):
        if found is None:
            return Measured(YEAR_OF_AGE, end)
        return Measured(Unit("age", found.unit.factor), found.end) if found.unit.base == "second" else None
    return Measured(YEAR_OF_AGE, end) if found is None and _between_commas(tokens, first, end) else None


def _between_commas(tokens: tuple[Token, ...], first: int, end: int) -> bool:
    figure, name = at(tokens, first), at(tokens, first - 2)
    if end != first + 1 or not figure.text.isascii() or not figure.text.isdigit() or not 0 < len(figure.text) <= 2:
        return False
    named = name.is_word and name.fold not in modifiers.STOPS and name.fold not in NUMBER_WORDS
    return named and at(tokens, first - 1).text == "," == at(tokens, end).text
