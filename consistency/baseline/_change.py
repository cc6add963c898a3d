"""How a baseline comes to be and changes: from the findings of saved runs and from what reviewers decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from consistency.baseline._entry import Baseline, Entry, Verdict, entry_of
from consistency.baseline._match import Met, canonical, looked_at, match
from consistency.errors import InputError
from consistency.records import Run, Waiver

_SHOWN = 5


class Updated(NamedTuple):
    """A baseline brought up to a run, with the number of findings that were new, the same, and alike,
    and of entries that were dropped and that were kept though nothing matched them."""

    baseline: Baseline
    new: int
    same: int
    similar: int
    dropped: int
    unused: int


class Waived(NamedTuple):
    """A baseline with waivers, with the number of entries added for them and of waivers replaced."""

    baseline: Baseline
    added: int
    replaced: int


def record(runs: Iterable[Run], name: str) -> Baseline:
    """A baseline of every finding of the runs. What two runs find in the same article is counted once."""
    return update(Baseline(name), tuple(runs)).baseline


def update(baseline: Baseline, runs: Sequence[Run], *, keep_unused: bool = False, complete: bool = False) -> Updated:
    """A baseline of every finding of the runs, with the waivers of the entries that still match.

    An entry that nothing matches is dropped, unless its article was looked at in none of the runs and they are not
    `complete`, or `keep_unused` is wanted. Doing it twice changes nothing more.
    """
    entries = baseline.entries
    used = [0] * len(entries)
    met_as: Counter[tuple[_Slot, _Kind]] = Counter()
    texts: dict[_Slot, Entry] = {}
    for run in runs:
        matches = match(run, entries)
        used = [max(pair) for pair in zip(used, matches.used, strict=True)]
        here: Counter[tuple[_Slot, _Kind]] = Counter()
        for report, met_here in zip(run.reports, matches.found, strict=True):
            for finding, met in zip(report.findings, met_here, strict=True):
                waiver = None if met is None else entries[met.entry].waiver
                entry = msgspec.structs.replace(entry_of(finding, report), waiver=waiver)
                slot = _slot(entry)
                here[slot, _kind(met)] += 1
                texts[slot] = min(texts.get(slot, entry), entry, key=lambda one: one.message)
        met_as |= here
    made: Counter[_Slot] = Counter()
    kinds: Counter[_Kind] = Counter()
    for (slot, kind), count in met_as.items():
        made[slot] += count
        kinds[kind] += count
    seen = looked_at(runs)
    dropped = kept = 0
    for at in canonical(entries):
        entry, left = entries[at], entries[at].count - used[at]
        if left and (keep_unused or not (complete or seen(entry))):
            slot = _slot(entry)
            made[slot] += left
            texts.setdefault(slot, entry)
            kept += not used[at]
        else:
            dropped += not used[at]
    whole = tuple(msgspec.structs.replace(texts[slot], count=count) for slot, count in made.items())
    changed = Baseline(baseline.name, tuple(whole[at] for at in canonical(whole)))
    return Updated(changed, kinds["new"], kinds["same"], kinds["similar"], dropped, kept)


def waive(baseline: Baseline, verdicts: Sequence[Verdict], runs: Sequence[Run] = ()) -> Waived:
    """The baseline with the waivers on their entries; of two for one fingerprint the later stands.

    A finding that is not in the baseline is added from the runs. Raises `InputError` where it is in none of them, or is
    of another check than its waiver says.
    """
    entries = list(baseline.entries)
    known: defaultdict[str, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        known[entry.fingerprint].append(at)
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in record(runs, baseline.name).entries if runs else ():
        found[entry.fingerprint].append(entry)
    added = 0
    for verdict in verdicts:
        if verdict.fingerprint not in known and verdict.fingerprint in found:
            known[verdict.fingerprint] = list(range(len(entries), len(entries) + len(found[verdict.fingerprint])))
            entries += found[verdict.fingerprint]
            added += len(found[verdict.fingerprint])
    _refuse_missing([verdict for verdict in verdicts if verdict.fingerprint not in known])
    waivers = {at: verdict for verdict in verdicts for at in known[verdict.fingerprint]}
    replaced = 0
    for at, verdict in waivers.items():
        if verdict.check and verdict.check != entries[at].check:
            raise InputError(
                f"{verdict.fingerprint} is waived as {verdict.check}, but the finding is one of {entries[at].check}",
                "correct the check in the waiver, or leave it out",
            )
        replaced += entries[at].waiver not in (None, verdict.waiver)
        entries[at] = msgspec.structs.replace(entries[at], waiver=verdict.waiver)
    return Waived(Baseline(baseline.name, tuple(entries[at] for at in canonical(entries))), added, replaced)


def _refuse_missing(verdicts: Sequence[Verdict]) -> None:
    if not verdicts:
        return
    names = ", ".join(verdict.fingerprint[:40] for verdict in verdicts[:_SHOWN])
    more = f" and {len(verdicts) - _SHOWN} more" if len(verdicts) > _SHOWN else ""
    raise InputError(
        f"no entry of the baseline and no finding of a report given has the fingerprint {names}{more}",
        "give the report that the waivers were made on: --report REPORT.json",
    )


_Kind: TypeAlias = Literal["new", "same", "similar"]


def _kind(met: Met | None) -> _Kind:
    if met is None:
        return "new"
    return "same" if met.same else "similar"


_Slot: TypeAlias = tuple[str, str, str, str, Waiver | None]
"""Findings with all of this in common are one entry, and counted."""


def _slot(entry: Entry) -> _Slot:
    return entry.story, entry.source, entry.check, entry.fingerprint, entry.waiver
