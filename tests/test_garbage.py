"""Programs and workers tell the collector of cycles to look seldom; whoever only uses the library keeps its own way."""

from __future__ import annotations

import subprocess
import sys

import pytest

_PROGRAM = "from consistency import cli; cli.app = lambda **_: None; cli.main()"
_WORKER = """
from multiprocessing import Pipe
from consistency.batch import _model, _worker
from consistency.config import Config
_model.load = _model.model = lambda _: None
ours, theirs = Pipe()
ours.close()
_worker.main(theirs, Config())
"""
_LIBRARY = """
from consistency.pipeline import check
from consistency.records import Article
from consistency.config import Config
check(Article("a", "It rained."), [Article("b", "It snowed.")], Config(model="lexical", cache=False))
"""


@pytest.mark.parametrize(("code", "seldom"), [(_PROGRAM, True), (_WORKER, True), (_LIBRARY, False)])
def test_the_collector_looks_seldom_where_the_process_is_ours(code: str, seldom: bool) -> None:
    told = f"import gc\nbefore = gc.get_threshold()\n{code}\nprint(before == gc.get_threshold(), gc.isenabled())"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert found.stdout.split() == [str(not seldom), "True"]
