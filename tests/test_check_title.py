"""What the check `title` finds only where the model, too, sees a contradiction."""

from __future__ import annotations

import pytest

from consistency.checks.title import CHECK
from consistency.records import Finding, Scores
from tests.aligned import aligned

SURE = Scores(entailment=0.05, neutral=0.05, contradiction=0.9)
UNSURE = Scores(entailment=0.4, neutral=0.2, contradiction=0.4)


def found(reference: str, version: str, scores: Scores) -> list[Finding]:
    return list(CHECK.check(aligned([reference], [version], scores, similarity=0.5)))


BELIEVED = [
    pytest.param(
        "The engineer Nives Kralj said on Friday that the lower town would be under water without the dam.",
        "Without the dam, mayor Nives Kralj said on Friday, there would be water in the lower town.",
        "warning",
        id="an engineer and a mayor",
    ),
    pytest.param(
        "Their aunt Walpurga has always voted with the younger of the two Ebner brothers.",
        "Walpurga, the mother of the two, has always voted with the younger Ebner.",
        "warning",
        id="two relations of one person",
    ),
    pytest.param(
        "The sculptor, who never finished school, left a library of eleven thousand books behind.",
        "The composer left eleven thousand volumes behind, though no school had ever kept him to the end.",
        "error",
        id="another calling of somebody without a name",
    ),
    pytest.param(
        "The hospital recruited more nurses in Kerala last year than it lost to clinics in Dublin.",
        "Clinics in Dublin drew away fewer doctors than the hospital found for itself in Kerala.",
        "error",
        id="another calling of several people",
    ),
]


@pytest.mark.parametrize(("reference", "version", "level"), BELIEVED)
def test_another_title_told_anew_is_found_where_the_model_agrees(reference: str, version: str, level: str) -> None:
    assert [one.level for one in found(reference, version, SURE)] == [level]


@pytest.mark.parametrize(("reference", "version", "level"), BELIEVED)
def test_the_same_stays_quiet_where_the_model_does_not(reference: str, version: str, level: str) -> None:
    assert found(reference, version, UNSURE) == []


@pytest.mark.parametrize(
    ("reference", "version"),
    [
        pytest.param(
            "A hurdler who fell at the finish in Bergen on Sunday has kept her leg.",
            "Surgeons have saved the leg of the woman who fell at the finish in Bergen on Sunday.",
            id="one and several",
        ),
        pytest.param(
            "The shepherd of Livigno drove the bear off with a torch on Sunday night.",
            "It was a torch with which the pastor of Livigno drove off the bear on Sunday night.",
            id="a shepherd in a translator's words",
        ),
        pytest.param(
            "The pianist left the stage in Ghent after the second movement on Friday.",
            "After the second movement the composer walked off the stage in Ghent on Friday.",
            id="callings of one person",
        ),
    ],
)
def test_benign_titles_stay_quiet_even_so(reference: str, version: str) -> None:
    assert found(reference, version, SURE) == []


CONVERSE = [
    ("The boy's grandmother, Vera Klein, brought him to Brno on Friday.", "Vera Klein took her grandson to Brno."),
    ("The girl's uncle drove her to the clinic in Porto on Sunday.", "The man drove his niece to the clinic in Porto."),
    ("The widow of the driver won damages on Friday in Bari.", "The woman, whose husband drove, won damages in Bari."),
    (
        "His son-in-law ran the firm in Turin until Friday.",
        "The man, whose father-in-law owned it, ran the firm in Turin.",
    ),
    ("The patient's doctor spoke of luck in Porto on Sunday.", "The surgeon spoke in Porto of luck for his patient."),
]


@pytest.mark.parametrize(("reference", "version"), CONVERSE)
def test_a_relation_may_be_told_from_its_other_end(reference: str, version: str) -> None:
    assert found(reference, version, SURE) == []


@pytest.mark.parametrize(
    ("reference", "version"),
    [
        (
            "The woman's nephew was held in Brno on Friday after the fire.",
            "Police held her uncle in Brno after the fire.",
        ),
        (
            "The uncle was held in Brno on Friday after the fire.",
            "After the fire in Brno the nephew was held on Friday.",
        ),
        ("His grandfather left him the house in Turin.", "In Turin his grandson left him the house, he said."),
        ("The doctor was held in Brno on Friday after the fire.", "After the fire in Brno the patient was held."),
    ],
)
def test_another_relation_of_the_same_is_none(reference: str, version: str) -> None:
    assert len(found(reference, version, SURE)) == 1
