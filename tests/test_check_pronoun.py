"""A man or a woman where the model sees nothing: by the form of address, or by what one says of himself."""

from __future__ import annotations

from consistency.checks.pronoun import CHECK
from consistency.protocols import Context
from consistency.records import Alignment, Scores
from tests.cases import Case, context


def _found(reference: list[str], version: list[str]) -> int:
    """How often the check reports the first claims, of which the model says nothing."""
    given = context(Case(id="x", origin="synthetic", reference=reference, version=version, expect=[], why=""))
    scores = Scores(entailment=0.9, neutral=0.1, contradiction=0.0)
    alignment = Alignment(
        article="version",
        premise=("reference#1",),
        hypothesis=("version#1",),
        similarity=0.8,
        forward=scores,
        backward=scores,
    )
    told = Context(given.story, given.claims, (alignment,))
    return sum(found.confidence >= 0.5 for found in CHECK.check(told))


def test_a_couple_may_do_the_same() -> None:
    reference, version = "Mrs Osei had the mill insured in May.", "The mill was insured in May; Mr Osei saw to it."
    assert _found([reference], [version]) == 1
    assert _found([reference, "Mr. Osei is a baker."], [version]) == 0
    assert _found([reference], [version, "Mrs Osei is a baker."]) == 0
    assert _found([reference], [version.replace("Osei", "Boateng")]) == 0


def test_one_who_is_named_says_it_of_himself() -> None:
    reference = "The head gardener at the palace in Malawe, Yanti Prabowo, said she had moved 90 palms under glass."
    version = "Yanti Prabowo, head gardener at Malawe’s palace, said he had 90 palms standing under glass."
    assert _found([reference], [version]) == 1
    assert _found([reference], [version.replace("said he had", "was glad that he had")]) == 0
    assert _found([reference], [version.replace("he had", "her neighbour had said he had")]) == 0
    assert _found([reference], [version.replace("90 palms", "90 palms of a customer")]) == 0
    assert _found([reference], ["Yanti Prabowo, the head gardener, said he would vote in May."]) == 0
