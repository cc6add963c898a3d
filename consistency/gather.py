"""Inputs to a story: what was given is read, and what was read gets a name of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec

from consistency.read import read, stories
from consistency.records import Article, Reading, Role, Story, Unread

Input: TypeAlias = str | Path | Article


class Gathered(msgspec.Struct, frozen=True):
    """A story as it was read: first the reference's reading, then its versions'. `id` "" = as its first file."""

    id: str
    readings: tuple[Reading, ...]


def gathered(folder: stories.Folder, role: Role) -> Gathered:
    """A story's folder as it was read; `role` is that of versions of which the folder says nothing."""
    parts = stories.parts(folder)
    readings = [_part(parts.original, "original")] if parts.original else [Reading()]
    readings += [_part(part, part.role or role) for part in parts.versions]
    return Gathered(folder.id, (*readings, Reading(unread=parts.unread)))


def _part(part: stories.Part, role: Role) -> Reading:
    """The article of a file with what its folder says of it; of JSON lines each."""
    reading = read(part.path, role=role, single=role == "original")
    articles = tuple(
        msgspec.structs.replace(
            article,
            version=part.version,
            published=part.published or article.published,
            url=part.url or article.url,
        )
        for article in reading.articles
    )
    return Reading(articles, reading.unread)


def reading(given: Input, role: Role, *, single: bool, stdin: bytes | None) -> Reading:
    """A file, standard input or an article as it was read; where it is `single`, no more than one article."""
    if isinstance(given, Article):
        return _given(given, role)
    return read(str(given), role=role, single=single, stdin=stdin)


def _given(article: Article, role: Role) -> Reading:
    """An article made in memory; as a version it stays an independent report where it says that it is one."""
    if not article.text.strip():
        name = article.source or article.id
        return Reading(unread=(Unread(name, "empty", f"{name} holds no text.", "Give an article with a text."),))
    if role == "copy" and article.role == "report":
        return Reading((article,))
    return Reading((msgspec.structs.replace(article, role=role),))


def story_of(given: Gathered) -> tuple[Story, tuple[Unread, ...]]:
    """The story, and what could not be read of it; without a reference it holds no article."""
    unread = [entry for one in given.readings for entry in one.unread]
    heads = given.readings[0].articles
    rest = [article for one in given.readings[1:] for article in one.articles]
    if not heads:
        unread += [_no_reference(article) for article in rest]
        rest = []
    return _named([*heads, *rest], given.id), tuple(unread)


def _named(articles: Sequence[Article], name: str = "") -> Story:
    """Article ids made unique: the same file given twice is two articles."""
    taken = {article.id for article in articles}
    copies: dict[str, int] = {}
    unique = []
    for article in articles:
        own, number = article.id, copies.get(article.id, 0) + 1
        while number > 1 and (own := f"{article.id} ({number})") in taken:
            number += 1
        copies[article.id] = number
        taken.add(own)
        unique.append(msgspec.structs.replace(article, id=own))
    first = unique[0].source or unique[0].id if unique else ""
    return Story(name or first, tuple(unique), unique[0].id if unique else "")


def _no_reference(article: Article) -> Unread:
    return Unread(
        article.source or article.id,
        "missing",
        f"{article.id} was not compared: there is no reference to hold it against.",
        "Mend the reference and run again.",
    )
