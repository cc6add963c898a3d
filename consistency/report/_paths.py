"""An article's source as other programs name a file: a path with forward slashes, or a URI reference.

A source is any string: a path given on the command line, "-" for standard input, "" for a text made in memory.
Backslashes are read as Windows means them, so that a report does not depend on where it is rendered.
"""

from __future__ import annotations

import re
from urllib.parse import quote

LONGEST = 2000
"""Characters of a source that is still taken for a path; a longer one names no file."""

_HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Halves of a character, but for those that stand for a byte of a file name (`os.fsdecode`)."""
_DRIVE = re.compile(r"[A-Za-z]:/")
_SHARE = re.compile(r"\\\\([^/\\]+)[/\\](.+)", re.DOTALL)


def path(source: str) -> str:
    """The source with forward slashes and without a `./` before it; "" where it names no file.

    Control characters stay, since the file is called so.
    """
    if len(source) > LONGEST:
        return ""
    return _without_dots(source.replace("\\", "/"))


def uri(source: str) -> str:
    """A relative reference or, for an absolute path, a `file:` URI; "" where the source names no file.

    All but letters, digits and `-._~/` is percent-encoded, the colon too: no name of a file becomes a scheme, an
    authority, a query or a fragment.
    """
    if not source or len(source) > LONGEST:
        return ""
    share = _SHARE.fullmatch(source)
    if share:
        below = share[2].replace("\\", "/")
        return f"file://{_encoded(share[1])}/{_encoded(below)}"
    plain = source.replace("\\", "/")
    if _DRIVE.match(plain):
        return f"file:///{plain[0]}:/{_encoded(plain[3:].lstrip('/'))}"
    if plain.startswith("/"):
        return f"file:///{_encoded(plain.lstrip('/'))}"
    return _encoded(_without_dots(plain))


def _without_dots(plain: str) -> str:
    """Without `./` at the beginning, unless nothing would be left."""
    return re.sub(r"^(?:\./+)+(?=.)", "", plain, count=1, flags=re.DOTALL)


def _encoded(plain: str) -> str:
    whole = _HALVES.sub("\ufffd", re.sub("/{2,}", "/", plain))
    return quote(whole.encode("utf-8", "surrogateescape"), safe="/")
