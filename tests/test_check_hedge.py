"""What the check `hedge` finds in a clause told anew only where the model, too, sees a contradiction."""

from __future__ import annotations

import pytest

from consistency.checks.hedge import CHECK
from consistency.records import Finding, Scores
from tests.aligned import aligned

SURE = Scores(entailment=0.05, neutral=0.05, contradiction=0.9)
UNSURE = Scores(entailment=0.6, neutral=0.3, contradiction=0.1)


def found(reference: str, version: str, scores: Scores) -> list[Finding]:
    return list(CHECK.check(aligned([reference], [version], scores, similarity=0.7)))


ANEW = [
    pytest.param(
        "The brewers of Kilrush dropped their complaint against the county, so the rates stay as they are.",
        "The complaint against the county is to be withdrawn next week by the brewers of Kilrush, so the rates stay.",
        "withdrawn",
        "error",
        id="done told as coming, in a kindred verb",
    ),
    pytest.param(
        "The laboratory in Turku has cleared the dairy: its cheese was not the source of the outbreak.",
        "The laboratory in Turku may yet clear the dairy: whether its cheese was the source of the outbreak is open.",
        "may yet clear",
        "warning",
        id="done told as possible",
    ),
    pytest.param(
        "The ferry company plans to stop the night boats to Inishlea from March, the harbour master of Galway said.",
        "From March the night boats to Inishlea were halted by the ferry company, Galway's harbour master said.",
        "halted",
        "error",
        id="planned told as done, in a kindred verb",
    ),
]


@pytest.mark.parametrize(("reference", "version", "words", "level"), ANEW)
def test_another_tense_told_anew_is_found_where_the_model_agrees(
    reference: str, version: str, words: str, level: str
) -> None:
    assert [one.level for one in found(reference, version, SURE)] == [level]
    (one,) = found(reference, version, SURE)
    assert one.version is not None
    assert any(words.rsplit(maxsplit=1)[-1] in version[span.start : span.end] for span in one.version.evidence)


@pytest.mark.parametrize(("reference", "version", "words", "level"), ANEW)
def test_the_same_is_no_warning_where_the_model_does_not(reference: str, version: str, words: str, level: str) -> None:
    del words, level
    assert [one for one in found(reference, version, UNSURE) if one.level != "note"] == []


@pytest.mark.parametrize(
    ("reference", "version"),
    [
        pytest.param(
            "The council tried to settle the dispute over the ferry service to Inishlea on Friday.",
            "On Friday the dispute over the ferry service to Inishlea was resolved by the council.",
            id="tried is not to come",
        ),
        pytest.param(
            "The teams reached the village above Skagafell on Monday, once divers had cleared the flooded tunnel.",
            "Divers cleared the flooded tunnel before the teams could reach the village above Skagafell on Monday.",
            id="who then could do it did it",
        ),
        pytest.param(
            "The bridge at Vrchlabí is due to be closed to lorries until the repairs begin in August.",
            "The bridge at Vrchlabí becomes locked to lorries until the repairs begin in August.",
            id="becoming",
        ),
        pytest.param(
            "The council closed the north bridge at Vrchlabí in May and will close the south bridge in June.",
            "The north bridge at Vrchlabí, like the south bridge, was locked by the council.",
            id="done elsewhere in the reference",
        ),
        pytest.param(
            "The court will hear the miners of Petrila in May, as it heard the widows of Petrila in March.",
            "In March the court heard the widows of Petrila, in May it will hear the miners of Petrila.",
            id="both tenses in both",
        ),
        pytest.param(
            "The aqueduct at Setif is to supply 9,000 people and will cost 70 million euros, half of it paid by Doha.",
            "The aqueduct at Setif, meant to supply 9,000 people, has a bill of 70 million euros; Doha will foot half.",
            id="a participle within what is to come",
        ),
    ],
)
def test_what_is_to_come_in_other_words_stays_quiet(reference: str, version: str) -> None:
    assert [one for one in found(reference, version, SURE) if one.level != "note"] == []
