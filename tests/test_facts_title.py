"""Titles: which a text gives to whom, and how two of one person stand to each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.checks import title as check_module
from consistency.facts._titles.then import years_of
from consistency.facts.title import Title, compare, loose, titled
from consistency.protocols import Context
from consistency.records import Alignment, Article, Claim, Finding, Span, Story


def read(text: str) -> list[tuple[str, str]]:
    return [(one.name.text, one.title.text) for one in titled(text)]


def one(phrase: str) -> Title:
    """The title, read before a name in the middle of a sentence."""
    found = titled(f"yesterday they met {phrase} Ann Roe again")
    assert len(found) == 1, found
    return found[0].title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan by finance minister Olaf Scholz failed.", [("Olaf Scholz", "finance minister")]),
        ("In May former President Barack Obama spoke.", [("Barack Obama", "former President")]),
        ("Later the Russian foreign minister, Sergei Lavrov, left.", [("Sergei Lavrov", "Russian foreign minister")]),
        ("The mayor of London, Sadiq Khan, said no.", [("Sadiq Khan", "mayor")]),
        ("Jane Doe, chief executive of Acme, resigned.", [("Jane Doe", "chief executive")]),
        ("Jane Doe, who heads Acme, resigned.", [("Jane Doe", "heads")]),
        ("Jane Doe, 45, a teacher, died.", [("Jane Doe", "teacher")]),
        ("Jane Doe is the mayor of Leeds.", [("Jane Doe", "mayor")]),
        ("Jane Doe was appointed finance minister in May.", [("Jane Doe", "finance minister")]),
        ("Jack Ma, founder and chairman of Alibaba, left.", [("Jack Ma", "founder"), ("Jack Ma", "chairman")]),
        ("He met Secretary of State Mike Pompeo there.", [("Mike Pompeo", "Secretary of State")]),
        ("He met Chief of Staff Ron Klain there.", [("Ron Klain", "Chief of Staff")]),
        ("On Monday Lt. Gen. David Petraeus left.", [("David Petraeus", "Lt. Gen")]),
        ("Goalkeeper Hugo Lloris saved it.", [("Hugo Lloris", "Goalkeeper")]),
        ("the team met the prime minister, Mr Johnson, there", [("Johnson", "prime minister")]),
        ("According to Jane Doe, the president said no.", []),
        ("Jane Doe, adviser to the president, left.", [("Jane Doe", "adviser")]),
        ("Jane Doe, mayor Bob Roe and others left.", [("Bob Roe", "mayor")]),
        ("Jane Doe is not the mayor.", []),
        ("The firm accused Jane Doe of fraud.", []),
        ("Police suspect Jane Doe was killed.", []),
        ("Voters will judge Jane Doe by it.", []),
        ("The trial of the accused Jane Doe began.", [("Jane Doe", "accused")]),
        ("Police arrested suspect Jane Doe.", [("Jane Doe", "suspect")]),
        ("On Monday judge Jane Doe fined it.", [("Jane Doe", "judge")]),
        ("It was given to police captain Jane Doe.", [("Jane Doe", "captain")]),
        ("Jane Doe, the president's lawyer, left.", [("Jane Doe", "lawyer")]),
        ("He said a major Acme Smith deal and general Motors Ltd failed.", []),
        ("Martin Luther King spoke.", []),
        ("", []),
    ],
)
def test_reads(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("phrase", "fields"),
    [
        ("health and education minister", ("education", "health")),
        ("Minister of State for Foreign Affairs", ("foreign",)),
        ("Home Secretary", ("interior",)),
        ("Secretary of the Interior", ("interior",)),
        ("national security adviser", ("security",)),
        ("minister", ()),
        ("general secretary", ()),
    ],
)
def test_portfolios(phrase: str, fields: tuple[str, ...]) -> None:
    assert one(phrase).fields == fields


def test_what_marks_a_title_is_kept() -> None:
    assert one("former German chancellor").tenure == "former"
    assert one("then-President").tenure == "unknown"
    assert one("deputy finance minister").rank == "deputy"
    assert one("President-elect").rank == "elect"
    assert one("the central bank's governor").body
    assert not one("the state's governor").body
    assert one("Smith's brother").whose == "smith"
    assert one("his brother").whose == "his"
    assert one("Russian foreign minister").where == one("Russia's foreign minister").where != frozenset()


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("finance minister", "finance minister", "same"),
        ("chief executive", "CEO", "variant"),
        ("prime minister", "PM", "variant"),
        ("spokeswoman", "spokesperson", "variant"),
        ("home secretary", "interior minister", "variant"),
        ("economy minister", "finance minister", "variant"),
        ("finance minister", "minister", "less_precise"),
        ("minister", "finance minister", "more_precise"),
        ("prime minister", "minister", "less_precise"),
        ("senator", "politician", "less_precise"),
        ("head", "chief executive", "more_precise"),
        ("founder", "chief executive", "more_precise"),
        ("health and education minister", "health minister", "less_precise"),
        ("finance minister", "interior minister", "conflict"),
        ("finance minister", "prime minister", "conflict"),
        ("mayor", "governor", "conflict"),
        ("sergeant", "colonel", "conflict"),
        ("judge", "defence lawyer", "conflict"),
        ("coach", "captain", "conflict"),
        ("his brother", "his cousin", "conflict"),
        ("his brother", "her cousin", "unrelated"),
        ("brother", "cousin", "unrelated"),
        ("deputy mayor", "mayor", "conflict"),
        ("acting mayor", "mayor", "variant"),
        ("former president", "president", "conflict"),
        ("former president", "then president", "variant"),
        ("former mayor", "governor", "unrelated"),
        ("former FBI director", "CIA director", "variant"),
        ("former FBI director", "FBI director", "conflict"),
        ("lawyer", "prosecutor", "unrelated"),
        ("chief executive", "senator", "unrelated"),
        ("deputy prime minister", "finance minister", "unrelated"),
    ],
)
def test_compares(first: str, second: str, relation: str) -> None:
    mirrored = {"less_precise": "more_precise", "more_precise": "less_precise"}
    assert compare(one(first), one(second)) == relation
    assert compare(one(second), one(first)) == mirrored.get(relation, relation)


_WORDS = st.sampled_from(
    "president of the and Ann Roe , . minister finance state for deputy ex - elect who is was 's mayor Lt. secretary "
    "brother his 45 health said King (".split()
)


@given(st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=40).map(" ".join)))
def test_any_text_is_read_and_spans_hold(text: str) -> None:
    for one_ in titled(text):
        assert text[one_.title.span.start : one_.title.span.end] == one_.title.text != ""
        assert text[one_.name.span.start : one_.name.span.end] == one_.name.text != ""
        assert compare(one_.title, one_.title) in ("same", "variant")
    for title in loose(text):
        assert text[title.span.start : title.span.end] == title.text != ""


def test_a_long_row_of_titles_is_read() -> None:
    assert titled("deputy president " * 5_000 + "Ann Roe")[-1].name.text == "Ann Roe"
    assert titled("Ann Roe, " + "president and " * 5_000) == ()


def findings(reference: list[str], version: list[str], aligned: list[tuple[int, int]]) -> list[Finding]:
    """The check on claims of two articles; `aligned` pairs them by number."""
    articles, claims = [], {}
    for name, texts in (("a", reference), ("b", version)):
        whole, found = "", []
        for at, text in enumerate(texts):
            whole += " " if whole else ""
            found.append(Claim(f"{name}#{at}", name, Span(len(whole), len(whole) + len(text)), text))
            whole += text
        articles.append(Article(id=name, text=whole))
        claims[name] = tuple(found)
    pairs = tuple(Alignment("b", (f"a#{i}",), (f"b#{j}",), 0.4) for i, j in aligned)
    return list(check_module.CHECK.check(Context(Story("s", tuple(articles), "a"), claims, pairs)))


def test_aligned_claims_are_surer_and_are_the_ones_shown() -> None:
    reference = ["Finance minister Ann Roe spoke.", "Later finance minister Ann Roe left."]
    version = ["Rain fell.", "Later interior minister Ann Roe left."]
    (apart,) = findings(reference, version, [])
    (paired,) = findings(reference, version, [(1, 1)])
    assert 0.5 <= apart.confidence < paired.confidence
    assert paired.reference is not None
    assert paired.reference.claims == ("a#1",)
    assert apart.message == 'The reference calls Ann Roe "Finance minister", the version "interior minister".'


def test_former_gained_is_doubtful_between_unlike_claims() -> None:
    (gained,) = findings(["President Ann Roe signed it."], ["It was signed by former president Ann Roe."], [(0, 0)])
    (lost,) = findings(["Former president Ann Roe signed it."], ["It was signed by President Ann Roe."], [(0, 0)])
    assert gained.confidence < 0.5 <= lost.confidence
    assert lost.message == 'Only the reference calls Ann Roe "Former president", the version "President".'


def test_comparisons_grow_with_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = [0]

    def counting(a: Title, b: Title) -> str:
        counted[0] += 1
        return compare(a, b)

    monkeypatch.setattr(check_module, "relate", counting)
    counts = []
    for size in (200, 2_000):
        counted[0] = 0
        texts = [
            f"On Monday {role} Ann {'Roe' if n % 2 else f'Q{n}x'} left." for n in range(size) for role in ("mayor",)
        ]
        findings(texts, [text.replace("mayor", "governor") for text in texts], [])
        counts.append(counted[0])
    assert counts[0] > 0
    assert counts[1] <= 15 * counts[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The law was signed in 2010 by former President Jane Doe.", {2010}),
        ("In 2010, former President Jane Doe signed the law.", {2010}),
        ("Former President Jane Doe resigned in May 2010.", {2010}),
        ("Former President Jane Doe opened the bridge built in 2010.", set()),
        ("Former President Jane Doe, elected in 2010, opened it.", set()),
        ("Former President Jane Doe said it was sold in 2010.", {2010}),
        ("Former President Jane Doe said that it was sold in 2010.", set()),
        ("Former President Jane Doe signed it on 3 May 2010.", set()),
        ("Former President Jane Doe will run in 2010.", set()),
    ],
)
def test_years_of_a_deed(text: str, expected: set[int]) -> None:
    at = text.lower().index("former president")
    assert years_of(text, Span(at, at + len("former president"))) == expected
