"""What a page runs into its sentences: words without a space between them ("AustinThe"), and who took a picture."""

from __future__ import annotations

import re

import msgspec

from consistency.facts._names.words import FUNCTION
from consistency.facts._places.gazetteer import Word


def parted(run: tuple[Word, ...]) -> tuple[tuple[Word, ...], int]:
    """The words with those parted that a sentence ran into ("AustinThe"), and where the credit ends that stands before
    the first of them at the head of a text: who wrote or pictured it is nobody the sentence tells of.
    """
    if not any(map(_run_in, run)):
        return run, 0
    found: list[Word] = []
    credit = 0
    for at, word in enumerate(run):
        cut = _run_in(word)
        if not cut:
            found.append(word)
            continue
        head, tail = word.text[:cut], word.text[cut:]
        end = word.start + cut
        found.append(msgspec.structs.replace(word, end=end, text=head, fold=word.fold[:cut], owns=False))
        found.append(Word(end, word.end, tail, tail.casefold(), "", True, word.owns, True))
        if at < _CREDIT and not credit:
            credit = end
    return tuple(found), credit


def _run_in(word: Word) -> int:
    """Where in a word a sentence begins without a space, by the word that opens it; 0 for none: LinkedIn."""
    if word.text[1:].islower():
        return 0  # most words
    found = _RUN_IN.match(word.text)
    if found is None or len(word.fold) != len(word.text) or word.fold in _JOINED:
        return 0
    return found.end(1) if found[2].casefold() in FUNCTION else 0


_RUN_IN = re.compile(r"([^\W\d_]{2,40}(?:[^\W\d_A-Z](?=[A-Z])|[A-Z](?=[A-Z][a-z]{2})))([A-Z][a-z]*)$")
_JOINED = frozenset(["linkedin", "metoo"])
_CREDIT = 6
"""Words at the head of a text in which a name that a sentence runs into is a credit."""


def credit_lines(text: str) -> list[tuple[int, int]]:
    """Where a text says in brackets who took a picture: nobody of whom it tells. Linear in the text."""
    return [found.span() for found in _CREDIT_LINE.finditer(text)] if "(" in text else []


_CREDIT_LINE = re.compile(
    r"\((?:(?:file )?(?:photo|image|picture|illustration|video)s?\b[^()\n]{0,160}"
    r"|[^()/\n]{2,60}/[^()\n]{0,60}\b(?:AP|AFP|EPA|PA|DPA|Reuters|Getty|Xinhua|Bloomberg|Shutterstock|TASS)\b"
    r"[^()\n]{0,40})\)",
    re.IGNORECASE,
)
