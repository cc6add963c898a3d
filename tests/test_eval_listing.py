"""`python -m eval list`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from consistency.errors import ConsistencyError
from eval import listing, tasks

HOUSE = Path(__file__).parent.parent


def lines(*rows: dict[str, Any]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def row(label: str = "contradiction", **more: Any) -> dict[str, Any]:
    return {"premise": "It rained.", "hypothesis": "It was dry.", "label": label, **more}


def run_list(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    listing.add_parser(parser.add_subparsers(required=True))
    return listing.main(parser.parse_args(["list", *arguments]))


def test_the_list_says_what_never_ran(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_list() == 0
    shown = capsys.readouterr().out.splitlines()
    by_name = {line.split()[0]: line for line in shown if line}
    assert set(tasks.every()) <= set(by_name)
    assert "schema only" in by_name["snli"]
    assert "10,000" in by_name["snli"]
    assert "test* " in by_name["snli"]
    assert "  yes  " in by_name["mnli_matched"]
    assert "schema only" not in by_name["mnli_matched"]


def test_the_list_as_json_counts_what_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mrpc.jsonl").write_bytes(lines(row(), row("paraphrase")))
    (tmp_path / "wice.jsonl").write_bytes(lines(row("\x1b[2J")))
    assert run_list("--json", "--data-dir", str(tmp_path)) == 0
    told = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert told["mrpc"]["splits"]["dev"] == {"role": "development", "rows": 500, "found": 2}
    assert told["paws_wiki"]["splits"]["dev"]["found"] == "not there"
    assert told["wice"]["splits"]["dev"]["found"].startswith("unreadable: ")
    assert told["snli"]["ran_on_real_rows"] == "schema only"


def test_the_list_prints_no_text_of_a_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path = tmp_path / "one \x1b[2J"
    tmp_path.mkdir()
    secret = {"premise": "\x1b[31mSECRET", "hypothesis": "\u202eSECRET", "label": "paraphrase"}
    (tmp_path / "mrpc.jsonl").write_bytes(lines(secret))
    (tmp_path / "wice.jsonl").write_bytes(lines(secret | {"label": "\x1b[2J\u202e"}))
    run_list("--data-dir", str(tmp_path))
    shown = capsys.readouterr().out
    assert "SECRET" not in shown
    assert all(character.isprintable() for character in shown.replace("\n", ""))


def test_one_task_is_told_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_list("demetr_corrupted") == 0
    shown = capsys.readouterr().out
    assert "Karpinska" in shown
    assert "demetr_translations.jsonl[.gz]" in shown


@pytest.mark.parametrize("arguments", [("nothing",), ("--data-dir", "nowhere")])
def test_the_list_refuses_what_is_not_there(arguments: tuple[str, ...]) -> None:
    with pytest.raises(ConsistencyError) as caught:
        run_list(*arguments)
    assert caught.value.remedy


def test_the_list_imports_nothing_heavy() -> None:
    code = "import sys, eval.listing; print(*{one.partition('.')[0] for one in sys.modules})"
    ran = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert not {"torch", "transformers", "datasets", "pandas", "sklearn"} & set(ran.stdout.split())
