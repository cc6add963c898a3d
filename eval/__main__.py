"""What the tool and its model are worth: `python -m eval COMMAND --help` tells all about a command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Final, NamedTuple

from consistency.errors import ConsistencyError


class Command(NamedTuple):
    """Its module has `add_parser(commands)` and `main(given) -> int`, and is imported only when it is named."""

    module: str
    help: str


COMMANDS: Final[Mapping[str, Command]] = {
    "list": Command("eval.listing", "name the tasks"),
    "run": Command("eval.run_command", "score rows with a system and print its metrics"),
    "compare": Command("eval.compare", "is one system better than another on the same rows"),
    "gate": Command("eval.gate", "hold the floors"),
    "leaderboard": Command("eval.leaderboard", "tables from stored results"),
    "plot": Command("eval.plots", "curves from stored results"),
    "results": Command("eval.results", "run the whole suite and write the results page"),
    "goals": Command("eval.goals", "what was reached of what was aimed at, from stored results"),
    "models": Command("eval.models", "several models on the same rows"),
    "sample": Command("eval.sample", "articles drawn at random with the tool's findings, to be judged by hand"),
    "combine": Command("eval.combine", "fit the combination of the model with the typed checks"),
    "grouping": Command("eval.grouping", "planted stories found among unrelated news"),
    "bench": Command("eval.bench", "how fast it is, as ratios, and where the time goes"),
    "mutate": Command("eval.mutate", "what the tool would miss on your own articles"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when it is done, 2 with one line on standard error when it cannot be; the gate has a 1 of its own."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    named = next((word for word in words if not word.startswith("-")), "")
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        if name == named:
            import_module(command.module).add_parser(commands)
        else:
            commands.add_parser(name, help=command.help)
    given = parser.parse_args(words)
    try:
        return int(import_module(COMMANDS[named].module).main(given))
    except ConsistencyError as fault:
        print(f"error: {_plain(str(fault))}" + (f"; {_plain(fault.remedy)}" if fault.remedy else ""), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted; what was scored is kept: run the same command again to go on", file=sys.stderr)
        return 130


def _plain(text: str) -> str:
    """One line, without what could drive a terminal: a message may quote a row."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


if __name__ == "__main__":
    sys.exit(main())
