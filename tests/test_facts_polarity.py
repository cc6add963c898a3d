"""What negates, what is opposite, and when two texts turn each other; without the model and with scores made up."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.checks.polarity import CHECK
from consistency.facts import hedge
from consistency.facts import polarity as facts
from consistency.facts import turns as turning
from consistency.facts._opposites import ANTONYMS, OPPOSITES, contraries, opposites, senses
from consistency.facts.polarity import Opposite, bases, negated, negations, negative, opposed
from consistency.facts.turns import Turn, turns
from consistency.protocols import Context
from consistency.records import Finding, Scores, Span
from tests.cases import Case, context, load


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The bank did not pay.", ["not"]),
        ("He didn't pay and she won’t.", ["didn't", "won’t"]),
        ("She has never met him.", ["never"]),
        ("No one came, nobody called.", ["No", "nobody"]),
        ("None of the ships sank.", ["None"]),
        ("They left without water.", ["without"]),
        ("It is unable to fly.", ["unable"]),
        ("He cannot stay.", ["cannot"]),
        ("They refused to sign and declined to say why.", ["refused", "declined"]),
        ("The court has yet to rule.", ["yet"]),
        ("Sales failed to grow.", ["failed"]),
        ("He denied the charge.", ["denied"]),
        ("No-one came.", ["No"]),
        ("He did not pay. Nor did she.", ["not"]),
        ("Nor did she pay.", ["Nor"]),
        ("The shop did not open. It was empty but not closed.", ["not", "not"]),
    ],
)
def test_words_that_negate(text: str, found: list[str]) -> None:
    assert words(text, negations(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "Not only the harbour burned.",
        "It is no doubt late.",
        "He asked whether or not it was so.",
        "Their choir is second to none.",
        "She is the No. 2 seed.",
        "He lives at No 10.",
        "The no-fly zone holds.",
        "No fewer than nine died.",
        "A decline in sales and a failed coup.",
        "“Isn't it time to go?” he asked.",
        "He was late, wasn't he?",
        "It is not without risk.",
        "He never fails to call.",
        "The shop did not open until noon.",
        "It was held not in Rome but in Milan.",
        "Nobody but him knew.",
        "It was not the first time.",
        "The North, notably Norway, knows nonets.",
        "",
    ],
)
def test_words_that_negate_nothing(text: str) -> None:
    assert words(text, negations(text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He had no food and no water.", ["no"]),
        ("Neither he nor she came.", ["Neither"]),
        ("They neither confirmed nor denied it.", ["neither"]),
        ("It had no roof, no door and no windows.", ["no"]),
        ("He did not come and did not call.", ["not", "not"]),
    ],
)
def test_a_list_is_negated_once(text: str, found: list[str]) -> None:
    assert words(text, negations(text)) == found


@pytest.mark.parametrize(
    ("text", "other", "found"),
    [
        ("They were unhappy.", "They were happy.", ["unhappy"]),
        ("They were dissatisfied.", "They were satisfied.", ["dissatisfied"]),
        ("It was illegal.", "It was legal.", ["illegal"]),
        ("A non-smoker won.", "A smoker won.", ["non"]),
        ("They were unhappy.", "They were sad.", []),
        ("They were unhappy.", "They were unhappy, not happy.", []),
        ("The union met.", "On the ion it is.", []),
        ("A non-traditional touch.", "A nontraditional touch to a traditional day.", []),
        ("A nontraditional touch.", "A non-traditional touch to a traditional day.", []),
        ("They dislike noise.", "Cities like it.", []),
        ("It did not open until noon.", "It opened until noon.", ["not"]),
    ],
)
def test_what_the_other_text_says_decides(text: str, other: str, found: list[str]) -> None:
    assert words(text, negations(text, other)) == found


@pytest.mark.parametrize("word", ["unharmed", "harmless", "lacked", "avoided", "called off", "illegal", "intolerant"])
def test_words_that_deny_in_their_own_way(word: str) -> None:
    assert negative(word, Span(0, len(word)))
    assert not negative(word, Span(0, len(word)), bases(word))


@pytest.mark.parametrize(
    "word", ["", "under", "the union", "industry", "discussed", "important", "called", "off the coast", "mission"]
)
def test_words_that_only_look_so(word: str) -> None:
    assert not negative(word, Span(0, len(word)))


def test_weaker_words_count_only_in_the_place_of_a_negation() -> None:
    assert negative("stayed", Span(0, 6), near=True)
    assert not negative("stayed", Span(0, 6))


def test_the_base_of_a_denying_word_is_told() -> None:
    assert not negative("safe", Span(0, 4), bases("the tower is unsafe"))
    assert negative("safe", Span(0, 4), bases("nobody was hurt"))


def test_what_is_denied() -> None:
    text = "It did not, as feared, close. It does not close the mine in Leeds today."
    assert negated(text, Span(7, 10)) == ()
    assert [word for word, _ in negated(text, Span(38, 41))] == ["clos", "min", "leed"]


@pytest.mark.parametrize(("table", "least"), [(opposites(), 1_000), (contraries(), 9_000)])
def test_opposites_go_both_ways(table: dict[str, frozenset[str]], least: int) -> None:
    assert len(table) > least
    for word, others in table.items():
        assert word not in others
        assert others
        for other in others:
            assert word in table[other]
            assert word[0] == other[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [("rose", "fell"), ("shrank", "grows"), ("forbade", "allowing"), ("profits", "loss"), ("higher", "lower")],
)
def test_every_form_of_a_word_has_the_opposites(one: str, other: str) -> None:
    assert any(opposites().get(sense, frozenset()) & set(senses(other)) for sense in senses(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Defence", "attacked"), ("left", "remaining"), ("back", "oppose"), ("found", "lost"), ("today", "yesterday")],
)
def test_words_that_are_no_opposites_in_news(one: str, other: str) -> None:
    assert opposed(one, other) == opposed(other, one) == ()


def test_a_word_the_other_text_has_too_is_no_opposite() -> None:
    assert opposed("Prices rose.", "Prices fell.") == (
        Opposite(Span(7, 11), Span(7, 11), "v", narrow=False, wide=False),
    )
    assert opposed("Prices rose.", "Prices fell and rose.") == ()
    assert opposed("It was legal.", "It was illegal.") == ()


@pytest.mark.parametrize("path", [ANTONYMS, OPPOSITES], ids=lambda path: path.stem)
def test_a_list_keeps_its_form(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert len(lines) == len(set(lines)) > 1000
    for line in lines:
        head, _, pair = line.partition(": ")
        relation, kind = head.split()
        assert (relation, kind in "vnax") == ("ant", True), line
        assert all(len(side.split()) >= 1 for side in pair.split(" / ")), line
        assert pair.count(" / ") == 1, line


CASES = load("polarity")


def texts(case: Case) -> tuple[str, str]:
    one, other = (text if isinstance(text, str) else " ".join(text) for text in (case.reference, case.version))
    return one, other


@pytest.mark.parametrize("case", [case for case in CASES if not case.expect], ids=lambda case: case.id)
def test_honest_cases_are_quiet_without_the_model(case: Case) -> None:
    """The model is asked second: what the words alone must not report stays quiet whatever it says.

    Words that only the wide list calls opposites are left to the model: a case has it say that they are none here.
    """
    assert all(turn.wide for turn in turns(*texts(case)))


@pytest.mark.parametrize("case", [case for case in CASES if case.origin == "synthetic"], ids=lambda case: case.id)
def test_turned_cases_are_seen_either_way_round(case: Case) -> None:
    one, other = texts(case)
    assert turns(one, other)
    assert [turn[1:3][::-1] for turn in turns(one, other)] == [turn[1:3] for turn in turns(other, one)]


def kinds(one: str, other: str) -> list[tuple[str, bool]]:
    return [(turn.kind, turn.firm) for turn in turns(one, other)]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Rates rose in May.", "Rates fell in May.", [("antonym", True)]),
        ("Will the bank pay?", "Will the bank not pay?", [("negation", False)]),
        ("The council met on Friday.", "The council did not gather on Friday.", [("negation", True)]),
        ("The crew walked home.", "The crew did not march.", [("negation", True)]),
        ("The crew walked home.", "The crew did not sing.", [("negation", False)]),
        ("Nordbank sold the mill to Halden.", "Halden bought the mill from Nordbank.", []),
        ("Nordbank sold the mill to Halden.", "Nordbank bought the mill from Halden.", [("antonym", True)]),
        ("A large fire burned in a shop.", "A fire burned in a small shop.", []),
        ("A large fire burned in a shop.", "A small fire burned in the old shop.", [("antonym", True)]),
        ("It was easy for the crew.", "It was not difficult for the crew.", []),
        ("It was not easy for the crew.", "It was not difficult for the crew.", [("antonym", True)]),
        ("The mayor signed.", "The mayor, who was not asked by anybody, signed.", []),
        (
            "A flood warning was issued for the lower Tamsa at noon and lifted two hours later.",
            "At noon they warned of floods on the lower Tamsa, but two hours later the warning was withdrawn.",
            [],
        ),
        ("Dockers in Haifa voted down the offer on Sunday.", "Dockers in Haifa rejected the offer on Sunday.", []),
        (
            "The navy escorted the ferry out of the fjord into which, four days earlier, a tug had followed a ship.",
            "Four days after a tug had followed a ship into the fjord, the ferry was escorted out of it by the navy.",
            [],
        ),
        ("She expects some wolves to walk.", "Wolves may walk, and not all, if she is right.", [("negation", False)]),
    ],
)
def test_what_turns_the_sense(one: str, other: str, found: list[tuple[str, bool]]) -> None:
    assert kinds(one, other) == kinds(other, one) == found


def scored(one: str, other: str, contradiction: float | None, similarity: float = 0.8) -> list[Finding]:
    plain = context(Case("x", "synthetic", one, other, [], ""))
    scores = None if contradiction is None else Scores(0.0, 1 - contradiction, contradiction)
    (alignment,) = plain.alignments
    asked = msgspec.structs.replace(alignment, forward=scores, backward=scores, similarity=similarity)
    return list(CHECK.check(Context(plain.story, plain.claims, (asked,))))


PAIR = ("The ferry opened on Monday.", "The ferry did not open on Monday.")


def test_words_and_model_must_agree() -> None:
    (sure,) = scored(*PAIR, 0.9)
    assert (sure.level, sure.confidence) == ("error", 0.86)
    (unsure,) = scored(*PAIR, 0.4)
    assert unsure.confidence < 0.5
    assert scored(*PAIR, 0.1) == scored(*PAIR, None) == scored(*PAIR, 0.9, similarity=0.2) == []
    assert scored("The ferry opened.", "The ferry sank.", 0.99) == []


def test_a_turn_that_is_not_firm_needs_a_surer_model() -> None:
    (weak,) = scored("The crew walked home.", "The crew did not sing.", 0.6)
    (strong,) = scored("The crew walked home.", "The crew did not sing.", 0.95)
    assert weak.confidence < 0.5 <= strong.confidence


@pytest.mark.parametrize("sure", [0.6, 0.75])
def test_what_only_the_wide_list_knows_needs_a_surer_model(sure: float) -> None:
    (listed,) = scored("The council approved a large loan.", "On Monday the council approved a small loan.", sure)
    (wide,) = scored("The council approved a lavish loan.", "On Monday the council approved a modest loan.", sure)
    assert listed.confidence >= 0.5
    assert (wide.confidence >= 0.5) is (sure > 0.7)
    assert wide.confidence < listed.confidence


def test_an_opposite_that_is_all_that_differs_needs_no_model() -> None:
    (listed,) = scored("The tunnel will shorten the trip.", "The tunnel will lengthen the trip.", 0.05)
    assert (listed.level, listed.confidence) == ("error", 0.6)
    (wide,) = scored("The council gave a lavish loan.", "The council gave a modest loan.", 0.25)
    assert wide.confidence == 0.6
    assert scored("The council gave a lavish loan.", "The council gave a modest loan.", 0.1) == []
    assert scored("The tunnel will shorten the trip.", "On Monday the tunnel will lengthen the trip.", 0.05) == []
    assert scored("All but three of the men died.", "Only three of the men survived.", 0.9) == []


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (*PAIR, "The reference says “opened”, the version says “did not open”: the opposite."),
        (
            "He will pay.",
            "He will not pay.",
            "The version denies what the reference says: “not” is not in the reference.",
        ),
        ("He will not pay.", "He will pay.", "The version says what the reference denies: “not” is lost."),
    ],
)
def test_the_message_quotes_what_is_turned(one: str, other: str, message: str) -> None:
    (finding,) = scored(one, other, 0.9)
    assert finding.message == message


_PARTS = st.lists(
    st.sampled_from(
        "not no never n't didn't won’t nor neither unable refused to until but , . ? ( “ ” non- un- No. 2 rose fell "
        "open closed legal illegal unhappy happy sold bought by the mayor bank Monday less ’ \u202e \u00ad \n".split(
            " "
        )
    )
    | st.text(max_size=6),
    max_size=40,
)


@given(_PARTS, _PARTS)
def test_any_text_is_read(first: list[str], second: list[str]) -> None:
    one, other = " ".join(first), " ".join(second)
    spans = negations(one, other)
    assert list(spans) == sorted(set(spans))
    for span in spans:
        assert 0 <= span.start < span.end <= len(one)
        assert all(0 <= place.start < place.end <= len(one) for _, place in negated(one, span))
    negative(one, Span(0, len(one)), bases(other), near=True)
    for pair in opposed(one, other):
        assert one[pair.premise.start : pair.premise.end].strip()
        assert other[pair.hypothesis.start : pair.hypothesis.end].strip()


@given(_PARTS, _PARTS)
def test_any_pair_is_judged_the_same_either_way_round(first: list[str], second: list[str]) -> None:
    one, other = " ".join(first), " ".join(second)
    found = turns(one, other)
    assert tuple(Turn(turn.kind, turn.hypothesis, turn.premise, turn.firm) for turn in found) == turns(other, one)
    for turn in found:
        assert 0 <= turn.premise.start <= turn.premise.end <= len(one)
        assert 0 <= turn.hypothesis.start <= turn.hypothesis.end <= len(other)
        assert len(turn.premise) + len(turn.hypothesis) > 0


@given(_PARTS)
def test_a_text_does_not_turn_itself(parts: list[str]) -> None:
    text = " ".join(parts)
    assert turns(text, text) == ()


@pytest.mark.parametrize("clause", ["no town, ", "the bank did not pay and ", "isn't it, ", "not a until b. "])
def test_the_work_grows_with_the_text(monkeypatch: pytest.MonkeyPatch, clause: str) -> None:
    """Ten times the text: about ten times the words and the characters that are looked at."""
    work = 0

    class Counted:
        def __init__(self, pattern: object) -> None:
            self.pattern = pattern

        def search(self, text: str, start: int = 0, end: int | None = None) -> object:
            nonlocal work
            hit = self.pattern.search(text, start, len(text) if end is None else end)  # type: ignore[attr-defined]
            work += (hit.end() if hit else min(len(text), len(text) if end is None else end)) - start
            return hit

    base = hedge.lemma

    def counted(word: str) -> str:
        nonlocal work
        work += 1
        return base(word)

    monkeypatch.setattr(facts, "lemma", counted)
    for name in ("_STOP", "_END", "_MARK"):
        monkeypatch.setattr(facts, name, Counted(getattr(facts, name)))
    counts = []
    for times in (200, 2000):
        text = clause * times
        work = 0
        negations(text, text)
        opposed(text, text)
        bases(text)
        counts.append(work)
    assert 0 < counts[0] <= counts[1] <= 15 * counts[0]


def test_what_is_too_long_for_a_claim_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> list[object]:
        raise AssertionError("compared")

    monkeypatch.setattr(turning, "differences", never)
    assert turns("a,b\n" * 1000, "not a,b\n" * 1000) == ()
    with pytest.raises(AssertionError):
        turns("Nobody but he will pay.", "Nobody but she will not pay.")
