"""Who can score a pair. A backend is one file and one line here."""

from __future__ import annotations

from consistency.protocols import Scorer


def load(model: str, *, device: str = "cpu", threads: int | None = None) -> Scorer:
    """The scorer for a model name: `lexical`, `embedded`, a local folder or a hub name.

    Raises `ModelError` for a model that is missing, unsafe, mislabelled or fails its self-test.
    Heavy packages are imported here and not before.
    """
    if model == "lexical":
        from consistency.backends.lexical import LexicalScorer

        return LexicalScorer()
    from consistency.backends.pytorch import PytorchScorer

    return PytorchScorer(model, device=device, threads=threads)
