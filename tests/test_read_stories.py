"""Story folders: what is a story, which file is what, what is refused and in which words."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.read._patterns import Patterns
from consistency.read.stories import Folder, Parts, find, parts
from consistency.records import Skipped
from tests.folders import ids, write


def only(root: Path) -> Parts:
    (folder,) = find(root).folders
    return parts(folder)


def names(found: Parts) -> list[str]:
    return [Path(part.path).name for part in found.versions]


def fault(found: Parts) -> tuple[str, str, str]:
    (unread,) = found.unread
    return unread.code, unread.message, unread.remedy


def test_files_are_told_by_their_names(tmp_path: Path) -> None:
    write(tmp_path, "original.html", "copy-b.txt", "copy-a.txt", "report-x.txt", "Copy.md", "expected.json", ".hidden")
    found = only(tmp_path)
    assert found.original is not None
    assert found.original.path == str(tmp_path / "original.html")
    assert names(found) == ["Copy.md", "copy-a.txt", "copy-b.txt", "report-x.txt"]
    assert [part.role for part in found.versions] == [None, None, None, "report"]
    assert [part.version for part in found.versions] == ["Copy", "copy-a", "copy-b", "report-x"]
    assert found.unread == ()


def test_stories_are_found_at_any_depth_in_order(tmp_path: Path) -> None:
    write(tmp_path, "b/original.txt", "b/copy-1.txt", "a/2026/x/original.txt", "a/2026/x/copy-1.txt")
    write(tmp_path, "c/story.toml", "b/older/original.txt", "b/older/copy-1.txt", "notes.txt", ".git/original.txt")
    assert ids(tmp_path) == ["a/2026/x", "b", "b/older", "c"]


def test_what_lies_below_a_story_is_no_lack(tmp_path: Path) -> None:
    write(tmp_path, "original.txt", "copy-1.txt", "copies/other.txt")
    (tmp_path / "pictures").mkdir()
    assert ids(tmp_path) == ["."]


def test_the_working_folder_is_called_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "bridge/original.txt", "bridge/copy-1.txt", "bridge/x/original.txt")
    monkeypatch.chdir(tmp_path / "bridge")
    assert [one.id for one in find(".").folders] == ["bridge", "x"]
    monkeypatch.chdir(tmp_path)
    assert [one.id for one in find("bridge/").folders] == ["bridge", "bridge/x"]


SHEET = """
original = "wire.txt"
publisher = "Agency"
published = 2026-03-26
url = "https://agency.test/1"
copies = [
  "sub/a.txt",
  {file = "b.html", publisher = "Paper", published = "2026-03-27T08:00:00Z", url = "u", role = "report"},
]
"""


def test_a_sheet_says_what_is_what(tmp_path: Path) -> None:
    write(tmp_path, "wire.txt", "sub/a.txt", "b.html", "copy-not-listed.txt")
    (tmp_path / "story.toml").write_text(SHEET)
    found = only(tmp_path)
    assert found.original is not None
    assert (found.original.version, found.original.published) == ("Agency", "2026-03-26")
    assert found.original.url == "https://agency.test/1"
    first, second = found.versions
    assert (first.path, first.version, first.role, first.published) == (str(tmp_path / "sub/a.txt"), "a", None, None)
    assert (second.version, second.role, second.published) == ("Paper", "report", "2026-03-27T08:00:00Z")
    assert found.unread == ()


def test_a_sheet_may_leave_the_files_to_their_names(tmp_path: Path) -> None:
    write(tmp_path, "original.txt", "copy-1.txt")
    (tmp_path / "story.toml").write_bytes(b"\xef\xbb\xbfpublished = 2026-03-26T10:00:00+02:00\n")
    found = only(tmp_path)
    assert found.original is not None
    assert found.original.published == "2026-03-26T10:00:00+02:00"
    assert names(found) == ["copy-1.txt"]


def test_an_original_of_its_own_name_is_no_stray_article(tmp_path: Path) -> None:
    write(tmp_path, "wire.txt", "copy-1.txt")
    (tmp_path / "story.toml").write_text('original = "wire.txt"')
    assert only(tmp_path).unread == ()


@pytest.mark.parametrize(
    ("files", "code", "message", "remedy"),
    [
        (("copy-1.txt",), "shape", "has no original", "original.*"),
        (("original.txt", "original.html", "copy-1.txt"), "shape", "2 originals: original.html, original.txt", "Keep"),
        (("original.txt",), "missing", "has nothing to hold against its original", "copy-*.*"),
        (("original.txt", "copy-1.txt", "Copy_2.txt"), "shape", "Copy_2.txt is no version by its name", "story.toml"),
        (("a.txt", "b.txt"), "shape", "has articles but no original", "story.toml"),
        (("picture.png",), "empty", "holds no story", "original.*"),
        ((), "empty", "is empty", "original.*"),
    ],
)
def test_a_folder_that_lacks_something_says_so(
    tmp_path: Path, files: tuple[str, ...], code: str, message: str, remedy: str
) -> None:
    told = fault(only(write(tmp_path, *files)))
    assert told[0] == code
    assert message in told[1]
    assert str(tmp_path) in told[1]
    assert remedy in told[2]


@pytest.mark.parametrize(
    "name",
    [
        "copy-evening",
        "Copy",
        "copy_c.csv",
        "copy2.rtf",
        "report",
        "report_2.csv",
        "original",
        "original-old.docx",
        "evening.txt",
        "evening.md",
        "evening.xml",
        "copyright.txt",
    ],
)
def test_a_name_that_nearly_says_it_is_told(tmp_path: Path, name: str) -> None:
    code, message, remedy = fault(only(write(tmp_path, "original.txt", "copy-a.txt", name)))
    assert code == "shape"
    assert f"{name} is no version by its name" in message
    assert "copy-*.*" in remedy


def test_of_json_only_records_are_told(tmp_path: Path) -> None:
    write(tmp_path, "original.txt", "copy-a.txt")
    write(tmp_path, "evening.json", text='{"id": 1,\n "text" : "The bridge is closed."}')
    write(tmp_path, "expected.json", text='{"errors": [{"phrase": "closed"}]}')
    os.mkfifo(tmp_path / "wire.json")
    assert "evening.json is no version by its name" in fault(only(tmp_path))[1]


def test_other_files_beside_a_story_are_let_be(tmp_path: Path) -> None:
    write(tmp_path, "original.txt", "copy-a.txt", "README.md", "readme.txt", "LICENSE", "CHANGELOG.md", "notes.md")
    write(tmp_path, "bridge.jpg", "copy_photo.png", "original-photo.JPG", "COPYING", "copyright", "reporters.csv")
    write(tmp_path, "story.toml", "expected.json", "table.csv", "evening", ".copy-b", "Makefile", text="")
    assert only(tmp_path).unread == ()


def test_no_story_of_this_repository_has_a_stray_file() -> None:
    stories = Path(__file__).parent.parent / "fixtures" / "stories"
    assert [unread for folder in find(stories).folders for unread in parts(folder).unread] == []


@pytest.mark.parametrize(
    ("sheet", "message", "remedy"),
    [
        ('orignal = "a"', "a story.toml that has the unknown key orignal", "Did you mean original?"),
        ("zzz = 1", "has the unknown key zzz", "Valid are original, copies"),
        (
            'copies = [{file = "a.txt", rol = "copy"}]',
            "a story.toml in which copy 1 has the unknown key rol",
            "Did you mean role?",
        ),
        ('copies = ["copy-1.txt", {role = "copy"}]', "copy 2 names no file", "[[copies]]"),
        ("copies = [1]", "copy 1 is neither", "[[copies]]"),
        ('copies = "a.txt"', "copies that are no list", "[[copies]]"),
        ("original = 3", "a value of original that is no text", 'original = "..."'),
        ('copies = [{file = "a", role = "original"}]', "copy 1 has the role 'original'", "copy, report"),
        ('published = "yesterday"', "published that is no date ('yesterday')", "2026-03-26"),
        ("published = 10:00:00", "published that is no date", "2026-03-26"),
        ('copies = ["copy-1.txt", "./copy-1.txt"]', "lists ./copy-1.txt twice", "once"),
        ('copies = ["original.txt"]', "lists original.txt twice", "once"),
        ("original = ", "is not valid TOML", "Mend"),
        ("a = " + "[" * 5000, "is not valid TOML", "Mend"),
        ("# " + "x" * 1_000_001, "is longer than 1,000,000 bytes", "List files"),
    ],
)
def test_a_sheet_that_is_wrong_says_where(tmp_path: Path, sheet: str, message: str, remedy: str) -> None:
    write(tmp_path, "original.txt", "copy-1.txt")
    (tmp_path / "story.toml").write_text(sheet)
    found = only(tmp_path)
    assert (found.original, found.versions) == (None, ())
    code, said, what_to_do = fault(found)
    assert code == "shape"
    assert message in said
    assert remedy in what_to_do


@pytest.mark.parametrize("name", ["../out.txt", "/etc/hostname", "sub/../../out.txt", "a\\u0000b", ""])
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path, "out.txt", "s/original.txt", "s/copy-1.txt")
    (tmp_path / "s/story.toml").write_text(f'copies = ["copy-1.txt", "{name}"]')
    found = only(tmp_path / "s")
    assert names(found) == ["copy-1.txt"], "the rest is still checked"
    assert "that is not in it" in fault(found)[1]


def test_links_stay_in_the_folder_or_are_refused(tmp_path: Path) -> None:
    root = write(tmp_path, "secret.txt", "s/original.txt", "s/copy-1.txt") / "s"
    (root / "copy-2.txt").symlink_to("../secret.txt")
    (root / "copy-3.txt").symlink_to("copy-3.txt")
    (root / "copy-4.txt").symlink_to("nowhere.txt")
    (root / "copy-5.txt").symlink_to("copy-1.txt")
    assert "lists copy-5.txt twice" in fault(only(root))[1]
    (root / "copy-5.txt").unlink()
    found = only(root)
    assert names(found) == ["copy-1.txt"]
    assert [(Path(one.source).name, one.code) for one in found.unread] == [
        ("copy-2.txt", "shape"),
        ("copy-3.txt", "unreadable"),
        ("copy-4.txt", "unreadable"),
    ]


def test_a_sheet_that_is_a_link_elsewhere_is_not_read(tmp_path: Path) -> None:
    root = write(tmp_path, "secret.toml", "s/original.txt", "s/copy-1.txt", text="secret = 1") / "s"
    (root / "story.toml").symlink_to("../secret.toml")
    _, message, _ = fault(only(root))
    assert "leads out of the story's folder" in message


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, "original.txt", "copy-1.txt")
    os.mkfifo(tmp_path / "copy-2.txt")
    assert "a pipe" in fault(only(tmp_path))[1]


def test_links_to_folders_are_not_followed_and_those_that_lead_away_are_told(tmp_path: Path) -> None:
    root = write(tmp_path, "away/original.txt", "s/x/original.txt", "s/x/copy-1.txt") / "s"
    (root / "x" / "loop").symlink_to("..")
    (root / "again").symlink_to("x")
    (root / "away").symlink_to("../away")
    found = find(root).folders
    assert [Path(one.id).name for one in found] == ["away", "x"]
    assert found[0].fault is not None
    assert "not followed" in found[0].fault.message


def test_a_closed_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a/original.txt", "a/copy-1.txt", "b/original.txt")
    scan = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    readable, closed = find(tmp_path).folders
    assert readable.fault is None
    assert closed.fault is not None
    assert closed.fault.code == "unreadable"
    assert "Permission denied" in closed.fault.message


def test_patterns_choose_and_say_how_many_they_left_out(tmp_path: Path) -> None:
    for story in ("2025/a", "2026/a", "2026/b", "2026/drafts/c"):
        write(tmp_path, f"{story}/original.txt", f"{story}/copy-1.txt")
    found = find(tmp_path, include=["2026/**"], exclude=["drafts"])
    assert [Path(one.id).relative_to(tmp_path).as_posix() for one in found.folders] == ["2026/a", "2026/b"]
    assert found.skipped == (Skipped("excluded", 2),)
    assert ids(tmp_path, exclude=["*/a"]) == ["2026/b", "2026/drafts/c"]
    assert find(tmp_path).skipped == ()
    assert [one.fault is None for one in find(tmp_path / "2026/a", include=["zzz"]).folders] == [True]


def test_patterns_that_leave_nothing_are_a_fault(tmp_path: Path) -> None:
    write(tmp_path, "a/original.txt", "a/copy-1.txt")
    (folder,) = find(tmp_path, include=["b/*"]).folders
    assert folder.fault is not None
    assert "include and exclude" in folder.fault.message


@pytest.mark.parametrize(
    ("pattern", "path", "holds"),
    [
        ("drafts", "drafts", True),
        ("drafts", "2026/drafts/x", True),
        ("drafts", "2026/draft", False),
        ("2026/*", "2026/a", True),
        ("2026/*", "2026/a/b", True),
        ("2026/*", "2026", False),
        ("2026/*", "x/2026/a", False),
        ("**/a/*", "a/b", True),
        ("**/a/*", "x/y/a/b", True),
        ("a/**/z", "a/z", True),
        ("a/**/z", "a/b/c/z", True),
        ("a/**/z", "a/b/c", False),
        ("./a/b/", "a/b", True),
        ("20[0-9]?/x", "2026/x", True),
        ("*", "anything", True),
        ("**", "a/b", True),
    ],
)
def test_what_a_pattern_holds(pattern: str, path: str, holds: bool) -> None:
    assert Patterns([pattern]).hold(PurePosixPath(path)) is holds


@given(st.lists(st.sampled_from(["a", "b", "**", "*", "?"]), min_size=1, max_size=8), st.lists(st.sampled_from("ab")))
def test_what_lies_below_is_held_as_well(pattern: list[str], path: list[str]) -> None:
    whole = Patterns(["/".join(pattern)])
    if whole.hold(PurePosixPath(*path)):
        assert whole.hold(PurePosixPath(*path, "below"))


def test_ten_thousand_stories_are_listed_without_being_read(tmp_path: Path) -> None:
    for number in range(10_000):
        folder = tmp_path / f"{number:05}"
        folder.mkdir()
        (folder / "story.toml").touch()
    found = find(tmp_path, exclude=["*7"])
    assert (len(found.folders), found.skipped) == (9_000, (Skipped("excluded", 1_000),))
    assert found.folders[0] == Folder(str(tmp_path / "00000"), tmp_path / "00000")
