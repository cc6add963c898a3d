"""Settings: what wins, what is refused and in which words, what the digest covers."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from consistency.config import CheckSettings, Config, load, settle
from consistency.errors import ConfigError


def test_nothing_given_is_the_defaults(tmp_path: Path) -> None:
    assert load(directory=tmp_path) == Config()


def test_flags_win_over_the_file_and_the_file_over_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "consistency.toml").write_text('threads = 2\nbatch_size = 8\nfail_on = "note"\n')
    config = load({"batch_size": 16, "threads": None}, directory=tmp_path)
    assert (config.threads, config.batch_size, config.fail_on, config.model) == (2, 16, "note", "embedded")


def test_the_table_of_pyproject_is_read(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.consistency.checks.date]\non = false\n")
    assert load(directory=tmp_path).checks == {"date": CheckSettings(on=False)}


def test_a_pyproject_without_the_table_is_no_settings_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert load(directory=tmp_path) == Config()


def test_its_own_file_comes_before_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.consistency]\nthreads = 1\n")
    (tmp_path / "consistency.toml").write_text("batch_size = 2\n")
    config = load(directory=tmp_path)
    assert (config.threads, config.batch_size) == (None, 2)


def test_a_named_file_is_read_in_place_of_the_directory(tmp_path: Path) -> None:
    (tmp_path / "consistency.toml").write_text("threads = 1\n")
    (tmp_path / "desk.toml").write_text("threshold = 1\n")
    config = load(file=tmp_path / "desk.toml", directory=tmp_path)
    assert (config.threads, config.threshold) == (None, 1.0)


@pytest.mark.parametrize(
    ("content", "key", "remedy"),
    [
        ("thread = 3", "unknown setting thread", "did you mean threads?"),
        ("fail-on = 'error'", "unknown setting fail-on", "did you mean fail_on?"),
        ("zzz = 1", "unknown setting zzz", "valid are aliases, backend"),
        ("[checks.date]\nlvel = 'note'", "unknown setting checks.date.lvel", "did you mean checks.date.level?"),
        ("[checks.dat]", "unknown setting checks.dat", "did you mean checks.date?"),
        ("threads = 'many'", "threads: expected `int | null`", "correct threads"),
        ("threads = 0", "threads: expected `int` >= 1", "correct threads"),
        ("min_coverage = 1.5", "min_coverage: expected `float` <= 1.0", "correct min_coverage"),
        ("role = 'original'", "role: invalid enum value 'original', not one of copy, report", "correct role"),
        ("checks = 3", "checks: expected `object`", "correct checks"),
        ("[checks.name]\n[checks.date]\non = 1", "checks.date.on: expected `bool`", "correct checks.date.on"),
        ("[checks.date]\nlevel = 'bad'", "checks.date.level: invalid enum value 'bad'", "checks.date.level"),
        ("checks.date = 3", "checks.date: expected `object`", "correct checks.date"),
        ("threads = ", "not valid TOML", "mend the file"),
        ("a = " + "[" * 5000, "not valid TOML", "mend the file"),
        ("undetermined = 'maybe'", "undetermined: invalid enum value 'maybe', not one of report, fail, ignore", ""),
        ("baseline = ''", "baseline: expected `str` of length >= 1", "correct baseline"),
        ("include = 'a'", "include: expected `array`", "correct include"),
        ("exclude = ['a', '../b']", "exclude[1]: must be a pattern from the folder", "correct exclude[1]"),
        ("include = ['/a']", "include[0]: must be a pattern from the folder", "correct include[0]"),
        ("include = ['']", "include[0]: must be a pattern from the folder", "correct include[0]"),
        ("include = ['a/..']", "include[0]: must be a pattern from the folder", "correct include[0]"),
        ("aliases = ['a']", "aliases: expected `object`", "correct aliases"),
        ("[aliases]\nLviv = ['Lvov']\nKyiv = 'Kiev'", "aliases.Kyiv: expected `array`", "correct aliases.Kyiv"),
        ("[aliases]\nLviv = ['Lvov']\nKyiv = ['Kiev', '-']", "aliases.Kyiv[1]: must hold a letter or a figure", ""),
        ("[aliases]\n'-' = ['Kiev']", "must hold a letter or a figure", ""),
        ("[aliases]\nKyiv = ['X']\nLviv = ['x']", "aliases: x stands under Lviv, and also for Kyiv", "one name only"),
        ("[aliases]\nKyiv = ['Lviv']\nLviv = ['Lvov']", "Lviv stands under Kyiv, and also for Lviv", "one name only"),
    ],
)
def test_a_bad_file_is_refused_by_file_key_and_remedy(tmp_path: Path, content: str, key: str, remedy: str) -> None:
    file = tmp_path / "consistency.toml"
    file.write_text(content)
    with pytest.raises(ConfigError) as caught:
        load(directory=tmp_path, known_checks=("date", "name"))
    assert str(file) in str(caught.value)
    assert key in str(caught.value)
    assert remedy in caught.value.remedy


def test_a_bad_flag_is_laid_at_the_command_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="the command line: batch_size"):
        load({"batch_size": -1}, directory=tmp_path)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[tool.consistency]\n"])
def test_a_named_file_that_cannot_serve(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "desk.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"desk\.toml"):
        load(file=file)


@pytest.mark.parametrize("name", ["consistency.toml", "pyproject.toml", "desk.toml"])
def test_a_byte_order_mark_is_no_part_of_the_settings(tmp_path: Path, name: str) -> None:
    table = "[tool.consistency]\n" if name == "pyproject.toml" else ""
    (tmp_path / name).write_text(f"{table}threshold = 0.8\n", "utf-8-sig")
    named = tmp_path / name if name == "desk.toml" else None
    assert load(file=named, directory=tmp_path).threshold == 0.8


def test_a_file_that_may_not_be_looked_at_is_no_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(path: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "stat", locked)
    with pytest.raises(ConfigError, match=r"consistency\.toml: cannot be read \(Permission denied\)"):
        load(directory=tmp_path)


def test_a_named_file_that_is_missing_or_has_no_table(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(file=tmp_path / "none.toml")
    (tmp_path / "pyproject.toml").write_text("[tool]\n")
    with pytest.raises(ConfigError, match="no table"):
        load(file=tmp_path / "pyproject.toml")


def test_the_digest_covers_what_can_change_a_verdict() -> None:
    plain = Config().digest()
    for same in (
        Config(device="cuda"),
        Config(threads=3),
        Config(batch_size=1),
        Config(fail_on="never"),
        Config(model="models/a"),
        Config(undetermined="fail"),
        Config(baseline="known.toml"),
        Config(include=("a",), exclude=("b",)),
    ):
        assert same.digest() == plain
    for other in (
        Config(role="report"),
        Config(min_coverage=0.4),
        Config(threshold=0.6),
        Config(aliases={"Kyiv": ("Kiev",)}),
        Config(checks={"date": CheckSettings(on=False)}),
    ):
        assert other.digest() != plain


def test_the_digest_does_not_depend_on_the_order_of_checks() -> None:
    one, two = CheckSettings(on=False), CheckSettings(level="note")
    assert Config(checks={"date": one, "name": two}).digest() == Config(checks={"name": two, "date": one}).digest()


def test_what_a_newsroom_may_say(tmp_path: Path) -> None:
    (tmp_path / "consistency.toml").write_text(
        """
undetermined = "ignore"
baseline = "known.toml"
include = ["2026/**", "x..y"]
exclude = ["drafts"]
[aliases]
Kyiv = ["Kiev", "Kyyiv", "kyiv"]
"""
    )
    config = load(directory=tmp_path)
    assert (config.undetermined, config.baseline) == ("ignore", "known.toml")
    assert (config.include, config.exclude) == (("2026/**", "x..y"), ("drafts",))
    assert config.aliases == {"Kyiv": ("Kiev", "Kyyiv", "kyiv")}


def test_every_setting_says_what_it_is() -> None:
    for shape in (Config, CheckSettings):
        described = msgspec.json.schema(shape)["$defs"][shape.__name__]["properties"]
        assert list(described) == list(shape.__struct_fields__)
        for name, setting in described.items():
            assert setting.get("description", "").endswith("."), name


def test_a_flag_outranks_the_file_in_value_and_origin(tmp_path: Path) -> None:
    (tmp_path / "consistency.toml").write_text('threads = 2\n[checks.date]\nlevel = "note"\n')
    settled = settle({"threads": 3, "batch_size": None}, directory=tmp_path)
    told = {one.key: one for one in settled.settings}
    assert settled.config.threads == 3
    assert (told["threads"].value, told["threads"].origin) == (3, "--threads")
    assert told["batch_size"].origin == "default"
    assert told["checks.date.level"].origin == f"{tmp_path / 'consistency.toml'}:checks.date.level"


def test_every_value_told_is_the_value_that_holds(tmp_path: Path) -> None:
    (tmp_path / "consistency.toml").write_text("threshold = 1\n[checks.date]\nthreshold = 1\n[checks.name]\n")
    settled = settle(directory=tmp_path)
    told = {one.key: one.value for one in settled.settings}
    assert told["threshold"] == settled.config.threshold
    assert told["checks.date.threshold"] == 1.0
    assert not [key for key in told if key.startswith("checks.name")]
