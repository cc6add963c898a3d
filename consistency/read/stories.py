"""Story folders: which folders below one are stories, and which file of a story is what.

A story is a folder with a `story.toml`, or with files named `original.*`, `copy-*.*` and `report-*.*` (an independent
report); a sheet that does not say which file is what leaves that to the names. Hidden files and folders are passed
over, links to folders are not followed, and nothing outside a story's folder is ever read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath, PurePosixPath
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from consistency.read._patterns import Patterns
from consistency.read._stories_changed import Changed
from consistency.read._stories_toml import LONGEST, Fault, Listed, Sheet, parse
from consistency.records import Role, Skipped, Unread

SHEET = "story.toml"
_ORIGINAL = re.compile(r"original\..+", re.IGNORECASE | re.DOTALL)
_VERSIONS: dict[Role, re.Pattern[str]] = {
    "copy": re.compile(r"copy(-.*)?\..+", re.IGNORECASE | re.DOTALL),
    "report": re.compile(r"report(-.*)?\..+", re.IGNORECASE | re.DOTALL),
}
_ARTICLES = frozenset({".txt", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson"})
"""Suffixes of files that are hardly anything but an article."""
_BESIDE_ORIGINAL = _ARTICLES | {".text", ".md", ".markdown", ".xml"}
"""Suffixes of files that beside an original are an article, whatever they are elsewhere."""
_ABOUT = frozenset({"readme", "license", "licence", "changelog", "contributing", "notice", "notes"})
"""Names of files about a story or a repository."""
_PICTURES = frozenset(
    f".{suffix}" for suffix in "avif bmp gif heic jpeg jpg mov mp3 mp4 png svg tif tiff wav webp".split()
)
_NEAR = re.compile(r"(?:copy|report|original)(?![A-Za-z])", re.IGNORECASE)
"""How a name begins that was meant for one of the three."""
_RECORD = re.compile(rb'"(?:text|html)"\s*:')
_LONGEST_LOOK = 65_536
_NAMING = "Name them original.*, copy-*.* and report-*.* (independent reports), or list them in a story.toml."


_Code: TypeAlias = Literal["missing", "unreadable", "empty", "shape"]


class Folder(msgspec.Struct, frozen=True):
    """A story's folder, or one that should have been one and says why it is not. `id` is its path as it was given."""

    id: str
    path: Path
    fault: Unread | None = None


class Part(msgspec.Struct, frozen=True):
    """A file of a story and what is known of it. `role` None = as the settings have it; `version` names it."""

    path: str
    version: str
    role: Role | None = None
    published: str | None = None
    url: str = ""


class Parts(msgspec.Struct, frozen=True):
    """The files of a story, and why some could not be told. `original` None = nothing can be compared."""

    original: Part | None = None
    versions: tuple[Part, ...] = ()
    unread: tuple[Unread, ...] = ()


class Found(msgspec.Struct, frozen=True):
    """Story folders in order of their paths, and how many were left aside."""

    folders: tuple[Folder, ...]
    skipped: tuple[Skipped, ...] = ()


def find(
    folder: str | Path, *, include: Sequence[str] = (), exclude: Sequence[str] = (), changed_since: str | None = None
) -> Found:
    """The stories in a folder, which may be one itself. Patterns count from it.

    A folder without any story is a `Folder` with a fault. Raises `InputError` where git cannot say what has changed.
    """
    root = Path(folder)
    changed = None if changed_since is None else Changed(root, changed_since)
    found = list(_walk(root))
    if not found:
        return Found((_faulty(root, "empty", "holds no story", _NAMING),))
    chosen = _chosen(found, root, include, exclude)
    if not chosen:
        remedy = "Mend include and exclude in the settings."
        return Found((_faulty(root, "shape", "holds no story that include and exclude leave to be checked", remedy),))
    kept = [one for one in chosen if changed is None or _is_touched(one.path, changed)]
    excluded, unchanged = len(found) - len(chosen), len(chosen) - len(kept)
    skipped = (Skipped("excluded", excluded), Skipped("unchanged", unchanged, changed_since or ""))
    return Found(tuple(kept), tuple(entry for entry in skipped if entry.stories))


def parts(folder: Folder) -> Parts:
    """Which file of a story is what. What is wrong with the folder stands in `unread`."""
    if folder.fault is not None:
        return Parts(unread=(folder.fault,))
    inside = _Inside(folder.path)
    try:
        names = _list(folder.path).files
        sheet = inside.sheet() if SHEET in names else Sheet()
        head = _original(sheet, names)
        original = inside.part(head)
        copies = _by_name(names) if sheet.copies is None else sheet.copies
        versions = [inside.part(listed) for listed in copies]
    except Fault as fault:
        return Parts(unread=(_unread(folder.path, "shape", fault.what, fault.remedy),))
    except OSError as error:
        return Parts(unread=(_unread(folder.path, "unreadable", *_closed(error)),))
    unread = [one for one in (original, *versions) if isinstance(one, Unread)]
    if sheet.copies is None:
        stray = _stray([name for name in names if name != head.file], inside)
        unread += [_unread(folder.path / name, "shape", "is no version by its name", _NAMING) for name in stray]
    if not versions and not unread:
        unread.append(_unread(folder.path, "missing", "has nothing to hold against its original", _NAMING))
    return Parts(
        original if isinstance(original, Part) else None,
        tuple(one for one in versions if isinstance(one, Part)),
        tuple(unread),
    )


def _is_touched(folder: Path, changed: Changed) -> bool:
    if changed.touch(folder):
        return True
    if not changed.touch_hidden(folder) or not (folder / SHEET).is_file():
        return False
    try:
        sheet = _Inside(folder).sheet()
    except (Fault, OSError):
        return False
    listed = (sheet.original, *(sheet.copies or ()))
    return any(changed.hold(folder / one.file) for one in listed if one.file and "\0" not in one.file)


def _chosen(found: Sequence[Folder], root: Path, include: Sequence[str], exclude: Sequence[str]) -> list[Folder]:
    wanted, unwanted = Patterns(include or ("**",)), Patterns(exclude)
    paths = [(one, PurePosixPath(one.path.relative_to(root).as_posix())) for one in found]
    # The folder itself has no path that a pattern could speak of.
    return [one for one, path in paths if not path.parts or (wanted.hold(path) and not unwanted.hold(path))]


class _Listing(NamedTuple):
    """Names in a folder, in order: files, folders, links to folders."""

    files: list[str]
    folders: list[str]
    links: list[str]


def _list(folder: Path) -> _Listing:
    listing = _Listing([], [], [])
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.startswith("."):
                continue
            is_folder = os.path.isdir(entry.path)  # False for a link that leads nowhere or in a circle
            if is_folder and entry.is_symlink():
                listing.links.append(entry.name)
            else:
                (listing.folders if is_folder else listing.files).append(entry.name)
    return listing


def _walk(root: Path) -> Iterator[Folder]:
    """Stories in order of their paths, and folders that should have been some."""
    home = os.path.realpath(root)
    left = [(root, True)]
    while left:
        path, outside_stories = left.pop()
        try:
            files, folders, links = _list(path)
        except OSError as error:
            yield _faulty(path, "unreadable", *_closed(error))
            continue
        story = _is_story(files, alone=not folders)
        what = ""
        if outside_stories and not story:
            what = _orphaned(files) if folders or links else _lacking(files)
        if story:
            yield Folder(_id(path), path)
        elif what:
            yield _faulty(path, "shape" if files else "empty", what, _NAMING)
        for name in links:
            if not _lies_in(os.path.realpath(path / name), home):  # one that leads to a folder in here is met there
                remedy = "Put the folder itself there, or check it by itself."
                yield _faulty(path / name, "shape", "is a link to a folder elsewhere, which is not followed", remedy)
        left += [(path / name, outside_stories and not story) for name in reversed(folders)]


def _is_story(files: Sequence[str], *, alone: bool) -> bool:
    """With a sheet or an original; where no folder lies below, a version is enough to miss its original.

    Above other folders a `report.html` may be anything: there only copies miss one.
    """
    if SHEET in files or any(_ORIGINAL.fullmatch(name) for name in files):
        return True
    return alone and any(pattern.fullmatch(name) for pattern in _VERSIONS.values() for name in files)


def _lacking(files: Sequence[str]) -> str:
    """What keeps a folder without folders from being a story; "" where it holds no articles either."""
    if not files:
        return "is empty"
    return "has articles but no original" if any(_looks_like_article(name) for name in files) else ""


def _orphaned(files: Sequence[str]) -> str:
    """What keeps a folder with folders below from being a story: copies that nobody would miss otherwise."""
    copies = [name for name in files if _VERSIONS["copy"].fullmatch(name) and _looks_like_article(name)]
    return f"has {copies[0]} but no original" if copies else ""


def _looks_like_article(name: str) -> bool:
    return PurePath(name).suffix.lower() in _ARTICLES


def _original(sheet: Sheet, names: Sequence[str]) -> Listed:
    if sheet.original.file is not None:
        return sheet.original
    found = [name for name in names if _ORIGINAL.fullmatch(name)]
    if not found:
        raise Fault("has no original", _NAMING)
    if len(found) > 1:
        raise Fault(f"has {len(found)} originals: {', '.join(found[:3])}", f"Keep one, or name it in a {SHEET}.")
    return msgspec.structs.replace(sheet.original, file=found[0])


def _by_name(names: Sequence[str]) -> tuple[Listed, ...]:
    return tuple(
        Listed(name, role=None if role == "copy" else role)
        for role, pattern in _VERSIONS.items()
        for name in names
        if pattern.fullmatch(name)
    )


def _stray(names: Sequence[str], inside: _Inside) -> list[str]:
    """Articles whose names say nothing; else a misspelt copy would go unchecked and unseen."""
    patterns = _VERSIONS.values()
    return [name for name in names if _may_be_meant(name, inside) and not any(one.fullmatch(name) for one in patterns)]


def _may_be_meant(name: str, inside: _Inside) -> bool:
    """Whether a file beside an original may have been meant as a version of it."""
    path = PurePath(name)
    suffix = path.suffix.lower()
    if name == SHEET or suffix in _PICTURES or name.split(".", 1)[0].lower() in _ABOUT:
        return False
    if suffix in _BESIDE_ORIGINAL or _NEAR.match(name):
        return True
    return suffix == ".json" and bool(_RECORD.search(inside.beginning(name)))


class _Inside:
    """A story's folder; gives out nothing that lies elsewhere, and no file twice."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._home = os.path.realpath(folder)
        self._given: set[str] = set()

    def part(self, listed: Listed) -> Part | Unread:
        name = listed.file or ""
        path = self._folder / name
        fault = self._fault(name)
        if fault is not None:
            return fault
        real = os.path.realpath(path)
        if real in self._given:
            raise Fault(f"lists {name} twice", "List every file once.")
        self._given.add(real)
        return Part(str(path), listed.publisher or path.stem, listed.role, listed.published, listed.url)

    def beginning(self, name: str) -> bytes:
        """The first bytes of a file, to tell what it is; none where it cannot be read."""
        if self._fault(name) is not None:
            return b""
        try:
            with (self._folder / name).open("rb") as file:
                return file.read(_LONGEST_LOOK)
        except OSError:
            return b""

    def sheet(self) -> Sheet:
        """The folder's story.toml. Raises `Fault` and `OSError`."""
        fault = self._fault(SHEET)
        if fault is not None:
            raise Fault(f"has a {SHEET} that cannot be used: {fault.message.rstrip('.')}", fault.remedy)
        with (self._folder / SHEET).open("rb") as file:
            data = file.read(LONGEST + 1)
        try:
            return parse(data)
        except Fault as wrong:
            link = "in which" if wrong.what.startswith("copy ") else "that"
            raise Fault(f"has a {SHEET} {link} {wrong.what}", wrong.remedy) from wrong

    def _fault(self, name: str) -> Unread | None:
        """Why a file is not read; a missing one is told by whoever reads it."""
        path = self._folder / name
        inside = "Put the file into the story's folder and name it as it is there."
        if not name or "\0" in name or PurePath(name).is_absolute() or ".." in PurePath(name).parts:
            return _unread(self._folder, "shape", f"names a file {name!r} that is not in it", inside)
        if not _lies_in(os.path.realpath(path), self._home):
            return _unread(path, "shape", "leads out of the story's folder", inside)
        if os.path.lexists(path) and not os.path.isfile(path):
            return _unread(path, "unreadable", "is no file but a folder, a pipe or a broken link", inside)
        return None


def _lies_in(path: str, home: str) -> bool:
    return path == home or path.startswith(home.rstrip(os.sep) + os.sep)


def _id(path: Path) -> str:
    """The path as it was given; the working folder by its name."""
    return path.as_posix() if path.parts else Path(os.path.realpath(path)).name


def _closed(error: OSError) -> tuple[str, str]:
    return f"cannot be opened: {error.strerror}", "Check its permissions."


def _faulty(path: Path, code: _Code, what: str, remedy: str) -> Folder:
    return Folder(_id(path), path, _unread(path, code, what, remedy))


def _unread(path: Path, code: _Code, what: str, remedy: str) -> Unread:
    return Unread(_id(path), code, f"{_id(path)} {what}.", remedy)
