"""Story finding in memory: what is one story, what is not, and that neither order nor size of the feed decides it."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.batch import _group_candidates as candidates
from consistency.batch._group_profile import LONGEST, MOST_WORDS, profile
from consistency.batch.group import JOIN, Feed, Placed, Places
from consistency.protocols import Scorer
from consistency.records import Scores
from eval.grouping import made
from tests.stories import STORIES

FIXTURES = [(path.parent.name, path.stem, path.read_text("utf-8")) for path in sorted(STORIES.glob("*/*.txt"))]
MADE = [text for _, text in made(24)]


def gathered(texts: Iterable[str]) -> tuple[Feed, list[str]]:
    feed, names = Feed(), []
    for at, text in enumerate(texts):
        names.append(f"a{at}")
        feed.add(names[-1], text)
    return feed, names


def placed(texts: Iterable[str]) -> list[Placed]:
    feed, names = gathered(texts)
    places = feed.place()
    return [places.of(at, name) for at, name in enumerate(names)]


def stories(found: Sequence[Placed]) -> list[str]:
    return [one.story for one in found]


def together(texts: Sequence[str], *, among: Sequence[str] = MADE) -> bool:
    """Whether all of the texts are one story, and nobody else of it."""
    found = stories(placed([*texts, *among]))
    return len(set(found[: len(texts)])) == 1 and found[0] not in found[len(texts) :]


def words(count: int, seed: int, *, names: int = 0) -> list[str]:
    """Invented words; as many of them capitalised in the middle of a sentence."""
    rng = random.Random(seed)
    found = ["".join(rng.choice("bcdfgklmnprst") + rng.choice("aeiou") for _ in range(3)) for _ in range(count)]
    for at in rng.sample(range(1, count), names):
        found[at] = found[at].capitalize()
    return found


def test_the_stories_of_the_house_and_their_reports() -> None:
    found = placed(text for _, _, text in FIXTURES)
    by_story: dict[str, set[str]] = defaultdict(set)
    apart = set()
    for (story, name, _), one in zip(FIXTURES, found, strict=True):
        if name.startswith("report"):
            apart.add(one.story)
            assert one.size == 1, f"{story}/{name} is an independent report"
        else:
            by_story[story].add(one.story)
    assert {story: len(names) for story, names in by_story.items()} == dict.fromkeys(by_story, 1)
    assert len({name for names in by_story.values() for name in names} | apart) == len(by_story) + len(apart)


def test_a_few_articles_alone_are_enough() -> None:
    """Rarity is told from the feed, and a feed may be one story."""
    bridge = [text for story, name, text in FIXTURES if story == "harbour-bridge" and not name.startswith("report")]
    assert len(set(stories(placed(bridge)))) == 1


def test_a_copy_cut_to_its_first_third_is_with_its_original() -> None:
    text = MADE[3]
    assert together([text, text[: len(text) // 3]], among=[one for one in MADE if one != text])


def test_news_with_the_same_page_furniture_stays_apart() -> None:
    furniture = " ".join(words(50, 9)).capitalize() + "."
    found = placed(" ".join([*words(150, seed, names=8), ".", furniture]) for seed in range(60))
    assert set(Counter(stories(found)).values()) == {1}


@settings(max_examples=8)
@given(st.permutations(range(12)))
def test_the_order_of_the_feed_decides_nothing(order: list[int]) -> None:
    texts = [text for _, text in made(12, seed=2)]
    before = stories(placed(texts))
    assert len(set(before)) == 9
    after = stories(placed([texts[at] for at in order]))
    assert [after[order.index(at)] for at in range(12)] == before


def test_a_story_is_named_by_its_first_article() -> None:
    text = MADE[0]
    copies = [text, text + " It was said again later.", text.replace(".", " then.", 1)]

    def name(days: Sequence[str | None], original: int | None = None) -> str:
        feed = Feed()
        for at, (copy, day) in enumerate(zip(copies, days, strict=True)):
            feed.add(str(at), copy, day, original=at == original)
        places = feed.place()
        assert len({places.of(at, str(at)).story for at in range(3)}) == 1
        return places.of(0, "0").story

    early = name([None, "2026-03-01", "2026-03-02"])
    assert early == name(["2026-03-03T00:00:00Z", "Sun, 01 Mar 2026 10:00:00 +0000", None])
    assert early != name([None, "2026-03-02", "2026-03-01"])
    assert early == name([None, "2026-03-02", "2026-03-01"], original=1)


def test_there_are_no_chains() -> None:
    """Windows that slide over one long text: neighbours are alike, the ends of the chain have nothing in common."""
    every = words(900, 4, names=80)
    rng = random.Random(2)
    windows = [every[at : at + rng.randrange(90, 160)] for at in (rng.randrange(740) for _ in range(60))]
    feed, names = gathered(" ".join(window) for window in windows)
    places = feed.place()
    found = [places.of(at, name) for at, name in enumerate(names)]
    assert 5 <= len(set(stories(found))) < 60
    assert all(one.joined.score >= JOIN for one in found), "each is like its centre itself"
    assert all(set(windows[at]) & set(windows[int(one.joined.central[1:])]) for at, one in enumerate(found))


def test_the_article_that_is_like_most_others_is_the_centre() -> None:
    """0 is like 1 and like 2, which have nothing in common, though 2 came four times."""
    long = words(160, 6, names=20)
    first, rest = long[:50], long[60:]
    texts = [" ".join(part) for part in (long, first, [*words(10, 7), *rest, *words(240, 8)])]
    feed, names = gathered([*texts, *[texts[2].upper()] * 3])
    places = feed.place()
    found = [places.of(at, name) for at, name in enumerate(names)]
    assert found[0].story == found[1].story == found[2].story, "the one that is like both is the centre"
    assert found[1].joined.central == "a0"


def test_five_thousand_identical_texts_cost_nothing() -> None:
    feed, names = gathered([MADE[0]] * 5_000)
    places = feed.place()
    found = [places.of(at, name) for at, name in enumerate(names)]
    assert len(set(stories(found))) == 1
    assert found[0].size == 5_000
    assert places.work.compared == places.work.looks == 0
    assert Counter(one.joined.evidence for one in found) == {"central": 1, "same words": 4_999}


def test_hundreds_of_near_copies_are_one_story_at_a_bounded_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """More of them than one article may look at: those that are looked at are the same for all."""
    monkeypatch.setattr(candidates, "LOOKS", 200)
    base = words(120, 5, names=20)
    rng = random.Random(1)

    def variant() -> str:
        return " ".join(rng.choice(["zzz", "yyy"]) if rng.random() < 0.08 else word for word in base)

    costs = {}
    for count in (60, 240):
        feed, names = gathered([*(variant() for _ in range(count)), *MADE])
        places = feed.place()
        found = [places.of(at, name).story for at, name in enumerate(names)]
        assert len(set(found[:count])) == 1
        assert found[0] not in found[count:]
        costs[count] = places.work.compared / count
    assert costs[240] <= 1.5 * costs[60], "what is compared for an article does not grow with its copies"


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("chinese", ["港口大桥星期一关闭。", "市长说没有人受伤。", "工程师检查了桥墩和钢索。", "渡轮将运行到周末。"]),
        (
            "russian",
            ["Мост закрыли в понедельник.", "Мэр сообщил, что никто не пострадал.", "Инженеры проверили опоры."],
        ),
    ],
)
def test_other_languages_are_grouped_by_their_wording(language: str, sentences: list[str]) -> None:
    rng = random.Random(3)
    pool = [character for sentence in sentences for character in sentence]
    other = "".join(rng.sample(pool, len(pool))) * 3
    text = "".join(sentences) + "".join(reversed(sentences)) + "".join(sentences[1:])
    assert together([text, text[: 2 * len(text) // 3]], among=[*MADE, other]), language


def test_a_hostile_text_is_looked_at_up_to_a_bound() -> None:
    rng = random.Random(0)
    many = " ".join("".join(rng.choices("abcdefgh", k=7)) for _ in range(120_000))
    for text in ("x" * 1_000_000, many, '"' * 1_000_000, "“a" * 400_000, "北京" * 300_000, "e\u0301" * 300_000):
        made_of = profile(text)
        assert len(made_of.words) <= MOST_WORDS
        assert made_of.wording.size == profile(text[:LONGEST]).wording.size
        assert len(made_of.lead) <= 300
        assert made_of.cut == max(0, len(text) - LONGEST) > 0


def test_texts_too_short_to_tell_stay_apart_unless_they_are_the_same() -> None:
    found = stories(placed(["Photos.", "photos. ", "Photos of the day", "Breaking news", "", "...", *MADE]))
    assert found[0] == found[1]
    assert len(set(found[1:6])) == 5


def test_an_alert_of_one_sentence_does_not_gather_all_reports_of_its_event() -> None:
    alert = words(11, 1, names=3)
    reports = [" ".join([*words(60, seed, names=6), *alert, *words(90, seed + 9, names=6)]) for seed in range(20, 26)]
    found = stories(placed([" ".join(alert), *reports, *MADE]))
    assert len(set(found[1:7])) == 6, "it is a cut copy of any one of them"


class Judge:
    """A scorer that finds every pair neutral, entailed or contradicted, one way or both, and counts."""

    digest = "judge"
    runtime = "judge"
    limit = 10_000

    def __init__(self, forward: Scores, backward: Scores | None = None) -> None:
        self.scores = forward, backward or forward
        self.asked: list[tuple[str, str]] = []

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        return [len(one) + len(other) for one, other in pairs]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        self.asked += pairs
        return [self.scores[one > other] for one, other in pairs]


ENTAILED, NEUTRAL, CONTRADICTED = Scores(0.8, 0.1, 0.1), Scores(0.1, 0.8, 0.1), Scores(0.1, 0.1, 0.8)
LEADS = (
    "The mayor said on Monday that the bridge over the harbour was closed after a crack was found in it.",
    "A crack has been found in the harbour bridge, which was closed for the week, the mayor of the city said.",
)


def asked(judge: Scorer, leads: Sequence[str] = LEADS) -> tuple[list[Placed], Places]:
    """Two articles that share a little less than would join them, begun by these leads."""
    shared, rest = words(60, 1, names=10), [words(60, seed, names=6) for seed in (2, 3)]
    feed, names = gathered([f"{leads[at]} {' '.join(shared + rest[at])}" for at in (0, 1)])
    places = feed.place(lambda: judge, join=0.9, apart=0.1)
    return [places.of(at, name) for at, name in enumerate(names)], places


@pytest.mark.parametrize(
    ("forward", "backward", "joined"),
    [
        (ENTAILED, ENTAILED, True),
        (CONTRADICTED, CONTRADICTED, True),
        (NEUTRAL, ENTAILED, True),
        (NEUTRAL, NEUTRAL, False),
    ],
)
def test_the_model_parts_what_is_neutral_both_ways(forward: Scores, backward: Scores, joined: bool) -> None:
    judge = Judge(forward, backward)
    found, places = asked(judge)
    assert (found[0].story == found[1].story) is joined
    assert len(judge.asked) == 2, "each direction once"
    assert judge.asked[0] == judge.asked[1][::-1]
    assert all(len(text) <= 300 for pair in judge.asked for text in pair)
    assert {one.joined.evidence for one in found} == ({"central", "model"} if joined else {"central"})
    work = places.work
    assert (work.between, work.judged_same, work.judged_apart, work.not_judged) == (1, joined, not joined, 0)


def test_the_model_is_not_asked_where_it_cannot_say() -> None:
    for leads in (("Мост закрыли.", "Мэр сообщил."), (LEADS[0] * 4, LEADS[0] * 4)):
        judge = Judge(ENTAILED)
        found, places = asked(judge, leads)
        assert found[0].story != found[1].story
        assert not judge.asked
        assert (places.work.between, places.work.not_judged) == (1, 1)


def test_a_pair_longer_than_the_model_reads_is_not_judged() -> None:
    judge = Judge(ENTAILED)
    judge.limit = 50
    _, places = asked(judge)
    assert not judge.asked
    assert places.work.not_judged == 1


def test_without_a_model_pairs_in_between_stay_apart_and_are_counted() -> None:
    feed, names = gathered([f"{LEADS[0]} {' '.join(words(60, 1))}", f"{LEADS[1]} {' '.join(words(60, 1))} x"])
    places = feed.place(join=0.99, apart=0.1)
    assert len({places.of(at, name).story for at, name in enumerate(names)}) == 2
    assert (places.work.between, places.work.not_judged) == (1, 1)


def test_no_model_is_loaded_where_nothing_is_in_between() -> None:
    def load() -> Scorer:
        raise AssertionError("nobody asked for it")

    feed, _ = gathered(MADE)
    feed.place(load)


def test_nothing_is_a_feed_too() -> None:
    assert len(Feed().place()) == 0
    (only,) = placed(["One article, and no other."])
    assert (only.size, only.joined.evidence) == (1, "central")
