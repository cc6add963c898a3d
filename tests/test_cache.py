"""The cache: keys, rows, the scorer around a scorer, the bound, the place, and several processes at one file."""

from __future__ import annotations

import math
import os
import sqlite3
import struct
import sys
import threading
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency import cache as room
from consistency import places
from consistency.cache import ENCODING, CachedScorer, Counts, Model, Table, open_cache, pair_digest, transaction
from consistency.cache._key import STEPS, pack, unpack
from consistency.encoding import PairEncoder
from consistency.errors import ConfigError, InputError
from consistency.protocols import Begun, Scorer
from consistency.records import Scores
from tests.cached import Drawn, Pair, numbered, truth

TEXTS = st.text(st.characters(codec=None), max_size=6)
PAIRS = st.lists(st.tuples(TEXTS, TEXTS), max_size=12)
MODEL = Model("digest", "pytorch/fp32")
SOME = numbered(0, 30)


@st.composite
def steps(draw: st.DrawFn) -> Scores:
    """Three probabilities in whole steps, summing to one but for rounding."""
    first = draw(st.integers(0, STEPS))
    second = draw(st.integers(0, STEPS - first))
    third = min(max(STEPS - first - second + draw(st.integers(-1, 1)), 0), STEPS)
    return Scores(first / STEPS, second / STEPS, third / STEPS)


# Keys and rows.


@given(st.tuples(TEXTS, TEXTS), st.tuples(TEXTS, TEXTS))
def test_only_the_same_pair_has_the_same_digest(one: Pair, other: Pair) -> None:
    assert (pair_digest(one) == pair_digest(other)) == (one == other)
    assert len(pair_digest(one)) == 16


def test_the_parts_of_a_pair_do_not_run_together() -> None:
    assert len({pair_digest(pair) for pair in [("ab", "c"), ("a", "bc"), ("", "abc"), ("abc", "")]}) == 4


@given(steps(), st.binary(min_size=16, max_size=16), st.integers(0, 9), st.integers(1, 255))
def test_a_row_gives_back_its_scores_or_nothing(scores: Scores, pair: bytes, at: int, change: int) -> None:
    seed = MODEL.seed()
    row = pack(seed, pair, scores)
    assert row is not None
    assert unpack(seed, pair, row) == scores
    damaged = bytearray(row)
    damaged[at] ^= change
    assert unpack(seed, pair, bytes(damaged)) is None
    assert unpack(seed, pair[::-1] + b"x", row) is None
    assert unpack(MODEL._replace(runtime="onnx/int8").seed(), pair, row) is None
    for forged in ((STEPS + 1, 0, 0), (65_535, 1, 1), (STEPS, STEPS, 0), (0, 0, 0)):
        wrong = struct.pack(">HHH", *forged)
        assert unpack(seed, pair, wrong + zlib.crc32(pair + wrong, seed).to_bytes(4, "big")) is None
    assert [unpack(seed, pair, other) for other in (None, 3, "text", row[:-1], row + b"0")] == [None] * 5


@pytest.mark.parametrize(
    "scores",
    [
        (math.nan, 0.5, 0.5),
        (math.inf, 0.0, 0.0),
        (-0.5, 1.0, 0.5),
        (1.5, 0.0, 0.0),
        (0.33333, 0.33333, 0.33334),
        (1, 1, 1),
    ],
    ids=str,
)
def test_scores_that_would_not_come_back_are_not_kept_and_not_changed(
    scores: tuple[float, float, float], tmp_path: Path
) -> None:
    class Odd(Drawn):
        def score(self, pairs: Sequence[Pair]) -> list[Scores]:
            self.asked += pairs
            return [Scores(*scores)] * len(pairs)

    odd = Odd()
    with open_cache(tmp_path / "scores.sqlite") as cache:
        for _ in range(2):
            assert repr(CachedScorer(odd, cache).score(SOME[:1])) == repr([Scores(*scores)])
        assert not cache.notice
    assert len(odd.asked) == 2


def test_the_version_of_the_encoding_is_that_of_the_code() -> None:
    """Where this fails the same pair has another input than before: raise ENCODING, and write both down here."""
    encoder = PairEncoder(1, 2, [piece % 5 == 4 for piece in range(60)], marks=True)
    texts = [[10, 11, 14, 12], [12, 10, 14, 11, 24], [30, 31], [], [10, 10, 13, 11, 14, 12]]
    inputs = [tuple(encoder.encode(premise, hypothesis)) for premise in texts for hypothesis in texts]
    plain = tuple(PairEncoder(1, 2, [False] * 60, marks=False).encode(texts[0], texts[1]))
    known = pair_digest((repr(inputs), repr(plain))).hex()
    assert (ENCODING, known) == ("1", "f9a6df0c6ed0672be58c9add2138e83f")


# The scorer around a scorer.


@given(st.lists(PAIRS, max_size=4), st.integers(0, 4), st.integers(1, 4), st.booleans())
def test_it_says_what_the_scorer_says(calls: list[list[Pair]], memory: int, at_once: int, kept: bool) -> None:
    drawn = Drawn()
    scorer: Scorer = CachedScorer(drawn, Held() if kept else None, memory=memory, at_once=at_once)
    for pairs in calls:
        assert scorer.score(pairs) == truth(pairs)
    if kept:
        assert len(drawn.asked) == len(set(drawn.asked))


class Held:
    """Keeps scores in a dictionary."""

    def __init__(self) -> None:
        self.scores: dict[tuple[Model, bytes], Scores] = {}
        self.parts: list[int] = []

    def get(self, model: Model, pairs: Sequence[bytes]) -> dict[bytes, Scores]:
        return {pair: self.scores[model, pair] for pair in pairs if (model, pair) in self.scores}

    def put(self, model: Model, scored: object) -> None:
        assert isinstance(scored, dict)
        self.parts.append(len(scored))
        self.scores |= {(model, pair): scores for pair, scores in scored.items()}


def test_it_is_the_scorer_in_all_else() -> None:
    scorer: Scorer = CachedScorer(Drawn())
    assert (scorer.digest, scorer.runtime, scorer.limit) == (Drawn.digest, Drawn.runtime, Drawn.limit)
    assert scorer.lengths(SOME) == Drawn().lengths(SOME)


def test_where_scores_came_from_is_counted(tmp_path: Path) -> None:
    with open_cache(tmp_path / "scores.sqlite") as cache:
        first = CachedScorer(Drawn(), cache)
        first.score([*SOME[:20], *SOME[:20]])
        first.score(SOME[10:25])
        assert first.counts == Counts(memory=10, kept=0, scored=25)
        second = CachedScorer(Drawn(), cache)
        second.score(SOME)
        assert second.counts == Counts(memory=0, kept=25, scored=5)
        assert (second.counts.hits, second.counts.misses) == (25, 5)


def test_memory_is_bounded_and_holds_what_was_asked_last() -> None:
    drawn = Drawn()
    scorer = CachedScorer(drawn, memory=10)
    scorer.score(SOME[:20])
    scorer.score(SOME[10:11])
    scorer.score(SOME[20:29])
    drawn.asked.clear()
    assert scorer.score([SOME[10], *SOME[20:29], SOME[11]]) == truth([SOME[10], *SOME[20:29], SOME[11]])
    assert drawn.asked == [SOME[11]]
    scorer.forget()
    scorer.score(SOME[10:11])
    assert drawn.asked == [SOME[11], SOME[10]]


def test_models_runtimes_and_encodings_do_not_share(tmp_path: Path) -> None:
    class Other(Drawn):
        runtime = "drawn/int8"

    class Third(Drawn):
        digest = "another"

    with open_cache(tmp_path / "scores.sqlite") as cache:
        made: list[tuple[Callable[[], Drawn], str]] = [(Drawn, "1"), (Other, "1"), (Third, "1"), (Drawn, "2")]
        for _ in range(2):
            asked = []
            for scorer, encoding in made:
                drawn = scorer()
                CachedScorer(drawn, cache, encoding=encoding).score(SOME)
                asked.append(len(drawn.asked))
        assert asked == [0] * 4
    kept = room.info(tmp_path).models
    assert [(one.digest, one.runtime, one.encoding, one.pairs) for one in kept] == [
        (Drawn.digest, "drawn/fp32", "1", 30),
        (Drawn.digest, "drawn/fp32", "2", 30),
        (Drawn.digest, "drawn/int8", "1", 30),
        ("another", "drawn/fp32", "1", 30),
    ]


def test_what_was_scored_before_a_fault_is_kept() -> None:
    class Tired(Drawn):
        def score(self, pairs: Sequence[Pair]) -> list[Scores]:
            if len(self.asked) == 20:
                raise InputError("enough")
            return super().score(pairs)

    held = Held()
    with pytest.raises(InputError, match="enough"):
        CachedScorer(Tired(), held, at_once=10).score(SOME)
    assert held.parts == [10, 10]
    drawn = Drawn()
    assert CachedScorer(drawn, held).score(SOME) == truth(SOME)
    assert drawn.asked == SOME[20:]


def test_new_pairs_are_begun_at_once_and_kept_when_they_are_waited_for() -> None:
    class Early(Drawn):
        begun = 0

        def begin(self, pairs: Sequence[Pair]) -> Begun:
            self.begun += 1
            return lambda: self.score(pairs)

    early, held = Early(), Held()
    scorer = CachedScorer(early, held, at_once=10)
    scorer.score(SOME[:5])
    ended = scorer.begin(SOME)
    assert (early.begun, len(early.asked)) == (2, 5), "one part is on its way, none was waited for"
    assert ended() == truth(SOME)
    assert early.begun == 4
    assert sorted(early.asked) == sorted(SOME)
    assert scorer.begin(SOME)() == truth(SOME)
    assert early.begun == 4


def test_threads_share_it(tmp_path: Path) -> None:
    wrong: list[int] = []
    with open_cache(tmp_path / "scores.sqlite") as cache:
        scorer = CachedScorer(Drawn(), cache, memory=50, at_once=7)

        def work(start: int) -> None:
            for at in range(start, start + 200, 20):
                pairs = numbered(at, at + 40)
                if scorer.score(pairs) != truth(pairs):
                    wrong.append(at)

        threads = [threading.Thread(target=work, args=(start,)) for start in (0, 50, 100, 150)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (wrong, cache.notice) == ([], "")
    assert room.info(tmp_path).pairs == 370


# The file.


def test_what_is_kept_is_there_for_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "scores.sqlite"
    for expected in (SOME, []):
        drawn = Drawn()
        with open_cache(path) as cache:
            assert CachedScorer(drawn, cache).score(SOME) == truth(SOME)
            assert not cache.notice
        assert drawn.asked == expected


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_it_is_its_owners_alone_and_holds_no_text(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    before = os.umask(0)
    try:
        with open_cache(folder / "scores.sqlite") as cache:
            CachedScorer(Drawn(), cache).score(SOME)
            files = {file.name: file for file in folder.iterdir()}
            assert set(files) == {"scores.sqlite", "scores.sqlite-wal", "scores.sqlite-shm"}
            assert {file.stat().st_mode & 0o777 for file in files.values()} == {0o600}
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(b"people" not in file.read_bytes() for file in folder.iterdir())


def test_the_bound_holds_and_what_is_used_stays(tmp_path: Path) -> None:
    path, bound = tmp_path / "scores.sqlite", 200_000
    often, drawn = numbered(-40, 0), Drawn()
    sizes, kept = [], []
    with open_cache(path, bound=bound) as cache:
        for at in range(0, 30_000, 300):
            pairs = [*often, *numbered(at, at + 300)]
            assert CachedScorer(drawn, cache).score(pairs) == truth(pairs)
            sizes.append(path.stat().st_size)
            kept.append(room.info(tmp_path).pairs)
        assert drawn.asked == [*often, *numbered(0, 30_000)]
        drawn.asked.clear()
        CachedScorer(drawn, cache).score([*often, *numbered(29_700, 30_000), *numbered(0, 300)])
        assert drawn.asked == numbered(0, 300)
        assert not cache.notice
    assert max(sizes) < bound * 1.3
    assert min(kept[20:]) > bound / 40 / 4
    assert max(kept) < 20_000


def test_a_pair_in_both_generations_is_counted_once() -> None:
    pairs = {pair_digest(pair): scores for pair, scores in zip(SOME, truth(SOME), strict=True)}
    base = sqlite3.connect(":memory:", isolation_level=None)
    table = Table(base, bound=1)
    table.create()
    table.put(MODEL, pairs)
    table.put(MODEL, {})
    found = table.get(MODEL, [*pairs])
    assert (found.scores, found.aged) == (pairs, pairs)
    Table(base).put(MODEL, found.aged)
    assert table.get(MODEL, [*pairs]) == (pairs, {}, 0, False)
    assert [one.rows for one in table.models()] == [len(SOME)]
    base.close()


def test_a_transaction_takes_its_lock_at_once(tmp_path: Path) -> None:
    first, second = (sqlite3.connect(tmp_path / "file", timeout=0, isolation_level=None) for _ in range(2))
    with transaction(first), pytest.raises(sqlite3.OperationalError, match="locked"), transaction(second):
        pytest.fail("both were let in")
    with transaction(second):
        second.execute("CREATE TABLE one (two)")
    first.close()
    second.close()


def test_a_hit_of_a_later_day_says_that_it_was_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in (20_000, 20_010):
        monkeypatch.setattr("consistency.cache._table.today", lambda day=day: day)
        with open_cache(tmp_path / "scores.sqlite") as cache:
            CachedScorer(Drawn(), cache).score(SOME)
    told = room.info(tmp_path)
    assert (str(told.oldest), str(told.newest), told.pairs) == ("2024-10-04", "2024-10-14", 30)


# The place.


@pytest.mark.parametrize(
    ("platform", "named", "expected"),
    [
        ("linux", {"CONSISTENCY_CACHE": "/c", "XDG_CACHE_HOME": "/x"}, "/c"),
        ("linux", {"CONSISTENCY_CACHE": "~/c"}, "/home/me/c"),
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/consistency"),
        ("linux", {"XDG_CACHE_HOME": "x"}, "/home/me/.cache/consistency"),
        ("linux", {"CONSISTENCY_CACHE": "", "XDG_CACHE_HOME": ""}, "/home/me/.cache/consistency"),
        ("darwin", {}, "/home/me/Library/Caches/consistency"),
        ("darwin", {"XDG_CACHE_HOME": "/x"}, "/x/consistency"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/consistency/Cache"),
        ("win32", {}, "/home/me/.cache/consistency"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="the paths are written as elsewhere")
def test_the_place(platform: str, named: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONSISTENCY_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "/home/me", **named}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert places.folder() == Path(expected)


def test_without_a_home_a_run_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONSISTENCY_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    with pytest.raises(ConfigError) as caught:
        places.folder()
    assert "$CONSISTENCY_CACHE" in caught.value.remedy
    cache = open_cache()
    assert CachedScorer(Drawn(), cache).score(SOME) == truth(SOME)
    assert "$CONSISTENCY_CACHE" in cache.notice


def test_the_users_cache_is_the_usual_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSISTENCY_CACHE", str(tmp_path / "own"))
    with open_cache() as cache:
        assert cache.path == tmp_path / "own" / "scores.sqlite"
        assert cache.path.is_file()
