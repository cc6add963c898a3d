"""Whatever is wrong with the cache's file, a run says the same, is told of it once, and ends."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from consistency import cache as room
from consistency.cache import Cache, CachedScorer, open_cache
from tests.cached import SOME, Drawn, Ran, numbered, truth


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file in which all of `SOME` is kept."""
    made = tmp_path / "scores.sqlite"
    assert (Ran(made).notice, Ran(made).scored) == ("", 0)
    return made


def _sql(path: Path, *statements: str) -> None:
    base = sqlite3.connect(path)
    with base:
        for statement in statements:
            base.execute(statement)
    base.close()


# Damage.


def _garbage(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(20_000))


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _cut_to_a_header(path: Path) -> None:
    os.truncate(path, 100)


def _older(path: Path) -> None:
    _sql(path, "PRAGMA user_version=0")


def _lacks_a_table(path: Path) -> None:
    _sql(path, "DROP TABLE old")


def _another_shape(path: Path) -> None:
    _sql(path, "DROP TABLE young", "CREATE TABLE young (model INTEGER, pair BLOB, scores BLOB)")


def _another_column(path: Path) -> None:
    _sql(path, "ALTER TABLE models RENAME COLUMN runtime TO backend")


def _schema_rewritten(path: Path) -> None:
    _sql(path, "PRAGMA writable_schema=ON", "UPDATE sqlite_master SET sql = 'CREATE TABLE nonsense'")


@pytest.mark.parametrize(
    "damage",
    [_garbage, _cut, _cut_to_a_header, _older, _lacks_a_table, _another_shape, _another_column, _schema_rewritten],
)
def test_a_damaged_file_is_set_aside(damage: Callable[[Path], None], path: Path) -> None:
    damage(path)
    before = path.read_bytes()
    first = Ran(path)
    assert first.scored == len(SOME)
    assert "damaged" in first.notice
    assert "\n" not in first.notice
    assert (path.parent / "scores.sqlite.damaged").read_bytes() == before
    second = Ran(path)
    assert (second.scored, second.notice) == (0, "")


def test_an_empty_file_is_a_new_one(path: Path) -> None:
    os.truncate(path, 0)
    assert (Ran(path).notice, Ran(path).scored) == ("", 0)


def test_damage_in_the_middle_of_a_run(path: Path) -> None:
    drawn = Drawn()
    with open_cache(path) as cache:
        scorer = CachedScorer(drawn, cache, memory=0)
        assert scorer.score(SOME[:100]) == truth(SOME[:100])
        _spoil(path, cache)
        assert scorer.score(SOME) == truth(SOME)
        assert "is set aside as scores.sqlite.damaged" in cache.notice
        drawn.asked.clear()
        assert scorer.score(SOME) == truth(SOME)
        assert not drawn.asked
        aside = (path.parent / "scores.sqlite.damaged").read_bytes()
        assert _checkpointed(cache)
        _spoil(path, cache)
        assert scorer.score(SOME) == truth(SOME)
        assert cache.notice.count("the run goes on without it") == 1
    assert (path.parent / "scores.sqlite.damaged").read_bytes() == aside


def test_a_new_file_in_its_place_is_not_set_aside(path: Path) -> None:
    """Of two processes that find the same damage, the slower one must not take the file of the faster."""
    with open_cache(path) as cache:
        moved = path.rename(path.with_name("moved"))
        assert (Ran(path).scored, Ran(path).scored) == (300, 0)
        _spoil(moved, cache)
        drawn = Drawn()
        assert CachedScorer(drawn, cache, memory=0).score(SOME) == truth(SOME)
        assert "damaged" in cache.notice
        assert not (path.parent / "scores.sqlite.damaged").exists()
    assert (Ran(path).scored, Ran(path).notice) == (0, "")


def _checkpointed(cache: Cache) -> bool:
    assert cache._base is not None
    return bool(cache._base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)


def _spoil(path: Path, cache: Cache) -> None:
    """Overwrites all but the header's page, and makes the connection read its pages again."""
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (path.stat().st_size - 4096))
    assert cache._base is not None
    cache._base.execute("PRAGMA shrink_memory")


@pytest.mark.parametrize("seed", [*range(20), 189, 416])  # the last two make SQLite give rows that nobody asked for
def test_flipped_bytes_never_give_a_wrong_score(seed: int, path: Path) -> None:
    drawn = random.Random(seed)
    held = bytearray(path.read_bytes())
    for _ in range(drawn.choice((1, 20, 400))):
        held[drawn.randrange(len(held))] ^= 1 << drawn.randrange(8)
    path.write_bytes(held)
    for _ in range(3):
        last = Ran(path)
    assert (last.scored, last.notice) == (0, "") or "something else" in last.notice or "newer" in last.notice


ROWS: Final = {
    "out of range": "UPDATE young SET scores = x'ffffffffffff00000000'",
    "not a number": "UPDATE young SET scores = 'NaN'",
    "real": "UPDATE young SET scores = 0.5",
    "short": "UPDATE young SET scores = substr(scores, 1, 9)",
    "text that is none": "UPDATE young SET scores = CAST(x'ff' AS TEXT)",
    "of another pair": "UPDATE young SET scores = (SELECT scores FROM young AS o WHERE o.pair > young.pair LIMIT 1)"
    " WHERE pair < (SELECT max(pair) FROM young)",
}


@pytest.mark.parametrize("statement", ROWS.values(), ids=ROWS)
def test_a_wrong_row_is_scored_again_and_mended(statement: str, path: Path) -> None:
    _sql(path, statement)
    first = Ran(path)
    assert first.scored >= len(SOME) - 1
    assert f"{first.scored} damaged rows" in first.notice
    assert (Ran(path).scored, Ran(path).notice) == (0, "")


def test_rows_that_slipped_to_another_model_are_known_for_it(path: Path) -> None:
    class Coarse(Drawn):
        runtime = "drawn/int8"

    _sql(path, f"UPDATE models SET runtime = '{Coarse.runtime}'")
    for expected, notice in ((SOME, f"300 damaged rows of {path} were not used"), ([], "")):
        coarse = Coarse()
        with open_cache(path) as cache:
            assert CachedScorer(coarse, cache).score(SOME) == truth(SOME)
            assert (coarse.asked, cache.notice) == (expected, notice)


def test_a_refused_write_lets_go_of_the_file(path: Path) -> None:
    _sql(path, "CREATE TRIGGER no BEFORE INSERT ON young BEGIN SELECT RAISE(ABORT, 'refused'); END")
    with open_cache(path) as cache:
        pairs = numbered(300, 400)
        assert CachedScorer(Drawn(), cache, at_once=10).score(pairs) == truth(pairs)
        assert cache.notice.count("no more scores are kept") == 1
        assert "refused" in cache.notice
        _sql(path, "DROP TRIGGER no")
    assert Ran(path).notice == ""


def test_days_that_are_none(path: Path) -> None:
    _sql(path, "UPDATE models SET used = 'never'", "UPDATE generations SET begun = x'00'")
    assert str(room.info(path.parent).oldest) == "1970-01-01"
    _sql(path, "DELETE FROM generations", f"UPDATE models SET used = {10**12}")
    assert str(room.info(path.parent).newest) == "9999-12-31"
    assert Ran(path).scored == 0


# Files that are not ours to touch.


def _newer(path: Path) -> None:
    _sql(path, "PRAGMA user_version=2")


def _somebody_elses(path: Path) -> None:
    path.unlink()
    _sql(path, "CREATE TABLE songs (name)", "PRAGMA application_id=77")


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "letter.txt").write_text("dear", "utf-8")


@pytest.mark.parametrize("change", [_newer, _somebody_elses, _a_folder])
def test_what_is_not_ours_is_left_alone(change: Callable[[Path], None], path: Path) -> None:
    change(path)
    before = path.read_bytes() if path.is_file() else (path / "letter.txt").read_bytes()
    ran = Ran(path)
    assert ran.scored == len(SOME)
    assert "the run goes on without it" in ran.notice
    assert ("it is no file" in ran.notice) == path.is_dir()
    assert before == (path.read_bytes() if path.is_file() else (path / "letter.txt").read_bytes())
    assert not (path.parent / "scores.sqlite.damaged").exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    ran = Ran(tmp_path / "file" / "scores.sqlite")
    assert ran.scored == len(SOME)
    assert ran.notice.count("the run goes on without it") == 1


def test_a_closed_cache_keeps_nothing(path: Path) -> None:
    cache = open_cache(path)
    cache.close()
    cache.close()
    drawn = Drawn()
    assert CachedScorer(drawn, cache).score(SOME) == truth(SOME)
    assert drawn.asked == SOME
