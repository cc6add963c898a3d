"""The cache's file among others: no right, no room, no lock, several processes, and one that is killed."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from consistency import cache as room
from consistency.cache import CachedScorer, open_cache
from tests.cached import HOUSE, SOME, Drawn, Pair, Ran, fill, numbered, sound, truth

ENVIRONMENT: Final = {**os.environ, "PYTHONPATH": str(HOUSE)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file in which all of `SOME` is kept."""
    made = tmp_path / "scores.sqlite"
    fill(made, 0, len(SOME))
    return made


# No right, no room, no lock.

AS_NOBODY: Final = """
import os, resource, sys
from pathlib import Path
from consistency.cache import CachedScorer, open_cache
from tests.cached import Drawn, numbered, truth
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
path, start, stop = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
drawn = Drawn()
with open_cache(path) as cache:
    scorer = CachedScorer(drawn, cache, at_once=50)
    for at in range(start, stop, 50):
        assert scorer.score(numbered(at, at + 50)) == truth(numbered(at, at + 50))
    print(len(drawn.asked), cache.notice)
"""


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that every user can reach."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_may_only_be_read(there: bool, shared: Path) -> None:
    path = shared / "scores.sqlite"
    if there:
        fill(path, 0, 300)
        path.chmod(0o444)
    shared.chmod(0o555)
    try:
        scored, _, notice = _child(AS_NOBODY, path, 0, 300).partition(" ")
    finally:
        shared.chmod(0o755)
    assert scored == "300"
    assert notice.count("the run goes on without it") == 1
    assert not there or sound(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_file_that_may_only_be_read_is_read(shared: Path) -> None:
    path = shared / "scores.sqlite"
    fill(path, 0, 300)
    path.chmod(0o444)
    shared.chmod(0o777)
    scored, _, notice = _child(AS_NOBODY, path, 0, 600).partition(" ")
    assert scored == "300"
    assert notice.count("no more scores are kept") == 1


FULL: Final = """
import resource
from pathlib import Path
size = Path(sys.argv[1]).stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 30_000, size + 30_000))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_disk_that_fills_in_the_middle_of_a_run(path: Path) -> None:
    """A limit on the size of files stands for the disk's end."""
    code = AS_NOBODY.replace("if os.geteuid() == 0:\n    os.setgid(65534)\n    os.setuid(65534)", FULL)
    scored, _, notice = _child(code, path, 0, 5_000).partition(" ")
    assert scored == "4700"
    assert notice.count("no more scores are kept") == 1
    assert sound(path)
    kept = room.info(path.parent).pairs
    assert 300 < kept < 5_000
    drawn = Drawn()
    with open_cache(path) as cache:
        assert CachedScorer(drawn, cache).score(numbered(0, 5_000)) == truth(numbered(0, 5_000))
        assert not cache.notice
    assert len(drawn.asked) == 5_000 - kept


def _child(code: str, *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=HOUSE, env=ENVIRONMENT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_file_that_another_process_holds(path: Path) -> None:
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        drawn = Drawn()
        more = numbered(300, 600)
        with open_cache(path, timeout=0.05) as cache:
            assert CachedScorer(drawn, cache, at_once=10).score([*SOME, *more]) == truth([*SOME, *more])
            assert cache.notice.count("no more scores are kept") == 1
            assert "locked" in cache.notice
        assert drawn.asked == more
    finally:
        holder.close()
    assert Ran(path).notice == ""


def test_a_new_file_that_another_process_holds(tmp_path: Path) -> None:
    path = tmp_path / "scores.sqlite"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        ran = Ran(path, timeout=0.05)
    finally:
        holder.close()
    assert ran.scored == len(SOME)
    assert "locked" in ran.notice
    assert Ran(path).notice == ""


def test_a_reader_at_the_wrong_moment_is_waited_for(path: Path) -> None:
    """Turning a new file over to its log takes a moment in which nobody reads."""
    holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    holder.execute("PRAGMA journal_mode=DELETE")
    holder.execute("BEGIN")
    holder.execute("SELECT count(*) FROM young").fetchone()
    release = threading.Timer(0.1, holder.close)
    release.start()
    assert Ran(path).notice == ""
    release.join()


# Several processes.


def _start(*arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.cached", *map(str, arguments)],
        cwd=HOUSE, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_processes_write_at_once_and_one_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "scores.sqlite"
    endless = _start("for-ever", path)
    writers = [_start("fill", path, start, start + 2_000) for start in (0, 1_000, 0)]
    try:
        for _ in range(6_000):
            if endless.poll() is not None or room.info(tmp_path).pairs > 3_000:
                break
            time.sleep(0.01)
    finally:
        endless.kill()
    assert endless.wait() == -signal.SIGKILL
    for writer in writers:
        assert writer.communicate()[1] == b""
        assert writer.returncode == 0
    assert sound(path)
    drawn = Drawn()
    with open_cache(path) as cache:
        pairs: list[Pair] = numbered(0, 3_000)
        assert CachedScorer(drawn, cache).score(pairs) == truth(pairs)
        assert not drawn.asked
        kept = room.info(tmp_path).pairs - 3_000
        assert kept > 0
        assert kept % 50 == 0
        pairs = numbered(1_000_000, 1_000_000 + kept)
        assert CachedScorer(drawn, cache).score(pairs) == truth(pairs)
        assert not drawn.asked
        assert not cache.notice


def test_processes_find_a_damaged_file_at_once(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(20_000))
    writers = [
        subprocess.Popen([sys.executable, "-c", AS_NOBODY.replace("geteuid() == 0", "geteuid() < 0"), path, "0", "300"],
                         cwd=HOUSE, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]  # fmt: skip
    assert [writer.communicate()[1] for writer in writers] == [b""] * 4
    assert [writer.returncode for writer in writers] == [0] * 4
    assert sound(path)
    assert Ran(path).notice == ""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_has_a_connection_of_its_own(path: Path) -> None:
    with open_cache(path) as cache:
        scorer = CachedScorer(Drawn(), cache, memory=0)
        scorer.score(SOME)
        before = cache._base
        process = os.fork()
        if process == 0:
            fine = scorer.score(numbered(0, 900)) == truth(numbered(0, 900)) and not cache.notice
            fine = fine and cache._base is not before
            cache.close()
            os._exit(0 if fine else 1)
        assert os.waitpid(process, 0)[1] == 0
        drawn = Drawn()
        assert CachedScorer(drawn, cache).score(numbered(0, 1_000)) == truth(numbered(0, 1_000))
        assert drawn.asked == numbered(900, 1_000)
    assert sound(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody remove an open file")
def test_a_cache_that_is_cleared_under_a_run(path: Path) -> None:
    with open_cache(path) as cache:
        scorer = CachedScorer(Drawn(), cache, memory=0)
        scorer.score(SOME)
        room.clear(path.parent)
        assert scorer.score(numbered(0, 900)) == truth(numbered(0, 900))
        assert Ran(path).scored == 300
        assert scorer.score(numbered(0, 1_200)) == truth(numbered(0, 1_200))
    assert (Ran(path).scored, Ran(path).notice) == (0, "")
    assert sound(path)
