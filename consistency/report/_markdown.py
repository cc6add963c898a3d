"""Text that Markdown, and GitHub behind it, shows as it is: no markup, no link, nobody called by name."""

from __future__ import annotations

import re

from consistency.report._visible import visible

_PART = "&#8203;"
"""A zero-width space: it parts what GitHub would link after the Markdown is rendered, where no escape reaches."""
_JOINTS = re.compile(
    r"(?<=[@#])(?=\w)"  # somebody's name, an issue
    r"|(?<=\bGH-)(?=\d)"  # an issue
    r"|(?<=:)(?=//)|(?<=\bwww)(?=\.)"  # an address
    r"|(?<=:)(?=(?:[+-]1|100|1234|\w{0,40}[a-z]\w{0,40}):)"  # the name of a small picture
    r"|(?<=\[)(?=[!^])",  # a box, a footnote
    re.IGNORECASE,
)
_BEGINS = re.compile(r"[-+#=]|\d{1,9}[.)]")
"""What makes a list, a heading or a rule at the beginning of a line, and is nothing elsewhere."""
_SPECIAL = {ord(mark): f"&#{ord(mark)};" for mark in "`*_[]|~\\"} | {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    # The one way to a dollar sign that is never the beginning of a formula.
    ord("$"): "<span>$</span>",
    0x200B: _PART,
}


def plain(text: str) -> str:
    """`text` on one line as Markdown, to stand behind something: what makes a list or a heading stays as it is."""
    return _JOINTS.sub("\u200b", visible(text)).translate(_SPECIAL)


def item(text: str) -> str:
    """`text` as a line of a list; it may begin with whatever it likes."""
    shown = visible(text).strip()
    if _BEGINS.match(shown):
        return f"- &#{ord(shown[0])};{plain(shown[1:])}"
    return f"- {plain(shown)}"


def heading(said: str, text: str) -> str:
    """A heading of the fourth level: words of ours, then `text`."""
    shown = plain(visible(text).strip())
    return f"#### {said} {shown[:-1]}&#35;" if shown.endswith("#") else f"#### {said} {shown}".rstrip()
