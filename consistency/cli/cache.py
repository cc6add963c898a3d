"""`consistency cache`: what is kept between runs, and how to be rid of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from consistency.cli._deliver import NO_FILE, emit
from consistency.cli._guard import guarded
from consistency.cli._options import Debug
from consistency.report import count, visible

if TYPE_CHECKING:
    from consistency.cache import Cleared, Info

app = typer.Typer(no_args_is_help=True)

_LISTED = 20
"""Models or files that are listed."""


@app.command()
def info(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    debug: Debug = False,
) -> None:
    """Print where scores and exported models are kept, how many, how large, and when they were last used."""

    def run() -> int:
        import msgspec

        from consistency import cache, places

        told = cache.info(places.folder())
        if as_json:
            emit(msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n", NO_FILE)
        else:
            emit("".join(f"{visible(line)}\n" for line in _told(told)), NO_FILE)
        return 0

    raise typer.Exit(guarded(run, debug=debug))


@app.command()
def clear(*, debug: Debug = False) -> None:
    """Remove the scores and the exported models that are kept; the next run makes them again."""

    def run() -> int:
        from consistency import cache, places

        place = places.folder()
        cleared = cache.clear(place)
        emit("".join(f"{visible(line)}\n" for line in _gone(cleared, str(place))), NO_FILE)
        return 0

    raise typer.Exit(guarded(run, debug=debug))


def _told(told: Info) -> Iterator[str]:
    yield f"scores   {told.path}"
    yield f"size     {_size(told.size)} of at most {_size(told.bound)}"
    yield f"pairs    {told.pairs:,}" + (f", last used {told.oldest} to {told.newest}" if told.pairs else "")
    for one in told.models[:_LISTED]:
        yield (
            f"model    {one.digest[:16]} {one.runtime}, pairs encoded by {one.encoding}: "
            f"{count(one.pairs, 'pair')}, last used {one.last_used}"
        )
    if len(told.models) > _LISTED:
        yield f"model    {len(told.models) - _LISTED:,} more; --json names them"
    yield f"exports  {count(told.exports, 'file')}, {_size(told.exports_size)}"
    if told.set_aside:
        yield f"damaged  {told.set_aside}, set aside; consistency cache clear removes it"


def _gone(cleared: Cleared, place: str) -> Iterator[str]:
    if not cleared.removed:
        yield f"{place}: there is nothing to remove"
    for one in cleared.removed[:_LISTED]:
        yield f"removed {one.path} ({_size(one.size)})"
    if len(cleared.removed) > _LISTED:
        yield f"removed {len(cleared.removed) - _LISTED:,} more"
    for path in cleared.left[:_LISTED]:
        yield f"left {path}: the tool did not make it"
    if len(cleared.left) > _LISTED:
        yield f"left {len(cleared.left) - _LISTED:,} more"


def _size(size: int) -> str:
    return f"{size / (1 << 20):,.1f} MiB"
