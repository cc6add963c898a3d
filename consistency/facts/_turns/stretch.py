"""The stretch of a text in which something stands: from the last stop before it to the first behind it."""

from __future__ import annotations

import re

from consistency.records import Span


def stretch(text: str, span: Span, stop: re.Pattern[str], reach: int) -> tuple[int, int]:
    """Where the stretch around a span begins and ends, at most `reach` characters from it. Cost linear in that."""
    begin = max(0, span.start - reach)
    begin = max((mark.end() for mark in stop.finditer(text, begin, span.start)), default=begin)
    end = min(len(text), span.end + reach)
    mark = stop.search(text, span.end, end)
    return begin, mark.start() if mark else end
