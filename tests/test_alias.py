"""Spellings that mean the same: read as one, told back as they were written; false alarms that go quiet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency import backends
from consistency.alias import Spelt, spelt
from consistency.config import Config
from consistency.pipeline import check
from consistency.protocols import Scorer
from consistency.records import Alignment, Article, Claim, Finding, Isolated, Passage, Report, Scores, Span, Story

ALIASES = {"Kyiv": ("Kiev", "Kyyiv"), "Port Authority of Varel": ("PAV", "Varel Port"), "UN": ("U.N.O.",)}


def read(text: str, aliases: Mapping[str, tuple[str, ...]] | None = None) -> Spelt:
    """One article whose claims are its lines."""
    claims, at = [], 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            claims.append(Claim(f"a#{number}", "a", Span(at, at + len(line)), line))
        at += len(line) + 1
    story = Story("s", (Article("a", text),), "a")
    return spelt(story, {"a": tuple(claims)}, ALIASES if aliases is None else aliases)


@pytest.mark.parametrize(
    ("written", "as_read"),
    [
        ("In Kiev it rained.", "In Kyiv it rained."),
        ("Kyyiv's mayor and Kiev’s", "Kyiv's mayor and Kyiv’s"),
        ("A chicken kiev, please.", "A chicken kiev, please."),
        ("KIEV", "Kyiv"),
        ("The Varel Port grew.", "The Port Authority of Varel grew."),
        ("The Varel-Port grew.", "The Port Authority of Varel grew."),
        ("Varel, Port of call", "Varel, Port of call"),
        ("The PAV and a pav and Pav", "The Port Authority of Varel and a pav and Pav"),
        ("A U.N.O. envoy", "A UN envoy"),
        ("The Port Authority of Varel stays.", "The Port Authority of Varel stays."),
        ("Varel's Port", "Varel's Port"),
    ],
)
def test_what_is_read(written: str, as_read: str) -> None:
    assert read(written).story.articles[0].text == as_read


def test_a_name_that_holds_its_own_alias_is_not_written_twice() -> None:
    aliases = {"Kyiv City": ("Kyiv",)}
    assert read("Kyiv City, in Kyiv.", aliases).story.articles[0].text == "Kyiv City, in Kyiv City."


def test_without_aliases_nothing_is_made_anew() -> None:
    found = read("Kiev", {})
    assert found.rewritten == {}
    assert read("Lviv").claims is not None
    assert read("Lviv").rewritten == {}


def test_claims_are_what_stands_in_the_text_that_is_read() -> None:
    found = read("From Kiev to Varel Port.\n\nKiev and PAV")
    text = found.story.articles[0].text
    assert [claim.text for claim in found.claims["a"]] == [
        "From Kyiv to Port Authority of Varel.",
        "Kyiv and Port Authority of Varel",
    ]
    assert all(text[claim.span.start : claim.span.end] == claim.text for claim in found.claims["a"])


_WORDS = st.sampled_from(["Kiev", "Kyiv", "PAV", "Varel Port", "the", "rose", "\n", "Kyyiv's", "U.N.O.", "é—", "12"])


@given(st.lists(_WORDS, min_size=1, max_size=12), st.data())
def test_every_span_leads_back_to_its_words(words: list[str], data: st.DataObject) -> None:
    written = " ".join(words)
    found = read(written)
    text = found.story.articles[0].text
    article = found.rewritten.get("a")
    assert (article is None) == (text == written)
    if article is None:
        return
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    back = article.back(span)
    assert 0 <= back.start <= back.end <= len(written)
    assert bool(back) == bool(span)
    touched = [edit for edit in article.edits if edit.span.overlaps(span)]
    if not touched:
        assert written[back.start : back.end] == text[span.start : span.end]
    for edit in touched if span else ():
        assert back.start <= edit.source.start <= edit.source.end <= back.end
    for edit in article.edits:
        assert written[edit.source.start : edit.source.end] == edit.written
        assert text[edit.span.start : edit.span.end] == edit.read


def _finding(found: Spelt, words: str, message: str) -> Finding:
    claim = next(claim for claim in found.claims["a"] if words in claim.text)
    at = claim.text.index(words)
    side = Passage.of((claim,)).side(Span(at, at + len(words)))
    return Finding("place", "error", message, 0.9, side, None)


def test_a_finding_is_told_in_the_words_of_the_text() -> None:
    found = read("It rained.\nIn Kiev it snowed in March.")
    (told,) = found.findings([_finding(found, "Kyiv", "The reference says Kyiv, the version says Kyivan.")])
    assert told.reference is not None
    assert told.reference.text == "In Kiev it snowed in March."
    assert told.reference.values() == ("Kiev",)
    assert told.message == "The reference says Kiev, the version says Kyivan."
    (later,) = found.findings([_finding(found, "March", "March")])
    assert later.reference is not None
    assert later.reference.values() == ("March",)


def test_a_name_written_in_two_ways_is_told_by_its_name() -> None:
    found = read("From Kiev to Kyiv.")
    (told,) = found.findings([_finding(found, "Kyiv", "Kyiv")])
    assert told.message == "Kyiv"


def test_isolated_differences_lead_back_through_joined_claims() -> None:
    found = read("Kiev rose.\nThe PAV fell.")
    joined = "Kyiv rose. The Port Authority of Varel fell."
    spans = [Span(joined.index(word), joined.index(word) + len(word)) for word in ("Kyiv", "rose", "fell")]
    empty = Span(joined.index("fell"), joined.index("fell"))
    ids = tuple(claim.id for claim in found.claims["a"])
    scores = Scores(0.1, 0.1, 0.8)
    isolated = tuple(Isolated(span, span, 0.9) for span in (*spans, empty))
    (told,) = found.alignments([Alignment("a", ids, ids, 1.0, scores, scores, isolated)])
    written = "Kiev rose. The PAV fell."
    assert [written[one.premise.start : one.premise.end] for one in told.isolated] == ["Kiev", "rose", "fell", ""]
    assert told.isolated[-1].hypothesis.start == written.index("fell")


def _errors(report: Report) -> list[str]:
    return [finding.message for finding in report.findings if finding.level != "note"]


REFERENCE = "The talks were held in Qyrdal on Friday. Minister Ada Brenn of the Harbour Front signed for the union."
VERSION = "The talks were held in Brisbane on Friday. Minister Ada Brenn of the Tidal League signed for the union."


@pytest.mark.parametrize(
    ("reference", "version", "aliases"),
    [
        (
            "The talks were held in Kyiv on Friday.",
            "The talks were held in Brisbane on Friday.",
            {"Kyiv": ("Brisbane",)},
        ),
        (
            "The plan was drawn up by minister Olaf Scholz last week.",
            "The plan was drawn up by minister Peter Altmaier last week.",
            {"Olaf Scholz": ("Peter Altmaier",)},
        ),
        (REFERENCE, VERSION, {"Qyrdal": ("Brisbane",), "Harbour Front": ("Tidal League",)}),
    ],
)
def test_a_false_alarm_goes_quiet(reference: str, version: str, aliases: dict[str, tuple[str, ...]]) -> None:
    scorer = backends.load("lexical")
    articles = Article("a", reference), Article("b", version)
    loud = check(articles[0], [articles[1]], scorer=scorer)
    assert _errors(loud)
    quiet = check(articles[0], [articles[1]], Config(aliases=aliases), scorer=scorer)
    assert _errors(quiet) == []
    assert quiet.story == loud.story
    assert quiet.claims == loud.claims
    assert quiet.signature.config != loud.signature.config


def test_another_difference_is_still_found_and_told_as_it_stands() -> None:
    articles = Article("a", "In Kyiv 31 people were hurt."), Article("b", "In Kyyiv 13 people were hurt.")
    config = Config(aliases={"Kyiv": ("Kyyiv",)})
    report = check(articles[0], [articles[1]], config, scorer=backends.load("lexical"))
    (finding,) = [finding for finding in report.findings if finding.check == "quantity"]
    assert finding.version is not None
    assert finding.version.text == "In Kyyiv 13 people were hurt."
    assert finding.version.values() == ("13",)


def test_the_reports_alignments_are_told_as_they_stand() -> None:
    class Opposed:
        """Finds every pair contradictory, so that all differences are asked about."""

        digest, runtime, limit = "opposed", "opposed", 10_000

        def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
            return [1] * len(pairs)

        def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
            return [Scores(0.01, 0.01, 0.98)] * len(pairs)

    texts = "In Kyiv the old dam broke on Friday.", "In the PAV the old dam held on Friday."
    config = Config(aliases={"Port Authority of Varel": ("PAV",)})
    report = check(Article("a", texts[0]), [Article("b", texts[1])], config, scorer=Opposed())
    (alignment,) = report.alignments
    told = {texts[1][one.hypothesis.start : one.hypothesis.end] for one in alignment.isolated}
    assert "held" in told
    assert any("PAV" in words for words in told)


def test_the_model_reads_the_name_too(embedded: Scorer) -> None:
    articles = Article("a", "The war against Kyiv began."), Article("b", "The war against China began.")
    assert _errors(check(articles[0], [articles[1]], scorer=embedded))
    config = Config(aliases={"Kyiv": ("China",)})
    assert not check(articles[0], [articles[1]], config, scorer=embedded).findings
