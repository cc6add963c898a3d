"""Who is cited, for what and with which word; how two sources stand; and that hostile text costs little."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.checks._sources import speech as speech_module
from consistency.checks.attribution import CHECK
from consistency.facts import reported as module
from consistency.facts.attribution import attribution, other_person
from consistency.facts.quotation import quotations
from consistency.facts.reported import BLANK, FORCES, Reported, blanked, reported
from consistency.facts.source import Source, plain, stand
from consistency.protocols import Context
from consistency.records import Alignment, Article, Claim, Finding, Level, Scores, Span, Story
from tests.cases import NEUTRAL, Case, context


def told(text: str) -> list[tuple[str, str, str, str]]:
    """Side, source, cue and content of each attribution."""
    found: list[tuple[str, str, str, str]] = []
    for one in reported(text):
        who = text[one.source.span.start : one.source.span.end] if one.source else ""
        content = " … ".join(text[part.start : part.end].strip(" ,.:") for part in one.content)
        found.append((one.side, who, text[one.cue.start : one.cue.end], content))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police said the driver was drunk.", ("front", "Police", "said", "the driver was drunk")),
        ("The driver was drunk, police said.", ("back", "police", "said", "The driver was drunk")),
        ("The plan, police said, was old.", ("middle", "police", "said", "The plan … was old")),
        ("According to the coroner, he drowned.", ("front", "the coroner", "According to", "he drowned")),
        ("He drowned, according to the coroner.", ("back", "the coroner", "according to", "He drowned")),
        ("“We will stay,” Ott, the mayor, told pupils.", ("back", "Ott", "told", "“We will stay,”")),
        ("“We will stay,” Ott, 54, told the Daily Post.", ("back", "Ott", "told", "“We will stay,”")),
        ("“Stay away,” Ott, who had seen it, warned pupils.", ("back", "Ott", "warned", "“Stay away,”")),
        (
            "The roof, an old one, may fall, warned the mayor.",
            ("back", "the mayor", "warned", "The roof, an old one, may fall"),
        ),
        ("“We will stay,” said the mayor.", ("back", "the mayor", "said", "“We will stay,”")),
        ("He said: “I am tired.”", ("front", "He", "said", "“I am tired.”")),
        ("Lee, the mayor of Leeds, said it was over.", ("front", "Lee", "said", "it was over")),
        ("On Monday police said a man had died.", ("front", "police", "said", "a man had died")),
        ("The union threatened to strike.", ("front", "The union", "threatened", "to strike")),
        ("It was the commander who stated that it fell.", ("front", "the commander", "stated", "it fell")),
        (
            "The twins are well, their aunt let it be known.",
            ("back", "their aunt", "let it be known", "The twins are well"),
        ),
        ("In the view of the club, the rain helped.", ("front", "the club", "In the view of", "the rain helped")),
        ("The firm told investors that it had lost.", ("front", "The firm", "told", "it had lost")),
        ("Acme Inc. said Brian L. Halla would go.", ("front", "Acme Inc", "said", "Brian L. Halla would go")),
        ("Police claim that he fled.", ("front", "Police", "claim", "he fled")),
        ("Reuters reports that he fled.", ("front", "Reuters", "reports", "he fled")),
        ("It cost $3.2 billion, prosecutors said.", ("back", "prosecutors", "said", "It cost $3.2 billion")),
    ],
)
def test_an_attribution_and_its_parts(text: str, expected: tuple[str, str, str, str]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Police found a body in the river.",
        "The company announced a plan to close two plants.",
        "The insurance claims were filed in May.",
        "Officials did not say who was hurt.",
        "The minister refused to say whether he would go.",
        "He is said to be rich.",
        "The rulers of the deep state that fell were many.",
        "Hunter told his father and his aunt.",
        "The mayor said.",
        "said",
        "according to",
        "“Police said it was late.”",
        "",
    ],
)
def test_nothing_is_attributed_there(text: str) -> None:
    assert reported(text) == ()


def test_each_clause_has_its_own_source() -> None:
    text = "Critics say the law is unjust, but the government says it protects people."
    assert [(who, content.removesuffix(", but")) for _, who, _, content in told(text)] == [
        ("Critics", "the law is unjust"),
        ("the government", "it protects people"),
    ]


@pytest.mark.parametrize(
    ("verb", "force"),
    [
        ("said", "neutral"),
        ("claimed", "claim"),
        ("admitted", "confirm"),
        ("revealed", "confirm"),
        ("denied", "deny"),
        ("promised", "promise"),
        ("threatened", "threaten"),
        ("warned", "warn"),
        ("suggested", "suggest"),
        ("insisted", "insist"),
        ("predicted", "predict"),
    ],
)
def test_the_force_of_a_cue(verb: str, force: str) -> None:
    assert [one.force for one in reported(f"The clerk {verb} that it would rain.")] == [force]


def test_every_force_of_the_table_has_a_name() -> None:
    assert set(module._cues().values()) == set(FORCES)


def cited(words: str) -> Source:
    found = reported(f"{words} said that it was late.")[0].source
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other", "standing"),
    [
        ("Police", "A police spokesman", "same"),
        ("The Kremlin", "Russia", "same"),
        ("Transport Minister Olga Brandt", "Brandt", "same"),
        ("Police", "Officials", "open"),
        ("He", "The mayor", "open"),
        ("Jonas Falk", "The museum director", "open"),
        ("Sources", "The army", "open"),
        ("A report", "The army", "open"),
        ("Scientists", "Experts", "near"),
        ("Doctors", "The airline", "other"),
        ("Doctors", "Relatives", "other"),
        ("The minister", "An opposition lawmaker", "other"),
        ("Jonas Falk", "Anita Verma", "stranger"),
        ("Australia's navy", "The authorities in Beijing", "near"),
        ("Australia's navy", "The authorities in Canberra", "open"),
        ("Prosecutors", "The defence", "other"),
        ("The army", "The defence ministry", "near"),
    ],
)
def test_how_two_sources_stand(one: str, other: str, standing: str) -> None:
    assert stand(cited(one), cited(other)) == standing
    assert stand(cited(other), cited(one)) == standing


def test_nobody_is_at_odds_with_an_unknown_source() -> None:
    assert stand(None, cited("Police")) == "open"
    assert not plain(None)
    assert not plain(cited("She"))


def test_what_is_set_off_says_who_it_is() -> None:
    found = reported("Ross Garber, a lawyer for the company, said it was late.")[0].source
    assert found is not None
    assert found.groups == {"defence"}


def test_quotes_are_blanked_in_place() -> None:
    text = "“He said no,” she said, and 'it' stayed."
    blank = blanked(text)
    assert len(blank) == len(text)
    assert "said no" not in blank
    assert blank.startswith("“" + BLANK)
    assert [who for _, who, _, _ in told(text)] == ["she"]


def test_the_speaker_of_a_quote() -> None:
    text = "“We will keep an eye on it,” Jake Sullivan told reporters."
    found = attribution(text, quotations(text)[0].span)
    assert found is not None
    assert found.speaker == "Jake Sullivan"
    assert other_person("Jake Sullivan", "Anita Verma")
    assert not other_person("Jake Sullivan", "J. Sullivan")


@given(st.text(alphabet="said Police told, the.“”\"\n:;'that according to 3 A", max_size=120))
def test_any_text_is_read_and_every_span_lies_in_it(text: str) -> None:
    for one in reported(text):
        assert 0 <= one.frame.start <= one.cue.start < one.cue.end <= one.frame.end <= len(text)
        assert all(0 <= part.start <= part.end <= len(text) for part in one.content)
        assert one.source is None or one.source.span.end <= len(text)


def test_reading_is_linear(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = []
    whole = module._beside
    for repeats in (200, 2000):
        seen = 0

        def counted(*args: object) -> object:
            nonlocal seen
            seen += 1
            return whole(*args)  # type: ignore[arg-type]

        monkeypatch.setattr(module, "_beside", counted)
        reported("he said and she told them that " * repeats)
        counts.append(seen)
    assert 0 < counts[0] * 5 < counts[1] <= counts[0] * 15


# The check, where a case file does not reach.


def found(one: str, other: str, role: str = "copy", scores: Scores = NEUTRAL) -> list[Finding]:
    given = context(Case("x", "synthetic", one, other, [], ""))
    articles = tuple(
        Article(
            id=article.id, text=article.text, role="report" if article.id == "version" and role == "report" else "copy"
        )
        for article in given.story.articles
    )
    alignment = given.alignments[0]
    scored = Alignment(alignment.article, alignment.premise, alignment.hypothesis, alignment.similarity, scores, scores)
    return list(CHECK.check(Context(Story("s", articles, "reference"), given.claims, (scored,))))


LOST = ("The driver was drunk when he left the road, police said.", "The driver was drunk when he left the road.")


def test_an_independent_report_may_know_it_from_elsewhere() -> None:
    assert [one.confidence >= 0.5 for one in found(*LOST)] == [True]
    assert [one.confidence >= 0.5 for one in found(*LOST, role="report")] == [False]


def test_the_model_tips_the_scales_where_groups_touch() -> None:
    pair = (
        "The mast was rotten before the regatta began, the skipper said.",
        "The mast was rotten before the regatta began, passengers said.",
    )
    against = Scores(entailment=0.05, neutral=0.1, contradiction=0.85)
    assert [one.confidence >= 0.5 for one in found(*pair)] == [False]
    assert [one.confidence >= 0.5 for one in found(*pair, scores=against)] == [True]


def _story(reference: list[str], version: list[str], pairs: list[tuple[int, int]], gap: str = " ") -> Context:
    claims: dict[str, tuple[Claim, ...]] = {}
    articles = []
    for name, parts in (("reference", reference), ("version", version)):
        at, some = 0, []
        for number, part in enumerate(parts):
            some.append(Claim(f"{name}#{number}", name, Span(at, at + len(part)), part))
            at += len(part) + len(gap)
        articles.append(Article(id=name, text=gap.join(parts)))
        claims[name] = tuple(some)
    alignments = tuple(
        Alignment("version", (f"reference#{one}",), (f"version#{other}",), 0.8, NEUTRAL, NEUTRAL)
        for one, other in pairs
    )
    return Context(Story("s", tuple(articles), "reference"), claims, alignments)


CALM = ("It rained in the valley.", "The road was wet.", "A dog ran off.", "Nobody saw it.")


def _levels(given: Context) -> list[Level]:
    return [one.level for one in CHECK.check(given) if one.confidence >= 0.5]


def test_a_source_in_the_neighbouring_sentence_is_enough() -> None:
    near = ["Police came at nine, they said.", LOST[1]]
    assert _levels(_story([LOST[0]], [CALM[0], LOST[1]], [(0, 1)])) == ["warning"]
    assert _levels(_story([LOST[0]], near, [(0, 1)])) == []


def test_talk_of_sources_in_the_neighbouring_sentence_is_enough_for_other_words() -> None:
    told = "The drummer quit the band over money and moved to a cottage near Galway, according to the Evening Gazette."
    here = "Money made the drummer leave the band, and he relocated to a small house near Galway."
    assert _levels(_story([told], [CALM[0], here], [(0, 1)])) == ["warning"]
    for near in ("The Evening Gazette says the album is late.", "Rumours about the band have gone round for weeks."):
        assert _levels(_story([told], [near, here], [(0, 1)], gap="\n")) == []


def test_another_source_in_the_neighbouring_sentence_is_not() -> None:
    near = ["Relatives said the bus was new.", LOST[1]]
    assert _levels(_story([LOST[0]], near, [(0, 1)])) == ["warning"]


def test_a_source_earlier_in_the_paragraph_is_enough_and_in_the_story_makes_it_a_note() -> None:
    far = ["Police said the bus was new.", *CALM, LOST[1]]
    assert _levels(_story([LOST[0]], far, [(0, 5)], gap=" ")) == []
    assert _levels(_story([LOST[0]], far, [(0, 5)], gap="\n")) == ["note"]


def test_what_the_reference_tells_as_its_own_elsewhere_needs_no_source() -> None:
    own = [LOST[0], "The drunk driver left the road."]
    assert _levels(_story(own, [LOST[1]], [(0, 0)])) == []


@pytest.mark.parametrize(
    ("opener", "speaker", "pronoun", "levels"),
    [
        ("The mayor, Greta Falk,", "Architect Marcus Dorn", "she", []),
        ("The mayor, Greta Falk,", "Architect Marcus Dorn", "he", ["error"]),
        ("The mayor, Marcus Dorn,", "Architect Greta Falk", "he", []),
        ("The mayor, Marcus Dorn,", "Architect Greta Falk", "she", ["error"]),
        ("The mayor, Oyin Falola,", "Architect Teku Mbwana", "she", []),
        ("The mayor, Mrs Falola,", "Architect Teku Mbwana", "she", []),
        ("The mayor, Mrs Falola,", "Architect Teku Mbwana", "he", ["error"]),
        ("The crowd", "Architect Teku Mbwana", "she", ["error"]),
    ],
)
def test_a_pronoun_is_the_last_speaker_where_no_other_may_be_meant(
    opener: str, speaker: str, pronoun: str, levels: list[Level]
) -> None:
    before = [f"{opener} opened the pool on Friday.", f"{speaker} said it would last a century."]
    mayor = (
        "Falk" if "Falk" in opener else "Falola" if "Falola" in opener else "Ida Dorn" if "crowd" in opener else "Dorn"
    )
    reference, version = (
        [*before, f"The pool would draw guests from the whole valley, {who} said."] for who in (mayor, pronoun)
    )
    assert _levels(_story(reference, version, [(2, 2)])) == levels


def test_spans_of_a_second_claim_count_from_the_article() -> None:
    given = _story([CALM[0], LOST[0]], [CALM[0], LOST[0].replace("police", "relatives")], [(1, 1)])
    one = next(iter(CHECK.check(given)))
    assert one.reference is not None
    assert one.version is not None
    there, here = (given.story.article(side).text for side in ("reference", "version"))
    assert [there[span.start : span.end] for span in one.reference.evidence] == ["police"]
    assert [here[span.start : span.end] for span in one.version.evidence] == ["relatives"]


def test_looking_around_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every claim loses its source; each is held against a window of the story, not all of it."""
    counts = []
    whole = speech_module.shared
    for size in (150, 1500):
        seen = 0

        def counted(one: frozenset[str], other: frozenset[str]) -> float:
            nonlocal seen
            seen += 1
            return whole(one, other)

        monkeypatch.setattr("consistency.checks._sources.unsourced.shared", counted)
        reference = [f"Ship{at} sank{at} off Cape{at} in a gale{at}, a sailor said." for at in range(size)]
        version = []
        for at in range(size):
            version += [
                f"Ship{at} sank{at} off Cape{at} in a gale{at}.",
                f"The church{at} was full{at}, a priest said.",
            ]
        list(CHECK.check(_story(reference, version, [(at, 2 * at) for at in range(size)])))
        counts.append(seen)
    assert 0 < counts[0] * 5 < counts[1] <= counts[0] * 15


def test_a_megabyte_in_one_claim_is_left_alone() -> None:
    long = "Police said the driver was drunk and " * 30_000
    assert list(CHECK.check(_story([long], [long.replace("Police", "Relatives")], [(0, 0)]))) == []


def test_frames_are_records() -> None:
    assert isinstance(reported("Police said it rained.")[0], Reported)
