"""What a hedge stands on, how firmly a word is told, and that hostile text costs little and raises nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.checks import hedge as module
from consistency.checks._hedges import side as _hedge_side
from consistency.checks.hedge import CHECK
from consistency.facts.hedge import Hedge, Reading, copula, hedges, lemma, read, told
from consistency.protocols import Context
from consistency.records import Article, Level
from tests.cases import Case, context


def found(text: str) -> list[tuple[str, str, str]]:
    return [
        (one.kind, text[one.words.start : one.words.end], text[one.head.start : one.head.end]) for one in hedges(text)
    ]


@pytest.mark.parametrize(
    ("text", "kind", "words", "head"),
    [
        ("She may visit Rome.", "possible", "may", "visit"),
        ("It might well have been stolen.", "possible", "might well", "stolen"),
        ("It is possible that the ship sank.", "possible", "It is possible that", "sank"),
        ("The bill is likely to fail.", "likely", "likely to", "fail"),
        ("He is widely expected to win.", "expected", "expected to", "win"),
        ("He allegedly stole it.", "reported", "allegedly", "stole"),
        ("The alleged killer fled.", "reported", "alleged", "killer"),
        ("He is accused of having stolen it.", "reported", "accused of", "stolen"),
        ("Nine are feared dead.", "reported", "feared", "dead"),
        ("It seems to be empty.", "apparent", "seems to", "empty"),
        ("They plan to close it.", "plan", "plan to", "close"),
        ("They are considering a merger.", "plan", "considering", "merger"),
        ("They will soon leave.", "future", "will", "leave"),
        ("He said it would rain.", "would", "would", "rain"),
    ],
)
def test_a_hedge_and_what_it_stands_on(text: str, kind: str, words: str, head: str) -> None:
    assert (kind, words, head) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "They met in May in Rome.",
        "It opens on May 4.",
        "May 2021 was wet.",
        "As soon as possible they left.",
        "Smokers are more likely to fall ill.",
        "You may not enter.",
        "She could see the sea.",
        "The delay was long, due to rain.",
        "His will named nobody.",
        "He accused Anna of theft once.",
        "It would have been better.",
        "",
    ],
)
def test_what_is_no_hedge(text: str) -> None:
    assert [one for one in found(text) if one[1] != "accused of"] == []


@pytest.mark.parametrize(
    ("text", "word", "manner"),
    [
        ("He stole the car.", "stole", "past"),
        ("The car was stolen.", "stolen", "past"),
        ("He has already signed it.", "signed", "past"),
        ("The firm closes mines.", "closes", "present"),
        ("They close mines.", "close", "present"),
        ("It is closed.", "closed", "present"),
        ("He will sign it.", "sign", "future"),
        ("He is going to sign it.", "sign", "future"),
        ("He is certain to sign it.", "sign", "future"),
        ("He would sign it.", "sign", "would"),
        ("He wants to sign it.", "sign", "open"),
        ("He did not sign it.", "sign", "open"),
        ("He didn't sign it.", "sign", "open"),
        ("If he signed it, all is well.", "signed", "open"),
        ("He may sign it.", "sign", "open"),
        ("He must sign it.", "sign", "open"),
        ("Signing it took hours.", "Signing", "open"),
        ("The visit was short.", "visit", "open"),
        ("She cut taxes.", "cut", "past"),
        ("They cut taxes.", "cut", "present"),
    ],
)
def test_how_a_word_is_told(text: str, word: str, manner: str) -> None:
    reading = read(text)
    index = next(at for at, one in enumerate(reading.words) if one.token.text == word)
    assert told(reading, index) == manner


def test_a_noun_is_told_by_its_copula() -> None:
    reading = read("He was a dangerous spy and she is a spy")
    spies = [at for at, one in enumerate(reading.words) if one.token.text == "spy"]
    assert [copula(reading, at) for at in spies] == ["past", "present"]


@pytest.mark.parametrize(
    "forms",
    [
        ("steal", "steals", "stole", "stolen", "stealing"),
        ("visit", "visits", "visited", "visiting"),
        ("stop", "stops", "stopped", "stopping"),
        ("close", "closes", "closed", "closing"),
        ("carry", "carries", "carried", "carrying"),
        ("fall", "falls", "fell", "fallen", "falling"),
        ("cry", "cries", "cried", "crying"),
        ("withhold", "withholds", "withheld", "withholding"),
        ("need", "needs", "needed", "needing"),
        ("feed", "feeds", "fed", "feeding"),
        ("agree", "agrees", "agreed", "agreeing"),
        ("free", "frees", "freed", "freeing"),
    ],
)
def test_the_forms_of_a_verb_share_a_lemma(forms: tuple[str, ...]) -> None:
    assert len({lemma(form) for form in forms}) == 1


@pytest.mark.parametrize("word", ["heed", "seed", "weed"])
def test_a_word_in_eed_is_no_participle(word: str) -> None:
    assert lemma(word) == word


def case(reference: str, version: str) -> Context:
    return context(Case("x", "synthetic", reference, version, [], ""))


def levels(given: Context) -> list[Level]:
    return [one.level for one in CHECK.check(given) if one.confidence >= 0.5]


def test_lost_is_a_warning_and_gained_a_note() -> None:
    hedged = "The mill may close its gates in Leeds on Monday."
    plain = "The mill will close its gates in Leeds on Monday."
    assert levels(case(hedged, plain)) == ["warning"]
    assert levels(case(plain, hedged)) == ["note"]
    assert levels(case(hedged, hedged)) == levels(case(plain, plain)) == []


def test_a_report_of_another_day_may_know_more() -> None:
    done = case("The mill will close its gates in Leeds on Monday.", "The mill closed its gates in Leeds on Monday.")
    version = done.story.articles[1]
    report = Article(id=version.id, text=version.text, role="report")
    story = type(done.story)(done.story.id, (done.story.articles[0], report), done.story.reference)
    assert levels(done) == ["error"]
    assert levels(Context(story, done.claims, done.alignments)) == []


def test_the_message_quotes_both_places() -> None:
    one = case("The alleged leader of the gang from Leeds fled.", "The leader of the gang from Leeds fled.")
    (finding,) = CHECK.check(one)
    assert "“alleged leader”" in finding.message
    assert "“leader”" in finding.message


_PARTS = st.lists(
    st.sampled_from(
        "may might could be have been will would if not likely to alleged accused of stealing stole the mill , . ? “ ” "
        "It is possible that May 4 \u202e \u00ad N't it's 12 perhaps \n".split(" ")
    )
    | st.text(max_size=6),
    max_size=60,
)


@given(_PARTS)
def test_offsets_hold_in_any_text(parts: list[str]) -> None:
    text = " ".join(parts)
    reading = read(text)
    for hedge in reading.hedges:
        assert_holds(text, hedge)
    for index, word in enumerate(reading.words):
        assert text[word.token.start : word.token.end] == word.token.text
        told(reading, index)
        copula(reading, index)


def assert_holds(text: str, hedge: Hedge) -> None:
    assert 0 <= hedge.words.start < hedge.words.end <= hedge.head.start < hedge.head.end <= len(text)
    assert read(text).words[hedge.at].token.start == hedge.head.start


@given(_PARTS, _PARTS)
def test_any_pair_is_compared(one: list[str], other: list[str]) -> None:
    reference, version = (" ".join(parts).strip() or "x" for parts in (one, other))
    for finding in CHECK.check(case(reference, version)):
        assert 0 < finding.confidence <= 1
        for side, text in ((finding.reference, reference), (finding.version, version)):
            assert side is not None
            assert side.evidence
            assert all(0 <= span.start < span.end <= len(text) for span in side.evidence)


@pytest.mark.parametrize("distinct", [True, False])
def test_the_work_grows_with_the_text(monkeypatch: pytest.MonkeyPatch, distinct: bool) -> None:
    """One claim without a stop: ten times the text, about ten times the words looked at."""
    calls = 0
    bounds = _hedge_side.bounds

    def counted(reading: Reading, index: int) -> tuple[int, int]:
        nonlocal calls
        calls += 1
        return bounds(reading, index)

    for where in (module, _hedge_side):
        monkeypatch.setattr(where, "bounds", counted)
    counts = []
    for times in (40, 400):
        verbs = [f"ab{chr(97 + at % 26)}{chr(97 + at // 26)}ok" if distinct else "close" for at in range(times)]
        text = ", ".join(f"the mill may {verb} the gate of {verb}land in Leeds" for verb in verbs)
        calls = 0
        findings = list(CHECK.check(case(text, text.replace("may", "will"))))
        counts.append(calls)
        assert bool(findings) == distinct
    assert 0 < counts[0] <= counts[1] <= 15 * counts[0]
