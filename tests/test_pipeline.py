"""Where the stages meet: inputs of every kind, what could not be read, coverage, roles."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from consistency import pipeline
from consistency.checks import CHECKS, NEEDS
from consistency.config import CheckSettings, Config
from consistency.judge import MODEL_CHECK, exit_code
from consistency.pipeline import check, rules
from consistency.protocols import Begun, Context
from consistency.records import Article, Isolated, Report, Run, Scores, Span
from tests import cases

DAM = "The earth dam near Klodzko broke after four days of rain."
HELD = "The earth dam near Klodzko held after four days of rain."
MAYOR = "Mayor Agnieszka Kral asked the residents of Opole for sandbags."
CUP = "A late header by the substitute won the cup for Rovers."
STORY = f"{DAM}\n\n{MAYOR}\n"
COPY = f"{HELD}\n\n{MAYOR}\n"
GERMAN = "Die Brücke wurde am Montag für den Verkehr gesperrt, weil ein Schiff einen Pfeiler gerammt hatte.\n"


class Scorer:
    """Holds a dam that broke and one that held to be at odds, and all else to be neutral."""

    digest = "dams"
    runtime = "dams"

    def __init__(self, limit: int = 10_000) -> None:
        self.limit = limit
        self.seen: list[tuple[str, str]] = []

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        return [len(premise) + len(hypothesis) for premise, hypothesis in pairs]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        self.seen += pairs
        return [
            Scores(0.002, 0.003, 0.995) if ("broke" in one) != ("broke" in other) else Scores(0.1, 0.8, 0.1)
            for one, other in pairs
        ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "copy.txt").write_text(COPY)
    (tmp_path / "german.txt").write_text(GERMAN)
    (tmp_path / "empty.txt").write_text(" \n")
    return tmp_path


def codes(report: Report) -> list[tuple[str, str]]:
    return [(Path(entry.source).name, entry.code) for entry in report.unread]


def errors(report: Report) -> list[str]:
    return [one.version.article for one in report.findings if one.level == "error" and one.version]


def test_the_whole_way(folder: Path) -> None:
    report = check(folder / "story.txt", [folder / "copy.txt"], scorer=Scorer())
    assert errors(report) == [str(folder / "copy.txt")]
    assert report.findings[0].check == MODEL_CHECK
    assert report.findings[0].fingerprint
    assert [article.role for article in report.story.articles] == ["original", "copy"]
    assert report.story.reference == str(folder / "story.txt")
    assert [claim.text for claim in report.of_article(str(folder / "copy.txt"))] == [HELD, MAYOR]
    assert len(report.alignments) == 2
    assert all(one.forward and one.backward for one in report.alignments)
    assert report.signature.model == "dams"
    assert report.signature.config == Config().digest()
    assert (report.coverage[0].compared, report.coverage[0].reference_compared) == (2, 2)
    assert report.unread == ()
    assert exit_code(Run((report,)), "error") == 1


def test_the_same_input_gives_the_same_report(folder: Path) -> None:
    made = [
        check(folder / "story.txt", [folder / "copy.txt"], Config(batch_size=size), scorer=Scorer()) for size in (1, 9)
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize("name", ["missing.txt", "german.txt", "empty.txt"])
def test_a_reference_that_cannot_be_read(folder: Path, name: str) -> None:
    scorer = Scorer()
    report = check(folder / name, [folder / "copy.txt", folder / "story.txt"], scorer=scorer)
    assert [source for source, _ in codes(report)] == [name, "copy.txt", "story.txt"]
    assert all(entry.remedy for entry in report.unread)
    assert (report.findings, report.coverage, report.claims, report.story.articles) == ((), (), (), ())
    assert scorer.seen == []
    assert exit_code(Run((report,)), "never") == 3


@pytest.mark.parametrize(
    ("name", "code"), [("missing.txt", "missing"), ("german.txt", "language"), ("empty.txt", "empty")]
)
def test_a_version_that_cannot_be_read_does_not_stop_the_others(folder: Path, name: str, code: str) -> None:
    for versions in ([name, "copy.txt"], ["copy.txt", name]):
        report = check(folder / "story.txt", [folder / one for one in versions], scorer=Scorer())
        assert codes(report) == [(name, code)]
        assert errors(report) == [str(folder / "copy.txt")]
        assert len(report.coverage) == 1
        assert exit_code(Run((report,)), "error") == 1
        assert exit_code(Run((report,)), "never") == 3


def test_the_same_file_twice_is_two_articles(folder: Path) -> None:
    copy = str(folder / "copy.txt")
    report = check(folder / "story.txt", [copy, copy], scorer=Scorer())
    assert [article.id for article in report.story.versions] == [copy, f"{copy} (2)"]
    assert [article.source for article in report.story.versions] == [copy, copy]
    assert sorted(errors(report)) == [copy, f"{copy} (2)"]
    assert [one.compared for one in report.coverage] == [2, 2]
    itself = check(copy, [copy], scorer=Scorer())
    assert [article.id for article in itself.story.articles] == [copy, f"{copy} (2)"]
    assert (itself.findings, itself.coverage[0].share) == ((), 1.0)
    assert exit_code(Run((itself,)), "note") == 0


def test_ids_that_look_made_stay_apart() -> None:
    given = [Article(name, STORY) for name in ("a (2)", "a", "a", "a (2)")]
    report = check(Article("a", STORY), given, scorer=Scorer())
    ids = [article.id for article in report.story.articles]
    assert ids[:2] == ["a", "a (2)"]
    assert len(set(ids)) == len(ids) == 5
    assert [one.share for one in report.coverage] == [1.0] * 4
    assert len({claim.id for claim in report.claims}) == len(report.claims)


def test_several_versions_are_each_held_against_the_reference() -> None:
    scorer = Scorer()
    versions = [Article("one", COPY), Article("two", STORY), Article("three", COPY), Article("four", f"{MAYOR}\n")]
    report = check(Article("a", STORY), versions, scorer=scorer)
    assert sorted(errors(report)) == ["one", "three"]
    assert [one.article for one in report.coverage] == ["one", "two", "three", "four"]
    assert [one.reference_compared for one in report.coverage] == [2, 2, 2, 1]
    assert {one.article for one in report.alignments} == {"one", "two", "three", "four"}
    assert sorted(scorer.seen) == [(DAM, HELD), (HELD, DAM)], "identical pairs are not sent, others once"


def test_articles_and_files_together(folder: Path) -> None:
    report = check(str(folder / "story.txt"), [Article("made", COPY), folder / "copy.txt"], scorer=Scorer())
    assert sorted(errors(report)) == sorted(["made", str(folder / "copy.txt")])


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_article_without_text_is_unread(text: str) -> None:
    report = check(
        Article("a", STORY), [Article("b", text), Article("c", STORY)], Config(role="report"), scorer=Scorer()
    )
    assert codes(report) == [("b", "empty")]
    assert exit_code(Run((report,)), "error") == 3
    alone = check(Article("a", text, source="a.txt"), [Article("c", STORY)], scorer=Scorer())
    assert codes(alone) == [("a.txt", "empty"), ("c", "missing")]


def test_roles() -> None:
    unrelated = [Article("copy", f"{CUP}\n"), Article("report", f"{CUP}\n", role="report")]
    report = check(Article("a", STORY, role="report"), unrelated, scorer=Scorer())
    assert [article.role for article in report.story.articles] == ["original", "copy", "report"]
    assert [(one.article, one.required, one.short) for one in report.coverage] == [
        ("copy", True, True),
        ("report", False, False),
    ]
    assert exit_code(Run((report,)), "error") == 3
    reports = check(Article("a", STORY), unrelated, Config(role="report"), scorer=Scorer())
    assert [article.role for article in reports.story.versions] == ["report", "report"]
    assert reports.findings == (), "an independent report owes nothing and may tell more"
    assert exit_code(Run((reports,)), "note") == 0


def test_a_report_that_contradicts_is_an_error_all_the_same() -> None:
    report = check(Article("a", STORY), [Article("b", COPY)], Config(role="report"), scorer=Scorer())
    assert errors(report) == ["b"]


def test_standard_input_is_the_reference_or_a_version(folder: Path) -> None:
    as_version = check(folder / "story.txt", ["-"], scorer=Scorer(), stdin=COPY.encode())
    assert errors(as_version) == ["-"]
    as_reference = check("-", [folder / "story.txt"], scorer=Scorer(), stdin=COPY.encode())
    assert as_reference.story.reference == "-"
    assert len(errors(as_reference)) == 1
    assert codes(check(folder / "story.txt", ["-"], scorer=Scorer())) == [("-", "empty")]


def test_json_lines_are_versions_each_and_one_reference(folder: Path) -> None:
    feed = folder / "feed.jsonl"
    rows = [{"id": "x", "text": COPY}, {"id": "y", "text": STORY}, {"id": "z"}]
    feed.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    report = check(folder / "story.txt", [feed], scorer=Scorer())
    assert [article.id for article in report.story.versions] == [f"{feed}#x", f"{feed}#y"]
    assert errors(report) == [f"{feed}#x"]
    assert [source for source, _ in codes(report)] == ["feed.jsonl"]
    feed.write_text("".join(f"{json.dumps(row)}\n" for row in rows[:2]))
    assert codes(check(feed, [folder / "copy.txt"], scorer=Scorer())) == [
        ("feed.jsonl", "shape"),
        ("copy.txt", "missing"),
    ]
    feed.write_text(f"{json.dumps(rows[0])}\n")
    single = check(feed, [folder / "story.txt"], scorer=Scorer())
    assert single.story.articles[0].role == "original"
    assert len(errors(single)) == 1


def test_a_pair_too_long_to_score_is_not_compared() -> None:
    report = check(Article("a", STORY), [Article("b", COPY)], scorer=Scorer(limit=100))
    assert report.findings == ()
    (coverage,) = report.coverage
    assert (coverage.compared, coverage.claims, coverage.reference_compared, coverage.share) == (1, 2, 1, 0.5)
    assert exit_code(Run((report,)), "error") == 0
    stricter = check(Article("a", STORY), [Article("b", COPY)], Config(min_coverage=0.6), scorer=Scorer(limit=100))
    assert exit_code(Run((stricter,)), "error") == 3


@pytest.mark.parametrize("heavy", [0, 1])
def test_a_pair_scored_one_way_only_is_not_compared(heavy: int) -> None:
    class OneWay(Scorer):
        def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
            return [1_000 if pair[heavy] == HELD else 1 for pair in pairs]

    report = check(Article("a", STORY), [Article("b", COPY)], scorer=OneWay(limit=100))
    assert report.coverage[0].compared == 1
    assert report.findings == ()


def test_settings_of_a_check_reach_the_judge() -> None:
    def run(**settings: CheckSettings) -> Report:
        alone = {"wording": CheckSettings(on=False), **settings}
        return check(Article("a", STORY), [Article("b", COPY)], Config(checks=alone), scorer=Scorer())

    assert run(contradiction=CheckSettings(level="note")).findings[0].level == "note"
    high = run(contradiction=CheckSettings(threshold=0.999))
    assert (high.findings, [one.check for one in high.candidates]) == ((), [MODEL_CHECK])
    off = run(contradiction=CheckSettings(on=False))
    assert (off.findings, off.candidates) == ((), ())
    instead = run(contradiction=CheckSettings(on=False), wording=CheckSettings(level="note"))
    assert [(one.check, one.level) for one in instead.findings] == [("wording", "note")]


@pytest.mark.parametrize("check", sorted(CHECKS))
def test_what_a_check_finds_follows_what_it_needs_and_nothing_else(check: str) -> None:
    suspicious = Scores(entailment=0.0, neutral=0.05, contradiction=0.95)
    told = Isolated(Span(0, 3), Span(0, 3), 0.9)
    stages: dict[str, dict[str, object]] = {
        "claims": {"forward": None, "backward": None},
        "pairs": {"forward": suspicious, "backward": suspicious},
        "differences": {"forward": suspicious, "backward": suspicious, "isolated": (told,)},
    }
    followed = dict.fromkeys(stages, False)
    for case in cases.load(check):
        given = cases.context(case)
        found = {}
        for known, what in stages.items():
            alignments = tuple(msgspec.structs.replace(one, **what) for one in given.alignments)
            found[known] = list(CHECKS[check].check(Context(given.story, given.claims, alignments)))
        followed["pairs"] = followed["pairs"] or found["claims"] != found["pairs"]
        followed["differences"] = followed["differences"] or found["pairs"] != found["differences"]
    needed = NEEDS.get(check, "differences")
    assert followed["pairs"] == (needed != "claims")
    assert followed["differences"] == (needed == "differences")


def test_checks_run_while_the_model_computes_what_they_do_not_need(monkeypatch: pytest.MonkeyPatch) -> None:
    given = Article("story", STORY), [Article("copy", COPY.replace("four days", "five days"))]
    events: list[str] = []

    class Early(Scorer):
        def begin(self, pairs: Sequence[tuple[str, str]]) -> Begun:
            events.append("begun")

            def ended() -> list[Scores]:
                events.append("waited for")
                return self.score(pairs)

            return ended

    whole = check(*given, scorer=Scorer())
    plain = pipeline._early

    def heard(*told: Any) -> Any:
        events.append(" ".join(told[1]))
        return plain(*told)

    monkeypatch.setattr(pipeline, "_early", heard)
    read = len(check(*given, scorer=Early()).alignments) * ["read 2", "read one", "read one"]
    assert events.count("waited for") == 2
    events.clear()
    monkeypatch.setattr(pipeline, "READS", (lambda *texts: events.append(f"read {len(texts)}"),))
    monkeypatch.setattr(pipeline, "READS_OF_EACH", (lambda text: events.append("read one"),))
    assert check(*given, scorer=Early()) == whole
    first, second = (" ".join(name for name in CHECKS if NEEDS.get(name) == known) for known in ("claims", "pairs"))
    assert events == ["begun", first, *read, "waited for", "begun", second, "waited for"]


def test_rules_take_the_general_threshold_for_the_model_alone() -> None:
    found = rules(Config(threshold=0.8), CHECKS.values())
    assert set(found) == set(CHECKS)
    assert found[MODEL_CHECK].threshold == 0.8
    assert {rule.threshold for check_id, rule in found.items() if check_id != MODEL_CHECK} == {0.5}


def test_progress_names_the_stages(folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    check(
        folder / "story.txt",
        [folder / "copy.txt"],
        scorer=Scorer(),
        progress=lambda stage, done, total: told.append((stage, done, total)),
    )
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == ["reading", "aligning", "comparing"]
    assert told[-1] == ("comparing", 2, 2)


def test_a_report_survives_json(folder: Path) -> None:
    report = check(folder / "story.txt", [folder / "copy.txt", folder / "missing.txt"], scorer=Scorer())
    assert msgspec.convert(msgspec.to_builtins(report), Report) == report


def test_no_version_at_all(folder: Path) -> None:
    report = check(folder / "story.txt", [], scorer=Scorer())
    assert (report.findings, report.coverage, report.unread) == ((), (), ())


FOUR, NINE = "Four killed in Opole tram crash, mayor says", "Nine killed in Opole tram crash, mayor says"


def _as_text(title: str, folder: Path) -> Path:
    path = folder / f"{title[:4]}.txt"
    path.write_text(f"{title}\n\n{DAM} {MAYOR}\n")
    return path


def _as_page(title: str, folder: Path) -> Path:
    path = folder / f"{title[:4]}.html"
    body = f"<h1>{title}</h1>\n<p>{DAM} {MAYOR}</p><p>{CUP} {CUP.replace('late', 'great')}</p>"
    path.write_text(f"<html><head><title>{title}</title></head><body><article>{body}</article></body></html>")
    return path


def _as_record(title: str, folder: Path) -> Path:
    path = folder / f"{title[:4]}.jsonl"
    path.write_text(json.dumps({"id": "1", "title": title, "text": f"{DAM} {MAYOR}"}))
    return path


@pytest.mark.parametrize("write", [_as_text, _as_page, _as_record])
def test_a_headline_is_held_against_the_other(write: Callable[[str, Path], Path], tmp_path: Path) -> None:
    report = check(write(FOUR, tmp_path), [write(NINE, tmp_path)], scorer=Scorer())
    (found,) = [one for one in report.findings if one.level == "error"]
    assert found.check == "quantity"
    assert found.version is not None
    assert (found.version.text, found.version.values()) == (NINE, ("Nine",))
    assert report.coverage[0].compared == report.coverage[0].claims
    again = check(write(FOUR, tmp_path), [write(FOUR, tmp_path)], scorer=Scorer())
    assert not again.findings


def test_a_headline_of_its_own_is_counted_and_no_more(tmp_path: Path) -> None:
    other = "Residents of a city wait for sandbags"
    report = check(_as_text(FOUR, tmp_path), [_as_text(other, tmp_path)], scorer=Scorer())
    assert not report.findings
    (told,) = report.coverage
    assert (told.claims - told.compared, told.reference_claims - told.reference_compared) == (1, 1)


def test_a_headline_is_not_held_against_the_text(tmp_path: Path) -> None:
    bare = tmp_path / "bare.txt"
    bare.write_text(f"{NINE}. {DAM} {MAYOR}\n")
    report = check(_as_text(FOUR, tmp_path), [bare], scorer=Scorer())
    assert not [one for one in report.findings if one.level == "error"]


def test_a_finding_in_a_headline_leads_to_its_line(tmp_path: Path) -> None:
    for write, line in ((_as_text, 1), (_as_page, 1), (_as_record, 1)):
        report = check(write(FOUR, tmp_path), [write(NINE, tmp_path)], scorer=Scorer())
        (found,) = [one for one in report.findings if one.level == "error"]
        assert found.version is not None
        assert [place.line for place in found.version.places] == [line]
