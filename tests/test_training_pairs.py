"""Generated pairs: deterministic, labelled right, built from what they were given."""

from __future__ import annotations

import hashlib
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import msgspec
import pytest

from consistency.training import roles
from consistency.training.lexicon import verb_forms
from consistency.training.pairs import Carriers, Generator, Manner, Shares, carriers, mine
from consistency.training.retold import Told
from consistency.training.sources import AGREEMENT, CONTRADICTION, ENTAILMENT, NEUTRAL, Example
from consistency.training.written import Item
from tests.training_data import SENTENCES

HOUSE: Final = Path(__file__).parent.parent
KINDS: Final = Shares.__struct_fields__
FEW: Final = Shares(**dict.fromkeys(KINDS, 30))
LABELS: Final = {
    "rewritten": {ENTAILMENT},
    "corrupted": {CONTRADICTION},
    "entailed": {ENTAILMENT},
    "refuted": {CONTRADICTION},
    "shortened": {ENTAILMENT, NEUTRAL},
    "neighbours": {NEUTRAL},
    "passages": {ENTAILMENT, CONTRADICTION},
    "roles": {ENTAILMENT, CONTRADICTION},
    "reversed": {NEUTRAL},
    "opposites": {ENTAILMENT, CONTRADICTION},
    "written": {ENTAILMENT, NEUTRAL, CONTRADICTION},
    "stories": {AGREEMENT, CONTRADICTION},
}
GIVEN: Final = Carriers(
    passages=[list(SENTENCES[at : at + 5]) for at in range(0, len(SENTENCES), 5)],
    loose=sorted(SENTENCES),
    entailed=[Example(f"{SENTENCES[at]} {SENTENCES[at + 1]}", SENTENCES[at], ENTAILMENT, "x") for at in range(10)],
    opposites=[
        Example("The law is not fair.", "The law is unfair.", ENTAILMENT, "semantoneg"),
        Example("The law is not fair.", "The law is fair.", CONTRADICTION, "semantoneg"),
    ],
    written=[
        Item(
            "Elena Petrov sold her house in Lima after the flood.",
            ("After the flood, the house in Lima was sold by Elena Petrov.", "Elena Petrov has sold the Lima house."),
            ("Elena Petrov bought a house in Lima after the flood.",),
            ("action",),
        ),
        Item(
            "The museum in Ghent reopened on Sunday with forty paintings.",
            ("Forty paintings were shown when the Ghent museum opened again on Sunday.",),
            ("The museum in Ghent stayed closed on Sunday.",),
            ("action",),
            open=("The museum in Ghent had been closed for two years.",),
        ),
    ],
    stories=[
        Told("The ferry sank off Malta.", "Off Malta a ferry has gone down.", AGREEMENT),
        Told("The ferry sank off Malta.", "Off Crete a ferry has gone down.", CONTRADICTION),
    ],
)
MANNERS: Final = (Manner(), Manner(depth=(0, 0, 0, 0, 1, 1, 1), sense=True))
MINED: Final = {"village": ["island"], "sold": ["stolen"], "closed": ["open"], "new": ["old"]}


def _generate(seed: int, manner: Manner = MANNERS[1]) -> list[Example]:
    return Generator(GIVEN, MINED, seed, manner).generate(FEW)


def _of(kind: str, manner: Manner = MANNERS[1]) -> list[Example]:
    return [example for example in _generate(1, manner) if example.source == kind]


@pytest.mark.parametrize("manner", MANNERS)
def test_the_same_seed_gives_the_same_pairs(manner: Manner) -> None:
    assert _generate(1, manner) == _generate(1, manner)
    assert _generate(1, manner) != _generate(2, manner)


def test_another_manner_gives_other_pairs() -> None:
    assert _generate(1, MANNERS[0]) != _generate(1, MANNERS[1])


def test_the_pairs_do_not_depend_on_the_order_of_sets() -> None:
    """Two processes with other hash seeds: whoever walks over a set is found out."""
    code = "from tests.test_training_pairs import fingerprint; print(fingerprint())"
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=HOUSE,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert told == {f"{fingerprint()}\n"}


def fingerprint() -> str:
    return hashlib.sha256(msgspec.json.encode(_generate(5))).hexdigest()


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_share_and_its_labels(kind: str, manner: Manner) -> None:
    made = _of(kind, manner)
    assert len(made) == 30
    assert {example.label for example in made} == LABELS[kind]
    for example in made:
        assert example.premise.strip()
        assert example.hypothesis.strip()


@pytest.mark.parametrize("kind", ["corrupted", "refuted", "neighbours", "roles", "shortened"])
def test_the_two_sides_differ(kind: str) -> None:
    assert all(example.premise != example.hypothesis for example in _of(kind))


def test_neighbours_are_two_sentences_of_one_passage() -> None:
    for example in _of("neighbours"):
        passage = next(passage for passage in GIVEN.passages if example.premise in passage)
        assert example.hypothesis in passage


def test_a_text_in_company_keeps_its_label() -> None:
    """Beside a text on something else, on one side or on both: what the other text says is in the premise too."""
    lone = Manner(depth=(1, 0, 0, 0, 0, 0, 0))
    only = Shares(**{**dict.fromkeys(KINDS, 0), "written": 60})
    made = [one for seed in range(8) for one in Generator(GIVEN, MINED, seed, lone).generate(only)]
    texts = [(item.text, *item.same) for item in GIVEN.written]
    company = [one for one in made if one.source == "written" and _about(one.premise) == _about(one.hypothesis) == 2]
    assert {one.label for one in company} == {ENTAILMENT, CONTRADICTION}
    assert all(one.spot is None for one in company)
    for one in company:
        if one.label == ENTAILMENT:
            assert all(any(text in side for text in told) for told in texts for side in (one.premise, one.hypothesis))
    alone = [one for one in made if one.source == "written" and _about(one.premise) + _about(one.hypothesis) == 3]
    assert alone


def test_claims_of_stories_stand_as_they_were_written_and_the_rare_ones_come_more_often() -> None:
    only = Shares(**{**dict.fromkeys(KINDS, 0), "stories": 900})
    made = [one for one in Generator(GIVEN, MINED, 3).generate(only) if one.source == "stories"]
    known = {frozenset((told.premise, told.hypothesis)): told.label for told in GIVEN.stories}
    assert all(known[frozenset((one.premise, one.hypothesis))] == one.label for one in made)
    assert len({(one.premise, one.hypothesis) for one in made}) == 4, "both ways round"
    wrong = sum(one.label == CONTRADICTION for one in made)
    assert wrong / len(made) == pytest.approx(2 / 3, abs=0.05)


def _about(text: str) -> int:
    return ("Lima" in text) + ("Ghent" in text)


def test_a_wrong_name_is_never_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consistency.training.pairs.corrupt", lambda *given: None)
    item = Item(
        "“The dam is safe,” Laura Petrov said.",
        ("The dam is safe, said Laura Petrov.",),
        ("“The dam is safe,” Laura Novak said.",),
        ("person",),
    )
    given = Carriers(passages=[], loose=[], entailed=[], opposites=[], written=[item])
    shares = Shares(**(dict.fromkeys(KINDS, 0) | {"written": 300}))
    made = Generator(given, {}, 0, Manner(depth=(0, 0, 0, 0, 1, 0, 0), sense=True)).generate(shares)
    honest = [pair.premise + pair.hypothesis for pair in made if pair.label == ENTAILMENT]
    wrong = [pair.premise + pair.hypothesis for pair in made if pair.label == CONTRADICTION]
    assert any(" she said" in texts for texts in honest)
    assert wrong
    assert [texts for texts in wrong if "laura n" not in texts.lower()] == []


def test_carriers_without_a_hold_end_the_search() -> None:
    bare = msgspec.structs.replace(
        GIVEN, opposites=[], written=[], stories=[], entailed=[Example("p", "h", ENTAILMENT, "x")]
    )
    made = Generator(bare, MINED, 1).generate(FEW)
    assert {"reversed", "opposites", "written", "stories"} & {example.source for example in made} == set()


def test_a_shortened_text_is_entailed_one_way_only() -> None:
    for example in _of("shortened"):
        whole = example.premise if example.label == ENTAILMENT else example.hypothesis
        assert whole in SENTENCES


def test_corruptions_stand_on_either_side() -> None:
    sides = {(one.premise in SENTENCES, one.hypothesis in SENTENCES) for one in _of("corrupted")}
    assert {(True, False), (False, True)} <= sides


@pytest.mark.parametrize(
    ("premise", "hypothesis", "found"),
    [
        ("The mayor sold the house.", "The mayor bought the house.", {"sold": ["bought"]}),
        ("She won the final match.", "She won the first leg.", {"final match": ["first leg"]}),
        ("He saw a dog.", "He saw the dog.", {}),  # a lone article or preposition
        ("He has 3 dogs.", "He has 4 dogs.", {}),
        ("The mayor sold the house.", "The mayor sold the house.", {}),
        ("The mayor sold the house.", "A singer bought every old garden.", {}),
    ],
)
def test_replacements_are_read_off_near_copies(premise: str, hypothesis: str, found: dict[str, list[str]]) -> None:
    example = Example(premise, hypothesis, CONTRADICTION, "semantoneg")
    assert mine([example]) == found
    assert mine([msgspec.structs.replace(example, label=ENTAILMENT)]) == {}
    assert mine([msgspec.structs.replace(example, source="mnli_part")]) == {}


def test_carriers_are_sentences_of_fair_length() -> None:
    premise = f"{SENTENCES[0]} Short. {SENTENCES[1]}"
    given = [
        Example(premise, SENTENCES[1], ENTAILMENT, "fever_evidence"),
        Example(premise, "Short.", ENTAILMENT, "fever_evidence"),
        Example(SENTENCES[2], SENTENCES[3], NEUTRAL, "snli_part"),
    ]
    built = carriers(given, [[SENTENCES[4], "Short."], ["Short."]])
    assert built.loose == sorted([SENTENCES[0], SENTENCES[1]])
    assert built.entailed == given[:1]
    assert built.passages == [[SENTENCES[4]]]


# Roles: read back independently of how they were told.

PEOPLE: Final = sorted(
    {*(f"{one} {other}" for one in roles._FIRST for other in roles._LAST), *roles._LAST, *roles._GROUPS, *roles._ROLES},
    key=len,
    reverse=True,
)
WHO: Final = re.compile("|".join(map(re.escape, PEOPLE)), re.IGNORECASE)


def _event(text: str) -> tuple[str, str]:
    """Who did it to whom."""
    event = next(hit for hit in WHO.finditer(text))
    rest = text[event.end() :]
    one, other = event[0].lower(), WHO.search(rest)
    assert other is not None, text
    passive = re.match(r" (?:was|were) [\w ]+ by ", rest)
    return (other[0].lower(), one) if passive else (one, other[0].lower())


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Ana Okafor sued the bank in May.", ("ana okafor", "the bank")),
        ("The bank was sued by Ana Okafor.", ("ana okafor", "the bank")),
        ("It was the bank who sued Okafor.", ("the bank", "okafor")),
        ("Officials said the police were praised by the mayor.", ("the mayor", "the police")),
    ],
)
def test_the_reader_of_this_test_reads_right(text: str, event: tuple[str, str]) -> None:
    assert _event(text) == event


def test_roles_are_exchanged_exactly_where_the_label_says_so() -> None:
    made = roles.generate(400, random.Random(0))
    frames = ("Officials said ", "The report says ", "Newspapers wrote that ", "It emerged that ")
    plain = [one for one in made if not any("Weeks after" in side for side in (one.premise, one.hypothesis))]
    assert len(plain) > 200
    assert any(one.premise.startswith(frames) for one in plain)
    for example in plain:
        (agent, patient), told = _event(example.premise), _event(example.hypothesis)
        assert told == ((patient, agent) if example.label == CONTRADICTION else (agent, patient)), example
    share = sum(one.label == CONTRADICTION for one in made) / len(made)
    assert 0.4 < share < 0.65


def test_no_verb_that_holds_both_ways_is_used() -> None:
    text = " ".join(one.premise for one in roles.generate(400, random.Random(0)))
    for verb in ("meet", "marry", "divorce"):
        assert not re.search(rf"\b{verb_forms(verb)['past']}\b", text)


def test_a_spot_is_where_the_hypothesis_or_the_premise_was_made_wrong() -> None:
    spotted = [one for seed in range(3) for one in _generate(seed) if one.spot is not None]
    assert {one.source for one in spotted} >= {"corrupted", "refuted", "passages", "written"}
    assert {one.spot.side for one in spotted if one.spot} == {"premise", "hypothesis"}
    for one in spotted:
        assert one.spot is not None
        assert one.label == CONTRADICTION
        text = one.premise if one.spot.side == "premise" else one.hypothesis
        assert 0 <= one.spot.start < one.spot.end <= len(text)


def test_the_spot_of_a_known_corruption_holds_the_wrong_word() -> None:
    for one in _of("written", MANNERS[0]):
        if one.spot and "bought" in one.premise + one.hypothesis and "sold" in one.premise + one.hypothesis:
            text = one.premise if one.spot.side == "premise" else one.hypothesis
            if "house in Lima after the flood" in one.premise and "house in Lima after the flood" in one.hypothesis:
                assert "bought" in text[one.spot.start : one.spot.end]
