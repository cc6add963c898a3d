"""What a trim takes from a quote so that the rest says another thing: its "not", "I doubt that", "whether", "If …,"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from consistency.checks._quotes import PHRASE, Match, cover, stands
from consistency.facts._lists import word_set
from consistency.facts.wording import Word, expanded, negated, spelled_out
from consistency.records import Span

_NEAR: Final = 3
_FAR: Final = 8
_LONGEST: Final = 24
"""Words of a clause, and of a condition, that are looked at."""
_CLAUSE_END: Final = frozenset(".!?…;:,—–")
_SENTENCE_END: Final = frozenset(".!?…;:")
_LINKS: Final = word_set("and but so because although though")
"""Words behind which another clause begins, that an earlier "not" is no part of."""
_FINITE: Final = word_set(
    "is are was were am be been has have had do did does will would can could shall should may might must",
)
_SUBJECTS: Final = word_set("i we you he she it they there this that these those nobody nothing")
_NO_LOSS: Final = word_set(
    "only just merely simply forget forgets forgot forgotten hesitate mind regret ignore stop avoid help wait long ",
    "least first alone surprised surprising surprisingly surprise secret wonder accident mistake matter",
)
"""With "not" or "no" before them they deny nothing of what comes: "not only …", "never forget that …", "no secret"."""
_MODAL: Final = word_set("would could might should")
_ASIDES: Final = word_set("you i anything so not ever necessary possible need any only")
_LOOKS: Final = word_set("look looks see consider compare take go think remember ask")
"""Behind "if" these are more often a turn of speech than a condition: "If you ask me, …", "If we look at …"."""

_THAT: Final = r"(?:that|whether|if|how)"
_SAY: Final = (
    r"to (?:say|claim|suggest|think|believe|assume|argue|pretend|conclude|imagine|assert|maintain|state|promise"
    r"|tell \w+)"
)
_DOUBTED: Final = re.compile(
    rf"\b(?:(?:doubt(?:s|ed|ing)?|den(?:y|ies|ied|ying)|disput(?:e|es|ed|ing)|disbelieve[sd]?)(?: {_THAT})?"
    r"|(?:question(?:s|ed)?|false|untrue|incorrect|unlikely|impossible|unclear|uncertain|unsure|doubtful|inconceivable"
    rf"|unthinkable|far from (?:clear|certain|sure|true)|(?:lie|myth|fiction|illusion|falsehood)(?: is)?) {_THAT}"
    r"|(?:wrong|false|untrue|incorrect|misleading|absurd|nonsense|premature|ridiculous|naive|foolish|irresponsible"
    rf"|dishonest|hard|difficult|impossible|mistake|lie|error|too (?:early|soon)) (?:for \w+ )?{_SAY}(?: {_THAT})?)$"
)
"""What denies or doubts the clause behind it, or leaves it open; in words without case, contractions spelled out.

With a "not" before it, or "beyond", it does not: "There is no doubt that".
"""
_LEFT_OPEN: Final = re.compile(
    r"\b(?:(?<!even )if|whether|unless|(?:assuming|provided|providing|pretend(?:s|ed|ing)?)(?: that)?|in case)$"
)
_NO_GROUNDS: Final = re.compile(
    r"\b(?:no|not|without|never|nor|hardly)(?: \w+){0,2}"
    rf" (?:eviden[cs]e|proof|guarantees?|signs?|indications?|grounds|basis)(?: \w+){{0,4}} {_THAT}$"
)
_BELIEF: Final = re.compile(
    r"\b(?:believ(?:e|es|ed)|thinks?|thought|says?|said|claim(?:s|ed)?|knows?|knew|known|expect(?:s|ed)?"
    r"|suggest(?:s|ed)?|suppos(?:e|es|ed)|convinced|sure|certain|clear|true|means?|meant|prove[sdn]?|shows?|showed"
    rf"|shown|argue[sd]?|accept(?:s|ed)?|agree[sd]?|assum(?:e|es|ed)|promise[sd]?|told \w+)(?: {_THAT})?$"
)
_SPARED: Final = re.compile(r"\b(?:beyond|little)\b")
_DENIALS: Final = word_set(
    "deny denies denied denying refuse refuses refused refusing reject rejects rejected rejecting dismiss dismisses ",
    "dismissed fail failed fails unlikely ruled rule unable lack lacks lacked",
)
_OPENED: Final = _DENIALS | word_set(
    "if whether unless assuming provided providing once when should doubt doubts doubted doubting doubtful question ",
    "questions questioned dispute disputes disputed pretend pretended wrong false untrue incorrect misleading absurd ",
    "premature foolish hard difficult impossible unclear uncertain unsure few sceptical skeptical would could might ",
    "asked asks wondered condition conditions conditional",
)


class Loss(NamedTuple):
    """The words that were lost: a negation, or else a `frame` around the rest; `sure` = a trim must not take them."""

    span: Span
    frame: bool = False
    sure: bool = True


def loss(text: str, match: Match) -> Loss | None:
    """What a quote cut short lost of what denies the rest or leaves it open; `text` = the reference."""
    window = match.comparison.window
    if not match.comparison.matched:
        return None
    for span in match.comparison.dropped:
        for word in match.pool[span.start : span.end]:
            if negated([word]) and not _other_clause(text, match, span):
                return Loss(word.span)
    first: Loss | None = None
    for at in stands(match.pool, match.ours) or [window.start]:
        lost = _before(text, match, at)
        if lost is None:
            return None
        first = first or lost
    return first


def told(words: Sequence[Word], lost: Loss) -> bool:
    """Whether the version's sentence denies, or leaves open, what it quotes in words of its own."""
    return negated(words) or any(word.norm in (_OPENED if lost.frame else _DENIALS) for word in words)


def _other_clause(text: str, match: Match, span: Span) -> bool:
    """Whether the words left out are a clause by itself, set off on both sides: ", we will not wait,"."""
    inside = [word.norm for word in match.pool[span.start : span.end] if word.norm not in _LINKS]
    edges = (span.start, span.end)
    set_off = all(0 < at < len(match.pool) and _CLAUSE_END.intersection(_gap(text, match.pool, at)) for at in edges)
    return set_off and len(inside) > 1 and expanded(inside[0])[0] in _SUBJECTS


def _gap(text: str, pool: Sequence[Word], at: int) -> str:
    """What stands between a word and the one before it."""
    return text[pool[at - 1].span.end : pool[at].span.start]


def _before(text: str, match: Match, start: int) -> Loss | None:
    """What stands before the words kept, in their clause or in front of it."""
    clause = _back(text, match, start, _CLAUSE_END)
    pool = match.pool
    links = [at for at in clause if pool[at].norm in _LINKS and not (at in clause[1:] and negated([pool[at - 1]]))]
    words = pool[links[-1] + 1 if links else clause.start : start]
    lost = _negation(words)
    if lost is None and _statement(match.ours):
        lost = _frame(words) if words else None if links else _condition(text, match, start)
    return lost


def _statement(ours: Sequence[Word]) -> bool:
    """Whether the words kept say something by themselves, and are no mere term."""
    return len(ours) >= PHRASE and (ours[0].capital or not _FINITE.isdisjoint(spelled_out(ours)))


def _denying(words: Sequence[Word]) -> int:
    """The last negation among the words; -1 for none, or where it denies nothing of what comes."""
    at = next((at for at in reversed(range(len(words))) if negated([words[at]])), -1)
    return at if _NO_LOSS.isdisjoint(spelled_out(words[at + 1 :])) else -1


def _negation(words: Sequence[Word]) -> Loss | None:
    """A negation right before the words kept, and none of a doubt: not "no doubt that"."""
    at = _denying(words)
    if at < max(0, len(words) - _NEAR) or _DOUBTED.search(" ".join(spelled_out(words))):
        return None
    return Loss(words[at].span)


def _frame(words: Sequence[Word]) -> Loss | None:
    """What doubts or leaves open the words kept."""
    said = " ".join(spelled_out(words))
    if found := _DOUBTED.search(said):
        spared = negated(words) or _SPARED.search(said[: found.start()])
        return None if spared else Loss(_last(words, found[0]), frame=True)
    if found := _LEFT_OPEN.search(said):
        return Loss(_last(words, found[0]), frame=True)
    return _denied_belief(words, said)


def _denied_belief(words: Sequence[Word], said: str) -> Loss | None:
    """A "not" or "nobody" further off, of a belief that the words kept tell: "Nobody in this town believes that"."""
    at = _denying(words)
    if at >= 0 and _NO_GROUNDS.search(said):
        return Loss(words[at].span, frame=True)
    if at < 0 and words[0].norm == "few":
        at = 0
    between = words[at + 1 :]
    if at < 0 or len(between) > _FAR or any(word.norm == "to" for word in between) or not _BELIEF.search(said):
        return None
    return Loss(words[at].span, frame=True)


def _condition(text: str, match: Match, start: int) -> Loss | None:
    """A condition in front of the words kept, where these do not tell it by themselves: "If …, the line is safe"."""
    if not start or "," not in _gap(text, match.pool, start) or not _MODAL.isdisjoint(spelled_out(match.ours)):
        return None
    sentence = _back(text, match, start, _SENTENCE_END)
    words = [word for word in match.pool[sentence.start : sentence.stop] if word.norm not in _LINKS]
    turn = spelled_out(words[1:4])
    if len(words) < 3 or words[0].norm not in ("if", "unless") or turn[0] in _ASIDES or not _LOOKS.isdisjoint(turn):
        return None
    return Loss(cover(words), frame=True, sure=False)


def _back(text: str, match: Match, start: int, ends: frozenset[str]) -> range:
    """The words of the same quote before a place, back to one of these marks."""
    first = start
    while (
        max(0, start - _LONGEST) < first
        and match.owners[first - 1] == match.owners[start]
        and not ends.intersection(_gap(text, match.pool, first))
    ):
        first -= 1
    return range(first, start)


def _last(words: Sequence[Word], frame: str) -> Span:
    """The last of the words, as many as the frame has, if contractions are counted as one."""
    left = len(frame.split())
    at = len(words)
    while at and left > 0:
        at -= 1
        left -= len(expanded(words[at].norm))
    return cover(words[at:])
