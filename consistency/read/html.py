"""HTML: the article by trafilatura in precision mode, without comments, struck-out text and pull-quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from consistency.read._extract import Extract
from consistency.read._furniture import clean
from consistency.read._plain import plain
from consistency.read._struck import quoted, struck
from consistency.read._traced import Joiner, Traced, gaps
from consistency.read._visible import HIDDEN, Finder, Run, visible
from consistency.records import Removal, Span

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_BLOCK = re.compile(r"<(?:p|div|article|section|h1)\b[^<>]{0,500}>", re.I)
_COMMENT = re.compile(r"comments?(?:[-_].*)?|.*[-_]comments?|disqus.*|respond", re.I)
_COMMENT_TAGS = ("div", "section", "aside", "ol", "ul", "li", "form", "footer", "article")
_SHOWN = f".//text()[not({' or '.join(f'ancestor::{name}' for name in HIDDEN)})]"
_MARKS = re.compile(r"[\W_]+")
# XML takes no control characters, not even from an entity; a blank in their place keeps the offsets.
_CONTROLS = dict.fromkeys((*range(9), 11, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)), " ")
_SHINGLE = 5
_LONGEST_PULL = 80
_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='date' or @name='pubdate' or @name='publish-date' or @name='DC.date.issued']/@content",
    "//time[@itemprop='datePublished' or contains(@class, 'published')]/@datetime",
)
_ISO = re.compile(
    r"\s*((?:19|20)\d\d-[01]\d-[0-3]\d(?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?)\s*$"
)


class _Paragraph(NamedTuple):
    """A paragraph, and where it is visible: in one place, or in runs with boxes between that are no part of it."""

    text: str
    runs: tuple[Run, ...]

    @property
    def span(self) -> Span | None:
        return Span(self.runs[0].span.start, self.runs[-1].span.end) if self.runs else None


def looks_like_html(source: str) -> bool:
    """Whether a text is a page or a piece of one, by its beginning."""
    head = source[:4096]
    return bool(_PAGE.match(head)) or (head.lstrip().startswith("<") and bool(_BLOCK.search(head)))


def extract(source: str, title: str = "") -> Extract | None:
    """The article in an HTML page under its headline (`title`, where it is known from elsewhere), or None."""
    from lxml.etree import LxmlError

    blanked, removed = _strike(source.translate(_CONTROLS))
    marked = quoted(blanked)
    try:
        tree = _parse(marked.text)
    except (LxmlError, ValueError):
        return None
    if tree is None:
        return None
    published = _published(tree)
    seen = visible(marked)
    finder = Finder(seen)
    occupied: list[Span] = []
    for text, span in _drop_comments(tree, finder):
        told = " ".join(seen.text[span.start : span.end].split()) if span else text
        removed.append(Removal("comments", "what readers of the page wrote", told, _source(seen, span)))
        occupied.extend([span] if span else [])
    plain(tree)
    if _is_link_list(tree):
        return None
    document = _document(tree)
    if document is None or not (document.text or "").strip():
        return None
    finder.rewind()
    paragraphs = list(_paragraphs(document.text, finder))
    pulled = _pulled(paragraphs)
    body = _join(seen, [one for number, one in enumerate(paragraphs) if number not in pulled])
    title = " ".join((title or document.title or "").split())
    finder.rewind()
    headline = _Paragraph(title, finder.runs(title))
    cleaned = clean(body, _join(seen, [headline]))
    for number in sorted(pulled):
        reason = "a pull-quote or caption: its words stand in another paragraph"
        one = paragraphs[number]
        removed.append(Removal("pull-quote", reason, one.text, _source(seen, one.span)))
    removed.extend(cleaned.removed)
    read = [*paragraphs, headline] if cleaned.headline else paragraphs
    occupied.extend(run.span for one in read for run in one.runs)
    removed.extend(_page(seen, occupied))
    removed.sort(key=lambda one: one.source)
    return Extract(
        cleaned.body,
        title=title,
        headline=cleaned.headline,
        url=document.url or "",
        published=published or document.date,
        removed=tuple(removed),
    )


def _strike(source: str) -> tuple[str, list[Removal]]:
    """Blank struck-out text, offsets unchanged: it is what the article no longer says."""
    removed: list[Removal] = []
    runs: list[str] = []
    at = 0
    for inner in struck(source):
        runs += [source[at : inner.start], " " * len(inner)]
        at = inner.end
        text = " ".join(visible(Traced.of(source[inner.start : inner.end])).text.split())
        if text:
            removed.append(Removal("struck-out", "text the page shows as struck out", text, inner))
    runs.append(source[at:])
    return "".join(runs), removed


def _parse(source: str) -> HtmlElement | None:
    from lxml import html

    if not source.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    tree: HtmlElement = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    return tree


def _source(seen: Traced, span: Span | None) -> Span:
    """The source of a span of the visible text; empty where the text was not found again."""
    return seen.to_source(span) if span else Span(0, 0)


def _drop_comments(tree: HtmlElement, finder: Finder) -> Iterator[tuple[str, Span | None]]:
    """Cut comment sections out of the tree; their text and where it is visible."""
    gone: set[HtmlElement] = set()
    for node in list(tree.iter(*_COMMENT_TAGS)):
        if node in gone:
            continue
        names = [*(node.get("class") or "").split(), *(node.get("id") or "").split()]
        if not any(_COMMENT.fullmatch(name) for name in names[:20] if len(name) < 100):
            continue
        if node.getparent() is None or node.xpath("boolean(.//h1 | .//*[@itemprop='articleBody'])"):
            continue
        text = " ".join("".join(node.xpath(_SHOWN)).split())
        gone.update(node.iter(*_COMMENT_TAGS))  # a comment within the section is told with it
        node.drop_tree()
        if text:
            yield text, finder.find(text)


def _is_link_list(tree: HtmlElement) -> bool:
    """A page of links alone: a menu, a front page, a list of results."""
    linked = sum(len("".join(link.itertext()).split()) for link in tree.iter("a"))
    if not linked:
        return False
    texts = tree.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]")
    return linked >= 0.9 * sum(len(text.split()) for text in texts)


def _document(tree: HtmlElement) -> Any:
    from trafilatura import bare_extraction

    return bare_extraction(
        tree,
        favor_precision=True,
        include_comments=False,
        include_formatting=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


_ITEM = re.compile(r"\s*- (?=.*\w)")
_RULE = re.compile(r"\|(?:-{3}\|)+\s*$")
_BAR = re.compile(r"(?<!\\)\|")


def _paragraphs(text: str, finder: Finder) -> Iterator[_Paragraph]:
    """The lines of trafilatura's text without the marks that it puts at items of a list and between cells."""
    for line in text.split("\n"):
        if not line.strip() or _RULE.match(line):
            continue
        item = _ITEM.match(line)
        if item:
            # A dash that the page itself shows is part of the line.
            words = line[item.end() :]
            yield _Paragraph(words, finder.runs(words, also="-"))
        elif line.startswith("|") and line.rstrip().endswith("|"):
            words = " ".join(cell.replace("\\|", "|").strip() for cell in _BAR.split(line)).strip()
            if words:
                runs = finder.runs(words)
                yield _Paragraph(words, runs) if runs else _Paragraph(line, finder.runs(line))
        else:
            yield _Paragraph(line, finder.runs(line))


def _pulled(paragraphs: list[_Paragraph]) -> set[int]:
    """Numbers of paragraphs whose words, marks apart, stand in a longer paragraph or an earlier equal one."""
    packed = [_MARKS.sub(" ", one.text.casefold()).split() for one in paragraphs]
    where: dict[tuple[str, ...], list[int]] = {}
    for number, words in enumerate(packed):
        for at in range(len(words) - _SHINGLE + 1):
            places = where.setdefault(tuple(words[at : at + _SHINGLE]), [])
            if len(places) < 8 and number not in places:
                places.append(number)
    pulled: set[int] = set()
    for number, words in enumerate(packed):
        if not _SHINGLE <= len(words) <= _LONGEST_PULL:
            continue
        needle = f" {' '.join(words)} "
        for other in where[tuple(words[:_SHINGLE])]:
            longer = len(packed[other]) > len(words) or other < number
            if other != number and longer and needle in f" {' '.join(packed[other])} ":
                pulled.add(number)
    return pulled


_WORDS = re.compile(r"\S+(?: \S+)*")


def _join(seen: Traced, paragraphs: list[_Paragraph]) -> Traced:
    """The paragraphs in order, blanks folded, each character in its place in the source."""
    joined = Joiner()
    for number, one in enumerate(paragraphs):
        if number:
            joined.add("\n\n")
        if not one.runs:
            joined.add(" ".join(one.text.split()))
        for run in one.runs:
            for at, words in enumerate(_WORDS.finditer(seen.text, run.span.start, run.span.end)):
                if at or run.apart:
                    joined.add(" ")
                seen.copy(Span(*words.span()), joined)
    return joined.done()


def _page(seen: Traced, occupied: list[Span]) -> Iterator[Removal]:
    """What the page shows around the article: menus, bylines, footers."""
    for gap in gaps(sorted(occupied), len(seen.text)):
        text = " ".join(seen.text[gap.start : gap.end].split())
        if text:
            reason = "shown by the page outside the article's body"
            yield Removal("page", reason, text, seen.to_source(gap))


def _published(tree: HtmlElement) -> str | None:
    """The publication time with its time zone, which trafilatura cuts to a day."""
    for path in _PUBLISHED:
        for value in tree.xpath(path)[:5]:
            found = _ISO.match(value)
            if found:
                return found.group(1)
    for script in tree.xpath("//script[@type='application/ld+json']/text()")[:20]:
        try:
            found = _ISO.match(_date_published(json.loads(script)))
        except (ValueError, RecursionError):
            continue
        if found:
            return found.group(1)
    return None


def _date_published(data: Any) -> str:
    """The first `datePublished` in JSON-LD, looked for in lists and graphs."""
    queue = [data]
    for node in queue:
        if len(queue) > 1_000:
            break
        if isinstance(node, list):
            queue.extend(node)
        elif isinstance(node, dict):
            value = node.get("datePublished")
            if isinstance(value, str):
                return value
            queue.extend(node.get("@graph") or [])
    return ""
