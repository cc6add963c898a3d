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
to, is expected to and will are such a loss too.

A hedge lost is a warning, another one gained a note. What one text plans or expects now and the other tells as done is
an error, in either direction; a warning where the plan is one of the past ("wanted to"), or somebody tries. An error
is also what may, or is likely to, come to pass told as having come ("could fine", "has fined"). Quiet: one hedge for
another of any kind ("probably", "the odds are that"), an accusation where the text tells the verdict, will and would, a
plan told as coming, an expectation or an allegation that is still given to its source, "can", negations, conditions and
questions, and sentences that were rewritten so far that the same statement is not plainly there.

Passes:
    reference: The minister may visit Jakarta in July, her spokesman said on Monday.
    version: The minister might visit Jakarta in July, her spokesman said on Monday.
Fails:
    reference: The minister may visit Jakarta in July, her spokesman said on Monday.
    version: The minister will visit Jakarta in July, her spokesman said on Monday.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from consistency.checks._hedges.certain import called_certain, may_be_unsure
from consistency.checks._hedges.doubts import doubts_lost, may_be_blamed
from consistency.checks._hedges.due import due_and_done
from consistency.checks._hedges.nouns import deeds_done, may_be_due
from consistency.checks._hedges.reworded import COMING, ENDS, Lost, perfect, reworded
from consistency.checks._hedges.settled import by_another, proven
from consistency.checks._hedges.side import LATER, Side, bounds, marked, neighbours, numbered, sentence, spoken
from consistency.checks._hedges.tense import came_true, false, told_as_coming, told_as_done
from consistency.checks._hedges.words import BILLS, EXPECTED, NOUNS, OPINION, SOFT, SOURCE, how_sure, misspelt
from consistency.facts._lists import word_set
from consistency.facts.hedge import (
    Hedge,
    Reading,
    Word,
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
_MANY = 12
_LONG = 70
_CLAUSE: Final = 16
_GATES: Final = (may_be_due, may_be_blamed, may_be_unsure)
_GETS: Final = word_set("get gets getting have has receive receives see sees")
_JOINS: Final = word_set("and or but that which who")
_AT_LAST: Final = word_set("finally eventually again")
_TO_AGENT: Final = 2
"""Words behind a participle among which "by" stands: "paid by", "paid for by"."""
_COULD: Final = ("could",)
_NOBODY: Final = word_set("none nobody no neither nothing few hardly only")
_FOUND: Final = frozenset(map(lemma, ("discover", "found", "show", "prove", "demonstrate", "learn", "realise", "know")))
"""What is told behind these words is no guess."""
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


class HedgeCheck:
    id: str = "hedge"
    level: Level = "warning"

    def check(self, context: Context) -> Iterable[Finding]:
        reports = {article.id for article in context.story.versions if article.role == "report"}
        for pair in context.pairs():
            if pair.premise.text != pair.hypothesis.text:
                yield from self._pair(pair, later=pair.hypothesis.article in reports)

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
        if not found or len(found) > _MANY or not plain.open.isdisjoint(found) or _idle(hedged, hedge, plain):
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
        if hedge.at not in found
        and len(hedged.places.get(hedge.lemma, ())) <= _MANY
        and not _idle(hedged, hedge, plain)
    )


def _idle(hedged: Side, hedge: Hedge, plain: Side) -> bool:
    """Whether the hedge leaves nothing open: granted, asked, a story's "would", told plainly elsewhere."""
    coming = hedge.kind in LATER and (hedge.at in hedged.open or not _announced(hedged.reading, hedge))
    granted = plain.grants and _conceded(hedged.reading, hedge)
    able = hedge.wording == _COULD and _able(hedged.reading, hedge.at)
    settled = proven(hedged.reading, hedge)
    return coming or granted or able or settled or _told_too(hedged, hedge) or _asked(hedged.reading, hedge.at)


def _other_verb(hedged: Side, hedge: Hedge, plain: Side) -> list[int]:
    """Where a "will" of the other text has another verb between the same two words ("visit", "travel to")."""
    if hedge.frame != "verb" or not (hedge.kind in {"possible", "likely"} or hedge.wording in EXPECTED):
        return []
    ours = neighbours(hedged.reading, hedge.at)
    return [] if None in ours else plain.coming.get(ours, [])


def _announced(reading: Reading, hedge: Hedge) -> bool:
    """Whether "would" looks ahead in speech or in a bill; elsewhere it is the past of a story or a habit."""
    if hedge.kind != "would" or spoken(reading, hedge.at):
        return True
    return any(word.lemma in BILLS for word in sentence(reading, hedge.at))


def _already(reading: Reading, index: int) -> bool:
    """Whether it is so by now; elsewhere a present ("closes in May") may look ahead as well."""
    return any(word.token.fold == "already" for word in reading.words[max(0, index - _TO_AGENT) : index])


def _sourced(reading: Reading, index: int) -> bool:
    """Whether the sentence gives what it tells at `index` to somebody: "economists say it will"."""
    return any(word.lemma in SOURCE for at, word in numbered(reading, index) if at != index)


def _conceded(reading: Reading, hedge: Hedge) -> bool:
    """ "It may sound odd, but ..." grants the point and leaves nothing open, where the other text grants it too."""
    _, last = bounds(reading, hedge.at)
    return hedge.kind == "possible" and any(
        one.token.fold == "," and two.token.fold == "but" for one, two in pairwise(reading.words[hedge.at : last])
    )


def _able(reading: Reading, index: int) -> bool:
    """Whether "could" is what somebody was able to do: "none of them could swim", "found that it could be sold"."""
    before = reading.words[max(bounds(reading, index)[0], index - _CLAUSE) : index + 1]
    folds = [word.token.fold for word in before]
    if not _AT_LAST.isdisjoint(folds) or ("first", "time") in pairwise(folds):
        return True
    clause: list[Word] = []
    for word in reversed(before):
        if word.token.text in ENDS:
            break
        clause.append(word)
    return any(word.token.fold in _NOBODY or word.lemma in _FOUND for word in clause)


def _asked(reading: Reading, index: int) -> bool:
    return any(word.token.text == "?" for word in sentence(reading, index))


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


def _told_too(side: Side, hedge: Hedge) -> bool:
    """Whether the text says the same word elsewhere without a hedge, or too often to look."""
    places = side.places.get(hedge.lemma, [])
    return len(places) > _MANY or any(
        index not in side.hedged and (hedge.frame == "noun" or told(side.reading, index) in {"past", "present"})
        for index in places
    )


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
        if (by_source and word.lemma in SOURCE and at != index) or (
            at in plain.open and word.lemma not in hedged.heads
        ):
            return True
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
