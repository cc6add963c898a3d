"""Scores that were paid for once: in memory, and in a file that runs share."""

from __future__ import annotations

from pathlib import Path

from consistency.cache._cache import BOUND, TIMEOUT, Cache
from consistency.cache._file import FILE
from consistency.cache._key import ENCODING, Model, pair_digest
from consistency.cache._scorer import CachedScorer, Counts, Keeper
from consistency.cache._table import Table, transaction
from consistency.cache._upkeep import EXPORTS, Cleared, Entry, Info, Used, clear, info
from consistency.errors import ConfigError
from consistency.places import folder

__all__ = [
    "BOUND",
    "ENCODING",
    "EXPORTS",
    "FILE",
    "Cache",
    "CachedScorer",
    "Cleared",
    "Counts",
    "Entry",
    "Info",
    "Keeper",
    "Model",
    "Table",
    "Used",
    "clear",
    "info",
    "open_cache",
    "pair_digest",
    "transaction",
]


def open_cache(path: Path | None = None, *, bound: int = BOUND, timeout: float = TIMEOUT) -> Cache:
    """The cache in that file, or in the user's. Never raises: `notice` says what is wrong, and nothing is kept then."""
    if path is None:
        try:
            path = folder() / FILE
        except ConfigError as fault:
            return Cache(None, notice=f"no scores are kept: {fault}; {fault.remedy}")
    return Cache(path, bound=bound, timeout=timeout)
