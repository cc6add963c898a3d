"""Sets at the Hub, one generic task described by data: `hub.toml` says which columns and labels mean what.

Rows come, in this order, from `--data-dir DIR`: unified rows in `DIR/NAME_SPLIT.jsonl[.gz]`, or a copy
in the Hub's own columns in `DIR/NAME/HUBSPLIT.{jsonl,json,csv,tsv,parquet}`; else from the Hub
through `datasets`. Labels are read by name, never by position, wherever the set names them.
"""

from __future__ import annotations

import glob
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from consistency.errors import ConfigError, InputError, MissingExtra
from eval.rows import CONSISTENT, INCONSISTENT, NEITHER, Row
from eval.task import Loaded, NotThereError, Positive, Split, Task, Unit, digest_of, located, of_files, of_rows, truth

TABLE = Path(__file__).with_name("hub.toml")
BUILDERS = {
    ".jsonl": ("json", {}),
    ".json": ("json", {}),
    ".csv": ("csv", {}),
    ".tsv": ("csv", {"sep": "\t"}),
    ".parquet": ("parquet", {}),
}


class Schema(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One table of `hub.toml`. A column may lie in a record: `labels.conflict`.

    label          its column; or `any_of`: columns of which one that is not zero makes the label "yes", else "no"
    label_names    names of numbered labels in the set's order, where a copy has lost them
    labels         the set's label -> the unified one
    unlabelled     labels that mean that there is none: dropped and counted
    cluster        a column of ids; or `cluster_of`: a column of text, taken by its digest
    drop_identical True where rows whose two texts are the same are no test: dropped and counted
    script         True where the Hub holds a loading script, which `datasets` 4 and later refuse
    """

    hub: str
    title: str
    unit: Unit
    positive: Positive
    premise: str
    hypothesis: str
    labels: dict[str, str]
    splits: dict[str, Split]
    licence: str
    citation: str
    config: str = ""
    label: str = ""
    any_of: tuple[str, ...] = ()
    label_names: tuple[str, ...] = ()
    unlabelled: tuple[str, ...] = ()
    id: str = ""
    cluster: str = ""
    cluster_of: str = ""
    kind: str = ""
    notes: str = ""
    gated: bool = False
    script: bool = False
    drop_identical: bool = False

    def __post_init__(self) -> None:
        strange = sorted(set(self.labels.values()) - (CONSISTENT | INCONSISTENT | NEITHER))
        if strange:
            raise ValueError(f"{self.hub}: no unified label: {', '.join(strange)}")
        if bool(self.label) == bool(self.any_of):
            raise ValueError(f"{self.hub}: give label or any_of")
        if any(not split.hub for split in self.splits.values()):
            raise ValueError(f"{self.hub}: a split without its name at the Hub")

    def columns(self) -> list[str]:
        """Every column that is read, by the name of its outermost record."""
        named = (self.premise, self.hypothesis, self.label, *self.any_of, self.id, self.kind, self.cluster)
        return [name.partition(".")[0] for name in (*named, self.cluster_of) if name]


def schemas(table: Path = TABLE) -> dict[str, Schema]:
    """The table. Raises `ConfigError` for one that is not well formed."""
    try:
        return msgspec.toml.decode(table.read_bytes(), type=dict[str, Schema])
    except msgspec.DecodeError as fault:
        raise ConfigError(f"{table.name}: {fault}", "The docstring of eval/tasks/hub.py gives its form.") from fault


def task(name: str, schema: Schema) -> Task:
    """The task that a table describes."""

    def reader(self: Task, split: str, data_dir: Path | None) -> Loaded:
        return _read(self, schema, split, data_dir)

    return Task(
        name=name,
        title=schema.title,
        unit=schema.unit,
        positive=schema.positive,
        cluster=schema.cluster or f"digest of {schema.cluster_of or schema.premise}",
        splits=schema.splits,
        citation=schema.citation,
        licence=schema.licence,
        obtain=_obtain(name, schema),
        ran_on_real_rows="schema only",
        reader=reader,
        notes=schema.notes,
    )


def _obtain(name: str, schema: Schema) -> str:
    copy = f"{name}_SPLIT.jsonl[.gz] (unified rows) or {name}/HUBSPLIT.jsonl (a copy of the set) in --data-dir"
    if schema.script:
        return f"The Hub's {schema.hub} is a loading script, which datasets refuses: put {copy}."
    first = "Accept its terms at the Hub, run `hf auth login`, and read" if schema.gated else "Read"
    return f"{first} {schema.hub} from the Hub; without network put {copy}."


def _read(task: Task, schema: Schema, split: str, data_dir: Path | None) -> Loaded:
    name = schema.splits[split].hub
    prefix = f"{task.name}/{split}"
    if data_dir is None:
        return _mapped(_fetch(task, schema, name), prefix, schema, f"{schema.hub}, split {name}")
    file = located(data_dir, f"{task.name}_{split}")
    if file is not None:
        return of_files([file])
    copies = [copy for suffix in BUILDERS if (copy := data_dir / task.name / f"{name}{suffix}").is_file()]
    if not copies:
        told = f"task {task.name}: neither {task.name}_{split}.jsonl[.gz] nor {task.name}/{name}.jsonl in {data_dir}"
        raise NotThereError(told, task.obtain)
    return _mapped(_copied(copies[0], name), prefix, schema, f"{copies[0]}")


def _package() -> Any:
    try:
        import datasets
    except ImportError as fault:
        raise MissingExtra("sets from the Hub need the package datasets", "pip install 'consistency[eval]'") from fault
    if not sys.stderr.isatty():
        datasets.disable_progress_bars()
    return datasets


def _fetch(task: Task, schema: Schema, split: str) -> Any:
    datasets = _package()
    if schema.script:
        raise InputError(f"{schema.hub} cannot be read from the Hub", task.obtain)
    try:
        return datasets.load_dataset(schema.hub, schema.config or None, split=split)
    except (OSError, ValueError, RuntimeError, datasets.exceptions.DatasetsError) as fault:
        why = _first_line(fault)
        raise InputError(f"{schema.hub}, split {split}, cannot be had from the Hub: {why}", task.obtain) from fault


def _copied(copy: Path, split: str) -> Any:
    datasets = _package()
    builder, options = BUILDERS[copy.suffix]
    files = {split: glob.escape(str(copy.resolve()))}  # data_files are patterns
    try:
        return datasets.load_dataset(builder, data_files=files, split=split, **options)
    except (OSError, ValueError, RuntimeError, datasets.exceptions.DatasetsError) as fault:
        raise InputError(f"{copy}: {_first_line(fault)}", f"It is read as {copy.suffix[1:]}.") from fault


def _first_line(fault: Exception) -> str:
    return str(fault).partition("\n")[0][:200] or type(fault).__name__


def _mapped(found: Any, prefix: str, schema: Schema, where: str) -> Loaded:
    missing = sorted(set(schema.columns()) - set(found.column_names))
    if missing:
        told = f"{where}: no column {', '.join(missing)}; it has {', '.join(sorted(found.column_names))}"
        raise InputError(told, "The set changed, or the copy is of another: see eval/tasks/hub.toml.")
    names = _names(found.features, schema, where)
    rows, dropped = _rows(found, prefix, schema, names, where)
    return of_rows(rows, dropped)


def _names(features: Mapping[str, Any], schema: Schema, where: str) -> tuple[str, ...]:
    """The names of numbered labels: the set's own, else the schema's; they must agree where both have them."""
    own = tuple(getattr(features.get(schema.label), "names", None) or ())
    if own and schema.label_names and own != schema.label_names:
        told = f"{where}: its labels are {', '.join(own)}, the table has {', '.join(schema.label_names)}"
        raise InputError(told, "The set changed: correct eval/tasks/hub.toml.")
    return own or schema.label_names


def _rows(
    found: Iterable[Mapping[str, Any]], prefix: str, schema: Schema, names: tuple[str, ...], where: str
) -> tuple[list[Row], dict[str, int]]:
    rows: list[Row] = []
    dropped: Counter[str] = Counter()
    for number, given in enumerate(found, 1):
        here = f"{where}, row {number}"
        label = _label(given, schema, names, here)
        if label in schema.unlabelled:
            dropped[f"label {label}"] += 1
            continue
        row = _row(given, schema, label, here, f"{prefix}:{number}")
        if schema.drop_identical and row.premise == row.hypothesis:
            dropped["identical texts"] += 1
        else:
            rows.append(row)
    return rows, dict(sorted(dropped.items()))


def _row(given: Mapping[str, Any], schema: Schema, label: str, where: str, usual_id: str) -> Row:
    if label not in schema.labels:
        raise InputError(f"{where}: unknown label {label[:60]!r}", f"Known labels are {', '.join(schema.labels)}.")
    text = {column: _text(given, column, where) for column in (schema.premise, schema.hypothesis)}
    own = _value(given, schema.id, where) if schema.id else None
    unified = schema.labels[label]
    return Row(
        id=usual_id if own is None else str(own),
        premise=text[schema.premise],
        hypothesis=text[schema.hypothesis],
        label=unified,
        cluster=_cluster(given, schema, where),
        kind=_kind(_value(given, schema.kind, where)) if schema.kind else "",
        truth=truth(unified),
    )


def _label(given: Mapping[str, Any], schema: Schema, names: tuple[str, ...], where: str) -> str:
    if schema.any_of:
        return "yes" if any(_value(given, column, where) for column in schema.any_of) else "no"
    value = _value(given, schema.label, where)
    if isinstance(value, int) and 0 <= value < len(names):
        return names[value]
    return str(value)


def _cluster(given: Mapping[str, Any], schema: Schema, where: str) -> str:
    if schema.cluster:
        return str(_value(given, schema.cluster, where))
    return digest_of(_text(given, schema.cluster_of or schema.premise, where))


def _kind(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _text(given: Mapping[str, Any], column: str, where: str) -> str:
    value = _value(given, column, where)
    if not isinstance(value, str):
        raise InputError(f"{where}: {column} is no text", "Premise and hypothesis are texts.")
    return value


def _value(given: Mapping[str, Any], column: str, where: str) -> Any:
    value: Any = given
    for name in column.split("."):
        if not isinstance(value, Mapping) or name not in value:
            raise InputError(f"{where}: no {column}", "See eval/tasks/hub.toml for the columns of the set.")
        value = value[name]
    return value


TASKS = tuple(task(name, schema) for name, schema in schemas().items())
