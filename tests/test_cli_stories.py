"""`consistency check FOLDER`: many stories in one run, with the words-only model and the real git."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import consistency
from consistency import backends, cli
from consistency.config import Config
from consistency.records import Skipped
from consistency.report import FORMATS
from tests.folders import git, write

TRUE = (
    "The dam near Opole broke on Monday and 31 people were hurt.\n\nThe mayor asked for sandbags, the town hall said.\n"
)
WRONG = TRUE.replace("31", "13")


class Ran:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: Any) -> Any:
    """Runs `consistency check ARGUMENTS --model lexical`, as from a shell."""

    def command(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["consistency", "check", *arguments, "--model", "lexical"])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capfdbinary.readouterr()
        return Ran(int(ended.value.code or 0), out.decode(), err.decode())

    return command


@pytest.fixture
def stories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`stories/` with a clean story and one with an error, in a repository."""
    monkeypatch.chdir(tmp_path)
    for name, copy in (("clean", TRUE), ("wrong", WRONG)):
        write(tmp_path, f"stories/{name}/original.txt", text=TRUE)
        write(tmp_path, f"stories/{name}/copy-1.txt", text=copy)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path / "stories"


def test_many_stories_are_one_run(run: Any, stories: Path) -> None:
    ran = run("stories/")
    assert ran.code == 1
    assert (
        ran.out.index("Story stories/clean") < ran.out.index("Story stories/wrong") < ran.out.index("ERROR  quantity")
    )
    assert "1 error, 0 warnings, 0 notes, in 2 stories." in ran.out
    assert ran.out.count("Compared 2 of 2 claims") == 2


def test_copies_beside_folders_are_missed_in_every_format(run: Any, stories: Path) -> None:
    write(stories / "wrong", "images/1.png")
    (stories / "wrong/original.txt").unlink()
    write(stories, "report.html", "copy-styles.css")
    for name in FORMATS:
        ran = run("stories", "--format", name)
        assert ran.code == 3, name
        assert "stories/wrong has copy-1.txt but no original." in ran.out.replace("\u200b", ""), name


def test_json_groups_by_story_and_says_what_each_file_is(run: Any, stories: Path) -> None:
    (stories / "wrong/story.toml").write_text(
        'publisher = "Agency"\npublished = 2026-03-26\ncopies = [{file = "copy-1.txt", publisher = "Paper", url = "u"}]'
    )
    told = run("stories", "--format", "json").json
    assert [story["id"] for story in told["stories"]] == ["stories/clean", "stories/wrong"]
    original, copy = told["stories"][1]["articles"]
    assert (original["source"], original["role"]) == ("stories/wrong/original.txt", "original")
    assert (original["version"], original["published"]) == ("Agency", "2026-03-26")
    assert (copy["source"], copy["version"], copy["url"]) == ("stories/wrong/copy-1.txt", "Paper", "u")
    assert [len(story["findings"]) for story in told["stories"]] == [0, 1]
    assert told["skipped"] == []
    assert len({json.dumps(story["findings"]) for story in told["stories"]}) == 2


def test_a_folder_that_is_a_story(run: Any, stories: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("stories/clean").code == 0
    monkeypatch.chdir(stories / "wrong")
    ran = run(".", "--format", "json")
    assert ran.code == 1
    assert ran.json["stories"][0]["id"] == "wrong"
    assert ran.json["stories"][0]["articles"][1]["source"] == "copy-1.txt"


def test_a_broken_story_is_not_checked_and_the_others_are(run: Any, stories: Path) -> None:
    (stories / "clean/story.toml").write_text('orignal = "x"')
    ran = run("stories")
    assert ran.code == 1
    assert "NOT READ  stories/clean" in ran.out
    assert "Did you mean original?" in ran.out
    assert "1 error, 0 warnings, 0 notes, 1 not read, in 2 stories." in ran.out
    assert run("stories", "--fail-on", "never").code == 3


def test_a_missing_original_leaves_its_copies_unchecked(run: Any, stories: Path) -> None:
    (stories / "clean/story.toml").write_text('original = "gone.txt"')
    unread = run("stories/clean", "--format", "json").json["stories"][0]["unread"]
    assert [(one["source"], one["code"]) for one in unread] == [
        ("stories/clean/gone.txt", "missing"),
        ("stories/clean/original.txt", "shape"),
        ("stories/clean/copy-1.txt", "missing"),
    ]


def test_reports_owe_no_coverage_and_copies_do_as_the_settings_say(run: Any, stories: Path) -> None:
    other = "Bakers in Lyon sold more bread than ever, a trade body said on Tuesday evening in Paris.\n"
    write(stories, "clean/report-x.txt", "clean/copy-2.txt", text=other)
    story = run("stories/clean", "--format", "json").json["stories"][0]
    assert [(one["role"]) for one in story["articles"]] == ["original", "copy", "copy", "report"]
    assert [one["short"] for one in story["coverage"]] == [False, True, False]
    story = run("stories/clean", "--role", "report", "--format", "json").json["stories"][0]
    assert not any(one["short"] for one in story["coverage"])


def test_json_lines_are_copies_each(run: Any, stories: Path) -> None:
    rows = [{"id": "x", "text": WRONG, "published": "2026-01-01"}, {"id": "y", "text": TRUE}]
    (stories / "clean/copy-feed.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    story = run("stories/clean", "--format", "json").json["stories"][0]
    assert [one["id"].rpartition("/")[2] for one in story["articles"][2:]] == ["copy-feed.jsonl#x", "copy-feed.jsonl#y"]
    assert [one["published"] for one in story["articles"][2:]] == ["2026-01-01", None]


def test_only_what_changed_and_the_rest_is_counted(run: Any, stories: Path) -> None:
    write(stories, "clean/copy-2.txt", text=TRUE)
    ran = run("stories", "--changed-since", "HEAD", "--format", "json")
    assert ran.code == 0
    assert [story["id"] for story in ran.json["stories"]] == ["stories/clean"]
    assert ran.json["skipped"] == [{"why": "unchanged", "stories": 1, "since": "HEAD"}]
    assert ran.err == "1 story not checked, unchanged since HEAD\n"
    assert run("stories", "--changed-since", "HEAD", "--format", "json", "--quiet").err == ""
    ran = run("stories", "--changed-since", "HEAD")
    assert "0 errors, 0 warnings, 0 notes; 1 story not checked, unchanged since HEAD." in ran.out
    assert ran.err == ""


def test_nothing_changed_loads_no_model(
    run: Any, stories: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(backends, "load", None)
    ran = run("stories", "--changed-since", "HEAD", "--output", "report.txt")
    assert ran.code == 0
    assert "in 0 stories; 2 stories not checked, unchanged since HEAD" in ran.err
    assert "2 stories not checked" in (tmp_path / "report.txt").read_text()


def test_patterns_of_the_settings(run: Any, stories: Path, tmp_path: Path) -> None:
    (tmp_path / "consistency.toml").write_text('exclude = ["wrong"]\n')
    ran = run("stories")
    assert ran.code == 0
    assert "1 story not checked, left out by include or exclude." in ran.out
    (tmp_path / "consistency.toml").write_text('include = ["rong"]\n')
    ran = run("stories")
    assert ran.code == 3
    assert "holds no story that include and exclude leave to be checked" in " ".join(ran.out.split())


def test_what_something_not_checked_means(run: Any, stories: Path, tmp_path: Path) -> None:
    (stories / "empty").mkdir()
    arguments = ("stories", "--fail-on", "never")
    assert run(*arguments).code == 3
    for setting, code in (("fail", 1), ("ignore", 0), ("report", 3)):
        (tmp_path / "consistency.toml").write_text(f'undetermined = "{setting}"\n')
        assert run(*arguments).code == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("stories", "a.txt"), "stories is a folder, and a.txt was given besides"),
        (("a.txt",), "a.txt does not exist; name a folder of stories"),
        (("storys/",), "storys/ does not exist; name a folder of stories"),
        (("a.txt", "b.txt", "--changed-since", "HEAD"), "--changed-since was given without a folder"),
        (("stories", "--changed-since", "nothing"), "git knows no revision 'nothing'"),
        (("stories", "--changed-since", "--output=owned"), "git knows no revision '--output=owned'"),
    ],
)
def test_a_call_that_makes_no_sense_is_2(run: Any, stories: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert ran.out == ""


def test_a_folder_among_files_is_not_read(run: Any, stories: Path) -> None:
    ran = run("stories/clean/original.txt", "stories/clean")
    assert ran.code == 3
    assert "is a folder where a file is expected" in ran.out


def test_from_python(stories: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    load = backends.load

    def counted(model: str, **more: Any) -> Any:
        loaded.append(model)
        return load(model, **more)

    monkeypatch.setattr(backends, "load", counted)
    config = Config(model="lexical", exclude=("clean",))
    made = consistency.check_stories(stories, config)
    assert [Path(report.story.id).name for report in made.reports] == ["wrong"]
    assert made.skipped == (Skipped("excluded", 1),)
    assert len(consistency.check_stories("stories", Config(model="lexical")).reports) == 2
    assert loaded == ["lexical"] * 2, "once a run"


def test_a_name_that_is_not_utf8_passes(stories: Path) -> None:
    name = os.fsdecode(b"st\xffry")
    write(stories, f"{name}/original.txt", f"{name}/copy-\x1b[31m.txt", text=TRUE)
    ran = subprocess.run(
        [sys.executable, "-m", "consistency", "check", "stories", "--model", "lexical", "--fail-on", "never"],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert b"\x1b" not in ran.stdout
    assert b"copy-\\x1b[31m.txt" in ran.stdout
