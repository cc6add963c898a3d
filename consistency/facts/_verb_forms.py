"""The lists of words that hedges and tenses are read by: irregular verbs, and any list of the package by its rows."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


def rows(name: str) -> list[list[str]]:
    """The rows of a list in `data`, split at tabs, without its comments."""
    text = files(__package__).joinpath("data", f"{name}.tsv").read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


@lru_cache(maxsize=1)
def irregular() -> dict[str, str]:
    """The base of every past and participle that no rule leads to."""
    return {form: row[0] for row in rows("irregular_verbs") for form in row[1:]}


@lru_cache(maxsize=1)
def pasts() -> frozenset[str]:
    """The irregular pasts and participles."""
    return frozenset(irregular())


@lru_cache(maxsize=1)
def bases() -> frozenset[str]:
    """The bases of irregular verbs."""
    return frozenset(row[0] for row in rows("irregular_verbs"))
