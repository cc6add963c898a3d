"""The command line, a file for each command: arguments -> pipeline -> report -> exit code. Nothing is decided here."""

from __future__ import annotations

from typing import Annotated

import typer

from consistency.cli import baseline, cache, check, config, explain, group, judge, report, scan
from consistency.garbage import look_seldom

app = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, rich_markup_mode=None
)  # plain help starts in half the time


def _version(wanted: bool) -> None:
    if wanted:
        from consistency import __version__

        typer.echo(f"consistency {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Checks versions of a news story against each other and says which facts broke on the way."""


app.command(epilog=check.EXIT_CODES, short_help="Hold versions against a reference, or check a folder of stories.")(
    check.check
)
app.command(epilog=check.EXIT_CODES, short_help="Judge a saved report again, without the model.")(judge.judge)
app.command(short_help="Write a saved report in other formats.")(report.report)
app.add_typer(baseline.app, name="baseline", help="Findings known before, and waivers of them.")
app.add_typer(config.app, name="config")
app.command(short_help="Print what a check reports and leaves alone.")(explain.explain)
app.command(epilog=check.EXIT_CODES, short_help="Check every story of a feed.")(scan.scan)
app.command(epilog=group.EXIT_CODES, short_help="Find which articles of a feed tell the same story.")(group.group)
app.add_typer(cache.app, name="cache", help="Scores that earlier runs have kept.")


def main() -> None:
    look_seldom()
    app(prog_name="consistency")
