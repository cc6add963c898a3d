"""Story folders written for a test, which of them are found, and git for a repository of them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from consistency.read.stories import find


def write(root: Path, *files: str, text: str = "x") -> Path:
    for file in files:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def ids(root: Path, **more: object) -> list[str]:
    return [Path(one.id).relative_to(root).as_posix() for one in find(root, **more).folders]  # type: ignore[arg-type]


def git(folder: Path, *arguments: str) -> None:
    identity = {"GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t", "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t"}
    environment = {**os.environ, **identity, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, env=environment)
