"""Names: what is read as one, and which two are the same, a variant, a typo or at odds."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.checks.name import CHECK
from consistency.facts.name import (
    Name,
    acting,
    compare,
    first_name_exchanged,
    generic_bodies,
    names,
    romanised,
    slip,
    surname_exchanged,
)
from consistency.protocols import Context
from consistency.records import Scores
from tests.cases import Case, context


def read(text: str) -> list[str]:
    return [name.text for name in names(text)]


def one(name: str) -> Name:
    """The name, read in the middle of a sentence."""
    found = names(f"yesterday they met {name} again")
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chinese President Xi Jinping met Russian President Vladimir Putin.", ["Xi Jinping", "Vladimir Putin"]),
        ("“We watch,” National Security Advisor Jake Sullivan said on Monday.", ["Jake Sullivan"]),
        ("It was Chinese Foreign Minister Qin Gang’s idea.", ["Qin Gang"]),
        ("He saw Lt. Col. John F. Kennedy and Mr. Dutton.", ["John F. Kennedy", "Dutton"]),
        ("the plan of Ursula von der Leyen and Osama bin Laden", ["Ursula von der Leyen", "Osama bin Laden"]),
        ("at the Ministry of Interior in Kyiv", ["Ministry of Interior"]),
        ("a report by the Brookings Institution", ["Brookings Institution"]),
        ("But Sullivan was there in March.", ["Sullivan"]),
        ("Jordan Henderson and the Philadelphia Eagles were invited.", ["Jordan Henderson", "Philadelphia Eagles"]),
        ("In Paris on Monday, a Frenchman of Muslim faith spoke English.", []),
        ("The U.S. and China met at the UN in New York.", []),
        ("the minister spoke, I said, and they went home", []),
    ],
)
def test_reads(text: str, expected: list[str]) -> None:
    assert read(text) == expected


def test_a_word_that_opens_a_sentence_is_doubtful_alone() -> None:
    found = names("Fears grew. Hass writes that Ryan Hass was right. Kostin’s office agreed.")
    assert [(name.text, name.sure) for name in found] == [
        ("Fears", False),
        ("Hass", False),
        ("Ryan Hass", True),
        ("Kostin", True),
    ]


def test_a_headline_in_title_case_is_doubtful() -> None:
    assert not any(name.sure for name in names("What Xi And Putin Want From Their Meeting"))


def test_titles_and_kinds_are_kept() -> None:
    minister, court = names("yesterday Finance Minister Olaf Scholz praised the Supreme Court there")
    assert (minister.kind, minister.titled, minister.parts) == ("person", True, ("olaf", "scholz"))
    assert (court.kind, court.titled) == ("organisation", False)


@pytest.mark.parametrize(
    ("first", "second", "kinship"),
    [
        ("Zelensky", "Zelensky", "same"),
        ("Zelensky", "Zelenskyy", "variant"),
        ("Zelensky", "Zelenskiy", "variant"),
        ("Gaddafi", "Qaddafi", "variant"),
        ("Gaddafi", "Qadhafi", "variant"),
        ("Sergei Shoigu", "Sergey Shoygu", "variant"),
        ("Yevgeny Prigozhin", "Yevgeniy Prigozhin", "variant"),
        ("Osama bin Laden", "Usama bin Ladin", "variant"),
        ("Xi Jinping", "Jinping Xi", "variant"),
        ("Putin", "Vladimir Putin", "variant"),
        ("Joe Biden", "Joseph Biden", "variant"),
        ("J. Sullivan", "Jake Sullivan", "variant"),
        ("George W. Bush", "George Bush", "variant"),
        ("Brookings", "Brookings Institution", "variant"),
        ("PFF", "Polish Football Federation", "conflict"),
        ("NTSB", "National Transportation Safety Board", "variant"),
        ("Jake Sullivan", "Jake Sillivan", "typo"),
        ("Jake Sullivan", "Jake Sulivan", "typo"),
        ("Kostin", "Kostan", "typo"),
        ("Jennifer Hawkins", "Jennifer Hakwins", "typo"),
        ("Joe Biden", "Hunter Biden", "conflict"),
        ("Jake Sullivan", "Antony Blinken", "conflict"),
        ("Merkel", "Macron", "conflict"),
        ("Olaf Scholz", "Supreme Court", "unrelated"),
    ],
)
def test_compares(first: str, second: str, kinship: str) -> None:
    assert compare(one(first), one(second)) == kinship
    assert compare(one(second), one(first)) == kinship


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("olympic", "olympics"),
        ("ukraine", "ukrainian"),
        ("organisation", "organization"),
        ("defence", "defense"),
        ("labour", "labor"),
        ("house", "hours"),
        ("xi", "xu"),
        ("zelensky", "zelenskyy"),
        ("covid19", "covid18"),
        ("merkel", "macron"),
    ],
)
def test_no_slip(first: str, second: str) -> None:
    assert not slip(first, second)
    assert not slip(second, first)


def test_two_letters_may_slip_in_a_long_name_only() -> None:
    assert slip("hifikepunye", "hifikepumyo")
    assert not slip("kostin", "kastan")


@given(st.text(alphabet=st.sampled_from(list("Xi Jo.-,’'\n“”ÉßİvanThe d of Bank12")), max_size=80))
def test_spans_hold_their_text(text: str) -> None:
    end = 0
    for name in names(text):
        assert text[name.span.start : name.span.end] == name.text
        assert name.span.start >= end
        assert name.parts
        end = name.span.end


@given(st.text(max_size=100))
def test_romanised_takes_anything(text: str) -> None:
    assert romanised(text) == romanised(text)
    assert isinstance(romanised(text), str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It sank in the Baltic Sea near the coast.", ["Baltic Sea"]),
        ("He led the Labour Party until May.", ["Labour Party"]),
        ("The court heard the Democratic Party first.", ["Democratic Party"]),
        ("He looked north and saw the sea.", []),
    ],
)
def test_a_body_keeps_the_word_that_tells_it_from_others(text: str, expected: list[str]) -> None:
    assert read(text) == expected


def test_an_acronym_that_opens_a_sentence_is_sure() -> None:
    assert [(name.text, name.sure) for name in names("SLD voted against it. Rain fell.")] == [
        ("SLD", True),
        ("Rain", False),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Murray lost the first set.", True),
        ("Putin also stressed that he would go.", True),
        ("Siemens has sold the plant.", True),
        ("Murray owns a flat.", True),
        ("Moderate rain will fall.", False),
        ("Fears grew.", False),
        ("Police said so.", False),
        ("Growth was weak.", False),
        ("Production rose again.", False),
        ("Moscow", False),
    ],
)
def test_a_doubtful_word_that_does_something_is_likely_a_name(text: str, expected: bool) -> None:
    assert any(acting(text, name) for name in names(text)) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Alan Petrie", "Callum Petrie", True),
        ("Gretchen Whitmer", "Zeman Whitmer", True),
        ("Joanne Rowling", "J. Rowling", False),
        ("Yevgeny Morozov", "Evgeni Morozov", False),
        ("Timothy Kaine", "Tim Kaine", False),
        ("William Burns", "Bill Burns", False),
        ("Alan Petrie", "Callum Reid", False),
        ("Alan Petrie", "Petrie", False),
    ],
)
def test_a_first_name_is_exchanged(first: str, second: str, expected: bool) -> None:
    assert first_name_exchanged(one(first), one(second)) is expected


def test_bodies_named_by_their_kind_alone() -> None:
    found = generic_bodies("Members of the Senate met the Supreme Court, the army and the Republicans. Congress slept.")
    assert [(name.text, name.sure) for name in found] == [("Senate", False), ("Republicans", False)]


def _context(case: Case, contradiction: float) -> Context:
    scores = Scores(entailment=0.0, neutral=1 - contradiction, contradiction=contradiction)
    given = context(case)
    alignment = msgspec.structs.replace(given.alignments[0], forward=scores, backward=scores)
    return msgspec.structs.replace(given, alignments=(alignment,))


def test_the_model_lifts_a_candidate_and_nothing_else() -> None:
    weak = Case(
        id="weak",
        origin="synthetic",
        reference="I knew that Bryant's ego could not take any trash talk before the game.",
        version="To hurt Chavez's ego with trash talk was a thing I knew to avoid.",
        expect=[],
        why="",
    )
    (neutral,), (leaning,) = (list(CHECK.check(_context(weak, one))) for one in (0.0, 0.7))
    assert 0.3 <= neutral.confidence < 0.5 <= leaning.confidence
    same = msgspec.structs.replace(weak, version="I knew that the ego of Bryant could not take trash talk.")
    assert not list(CHECK.check(_context(same, 0.9)))


def test_a_body_named_by_its_kind_is_exchanged_only_where_the_model_leans_so() -> None:
    senate = Case(
        id="senate",
        origin="synthetic",
        reference="The bill on tolls was sent on by the Senate last week.",
        version="The bill on tolls was sent on by Nordlink Holding last week.",
        expect=[],
        why="",
    )
    (quiet,), (sure,) = (list(CHECK.check(_context(senate, one))) for one in (0.1, 0.8))
    assert quiet.confidence < 0.5 <= sure.confidence


def test_a_word_is_cut_where_a_sentence_begins_inside_it() -> None:
    assert [name.text for name in names("By Aline MorganThe mayor met Juan McDonald and Ida DeWitt.")][-2:] == [
        "Juan McDonald",
        "Ida DeWitt",
    ]
    assert not any("The" in name.text for name in names("By Aline MorganThe mayor met Juan McDonald."))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He met Kim Jong-un in May.", ["Kim Jong-un"]),
        ("He met Chiang Kai-shek in May.", ["Chiang Kai-shek"]),
        ("He met Heung-min Son in May.", ["Heung-min Son"]),
        ("He met Moon Jae-in in May.", ["Moon Jae-in"]),
        ("He met Hussein al-Sheikh in May.", ["Hussein al-Sheikh"]),
        ("He saw the Trump-backed plan in May.", ["Trump"]),
        ("He liked the Ana Roe-led team in May.", ["Ana Roe"]),
        ("He saw a Day-long strike in May.", ["Day"]),
    ],
)
def test_a_tied_syllable_belongs_to_its_name(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Anna Kowalska", "Anna Nowak", True),
        ("Helen Marsh", "Helen Foster", False),
        ("Helen Marsh", "Helen Quint", True),
        ("Kim Jong-un", "Kim Jong-il", True),
        ("Kim Jong Un", "Kim Yo Jong", True),
        ("Park Geun-hye", "Park Geun-young", True),
        ("Kim Jong-un", "Kim Jong Eun", False),
        ("Kim Yong-ho", "Kim Young-ho", False),
        ("Anna Weber", "Anna Weber-Lang", False),
        ("Anna Weber", "Anna Webber", False),
        ("Abu Mohammed al-Jolani", "Abu Mohammed al-Golani", False),
        ("Hurricane Irma", "Hurricane Katrina", False),
        ("Ann Roe", "Bob Roe", False),
    ],
)
def test_a_surname_is_exchanged(first: str, second: str, expected: bool) -> None:
    assert surname_exchanged(one(first), one(second)) is expected
