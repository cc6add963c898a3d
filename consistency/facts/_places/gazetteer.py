"""The table of places and bodies that news speaks of, and the words of a text to look up in it.

`data/*.tsv` hold it: countries, regions, cities (made by `build_places`), aliases, governments,
organisations, and two lists of traps (`ambiguous`, `not_places`). Loaded on first use.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from consistency.facts._kept import kept, kept_word

Kind: TypeAlias = Literal["country", "city", "region", "area", "organisation", "other"]
Form: TypeAlias = Literal["name", "adjective", "metonym"]

_WORD = re.compile(
    r"(?=[A-Z]\.)(?:U\. ?S\. ?A\.|U\. ?(?:S|K|N)\.(?!\w)|E\. U\.|(?:[A-Z]\.){2,}(?:[A-Z]\b(?!\.))?|[A-Z]\.[A-Z]\b)"
    r"|[^\W_]+(?:['’ʼ][^\W_]+)*"
)
_STROKES = str.maketrans("łŁøØđĐıħĦ", "lLoOdDihH")
"""Letters that carry a stroke, or want a dot, as part of themselves; no decomposition takes it off."""
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "ʻ": "'", "`": "'"})
_OPENERS = "\"'“”‘’«»„([{—–-"
_STOPS = ".!?:;…\n\r•"
_BEGINNING = frozenset('"“«„‘\n')
ABBREVIATED = frozenset(
    [
        "st",
        "mt",
        "ft",
        "dr",
        "mr",
        "mrs",
        "ms",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "sen",
        "rep",
        "gov",
        "prof",
        "rev",
        "jr",
        "sr",
        "gov",
        "hon",
        "maj",
        "cmdr",
        "adm",
        "pres",
    ]
)
"""Words whose full stop does not end a sentence."""


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word of a text without its possessive ending.

    `fold` is lower case without diacritics or the dots of an acronym; `gap` what stands between the
    word before and this one; `opens` whether a sentence or a quotation starts here; `owns` whether
    a possessive ending was cut off.
    """

    start: int
    end: int
    text: str
    fold: str
    gap: str
    opens: bool
    owns: bool
    capital: bool


def fold(text: str) -> str:
    """Lower case, no diacritics, straight apostrophes, no dots."""
    if text.isascii() and text.isalnum():
        return text.lower()  # most words; the same as below, and much faster
    plain = text.translate(_APOSTROPHES)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_STROKES))
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return plain.replace(".", "").replace(" ", "").casefold()


def _opens(before: str, gap: str) -> bool:
    bare = gap.rstrip(_OPENERS + " \t\u00a0")
    if bare.endswith(".") and before in ABBREVIATED:
        return False
    return (bool(bare) and bare[-1] in _STOPS) or not _BEGINNING.isdisjoint(gap)


@kept
def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order. One pass."""
    return _words(text)


def _words(text: str) -> tuple[Word, ...]:
    found: list[Word] = []
    end = 0
    before = ""
    for raw in _WORD.findall(text):
        start = text.index(raw, end)  # no letter and no figure stands between two words
        gap = text[end:start]
        bare, folded, owns, capital = _spelt(raw)
        opens = not found or (gap != " " and _opens(before, gap))
        found.append(Word(start, start + len(bare), bare, folded, gap, opens, owns, capital))
        end, before = start + len(raw), folded
    return tuple(found)


@kept_word
def _spelt(raw: str) -> tuple[str, str, bool, bool]:
    """A word without its possessive ending, folded; whether the ending was there, and whether it has a capital."""
    bare = raw
    if len(raw) > 2 and raw[-1] in "sS" and raw[-2] in "'’ʼ":
        bare = raw[:-2]
    return bare, fold(bare) or bare, bare != raw, bare[0].isupper()


class Entity(msgspec.Struct, frozen=True):
    """A place or body: `within` names what holds it, `near` what it may stand for or belong to."""

    id: str
    kind: Kind
    name: str
    within: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    governs: str = ""


class Entry(msgspec.Struct, frozen=True):
    """One spelling: its entities, how it names them, and whether it can stand without context."""

    ids: tuple[str, ...]
    form: Form
    alone: bool
    trap: str = ""


class _Spelling(msgspec.Struct, frozen=True):
    folds: tuple[str, ...]
    shape: tuple[str, ...]
    entry: Entry

    def fits(self, run: tuple[Word, ...]) -> bool:
        """Whether a run of words is written as the spelling is: capitals where it has them."""
        for at, (word, shape) in enumerate(zip(run, self.shape, strict=True)):
            if at and not _joins(run[at - 1], word):
                return False
            if shape == "acronym" and not word.text.replace(".", "").replace(" ", "").isupper():
                return False
            if shape == "capital" and not word.capital:
                return False
        return True


def _joins(left: Word, right: Word) -> bool:
    if left.owns:
        return False
    return right.gap in (" ", "-", "\u00a0", "‑") or (right.gap == ". " and left.fold in ABBREVIATED)


def _shape(word: Word) -> str:
    letters = word.text.replace(".", "")
    if letters.isupper() and len(letters) > 1:
        return "acronym"
    return "capital" if word.capital else "any"


def rows(name: str) -> Iterator[list[str]]:
    """The rows of `data/<name>.tsv` as fields."""
    text = files("consistency.facts").joinpath("data", f"{name}.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def word_list(name: str) -> frozenset[str]:
    """One of the lists of `data/words.tsv`."""
    return next(frozenset(words_.split()) for key, words_ in rows("words") if key == name)


def _several(field: str) -> list[str]:
    return [part for part in field.split(";") if part]


def _plurals(adjective: str) -> list[str]:
    return [adjective] if adjective.endswith(("s", "sh", "ch", "ese", "men")) else [adjective, adjective + "s"]


class _Begun(NamedTuple):
    """The spellings that begin with one word, by their folded words; their lengths in words, longest first."""

    lengths: tuple[int, ...]
    spellings: Mapping[tuple[str, ...], Sequence[_Spelling]]


def _first(name: str) -> str:
    """The first word of a name, folded."""
    if name.isascii() and name.replace(" ", "").isalpha():
        return name.partition(" ")[0].lower()  # most names; the same as below, and much faster
    return _words(name)[0].fold


class Gazetteer:
    """Entities by id, spellings by first word. Built once; read only."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self._above: dict[str, frozenset[str]] = {}
        self._holders: dict[str, set[str]] = defaultdict(set)
        self._named: dict[str, list[tuple[str, Form, bool]]] = defaultdict(list)
        self._traps = {row[0]: row[1] for row in rows("ambiguous")}
        self._load_places()
        self._load_bodies()
        self._begun: dict[str, _Begun] = {}
        self._names: dict[str, list[str]] = defaultdict(list)
        for name in self._named:
            self._names[_first(name)].append(name)

    def _add(self, entity: Entity, names: list[str], form: Form = "name", *, alone: bool = True) -> None:
        self.entities.setdefault(entity.id, entity)
        for name in names:
            self._named[name].append((entity.id, form, alone))

    def _load_places(self) -> None:
        capitals: dict[tuple[str, str], str] = {}
        seats: dict[tuple[str, str], Entity] = {}
        known_as = {fold(name): names for (names,) in rows("exonyms") for name in names.split(";")}
        for identity, names, adjectives, capital in rows("countries"):
            spelled = _several(names)
            country = Entity(identity, "country", spelled[0])
            self._add(country, spelled)
            self._add(country, [p for a in _several(adjectives) for p in _plurals(a)], "adjective")
            capitals |= {(identity, name): identity for name in _several(capital)}
        for identity, names, adjectives, within, holds in rows("regions"):
            spelled = _several(names)
            region = Entity(identity, "area" if holds else "region", spelled[0], tuple(_several(within)))
            self._add(region, spelled)
            self._add(region, [p for a in _several(adjectives) for p in _plurals(a)], "adjective")
            for held in _several(holds):
                self._holders[held].add(identity)
        for identity, names, within, big in rows("cities"):
            spelled = _several(names)
            holder = identity[:2]
            seated = [name for name in spelled if capitals.pop((holder, name), "")]
            governs = holder if seated else ""
            city = Entity(identity, "city", spelled[0], tuple(_several(within)), governs=governs)
            self._add(city, spelled, alone=bool(big or governs))
            seats |= {(holder, known_as.get(fold(name), fold(name))): city for name in seated}
        for holder, name in capitals:
            seat = Entity(f"{holder}/{name}", "city", name, (holder,), governs=holder)
            self._add(seats.setdefault((holder, known_as.get(fold(name), fold(name))), seat), [name])

    def _load_bodies(self) -> None:
        for names, identity in rows("governments"):
            self._add(self.entities[identity], _several(names), "metonym")
        for identity, names, near in rows("organisations"):
            spelled = _several(names)
            body = Entity(identity, "organisation", spelled[0], near=tuple(_several(near)))
            self._add(body, spelled)
        for (names,) in rows("not_places"):
            for name in _several(names):
                self._add(Entity(f"other/{fold(name)}", "other", name), [name])

    def match(self, run: tuple[Word, ...], at: int) -> tuple[int, Entry] | None:
        """The longest spelling that starts at word `at`: how many words, and what it names."""
        first = run[at].fold
        if first not in self._names:
            return None
        begun = self._begun.get(first)
        if begun is None:
            begun = self._begun[first] = self._begin(first)
        for length in begun.lengths:
            part = run[at : at + length]
            if len(part) == length:
                for spelling in begun.spellings.get(tuple([word.fold for word in part]), ()):
                    if spelling.fits(part):
                        return length, spelling.entry
        return None

    def begins(self, fold: str) -> bool:
        """Whether any spelling begins with a word."""
        return fold in self._names

    def _begin(self, first: str) -> _Begun:
        """The spellings that begin with a word, read when it is first met: a story has few of the thousands."""
        found: dict[tuple[str, ...], list[_Spelling]] = defaultdict(list)
        for name in self._names[first]:
            run, uses = _words(name), self._named[name]
            ids = tuple(sorted({identity for identity, _, _ in uses}))
            entry = Entry(ids, uses[0][1], any(alone for _, _, alone in uses), self._traps.get(name, ""))
            folds = tuple(word.fold for word in run)
            found[folds].append(_Spelling(folds, tuple(map(_shape, run)), entry))
        return _Begun(tuple(sorted({len(folds) for folds in found}, reverse=True)), found)

    def above(self, identity: str) -> frozenset[str]:
        """Everything that holds an entity, directly or not."""
        known = self._above.get(identity)
        if known is None:
            seen: set[str] = set()
            open_ = [identity]
            while open_:
                one = open_.pop()
                entity = self.entities.get(one)
                for holder in (*(entity.within if entity else ()), *self._holders.get(one, ())):
                    if holder not in seen:
                        seen.add(holder)
                        open_.append(holder)
            known = self._above[identity] = frozenset(seen - {identity})
        return known

    def overlap(self, a: str, b: str) -> bool:
        """Whether two areas hold something in common."""
        return any(a in holders and b in holders for holders in self._holders.values())


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The one table."""
    return Gazetteer()
