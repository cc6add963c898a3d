"""Words with blanks or hyphens between them, and what "and a half" adds to a number or a measure before it."""

from __future__ import annotations

from consistency.facts._tokens import Token, at, joined


def unhyphened(tokens: tuple[Token, ...], index: int, many: int) -> tuple[list[str], int]:
    """The next words, whether blanks or hyphens stand between them, and the token behind."""
    found: list[str] = []
    for _ in range(many):
        index += at(tokens, index).fold == "-" and joined(tokens, index) and joined(tokens, index + 1)
        found.append(at(tokens, index).fold)
        index += 1
    return found, index


def and_part(tokens: tuple[Token, ...], end: int) -> tuple[float, int] | None:
    """What "and a half", "-and-a-half" and "and three quarters" add, and the token behind."""
    if at(tokens, end).fold not in {"and", "-"}:
        return None
    found, behind = unhyphened(tokens, end, 3)
    part = _ADDED.get((found[1], found[2])) if found[0] == "and" else None
    if part is None or (part != _HALF and at(tokens, behind).fold == "of"):
        return None
    return part, behind


_HALF = 0.5
_ADDED = {
    ("a", "half"): _HALF, ("one", "half"): _HALF, ("a", "quarter"): 0.25, ("one", "quarter"): 0.25,
    ("three", "quarter"): 0.75, ("three", "quarters"): 0.75,
}  # fmt: skip
