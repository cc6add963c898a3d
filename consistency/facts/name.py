"""People and organisations named in a text, and whether two names are the same, a variant, a typo or at odds.

No model and no list of people: a name is a run of capitalised words, without the titles before it,
the function word that opens the sentence, days, months and places. What may be an ordinary word at
the start of a sentence, or stands in a headline in title case, is kept with `sure` False.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec
from rapidfuzz.distance import Indel

from consistency.facts._kept import kept
from consistency.facts._names.acting import acts, does
from consistency.facts._names.alike import close, is_word
from consistency.facts._names.parted import credit_lines, parted
from consistency.facts._names.syllables import HYPHENS, is_tail, two_syllables
from consistency.facts._names.words import (
    ALWAYS_CAPITAL,
    BODIES,
    FUNCTION,
    NICKNAMES,
    PARTICLES,
    PEOPLES,
    PRIZED,
    SAINTS,
    TITLES,
    UNNAMED,
)
from consistency.facts._places.gazetteer import Word, gazetteer, words
from consistency.facts._spelling import hard_c, inflected, romanised, short_slip, slip, sounds_alike, transposed
from consistency.facts.place import mentions
from consistency.records import Span

__all__ = [
    "Kinship",
    "Name",
    "NameKind",
    "acting",
    "compare",
    "does",
    "first_name_exchanged",
    "generic_bodies",
    "inflected",
    "names",
    "own_parts",
    "romanised",
    "slip",
    "surname_exchanged",
    "title_case",
    "variant",
]

NameKind: TypeAlias = Literal["person", "organisation", "unknown"]
Kinship: TypeAlias = Literal["same", "variant", "typo", "conflict", "unrelated"]


class Name(msgspec.Struct, frozen=True):
    """A name in a text: `parts` are its words folded, titles left out; `titled` one stood before it."""

    span: Span
    text: str
    parts: tuple[str, ...]
    kind: NameKind
    titled: bool
    sure: bool


@kept
def names(text: str) -> tuple[Name, ...]:
    """The names in a text, in order, places left out. Linear in the text."""
    run, credit = parted(words(text))
    taken = {place.span.start: place.span.end for place in mentions(text) if place.sure}
    headline = title_case(run)
    credited = credit_lines(text)
    found: list[Name] = []
    follow = credit
    for at, word in enumerate(run):
        if word.start < follow or not (word.capital or word.text[0].isdigit()):
            continue
        if word.start in taken:
            follow = taken[word.start]
            continue
        stop = _stop(run, at, taken)
        follow = run[stop - 1].end
        if word.capital:
            name = _name(text, run[at:stop], headline=headline)
            if name is None or PRIZED.match(text, name.span.end):
                continue
            if not any(start <= name.span.start < end for start, end in credited[:_CREDITS]):
                found.append(name)
    return tuple(found)


_CREDITS = 20
"""Credits of a text that are looked at."""


def title_case(run: tuple[Word, ...]) -> bool:
    """Whether nearly every word of a text has a capital, as in many headlines: there it tells no name."""
    return len(run) > 4 and sum([word.capital for word in run]) > 0.75 * len(run)


def _stop(run: tuple[Word, ...], at: int, taken: dict[int, int]) -> int:
    """The end of the run of name words that starts at `at`."""
    stop = at + 1
    body = run[at].fold in BODIES
    while stop < len(run):
        left, word = run[stop - 1], run[stop]
        if not _touch(left, word) or word.start in taken:
            break
        if word.capital:
            body = body or word.fold in BODIES
            stop += 1
            continue
        if is_tail(run, at, stop):
            stop += 1
            continue
        ahead = _over_particles(run, stop, body=body)
        if ahead == stop or ahead >= len(run) or not run[ahead].capital or run[ahead].start in taken:
            break
        stop = ahead + 1
    return stop


def _over_particles(run: tuple[Word, ...], at: int, *, body: bool) -> int:
    """Past `von der`, `bin`, or in the name of a body `of the`; at most three words."""
    ahead = at
    while ahead < min(at + 3, len(run) - 1) and _touch(run[ahead], run[ahead + 1]):
        fold = run[ahead].fold
        if fold not in PARTICLES and not (body and fold in ("of", "for", "the")):
            break
        ahead += 1
    return ahead


def _touch(left: Word, right: Word) -> bool:
    if left.owns:
        return False
    if right.gap == ". ":
        return len(left.text) == 1 or left.fold in TITLES
    return right.gap in (" ", "-", "\u00a0", " & ", "&") and not right.opens


def _name(text: str, run: tuple[Word, ...], *, headline: bool) -> Name | None:
    """The name inside a run of capitalised words, or None when only titles and days are there."""
    opening = run[0].opens
    start, stop, titled = 0, len(run), False
    last_body = max([at for at, word in enumerate(run) if word.fold in BODIES], default=-1)
    for at, word in enumerate(run):
        if word.fold in TITLES and last_body < at < len(run) - 1:
            start, titled = at + 1, True
    if not titled:
        while start < stop and (run[start].fold in FUNCTION or run[start].fold in PEOPLES):
            start += 1
    while start < stop and (_people(run[start]) or run[start].fold in PARTICLES & FUNCTION):
        start += 1
    if 0 < start == stop - 1 and _headed(run[start - 1], run[start]):
        start -= 1
    while stop > start and _trailing(run[stop - 1], body=last_body >= start) and not _after_article(run, stop - 1):
        stop -= 1
    part = run[start:stop]
    if not part or (len(part) == 1 and _plain(part[0])):
        return None
    span = Span(part[0].start, part[-1].end)
    parts = tuple(word.fold for word in part if word.capital or word.gap in HYPHENS or word.fold not in PARTICLES)
    alone = opening and start == 0 and len(part) == 1 and not part[0].owns and not _acronym(part[0])
    return Name(span, text[span.start : span.end], parts, _kind(part, titled), titled, not (alone or headline))


def _headed(first: Word, head: Word) -> bool:
    """Whether the word that is left of a name needs the one before it, which by itself names nobody."""
    if head.fold in TITLES:
        return False
    return (head.fold in BODIES and _qualifies(first)) or (first.fold in PEOPLES and head.fold in _GROUPS)


_GROUPS = frozenset("accord alternative appeal bloc brotherhood caucus choice forum initiative list voice way".split())
"""What parties call themselves, besides the words that always tell of a body: Liberal Forum."""


def _qualifies(word: Word) -> bool:
    """Whether a word makes a name of the body after it: Baltic Sea, Labour Party."""
    return word.fold in PEOPLES or _people(word)


def _acronym(word: Word) -> bool:
    letters = word.text.replace(".", "")
    return 2 <= len(letters) <= 6 and letters.isupper()


def _trailing(word: Word, *, body: bool) -> bool:
    """Whether a word after a name is a title or a day: World Bank President, on Putin's Monday."""
    return word.fold in ALWAYS_CAPITAL or (word.fold in TITLES and not body)


def _after_article(run: tuple[Word, ...], at: int) -> bool:
    """Whether an Arab name is tied to its article, were it a title by itself: Hussein al-Sheikh."""
    return at > 0 and run[at].gap == "-" and not run[at - 1].capital and run[at - 1].fold in PARTICLES


def _people(word: Word) -> bool:
    hit = gazetteer().match((word,), 0)
    return hit is not None and hit[1].form == "adjective"


def _plain(word: Word) -> bool:
    """Whether a word alone is no name: one letter, a day, a people, a function word."""
    known = word.fold in ALWAYS_CAPITAL or word.fold in PEOPLES or word.fold in FUNCTION or word.fold in UNNAMED
    return len(word.text) < 2 or known or word.fold in TITLES or word.fold in BODIES or _people(word)


def _kind(part: tuple[Word, ...], titled: bool) -> NameKind:
    if part[-1].gap in HYPHENS and not part[-1].capital:
        return "person"  # Park Geun-hye
    if any(word.fold in BODIES for word in part):
        return "organisation"
    if len(part) == 1 and part[0].text.replace(".", "").isupper():
        return "unknown" if titled else "organisation"
    if titled:
        return "person"
    shouted = any(len(word.text) > 2 and word.text.isupper() for word in part)
    return "person" if 2 <= len(part) <= 4 and not shouted else "unknown"


def generic_bodies(text: str) -> tuple[Name, ...]:
    """Single capitalised words inside a sentence that name a body or party by its kind: the Senate, Labor."""
    taken = {place.span.start for place in mentions(text)}
    run = words(text)
    found: list[Name] = []
    for at, word in enumerate(run):
        beside = (run[at - 1].capital and _touch(run[at - 1], word)) if at else False
        ahead = run[at + 1].capital and _touch(word, run[at + 1]) if at + 1 < len(run) else False
        kind = word.fold in BODIES or word.fold in _PARTIES
        if word.capital and kind and not (word.opens or beside or ahead or word.start in taken):
            span = Span(word.start, word.end)
            found.append(Name(span, word.text, (word.fold,), "organisation", False, False))
    return tuple(found)


_PARTIES = frozenset("labor labour republicans democrats conservatives liberals".split())


def compare(a: Name, b: Name) -> Kinship:
    """How two names stand to each other, by their spelling alone.

    `conflict` says that they cannot name the same person or body; single words that say nothing of
    what they name are `unrelated` to a name of another kind.
    """
    if a.parts == b.parts:
        return "same"
    spelt = _spelt(a.parts, b.parts)
    if spelt is not None:
        return spelt
    kinds = {a.kind, b.kind}
    return "unrelated" if kinds == {"person", "organisation"} else "conflict"


def _spelt(a: tuple[str, ...], b: tuple[str, ...]) -> Kinship | None:
    """Whether two names are a variant or a misspelling of each other, None for neither."""
    odd = _odd(a, b)
    if odd is not None and ((transposed(*odd) and slip(*odd)) or (len(a) > 1 and hard_c(*odd))):
        return "typo"
    if variant(a, b) or (odd is not None and sounds_alike(*odd)):
        return "variant"
    if odd is not None and len(a) > 1 and short_slip(*odd):
        return "typo"
    if len(a) == len(b):
        differing = [(x, y) for x, y in zip(a, b, strict=True) if romanised(x) != romanised(y)]
        foreign = any(x != y and romanised(x) == romanised(y) for x, y in zip(a, b, strict=True))
        if len(differing) == 1 and (inflected(*differing[0]) or (foreign and slip(*differing[0]))):
            return "variant"
        if len(differing) == 1 and slip(*differing[0]):
            return "typo"
    return None


def _odd(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, str] | None:
    """The one word in which two names of as many words differ."""
    if len(a) != len(b):
        return None
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return differing[0] if len(differing) == 1 else None


def variant(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names differ only in romanisation, order, length or form: never for sure the same."""
    one, other = {romanised(part) for part in a}, {romanised(part) for part in b}
    if one == other or _shared(one, other) or _shared(other, one):
        return True
    if _initials(a, b) or _initials(b, a):
        return True
    return len(a) > 1 and len(b) > 1 and romanised(a[-1]) == romanised(b[-1]) and _given(a[0], b[0])


def first_name_exchanged(a: Name, b: Name) -> bool:
    """Whether two people share the surname and nothing of their first names: Alan Petrie, Callum Petrie.

    False for initials, short and foreign forms, and first names that are spelt or sound alike.
    """
    if min(len(a.parts), len(b.parts)) < 2 or max(len(a.parts), len(b.parts)) > 3:
        return False
    if a.parts[-1] != b.parts[-1] or "organisation" in (a.kind, b.kind) or variant(a.parts, b.parts):
        return False
    first, second = a.parts[:-1], b.parts[:-1]
    if SAINTS.intersection(first) and SAINTS.intersection(second):
        return False
    if any(len(part) < 3 or part in PEOPLES or part in FUNCTION or part in TITLES for part in (*first, *second)):
        return False
    if len(a.parts[-1]) < 3 or a.parts[-1] in BODIES:
        return False
    return not any(
        x[:2] == y[:2] or _given(x, y) or Indel.normalized_similarity(x, y) > 0.6 for x in first for y in second
    )


def surname_exchanged(a: Name, b: Name) -> bool:
    """Whether two people share the first name and nothing of what tells them apart: Anna Kowalska, Anna Nowak; and
    Kim Jong-un, Kim Yo-jong, where the family name comes first.

    False for initials, for names spelt or sounding alike, and where what they share is no name of a person's.
    """
    if not all(name.kind == "person" and name.sure and 2 <= len(name.parts) <= 4 for name in (a, b)):
        return False
    first = a.parts[0]
    placed = any(place.sure for place in mentions(a.text[: len(first)]))
    if placed or first != b.parts[0] or len(first) < 2 or _spelt(a.parts, b.parts) is not None:
        return False
    mine, theirs = own_parts(a, b)
    if not mine or not theirs or any(len(part) < 2 or part in TITLES for part in (*mine, *theirs)):
        return False
    if not all(two_syllables(name.text, name.parts[-1]) for name in (a, b)):  # Park Geun-hye, but "Hurricane Maria"
        known = first in NICKNAMES or a.titled or b.titled  # "Toyota Motor"
        words_alone = (all(is_word(part) for part in parts) for parts in (mine, theirs))
        if first in _NO_GIVEN or is_word(first) or (all(words_alone) and not known):
            return False
    return not any(close(x, y) for x in mine for y in theirs)


def own_parts(a: Name, b: Name) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of two names that the other does not have."""
    return (
        tuple(part for part in a.parts if part not in b.parts),
        tuple(part for part in b.parts if part not in a.parts),
    )


_NO_GIVEN = SAINTS | PARTICLES | FUNCTION | PEOPLES | TITLES | BODIES


def _shared(short: set[str], long: set[str]) -> bool:
    """Surname only against the full name, Brookings against Brookings Institution."""
    return any(len(part) > 1 for part in short) and short <= long


def _given(a: str, b: str) -> bool:
    """Jake and J., William and Bill, Alexander and Alexandr."""
    if (len(a) == 1 or len(b) == 1) and a[0] == b[0]:
        return True
    return NICKNAMES.get(a, a) == NICKNAMES.get(b, b) or a.startswith(b) or b.startswith(a)


def _initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """ICC against International Criminal Court, with or without the letters of `of` and `the`."""
    telling = "".join(part[0] for part in long if part not in ("of", "the", "and", "for"))
    joined = "".join(short)
    if len(short) != 1 or len(long) < 2 or not 2 <= len(joined) <= 8:
        return False
    return joined in (telling, "".join(part[0] for part in long))


def acting(text: str, name: Name) -> bool:
    """Whether a doubtful word at the start of a sentence does something, as a name would and few other words do.

    "Murray lost", "Putin also stressed"; not "Moderate rain", "Police said", "Fears grew", "Growth was".
    """
    return len(name.parts) == 1 and acts(text, name.parts[0], name.span.end)
