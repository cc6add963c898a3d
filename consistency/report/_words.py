"""Sentences that several formats say alike. What they quote is still untrusted: each format escapes for its target."""

from __future__ import annotations

from collections import Counter

from consistency.records import Coverage, Known, Report, Side, Stale
from consistency.report._excerpt import parts
from consistency.report._summary import count


def bounded(text: str, limit: int) -> str:
    """`text`, of a longer one the first `limit` characters and how many more there are."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]} [... {len(text) - limit:,} characters not shown ...]"


def state(known: Known | None) -> str:
    """What the baseline says of a finding; empty where it does not know it."""
    if known is None:
        return ""
    said = "known" if known.match == "same" else f"known, {percent(known.similarity)} alike"
    if known.waiver is None:
        return said
    if known.expired:
        return f"{said}, waiver has run out"
    until = f" until {known.waiver.expires}" if known.waiver.expires else ""
    by = f" by {known.waiver.author}" if known.waiver.author else ""
    return f"{said}, waived{by}{until}: {known.waiver.reason}"


def stale(entry: Stale, baseline: str) -> str:
    """What is wrong with an entry of the baseline; its message comes last."""
    what = "is not found any more" if entry.why == "unused" else "has a waiver that has run out"
    return f"{baseline}: {entry.check} {entry.fingerprint} {what}: {entry.message}"


def compared(entry: Coverage, name: str) -> str:
    """How much of a version was compared, what was not, and whether that is enough."""
    said = (
        f"Compared {entry.compared} of {count(entry.claims, 'claim')} of {name} ({percent(entry.share)}), "
        f"{entry.claims - entry.compared} not, "
        f"with {entry.reference_compared} of the reference's {entry.reference_claims}"
    )
    if not entry.required:
        return f"{said}; an independent report, no minimum."
    return f"{said}; minimum {percent(entry.minimum)}{', short' if entry.short else ''}."


def all_compared(*reports: Report) -> str:
    """How much of all versions was compared."""
    entries = [entry for report in reports for entry in report.coverage]
    claims = sum(entry.claims for entry in entries)
    done = sum(entry.compared for entry in entries)
    return (
        f"Compared {done:,} of {count(claims, 'claim')} of {count(len(entries), 'version')} "
        f"({percent(done / claims if claims else 0.0)}), {claims - done:,} not."
    )


def percent(share: float) -> str:
    """Rounded down, so that a share under the minimum never reads as the minimum."""
    return f"{int(share * 100 + 1e-9)} %"


def sureness(confidence: float) -> str:
    """Two decimals, and never 1.00: no finding is certain."""
    return f"{min(confidence, 0.99):.2f}"


def furniture(*reports: Report) -> str:
    """How many pieces of page furniture the readers left out, by rule; empty where there were none."""
    rules = Counter(gone.rule for report in reports for article in report.story.articles for gone in article.removed)
    if not rules:
        return ""
    which = ", ".join(f"{rule} {number}" for rule, number in rules.items())
    return f"Left out {count(rules.total(), 'piece')} of page furniture ({which})"


def line_of(side: Side) -> str:
    """Where the side's words stand, as `:line:column` of its file, or `:line`; empty where that is not known."""
    if not side.places:
        return ""
    place = side.places[0]
    return f":{place.line}:{place.column}" if place.column else f":{place.line}"


def marked(side: Side, limit: int, before: str, after: str) -> str:
    """The side's text cut to about `limit` characters, with the words that matter between `before` and `after`."""
    said = []
    for part in parts(side, limit):
        if part.hidden:
            said.append(f" [... {part.hidden:,} characters not shown ...] ")
        else:
            said.append(f"{before}{part.text}{after}" if part.marked else part.text)
    return "".join(said)
