"""Places: what is read as one, what stays silent, and how two stand to each other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.facts._places import gazetteer as _gazetteer
from consistency.facts._places.gazetteer import gazetteer, rows, words
from consistency.facts._places.standing import near, one_slot
from consistency.facts.place import Place, compare, mentions, places, related


def read(text: str) -> list[str]:
    """The sure places of a text, by id."""
    return [place.key for place in places(text)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Kyiv and Kiev", ["UA/Kyiv", "UA/Kyiv"]),
        ("Peking, then Beijing", ["CN/Beijing", "CN/Beijing"]),
        ("near Zaporozhye and Zaporizhzhia", ["UA/Zaporizhzhia", "UA/Zaporizhzhia"]),
        ("Artemivsk, now Bakhmut", ["UA/Bakhmut", "UA/Bakhmut"]),
        ("the U.S., the U. S., the US, the USA, America, the United States", ["US"] * 6),
        ("American officials; two Americans", ["US", "US"]),
        ("the UN, the U.N. and the United Nations", ["UN"] * 3),
        ("the ICC or International Criminal Court", ["ICC", "ICC"]),
        ("NATO and Nato", ["NATO", "NATO"]),
        ("the Kremlin, Downing Street, the White House", ["RU", "GB", "US"]),
        ("seen by the West as a threat", ["WEST"]),
        ("Ukraine’s army, China's economy", ["UA", "CN"]),
        ("Chinese President Xi Jinping and Russian troops", ["CN", "RU"]),
        ("Chicago, Illinois", ["US-IL/Chicago", "US-IL"]),
        ("a Kyiv-based group, U.S.-led forces", ["UA/Kyiv", "US"]),
        ("Côte d’Ivoire and Bogota", ["CI", "CO/Bogotá"]),
        ("Ho Chi Minh City", ["VN/Ho Chi Minh City"]),
        ("a tower in Redmond", ["US-WA/Redmond"]),
        ("talks with Turkey", ["TR"]),
        ("troops in Jordan", ["JO"]),
        ("flooding in Georgia", ["GE|US-GA"]),
        ("St. Petersburg, Russia", ["RU/Saint Petersburg|US-FL/St. Petersburg", "RU"]),
        ("the South Sudanese army in South Sudan", ["SS", "SS"]),
        ("Guinea-Bissau", ["GW"]),
        ("a mill in Kinston, N.C. Others closed", ["US-NC"]),
        ("of Duluth, Minn., and Beckley, W. Va., too", ["US-MN", "US-WV"]),
    ],
)
def test_reads(text: str, ids: list[str]) -> None:
    assert read(text) == ids


@pytest.mark.parametrize(
    "text",
    [
        "The minister told us that they let us go.",
        "LET US GO HOME NOW",
        "Jordan Henderson scored twice.",
        "Paris Hilton smiled.",
        "The Philadelphia Eagles won.",
        "Georgia said she was tired.",
        "Washington said it would not comment.",
        "President Washington crossed the river.",
        "George Washington crossed the river.",
        "Michael Jordan retired.",
        "Jordan said it again.",
        "Turkey is eaten cold.",
        "Chad came late.",
        "Reading is fun.",
        "Nice work.",
        "Mobile phones rang.",
        "Buffalo wings were served.",
        "Orange juice was served.",
        "American Airlines cancelled the flight.",
        "The Washington Post and the New York Times reported it.",
        "A Paris Agreement on climate.",
        "ships in the South China Sea",
        "an African-American writer",
        "who said it? they.",
        "a man of nice manners reading a book",
        "Springfield lost. Redmond too.",
        "Manchester United and Real Madrid drew.",
        "Western shirts",
    ],
)
def test_stays_silent(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["Georgia said so.", "Washington said so.", "Jordan agreed."])
def test_doubtful_places_are_still_mentions(text: str) -> None:
    assert [place.sure for place in mentions(text)] == [False]


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("Kyiv", "Kiev", "same"),
        ("U. S.", "America", "same"),
        ("Kyiv", "Ukraine", "variant"),
        ("China", "Chinese", "variant"),
        ("China", "Beijing", "variant"),
        ("Chinese", "Beijing", "variant"),
        ("Kremlin", "Moscow", "variant"),
        ("Washington", "America", "variant"),
        ("Brussels", "EU", "variant"),
        ("NATO", "US", "variant"),
        ("Hamas", "Gaza", "variant"),
        ("Chicago", "Illinois", "less_precise"),
        ("Illinois", "Chicago", "more_precise"),
        ("Scotland", "Britain", "less_precise"),
        ("Germany", "Europe", "less_precise"),
        ("Bakhmut", "Donbas", "less_precise"),
        ("Hong Kong", "China", "less_precise"),
        ("Crimea", "Ukraine", "less_precise"),
        ("Crimea", "Russia", "less_precise"),
        ("Georgia", "Atlanta", "more_precise"),
        ("Kyiv", "China", "conflict"),
        ("Kyiv", "Moscow", "conflict"),
        ("Kyiv", "Kharkiv", "conflict"),
        ("Niger", "Nigeria", "conflict"),
        ("Austria", "Australia", "conflict"),
        ("Iran", "Iraq", "conflict"),
        ("North Korea", "South Korea", "conflict"),
        ("Indiana", "Ohio", "conflict"),
        ("Africa", "Europe", "conflict"),
        ("UN", "EU", "conflict"),
        ("Delhi", "New Delhi", "unrelated"),
        ("Lisbon", "Lisboa", "same"),
        ("Kishinev", "Chisinau", "same"),
        ("Syracuse", "Siracusa", "same"),
        ("Munich", "Bavaria", "less_precise"),
        ("Naypyidaw", "Yangon", "conflict"),
        ("Lower Saxony", "Sachsen", "conflict"),
        ("NATO", "Chicago", "unrelated"),
    ],
)
def test_compares(first: str, second: str, relation: str) -> None:
    assert compare(mentions(first)[0], mentions(second)[0]) == relation


def _last(text: str, name: str) -> Place:
    return next(place for place in reversed(mentions(text)) if place.text == name)


@pytest.mark.parametrize(
    ("premise", "one", "hypothesis", "other", "expected"),
    [
        ("He met Mark Rutte in Oslo.", "Oslo", "He met Mark Rutte in Rome.", "Rome", True),
        ("He met Mark Rutte in Oslo.", "Oslo", "He saw the Dutch minister.", "Dutch", False),
        ("Ana Reyes won in Oslo.", "Oslo", "Reyes of Chile won.", "Chile", False),
        ("Ana Reyes won in Oslo.", "Oslo", "Reyes, a Chile-born player, won.", "Chile", False),
        ("The minister spoke in Norway.", "Norway", "The Danish minister spoke.", "Danish", False),
        ("The polls in Norway open.", "Norway", "The Danish polls open.", "Danish", True),
        ("Polls in Norway open.", "Norway", "Danish polls open.", "Danish", True),
        ("Norway agreed to it.", "Norway", "Danish ministers agreed.", "Danish", True),
        ("Norway agreed to it.", "Norway", "He signed it in Spain.", "Spain", False),
        ("It was signed in Oslo on Friday.", "Oslo", "It was signed on Friday, Spain said.", "Spain", False),
        ("Fire swept Norway and Spain.", "Spain", "A fire in Peru and Chile.", "Chile", True),
        ("A ban against Norway was lifted.", "Norway", "It lifted a ban on Spain.", "Spain", True),
        ("Norway's envoy met the bishop.", "Norway", "The envoy met Peru's bishop.", "Peru", False),
        ("Norway's envoy met the bishop.", "Norway", "The bishop met Peru's envoy.", "Peru", True),
    ],
)
def test_places_that_do_the_same_for_their_sentences(
    premise: str, one: str, hypothesis: str, other: str, expected: bool
) -> None:
    first, second = _last(premise, one), _last(hypothesis, other)
    assert one_slot(premise, first, hypothesis, second) == one_slot(hypothesis, second, premise, first) == expected


def test_a_near_copy_has_the_same_words_around_a_place() -> None:
    texts = "Its war against Norway goes on.", "Its war in Spain goes on.", "It goes on in Spain."
    first, second, third = (
        (text, _last(text, name)) for text, name in zip(texts, ("Norway", "Spain", "Spain"), strict=True)
    )
    assert near(*first, *second)
    assert not near(*first, *third)


def test_each_name_of_a_thing_stands_in_one_row() -> None:
    """So that a name says which thing is meant."""
    names = [name for (names,) in rows("exonyms") for name in names.split(";")]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_a_capital_speaks_for_its_country_but_not_for_a_city_in_it() -> None:
    moscow, petersburg, siberia = (mentions(name)[0] for name in ("Moscow", "Saint Petersburg", "Siberia"))
    assert related(moscow, siberia)
    assert compare(moscow, petersburg) == "conflict"


def test_country_is_known_where_it_is_one() -> None:
    assert mentions("Chicago")[0].country == "US"
    assert mentions("Crimea")[0].country == ""


def _tables() -> Iterator[tuple[str, int]]:
    yield from (
        ("countries", 4),
        ("regions", 5),
        ("cities", 4),
        ("aliases", 2),
        ("governments", 2),
        ("organisations", 3),
        ("ambiguous", 2),
        ("not_places", 1),
        ("words", 2),
        ("given_names", 2),
        ("well_known", 1),
    )


@pytest.mark.parametrize(("table", "fields"), list(_tables()))
def test_tables_have_their_fields(table: str, fields: int) -> None:
    assert {len(row) for row in rows(table)} == {fields}


def test_every_id_that_a_table_names_exists() -> None:
    known = gazetteer().entities
    held = [one for row in rows("regions") for one in (*row[3].split(";"), *row[4].split(";")) if one]
    near = [one for row in rows("organisations") for one in row[2].split(";") if one]
    within = [one for row in rows("cities") for one in row[2].split(";") if one]
    assert sorted({one for one in (*held, *near, *within) if one not in known}) == []


def test_nothing_holds_itself_or_is_unrelated_to_what_holds_it() -> None:
    table = gazetteer()
    assert [one for one in table.entities if one in table.above(one)] == []


@given(st.text(alphabet=st.sampled_from(list("Kyiv US.-,’'\n“”()ÉéßİU.S China in Georgia")), max_size=80))
def test_spans_hold_their_text(text: str) -> None:
    end = 0
    for place in mentions(text):
        assert text[place.span.start : place.span.end] == place.text
        assert place.span.start >= end
        end = place.span.end


@given(st.text(max_size=120))
def test_words_hold_their_text(text: str) -> None:
    end = 0
    for word in words(text):
        assert text[word.start : word.end] == word.text
        assert word.start >= end
        assert word.fold
        end = word.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Polish prime minister spoke.", [True]),
        ("Polish shoes every day.", [False]),
        ("Two Danish sailors were rescued.", [True]),
    ],
)
def test_a_demonym_before_a_noun_is_sure(text: str, expected: list[bool]) -> None:
    assert [place.sure for place in mentions(text)] == expected


def test_a_spelling_is_kept_under_its_first_word() -> None:
    """Names are not read before a text has their first word, and that word is told in two ways."""
    names = [name for table in ("countries", "regions", "cities") for row in rows(table) for name in row[1].split(";")]
    assert len(names) > 5_000
    assert all(_gazetteer._first(name) == words(name)[0].fold for name in names)
