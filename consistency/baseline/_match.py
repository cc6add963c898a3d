"""Which finding is which entry. The outcome does not hang on the order of either.

An entry matches at most as many findings as it was written for. First by fingerprint: in the same article, then in the
same story, then anywhere. Then by likeness, the likest pair first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple, TypeAlias

import msgspec
from rapidfuzz.distance import Indel

from consistency.baseline._entry import Baseline, Entry, Place, Told, entry_of, places_of
from consistency.facts.wording import NEGATIONS
from consistency.fold import fold
from consistency.records import Finding, Known, Report, Run, Side, Stale, Waiver

SIMILAR: Final = 0.8
"""Least likeness of both sides' claims: the characters they share in order, by their mean length, both folded."""
_NEAREST = 64
"""Entries that one finding is held against for likeness: all, or where there are more those that share rare words."""
_FIGURES: Final = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion "
    "half third quarter dozen first second once twice".split()
)
_TELLING: Final = _FIGURES | NEGATIONS | {"t"}  # what is left of "didn't" once it is folded


class Met(NamedTuple):
    """The entry, by its place in the baseline, that a finding was matched with."""

    entry: int
    similarity: float = 1.0
    same: bool = True


class Matches(NamedTuple):
    """For each finding of each report its match, and for each entry how many findings it matched."""

    found: tuple[tuple[Met | None, ...], ...]
    used: tuple[int, ...]


def hold(runs: Sequence[Run], baseline: Baseline, today: date, *, complete: bool = False) -> Run:
    """One run of all their reports, with what the baseline knows marked, and the entries that hold nothing back named.

    Each run is held against the whole baseline: two runs may tell of the same articles. A waiver holds until its last
    day is over. An entry that nothing matches is named where its article was looked at; if the runs are `complete`,
    wherever it is.
    """
    used = [0] * len(baseline.entries)
    reports: list[Report] = []
    for run in runs:
        matches = match(run, baseline.entries)
        used = [max(pair) for pair in zip(used, matches.used, strict=True)]
        for report, met in zip(run.reports, matches.found, strict=True):
            reports.append(_marked(report, [_known(one, baseline.entries, today) for one in met]))
    seen = looked_at(runs)
    stale = []
    for at in canonical(baseline.entries):
        entry = baseline.entries[at]
        if not used[at] and (complete or seen(entry)):
            stale.append(_stale("unused", entry))
        elif used[at] and ran_out(entry.waiver, today):
            stale.append(_stale("expired", entry))
    skipped = tuple(entry for run in runs for entry in run.skipped)
    return Run(tuple(reports), baseline.name, tuple(stale), skipped)


def _marked(report: Report, known: Sequence[Known | None]) -> Report:
    """What an earlier baseline said of a finding or a candidate is gone."""
    findings = tuple(
        msgspec.structs.replace(finding, known=state) for finding, state in zip(report.findings, known, strict=True)
    )
    candidates = tuple(msgspec.structs.replace(finding, known=None) for finding in report.candidates)
    return msgspec.structs.replace(report, findings=findings, candidates=candidates)


def ran_out(waiver: Waiver | None, today: date) -> bool:
    """Whether the waiver's last day is over."""
    return waiver is not None and waiver.expires is not None and date.fromisoformat(waiver.expires) < today


def looked_at(runs: Sequence[Run]) -> Callable[[Entry], bool]:
    """Whether the article that an entry speaks of was part of a run; of an entry without one, its story."""
    places = {place for run in runs for report in run.reports for place in places_of(report)}
    stories = {place.story for place in places}

    def seen(entry: Entry) -> bool:
        if entry.source:
            return Place(entry.story, entry.source) in places
        return not entry.story or entry.story in stories

    return seen


def match(run: Run, entries: Sequence[Entry]) -> Matches:
    """Matches the findings of a run with entries; what the run says of an earlier baseline does not count."""
    found = [(finding, entry_of(finding, report)) for report in run.reports for finding in report.findings]
    order = sorted(range(len(found)), key=lambda at: (_key(found[at][1]), _rank(found[at][0])))
    matching = _Matching([found[at][1] for at in order], entries)
    matching.by_fingerprint()
    matching.by_likeness()
    met: list[Met | None] = [None] * len(found)
    for place, at in enumerate(order):
        met[at] = matching.met[place]
    rest = iter(met)
    return Matches(
        tuple(tuple(next(rest) for _ in report.findings) for report in run.reports),
        tuple(entry.count - left for entry, left in zip(entries, matching.left, strict=True)),
    )


def canonical(entries: Sequence[Entry]) -> list[int]:
    """Places of the entries in an order that hangs on what they say alone."""

    def rank(at: int) -> tuple[object, ...]:
        waiver = entries[at].waiver
        said = (waiver.reason, waiver.author, waiver.expires or "") if waiver else ()
        story, source, check, fingerprint, *rest = _key(entries[at])
        return story, source, check, fingerprint, said, *rest, entries[at].count

    return sorted(range(len(entries)), key=rank)


class _Matching:
    """Findings, as entries in canonical order, against the entries of a baseline."""

    def __init__(self, sought: Sequence[Entry], entries: Sequence[Entry]) -> None:
        self.met: list[Met | None] = [None] * len(sought)
        self.left = [entry.count for entry in entries]
        self._sought = sought
        self._entries = entries
        self._order = canonical(entries)

    def by_fingerprint(self) -> None:
        self._same(lambda entry: (entry.fingerprint, entry.story, entry.source))
        self._same(lambda entry: (entry.fingerprint, entry.story))
        self._same(lambda entry: entry.fingerprint)

    def _same(self, key: Callable[[Entry], Hashable]) -> None:
        free: defaultdict[Hashable, list[int]] = defaultdict(list)
        for at in reversed(self._order):
            if self.left[at] and self._entries[at].fingerprint:
                free[key(self._entries[at])].append(at)
        for place in self._open():
            there = free.get(key(self._sought[place]))
            if there:
                self._take(place, Met(there[-1]))
                if not self.left[there[-1]]:
                    there.pop()

    def by_likeness(self) -> None:
        blocks: defaultdict[Hashable, list[int]] = defaultdict(list)
        for at in self._order:
            if self.left[at]:
                blocks[_slot(self._entries[at])].append(at)
        sought: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place in self._open():
            slot = _slot(self._sought[place])
            if slot in blocks:
                sought[slot].append(place)
        ranks = {at: rank for rank, at in enumerate(self._order)}
        pairs = [pair for slot, places in sought.items() for pair in self._pairs(places, blocks[slot])]
        pairs.sort(key=lambda pair: (-pair.similarity, pair.away, pair.place, ranks[pair.entry]))
        for pair in pairs:
            if self.met[pair.place] is None and self.left[pair.entry]:
                self._take(pair.place, Met(pair.entry, pair.similarity, same=False))

    def _pairs(self, places: Sequence[int], entries: Sequence[int]) -> Iterator[_Pair]:
        block = _Block([_folded(self._entries[at]) for at in entries])
        for place in places:
            one = self._sought[place]
            claims = _folded(one)
            for near in block.nearest(claims):
                similarity = _similarity(claims, block.claims[near])
                if similarity >= SIMILAR:
                    other = self._entries[entries[near]]
                    away = (one.story, one.source) != (other.story, other.source), one.story != other.story
                    yield _Pair(place, entries[near], similarity, away)

    def _open(self) -> list[int]:
        return [place for place, met in enumerate(self.met) if met is None]

    def _take(self, place: int, met: Met) -> None:
        self.met[place] = met
        self.left[met.entry] -= 1


class _Pair(NamedTuple):
    place: int
    entry: int
    similarity: float
    away: tuple[bool, bool]


_Claims: TypeAlias = tuple[str, str]
"""The folded claims of the reference and of the version, "" where there are none."""


class _Block:
    """Entries that a finding may be like, found by the words they share where they are many."""

    def __init__(self, claims: Sequence[_Claims]) -> None:
        self.claims = claims
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        if len(claims) > _NEAREST:
            for at, texts in enumerate(claims):
                for word in {*texts[0].split(), *texts[1].split()}:
                    self._by_word[word].append(at)

    def nearest(self, claims: _Claims) -> Sequence[int]:
        if len(self.claims) <= _NEAREST:
            return range(len(self.claims))
        shared = {word for text in claims for word in text.split() if word in self._by_word}
        near: dict[int, None] = {}
        for word in sorted(shared, key=lambda word: (len(self._by_word[word]), word)):
            for at in self._by_word[word]:
                near[at] = None
                if len(near) == _NEAREST:
                    return list(near)
        return list(near)


def _similarity(one: _Claims, other: _Claims) -> float:
    """The lesser likeness of the two sides, 0 where it is too small. A side that neither has does not count."""
    least = 1.0
    for left, right in zip(one, other, strict=True):
        if left or right:
            least = min(least, round(Indel.normalized_similarity(left, right), 4))
        if least < SIMILAR:
            return 0.0
    return least


def _folded(entry: Entry) -> _Claims:
    return fold(entry.reference.claim) if entry.reference else "", fold(entry.version.claim) if entry.version else ""


def _slot(entry: Entry) -> Hashable:
    """What must be equal of two findings that are alike: the check and the values of both sides."""
    return entry.check, _values(entry.reference), _values(entry.version)


def _values(told: Told | None) -> tuple[str, ...] | None:
    """The folded values; of a side that names none, the figures and negations of its claim: no rewording moves them."""
    if told is None:
        return None
    if told.values:
        return tuple(fold(value) or value.strip() for value in told.values)
    counted = Counter(word for word in fold(told.claim).split() if word in _TELLING or word[0].isdigit())
    return tuple(sorted(counted.elements()))


def _known(met: Met | None, entries: Sequence[Entry], today: date) -> Known | None:
    if met is None:
        return None
    waiver = entries[met.entry].waiver
    return Known("same" if met.same else "similar", met.similarity, waiver, ran_out(waiver, today))


def _stale(why: Literal["unused", "expired"], entry: Entry) -> Stale:
    return Stale(why, entry.check, entry.fingerprint, entry.story, entry.message, entry.waiver)


def _key(entry: Entry) -> tuple[object, ...]:
    sides = (() if told is None else (told.claim, told.values) for told in (entry.reference, entry.version))
    return entry.story, entry.source, entry.check, entry.fingerprint, entry.message, *sides


def _rank(finding: Finding) -> tuple[object, ...]:
    """Tells apart findings that would be one and the same entry."""
    sides = (() if side is None else _where(side) for side in (finding.reference, finding.version))
    return finding.level, finding.confidence, *sides


def _where(side: Side) -> tuple[object, ...]:
    return side.article, side.spans, side.evidence
