"""Another body that acts: councillors, voters, a court or an army do in a text what another of them does in the other.

Only bodies that nobody names for one another are told apart: a government may be its police or its parliament.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from consistency.facts._kept import kept
from consistency.facts._lists import word_set
from consistency.facts._roles import words as lists
from consistency.facts.hedge import is_verb_form, lemma
from consistency.facts.kin import kindred
from consistency.facts.polarity import lemmas
from consistency.records import Span

_MOST: Final = 2_000
"""Characters of a text beyond which it is no claim."""
_BODIES: Final = {
    word: body
    for body, words in (
        line.split(": ")
        for line in (
            "council: council councils councillor councillors councilor councilors",
            "public: resident residents voter voters citizen citizens villager villagers islander islanders",
            "court: court courts judge judges tribunal jury jurors magistrate magistrates",
            "police: police policeman policemen detective detectives",
            "army: army soldier soldiers troops",
            "rebels: rebel rebels insurgent insurgents guerrilla guerrillas militia militiamen",
            "parliament: parliament lawmakers legislators senators senate mps",
            "union: union unions strikers",
            "company: company employer employers shareholders",
            "doctors: doctor doctors physician physicians surgeon surgeons",
            "nurses: nurse nurses",
            "patients: patient patients",
            "insurers: insurer insurers",
            "teachers: teacher teachers",
            "pupils: pupil pupils schoolchildren",
            "parents: parent parents",
            "tenants: tenant tenants",
            "landlords: landlord landlords",
            "farmers: farmer farmers",
            "passengers: passenger passengers",
            "firefighters: firefighter firefighters",
            "suspect: suspect suspects",
            "victim: victim victims",
            "witness: witness witnesses",
            "journalists: journalist journalists reporter reporters",
            "scientists: scientist scientists researcher researchers",
        )
    )
    for word in words.split()
}
_PUBLIC: Final = frozenset("council public court police army rebels parliament company".split())
_PEOPLE: Final = frozenset(
    "doctors nurses patients insurers teachers pupils parents tenants landlords farmers passengers firefighters"
    " journalists scientists police court army rebels".split()
)
_WORK: Final = frozenset("union company".split())
_CASE: Final = frozenset("suspect victim witness police court".split())
"""Bodies of which each excludes the others: no teacher is spoken of as a council, but he may be a citizen."""
_SAME: Final = tuple(
    frozenset(lemma(word) for word in words.split())
    for words in (
        "approve approves approved back backs backed vote votes voted pass passes passed adopt adopted support endorse",
        "reject rejects rejected oppose opposes opposed refuse refused vote votes voted",
        "kill killed shoot shot",
        "arrest arrested detain detained seize seized",
        "find found discover discovered",
    )
)
"""Verbs that may tell one deed, which the list of kin does not bind."""
_VERBS: Final = lists.VERBS.union(*_SAME)
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_BESIDE: Final = lists.AUXILIARIES | lists.BE | lists.ADVERBS | word_set("to")
_ASIDE: Final = re.compile(
    r"(?: (?:in|on|of|from|at|near|for) (?:the |an? )?[\w’'-]+(?: [A-Z][\w’'-]*){0,2}(?: [a-z]+(?= [a-z]+ed\b))?){0,2}"
    r"(?:, (?!and\b|but\b|or\b|so\b|while\b)[^,.;:]{1,60},)?"
)
"""What may stand between a body and its verb: where it is, and an aside."""
_PLAIN: Final = re.compile(r"[a-z ]+")
"""What else stands there: no mark, no name."""
_BACK: Final = 3
_AHEAD: Final = 4
"""Words looked at before and behind a body."""
_DENYING: Final = word_set("not never no neither nor")
_WORDS: Final = 8
_WINDOW: Final = 110
"""Words of weight of what is done, and characters in which they stand."""
_SHARED: Final = 0.5
"""How much of what is done both must tell, of the shorter one."""
_TIES: Final = word_set("of in on at for from with who whose")
_FEWEST: Final = 2
"""What may tell of a body where no verb stands behind it, and the words that both must share of it then."""
_DEEDS: Final = 12


class _Deed(NamedTuple):
    body: str
    span: Span
    verb: str
    words: tuple[str, ...]
    passive: bool


def other_body(premise: str, hypothesis: str) -> tuple[Span, Span] | None:
    """The body that does a thing in the premise, and another that does it in the hypothesis; none where a text names
    both and may tell the deed of either.
    """
    if max(len(premise), len(hypothesis)) > _MOST:
        return None
    here, there = _deeds(premise), _deeds(hypothesis)
    for one in here:
        for other in there:
            if not _exclude(one.body, other.body) or one.passive != other.passive or not _same(one, other):
                continue
            apart = other.body not in _named(premise) and one.body not in _named(hypothesis)
            if apart or (one.verb == other.verb and _once(one, here) and _once(other, there)):
                return one.span, other.span
    return None


def _exclude(one: str, other: str) -> bool:
    return one != other and any({one, other} <= bodies for bodies in (_PUBLIC, _PEOPLE, _WORK, _CASE))


def _once(deed: _Deed, deeds: Sequence[_Deed]) -> bool:
    """Whether a text tells the deed once, of this body, as its own."""
    return not deed.passive and deed.verb not in _TIES and sum(other.verb == deed.verb for other in deeds) == 1


def _same(one: _Deed, other: _Deed) -> bool:
    verbs = {one.verb, other.verb}
    if len(verbs) > 1 and not kindred(one.verb, other.verb) and not any(verbs <= same for same in _SAME):
        return False
    shorter, longer = sorted((one.words, other.words), key=len)
    told = sum(any(word == against or kindred(word, against) for against in longer) for word in shorter)
    return told >= max(_FEWEST if one.verb in _TIES else 1, _SHARED * len(shorter))


@kept
def _named(text: str) -> frozenset[str]:
    return frozenset(_BODIES[word] for word in map(str.casefold, _WORD.findall(text)) if word in _BODIES)


@kept
def _deeds(text: str) -> tuple[_Deed, ...]:
    return tuple(islice(_read(text), _DEEDS))


def _read(text: str) -> Iterator[_Deed]:
    words = list(_WORD.finditer(text))
    for at, word in enumerate(words):
        if word.group().casefold() in _BODIES and not _compound(text, words, at):
            before = _before(text, words, at)
            if before == "by":
                yield from _done_by(text, words, at)
            elif before not in lists.PREPOSITIONS:
                yield from _does(text, words, at)


def _compound(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a body is named by two such words ("rebel soldiers", "council tenants")."""
    return any(
        0 <= beside < len(words)
        and words[beside].group().casefold() in _BODIES
        and text[min(words[at].end(), words[beside].end()) : max(words[at].start(), words[beside].start())] == " "
        for beside in (at - 1, at + 1)
    )


def _before(text: str, words: Sequence[re.Match[str]], at: int) -> str:
    """The preposition or the like that a body hangs on, with no mark between."""
    for back in range(at - 1, max(-1, at - 1 - _BACK), -1):
        if not text[words[back].end() : words[back + 1].start()].isspace():
            return ""
        fold = words[back].group().casefold()
        if fold in lists.PREPOSITIONS or fold in lists.CONJUNCTIONS or fold in lists.CLAUSES:
            return fold
    return ""


def _done_by(text: str, words: Sequence[re.Match[str]], at: int) -> Iterator[_Deed]:
    """What is done by a body: the participle before "by"."""
    for back in range(at - 1, max(-1, at - _AHEAD - 1), -1):
        verb = words[back].group().casefold()
        if is_verb_form(verb) and not verb.endswith("ing"):
            told = _weighty(text, Span(max(0, words[back].start() - _WINDOW), words[back].start()))[-_WORDS:]
            yield _deed(words[at], verb, told, passive=False)
            return


def _does(text: str, words: Sequence[re.Match[str]], at: int) -> Iterator[_Deed]:
    """What a body does, or is done to it: the word behind it and its auxiliaries, past an aside."""
    body, last = words[at], at
    end = body.end()
    if last + 1 < len(words) and words[last + 1].group() in _TIES and text[end : words[last + 1].start()] == " ":
        told = _weighty(text, Span(words[last + 1].end(), min(len(text), end + _WINDOW)))[:_WORDS]
        yield _deed(body, words[last + 1].group(), told, passive=False)
    if (aside := _ASIDE.match(text, end)) is not None and aside.group():
        end = aside.end()
        while last + 1 < len(words) and words[last + 1].start() < end:
            last += 1
    folds = [word.group().casefold() for word in words[last + 1 : last + 1 + _AHEAD]]
    ahead = next((index for index, fold in enumerate(folds) if fold not in _BESIDE), len(folds))
    if ahead == len(folds) or not _DENYING.isdisjoint(folds[:ahead]) or any(fold.endswith("n't") for fold in folds):
        return
    verb = words[last + 1 + ahead]
    if not _may_act(verb.group(), ahead) or not _PLAIN.fullmatch(text, end, verb.start()):
        return
    if lemma(folds[ahead]) in lists.SPEECH:  # who says it is another matter
        return
    told = _weighty(text, Span(verb.end(), min(len(text), verb.end() + _WINDOW)))[:_WORDS]
    if not told:  # "the gate that the army had shelled"
        told = _weighty(text, Span(max(0, body.start() - _WINDOW), body.start()))[-_WORDS:]
    yield _deed(body, folds[ahead], told, passive=not lists.BE.isdisjoint(folds[:ahead]))


def _may_act(word: str, auxiliaries: int) -> bool:
    """Whether a word behind a body may be its verb, by its form."""
    if not word[0].islower() or lists.outside(word):
        return False
    return auxiliaries > 0 or is_verb_form(word) or word.endswith("s") or lemma(word) in _VERBS


def _deed(body: re.Match[str], verb: str, told: tuple[str, ...], *, passive: bool) -> _Deed:
    return _Deed(_BODIES[body.group().casefold()], Span(*body.span()), lemma(verb), told, passive)


def _weighty(text: str, span: Span) -> tuple[str, ...]:
    """The words of weight of a range, none of a body's."""
    return tuple(word for word, place in lemmas(text, span) if text[place.start : place.end].casefold() not in _BODIES)
