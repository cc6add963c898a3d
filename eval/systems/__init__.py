"""What can be measured, by name. A system is one file here and one line in the table."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, Protocol, TypeAlias

import msgspec

from consistency import backends
from consistency.errors import ConfigError
from eval.rows import Row
from eval.store import Store, StoredScorer, Told
from eval.thresholds import Threshold, fixed, half

Progress: TypeAlias = Callable[[int, int], None]
Direction: TypeAlias = Literal["both", "forward", "backward"]


class System(Protocol):
    """Gives every row a score: how inconsistent, 0 to 1.

    `signature` names it with all that can change a score; `model` is the digest of its model, "" for none.
    `keeps`: a row's score depends on its two texts alone, and is worth keeping.
    """

    @property
    def signature(self) -> str: ...

    @property
    def model(self) -> str: ...

    @property
    def keeps(self) -> bool: ...

    @property
    def fixed(self) -> Threshold:
        """As shipped where it ships with one, else a half."""

    def tell(self, rows: Sequence[Row], progress: Progress | None = None, /) -> list[Told]:
        """One `Told` a row, in order; no row is left out."""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a system can be told. Those it does not know are refused."""

    model: str = "embedded"
    direction: Direction = "both"
    near: int = 4
    alarms: Literal["errors", "errors+warnings"] = "errors"
    higher: Literal["inconsistent", "consistent"] = "inconsistent"


class Needs(msgspec.Struct, frozen=True):
    """What a system is made of besides its name."""

    options: Options
    store: Store
    train: tuple[Path, ...] = ()
    rest: str = ""

    def scorer(self, model: str) -> StoredScorer:
        """The model, asked about no pair twice."""
        return StoredScorer(backends.load(model), self.store)


class Entry(msgspec.Struct, frozen=True):
    """A line of the table: what it is, how it is made, which options it knows. `argument` = NAME:ARGUMENT."""

    told: str
    make: Callable[[Needs], System]
    knows: frozenset[str] = frozenset()
    argument: str = ""


def load(
    name: str,
    options: Mapping[str, str] | None = None,
    *,
    store: Store | None = None,
    train: Sequence[Path] = (),
    unit: str = "pair",
) -> System:
    """The system of that name; for `unit` alignment, one that says how sure a pair tells of the same thing.

    Raises `ConfigError` for an unknown system or option, `ModelError` for a model that cannot be had.
    """
    table = ALIGNERS if unit == "alignment" else SYSTEMS
    head, colon, rest = name.partition(":")
    entry = table.get(head)
    if entry is None or bool(colon and rest) != bool(entry.argument):
        names = [f"{known}:{one.argument}" if one.argument else known for known, one in table.items()]
        near = difflib.get_close_matches(name, names, n=1)
        hint = f"Did you mean {near[0]}? " if near else ""
        what = f"unknown system {name!r}" if head not in SYSTEMS else f"system {name!r} does not fit here"
        raise ConfigError(what, f"{hint}Choose {', '.join(names)}.")
    if train and head != "tfidf":
        raise ConfigError(f"system {name} is not trained here", "Leave out --train-data; tfidf takes it.")
    return entry.make(Needs(_options(head, entry, options or {}), store or Store(), tuple(train), rest))


def _options(name: str, entry: Entry, given: Mapping[str, str]) -> Options:
    for key in given:
        if key not in entry.knows:
            known = f"it knows {', '.join(sorted(entry.knows))}" if entry.knows else "it knows none"
            raise ConfigError(f"system {name} has no option {key!r}", f"Leave it out; {known}.")
    try:
        options = msgspec.convert(dict(given), Options, strict=False)
    except msgspec.ValidationError as fault:
        raise ConfigError(f"option of system {name}: {fault}", "Give KEY=VALUE as --help says.") from fault
    if not 1 <= options.near <= 100:
        raise ConfigError(f"option near={options.near} is out of range", "Give 1 to 100 premise sentences.")
    return options


def _nli(needs: Needs) -> System:
    from eval.systems.nli import NliSystem

    given = needs.options
    model = needs.rest or given.model
    at = fixed() if model == "embedded" else half()
    return NliSystem(needs.scorer(model), direction=given.direction, near=given.near, fixed=at)


def _lexical(needs: Needs) -> System:
    return _nli(msgspec.structs.replace(needs, rest="lexical"))


def _all_pairs(needs: Needs) -> System:
    from eval.systems.all_pairs import AllPairs

    return AllPairs(needs.scorer(needs.options.model))


def _tool(needs: Needs) -> System:
    from eval.systems.tool import ToolSystem

    return ToolSystem(needs.scorer(needs.options.model), warnings=needs.options.alarms == "errors+warnings")


def _rules(needs: Needs) -> System:
    from eval.systems.tool import typed_alone

    return typed_alone(warnings=needs.options.alarms == "errors+warnings")


def _overlap(_needs: Needs) -> System:
    from eval.systems.overlap import Overlap

    return Overlap()


def _tfidf(needs: Needs) -> System:
    from eval.systems.tfidf import Tfidf

    return Tfidf(needs.train)


def _published(needs: Needs) -> System:
    from eval.systems.published import Published

    return Published(Path(needs.rest), consistent=needs.options.higher == "consistent")


def _aligner(_needs: Needs) -> System:
    from eval.systems.aligner import Aligner

    return Aligner()


def _alike(_needs: Needs) -> System:
    from eval.systems.overlap import Alike

    return Alike()


_NLI: Final = frozenset({"model", "direction", "near"})
SYSTEMS: Final[Mapping[str, Entry]] = {
    "tool": Entry("the whole tool, premise and hypothesis as two versions", _tool, frozenset({"model", "alarms"})),
    "nli": Entry("the model alone", _nli, _NLI),
    "rules": Entry("the typed checks alone, no model", _rules, frozenset({"alarms"})),
    "overlap": Entry("the share of the hypothesis' words that the premise lacks", _overlap),
    "lexical": Entry("nli with word overlap and negations in the model's place", _lexical, _NLI - {"model"}),
    "tfidf": Entry("TF-IDF and logistic regression, trained on --train-data", _tfidf),
    "all-pairs": Entry("every premise sentence with every hypothesis sentence", _all_pairs, frozenset({"model"})),
    "hub": Entry("nli with any model", _nli, _NLI - {"model"}, argument="NAME_OR_PATH"),
    "published": Entry("scores from a file, by id", _published, frozenset({"higher"}), argument="FILE"),
}
"""By name. In an alignment task `ALIGNERS` takes its place."""
ALIGNERS: Final[Mapping[str, Entry]] = {
    "tool": Entry("the tool's aligner", _aligner),
    "overlap": Entry("the share of words that both have", _alike),
    "published": SYSTEMS["published"],
}
