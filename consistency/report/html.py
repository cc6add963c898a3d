"""A page for reviewers: reference and version side by side, findings with their reasons, decisions to export.

One file that asks nothing of any network. Its content-security-policy lets in one style sheet and one
script by their digests and nothing else; text of articles stands in it as text alone.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode

from consistency.records import Run
from consistency.report._options import Options
from consistency.report._page import page, script, style


class Html:
    """`--format html`; takes the checks' manuals from the options."""

    def __init__(self, options: Options) -> None:
        self.options = options

    def __call__(self, run: Run) -> str:
        looks, acts = style(), script()
        title, body = page(run, self.options.manuals)
        policy = (
            f"default-src 'none'; style-src '{_digest(looks)}'; script-src '{_digest(acts)}'; "
            "base-uri 'none'; form-action 'none'"
        )
        return (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n'
            '<meta name="referrer" content="no-referrer">\n'
            f"{title}\n<style>{looks}</style>\n</head>\n<body>\n"
            f"{body}\n<script>{acts}</script>\n</body>\n</html>\n"
        )


def _digest(inlined: str) -> str:
    """What the policy calls a block by: the digest of every character between its tags."""
    return f"sha256-{b64encode(hashlib.sha256(inlined.encode()).digest()).decode()}"
