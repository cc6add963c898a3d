"""Which format goes where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from consistency.cli._deliver import Target, deliver, known, targets
from consistency.errors import OutputError
from consistency.records import Run
from consistency.report import FORMATS
from tests.reports import report


@pytest.mark.parametrize(
    ("formats", "outputs", "expected"),
    [
        ((), (), [("terminal", None)]),
        (("json",), (), [("json", None)]),
        ((), ("report.txt",), [("terminal", "report.txt")]),
        (("json",), ("report.json",), [("json", "report.json")]),
        (("json", "json"), ("report.json",), [("json", "report.json")]),
        ((), ("json=report.json",), [("json", "report.json"), ("terminal", None)]),
        (("terminal",), ("json=report.json",), [("json", "report.json"), ("terminal", None)]),
        (("json",), ("json=report.json",), [("json", "report.json")]),
        (("json", "terminal"), ("json=report.json",), [("json", "report.json"), ("terminal", None)]),
        (("json", "terminal"), ("json=r.json", "r.txt"), [("json", "r.json"), ("terminal", "r.txt")]),
        ((), ("json=r.json", "r.txt"), [("json", "r.json"), ("terminal", "r.txt")]),
        ((), ("json=a.json", "json=b.json"), [("json", "a.json"), ("json", "b.json"), ("terminal", None)]),
        ((), ("terminal=a.txt",), [("terminal", "a.txt"), ("terminal", None)]),
        (("json",), ("yaml=report",), [("json", "yaml=report")]),
        (("json",), ("a=b=c",), [("json", "a=b=c")]),
        ((), ("json=a=b",), [("json", "a=b"), ("terminal", None)]),
        (("json",), ("JSON=a",), [("json", "JSON=a")]),
        (("json",), ("./json=a",), [("json", "./json=a")]),
    ],
)
def test_where_it_goes(formats: Sequence[str], outputs: Sequence[str], expected: list[tuple[str, str | None]]) -> None:
    made = [(one.format, None if one.path is None else str(one.path)) for one in targets(formats, outputs)]
    assert made == [(name, None if path is None else str(Path(path))) for name, path in expected]


@pytest.mark.parametrize(
    ("formats", "outputs", "said", "remedy"),
    [
        (("json", "terminal"), (), "only one format can go to standard output, not json and terminal", "FORMAT=FILE"),
        (("json", "terminal"), ("a",), "not clear which format goes where", "FORMAT=FILE"),
        ((), ("a", "b"), "not clear which format goes where", "FORMAT=FILE"),
        ((), ("json=a", "b", "c"), "not clear which format goes where", "FORMAT=FILE"),
        ((), ("",), "names no file", "--output FILE"),
        ((), ("html=",), "'html=' names no file", "FORMAT=FILE"),
        ((), ("json=a", "a"), "two formats would be written to one file", "a file of its own"),
        ((), ("json=a", "terminal=./x/../a"), "two formats would be written to one file", "a file of its own"),
    ],
)
def test_what_is_not_clear_is_refused(formats: Sequence[str], outputs: Sequence[str], said: str, remedy: str) -> None:
    with pytest.raises(OutputError) as caught:
        targets(formats, outputs)
    assert said in str(caught.value)
    assert remedy in caught.value.remedy


def test_two_names_of_one_file_are_one(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "report")
    with pytest.raises(OutputError, match="one file"):
        targets((), (f"json={tmp_path}/report", f"terminal={tmp_path}/link"))


_NAMES = st.sampled_from(sorted(FORMATS))


@given(
    st.lists(_NAMES, max_size=4),
    st.lists(st.one_of(st.builds("{}={}".format, _NAMES, st.sampled_from("xyz")), st.sampled_from("xyz")), max_size=4),
)
def test_every_format_and_every_file_has_its_place(formats: list[str], outputs: list[str]) -> None:
    try:
        made = targets(formats, outputs)
    except OutputError:
        return
    assert set(formats) <= {target.format for target in made}
    assert sum(target.path is None for target in made) <= 1
    assert sorted(str(target.path) for target in made if target.path) == sorted(
        output.rpartition("=")[2] for output in outputs
    )
    assert made


def test_a_format_that_is_none_is_refused_with_those_there_are() -> None:
    assert known(["json", "json"]) == ["json", "json"]
    with pytest.raises(typer.BadParameter, match=r"'yaml' is not one of terminal, json"):
        known(["json", "yaml"])


def test_a_target_without_a_file_is_standard_output() -> None:
    assert Target("json").path is None


def test_of_several_outputs_all_are_written_or_none(tmp_path: Path) -> None:
    chosen = [Target("json", tmp_path / "report.json"), Target("sarif", tmp_path / "none" / "report.sarif")]
    with pytest.raises(OutputError, match=r"report\.sarif: the report cannot be written"):
        deliver(Run((report(),)), chosen, include_text=False, list_removed=False, quiet=True)
    assert not [*tmp_path.iterdir()]
