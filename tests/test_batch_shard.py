"""One shard: every row of the feed has its result, whatever is wrong with it, and a shard goes on where it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from consistency import backends, pipeline
from consistency.batch import _compare, _results, shard
from consistency.batch._job import Blame, Job, Progress
from consistency.batch._wire import Result
from consistency.batch.scan import scan
from consistency.config import Config
from consistency.errors import ModelError, OutputError
from consistency.protocols import Scorer
from consistency.records import Scores
from tests.feeds import LEXICAL, Record, by_id, feed, result_rows, story, text, write
from tests.stories import STORIES
from tests.test_batch_spool import _gather

Scan = Callable[..., dict[str, Record]]


@pytest.fixture
def scanned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scan:
    """Scans rows in this process, and gives the results by id."""
    from consistency.batch import scan as module
    from tests.feeds import Here

    monkeypatch.setattr(module, "ENGINES", {"here": Here})

    def run(rows: list[Record], config: Config = LEXICAL, **more: Any) -> dict[str, Record]:
        path = write(tmp_path / "feed.jsonl", rows)
        scan([str(path)], tmp_path / "out", config, engine="here", shards=1, **more)
        return by_id(tmp_path / "out")

    return run


def test_the_verdicts(scanned: Scan) -> None:
    found = scanned(
        [
            *story("right"),
            *story("wrong", wrong=True),
            *story("lonely", 0),
            {"id": "nameless", "text": text()},
            {"id": "pair", "reference": text(20), "version": text(30)},
            *story("german"),
            {"id": "german-2", "story": "german", "text": "Der Bürgermeister sagte am Montag, dass niemand kam. " * 5},
            {"id": "empty", "story": "right", "text": " "},
        ]
    )
    assert {name: row["verdict"] for name, row in found.items()} == {
        "right-1": "clean",
        "wrong-1": "findings",
        "lonely-0": "alone",
        "nameless": "unchecked",
        "pair": "findings",
        "german-1": "clean",
        "german-2": "unchecked",
        "empty": "unchecked",
    }
    assert {name: [why["code"] for why in row["unread"]] for name, row in found.items() if row["unread"]} == {
        "nameless": ["unnamed"],
        "german-2": ["language"],
        "empty": ["empty"],
    }
    assert "line 10 is not in English" in found["german-2"]["unread"][0]["message"]
    assert all(why["remedy"] for row in found.values() for why in row["unread"])


def test_a_finding_tells_both_sides(scanned: Scan) -> None:
    row = scanned(story("wrong", wrong=True))["wrong-1"]
    (finding,) = row["findings"]
    assert (row["counts"], finding["check"]) == ({"error": 1, "warning": 0, "note": 0}, "quantity")
    assert row["reference"]["number"] == 1
    for side, number, rightly in (("reference", "20", text(20, "wrong")), ("version", "30", text(30, "wrong"))):
        ((start, end),) = finding[side]["evidence"]
        assert rightly[start:end] == number
        assert finding[side]["text"] == rightly[: finding[side]["spans"][0][1]]
        assert finding[side]["hidden"] == 0
    assert len(finding["fingerprint"]) == 16


def test_what_is_left_out_belongs_to_the_version_that_leaves_it_out(scanned: Scan) -> None:
    rows = story("s", 12)
    short = text(20, "s").partition(" Nobody")[0]
    rows[1]["text"] = rows[11]["text"] = short
    rows[11]["id"] = "s-1 late"
    found = scanned(rows)
    assert {name: len(row["findings"]) for name, row in found.items() if row["findings"]} == {"s-1": 1, "s-1 late": 1}
    assert found["s-1 late"]["findings"][0]["message"].startswith("s-1 late leaves out")


def test_a_scan_finds_what_a_check_finds(scanned: Scan) -> None:
    rows: list[Record] = []
    wanted: dict[str, Any] = {}
    for folder in sorted(path for path in STORIES.iterdir() if path.is_dir()):
        original, *versions = sorted(folder.glob("*.txt"), key=lambda path: (path.stem != "original", path.name))
        report = pipeline.check(original, versions, LEXICAL)
        for path in (*versions, original):
            name = f"{folder.name}/{path.name}"
            rows.append({"id": name, "story": folder.name, "text": path.read_text(), "original": path == original})
        for version, path in zip(report.story.versions, versions, strict=True):
            found = [one for one in report.findings if one.version and one.version.article == version.id]
            told = [(one.check, one.level, one.fingerprint, round(one.confidence, 4)) for one in found]
            (coverage,) = [one for one in report.coverage if one.article == version.id]
            wanted[f"{folder.name}/{path.name}"] = told, coverage.compared, coverage.claims
    made = scanned(rows)
    assert {
        name: (
            [
                (one["check"], one["level"], one["fingerprint"], one["confidence"])
                for one in row["findings"]
                if one["version"]
            ],
            row["coverage"]["compared"],
            row["coverage"]["claims"],
        )
        for name, row in made.items()
    } == wanted
    assert sum(len(told) for told, _, _ in wanted.values()) > 20


def test_an_id_that_stands_twice_is_two_versions(scanned: Scan, tmp_path: Path) -> None:
    rows = [{**row, "id": "same"} for row in story("s", 3, wrong=True)]
    with pytest.raises(AssertionError):
        scanned(rows)
    verdicts = [
        (row["version"]["id"], row["version"]["number"], row["verdict"]) for row in result_rows(tmp_path / "out")
    ]
    assert verdicts == [("same", 2, "clean"), ("same", 3, "clean"), ("same", 4, "findings")]


def test_a_reference_that_cannot_be_read_leaves_its_versions_unchecked(scanned: Scan) -> None:
    rows = story("s", 2)
    rows[0]["text"] = "\n"
    found = scanned(rows)
    assert [row["verdict"] for row in found.values()] == ["unchecked", "unchecked"]
    assert "There is no reference to hold it against: " in found["s-1"]["unread"][0]["message"]


def test_too_little_compared_is_not_clean(scanned: Scan) -> None:
    other = "The harbour festival opened with a concert. Thousands danced until midnight. The weather stayed dry."
    rows = [*story("s"), {"id": "other", "story": "s", "text": other}]
    rows += [{"id": "report", "story": "s", "text": other, "role": "report"}]
    found = scanned(rows)
    assert [why["code"] for why in found["other"]["unread"]] == ["coverage"]
    assert found["other"]["coverage"]["short"]
    assert not found["report"]["coverage"]["short"]
    assert found["report"]["verdict"] != "clean"


def test_a_story_of_5000_versions_is_bounded_and_says_so(scanned: Scan) -> None:
    found = scanned([*story("many", 4_999), *story("other")])
    left = [row for row in found.values() if row["verdict"] == "unchecked"]
    assert len(found) == 5_000
    assert len(left) == 4_999 - 200
    assert {why["code"] for row in left for why in row["unread"]} == {"bound"}
    assert found["many-201"]["unread"][0]["message"] == (
        "It is version 201 of 4,999 of its story; the first 200 were compared."
    )
    assert found["many-200"]["verdict"] == found["other-1"]["verdict"] == "clean"


class Touchy:
    """A scorer that fails at a word, as a text may make any stage fail."""

    def __init__(self, word: str, fault: BaseException) -> None:
        self._real = backends.load("lexical")
        self._word, self._fault = word, fault
        self.digest, self.limit, self.runtime = self._real.digest, self._real.limit, "lexical"

    def lengths(self, pairs: Any) -> list[int]:
        return self._real.lengths(pairs)

    def score(self, pairs: Any) -> list[Scores]:
        if any(self._word in text for pair in pairs for text in pair):
            raise self._fault
        return self._real.score(pairs)


def _job(tmp_path: Path, rows: list[Record], shards: int = 1) -> Job:
    layout, _ = _gather(tmp_path, rows, shards)
    layout.results.mkdir()
    return Job(str(layout.folder), LEXICAL, shards)


def _run(job: Job, scorer: Scorer | None = None, **more: Any) -> list[Record]:
    shard.run_shard(job, 0, scorer or backends.load("lexical"), **more)
    return result_rows(job.layout.folder)


def test_one_poisonous_story_spoils_no_other(tmp_path: Path) -> None:
    rows = feed(30)
    bad = next(row for row in rows if row["story"] == "s11")
    bad["text"] = bad["text"].replace("flood", "poison")
    plain = _run(_job(tmp_path, rows))
    (tmp_path / "b").mkdir()
    found = _run(_job(tmp_path / "b", rows), Touchy("poison", RuntimeError("choked\non it")))
    bad_rows = [row for row in found if row["story"] == "s11"]
    assert [row["verdict"] for row in bad_rows] == ["unchecked"] * 3
    assert "RuntimeError: choked" in bad_rows[0]["unread"][0]["message"]
    assert [row for row in found if row["story"] != "s11"] == [row for row in plain if row["story"] != "s11"]


def test_reports_that_were_made_before_one_failed_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from consistency.pipeline import check_many as real

    asked: list[int] = []

    def check_many(stories: Any, *rest: Any, **more: Any) -> Any:
        asked.append(len(stories))
        for at, report in enumerate(real(stories, *rest, **more)):
            if at == 2:
                raise ValueError("the third")
            yield report

    monkeypatch.setattr(_compare, "check_many", check_many)
    rows = [row for at in range(6) for row in story(f"s{at}", wrong=True)]
    found = _run(_job(tmp_path, rows))
    assert [row["story"] for row in found] == [f"s{at}" for at in range(6)]
    assert {row["verdict"] for row in found} == {"findings"}
    assert asked == [6, 1, 1, 1, 1]


def test_a_text_that_its_reader_chokes_on_spoils_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from consistency.read import article_of as real

    def read(base: Any, shape: str, source: str, where: str) -> Any:
        if "Basel" in source:
            raise RecursionError("too deep")
        return real(base, shape, source, where)

    monkeypatch.setattr(_compare, "article_of", read)
    rows = [*story("a"), {"id": "b-0", "story": "b", "text": text(1, "Basel")}, *story("b", 0), *story("c")]
    rows[3]["id"] = "b-1"
    found = {row["version"]["id"]: row["verdict"] for row in _run(_job(tmp_path, rows))}
    assert found == {"a-1": "clean", "b-1": "unchecked", "c-1": "clean"}


@pytest.mark.parametrize("fault", [ModelError("gone", "get it"), OSError(28, "No space left on device")])
def test_a_broken_machine_is_no_story_s_fault(tmp_path: Path, fault: Exception) -> None:
    job = _job(tmp_path, feed(20))
    with pytest.raises((ModelError, OutputError)):
        _run(job, Touchy("flood", fault))
    assert not job.layout.part(0).exists()


class Watcher:
    """Records what it is told, and stops the run after some groups."""

    def __init__(self, stop: int = -1) -> None:
        self.began_at: list[range] = []
        self.progress: list[Progress] = []
        self._stop = stop

    def began(self, stories: range) -> None:
        if len(self.began_at) == self._stop:
            raise KeyboardInterrupt
        self.began_at.append(stories)

    def went(self, progress: Progress) -> None:
        self.progress.append(progress)


@pytest.fixture
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shard, "GROUP_STORIES", 3)


@pytest.mark.usefixtures("small_groups")
def test_stories_of_a_group_are_all_that_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    from consistency.pipeline import check_many as real

    def check_many(stories: Any, *rest: Any, **more: Any) -> Any:
        held = list(stories)
        asked.append(len(held))
        return real(held, *rest, **more)

    monkeypatch.setattr(_compare, "check_many", check_many)
    watcher = Watcher()
    _run(_job(tmp_path, feed(40)), watch=watcher)
    assert len(asked) > 9
    assert max(asked) == 3
    assert [at for one in watcher.began_at for at in one] == list(range(40))
    assert watcher.progress[-1] == Progress(len(feed(40)), 40)


@pytest.mark.usefixtures("small_groups")
@pytest.mark.parametrize("stop", [0, 1, 5])
def test_a_stopped_shard_goes_on_where_it_was(tmp_path: Path, stop: int) -> None:
    whole = _run(_job(tmp_path, feed(30)))
    (tmp_path / "b").mkdir()
    job = _job(tmp_path / "b", feed(30))
    with pytest.raises(KeyboardInterrupt):
        _run(job, watch=Watcher(stop))
    assert not job.layout.part(0).exists()
    again = Watcher()
    assert _run(job, watch=again) == whole
    assert again.began_at[0].start == 3 * stop
    assert _run(job, watch=Watcher(0)) == whole


@pytest.mark.usefixtures("small_groups")
def test_a_shard_cut_off_anywhere_comes_out_the_same(tmp_path: Path) -> None:
    job = _job(tmp_path, feed(12))
    _run(job)
    part, partial = job.layout.part(0), job.layout.partial(0)
    whole = part.read_bytes()
    for cut in range(0, len(whole), 509):
        for tail in (b"", b"\0" * 40, b"\0" * len(whole), b'{"story": "else"}\n'):
            part.unlink()
            partial.write_bytes(whole[:cut] + tail)
            _run(job)
            assert part.read_bytes() == whole
            assert not partial.exists()


def test_a_story_that_is_blamed_is_not_tried_again(tmp_path: Path) -> None:
    rows = [*story("a", 2), *story("deadly", 2), *story("c")]
    rows.append({"id": "pair", "reference": text(), "version": text()})
    watcher = Watcher()
    blame = Blame(frozenset({0, 1, 3}), frozenset({1, 3}))
    found = _run(_job(tmp_path, rows), Touchy("deadly", SystemExit()), watch=watcher, blame=blame)
    assert watcher.began_at == [range(1), range(1, 2), range(2, 3), range(3, 4)]
    told = {row["version"]["id"]: [why["code"] for why in row["unread"]] for row in found}
    assert told == {"a-1": [], "a-2": [], "deadly-1": ["ended"], "deadly-2": ["ended"], "c-1": [], "pair": ["ended"]}


def test_an_empty_shard_has_an_empty_part(tmp_path: Path) -> None:
    assert _run(_job(tmp_path, [])) == []


def test_long_texts_and_messages_are_cut_and_say_so() -> None:
    from consistency.records import Finding, Offsets, Side, Span

    long = "x" * 5_000 + "word" + "y" * 5_000
    side = Side("a", ("a#1",), long, (Span(100, 100 + len(long)),), (Span(5_100, 5_104),))
    made = _results._finding(Finding("date", "error", "m" * 3_000, 0.5, side, None, "f"), {"a": Offsets()})
    assert made.reference is not None
    assert "word" in made.reference.text
    assert len(made.reference.text) + made.reference.hidden == len(long)
    assert len(made.reference.text) == _results.LONGEST_TEXT
    assert made.message.endswith("… (1,000 characters not shown)")


def test_a_result_is_one_line_that_no_terminal_obeys(scanned: Scan, tmp_path: Path) -> None:
    name = "a\u202eb\x1b[2J\n::error::c\u2028"
    scanned([{**row, "id": f"{name}{at}"} for at, row in enumerate(story("s"))])
    (line,) = (tmp_path / "out" / "results" / "part-00000.jsonl").read_text("utf-8").splitlines()
    assert line.isascii() or not {"\u202e", "\u2028", "\x1b"} & set(line)
    assert msgspec.json.decode(line, type=Result).version.id == f"{name}1"
