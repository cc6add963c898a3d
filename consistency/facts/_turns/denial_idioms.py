"""Words that negate nothing where they stand: set expressions, and a "but" that begins a clause of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from consistency.facts._lists import word_set
from consistency.facts.hedge import is_verb_form
from consistency.records import Span

Words: TypeAlias = Sequence[tuple[str, Span]]
"""The words of a text, folded, with their places."""
AUXILIARIES: Final = word_set(
    "do does did is are was were has have had will would shall should can could may might must"
)
_SUBJECTS: Final = word_set("i you he she it we they there")
"""Words that begin a clause."""
_CLAUSE: Final = 5
"""Words behind a "but" among which a clause has its verb."""
_MARK: Final = re.compile(r"[.!?;:,()—–]")
_INSERTED: Final = re.compile(r",[^.!?;:,]+, ([a-z]+)\b")
_ASIDE: Final = 100
"""What stands between a subject and its verb, and within how many characters."""
_IDIOMS: Final = tuple(
    tuple(idiom.split())
    for idiom in (
        "not only; not just; not merely; not simply; not solely; no doubt; not least; or not; if not; nothing but; "
        "no matter; not to mention; no sooner; none other; never mind; no less; no more than; no fewer than; why not; "
        "nothing less; nothing short; no one but; no later than; no wonder; no question; no secret; no surprise; "
        "no confidence; no stranger; no small; no mean; no exception; not surprisingly; not long; not so long; "
        "not far; not a few; not so much; not unlike; none too; no strings; nothing new; nothing if not; no holds; "
        "cannot but; not to be outdone; no end of; without doubt; without a doubt; without question; without fail; "
        "without exception; not for profit; not the first time; not alone; cannot wait; can't wait; not agree more; "
        "couldn't agree more; nothing like"
    ).split("; ")
)
"""Words that negate nothing here."""
_LONGEST: Final = max(map(len, _IDIOMS))
_PAIRED: Final = frozenset(
    [("or", "not"), ("if", "not"), ("why", "not"), ("to", "none"), ("dr", "no")]
    + [(before, word) for before in ("or", "nor") for word in ("deny", "denied", "denies", "denying")]
)
"""A word that negates, behind one that takes it back: "whether or not", "second to none"."""


def idiom(words: Words, at: int) -> bool:
    """Whether a word that may negate is part of an expression that denies nothing."""
    ahead = tuple(word for word, _ in words[at : at + _LONGEST])
    return (
        any(ahead[: len(idiom)] == idiom for idiom in _IDIOMS)
        or (at > 0 and (words[at - 1][0], words[at][0]) in _PAIRED)
        or _cannot_help(ahead)
        or _no_sooner(ahead)
        or _either_way(words, at)
    )


def _cannot_help(ahead: Sequence[str]) -> bool:
    """Whether words say that something is done against one's will: "cannot help smiling", "can't help but smile"."""
    return ahead[1:2] == ("help",) and ahead[2:3] != () and (ahead[2].endswith("ing") or ahead[2] == "but")


def _either_way(words: Words, at: int) -> bool:
    """Whether words say that something is so in either case: "rain or no rain"."""
    around = [word for word, _ in words[max(0, at - 2) : at + 2]]
    return len(around) == 4 and around[1] == "or" and around[0] == around[3]


def _no_sooner(ahead: Sequence[str]) -> bool:
    """Whether words say that something had just been: "scarcely had he left when"."""
    return ahead[0] in {"hardly", "scarcely"} and ahead[1:2] == ("had",)


def goes_on(text: str, words: Words, at: int, *, verb: bool) -> bool:
    """Whether a second statement stands behind "but", so that the first stays denied: "did not admit it but paid",
    "never rang her, but she has forgiven him".

    Args:
        text: The text.
        words: Its words.
        at: Which of them is the "but".
        verb: Whether what is denied is a verb.
    """
    behind, ahead = ([*(word for word, _ in words[at + 1 : at + 3]), "", ""])[:2]
    if verb and is_verb_form(behind) and not behind.endswith(("ing", "s")):
        return True
    if behind in _SUBJECTS and ahead not in {"who", "that"}:  # "not he but she who"
        return True
    end = words[at][1].end
    for word, span in words[at + 1 : at + 1 + _CLAUSE]:
        if _MARK.search(text, end, span.start):
            break
        if word in AUXILIARIES and text[span.start].islower():  # not the month of May
            return True
        end = span.end
    inserted = _INSERTED.match(text, end, end + _ASIDE)  # "but Brandt, asked about it, said"
    return inserted is not None and (inserted[1] in AUXILIARIES or is_verb_form(inserted[1]))
