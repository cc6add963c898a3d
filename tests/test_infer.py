"""What is sent to the model, how often, and that every score comes back to its pair."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.infer import IDENTICAL, answered, ask, fold, infer, score_all
from consistency.protocols import Begun
from consistency.records import Alignment, Claim, Scores, Span


class Counting:
    """A scorer that keeps what it was given; its scores name the pair they belong to."""

    digest = "counting"
    runtime = "counting"

    def __init__(self, limit: int = 10_000) -> None:
        self.limit = limit
        self.batches: list[list[tuple[str, str]]] = []

    @property
    def seen(self) -> Counter[tuple[str, str]]:
        return Counter(pair for batch in self.batches for pair in batch)

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        return [len(premise) + len(hypothesis) for premise, hypothesis in pairs]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        self.batches.append(list(pairs))
        return [expected(*pair) for pair in pairs]


def expected(premise: str, hypothesis: str) -> Scores:
    draw = random.Random(f"{premise}\0{hypothesis}")
    return Scores(draw.random(), draw.random(), draw.random())


class Case:
    """Alignments over claims that are made of their texts."""

    def __init__(self) -> None:
        self.claims: dict[str, Claim] = {}
        self.alignments: list[Alignment] = []

    def add(self, article: str, premise: Sequence[str], hypothesis: Sequence[str]) -> None:
        ids = []
        for owner, texts in (("reference", premise), (article, hypothesis)):
            made = []
            for text in texts:
                claim = Claim(f"{owner}#{len(self.claims) + 1}", owner, Span(0, len(text)), text)
                self.claims[claim.id] = claim
                made.append(claim.id)
            ids.append(tuple(made))
        self.alignments.append(Alignment(article, ids[0], ids[1], 0.5))

    def texts(self, alignment: Alignment) -> tuple[str, str]:
        return (
            " ".join(self.claims[one].text for one in alignment.premise),
            " ".join(self.claims[one].text for one in alignment.hypothesis),
        )


def of(*pairs: tuple[str, str]) -> Case:
    case = Case()
    for premise, hypothesis in pairs:
        case.add("version", [premise], [hypothesis])
    return case


def test_each_pair_is_sent_once_over_directions_and_versions() -> None:
    case = Case()
    case.add("one", ["The dam broke."], ["The dam held."])
    case.add("two", ["The dam broke."], ["The dam held."])
    case.add("two", ["The dam held."], ["The dam broke."])
    scorer = Counting()
    found = infer(case.alignments, case.claims, scorer)
    assert scorer.seen == {("The dam broke.", "The dam held."): 1, ("The dam held.", "The dam broke."): 1}
    assert found[0].forward == found[1].forward == found[2].backward == expected("The dam broke.", "The dam held.")
    assert found[0].backward == expected("The dam held.", "The dam broke.") != found[0].forward


@pytest.mark.parametrize(
    ("premise", "hypothesis"),
    [
        ("The dam broke.", "The dam broke."),
        ("“It is over,” he said – twice…", '"It is over," he said - twice...'),
        ("The bank’s target", "The bank's  target "),
    ],
)
def test_identical_pairs_are_never_sent(premise: str, hypothesis: str) -> None:
    case, scorer = of((premise, hypothesis)), Counting()
    (found,) = infer(case.alignments, case.claims, scorer)
    assert scorer.seen == {}
    assert found.forward == found.backward == IDENTICAL


@pytest.mark.parametrize("other", ["The dam broke!", "the dam broke.", "The dam broke. Twice."])
def test_other_words_and_marks_are_sent(other: str) -> None:
    case, scorer = of(("The dam broke.", other)), Counting()
    infer(case.alignments, case.claims, scorer)
    assert scorer.seen.total() == 2


def test_claims_of_one_side_are_read_as_one_text() -> None:
    case, scorer = Case(), Counting()
    case.add("version", ["The dam broke.", "It was old."], ["The old dam broke."])
    infer(case.alignments, case.claims, scorer)
    assert ("The dam broke. It was old.", "The old dam broke.") in scorer.seen


def test_a_pair_that_is_too_long_stays_unscored_and_is_never_cut() -> None:
    long = "The dam broke. " * 10
    case, scorer = of(("The dam broke.", long), ("The dam broke.", "The dam held.")), Counting(limit=60)
    too_long, short = infer(case.alignments, case.claims, scorer)
    assert (too_long.forward, too_long.backward) == (None, None)
    assert short.forward == expected("The dam broke.", "The dam held.")
    assert all(len(premise) + len(hypothesis) <= 60 for premise, hypothesis in scorer.seen)
    edge = of(("a" * 30, "b" * 30))
    assert infer(edge.alignments, edge.claims, Counting(limit=60))[0].forward is not None
    assert infer(edge.alignments, edge.claims, Counting(limit=59))[0].forward is None


def test_the_scorer_gets_windows_of_like_length_longest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consistency.infer._WINDOW", 4)
    case = of(*((f"{'dam ' * size}broke.", f"{'dam ' * size}held.") for size in range(1, 20)))
    scorer = Counting()
    infer(case.alignments, case.claims, scorer, suspect=2.0)
    lengths = [scorer.lengths([pair])[0] for batch in scorer.batches for pair in batch]
    assert lengths == sorted(lengths, reverse=True)
    assert [len(batch) for batch in scorer.batches] == [4] * 9 + [2]


def test_progress_ends_at_the_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consistency.infer._WINDOW", 4)
    told: list[tuple[int, int]] = []
    case = of(*((f"The dam {at} broke.", f"The dam {at} held.") for at in range(5)))
    infer(case.alignments, case.claims, Counting(), lambda done, total: told.append((done, total)))
    assert told == [(4, 10), (8, 10), (10, 10)]


def test_stories_scored_together_share_pairs_and_get_what_each_would_have_got_alone() -> None:
    shared = ("The dam broke.", "The dam held.")
    cases = [of(shared, ("The mayor left.", "The mayor stayed.")), of(shared), Case(), of(("It rained.", "It snowed."))]
    alone = [infer(case.alignments, case.claims, Counting(), suspect=0.2) for case in cases]
    scorer = Counting()
    assert list(answered([ask(case.alignments, case.claims, suspect=0.2) for case in cases], scorer)) == alone
    assert set(scorer.seen.values()) == {1}
    assert any(found.isolated for some in alone for found in some), "the second round of questions was not asked"


class Early(Counting):
    """A scorer that computes while its caller goes on; `events` tells what was done when."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[str] = []

    def begin(self, pairs: Sequence[tuple[str, str]]) -> Begun:
        number = self.events.count("begun")
        self.events.append("begun")

        def ended() -> list[Scores]:
            self.events.append(f"ended {number}")
            return self.score(pairs)

        return ended


def test_the_next_pairs_are_begun_before_those_on_their_way_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consistency.infer._WINDOW", 4)
    pairs = [(f"The dam {at} broke.", "It held.") for at in range(10)]
    early = Early()
    assert score_all(pairs, early) == score_all(pairs, Counting())
    assert early.events == ["begun", "begun", "ended 0", "begun", "ended 1", "ended 2"]


def test_what_is_known_is_told_while_the_rest_is_computed() -> None:
    case = of(("The dam in Opole broke on Monday.", "The dam in Lublin held on Friday."))
    early = Early()
    told: list[tuple[int, str, tuple[Alignment, ...]]] = []

    def meanwhile(at: int, known: str, alignments: tuple[Alignment, ...]) -> None:
        early.events.append(known)
        told.append((at, known, alignments))

    found = infer(case.alignments, case.claims, early, suspect=0, meanwhile=meanwhile)
    assert early.events == ["begun", "claims", "ended 0", "begun", "pairs", "ended 1"]
    assert found == infer(case.alignments, case.claims, Counting(), suspect=0)
    scored = msgspec.structs.replace(found[0], isolated=())
    assert told == [(0, "claims", tuple(case.alignments)), (0, "pairs", (scored,))]


def test_nothing_to_score() -> None:
    scorer = Counting()
    assert infer([], {}, scorer) == ()
    assert score_all([], scorer) == {}
    assert scorer.batches == []


TEXTS = st.sampled_from(["The dam broke.", "The dam held.", "It “rained”.", 'It "rained".', "Nobody was hurt. " * 9])
PAIRS = st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from(["one", "two"])), max_size=12)


@settings(max_examples=150, deadline=None)
@given(rows=PAIRS, seed=st.integers(0, 9))
def test_every_score_comes_back_to_its_pair_whatever_the_order(rows: list[tuple[str, str, str]], seed: int) -> None:
    case, scorer = Case(), Counting(limit=200)
    for premise, hypothesis, article in rows:
        case.add(article, [premise], [hypothesis])
    order = list(range(len(rows)))
    random.Random(seed).shuffle(order)
    found = infer([case.alignments[at] for at in order], case.claims, scorer)
    assert all(count == 1 for count in scorer.seen.values())
    for at, one in zip(order, found, strict=True):
        premise, hypothesis = case.texts(case.alignments[at])
        assert (one.premise, one.hypothesis) == (case.alignments[at].premise, case.alignments[at].hypothesis)
        if fold(premise) == fold(hypothesis):
            assert one.forward == one.backward == IDENTICAL
        elif len(premise) + len(hypothesis) > 200:
            assert one.forward is one.backward is None
        else:
            assert one.forward == expected(premise, hypothesis)
            assert one.backward == expected(hypothesis, premise)


class Suspicious(Counting):
    """Everything contradicts everything, a little less where "Monday" was kept."""

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        self.batches.append(list(pairs))
        return [Scores(0.0, 0.2, 0.8) if "Monday" in one + other else Scores(0.0, 0.1, 0.9) for one, other in pairs]


def test_each_difference_of_a_suspected_pair_is_asked_about_alone() -> None:
    case, scorer = of(("It opened on Monday in Rome.", "It closed on Monday in Oslo.")), Suspicious()
    (found,) = infer(case.alignments, case.claims, scorer, suspect=0.8)
    assert [(one.premise, one.hypothesis) for one in found.isolated] == [
        (Span(3, 9), Span(3, 9)),
        (Span(23, 27), Span(23, 27)),
    ]
    assert [one.contradiction for one in found.isolated] == [0.8, 0.8]
    assert ("It opened on Monday in Rome.", "It opened on Monday in Oslo.") in scorer.seen
    assert max(scorer.seen.values()) == 1
    (calm,) = infer(case.alignments, case.claims, Suspicious(), suspect=0.81)
    assert calm.isolated == ()


class Doubting(Counting):
    """Contradicts whatever it is asked by as much as it was told to, a text in its own words least."""

    def __init__(self, first: float, second: float) -> None:
        super().__init__()
        self._first, self._second = first, second

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        self.batches.append(list(pairs))
        sure = [self._second if "Surgeons" in hypothesis else self._first for _, hypothesis in pairs]
        return [Scores(1 - one, 0.0, one) for one in sure]


WRITTEN = "Doctors will examine the queen on Monday."
TOLD = "Physicians are going to examine the king on Monday."
AGAIN = "Doctors are going to examine the king on Monday."


def test_what_looks_contradictory_is_read_once_more_in_the_words_of_the_reference() -> None:
    case, scorer = of((WRITTEN, TOLD)), Doubting(0.8, 0.8)
    infer(case.alignments, case.claims, scorer)
    assert scorer.seen[WRITTEN, AGAIN] == 1
    assert scorer.seen[AGAIN, WRITTEN] == 0
    calm = Doubting(0.6, 0.6)
    infer(case.alignments, case.claims, calm)
    assert set(calm.seen) == {(WRITTEN, TOLD), (TOLD, WRITTEN)}


@pytest.mark.parametrize("second", [0.2, 1.0])
def test_both_readings_count_alike(second: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consistency.infer.in_its_words", lambda premise, hypothesis: "Surgeons saw the king.")
    case = of((WRITTEN, TOLD))
    (found,) = infer(case.alignments, case.claims, Doubting(0.8, second))
    assert found.forward == found.backward == Scores(round(0.6 - second / 2, 4), 0.0, round((0.8 + second) / 2, 4))


def test_a_text_that_differs_in_kindred_words_alone_loses_half_of_the_doubt() -> None:
    case, scorer = of(("Doctors saw the king.", "Physicians saw the king.")), Doubting(0.8, 0.8)
    (found,) = infer(case.alignments, case.claims, scorer)
    assert scorer.seen.total() == 2
    assert found.forward is not None
    assert found.forward.contradiction == 0.4
