"""SummEdits, four domains, in two forms: edited summary against its document, and against the unedited summary."""

from __future__ import annotations

from collections.abc import Iterator

from eval.task import Role, Task, from_files
from eval.tasks._files import source, split

ROWS = {"news": (133, 129), "podcast": (500, 479), "qmsumm": (431, 414), "samsum": (664, 642)}
"""Rows of each domain: document form, pairs form."""
OFFICIAL = {"news": "the official evaluation split"}


def _tasks() -> Iterator[Task]:
    for domain, (document, pairs) in ROWS.items():
        yield _task(domain, "doc", document)
        yield _task(domain, "pairs", pairs)


def _task(domain: str, form: str, rows: int) -> Task:
    name = f"summedits_{domain}_{form}"
    role: Role = "test" if domain in OFFICIAL else "development"
    against = "its document" if form == "doc" else "the unedited summary"
    return Task(
        name=name,
        title=f"SummEdits, {domain}: edited summary against {against}",
        unit="document-claim" if form == "doc" else "pair",
        positive="inconsistent" if form == "doc" else "contradiction",
        cluster="document",
        splits=split(name, rows=rows, role=role),
        citation="Laban et al. 2023, SummEdits: Measuring LLM Ability at Factual Reasoning Through The Lens of "
        "Summarization (EMNLP)",
        licence="CC BY 4.0",
        obtain=source("github.com/salesforce/factualNLG or the Hub (Salesforce/summedits)", name),
        ran_on_real_rows=True,
        reader=from_files,
        notes="; ".join(
            told for told in (OFFICIAL.get(domain, ""), "few documents: intervals by document are wide") if told
        ),
    )


TASKS = tuple(_tasks())
