"""`consistency judge`: a saved report under other settings, without the model."""

from __future__ import annotations

from typing import Annotated

import typer

from consistency import config as settings
from consistency.cli._deliver import targets
from consistency.cli._finish import baseline_of, finish
from consistency.cli._guard import guarded, say
from consistency.cli._options import Debug, Fail, Formats, Known, ListRemoved, Outputs, Quiet, Saved, Settings, flags
from consistency.cli._saved import has_text, saved


def judge(
    report: Saved,
    *,
    threshold: Annotated[
        float | None, typer.Option(help="Probability of contradiction from which the model's verdict is reported.")
    ] = None,
    min_coverage: Annotated[
        float | None, typer.Option(help="Smallest share of a copy's claims that must be compared.")
    ] = None,
    fail_on: Fail = None,
    baseline: Known = None,
    config: Settings = None,
    formats: Formats = None,
    outputs: Outputs = None,
    list_removed: ListRemoved = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Judge a saved report again: other thresholds, levels or waivers, without the model.

    The same settings give the same report. Without --baseline, what the report says of known findings stays.
    """
    given = flags(locals())

    def run() -> int:
        wanted = targets(formats or (), outputs or ())
        from consistency.checks import CHECKS  # --help must not wait for them
        from consistency.replay import replay

        chosen = settings.load(given, config, known_checks=CHECKS)
        known = baseline_of(chosen)
        made = saved(report)
        judged = replay(made, chosen)
        if not quiet and any(one.signature.config != chosen.digest() for one in made.reports):
            say(f"{report}: made under other settings; role and aliases stay as they were, the rest is judged anew")
        return finish(
            judged,
            chosen,
            wanted,
            baseline=known,
            include_text=has_text(judged),
            list_removed=list_removed,
            quiet=quiet,
        )

    raise typer.Exit(guarded(run, debug=debug))
