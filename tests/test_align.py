"""Which claims tell of the same thing: on our stories, on shapes of rewriting, and at what cost."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.align import Settings, align
from consistency.align._features import told
from consistency.align._index import Index
from consistency.records import Alignment, Article, Claim, Span
from consistency.segment import segment

FIXTURES = Path(__file__).parent.parent / "fixtures"


def claims(article: str, texts: Sequence[str]) -> tuple[Claim, ...]:
    return tuple(Claim(f"{article}#{at}", article, Span(0, len(text)), text) for at, text in enumerate(texts))


def numbers(ids: Sequence[str]) -> tuple[int, ...]:
    return tuple(int(one.rpartition("#")[2]) for one in ids)


def aligned(reference: Sequence[str], version: Sequence[str]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Groups of places, in order of the version."""
    found = align("version", claims("reference", reference), claims("version", version))
    return [(numbers(one.premise), numbers(one.hypothesis)) for one in found]


class Gold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of a story, its claims paired with the original's by hand.

    Pairs are (place in `original.txt`, place in the version), as `segment` counts the claims of the raw
    file from 0; `claims` is how many there were. `allowed` pairs are neither wanted nor wrong.
    """

    story: str
    version: str
    claims: tuple[int, int]
    pairs: list[tuple[int, int]]
    allowed: list[tuple[int, int]]


class Found(msgspec.Struct, frozen=True):
    right: int = 0
    wrong: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


def gold() -> Iterator[Gold]:
    for line in (FIXTURES / "eval" / "alignment.jsonl").read_bytes().splitlines():
        yield msgspec.json.decode(line, type=Gold)


@cache
def article(story: str, name: str, role: str) -> tuple[Claim, ...]:
    text = (FIXTURES / "stories" / story / name).read_text("utf-8")
    return segment(Article(id=role, text=text))


def measured(want: Gold) -> Found:
    reference, version = article(want.story, "original.txt", "a"), article(want.story, want.version, "b")
    places = {claim.id: at for side in (reference, version) for at, claim in enumerate(side)}
    pairs = {
        (places[left], places[right])
        for one in align("b", reference, version)
        for left in one.premise
        for right in one.hypothesis
    }

    def told(those: set[tuple[int, int]]) -> tuple[str, ...]:
        return tuple(f"{reference[left].text} || {version[right].text}" for left, right in sorted(those))

    wanted = set(want.pairs)
    return Found(len(pairs & wanted), told(pairs - wanted - set(want.allowed)), told(wanted - pairs))


GOLD = list(gold())


def test_every_version_of_every_story_has_its_gold() -> None:
    there = {(path.parent.name, path.name) for path in (FIXTURES / "stories").glob("*/*.txt")}
    assert {(one.story, one.version) for one in GOLD} == {pair for pair in there if pair[1] != "original.txt"}
    for one in GOLD:
        assert one.claims == (
            len(article(one.story, "original.txt", "a")),
            len(article(one.story, one.version, "b")),
        ), f"{one.story}/{one.version} is segmented anew: look through its pairs"


@pytest.mark.parametrize("want", GOLD, ids=lambda one: f"{one.story}/{one.version}")
def test_no_pair_of_our_stories_is_wrong(want: Gold) -> None:
    assert measured(want).wrong == ()


def test_few_pairs_of_our_stories_are_missed() -> None:
    found = [measured(want) for want in GOLD]
    right = sum(one.right for one in found)
    missed = [pair for one in found for pair in one.missed]
    assert right / (right + len(missed)) >= 0.975, missed


def test_stories_that_have_nothing_in_common_stay_apart() -> None:
    stories = sorted(path.name for path in (FIXTURES / "stories").iterdir() if path.is_dir())
    for one in stories:
        for other in stories:
            if one != other:
                found = align("b", article(one, "original.txt", "a"), article(other, "original.txt", "b"))
                assert found == (), (one, other)


DAM = "The earth dam near Klodzko broke after four days of rain."
MAYOR = "Mayor Agnieszka Kral asked the residents of Opole for sandbags."
TRAINS = "Trains between Ostrava and the border have been stopped."
CUP = "A late header by the substitute won the cup for Rovers."
QUOTE = "“I only had time to carry my mother upstairs,” said baker Tomasz Wolski."


@pytest.mark.parametrize(
    ("reference", "version", "expected"),
    [
        ([DAM, MAYOR, TRAINS], [DAM, MAYOR, TRAINS], [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]),
        # moved
        ([DAM, MAYOR, TRAINS], [TRAINS, DAM], [((2,), (0,)), ((0,), (1,))]),
        # typography and case alone
        ([QUOTE], [QUOTE.replace("“", '"').replace("”", '"').upper()], [((0,), (0,))]),
        # one in two
        (
            [DAM, f"{MAYOR[:-1]}, and trains between Ostrava and the border have been stopped."],
            [DAM, MAYOR, TRAINS],
            [((0,), (0,)), ((1,), (1, 2))],
        ),
        # two in one
        (
            [MAYOR, TRAINS, DAM],
            [f"{MAYOR[:-1]}, and trains between Ostrava and the border have been stopped.", DAM],
            [((0, 1), (0,)), ((2,), (1,))],
        ),
        (
            [f"{TRAINS[:-1]}, and {MAYOR}", DAM],
            [TRAINS, MAYOR, DAM],
            [((0,), (0, 1)), ((1,), (2,))],
        ),
        (
            ["Volunteers filled sandbags at the zoo.", "In Opole trains stopped and schools closed."],
            ["Volunteers filled sandbags at the zoo.", "Schools closed.", "In Opole trains had stopped."],
            [((0,), (0,)), ((1,), (1, 2))],
        ),
        # one word in common with the half beside it makes a heading no part of it
        (
            ["Volunteers filled sandbags at the zoo during the flood."],
            ["Volunteers filled sandbags at the zoo.", "Flood"],
            [((0,), (0,))],
        ),
        # a quote told again in other words beside it is no half of it
        ([QUOTE], [QUOTE, "The baker was only just in time."], [((0,), (0,))]),
        # the lead repeated as a pull-quote: once is enough
        ([DAM, MAYOR], [DAM, DAM, MAYOR], [((0,), (0,)), ((1,), (2,))]),
        ([DAM, DAM, MAYOR], [DAM, MAYOR], [((0,), (0,)), ((2,), (1,))]),
        # dropped and added
        ([DAM, MAYOR, TRAINS], [DAM, CUP], [((0,), (0,))]),
        # no common thing
        ([DAM], [CUP], []),
        # one word in common is no evidence, nor are two that stand in any news
        (["Leave a comment"], ["Leave a reply"], []),
        (["World news this week"], ["People all over the world told of it this week"], []),
        # between two neighbours, little in common is enough; the same two claims alone stay apart
        (
            [DAM, "Passengers can change their tickets free of charge.", TRAINS],
            [DAM, "Travellers may alter tickets without charge and sit down.", TRAINS],
            [((0,), (0,)), ((1,), (1,)), ((2,), (2,))],
        ),
        (
            [DAM, "The city was quiet on Sunday.", TRAINS],
            [DAM, "Nobody expected frost.", TRAINS],
            [((0,), (0,)), ((2,), (2,))],
        ),
        # of two articles of one claim each too; a single word in common is no evidence there either
        (
            ["According to him, the talks will fail if the chancellor tries to meddle in the affairs of the party."],
            ["As she stated, no success is to be expected should the chancellor attempt to meddle with party matters."],
            [((0,), (0,))],
        ),
        (["The dam broke after four days."], ["A dam of lies."], []),
        # two words in common are, however much else either tells
        (
            ["Coastal lender buys a larger rival for 80 million pounds after nine months of secret talks in London."],
            ["London: merchant bank snaps up its competitor, ending rumours among brokers and secret hopes of staff."],
            [((0,), (0,))],
        ),
        # other spellings of one thing
        (["Kyiv held for twelve days."], ["Kiev held for 12 days."], [((0,), (0,))]),
        (["The U.S. sent ten ships."], ["The United States sent 10 ships."], [((0,), (0,))]),
        (["It was signed in Feb. 2022."], ["The signing was in February 2022."], [((0,), (0,))]),
        # small words alone
        (["So it is, and so it was."], ["It is so, and it was so."], [((0,), (0,))]),
        # no words at all
        (["..."], ["..."], [((0,), (0,))]),
        (["..."], ["!!!"], []),
        ([], [DAM], []),
        ([DAM], [], []),
    ],
)  # fmt: skip
def test_shapes(
    reference: list[str], version: list[str], expected: list[tuple[tuple[int, ...], tuple[int, ...]]]
) -> None:
    assert aligned(reference, version) == expected


def test_a_paragraph_that_moved_is_found_whole() -> None:
    first = ["The dam broke on Sunday night.", "Its outlet was blocked by trees.", "An inspection had found it safe."]
    second = [
        "The mayor spoke of luck.",
        "Volunteers filled sandbags at the zoo.",
        "Forty animals were moved to Opole.",
    ]
    pairs = aligned([*first, *second], [*second, *first])
    assert pairs == [((3,), (0,)), ((4,), (1,)), ((5,), (2,)), ((0,), (3,)), ((1,), (4,)), ((2,), (5,))]


def test_of_two_alike_the_one_in_place_is_taken() -> None:
    said = "Nobody was hurt in the crossing, police in {} said on Monday."
    reference = [said.format("Cork"), DAM, said.format("Mallow"), TRAINS]
    version = [DAM, "Nobody was hurt in the crossing, the police said on Monday.", TRAINS]
    assert aligned(reference, version) == [((1,), (0,)), ((2,), (1,)), ((3,), (2,))]


def test_thresholds_are_values() -> None:
    reference, version = claims("a", [DAM]), claims("b", ["Four days of rain broke the dam, officials say."])
    assert align("b", reference, version)
    assert align("b", reference, version, Settings(accept=1.0, near=1.0, gap=1.0, lone=1.0)) == ()


def test_similarity_is_1_for_the_same_words_and_lower_for_fewer() -> None:
    one, other = align("b", claims("a", [DAM, MAYOR]), claims("b", [DAM, "Mayor Kral asked for sandbags."]))
    assert one.similarity == 1.0
    assert 0.2 < other.similarity < 1.0
    assert align("b", claims("a", ["...", "?"]), claims("b", ["..."]))[0].similarity == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It rains.", "rained"),
        ("Kiev", "Kyiv"),
        ("U.N. envoys", "the United Nations envoy"),
        ("twelve votes", "12 votes"),
        ("1,300 services", "1300 service"),
        ("Sept. 17", "17 September"),
        ("negotiations", "negotiating"),
        ("the bank’s target", "the target of the bank"),
    ],
)
def test_spellings_of_one_thing_share_a_feature(one: str, other: str) -> None:
    stems = {feature for feature in told(one).features if not feature.startswith("=")}
    assert stems == {feature for feature in told(other).features if not feature.startswith("=")}


def test_plain() -> None:
    assert told("“It is OVER,” he said.").plain == told('"It is over", he said').plain
    assert told("39 times").plain != told("93 times").plain
    assert told("...").plain == "..."


NEWS = st.lists(
    st.lists(
        st.sampled_from("dam rain 12 twelve Kyiv Kiev river broke mayor Opole the of said ...".split()), max_size=6
    )
    .map(" ".join)
    .filter(bool),
    max_size=12,
)
ANY = st.lists(st.text(min_size=1, max_size=40), max_size=8)


@settings(max_examples=300, deadline=None)
@given(reference=NEWS | ANY, version=NEWS | ANY)
def test_what_always_holds(reference: list[str], version: list[str]) -> None:
    left, right = claims("a", reference), claims("b", version)
    found = align("b", left, right)
    premises = [one for alignment in found for one in alignment.premise]
    hypotheses = [one for alignment in found for one in alignment.hypothesis]
    assert len(premises) == len(set(premises))
    assert len(hypotheses) == len(set(hypotheses))
    assert set(premises) <= {claim.id for claim in left}
    assert set(hypotheses) <= {claim.id for claim in right}
    for one in found:
        assert one.premise
        assert one.hypothesis
        assert one.article == "b"
        assert 0.0 < one.similarity <= 1.0
        for ids in (numbers(one.premise), numbers(one.hypothesis)):
            assert ids == tuple(range(ids[0], ids[-1] + 1)), "a side is a passage without holes"
    assert [one.hypothesis for one in found] == sorted((one.hypothesis for one in found), key=numbers)
    assert found == align("b", left, right)


@settings(max_examples=100, deadline=None)
@given(reference=NEWS, version=NEWS)
def test_names_of_articles_do_not_matter(reference: list[str], version: list[str]) -> None:
    one = align("b", claims("a", reference), claims("b", version))
    other = align("z", claims("y", reference), claims("z", version))

    def places(found: tuple[Alignment, ...]) -> list[object]:
        return [(numbers(it.premise), numbers(it.hypothesis), it.similarity) for it in found]

    assert places(one) == places(other)


@settings(max_examples=150, deadline=None)
@given(texts=NEWS | ANY)
def test_the_same_article_is_aligned_one_to_one(texts: list[str]) -> None:
    found = align("b", claims("a", texts), claims("b", texts))
    assert sorted(numbers(one.hypothesis) for one in found) == [(at,) for at in range(len(texts))]
    for one in found:
        assert one.similarity == 1.0
        left, right = numbers(one.premise), numbers(one.hypothesis)
        assert told(texts[left[0]]).plain == told(texts[right[0]]).plain


class Cost(msgspec.Struct):
    """Pairs compared, and claims looked at in the index."""

    similarities: int = 0
    looks: int = 0


@pytest.fixture
def cost(monkeypatch: pytest.MonkeyPatch) -> Cost:
    counted = Cost()
    similarity, holding = Index.similarity, Index.holding

    def count_similarity(self: Index, *sides: dict[str, float]) -> float:
        counted.similarities += 1
        return similarity(self, *sides)

    def count_holding(self: Index, feature: str, here: int) -> Sequence[int]:
        held = holding(self, feature, here)
        counted.looks += len(held)
        return held

    monkeypatch.setattr(Index, "similarity", count_similarity)
    monkeypatch.setattr(Index, "holding", count_holding)
    return counted


def _reworded(count: int) -> tuple[list[str], list[str]]:
    """Words as frequent as in a language; the version drops some and is shuffled throughout."""
    draw = random.Random(7)
    ranks = range(1, 2_001)
    weights = [1 / rank for rank in ranks]
    words = [f"w{'abcdefghij'[rank % 10]}{rank}" for rank in ranks]
    reference = [" ".join(draw.choices(words, weights, k=8)) for _ in range(count)]
    version = [" ".join(word for word in text.split() if draw.random() > 0.2) or "x" for text in reference]
    draw.shuffle(version)
    return reference, version


SHAPES: dict[str, Callable[[int], tuple[list[str], list[str]]]] = {
    "reworded": _reworded,
    "identical": lambda count: ([DAM] * count, [DAM] * count),
    "nearly identical": lambda count: ([DAM] * count, [f"{DAM[:-1]} again today."] * count),
    "one word": lambda count: (["rain " * (at % 7 + 1) for at in range(count)], ["rain rains"] * count),
    "no words": lambda count: (["!" * (at % 50 + 1) for at in range(count)], ["?!"] * count),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_cost_grows_with_the_claims_and_not_with_their_square(shape: str, cost: Cost) -> None:
    for count in (100, 1_000, 10_000):
        cost.similarities = cost.looks = 0
        reference, version = SHAPES[shape](count)
        found = align("b", claims("a", reference), claims("b", version))
        assert cost.similarities <= 20 * count, count
        assert cost.looks <= 400 * count, count
        if shape in {"identical", "nearly identical"}:
            assert len(found) == count, "many alike are aligned all the same, each with the one at its place"
        if shape == "reworded":
            assert len(found) >= 0.9 * count
