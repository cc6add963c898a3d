"""The progress line: for a waiting person, gone when done, nothing for a log."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from consistency import progress
from consistency.progress import Waiting


def _terminal(out: io.StringIO, *, terminal: bool = True) -> Console:
    return Console(file=out, force_terminal=terminal, width=80)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)


@pytest.mark.usefixtures("impatient")
def test_it_shows_the_stage_and_how_far() -> None:
    out = io.StringIO()
    with Waiting(show=True, console=_terminal(out)) as waiting:
        waiting._timer.join()
        waiting("[/b] infer", 0, 0)
        waiting("[/b] infer", 3, 12)
        waiting._progress.refresh()
    assert "[/b] infer" in out.getvalue()
    assert "3/12" in out.getvalue()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("show", "terminal"), [(False, True), (True, False)])
def test_it_is_silent_when_not_wanted_or_in_a_log(show: bool, terminal: bool) -> None:
    out = io.StringIO()
    with Waiting(show=show, console=_terminal(out, terminal=terminal)) as waiting:
        waiting("infer", 3, 12)
    assert out.getvalue() == ""


def test_what_is_done_at_once_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 3600.0)
    out = io.StringIO()
    with Waiting(show=True, console=_terminal(out)) as waiting:
        waiting("infer", 12, 12)
    assert out.getvalue() == ""


@pytest.mark.usefixtures("impatient")
def test_it_goes_when_the_work_fails() -> None:
    waiting = Waiting(show=True, console=_terminal(io.StringIO()))

    def fail() -> None:
        with waiting:
            waiting._timer.join()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not waiting._progress.live.is_started
