"""Rewrites that touch what corruptions touch: negation, tense and roles in other words, the sense kept.

A network that only sees a "not" come and go with the truth learns the word and not the sense. Here a
negation is exchanged for its equal ("did not accept" for "rejected", "nobody was hurt" for "there were
no injuries"), a tense or an apposition is told in another way, and whole phrases are set as a
word-by-word translation would set them.
"""

from __future__ import annotations

import random
import re
from functools import cache
from typing import Final

from consistency.training.edits import Edit, World, splice, tokens
from consistency.training.lexicon import verb_forms

_COMPLEMENTS: Final = (
    "accept/reject approve/reject agree/refuse allow/forbid permit/prohibit remember/forget succeed/fail "
    "include/exclude trust/distrust keep/abandon obey/defy win/lose pass/fail stay/leave remain/leave attend/miss "
    "like/dislike continue/stop support/oppose believe/doubt know/ignore finish/abandon reach/miss "
    "mention/omit publish/withhold grant/deny grant/refuse survive/die"
)
_ADJECTIVES: Final = (
    "possible/impossible likely/unlikely clear/unclear able/unable willing/unwilling legal/illegal certain/uncertain "
    "common/rare safe/dangerous true/false open/closed guilty/innocent successful/unsuccessful aware/unaware "
    "available/unavailable hurt/unhurt harmed/unharmed present/absent alive/dead popular/unpopular known/unknown "
    "changed/unchanged married/unmarried ready/unready fair/unfair necessary/unnecessary complete/incomplete"
)
_EQUAL: Final = (
    "declined to comment|would not comment|made no comment|refused to comment|did not want to comment\n"
    "did not rule out|would not rule out|did not exclude|refused to rule out|left open\n"
    "ruled out|excluded|would not hear of\n"
    "nobody was hurt|no one was hurt|there were no injuries|no injuries were reported|no one was injured\n"
    "was unhurt|was not hurt|escaped unharmed|escaped without injury|was not injured|came to no harm\n"
    "were unhurt|were not hurt|escaped unharmed|escaped without injury|were not injured|came to no harm\n"
    "did not take part|were not included|were left out|took no part\n"
    "was cancelled|did not take place|was called off|did not go ahead\n"
    "were cancelled|did not take place|were called off|did not run\n"
    "is not expected before|is expected at the earliest|will not come before\n"
    "did not say|would not say|gave no details of|did not disclose|declined to say\n"
    "has not yet|has yet to|still has not\n"
    "have not yet|have yet to|still have not\n"
    "without admitting|while not admitting|and did not admit|but admitted no\n"
    "denied wrongdoing|admitted no wrongdoing|said it had done nothing wrong|rejected the accusations\n"
    "was released without charge|was let go without being charged|was freed and not charged\n"
    "pleaded not guilty|denied the charges|denied the charge\n"
    "pleaded guilty|admitted the charge|admitted guilt\n"
    "no longer|not any more|not any longer\n"
    "remained closed|did not reopen|stayed shut|was not reopened\n"
    "was not available|could not be reached|was unavailable\n"
    "failed to|did not manage to|was unable to|could not\n"
    "managed to|succeeded in being able to|was able to\n"
    "refused to|would not|was not willing to|declined to\n"
    "at least|no fewer than|not less than\n"
    "nothing was stolen|no items were taken|nothing was taken\n"
    "unanimously|without a dissenting vote|with nobody against\n"
    "lacked|did not have|was without|had no\n"
    "lack|do not have|are without|have no\n"
    "was never|was at no time|had never been\n"
    "not far from|close to|near\n"
    "without warning|with no warning|unannounced\n"
    "unchanged|as it was|the same as before\n"
    "despite|in spite of|notwithstanding\n"
    "kept its word|did not break its promise|held to its promise\n"
    "is investigating|has opened an investigation into|is looking into\n"
    "was killed|died|lost his life\n"
    "were killed|died|lost their lives\n"
    "was born in|comes from|is a native of\n"
    "died in|passed away in|lost his life in\n"
    "won|came out on top in|was the winner of\n"
    "lost to|was beaten by|was defeated by\n"
    "beat|won against|got the better of|defeated\n"
    "resigned|stepped down|gave up the post|quit\n"
    "was appointed|was named|was made\n"
    "is set to|is due to|is to|will\n"
    "are set to|are due to|are to|will\n"
    "plans to|intends to|wants to|means to\n"
    "is expected to|should|is likely to\n"
    "are expected to|should|are likely to\n"
    "began to|started to|set about to\n"
    "used to|formerly would|once would\n"
    "roughly|approximately\n"
    "more than|upwards of|in excess of\n"
    "fewer than|not even\n"
    "nearly|almost|just under|not quite\n"
    "half an hour|30 minutes|thirty minutes\n"
    "a year|12 months|twelve months\n"
    "a fortnight|two weeks|14 days\n"
    "a decade|ten years|10 years\n"
    "a dozen|twelve|12\n"
    "half of|50 percent of|one in two of\n"
    "a quarter of|25 percent of|one in four of\n"
    "a third of|one in three of|33 percent of\n"
    "twice as|two times as|double as\n"
    "doubled|rose twofold|grew to twice as much\n"
    "last year|the year before|the previous year\n"
    "this year|in the current year\n"
    "told reporters|said to reporters|told journalists|said at a news conference\n"
    "said in a statement|stated|announced in a statement|let it be known\n"
    "according to|as reported by|as stated by|by the account of\n"
    "in the early hours|before dawn|early in the morning\n"
    "at dawn|at daybreak|at first light\n"
    "at midnight|at 12 at night|at twelve at night\n"
    "at noon|at midday|at 12 o'clock\n"
    "took part in|participated in|was part of\n"
    "take part in|participate in|be part of\n"
    "carried out|conducted|performed\n"
    "as a result|consequently|because of this\n"
    "because of|owing to|on account of|due to\n"
    "in order to|so as to|with the aim to\n"
    "is made up of|consists of|is composed of\n"
    "is located in|lies in|is situated in|stands in\n"
    "is known as|is called|goes by the name of\n"
    "gave birth to|became the mother of\n"
    "got married to|married|wed\n"
    "was founded in|was established in|dates from\n"
    "was built in|was constructed in|dates back to\n"
    "was released in|came out in|appeared in\n"
    "written by|authored by|penned by|from the pen of\n"
    "directed by|under the direction of|made by\n"
    "one of the|among the|one among the\n"
    "a number of|several\n"
    "a lot of|many|a great deal of\n"
    "most of|the majority of|the greater part of\n"
    "all of|every one of|the whole of\n"
    "none of|not one of|not a single one of\n"
    "both of|the two of\n"
    "everyone|everybody|all people\n"
    "everywhere|in all places|all over\n"
    "anyone|anybody\n"
    "is why|is the reason why|explains why\n"
)
_HAS_DONE = re.compile(r"\b(has|have|had) (?!been)([a-z]+ed)\b")
_DID = re.compile(
    r"(?<!was )(?<!were )(?<!are )(?<!is )(?<!be )(?<!been )(?<!re )(?<!being )(?<=[a-z] )(?!need)([a-z]{3,}ed)"
    r"(?= (?:the|a|an|his|her|its|their|on|in|to|that|from|after|over|more)\b)"
)
_AGE = re.compile(r"\b([A-Z]\w+ [A-Z]\w+), (\d{2}),")
_AGED = re.compile(r"\b(?:[Tt]he )?(\d{2})-year-old ([A-Z]\w+ [A-Z]\w+)\b")
_TITLED = re.compile(
    r"\b((?:[A-Z]\w+ )?"
    r"(?:President|Minister|Secretary|Governor|Mayor|Senator|Chancellor|Chairman|Director|Professor|coach|captain|"
    r"spokesman|spokeswoman|lawyer|analyst|director|minister|singer|actor|actress)) ([A-Z]\w+ [A-Z]\w+)\b(?! [A-Z])"
)
_APPOSED = re.compile(r"\b([A-Z]\w+ [A-Z]\w+), (the (?:[a-z]+ ){0,2}[a-z]+(?: of [A-Z]\w+)?),")
_NOUN_OF = re.compile(r"\b(?:the|a|an) ([a-z]{4,}) (?:of|for) (?:the )?([a-z]{4,})\b")
_COMPOUND = re.compile(
    r"\b(the|a|an) ([a-z]{4,}) ([a-z]{4,}(?:ment|tion|plan|law|team|price|rate|deal|talks|crisis|group))\b"
)
_PREPOSITION = re.compile(r"\b(in|on|at|for|during|by|of|with|from) (?=the |a |an |[A-Z]|\d)")
_CALQUE: Final = {
    "in": ("on", "at", "inside of"), "on": ("in", "at", "the"), "at": ("in", "to", "on"),
    "for": ("during", "of", "since"), "during": ("in", "along"), "by": ("from", "through"), "of": ("from", "for"),
    "with": ("by", "having"), "from": ("of", "since"),
}  # fmt: skip
_WORKDAYS: Final = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"})
_ARTICLE = re.compile(r"\b(?:the|a|an) (?=[a-z]{3,})")
_BARE = re.compile(r"(?<=\b(?:in|of|by|to|on) )(?=[a-z]{4,}s\b)")
_STATED = re.compile(r"^([A-Z][^“\"]{25,}), (said|says) ((?:the |a )?[A-Z]?[\w’' .-]{3,40})\.$")
_CLEFT = re.compile(
    r"^([A-Z]\w+(?: [A-Z]\w+){1,2}) ((?:was|is|has|won|wrote|said|became|made|led|founded|played)\b.{10,})$"
)


@cache
def _equals() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in _EQUAL.splitlines():
        phrases = line.split("|")
        for phrase in phrases:
            found.setdefault(phrase, []).extend(other for other in phrases if other != phrase)
    return found


@cache
def _equals_re() -> re.Pattern[str]:
    longest = sorted(_equals(), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")


def phrase(text: str, rng: random.Random, world: World) -> Edit | None:
    """A phrase exchanged for its equal, negations among them."""
    del world
    found = list(_equals_re().finditer(text))
    if not found:
        return None
    hit = rng.choice(found)
    return splice(text, hit.start(), hit.end(), rng.choice(_equals()[hit[0]]), "phrase")


@cache
def _negated() -> dict[str, list[str]]:
    """Word forms and what says the same with a "not"."""
    found: dict[str, list[str]] = {}
    for pair in _COMPLEMENTS.split():
        for one, other in (pair.split("/"), pair.split("/")[::-1]):
            forms, against = verb_forms(one), verb_forms(other)["base"]
            found.setdefault(forms["past"], []).append(f"did not {against}")
            found.setdefault(forms["third"], []).append(f"does not {against}")
            found.setdefault(f"to {forms['base']}", []).append(f"not to {against}")
            found.setdefault(f"will {forms['base']}", []).append(f"will not {against}")
            found.setdefault(f"did not {against}", []).append(forms["past"])
            found.setdefault(f"will not {against}", []).append(f"will {forms['base']}")
    for pair in _ADJECTIVES.split():
        for one, other in (pair.split("/"), pair.split("/")[::-1]):
            for be in ("is", "are", "was", "were"):
                found.setdefault(f"{be} {one}", []).append(f"{be} not {other}")
                found.setdefault(f"{be} not {other}", []).append(f"{be} {one}")
    return found


@cache
def _negated_re() -> re.Pattern[str]:
    longest = sorted(_negated(), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b(?! not|['’]t)")


def complement(text: str, rng: random.Random, world: World) -> Edit | None:
    """A word exchanged for the negation of its opposite, or back."""
    del world
    found = list(_negated_re().finditer(text))
    if not found:
        return None
    hit = rng.choice(found)
    return splice(text, hit.start(), hit.end(), rng.choice(_negated()[hit[0]]), "complement")


def told_again(text: str, rng: random.Random, world: World) -> Edit | None:
    """Perfect for past, apposition turned, age and title placed elsewhere."""
    del world
    options: list[tuple[int, int, str]] = []
    options += [(hit.start(), hit.end(), hit[2]) for hit in _HAS_DONE.finditer(text)]
    options += [(hit.start(), hit.end(), f"has {hit[1]}") for hit in _DID.finditer(text)]
    options += [(hit.start(), hit.end(), f"the {hit[2]}-year-old {hit[1]}") for hit in _AGE.finditer(text)]
    options += [(hit.start(), hit.end(), f"{hit[1]}, who is {hit[2]},") for hit in _AGE.finditer(text)]
    options += [(hit.start(), hit.end(), f"{hit[2]}, {hit[1]},") for hit in _AGED.finditer(text)]
    options += [(hit.start(), hit.end(), f"{hit[2]}, {hit[1].lower()},") for hit in _TITLED.finditer(text)]
    options += [(hit.start(), hit.end(), f"{hit[2]} {hit[1]}") for hit in _APPOSED.finditer(text)]
    options += [(hit.start(), hit.end(), f"{hit[1]}, who is {hit[2]},") for hit in _APPOSED.finditer(text)]
    if hit := _STATED.match(text):
        speaker, content = hit[3][0].upper() + hit[3][1:], hit[1][0].lower() + hit[1][1:]
        options.append((0, len(text), f"{speaker} {hit[2]} that {content}."))
    if hit := _CLEFT.match(text):
        options.append((0, len(text), f"It was {hit[1]} who {hit[2]}" if rng.random() < 0.5 else text))
    if not options:
        return None
    start, end, new = rng.choice(options)
    return splice(text, start, end, new, "told again")


def calque(text: str, rng: random.Random, world: World) -> Edit | None:
    """As a word-by-word translation sets it: prepositions, articles, compounds taken apart."""
    del world
    options: list[tuple[int, int, str]] = []
    for hit in _PREPOSITION.finditer(text):
        options.append((hit.start(1), hit.end(1), rng.choice(_CALQUE[hit[1]])))
    for hit in _NOUN_OF.finditer(text):
        options.append((hit.start(), hit.end(), f"the {hit[2]} {hit[1]}"))
    for hit in _COMPOUND.finditer(text):
        options.append((hit.start(), hit.end(), f"{hit[1]} {hit[3]} of {hit[2]}"))
    options += [(hit.start(), hit.end(), "") for hit in _ARTICLE.finditer(text)][:3]
    options += [(hit.start(), hit.start(), "the ") for hit in _BARE.finditer(text)]
    options += [(start, start, "the day of ") for word, start in tokens(text) if word in _WORKDAYS]
    if not options:
        return None
    start, end, new = rng.choice(options)
    return splice(text, start, end, new, "calque")
