"""What of a folder git holds to be changed since a revision: committed, staged, edited, deleted or untracked."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from consistency.errors import InputError


class Changed:
    """The paths below a folder that differ from a revision; asked once, answered for every story.

    Raises `InputError` where there is no git, no repository or no such revision.
    """

    def __init__(self, folder: Path, since: str) -> None:
        top = Path(os.path.realpath(_line(_git(folder, "rev-parse", "--show-toplevel"))))
        commit = _commit(folder, since)
        # Renames are told as deleted and new, so that the story a file has left is looked at as well.
        tracked = _git(
            folder,
            "diff",
            "--name-only",
            "-z",
            "--no-renames",
            "--no-relative",
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules=none",
            "--end-of-options",
            commit,
            "--",
            ".",
        )
        # Also what git is told to ignore: nobody knows whether that has changed.
        untracked = _git(folder, "ls-files", "--others", "--full-name", "-z", "--", ".")
        names = [os.fsdecode(name) for name in (tracked + untracked).split(b"\0") if name]
        paths = {top / name for name in names}
        self._hidden = {path for path in paths if path.name.startswith(".")}
        self._paths = paths - self._hidden
        self._holders = {holder for path in self._paths for holder in path.parents}
        self._hidden_holders = {holder for path in self._hidden for holder in path.parents}

    def touch(self, folder: Path) -> bool:
        """Whether something in the folder has changed, or a folder above it that git tells of only as a whole."""
        real = Path(os.path.realpath(folder))
        return real in self._holders or any(one in self._paths for one in (real, *real.parents))

    def touch_hidden(self, folder: Path) -> bool:
        """Whether a file in the folder has changed whose name hides it: a change only to a story that lists it."""
        return Path(os.path.realpath(folder)) in self._hidden_holders

    def hold(self, file: Path) -> bool:
        """Whether a file has changed, hidden or not."""
        real = Path(os.path.realpath(file))
        return real in self._paths or real in self._hidden


def _commit(folder: Path, since: str) -> str:
    """The revision as git's own hash, so that no name of it can be taken for an option or a path."""
    ran = _run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
    if ran.returncode:
        raise InputError(
            f"git knows no revision {since!r}",
            "name a commit, a branch or a tag; a shallow clone must fetch it first",
        )
    return _line(ran.stdout)


def _git(folder: Path, *arguments: str) -> bytes:
    ran = _run(folder, *arguments)
    if ran.returncode:
        said = " ".join(ran.stderr.decode(errors="replace").split())
        raise InputError(
            f"{folder}: git cannot say what has changed ({said[:300]})",
            "run it inside a git repository, or without --changed-since",
        )
    return ran.stdout


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", "-C", str(folder), "-c", "core.fsmonitor=false", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env={**_surroundings(), "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
        )
    except FileNotFoundError as fault:
        raise InputError("git is not installed", "install it, or run without --changed-since") from fault
    except ValueError as fault:
        raise InputError(f"git cannot be asked about that revision ({fault})", "name a commit or branch") from fault


def _surroundings() -> dict[str, str]:
    """The environment without what a hook says of its own repository: the folder says which one is meant."""
    return {name: value for name, value in os.environ.items() if name not in _HOOK}


_HOOK = frozenset(
    f"GIT_{name}" for name in "DIR WORK_TREE INDEX_FILE PREFIX COMMON_DIR NAMESPACE OBJECT_DIRECTORY".split()
)


def _line(output: bytes) -> str:
    return os.fsdecode(output.removesuffix(b"\n"))
