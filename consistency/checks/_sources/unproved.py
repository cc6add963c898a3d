"""Statements that lose the words by which the reference leaves them open or denies them.

"Police found no evidence that the driver was drunk", "it is not known whether he was": what stands behind "that" or
"whether" is what nobody states, and told alone it is a fact. Only a clause of which the version has every word of
weight, and hardly another one, is surely told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from consistency.checks._sources.speech import Voices, stems
from consistency.checks._sources.unsourced import SPEAKING, near
from consistency.facts._lists import word_set
from consistency.facts._rare import Rare
from consistency.facts.hedge import hedges, lemma
from consistency.facts.polarity import negations
from consistency.facts.turns import turns
from consistency.protocols import Pair
from consistency.records import Level, Span, mutual_contradiction

_LONGEST: Final = 2000
"""Characters of a claim beyond which it is not read."""
_FRAMES: Final = 8
"""Clauses of a claim that are looked at."""
_LEAST: Final = 3
"""Words of weight of a clause that can be known again."""
_MOST: Final = 40
"""Words of weight beyond which it is not looked for."""
_OWN: Final = 0.75
"""Share of the version's words that must come from the clause."""
_ELSEWHERE: Final = 0.7
"""Share of its words that make another sentence of the reference tell it as a fact."""
_BEFORE: Final = 3
"""Sentences before one in its paragraph whose talk may go on in it."""

_BASE: Final = 0.6
"""How sure it is by the words alone."""
_LIFT: Final = 0.3
"""What the model's contradiction adds."""
_CONTRADICTED: Final = 0.5
_TURNED: Final = 0.65
"""Contradiction from which the loss of a negation is found as such."""

_WORDS: Final = r"(?:[^\W\d_]+\s+)"
_NOT: Final = r"(?:\b(?:not|never|cannot|nobody|no\s+one|nor|neither|none|(?:fail(?:ed|s)?|unable|yet)\s+to)|n['’]t)\s+"
_PROVING: Final = (
    r"(?:prov(?:e|es|ed|en)|shows?|showed|shown|establish(?:ed)?|demonstrated?|verif(?:y|ied)|confirm(?:ed)?"
    r"|substantiated?|convinced|persuaded|satisfied|believed?|accept(?:ed)?|concluded?|certain|sure|clear|true|the\s+case)"
)
_CLAIMS: Final = (
    r"(?:suggestions?|claims?|reports?|allegations?|accusations?|rumou?rs?|assertions?|speculation|theory|theories"
    r"|charges?|idea|notion)"
)
_FRAME: Final = Rare(
    r"(?P<no>\b(?:no|without|little|scant|not\s+any|n['’]t\s+any)\s+(?:(?:any|[^\W\d_]+)\s+)?"
    rf"(?:evidence|proof|signs?|indications?|grounds)\s+{_WORDS}{{0,4}}?that\b"
    rf"|\bnothing\s+to\s+(?:suggest|show|prove|indicate|confirm)\s+{_WORDS}{{0,2}}?that\b)"
    rf"|(?P<unshown>{_NOT}(?:(?!only\b|just\b|merely\b)[^\W\d_]+\s+){{0,2}}?{_PROVING}\s+{_WORDS}{{0,2}}?that\b)"
    r"|(?P<rejected>\b(?:reject(?:s|ed)?|dismiss(?:es|ed)?|rul(?:es|ed)\s+out|doubt(?:s|ed)?|disput(?:es?|ed)|den(?:y|ies|ied)"
    rf"|question(?:s|ed)?|refut(?:es?|ed))\s+(?:(?:the|any|all)\s+)?(?:{_CLAIMS}\s+)?that\b)"
    rf"|(?P<open>\bwhether\b|{_NOT}{_WORDS}?(?:sure|certain|clear|known?|confirm(?:ed)?)\s+if\b)",
    *("that", "whether", "if"),
)
_SURE: Final = frozenset("not never cannot no nobody hardly nor neither without little beyond".split())
"""What turns "doubt" or "rule out" round, among the words right before it."""
_BACK: Final = 24
_WHATEVER: Final = re.compile(
    r"\b(?:regardless|irrespective|no\s+matter|depend(?:s|ed|ing)?)\s+(?:(?:of|on|upon)\s+)?\Z", re.IGNORECASE
)
_END: Final = re.compile(
    r"[.!?;:]|[,–—]\s*(?:but|and|while|although|though|as)\b|\s(?:but|although|or)\s", re.IGNORECASE
)
_MARK: Final = re.compile(r"[.!?;:]\s")
_OPENING: Final = frozenset(
    lemma(word)
    for word in word_set(
        "evidence proof prove doubt doubtful unclear question whether fail false untrue myth hoax suspicion suspect",
        "investigate investigation probe inquiry examine uncertain unknown unproven baseless unfounded deny denial",
        "reject dismiss refute dispute theory verdict convict rule",
    )
)
"""Words by which a version may leave it open, or tell that it was settled since."""


class Unproved(NamedTuple):
    """The words that are lost, in the reference's passage, and who tells it as a fact, in the version's."""

    level: Level
    confidence: float
    how: str
    frame: Span
    where: Span


class _Clause(NamedTuple):
    frame: Span
    text: str
    words: frozenset[str]
    denied: bool


def unproved(pair: Pair, sides: tuple[Voices, Voices], places: tuple[list[int], list[int]]) -> Unproved | None:
    """The first clause of the pair's claims in the reference that one of those in the version states as a fact.

    `sides` are the reference and the version. Where a negation is lost, and the model surely sees a contradiction,
    `polarity` speaks of it.
    """
    reference, version = sides
    there, here = places
    for index in there:
        text = reference.claims.all[index].text
        for clause in islice(_clauses(text), _FRAMES) if len(text) <= _LONGEST else ():
            told = next((one for one in here if _tells(version, one, clause)), None)
            if told is None or _stated(reference, index, clause.words):
                continue
            model = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)
            if model >= _TURNED and any(turn.firm for turn in turns(pair.premise.text, pair.hypothesis.text)):
                return None
            return Unproved(
                level="error" if clause.denied and model >= _CONTRADICTED else "warning",
                confidence=_BASE + _LIFT * model,
                how="denies or leaves open" if clause.denied else "leaves open",
                frame=clause.frame.shift(reference.placed(there, index).start),
                where=version.placed(here, told),
            )
    return None


def _clauses(text: str) -> Iterator[_Clause]:
    """What a text tells of without stating it."""
    for found in _FRAME.finditer(text):
        before = text[max(0, found.start() - _BACK) : found.start()]
        turned = not _SURE.isdisjoint(before.casefold().split()[-3:]) or before.rstrip().endswith(("n't", "n’t"))
        if (found["rejected"] and turned) or (found["open"] and _WHATEVER.search(before)):
            continue
        end = _END.search(text, found.end())
        clause = text[found.end() : end.start() if end else len(text)]
        if "?" not in text[found.end() :] and not negations(clause):
            begin = max((mark.end() for mark in _MARK.finditer(text, 0, found.start())), default=0)
            yield _Clause(Span(begin, found.end()), clause, stems(clause), not found["open"])


def _tells(version: Voices, index: int, clause: _Clause) -> bool:
    """Whether a claim says just this, plainly, and nothing around it leaves it open or cites anybody for it."""
    text, speech = version.claims.all[index].text, version.speech(index)
    ours = speech.words
    if not _LEAST <= len(clause.words) <= _MOST or not ours or len(ours) > _MOST:
        return False
    if not all(near(word, ours) for word in clause.words):
        return False
    if sum(near(word, clause.words) for word in ours) < _OWN * len(ours):
        return False
    if speech.told or speech.marked or speech.quotes or text.rstrip()[-1:] not in {".", "!", "…"} or negations(text):
        return False
    if {one.kind for one in hedges(text)} - {one.kind for one in hedges(clause.text)}:
        return False
    return not (ours - clause.words) & (SPEAKING | _OPENING) and not _left_open_near(version, index)


def _left_open_near(version: Voices, index: int) -> bool:
    """Whether a sentence beside a claim may leave it open, or one before it in its paragraph cite a source for it."""
    if any(stems(text) & _OPENING for text in version.around([index])):
        return True
    for at in range(index - 1, max(-1, index - 1 - _BEFORE), -1):
        if version.parted(at, at + 1):
            break
        if version.speech(at).told or version.speech(at).words & SPEAKING:
            return True
    return False


def _stated(reference: Voices, index: int, clause: frozenset[str]) -> bool:
    """Whether another claim of the reference tells it as a fact."""
    least = _ELSEWHERE * len(clause)
    around = reference.window([index])
    return any(len(clause & reference.speech(at).flat) >= least for at in around if at != index)
