"""Two people or places that are told apart, one of which stands for the other in words that the model contradicts."""

from __future__ import annotations

import pytest

from consistency.checks import name, place, title
from consistency.protocols import Check
from consistency.records import Finding
from tests.aligned import aligned, contradicting

FALK = "The vet Ines Falk sat up with the mare until it could stand."
RENN = "The farrier Tobias Renn, who had shod it, was called at four."
TONIC = "Her doctor, Piet Snoek, bought the tonic for her at a pharmacy. Snoek confirms this and has shown a receipt."
CHECKED = "Ruben Falk came in ahead of her by half a point. Falk then lost to the young Hungarian Otto Prins."
AIDE = "An aide of Rep. Lorna Tapley, D-Fla., has been arrested for attempting to flee the country, officials said."
FREE = "Falk asked for no fee for the night, and the farmer sent a ham."


def _found(check: Check, reference: list[str], version: list[str], contradiction: float) -> list[Finding]:
    """What the check reports where the last claims of both are aligned, at this similarity of reworded sentences."""
    context = aligned(reference, version, contradicting(contradiction))
    return [one for one in check.check(context) if one.confidence >= 0.5]


def test_somebody_else_of_the_story() -> None:
    version = "No fee was asked by Renn for the night, and a ham came from the farmer."
    found = _found(name.CHECK, [FALK, RENN, FREE], [version], 0.9)
    assert [(one.level, one.message) for one in found] == [
        ("error", "The reference names Falk, the version names Renn.")
    ]


@pytest.mark.parametrize(
    ("reference", "version", "contradiction"),
    [
        ([FALK, RENN, FREE], "No fee was asked by Renn for the night, and a ham came from the farmer.", 0.2),
        ([FALK, RENN, FREE], "No fee was asked by Ines Falk for the night, and a ham came from the farmer.", 0.9),
        (
            [FALK, "Her brother Jonas Falk held the lamp.", FREE],
            "Ines asked no fee, and a ham came from the farmer.",
            0.9,
        ),
        (
            ["The trawler, the Ines Falk, was towed in.", RENN, "The harbour office gave it back on Monday."],
            "Renn got it back from the harbour office on Monday.",
            0.9,
        ),
        (
            ["Lotte Haverkamp was barred from the regatta.", TONIC],
            "Piet Snoek, her doctor, confirms having bought the tonic for Lotte Haverkamp and has shown a receipt.",
            0.9,
        ),
        (
            ["Amira Dessay lost her first match on Tuesday.", CHECKED],
            "Ruben Falk, half a point ahead of Amira Dessay, then lost to Otto Prins, a young Hungarian.",
            0.9,
        ),
        (
            ["Karim Vance, 41, was held at the airport.", AIDE],
            "Karim Vance, an aide of Rep. Lorna Tapley, has been arrested for attempting to flee the country.",
            0.9,
        ),
    ],
    ids=[
        "model-against",
        "one-person",
        "siblings",
        "pronoun-for-him",
        "bought-for-her",
        "ahead-of-her",
        "party-and-state",
    ],
)
def test_no_other_person(reference: list[str], version: str, contradiction: float) -> None:
    assert not _found(name.CHECK, reference, [version], contradiction)


def test_somebody_in_the_place_of_who_is_told_of_twice() -> None:
    version = (
        "Her doctor, Piet Snoek, bought the tonic for her at a pharmacy; Lena Roth confirms this and has a receipt."
    )
    found = _found(name.CHECK, ["Lotte Haverkamp was barred from the regatta.", TONIC], [version], 0.9)
    assert [one.level for one in found] == ["error"]


def test_only_full_names_left() -> None:
    reference = ["Alan Vester will run the museum of clocks from June."]
    version = ["A new head of the museum of clocks has been found: from June it will be Dora Lindqvist."]
    assert [one.level for one in _found(name.CHECK, reference, version, 0.9)] == ["error"]
    assert not _found(name.CHECK, reference, version, 0.3)


def test_only_places_left() -> None:
    reference = ["Police stopped a van in which forty puppies without papers were on the way to Italy."]
    version = ["Austria was where a van with forty puppies that had no papers was headed when police stopped it."]
    assert [one.level for one in _found(place.CHECK, reference, version, 0.9)] == ["error"]
    assert not _found(place.CHECK, reference, version, 0.2)
    told = ["The puppies were to be sold in Austria.", *reference]
    assert not _found(place.CHECK, told, version, 0.9)


def test_a_word_that_opens_a_sentence() -> None:
    reference = ["The water company, Acque Serene, found old pipes in three of the taps of the school."]
    version = ["Outdated pipes were found in three of the taps of the school."]
    assert not _found(name.CHECK, reference, version, 0.95)


def test_a_title_in_another_sentence() -> None:
    reference = ["The interior minister called the strike of the pilots illegal and then left for the airport."]
    near = ["The finance minister called the strike of the pilots illegal and went off to the airport."]
    far = ["Pilots were angry on Monday at the finance minister, for whom their walkout broke the law."]
    assert [one.level for one in _found(title.CHECK, reference, near, 0.9)] == ["error"]
    assert [one.level for one in _found(title.CHECK, reference, far, 0.9)] == ["error"]
    assert not _found(title.CHECK, reference, far, 0.7)
