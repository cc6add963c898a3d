"""Who stands in which slot, which exchanges count, and that hostile text costs little and raises nothing."""

from __future__ import annotations

import inspect
import string
import sys
from collections.abc import Callable
from types import FrameType
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.checks.role import CHECK
from consistency.facts._roles import items as item_room
from consistency.facts._roles import read
from consistency.facts._roles.items import items
from consistency.facts.role import acquainted, exchanges, other_doer, other_person, roles, trade
from consistency.protocols import Context
from consistency.records import Alignment, Article, Claim, Scores, Span, Story
from tests.cases import Case, context

Tracer: TypeAlias = Callable[[FrameType, str, object], "Tracer | None"]


def filled(text: str) -> set[tuple[str, str, str]]:
    return {(role.slot.frame, role.slot.part, text[role.span.start : role.span.end]) for role in roles(text)}


@pytest.mark.parametrize(
    ("text", "agent", "patient"),
    [
        ("Russia warned China on Monday.", "Russia", "China"),
        ("China was warned by Russia on Monday.", "Russia", "China"),
        ("China has repeatedly been warned by Russia.", "Russia", "China"),
        ("Russia, which joined in May, warned China.", "Russia", "China"),
        ("Russia has never warned China.", "Russia", "China"),
        ("Russia vowed to warn China.", "Russia", "China"),
        ("It was Russia that warned China.", "Russia", "China"),
        ("Russia left and warned China.", "Russia", "China"),
        ("China, warned by Russia, left.", "Russia", ""),
        ("Russia's warning to China was clear.", "Russia", "China"),
        ("Moscow on Monday warned China.", "", "China"),
        ("Smith, 31, who lives in Rome, warned the US.", "Smith", "US"),
        ("The mayor of Lyon warned the city council.", "mayor", "city council"),
        ("The finance minister, Olaf Scholz, warned China.", "Olaf Scholz", "China"),
        ("Russia and Iran warned China and Japan.", "Iran", "Japan"),
        ("Warn the others, Russia asked.", "", ""),
    ],
)
def test_who_does_it_and_to_whom(text: str, agent: str, patient: str) -> None:
    found = {(part, thing) for frame, part, thing in filled(text) if frame == "warn"}
    assert {thing for part, thing in found if part == "agent"} >= ({agent} if agent else set())
    assert {thing for part, thing in found if part == "patient"} >= ({patient} if patient else set())
    assert not {("agent", patient), ("patient", agent)} & found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nadal beat Federer.", "Federer lost to Nadal."),
        ("Nadal defeated Federer.", "Federer was beaten by Nadal."),
        ("Nordbank sold the branch to Balder.", "Balder bought the branch from Nordbank."),
        ("Ghent lent the painting to Bruges.", "Bruges borrowed the painting from Ghent."),
        ("Haddad taught Moreno.", "Moreno learned from Haddad."),
        ("Ukraine gave Poland forty tanks.", "Poland received forty tanks from Ukraine."),
        ("Petrov replaced Weber.", "The club replaced Weber with Petrov."),
        ("Smith's lawyer, Jones, left.", "Jones, the lawyer of Smith, left."),
        ("Weber preceded Petrov.", "Petrov succeeded Weber."),
    ],
)
def test_one_deed_told_from_both_ends_fills_the_same_slots(one: str, other: str) -> None:
    shared = {(frame, part, thing) for frame, part, thing in filled(one) if thing[0].isupper()} & filled(other)
    assert len(shared) >= 2
    assert exchanges(one, other) == ()


@pytest.mark.parametrize(
    ("premise", "hypothesis"),
    [
        ("Russia warned China.", "Russia was warned by China."),
        ("Nadal beat Federer.", "Nadal lost to Federer."),
        ("Nordbank sold the branch to Balder.", "Nordbank bought the branch from Balder."),
        ("Haddad taught Moreno.", "Haddad learned from Moreno."),
        ("The club replaced Petrov with Weber.", "Petrov replaced Weber."),
        ("Smith's lawyer, Jones, left.", "Smith, the lawyer of Jones, left."),
        ("Smith, 40, and Jones, 31, fled.", "Jones (40) and Smith (31) fled."),
        ("Born in Paris, he died in Lyon.", "He died in Paris and was born in Lyon."),
        ("They moved from Paris to Lyon.", "They moved to Paris from Lyon."),
        ("Produced by Moreno and directed by Haddad.", "Directed by Moreno and produced by Haddad."),
        ("Kyiv accused Moscow of it.", "Russia accused Ukraine of it."),
        ("John Smith sued Ann Jones.", "Jones sued Smith."),
        ("The writer Clara Iyer met singer Grace Osei.", "The singer Clara Iyer met writer Grace Osei."),
    ],
)
def test_exchanges_across_wordings(premise: str, hypothesis: str) -> None:
    assert exchanges(premise, hypothesis)
    assert exchanges(premise, premise) == ()
    for exchange in exchanges(premise, hypothesis):
        one, other = (premise[span.start : span.end] for span in exchange.premise)
        assert one != other


@pytest.mark.parametrize(
    ("premise", "hypothesis"),
    [
        ("Ajax played Feyenoord.", "Feyenoord played Ajax."),
        ("Ana married Tom.", "Tom married Ana."),
        ("Amina, a friend of Leila, fled.", "Leila, a friend of Amina, fled."),
        ("Iran hit Israel and Israel hit Iran.", "Israel hit Iran and Iran hit Israel."),
        ("Smith, 40, and Jones, 31, fled.", "Jones, 31, and Smith, 40, fled."),
        ("The region of Ilomantsi in Karelia.", "The Ilomantsi region of Karelia."),
        ("Russia warned China.", "China replied to Russia."),
        ("John Smith sued Mary Smith.", "Smith sued Smith."),
        ("The board of Monsanto, the company said.", "The board of the company, Monsanto said."),
    ],
)
def test_what_says_the_same_or_cannot_be_told(premise: str, hypothesis: str) -> None:
    assert exchanges(premise, hypothesis) == ()


@pytest.mark.parametrize(
    ("premise", "hypothesis", "sorts"),
    [
        ("Russia warned China.", "China warned Russia.", ("name", "name")),
        ("The union sued the bank.", "The bank sued the union.", ("noun", "noun")),
        ("It opened in 1931 and shut in 1978.", "It opened in 1978 and shut in 1931.", ("figure", "figure")),
        ("They keep new books and sell old maps.", "They keep old books and sell new maps.", ("word", "word")),
        (
            "Tanaka and Silva won gold and bronze respectively.",
            "Silva and Tanaka won gold and bronze respectively.",
            None,
        ),
        ("In 2019, Ann Roe sued Bo.", "In 2019, Bo sued Ann Roe.", ("name", "name")),
    ],
)
def test_a_plain_exchange(premise: str, hypothesis: str, sorts: tuple[str, str] | None) -> None:
    found = trade(premise, hypothesis)
    assert found is not None
    assert sorts is None or found.sorts == sorts
    for one, other in zip(found.premise, reversed(found.hypothesis), strict=True):
        assert premise[one.start : one.end].casefold() == hypothesis[other.start : other.end].casefold()


@pytest.mark.parametrize(
    ("premise", "hypothesis"),
    [
        ("France and Spain agreed.", "Spain and France agreed."),
        ("Kenya, Chile and Norway agreed.", "Norway, Chile and Kenya agreed."),
        ("It hit Samar as well as Leyte.", "It hit Leyte as well as Samar."),
        ("The winner is Tanaka.", "Tanaka is the winner."),
        ("Old music and new music from Riga.", "New music and old music from Riga."),
        ("Yesterday he resigned quietly.", "Quietly he resigned yesterday."),
        ("In Paris he spoke on Tuesday.", "On Tuesday he spoke in Paris."),
        ("Scholz met Macron.", "Macron met Scholz."),
        ("Talks of Serbia with Kosovo.", "Talks of Kosovo with Serbia."),
        ("Pelé, born Edson, died.", "Edson, born Pelé, died."),
        ("Tanaka and Silva won one and two respectively.", "Silva and Tanaka won two and one respectively."),
        ("Russia warned China.", "Russia warned China."),
        ("", ""),
    ],
)
def test_what_is_no_plain_exchange(premise: str, hypothesis: str) -> None:
    assert trade(premise, hypothesis) is None


def judged(contradiction: float, premise: str, hypothesis: str) -> list[float]:
    given_ = context(Case("x", "synthetic", premise, hypothesis, [], ""))
    scores = Scores(entailment=0.0, neutral=1 - contradiction, contradiction=contradiction)
    (one,) = given_.alignments
    scored = Alignment(one.article, one.premise, one.hypothesis, one.similarity, scores, scores)
    return [finding.confidence for finding in CHECK.check(Context(given_.story, given_.claims, (scored,)))]


def test_a_plain_exchange_needs_less_of_the_model_than_one_in_other_words() -> None:
    plain = ("Russia warned China on Monday.", "China warned Russia on Monday.")
    reworded = ("Russia warned China on Monday.", "On Monday, Russia was warned by China.")
    assert judged(0.045, *plain)[0] >= 0.5 > judged(0.045, *reworded)[0]
    assert judged(0.06, *reworded)[0] >= 0.5
    assert judged(0.03, *plain) == []
    assert judged(1.0, *plain)[0] == pytest.approx(0.95)


def test_the_message_quotes_both() -> None:
    (finding,) = CHECK.check(_certain("Russia warned China on Monday.", "China warned Russia on Monday."))
    assert "“Russia warned China”" in finding.message
    assert "“China warned Russia”" in finding.message


def _certain(premise: str, hypothesis: str) -> Context:
    given_ = context(Case("x", "synthetic", premise, hypothesis, [], ""))
    (one,) = given_.alignments
    sure = Scores(entailment=0.0, neutral=0.0, contradiction=1.0)
    return Context(
        given_.story,
        given_.claims,
        (Alignment(one.article, one.premise, one.hypothesis, one.similarity, sure, sure),),
    )


_WORDS = st.sampled_from(
    "Russia China Smith the of by was warned lost to from and , . who 's Jones's 40 May 2011 lawyer not it than is "
    '" ( ) - respectively sold with in U.S. Lyon, İ ’ \u200f 1.2.3.4 born that warning'.split(" ")
)
_TEXTS = st.one_of(st.text(max_size=120), st.lists(_WORDS, max_size=40).map(" ".join))


@given(_TEXTS)
def test_items_and_roles_lie_in_the_text(text: str) -> None:
    for item in items(text):
        assert 0 <= item.span.start < item.span.end <= len(text)
        assert len(item.words) == len(item.spans)
    for role in roles(text):
        assert 0 <= role.span.start < role.span.end <= len(text)
        assert role.words


@given(_TEXTS, _TEXTS)
def test_exchanges_never_raise_and_lie_in_the_texts(premise: str, hypothesis: str) -> None:
    pairs = [(one.premise, one.hypothesis) for one in exchanges(premise, hypothesis)]
    traded = trade(premise, hypothesis)
    if traded is not None:
        pairs.append((traded.premise, traded.hypothesis))
    for there, here in pairs:
        assert all(0 <= span.start < span.end <= len(premise) for span in there)
        assert all(0 <= span.start < span.end <= len(hypothesis) for span in here)


@given(_TEXTS)
def test_a_text_exchanges_nothing_with_itself(text: str) -> None:
    assert exchanges(text, text + " ") == ()
    assert trade(text, text + " ") is None


@pytest.mark.parametrize(
    "unit",
    [
        "Russia warned China. ",
        "and warned ",
        "Smith's ",
        "not ",
        "of Lyon ",
        "Smith, ",
        "was was by ",
        string.ascii_letters,
        "(40) ",
        "- ",
        "' ",
        "1,",
    ],
)
def test_the_cost_grows_with_the_text(unit: str) -> None:
    """Lines of code run by the readers, for a text ten times as long."""
    files = {item_room.__file__, read.__file__}
    ran = 0

    def line(frame: FrameType, event: str, _: object) -> Tracer | None:
        nonlocal ran
        ran += event == "line"
        return line if frame.f_code.co_filename in files else None

    counts = []
    for size in (1_000, 10_000):
        ran = 0
        before = sys.gettrace()
        sys.settrace(line)
        try:
            inspect.unwrap(roles)(unit * (size // len(unit)))
        finally:
            sys.settrace(before)
        counts.append(ran)
    assert counts[1] <= 15 * max(counts[0], 100)


@pytest.mark.parametrize(
    ("premise", "hypothesis"),
    [
        ("Rosa Quint of Lund sold the mill; later Lund bought a farm.", "Lund sold the mill and bought a farm."),
        ("Lund's Rosa Quint sold the mill. Lund bought a farm.", "Lund sold the mill and bought a farm."),
        ("Ruiz, who had wed the brother of the singer, Tess Vega, sold the mill. Ruiz left.", "Ruiz sold the mill."),
        ("Keller sold the mill in March. It lies near Weiss.", "Weiss sold the mill in March."),
        ("Keller sold the mill in March; Weiss bought a farm.", "Weiss sold three cows at the fair."),
        ("Keller never sold the mill; Weiss bought a farm.", "Weiss sold the mill."),
        ("MetroPost printed the letter; the Metro Post won.", "Metro Post printed the letter."),
        ("Keller sold the mill with Weiss, and Weiss bought a farm.", "Weiss sold the mill."),
        ("Keller sold the mill and later sold the farm; Weiss bought both.", "Weiss sold the mill."),
    ],
)
def test_no_other_doer(premise: str, hypothesis: str) -> None:
    assert other_doer(premise, hypothesis) is None


def test_another_doer() -> None:
    premise = "Keller sold the mill in March; Weiss bought a farm."
    for hypothesis in ("Weiss sold the mill in March.", "The mill was sold by Weiss in March."):
        found = other_doer(premise, hypothesis)
        assert found is not None
        assert premise[found[0].start : found[0].end] == "Keller"
        assert hypothesis[found[1].start : found[1].end] == "Weiss"


_STORY = (
    "Swedish doctor Maja Ekdal, 38, and Reto Amsler, a guide from Chur, were flown out of the valley on Monday.",
    "Amsler's nephew Jon had stayed behind with the tents. Soldiers carried the doctor across the river.",
)


@pytest.mark.parametrize(
    ("premise", "hypothesis", "one", "other"),
    [
        (
            "Soldiers carried the doctor across the river for two hours.",
            "For two hours, soldiers were carrying the guide across the river.",
            "doctor",
            "guide",
        ),
        (
            "Amsler's nephew Jon stayed with the tents.",
            "Jon, a nephew of the Swedish doctor, stayed with the tents.",
            "Amsler",
            "Swedish doctor",
        ),
        ("Ekdal thanked the soldiers.", "The guide thanked the soldiers.", "Ekdal", "guide"),
    ],
)
def test_another_person_of_the_story_is_known_by_what_he_is(
    premise: str, hypothesis: str, one: str, other: str
) -> None:
    found = other_person(premise, hypothesis, acquainted(_STORY, ()))
    assert found is not None
    assert premise[found[0].start : found[0].end] == one
    assert hypothesis[found[1].start : found[1].end] == other


@pytest.mark.parametrize(
    ("premise", "hypothesis"),
    [
        ("Soldiers carried the doctor across the river.", "Ekdal was carried across the river by soldiers."),
        ("Soldiers carried Ekdal across the river.", "Soldiers carried the Swedish doctor across the river."),
        ("Soldiers carried the doctor.", "Soldiers carried the guide and later the doctor."),
        ("Soldiers thanked Ekdal.", "Soldiers carried the guide."),
        ("The guide met Ekdal's brother.", "The doctor met the brother."),
        ("Soldiers carried a doctor across the river.", "Soldiers carried the guide across the river."),
        ("Soldiers led the pilot across the river.", "Soldiers led the guide across the river."),
    ],
)
def test_the_same_person_or_one_who_is_not_known(premise: str, hypothesis: str) -> None:
    assert other_person(premise, hypothesis, acquainted(_STORY, ())) is None


@pytest.mark.parametrize(
    "more",
    [
        "Later a doctor looked at his hands.",
        "Another guide, Urs Kummer, had turned back.",
        "On Friday the soldiers carried the guide as well.",
    ],
)
def test_a_word_for_two_people_tells_nobody_and_what_the_reference_tells_of_both_is_no_error(more: str) -> None:
    premise, hypothesis = "Soldiers carried the doctor.", "Soldiers carried the guide."
    assert other_person(premise, hypothesis, acquainted(_STORY, ())) is not None
    assert other_person(premise, hypothesis, acquainted((*_STORY, more), ())) is None


@pytest.mark.parametrize(("headline", "found"), [(True, 1), (False, 0)])
def test_two_headlines_that_tell_one_deed_need_not_be_similar(headline: bool, found: int) -> None:
    texts = "Ostwick council approves new ring road", "Ostwick residents vote for ring road"
    articles = tuple(Article(id=text, text=text, source=text) for text in texts)
    claims = {text: (Claim(text, text, Span(0, len(text)), text, headline=headline),) for text in texts}
    scores = Scores(entailment=0.0, neutral=0.8, contradiction=0.2)
    alignment = Alignment(texts[1], (texts[0],), (texts[1],), 0.24, scores, scores)
    context_ = Context(Story("case", articles, texts[0]), claims, (alignment,))
    assert len([one for one in CHECK.check(context_) if one.confidence >= 0.5]) == found


@pytest.mark.parametrize(
    ("one", "other", "exchanged"),
    [
        (
            "“We saw six, all lambs,” said hill farmer Jan Ott.",
            "Hill farmer Jan Ott said “we saw six, all lambs”.",
            False,
        ),
        (
            "The kiln will crack, warned guild master Ann Ott.",
            "Guild master Ann Ott warned the kiln will crack.",
            False,
        ),
        ("Ott, the farmer, said Lohr, the potter, lied.", "Lohr, the potter, said Ott, the farmer, lied.", True),
        ("Ott told Lohr that it was late.", "Lohr told Ott that it was late.", True),
    ],
)
def test_what_is_said_may_stand_before_or_behind_its_speaker(one: str, other: str, exchanged: bool) -> None:
    assert (trade(one, other) is not None) == exchanged
