"""A hedge lost or gained: what one text leaves open, the other states as a fact.

Reported is a statement that both texts make in nearly the same words, once with a hedge (may, might, could, likely,
reportedly, alleged, accused of, appears to, is expected to, plans to, will) and once without: a possibility told as
certain, an allegation as a fact, a plan as done. A possibility, likelihood, appearance or hearsay is also found lost in
a clause that was reworded, where its verb is the same or a kindred one ("reportedly flooded", "inundated"), with less
confidence; so is a plan that "has been" carried out, or a deed that is told by its noun ("will appeal", "has lodged an
appeal"; "a vote is due", "voted"; "is subject to approval", "approved"; "is thought to be behind an attack",
"attacked"), and what is called likely told as certain. Of the shortest sentences the noun and the time are enough ("a
verdict is due on Friday", "a verdict was reached on Friday"). Where the model sees a contradiction, done told as
coming, or coming as done, is found in a clause reworded further. Accused of and convicted of, considering and decided
to, is expected to and will are such a loss too. So is a condition that is dropped or told as met ("will build it if the
state pays"), where most of what hangs on it is told as coming or done and nothing in or near that sentence leaves it
open.

A hedge lost is a warning, another one gained a note. What one text plans or expects now and the other tells as done is
an error, in either direction; a warning where the plan is one of the past ("wanted to"), or somebody tries. An error
is also what may, or is likely to, come to pass told as having come ("could fine", "has fined"). Quiet: one hedge for
another of any kind ("probably", "the odds are that"), an accusation where the text tells the verdict, will and would, a
plan told as coming, an expectation or an allegation that is still given to its source, "can", negations, one condition
for another, questions, and sentences that were rewritten so far that the same statement is not plainly there.

Passes:
    reference: The minister may visit Jakarta in July, her spokesman said on Monday.
    version: The minister might visit Jakarta in July, her spokesman said on Monday.
Fails:
    reference: The minister may visit Jakarta in July, her spokesman said on Monday.
    version: The minister will visit Jakarta in July, her spokesman said on Monday.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from consistency.checks._articles import Claims
from consistency.checks._hedges.certain import called_certain, may_be_unsure
from consistency.checks._hedges.conditions import conditions_dropped
from consistency.checks._hedges.doubts import doubts_lost, may_be_blamed
from consistency.checks._hedges.due import due_and_done
from consistency.checks._hedges.idle import MANY, idle
from consistency.checks._hedges.nouns import deeds_done, may_be_due
from consistency.checks._hedges.reworded import CERTAIN, COMING, ENDS, Lost, perfect, reworded
from consistency.checks._hedges.settled import by_another
from consistency.checks._hedges.side import Side, bounds, marked, neighbours, numbered, sentence, spoken
from consistency.checks._hedges.tense import came_true, false, may_expect, told_as_coming, told_as_done
from consistency.checks._hedges.words import EXPECTED, NOUNS, OPINION, SOFT, SOURCE, how_sure, misspelt
from consistency.facts._lists import word_set
from consistency.facts.hedge import (
    Hedge,
    Reading,
    copula,
    copula_from,
    is_verb_form,
    lemma,
    read,
    told,
    told_from,
)
from consistency.protocols import Context, Pair
from consistency.records import Finding, Level, Span, mutual_contradiction

_BY_SOURCE: Final = frozenset(["verb", "any", "ing", "clause"])
_BESIDE: Final = frozenset(["possible", "likely", "apparent"])
"""Kinds of hedge that a source may use: that the version names it in another word does not make up for their loss."""
_AROUND = 8
_USUAL = 0.65
_ENOUGH = 0.5
_LEAST = 2
_LONG = 70
_GATES: Final = (may_be_due, may_be_blamed, may_be_unsure, may_expect)
_GETS: Final = word_set("get gets getting have has receive receives see sees")
_JOINS: Final = word_set("and or but that which who")
_TO_AGENT: Final = 2
"""Words behind a participle among which "by" stands: "paid by", "paid for by"."""
_ACCUSED: Final = frozenset((("accused", "of"), ("suspected", "of"), ("charged", "with")))
_VERDICTS: Final = frozenset(map(lemma, ("convict", "guilty", "sentence")))
_WEIGHING: Final = word_set("considering considers considered contemplating contemplates weighing mulling mulls")
_DECIDED: Final = frozenset(map(lemma, ("decide", "resolve")))
_OUTCOMES: Final = _VERDICTS | _DECIDED
_WAS_TO: Final = frozenset((("was", "to", "be"), ("were", "to", "be")))
_SETTLED: Final = 4
"""Words before what somebody is accused of, or considers, where the verdict or the decision stands."""
_DONE: Final = frozenset(["expected", "plan", "future", "would"])
_BELIEVED: Final = 0.5
"""Contradiction, by the model, from which a verb told anew is believed to be another's tense."""
_MODEL: Final = 0.2
_TOLD_ALREADY: Final = 0.5
"""How sure a lost hedge must be for a condition not to be told beside it."""
_NEARBY: Final = 6
_FAR: Final = 60
"""Claims around a pair, in the version and in the reference, that may tell the same with or without a condition."""


class HedgeCheck:
    id: str = "hedge"
    level: Level = "warning"

    def check(self, context: Context) -> Iterable[Finding]:
        reports = {article.id for article in context.story.versions if article.role == "report"}
        articles = {article.id: Claims.of(context, article.id) for article in context.story.articles}
        for pair in context.pairs():
            if pair.premise.text != pair.hypothesis.text:
                later = pair.hypothesis.article in reports
                found = list(self._pair(pair, later=later))
                yield from found
                if not any(one.confidence >= _TOLD_ALREADY for one in found):
                    yield from self._conditions(pair, articles, later=later)

    def _conditions(self, pair: Pair, articles: Mapping[str, Claims], *, later: bool) -> Iterator[Finding]:
        """Conditions that are dropped."""
        beside, others = (
            _besides(articles[side.article], side.claims, by)
            for side, by in ((pair.hypothesis, _NEARBY), (pair.premise, _FAR))
        )
        for one in conditions_dropped((pair.premise.text, pair.hypothesis.text), beside, others):
            there, here = _show(pair.premise.text, (one.condition,)), _show(pair.hypothesis.text, (one.plain,))
            yield Finding(
                self.id,
                self.level,
                f"The reference says “{there}”, the version drops the condition: “{here}”.",
                min(one.sure, 0.45) if later else one.sure,
                pair.premise.side(one.condition),
                pair.hypothesis.side(one.plain),
            )

    def _pair(self, pair: Pair, *, later: bool) -> Iterator[Finding]:
        """An independent report, maybe of another day, may know what has become of a plan."""
        premise, hypothesis = read(pair.premise.text), read(pair.hypothesis.text)
        if not any(one.hedges or any(gate(one) for gate in _GATES) for one in (premise, hypothesis)):
            return
        sides = Side(premise), Side(hypothesis)
        model = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)
        lost = list(_shifts(*sides))
        lost.extend(reworded(premise, hypothesis, _left(*sides, lost)))
        believed = model >= _BELIEVED
        lost = _joined_by(lost, told_as_done(premise, hypothesis, believed=believed), model)
        lost = _joined_by(lost, deeds_done(premise, hypothesis), model)
        lost = _joined_by(lost, due_and_done(premise, hypothesis), model)
        lost = _joined_by(lost, doubts_lost(premise, hypothesis), model)
        lost = _joined_by(lost, called_certain(premise, hypothesis), model)
        for shift in lost:
            if by_another(premise, hypothesis, shift):
                continue
            hedged, plain = _hedged(shift.hedge), _plain(hypothesis, shift)
            there, here = _show(pair.premise.text, hedged), _show(pair.hypothesis.text, plain)
            message = f"The reference says “{there}”, the version drops the hedge and says “{here}”."
            grave = false(premise, hypothesis, shift) or came_true(premise, hypothesis, shift)
            if (grave or shift.hedge.kind in _DONE) and shift.told == "past":
                message = f"The reference says “{there}”, the version tells it as done: “{here}”."
            yield Finding(
                self.id,
                "error" if grave else self.level,
                message,
                _confidence(shift, later=later),
                pair.premise.side(*hedged),
                pair.hypothesis.side(*plain),
            )
        undone = [*told_as_coming(premise, hypothesis, believed=believed), *deeds_done(hypothesis, premise)]
        undone = _joined_by(undone, due_and_done(hypothesis, premise), model)
        gained = _joined_by(list(_shifts(*reversed(sides))), undone, model)
        open_now = {shift.hedge.at for shift in undone}
        for shift in gained:
            if by_another(hypothesis, premise, shift):
                continue
            hedged, plain = _hedged(shift.hedge), _plain(premise, shift)
            there, here = _show(pair.premise.text, plain), _show(pair.hypothesis.text, hedged)
            level: Level = "note"
            message = f"The reference says “{there}”, the version hedges it: “{here}”."
            if shift.told == "past" and (shift.hedge.kind in COMING or shift.hedge.at in open_now):
                level = "error" if false(hypothesis, premise, shift) else "warning"
                message = f"The reference tells it as done: “{there}”, the version does not: “{here}”."
            yield Finding(
                self.id,
                level,
                message,
                _confidence(shift, later=later),
                pair.premise.side(*plain),
                pair.hypothesis.side(*hedged),
            )


def _besides(claims: Claims, own: Iterable[str], by: int) -> Iterator[str]:
    """The texts of the claims around some."""
    places = {claims.place[claim] for claim in own}
    return (claims.all[at].text for at in claims.around(places, by) if at not in places)


def _joined_by(found: list[Lost], others: Iterable[Lost], model: float) -> list[Lost]:
    """What was found, and those of the others that stand on other hedges, the surer the more the model is."""
    known = {shift.hedge.at for shift in found}
    lifted = _MODEL * max(0.0, model - _BELIEVED)
    return found + [one._replace(sure=one.sure + lifted) for one in others if one.hedge.at not in known]


def _confidence(shift: Lost, *, later: bool) -> float:
    sure = min(shift.sure, 0.45) if later and shift.hedge.kind in _DONE else shift.sure
    return round(min(0.95, max(0.05, sure)), 3)


def _shifts(hedged: Side, plain: Side) -> Iterator[Lost]:
    """Hedges of one text whose head the other tells without any."""
    for hedge in hedged.reading.hedges:
        found = plain.places.get(hedge.lemma) or _other_verb(hedged, hedge, plain)
        if not found or len(found) > MANY or not plain.open.isdisjoint(found) or idle(hedged, hedge, plain):
            continue
        near = _near(hedged.reading, hedge.at)
        scored = max((_share(near, _near(plain.reading, index)), -index) for index in found)
        share, index = scored[0], -scored[1]
        if share < _ENOUGH or _softened(plain, index, hedged, hedge):
            continue
        manner = _manner(hedged.reading, hedge, plain.reading, index)
        if hedge.wording in EXPECTED and manner == "future" and _sourced(plain.reading, index):
            continue
        if hedge.kind == "would" and manner == "present" and not _already(plain.reading, index):
            continue
        sure = NOUNS.get(hedge.kind, 0.0) if hedge.frame == "noun" else how_sure(hedge, manner)
        if sure:
            yield Lost(hedge, index, manner, _copular(hedged.reading, hedge), sure + 0.3 * (share - _USUAL))


def _left(hedged: Side, plain: Side, lost: list[Lost]) -> Iterator[Hedge]:
    """Hedges that were not found lost, where the same words would have been enough, and that leave something open."""
    found = {shift.hedge.at for shift in lost}
    return (
        hedge
        for hedge in hedged.reading.hedges
        if hedge.at not in found and len(hedged.places.get(hedge.lemma, ())) <= MANY and not idle(hedged, hedge, plain)
    )


def _other_verb(hedged: Side, hedge: Hedge, plain: Side) -> list[int]:
    """Where a "will" of the other text has another verb between the same two words ("visit", "travel to")."""
    if hedge.frame != "verb" or not (hedge.kind in {"possible", "likely"} or hedge.wording in EXPECTED):
        return []
    ours = neighbours(hedged.reading, hedge.at)
    return [] if None in ours else plain.coming.get(ours, [])


def _already(reading: Reading, index: int) -> bool:
    """Whether it is so by now; elsewhere a present ("closes in May") may look ahead as well."""
    return any(word.token.fold == "already" for word in reading.words[max(0, index - _TO_AGENT) : index])


def _sourced(reading: Reading, index: int) -> bool:
    """Whether the sentence gives what it tells at `index` to somebody: "economists say it will"."""
    return any(word.lemma in SOURCE for at, word in numbered(reading, index) if at != index)


def _manner(hedged: Reading, hedge: Hedge, plain: Reading, index: int) -> str:
    """How the other text tells the head: "plain" where it is a noun on both sides, "open" for not at all."""
    if hedge.frame == "noun" or _settled(hedged, hedge, plain, index) is not None:
        return "plain" if hedge.frame == "noun" else "settled"
    manner = told(plain, index)
    if _copular(hedged, hedge):
        return copula(plain, index)
    word, after = plain.words[index], plain.words[index + 1 : index + 1 + _TO_AGENT]
    bare = told_from(plain, index) == index and any(one.token.fold == "by" for one in after)
    bare = bare or (told_from(plain, index) == index and _caused(plain, index))
    ahead = hedge.wording in _WAS_TO and not perfect(plain, index)  # "he was to be crowned", and he was
    if ahead or (hedge.kind in _DONE and (bare or word.token.fold.endswith("ing"))):
        return "open"  # "an opera performed by", and "was leaving" in reported speech, may look ahead as well
    if manner == "would" and not (spoken(hedged, hedge.at) and spoken(plain, index)):
        return "open"  # only in reported speech is "would" a "will"
    if hedge.frame == "any" and manner == "open" == told(hedged, hedge.at):
        return "plain"
    return manner


def _caused(reading: Reading, index: int) -> bool:
    """Whether somebody gets something done or has it done: "they get the fee paid out"."""
    for word in reversed(reading.words[max(0, index - _AROUND) : index]):
        if word.token.text in ENDS or word.token.fold in _JOINS:
            return False
        if word.token.fold in _GETS:
            return True
    return False


def _settled(hedged: Reading, hedge: Hedge, plain: Reading, index: int) -> int | None:
    """Where the other text has the end of what is open here: accused of it, convicted of it; considering it, decided
    to do it.
    """
    ends = _VERDICTS if hedge.wording in _ACCUSED else _DECIDED if hedge.wording[-1] in _WEIGHING else frozenset()
    if any(word.lemma in ends for word in hedged.words):
        return None
    first = max(bounds(plain, index)[0], index - _SETTLED)
    return next((at for at in range(first, index) if plain.words[at].lemma in ends), None)


def _copular(reading: Reading, hedge: Hedge) -> bool:
    """Whether the hedge speaks of being something ("may be a spy"), not of doing it."""
    if hedge.frame not in {"verb", "clause"} or is_verb_form(reading.words[hedge.at].token.fold):
        return hedge.frame == "state"
    between = [
        word.token.fold
        for word in reading.words[max(0, hedge.at - 6) : hedge.at]
        if word.token.start >= hedge.words.end
    ]
    return "be" in between or "been" in between


def _softened(plain: Side, index: int, hedged: Side, hedge: Hedge) -> bool:
    """Whether the sentence of the plain word keeps the hedge elsewhere, or has one or a source of its own."""
    if marked(plain.reading, index, hedged.reading):
        return True
    by_source = hedge.kind == "reported" and hedge.frame in _BY_SOURCE
    sourced = hedge.kind in _BESIDE and spoken(hedged.reading, hedge.at)
    for at, word in numbered(plain.reading, index):
        other = plain.worded.get(at, hedge.lemma)
        apart = hedge.kind in COMING and other != hedge.lemma and other in hedged.heads
        new = word.lemma not in hedged.lemmas and not apart
        if new and (word.lemma in SOFT or word.token.text == "?" or misspelt(word, hedge)):
            return True
        if hedge.kind not in _DONE and (word.lemma in OPINION or (new and not sourced and word.lemma in SOURCE)):
            return True
        if by_source and word.lemma in SOURCE and at != index:
            return True
        if at in plain.open and word.lemma not in hedged.heads and not (hedge.kind in CERTAIN and at in plain.planned):
            return True  # that somebody "tried to save a dog" leaves open no more than that
    key = hedge.wording[0]
    kept = sum(word.token.fold == key for word in sentence(plain.reading, index))
    return kept > 0 and kept >= sum(word.token.fold == key for word in sentence(hedged.reading, hedge.at))


def _near(reading: Reading, index: int) -> frozenset[str]:
    """Lemmas of the words of weight around `index` in its sentence, itself and soft words left out."""
    first, last = bounds(reading, index)
    own = reading.words[index].lemma
    before = [word.lemma for word in reading.words[first:index] if word.weight][-_AROUND:]
    after = [word.lemma for word in reading.words[index + 1 : last] if word.weight][:_AROUND]
    return frozenset(one for one in (*before, *after) if one != own and one not in SOFT)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """0-1: how far two surroundings are the same words; 0 below `_LEAST` shared."""
    shared = len(one & other)
    return 2 * shared / (len(one) + len(other)) if shared >= _LEAST else 0.0


def _hedged(hedge: Hedge) -> tuple[Span, ...]:
    return _joined(hedge.words, hedge.head)


def _plain(reading: Reading, shift: Lost) -> tuple[Span, ...]:
    first = shift.plain
    if shift.told == "settled":
        first = next(at for at in range(max(0, first - _SETTLED), first) if reading.words[at].lemma in _OUTCOMES)
    elif shift.hedge.frame != "noun":
        first = min(told_from(reading, first), copula_from(reading, first) if shift.copular else first)
    last = max(shift.plain, shift.until)
    return (Span(reading.words[first].token.start, reading.words[last].token.end),)


def _joined(words: Span, head: Span) -> tuple[Span, ...]:
    """One span where the hedge and its head stand near each other."""
    low, high = sorted((words, head))
    return (Span(low.start, high.end),) if high.end - low.start <= _LONG else (low, high)


def _show(text: str, spans: tuple[Span, ...]) -> str:
    return " … ".join(" ".join(text[span.start : span.end].split()) for span in spans)


CHECK = HedgeCheck()
