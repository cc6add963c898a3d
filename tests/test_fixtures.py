"""The stories and the held-out pairs are what they say they are."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

FIXTURES = Path(__file__).parent.parent / "fixtures"
STORIES = sorted(path.parent for path in (FIXTURES / "stories").glob("*/original.txt"))
CORRUPTIONS = {
    "number", "unit", "date", "weekday", "place", "nationality", "person", "organisation", "name_typo",
    "negation", "antonym", "quantifier", "comparison", "modality", "attribution", "tense", "cause_effect",
    "event_order", "pronoun", "spliced",
}  # fmt: skip
FORMS = {"voice", "clause_order", "synonym", "alias", "number_style", "date_style", "dropped_adjunct"}


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reference: str | None
    version: str | None


class Version(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    role: str
    kind: str
    errors: list[Words]
    warnings: list[Words]
    quiet: list[str]
    clean: bool
    any: list[Words] = []
    allowed: list[Words] = []

    @property
    def expected(self) -> list[Words]:
        return [*self.errors, *self.warnings, *self.any]


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reference: str
    versions: dict[str, Version]


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    premise: str
    hypothesis: str
    label: str
    cluster: str
    kind: str


def expected(story: Path) -> Expected:
    return msgspec.json.decode((story / "expected.json").read_bytes(), type=Expected)


def pairs() -> list[Pair]:
    lines = (FIXTURES / "eval" / "pairs.jsonl").read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Pair) for line in lines]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_pairs", FIXTURES / "eval" / "make_pairs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def faults(reference: str, version: str, want: Version) -> list[str]:
    """Words of `want` that do not stand exactly once in their text, and a promise that contradicts itself."""
    found = []
    for words in [*want.expected, *want.allowed]:
        for side, text, phrase in (
            ("reference", reference, words.reference),
            ("version", version, words.version),
        ):
            if phrase is not None and text.count(phrase) != 1:
                found.append(f"{side}: {phrase!r} stands {text.count(phrase)} times")
    marked = [words.version for words in want.expected if words.version is not None]
    for phrase in want.quiet:
        if version.count(phrase) != 1:
            found.append(f"quiet: {phrase!r} stands {version.count(phrase)} times")
        if any(phrase in words or words in phrase for words in marked):
            found.append(f"quiet: {phrase!r} is expected to carry a finding")
    if want.clean and (want.expected or want.allowed):
        found.append("clean, and yet a finding is expected or allowed")
    if not want.clean and not (want.expected or want.allowed):
        found.append("not clean, and yet no finding is expected or allowed")
    return found


def test_faults_are_seen() -> None:
    want = Version("copy", "number", [Words("a cat", "a dog")], [], ["a dog"], True)
    assert len(faults("a cat and a cat", "a dog", want)) == 3


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.name)
def test_expected_words_stand_once(story: Path) -> None:
    want = expected(story)
    reference = (story / want.reference).read_text(encoding="utf-8")
    for name, version in want.versions.items():
        assert faults(reference, (story / name).read_text(encoding="utf-8"), version) == [], name


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.name)
def test_every_text_of_a_story_is_expected(story: Path) -> None:
    want = expected(story)
    assert want.reference == "original.txt"
    assert set(want.versions) == {path.name for path in story.glob("*.txt")} - {want.reference}
    for name, version in want.versions.items():
        assert version.role == ("report" if name == "report.txt" else "copy")
        assert version.quiet
        assert ("corrupted" in name) <= bool(version.errors or version.any), name
        assert ("reworded" in name) <= version.clean, name


def test_the_stories_cover_what_they_should() -> None:
    folders = [path for path in (FIXTURES / "stories").iterdir() if path.is_dir()]
    assert sorted(folders) == STORIES
    assert len(STORIES) >= 10
    kinds = Counter(
        version.kind
        for story in STORIES
        for name, version in expected(story).versions.items()
        if name.startswith("copy-corrupted-")
    )
    assert kinds.total() >= 12
    assert len(kinds) >= 12
    assert sum((story / "copy-reworded.txt").exists() for story in STORIES) >= 8
    assert sum((story / "report.txt").exists() for story in STORIES) >= 1


def test_pairs_are_what_the_generator_writes() -> None:
    committed = (FIXTURES / "eval" / "pairs.jsonl").read_text(encoding="utf-8")
    assert generator().render() == committed, "run python fixtures/eval/make_pairs.py"


def test_pairs_are_distinct() -> None:
    rows = pairs()
    assert len({row.id for row in rows}) == len(rows)
    assert len({(row.premise, row.hypothesis) for row in rows}) == len(rows)
    assert all(row.premise != row.hypothesis for row in rows)
    assert {row.label for row in rows} == {"contradiction", "paraphrase", "neutral"}
    assert not any("{" in row.premise + row.hypothesis for row in rows)


def test_pairs_cover_every_kind() -> None:
    rows = pairs()
    counts = Counter((row.kind, row.label) for row in rows)
    assert len(rows) >= 700
    assert {kind for kind, label in counts if label == "contradiction"} == CORRUPTIONS | {"role_swap"}
    assert all(counts[kind, "contradiction"] >= 10 for kind in CORRUPTIONS)
    assert all(counts[f"paraphrase_{form}", "paraphrase"] >= 10 for form in FORMS)
    assert sum(row.kind.startswith("paraphrase") and row.label == "paraphrase" for row in rows) >= 150
    assert sum(not row.id.startswith("role-") for row in rows) >= 200


def test_role_swaps_are_balanced_and_varied() -> None:
    rows = [row for row in pairs() if row.kind == "role_swap"]
    labels = Counter(row.label for row in rows)
    assert len(rows) >= 300
    assert labels["contradiction"] == labels["paraphrase"]
    assert len({row.cluster for row in rows if row.label == "contradiction"}) >= 80


def test_a_stray_line_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = generator()
    (tmp_path / "bad.txt").write_text("= It rained.\n* number: It snowed.\n", encoding="utf-8")
    monkeypatch.setattr(module, "HERE", tmp_path)
    with pytest.raises(ValueError, match="It snowed"):
        list(module.written("bad.txt", "bad"))
