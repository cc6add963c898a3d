"""Mutation testing: what the tool would miss on a desk's own articles, and when it would cry wolf.

    python -m eval mutate ARTICLE... [--seed N] [--json SUMMARY] [--items ROWS] [--model NAME] [--per-kind N]

Known corruptions and honest rewrites go into copies of clean articles, one to a copy; a corruption counts as
caught when an error or warning is about a sentence it stands in. The rest of a copy is word for word its
article: read the shares as the best case, and as a comparison between kinds.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from consistency import backends
from consistency.config import Config
from consistency.errors import ConsistencyError, InputError
from consistency.pipeline import tool_version
from consistency.progress import Waiting
from consistency.read import read
from consistency.records import Article, Unread
from eval.mutate import _report
from eval.mutate._kinds import KINDS
from eval.mutate._run import Tried, run
from eval.run import can_write, write

__all__ = ["KINDS", "add_parser", "articles", "main", "mutate"]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `mutate` to the commands of `python -m eval`."""
    parser = commands.add_parser(
        "mutate",
        help="what the tool would miss on your own articles",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("articles", nargs="+", metavar="ARTICLE", help="clean articles: text, HTML or JSON lines")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="another seed, other mutations (0)")
    parser.add_argument("--per-kind", type=_positive, default=2, metavar="N", help="copies a kind and article (2)")
    parser.add_argument("--model", default="embedded", metavar="NAME", help="embedded, lexical, a folder or hub name")
    parser.add_argument("--json", type=Path, metavar="SUMMARY", help="write the summary here")
    parser.add_argument("--items", type=Path, metavar="ROWS", help="write one JSON line a copy here")
    parser.set_defaults(run=main)


def main(given: argparse.Namespace) -> int:
    """0 when at least one article was tried; 2 with a line on standard error when nothing could be."""
    try:
        for path in (given.json, given.items):
            if path is not None:
                can_write(path)
        with Waiting(show=True) as waiting:
            found, unread = articles(given.articles)
            for entry in unread:
                print(f"not read: {entry.message} {entry.remedy}", file=sys.stderr)
            if not found:
                raise InputError("none of the articles can be read", "give at least one clean article in English")
            config = Config(model=given.model)
            scorer = backends.load(config.model, device=config.device, threads=config.threads)
            done = run(found, scorer, config, seed=given.seed, per_kind=given.per_kind, progress=waiting)
            tried = list(done)
        summary = mutate(tried, unread, _signature(given, config, scorer.digest))
        if given.items is not None:
            write(given.items, _report.rows(tried))
        if given.json is not None:
            write(given.json, _report.as_json(summary))
    except ConsistencyError as fault:
        print(f"error: {fault}" + (f"; {fault.remedy}" if fault.remedy else ""), file=sys.stderr)
        return 2
    print(_report.show(summary))
    return 0


def articles(names: Sequence[str]) -> tuple[list[Article], list[Unread]]:
    """The articles of all inputs in order, each text once, and what could not be read."""
    found: list[Article] = []
    unread: list[Unread] = []
    seen: set[str] = set()
    for name in names:
        reading = read(name, role="original", single=False, stdin=sys.stdin.buffer.read() if name == "-" else None)
        unread += reading.unread
        for article in reading.articles:
            if article.text not in seen:
                seen.add(article.text)
                found.append(article)
    return found, unread


def mutate(tried: Sequence[Tried], unread: Sequence[Unread], signature: dict[str, str]) -> _report.Summary:
    """The summary of articles that were tried."""
    return _report.summarise(tried, [f"{entry.message} {entry.remedy}" for entry in unread], signature)


def _signature(given: argparse.Namespace, config: Config, model: str) -> dict[str, str]:
    return {
        "task": "mutate",
        "system": "tool",
        "tool": tool_version(),
        "model": model[:16],
        "config": config.digest()[:16],
        "threshold": f"{config.threshold:g} (as shipped)",
        "seed": str(given.seed),
        "per_kind": str(given.per_kind),
    }


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value
