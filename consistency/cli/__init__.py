"""The command line, a file for each command: arguments -> pipeline -> report -> exit code. Nothing is decided here."""

from __future__ import annotations

from typing import Annotated

import typer

from consistency.cli import baseline, check, config, explain, judge, report

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)


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


app.command(epilog=check.EXIT_CODES)(check.check)
app.command(epilog=check.EXIT_CODES)(judge.judge)
app.command()(report.report)
app.add_typer(baseline.app, name="baseline", help="Findings known before, and waivers of them.")
app.add_typer(config.app, name="config")
app.command()(explain.explain)


def main() -> None:
    app(prog_name="consistency")
