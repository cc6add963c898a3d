"""SARIF 2.1.0, for code scanning and every viewer of it: one run for all stories, a rule for each check.

A result stands where the version says it, its related location is the reference's claim. An omission has no place in
the version: it stands at the reference, and its message says so. What was not read or compared, what was left out and
what of the baseline is stale are notifications; one of level error makes the execution unsuccessful, so that "not
checked" is never "clean". Columns count code points. A place of whole lines, as a record of a JSON-lines file has,
comes without columns; an article that is no file has no physical location, only its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import msgspec

from consistency.records import Article, Finding, Known, Place, Report, Run, Side
from consistency.report._dump import dumped
from consistency.report._options import Options
from consistency.report._paths import uri
from consistency.report._remarks import LONGEST, MEANING, Remark, remarks, short
from consistency.report._words import state

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"

_MOST_PLACES = 20
"""Places named of one side of a finding; the rest is counted."""
_MOST_VALUES = 20
_LONGEST_VALUE = 200

_Object: TypeAlias = dict[str, Any]


class Sarif(msgspec.Struct, frozen=True):
    """Run -> a SARIF log. The rules carry the manuals of `options.manuals` as their help."""

    options: Options = Options()

    def __call__(self, run: Run) -> str:
        return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(run, self.options.manuals)]}) + "\n"


def _run(run: Run, manuals: Mapping[str, str]) -> _Object:
    findings = [finding for report in run.reports for finding in report.findings]
    checks = [*manuals, *sorted({finding.check for finding in findings} - set(manuals))]
    ranks = {check: rank for rank, check in enumerate(checks)}
    said = list(remarks(run))
    artifacts = _Artifacts(run)
    held = bool(run.baseline) or any(finding.known for finding in findings)
    signature = run.reports[0].signature if run.reports else None
    driver: _Object = {"name": "consistency"}
    if signature and signature.tool:
        driver["version"] = short(signature.tool, 100)
    driver["rules"] = [_rule(check, manuals.get(check, "")) for check in checks]
    driver["notifications"] = [{"id": kind, "shortDescription": _message(text)} for kind, text in MEANING.items()]
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": _message("The folder in which consistency was run.")}},
        "invocations": [
            {
                "executionSuccessful": not any(remark.unchecked for remark in said),
                "toolExecutionNotifications": [_notification(remark, artifacts) for remark in said],
            }
        ],
        "artifacts": artifacts.listed(),
        "results": [
            _result(finding, report, artifacts, ranks, held=held)
            for report in run.reports
            for finding in report.findings
        ],
        "properties": {
            "stories": len(run.reports),
            "model": signature.model if signature else "",
            "runtime": signature.runtime if signature else "",
            "settings": signature.config if signature else "",
            "baseline": short(run.baseline),
        },
    }


def _rule(check: str, manual: str) -> _Object:
    first = manual.partition("\n")[0].strip()
    name = short(check, 200)
    rule: _Object = {"id": name, "shortDescription": _message(first or name)}
    if manual:
        summary = manual.partition("\n\nPasses:")[0].partition("\n\n")[2]
        rule["fullDescription"] = _message(" ".join(summary.split()) or first)
        rule["help"] = {"text": _braced(manual.strip()), "markdown": _braced(_markdown(manual))}
    return rule


def _markdown(manual: str) -> str:
    """The manual as Markdown without HTML: its samples, which are indented, become lists."""
    plain = manual.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    samples = re.sub(r"^ {4}(\w+): (.*)$", r"- \1: \2", plain, flags=re.MULTILINE)
    return re.sub(r"^(Passes|Fails):\n", r"\n**\1**\n\n", samples, flags=re.MULTILINE)


class _Artifacts:
    """The files of a run, each once, in order of the stories."""

    def __init__(self, run: Run) -> None:
        self._sources: dict[str, int] = {}
        self._uris: list[str] = []
        unread = ((one.source for one in report.unread) for report in run.reports)
        read = ((article.source for article in report.story.articles) for report in run.reports)
        seen: dict[str, int] = {}
        for sources in (*read, *unread, (run.baseline,)):
            for source in sources:
                where = uri(source)
                if where and source not in self._sources:
                    self._sources[source] = seen.setdefault(where, len(seen))
        self._uris = list(seen)

    def listed(self) -> list[_Object]:
        return [
            {"location": _located(where), "roles": ["standardStream" if where == "-" else "analysisTarget"]}
            for where in self._uris
        ]

    def location(self, source: str) -> _Object | None:
        """The file; None for a text that is no file."""
        if source not in self._sources:
            return None
        index = self._sources[source]
        return {**_located(self._uris[index]), "index": index}


def _located(where: str) -> _Object:
    """Standard input is a stream, of which no folder is the root."""
    if where == "-":
        return {"uri": where, "description": _message("standard input")}
    return {"uri": where} if where.startswith("file:") else {"uri": where, "uriBaseId": ROOT}


def _notification(remark: Remark, artifacts: _Artifacts) -> _Object:
    notification: _Object = {
        "descriptor": {"id": remark.kind, "index": list(MEANING).index(remark.kind)},
        "level": "error" if remark.unchecked else "note",
        "message": _message(remark.text),
    }
    file = artifacts.location(remark.source)
    if file:
        notification["locations"] = [{"physicalLocation": {"artifactLocation": file}}]
    if remark.story:
        notification["properties"] = {"story": short(remark.story, 200)}
    return notification


def _result(
    finding: Finding, report: Report, artifacts: _Artifacts, ranks: Mapping[str, int], *, held: bool
) -> _Object:
    side = finding.version or finding.reference
    assert side is not None, "a finding has at least one side"
    message = short(finding.message)
    if finding.version is None:
        message += " (the version has no such text, the place is the reference's)"
    places = _locations(side, report, artifacts)
    result: _Object = {
        "ruleId": short(finding.check, 200),
        "ruleIndex": ranks[finding.check],
        "level": finding.level,
        "message": _message(message),
        "locations": places[:1],
    }
    related = _related(finding, places[1:], report, artifacts)
    if related:
        result["relatedLocations"] = related
    if finding.fingerprint:
        result["partialFingerprints"] = {"consistency/v1": short(finding.fingerprint, 100)}
    if held:
        result["baselineState"] = _BASELINE_STATE[finding.known.match if finding.known else None]
        result["suppressions"] = _suppressions(finding.known)
    result["rank"] = round(finding.confidence * 100, 2)
    result["properties"] = _properties(finding, report)
    return result


_BASELINE_STATE = {"same": "unchanged", "similar": "updated", None: "new"}


def _suppressions(known: Known | None) -> list[_Object]:
    """The waiver that holds. Where one result of a run has suppressions, all have: an empty list is none."""
    if known is None or known.waiver is None or known.expired:
        return []
    return [{"kind": "external", "status": "accepted", "justification": short(state(known))}]


def _properties(finding: Finding, report: Report) -> _Object:
    properties: _Object = {"confidence": round(finding.confidence, 4), "story": short(report.story.id, 200)}
    for name, side in (("reference", finding.reference), ("version", finding.version)):
        if side is not None:
            values = side.values()
            shown = [short(value, _LONGEST_VALUE) for value in values[:_MOST_VALUES]]
            properties[name] = {"article": short(side.article, 200), "values": shown}
            if len(values) > _MOST_VALUES:
                properties[name]["valuesNotShown"] = len(values) - _MOST_VALUES
            if len(side.places) > _MOST_PLACES:
                properties[name]["placesNotShown"] = len(side.places) - _MOST_PLACES
    if finding.known is not None:
        properties["known"] = short(state(finding.known))
    return properties


def _related(finding: Finding, further: Iterable[_Object], report: Report, artifacts: _Artifacts) -> list[_Object]:
    """Further places of the side where the result stands, then the reference's claim, with ids from 1."""
    related = [{**place, "message": _message("also here")} for place in further]
    if finding.version is not None and finding.reference is not None:
        claim = _message(f"the reference: “{short(finding.reference.text, LONGEST // 2)}”")
        related += [{**place, "message": claim} for place in _locations(finding.reference, report, artifacts)]
    return [{"id": number, **place} for number, place in enumerate(related, start=1)]


def _locations(side: Side, report: Report, artifacts: _Artifacts) -> list[_Object]:
    """A location for each place of the side; one without a region where no place is known."""
    article = next((one for one in report.story.articles if one.id == side.article), Article(side.article, ""))
    file = artifacts.location(article.source)
    named = {"logicalLocations": [{"fullyQualifiedName": _name(report, article)}]}
    if file is None:
        return [named]
    regions = [region for place in side.places[:_MOST_PLACES] if (region := _region(place))]
    if not regions:
        return [{"physicalLocation": {"artifactLocation": file}, **named}]
    return [{"physicalLocation": {"artifactLocation": file, "region": region}, **named} for region in regions]


def _name(report: Report, article: Article) -> str:
    story = report.story.id
    return short(f"{story}/{article.id}" if story else article.id, 400)


def _region(place: Place) -> _Object:
    """Empty for a place that is none: an edited report may say anything."""
    if place.line < 1:
        return {}
    whole = place.column < 1 or place.end_column < 1
    region = {"startLine": place.line} if whole else {"startLine": place.line, "startColumn": place.column}
    if (place.end_line, place.end_column) >= (place.line, place.column):
        region["endLine"] = place.end_line
        if not whole:
            region["endColumn"] = place.end_column
    return region


_LINK = re.compile(r"(\\*)\]\(")


def _message(text: str) -> _Object:
    """A message object: no placeholder and no link can be made of what `text` holds."""
    unlinked = _LINK.sub(lambda found: found[0] if len(found[1]) % 2 else rf"{found[1]}\](", text)
    return {"text": _braced(unlinked)}


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
