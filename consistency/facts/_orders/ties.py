"""Words that tie two clauses, by what they say of the order of the two events."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple, TypeAlias, cast

from consistency.records import Span

Kind: TypeAlias = Literal["time", "cause", "reason", "until", "when", "condition", "purpose"]
"""What a tie says besides the order; a `reason` is a cause told by a noun, which may be yet to come ("closed because of
the race on Sunday"). Times and causes are held against each other freely, and causes and reasons."""

_UNIT: Final = r"(?:minute|hour|day|week|month|year|decade|centur)(?:s|y|ies)?"
_NO_CLAUSE: Final = (
    r"(?!\s*(?:[,.;:)]|\Z)| (?:this|that|which|whom|these|those|all|now)\b"
    r"| (?:has|have|had|was|were|is|are|be|been|said|did|do|does|by|in|on|at|from|and|or)\b"
    rf"| (?:[\w-]+ ){{1,4}}{_UNIT}\b(?! (?:of|in|on|at|with)\b|['’]))"
)
"""Behind a word that ties clauses: it stands alone ("two days after"), points back ("after that"), or only a span of
time follows ("after half a century")."""
_MARK: Final = r"(?:[,;:—–](?: and)?| and) ?"
"""What stands before a word that ties one main clause to another."""
_SO: Final = (
    r"(?:so|therefore|thus|hence|thereby|as a (?:direct )?(?:result|consequence)|consequently|accordingly"
    r"|for (?:this|that) reason)"
    r"\b(?!-| (?:far|much|many|that|as|long|called|on|of|forth|is|are|was|were|did|do|does|has|have|had)\b)"
)
_MAKES: Final = r"(?:led to|caused|prompted|triggered|sparked|resulted in|brought about|gave rise to|forced|meant that)"
_MAKING: Final = (
    r"(?:(?:ultimately|eventually|also|thus|thereby) )?"
    r"(?:leading to|causing|prompting|triggering|sparking|resulting in|bringing about|forcing|meaning that)"
)
_THEN: Final = (
    r"(?:(?:only )?(?:then|afterwards|subsequently)\b"
    rf"|(?:[\w-]+ ){{1,3}}{_UNIT} later\b(?! (?:than|this|that|in|on)\b))"
)
_SUBJECT: Final = r"(?:an?|the|his|her|their|its|two|three|he|she|it|they|we|all|both)\b|[A-Z]"
_DETERMINED: Final = r"(?=(?:an?|the|his|her|their|its|two|three)\b|[A-Z])"
_NO_IDIOM: Final = r"(?<!named )(?<!look )(?<!looks )(?<!looked )(?<!looking )(?<!sought )(?<!one )(?<!time )"

_RATHER: Final = r",? (?:and )?(?:not|rather than|instead of) "
_LATER_BEHIND: Final = (
    rf"(?:,|;|,? and) (?=[^,;:]{{4,80}} (?:(?:[\w-]+ ){{1,3}}{_UNIT} later|afterwards|only then)(?:[,.;]|\Z))"
)
"""Where the second of two main clauses begins that says behind its verb how much later ("and sold it ten years later").
"""
_NAMED: Final = r"(?<!\bmade )(?<!\ba )(?<!\bthe )(?<!\bof )(?<!\bby )(?<!\bhis )(?<!\bher )"
"""Before a verb that makes something happen; behind these it is no verb ("a forced landing")."""

IN_FRONT: Final = (
    r"(?! (?:(?:an?|the|his|her|its|their|one) )?(?:[\w’'-]+ ){0,3}?(?i:courts?|judges?|tribunals?|magistrates?|jury"
    r"|committee|panel|commission|parliament|senate|congress|inquiry|council|office|audience|crowds?|spectators|cameras"
    r"|fans)(?:[,.;:)]|\Z| (?:in|of|on|at|for|after|over|by|and|during|to|from|with|who|that)\b))"
)
"""Behind "before": no court, body or crowd in front of which something is done."""

_STRONG: Final[dict[str, tuple[str, ...]]] = {
    "time_first": (
        rf"\bbefore{_RATHER}after\b,?",
        r"\bnot after,? but before\b",
        rf"(?<!the day )(?<!the night )\b(?:before{IN_FRONT}|prior to|by the time){_NO_CLAUSE}",
        rf"\bahead of {_DETERMINED}",
        rf"{_MARK}{_THEN}",
        r"(?:[,;] and| and) later\b(?! (?:than|this|that|in|on)\b)",
        r"\bfollowed by\b",
        _LATER_BEHIND,
    ),
    "cause_first": (
        rf"{_MARK}{_SO}",
        rf"{_MARK}(?:that|this|which) (?:is|was) why\b",
        rf"(?:, which| and)(?: (?:has|have|had))?(?: (?:in turn|eventually|ultimately|then))? {_MAKES}\b",
        rf", {_MAKING}\b",
    ),
    "time_behind": (
        rf"\bafter{_RATHER}before\b,?",
        r"\bnot before,? but after\b",
        rf"{_NO_IDIOM}\bafter\b{_NO_CLAUSE}",
        rf"(?<![Tt]he )(?<!was )(?<!were )(?<!is )(?<!are )(?<!been )\bfollowing {_DETERMINED}",
        r"\b(?:subsequent to|in the (?:wake|aftermath) of|as soon as)\b",
        r", having (?=(?!an\b|not\b|fun\b)[a-z]{2,20}(?:[dnt]|ne|ade|ome|ung)\b)",
        r"\bupon (?=[a-z]+ing\b)",
        r"(?<!ever )\bsince\b(?! then\b| when\b| [12]\d\d\d)",
        rf"(?<!was )(?<!were )(?<!is )(?<!at )(?<!than )(?<!more )\bonce "
        rf"(?={_SUBJECT}|(?:[\w-]+ ){{1,3}}(?:has|have|had|was|were|is|are)\b)",
    ),
    "cause_behind": (r"(?<!just )(?<!simply )\bbecause\b(?! of\b)",),
    "reason_behind": (
        r"\b(?:because of|due to|owing to|as a (?:direct )?(?:result|consequence) of|on account of|thanks to"
        r"|in response to)\b",
    ),
    "until_first": (rf"\b(?:until|till)\b{_NO_CLAUSE}",),
}
_BLAMED: Final = re.compile(
    r"\b(?:fin(?:e|es|ed)|jail(?:ed|s)?|sentenced|arrest(?:ed|s)?|punish(?:ed|es)?|suspend(?:ed|s)?|sack(?:ed|s)?|fired"
    r"|dismissed|expelled|disqualified|booked|ban(?:ned|s)?|charged|convicted|sued?|blamed?|criticised|criticized"
    r"|condemned|rebuked|reprimanded|praised?|thank(?:ed|s)?|honoured|honored|apologi[sz](?:ed|es))\b"
)
"""Words of blame and praise; "for" and a participle behind one tells what they are a consequence of."""
_WEAK: Final[dict[str, tuple[str, ...]]] = {
    "cause_first": (
        r"\b(?:was|is|were|are) (?:the|a|one) (?:main )?(?:reason|cause) (?:for|of|behind)\b",
        rf"(?<!was )(?<!were )(?<!is )(?<!are )(?<!been )(?<!be ){_NAMED}\b{_MAKES}\b(?! by\b)",
    ),
    "cause_behind": (
        r"\b(?:was|is|were|are) (?:the|a) (?:direct )?(?:result|consequence) of\b",
        r"\b(?:caused|triggered|sparked|prompted|brought about|forced) by\b",
        r"\b(?:resulted|resulting|stemmed|stemming|arose|arising) from\b",
    ),
    "blame_behind": (r"\bfor (?=(?!being\b)[a-z]+ing\b)",),
    "when_behind": (rf"(?<!ay )(?<!ime )\bwhen\b{_NO_CLAUSE}",),
    "condition_behind": (r"(?<!even )(?<!as )(?<!only )(?<!what )\bif\b(?! not\b| so\b| any\b)",),
    "purpose_first": (r"\b(?:in order to|so that|in order that)\b",),
}
"""Read where a sentence has no other tie."""


def _compiled(begin: str, ties: dict[str, tuple[str, ...]]) -> re.Pattern[str]:
    """All forms at once. `begin` is how any of them begins: most places of a text are passed by at that."""
    every = "|".join(f"(?P<{name}>{'|'.join(forms)})" for name, forms in ties.items())
    return re.compile(f"(?={begin})(?:{every})")


_TIES: Final = (_compiled(r"[,;:—–]| and|\b[abdfinopstu]", _STRONG), _compiled(r"\b[bcfgilmprstw]", _WEAK))
_DATE: Final = re.compile(
    r" (?:the )?(?:end of |early |late |mid-|about |around )?(?:\d|noon\b|midday\b|midnight\b|then\b|now\b|"
    r"(?:dawn|daybreak|sunrise|sunset|dusk|nightfall|dark|daylight|breakfast|lunch|dinner)\b|"
    r"(?:next|last) (?:week|month|year)\b|today\b|tomorrow\b|yesterday\b|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|"
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]{1,6})?\b)"
)
"""Behind a tie: it dates the clause it stands in and ties no other to it."""
_MOMENT: Final = re.compile(
    r" (?:the )?(?:end of |early |late |mid-|about |around )?(?:[12]\d\d\d(?![\w,-]| (?:people|men|women|jobs))"
    r"|(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|noon|midday|midnight|then|now|today|tomorrow|yesterday"
    r"|dawn|daybreak|sunrise|sunset|dusk|nightfall|dark|daylight|breakfast|lunch|dinner)(?![\w'’,-]))"
)
"""Behind a tie that opens a sentence: it dates what follows without a comma; behind any: it ties no clause."""
_AHEAD: Final = re.compile(
    r"[\"“]?(?:only )?(?:(?:shortly|just|soon|immediately|\w+ (?:day|week|month|year|hour|minute|moment)s?) )?"
    rf"(?:(?P<time_first>before{IN_FRONT}|prior to|ahead of|by the time)"
    r"|(?P<time_behind>after|since|once|following|subsequent to|as soon as|in the (?:wake|aftermath) of)"
    r"|(?P<cause_behind>because(?! of\b))|(?P<reason_behind>because of|due to|owing to|thanks to|in response to"
    r"|as a (?:direct )?(?:result|consequence) of|on account of)"
    r"|(?P<until_first>until|till)|(?P<when_behind>when)|(?P<condition_behind>if)|(?P<purpose_first>in order to))"
    rf"\b{_NO_CLAUSE}",
    re.IGNORECASE,
)
"""A sentence that opens with the tie, its other clause behind a comma."""
_LINK: Final = re.compile(
    rf"(?:(?P<cause_first>{_SO}|(?:that|this|which) (?:is|was) why\b|(?:that|this|it) {_MAKES}\b(?! by\b))"
    rf"|(?P<time_first>{_THEN}|after (?:that|this|which),))",
    re.IGNORECASE,
)
"""A sentence that opens with a tie to the one before it."""
_NOT: Final = re.compile(r"(?:\bnot|n['’]t)\b[^,;]{0,40}\Z", re.IGNORECASE)
_ONLY: Final = re.compile(r"\bonly \Z", re.IGNORECASE)
_DENIED: Final = re.compile(
    r"(?:\b(?:not|never|nor|no(?!-)|only|unless|hardly)\b|n['’]t\b)[^,;]{0,40}\Z", re.IGNORECASE
)
_JOINED: Final = re.compile(r"\b(?:and|but|or|who|which|that|said|says)\b", re.IGNORECASE)
_LOOK_BACK: Final = 60
_OTHER: Final = re.compile(
    r"\b(?:after|before|because|since|until|till|once|when|while|as soon as|(?<=, )then|(?<=and )then|afterwards"
    r"|following|prior|unless"
    r"|(?:later|earlier)(?! (?:this|in|on|today)\b))\b",
    re.IGNORECASE,
)


class Tie(NamedTuple):
    """Where a tie stands, whether the event left of it came first, and whether that is so because it is denied
    ("not until").
    """

    span: Span
    kind: Kind
    left_first: bool
    denied: bool = False


def opening(text: str, start: int, end: int) -> Tie | None:
    """The tie a sentence opens with; `left_first` says that its own clause comes second. One that only dates what
    follows is none ("Until 1954 the north sold coal").
    """
    match = _AHEAD.match(text, start, end)
    if match is None or _MOMENT.match(text, match.end(), end):
        return None
    return _tie(match, Span(start, match.end()))


def linking(text: str, start: int, end: int) -> Tie | None:
    """The tie by which a sentence goes on from the one before it."""
    match = _LINK.match(text, start, end)
    return _tie(match, Span(start, match.end())) if match is not None else None


def ties(text: str, start: int, end: int) -> list[Tie]:
    """The ties in a range of a text, in order; weak ones where there is no other, those of a date too."""
    found: list[Tie] = []
    for pattern in _TIES:
        matches = list(pattern.finditer(text, start, end))
        matches = [
            match for match in matches if match.lastgroup != "blame_behind" or _blamed(text, start, match.start())
        ]
        clauses = [match for match in matches if not _DATE.match(text, match.end(), end)]
        found = [_tie(match, Span(match.start(), match.end())) for match in clauses or matches]
        if found:
            break
    return found


def other(text: str, span: Span) -> bool:
    """Whether a clause holds a word that may tie more to it; before a date it does not."""
    return any(not _DATE.match(text, match.end(), span.end) for match in _OTHER.finditer(text, span.start, span.end))


def dating(text: str, tie: Tie, end: int) -> bool:
    """Whether a tie only dates the clause it stands in ("before dawn")."""
    return tie.kind == "time" and _MOMENT.match(text, tie.span.end, end) is not None


def denied(text: str, start: int, tie: Tie) -> Tie | None:
    """The tie as what stands before it leaves it: turned by "not", the same behind "only", none where it is unclear."""
    at = tie.span.start
    before = text[max(start, at - _LOOK_BACK) : at]
    if not _DENIED.search(before):
        return tie
    if tie.kind in ("cause", "reason", "purpose", "condition", "when"):
        return tie if tie.left_first and tie.kind == "cause" else None
    if _ONLY.search(before):
        return tie if not tie.left_first else None
    said = _NOT.search(before)
    if said is not None and tie.kind == "until" and not _JOINED.search(said.group()):
        return tie._replace(kind="time", left_first=False, denied=True)
    return None


def _tie(match: re.Match[str], span: Span) -> Tie:
    kind, _, side = (match.lastgroup or "").partition("_")
    return Tie(span, cast(Kind, "cause" if kind == "blame" else kind), side == "first")


def _blamed(text: str, start: int, at: int) -> bool:
    return _BLAMED.search(text, max(start, at - _LOOK_BACK), at) is not None
