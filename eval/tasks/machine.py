"""Whole articles and a language model's paraphrase or rewrite of them: alarms per article.

They were made to keep the meaning and nobody checked each, so an alarm may be right.
"""

from __future__ import annotations

from collections.abc import Iterator

from eval.task import Task, from_files
from eval.tasks._files import source, split

ROWS = {
    ("paraphrase", "chatgpt_35"): 241,
    ("paraphrase", "vicuna-v13_13b"): 44,
    ("rewrite", "chatgpt_35"): 246,
    ("rewrite", "vicuna-v13_13b"): 50,
}


def _tasks() -> Iterator[Task]:
    for (how, model), rows in ROWS.items():
        name = f"machine_{how}_{model}"
        yield Task(
            name=name,
            title=f"News article against its {how} by {model}",
            unit="story",
            positive="inconsistent",
            cluster="article",
            splits=split(name, rows=rows),
            citation="Chen, Shu 2024, Can LLM-Generated Misinformation Be Detected? (ICLR)",
            licence="see github.com/llm-misinformation/llm-misinformation",
            obtain=source("github.com/llm-misinformation/llm-misinformation", name),
            ran_on_real_rows=True,
            reader=from_files,
            notes="one class only: alarms per article; unchecked, so an alarm may be right",
        )


TASKS = tuple(_tasks())
