"""Planted stories: whole articles and copies of them of several kinds, among unrelated articles.

Copies: a language model's paraphrases and rewrites; the first third of the original; a rewrite in which facts were
changed. Unrelated: the documents of other sets, one of each that share wording. Everything is told apart into two
halves by a digest of its document, so that thresholds chosen on one are measured on the other.
"""

from __future__ import annotations

import gzip
import hashlib
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from consistency.errors import InputError
from consistency.records import Article
from consistency.segment import segment
from consistency.training.corrupt import corrupt
from consistency.training.edits import World
from eval import work
from eval.rows import Row

COPIES: Final = tuple(
    f"machine_{how}_{by}" for by in ("chatgpt_35", "vicuna-v13_13b") for how in ("paraphrase", "rewrite")
)
UNRELATED: Final = ("bump_task2_doc", "cliff_cnndm", "qags_cnndm")
ORIGINAL: Final = "original"
ALONE: Final = "unrelated"
UNKNOWN: Final = "unlabelled"
_CHANGED: Final = 4
"""Facts changed in a copy."""
_SHINGLE: Final = 8
_SHARED: Final = 0.1
"""Of the eight-word runs of an unrelated article: where another holds more of them, the two are one document."""
_SHORTEST: Final = 40
"""Words an original must have."""


class Planted(msgspec.Struct, frozen=True):
    """An article of the feed; `story` is what it should be grouped by, "" where nobody knows."""

    text: str
    story: str
    kind: str

    @property
    def half(self) -> int:
        return hashlib.sha256(self.story.encode()).digest()[0] % 2 if self.story else -1


class Feed(msgspec.Struct, frozen=True):
    """All planted articles, and the digest of the files they were made of."""

    articles: tuple[Planted, ...]
    digest: str


def plant(data_dir: Path, seed: int = 0, unlabelled: Sequence[Path] = ()) -> Feed:
    """The feed of a data folder. Raises `InputError` where a set is not in it."""
    sets = {name: work.from_task(name, data_dir=data_dir) for name in (*COPIES, *UNRELATED)}
    articles = [
        *_stories({name: sets[name].rows for name in COPIES}, random.Random(seed)),
        *_alone(row.premise for name in UNRELATED for row in sets[name].rows),
        *_bodies(unlabelled),
    ]
    seen = hashlib.sha256("".join(one.digest for one in sets.values()).encode())
    for path in unlabelled:
        seen.update(path.read_bytes())
    return Feed(tuple(articles), seen.hexdigest())


def _stories(sets: dict[str, Sequence[Row]], rng: random.Random) -> Iterator[Planted]:
    """Every original once, with all that was made of it."""
    copies: dict[str, list[tuple[str, str]]] = {}
    for name, rows in sets.items():
        for row in rows:
            if len(row.premise.split()) >= _SHORTEST:
                copies.setdefault(row.premise, []).append((name.removeprefix("machine_"), row.hypothesis))
    for original in sorted(copies):
        story = hashlib.sha256(original.encode()).hexdigest()[:16]
        yield Planted(original, story, ORIGINAL)
        for kind, text in copies[original]:
            yield Planted(text, story, kind)
        yield Planted(original[: len(original) // 3], story, "first third")
        rewritten = [text for kind, text in copies[original] if kind.endswith("chatgpt_35")]
        if rewritten:
            yield Planted(changed(rewritten[0], original, rng), story, "rewritten, facts changed")


def changed(text: str, near: str, rng: random.Random) -> str:
    """The text with a few facts changed; names come from `near`."""
    names = [word.strip(".,;:") for word in near.split() if word[:1].isupper()]
    world = World(names, names, {})
    claims = segment(Article(id="", text=text))
    edits = {}
    for claim in rng.sample(claims, len(claims)):
        edit = corrupt(claim.text, rng, world)
        if edit is not None:
            edits[claim.span.start] = (claim.span.end, edit.text)
        if len(edits) == _CHANGED:
            break
    for start, (end, new) in sorted(edits.items(), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _alone(texts: Iterator[str]) -> Iterator[Planted]:
    """Each document once: several sets hold the same ones, cut or cleaned in other ways."""
    seen: set[int] = set()
    for text in sorted(set(texts), key=lambda text: (-len(text), text)):
        words = text.lower().split()
        runs = {hash_of(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
        if len(words) < _SHORTEST or len(runs & seen) > _SHARED * len(runs):
            continue
        seen |= runs
        yield Planted(text, f"alone {hashlib.sha256(text.encode()).hexdigest()[:16]}", ALONE)


def hash_of(words: Sequence[str]) -> int:
    return int.from_bytes(hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest(), "big")


class _Body(msgspec.Struct, frozen=True):
    text: str


def _bodies(paths: Sequence[Path]) -> Iterator[Planted]:
    for path in paths:
        try:
            data = path.read_bytes()
            lines = (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()
            yield from (Planted(msgspec.json.decode(line, type=_Body).text, "", UNKNOWN) for line in lines)
        except (OSError, EOFError, msgspec.MsgspecError) as fault:
            raise InputError(f"{path}: cannot be read ({fault})", 'Give JSON lines with a "text" each.') from fault
