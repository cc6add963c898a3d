"""A page's tree made ready for trafilatura, which drops menus late and some words of an article silently."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from consistency.read._visible import BLOCKS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLANKS = re.compile(r"[\s\x00-\x1f\ufffe\uffff]+")
_PREFORMATTED = frozenset({"pre", "script", "textarea"})
_WORD = re.compile(r"\w")
_STOPPED = re.compile(r"""[.!?…]["'”’»)\]\s]*$""")
_SPOKEN = frozenset({"time", "label", "output", "data"})
"""Elements that may hold words of a sentence, and are cut out with them."""
_STAMPED = re.compile(r"\s*(?:[^\W_a-z]|[-–—:|•·])")
"""How a line goes on after the stamp that it begins with: as a sentence of its own, or after a mark."""
_GONE = "gone"
"""What an element is renamed to whose tags alone go: all such at once, for one by one takes long on a hostile page."""
_HOLDERS = frozenset({"article", "blockquote", "body", "div", "main", "section", "td"})
"""What paragraphs stand in, and text beside them."""
_BOXES = frozenset({"div", "section", "header", "footer", "h1", "h2", "h3", "h4", "h5", "h6"})
_ENDS = frozenset({"br", "hr"})
_FEW_WORDS = 7
_LONGEST_BYLINE = 200


def plain(tree: HtmlElement) -> None:
    """Cut menus, which trafilatura falls back on where there is no article, fold line breaks, keep what it would lose.

    A line break in the source would come out of trafilatura as the end of a paragraph.
    """
    from lxml import etree

    _drop_hidden(tree)
    for node in list(tree.iter("nav")):
        if node.getparent() is not None and not node.xpath("boolean(.//h1 | .//p)"):
            node.drop_tree()
    for node in tree.iter(tag=etree.Element):
        if node.text and node.tag not in _PREFORMATTED:
            node.text = _BLANKS.sub(" ", node.text)
        if node.tail:
            node.tail = _BLANKS.sub(" ", node.tail)
    _keep_spoken(tree)
    _keep_after_empty(tree)
    etree.strip_tags(tree, _GONE)


def _drop_hidden(tree: HtmlElement) -> None:
    """Cut out what carries the attribute `hidden`, which no browser shows; never a box with the article itself."""
    kept: set[HtmlElement] = set()
    for node in tree.xpath("//h1 | //article | //main | //body | //*[@itemprop='articleBody']"):
        above = node
        while above is not None and above not in kept:
            kept.add(above)
            above = above.getparent()
    for node in tree.xpath("//*[@hidden]"):
        if node not in kept and node.get("hidden").strip().lower() != "until-found" and node.getparent() is not None:
            node.drop_tree()


class _Line:
    """The words between two ends of a line: whether some stand outside the elements that are cut out with theirs."""

    def __init__(self) -> None:
        self.spoken: list[HtmlElement] = []
        self._depth = 0
        self._said = self._stopped = False

    def enter(self, node: HtmlElement) -> None:
        self.spoken.append(node)
        self._depth += 1

    def leave(self) -> None:
        self._depth -= 1

    def add(self, text: str | None) -> None:
        if not text or text.isspace():
            return
        if not self._depth and not self._said and _STAMPED.match(text):
            self.spoken = []
        self._said = self._said or (not self._depth and bool(_WORD.search(text)))
        self._stopped = not self._depth and bool(_STOPPED.search(text[-40:]))

    def end(self) -> None:
        if self._said and self._stopped:
            for node in self.spoken:
                node.tag = _GONE
        self.spoken = []
        self._said = self._stopped = False


def _keep_spoken(tree: HtmlElement) -> None:
    """Take the tags off times and labels within a sentence. A byline's date and the hour before an entry stay apart."""
    from lxml import etree

    line = _Line()
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        if not isinstance(tag, str):
            continue
        if tag in BLOCKS:
            line.end()
        if event == "end":
            if tag in _SPOKEN or tag == _GONE:
                line.leave()
            line.add(node.tail)
        elif tag in ("script", "style"):
            walk.skip_subtree()
        else:
            if tag in _SPOKEN:
                line.enter(node)
            line.add(node.text)
    line.end()


def _keep_after_empty(tree: HtmlElement) -> None:
    """Keep what follows an element without words, which trafilatura cuts out together with the empty element.

    Within a line its tags alone go. An empty block between paragraphs leaves its place to a paragraph of what follows,
    or to the rest of the paragraph that it broke in two. After a box or a heading, too, a sentence is a paragraph.
    """
    from lxml import etree
    from trafilatura.settings import CUT_EMPTY_ELEMS

    nodes = list(tree.iter(tag=etree.Element))
    worded = _worded(nodes)
    beside = {node.getparent() for node in nodes if node.tag == "p" and node in worded}
    gone: set[HtmlElement] = set()
    for node in nodes:
        parent = node.getparent()
        if node in worded:
            if node.tag in _BOXES and _has_words(node.tail) and parent in beside:
                _keep_sentence(node)
        elif node.tag in CUT_EMPTY_ELEMS:
            if node.tag not in BLOCKS or parent in gone:
                node.tag = _GONE
                gone.add(node)
            elif _has_words(node.tail):
                _keep_run(node, worded, beside)
                gone.add(node)


def _worded(nodes: Sequence[HtmlElement]) -> set[HtmlElement]:
    """The elements with words for readers in them; the nodes stand in the order of the page."""
    from trafilatura.settings import MANUALLY_CLEANED

    unread = frozenset(MANUALLY_CLEANED) - {"form"}
    worded: set[HtmlElement] = set()
    for node in reversed(nodes):
        if node.tag in unread:
            worded.discard(node)
        elif _has_words(node.text):
            worded.add(node)
        parent = node.getparent()
        if parent is not None and (node in worded or _has_words(node.tail)):
            worded.add(parent)
    return worded


def _keep_run(node: HtmlElement, worded: Collection[HtmlElement], beside: Collection[HtmlElement]) -> None:
    """The text after an empty block, with the elements within its line; beside paragraphs only what is a sentence."""
    from lxml import etree

    empty = []
    before = node.getprevious()
    while before is not None and before not in worded and not _has_words(before.tail):
        empty.append(before)
        before = before.getprevious()
    parent = node.getparent()
    goes_on = _has_words(parent.text) if before is None else before.tag not in BLOCKS or _has_words(before.tail)
    if goes_on or parent.tag not in _HOLDERS:
        for block in (node, *(inner for one in empty for inner in one.iter(etree.Element))):
            if block.tag in BLOCKS and block.tag not in _ENDS:
                block.tag = _GONE
        return
    rest = _rest(node)
    broken = before is not None and before.tag == "p" and _breaks_off(before)
    if not broken and parent in beside and not _STOPPED.search(_said(node, rest)[-40:]):
        return
    node.text, node.tail = f" {node.tail}", None
    node.extend(rest)
    if broken:
        before.append(node)
        node.tag = _GONE
    else:
        node.tag = "p"


def _keep_sentence(node: HtmlElement) -> None:
    """The text after a box beside paragraphs, where it ends as a sentence does; else it may be anything."""
    rest = _rest(node)
    text = _said(node, rest)
    before = node.getprevious()
    goes_on = before is not None and before.tag == "p" and _breaks_off(before)
    if node.getparent().tag in _HOLDERS and _STOPPED.search(text[-40:]) and (goes_on or _is_long(text)):
        paragraph = node.makeelement("p")
        paragraph.text, node.tail = node.tail, None
        paragraph.extend(rest)
        node.addnext(paragraph)


def _rest(node: HtmlElement) -> list[HtmlElement]:
    """The elements that follow in the line of its tail."""
    rest = []
    after = node.getnext()
    while after is not None and after.tag not in BLOCKS:
        rest.append(after)
        after = after.getnext()
    return rest


def _said(node: HtmlElement, rest: Sequence[HtmlElement]) -> str:
    return "".join([node.tail, *(f"{''.join(one.itertext())}{one.tail or ''}" for one in rest)])


def _breaks_off(paragraph: HtmlElement) -> bool:
    """Whether a paragraph stops in the middle of a sentence: longer than a byline, and no full stop at its end."""
    text, last = paragraph.text or "", paragraph
    # An element is not asked for its length, which lxml counts anew each time.
    while (last := next(last.iterchildren(reversed=True), None)) is not None:
        text = last.tail if _has_words(last.tail) else last.text or ""
        if _has_words(last.tail):
            break
    begin = "".join(text[:_LONGEST_BYLINE] for text in islice(paragraph.itertext(), 20))
    return not _STOPPED.search(text[-40:]) and _is_long(begin)


def _is_long(text: str) -> bool:
    return len(text.split(None, _FEW_WORDS)) > _FEW_WORDS


def _has_words(text: str | None) -> bool:
    return bool(text) and not text.isspace()  # type: ignore[union-attr]
