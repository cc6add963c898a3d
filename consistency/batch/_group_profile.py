"""What is held of an article while a feed is grouped: hashes of its words and wording, never its text.

The words that carry a story, each once, in the order of their first appearance, with a mark on names and numbers; a
sketch of its wording outside quotations, since independent reports quote the same people. Texts of any language are
taken: scripts written without blanks as pairs of neighbouring characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from consistency.batch._sketch import Hashes, Sketch, as_hashes, shingles, sketch, word_hash

LONGEST: Final = 100_000
"""Characters of an article that are looked at."""
MOST_WORDS: Final = 512
"""Distinct words held, the first of the article."""
_SHINGLE: Final = 3
_STEM: Final = 6
"""A word is told by its first letters, so that endings count for nothing."""
_LONGEST_WORD: Final = 40
_LEAST_UNQUOTED: Final = 1 / 3
"""Of the words; where less stands outside quotations (an interview), all of the text is its wording."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_TOKEN = re.compile(rf"[{_UNSPACED}]+|\d+(?:[.,]\d+)*|[^\W\d_{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_QUOTED = re.compile(r"[“\"«„][^“”\"«»„\n]{1,2000}[”\"»]")
_ENDS_SENTENCE = frozenset('.!?:\n\r“”"«»„—–-•*|(')
_SMALL_LIST = """
a about after again against all also am an and any are as at be because been before being between both but by can
could did do does doing don down during each even few for from further get got had has have having he her here hers him
his how i if in into is it its itself just like made make many may me might more most much must my new no nor not now
of off on once one only or other our out over own people per percent re s said same say says see she should since so
some still such t take than that the their them then there these they this those through time to told too two under
until up us ve very was way we well were what when where which while who whom why will with would year years you your
according although among around asked back come could ll mr mrs ms first last three
"""
_SMALL = frozenset(_SMALL_LIST.split())
_ENGLISH = frozenset(
    "a about after an and are as at be been but by for from has have he his in is it of on said that the to was were "
    "which who will with".split()
)
_LEAST_ENGLISH = 0.15
_LEAD: Final = 300
"""Characters of the lead: what the model is asked about."""
_SENTENCE_END = re.compile(r"[.!?][”\"’)]*(?=\s)")


class Profile(msgspec.Struct, frozen=True):
    """An article as it is compared.

    `words` (n,) are the hashes of its words, each once, in order; `named` (n,) says which are names or numbers here.
    `lead` is its beginning, for the model, and `english` whether that is English, by its function words. `cut` counts
    the characters that were not looked at.
    """

    digest: str
    words: Hashes
    named: NDArray[np.bool_]
    wording: Sketch
    lead: str
    english: bool
    cut: int


def digest(text: str) -> str:
    """SHA-256 of the text up to case and blanks: two articles with the same are one text."""
    return sha256(" ".join(text.casefold().split()).encode("utf-8", "surrogatepass")).hexdigest()


def profile(text: str) -> Profile:
    """The profile of a text. Cost linear in the part that is looked at. Never raises."""
    seen = unicodedata.normalize("NFKC", text[:LONGEST])
    known: dict[str, int] = {}
    places: dict[int, int] = {}
    named: list[bool] = []
    total = 0
    for word, name in _words(seen):
        total += 1
        if word in _SMALL:
            continue
        code = _hash(word, known)
        at = places.setdefault(code, len(places))
        if at == len(named):
            named.append(name)
        elif name:
            named[at] = True
    lead = _lead(seen)
    return Profile(
        digest=digest(text),
        words=as_hashes(list(places)[:MOST_WORDS]),
        named=np.array(named[:MOST_WORDS], np.bool_),
        wording=_wording(seen, total, known),
        lead=lead,
        english=_is_english(lead),
        cut=max(0, len(text) - LONGEST),
    )


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """Each word, folded, and whether it stands there as a name or a number."""
    for found in _TOKEN.finditer(text):
        word = found[0]
        if word[0].isdecimal():
            yield word.replace(",", "")[:_LONGEST_WORD], True
        elif _IS_UNSPACED.match(word):
            yield from ((word[at : at + 2], False) for at in range(max(1, len(word) - 1)))
        else:
            yield word.casefold()[:_LONGEST_WORD], word[0].isupper() and not _begins(text, found.start())


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins here: a capital then says nothing."""
    while at and text[at - 1] == " ":
        at -= 1
    return not at or text[at - 1] in _ENDS_SENTENCE


def _hash(word: str, known: dict[str, int]) -> int:
    stem = word if word[0].isdecimal() else word[:_STEM]
    code = known.get(stem)
    if code is None:
        code = known[stem] = word_hash(stem)
    return code


def _wording(text: str, total: int, known: dict[str, int]) -> Sketch:
    """Shingles of what stands outside quotations; none reaches over one."""
    parts = [[word for word, _ in _words(part)] for part in _QUOTED.split(text)]
    if sum(map(len, parts)) < _LEAST_UNQUOTED * total:
        parts = [[word for word, _ in _words(text)]]
    long = [part for part in parts if len(part) >= _SHINGLE] or parts
    found = [shingles(as_hashes([_hash(word, known) for word in part]), _SHINGLE) for part in long if part]
    return sketch(np.unique(np.concatenate(found)) if found else as_hashes(()))


def _is_english(lead: str) -> bool:
    words = [word for word, _ in _words(lead)]
    return sum(word in _ENGLISH for word in words) >= _LEAST_ENGLISH * max(1, len(words))


def _lead(text: str) -> str:
    """The first sentences, whole ones where they end in time."""
    start = " ".join(text[: 4 * _LEAD].split())[:_LEAD]
    ends = [found.end() for found in _SENTENCE_END.finditer(start)]
    return start[: ends[-1]] if ends and ends[-1] > _LEAD // 3 else start
