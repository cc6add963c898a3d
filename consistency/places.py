"""Where on this machine things are kept that can be made again: scores and exported models."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from consistency.errors import ConfigError

NAME = "consistency"
VARIABLE = "CONSISTENCY_CACHE"


def folder() -> Path:
    """The cache folder, absolute; it need not exist.

    `$CONSISTENCY_CACHE`, else `$XDG_CACHE_HOME/consistency`, else the system's usual place for caches: on macOS
    `~/Library/Caches/consistency`, on Windows `%LOCALAPPDATA%\\consistency\\Cache`, elsewhere `~/.cache/consistency`.
    Raises `ConfigError` where nothing of that is known.
    """
    own = os.environ.get(VARIABLE)
    if own:
        return Path(os.path.abspath(os.path.expanduser(own)))
    shared = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(shared):  # a relative one is to be ignored, says its specification
        return Path(shared) / NAME
    local = os.environ.get("LOCALAPPDATA", "")
    if sys.platform == "win32" and os.path.isabs(local):
        return Path(local) / NAME / "Cache"
    home = os.path.expanduser("~")
    if not os.path.isabs(home):
        raise ConfigError("there is no home folder to keep a cache in", f"name a folder in ${VARIABLE}")
    return Path(home) / ("Library/Caches" if sys.platform == "darwin" else ".cache") / NAME
