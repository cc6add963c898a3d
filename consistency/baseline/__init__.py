"""Findings that were known before, and waivers of them: matched and marked, never removed.

An entry of the baseline matches a finding by its fingerprint, else by its likeness: the same check, the same values and
claims that are at least four fifths the same. Rewording keeps an entry, a changed value opens the finding again.
"""

from __future__ import annotations

from consistency.baseline._change import Updated, Waived, record, update, waive
from consistency.baseline._entry import Baseline, Entry, Told, Verdict
from consistency.baseline._file import LARGEST, parse, parse_waivers, render
from consistency.baseline._match import SIMILAR, hold

__all__ = [
    "LARGEST",
    "SIMILAR",
    "Baseline",
    "Entry",
    "Told",
    "Updated",
    "Verdict",
    "Waived",
    "hold",
    "parse",
    "parse_waivers",
    "record",
    "render",
    "update",
    "waive",
]
