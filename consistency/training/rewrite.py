"""Rewrites: the same facts in other words or in worse typography. The label stays entailment.

`EDITORS` keep the meaning both ways. `shorten` drops an adjunct: the long sentence entails the
short one and not the other way. `damage` is what machines do to spelling and marks.
"""

from __future__ import annotations

import random
import re
from typing import Final

from consistency.training.edits import Edit, Editor, World, lexical, splice, tokens
from consistency.training.lexicon import transitive, verb_forms

_CONTRACTIONS: Final = {
    "is not": "isn't", "are not": "aren't", "was not": "wasn't", "were not": "weren't", "has not": "hasn't",
    "have not": "haven't", "had not": "hadn't", "will not": "won't", "would not": "wouldn't", "cannot": "can't",
    "could not": "couldn't", "should not": "shouldn't", "does not": "doesn't", "do not": "don't",
    "did not": "didn't", "it is": "it's", "that is": "that's", "we will": "we'll", "they are": "they're",
    "we are": "we're", "I am": "I'm", "I have": "I've", "we have": "we've", "they have": "they've",
    "he will": "he'll", "she will": "she'll", "there is": "there's",
}  # fmt: skip
_STYLE: Final = {
    **_CONTRACTIONS,
    **{short: long for long, short in _CONTRACTIONS.items()},
    **{short.replace("'", "’"): long for long, short in _CONTRACTIONS.items()},
}
_STYLE_RE = re.compile(rf"\b({'|'.join(map(re.escape, sorted(_STYLE, key=len, reverse=True)))})\b")
_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS: Final = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_DIGITS = re.compile(r"(?<![\w.,$€£-])(\d{1,2}|\d{1,3}(?:,\d{3})+|\d+00)(?![\w.,%-]|, ?\d)")
_WORDS_RE = re.compile(rf"\b({'|'.join(_ONES[2:])})\b")
_MONTHS: Final = {
    "January": "Jan.", "February": "Feb.", "August": "Aug.", "September": "Sept.", "October": "Oct.",
    "November": "Nov.", "December": "Dec.", "March": "Mar.", "April": "Apr.",
}  # fmt: skip
_MONTH: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH_DAY = re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?!\d|,? ?\d{{4}})\b")
_MONTH_DAY_YEAR = re.compile(rf"\b({_MONTH}) (\d{{1,2}}), (\d{{4}}),?")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}}) ({_MONTH})\b(?: (\d{{4}}))?")
_LONG_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})(?= \d)")
_SPAN_OF_DAYS = re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?:-| to )(\d{{1,2}})\b")
_PERCENT = re.compile(r"(\d) ?(?:%|per ?cent\b)")
_MILLION = re.compile(r"\b(\d+(?:\.\d)?) (million|billion|thousand)\b")
_MONEY = re.compile(r"([$€£])(\d[\d.,]*)( (?:million|billion))?")
_COINS: Final = {"$": "dollars", "€": "euros", "£": "pounds"}
_WEEKDAY = re.compile(r"(?<=[a-z] )(?<!on )(on )?(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?=[ ,.])")
_LEAD = re.compile(r"^((?:On|In|At|During|After|Before|Since|Last|Earlier|Later)\b[^,.;]{2,45}), (\w[^;]*?)([.!?]?)$")
_TRAIL = re.compile(r"^(\w[^;,]{15,}?) ((?:on|in|at|during|last|earlier|later)\b (?:[\w’']+ ?){1,4})([.!?]?)$")
_SUBORDINATE: Final = "because|although|when|while|after|before|if|since|as soon as|unless|even though"
_CLAUSE_LAST = re.compile(rf"^([A-Z][^,;:“\"]{{12,}}?),? ({_SUBORDINATE}) ([^;:“\"]{{10,}}?)([.!]?)$")
_CLAUSE_FIRST = re.compile(rf"^({_SUBORDINATE}) ([^,;:“\"]{{8,}}), ([^;:“\"]{{10,}}?)([.!]?)$", re.IGNORECASE)
_SPEECH: Final = "said|says|told reporters|added|announced|noted|explained|argued|warned|claimed|stated"
_SAID_FIRST = re.compile(
    rf"^((?:The |A )?(?:[A-Z][\w’'.-]+|[a-z]+)(?: [\w’'.-]+){{0,4}}?) ({_SPEECH}) (?:that )?([A-Za-z][^“\"]{{20,}}?)([.!]?)$"
)
_SAID_LAST = re.compile(rf"^([^“\"]{{20,}}?), ((?:the |a )?[A-Z]?[\w’'. -]{{3,40}}?) ({_SPEECH})([.]?)$")
_ACCORDING = re.compile(r"^According to ([^,]{3,50}), ([^“\"]{15,}?)([.!]?)$")
_NP: Final = r"(?:[Tt]he |[Aa]n? |[Hh]is |[Hh]er |[Tt]heir |[Ii]ts )?(?:[a-z]+ ){0,1}?[A-Z]?[\w’'-]+(?: [A-Z][\w’'-]+){0,2}"
_PASTS: Final = {verb_forms(verb)["past"]: verb_forms(verb)["part"] for verb in transitive()}
_PARTS: Final = {part: past for past, part in _PASTS.items()}
_ACTIVE = re.compile(
    rf"^((?:The |An? )?(?:[A-Z][\w’'-]+|[a-z]+)(?: [A-Z][\w’'-]+){{0,3}}) ({'|'.join(_PASTS)}) "
    rf"({_NP})((?: (?:on|in|at|for|over|after|during|with|by|because|from|last|to) [^;]*)?[.!]?)$"
)
_PASSIVE = re.compile(
    rf"^((?:The |An? )?(?:[A-Z][\w’'-]+|[a-z]+)(?: [A-Z][\w’'-]+){{0,3}}) (?:was|were) ({'|'.join(_PARTS)}) by "
    rf"({_NP})((?: (?:on|in|at|for|over|after|during|with|because|from|last|to) [^;]*)?[.!]?)$"
)
_PLURAL_SUBJECT = re.compile(r"[a-rt-z]s$| and |\b(?:two|three|four|five|many|people|men|women|children)\b")
_POSSESSIVE = re.compile(
    r"\b(?!It|He|She|That|There|What|Here|Who|Let|How)([A-Z]\w+)[’']s ([a-z]+)(?= (?:to|in|of|for|on|with|at|by|and|is|was|has|"
    r"have|are|were|will)\b|[,.])"
)
_OF = re.compile(r"\bthe ([a-z]+) of ([A-Z]\w+)\b")
_AND = re.compile(r"^([A-Z][^;:“\"]{25,}?), (and|but) ((?:the|it|he|she|they|we|this|that|a) [^;:“\"]{20,})$")
_PAREN = re.compile(r" ?\([^()]{2,60}\)|, (?:who|which|where) [^,]{5,60},| – [^–]{5,60} –|, [^,]{5,40},(?= [a-z])")
_TAIL = re.compile(r" (?:in|on|at|for|after|during|since|with|by|from|near|because of|according to) (?:[^\s,.]+ ?){1,6}(?=[.]?$)")
_ADJECTIVE = re.compile(
    r"\b(new|recent|major|large|small|local|key|senior|young|long|big|huge|serious|strong|public|important|very|"
    r"also|just|really|quickly|recently|reportedly|currently|finally|already|first|last) (?=[a-z])"
)
_THAT = re.compile(r"\b(said|says|believes?|claimed|argued|warned|added|showed|found|reported|announced) that\b")
_NO_THAT = re.compile(r"\b(said|says|believes?|claimed|added|announced) (?=(?:the|it|he|she|they|we|there|this) )")
_RELATIVE = re.compile(r"(?<=[a-z]), which (?=is|was|are|has|had)|(?<=[a-z]) that (?=is|was|has|had|were|are)")
_FUNCTION: Final = {
    "in": "at", "at": "in", "on": "in", "of": "for", "for": "of", "the": "a", "a": "the", "to": "for", "as to": "about",
    "by": "from", "this": "that", "these": "those",
}  # fmt: skip


def _swap(pattern: re.Pattern[str], kind: str, make: dict[str, str]) -> Editor:
    def edit(text: str, rng: random.Random, world: World) -> Edit | None:
        del world
        found = list(pattern.finditer(text))
        if not found:
            return None
        hit = rng.choice(found)
        return splice(text, hit.start(), hit.end(), make.get(hit[0], hit[0]), kind)

    return edit


def spell(value: int) -> str | None:
    """A whole number below a million in words."""
    if value < 20:
        return _ONES[value]
    if value < 100:
        return _TENS[value // 10] + (f"-{_ONES[value % 10]}" if value % 10 else "")
    if value < 1000:
        rest = value % 100
        return f"{_ONES[value // 100]} hundred" + (f" and {spell(rest)}" if rest else "")
    if value < 1_000_000 and value % 1000 == 0:
        return f"{spell(value // 1000)} thousand"
    return None


def number_style(text: str, rng: random.Random, world: World) -> Edit | None:
    """12 = twelve, 1,000 = one thousand = 1000, 5% = 5 percent, 2 million = 2,000,000."""
    del world
    options: list[tuple[int, int, str]] = []
    for hit in _DIGITS.finditer(text):
        value = int(hit[1].replace(",", ""))
        spelled = spell(value)
        if spelled and value > 0 and not 1900 < value < 2100:
            options.append((hit.start(), hit.end(), spelled))
        if value >= 1000 and not 1900 < value < 2100:
            other = str(value) if "," in hit[1] else f"{value:,}"
            options.append((hit.start(), hit.end(), other))
    for hit in _WORDS_RE.finditer(text):
        options.append((hit.start(), hit.end(), str(_ONES.index(hit[1]))))
    for hit in _PERCENT.finditer(text):
        options.append((hit.start(), hit.end(), hit[1] + rng.choice(["%", " percent", " per cent"])))
    for hit in _MILLION.finditer(text):
        scale = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}[hit[2]]
        options.append((hit.start(), hit.end(), f"{round(float(hit[1]) * scale):,}"))
        options.append((hit.start(), hit.end(), hit[1] + {"thousand": "k", "million": "m", "billion": "bn"}[hit[2]]))
    for hit in _MONEY.finditer(text):
        options.append((hit.start(), hit.end(), f"{hit[2]}{hit[3] or ''} {_COINS[hit[1]]}"))
    if not options:
        return None
    start, end, new = rng.choice(options)
    return splice(text, start, end, new, "number style")


def date_style(text: str, rng: random.Random, world: World) -> Edit | None:
    """March 20 = 20 March = Mar. 20; March 20-22 = March 20 to 22; Monday = on Monday."""
    del world
    options: list[tuple[int, int, str]] = []
    for hit in _SPAN_OF_DAYS.finditer(text):
        options.append((hit.start(), hit.end(), f"{hit[1]} {hit[2]}{rng.choice(['-', ' to '])}{hit[3]}"))
    for hit in _MONTH_DAY_YEAR.finditer(text):
        options.append((hit.start(), hit.end(), f"{hit[2]} {hit[1]} {hit[3]}"))
    for hit in _MONTH_DAY.finditer(text):
        options.append((hit.start(), hit.end(), rng.choice([f"{hit[2]} {hit[1]}", f"the {hit[2]}th of {hit[1]}"])))
    for hit in _DAY_MONTH.finditer(text):
        options.append((hit.start(), hit.end(), f"{hit[2]} {hit[1]}" + (f", {hit[3]}" if hit[3] else "")))
    for hit in _LONG_MONTH.finditer(text):
        options.append((hit.start(), hit.end(), _MONTHS[hit[1]]))
    for hit in _WEEKDAY.finditer(text):
        options.append((hit.start(), hit.end(), hit[2] if hit[1] else f"on {hit[2]}"))
    if not options:
        return None
    start, end, new = rng.choice(options)
    return splice(text, start, end, new, "date style")


def _lower_first(text: str) -> str:
    return text if re.match(r"(?:[A-Z]\w* ?[A-Z]|I\b|[A-Z]\w+[’']s)", text) else text[0].lower() + text[1:]


def _upper_first(text: str) -> str:
    return text[0].upper() + text[1:]


_SAFE_LOWER: Final = re.compile(
    r"^(?:The|A|An|He|She|It|They|We|His|Her|Its|Their|This|That|These|There|Some|Many|Two|Three|On|In|At|After|Before|"
    r"During|Since|Last|Earlier|Later|Police|Officials|Both|All|No|More)\b"
)


def clause_order(text: str, rng: random.Random, world: World) -> Edit | None:
    """A subordinate clause or a time phrase moved from one end to the other."""
    del rng, world
    if hit := _CLAUSE_FIRST.match(text):
        edited = f"{_upper_first(hit[3])} {hit[1].lower()} {hit[2]}{hit[4]}"
    elif (hit := _CLAUSE_LAST.match(text)) and _SAFE_LOWER.match(text):
        edited = f"{_upper_first(hit[2])} {hit[3]}, {_lower_first(hit[1])}{hit[4]}"
    elif hit := _LEAD.match(text):
        edited = f"{_upper_first(hit[2])} {_lower_first(hit[1])}{hit[3]}"
    elif (hit := _TRAIL.match(text)) and _SAFE_LOWER.match(text):
        edited = f"{_upper_first(hit[2])}, {_lower_first(hit[1])}{hit[3]}"
    else:
        return None
    return Edit(edited, "clause order", 0, len(edited))


def speech_order(text: str, rng: random.Random, world: World) -> Edit | None:
    """"X said that Y" = "Y, X said" = "According to X, Y"."""
    del world
    if hit := _SAID_FIRST.match(text):
        speaker, verb, content, end = hit.groups()
        if rng.random() < 0.4 and speaker not in {"He", "She", "They", "We", "I", "It"}:
            edited = f"According to {_lower_first(speaker)}, {content}{end}"
        else:
            edited = f"{_upper_first(content)}, {_lower_first(speaker)} {verb}{end}"
    elif hit := _SAID_LAST.match(text):
        edited = f"{_upper_first(hit[2])} {hit[3]} {rng.choice(['that ', ''])}{_lower_first(hit[1])}{hit[4]}"
    elif hit := _ACCORDING.match(text):
        edited = f"{_upper_first(hit[2])}, {hit[1]} said{hit[3]}"
    else:
        return None
    return Edit(edited, "speech order", 0, len(edited))


def voice(text: str, rng: random.Random, world: World) -> Edit | None:
    """Active to passive and back, the roles kept."""
    del rng, world
    if hit := _ACTIVE.match(text):
        subject, verb, patient, rest = hit.groups()
        be = "were" if _PLURAL_SUBJECT.search(patient) and not patient[:1].isupper() else "was"
        agent = subject if not _SAFE_LOWER.match(subject) else _lower_first(subject)
        edited = f"{_upper_first(patient)} {be} {_PASTS[verb]} by {_object(agent)}{rest}"
    elif hit := _PASSIVE.match(text):
        patient, verb, agent, rest = hit.groups()
        receiver = patient if not _SAFE_LOWER.match(patient) else _lower_first(patient)
        edited = f"{_upper_first(agent)} {_PARTS[verb]} {_object(receiver)}{rest}"
    else:
        return None
    return Edit(edited, "voice", 0, len(edited))


def _object(phrase: str) -> str:
    return {"he": "him", "she": "her", "they": "them", "we": "us"}.get(phrase, phrase)


def possessive(text: str, rng: random.Random, world: World) -> Edit | None:
    """"China's minister" = "the minister of China"."""
    del world
    options = [(hit.start(), hit.end(), f"the {hit[2]} of {hit[1]}") for hit in _POSSESSIVE.finditer(text)]
    options += [(hit.start(), hit.end(), f"{hit[2]}’s {hit[1]}") for hit in _OF.finditer(text)]
    if not options:
        return None
    return splice(text, *rng.choice(options), "possessive")


def split_sentence(text: str, rng: random.Random, world: World) -> Edit | None:
    """One sentence of two main clauses as two sentences."""
    del rng, world
    hit = _AND.match(text)
    if hit is None:
        return None
    joint = "However, " if hit[2] == "but" else ""
    rest = joint + hit[3] if joint else _upper_first(hit[3])
    edited = f"{hit[1]}. {rest}"
    return Edit(edited, "split", 0, len(edited))


def connective(text: str, rng: random.Random, world: World) -> Edit | None:
    """"said that" = "said"; a relative pronoun exchanged."""
    del world
    options = [(hit.start(), hit.end(), hit[1]) for hit in _THAT.finditer(text)]
    options += [(hit.start(), hit.end(), hit[1] + " that ") for hit in _NO_THAT.finditer(text)]
    options += [
        (hit.start(), hit.end(), " that " if "which" in hit[0] else " which ") for hit in _RELATIVE.finditer(text)
    ]
    if not options:
        return None
    return splice(text, *rng.choice(options), "connective")


def quotes(text: str, rng: random.Random, world: World) -> Edit | None:
    """Other quote marks and dashes."""
    del world
    if not re.search("[“”\"’–—]", text):
        return None
    style = rng.choice([("“", "”"), ('"', '"'), ("«", "»"), ("'", "'")])
    opened = False
    marked = []
    for mark in text:
        if mark in '“”"':
            marked.append(style[1] if opened else style[0])
            opened = not opened
        else:
            marked.append({"’": "'", "–": "-", "—": " - "}.get(mark, mark))
    edited = "".join(marked)
    return Edit(edited, "quotes", 0, len(edited)) if edited != text else None


def shorten(text: str, rng: random.Random, world: World) -> Edit | None:
    """An adjunct, an aside or an adjective dropped: entailed by the whole, one way only."""
    del world
    options = [(hit.start(), hit.end(), "") for pattern in (_PAREN, _TAIL, _ADJECTIVE) for hit in pattern.finditer(text)]
    if hit := _LEAD.match(text):
        options.append((0, hit.start(2), ""))
    options = [one for one in options if one[1] - one[0] < 0.6 * len(text)]
    if not options:
        return None
    start, end, _ = rng.choice(options)
    edited = re.sub(r"  +", " ", text[:start] + text[end:]).strip()
    return Edit(_upper_first(edited), "shorten", start, start) if len(edited) > 15 else None


def damage(text: str, rng: random.Random, world: World) -> Edit | None:
    """What machines do to spelling and marks: the sense can still be read."""
    del world
    words = tokens(text)
    inner = [(word, start) for word, start in words if word.isalpha() and len(word) > 4 and word.islower()]
    kind = rng.choice(["lower", "stop", "double", "typo", "spaced", "function", "neighbours", "mark", "first", "dropped"])
    if kind == "lower":
        return Edit(text.lower(), "damage", 0, len(text))
    if kind == "first":
        return Edit(text[0].lower() + text[1:], "damage", 0, 1)
    if kind == "stop" and text[-1:] in ".!?":
        return Edit(text[:-1], "damage", len(text) - 1, len(text) - 1)
    if kind == "spaced":
        return Edit(re.sub(r"(?<=\w)([.,;:!?])(?=\s|$)", r" \1", text), "damage", 0, len(text))
    if kind == "double" and words:
        word, start = rng.choice(words)
        return splice(text, start, start, f"{word} ", "damage")
    if kind == "mark" and words:
        word, start = rng.choice(words)
        return splice(text, start + len(word), start + len(word), rng.choice(",.;^*-"), "damage")
    if kind == "neighbours" and len(inner) > 3:
        at = rng.randrange(len(words) - 1)
        (left, start), (right, right_start) = words[at], words[at + 1]
        if left.islower() and right.islower() and left not in {"not", "no"} and right not in {"not", "no"}:
            return splice(text, start, right_start + len(right), f"{right} {left}", "damage")
    if kind in {"function", "dropped"}:
        small = [(word, start) for word, start in words if word in _FUNCTION]
        if small:
            word, start = rng.choice(small)
            new = _FUNCTION[word] if kind == "function" else ""
            edit = splice(text, start, start + len(word), new, "damage")
            return Edit(edit.text.replace("  ", " "), "damage", edit.start, edit.end)
    if inner:
        word, start = rng.choice(inner)
        at = rng.randrange(1, len(word) - 1)
        new = rng.choice([word[:at] + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :]])
        return splice(text, start, start + len(word), new, "damage")
    return None


EDITORS: Final[dict[str, tuple[Editor, float]]] = {
    "synonym": (lexical("syn", "synonym"), 6.0),
    "contraction": (_swap(_STYLE_RE, "contraction", _STYLE), 1.0),
    "number style": (number_style, 1.5),
    "date style": (date_style, 1.2),
    "clause order": (clause_order, 2.0),
    "speech order": (speech_order, 1.5),
    "voice": (voice, 2.0),
    "possessive": (possessive, 1.0),
    "split": (split_sentence, 0.7),
    "connective": (connective, 0.8),
    "quotes": (quotes, 0.6),
    "damage": (damage, 1.6),
}


def rewrite(text: str, rng: random.Random, world: World, times: int) -> str:
    """`times` rewrites of kinds chosen by weight; those that find no hold leave the text as it is."""
    kinds = list(EDITORS)
    weights = [EDITORS[kind][1] for kind in kinds]
    for _ in range(times):
        for _ in range(4):
            edit = EDITORS[rng.choices(kinds, weights)[0]][0](text, rng, world)
            if edit is not None and edit.text != text:
                text = edit.text
                break
    return text
