"""Three and more versions: a value that stands alone is surer, a shared one is not, and the finding says who agrees."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.pipeline import check
from consistency.protocols import Context
from consistency.records import Alignment, Article, Claim, Finding, Report, Scores, Side, Span, Story
from consistency.weigh import weigh
from eval.systems.tool import Listener

TOLD = "The ferry to Aran carried 39 passengers, said the harbour master, Maeve Connolly."


def context(*versions: str) -> Context:
    """One claim a version, each aligned with the reference's."""
    return _of({"reference": TOLD} | {f"copy-{at}": text for at, text in enumerate(versions)})


def _of(texts: dict[str, str]) -> Context:
    articles = tuple(Article(id=name, text=text, source=f"{name}.txt") for name, text in texts.items())
    claims = {name: (Claim(f"{name}#1", name, Span(0, len(text)), text),) for name, text in texts.items()}
    even = Scores(0.2, 0.6, 0.2)
    alignments = tuple(
        Alignment(name, ("reference#1",), (f"{name}#1",), 0.9, even, even) for name in texts if name != "reference"
    )
    return Context(Story("story", articles, "reference"), claims, alignments)


def finding(given: Context, old: str, new: str, confidence: float = 0.4, kind: str = "quantity") -> Finding:
    """That the first version has `new` where the reference has `old`."""

    def side(article: str, words: str) -> Side:
        text = given.story.article(article).text
        at = text.index(words)
        return Side(article, (f"{article}#1",), text, (Span(0, len(text)),), (Span(at, at + len(words)),))

    return Finding(kind, "error", "They differ.", confidence, side("reference", old), side("copy-0", new))


def weighed(given: Context, old: str, new: str, confidence: float = 0.4, kind: str = "quantity") -> Finding:
    (found,) = weigh([finding(given, old, new, confidence, kind)], given)
    return found


WRONG = TOLD.replace("39", "93")
OTHER = "Maeve Connolly, the harbour master, said that 39 people were on the Aran ferry."
SILENT = "The harbour master spoke of a full ferry to Aran."


def test_alone_against_two_is_surer_than_against_one_and_against_none() -> None:
    none = weighed(context(WRONG), "39", "93")
    one = weighed(context(WRONG, OTHER), "39", "93")
    two = weighed(context(WRONG, OTHER, TOLD), "39", "93")
    assert none.confidence == 0.4
    assert none.confidence < one.confidence < two.confidence < 1
    assert none.message == "They differ."
    assert one.message == "They differ. copy-1.txt says it as the reference does."
    assert "copy-1.txt and copy-2.txt say it as the reference does" in two.message


def test_a_value_that_is_shared_is_no_surer_and_says_who_shares_it() -> None:
    found = weighed(context(WRONG, OTHER.replace("39", "93")), "39", "93")
    assert found.confidence == 0.4
    assert found.message == "They differ. copy-1.txt says it as this version does."


@pytest.mark.parametrize("other", [SILENT, TOLD.replace("39", "93 of 39"), TOLD.replace("39", "40")])
def test_a_version_that_tells_of_neither_or_of_both_is_no_witness(other: str) -> None:
    assert weighed(context(WRONG, other), "39", "93") == finding(context(WRONG, other), "39", "93")


def test_words_around_a_figure_do_not_count() -> None:
    given = context(TOLD.replace("39", "about 93"), OTHER)
    assert weighed(given, "39", "about 93").confidence > 0.4


def test_a_name_with_a_letter_lost_is_weighed_by_what_differs() -> None:
    given = context(TOLD.replace("Connolly", "Conolly"), OTHER)
    assert weighed(given, "Maeve Connolly", "Maeve Conolly", kind="name").confidence > 0.5


def test_a_title_and_a_pronoun_are_weighed() -> None:
    given = context(TOLD.replace("harbour master", "harbour pilot"), OTHER)
    assert "copy-1.txt says it" in weighed(given, "harbour master", "harbour pilot", kind="title").message
    given = context(TOLD.replace("harbour master", "deputy harbour master"), OTHER.replace("the", "the deputy", 1))
    found = weighed(given, "harbour master", "deputy harbour master", kind="title")
    assert found.message.endswith("copy-1.txt says it as this version does.")
    she, he, hers = (
        f"The ferry was full, Maeve Connolly said, and {word} staff agreed." for word in ("she", "he", "her")
    )
    texts = {"reference": she, "copy-0": he, "copy-1": hers}
    assert _pronouns(texts).message.endswith("copy-1.txt says it as the reference does.")


def _pronouns(texts: dict[str, str]) -> Finding:
    """That the first version has "he" where the reference has "she"."""
    given = _of(texts)
    sides = (("reference", "she"), ("copy-0", "he"))
    (one, other) = (
        Side(
            name,
            (f"{name}#1",),
            text,
            (Span(0, len(text)),),
            (Span(text.index(f" {word} ") + 1, text.index(f" {word} ") + 1 + len(word)),),
        )
        for name, word in sides
        for text in (texts[name],)
    )
    (found,) = weigh([Finding("pronoun", "error", "They differ.", 0.4, one, other)], given)
    return found


def test_roles_are_weighed_by_who_does_it_to_whom() -> None:
    texts = {
        "reference": "Smith beat Jones in the final in Oslo on Sunday.",
        "copy-0": "Jones beat Smith in the final in Oslo on Sunday.",
        "copy-1": "Smith defeated Jones in Oslo on Sunday in the final.",
    }
    given = _of(texts)
    one, other = (
        Side(name, (f"{name}#1",), texts[name], (Span(0, len(texts[name])),), (Span(0, 5), Span(11, 16)))
        for name in ("reference", "copy-0")
    )
    (found,) = weigh([Finding("role", "error", "They differ.", 0.6, one, other)], given)
    assert found.message.endswith("copy-1.txt says it as the reference does.")
    assert found.confidence > 0.6


@pytest.mark.parametrize(("confidence", "kind"), [(0.2, "quantity"), (0.4, "contradiction"), (0.4, "hedge")])
def test_faint_hints_and_checks_of_wording_are_left_alone(confidence: float, kind: str) -> None:
    given = context(WRONG, OTHER)
    assert weighed(given, "39", "93", confidence, kind) == finding(given, "39", "93", confidence, kind)


def test_many_versions_are_not_all_listed() -> None:
    found = weighed(context(WRONG, *[OTHER] * 6), "39", "93")
    assert found.message.endswith("copy-1.txt, copy-2.txt, copy-3.txt and 3 more say it as the reference does.")


@given(st.lists(st.sampled_from([WRONG, OTHER, SILENT, TOLD]), max_size=5), st.randoms())
def test_the_order_of_the_others_does_not_matter(others: list[str], random: object) -> None:
    shuffled = others.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (weighed(context(WRONG, *some), "39", "93") for some in (others, shuffled))
    assert one.confidence == other.confidence


def test_the_tool_says_who_agrees(tmp_path: Path) -> None:
    texts = [TOLD, WRONG, OTHER, TOLD]
    for at, text in enumerate(texts):
        (tmp_path / f"{at}.txt").write_text(f"{text} It docked at noon.", "utf-8")
    report: Report = check(tmp_path / "0.txt", [tmp_path / f"{at}.txt" for at in (1, 2, 3)], scorer=Listener())
    (found,) = (one for one in report.findings if one.check == "quantity")
    assert found.version is not None
    assert found.version.article.endswith("1.txt")
    assert "2.txt" in found.message
    assert "3.txt" in found.message
