"""What a person sees of a scan: a line that moves on a terminal, one now and then in a log, nothing if quiet."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from consistency.batch._job import Progress
from consistency.batch._progress import EVERY, Pace, Watching, _span


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def _watching(
    said: list[str], clock: Clock, *, show: bool = True, terminal: bool = False
) -> tuple[Watching, io.StringIO]:
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=terminal, width=150, markup=False)
    return Watching(show=show, say=said.append, console=console, clock=clock), shown


def test_a_log_has_a_line_every_so_often() -> None:
    said: list[str] = []
    clock = Clock()
    watching, shown = _watching(said, clock)
    with watching:
        watching("reading", Progress(0), 0)
        clock.now += EVERY
        watching("reading", Progress(60_000), 0)
        watching("reading", Progress(70_000), 0)
        clock.now += 1
        watching("checking", Progress(2_000), 90_000)
        clock.now += EVERY
        watching("checking", Progress(2_310, 104), 90_000)
    assert said == [
        "reading: 60,000 rows, 2,000 rows/s",
        "checking: 2,310 of 90,000 rows, 104 stories, 10.3 rows/s, 2 h 21 min left",
    ]
    assert shown.getvalue() == ""


def test_quiet_is_quiet() -> None:
    said: list[str] = []
    clock = Clock()
    for terminal in (False, True):
        watching, shown = _watching(said, clock, show=False, terminal=terminal)
        with watching:
            clock.now += 10 * EVERY
            watching("checking", Progress(10, 2), 20)
        assert shown.getvalue() == ""
    assert said == []


def test_a_terminal_has_a_line_that_moves() -> None:
    said: list[str] = []
    clock = Clock()
    watching, shown = _watching(said, clock, terminal=True)
    with watching:
        watching("checking", Progress(0), 20)
        clock.now += 100 * EVERY
        watching("checking", Progress(10, 2), 20)
        watching._line.refresh()
    assert said == []
    assert "checking" in shown.getvalue()
    assert "10 of 20 rows, 2 stories, 0.0 rows/s, 50 min 0 s left" in shown.getvalue()


def test_what_an_earlier_run_did_says_nothing_of_the_pace() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.went("checking", 900)
    assert pace.told(Progress(900), 1_000) == "900 of 1,000 rows"
    clock.now += 10
    pace.went("checking", 950)
    assert pace.told(Progress(950), 1_000) == "950 of 1,000 rows, 5.0 rows/s, 10 s left"


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0 s"), (59.4, "59 s"), (60, "1 min 0 s"), (3_725, "1 h 2 min"), (200_000, "2 d 7 h")]
)
def test_a_span_has_two_units(seconds: float, told: str) -> None:
    assert _span(seconds) == told
