"""A saved run judged again under other settings, without the model.

Thresholds, levels, checks that are turned off and the least coverage are judged anew; what acts before the judge (the
model, what the versions are, aliases, how the witnesses of a pair were combined) stays as it was. The same settings
give the same run.
"""

from __future__ import annotations

import msgspec

from consistency.checks import CHECKS
from consistency.config import Config
from consistency.errors import ConfigError
from consistency.judge import rejudge
from consistency.pipeline import rules, turned_off
from consistency.records import Run


def replay(run: Run, config: Config) -> Run:
    """The run as these settings judge it; what a baseline said of its findings stays.

    Raises `ConfigError` for a check that is on now and was off when the run was made: it was never asked.
    """
    off = turned_off(config)
    missing = sorted({check for report in run.reports for check in report.signature.off if check not in off})
    if missing:
        raise ConfigError(
            f"the report was made without {', '.join(missing)}, which the settings turn on",
            "run consistency check again, or turn them off for this report too",
        )
    applied = rules(config, CHECKS.values())
    digest = config.digest()
    reports = []
    for report in run.reports:
        signature = msgspec.structs.replace(report.signature, config=digest, off=off)
        reports.append(rejudge(report, applied, signature, config.min_coverage))
    return msgspec.structs.replace(run, reports=tuple(reports))
