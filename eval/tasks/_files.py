"""What tasks over unified files share: one split, of one or more files."""

from __future__ import annotations

from eval.task import Role, Split

PREMISE = "digest of the premise"


def split(*files: str, rows: int, role: Role = "development") -> dict[str, Split]:
    """One split, called `dev` or `test` after its role."""
    return {"dev" if role == "development" else "test": Split(role=role, files=files, rows=rows)}


def source(repository: str, *files: str) -> str:
    """How to get the rows: where they were published, and what to name them."""
    named = " and ".join(f"{file}.jsonl[.gz]" for file in files)
    return f"Get them from {repository} and save them as unified rows in {named} in --data-dir."
