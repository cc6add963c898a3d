"""Damage that a text shows by itself: stray stops, lost quote marks and brackets, cut-off ends,
doubled words, words run together, wrong character sets.

Pure functions over whole articles; offsets count characters of the given text. A place is doubtful
(`sure` False) where honest text sometimes looks the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, Literal, TypeAlias

import msgspec

from consistency.facts._lists import word_set
from consistency.facts.quotation import marks
from consistency.records import Span

Kind: TypeAlias = Literal[
    "stray stop", "run together", "doubled word", "characters", "quote mark", "bracket", "cut off"
]

ABBREVIATIONS: Final = word_set(
    "mr mrs ms dr prof rev hon gen col maj capt cmdr lt sgt pvt adm brig sen rep gov pres jr sr st mt ft ",
    "inc corp co ltd llc bros dept govt gov univ assn assoc dist div est etc vs viz cf al ed eds vol vols ",
    "no nos pp fig figs ch sec art ave blvd rd hwy sq jan feb mar apr jun jul aug sep sept oct nov dec ",
    "penn mon tue tues wed thu thur thurs fri sat sun approx max min avg tel ext esp incl misc orig resp ",
    "oz lb lbs hr hrs mi km kg cm mm yd yds gal tbsp tsp mph kph ca eg ie am pm a.m p.m ariz calif colo ",
    "conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt ",
    "wash wis wyo arr trans repr rel seq op cit ibid nr supt insp det cpl cllr messrs mlle mme",
)
_PARTICLES: Final = word_set("de da di du del della la le van von der den ter bin ibn al el dos das")
_DOUBLES: Final = word_set(
    "the a an of to at for with and or but by from as are has his its these we they will would which into ",
    "said than",
)
_REPEATED_ON_PURPOSE: Final = word_set(
    "that very more much many really quite long again never ever yeah blah bang knock hush please wait ",
    "there here what well good sure just only right okay hear work same cake goodbye boom talk pretty ",
    "slowly gently round down over away dear were have been little walk side door upon step back ",
    "wink nudge kitty beri bora paper pompom chop chin dumdum cous tsetse night time",
)
_OPEN_ENDS: Final = word_set(
    "the a an and or but of while because although though whereas their its his whose my your our than ",
    "into onto from which since until unless between among including whether",
)
_OPEN_IN_PROSE: Final = word_set("to for with at as that is are was were has have had will would")
_FURNITURE: Final = word_set("advertisement http https www pic")
_DOMAINS: Final = word_set("com net org io co uk js ai tv gov edu py me us info html php")

_STRAY = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,40}+)\.[^\S\n\r]++(?=([^\W\d_]{1,40}+))")
_SOUND = re.compile(r"[.!?][”»\"'’)\]]{0,3}(?:[^\S\n\r]*(?:[\n\r]|\Z)|[^\S\n\r]+[^\Wa-z])")
_STRAY_DOUBLE = re.compile(r"(?<![^\s.])[^\s.]{1,60}+\.[^\S\n\r]+\.(?![.\d]|\s*\.)")
_RUN_TOGETHER = re.compile(r"(?<![\w.@/#])([^\W\d_]{3,40}+)\.([^\W\d_]{2,40}+)(?![\w@/]|\.\w)")
_MAYBE_STRAY = re.compile(r"\.[^\S\n\r]+[^\W\d_A-Z]")
_TWO_STOPS = re.compile(r"\.[^\S\n\r]+\.")
_STOP_INSIDE = re.compile(r"\.[^\W\d_]")
"""What the patterns before ask for, found much faster: most texts have none of it."""
_DOUBLED = re.compile(r"(?<![\w’'\-–])([^\W\d_]{1,40}+)[^\S\n\r]++\1(?![\w’'\-–])")
_CHARACTERS = re.compile(
    r"\ufffd+|â€(?:[\u0080-\u00bf\u2018-\u203a\u0152-\u0178\u02c6\u02dc\u2122]|\s|$)|Ã[\u0080-\u00bf]"
    r"|Â[\u00a0-\u00bf]|ï»¿|ï¿½|&(?:amp|quot|apos|nbsp|lt|gt|[lr][sd]quo|[mn]dash|hellip|#\d{2,5}|#x[0-9a-fA-F]{2,5});"
)
_BRACKET = re.compile(r"[()\[\]{}]")
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}
_ENUMERATOR = re.compile(r"(?:(?<=\s)|\A)\(?(?:\w{1,3}|\d{1,3}[a-z]?)\Z")
_SMILEY = re.compile(r"[:;8=xX][-^o']?\Z")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_CLOSERS = "”»\"'’“)]}*"
_BLANK = " \t\f\v\u00a0\u2009\u202f\u200b\ufeff"
_LEADS_ON = "“\"„«‘'`"
_ADDRESS = re.compile(r"\S*(?:://|www\.|\.com/|@|#)\S*\Z")
_LAST_WORD = re.compile(r"([^\W\d_]+)\W*\Z")
_PROSE_WORDS = 12
SHORT: Final = "short"
"""The detail of a cut off line that is shorter than prose."""
_HEADLINE_WORDS = 6
_STYLE = 3
_FLAT = 1500
_DEEPEST = 50


class Damage(msgspec.Struct, frozen=True):
    """One damaged place. `text` is the damaged stretch as it stands, `detail` says which variety it is."""

    kind: Kind
    span: Span
    text: str
    sure: bool = True
    detail: str = ""


@lru_cache(maxsize=32)
def damages(text: str) -> tuple[Damage, ...]:
    """Every damaged place, in order; of places that overlap only the first named kind is kept."""
    cut = list(_cut_off(text))
    ends = {one.span.end for one in cut if one.sure}
    found = [
        *_characters(text),
        *_quote_marks(text, ends),
        *_brackets(text, ends),
        *_stray_stops(text),
        *_run_together(text),
        *_doubled(text),
        *cut,
    ]
    order = {id(one): index for index, one in enumerate(found)}
    kept: list[Damage] = []
    for one in sorted(found, key=lambda damage: (damage.span, order[id(damage)])):
        if kept and one.span.start < kept[-1].span.end and one.kind != "quote mark":
            continue
        kept.append(one)
    return tuple(kept)


def _damage(kind: Kind, text: str, start: int, end: int, *, sure: bool = True, detail: str = "") -> Damage:
    return Damage(kind, Span(start, end), text[start : min(end, start + 80)], sure, detail)


def _characters(text: str) -> Iterator[Damage]:
    for found in _CHARACTERS.finditer(text):
        yield _damage("characters", text, *found.span())


def _stray_stops(text: str) -> Iterator[Damage]:
    """A full stop with a small letter after it, where no abbreviation explains it."""
    found: list[Damage] = []
    for match in _STRAY.finditer(text) if _MAYBE_STRAY.search(text) else ():
        if match[2][0].islower() and not _explained(text, match):
            found.append(_damage("stray stop", text, match.start(), match.end(2)))
    for match in _STRAY_DOUBLE.finditer(text) if _TWO_STOPS.search(text) else ():
        found.append(_damage("stray stop", text, *match.span()))
    spaced = text.count(" .")
    if spaced > _STYLE:  # tokenised text sets every stop apart
        found = [one for one in found if not one.text.endswith(".")]
    if len(found) > _STYLE and len(found) * 2 > sum(1 for _ in _SOUND.finditer(text)):
        return  # an all-small-letters style, not damage
    yield from found


def _explained(text: str, match: re.Match[str]) -> bool:
    word, following = match[1], match[2]
    start = match.start(1)
    before = text[start - 1] if start else " "
    if word.casefold() in ABBREVIATIONS or before in ".@/-–’'&" or before.isdigit():
        return True
    if not re.search(r"[aeiouyàâäéèêëíîïóôöúûüAEIOUY]", word):
        return True  # Mr, Dr, Ltd: no vowel
    if following in _PARTICLES or following in _FURNITURE or any(letter.isupper() for letter in following[1:]):
        return True  # de Blasio, iPhone
    after = text[match.end(2) : match.end(2) + 1]
    return after in (")", ".", "/", "@") or word.isupper()


def _run_together(text: str) -> Iterator[Damage]:
    for match in _RUN_TOGETHER.finditer(text) if _STOP_INSIDE.search(text) else ():
        first, second = match[1], match[2]
        if not first[-2:].islower() or not second[0].isupper():
            continue
        if not second[1:].islower() or second.casefold() in _DOMAINS or first.casefold() in ABBREVIATIONS:
            continue
        yield _damage("run together", text, *match.span(), sure=len(second) > 2 or second in ("He", "It", "We"))


def _doubled(text: str) -> Iterator[Damage]:
    for match in _DOUBLED.finditer(text):
        word = match[1]
        if not word.islower():
            continue
        long = len(word) > 3 and word not in _REPEATED_ON_PURPOSE
        if word in _DOUBLES or long:
            yield _damage("doubled word", text, *match.span())


def _quote_marks(text: str, cut: set[int]) -> Iterator[Damage]:
    """Marks without partner. A quote left open by a cut-off end is the cut's affair."""
    found = marks(text)
    flat = len(text) > _FLAT and not re.search(r"[\n\r]\S", text)
    for quote in found.quotations:
        if not quote.closed and not quote.continued:
            inner = text[quote.inner.start : quote.inner.end].rstrip()
            if quote.inner.start + len(inner) in cut:
                continue
            # where paragraph breaks were lost, a quote that opens again looks like one left open
            reopened = flat and inner.endswith((".", "!", "?"))
            yield _damage("quote mark", text, quote.span.start, quote.inner.start, sure=not reopened, detail="open")
        elif not quote.matched:
            # typewriter and typographic marks are mixed by many an honest editor
            mixed = '"' in (quote.opener, quote.closer) or "''" in (quote.opener, quote.closer)
            yield _damage("quote mark", text, quote.inner.end, quote.span.end, sure=not mixed, detail=quote.opener)
    for stray in found.strays:
        arrow = text[stray.start : stray.end] == "»" and text[stray.start - 1 : stray.start].isspace()
        yield _damage("quote mark", text, stray.start, stray.end, sure=not arrow, detail="close")


def _brackets(text: str, cut: set[int]) -> Iterator[Damage]:
    """Brackets are paired over a paragraph; one left open may close in the next."""
    carried: list[re.Match[str]] = []
    cut_before = False
    for line in _LINE.finditer(text):
        stack = carried
        carried_in = len(stack)
        for mark in _BRACKET.finditer(text, line.start(), line.end()):
            head = text[max(line.start(), mark.start() - 4) : mark.start()]
            if mark[0] in "([{":
                if not _SMILEY.search(head) and len(stack) < _DEEPEST:
                    stack.append(mark)
            elif stack and stack[-1][0] == _PAIRS[mark[0]]:
                stack.pop()
                carried_in = min(carried_in, len(stack))
            elif len(stack) > carried_in:
                stack.pop()
                yield _damage("bracket", text, *mark.span())
            elif mark[0] != ")" or not (_ENUMERATOR.search(head) or _SMILEY.search(head)):
                yield _damage("bracket", text, *mark.span())
        if not cut_before:
            yield from (_damage("bracket", text, *mark.span()) for mark in stack[:carried_in])
        carried = stack[carried_in:]
        cut_before = line.start() + len(line[0].rstrip()) in cut
    if not cut_before:
        yield from (_damage("bracket", text, *mark.span()) for mark in carried)


def _cut_off(text: str) -> Iterator[Damage]:
    """Paragraphs that stop in the middle of a sentence.

    Sure: an end on a comma, dash, function word, or dots after running text. A mere missing stop is
    not sure: headings, captions and list items have none.
    """
    places = list(paragraphs(text))
    for index, (start, end) in enumerate(places):
        last = index + 1 == len(places)
        body = text[start:end].rstrip(_BLANK)
        bare = body.rstrip(_CLOSERS)
        if not bare or bare[-1] in "!?:;。" or (bare[-1] == "." and not bare.endswith("...")):
            continue
        count = len(bare[-4000:].split())
        if count < _HEADLINE_WORDS or _ADDRESS.search(bare[-200:]):
            continue
        found = _LAST_WORD.search(bare[-60:])
        word = found[1] if found else ""
        at = max(start, start + len(bare.rstrip(".… ,-–—")) - len(word))
        quoted = len(bare) < len(body)
        sure = word in _OPEN_ENDS or (last and word in _OPEN_IN_PROSE and count >= _PROSE_WORDS)
        if bare.endswith(("…", "...")):
            if quoted:
                continue  # speech that trails off
            sure = sure or (last and count >= _PROSE_WORDS)
        elif bare[-1] in ",-–—([{“«‘":
            if not last and text[places[index + 1][0]] in _LEADS_ON:
                continue  # "he said," and the quote in the next paragraph
            sure = count >= _PROSE_WORDS and (last or bare[-1] == ",") and text[start] not in "-–—•*"
        elif quoted or (not sure and count < _PROSE_WORDS):
            continue
        yield _damage("cut off", text, at, start + len(bare), sure=sure)


def unfinished(text: str) -> Damage | None:
    """The end of a short last paragraph without a stop: of a list, a credit or a headline, or a sentence cut off.

    Only another copy of the text can tell which; `damages` has none of these.
    """
    body = text.rstrip(_BLANK + "\n\r\u2028\u2029")
    start, end = next(reversed(list(paragraphs(body))), (0, 0))
    found = _LAST_WORD.search(body, max(start, end - 60), end)
    if found is None or body[found.end(1) : end].strip(" ,-–—") or len(body[start:end][-4000:].split()) >= _PROSE_WORDS:
        return None
    return _damage("cut off", body, found.start(), end, sure=False, detail=SHORT)


def paragraphs(text: str) -> Iterable[tuple[int, int]]:
    """Start and end of each paragraph; lines of hard-wrapped text are joined up to the blank line."""
    lines = [(line.start(), line.end()) for line in _LINE.finditer(text) if text[line.start() : line.end()].strip()]
    wrapped = sum(text[start] == text[start : start + 1].lower() and text[start].isalpha() for start, _ in lines[1:])
    if wrapped * 10 <= len(lines) or wrapped < 2:
        return lines
    joined: list[tuple[int, int]] = []
    for start, end in lines:
        if joined and len(text[joined[-1][1] : start].replace("\r\n", "\n").strip(" \t")) < 2:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
