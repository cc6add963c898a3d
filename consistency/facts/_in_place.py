"""A text with what moved in it put back where another text tells it: the same parts of a sentence in the same order.

What may move says the same wherever it stands: a clause that a copy puts in front, a day on either side of its verb,
who somebody is before or behind the name, what is done by the same doer. Nothing else is moved and no word of weight is
changed, so that what differs stays.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from consistency.facts._lists import word_set
from consistency.facts.hedge import lemma

_MOST: Final = 1_000
"""Characters of a text beyond which it is more than a few sentences."""
_SAME: Final = 0.75
"""Of the words of two clauses, the part that both must have, so that they are one clause."""
_CLAUSE: Final = 3
"""Words of a clause that may be put in front."""
_HEADS: Final = word_set(
    "after although amid as at because before by despite during following for if in on once since though",
    "under unless until upon when while with without arguing citing saying adding blaming hours days weeks months",
    "years",
)
"""What a clause begins with that tells how, when or why; it has one of them among its first three words."""
_DAY: Final = (
    r"(?:on )?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?: (?:morning|afternoon|evening|night))?"
)
_A_DAY: Final = re.compile(rf" ({_DAY})(?= )")
_ANY_DAY: Final = re.compile(rf"\b{_DAY}\b")
_BREAK: Final = re.compile(
    r"[.!?] |[,;:()\"“”—]"
    r"|\b(?:and|or|but|who|whom|whose|which|that|when|where|while|after|before|since|because|as|if|than"
    r"|to [a-z]+|sa(?:id|ys?|ying)|t(?:old|ells?)|add(?:ed|s)|announced?|expect(?:ed|s)?|plan(?:ned|s)?"
    r"|agreed?|promised?|warned)\b"
)
"""What a day must not pass, as it may belong to what stands on one side of it alone."""
_OF_SAYING: Final = re.compile(r"\b(?:sa(?:id|ys?)|told \w+|added|announced|reported|stated|confirmed|declared) ?\Z")
"""Of what is said on a day and what happens on it, the one is not the other."""
_SEVERAL: Final = re.compile(r"[.!?;:][\"”)]* |[\"“”]")
"""Marks of a text that is more than one plain sentence."""
_DATELINE: Final = re.compile(r"[^—–]{1,60} [—–] ")
_WORD: Final = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_PROPER: Final = r"[A-ZÀ-Þ][\w'’-]{1,40}"
_NAME: Final = rf"{_PROPER}(?: {_PROPER}){{1,3}}"
_ROLE: Final = (
    r"(?!(?:[^\W\d]+ ){1,9}(?:ha[ds]|have|w[ae]s|were|is|are|will|would|can|could|may|might|must|did|said|and)\b)"
    rf"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|{_PROPER}['’]s?) [^,;:.()\"“”—]{{3,80}}"
)
"""Who somebody is; no clause of its own."""
_ROLE_BEHIND: Final = re.compile(rf"(?<!, )(?P<name>{_NAME}), (?P<role>{_ROLE})(?=[,.])")
_ROLE_AHEAD: Final = re.compile(
    rf"(?:^|(?<=[,.”\"—] )|(?<=\bsaid )|(?<=\bby )|(?<=\bto )|(?<=\btold ))(?P<role>{_ROLE}), (?P<name>{_NAME})(?=[,.])"
)
_PASSIVE: Final = re.compile(
    r"(?P<what>[A-ZÀ-Þ][^.,;:!?()\"“”—]{2,120}?)(?<! who)(?<! which)(?<! that)"
    r" (?:was|were|is|are|(?:has|have|had) been) (?P<verb>[a-z]+) by (?P<rest>[^.,;:!?()\"“”—]{2,120})"
)
_WEIGHTY: Final = 4
"""Letters of a word that tells who somebody is."""
_AGENT: Final = 5
"""Words of who does something."""
_TOLD_BEHIND: Final = re.compile(rf"(?<!, )(?P<name>{_NAME}), (?P<role>who [^,;:.()\"“”—]{{3,80}}|{_ROLE})(?=[,.])")
_LOWERED: Final = word_set("the a an this that these those it he she they we its his her their our two three some all")


def in_place(premise: str, hypothesis: str) -> str:
    """The hypothesis with its clauses, days and roles where the premise has them; the same text where none moved."""
    if premise == hypothesis or max(len(premise), len(hypothesis)) > _MOST:
        return hypothesis
    return _voice(premise, _roles(premise, _days(premise, _clauses(premise, hypothesis))))


class _Clauses(NamedTuple):
    """What a text has before its first clause, its clauses without the marks between them, and the mark at its end."""

    ahead: str
    clauses: list[str]
    end: str

    @classmethod
    def of(cls, text: str) -> _Clauses:
        dateline = _DATELINE.match(text)
        ahead = dateline[0] if dateline else ""
        body = text[len(ahead) :]
        inner = body.rstrip(".!?")
        return cls(ahead, inner.split(", "), body[len(inner) :])


def _clauses(premise: str, hypothesis: str) -> str:
    """One clause brought to the front, or from there to its place behind others."""
    here, there = _Clauses.of(premise), _Clauses.of(hypothesis)
    if len(here.clauses) < 2 or len(there.clauses) < 2 or _SEVERAL.search(hypothesis) or _SEVERAL.search(premise):
        return hypothesis
    parts = list(there.clauses)
    if _moves(parts[0]) and not _one(parts[0], here.clauses[0]):
        at = next((at for at, one in enumerate(here.clauses) if at and _one(parts[0], one)), None)
        if at is None or at >= len(parts):
            return hypothesis
        front = parts.pop(0)
        parts.insert(at, _small(front))
    elif _moves(here.clauses[0]) and not _one(here.clauses[0], parts[0]):
        at = next((at for at, one in enumerate(parts) if at and _one(here.clauses[0], one)), None)
        if at is None:
            return hypothesis
        parts.insert(0, parts.pop(at))
        parts[1] = _small(parts[1])
    else:
        return hypothesis
    parts[0] = parts[0][:1].upper() + parts[0][1:]
    return f"{there.ahead}{', '.join(parts)}{there.end}"


def _moves(clause: str) -> bool:
    words = _words(clause)
    return len(words) >= _CLAUSE and not _HEADS.isdisjoint(words[:3])


def _one(clause: str, other: str) -> bool:
    """Whether two clauses are one, but for a word or two; they begin alike."""
    ours, theirs = _words(clause), _words(other)
    if not ours or not theirs or ours[0] != theirs[0]:
        return False
    return len({*ours} & {*theirs}) >= _SAME * len({*ours, *theirs})


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _small(text: str) -> str:
    """A clause that no longer opens its sentence; a word that may be a name keeps its capital."""
    first = _WORD.match(text)
    light = first is not None and (first[0].casefold() in _HEADS or first[0].casefold() in _LOWERED)
    return text[:1].lower() + text[1:] if light else text


def _days(premise: str, hypothesis: str) -> str:
    """The only day that both texts tell, on the side of its verb on which the premise has it."""
    there, here = _A_DAY.search(hypothesis), _ANY_DAY.search(premise)
    if there is None or here is None or here[0] != there[1]:
        return hypothesis
    if any(len(_ANY_DAY.findall(text)) != 1 for text in (premise, hypothesis)):
        return hypothesis
    before, behind = premise[: here.start()].rstrip(), premise[here.end() :]
    ahead = " ".join(before.split()[-2:])
    rest = hypothesis[: there.start()] + hypothesis[there.end() :]
    if not ahead or rest.count(ahead) != 1 or premise[: here.start()] == before:
        return hypothesis
    at = rest.index(ahead) + len(ahead)
    if _OF_SAYING.search(before) or _OF_SAYING.search(hypothesis[: there.start()]):
        return hypothesis
    passed = rest[min(at, there.start()) : max(at, there.start())]
    follows = re.match(r"[^\w\s]|\s*\w+|\Z", behind)
    if _BREAK.search(passed) or follows is None or not rest[at:].startswith(follows[0]):
        return hypothesis
    return f"{rest[:at]} {there[1]}{rest[at:]}"


def _roles(premise: str, hypothesis: str) -> str:
    """Who somebody is on the side of the name on which the premise has it, where both say it with a word of weight."""
    for pattern, there in ((_ROLE_BEHIND, _ROLE_AHEAD), (_ROLE_AHEAD, _TOLD_BEHIND)):
        told = {found["name"]: _of_weight(found["role"]) for found in there.finditer(premise)}
        for found in pattern.finditer(hypothesis):
            name, role = found["name"], found["role"]
            if (
                told.get(name, frozenset()).isdisjoint(_of_weight(role))
                or hypothesis.count(name) != 1
                or premise.count(name) != 1
            ):
                continue
            opens = found.start() == 0 or hypothesis[found.start() - 2] in '"”.—'
            if pattern is _ROLE_BEHIND:
                turned = f"{role[:1].upper() + role[1:] if opens else role}, {name}"
            else:
                turned = f"{name}, {_small(role)}"
            return hypothesis[: found.start()] + turned + hypothesis[found.end() :]
    return hypothesis


def _of_weight(role: str) -> frozenset[str]:
    return frozenset(word.removesuffix("'s").removesuffix("’s") for word in _words(role) if len(word) >= _WEIGHTY)


def _voice(premise: str, hypothesis: str) -> str:
    """A sentence in the passive told in the active where the premise has the same doer before the same verb."""
    found = _PASSIVE.search(hypothesis)
    if found is None or hypothesis[: found.start()].rstrip()[-1:] not in ("", ".", "—"):
        return hypothesis
    words = found["rest"].split(" ")
    for most in range(min(_AGENT, len(words)), 0, -1):
        doer = " ".join(words[:most])
        does = re.search(rf"\b{re.escape(doer)} ((?:has |have |had )?([a-z]+))\b", premise, re.IGNORECASE)
        if does is not None and lemma(does[2]) == lemma(found["verb"]):
            told = " ".join((doer[:1].upper() + doer[1:], does[1], _small(found["what"]), *words[most:]))
            return hypothesis[: found.start()] + told + hypothesis[found.end() :]
    return hypothesis
