"""What a sentence weighs where it is dropped or added: notes that correct, denials, sources, figures.

Wordings are read narrowly, since a copy that leaves one of them out is warned of; only `may_deny` is read
widely, because it keeps such a warning back. Cost linear in the text.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple, TypeAlias

from consistency.facts._lists import word_set
from consistency.facts.date import dates
from consistency.facts.hedge import lemma
from consistency.facts.quantity import quantities
from consistency.facts.wording import FUNCTION_WORDS, canonical
from consistency.records import Span

Note: TypeAlias = Literal["", "correction note", "editor’s note"]

# Repeats are bounded: the text is untrusted.
_GAP = r"\s{1,3}"
_WORD = r"[\w’'-]{1,30}"
_FEW = rf"(?:{_WORD}{_GAP}){{0,4}}"
_PIECE = r"(?:article|story|report|post|piece|headline|caption|graphic|column|dispatch|item|page|chart|map|video)s?"

_LABEL: Final = re.compile(
    r"[\W_]{0,4}(?:an?\s)?(?:corrections?(?:\s(?:and|&)\sclarifications?)?|clarifications?)"
    r"(?:\s?\([^()\n]{1,40}\)|,?\s(?:on\s)?[^\W\d_]{3,9}\.?\s\d{1,2}(?:,\s\d{4})?)?\s?(?:[:—–]|-\s|\W{0,4}$)",
    re.IGNORECASE,
)
_CORRECTS: Final = re.compile(
    rf"\b(?:earlier|previous|prior|original|initial|first){_GAP}versions?{_GAP}of{_GAP}this{_GAP}(?:{_WORD}{_GAP})?{_PIECE}\b"
    rf"|\bthis{_GAP}(?:{_WORD}{_GAP})?{_PIECE}{_GAP}(?:has|have|was|is){_GAP}{_FEW}"
    rf"(?:corrected|amended|retracted|withdrawn|(?:updated|edited|changed|revised){_GAP}to{_GAP}"
    r"(?:correct|fix|amend|clarify|remove))\b"
    rf"|^[\W_]{{0,4}}(?:this{_GAP}(?:{_WORD}{_GAP})?{_PIECE}{_GAP})?corrects{_GAP}{_FEW}"
    r"(?:name|spelling|spell|title|date|day|year|figure|number|age|headline|paragraph|para|attribution|quote|typo)\b"
    rf"|\b(?:regrets?|apologi[sz]es?{_GAP}for){_GAP}(?:the|this|these|any){_GAP}(?:errors?|mistakes?)\b",
    re.IGNORECASE,
)
_EDITOR: Final = re.compile(rf"[\W_]{{0,4}}(?:editors?[’']?s?[’']?{_GAP}note\b|ed\.{_GAP}note\b)", re.IGNORECASE)

_BLAME = (
    r"(?:charges?|allegations?|accusations?|claims?|reports?|rumou?rs?|suggestions?|assertions?|speculation|suspicions?"
    r"|wrongdoing|involvement|responsibility|guilt|account|counts|offen[cs]es?|crimes?|links?|insinuations?)"
)
_NO_BLAME = r"(?:asylum|insurance|compensation|pay|wage|benefits?|damages|refugee|expenses|medical)"
_OF_BLAME = rf"(?!{_FEW}{_NO_BLAME}{_GAP}claims?\b){_FEW}{_BLAME}\b"
_FALSE = (
    r"(?:false|untrue|not\strue|baseless|unfounded|groundless|fabricated|fake|fiction|nonsense|wrong|a\slie|lies"
    r"|fabrication|a\ssmear|propaganda|slander|defamatory)"
)
_TOLD = (
    r"(?:said|says|saying|insists?|insisted|insisting|maintains?|maintained|stated|replied|responded|stressed|swore"
    rf"|testified|claims|claimed|told{_GAP}(?:{_WORD}{_GAP}){{0,2}}{_WORD})"
)
_WHO = r"(?:it|he|she|they|i|we)"
_OPEN = (
    r"(?:yet|known?|think|thought|believed?|expect(?:ed)?|want(?:ed)?|decided?|plan(?:ned)?|remember|see|seen|saw|heard?"
    r"|like|feel|felt|understand|understood|mind|care|need(?:ed)?|mean|meant|immediately|only|just|always|hope|worry|fear"
    r"|agree|agreed|regret|doubt|enough|recall|look|have{_GAP}(?:enough|time|any{_GAP}comment))"
).replace("{_GAP}", _GAP)

_DENIAL: Final = re.compile(
    rf"\b(?:den(?:y|ies|ied|ying)(?=(?:{_GAP}(?:by|that|it|this|having|being|doing|any|both|all{_GAP}of|{_OF_BLAME}))|\s?[.;,!]|\W{{0,4}}$)"
    rf"|(?:plead(?:s|ed|ing)?|pled){_GAP}(?:{_WORD}{_GAP})?not{_GAP}guilty"
    rf"|pleas?{_GAP}of{_GAP}not{_GAP}guilty"
    rf"|(?:maintain|profess|protest|proclaim|assert)(?:s|ed|ing)?{_GAP}(?:his|her|their|its|my|our){_GAP}innocence"
    rf"|(?:insist(?:s|ed)?|say|says|said|maintain(?:s|ed)?)(?:{_GAP}that)?{_GAP}(?:he|she|they){_GAP}(?:is|was|are|were){_GAP}innocent"
    rf"|(?:reject|dismiss|disput|refut|rebut|repudiat|contest)(?:t?ed|e?s|t?ing|e)?{_GAP}{_OF_BLAME}"
    rf"|(?:reject|dismiss|describ|denounc|condemn)(?:ed|e?s|ing){_GAP}(?:{_WORD}{_GAP}){{1,4}}as{_GAP}(?:{_WORD}{_GAP}){{0,2}}{_FALSE}\b"
    rf"|(?:called|calls|calling){_GAP}(?:{_WORD}{_GAP}){{1,6}}{_FALSE}\b"
    rf"|(?:is|are|was|were){_GAP}(?:[a-z]{{2,14}}ly{_GAP})?(?:untrue|not{_GAP}true|baseless|unfounded|groundless|fabricated)\b"
    rf"|(?:retract|recant|withdr[ae]w|disavow)(?:s|ed|ing|n)?{_GAP}{_FEW}"
    r"(?:statements?|stor(?:y|ies)|articles?|papers?|stud(?:y|ies)|reports?|claims?|accusations?|allegations?|charges?"
    r"|confessions?|testimony|remarks?|comments?|complaints?|denials?)\b"
    rf"|(?:was|were|been|be){_GAP}(?:{_WORD}{_GAP})?(?:retracted|recanted)"
    rf"|took{_GAP}back{_GAP}(?:his|her|their|the){_GAP}(?:words?|remarks?|comments?|statements?|accusations?)"
    rf"|(?P<open>{_TOLD}){_GAP}(?:that{_GAP})?{_WHO}{_GAP}(?:"
    rf"(?:(?:had|has|have|did|does|do){_GAP}not|(?:had|has|have|did|does|do)n[’']t|never|(?:had|has|have){_GAP}never){_GAP}(?!{_OPEN}\b)[a-z]"
    rf"|(?:(?:was|were|is|are){_GAP}not|(?:was|were|is|are)n[’']t|(?:was|were){_GAP}never|had{_GAP}not{_GAP}been){_GAP}"
    r"(?:involved|responsible|aware|guilty|behind|to\sblame|at\sfault|present|warned|informed|consulted|part\sof|linked|connected)"
    rf"|(?:had|has|have|played|bears?|bore){_GAP}no{_GAP}(?:role|part|knowledge|involvement|responsibility|links?|ties|connection|contact)\b))",
    re.IGNORECASE,
)
_UNDONE: Final = re.compile(
    rf"(?:\b(?:or|nor|not|never|nobody|cannot|neither|without|who|refus(?:ed|es)){_GAP}(?:to{_GAP})?|n[’']t{_GAP}|\bno{_GAP}one{_GAP})$",
    re.IGNORECASE,
)
_PASSIVE: Final = re.compile(
    rf"\b(?:is|are|was|were|be|been|being|got|getting){_GAP}(?:{_WORD}ly{_GAP})?$", re.IGNORECASE
)
_BY: Final = re.compile(rf"{_GAP}by\b", re.IGNORECASE)
_HINT: Final = re.compile(
    r"\b(?:den(?:y|ie[sd]|ying|ials?)|reject|dismiss|disput|refut|rebut|innocen|contest|recant|retract|withdr[ae]w|disavow"
    r"|false|untrue|baseless|unfounded|groundless|insist|refus|repudiat|brush|counter|defend|exonerat|clear|fabricat"
    r"|hit\sback|rebuff|shot\sdown|(?:not|no|never|none|nobody|neither|nor|cannot|without|unable|nothing|lies?|wrong)\b)"
    r"|n[’']t\b",
    re.IGNORECASE,
)
_ACCUSES: Final = re.compile(
    r"\b(?:accus|alleg|(?<!\bin\s)(?<!\btook\s)(?<!\btake\s)charge[sd]?\b(?!\s[\d$£€])"
    rf"|claim(?!(?:s|ed|ing)?{_GAP}(?:{_WORD}{_GAP}){{0,2}}(?:titles?|crown|victory|wins?|gold|silver|bronze|medals?|prizes?)\b)"
    r"|blam|suspect|suspicio|indict|convict|rumou?r|reportedly|prosecut|arrest|sued\b|suing|lawsuit|guilty|fraud|brib"
    r"|corrupt|embezzl|stole|steal|theft\b|wrongdoing|misconduct|illegal|unlawful|violat|cheat|scandal|murder|assault|abus"
    r"|harass|attack|shell(?:ed|ing)\b|bomb|poison|hack|sabotag|kidnap|abduct|tortur|massacre|atrocit"
    r"|(?<!\bclinical\s)(?<!\bdrug\s)(?<!\btime\s)trial\b|leak|plot(?!s?\sof\sland))",
    re.IGNORECASE,
)
_LETTERS: Final = re.compile(r"[^\W\d_]{3,40}")
_BLAMING: Final = re.compile(rf"{_BLAME}\Z", re.IGNORECASE)
_EMPTY: Final = FUNCTION_WORDS | word_set(
    "denied denies deny denying said says told that been being have having does would could they them their from ",
    "about with were what when where while then than there this these those into over under after before again ",
    "never ever only also any anything anybody anyone some something somebody someone such more most much many ",
    "other others not nor had did has she him his her hers you your our are all few own who whom why how can may ",
    "might will but too two one off out now yet called calls calling false untrue true baseless unfounded ",
    "groundless wrong rejected rejects rejecting dismissed guilty innocent innocence retracted recanted withdrew ",
    "withdrawn later earlier previous year years month months week weeks days time today yesterday monday tuesday ",
    "wednesday thursday friday saturday sunday january february march april june july august september october ",
    "november december people person everything nothing spokesman spokeswoman reporters",
)
"""Words that tell nothing of what is denied."""
_SOURCE: Final = re.compile(
    r"\b(?:said|says|told|tells|[Aa]ccording\sto|stated|insisted|argued|argues|warned|warns|explained|claimed|claims|testified"
    r"|acknowledged|admitted|alleged|alleges|predicted|wrote|tweeted|replied|stressed|announced|declared)\b"
)
_ENDED: Final = re.compile(r"[.!?…:;][\"'”’»)\]]{0,3}\s*$")
_ONE: Final = frozenset({"one", "a", "an"})


def note(text: str) -> Note:
    """Which note of the newsroom a sentence is or begins, if any: "Correction: …", "Editor’s note: …"."""
    if _LABEL.match(text) or _CORRECTS.search(text):
        return "correction note"
    return "editor’s note" if _EDITOR.match(text) else ""


class Denial(NamedTuple):
    """Words with which somebody denies or retracts.

    `open` = "said it had not …", which may as well tell of something that nobody ever said; `behind` = where the words
    begin that tell what is denied.
    """

    span: Span
    open: bool
    behind: int


def denial(text: str) -> Denial | None:
    """The first denial of a sentence; none in "denied bail" and "neither confirmed nor denied"."""
    for found in _DENIAL.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        if not _UNDONE.search(before) or before.lower().rstrip().endswith("who"):
            denied = found[0].lower() == "denied"
            if not (denied and _PASSIVE.search(before) and not _BY.match(text, found.end())):
                said = found.end("open")
                behind = said if said >= 0 else found.start() + len(found[0].split(maxsplit=1)[0])
                return Denial(Span(found.start(), found.end()), said >= 0, behind)
    return None


def told(text: str) -> frozenset[str]:
    """The words of a text that tell something, as lemmas: what is denied, or what it is sought among."""
    return frozenset(
        lemma(canonical(word))
        for word in _LETTERS.findall(text)
        if word.casefold() not in _EMPTY and not _BLAMING.match(word)
    )


def may_deny(text: str) -> bool:
    """Whether a sentence may deny something in any wording."""
    return _HINT.search(text) is not None


def accuses(text: str) -> bool:
    """Whether a text speaks of something that somebody may want to deny."""
    return _ACCUSES.search(text) is not None


def sourced(text: str) -> bool:
    """Whether a sentence says from whom it has what it tells."""
    return _SOURCE.search(text) is not None


def figures(text: str) -> int:
    """How many quantities a text states; ranks, labels and a plain "one" are none."""
    return sum(
        found.unit not in {"ordinal", "label"} and found.text.casefold() not in _ONE for found in quantities(text)
    )


def days(text: str) -> int:
    """How many dates and weekdays a text states; "today" and "next week" are none."""
    return sum(found.absolute or found.weekday is not None for found in dates(text))


def headline(text: str) -> bool:
    """Whether a text ends without a mark, as a headline does."""
    return not _ENDED.search(text[-8:])
