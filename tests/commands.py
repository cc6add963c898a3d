"""The command line run in this process, as from a shell."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from consistency import cli


class Ran:
    """What a command left: its exit code and what it wrote."""

    def __init__(self, code: int, out: bytes, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def text(self) -> str:
        return self.out.decode()


class Shell:
    """Runs `consistency` with arguments; needs pytest's `monkeypatch` and `capfdbinary`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capture: Any) -> None:
        self._monkeypatch = monkeypatch
        self._capture = capture

    def __call__(self, *arguments: object) -> Ran:
        self._monkeypatch.setattr(sys, "argv", ["consistency", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = self._capture.readouterr()
        ran = Ran(int(ended.value.code or 0), out, err.decode())
        assert "Traceback" not in ran.err
        return ran
