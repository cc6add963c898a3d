"""Stories to results: those of a group are scored together, and one that cannot be checked spoils no other."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from consistency.batch import _results
from consistency.batch import _wire as wire
from consistency.batch._row import Row
from consistency.batch._stories import Work
from consistency.config import Config
from consistency.errors import ConsistencyError
from consistency.gather import Gathered
from consistency.pipeline import check_many
from consistency.protocols import Scorer
from consistency.read import article_of
from consistency.records import Article, Reading, Role, Unread

_LONGEST_REASON = 300


@dataclass(slots=True)
class _Case:
    """A story ready to be checked: what was read of it, and the rows of its versions by their article's id.

    `settled` are the results that need no check, by the version's number.
    """

    work: Work
    readings: tuple[Reading, ...] = ()
    rows: dict[str, Row] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    settled: dict[int, wire.Result] = field(default_factory=dict)


def compared(works: Sequence[Work], config: Config, scorer: Scorer) -> Iterator[list[wire.Result]]:
    """The results of each story, in order. Raises what a broken model or disk raises, nothing for a bad article."""
    cases = [_ready(one, config.role) for one in works]
    checked = _checked([case for case in cases if case.rows], config, scorer)
    for case in cases:
        made: Mapping[str, wire.Result] = next(checked) if case.rows else {}
        names = iter(case.order)
        yield [case.settled[at] if at in case.settled else made[next(names)] for at in range(len(case.work.owed))]


def _ready(work: Work, role: Role) -> _Case:
    try:
        return _KINDS[work.kind](work, role)
    except Exception as fault:  # noqa: BLE001  (a text that its reader stumbles over; told in the story's own rows)
        why = _fault(fault)
        return _Case(
            work,
            settled={at: _results.unchecked(work.story, row, work.against, why) for at, row in enumerate(work.owed)},
        )


def _checked(cases: Sequence[_Case], config: Config, scorer: Scorer) -> Iterator[dict[str, wire.Result]]:
    """Of each case the results by article; where the group fails, each of the rest is tried by itself."""
    done = 0
    with contextlib.suppress(_Poisoned):
        for made in _checked_cases(cases, config, scorer):
            done += 1
            yield made
    for case in cases[done:]:
        try:
            (made,) = _checked_cases([case], config, scorer)
        except _Poisoned as fault:
            made = _failed(case, fault.fault)
        yield made


_BROKEN = (ConsistencyError, OSError)
"""The tool or its machine is broken, not the story: the scan ends, and can go on later."""


class _Poisoned(Exception):  # noqa: N818  (never leaves this file)
    """A story of the group could not be checked, by no fault of the machine; `fault` says why."""

    def __init__(self, fault: Exception) -> None:
        super().__init__(str(fault))
        self.fault = fault


def _checked_cases(cases: Sequence[_Case], config: Config, scorer: Scorer) -> Iterator[dict[str, wire.Result]]:
    """Of each case the results by article. Raises `_Poisoned`."""
    gathered = [Gathered(case.work.story, case.readings) for case in cases]
    try:
        for case, report in zip(cases, check_many(gathered, config, scorer=scorer), strict=True):
            yield _results.of_report(report, case.work.story, case.work.reference, case.rows)
    except _BROKEN:
        raise
    except Exception as fault:  # one poisonous article must not spoil the rest, whatever it breaks
        raise _Poisoned(fault) from fault


def _failed(case: _Case, fault: Exception) -> dict[str, wire.Result]:
    why = _fault(fault)
    return {name: _results.unchecked(case.work.story, row, case.work.against, why) for name, row in case.rows.items()}


def _fault(fault: Exception) -> wire.Unread:
    return wire.Unread(
        "fault",
        f"The check of this story failed ({type(fault).__name__}: {str(fault)[:_LONGEST_REASON]}).",
        "This is a mistake of the tool: please open an issue with the texts of the story.",
    )


def _unnamed(work: Work, _: Role) -> _Case:
    why = wire.Unread(
        "unnamed",
        "The row does not say which story it tells.",
        'Give it a "story", or find the stories first: consistency group.',
    )
    return _Case(work, settled={0: _results.unchecked("", work.reference, None, why)})


def _pair(work: Work, role: Role) -> _Case:
    row = work.reference
    reference = msgspec.structs.replace(row, id=f"{row.id} (reference)", text=row.reference)
    return _case(work, reference, [row], role)


def _story(work: Work, role: Role) -> _Case:
    if not work.versions:
        return _Case(work, settled={0: _results.alone(work.story, work.reference)})
    return _case(work, work.reference, work.versions, role)


_KINDS: Mapping[str, Callable[[Work, Role], _Case]] = {"pair": _pair, "unnamed": _unnamed, "story": _story}


def _case(work: Work, reference: Row, versions: Sequence[Row], role: Role) -> _Case:
    names = _names([reference, *versions])
    head = _article(reference, names[0], "original")
    if isinstance(head, Unread):
        why = msgspec.structs.replace(
            _results.reason(head), message=f"There is no reference to hold it against: {head.message}"
        )
        return _Case(
            work,
            settled={at: _results.unchecked(work.story, row, work.against, why) for at, row in enumerate(versions)},
        )
    case = _Case(work)
    readings = [Reading((head,))]
    for at, (row, name) in enumerate(zip(versions, names[1:], strict=True)):
        article = _article(row, name, "report" if row.role == "report" else "copy" if row.role == "copy" else role)
        if isinstance(article, Unread):
            case.settled[at] = _results.unchecked(work.story, row, work.against, _results.reason(article))
        else:
            readings.append(Reading((article,)))
            case.rows[name] = row
            case.order.append(name)
    case.readings = tuple(readings)
    return case


def _names(rows: Sequence[Row]) -> list[str]:
    """The rows' ids made unique, as the ids of articles must be."""
    taken = {row.id for row in rows}
    used: set[str] = set()
    found = []
    for row in rows:
        name, number = row.id, 1
        while name in used or (number > 1 and name in taken):
            number += 1
            name = f"{row.id} ({number})"
        used.add(name)
        found.append(name)
    return found


def _article(row: Row, name: str, role: Role) -> Article | Unread:
    base = Article(
        id=name,
        text="",
        source=name,  # what messages call it; where it stands is told by its row
        role=role,
        title=row.title,
        url=row.url,
        published=row.published,
        line=row.number,
    )
    shape = "html" if row.html is not None else "text"
    found = article_of(base, shape, row.html or row.text or "", row.where)
    if isinstance(found, Unread):
        return found
    return msgspec.structs.replace(found, story=row.story, version=row.version)
