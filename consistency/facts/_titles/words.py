"""The words of titles behind `title`: their table, and heads and portfolios found in a run of words."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from consistency.facts._names.acting import does
from consistency.facts._names.words import ALWAYS_CAPITAL
from consistency.facts._places.gazetteer import ABBREVIATED, Word, fold, gazetteer, rows
from consistency.facts._titles.callings import callings, may_be_name
from consistency.facts._tokens import words as word_set
from consistency.facts.hedge import lemma

REACH = 8
"""Words of a phrase that are looked at before its head, and after it."""
PLAIN = (" ", "-", "‑", "\u00a0")
"""What may stand between two words of one phrase."""
POSSESSIVE = word_set("his her their my our your its whose")
DETERMINER = word_set("a an the") | POSSESSIVE
STOPS = DETERMINER | word_set(
    "and or but nor of for with to from in at on by as that which who whom said says told is was are were be been has",
    "have had will would can could may might when while after before because if so not never than this these those he",
    "she they it we i you also under over about against into between during without including like",
)
"""Words that no title has before its head."""
ELECT = word_set("elect designate")
"""Words after an office that is not held yet."""
CALLING = "calling"
"""The family of what people are by profession, art or sport."""
_CALLED = word_set("doctor nurse lawyer judge priest pastor rabbi imam bishop")
"""Titles that are callings as well, and exclude the others."""
_MATTERS = word_set("affairs matters issues policy policies questions development services")
"""What ends the name of a portfolio."""
_ASKING = word_set("what how why him her them us me you whom more his")
_LEADING = (("of",), ("for",), ("in", "charge", "of"), ("responsible", "for"))
"""Words between a head and its portfolio."""
_BOUNDS = STOPS | ALWAYS_CAPITAL
_LONGEST = 4


class Concept(NamedTuple):
    """Where it excludes others, how it is used, and what the same person may be beside it."""

    families: tuple[str, ...]
    flags: frozenset[str]
    beside: frozenset[str]


class Table(NamedTuple):
    """Concepts by name, spellings by their folded words, the groups of each portfolio, and its spellings.

    `firsts` and `lasts` are the words with which a spelling begins and ends.
    """

    concepts: dict[str, Concept]
    forms: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]]
    fields: dict[str, frozenset[str]]
    field_forms: dict[tuple[str, ...], str]
    firsts: set[str]
    lasts: set[str]


@lru_cache(maxsize=1)
def title_table() -> Table:
    """`data/titles.tsv`, `data/portfolios.tsv` and the callings."""
    table = Table({}, {}, {}, {}, set(), set())
    spelt: dict[str, tuple[str, ...]] = {}
    for concept, families, flags, beside, forms in rows("titles"):
        table.concepts[concept] = Concept(
            tuple(part for part in families.split(";") if part), frozenset(flags.split()), frozenset(beside.split(";"))
        )
        spelt[concept] = tuple(forms.split(";"))
    ours = frozenset(spelt)
    new: dict[str, tuple[str, ...]] = {}
    for calling in callings():
        if calling.concept not in ours:
            new[calling.concept] = calling.forms
            table.concepts[calling.concept] = Concept((CALLING,), frozenset([CALLING]), calling.beside)
        elif calling.concept in _CALLED:
            known = table.concepts[calling.concept]
            table.concepts[calling.concept] = known._replace(families=(*known.families, CALLING))
    for concept, some in (*new.items(), *spelt.items()):  # a calling's own word comes before a vaguer title
        for form in some:
            _add(table, concept, tuple(form.replace("-", " ").split()))
    for field, groups, forms in rows("portfolios"):
        table.fields[field] = frozenset(groups.split(";"))
        for form in forms.split(";"):
            table.field_forms[tuple(form.split())] = field
    return table


def _add(table: Table, concept: str, spelt: tuple[str, ...]) -> None:
    folds = tuple(fold(part) for part in spelt)
    table.forms.setdefault(folds, []).append((spelt, concept))
    table.firsts.add(folds[0])
    table.lasts.add(folds[-1])


def _spelt(run: tuple[Word, ...], start: int, stop: int) -> str | None:
    """The concept that the words `start` to `stop` spell, joined by blanks, hyphens or abbreviating stops."""
    if start < 0 or stop > len(run) or any(not joined(run[at - 1], run[at]) for at in range(start + 1, stop)):
        return None
    part = run[start:stop]
    for spelt, concept in title_table().forms.get(tuple(word.fold for word in part), ()):
        if all(_shaped(word.text.replace(".", ""), form) for word, form in zip(part, spelt, strict=True)):
            return concept
    return None


def _shaped(word: str, form: str) -> bool:
    """A form in capitals must be written so, one with a capital must have it."""
    if len(form) > 1 and form.isupper():
        return word.isupper()
    if word[0].isupper() and may_be_name(form):
        return False
    return word[0].isupper() or not form[0].isupper()


def joined(left: Word, right: Word) -> bool:
    """Whether two words stand in one phrase: a blank, a hyphen or the stop of an abbreviation between them."""
    if left.owns:
        return False
    return right.gap in PLAIN or (right.gap == ". " and left.fold in ABBREVIATED)


class Head(NamedTuple):
    """The words of a title's head, `start` to `stop`, and its concept."""

    start: int
    stop: int
    concept: str


def head_before(run: tuple[Word, ...], stop: int) -> Head | None:
    """The longest title that ends at word `stop`."""
    if stop < 1 or stop > len(run) or run[stop - 1].fold not in title_table().lasts:
        return None
    for length in range(_LONGEST, 0, -1):
        if concept := _spelt(run, stop - length, stop):
            return Head(stop - length, stop, concept)
    return None


def head_from(run: tuple[Word, ...], start: int) -> Head | None:
    """The longest title that starts at word `start`; of titles in a row (state president press officer) the last."""
    head = _spelt_from(run, start)
    for _ in range(REACH):
        longer = _spelt_from(run, head.stop) if head and _goes_on(run, head.stop) else None
        if longer is None:
            break
        head = longer
    return head


def _spelt_from(run: tuple[Word, ...], start: int) -> Head | None:
    if start >= len(run) or run[start].fold not in title_table().firsts:
        return None
    for length in range(_LONGEST, 0, -1):
        if concept := _spelt(run, start, start + length):
            return Head(start, start + length, concept)
    return None


def _goes_on(run: tuple[Word, ...], at: int) -> bool:
    return at < len(run) and joined(run[at - 1], run[at])


def phrase_start(run: tuple[Word, ...], head: int) -> int:
    """Where the words that describe a head begin: after a function word, a possessive or a mark."""
    first = head
    while first > max(0, head - REACH) and joined(run[first - 1], run[first]) and run[first - 1].fold not in _BOUNDS:
        first -= 1
    return first


def _field_at(run: tuple[Word, ...], start: int, stop: int) -> str | None:
    if start < 0 or stop > len(run):
        return None
    return title_table().field_forms.get(tuple(word.fold for word in run[start:stop]))


def fields_before(run: tuple[Word, ...], first: int, head: int) -> tuple[int, list[str]]:
    """Portfolios right before a head, also two joined by `and`: health and education minister."""
    found: list[str] = []
    at = head
    while True:
        length = next((n for n in (2, 1) if at - n >= 0 and _field_at(run, at - n, at)), 0)
        joined = found and at - 2 >= 0 and run[at - 1].fold == "and" and _field_at(run, at - 2, at - 1)
        if length and (at - length >= first or found):
            found.append(_field_at(run, at - length, at) or "")
            at -= length
        elif joined:
            at -= 1
        else:
            return at, found


def _past_of(run: tuple[Word, ...], at: int) -> int:
    """The word behind what leads to a portfolio: of, for, in charge of; 0 where nothing does."""
    for phrase in _LEADING:
        part = run[at : at + len(phrase)]
        if tuple(word.fold for word in part) == phrase and all(word.gap == " " for word in part):
            return at + len(phrase)
    return 0


def fields_after(run: tuple[Word, ...], head: int, *, secretary: bool) -> tuple[int, list[str]]:
    """Portfolios after a head: minister of finance, secretary of state, minister for health and sport."""
    found: list[str] = []
    at = head
    while (ahead := _past_of(run, at)) and ahead < len(run):
        if run[ahead].fold == "the" and ahead + 1 < len(run):
            ahead += 1
        if run[ahead].fold == "state":
            at = ahead + 1
            found = ["foreign"] if secretary else []
            continue
        fields: list[str] = []
        while length := next((n for n in (2, 1) if _field_at(run, ahead, ahead + n)), 0):
            fields.append(_field_at(run, ahead, ahead + length) or "")
            ahead += length
            at = ahead
            if ahead + 1 < len(run) and run[ahead].fold == "and" and _field_at(run, ahead + 1, ahead + 2):
                ahead += 1
        return at, fields or found
    return at, found


def matter_after(run: tuple[Word, ...], head: int) -> tuple[int, frozenset[str]]:
    """Where a portfolio that no table has ends, and its words: minister for rural matters. A mark ends it, a verb, a
    place, and a name behind words that are written small.
    """
    found: set[str] = set()
    end = head
    if head < len(run) and run[head].fold == "for" and run[head].gap == " ":
        for at in range(head + 1, min(head + 1 + REACH // 2, len(run))):
            word = run[at]
            named = word.capital and (gazetteer().begins(word.fold) or (at > head + 1 and not run[at - 1].capital))
            small = word.fold in ("and", "the")
            other = (word.fold in _BOUNDS and not small) or word.fold in _ASKING
            if word.gap not in PLAIN or other or named or (found and does(word.fold)):
                break
            end = at + 1
            if word.fold in _MATTERS:
                break
            found.update([] if small else [lemma(word.fold)])
    return (end, frozenset(found)) if found else (head, frozenset())
