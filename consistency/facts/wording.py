"""Word for word comparison of what stands inside quote marks: what differs, and what is only spelling.

Case, punctuation, hyphens, British and American spelling, numbers up to twenty written as words,
editorial insertions in brackets, masked swear words and characters that nobody sees are no difference. Pure functions.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

import msgspec
from rapidfuzz.distance import Indel, JaroWinkler

from consistency.facts._lists import word_set
from consistency.records import Span

_WORD = re.compile(
    r"[a-z]+(?= )"  # most words, at once
    r"|[^\W\d_]\.(?:[^\W\d_]\.)+"  # U.S.
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_][*＊]+[^\W_]*"
    r"|[^\W_]+(?:['’ʼ][^\W_]+)*"
    r"|\[[^\[\]\n]{1,60}\]"
    r"|['’](?<=\s.)(?:s|re|ve|ll|d|m)\b"
)
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
NEGATIONS: Final = word_set("not no never nobody nothing none neither nor without cannot nowhere hardly barely")
FUNCTION_WORDS: Final = word_set(
    "a an the that this these those of to in on at for by with from as and or so is are was were be been ",
    "it its there then just well very also which who",
)
_PAIRS: Final[dict[str, str]] = {
    "advisor": "adviser",
    "advisors": "advisers",
    "grey": "gray",
    "programme": "program",
    "programmes": "programs",
    "aluminium": "aluminum",
    "sceptical": "skeptical",
    "scepticism": "skepticism",
    "tyre": "tire",
    "tyres": "tires",
    "cheque": "check",
    "cheques": "checks",
    "whilst": "while",
    "amongst": "among",
    "towards": "toward",
    "afterwards": "afterward",
    "ok": "okay",
    "kiev": "kyiv",
    "usa": "us",
    "percent": "%",
    "mum": "mom",
    "judgement": "judgment",
    "acknowledgement": "acknowledgment",
    "licence": "license",
    "practise": "practice",
}
_COUNTING: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_NUMBERS: Final = {word: str(value) for value, word in enumerate(_COUNTING)}
_NAMES: Final = {number: word for word, number in _NUMBERS.items()}
_ENDINGS: Final = (
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|ing|ation|ations|er|ers)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})ys(?=(?:e|ed|es|ing)$)"), "yz"),
    (re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|able|ably|ite|hood|er|ers|ful)?$)"), "or"),
    (re.compile(r"(?<=[a-z]{2}[tb])re(?=s?$)"), "er"),
    (re.compile(r"(?<=[a-z]{2})ence(?=(?:s|less)?$)"), "ense"),
    (re.compile(r"(?<=[a-z]{3})ll(?=(?:ed|ing|er|ers)$)"), "l"),
    (re.compile(r"(?<=[a-z]{3})ogue(?=s?$)"), "og"),
)
_WHOLE: Final = {
    "can't": "can not",
    "won't": "will not",
    "shan't": "shall not",
    "cannot": "can not",
    "gonna": "going to",
    "gotta": "got to",
    "wanna": "want to",
    "let's": "let us",
    "n't": "not",
    "'s": "is",
    "'re": "are",
    "'ve": "have",
    "'ll": "will",
    "'d": "would",
    "'m": "am",
}
_TAILS: Final = (
    ("n't", " not"),
    ("'ll", " will"),
    ("'re", " are"),
    ("'ve", " have"),
    ("'m", " am"),
    ("'d", " would"),
)
_IS: Final = word_set("it's that's he's she's there's what's who's here's where's how's everything's something's")
_NAME_LENGTH = 5
_SPREAD = 3
_MARGIN = 6
_COMMON = 12
_ALIKE = 0.9


class Word(msgspec.Struct, frozen=True):
    """A word as it is compared (`norm`) and where it stands; `editorial` = [in brackets]."""

    norm: str
    span: Span
    capital: bool = False
    editorial: bool = False


class Change(msgspec.Struct, frozen=True):
    """One differing place: index ranges of words on both sides, either may be empty."""

    reference: Span
    version: Span


class Comparison(msgspec.Struct, frozen=True):
    """Version words held against the best window of reference words.

    `matched` counts version words found in order; `changes` are places where the version has words
    that the reference lacks; `dropped` are words left out between matched ones; `window` = the
    index range of reference words from the first matched to the last.
    """

    matched: int
    changes: tuple[Change, ...]
    dropped: tuple[Span, ...]
    window: Span


def words(text: str, start: int, end: int) -> tuple[Word, ...]:
    """The words of `text[start:end]`; spans in offsets of `text`."""
    return tuple(_seen(text, start, end) if _UNSEEN.search(text, start, end) else _words(text, start, end))


def _seen(text: str, start: int, end: int) -> Iterator[Word]:
    """The words as they are seen: without soft hyphens and characters of no width."""
    offsets = [at for at in range(max(0, start - 1), end) if not _UNSEEN.match(text, at)]
    first = bisect_left(offsets, start)
    for word in _words("".join(text[at] for at in offsets), first, len(offsets)):
        span = Span(offsets[word.span.start], offsets[word.span.end - 1] + 1)
        yield msgspec.structs.replace(word, span=span)


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    for found in _WORD.finditer(text, start, end):
        raw = found[0]
        yield Word(
            "[]" if raw[0] == "[" else canonical(raw),
            Span(found.start(), found.end()),
            raw[0].isupper(),
            raw[0] == "[",
        )


@lru_cache(maxsize=65536)
def canonical(word: str) -> str:
    """The word in one spelling: folded, without stops, American endings, small numbers as digits."""
    plain = unicodedata.normalize("NFKD", word).casefold().replace("’", "'").replace("ʼ", "'")
    folded = "".join(char for char in plain if not unicodedata.combining(char))
    if "." in folded and folded[0].isalpha():
        folded = folded.replace(".", "")
    if folded[:1].isdigit():
        return folded.replace(",", "")
    base = folded.removesuffix("'s")
    tail = folded[len(base) :]
    base = _PAIRS.get(base, base)
    for pattern, ending in _ENDINGS:
        base = pattern.sub(ending, base, count=1)
    return _NUMBERS.get(base, base) + tail


@lru_cache(maxsize=65536)
def expanded(norm: str) -> tuple[str, ...]:
    """The words behind a contraction: it's -> it is, won't -> will not; else the word itself."""
    if norm in _WHOLE:
        return tuple(_WHOLE[norm].split())
    if norm in _IS:
        return (norm[:-2], "is")
    for tail, whole in _TAILS:
        if norm.endswith(tail) and len(norm) > len(tail):
            return (norm[: -len(tail)], whole.strip())
    return (norm,)


def spelled_out(some: Sequence[Word]) -> list[str]:
    """The compared forms with contractions expanded."""
    return [part for word in some for part in expanded(word.norm)]


def stem(norm: str) -> str:
    """A crude stem, good enough to see that watch and watching tell of the same thing."""
    return norm[:5]


def negated(some: Sequence[Word]) -> bool:
    return any(part in NEGATIONS for part in spelled_out(some))


def compare(reference: Sequence[Word], version: Sequence[Word]) -> Comparison:
    """Hold `version` against the stretch of `reference` that fits it best."""
    low, high = _window(reference, version)
    theirs = [word.norm for word in reference[low:high]]
    ours = [word.norm for word in version]
    changes: list[Change] = []
    dropped: list[Span] = []
    matched = 0
    first = last = -1
    for a, b in _gaps(theirs, ours):
        if a.end > a.start and b.end > b.start and theirs[a.start : a.end] == ours[b.start : b.end]:
            matched += len(b)
            first = a.start if first < 0 else first
            last = a.end
            continue
        there, here = a.shift(low), b
        if len(here) and _same(reference[there.start : there.end], version[here.start : here.end]):
            matched += len(here)
            first = a.start if first < 0 else first
            last = a.end
        elif len(here):
            changes.append(Change(there, here))
        else:
            dropped.append(there)
    edge = Span(max(first, 0), max(last, 0))
    inner = [span for span in dropped if edge.start < span.start - low and span.end - low < edge.end]
    return Comparison(matched, tuple(changes), tuple(inner), edge.shift(low))


def _gaps(theirs: list[str], ours: list[str]) -> Iterator[tuple[Span, Span]]:
    """Equal runs and the differing stretches between them, in order.

    Words of the reference before the first and after the last equal run count as trimmed, but
    words that the version has there are paired with as many of them.
    """
    equal = [
        (op.src_start, op.src_end, op.dest_start, op.dest_end)
        for op in Indel.opcodes(theirs, ours)
        if op.tag == "equal"
    ]
    at = here = 0
    for a, b, c, d in equal:
        lead = max(0, a - _length(ours[:c])) if not at and not here else at
        if lead < a or here < c:
            yield Span(lead, a), Span(here, c)
        yield Span(a, b), Span(c, d)
        at, here = b, d
    if here < len(ours):
        end = min(len(theirs), at + _length(ours[here:])) if equal else len(theirs)
        yield Span(at, end), Span(here, len(ours))


def _length(norms: Sequence[str]) -> int:
    """In words, contractions counted as what they stand for."""
    return sum(len(expanded(norm)) for norm in norms)


def _window(reference: Sequence[Word], version: Sequence[Word]) -> tuple[int, int]:
    """The stretch of the reference where most of the version's words lie on one diagonal."""
    if len(reference) <= len(version) + _MARGIN:
        return 0, len(reference)
    places: dict[str, list[int]] = {}
    for index, word in enumerate(reference):
        places.setdefault(stem(word.norm), []).append(index)
    votes: dict[int, float] = {}
    for index, word in enumerate(version):
        hits = places.get(stem(word.norm), [])
        for at in hits[:_COMMON]:
            votes[(at - index) // _SPREAD] = votes.get((at - index) // _SPREAD, 0.0) + 1 / len(hits)
    if not votes:
        return 0, min(len(reference), len(version) + _MARGIN)
    best = max(votes, key=lambda key: (votes[key] + votes.get(key + 1, 0.0), -key)) * _SPREAD
    return max(0, best - _MARGIN), min(len(reference), best + len(version) + _MARGIN)


def _same(theirs: Sequence[Word], ours: Sequence[Word]) -> bool:
    """Whether two differing stretches are the same words in another spelling."""
    if any(word.editorial for word in (*theirs, *ours)):
        return len(theirs) <= 4 and len(ours) <= 4
    if any(_joined(theirs, names) == _joined(ours, names) for names in ({}, _NAMES)):
        return True
    return len(theirs) == len(ours) and all(map(_alike, theirs, ours))


def _joined(some: Sequence[Word], names: Mapping[str, str]) -> str:
    """The words without the blanks between them; with `names`, small numbers as words: "every one" is "everyone"."""
    return "".join(names.get(word.norm, word.norm) for word in some)


def _alike(one: Word, other: Word) -> bool:
    a, b = one.norm, other.norm
    if a == b:
        return True
    if "*" in a or "*" in b:
        return a[:1] == b[:1]
    if a.removesuffix("'s") == b.removesuffix("'s"):
        return False
    names = one.capital and other.capital and min(len(a), len(b)) >= _NAME_LENGTH
    return names and a[:2] == b[:2] and JaroWinkler.similarity(a, b) >= _ALIKE
