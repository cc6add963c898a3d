"""What is measured on: pairs of named sets, article pairs of so many claims, short stories by the thousand.

Without a data folder all of it is made from this repository. Made stories differ from each other in most of their
words, since what was read or scored once costs nothing the second time.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from consistency.errors import InputError
from consistency.records import Article, Claim
from consistency.segment import segment
from eval import tasks
from eval.bench._record import Data
from eval.rows import Row
from eval.task import NotThereError

Pair = tuple[str, str]
OWN: Final = "own_pairs"
USUAL: Final = "claimdiff"
"""Sentences of news about the same claim, as long as sentences of news are."""
REWRITTEN: Final = ("machine_rewrite_chatgpt_35", "machine_rewrite_vicuna-v13_13b")
STORIES: Final = Path(__file__).parents[2] / "fixtures" / "stories"
_HONEST: Final = ("copy-reworded.txt", "copy-backtranslated.txt")
_LONG_WORD: Final = re.compile(r"\b[a-z]{6,}\b")
_DIGIT: Final = re.compile(r"[1-9]")
_SHORT: Final = 3
"""Claims of a short story."""


class Versions(NamedTuple):
    """An article and a rewrite of it; `claims` and `version_claims` count their sentences."""

    reference: str
    version: str
    claims: int
    version_claims: int


class Source(NamedTuple):
    """Article pairs that never repeat, and what is said of them."""

    name: str
    made_of: str
    digest: str
    pairs: Iterator[Pair]


def pairs_of(name: str, data_dir: Path | None, most: int, seed: int) -> tuple[Data, list[Pair]]:
    """Unique pairs of a set in both directions, as the tool asks them: a fixed sample of at most `most` rows."""
    rows, digest = _rows(name, data_dir)
    drawn = rows if len(rows) <= most else random.Random(seed).sample(rows, most)
    found = sorted({pair for row in drawn for pair in both(row)})
    return Data(name, digest, len(found)), found


def both(row: Row) -> tuple[Pair, Pair]:
    return (row.premise, row.hypothesis), (row.hypothesis, row.premise)


def every_pair_set(data_dir: Path | None) -> list[str]:
    """The sets of sentence pairs that are there."""
    if data_dir is None:
        return [OWN]
    found = []
    for task in tasks.in_data_dir():
        if task.unit == "pair":
            try:
                task.read("", data_dir)
            except NotThereError:
                continue
            found.append(task.name)
    if not found:
        raise InputError(f"{data_dir}: no development set of sentence pairs", "Name the folder with unified rows.")
    return found


def rows_of(name: str, data_dir: Path | None, most: int, seed: int) -> tuple[list[Row], str]:
    """A fixed sample of at most `most` rows, in order, and the digest of the set."""
    rows, digest = _rows(name, data_dir)
    if len(rows) > most:
        kept = sorted(random.Random(seed).sample(range(len(rows)), most))
        rows = [rows[at] for at in kept]
    return rows, digest


def articles(data_dir: Path | None) -> Source:
    """Articles with a rewrite each: machine rewrites of news in the data folder, else our own stories."""
    if data_dir is not None:
        found: dict[str, str] = {}
        digest = hashlib.sha256()
        for name in REWRITTEN:
            rows, own = _rows(name, data_dir)
            digest.update(own.encode())
            found.update({row.premise: row.hypothesis for row in rows})
        whole = (pair for pair in found.items() if _alike(*pair))
        told = f"articles of {' and '.join(REWRITTEN)} whose rewrite has two thirds to one and a half of its sentences"
        return Source("machine rewrites", told, digest.hexdigest(), whole)
    digest = hashlib.sha256("".join(text for pair in _stories() for text in pair).encode())
    told = "fixtures/stories, each with its reworded copy, from the second round on with other words and figures"
    return Source("own stories", told, digest.hexdigest(), made())


def _alike(reference: str, version: str) -> bool:
    """Whether it was rewritten as a whole; some rewrites break off, others go on about something else."""
    first, second = len(_claims(reference)), len(_claims(version))
    return 2 * first <= 3 * second and 2 * second <= 3 * first


def joined(source: Iterator[Pair], claims: int) -> Versions:
    """So many claims of articles one after the other, and the same of their rewrites; the last is cut at a sentence.

    What was taken is not given again. Raises `InputError` where there is not enough.
    """
    references: list[str] = []
    versions: list[str] = []
    have = told = 0
    while have < claims:
        reference, version = next(source, ("", ""))
        if not reference:
            raise InputError(f"too few articles for {claims} claims", "Give --data-dir more of them.")
        first, second = _claims(reference), _claims(version)
        if not first or not second:
            continue
        taken = min(len(first), claims - have)
        also = max(1, round(len(second) * taken / len(first)))
        references.append(_upto(reference, first, taken))
        versions.append(_upto(version, second, also))
        have, told = have + taken, told + also
    return Versions("\n\n".join(references), "\n\n".join(versions), have, told)


def together(given: Sequence[Versions]) -> Versions:
    """Articles one after the other as one, and their rewrites."""
    return Versions(
        "\n\n".join(one.reference for one in given),
        "\n\n".join(one.version for one in given),
        sum(one.claims for one in given),
        sum(one.version_claims for one in given),
    )


def made(first: int = 0) -> Iterator[Pair]:
    """Our own stories round after round without end; each but the round 0 has other words and figures."""
    for number in count(first):
        for pair in _stories():
            yield exchanged(pair, number)


def short(number: int, first: int = 0) -> Iterator[Pair]:
    """So many made stories of three sentences and their copies, from the story numbered `first` on."""
    heads = []
    for original, copy in _stories():
        heads.append((_upto(original, _claims(original), _SHORT), _upto(copy, _claims(copy), _SHORT)))
    for at in range(first, first + number):
        yield exchanged(heads[at % len(heads)], at)


def exchanged(pair: Pair, number: int) -> Pair:
    """A story and its copy with other figures, and other words for the longer ones that both use; 0 = as they are.

    Where the two differ they differ as before, so that the copy is as honest as it was.
    """
    if not number:
        return pair
    places, words = _words()
    shared = set(_LONG_WORD.findall(pair[0])) & set(_LONG_WORD.findall(pair[1]))

    def other(word: re.Match[str]) -> str:
        found = word.group()
        return words[(places[found] + number) % len(words)] if found in shared else found

    original, copy = (_DIGIT.sub(partial(_shifted, by=number), _LONG_WORD.sub(other, text)) for text in pair)
    return original, copy


def _shifted(digit: re.Match[str], by: int) -> str:
    return str((int(digit.group()) - 1 + by) % 9 + 1)


@cache
def _words() -> tuple[dict[str, int], tuple[str, ...]]:
    """The longer words of our stories in a fixed order of chance, and the place of each."""
    found = sorted({word for pair in _stories() for text in pair for word in _LONG_WORD.findall(text)})
    random.Random(0).shuffle(found)
    return {word: at for at, word in enumerate(found)}, tuple(found)


@cache
def _stories() -> tuple[Pair, ...]:
    """The original and an honest copy of every story that has one."""
    found = []
    for original in sorted(STORIES.glob("*/original.txt")):
        copy = next((file for name in _HONEST if (file := original.with_name(name)).is_file()), None)
        if copy is not None:
            found.append((original.read_text("utf-8"), copy.read_text("utf-8")))
    return tuple(found)


def _rows(name: str, data_dir: Path | None) -> tuple[list[Row], str]:
    loaded = tasks.get(name).read("", data_dir)
    return loaded.rows, loaded.digest


def _claims(text: str) -> Sequence[Claim]:
    return segment(Article(id="", text=text))


def _upto(text: str, claims: Sequence[Claim], number: int) -> str:
    return text[: claims[min(number, len(claims)) - 1].span.end]
