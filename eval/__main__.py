"""`python -m eval run --data FILE [FILE ...] --system NAME`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from consistency.errors import ConsistencyError
from eval import run


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when the run is done, 2 with one line on standard error when it cannot be."""
    given = _parser().parse_args(arguments)
    bar = tqdm(total=1, unit="pair", disable=None, leave=False)

    def progress(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    try:
        summary = run.run(
            given.data, given.system, threshold=given.threshold, items=given.items, progress=progress
        )
        if given.json is not None:
            run.write(given.json, run.as_json(summary))
    except (ConsistencyError, OSError) as fault:
        remedy = getattr(fault, "remedy", "")
        print(f"error: {fault}" + (f"; {remedy}" if remedy else ""), file=sys.stderr)
        return 2
    finally:
        bar.close()
    print(run.show(summary))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    one = commands.add_parser("run", help="score rows with a system and print its metrics")
    one.add_argument("--data", nargs="+", type=Path, required=True, metavar="FILE", help="unified JSON lines, pooled")
    one.add_argument("--system", default="nli", help="nli, lexical or hub:NAME_OR_PATH (nli)")
    one.add_argument("--threshold", type=float, help="verdict from this score on (as shipped)")
    one.add_argument("--json", type=Path, metavar="SUMMARY", help="write the summary here")
    one.add_argument("--items", type=Path, metavar="ROWS", help="write one JSON line a row here")
    return parser


if __name__ == "__main__":
    sys.exit(main())
