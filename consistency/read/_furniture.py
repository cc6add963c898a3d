"""Page furniture in scraped plain text: what it looks like, and why it is no part of the article.

Every rule works on whole lines (a glued comment link at the end of one excepted) and asks for a shape
that a sentence of an article does not have. In doubt the line stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from consistency.read._traced import Joiner, Traced, gaps
from consistency.records import Removal, Span

_I = re.IGNORECASE
_LONGEST = 400
_LETTER = re.compile(r"[^\W_]")
_ENDED = re.compile(r"""[.!?…:;,]["'”’»)\]\s]*$""")
_STOPPED = re.compile(r"""[.!?…]["'”’»)\]\s]*$""")


class Phrase(NamedTuple):
    """A rule on a single line: `pattern` must match at its start and the line must not be a sentence."""

    rule: str
    reason: str
    pattern: re.Pattern[str]


PHRASES = (
    Phrase(
        "separator",
        "a line of marks without a letter or digit divides a page and says nothing",
        re.compile(r"[^\w]+$|_+$"),
    ),
    Phrase(
        "comment-form",
        "the form under an article that invites comments",
        re.compile(
            r"(?:leave a (?:comment|reply)(?: cancel reply)?|post a comment|add a comment|cancel reply"
            r"|(?:no |\d+ )?comments?(?: are closed)?|your email address will not be published.*"
            r"|required fields are marked.*|save my name, email,? and website in this browser.*"
            r"|(?:name|email|website|comment) ?\*|you must be logged in to (?:post a )?comment"
            r"|log in to leave a comment)[\s.*:]*$",
            _I,
        ),
    ),
    Phrase(
        "related-link",
        "a link to another story, set between the paragraphs of this one",
        re.compile(
            r"(?:(?:also|related|must|next|read|see|watch) (?:read|see|watch|also|more|next|stor(?:y|ies)|articles?|"
            r"news|posts?|coverage|now)|do(?:n[’']t| not) miss|related|read|watch)\s?[|:»›](?!.*[.!]\s*$).*"
            r"|(?:related (?:posts?|articles?|stories|news|topics|content|coverage)|recommended(?: for you)?"
            r"|you (?:may|might) also like|read (?:also|more|next)|see also|more stories|trending now|most read)"
            r"[\s:]*$",
            _I,
        ),
    ),
    Phrase(
        "full-article-link",
        "a link of the copy to the page it was copied from",
        re.compile(
            r"(?:click here|tap here) (?:to|for) (?:(?:read|view|see|get|watch|visit|find)\s)?"
            r"(?:the |our |this |more\b|full |original |entire |complete ).*"
            r"|(?:read|view|see|continue reading) (?:the |this )?(?:full|original|entire|complete) "
            r"(?:original )?(?:article|story|post|report)\b(?!.*[.!]\s*$).*"
            r"|continue reading[\s.…→»]*$"
            r"|the post .* (?:first appeared on|appeared first on) .*"
            r"|this (?:article|story|post) (?:was )?(?:originally|first) (?:appeared|published|ran)\b.*",
            _I,
        ),
    ),
    Phrase(
        "copyright",
        "a notice of who owns the page",
        re.compile(
            r"copyright\s*(?:©|\(c\))?\s*(?:19|20)\d\d\b.*|(?:copyright\s*)?(?:©|\(c\)\s*(?=19|20)).*"
            r"|all rights reserved\b.*|this material may not be published, broadcast.*",
            _I,
        ),
    ),
    Phrase(
        "share-bar",
        "buttons and advertising labels that stand between the paragraphs",
        re.compile(
            r"(?:share(?: this(?: article| story| post)?| on (?:facebook|twitter|x|whatsapp|linkedin))?|tweet|print"
            r"|click to (?:share|email|print)\b[^.]*|story continues below(?: advertisement)?"
            r"|article continues (?:below|after)(?: (?:this )?ad(?:vertisement)?)?|advertisements?"
            r"|sponsored(?: content)?"
            r"|(?:sign up|subscribe) (?:to|for) (?:our|the|your) [^.]*newsletters?\b[^.]*"
            r"|subscribe (?:now |today )?to (?:continue|keep) reading"
            r"|already (?:a (?:subscriber|member)|subscribed)\?(?: (?:log|sign) in(?: here)?)?"
            r"|follow us on [^.]*|skip to (?:main )?content)[\s:.|]*$",
            _I,
        ),
    ),
    Phrase(
        "post-stamp",
        "a stamp of the publishing system: who posted the page, when, where",
        re.compile(
            r"(?:posted|published) by:? [^.!?]{1,80}$|(?:posted|published) on:? [^.!?]{0,40}\d[^.!?]{0,40}$"
            r"|(?:filed under|posted in):? [^.!?]{1,80}$"
            r"|(?:last )?updated:? [^.!?]{0,30}\d[^!?]{0,30}$|\d{1,2} min(?:ute)?s? read$",
            _I,
        ),
    ),
)
_GLUED = re.compile(r"(?<=[.!?…”»\"])[ \t]*(leave a (?:comment|reply)(?: cancel reply)?)[ \t]*$", _I)
_GLUED_REASON = "the link to the comment form, glued to the end of a line"
_SECTIONS_LIST = """
africa, america, americas, asia, asia pacific, australia, breaking, breaking news, business, business news,
china, culture, economy, entertainment, europe, featured, finance, headlines, health, home, home page,
india, international, international news, latest, latest news, local, local news, markets, middle east,
money, national, national news, news, opinion, political news, politics, science, sport, sports, tech,
technology, top news, top stories, u.s., u.s. news, uk, uk news, uncategorized, us, us news, video, world,
world news
"""
_SECTIONS = frozenset(" ".join(name.split()) for name in _SECTIONS_LIST.split(","))
_JOB_LABEL = re.compile(
    r"(?:job (?:title|type|description|location|id)|position|vacancy|employer|company|location|salary|pay|"
    r"employment type|contract(?: type)?|experience|qualifications?|closing date|deadline|hours)\s?:\s?\S.*$",
    _I,
)
_JOB_SIGN = re.compile(
    r"job (?:title|type|description|location|id)\s?:|salary\s?:|employment type\s?:"
    r"|(?:apply (?:now|here|online|today)|view all jobs|we(?: a|[’'])re hiring|now hiring|job vacancy)[\s!:.]*$",
    _I,
)
_DATE_LINE = re.compile(r"(?:[A-Z][a-z]{2,8}\.? )?\d{1,2}(?:,| [A-Z][a-z]{2,8}\.?)? ?(?:19|20)\d\d$")


class Line(NamedTuple):
    """A line that holds something: its place in the text without the blanks around it, and its key."""

    span: Span
    text: str
    key: str

    @property
    def is_sentence(self) -> bool:
        return bool(_STOPPED.search(self.text[-40:])) and len(self.text.split(None, 8)) > 7


class Cut(NamedTuple):
    rule: str
    reason: str
    span: Span


class Clean(NamedTuple):
    """The text without its furniture, its headline first: how many characters that is, and what was removed."""

    body: Traced
    title: str
    headline: int
    removed: tuple[Removal, ...]


def clean(text: Traced, title: Traced) -> Clean:
    """Remove furniture, and put the headline above the text: the one that stands there, else `title`, may it be empty.

    Text that would be nothing but furniture is left as it is.
    """
    lines = list(_lines(text.text))
    cuts: dict[int, Cut] = {}
    top = _top(text.text, lines, title.text, cuts)
    for find in (_phrases, _jobs, _cards):
        for at, cut in list(find(lines, cuts)):
            cuts.setdefault(at, cut)
    found = sorted(cuts.values(), key=lambda cut: cut.span)
    kept = gaps((cut.span for cut in found), len(text.text))
    if not any(_LETTER.search(text.text, span.start, span.end) for span in kept):
        return Clean(text, title.text, 0, ())
    removed = tuple(
        Removal(cut.rule, cut.reason, text.text[cut.span.start : cut.span.end], text.to_source(cut.span))
        for cut in found
        if cut is not top
    )
    body = _tidy(text.drop(cut.span for cut in found))
    above = text.keep([top.span]) if top else title
    if not _LETTER.search(above.text):
        return Clean(body, title.text, 0, removed)
    return Clean(_under(above, body), title.text or above.text, len(above.text), removed)


def _under(headline: Traced, body: Traced) -> Traced:
    joined = Joiner()
    headline.copy(Span(0, len(headline.text)), joined)
    joined.add("\n\n")
    body.copy(Span(0, len(body.text)), joined)
    return joined.done()


_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


def _tidy(text: Traced) -> Traced:
    """Drop the blank lines that a cut left behind, and the blanks around the whole."""
    spans: list[Span] = []
    whole = text.text
    start, end = len(whole) - len(whole.lstrip()), len(whole.rstrip())
    for blank in _BLANK_LINES.finditer(whole, start, end):
        if blank.group() != "\n\n":
            spans.append(Span(blank.start(), blank.end()))
    kept = list(gaps([Span(0, start), *spans, Span(max(start, end), len(whole))], len(whole)))
    return text.keep(kept, "\n\n")


def _lines(text: str) -> Iterator[Line]:
    at = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = at + len(raw) - len(raw.lstrip())
            key = " ".join(stripped.casefold().split()) if len(stripped) <= _LONGEST else ""
            yield Line(Span(start, start + len(stripped)), stripped, key)
        at += len(raw) + 1


def _top(text: str, lines: list[Line], title: str, cuts: dict[int, Cut]) -> Cut | None:
    """Section label, headline and its repetitions at the top; returns the cut that sets the headline apart."""
    at = 0
    if lines and lines[0].key in _SECTIONS and len(lines) > 1:
        reason = "the name of the section the page stands in"
        cuts[0] = Cut("section-label", reason, lines[0].span)
        at = 1
    known = " ".join(title.casefold().split())
    if not known and not _is_headline(text, lines, at):
        cuts.pop(0, None)
        return None
    key = known or lines[at].key
    found = [number for number in range(at, min(at + 6, len(lines))) if lines[number].key == key]
    for number in found:
        cuts[number] = Cut("title-repeat", "the headline, which stands above already", lines[number].span)
    return cuts[found[0]] if found else None


def _is_headline(text: str, lines: list[Line], at: int) -> bool:
    """A short line that is no sentence, with a blank line under it and paragraphs that are sentences."""
    if not any(line.is_sentence for line in lines[at + 1 :]):
        return False
    line = lines[at].text
    if text.count("\n", lines[at].span.end, lines[at + 1].span.start) < 2:
        return False
    words = line.split()
    if len(words) > 16 or len(line) > 110 or words[0] == "By" or not _LETTER.search(line):
        return False
    if not _ENDED.search(line):
        return True
    long_words = [word for word in words if len(word) > 3]
    capitals = sum(word[0].isupper() for word in long_words)
    return line.endswith("?") and len(long_words) > 2 and capitals >= 0.75 * len(long_words)


def _phrases(lines: list[Line], cuts: Mapping[int, Cut]) -> Iterator[tuple[int, Cut]]:
    for at, line in enumerate(lines):
        if at in cuts:
            continue
        glued = _GLUED.search(line.text[-60:])
        if glued:
            start = line.span.end - len(line.text[-60:]) + glued.start(1)
            yield at, Cut("comment-form", _GLUED_REASON, Span(start, line.span.end))
        elif line.key:
            hit = next((phrase for phrase in PHRASES if phrase.pattern.match(line.text)), None)
            if hit is not None:
                yield at, Cut(hit.rule, hit.reason, line.span)


def _cards(lines: list[Line], cuts: Mapping[int, Cut]) -> Iterator[tuple[int, Cut]]:
    """Cards of other stories: the headline stands twice, one under the other.

    Where sentences follow, the first copy stays: it may be a heading of the article.
    """
    reason = "a card of another story: its headline stands twice in a row"
    last_sentence = next((at for at in reversed(range(len(lines))) if at not in cuts and lines[at].is_sentence), -1)
    for at, line in enumerate(lines[1:], start=1):
        twin = lines[at - 1]
        if not line.key or line.key != twin.key or _STOPPED.search(line.text) or len(line.text.split()) < 3:
            continue
        if at > last_sentence:
            yield at - 1, Cut("related-card", reason, twin.span)
            if at + 1 < len(lines) and _DATE_LINE.match(lines[at + 1].text):
                yield at + 1, Cut("related-card", "the date of a card of another story", lines[at + 1].span)
        yield at, Cut("related-card", reason, line.span)


def _jobs(lines: list[Line], cuts: Mapping[int, Cut]) -> Iterator[tuple[int, Cut]]:
    """Job advertisements: two labelled lines or more in a row, one of which speaks of a job."""
    reason = "a job advertisement that stands on the same page"
    run: list[int] = []
    for at in range(len(lines) + 1):
        if at < len(lines) and at not in cuts and _of_a_job(lines[at]):
            run.append(at)
            continue
        if len(run) > 1 and any(_JOB_SIGN.match(lines[number].text) for number in run):
            for number in run:
                yield number, Cut("job-ad", reason, lines[number].span)
        run = []


def _of_a_job(line: Line) -> bool:
    if not line.key:
        return False
    return bool(_JOB_LABEL.match(line.text) or _JOB_SIGN.match(line.text)) and not line.is_sentence
