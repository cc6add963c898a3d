"""A saved run judged again under other settings, without the model.

Thresholds, levels, checks that are turned off and the least coverage are judged anew; what acts before the judge (the
model, what the versions are, aliases, how the witnesses of a pair were combined) stays as it was. So a check whose
errors were witnesses in that combination cannot be taken out of the run. The same settings give the same run.
"""

from __future__ import annotations

import msgspec

from consistency.checks import CHECKS
from consistency.combine import fitted_for
from consistency.config import Config
from consistency.errors import ConfigError
from consistency.judge import rejudge
from consistency.pipeline import rules, turned_off
from consistency.records import Given, Report, Run


def replay(run: Run, config: Config) -> Run:
    """The run as these settings judge it; what a baseline said of its findings stays.

    Raises `ConfigError` for a check that is on now and was off when the run was made: it was never asked; and for one
    that is off now and made other findings surer: how sure they are without it is not known.
    """
    off = turned_off(config)
    missing = sorted({check for report in run.reports for check in report.signature.off if check not in off})
    if missing:
        raise ConfigError(
            f"the report was made without {', '.join(missing)}, which the settings turn on",
            "run consistency check again, or turn them off for this report too",
        )
    heard = sorted({check for report in run.reports for check in _witnesses(report) if check in off})
    if heard:
        raise ConfigError(
            f"{', '.join(heard)} took part in how sure the report's other findings are, and the settings turn that off",
            "run consistency check again with these settings",
        )
    applied = rules(config, CHECKS.values())
    digest = config.digest()
    reports = []
    for report in run.reports:
        signature = msgspec.structs.replace(report.signature, config=digest, off=off)
        reports.append(rejudge(report, applied, signature, config.min_coverage))
    return msgspec.structs.replace(run, reports=tuple(reports))


def _witnesses(report: Report) -> set[str]:
    """The checks whose errors were heard in the combination that belongs to the report's model."""
    combination = fitted_for(report.signature.model)
    if combination is None:
        return set()
    least = combination.checks
    found = set()
    for one in (*report.findings, *report.candidates):
        came = one.given or Given(one.level, one.confidence)
        if one.check in least and came.level == "error" and came.confidence >= least[one.check]:
            found.add(one.check)
    return found
