"""A saved run judged again: the same under the same settings, and under others as if it had been made with them."""

from __future__ import annotations

from functools import cache

import msgspec
import pytest

from consistency.backends.lexical import LexicalScorer
from consistency.config import CheckSettings, Config
from consistency.errors import ConfigError
from consistency.pipeline import check
from consistency.records import Known, Report, Run
from consistency.replay import replay
from consistency.report import FORMATS, Options
from consistency.report.json import load
from tests.stories import STORIES

PLAIN = Config()
LOOSE = Config(
    threshold=0.2, checks={"quantity": CheckSettings(level="note"), "omission": CheckSettings(threshold=0.9)}
)
STRICT = Config(
    threshold=0.6,
    min_coverage=0.95,
    checks={
        "quantity": CheckSettings(threshold=0.96),
        "contradiction": CheckSettings(level="warning"),
        "omission": CheckSettings(level="error", threshold=0.1),
    },
)
WITHOUT = Config(checks={"quantity": CheckSettings(on=False), "omission": CheckSettings(on=False)})
NAMES = sorted(folder.name for folder in STORIES.iterdir() if (folder / "original.txt").is_file())[:4]


@cache
def made(name: str, config_json: bytes) -> Report:
    folder = STORIES / name
    config = msgspec.json.decode(config_json, type=Config)
    return check(folder / "original.txt", sorted(folder.glob("copy-*.txt")), config, scorer=LexicalScorer())


def fresh(name: str, config: Config) -> Report:
    return made(name, msgspec.json.encode(config))


def text_of(run: Run, *, include_text: bool = False) -> str:
    return FORMATS["json"](Options(include_text=include_text))(run)


def saved(report: Report) -> Run:
    return load(text_of(Run((report,))))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("before", [PLAIN, LOOSE, STRICT], ids=["plain", "loose", "strict"])
@pytest.mark.parametrize("after", [PLAIN, LOOSE, STRICT], ids=["plain", "loose", "strict"])
def test_a_replay_is_what_a_new_run_would_be(name: str, before: Config, after: Config) -> None:
    again = replay(saved(fresh(name, before)), after)
    assert text_of(again) == text_of(Run((fresh(name, after),)))


def test_the_settings_make_a_difference_here() -> None:
    plain, loose, strict = (fresh(NAMES[0], config) for config in (PLAIN, LOOSE, STRICT))
    found = [{(one.check, one.level) for one in report.findings} for report in (plain, loose, strict)]
    assert len({frozenset(one) for one in found}) == 3
    assert any(one.given for one in (*loose.findings, *strict.findings))


@pytest.mark.parametrize("config", [PLAIN, LOOSE, STRICT, WITHOUT], ids=["plain", "loose", "strict", "without"])
def test_the_same_settings_give_the_same_bytes(config: Config) -> None:
    run = Run((fresh(NAMES[0], config), fresh(NAMES[1], config)))
    text = text_of(run)
    once = replay(load(text), config)
    assert text_of(once) == text
    assert text_of(replay(load(text_of(once)), config)) == text
    with_text = text_of(run, include_text=True)
    assert text_of(replay(load(with_text), config), include_text=True) == with_text


def test_a_check_can_be_turned_off_and_stays_off() -> None:
    again = replay(saved(fresh(NAMES[0], LOOSE)), WITHOUT)
    (report,) = again.reports
    assert report.signature.off == ("quantity", "omission")
    assert not {"quantity", "omission"} & {one.check for one in (*report.findings, *report.candidates)}
    assert replay(load(text_of(again)), WITHOUT) == load(text_of(again))
    with pytest.raises(ConfigError, match="made without omission, quantity") as caught:
        replay(again, PLAIN)
    assert "run consistency check again" in caught.value.remedy


def test_what_the_baseline_said_stays() -> None:
    report = fresh(NAMES[0], PLAIN)
    known = tuple(msgspec.structs.replace(one, known=Known("same")) for one in report.findings)
    run = Run((msgspec.structs.replace(report, findings=known),), "known.toml")
    again = replay(load(text_of(run)), PLAIN)
    assert again.baseline == "known.toml"
    assert {one.known for one in again.reports[0].findings} == {Known("same")}


def test_other_settings_sign_the_report_and_the_tool_and_model_stay() -> None:
    before = fresh(NAMES[0], PLAIN)
    (after,) = replay(Run((before,)), STRICT).reports
    assert after.signature == msgspec.structs.replace(before.signature, config=STRICT.digest())
    assert {entry.minimum for entry in after.coverage} == {0.95}
