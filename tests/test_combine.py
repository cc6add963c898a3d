"""The combined confidence: never lowered by more contradiction, never another model's, and it fits what it is given."""

from __future__ import annotations

import json
import math
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.checks import CHECKS
from consistency.checks._belief import APART as BELIEVED_APART
from consistency.combine import ALONE, APART, Combination, combine, features, fitted_for, shipped
from consistency.config import Config
from consistency.errors import InputError, ModelError
from consistency.pipeline import TYPED_THRESHOLD, check
from consistency.protocols import Context, Scorer
from consistency.records import Alignment, Article, Claim, Finding, Isolated, Level, Scores, Side, Span, Story
from eval import __main__ as command
from eval.combine import SOURCES, Fitted
from eval.combining import CHECKED, Examples, Seen, examples, fit
from eval.rows import Row
from eval.systems.tool import Listener

SHIPPED = shipped()
TOLD = "The ferry to Aran carried 39 passengers on Monday."
CHANGED = "The ferry to Aran carried 93 passengers on Monday."
CALM = Scores(0.9, 0.05, 0.05)
EVEN = Scores(0.3, 0.1, 0.6)
LOUD = Scores(0.01, 0.01, 0.98)


def context(
    forward: Scores | None = EVEN,
    backward: Scores | None = EVEN,
    similarity: float = 0.9,
    texts: tuple[str, str] = (TOLD, CHANGED),
) -> Context:
    """One claim on each side, aligned."""
    articles = (Article(id="reference", text=texts[0]), Article(id="version", text=texts[1]))
    claims = {one.id: (Claim(f"{one.id}#1", one.id, Span(0, len(one.text)), one.text),) for one in articles}
    alignment = Alignment("version", ("reference#1",), ("version#1",), similarity, forward, backward)
    return Context(Story("story", articles, "reference"), claims, (alignment,))


def finding(check: str, confidence: float, level: Level = "error", claim: str = "version#1") -> Finding:
    whole = (Span(0, len(TOLD)),)
    reference, version = Side("reference", ("reference#1",), TOLD, whole), Side("version", (claim,), CHANGED, whole)
    return Finding(check, level, "They differ.", confidence, reference, version)


def confidences(given: Context, *found: Finding) -> list[float]:
    return [one.confidence for one in combine(found, given, SHIPPED)]


def chance(given: Context, *found: Finding) -> float:
    return SHIPPED.chance(features(next(iter(given.pairs())), found, SHIPPED.checks))


def test_what_ships_belongs_to_the_model_that_ships(embedded: Scorer) -> None:
    assert SHIPPED.model == embedded.digest, "the model was replaced: run `python -m eval combine --write`"
    assert fitted_for(embedded.digest) == SHIPPED
    assert fitted_for("another") is None


def test_what_ships_knows_the_checks_and_the_settings() -> None:
    assert set(SHIPPED.checks) <= set(CHECKS)
    assert SHIPPED.checks == CHECKED
    assert SHIPPED.level == Config().threshold
    assert ALONE == TYPED_THRESHOLD
    assert APART == BELIEVED_APART


def test_what_ships_says_what_it_was_fitted_on_and_what_it_reached() -> None:
    card = SHIPPED.card
    assert {one["task"] for one in card["fitted_on"]} == {source.task for source in SOURCES if source.group}
    assert card["never_fitted_on"] == [source.task for source in SOURCES if not source.group]
    assert card["calibration"]["error_after"] < card["calibration"]["error_before"]
    for name in ("own_pairs", "mrpc", "iterater_revisions", "demetr_corrupted", "paws_wiki"):
        reached = card["reached"][name]
        assert reached["combined"]["error"]["false_alarms"] <= reached["apart"]["error"]["false_alarms"] + 0.01, name
        if reached["wrong"]:
            assert reached["combined"]["recall_as_quiet"] > reached["apart"]["error"]["recall"], name


def test_what_ships_alarms_at_fewer_honest_rows_than_without_it() -> None:
    sets = [reached for name, reached in SHIPPED.card["reached"].items() if not name.endswith("neutral")]
    pooled = {
        way: sum(one["honest"] * (one[way]["error"]["false_alarms"] or 0) for one in sets)
        for way in ("apart", "combined")
    }
    assert pooled["combined"] < pooled["apart"]


@pytest.mark.parametrize(
    "change",
    [
        {"intercept": "much"},
        {"features": [{"name": "similarity", "mean": 0.0, "weight": -0.1}]},
        {"features": [{"name": "moonlight", "mean": 0.0, "weight": 0.1}]},
        {"features": [{"name": "similarity", "mean": 0.0, "weight": 0.1}] * 2},
        {"surprise": 1},
    ],
)
def test_numbers_that_cannot_be_are_refused(change: dict[str, object], tmp_path: Path) -> None:
    broken = tmp_path / "combine.json"
    broken.write_text(json.dumps(msgspec.to_builtins(SHIPPED) | change))
    with pytest.raises(ModelError):
        shipped(broken)


scores = st.tuples(*[st.floats(0.0, 1.0)] * 3).filter(lambda found: sum(found) > 0.1)


@given(scores, scores, st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.sampled_from(["entailment", "neutral"]))
def test_more_contradiction_never_lowers_it(
    one: tuple[float, float, float], other: tuple[float, float, float], similarity: float, part: float, source: str
) -> None:
    forward, backward = (Scores(*(value / sum(found) for value in found)) for found in (one, other))
    moved = part * getattr(forward, source)
    more = msgspec.structs.replace(
        forward, **{source: getattr(forward, source) - moved, "contradiction": forward.contradiction + moved}
    )
    before, after = context(forward, backward, similarity), context(more, backward, similarity)
    assert chance(after) >= chance(before) - 1e-12
    assert 0.0 <= chance(before) <= 1.0


@given(st.sampled_from(sorted(CHECKED)), st.floats(0.0, 1.0), st.floats(0.0, 1.0), scores)
def test_a_surer_check_never_lowers_it(name: str, one: float, other: float, found: tuple[float, float, float]) -> None:
    given_ = context(Scores(*(value / sum(found) for value in found)))
    low, high = sorted((one, other))
    assert chance(given_, finding(name, high)) >= chance(given_, finding(name, low))
    assert confidences(given_, finding(name, high))[0] >= confidences(given_, finding(name, low))[0] - 1e-4


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_stronger_single_difference_never_lowers_it(one: float, other: float) -> None:
    def with_difference(strength: float) -> Context:
        plain = context(LOUD, LOUD)
        isolated = (Isolated(Span(0, 3), Span(0, 3), strength), Isolated(Span(4, 5), Span(4, 5), 0.0))
        return msgspec.structs.replace(
            plain, alignments=(msgspec.structs.replace(plain.alignments[0], isolated=isolated),)
        )

    low, high = sorted((one, other))
    assert chance(with_difference(high)) >= chance(with_difference(low))
    assert chance(with_difference(0.9)) > chance(with_difference(0.2))


def test_the_model_alone_and_with_a_check_beside_it() -> None:
    (alone,) = confidences(context(), finding("contradiction", 0.6))
    beside, typed = confidences(context(), finding("contradiction", 0.6), finding("name", 0.9))
    assert alone < Config().threshold < beside
    assert typed == beside == round(chance(context(), finding("name", 0.9)), 4)


def test_a_check_that_suffices_alone_still_does_where_the_model_sees_nothing() -> None:
    silent = context(Scores(1.0, 0.0, 0.0), Scores(1.0, 0.0, 0.0))
    for name in CHECKED:
        assert confidences(silent, finding(name, ALONE))[0] >= ALONE


def test_a_hint_is_believed_only_where_both_speak() -> None:
    assert confidences(context(CALM, CALM), finding("place", 0.3)) == [0.3]
    assert confidences(context(LOUD, LOUD), finding("place", 0.3))[0] >= SHIPPED.level
    assert confidences(context(LOUD, LOUD), finding("place", 0.1)) == [0.1]
    assert confidences(context(LOUD, LOUD), finding("quantity", 0.45)) == [0.45]
    assert chance(context(), finding("quantity", 0.45)) == chance(context())


def given_texts(premise: str, hypothesis: str, forward: Scores = EVEN, backward: Scores = EVEN) -> Context:
    return context(forward, backward, texts=(premise, hypothesis))


def turned(given: Context) -> float:
    return features(next(iter(given.pairs())), (), SHIPPED.checks)["turn"]


def test_what_turns_the_sense_counts_where_both_directions_see_it() -> None:
    told, changed, other = (f"The ferry to Aran {done} on Monday." for done in ("sailed", "did not sail", "left"))
    assert chance(given_texts(told, changed)) > chance(given_texts(told, other))
    assert chance(given_texts(told, changed, CALM, LOUD)) == chance(given_texts(told, other, CALM, LOUD))
    assert turned(given_texts(told, changed)) == 1.0
    assert turned(given_texts("Shares of Orla rose on Monday.", "Shares of Orla fell on Monday.")) == 1.0


def test_what_only_sets_a_limit_turns_nothing() -> None:
    told = "The wave will not reach Aran before Monday."
    assert turned(given_texts(told, "It will be Monday until the wave reaches Aran.")) == 0.0


def test_one_word_that_is_another_counts_where_both_directions_see_it() -> None:
    told, changed, other = (f"The ferry to Aran lost its {part} on Monday." for part in ("anchor", "rudder", "anchors"))
    assert chance(given_texts(told, changed)) > chance(given_texts(told, other))
    assert chance(given_texts(told, changed, CALM, LOUD)) == chance(given_texts(told, other, CALM, LOUD))


def test_the_same_words_in_another_order_count_for_less() -> None:
    told, moved = "On Monday the ferry, the Aran Star, sailed.", "The ferry, the Aran Star, sailed on Monday."
    assert chance(given_texts(told, moved)) < chance(given_texts(told, f"{moved[:-1]} too."))


def test_what_says_something_else_is_left_as_it_is() -> None:
    loud = context(LOUD, LOUD)
    others = [finding("hedge", 0.7, "warning"), finding("name", 0.6, "warning"), finding("quotation", 0.6, "note")]
    assert confidences(loud, *others) == [0.7, 0.6, 0.6]
    assert chance(loud, *others) == chance(loud)
    dropped = msgspec.structs.replace(finding("omission", 0.9, "note"), version=None)
    assert combine([dropped], loud, SHIPPED) == (dropped,)


def test_findings_on_other_claims_do_not_count_and_order_stays() -> None:
    found = [finding("quantity", 0.9, claim="version#2"), finding("contradiction", 0.6)]
    told = combine(found, context(), SHIPPED)
    assert [one.check for one in told] == ["quantity", "contradiction"]
    assert told[0] == found[0]
    assert told[1].confidence == round(chance(context()), 4)


@pytest.mark.parametrize("one_way", [(None, EVEN), (EVEN, None)])
def test_a_pair_that_the_model_did_not_read_keeps_its_findings(one_way: tuple[Scores | None, Scores | None]) -> None:
    found = (finding("quantity", 0.7), finding("contradiction", 0.4))
    assert combine(found, context(*one_way), SHIPPED) == found


class Claimed(Listener):
    """Says that it is the embedded model, and of every pair the same."""

    digest = SHIPPED.model

    def score(self, pairs: object) -> list[Scores]:
        return [EVEN for _ in pairs]  # type: ignore[attr-defined]


def test_the_tool_combines_for_its_own_model_alone() -> None:
    articles = Article(id="reference", text=TOLD), [Article(id="version", text=CHANGED)]

    def told(scorer: Scorer) -> dict[str, float]:
        report = check(*articles, scorer=scorer)
        return {one.check: one.confidence for one in (*report.findings, *report.candidates)}

    class Other(Claimed):
        digest = "another"

    own, other = told(Claimed()), told(Other())
    assert own["quantity"] == own["contradiction"] != other["contradiction"]
    assert other["contradiction"] == EVEN.contradiction


def seen(at: int, forward: Scores, *, wrong: bool, group: str = "toy") -> Seen:
    row = Row(f"{at}", TOLD, CHANGED, "", f"cluster {at}", "", wrong)
    found = (
        finding("contradiction", forward.contradiction),
        *([finding("place", 0.8)] if wrong and at % 3 == 0 else ()),
    )
    return Seen(group, "toy", row, wrong, context(forward, forward), found)


def toys() -> list[Seen]:
    draw = np.random.default_rng(0)
    found = []
    for at in range(400):
        wrong = at % 2 == 0
        part = float(np.clip(draw.normal(0.7 if wrong else 0.3, 0.2), 0.01, 0.97))
        found.append(seen(at, Scores(1 - part - 0.02, 0.02, part), wrong=wrong))
    return found


def test_a_fit_finds_what_speaks_for_a_contradiction() -> None:
    made = fit(examples(toys(), 0.5), "toy model", 0.5, 0.9)
    weights = {one.name: one.weight for one in made.features}
    assert made.model == "toy model"
    assert weights["contradiction_over_entailment"] + weights["strongest_difference"] > 0.3
    assert weights["check.place"] > 0.5
    assert weights["check.role"] == 0.0, "a check that found nothing is worth nothing"
    assert min(weights.values()) >= 0.0


def test_a_feature_that_wants_a_negative_weight_is_left_out() -> None:
    honest = [
        msgspec.structs.replace(one, findings=(*one.findings, *([] if one.contradicts else [finding("date", 0.8)])))
        for one in toys()
    ]
    weights = {one.name: one.weight for one in fit(examples(honest, 0.5), "toy", 0.5, 0.9).features}
    assert weights["check.date"] == 0.0
    assert weights["check.place"] > 0.0


def test_labels_the_wrong_way_round_are_refused() -> None:
    told = examples(toys(), 0.5)
    with pytest.raises(InputError):
        fit(Examples(told.values, 1 - told.labels, told.weights), "toy", 0.5, 0.9)


def test_contradictions_weigh_the_share_that_is_asked_for() -> None:
    told = examples([*toys(), *(seen(500 + at, CALM, wrong=False, group="neutral") for at in range(50))], 0.7)
    assert math.isclose(told.weights[told.labels == 1].sum() / told.weights.sum(), 0.7)


def test_a_half_is_judged_by_what_was_fitted_on_the_other() -> None:
    rows = toys()
    done = Fitted.of(rows, "toy")
    assert {one.half for one in rows} == {0, 1}
    for half in (0, 1):
        other = fit(examples([one for one in rows if one.half != half], done.whole.share), "toy", done.whole.share, 0.9)
        assert done.halves[half] == other
    before, after = done.calibration()
    assert 0 <= after < before
    written = msgspec.json.decode(done.as_json(), type=Combination)
    assert written.features == done.whole.features
    assert written.card["fitted_on"][0]["wrong"] == 200
    assert "| toy | all | 200 | 200 |" in "\n".join(done.table())


def test_the_command_needs_its_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["combine", "--data-dir", str(tmp_path / "none"), "--write", str(tmp_path / "out.json")]) == 2
    assert "no such folder" in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()
