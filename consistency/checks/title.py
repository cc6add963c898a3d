"""Someone is given another office, profession or relation than in the reference.

Reports, as a warning, a person who is finance minister in the reference and interior minister in the version: another
portfolio, another rank of one ladder, another post of one body (president, general secretary), judge for prosecutor,
coach for captain, brother for cousin, chemist for historian; a deputy turned into the office itself or back; `former`
lost or gained. Another portfolio, were it one that no table has (minister for rural matters), is an error where the
model sees a contradiction too, unless the version is a report of its own. A warning is also what one person seldom is
both (an engineer and a mayor, an aunt and a mother) where the model sees a contradiction. People are linked by name
across both articles. Reports, as an error, another office, ministry, calling or relation of people without a name (the
interior minister for the finance minister) where two sentences share nearly all words, or most and the model holds them
to be rather a contradiction, or some and the model is sure of it. Quiet: spellings and synonyms of one title (chief
executive, CEO), a vaguer or more precise title, titles that one person may well hold together (chairman and founder,
pianist and composer), portfolios that some countries join, where the version is a report of its own, a holder called
former where the sentence tells of a past year (signed in 2010 by former President Obama), one relation told from its
other end (the girl's uncle, his niece), and everyone to whom either article gives both titles, or who may be one of two
people of a name.

Passes:
    reference: The deal was signed by the chief executive, Jane Mercer, on Monday in Oslo.
    version: Jane Mercer, the company's CEO, signed the deal in Oslo on Monday.
Fails:
    reference: The plan was drawn up by finance minister Olaf Scholz last week.
    version: The plan was drawn up by interior minister Olaf Scholz last week.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

from consistency.checks._unnamed import exchanged
from consistency.facts._titles.then import years_of
from consistency.facts._titles.words import CALLING
from consistency.facts.name import Name, compare, names, romanised
from consistency.facts.title import Title, Titled, hardly_both, loose, other_matter, other_ministry, titled
from consistency.facts.title import compare as relate
from consistency.protocols import Context, Pair
from consistency.records import Claim, Finding, Level, Passage, Side, mutual_contradiction

MAX_NAMES = 40
"""A word that stands in more names than this, or more titles than this, names nobody."""
MAX_CLAIMS = 200
"""Claims that name one person, looked through for other titles of theirs."""
CLOSE = 0.6
"""Similarity of aligned claims from which they tell of the same moment."""
UNNAMED = 0.5
"""Contradiction, by the model, from which a title without a name is believed to be another."""
TOLD_ANEW = 0.8
"""The same where little of the wording is kept: there another title alone may have another cause."""
SELDOM = 0.6
"""Confidence of two titles that one person may have, where the model holds them to be at odds."""
COPIED = 0.6
"""Confidence of another title in a sentence that is all but copied, whatever the model says."""
_LATE = 9999
LINKED = ("same", "variant")
_AGREED = frozenset(("same", "less_precise", "more_precise"))


class _Mention(NamedTuple):
    """A title given to a name in a claim; `case` is equal for titles that stand alike to every other."""

    claim: Claim
    titled: Titled
    case: tuple[object, ...]


_Odds: TypeAlias = Literal["plainly", "matter", "seldom", "copied"]
"""How two titles exclude each other: always, by words that the model must weigh, as a rule, or where one text is a copy
of the other."""


class _Person(NamedTuple):
    """A title of someone in the reference and one in the version that exclude each other."""

    premise: _Mention
    hypothesis: _Mention
    odds: _Odds


class _People:
    """One article's titled names, and its names and claims by the words of the names."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = claims
        self.mentions = [_Mention(claim, one, _case(one.title)) for claim in claims for one in titled(claim.text)]
        self.by_part: dict[str, list[_Mention]] = defaultdict(list)
        for mention in self.mentions:
            for part in _keys(mention.titled.name):
                self.by_part[part].append(mention)

    @cached_property
    def _index(self) -> tuple[dict[str, dict[tuple[str, ...], Name]], dict[str, dict[str, Claim]]]:
        """Distinct names, and the claims that have one of them, by each word."""
        known: dict[str, dict[tuple[str, ...], Name]] = defaultdict(dict)
        where: dict[str, dict[str, Claim]] = defaultdict(dict)
        for claim in self._claims:
            for name in _known(claim.text):
                for part in _keys(name):
                    known[part].setdefault(name.parts, name)
                    where[part].setdefault(claim.id, claim)
        return known, where

    @cached_property
    def of_nobody(self) -> frozenset[str]:
        """Concepts of titles that stand alone ("the postwoman sets out at four"): they may be anybody's."""
        found: set[str] = set()
        for claim in self._claims:
            given = {one.title.span for one in titled(claim.text)}
            found.update(title.concept for title in loose(claim.text) if title.span not in given)
        return frozenset(found)

    def named(self, name: Name) -> list[Name]:
        """Distinct names that share a word with `name` and may be the same."""
        known, _ = self._index
        found: dict[tuple[str, ...], Name] = {}
        for part in _keys(name):
            for parts, other in known.get(part, {}).items():
                found[parts] = other
                if len(found) > MAX_NAMES:
                    break
        return [other for other in found.values() if compare(name, other) in LINKED]

    def titles(self, name: Name) -> Iterator[Title]:
        """Every title the article may give to this person: all in the claims that name them, but those of others."""
        _, where = self._index
        seen: dict[str, Claim] = {}
        for part in _keys(name):
            seen |= dict(list(where.get(part, {}).items())[:MAX_CLAIMS])
        for claim in seen.values():
            given = titled(claim.text)
            mine = [one.title for one in given if compare(one.name, name) in LINKED]
            taken = [one.title.span for one in given if one.name.sure and one.title not in mine]
            yield from (title for title in loose(claim.text) if not any(title.span.overlaps(span) for span in taken))
            yield from mine


def _known(text: str) -> Iterator[Name]:
    """The names of a text, without the title that a name may begin with."""
    cut = {one.name.span.end: one.name for one in titled(text)}
    for name in names(text):
        if name.span.end not in cut:
            yield name
    yield from cut.values()


def _case(title: Title) -> tuple[object, ...]:
    return (*title.key, title.families, title.where, title.text)


def _keys(name: Name) -> set[str]:
    return {romanised(part) for part in name.parts if len(part) > 1}


class TitleCheck:
    """Titles of one person that exclude each other."""

    id: str = "title"
    level: Level = "warning"

    def check(self, context: Context) -> Iterable[Finding]:
        """At most one finding for each person of each version, aligned claims first, and one for each aligned pair that
        tells of somebody without a name."""
        for pair in context.pairs():
            yield from self._unnamed(pair)
        reference = _People(context.claims.get(context.story.reference, ()))
        if not reference.mentions:
            return
        together: dict[str, dict[tuple[str, str], Pair]] = defaultdict(dict)
        for pair in context.pairs():
            for premise in pair.premise.claims:
                for hypothesis in pair.hypothesis.claims:
                    together[pair.hypothesis.article].setdefault((premise, hypothesis), pair)
        for version in context.story.versions:
            people = _People(context.claims.get(version.id, ()))
            yield from self._compare(
                reference, people, together[version.id], later=version.role == "report", year=_year(version.published)
            )

    def _unnamed(self, pair: Pair) -> Iterator[Finding]:
        """An office or relation of somebody without a name, of whom both sentences tell the same."""
        old, new = pair.premise.text, pair.hypothesis.text
        contradiction = mutual_contradiction(pair.alignment.forward, pair.alignment.backward)
        found = exchanged(old, new)
        if found is None or (contradiction < (TOLD_ANEW if found.anew else UNNAMED) and not found.copied):
            return
        first, second = old[found.premise.start : found.premise.end], new[found.hypothesis.start : found.hypothesis.end]
        yield Finding(
            check=self.id,
            level="error" if found.plainly else self.level,
            message=f'The reference says "{first}", the version "{second}".',
            confidence=round(max(0.5 + 0.7 * (contradiction - UNNAMED), COPIED if found.copied else 0.0), 3),
            reference=pair.premise.side(found.premise),
            version=pair.hypothesis.side(found.hypothesis),
        )

    def _compare(
        self, reference: _People, version: _People, together: dict[tuple[str, str], Pair], *, later: bool, year: int
    ) -> Iterator[Finding]:
        best: dict[str, tuple[bool, Finding]] = {}
        judged: dict[tuple[object, ...], bool] = {}
        for person in _candidates(reference, version):
            one, other = person.premise, person.hypothesis
            pair = together.get((one.claim.id, other.claim.id))
            if person.odds in ("matter", "seldom") and not _believed(pair):
                continue
            if person.odds == "copied" and (not pair or later):
                continue
            if _told_later(person, year):
                continue
            surname = romanised(one.titled.name.parts[-1])
            if surname in best and (best[surname][0] or pair is None):
                continue
            case = (one.titled.name.parts, one.titled.title.key, other.titled.name.parts, other.titled.title.key)
            if case not in judged:
                judged[case] = not _doubtful(person, reference, version)
            if judged[case]:
                best[surname] = (pair is not None, self._finding(person, pair, later=later))
        for _, finding in best.values():
            yield finding

    def _finding(self, person: _Person, pair: Pair | None, *, later: bool) -> Finding:
        """An error where a minister has another portfolio and the model agrees; a report may come after a change."""
        one, other = person.premise.titled, person.hypothesis.titled
        fields = (one.title.fields, other.title.fields)
        portfolio = person.odds == "matter" or (person.odds == "plainly" and all(fields) and fields[0] != fields[1])
        firm = portfolio and not later and _believed(pair)
        return Finding(
            check=self.id,
            level="error" if firm else self.level,
            message=_message(one, other),
            confidence=_confidence(person, pair.alignment.similarity if pair else None),
            reference=_side(person.premise, pair.premise if pair else None),
            version=_side(person.hypothesis, pair.hypothesis if pair else None),
        )


def _candidates(reference: _People, version: _People) -> Iterator[_Person]:
    """Titles at odds of names that link, in order of the version."""
    judged: dict[tuple[tuple[object, ...], tuple[object, ...]], _Odds | None] = {}
    for other in version.mentions:
        seen: set[int] = set()
        for part in sorted(_keys(other.titled.name)):
            for one in reference.by_part.get(part, [])[:MAX_NAMES]:
                if id(one) in seen:
                    continue
                seen.add(id(one))
                case = one.case, other.case
                if case not in judged:
                    judged[case] = _odds(one.titled.title, other.titled.title)
                odds = judged[case]
                if odds and compare(one.titled.name, other.titled.name) in LINKED:
                    yield _Person(one, other, odds)


def _odds(one: Title, other: Title) -> _Odds | None:
    relation = relate(one, other)
    if other_matter(one, other):
        return "matter"
    if relation in _AGREED:
        return None
    if relation == "conflict":
        return "plainly"
    if relation == "unrelated" and hardly_both(one, other):
        return "seldom"
    return "copied" if relation == "variant" and one.fields and other_ministry(one, other) else None


def _year(published: str | None) -> int:
    """The year in which an article came out; a late one where nobody knows."""
    return int(published[:4]) if published and published[:4].isdigit() else _LATE


def _told_later(person: _Person, year: int) -> bool:
    """Whether the version says of a holder of his own time that he has left since: what was signed in 2010 by President
    Obama is told later as signed by the former president."""
    one, other = person.premise.titled.title, person.hypothesis.titled.title
    if (one.concept, one.rank, one.tenure, other.tenure) != (other.concept, other.rank, "now", "former"):
        return False
    told = years_of(person.hypothesis.claim.text, other.span)
    return any(then < year and str(then) in person.premise.claim.text for then in told)


def _believed(pair: Pair | None) -> bool:
    """Whether the model holds the claims of two titles to contradict each other."""
    return pair is not None and mutual_contradiction(pair.alignment.forward, pair.alignment.backward) >= UNNAMED


def _doubtful(person: _Person, reference: _People, version: _People) -> bool:
    """Whether an article gives the person both titles, or the name may be that of two people."""
    one, other = person.premise.titled, person.hypothesis.titled
    known = [*reference.named(one.name), *version.named(one.name)]
    known += [*reference.named(other.name), *version.named(other.name)]
    if len(known) > MAX_NAMES or any(compare(a, b) not in (*LINKED, "typo") for a in known for b in known):
        return True
    called = CALLING in one.title.families or CALLING in other.title.families
    if called and (other.title.concept in reference.of_nobody or one.title.concept in version.of_nobody):
        return True
    for people in (reference, version):
        titles = list(people.titles(one.name))
        if all(any(_one(title, mine) for title in titles) for mine in (one.title, other.title)):
            return True
    return False


def _one(title: Title, mine: Title) -> bool:
    """Whether two titles are one by another spelling."""
    apart = other_ministry(title, mine) or other_ministry(mine, title) or other_matter(title, mine)
    return relate(title, mine) in LINKED and not apart


def _confidence(person: _Person, similarity: float | None) -> float:
    """0.5 and more where reported: surest for two offices in aligned claims; `similarity` None where not aligned.

    A former president is President in his own years, so `former` may be gained only between like claims.
    """
    one, other = person.premise.titled.title, person.hypothesis.titled.title
    if person.odds != "plainly":
        return SELDOM
    sure = 0.85 if similarity is not None else 0.65
    if one.concept != other.concept or (one.fields and other.fields and one.fields != other.fields):
        return sure
    if one.rank != other.rank:
        return sure - 0.1
    gained = other.tenure == "former"
    return 0.45 if gained and (similarity or 0.0) < CLOSE else sure - 0.15


def _message(one: Titled, other: Titled) -> str:
    full = max((one.name.text, other.name.text), key=len)
    former = {one.title.tenure, other.title.tenure} == {"former", "now"} and one.title.rank == other.title.rank
    if former:
        was = one if one.title.tenure == "former" else other
        side = "reference" if was is one else "version"
        return f'Only the {side} calls {full} "{was.title.text}", the {_OTHER[side]} "{_now(one, other)}".'
    return f'The reference calls {full} "{one.title.text}", the version "{other.title.text}".'


_OTHER = {"reference": "version", "version": "reference"}


def _now(one: Titled, other: Titled) -> str:
    return (other if one.title.tenure == "former" else one).title.text


def _side(mention: _Mention, passage: Passage | None) -> Side:
    """The passage of an aligned pair, else the claim alone; the title is the evidence."""
    claim = mention.claim
    given = passage or Passage.of((claim,))
    offset = 0
    for at, span in zip(given.claims, given.spans, strict=True):
        if at == claim.id:
            break
        offset += len(span) + 1
    return given.side(mention.titled.title.span.shift(offset))


CHECK = TitleCheck()
