"""Words that negate, and words of opposite sense.

No verdict by themselves: "not difficult" and "easy" say the same. Whoever asks holds them against what the model says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from consistency.facts._lists import word_set
from consistency.facts.hedge import lemma
from consistency.records import Span

ANTONYMS: Final = Path(__file__).with_name("antonyms.txt")

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NOT: Final = word_set(
    "not no never none nobody nothing nowhere neither nor cannot without unable hardly barely rarely seldom",
    "deny denies denied denying",
)
_NOT_TO: Final = word_set(
    "fail fails failed failing refuse refuses refused refusing decline declines declined declining"
)
"""Words that negate the verb behind "to"; alone they are no negation ("a decline in sales")."""
_NEGATIVE: Final = frozenset(
    lemma(word)
    for word in word_set(
        "lack absence absent avoid prevent stop cease halt escape miss omit forget ignore reject block bar ban forbid",
        "prohibit exclude free empty doubt instead rather contrary false safe",
    )
)
"""Words with something negative in them: beside one a negation may well say the same."""
_IDIOMS: Final = tuple(
    tuple(idiom.split())
    for idiom in (
        "not only; not just; not merely; not simply; no doubt; not least; or not; if not; nothing but; no matter; "
        "not to mention; no sooner; none other; never mind; no less; no more than; no fewer than; why not; "
        "nothing less; no one but"
    ).split(";")
)
"""Words that negate nothing here."""
_PAIRED: Final = frozenset([("or", "not"), ("if", "not"), ("why", "not"), ("neither", "nor")])
"""A word that negates, behind one that takes it back or has said it already."""
_PREFIX: Final = re.compile(r"^(?:un|dis|non|mis|in(?!form|clude|side|to)|im(?=[bmp])|il(?=l)|ir(?=r))-?(?=\w{4})")
_DEICTIC: Final = word_set("today yesterday tomorrow tonight up down to from into over under more less since")
"""Words of the list that are too loose by themselves, or that copies published on other days change rightly."""


def negations(text: str, other: str = "") -> tuple[Span, ...]:
    """Words that negate, in order; with another text also those that negate a word of it ("unhappy", "happy")."""
    words = [(hit[0].casefold().replace("’", "'"), Span(hit.start(), hit.end())) for hit in _WORD.finditer(text)]
    bases = {lemma(hit[0].casefold()) for hit in _WORD.finditer(other)}
    found = []
    for at, (word, span) in enumerate(words):
        ahead = tuple(word for word, _ in words[at : at + 3])
        if word in _NOT or word.endswith("n't"):
            if not _idiom(ahead) and not (at and (words[at - 1][0], word) in _PAIRED):
                found.append(span)
        elif word in _NOT_TO:
            if ahead[1:2] == ("to",):
                found.append(span)
        elif (base := _PREFIX.sub("", word)) != word and lemma(base) in bases and lemma(word) not in bases:
            found.append(span)
    return tuple(found)


def negative(text: str, span: Span) -> bool:
    """Whether a range holds a word that may deny in its own way: "unharmed", "harmless", "lack", "avoided"."""
    return any(
        _PREFIX.match(word) is not None
        or word.endswith(("less", "-free"))
        or lemma(word) in _NEGATIVE
        or word in _NOT_TO
        for word in (hit[0].casefold() for hit in _WORD.finditer(text, span.start, span.end))
    )


def _idiom(ahead: Sequence[str]) -> bool:
    return any(tuple(ahead[: len(idiom)]) == idiom for idiom in _IDIOMS)


def lemmas(text: str, span: Span) -> list[tuple[str, Span]]:
    """The words of a range of the text, as lemmas, with their places."""
    return [
        (lemma(hit[0].casefold()), Span(hit.start(), hit.end())) for hit in _WORD.finditer(text, span.start, span.end)
    ]


@lru_cache(maxsize=1)
def opposites() -> dict[str, frozenset[str]]:
    """The opposites of each single word, by lemma, both ways."""
    found: dict[str, set[str]] = {}
    for line in ANTONYMS.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        first, _, second = line.partition(":")[2].partition("/")
        for one in first.split():
            for other in second.split():
                if "_" not in one + other and not {one, other} & _DEICTIC:
                    found.setdefault(lemma(one), set()).add(lemma(other))
                    found.setdefault(lemma(other), set()).add(lemma(one))
    return {word: frozenset(others) for word, others in found.items()}
