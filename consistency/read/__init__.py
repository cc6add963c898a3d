"""The reading room: a file, a page or JSON records become Articles; whatever cannot be read says why."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath

from consistency.read import html, jsonl, text
from consistency.read._decode import decode
from consistency.read._extract import LONGEST_FILE, LONGEST_PAGE, LONGEST_TEXT, Extract
from consistency.read._foreign import Foreign, foreign
from consistency.read._language import is_english
from consistency.read._traced import Traced, normalise
from consistency.records import Article, Reading, Role, Unread

__all__ = ["article_of", "from_text", "plain", "read"]

STDIN = "-"
_EXTRACT: Mapping[str, Callable[[str, str], Extract | None]] = {"text": text.extract, "html": html.extract}
_LONGEST = {"text": LONGEST_TEXT, "html": LONGEST_PAGE}
_SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".html": "html", ".htm": "html", ".xhtml": "html"}
_NO_RECORD = Foreign("shape", "looks like JSON, but its first object is no record", jsonl.KEEP_REMEDY)
_SPLIT = "Split it into one file an article, or check that it is the file you meant."


def read(name: str, *, role: Role, single: bool, stdin: bytes | None = None) -> Reading:
    """The articles of one input. Bad input is an `Unread` in the reading, never an exception.

    `name` is a path, or "-" for the bytes in `stdin`. With `single` a file of JSON records must hold
    exactly one; without it every record is an article. An article's id is `name`, or
    `name#id` for a record.
    """
    data = (stdin or b"") if name == STDIN else _load(name)
    if isinstance(data, Unread):
        return Reading(unread=(data,))
    if not data.strip():
        return _unread(name, "empty", "holds nothing", "Give a file with the text of an article.")
    decoded = decode(data)
    if decoded is None:
        return _unread(
            name,
            "unreadable",
            "is not text (binary, or mostly control characters)",
            "Give plain text, HTML or JSON lines; save other formats as one of these first.",
        )
    shape = _format(name, decoded)
    if shape == "jsonl":
        return _records(name, decoded, role, single)
    other = _NO_RECORD if shape == "text" and jsonl.looks_like_json(decoded) else foreign(decoded)
    if other is not None:
        return _unread(name, other.code, other.what, other.remedy)
    base = Article(id=name, text="", source=name, role=role, lines=_lines(decoded))
    article = article_of(base, shape, decoded)
    return Reading((article,)) if isinstance(article, Article) else Reading(unread=(article,))


def from_text(source: str, *, id: str, role: Role = "copy", published: str | None = None) -> Article | Unread:
    """An article from plain text in memory, cleaned as a file would be; `id` is its source too."""
    return article_of(Article(id=id, text="", source=id, role=role, published=published), "text", source)


def plain(text: str) -> str:
    """`text` with newlines, blanks and what nobody sees made plain as in every article; nothing else of it changes."""
    return normalise(Traced.of(text)).text


def _load(name: str) -> bytes | Unread:
    path = Path(name)
    try:
        if path.is_dir():
            return Unread(
                name,
                "unreadable",
                f"{name} is a folder where a file is expected.",
                "Name its files, or check the folder by itself: consistency check FOLDER.",
            )
        with path.open("rb") as file:
            data = file.read(LONGEST_FILE + 1)
    except FileNotFoundError:
        return Unread(name, "missing", f"{name} does not exist.", "Check the path; it is read from the current folder.")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Unread(name, "unreadable", f"{name} cannot be opened: {reason}.", "Check the name and the permissions.")
    if len(data) > LONGEST_FILE:
        megabytes = LONGEST_FILE // 1_000_000
        return Unread(name, "shape", f"{name} is longer than {megabytes} MB.", _SPLIT)
    return data


def _format(name: str, decoded: str) -> str:
    """The key of the reader: by suffix, then by what the text begins with."""
    known = _SUFFIXES.get(PurePath(name).suffix.lower())
    if known is not None:
        return known
    if name == STDIN and decoded.lstrip().startswith("{"):
        return "jsonl"
    if jsonl.looks_like_json(decoded) and jsonl.holds_records(decoded):
        return "jsonl"
    return "html" if html.looks_like_html(decoded) else "text"


def _records(name: str, decoded: str, role: Role, single: bool) -> Reading:
    articles: list[Article] = []
    unread: list[Unread] = []
    found = list(jsonl.records(name, decoded))
    if single and len(found) != 1:
        return _unread(
            name,
            "shape",
            f"holds {len(found)} records where one article is expected",
            "Give a file with exactly one record as the reference.",
        )
    if not found:
        return _unread(name, "empty", "holds no record", jsonl.KEEP_REMEDY)
    for one in found:
        if isinstance(one, Unread):
            unread.append(one)
            continue
        record = one.record
        shape = "html" if record.text is None else "text"
        base = Article(
            id=f"{name}#{one.id}",
            text="",
            source=name,
            role=role,
            title=record.title or "",
            url=record.url or "",
            published=record.published,
            line=one.line,
        )
        made = article_of(base, shape, record.text or record.html or "", f"{name}, line {one.line}")
        if isinstance(made, Article):
            articles.append(made)
        else:
            unread.append(made)
    return Reading(tuple(articles), tuple(unread))


def article_of(base: Article, shape: str, source: str, where: str = "") -> Article | Unread:
    """`base` with the text of `source`, whose `shape` is "text" or "html"; title, url and date known already, stay.

    What is called text and begins as a page does is read as one, so that its tags are never compared.
    `where` names the place in messages, in place of the article's source.
    """
    where = where or base.source
    if shape == "text" and html.looks_like_html(source):
        marked_up = article_of(base, "html", source, where)
        if isinstance(marked_up, Article):  # else too little of it is markup, or of its text an article
            return marked_up
    longest = _LONGEST[shape]
    if len(source) > longest:
        return Unread(base.source, "shape", f"{where} is longer than {longest:,} characters.", _SPLIT)
    extract = _EXTRACT[shape](source, base.title)
    if extract is None or not extract.body.text.strip():
        what = {"text": "holds no text", "html": "is a page without an article"}[shape]
        return Unread(base.source, "empty", f"{where} {what}.", "Give a file with the text of an article.")
    body = extract.body
    if len(body.text) > LONGEST_TEXT:
        return Unread(base.source, "shape", f"{where} is longer than {LONGEST_TEXT:,} characters.", _SPLIT)
    if not is_english(body.text):
        return Unread(
            base.source,
            "language",
            f"{where} is not in English.",
            "Only English can be checked; give an English version of the article.",
        )
    return Article(
        id=base.id,
        text=body.text,
        source=base.source,
        role=base.role,
        title=base.title or extract.title,
        url=base.url or extract.url,
        published=base.published or extract.published,
        offsets=body.offsets,
        headline=extract.headline,
        removed=extract.removed,
        lines=base.lines,
        line=base.line,
    )


_ENDED = re.compile(r"\r\n|\r|\n")


def _lines(source: str) -> tuple[int, ...]:
    """Where its lines begin, as an editor counts them."""
    return (0, *(found.end() for found in _ENDED.finditer(source)))


def _unread(name: str, code: str, what: str, remedy: str) -> Reading:
    return Reading(unread=(Unread(name, code, f"{name} {what}.", remedy),))  # type: ignore[arg-type]
