"""Stories that have changed since a revision: what git says of their files, and what it is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from consistency.errors import InputError
from consistency.read.stories import find
from consistency.records import Skipped
from tests.folders import git, ids, write


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Five committed stories in `stories`, in a repository whose name and files are awkward."""
    root = tmp_path / "-a b\n"
    for story in "abcde":
        write(root / "stories", f"{story}/original.txt", f"{story}/copy-ä \n.txt")
    write(root, "elsewhere.txt", ".gitignore", text="*.ignored.txt\n")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "first")
    return root


def changed(root: Path, since: str = "HEAD") -> list[str]:
    return ids(root / "stories", changed_since=since)


def test_nothing_changed(repository: Path) -> None:
    write(repository, "elsewhere.txt", text="other")
    found = find(repository / "stories", changed_since="HEAD")
    assert found.folders == ()
    assert found.skipped == (Skipped("unchanged", 5, "HEAD"),)


def test_every_kind_of_change_counts(repository: Path) -> None:
    stories = repository / "stories"
    write(stories, "a/copy-ä \n.txt", text="edited")
    write(stories, "b/copy-new.txt")
    write(stories, "c/copy-x.ignored.txt")
    (stories / "d/copy-ä \n.txt").unlink()
    write(stories, "new/original.txt", "new/copy-1.txt")
    assert changed(repository) == ["a", "b", "c", "d", "new"]


def test_what_was_committed_or_staged_since_counts(repository: Path) -> None:
    stories = repository / "stories"
    write(stories, "a/original.txt", text="edited")
    git(repository, "commit", "-qam", "second")
    write(stories, "b/original.txt", text="edited")
    git(repository, "add", "-A")
    (stories / "c/original.txt").rename(stories / "d/original.html")
    git(repository, "add", "-A")  # git takes it for a move, of which it names the new place alone
    assert changed(repository) == ["b", "c", "d"]
    assert changed(repository, "HEAD~1") == ["a", "b", "c", "d"]


def test_hidden_files_are_no_change(repository: Path) -> None:
    write(repository, "stories/a/.swap")
    assert changed(repository) == []


def test_a_hidden_file_that_a_sheet_lists_is_a_change(repository: Path) -> None:
    stories = repository / "stories"
    for story, sheet in (
        ("a", 'copies = [".evening.txt"]'),
        ("b", 'copies = [{file = ".evening.txt"}]'),
        ("c", 'original = ".wire.txt"\ncopies = ["original.txt"]'),
        ("d", 'copies = ["copy-1.txt", "a\\u0000b"]'),
        ("e", "copies = "),
    ):
        (stories / story / "story.toml").write_text(sheet)
        write(stories, f"{story}/.evening.txt", f"{story}/.wire.txt", f"{story}/copy-1.txt")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "second")
    assert changed(repository) == []
    for story in "abcde":
        write(stories, f"{story}/.swap", f"{story}/.wire.txt", text="edited")
    assert changed(repository) == ["c"]
    write(stories, "a/.evening.txt", text="edited")
    (stories / "b/.evening.txt").unlink()
    write(stories, "d/.evening.txt", "e/.evening.txt", text="edited")
    assert changed(repository) == ["a", "b", "c"]


def test_a_repository_inside_is_told_of_as_a_whole(repository: Path) -> None:
    write(repository, "stories/sub/x/original.txt", "stories/sub/x/copy-1.txt")
    git(repository / "stories/sub", "init", "-q")
    assert changed(repository) == ["sub/x"]


def test_settings_and_surroundings_of_git_do_not_matter(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repository, "stories/a/original.txt", text="edited")
    write(repository, "stories/b/copy-2.txt")
    for setting in ("diff.relative=true", "diff.external=false", "diff.noprefix=true", "core.quotePath=true"):
        git(repository, "config", *setting.split("="))
    for name, value in (("GIT_DIR", ".git"), ("GIT_INDEX_FILE", ".git/index"), ("GIT_PREFIX", "x/")):
        monkeypatch.setenv(name, value)
    assert changed(repository) == ["a", "b"]


def test_a_link_to_the_folder_will_do(repository: Path, tmp_path: Path) -> None:
    write(repository, "stories/a/original.txt", text="edited")
    (tmp_path / "link").symlink_to(repository / "stories")
    assert [Path(one.id).name for one in find(tmp_path / "link", changed_since="HEAD").folders] == ["a"]


@pytest.mark.parametrize(
    "since", ["nothing", "", "--output=owned", "-h", "HEAD..HEAD", "stories", "HEAD:stories", "a b", "HEAD\0"]
)
def test_what_is_no_revision_is_refused(repository: Path, since: str) -> None:
    with pytest.raises(InputError) as caught:
        changed(repository, since)
    assert f"revision {since!r}" in str(caught.value) or "\0" in since
    assert caught.value.remedy
    assert not (repository / "owned").exists()


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(InputError, match="not a git repository") as caught:
        find(write(tmp_path / "s", "original.txt"), changed_since="HEAD")
    assert "--changed-since" in caught.value.remedy


def test_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="git is not installed"):
        changed(repository)
